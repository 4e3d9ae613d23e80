/*
 * What comes of a request after its target was chosen: answers that a load balancer makes because
 * of what the target or the client does, and requests in progress while the target goes.
 */
#include "support/fleet_shares.h"
#include "support/fleet_text.h"
#include "support/harness.h"
#include "support/rule_text.h"
#include "support/trace_text.h"

#include <r53/elb.h>
#include <r53/rulebook.h>

#include <stdio.h>

#define ALB "alb a | t a1=ok"
#define FN  "alb a | t type=lambda *1=ok"
#define CLB "clb http:80 a | t a1=ok"
#define NLB "nlb a | t a1=ok"

static const struct course_case {
    const char *what, *world;
    int32_t target, client;
    int64_t connect_ms, response_ms;
    int32_t outcome, status;
    const char *rule; /* that the end names; NULL: any */
} course_cases[] = {
    {"ELB-ALB-ERR-502 a target that refuses", ALB, R53_TARGET_REFUSED, 0, 0, 0,
     R53_SELECTED_GENERATED, 502, "ELB-ALB-ERR-502"},
    {"ELB-ALB-ERR-502 one that closes during the request", ALB, R53_TARGET_CLOSED, 0, 0, 0,
     R53_SELECTED_GENERATED, 502, "ELB-ALB-ERR-502"},
    {"ELB-ALB-ERR-502 a malformed answer", ALB, R53_TARGET_MALFORMED, 0, 0, 0,
     R53_SELECTED_GENERATED, 502, "ELB-ALB-ERR-502"},
    {"ELB-ALB-ERR-502 headers that are too large", ALB, R53_TARGET_HEADERS_TOO_LARGE, 0, 0, 0,
     R53_SELECTED_GENERATED, 502, "ELB-ALB-ERR-502"},
    {"ELB-ALB-ERR-502 a handshake that fails", ALB, R53_TARGET_TLS_FAILED, 0, 0, 0,
     R53_SELECTED_GENERATED, 502, "ELB-ALB-ERR-502"},
    {"ELB-ALB-ERR-502 a function's error", FN, R53_TARGET_FUNCTION_FAILED, 0, 0, 0,
     R53_SELECTED_GENERATED, 502, "ELB-ALB-ERR-502"},
    {"ELB-ALB-ERR-502 a throttled function", FN, R53_TARGET_FUNCTION_THROTTLED, 0, 0, 0,
     R53_SELECTED_GENERATED, 502, "ELB-ALB-ERR-502"},
    {"ELB-ALB-ERR-502 a function out of time", FN, R53_TARGET_FUNCTION_TIMED_OUT, 0, 0, 0,
     R53_SELECTED_GENERATED, 502, "ELB-ALB-ERR-502"},
    {"ELB-ALB-ERR-502 a function's answer above a mebibyte", FN, R53_TARGET_FUNCTION_TOO_LARGE, 0,
     0, 0, R53_SELECTED_GENERATED, 502, "ELB-ALB-ERR-502"},
    {"ELB-ALB-ERR-504 a function that is slow to run", FN, R53_TARGET_FUNCTION_SLOW, 0, 0, 0,
     R53_SELECTED_GENERATED, 504, "ELB-ALB-ERR-504"},
    {"ELB-ALB-ERR-504 no connection in time", ALB, R53_TARGET_CONNECT_TIMED_OUT, 0, 0, 0,
     R53_SELECTED_GENERATED, 504, "ELB-ALB-ERR-504"},
    {"ELB-ALB-ERR-504 no answer in time", ALB, R53_TARGET_TIMED_OUT, 0, 0, 0,
     R53_SELECTED_GENERATED, 504, "ELB-ALB-ERR-504"},
    {"ELB-ALB-ERR-504 a short body", ALB, R53_TARGET_BODY_TOO_SHORT, 0, 0, 0,
     R53_SELECTED_GENERATED, 504, "ELB-ALB-ERR-504"},
    {"ELB-CONF-13 a handshake that takes too long", ALB, R53_TARGET_TLS_TIMED_OUT, 0, 0, 0,
     R53_SELECTED_GENERATED, 504, "ELB-CONF-13"},
    {"ELB-ALB-ERR-500 target optimizer's agent", ALB, R53_TARGET_AGENT_FAILED, 0, 0, 0,
     R53_SELECTED_GENERATED, 500, "ELB-ALB-ERR-500"},
    {"ELB-ALB-SEL-01 a target that answers", ALB, R53_TARGET_ANSWERED, 0, 99999, 999999,
     R53_SELECTED_TARGET, 0, NULL},
    /* by times */
    {"ELB-ALB-ERR-504 ten seconds to connect are enough", ALB, 0, 0, 10000, 60000,
     R53_SELECTED_TARGET, 0, NULL},
    {"ELB-ALB-ERR-504 more are too many", ALB, 0, 0, 10001, 0, R53_SELECTED_GENERATED, 504, NULL},
    {"ELB-ALB-ERR-504 ELB-LB-34 more than the idle timeout", ALB, 0, 0, 0, 60001,
     R53_SELECTED_GENERATED, 504, NULL},
    {"ELB-CLB-11 ELB-LB-34 a Classic one's too", CLB, 0, 0, 0, 60001, R53_SELECTED_GENERATED, 504,
     "ELB-CLB-11"},
    {"ELB-CLB-11 its connections may take as long", CLB, 0, 0, 60000, 0, R53_SELECTED_TARGET, 0,
     NULL},
    {"ELB-CLB-11 but no longer", CLB, 0, 0, 60001, 0, R53_SELECTED_GENERATED, 504, "ELB-CLB-11"},
    {"ELB-NLB-19 a Network one does not look at the clock", NLB, 0, 0, 99999, 99999,
     R53_SELECTED_TARGET, 0, NULL},
    /* the client */
    {"ELB-ALB-ERR-408 a client that says nothing", ALB, 0, R53_CLIENT_SILENT, 0, 0,
     R53_SELECTED_GENERATED, 408, "ELB-ALB-ERR-408"},
    {"ELB-ALB-ERR-460 a client that leaves", ALB, 0, R53_CLIENT_LEFT, 0, 0, R53_SELECTED_GENERATED,
     460, "ELB-ALB-ERR-460"},
    {"ELB-ALB-ERR-460 before its time is up", ALB, R53_TARGET_TIMED_OUT, R53_CLIENT_LEFT, 0, 0,
     R53_SELECTED_GENERATED, 460, "ELB-ALB-ERR-460"},
    {"ELB-ALB-ERR-460 but not before a target that fails at once", ALB, R53_TARGET_REFUSED,
     R53_CLIENT_LEFT, 0, 0, R53_SELECTED_GENERATED, 502, NULL},
    {"ELB-ALB-ERR-460 no group without targets", "alb a | t", 0, R53_CLIENT_LEFT, 0, 0,
     R53_SELECTED_GENERATED, 503, NULL},
    {"ELB-ALB-ERR-408 a client that waits", ALB, 0, R53_CLIENT_WAITED, 0, 0, R53_SELECTED_TARGET, 0,
     NULL},
    /* Classic */
    {"ELB-CLB-11 a bad answer", CLB, R53_TARGET_MALFORMED, 0, 0, 0, R53_SELECTED_GENERATED, 502,
     "ELB-CLB-11"},
    {"ELB-CLB-11 an instance that closes", CLB, R53_TARGET_CLOSED, 0, 0, 0, R53_SELECTED_GENERATED,
     504, "ELB-CLB-11"},
    {"ELB-CLB-11 an instance that does not answer", CLB, R53_TARGET_TIMED_OUT, 0, 0, 0,
     R53_SELECTED_GENERATED, 504, "ELB-CLB-11"},
    {"ELB-CLB-11 a client that says nothing", CLB, 0, R53_CLIENT_SILENT, 0, 0,
     R53_SELECTED_GENERATED, 408, "ELB-CLB-11"},
    {"ELB-CLB-11 below HTTP there are no statuses", "clb tcp:80 a | t a1=ok", R53_TARGET_REFUSED, 0,
     0, 0, R53_SELECTED_RESET, 0, "ELB-NLB-19"},
    /* Network, Gateway */
    {"ELB-NLB-19 a target that refuses resets the client", NLB, R53_TARGET_REFUSED, 0, 0, 0,
     R53_SELECTED_RESET, 0, "ELB-NLB-19"},
    {"ELB-NLB-19 as does one that closes", NLB, R53_TARGET_CLOSED, 0, 0, 0, R53_SELECTED_RESET, 0,
     "ELB-NLB-19"},
    {"ELB-NLB-19 one that does not accept is not heard of", NLB, R53_TARGET_CONNECT_TIMED_OUT, 0, 0,
     0, R53_SELECTED_DROPPED, 0, "ELB-NLB-19"},
    {"ELB-NLB-19 what it answers is the client's", NLB, R53_TARGET_MALFORMED, 0, 0, 0,
     R53_SELECTED_TARGET, 0, NULL},
    {"ELB-NLB-19 and when", NLB, R53_TARGET_TIMED_OUT, R53_CLIENT_LEFT, 0, 0, R53_SELECTED_TARGET,
     0, NULL},
    {"ELB-GWLB-01 appliances have nothing to answer", "gwlb a | t a1=ok", R53_TARGET_REFUSED, 0, 0,
     0, R53_SELECTED_TARGET, 0, NULL},
};

static r53_request request_of(const struct course_case *c)
{
    return (r53_request){.size = sizeof(r53_request),
                         .load_balancer = FLEET_ARN,
                         .target_outcome = c->target,
                         .client_outcome = c->client,
                         .target_connect_ms = c->connect_ms,
                         .target_response_ms = c->response_ms};
}

/* Was a target chosen before it went wrong? */
static bool names_target(const struct course_case *c)
{
    return c->client != R53_CLIENT_SILENT && c->status != 503;
}

static void check_course(void **state)
{
    const struct course_case *c = *state;
    struct fleet_world world = fleet_world_make(c->world, NULL);
    const r53_request request = request_of(c);
    r53_selection s = {.size = sizeof(s)};

    assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, NULL), R53_OK);
    assert_int_equal(s.outcome, c->outcome);
    assert_int_equal(s.status, c->status);
    if (c->rule)
        assert_string_equal(r53_rule_id(s.rule), c->rule);
    assert_string_equal(s.target_id, !names_target(c)             ? ""
                                     : strstr(c->world, "lambda") ? "*1"
                                                                  : "a1");
    fleet_world_free(&world);
}

/* Requests that a Classic Load Balancer reads */

static const struct classic_case {
    const char *what, *method, *url;
    int32_t queue, desync, status;
} classic_cases[] = {
    {"ELB-CLB-11 a request", "GET", "/", 1023, 0, 0},
    {"ELB-CLB-11 a full queue", "GET", "/", 1024, 0, 503},
    {"ELB-CLB-11 a blank in the URL", "GET", "/a b", 0, 0, 400},
    {"ELB-CLB-11 a malformed method", "GE T", "/", 0, 0, 400},
    {"ELB-CLB-11 no proxy", "CONNECT", "/", 0, 0, 400},
    {"ELB-CLB-11 a method of 127 characters",
     "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
     "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
     "/", 0, 0, 0},
    {"ELB-CLB-11 one of 128",
     "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
     "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
     "/", 0, 0, 405},
    {"ELB-CLB-11 a method that is not known", "TRACE", "/", 0, 0, 0},
    {"ELB-LB-39 ELB-CLB-11 a dangerous request", "GET", "/", 0, R53_DESYNC_SEVERE, 400},
};

static void check_classic(void **state)
{
    const struct classic_case *c = *state;
    struct fleet_world world = fleet_world_make(CLB, NULL);
    const r53_request request = {.size = sizeof(request),
                                 .load_balancer = FLEET_ARN,
                                 .method = c->method,
                                 .url = c->url,
                                 .surge_queue_length = c->queue,
                                 .desync_class = c->desync};
    r53_selection s = {.size = sizeof(s)};

    assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, NULL), R53_OK);
    assert_int_equal(s.status, c->status);
    assert_string_equal(s.target_id, c->status ? "" : "a1");
    fleet_world_free(&world);
}

/* One request, one target: the share of a target that fails is not the others'. */
static void check_no_retry(void **state)
{
    struct fleet_world world = fleet_world_make("alb a | t a1-2=ok", NULL);
    r53_request request = {.size = sizeof(request), .load_balancer = FLEET_ARN};
    r53_elb_state *traffic;
    r53_selection s = {.size = sizeof(s)};
    struct shares shares;

    (void)state;
    request.target_outcome = R53_TARGET_REFUSED;
    shares_of(world.view, &request, NULL, &shares);
    expect_shares(&shares, "502=1");
    assert_int_equal(r53_elb_state_new(&traffic, NULL), R53_OK);
    for (int i = 0; i < 4; i++) { /* the cursor moves on for them as for others (ELB-ALG-02) */
        static const char *const turns[] = {"a1", "a2", "a1", "a2"};

        request.seed = 0;
        while (i == 0 && strcmp(s.target_id ? s.target_id : "", "a1") != 0) {
            request.seed++;
            assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, NULL), R53_OK);
        }
        if (i > 0)
            assert_int_equal(r53_elb_select(world.view, &request, traffic, &s, NULL), R53_OK);
        assert_int_equal(s.status, 502);
        assert_string_equal(s.target_id, turns[i]);
        assert_int_equal(r53_elb_begin(traffic, &s), R53_OK);
    }
    assert_int_equal(r53_elb_end(traffic, &s), R53_OK);
    r53_elb_state_free(traffic);
    fleet_world_free(&world);
}

/* A request that waits for its time-out is in progress until then. */
static void check_in_progress(void **state)
{
    struct fleet_world world =
        fleet_world_make("alb a | t algo=least_outstanding_requests a1-2=ok", NULL);
    r53_request request = {.size = sizeof(request),
                           .load_balancer = FLEET_ARN,
                           .target_outcome = R53_TARGET_TIMED_OUT};
    r53_selection s = {.size = sizeof(s)};
    r53_elb_state *traffic;
    struct shares shares;

    (void)state;
    assert_int_equal(r53_elb_state_new(&traffic, NULL), R53_OK);
    assert_int_equal(r53_elb_select(world.view, &request, traffic, &s, NULL), R53_OK);
    assert_int_equal(r53_elb_begin(traffic, &s), R53_OK);
    request.target_outcome = 0;
    shares_of(world.view, &request, traffic, &shares);
    expect_shares(&shares, strcmp(s.target_id, "a1") == 0 ? "a2=1" : "a1=1");
    assert_int_equal(r53_elb_end(traffic, &s), R53_OK);
    assert_int_equal(r53_elb_end(traffic, &s), R53_E_INVALID);
    shares_of(world.view, &request, traffic, &shares);
    expect_shares(&shares, "a1=1/2 a2=1/2");
    r53_elb_state_free(traffic);
    fleet_world_free(&world);
}

static void check_no_cookie(void **state)
{
    struct fleet_world world = fleet_world_make("alb a | t sticky=lb_cookie a1=ok", NULL);
    r53_request request = {.size = sizeof(request), .load_balancer = FLEET_ARN};
    r53_selection s = {.size = sizeof(s)};

    (void)state;
    assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, NULL), R53_OK);
    assert_true(s.cookies != 0);
    request.target_outcome = R53_TARGET_MALFORMED;
    assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, NULL), R53_OK);
    assert_int_equal(s.cookies, 0);
    fleet_world_free(&world);
}

/* gRPC */

static const struct grpc_case {
    const char *what, *type;
    int32_t version, target, status, grpc_status;
    const char *group; /* more words of it */
} grpc_cases[] = {
    {"ELB-ALB-ERR-04 a gRPC client", "application/grpc+proto", R53_HTTP_2, R53_TARGET_REFUSED, 502,
     14, ""},
    {"ELB-ALB-ERR-04 no other one", "text/plain", R53_HTTP_2, R53_TARGET_REFUSED, 502, 0, ""},
    {"ELB-ALB-ERR-04 nor another status", "application/grpc", R53_HTTP_2, R53_TARGET_TIMED_OUT, 504,
     0, ""},
    {"ELB-ALB-ERR-04 ELB-ALB-ERR-503 nor the one of a group without targets", "application/grpc",
     R53_HTTP_2, 0, 503, 0, "empty"},
    {"ELB-ALB-ERR-04 nor success", "application/grpc", R53_HTTP_2, 0, 0, 0, ""},
};

static void check_grpc(void **state)
{
    const struct grpc_case *c = *state;
    char lines[100];
    struct rule_world world;
    const r53_header type = {"Content-Type", c->type};
    const r53_request request = {.size = sizeof(request),
                                 .load_balancer = RULE_LB,
                                 .method = "POST",
                                 .headers = &type,
                                 .n_headers = 1,
                                 .http_version = c->version,
                                 .target_outcome = c->target};
    r53_selection s = {.size = sizeof(s)};

    snprintf(lines, sizeof(lines), "listen https:443\ngroup def version=3 %s\ndefault -> def",
             c->group);
    world = rule_world_make(lines, NULL);
    assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, NULL), R53_OK);
    assert_int_equal(s.status, c->status);
    assert_int_equal(s.grpc_status, c->grpc_status);
    rule_world_free(&world);
}

/* The trace */

static void check_trace(void **state)
{
    struct fleet_world world = fleet_world_make("alb a | t a1=ok", NULL);
    r53_request request = {.size = sizeof(request), .load_balancer = FLEET_ARN};
    r53_selection s = {.size = sizeof(s)};
    r53_trace *trace;

    (void)state;
    assert_int_equal(r53_trace_new(&trace, NULL), R53_OK);
    request.target_outcome = R53_TARGET_REFUSED;
    assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, trace), R53_OK);
    assert_true(trace_tells(trace, "a1:80 in a gets the traffic", "ELB-ALG-01"));
    assert_true(
        trace_tells(trace, "a1:80 in a refuses the connection, or cannot be reached", "ELB-ALB-ERR-502"));
    assert_true(trace_tells(trace, "no other target of t is tried", "ELB-ALB-SEL-06"));
    assert_true(
        trace_tells(trace, "the load balancer itself answers with status 502", "ELB-ALB-ERR-502"));
    for (int32_t outcome = R53_TARGET_REFUSED; outcome <= R53_TARGET_AGENT_FAILED; outcome++) {
        char line[200];

        request.target_outcome = outcome;
        assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, trace), R53_OK);
        for (size_t i = 0; i < r53_trace_count(trace); i++)
            assert_int_equal(r53_trace_text(trace, i, line, sizeof(line), NULL), R53_OK);
        assert_true(strlen(line) > 0);
    }
    request.target_outcome = 0;
    request.client_outcome = R53_CLIENT_LEFT;
    assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, trace), R53_OK);
    assert_true(trace_tells(trace,
                      "the client closes its connection while a1:80 in a works on the request",
                      "ELB-ALB-ERR-460"));
    r53_trace_free(trace);
    fleet_world_free(&world);
}

static void check_refusals(void **state)
{
    struct fleet_world world = fleet_world_make(ALB, NULL);
    const r53_request good = {.size = sizeof(good), .load_balancer = FLEET_ARN};
    r53_request requests[8];
    r53_selection s = {.size = sizeof(s)};

    (void)state;
    for (size_t i = 0; i < COUNT(requests); i++)
        requests[i] = good;
    requests[0].target_outcome = R53_TARGET_AGENT_FAILED + 1;
    requests[1].target_outcome = -1;
    requests[2].client_outcome = R53_CLIENT_LEFT + 1;
    requests[3].client_outcome = -1;
    requests[4].target_connect_ms = -1;
    requests[5].target_response_ms = -1;
    requests[6].surge_queue_length = -1;
    requests[7].reserved2 = 1;
    for (size_t i = 0; i < COUNT(requests); i++)
        assert_int_equal(r53_elb_select(world.view, &requests[i], NULL, &s, NULL), R53_E_INVALID);
    fleet_world_free(&world);
}

/* Requests in progress */

/* The request of a world's first target, then what has become of it. */
static r53_selection resumed(struct fleet_world *world, const r53_selection *begun,
                             const r53_request *request)
{
    r53_selection now = {.size = sizeof(now)};

    assert_int_equal(r53_elb_resume(world->view, request, begun, &now, NULL), R53_OK);
    return now;
}

static r53_selection begun_on(struct fleet_world *world, const char *target)
{
    r53_request request = {.size = sizeof(request), .load_balancer = FLEET_ARN};
    r53_selection s = {.size = sizeof(s)};

    do {
        request.seed++;
        assert_int_equal(r53_elb_select(world->view, &request, NULL, &s, NULL), R53_OK);
    } while (strcmp(s.target_id, target) != 0);
    return s;
}

static void deregister(struct fleet_world *world, const char *id, const char *delay_s)
{
    const r53_attribute delay = {"deregistration_delay.timeout_seconds", delay_s};
    const r53_target target = {.size = sizeof(target), .id = id};

    assert_int_equal(r53_target_group_modify_attributes(world->cloud, "t", &delay, 1, NULL),
                     R53_OK);
    assert_int_equal(r53_target_deregister(world->cloud, "t", &target, 1000, NULL), R53_OK);
}

static void check_drain(void **state)
{
    struct fleet_world world = fleet_world_make("alb a | t a1-3=ok", NULL);
    r53_selection begun, now;
    struct shares shares;
    r53_request request = {.size = sizeof(request), .load_balancer = FLEET_ARN};
    const r53_view *then = r53_view_retain(world.view);

    (void)state;
    begun = begun_on(&world, "a1");
    deregister(&world, "a1", "30");
    fleet_world_look(&world, 30999);
    shares_of(world.view, &request, NULL, &shares);
    expect_shares(&shares, "a2=1/2 a3=1/2");
    now = resumed(&world, &begun, NULL);
    assert_int_equal(now.outcome, R53_SELECTED_TARGET);
    assert_string_equal(now.target_id, "a1");
    assert_string_equal(r53_rule_id(now.rule), "ELB-DRAIN-02");
    fleet_world_look(&world, 31000);
    now = resumed(&world, &begun, NULL);
    assert_int_equal(now.outcome, R53_SELECTED_GENERATED);
    assert_int_equal(now.status, 502);
    assert_string_equal(r53_rule_id(now.rule), "ELB-DRAIN-02");
    r53_view_release(then);
    fleet_world_free(&world);
}

/* A Classic one closes the connection instead. */
static void check_classic_drain(void **state)
{
    struct fleet_world world = fleet_world_make("clb http:80 a | t a1-2=ok", NULL);
    const r53_view *then = r53_view_retain(world.view);
    const r53_target target = {.size = sizeof(target), .id = "a1"};
    r53_selection begun = begun_on(&world, "a1"), now;

    (void)state;
    assert_int_equal(r53_target_deregister(world.cloud, FLEET_ARN, &target, 1000, NULL), R53_OK);
    fleet_world_look(&world, 1000);
    now = resumed(&world, &begun, NULL);
    assert_int_equal(now.outcome, R53_SELECTED_RESET);
    assert_string_equal(r53_rule_id(now.rule), "ELB-CLB-10");
    r53_view_release(then);
    fleet_world_free(&world);
}

/* Steered like a new one. */
static void check_resumed_end(void **state)
{
    struct fleet_world world = fleet_world_make("alb a | t a1-2=ok", NULL);
    const r53_request request = {
        .size = sizeof(request), .target_outcome = R53_TARGET_CLOSED, .now_ms = 7};
    r53_selection begun = begun_on(&world, "a1"), now = resumed(&world, &begun, &request);

    (void)state;
    assert_int_equal(now.status, 502);
    assert_string_equal(now.target_id, "a1");
    assert_int_equal(now.matched_priority, -1);
    assert_int_equal(now.now_ms, 7);
    fleet_world_free(&world);
}

static void check_unhealthy(void **state)
{
    struct fleet_world world = fleet_world_make("alb a | t a1-2=ok", NULL);
    const r53_view *then = r53_view_retain(world.view);
    const r53_target target = {.size = sizeof(target), .id = "a1", .port = 80};
    const r53_request request = {.size = sizeof(request), .load_balancer = FLEET_ARN};
    r53_selection begun = begun_on(&world, "a1"), now;
    struct shares shares;

    (void)state;
    assert_int_equal(r53_observe_target(world.observed, "t", &target, R53_TARGET_UNHEALTHY, NULL),
                     R53_OK);
    fleet_world_look(&world, 5000);
    shares_of(world.view, &request, NULL, &shares);
    expect_shares(&shares, "a2=1");
    now = resumed(&world, &begun, NULL);
    assert_int_equal(now.outcome, R53_SELECTED_TARGET);
    assert_string_equal(now.target_id, "a1");
    assert_string_equal(r53_rule_id(now.rule), "ELB-STICK-13");
    r53_view_release(then);
    fleet_world_free(&world);
}

/*
 * The request that opened it is forwarded by a rule; later neither that rule nor the web ACL say.
 */
static void check_upgraded(void **state)
{
    struct rule_world world = rule_world_make("10 path=/ws -> ws\ndefault -> fixed 404", NULL);
    const r53_view *then = r53_view_retain(world.view);
    r53_request request = {.size = sizeof(request), .load_balancer = RULE_LB, .url = "/ws"};
    r53_selection s = {.size = sizeof(s)}, now = {.size = sizeof(now)};

    (void)state;
    assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, NULL), R53_OK);
    assert_string_equal(s.target_id, "ws-1");
    request.url = "/elsewhere";
    request.waf_state = R53_WAF_BLOCK;
    assert_int_equal(r53_elb_resume(world.view, &request, &s, &now, NULL), R53_OK);
    assert_int_equal(now.outcome, R53_SELECTED_TARGET);
    assert_string_equal(now.target_id, "ws-1");
    assert_string_equal(now.rule_arn, "");
    r53_view_release(then);
    rule_world_free(&world);
}

static void check_resume_refusals(void **state)
{
    struct fleet_world world = fleet_world_make("alb a | t a1-2=ok", NULL);
    struct fleet_world other = fleet_world_make("alb b | u a1=ok", NULL);
    struct fleet_world network = fleet_world_make("nlb a | t a1=ok", NULL);
    r53_selection begun = begun_on(&world, "a1"), now = {.size = sizeof(now)}, flow;
    const r53_request bad = {.size = sizeof(bad), .target_outcome = 99};

    (void)state;
    flow = begun_on(&network, "a1");
    assert_int_equal(r53_elb_resume(NULL, NULL, &begun, &now, NULL), R53_E_INVALID);
    assert_int_equal(r53_elb_resume(world.view, NULL, NULL, &now, NULL), R53_E_INVALID);
    assert_int_equal(r53_elb_resume(world.view, NULL, &begun, NULL, NULL), R53_E_INVALID);
    assert_int_equal(r53_elb_resume(world.view, &bad, &begun, &now, NULL), R53_E_INVALID);
    assert_int_equal(r53_elb_resume(other.view, NULL, &begun, &now, NULL), R53_E_NOT_FOUND);
    assert_int_equal(r53_elb_resume(network.view, NULL, &flow, &now, NULL), R53_E_INVALID);
    begun.load_balancer_arn = "none";
    assert_int_equal(r53_elb_resume(world.view, NULL, &begun, &now, NULL), R53_E_NOT_FOUND);
    begun.outcome = R53_SELECTED_GENERATED;
    assert_int_equal(r53_elb_resume(world.view, NULL, &begun, &now, NULL), R53_E_INVALID);
    fleet_world_free(&network);
    fleet_world_free(&other);
    fleet_world_free(&world);
}

/* Back from the identity provider the load balancer has to ask there itself. */
static void check_no_ipv4(void **state)
{
    static const char *const urls[] = {"/", "/oauth2/idpresponse"};
    static const int32_t statuses[] = {302, 500};
    struct fleet_world world = fleet_world_make("alb ip=3 act=auth a | t a1=ok", NULL);
    r53_selection s = {.size = sizeof(s)};

    (void)state;
    for (size_t i = 0; i < COUNT(urls); i++) {
        const r53_request request = {
            .size = sizeof(request), .load_balancer = FLEET_ARN, .url = urls[i]};

        assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, NULL), R53_OK);
        assert_int_equal(s.status, statuses[i]);
    }
    assert_string_equal(r53_rule_id(s.rule), "ELB-IP-06");
    fleet_world_free(&world);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(course_cases) + COUNT(classic_cases) + COUNT(grpc_cases) + 13];
    size_t n = 0;

    ADD_CASES(tests, n, course_cases, check_course);
    ADD_CASES(tests, n, classic_cases, check_classic);
    ADD_CASES(tests, n, grpc_cases, check_grpc);
    ADD_TEST(tests, n, "ELB-ALB-SEL-06 no other target is tried", check_no_retry);
    ADD_TEST(tests, n, "ELB-ALG-04 a request that waits in vain is in progress", check_in_progress);
    ADD_TEST(tests, n, "ELB-STICK-07 without a response there is no cookie", check_no_cookie);
    ADD_TEST(tests, n, "the trace tells what the target does", check_trace);
    ADD_TEST(tests, n, "a request's course is checked", check_refusals);
    ADD_TEST(tests, n, "ELB-DRAIN-02 ELB-CASE-89 a request unfinished when the delay is over",
             check_drain);
    ADD_TEST(tests, n, "ELB-CLB-10 an instance without draining is left at once",
             check_classic_drain);
    ADD_TEST(tests, n, "ELB-ALB-ERR-502 also later", check_resumed_end);
    ADD_TEST(tests, n, "ELB-STICK-13 a connection stays on an unhealthy target", check_unhealthy);
    ADD_TEST(tests, n, "ELB-ALB-RULE-13 ELB-STICK-13 rules do not apply after an upgrade",
             check_upgraded);
    ADD_TEST(tests, n, "what cannot be resumed is refused", check_resume_refusals);
    ADD_TEST(tests, n, "ELB-IP-06 without IPv4 no identity provider is reached", check_no_ipv4);
    return RUN_TESTS("target outcomes", tests, n);
}
