/*
 * Statuses out of a view: targets as their load balancers see them, in AWS's words; load balancers
 * and their zones; health checks.
 */
#include "support/cloud_text.h"
#include "support/fleet_text.h"
#include "support/harness.h"
#include "support/park_naive.h"

#include <r53/status.h>

#include <stdio.h>

enum { TEXT_SIZE = 4096, PARKS = 150 };

/* "a1:80@a healthy" "b1:80@b unhealthy Target.Timeout 'Request timed out'", a target a line; then
 * what it takes part in: "takes" "fail-open" "slow=ms" "anomalous" "mitigated" "shifted". */
static void put_health(char *out, const r53_target_health *h)
{
    char *at = out + strlen(out);

    assert_int_equal(h->size, sizeof(*h));
    at += sprintf(at, "%s:%d", h->id, (int)h->port);
    if (h->availability_zone)
        at += sprintf(at, "@%s", h->availability_zone);
    at += sprintf(at, " %s", h->state_name);
    if (h->reason)
        at += sprintf(at, " %s", h->reason);
    if (h->description)
        at += sprintf(at, " '%s'", h->description);
    at += sprintf(at, "%s%s", h->takes_traffic ? " takes" : "", h->fail_open ? " fail-open" : "");
    if (h->slow_start_age_ms >= 0)
        at += sprintf(at, " slow=%d", (int)h->slow_start_age_ms);
    sprintf(at, "%s%s%s\n", h->anomalous ? " anomalous" : "",
            h->mitigation_in_effect ? " mitigated" : "", h->zonal_shift ? " shifted" : "");
}

static const char *health_text(char *out, const r53_view *view,
                               const r53_target_health_query *query)
{
    r53_target_health_listing *listing;
    const r53_target_health *health;

    *out = '\0';
    assert_int_equal(r53_target_healths_list(&listing, view, query, NULL), R53_OK);
    while ((health = r53_target_health_listing_next(listing)) != NULL)
        put_health(out, health);
    assert_null(r53_target_health_listing_next(listing));
    r53_target_health_listing_free(listing);
    return out;
}

static const char *group_text(char *out, const r53_view *view, const char *group)
{
    return health_text(out, view,
                       &(r53_target_health_query){.size = sizeof(r53_target_health_query),
                                                  .target_group_arn = group});
}

/* Groups of a load balancer, as text */

#define NOT_IN_USE                                                                                 \
    "unused Target.NotInUse 'Target group is not configured to receive traffic from the load "     \
    "balancer'"
#define ZONE_NOT_ENABLED                                                                           \
    "unused Target.NotInUse 'Target is in an Availability Zone that is not enabled for the load "  \
    "balancer'"

static const struct health_case {
    const char *what, *fleet, *text;
} health_cases[] = {
    {"ELB-ST-01 ELB-ST-02 each state with its reason and sentence",
     "alb a | t a1=ok a2=bad a3=init a4=new a5=drain",
     "a1:80@a healthy takes\n"
     "a2:80@a unhealthy Target.Timeout 'Request timed out'\n"
     "a3:80@a initial Elb.InitialHealthChecking 'Initial health checks in progress'\n"
     "a4:80@a initial Elb.InitialHealthChecking 'Initial health checks in progress'\n"
     "a5:80@a draining Target.DeregistrationInProgress 'Target deregistration is in progress'\n"},
    {"ELB-ST-02 those of a Network Load Balancer", "nlb a | t a1=ud a2=unav a3=ok",
     "a1:80@a unhealthy.draining Target.FailedHealthChecks 'Health checks failed'\n"
     "a2:80@a unavailable Elb.InternalError 'Health checks failed due to an internal error'\n"
     "a3:80@a healthy takes\n"},
    {"ELB-ST-06 a stopped instance is unused and takes nothing, even where all fail open",
     "alb a | t a1=unused a2=bad",
     "a1:80@a unused Target.InvalidState 'Target is in the terminated or stopped state'\n"
     "a2:80@a unhealthy Target.Timeout 'Request timed out' takes fail-open\n"},
    {"ELB-TG-10 targets of a group that no listener names are unused",
     "alb act=fixed a | t a1=ok a2@81=bad", "a1:80@a " NOT_IN_USE "\na2:81@a " NOT_IN_USE "\n"},
    {"ELB-TG-10 those of a group with a weight of 0 are in use", "alb a | t w=0 a1=ok | u b1=ok",
     "a1:80@a healthy takes\n"},
    {"ELB-LB-13 a target in a zone that is not enabled is unused", "alb a | t a1=ok z1=ok",
     "a1:80@a healthy takes\nz1:80@z " ZONE_NOT_ENABLED "\n"},
    {"ELB-FO-02 unhealthy ones take traffic where too few are healthy",
     "alb a | t route=2 a1=ok a2=bad a3=drain",
     "a1:80@a healthy takes\n"
     "a2:80@a unhealthy Target.Timeout 'Request timed out' takes fail-open\n"
     "a3:80@a draining Target.DeregistrationInProgress 'Target deregistration is in progress'\n"},
    {"ELB-XZ-04 zone by zone where they are apart", "nlb a b | t a1=ok b1=bad b2=bad",
     "a1:80@a healthy takes\n"
     "b1:80@b unhealthy Target.Timeout 'Request timed out' takes fail-open\n"
     "b2:80@b unhealthy Target.Timeout 'Request timed out' takes fail-open\n"},
    {"ELB-SHIFT-03 a shifted zone's targets are healthy and take nothing",
     "nlb xz=on a! b | t a1=ok b1=ok", "a1:80@a healthy shifted\nb1:80@b healthy takes\n"},
    {"ELB-ALB-SEL-04 a function without health check is unavailable and takes traffic",
     "alb a | t type=lambda *1=bad",
     "*1:80@all unavailable Target.HealthCheckDisabled 'Health checks are disabled' takes\n"},
    {"ELB-ALB-SEL-04 one with a check is what it is", "alb a | t type=lambda hc=on *1=ok",
     "*1:80@all healthy takes\n"},
    {"ELB-LB-04 nothing goes through a load balancer that is not ready", "alb state=2 a | t a1=ok",
     "a1:80@a healthy\n"},
    {"a target whose zone nobody told takes what crosses zones", "alb a | t _1=ok",
     "_1:80 healthy takes\n"},
    {"and nothing else", "nlb a | t _1=ok", "_1:80 healthy\n"},
    {"a group without targets has none", "alb a | t", ""},
};

static void check_health(void **state)
{
    const struct health_case *c = *state;
    struct fleet_world world = fleet_world_make(c->fleet, NULL);
    char text[TEXT_SIZE];

    assert_string_equal(group_text(text, world.view, "t"), c->text);
    fleet_world_free(&world);
}

/* Classic */

#define OUT "OutOfService "
#define FAILING                                                                                    \
    "Instance 'Instance has failed at least the UnhealthyThreshold number of health "              \
    "checks consecutively.'"

static const struct health_case classic_cases[] = {
    {"ELB-CLB-15 ELB-CLB-06 instances in and out of service", "clb a | t a1=ok a2=bad a3=new",
     "a1:0@a InService N/A 'N/A' takes\n"
     "a2:0@a " OUT FAILING "\n"
     "a3:0@a " OUT "ELB 'Instance registration is still in progress.'\n"},
    {"ELB-CLB-15 what is not known, stops or begins", "clb a | t a1=unav a2=unused a3=init",
     "a1:0@a Unknown ELB 'A transient error occurred. Please try again later.'\n"
     "a2:0@a " OUT "Instance 'Instance is in stopped state.'\n"
     "a3:0@a " OUT "ELB 'Instance registration is still in progress.'\n"},
    {"ELB-CLB-14 ELB-CLB-15 one in a zone that is not enabled", "clb a | t a1=ok z1=ok",
     "a1:0@a InService N/A 'N/A' takes\n"
     "z1:0@z " OUT "ELB 'Instance is in the EC2 Availability Zone for which LoadBalancer is not "
     "configured to route traffic to.'\n"},
    {"ELB-CLB-15 one that is being deregistered", "clb a | t a1=drain",
     "a1:0@a InService N/A 'Instance deregistration currently in progress.'\n"},
};

static void check_classic(void **state)
{
    const struct health_case *c = *state;
    struct fleet_world world = fleet_world_make(c->fleet, NULL);
    char text[TEXT_SIZE];

    assert_string_equal(group_text(text, world.view, FLEET_ARN), c->text);
    fleet_world_free(&world);
}

static void probe(struct fleet_world *world, const char *group, const char *id, bool passed,
                  int32_t status, int64_t now_ms)
{
    const r53_target target = {.size = sizeof(target), .id = id};
    const r53_target_probe probe = {.size = sizeof(probe),
                                    .passed = passed,
                                    .target_group_arn = group,
                                    .target = &target,
                                    .status_code = status,
                                    .now_ms = now_ms};

    assert_int_equal(r53_observe_probe(world->observed, world->cloud, &probe, NULL), R53_OK);
}

static void check_classic_recovery(void **unused)
{
    struct fleet_world world = fleet_world_make("clb a | t a1=new", NULL);
    char text[TEXT_SIZE];

    (void)unused;
    probe(&world, FLEET_ARN, "a1", false, 0, 1);
    fleet_world_look(&world, 1);
    assert_string_equal(group_text(text, world.view, FLEET_ARN),
                        "a1:0@a " OUT "ELB 'Instance registration is still in progress.'\n");
    probe(&world, FLEET_ARN, "a1", false, 0, 2);
    fleet_world_look(&world, 2);
    assert_string_equal(group_text(text, world.view, FLEET_ARN), "a1:0@a " OUT FAILING "\n");
    probe(&world, FLEET_ARN, "a1", true, 0, 3);
    fleet_world_look(&world, 3);
    assert_string_equal(group_text(text, world.view, FLEET_ARN),
                        "a1:0@a " OUT "Instance 'Instance has not passed the configured "
                        "HealthyThreshold number of health checks consecutively.'\n");
    for (int i = 0; i < 9; i++)
        probe(&world, FLEET_ARN, "a1", true, 0, 4 + i);
    fleet_world_look(&world, 20);
    assert_string_equal(group_text(text, world.view, FLEET_ARN),
                        "a1:0@a InService N/A 'N/A' takes\n");
    fleet_world_free(&world);
}

/* Words by reason */

static const struct reason_case {
    const char *what;
    int32_t state;
    const char *reason, *text;
} reason_cases[] = {
    {"ELB-ST-02 registration", R53_TARGET_INITIAL, "Elb.RegistrationInProgress",
     "initial Elb.RegistrationInProgress 'Target registration is in progress'"},
    {"ELB-ST-02 failed checks", R53_TARGET_UNHEALTHY, NULL,
     "unhealthy Target.FailedHealthChecks 'Health checks failed'"},
    {"ELB-ST-02 a code that nobody told", R53_TARGET_UNHEALTHY, "Target.ResponseCodeMismatch",
     "unhealthy Target.ResponseCodeMismatch 'Health checks failed'"},
    {"ELB-ST-02 an internal error", R53_TARGET_UNHEALTHY, "Elb.InternalError",
     "unhealthy Elb.InternalError 'Health checks failed due to an internal error'"},
    {"ELB-ST-02 an address in use", R53_TARGET_UNUSED, "Target.IpUnusable",
     "unused Target.IpUnusable 'The IP address cannot be used as a target, as it is in use by a "
     "load balancer'"},
    {"ELB-ST-02 not in use, as observed", R53_TARGET_UNUSED, NULL, NOT_IN_USE},
    {"ELB-ST-02 no checks", R53_TARGET_UNAVAILABLE, "Target.HealthCheckDisabled",
     "unavailable Target.HealthCheckDisabled 'Health checks are disabled' takes"},
    {"ELB-ST-02 not available without reason", R53_TARGET_UNAVAILABLE, NULL,
     "unavailable Elb.InternalError 'Health checks failed due to an internal error'"},
    {"ELB-ST-02 a code that is not AWS's has no sentence", R53_TARGET_UNHEALTHY, "Lunch",
     "unhealthy Lunch"},
    {"ELB-ST-02 a healthy target has no reason", R53_TARGET_HEALTHY, "Lunch", "healthy takes"},
};

static void check_reason(void **state)
{
    const struct reason_case *c = *state;
    const r53_target target = {.size = sizeof(target), .id = "a1"};
    struct fleet_world world = fleet_world_make("alb a | t a1=new a2=ok", NULL);
    char text[TEXT_SIZE], expected[256];

    assert_int_equal(r53_observe_target(world.observed, "t", &target, c->state, c->reason), R53_OK);
    fleet_world_look(&world, 0);
    snprintf(expected, sizeof(expected), "a1:80@a %s\na2:80@a healthy takes\n", c->text);
    assert_string_equal(group_text(text, world.view, "t"), expected);
    fleet_world_free(&world);
}

static void check_codes(void **unused)
{
    struct fleet_world world = fleet_world_make("alb a | t a1=new a2=ok", NULL);
    char text[TEXT_SIZE];

    (void)unused;
    probe(&world, "t", "a1", false, 503, 1);
    probe(&world, "t", "a1", false, 404, 2);
    fleet_world_look(&world, 2);
    assert_string_equal(group_text(text, world.view, "t"),
                        "a1:80@a unhealthy Target.ResponseCodeMismatch 'Health checks failed with "
                        "these codes: [404]'\na2:80@a healthy takes\n");
    probe(&world, "t", "a1", true, 200, 3); /* not often enough: why it failed still holds */
    fleet_world_look(&world, 3);
    assert_non_null(strstr(group_text(text, world.view, "t"), "[404]"));
    fleet_world_free(&world);
}

static void check_slow_start(void **unused)
{
    struct fleet_world world = fleet_world_make("alb a | t slow=30 a1=ok a2=new", NULL);
    const r53_target late = {.size = sizeof(late), .id = "192.0.2.9", .availability_zone = "a"};
    char text[TEXT_SIZE];

    (void)unused;
    assert_int_equal(r53_target_register(world.cloud, "t", &late, 500, NULL), R53_OK);
    probe(&world, "t", "192.0.2.9", true, 0, 1000);
    fleet_world_look(&world, 8000);
    assert_non_null(
        strstr(group_text(text, world.view, "t"), "192.0.2.9:80@a healthy takes slow=7000\n"));
    fleet_world_look(&world, 31000);
    assert_non_null(strstr(group_text(text, world.view, "t"), "192.0.2.9:80@a healthy takes\n"));
    fleet_world_free(&world);
}

static void check_anomalies(void **unused)
{
    static const struct {
        const char *fleet, *text;
    } rows[] = {
        {"alb a | t algo=weighted_random mit=on a1-3=ok", " anomalous mitigated\n"},
        {"alb a | t algo=weighted_random mit=on a1-2=ok a3=bad", " anomalous\n"},
        {"alb a | t a1-3=ok", " anomalous\n"},
    };
    const r53_target target = {.size = sizeof(target), .id = "a1"};
    char text[TEXT_SIZE], expected[64];

    (void)unused;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fleet_world world = fleet_world_make(rows[i].fleet, NULL);

        assert_int_equal(r53_observe_mitigation(world.observed, "t", &target, 250), R53_OK);
        fleet_world_look(&world, 0);
        snprintf(expected, sizeof(expected), "a1:80@a healthy takes%s", rows[i].text);
        group_text(text, world.view, "t");
        assert_int_equal(strncmp(text, expected, strlen(expected)), 0);
        assert_non_null(strstr(text, "a2:80@a healthy takes\n"));
        fleet_world_free(&world);
    }
}

static void check_deregistered(void **unused)
{
    struct fleet_world world = fleet_world_make("alb a | t a1=ok a2=ok", NULL);
    const r53_target gone = {.size = sizeof(gone), .id = "a1"};
    char text[TEXT_SIZE];

    (void)unused;
    assert_int_equal(r53_target_deregister(world.cloud, "t", &gone, 1000, NULL), R53_OK);
    fleet_world_look(&world, 300999);
    assert_string_equal(group_text(text, world.view, "t"),
                        "a1:80@a draining Target.DeregistrationInProgress 'Target deregistration "
                        "is in progress'\na2:80@a healthy takes\n");
    fleet_world_look(&world, 301000);
    assert_string_equal(group_text(text, world.view, "t"), "a2:80@a healthy takes\n");
    fleet_world_free(&world);
}

/* Those asked for */

static void check_asked(void **unused)
{
    struct fleet_world world =
        fleet_world_make("nlb a b | t term=true a1=ok b1@90=bad a2=ok", NULL);
    const r53_target gone = {.size = sizeof(gone), .id = "a2"};
    const r53_target b1 = {.size = sizeof(b1), .id = "b1", .port = 90};
    const r53_target wrong = {.size = sizeof(wrong), .id = "b1"};
    const r53_target zoned = {.size = sizeof(zoned), .id = "a1", .availability_zone = "b"};
    const r53_target *const targets[] = {&b1, &wrong, &gone, &zoned, &b1};
    const r53_target_health_query query = {.size = sizeof(query),
                                           .target_group_arn = "t",
                                           .load_balancer_arn = FLEET_ARN,
                                           .targets = targets,
                                           .n_targets = 5};
    char text[TEXT_SIZE];

    (void)unused;
    assert_int_equal(r53_target_deregister(world.cloud, "t", &gone, 0, NULL), R53_OK);
    fleet_world_look(&world, 300000);
    assert_string_equal(
        health_text(text, world.view, &query),
        "b1:90@b unhealthy Target.Timeout 'Request timed out' takes fail-open\n"
        "b1:80 unused Target.NotRegistered 'Target is not registered to the target group'\n"
        "a2:80 unused Target.NotRegistered 'Target is not registered to the target group'\n"
        "a1:80@b unused Target.NotRegistered 'Target is not registered to the target group'\n"
        "b1:90@b unhealthy Target.Timeout 'Request timed out' takes fail-open\n");
    fleet_world_look(&world, 299999);
    assert_non_null(strstr(health_text(text, world.view, &query), "a2:80@a draining"));
    fleet_world_free(&world);
}

static void check_asked_classic(void **unused)
{
    struct fleet_world world = fleet_world_make("clb a | t a1=ok", NULL);
    const r53_target no = {.size = sizeof(no), .id = "i-9"};
    const r53_target *const targets[] = {&no};
    char text[TEXT_SIZE];

    (void)unused;
    assert_string_equal(
        health_text(text, world.view,
                    &(r53_target_health_query){.size = sizeof(r53_target_health_query),
                                               .target_group_arn = FLEET_ARN,
                                               .targets = targets,
                                               .n_targets = 1}),
        "i-9:0 OutOfService Instance 'Instance is not currently registered with the "
        "LoadBalancer.'\n");
    fleet_world_free(&world);
}

static void check_classic_stopped(void **unused)
{
    struct fleet_world world = fleet_world_make("clb a | t a1=new", NULL);
    const r53_target a1 = {.size = sizeof(a1), .id = "a1"};
    char text[TEXT_SIZE];

    (void)unused;
    assert_int_equal(r53_observe_target(world.observed, FLEET_ARN, &a1, R53_TARGET_UNHEALTHY,
                                        "Target.InvalidState"),
                     R53_OK);
    fleet_world_look(&world, 0);
    assert_string_equal(group_text(text, world.view, FLEET_ARN),
                        "a1:0@a " OUT "Instance 'Instance is in stopped state.'\n");
    fleet_world_free(&world);
}

static void check_asked_idle(void **unused)
{
    struct fleet_world world = fleet_world_make("alb act=fixed a | t a1=ok", NULL);
    const r53_target a1 = {.size = sizeof(a1), .id = "a1"};
    const r53_target no = {.size = sizeof(no), .id = "i-9", .port = 7};
    const r53_target *const targets[] = {&a1, &no};
    const r53_target_health_query query = {
        .size = sizeof(query), .target_group_arn = "t", .targets = targets, .n_targets = 2};
    char text[TEXT_SIZE];

    (void)unused;
    assert_string_equal(health_text(text, world.view, &query),
                        "a1:80@a " NOT_IN_USE "\ni-9:7 unused Target.NotRegistered 'Target is not "
                        "registered to the target group'\n");
    fleet_world_free(&world);
}

/* Two load balancers with one group: a Network one of zone a, and one of zone b. */
static void import_user(r53_import *import, const char *lb, const char *zone, const char *listener)
{
    const r53_availability_zone enabled = {.size = sizeof(enabled), .zone_name = zone};
    const r53_availability_zone *const zones[] = {&enabled};
    const r53_load_balancer balancer = {.size = sizeof(balancer),
                                        .type = R53_LB_NETWORK,
                                        .load_balancer_arn = lb,
                                        .availability_zones = zones,
                                        .n_availability_zones = 1};
    const r53_weighted_target_group to = {"g", 1, 0};
    const r53_listener_action action = {.size = sizeof(action),
                                        .type = R53_ACTION_FORWARD,
                                        .n_target_groups = 1,
                                        .target_groups = &to};
    const r53_listener_action *const actions[] = {&action};
    const r53_listener in = {.size = sizeof(in),
                             .protocol = R53_PROTOCOL_TCP,
                             .listener_arn = listener,
                             .load_balancer_arn = lb,
                             .port = 80,
                             .default_actions = actions,
                             .n_default_actions = 1};

    assert_int_equal(r53_import_load_balancer(import, &balancer), R53_OK);
    assert_int_equal(r53_import_listener(import, &in), R53_OK);
}

static void import_shared_group(r53_import *import)
{
    const r53_target_group group = {.size = sizeof(group),
                                    .target_group_arn = "g",
                                    .protocol = R53_PROTOCOL_TCP,
                                    .port = 80,
                                    .health_check_port = "8080"};
    const r53_target a = {.size = sizeof(a), .id = "i-a", .availability_zone = "a"};
    const r53_target b = {.size = sizeof(b), .id = "i-b", .availability_zone = "b"};

    assert_int_equal(r53_import_target_group(import, &group), R53_OK);
    assert_int_equal(r53_import_target(import, "g", &a, R53_TARGET_HEALTHY, NULL), R53_OK);
    assert_int_equal(r53_import_target(import, "g", &b, R53_TARGET_HEALTHY, NULL), R53_OK);
}

static void check_two_users(void **unused)
{
    static const char first[] = "i-a:80@a healthy takes\ni-b:80@b " ZONE_NOT_ENABLED "\n";
    static const char second[] = "i-a:80@a " ZONE_NOT_ENABLED "\ni-b:80@b healthy takes\n";
    r53_target_health_query query = {.size = sizeof(query), .target_group_arn = "g"};
    r53_target_health_listing *listing;
    const r53_target_health *health;
    r53_observed *observed;
    r53_import *import;
    r53_cloud *cloud;
    r53_view *view;
    char text[TEXT_SIZE];

    (void)unused;
    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    assert_int_equal(r53_observed_new(&observed, NULL), R53_OK);
    assert_int_equal(r53_import_new(&import, cloud, observed, NULL), R53_OK);
    import_user(import, "lb-a", "a", "l-a");
    import_user(import, "lb-b", "b", "l-b");
    import_shared_group(import);
    assert_int_equal(r53_import_commit(import), R53_OK);
    assert_int_equal(r53_view_new(&view, cloud, observed, 0, NULL), R53_OK);
    assert_string_equal(health_text(text, view, &query), first);
    query.load_balancer_arn = "lb-a";
    assert_string_equal(health_text(text, view, &query), first);
    query.load_balancer_arn = "lb-b";
    assert_string_equal(health_text(text, view, &query), second);

    assert_int_equal(r53_target_healths_list(&listing, view, &query, NULL), R53_OK);
    r53_import_free(import);
    r53_view_release(view);
    r53_observed_free(observed);
    r53_cloud_free(cloud);
    health = r53_target_health_listing_next(listing); /* the listing holds its view */
    assert_string_equal(health->load_balancer_arn, "lb-b");
    assert_string_equal(health->target_group_arn, "g");
    assert_string_equal(health->health_check_port, "8080");
    assert_int_equal(health->state, R53_TARGET_UNUSED);
    r53_target_health_listing_free(listing);
}

static void check_check_port(void **unused)
{
    static const struct {
        const char *fleet, *port;
    } rows[] = {{"alb a | t a1@81=ok", "81"},
                {"alb act=fixed a | t a1=ok", "80"},
                {"alb a | t type=lambda *1=ok", NULL}};

    (void)unused;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fleet_world world = fleet_world_make(rows[i].fleet, NULL);
        const r53_target_health_query query = {.size = sizeof(query), .target_group_arn = "t"};
        r53_target_health_listing *listing;
        const r53_target_health *health;

        assert_int_equal(r53_target_healths_list(&listing, world.view, &query, NULL), R53_OK);
        health = r53_target_health_listing_next(listing);
        if (rows[i].port)
            assert_string_equal(health->health_check_port, rows[i].port);
        else
            assert_null(health->health_check_port);
        r53_target_health_listing_free(listing);
        fleet_world_free(&world);
    }
}

static void check_refused(void **unused)
{
    struct fleet_world world = fleet_world_make("alb a | t a1=ok", NULL);
    const r53_target nameless = {.size = sizeof(nameless)};
    const r53_target *const targets[] = {&nameless};
    r53_target_health_query query = {.size = sizeof(query), .target_group_arn = "no"};
    r53_finding finding = {.size = sizeof(finding)};
    r53_target_health_listing *listing = NULL;
    r53_report *report;

    (void)unused;
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(r53_target_healths_list(&listing, world.view, &query, report),
                     R53_E_NOT_FOUND);
    assert_int_equal(r53_report_get(report, 0, &finding), R53_OK);
    assert_string_equal(finding.aws_name, "TargetGroupNotFound");
    assert_non_null(strstr(finding.text, "'no'"));
    query.target_group_arn = NULL;
    assert_int_equal(r53_target_healths_list(&listing, world.view, &query, NULL), R53_E_NOT_FOUND);
    query.target_group_arn = "t";
    query.load_balancer_arn = "lb-no";
    assert_int_equal(r53_target_healths_list(&listing, world.view, &query, report),
                     R53_E_NOT_FOUND);
    assert_int_equal(r53_report_get(report, 1, &finding), R53_OK);
    assert_string_equal(finding.aws_name, "LoadBalancerNotFound");
    query.load_balancer_arn = NULL;
    query.n_targets = 1;
    assert_int_equal(r53_target_healths_list(&listing, world.view, &query, report), R53_E_INVALID);
    query.targets = targets;
    assert_int_equal(r53_target_healths_list(&listing, world.view, &query, report), R53_E_INVALID);
    query.size = 0;
    assert_int_equal(r53_target_healths_list(&listing, world.view, &query, report), R53_E_INVALID);
    assert_int_equal(r53_target_healths_list(&listing, world.view, NULL, NULL), R53_E_INVALID);
    assert_int_equal(r53_target_healths_list(NULL, world.view, &query, NULL), R53_E_INVALID);
    assert_int_equal(r53_target_healths_list(&listing, NULL, &query, NULL), R53_E_INVALID);
    assert_null(listing);
    assert_null(r53_target_health_listing_next(NULL));
    r53_target_health_listing_free(NULL);
    r53_report_free(report);
    fleet_world_free(&world);
}

/* Random ones, judged by a naive implementation */

static bool park_takes(const struct park *park, int group, int index)
{
    const struct park_balancer *lb = &park->balancers[group / PARK_OWN];
    bool serves = lb->state == R53_LB_ACTIVE || lb->state == R53_LB_ACTIVE_IMPAIRED;
    bool takes = false;

    for (int z = 0; z < PARK_ZONES; z++)
        takes = takes || (lb->addresses[z] && park_is_eligible(park, group, index, z));
    return serves && takes && park_is_attached(park, group);
}

/* The next target of the group that the cloud holds: of a Classic one's, those of one port. */
static int park_next(const struct park *park, int group, bool classic, int i)
{
    while (classic && i < park->groups[group].n && park->groups[group].targets[i].port != 80)
        i++;
    return i;
}

static void check_park_group(const struct park *park, const r53_view *view, int group)
{
    bool classic = park->balancers[group / PARK_OWN].type == R53_LB_CLASSIC;
    r53_target_health_query query = {.size = sizeof(query)};
    r53_target_health_listing *listing;
    const r53_target_health *health;
    char arn[16];
    int i = 0;

    if (classic && group % PARK_OWN != 0)
        return; /* its instances are the first one's */
    snprintf(arn, sizeof(arn), classic ? "lb%d" : "g%d", classic ? group / PARK_OWN : group);
    query.target_group_arn = arn;
    assert_int_equal(r53_target_healths_list(&listing, view, &query, NULL), R53_OK);
    for (; (health = r53_target_health_listing_next(listing)) != NULL; i++) {
        const char *id;

        i = park_next(park, group, classic, i);
        assert_true(i < park->groups[group].n);
        id = park->groups[group].targets[i].id;
        assert_int_equal(strncmp(health->id, id, strlen(id)), 0);
        assert_int_equal(health->takes_traffic, park_takes(park, group, i));
        if (!park_is_attached(park, group)) /* ELB-TG-10 */
            assert_string_equal(health->reason, "Target.NotInUse");
    }
    assert_int_equal(park_next(park, group, classic, i), park->groups[group].n);
    r53_target_health_listing_free(listing);
}

static void check_park_balancer(const struct park *park, const r53_view *view, int balancer)
{
    static const char *const names[PARK_ZONES] = {"a", "b", "c", "d"};
    r53_load_balancer_health health = {.size = sizeof(health)};
    r53_zone_health zone = {.size = sizeof(zone)};
    uint32_t n = 0;
    char arn[16];

    snprintf(arn, sizeof(arn), "lb%d", balancer);
    assert_int_equal(r53_load_balancer_health_get(view, arn, &health), R53_OK);
    if (park->balancers[balancer].type != R53_LB_GATEWAY) /* ELB-R53-12 */
        assert_int_equal(health.healthy, park_is_healthy(park, balancer));
    for (; r53_zone_health_get(view, arn, n, &zone) == R53_OK; n++) {
        int z = zone.zone_name[0] - 'a';

        assert_string_equal(zone.zone_name, names[z]);
        assert_int_equal(zone.in_dns, park_in_dns(park, balancer, z));
        assert_int_equal(zone.shifted, park->balancers[balancer].shifted[z]);
        assert_int_equal(zone.impaired, park->balancers[balancer].impaired[z]);
    }
    assert_int_equal(n, health.n_zones);
}

static void check_parks(void **unused)
{
    static const int32_t kinds[] = {0, R53_LB_APPLICATION, R53_LB_NETWORK, R53_LB_GATEWAY,
                                    R53_LB_CLASSIC};
    struct park_world world;
    struct park park;

    (void)unused;
    for (uint64_t seed = 1; seed <= PARKS; seed++) {
        park_make(&park, seed, kinds[seed % COUNT(kinds)]);
        park_open(&world, &park, seed);
        for (int g = 0; g < PARK_GROUPS; g++)
            check_park_group(&park, world.view, g);
        for (int b = 0; b < PARK_BALANCERS; b++)
            check_park_balancer(&park, world.view, b);
        park_close(&world);
    }
}

/* Load balancers and zones: "unhealthy group-fails t; a unhealthy in-dns t 0/2<1" */

static const char *balancer_text(char *out, const r53_view *view)
{
    static const char *const faults[] = {"", " state", " no-targets", " empty-group",
                                         " group-fails"};
    r53_load_balancer_health lb = {.size = sizeof(lb)};
    r53_zone_health zone = {.size = sizeof(zone)};
    char *at = out;

    assert_int_equal(r53_load_balancer_health_get(view, FLEET_ARN, &lb), R53_OK);
    assert_string_equal(lb.load_balancer_arn, FLEET_ARN);
    at += sprintf(at, "%s%s", lb.healthy ? "healthy" : "unhealthy", faults[lb.fault]);
    if (lb.target_group_arn)
        at += sprintf(at, " %s", lb.target_group_arn);
    at += sprintf(at, "%s%s", lb.dns_fail_open ? " fail-open" : "", lb.shift_inert ? " inert" : "");
    for (uint32_t i = 0; i < lb.n_zones; i++) {
        assert_int_equal(r53_zone_health_get(view, FLEET_ARN, i, &zone), R53_OK);
        at += sprintf(at, "; %s %s%s%s%s", zone.zone_name, zone.healthy ? "healthy" : "unhealthy",
                      zone.in_dns ? " in-dns" : "", zone.shifted ? " shifted" : "",
                      zone.impaired ? " impaired" : "");
        if (zone.target_group_arn)
            at += sprintf(at, " %s %u/%u<%u,%u%%", zone.target_group_arn, (unsigned)zone.n_healthy,
                          (unsigned)zone.n_registered, (unsigned)zone.minimum_count,
                          (unsigned)zone.minimum_percentage);
    }
    return out;
}

static const struct balancer_case {
    const char *what, *fleet, *text;
} balancer_cases[] = {
    {"ELB-DNS-20 ELB-R53-03 all is well", "alb a b | t a1=ok b1=ok",
     "healthy; a healthy in-dns; b healthy in-dns"},
    {"ELB-DNS-27 one group fails a zone of a Network Load Balancer",
     "nlb a b | t a1=ok b1=ok | u a2=ok b2=bad b3=bad",
     "healthy; a healthy in-dns; b unhealthy u 0/2<1,0%"},
    {"ELB-DNS-26 not of an Application Load Balancer, but it is told",
     "alb a b | t xz=off a1=ok b1=ok | u xz=off dns=2 dns%=60 a2=ok a3=ok b2=ok b3=bad",
     "healthy; a healthy in-dns; b healthy in-dns u 1/2<2,60%"},
    {"ELB-R53-04 ELB-DNS-21 all fail: unhealthy, and in DNS for all that",
     "alb a | t a1=bad a2=bad", "unhealthy group-fails t fail-open; a unhealthy in-dns t 0/2<1,0%"},
    {"ELB-R53-05 no targets at all", "alb a | t", "unhealthy no-targets; a healthy in-dns"},
    {"ELB-R53-14 one that is not ready", "alb state=4 a | t a1=ok",
     "unhealthy state; a healthy in-dns"},
    {"ELB-DNS-32 ELB-SHIFT-02 a shifted zone, and one that is impaired",
     "nlb a! b? c | t a1=ok b1=ok c1=ok",
     "healthy; a healthy shifted; b healthy impaired; c healthy in-dns"},
    {"ELB-SHIFT-06 a shift where all fail open moves nothing", "nlb a! b | t a1=bad b1=bad",
     "unhealthy group-fails t fail-open inert; a unhealthy in-dns shifted t 0/1<1,0%; b unhealthy "
     "in-dns t 0/1<1,0%"},
    {"ELB-DNS-33 a Classic one needs one instance", "clb a b | t a1=ok b1=bad b2=bad",
     "healthy; a healthy in-dns; b unhealthy " FLEET_ARN " 0/2<1,0%"},
    {"ELB-DNS-25 thresholds that are off", "nlb a | t dns=-1 a1=bad",
     "unhealthy group-fails t; a healthy in-dns"},
};

static void check_balancer(void **state)
{
    const struct balancer_case *c = *state;
    struct fleet_world world = fleet_world_make(c->fleet, NULL);
    char text[TEXT_SIZE];

    assert_string_equal(balancer_text(text, world.view), c->text);
    fleet_world_free(&world);
}

static void check_strict_empty(void **unused)
{
    const r53_cloud_options options = {.size = sizeof(options), .strict_empty = R53_OPTION_ON};
    struct fleet_world world = fleet_world_make("alb a | t a1=ok | u", &options);
    char text[TEXT_SIZE];

    (void)unused;
    assert_string_equal(balancer_text(text, world.view),
                        "unhealthy empty-group u; a healthy in-dns");
    fleet_world_free(&world);
}

static void check_balancer_names(void **unused)
{
    struct fleet_world world = fleet_world_make("alb a | t a1=ok", NULL);
    r53_load_balancer_health lb = {.size = sizeof(lb)};
    r53_zone_health zone = {.size = sizeof(zone)};

    (void)unused;
    assert_int_equal(r53_load_balancer_health_get(world.view, FLEET_NAME, &lb), R53_OK);
    assert_int_equal(lb.state, R53_LB_ACTIVE);
    assert_int_equal(r53_load_balancer_health_get(world.view, "no.example.com", &lb),
                     R53_E_NOT_FOUND);
    assert_int_equal(r53_zone_health_get(world.view, "no", 0, &zone), R53_E_NOT_FOUND);
    assert_int_equal(r53_zone_health_get(world.view, FLEET_ARN, 1, &zone), R53_E_NOT_FOUND);
    assert_int_equal(r53_load_balancer_health_get(NULL, FLEET_ARN, &lb), R53_E_INVALID);
    assert_int_equal(r53_load_balancer_health_get(world.view, NULL, &lb), R53_E_INVALID);
    assert_int_equal(r53_load_balancer_health_get(world.view, FLEET_ARN, NULL), R53_E_INVALID);
    assert_int_equal(r53_zone_health_get(world.view, FLEET_ARN, 0, NULL), R53_E_INVALID);
    lb.size = 0;
    assert_int_equal(r53_load_balancer_health_get(world.view, FLEET_ARN, &lb), R53_E_INVALID);
    fleet_world_free(&world);
}

/* Health checks: "healthy checkers 3/16 inverted" */

static const char *status_text(char *out, const r53_view *view, const char *id)
{
    static const char *const bases[] = {"nothing",  "given", "disabled",
                                        "checkers", "alarm", "children"};
    r53_health_check_status status = {.size = sizeof(status)};
    char *at = out;

    if (r53_health_check_status_get(view, id, &status) != R53_OK)
        return "not found";
    assert_string_equal(status.health_check_id, id);
    at += sprintf(at, "%s %s", status.status == R53_HEALTH_HEALTHY ? "healthy" : "unhealthy",
                  bases[status.basis]);
    if (status.n_asked)
        at += sprintf(at, " %u/%u", (unsigned)status.n_healthy, (unsigned)status.n_asked);
    if (status.basis == R53_BASIS_CHILDREN)
        at += sprintf(at, ">=%d", (int)status.health_threshold);
    if (status.alarm_state)
        at += sprintf(at, "=%d", (int)status.alarm_state);
    sprintf(at, "%s", status.inverted ? " inverted" : "");
    return out;
}

static const struct status_case {
    const char *what, *lines, *text;
} status_cases[] = {
    {"R53-HC-06 without data a check is healthy", "check a http", "healthy nothing"},
    {"R53-HC-05 checkers: too few", "check a http 2/16", "unhealthy checkers 2/16"},
    {"R53-HC-05 checkers: enough", "check a http 3/16", "healthy checkers 3/16"},
    {"R53-HC-07 turned round", "check a tcp 3/16 inverted", "unhealthy checkers 3/16 inverted"},
    {"R53-HC-08 disabled", "check a http 0/16 disabled", "healthy disabled"},
    {"R53-HC-08 R53-HC-07 disabled and turned round", "check a http disabled inverted",
     "unhealthy disabled inverted"},
    {"R53-HC-09 children",
     "check b http 0/3\ncheck c http 3/3\n"
     "check a calculated threshold=1 children=b,c",
     "healthy children 1/2>=1"},
    {"R53-HC-09 too few of them",
     "check b http 0/3\ncheck c http 3/3\n"
     "check a calculated threshold=2 children=b,c",
     "unhealthy children 1/2>=2"},
    {"R53-HC-09 more than there are", "check b http 3/3\ncheck a calculated threshold=9 children=b",
     "unhealthy children 0/1>=9"},
    {"R53-HC-11 an alarm", "check a cloudwatch_metric alarm=2", "unhealthy alarm=2"},
    {"R53-HC-11 one that lacks data, after it was OK",
     "check a cloudwatch_metric missing=3 "
     "alarm=1,3",
     "healthy alarm=3"},
    {"R53-HC-13 a routing control", "check a recovery_control down", "unhealthy given"},
    {"R53-HC-15 one that there is not", "check b http", "not found"},
};

static void check_status(void **state)
{
    const struct status_case *c = *state;
    struct world world;
    char text[128];

    world_open(&world, c->lines);
    assert_string_equal(status_text(text, world.view, "a"), c->text);
    world_close(&world);
}

static void check_checkers(void **unused)
{
    r53_health_check_status status = {.size = sizeof(status)};
    struct world world;
    uint32_t up = 0, n = 0;
    int32_t seen;

    (void)unused;
    world_open(&world, "check a http 1/3 inverted\ncheck b http 2/2 down\ncheck c tcp");
    for (; r53_health_check_checker(world.view, "a", n, &seen); n++)
        up += seen == R53_HEALTH_HEALTHY; /* R53-HC-17: raw */
    assert_int_equal(n, 3);
    assert_int_equal(up, 1);
    assert_int_equal(r53_health_check_status_get(world.view, "b", &status), R53_OK);
    assert_int_equal(status.basis, R53_BASIS_GIVEN);
    assert_int_equal(status.n_checkers, 2);
    assert_int_equal(status.type, R53_CHECK_HTTP);
    assert_non_null(r53_health_check_checker(world.view, "b", 1, NULL));
    assert_null(r53_health_check_checker(world.view, "b", 2, NULL));
    assert_null(r53_health_check_checker(world.view, "c", 0, NULL));
    assert_null(r53_health_check_checker(world.view, "no", 0, NULL));
    assert_null(r53_health_check_checker(NULL, "a", 0, NULL));
    assert_int_equal(r53_health_check_status_get(NULL, "a", &status), R53_E_INVALID);
    assert_int_equal(r53_health_check_status_get(world.view, NULL, &status), R53_E_INVALID);
    assert_int_equal(r53_health_check_status_get(world.view, "a", NULL), R53_E_INVALID);
    world_close(&world);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(health_cases) + COUNT(classic_cases) + COUNT(reason_cases) +
                            COUNT(balancer_cases) + COUNT(status_cases) + 17];
    size_t n = 0;

    ADD_CASES(tests, n, health_cases, check_health);
    ADD_CASES(tests, n, classic_cases, check_classic);
    ADD_CASES(tests, n, reason_cases, check_reason);
    ADD_CASES(tests, n, balancer_cases, check_balancer);
    ADD_CASES(tests, n, status_cases, check_status);
    ADD_TEST(tests, n, "ELB-CLB-15 an instance that fails and recovers", check_classic_recovery);
    ADD_TEST(tests, n, "ELB-ST-02 a code that the matcher does not take is told", check_codes);
    ADD_TEST(tests, n, "ELB-SLOW-02 slow start is told while it lasts", check_slow_start);
    ADD_TEST(tests, n, "ELB-ALG-06 ELB-ALG-08 anomalous targets, and whether that counts",
             check_anomalies);
    ADD_TEST(tests, n, "ELB-DRAIN-01 a target drains until its delay is over", check_deregistered);
    ADD_TEST(tests, n, "ELB-ST-10 targets asked for by name", check_asked);
    ADD_TEST(tests, n, "ELB-CLB-15 an instance that is not registered", check_asked_classic);
    ADD_TEST(tests, n, "ELB-ST-06 ELB-CLB-15 a Classic instance that is stopped",
             check_classic_stopped);
    ADD_TEST(tests, n, "ELB-TG-10 ELB-ST-10 asked for in a group that nobody uses",
             check_asked_idle);
    ADD_TEST(tests, n, "ELB-LB-13 each load balancer sees a group its own way", check_two_users);
    ADD_TEST(tests, n, "ELB-ST-07 traffic-port is the target's own", check_check_port);
    ADD_TEST(tests, n, "ELB-VAL-20 what cannot be told", check_refused);
    ADD_TEST(tests, n, "random load balancers: who takes traffic, which zones are in DNS",
             check_parks);
    ADD_TEST(tests, n, "ELB-R53-06 an empty group where that counts", check_strict_empty);
    ADD_TEST(tests, n, "a load balancer is found by ARN and name", check_balancer_names);
    ADD_TEST(tests, n, "R53-HC-17 what each checker said", check_checkers);
    return RUN_TESTS("target_health", tests, n);
}
