/*
 * What a state remembers of connections through a Network Load Balancer to Application ones: the
 * flow in front, which stays where it is, and the requests behind, which are chosen for one by one.
 */
#include "support/harness.h"

#include <r53/elb.h>
#include <r53/elb_change.h>
#include <r53/import.h>
#include <r53/rulebook.h>

#include "base/hash.h"
#include "support/elb_calls.h"
#include "support/trace_text.h"

#include <stdio.h>
#include <stdlib.h>

/* Worlds: n1 in front of a1 or a2, which have two instances each */

#define ZONES "zones=us-east-1a,us-east-1b"
#define BEHIND(n)                                                                                  \
    "create lb a" n " " ZONES "\n"                                                                 \
    "create tg t" n " HTTP:80\n"                                                                   \
    "create listener a" n ":80 HTTP -> t" n "\n"                                                   \
    "register t" n " i-" n "1\n"                                                                   \
    "register t" n " i-" n "2\n"                                                                   \
    "create tg u" n " TCP:80 type=alb\n"
#define BOTH   BEHIND("1") BEHIND("2") "register u1 a1\n"
#define FRONT  BOTH "create lb n1 " ZONES "\ncreate listener n1:443 TCP -> u1\n"
#define ACROSS BOTH "create lb n1 " ZONES " xz\ncreate listener n1:443 TCP -> u1\n"
#define WEIGHED                                                                                    \
    BOTH "register u2 a2\ncreate lb n1 " ZONES "\ncreate listener n1:443 TCP -> u1:1,u2:0\n"

#define SWAP "deregister u1 a1; register u1 a2; "

struct talk {
    r53_cloud *cloud;
    r53_observed *observed;
    r53_view *view;
    r53_elb_state *state;
    r53_trace *trace; /* of the last */
    const r53_view *held[64]; /* views that lend texts to what was begun */
    size_t n_held;
    int64_t now_ms;
    uint64_t seed;
    r53_selection begun[16]; /* not yet ended, the last on top */
    size_t n_begun;
    r53_selection last;
};

static void look(struct talk *t)
{
    assert_true(t->n_held < COUNT(t->held));
    t->held[t->n_held++] = t->view;
    assert_int_equal(r53_view_new(&t->view, t->cloud, t->observed, t->now_ms, NULL), R53_OK);
}

static void observe(struct talk *t, const char *group, const char *id, int32_t state)
{
    char arn[ELB_ARN], target_arn[ELB_ARN];
    const r53_target target = {.size = sizeof(target),
                               .id = id[0] == 'a' ? elb_balancer_arn(target_arn, id) : id,
                               .port = 80};

    assert_int_equal(
        r53_observe_target(t->observed, elb_group_arn(arn, group), &target, state, NULL), R53_OK);
}

static void talk_begin(struct talk *t, const char *world)
{
    static const char *const targets[][2] = {{"t1", "i-11"}, {"t1", "i-12"}, {"t2", "i-21"},
                                             {"t2", "i-22"}, {"u1", "a1"},   {"u1", "a2"},
                                             {"u2", "a2"}};

    *t = (struct talk){.now_ms = 1};
    assert_int_equal(r53_cloud_new(&t->cloud, NULL), R53_OK);
    assert_int_equal(r53_observed_new(&t->observed, NULL), R53_OK);
    assert_int_equal(r53_elb_state_new(&t->state, NULL), R53_OK);
    assert_int_equal(r53_trace_new(&t->trace, NULL), R53_OK);
    assert_int_equal(elb_calls(t->cloud, world, NULL), R53_OK);
    for (size_t i = 0; i < COUNT(targets); i++)
        observe(t, targets[i][0], targets[i][1], R53_TARGET_HEALTHY);
    assert_int_equal(r53_view_new(&t->view, t->cloud, t->observed, t->now_ms, NULL), R53_OK);
}

static void talk_end(struct talk *t)
{
    for (size_t i = 0; i < t->n_held; i++)
        r53_view_release(t->held[i]);
    r53_trace_free(t->trace);
    r53_view_release(t->view);
    r53_elb_state_free(t->state);
    r53_observed_free(t->observed);
    r53_cloud_free(t->cloud);
}

static r53_request request_of(struct talk *t, const char *balancer, char arn[ELB_ARN])
{
    return (r53_request){.size = sizeof(r53_request),
                         .load_balancer = elb_balancer_arn(arn, balancer),
                         .availability_zone = "us-east-1a",
                         .source_address = "192.0.2.1",
                         .source_port = 1000,
                         .port = balancer[0] == 'n' ? 443 : 80,
                         .seed = t->seed++,
                         .now_ms = t->now_ms};
}

static void select_begin(struct talk *t, const r53_request *request)
{
    t->last = (r53_selection){.size = sizeof(t->last)};
    assert_int_equal(r53_elb_select(t->view, request, t->state, &t->last, t->trace), R53_OK);
    assert_int_equal(r53_elb_begin(t->state, &t->last), R53_OK);
    assert_true(t->n_begun < COUNT(t->begun));
    t->begun[t->n_begun++] = t->last;
}

/* "a1a": the load balancer behind and the zone of its node; else the outcome. */
static void place_name(const r53_selection *s, char *name, size_t size)
{
    const char *balancer = strstr(s->load_balancer_arn, "/app/");

    if (!balancer)
        snprintf(name, size, "%s", r53_selection_outcome_name(s->outcome));
    else
        snprintf(name, size, "%.2s%s", balancer + strlen("/app/"),
                 s->availability_zone + strlen("us-east-1"));
}

/*
 * Steps, "; " between them. Requests to n1, each of which begins: "new", "on" an open connection,
 * "else" from another port, "link" and "link on" through an endpoint. "end" of the last that is not
 * over, "resume" it. "=a1a" where it is, "?text" with which a line of its trace ends; "@9" the second; "idle 600" of the listener; anything else
 * is a call (support/elb_calls.h).
 */
static const struct talk_case {
    const char *what, *world, *steps;
} talk_cases[] = {
    {"ELB-NLB-17 ELB-NLB-06 a connection stays while the set of targets changes", FRONT,
     "new; =a1a; " SWAP "on; =a1a; on; =a1a; else; =a2a"},
    {"ELB-NLB-17 ELB-DRAIN-04 also after the delay", FRONT, "new; " SWAP "@301; on; =a1a"},
    {"ELB-NLB-17 ELB-NLB-06 with cross-zone it keeps its node too", ACROSS,
     "new; keep; on; same; on; same; on; same; on; same; on; same; on; same"},
    {"ELB-NLB-17 several requests are on one connection", FRONT,
     "new; on; end; " SWAP "new; =a1a; end; end; new; =a2a"},
    {"ELB-NLB-17 a connection is open when its requests are over", FRONT,
     "new; end; " SWAP "on; =a1a; end; on; =a1a"},
    {"ELB-NLB-17 ELB-NLB-01 another under its addresses is a new one", FRONT,
     "new; end; " SWAP "new; =a2a; end; on; =a2a"},
    {"ELB-NLB-17 ELB-NLB-23 a packet of no known connection is reset", FRONT, "on; =reset"},
    {"ELB-NLB-17 ELB-LB-46 an idle connection is over", FRONT,
     "new; @349; on; =a1a; @699; on; =reset; new; =a1a"},
    {"ELB-NLB-17 ELB-LB-46 ELB-NLB-06 then it is placed anew, requests in progress or not", FRONT,
     "new; " SWAP "@300; on; =a1a; @650; new; =a2a; end; "
     "new; =a2a"},
    {"ELB-NLB-17 ELB-LB-46 the listener in front says how long", FRONT,
     "idle 600; new; @599; on; =a1a; @1198; on; =a1a; @1798; on; =reset"},
    {"ELB-NLB-17 the load balancer behind may answer itself",
     FRONT "modify listener a1:80 -> fixed", "new; =a1a; " SWAP "on; =a1a; end; end; on; =a1a"},
    {"ELB-NLB-17 where nothing listens there is no connection", FRONT "delete listener a1:80",
     "new; =a1a; on; =reset"},
    {"ELB-NLB-17 ELB-XZ-03 a node that is gone cuts it", FRONT,
     "new; zones a1 us-east-1b,us-east-1c; resume; =gone; on; =reset; "
     "?is cut: the node behind it that took it is there no more"},
    {"ELB-LSN-21 ELB-NLB-17 a weight of 0 closes it", WEIGHED,
     "new; =a1a; modify listener n1:443 -> u1:0,u2:1; resume; =reset; "
     "?is cut: the weight of its target group is 0 now; on; =reset; new; =a2a"},
    {"ELB-NLB-17 ELB-NLB-25 through an endpoint", FRONT,
     "link; =a1a; " SWAP "link on; =a1a; end; link on; =a1a"},
    {"ELB-NLB-25 ELB-NLB-06 an endpoint's connection and one of the same address are two", FRONT,
     "link; =a1a; on; =reset; " SWAP "new; =a2a; link on; =a1a"},
    {"ELB-NLB-17 ELB-DRAIN-06 a load balancer that is registered again", FRONT,
     "new; deregister u1 a1; register u1 a1; on; =a1a"},
};

/* n1's listener anew, with an idle time of its own. */
static void listen_idle(struct talk *t, int32_t seconds)
{
    char u1[ELB_ARN], lb[ELB_ARN], arn[ELB_ARN];
    const r53_weighted_target_group group = {elb_group_arn(u1, "u1"), 1, 0};
    const r53_listener_action action = {.size = sizeof(action),
                                        .type = R53_ACTION_FORWARD,
                                        .n_target_groups = 1,
                                        .target_groups = &group};
    const r53_listener_action *actions[] = {&action};
    const r53_listener listener = {.size = sizeof(listener),
                                   .listener_arn = elb_listener_arn(arn, "n1:443"),
                                   .load_balancer_arn = elb_balancer_arn(lb, "n1"),
                                   .protocol = R53_PROTOCOL_TCP,
                                   .port = 443,
                                   .default_actions = actions,
                                   .n_default_actions = 1,
                                   .tcp_idle_timeout_seconds = seconds};

    assert_int_equal(r53_listener_delete(t->cloud, arn, NULL), R53_OK);
    assert_int_equal(r53_listener_create(t->cloud, &listener, NULL), R53_OK);
    look(t);
}

static void resume_last(struct talk *t)
{
    r53_selection now = {.size = sizeof(now)};
    int32_t rc = r53_elb_resume(t->view, NULL, &t->begun[t->n_begun - 1], &now, t->trace);

    t->last = now;
    if (rc == R53_E_NOT_FOUND)
        t->last.outcome = 0;
    else
        assert_int_equal(rc, R53_OK);
}

static bool take_request(struct talk *t, const char *step)
{
    char arn[ELB_ARN];
    r53_request request = request_of(t, "n1", arn);

    request.established = strcmp(step, "on") == 0 || strcmp(step, "link on") == 0;
    request.private_link = strncmp(step, "link", 4) == 0;
    if (strcmp(step, "else") == 0)
        request.source_port = 2000;
    else if (!request.established && !request.private_link && strcmp(step, "new") != 0)
        return false;
    select_begin(t, &request);
    return true;
}

static void expect_place(const struct talk *t, const char *expected)
{
    char name[32];

    if (t->last.outcome == 0)
        snprintf(name, sizeof(name), "gone");
    else if (t->last.outcome == R53_SELECTED_RESET)
        snprintf(name, sizeof(name), "reset");
    else
        place_name(&t->last, name, sizeof(name));
    assert_string_equal(name, expected);
}

static void expect_told(const struct talk *t, const char *end)
{
    char line[500];
    bool told = false;

    for (size_t i = 0; i < r53_trace_count(t->trace); i++) {
        assert_int_equal(r53_trace_text(t->trace, i, line, sizeof(line), NULL), R53_OK);
        told = told || (strlen(line) >= strlen(end) &&
                        strcmp(line + strlen(line) - strlen(end), end) == 0);
    }
    if (!told)
        fail_msg("not told: %s", end);
}

static void take_step(struct talk *t, const char *step, char kept[32])
{
    if (take_request(t, step)) {
        return;
    } else if (step[0] == '=') {
        expect_place(t, step + 1);
    } else if (step[0] == '?') {
        expect_told(t, step + 1);
    } else if (strcmp(step, "keep") == 0) {
        place_name(&t->last, kept, 32);
    } else if (strcmp(step, "same") == 0) {
        expect_place(t, kept);
    } else if (strcmp(step, "end") == 0) {
        assert_int_equal(r53_elb_end(t->state, &t->begun[--t->n_begun]), R53_OK);
    } else if (strcmp(step, "resume") == 0) {
        resume_last(t);
    } else if (strncmp(step, "idle ", 5) == 0) {
        listen_idle(t, atoi(step + 5));
    } else {
        if (step[0] == '@')
            t->now_ms = 1 + (int64_t)atoi(step + 1) * 1000;
        else
            assert_int_equal(elb_calls(t->cloud, step, NULL), R53_OK);
        look(t);
    }
}

static void check_talk(void **state)
{
    const struct talk_case *c = *state;
    char steps[512], kept[32] = "", *step = steps, *next;
    struct talk t;

    talk_begin(&t, c->world);
    snprintf(steps, sizeof(steps), "%s", c->steps);
    for (; step; step = next) {
        next = strstr(step, "; ");
        if (next) {
            *next = '\0';
            next += 2;
        }
        take_step(&t, step, kept);
    }
    talk_end(&t);
}

/* Behind */

/* Requests on one connection take turns as those do that come directly (ELB-ALG-02). */
static void check_turns(void **unused)
{
    struct talk t;
    char arn[ELB_ARN], before = 0;

    (void)unused;
    talk_begin(&t, FRONT);
    for (int i = 0; i < 12; i++) {
        r53_request request = request_of(&t, i % 3 == 2 ? "a1" : "n1", arn);

        request.established = i > 0 && i % 3 != 2;
        select_begin(&t, &request);
        assert_int_equal(t.last.outcome, R53_SELECTED_TARGET);
        assert_int_equal(t.last.flow_known, request.established);
        assert_true(t.last.target_id[3] != before);
        before = t.last.target_id[3];
    }
    talk_end(&t);
}

/* Ended once, requests are over; twice is once too often, and no other suffers. */
static void check_ends(void **unused)
{
    struct talk t;
    char arn[ELB_ARN];
    r53_request request;
    r53_selection now = {.size = sizeof(now)};

    (void)unused;
    talk_begin(&t, FRONT "set tg t1 load_balancing.algorithm.type=least_outstanding_requests");
    request = request_of(&t, "n1", arn);
    select_begin(&t, &request);
    select_begin(&t, &request);
    assert_string_not_equal(t.begun[0].target_id, t.begun[1].target_id);
    assert_int_equal(r53_elb_resume(t.view, NULL, &t.begun[1], &now, NULL), R53_OK);
    assert_int_equal(r53_elb_end(t.state, &now), R53_OK); /* as the one that began */
    assert_int_equal(r53_elb_end(t.state, &t.begun[1]), R53_E_INVALID);
    select_begin(&t, &request);
    assert_true(t.last.flow_known);
    assert_string_equal(t.last.target_id, t.begun[1].target_id);
    assert_int_equal(r53_elb_end(t.state, &t.last), R53_OK);
    assert_int_equal(r53_elb_end(t.state, &t.begun[0]), R53_OK);
    select_begin(&t, &request);
    assert_int_equal(t.last.flow_known, 0);
    talk_end(&t);
}

/* The trace tells that the connection stays, and where it then leads. */
static void check_trace(void **unused)
{
    struct talk t;
    char arn[ELB_ARN], sentence[ELB_ARN + 64];
    r53_request request;
    r53_selection s = {.size = sizeof(s)};
    r53_trace *trace;

    (void)unused;
    talk_begin(&t, FRONT);
    assert_int_equal(r53_trace_new(&trace, NULL), R53_OK);
    request = request_of(&t, "n1", arn);
    select_begin(&t, &request);
    request.established = 1;
    assert_int_equal(r53_elb_select(t.view, &request, t.state, &s, trace), R53_OK);
    snprintf(sentence, sizeof(sentence), "the flow is known and stays on %s:80 in all",
             elb_balancer_arn(arn, "a1"));
    assert_true(trace_tells(trace, sentence, "ELB-NLB-06"));
    assert_false(s.sticky_hit);
    r53_trace_free(trace);
    talk_end(&t);
}

/* A selection that says it came through nothing is no chain. */
static void check_rubbish(void **unused)
{
    struct talk t;
    char arn[ELB_ARN];
    r53_request request;
    r53_selection s;

    (void)unused;
    talk_begin(&t, FRONT);
    request = request_of(&t, "n1", arn);
    select_begin(&t, &request);
    s = t.last;
    s.via_load_balancer_arn = NULL;
    assert_int_equal(r53_elb_begin(t.state, &s), R53_E_INVALID);
    assert_int_equal(r53_elb_end(t.state, &s), R53_E_INVALID);
    s = t.last;
    s.via_target_group_arn = "";
    assert_int_equal(r53_elb_begin(t.state, &s), R53_E_INVALID);
    s = t.last;
    s.via_target_ordinal = -1;
    assert_int_equal(r53_elb_begin(t.state, &s), R53_E_INVALID);
    assert_int_equal(r53_elb_end(t.state, &t.last), R53_OK);
    assert_int_equal(r53_elb_end(t.state, &t.last), R53_E_INVALID);
    talk_end(&t);
}

/* Target groups by source, in front (ELB-LSN-22) */

static void listen_bound(struct talk *t)
{
    char u1[ELB_ARN], u2[ELB_ARN], arn[ELB_ARN];
    const r53_weighted_target_group groups[] = {{elb_group_arn(u1, "u1"), 1, 0},
                                                {elb_group_arn(u2, "u2"), 1, 0}};
    const r53_listener_action action = {.size = sizeof(action),
                                        .type = R53_ACTION_FORWARD,
                                        .n_target_groups = COUNT(groups),
                                        .target_groups = groups,
                                        .stickiness_enabled = R53_OPTION_ON,
                                        .stickiness_duration_s = 300};
    const r53_listener_action *actions[] = {&action};
    const r53_listener listener = {.size = sizeof(listener),
                                   .listener_arn = elb_listener_arn(arn, "n1:443"),
                                   .default_actions = actions,
                                   .n_default_actions = 1};

    assert_int_equal(r53_listener_modify(t->cloud, &listener, NULL), R53_OK);
    look(t);
}

static void check_bound(void **unused)
{
    struct talk t;
    char arn[ELB_ARN];
    r53_request request;
    r53_selection first, s = {.size = sizeof(s)};

    (void)unused;
    talk_begin(&t, WEIGHED);
    listen_bound(&t);
    request = request_of(&t, "n1", arn);
    select_begin(&t, &request);
    first = t.last;
    for (int32_t port = 2000; port < 2100; port++) {
        request.source_port = port;
        request.seed++;
        request.now_ms = 1 + 299999;
        assert_int_equal(r53_elb_select(t.view, &request, t.state, &s, NULL), R53_OK);
        assert_string_equal(s.load_balancer_arn, first.load_balancer_arn);
        assert_int_equal(s.flow_known, 0);
    }
    request.source_port = 1000; /* on the connection: its source is not bound anew */
    select_begin(&t, &request);
    assert_int_equal(t.last.flow_known, 1);
    for (int other = 0; !other; request.seed++) {
        request.source_port = 3000;
        request.now_ms = 1 + 300000;
        assert_int_equal(r53_elb_select(t.view, &request, t.state, &s, NULL), R53_OK);
        other = strcmp(s.load_balancer_arn, first.load_balancer_arn);
    }
    talk_end(&t);
}

/* Several load balancers in one group in front, as an import may say */

static void check_unhealthy(void **unused)
{
    struct talk t;
    char arn[ELB_ARN], group[ELB_ARN], id[ELB_ARN];
    r53_target target = {.size = sizeof(target), .id = elb_balancer_arn(id, "a2")};
    r53_import *import;
    r53_request request;
    r53_selection now = {.size = sizeof(now)};

    (void)unused;
    talk_begin(&t, FRONT);
    request = request_of(&t, "n1", arn);
    select_begin(&t, &request);
    assert_int_equal(r53_import_new(&import, t.cloud, t.observed, NULL), R53_OK);
    assert_int_equal(
        r53_import_target(import, elb_group_arn(group, "u1"), &target, R53_TARGET_HEALTHY, NULL),
        R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
    look(&t);
    assert_int_equal(r53_elb_resume(t.view, NULL, &t.last, &now, NULL), R53_OK);
    assert_int_equal(now.outcome, R53_SELECTED_TARGET);
    observe(&t, "u1", "a1", R53_TARGET_UNHEALTHY);
    look(&t);
    assert_int_equal(r53_elb_resume(t.view, NULL, &t.last, &now, NULL), R53_OK);
    assert_int_equal(now.outcome, R53_SELECTED_RESET);
    assert_string_equal(r53_rule_id(now.rule), "ELB-NLB-12");
    request.established = 1;
    select_begin(&t, &request);
    assert_int_equal(t.last.outcome, R53_SELECTED_RESET);
    talk_end(&t);
}

/* Against a plain list */

enum { PORTS = 6, REQUESTS = 40, ROUNDS = 3000, IDLE_MS = 350000 };

struct known_flow {
    char place[8]; /* "" : there is none */
    int64_t seen_ms;
    uint32_t requests;
};

struct known_request {
    r53_selection selection;
    const r53_view *view;
    int port;
};

struct model {
    struct talk talk;
    struct known_flow flows[PORTS];
    struct known_request requests[REQUESTS];
    size_t n;
    uint32_t counts[2][2]; /* in progress, by load balancer behind and instance */
    char registered;       /* '1', '2' */
};

static void swap(struct model *m)
{
    char lines[64];

    snprintf(lines, sizeof(lines), "deregister u1 a%c\nregister u1 a%c", m->registered,
             m->registered ^ '1' ^ '2');
    m->registered ^= '1' ^ '2';
    assert_int_equal(elb_calls(m->talk.cloud, lines, NULL), R53_OK);
}

static void model_look(struct model *m)
{
    r53_view_release(m->talk.view);
    assert_int_equal(
        r53_view_new(&m->talk.view, m->talk.cloud, m->talk.observed, m->talk.now_ms, NULL), R53_OK);
}

/* The outcome that the list of flows says; "?" a new connection. */
static const char *foretold(struct model *m, int port, bool on)
{
    struct known_flow *flow = &m->flows[port];

    if (flow->place[0] && m->talk.now_ms - flow->seen_ms >= IDLE_MS)
        *flow = (struct known_flow){.seen_ms = 0};
    if (flow->place[0] && (on || flow->requests))
        return flow->place;
    return on ? "reset" : "?";
}

static void model_begin(struct model *m, int port, bool on)
{
    const char *expected = foretold(m, port, on);
    char arn[ELB_ARN], place[8];
    r53_request request = request_of(&m->talk, "n1", arn);
    r53_selection s = {.size = sizeof(s)};
    uint32_t *counts;
    int own;

    request.source_port = 1 + port;
    request.established = on;
    assert_int_equal(r53_elb_select(m->talk.view, &request, m->talk.state, &s, NULL), R53_OK);
    assert_int_equal(r53_elb_begin(m->talk.state, &s), R53_OK);
    place_name(&s, place, sizeof(place));
    if (strcmp(expected, "?") == 0)
        assert_int_equal(place[1], m->registered);
    else
        assert_string_equal(place, expected);
    assert_int_equal(s.flow_known, strlen(expected) == 3);
    if (s.outcome != R53_SELECTED_TARGET)
        return;
    counts = m->counts[place[1] - '1'];
    own = s.target_id[3] - '1';
    assert_true(counts[own] <= counts[!own]);
    counts[own]++;
    snprintf(m->flows[port].place, sizeof(m->flows[port].place), "%s", place);
    m->flows[port].requests++;
    m->flows[port].seen_ms = m->talk.now_ms;
    m->requests[m->n++] = (struct known_request){s, r53_view_retain(m->talk.view), port};
}

static void model_end(struct model *m, size_t at)
{
    struct known_request *r = &m->requests[at];

    assert_int_equal(r53_elb_end(m->talk.state, &r->selection), R53_OK);
    m->counts[r->selection.target_id[2] - '1'][r->selection.target_id[3] - '1']--;
    m->flows[r->port].requests -= m->flows[r->port].requests > 0;
    r53_view_release(r->view);
    *r = m->requests[--m->n];
}

static void check_model(void **unused)
{
    struct model *m = calloc(1, sizeof(*m));
    uint64_t chance = 3;

    (void)unused;
    assert_non_null(m);
    talk_begin(&m->talk,
               ACROSS "set tg t1 load_balancing.algorithm.type=least_outstanding_requests\n"
                      "set tg t2 load_balancing.algorithm.type=least_outstanding_requests");
    m->registered = '1';
    for (int round = 0; round < ROUNDS; round++) {
        chance = r53__mix2(chance, (uint64_t)round);
        m->talk.now_ms += chance % 50 ? (int64_t)(chance % 9) * 1000 : IDLE_MS;
        if (chance / 64 % 8 == 0)
            swap(m);
        model_look(m);
        if (m->n == REQUESTS || (m->n && chance / 512 % 9 < 4))
            model_end(m, (size_t)(chance / 8192 % m->n));
        else
            model_begin(m, (int)(chance / 8192 % PORTS), chance / 65536 % 2);
    }
    while (m->n)
        model_end(m, 0);
    talk_end(&m->talk);
    free(m);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(talk_cases) + 7];
    size_t n = 0;

    ADD_CASES(tests, n, talk_cases, check_talk);
    ADD_TEST(tests, n, "ELB-NLB-17 ELB-ALG-02 requests on a connection take turns", check_turns);
    ADD_TEST(tests, n, "ELB-NLB-17 ELB-ALG-03 the end of a request releases it in both",
             check_ends);
    ADD_TEST(tests, n, "ELB-NLB-17 ELB-NLB-06 the trace tells of both", check_trace);
    ADD_TEST(tests, n, "ELB-NLB-17 selections of no chain", check_rubbish);
    ADD_TEST(tests, n, "ELB-LSN-22 ELB-NLB-17 a source is bound to the group in front",
             check_bound);
    ADD_TEST(tests, n, "ELB-NLB-12 ELB-NLB-17 an unhealthy load balancer behind", check_unhealthy);
    ADD_TEST(tests, n, "ELB-NLB-17 ELB-NLB-06 connections and requests as a plain list has them",
             check_model);
    return RUN_TESTS("chain_flow", tests, n);
}
