/*
 * Chains: a Network Load Balancer whose target is an Application Load Balancer. The application one
 * is written as in support/fleet_text.h; the network one stands in front of it, with nodes in the
 * zones given.
 */
#include "support/harness.h"

#include <r53/import.h>
#include <r53/outcomes.h>

#include "support/fleet_text.h"
#include "support/zone_text.h"
#include "view/view.h"

#include <stdio.h>

#define FRONT       "arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/net/front/1"
#define FRONT_NAME  "front-1.elb.us-east-1.amazonaws.com"
#define FRONT_GROUP "arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/front/1"

enum { TEXT = 512, ZONES = 8 };

struct front {
    const char *zones;  /* a letter each; "+" in front: cross-zone */
    const char *target; /* ARN */
    int32_t port, state;
    const char *security_group; /* of the network one; NULL: none */
};

static void import_group(r53_import *import, const struct front *front)
{
    r53_target_group group = {.size = sizeof(group),
                              .target_group_arn = FRONT_GROUP,
                              .target_group_name = "front",
                              .protocol = R53_PROTOCOL_TCP,
                              .port = front->port,
                              .target_type = R53_TARGET_ALB};
    r53_target target = {.size = sizeof(target), .id = front->target};
    r53_weighted_target_group to = {FRONT_GROUP, 1, 0};
    r53_listener_action action = {.size = sizeof(action),
                                  .type = R53_ACTION_FORWARD,
                                  .n_target_groups = 1,
                                  .target_groups = &to};
    const r53_listener_action *actions[] = {&action};
    r53_listener listener = {.size = sizeof(listener),
                             .protocol = R53_PROTOCOL_TCP,
                             .listener_arn = "front-listener",
                             .load_balancer_arn = FRONT,
                             .port = 443,
                             .default_actions = actions,
                             .n_default_actions = 1};

    assert_int_equal(r53_import_target_group(import, &group), R53_OK);
    assert_int_equal(r53_import_target(import, FRONT_GROUP, &target, front->state, NULL), R53_OK);
    assert_int_equal(r53_import_listener(import, &listener), R53_OK);
}

static void import_front(r53_import *import, const struct front *front)
{
    const char *letters = front->zones + (front->zones[0] == '+');
    r53_availability_zone zones[ZONES];
    const r53_availability_zone *list[ZONES];
    char names[ZONES][2], addresses[ZONES][24];
    const char *pointers[ZONES];
    uint32_t n = (uint32_t)strlen(letters);
    r53_load_balancer lb = {.size = sizeof(lb),
                            .type = R53_LB_NETWORK,
                            .load_balancer_arn = FRONT,
                            .dns_name = FRONT_NAME,
                            .cross_zone = front->zones[0] == '+' ? R53_OPTION_ON : 0,
                            .availability_zones = list,
                            .n_availability_zones = n,
                            .security_groups = &front->security_group,
                            .n_security_groups = front->security_group ? 1 : 0};

    for (uint32_t i = 0; i < n; i++) {
        snprintf(names[i], sizeof(names[i]), "%c", letters[i]);
        snprintf(addresses[i], sizeof(addresses[i]), "203.0.113.%u", (unsigned)i + 1);
        pointers[i] = addresses[i];
        zones[i] = (r53_availability_zone){.size = sizeof(zones[i]),
                                           .zone_name = names[i],
                                           .addresses = &pointers[i],
                                           .n_addresses = 1};
        list[i] = &zones[i];
    }
    assert_int_equal(r53_import_load_balancer(import, &lb), R53_OK);
    import_group(import, front);
}

static struct fleet_world world_make(const char *fleet, const struct front *front)
{
    static const char line[] = "lb A alias=Z26RNL4JYFTOTI/" FRONT_NAME ".";
    struct fleet_world world = fleet_world_make(fleet, NULL);
    r53_hosted_zone zone = {.size = sizeof(zone), .id = "ZONE1", .name = "example.com"};
    struct set_text *text = set_text_parse(line, sizeof(line) - 1);
    r53_import *import;

    assert_int_equal(r53_import_new(&import, world.cloud, world.observed, NULL), R53_OK);
    assert_int_equal(r53_import_hosted_zone(import, &zone), R53_OK);
    assert_int_equal(r53_import_record_set(import, "ZONE1", &text->set), R53_OK);
    import_front(import, front);
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
    set_text_free(text);
    r53_view_release(world.view);
    assert_int_equal(r53_view_new(&world.view, world.cloud, world.observed, 0, NULL), R53_OK);
    return world;
}

static const struct chain_case {
    const char *what, *fleet;
    struct front front;
    const char *node; /* of the network one; NULL: drawn */
    const char *shares;
} cases[] = {
    {"ELB-NLB-17 ELB-CASE-101 the selection goes on in the application one",
     "alb a b | t a1=ok b1-2=ok",
     {"ab", FLEET_ARN, 80, R53_TARGET_HEALTHY, NULL},
     NULL,
     "a1=1/3 b1=1/3 b2=1/3"},
    {"ELB-NLB-18 ELB-CASE-101 an empty group behind is the application one's 503",
     "alb a b | t",
     {"ab", FLEET_ARN, 80, R53_TARGET_HEALTHY, NULL},
     NULL,
     "503=1/1"},
    {"ELB-MATH-17 ELB-XZ-03 without cross-zone the zone carries over",
     "alb a b | t xz=off a1=ok b1-2=ok",
     {"ab", FLEET_ARN, 80, R53_TARGET_HEALTHY, NULL},
     NULL,
     "a1=1/2 b1=1/4 b2=1/4"},
    {"ELB-MATH-17 with cross-zone any node of it",
     "alb a b | t xz=off a1=ok b1-2=ok",
     {"+a", FLEET_ARN, 80, R53_TARGET_HEALTHY, NULL},
     NULL,
     "a1=1/2 b1=1/4 b2=1/4"},
    {"ELB-XZ-03 a zone that the application one lacks fails",
     "alb a | t a1=ok",
     {"ab", FLEET_ARN, 80, R53_TARGET_HEALTHY, NULL},
     NULL,
     "a1=1/2 no-target=1/2"},
    {"ELB-XZ-03 not with cross-zone",
     "alb a | t a1=ok",
     {"+ab", FLEET_ARN, 80, R53_TARGET_HEALTHY, NULL},
     NULL,
     "a1=1/1"},
    {"ELB-SHIFT-08 a shift of the application one is not seen",
     "alb a! b | t xz=off a1=ok b1=ok",
     {"ab", FLEET_ARN, 80, R53_TARGET_HEALTHY, NULL},
     NULL,
     "a1=1/2 b1=1/2"},
    {"ELB-SHIFT-08 ELB-SHIFT-03 nor does its shift end: across zones its targets are blocked",
     "alb a! b | t a1=ok b1=ok",
     {"ab", FLEET_ARN, 80, R53_TARGET_HEALTHY, NULL},
     NULL,
     "b1=1/1"},
    {"ELB-NLB-17 ELB-FO-01 unhealthy targets behind, in a zone of their own",
     "alb a b | t xz=off a1-2=bad b1=ok",
     {"ab", FLEET_ARN, 80, R53_TARGET_HEALTHY, NULL},
     NULL,
     "b1=1/2 a1=1/4 a2=1/4"},
    {"ELB-NLB-17 ELB-ALB-ACT-06 ELB-MATH-07 weights and an empty zone behind",
     "alb a b | t w=3 xz=off a1=ok | u w=1 b2=ok",
     {"ab", FLEET_ARN, 80, R53_TARGET_HEALTHY, NULL},
     NULL,
     "a1=3/8 503=3/8 b2=1/4"},
    {"ELB-NLB-25 an endpoint enters the node of its zone",
     "alb a b | t xz=off a1=ok b1-2=ok",
     {"ab", FLEET_ARN, 80, R53_TARGET_HEALTHY, NULL},
     "b",
     "b1=1/2 b2=1/2"},
    {"ELB-NLB-17 the target's port is the listener's",
     "alb http:8080 a | t a1=ok",
     {"a", FLEET_ARN, 8080, R53_TARGET_HEALTHY, NULL},
     NULL,
     "a1=1/1"},
    {"ELB-NLB-17 nothing listens there",
     "alb a | t a1=ok",
     {"a", FLEET_ARN, 81, R53_TARGET_HEALTHY, NULL},
     NULL,
     "no-listener=1/1"},
    {"ELB-NLB-18 ELB-NLB-10 an unhealthy one is used when there is no other",
     "alb a | t a1=ok",
     {"a", FLEET_ARN, 80, R53_TARGET_UNHEALTHY, NULL},
     NULL,
     "a1=1/1"},
    {"ELB-NLB-17 one that is not known is the target itself",
     "alb a | t a1=ok",
     {"a", "elsewhere", 80, R53_TARGET_HEALTHY, NULL},
     NULL,
     "elsewhere=1/1"},
    {"ELB-NLB-17 a load balancer cannot be behind itself",
     "alb a | t a1=ok",
     {"a", FRONT, 80, R53_TARGET_HEALTHY, NULL},
     NULL,
     "front=1/1"},
    {"ELB-NLB-17 a redirect of the application one",
     "alb act=redirect a | t a1=ok",
     {"a", FLEET_ARN, 80, R53_TARGET_HEALTHY, NULL},
     NULL,
     "301=1/1"},
};

static const char *name_of(const r53_outcome *o, char *buffer)
{
    if (o->kind != R53_OUTCOME_SELECTION)
        return r53_rcode_name(o->rcode);
    if (strcmp(o->selection->target_id, FRONT) == 0)
        return "front";
    if (o->selection->target_id[0])
        return o->selection->target_id;
    snprintf(buffer, 16, "%d", (int)o->selection->status);
    return o->selection->status ? buffer : r53_selection_outcome_name(o->selection->outcome);
}

static void outcomes_tell(const r53_view *view, const r53_request *request, char *text)
{
    const r53_query query = {.size = sizeof(query), .name = "lb.example.com"};
    r53_outcomes *outcomes;
    char number[16];
    size_t at = 0;

    text[0] = '\0';
    assert_int_equal(r53_outcomes_new(&outcomes, view, &query, request, NULL), R53_OK);
    for (size_t i = 0; i < r53_outcomes_count(outcomes); i++) {
        r53_outcome o = {.size = sizeof(o)};

        assert_int_equal(r53_outcomes_get(outcomes, i, &o), R53_OK);
        at += (size_t)snprintf(text + at, TEXT - at, "%s%s=%s/%s", i ? " " : "",
                               name_of(&o, number), o.numerator, o.denominator);
    }
    r53_outcomes_free(outcomes);
}

static void check_shares(void **state)
{
    const struct chain_case *c = *state;
    struct fleet_world world = world_make(c->fleet, &c->front);
    const r53_request request = {
        .size = sizeof(request), .port = 443, .availability_zone = c->node};
    char text[TEXT];

    outcomes_tell(world.view, &request, text);
    assert_string_equal(text, c->shares);
    fleet_world_free(&world);
}

/* The selection tells both load balancers; the walk-through keeps its six steps. */
static void check_told(void **state)
{
    const struct front front = {"ab", FLEET_ARN, 80, R53_TARGET_HEALTHY, NULL};
    struct fleet_world world = world_make("alb a b | t a1=ok", &front);
    const r53_query query = {.size = sizeof(query), .name = "lb.example.com"};
    const r53_request request = {
        .size = sizeof(request), .port = 443, .protocol = R53_PROTOCOL_TCP, .method = "GET"};
    const r53_selection *selection;
    char text[8192];
    size_t length;
    r53_flow *flow;

    (void)state;
    assert_int_equal(r53_flow_new(&flow, NULL), R53_OK);
    assert_int_equal(r53_flow_run(world.view, &query, &request, NULL, flow), R53_OK);
    selection = r53_flow_selection(flow);
    assert_string_equal(selection->load_balancer_arn, FLEET_ARN);
    assert_string_equal(selection->target_id, "a1");
    assert_string_equal(selection->via_load_balancer_arn, FRONT);
    assert_string_equal(selection->via_target_group_arn, FRONT_GROUP);
    assert_string_equal(selection->via_listener_arn, "front-listener");
    assert_string_equal(selection->via_availability_zone, selection->availability_zone);
    assert_int_equal(r53_flow_step_count(flow), 6);
    assert_int_equal(r53_flow_render(flow, R53_RENDER_EXPLAIN, text, sizeof(text), &length),
                     R53_OK);
    assert_non_null(strstr(text, "the target is a load balancer itself"));
    r53_flow_free(flow);
    fleet_world_free(&world);
}

/* Without a flow the selector goes on too; reached directly there is nothing in front. */
static void check_select(void **state)
{
    const struct front front = {"ab", FLEET_ARN, 80, R53_TARGET_HEALTHY, NULL};
    struct fleet_world world = world_make("alb a b | t a1=ok", &front);
    r53_request request = {.size = sizeof(request), .load_balancer = FRONT};
    r53_selection selection = {.size = sizeof(selection)};

    (void)state;
    assert_int_equal(r53_elb_select(world.view, &request, NULL, &selection, NULL), R53_OK);
    assert_string_equal(selection.target_id, "a1");
    assert_string_equal(selection.via_load_balancer_arn, FRONT);
    request.load_balancer = FLEET_ARN;
    assert_int_equal(r53_elb_select(world.view, &request, NULL, &selection, NULL), R53_OK);
    assert_string_equal(selection.target_id, "a1");
    assert_string_equal(selection.via_load_balancer_arn, "");
    fleet_world_free(&world);
}

/* A second request of a connection: flows that go on to a load balancer are nobody's strangers. */
static void check_established(void **state)
{
    const struct front front = {"a", FLEET_ARN, 80, R53_TARGET_HEALTHY, NULL};
    struct fleet_world world = world_make("alb a | t a1=ok", &front);
    r53_request request = {.size = sizeof(request),
                           .load_balancer = FRONT,
                           .source_address = "198.51.100.7",
                           .source_port = 4000};
    r53_selection s = {.size = sizeof(s)};
    r53_elb_state *traffic;

    (void)state;
    assert_int_equal(r53_elb_state_new(&traffic, NULL), R53_OK);
    for (request.established = 0; request.established < 2; request.established++) {
        assert_int_equal(r53_elb_select(world.view, &request, traffic, &s, NULL), R53_OK);
        assert_int_equal(s.outcome, R53_SELECTED_TARGET);
        assert_string_equal(s.target_id, "a1");
        assert_int_equal(r53_elb_begin(traffic, &s), R53_OK);
        assert_int_equal(r53_elb_end(traffic, &s), R53_OK);
    }
    r53_elb_state_free(traffic);
    fleet_world_free(&world);
}

/* Later it is still told where a request came through, but not of what is there no more. */
static void check_resumed(void **state)
{
    const struct front front = {"ab", FLEET_ARN, 80, R53_TARGET_HEALTHY, NULL};
    struct fleet_world world = world_make("alb a b | t a1=ok", &front);
    const r53_request request = {.size = sizeof(request), .load_balancer = FRONT};
    r53_selection begun = {.size = sizeof(begun)}, now = {.size = sizeof(now)};

    (void)state;
    assert_int_equal(r53_elb_select(world.view, &request, NULL, &begun, NULL), R53_OK);
    assert_int_equal(r53_elb_resume(world.view, NULL, &begun, &now, NULL), R53_OK);
    assert_string_equal(now.target_id, "a1");
    assert_string_equal(now.load_balancer_arn, FLEET_ARN);
    assert_string_equal(now.via_load_balancer_arn, FRONT);
    assert_string_equal(now.via_availability_zone, begun.via_availability_zone);
    assert_string_equal(now.via_listener_arn, "front-listener");
    assert_string_equal(now.via_target_group_arn, FRONT_GROUP);
    begun.via_listener_arn = "another";
    assert_int_equal(r53_elb_resume(world.view, NULL, &begun, &now, NULL), R53_OK);
    assert_string_equal(now.target_id, "a1");
    assert_string_equal(now.via_load_balancer_arn, "");
    begun.via_listener_arn = NULL;
    assert_int_equal(r53_elb_resume(world.view, NULL, &begun, &now, NULL), R53_OK);
    assert_string_equal(now.via_load_balancer_arn, "");
    fleet_world_free(&world);
}

/*
 * The network one's own health check of the application one: at its interval it asks the listener
 * on the target's port for the check's path, and what is answered is a probe's result.
 */
static const struct check_case {
    const char *what, *fleet;
    int32_t port;
    int32_t answer; /* what the check sees; 0: no connection */
    int32_t state;  /* of the target, after the threshold */
    const char *shares;
} checks[] = {
    {"ELB-NLB-18 ELB-CASE-101 targets behind answer the check", "alb a b | t a1=ok b1-2=ok", 80,
     200, R53_TARGET_HEALTHY, "a1=1/3 b1=1/3 b2=1/3"},
    {"ELB-NLB-18 ELB-CASE-101 the 503 of an empty group fails the check, and fails open",
     "alb a b | t", 80, 503, R53_TARGET_UNHEALTHY, "503=1/1"},
    {"ELB-NLB-18 a fixed response of 404 fails it", "alb act=fixed a b | t a1=ok", 80, 404,
     R53_TARGET_UNHEALTHY, "404=1/1"},
    {"ELB-NLB-18 a redirect passes it without any target", "alb act=redirect a b | t", 80, 301,
     R53_TARGET_HEALTHY, "301=1/1"},
    {"ELB-NLB-18 a port on which nothing listens fails it", "alb a b | t a1=ok", 81, 0,
     R53_TARGET_UNHEALTHY, "no-listener=1/1"},
    {"ELB-NLB-18 ELB-FO-02 unhealthy targets behind are used as none is healthy",
     "alb a b | t a1=bad", 80, 200, R53_TARGET_HEALTHY, "a1=1/1"},
};

/* What the check sees of the application one; targets that get it answer 200. */
static int32_t ask_check(const struct fleet_world *world, const struct check_case *c)
{
    const r53_request request = {.size = sizeof(request),
                                 .load_balancer = FLEET_ARN,
                                 .port = c->port,
                                 .protocol = R53_PROTOCOL_HTTP,
                                 .method = "GET",
                                 .url = "/",
                                 .availability_zone = "a"};
    r53_selection selection = {.size = sizeof(selection)};

    assert_int_equal(r53_elb_select(world->view, &request, NULL, &selection, NULL), R53_OK);
    return selection.outcome == R53_SELECTED_TARGET ? 200 : selection.status;
}

/* One check at its time, with the view as it is then. */
static void run_check(struct fleet_world *world, const struct check_case *c, int64_t now_ms)
{
    const r53_target target = {.size = sizeof(target), .id = FLEET_ARN};
    r53_target_probe probe = {.size = sizeof(probe),
                              .target_group_arn = FRONT_GROUP,
                              .target = &target,
                              .now_ms = now_ms};

    fleet_world_look(world, now_ms);
    probe.status_code = ask_check(world, c);
    assert_int_equal(probe.status_code, c->answer);
    assert_int_equal(r53_observe_probe(world->observed, world->cloud, &probe, NULL), R53_OK);
    fleet_world_look(world, now_ms);
}

static void check_probes(void **state)
{
    const struct check_case *c = *state;
    const struct front front = {"ab", FLEET_ARN, c->port, 0, NULL};
    const r53_request request = {.size = sizeof(request), .port = 443};
    struct fleet_world world = world_make(c->fleet, &front);
    const struct fleet *network;
    char text[TEXT];

    for (int i = 0; i < 3; i++) /* more than either threshold needs */
        run_check(&world, c, 30000 * (i + 1));
    network = &world.view->fleets[r53__view_fleet(world.view, FRONT)];
    assert_int_equal(network->pools[0].targets[0].state, c->state);
    assert_int_equal(network->dns_fail_open, c->state == R53_TARGET_UNHEALTHY);
    assert_int_equal(network->healthy, c->state == R53_TARGET_HEALTHY);
    outcomes_tell(world.view, &request, text);
    assert_string_equal(text, c->shares);
    fleet_world_free(&world);
}

/* Groups of the application one may let in what comes through members of a group of the other. */
static const struct admitted_case {
    const char *what, *group, *from; /* the network one's group, and whom the rule lets in */
    int32_t outcome;
} admitted[] = {
    {"ELB-LB-47 ELB-NLB-17 a rule for the group of the network one", "sg-front", "sg-front",
     R53_SELECTED_TARGET},
    {"ELB-LB-47 ELB-NLB-17 a rule for another group", "sg-front", "sg-other", R53_SELECTED_DROPPED},
    {"ELB-LB-47 ELB-NLB-17 a network one without groups", NULL, "sg-front", R53_SELECTED_DROPPED},
};

static void check_admitted(void **state)
{
    const struct admitted_case *c = *state;
    const struct front front = {"a", FLEET_ARN, 80, R53_TARGET_HEALTHY, c->group};
    struct fleet_world world = world_make("alb sg=sg-1 a | t a1=ok", &front);
    const r53_ip_permission from = {.size = sizeof(from),
                                    .ip_protocol = "tcp",
                                    .from_port = 80,
                                    .to_port = 80,
                                    .group_ids = &c->from,
                                    .n_group_ids = 1};
    const r53_ip_permission *const permissions[] = {&from};
    const r53_security_group group = {.size = sizeof(group),
                                      .group_id = "sg-1",
                                      .ip_permissions = permissions,
                                      .n_ip_permissions = 1};
    const r53_request request = {
        .size = sizeof(request), .load_balancer = FRONT, .source_address = "203.0.113.7"};
    r53_selection s = {.size = sizeof(s)};
    r53_import *import;

    assert_int_equal(r53_import_new(&import, world.cloud, world.observed, NULL), R53_OK);
    assert_int_equal(r53_import_security_group(import, &group), R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
    fleet_world_look(&world, 0);
    assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, NULL), R53_OK);
    assert_int_equal(s.outcome, c->outcome);
    fleet_world_free(&world);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(cases) + COUNT(checks) + COUNT(admitted) + 4];
    size_t n = 0;

    ADD_CASES(tests, n, cases, check_shares);
    ADD_CASES(tests, n, checks, check_probes);
    ADD_CASES(tests, n, admitted, check_admitted);
    ADD_TEST(tests, n, "ELB-NLB-17 both load balancers are told", check_told);
    ADD_TEST(tests, n, "ELB-NLB-17 in the selector alone too", check_select);
    ADD_TEST(tests, n, "ELB-NLB-17 ELB-NLB-23 further requests of a connection", check_established);
    ADD_TEST(tests, n, "ELB-NLB-17 ELB-STICK-13 also of a request in progress", check_resumed);
    return RUN_TESTS("chain_elb", tests, n);
}
