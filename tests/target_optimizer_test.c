/*
 * Target optimizer: agents on the targets say how many requests they take, and round robin goes
 * round those with a free slot.
 */
#include "support/fleet_shares.h"
#include "support/fleet_text.h"
#include "support/harness.h"
#include "support/trace_text.h"

#include <r53/elb.h>
#include <r53/elb_change.h>
#include <r53/import.h>
#include <r53/rulebook.h>

#include "elb/state.h"
#include "view/fleet.h"

#include <stdio.h>

/* Slots of a1, a2, a3: -1 not said. */
static const struct slot_case {
    const char *what, *world;
    int32_t slots[3];
    const char *shares;
} slot_cases[] = {
    {"ELB-TG-12 targets with slots share alike", "alb a | t ctl=9 a1-3=ok", {1, 5, 9}, "a1-3=1/3"},
    {"ELB-TG-12 one without is left out", "alb a | t ctl=9 a1-3=ok", {0, 5, 9}, "a2-3=1/2"},
    {"ELB-TG-12 one that nothing is said of has slots",
     "alb a | t ctl=9 a1-3=ok",
     {-1, 0, 0},
     "a1=1"},
    {"ELB-TG-12 slots do not make an unhealthy one better",
     "alb a | t ctl=9 a1=bad a2-3=ok",
     {9, 1, 1},
     "a2-3=1/2"},
    {"ELB-TG-11 ELB-ALB-ERR-503 nobody has one", "alb a | t ctl=9 a1-3=ok", {0, 0, 0}, "503=1"},
    {"ELB-TG-11 nor of the healthy ones", "alb a | t ctl=9 a1=bad a2-3=ok", {9, 0, 0}, "503=1"},
    {"ELB-TG-12 all fail open: those with slots",
     "alb a | t ctl=9 a1-3=bad",
     {1, 0, 1},
     "a1=1/2 a3=1/2"},
    {"ELB-TG-12 within a zone too",
     "alb a b | t ctl=9 xz=off a1-3=ok b1=ok",
     {0, 0, 0},
     "b1=1/2 503=1/2"},
    {"ELB-TG-12 without target optimizer slots do not count",
     "alb a | t a1-3=ok",
     {0, 0, 1},
     "a1-3=1/3"},
    {"ELB-TG-12 ELB-STICK-16 it is not sticky, nor does it start slowly",
     "alb a | t ctl=9 slow=100 sticky=lb_cookie a1-3=ok",
     {1, 1, 0},
     "a1-2=1/2"},
};

static void slots_say(struct fleet_world *world, const int32_t *slots)
{
    static const char *const ids[] = {"a1", "a2", "a3"};

    for (size_t i = 0; i < COUNT(ids); i++) {
        const r53_target target = {.size = sizeof(target), .id = ids[i], .port = i ? 80 : 0};

        assert_int_equal(r53_observe_target_slots(world->observed, "t", &target, slots[i]), R53_OK);
    }
    fleet_world_look(world, 0);
}

static void check_slots(void **state)
{
    const struct slot_case *c = *state;
    struct fleet_world world = fleet_world_make(c->world, NULL);
    const r53_request request = {.size = sizeof(request), .load_balancer = FLEET_ARN};
    r53_selection s = {.size = sizeof(s)};
    struct shares shares;

    slots_say(&world, c->slots);
    shares_of(world.view, &request, NULL, &shares);
    expect_shares(&shares, c->shares);
    assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, NULL), R53_OK);
    assert_int_equal(s.cookies, 0);
    if (s.status)
        assert_string_equal(r53_rule_id(s.rule), "ELB-TG-11");
    fleet_world_free(&world);
}

/* Slots are taken when requests begin, and come back when they end. */
static void check_state(void **state)
{
    struct fleet_world world = fleet_world_make("alb a | t ctl=9 a1-3=ok", NULL);
    const r53_request request = {.size = sizeof(request), .load_balancer = FLEET_ARN};
    static const int32_t slots[] = {1, 2, 0};
    r53_selection s[4];
    r53_elb_state *traffic;
    struct shares shares;

    (void)state;
    slots_say(&world, slots);
    assert_int_equal(r53_elb_state_new(&traffic, NULL), R53_OK);
    shares_of(world.view, &request, traffic, &shares);
    expect_shares(&shares, "a1=1/2 a2=1/2");
    for (size_t i = 0; i < COUNT(s); i++) {
        s[i] = (r53_selection){.size = sizeof(s[i])};
        assert_int_equal(r53_elb_select(world.view, &request, traffic, &s[i], NULL), R53_OK);
        assert_int_equal(s[i].outcome, i < 3 ? R53_SELECTED_TARGET : R53_SELECTED_GENERATED);
        assert_int_equal(r53_elb_begin(traffic, &s[i]), R53_OK);
    }
    assert_string_not_equal(s[0].target_id, s[1].target_id); /* round they go */
    assert_string_equal(s[2].target_id, "a2");
    assert_int_equal(s[3].status, 503);
    assert_string_equal(r53_rule_id(s[3].rule), "ELB-TG-11");
    assert_int_equal(r53_elb_end(traffic, strcmp(s[0].target_id, "a1") ? &s[1] : &s[0]), R53_OK);
    shares_of(world.view, &request, traffic, &shares);
    expect_shares(&shares, "a1=1");
    r53_elb_state_free(traffic);
    fleet_world_free(&world);
}

/* Without a cursor, all with a free slot are as likely: those behind a busy one not more so. */
static void check_uniform(void **state)
{
    struct fleet_world world = fleet_world_make("alb a b | t ctl=9 a1-3=ok", NULL);
    r53_request request = {
        .size = sizeof(request), .load_balancer = FLEET_ARN, .availability_zone = "a"};
    static const int32_t slots[] = {9, 1, 9};
    r53_selection s = {.size = sizeof(s)};
    r53_elb_state *traffic;
    struct shares shares;

    (void)state;
    slots_say(&world, slots);
    assert_int_equal(r53_elb_state_new(&traffic, NULL), R53_OK);
    do {
        request.seed++;
        assert_int_equal(r53_elb_select(world.view, &request, traffic, &s, NULL), R53_OK);
    } while (strcmp(s.target_id, "a2") != 0);
    assert_int_equal(r53_elb_begin(traffic, &s), R53_OK);
    request.availability_zone = "b";
    shares_of(world.view, &request, traffic, &shares);
    expect_shares(&shares, "a1=1/2 a3=1/2");
    request.availability_zone = "a";
    shares_of(world.view, &request, traffic, &shares);
    expect_shares(&shares, "a3=1");
    r53_elb_state_free(traffic);
    fleet_world_free(&world);
}

/* Rounds against a plain count */

enum { MOST = 7, IN_PROGRESS = 60 };

struct round {
    r53_selection list[IN_PROGRESS];
    size_t n;
    int32_t counts[MOST];
    int last; /* target picked last, -1: none yet */
};

static bool has_free(const struct round *model, const int32_t *slots, int i)
{
    return slots[i] < 0 || model->counts[i] < slots[i];
}

/* The next one with a free slot behind the last; before the first pick any of them. */
static void expect_round(const struct fleet_world *world, const r53_elb_state *state,
                         const struct round *model, const int32_t *slots)
{
    const r53_request request = {.size = sizeof(request), .load_balancer = FLEET_ARN};
    struct shares shares;
    int next = -1, ready = 0;
    char only[8];

    for (int k = MOST; k > 0; k--) {
        int i = (model->last + k) % MOST;

        ready += has_free(model, slots, i);
        next = has_free(model, slots, i) ? i : next;
    }
    shares_of(world->view, &request, state, &shares);
    snprintf(only, sizeof(only), "a%d=1", next + 1);
    if (ready == 0)
        expect_shares(&shares, "503=1");
    else if (model->last >= 0)
        expect_shares(&shares, only);
    else
        assert_int_equal(shares.n, ready);
}

static void round_step(const struct fleet_world *world, r53_elb_state *state, struct round *model,
                       uint64_t chance)
{
    const r53_request request = {
        .size = sizeof(request), .load_balancer = FLEET_ARN, .seed = chance};
    r53_selection s = {.size = sizeof(s)};

    if (model->n > 0 && (chance % 5 < 2 || model->n == IN_PROGRESS)) {
        size_t i = (size_t)(chance / 7 % model->n);

        assert_int_equal(r53_elb_end(state, &model->list[i]), R53_OK);
        model->counts[model->list[i].target_id[1] - '1']--;
        model->list[i] = model->list[--model->n];
        return;
    }
    assert_int_equal(r53_elb_select(world->view, &request, state, &s, NULL), R53_OK);
    assert_int_equal(r53_elb_begin(state, &s), R53_OK);
    if (s.outcome != R53_SELECTED_TARGET)
        return;
    model->last = s.target_id[1] - '1';
    model->counts[model->last]++;
    model->list[model->n++] = s;
}

/* What a state has prepared goes the same round as a walk over all, also as slots change. */
static void check_rounds(void **state)
{
    static const int32_t slots[][MOST] = {
        {1, 2, 3, 1, 2, 3, 1}, {3, -1, 1, 2, 5, 1, 1}, {1, 1, 1, 1, 1, 1, 1}};
    static const char *const ids[] = {"a1", "a2", "a3", "a4", "a5", "a6", "a7"};
    struct fleet_world worlds[COUNT(slots)];
    struct round model = {.last = -1};
    r53_elb_state *traffic;
    uint64_t chance = 1;

    (void)state;
    for (size_t w = 0; w < COUNT(worlds); w++) {
        worlds[w] = fleet_world_make("alb a | t ctl=9 a1-7=ok", NULL);
        for (size_t i = 0; i < MOST; i++) {
            const r53_target target = {.size = sizeof(target), .id = ids[i], .port = 80};

            assert_int_equal(
                r53_observe_target_slots(worlds[w].observed, "t", &target, slots[w][i]), R53_OK);
        }
        fleet_world_look(&worlds[w], 0);
    }
    assert_int_equal(r53_elb_state_new(&traffic, NULL), R53_OK);
    for (size_t i = 0; i < 900; i++) {
        size_t w = i / 60 % COUNT(worlds);

        chance = chance * 6364136223846793005u + 1442695040888963407u;
        expect_round(&worlds[w], traffic, &model, slots[w]);
        round_step(&worlds[w], traffic, &model, chance >> 33);
    }
    r53_elb_state_free(traffic);
    for (size_t w = 0; w < COUNT(worlds); w++)
        fleet_world_free(&worlds[w]);
}

/* Once begun, a round asks for nothing of all targets: it is prepared. */
static void check_prepared(void **state)
{
    struct fleet_world world = fleet_world_make("alb a b | t ctl=9 xz=off a1-9=ok b1-3=ok", NULL);
    const r53_request request = {
        .size = sizeof(request), .load_balancer = FLEET_ARN, .availability_zone = "a"};
    const r53_target target = {.size = sizeof(target), .id = "a4"};
    const struct scope *scope;
    r53_selection s = {.size = sizeof(s)};
    r53_elb_state *traffic;

    (void)state;
    assert_int_equal(r53_elb_state_new(&traffic, NULL), R53_OK);
    assert_int_equal(r53_elb_select(world.view, &request, traffic, &s, NULL), R53_OK);
    scope = s.scope;
    assert_non_null(scope);
    assert_null(r53__elb_state_queue(traffic, FLEET_ARN, "t", scope->key));
    assert_int_equal(r53_elb_begin(traffic, &s), R53_OK);
    assert_non_null(r53__elb_state_queue(traffic, FLEET_ARN, "t", scope->key));
    assert_int_equal(r53_observe_target_slots(world.observed, "t", &target, 3), R53_OK);
    fleet_world_look(&world, 0);
    assert_int_equal(r53_elb_select(world.view, &request, traffic, &s, NULL), R53_OK);
    scope = s.scope;
    assert_null(r53__elb_state_queue(traffic, FLEET_ARN, "t", scope->key)); /* other slots */
    r53_elb_state_free(traffic);
    fleet_world_free(&world);
}

static void check_websocket(void **state)
{
    struct fleet_world world = fleet_world_make("alb a | t ctl=9 a1=ok", NULL);
    const r53_header upgrade = {"Upgrade", "WebSocket"};
    const r53_request request = {
        .size = sizeof(request), .load_balancer = FLEET_ARN, .headers = &upgrade, .n_headers = 1};
    r53_selection s = {.size = sizeof(s)};

    (void)state;
    assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, NULL), R53_OK);
    assert_int_equal(s.status, 501);
    assert_string_equal(r53_rule_id(s.rule), "ELB-ALB-ERR-501");
    fleet_world_free(&world);
}

/* What does not go with it */

static const struct refusal_case {
    const char *what;
    r53_attribute attribute;
    bool refused;
} refusal_cases[] = {
    {"ELB-TG-11 no stickiness", {"stickiness.enabled", "true"}, true},
    {"ELB-TG-11 no least outstanding requests",
     {"load_balancing.algorithm.type", "least_outstanding_requests"},
     true},
    {"ELB-TG-11 no weighted random", {"load_balancing.algorithm.type", "weighted_random"}, true},
    {"ELB-TG-11 round robin", {"load_balancing.algorithm.type", "round_robin"}, false},
};

static void check_refusal(void **state)
{
    const struct refusal_case *c = *state;
    struct fleet_world world = fleet_world_make("alb a | t ctl=9 a1=ok", NULL);
    r53_finding finding = {.size = sizeof(finding)};
    r53_report *report;

    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(r53_target_group_modify_attributes(world.cloud, "t", &c->attribute, 1, report),
                     c->refused ? R53_E_INVALID : R53_OK);
    if (c->refused) {
        assert_int_equal(r53_report_get(report, 0, &finding), R53_OK);
        assert_string_equal(finding.aws_name, "InvalidConfigurationRequest");
        assert_string_equal(finding.rule, "ELB-TG-11");
    }
    r53_report_free(report);
    fleet_world_free(&world);
}

static const struct import_case {
    const char *what;
    r53_target_group group;
    int32_t rc;
    uint32_t warnings;
} import_cases[] = {
    {"ELB-TG-11 a group with it",
     {.protocol = R53_PROTOCOL_HTTP, .target_control_port = 3000},
     R53_OK,
     0},
    {"ELB-TG-11 that is sticky is warned of",
     {.protocol = R53_PROTOCOL_HTTP,
      .target_control_port = 3000,
      .stickiness_enabled = R53_OPTION_ON},
     R53_OK,
     1},
    {"ELB-TG-11 so is one of another protocol",
     {.protocol = R53_PROTOCOL_TCP, .target_control_port = 3000},
     R53_OK,
     1},
    {"ELB-TG-11 no such port",
     {.protocol = R53_PROTOCOL_HTTP, .target_control_port = 65536},
     R53_E_INVALID,
     0},
};

static void check_import(void **state)
{
    const struct import_case *c = *state;
    r53_target_group group = c->group;
    r53_cloud *cloud;
    r53_import *import;
    r53_report *report;

    group.size = sizeof(group);
    group.target_group_arn = "t";
    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(r53_import_new(&import, cloud, NULL, report), R53_OK);
    assert_int_equal(r53_import_target_group(import, &group), c->rc);
    assert_int_equal(r53_report_count_of(report, R53_SEVERITY_WARNING), c->warnings);
    r53_import_free(import);
    r53_report_free(report);
    r53_cloud_free(cloud);
}

/* The calls */

static void check_calls(void **state)
{
    struct fleet_world world = fleet_world_make("alb a | t ctl=9 a1=ok", NULL);
    const r53_target target = {.size = sizeof(target), .id = "a1"}, none = {.size = sizeof(none)};
    const r53_request request = {.size = sizeof(request), .load_balancer = FLEET_ARN};
    r53_import *import;
    struct shares shares;

    (void)state;
    assert_int_equal(r53_observe_target_slots(NULL, "t", &target, 1), R53_E_INVALID);
    assert_int_equal(r53_observe_target_slots(world.observed, "", &target, 1), R53_E_INVALID);
    assert_int_equal(r53_observe_target_slots(world.observed, "t", &none, 1), R53_E_INVALID);
    assert_int_equal(r53_observe_target_slots(world.observed, "t", &target, -2), R53_E_INVALID);
    assert_int_equal(r53_import_target_slots(NULL, "t", &target, 1), R53_E_INVALID);
    assert_int_equal(r53_import_new(&import, world.cloud, world.observed, NULL), R53_OK);
    assert_int_equal(r53_import_target_slots(import, "t", &target, -2), R53_E_INVALID);
    assert_int_equal(r53_import_target_slots(import, "t", &target, 0), R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
    fleet_world_look(&world, 0);
    shares_of(world.view, &request, NULL, &shares);
    expect_shares(&shares, "503=1");
    assert_int_equal(r53_observe_target_slots(world.observed, "t", &target, -1), R53_OK);
    fleet_world_look(&world, 0);
    shares_of(world.view, &request, NULL, &shares);
    expect_shares(&shares, "a1=1");
    fleet_world_free(&world);
}

static void check_trace(void **state)
{
    struct fleet_world world = fleet_world_make("alb a | t ctl=9 a1-3=ok", NULL);
    const r53_request request = {.size = sizeof(request), .load_balancer = FLEET_ARN};
    static const int32_t slots[] = {0, 1, 0};
    r53_selection s = {.size = sizeof(s)};
    r53_elb_state *traffic;
    r53_trace *trace;

    (void)state;
    slots_say(&world, slots);
    assert_int_equal(r53_elb_state_new(&traffic, NULL), R53_OK);
    assert_int_equal(r53_trace_new(&trace, NULL), R53_OK);
    assert_int_equal(r53_elb_select(world.view, &request, traffic, &s, trace), R53_OK);
    assert_true(trace_tells(trace, "a1:80 in a is left out: it has no request slot", NULL));
    assert_int_equal(r53_elb_begin(traffic, &s), R53_OK);
    assert_int_equal(r53_elb_select(world.view, &request, traffic, &s, trace), R53_OK);
    assert_true(trace_tells(trace, "a2:80 in a is passed over: all its request slots are taken", NULL));
    r53_trace_free(trace);
    r53_elb_state_free(traffic);
    fleet_world_free(&world);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(slot_cases) + COUNT(refusal_cases) + COUNT(import_cases) + 7];
    size_t n = 0;

    ADD_CASES(tests, n, slot_cases, check_slots);
    ADD_CASES(tests, n, refusal_cases, check_refusal);
    ADD_CASES(tests, n, import_cases, check_import);
    ADD_TEST(tests, n, "ELB-TG-12 requests take slots and give them back", check_state);
    ADD_TEST(tests, n, "ELB-TG-12 ELB-ALG-02 where the round begins is uniform", check_uniform);
    ADD_TEST(tests, n, "ELB-TG-12 ELB-ALG-02 rounds against a plain count", check_rounds);
    ADD_TEST(tests, n, "ELB-TG-12 a round is prepared by the first request", check_prepared);
    ADD_TEST(tests, n, "ELB-TG-11 ELB-ALB-ERR-501 no WebSocket", check_websocket);
    ADD_TEST(tests, n, "ELB-TG-12 slots are said and forgotten", check_calls);
    ADD_TEST(tests, n, "the trace tells of slots", check_trace);
    return RUN_TESTS("target optimizer", tests, n);
}
