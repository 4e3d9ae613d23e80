/*
 * Worked cases of load balancers that no other suite holds: which certificate a name gets, which
 * protocols a listener may forward to, what becomes of connections after a target is gone.
 */
#include "support/fleet_text.h"
#include "support/harness.h"
#include "support/rule_text.h"

#include <r53/import.h>

/* Certificates */

#define CERTS                                                                                      \
    "listen https:443\n"                                                                           \
    "cert D names=example.com default\n"                                                           \
    "cert C1 names=*.example.com\n"                                                                \
    "cert C2 names=www.example.com key=EC_prime256v1\n"

static const struct certificate_case {
    const char *what, *name, *certificate;
    int32_t keys;
} certificates[] = {
    {"ELB-CASE-106 ELB-TLS-02 ECDSA, if the client can", "www.example.com", "C2", 0},
    {"ELB-CASE-106 ELB-TLS-02 else the wildcard", "www.example.com", "C1", R53_TLS_RSA_ONLY},
    {"ELB-CASE-106 ELB-TLS-04 a wildcard is one label", "a.b.example.com", "D", 0},
    {"ELB-CASE-106 ELB-TLS-01 no name", NULL, "D", 0},
};

static void check_certificate(void **state)
{
    const struct certificate_case *c = *state;
    struct rule_world world = rule_world_make(CERTS, NULL);
    r53_selection s = {.size = sizeof(s)};
    struct request_spec request;

    request_spec_read(&request, "GET /");
    request.request.server_name = c->name;
    request.request.tls_keys = c->keys;
    assert_int_equal(r53_elb_select(world.view, &request.request, NULL, &s, NULL), R53_OK);
    assert_int_equal(s.outcome, R53_SELECTED_TARGET);
    assert_string_equal(s.certificate_arn, c->certificate);
    rule_world_free(&world);
}

/* Protocols: what an import says of a listener that forwards to a group */

static const struct fit_case {
    const char *what;
    int32_t listener, group;
    bool fits;
} fits[] = {
    {"ELB-CASE-96 ELB-LSN-05 TLS to UDP", R53_PROTOCOL_TLS, R53_PROTOCOL_UDP, false},
    {"ELB-CASE-96 ELB-LSN-05 TCP to TCP_UDP", R53_PROTOCOL_TCP, R53_PROTOCOL_TCP_UDP, true},
    {"ELB-LSN-05 TCP to TCP_QUIC", R53_PROTOCOL_TCP, R53_PROTOCOL_TCP_QUIC, true},
    {"ELB-LSN-05 TCP to UDP", R53_PROTOCOL_TCP, R53_PROTOCOL_UDP, false},
    {"ELB-LSN-05 TCP to TLS", R53_PROTOCOL_TCP, R53_PROTOCOL_TLS, false},
    {"ELB-LSN-05 TLS to TCP", R53_PROTOCOL_TLS, R53_PROTOCOL_TCP, true},
    {"ELB-LSN-05 TLS to TLS", R53_PROTOCOL_TLS, R53_PROTOCOL_TLS, true},
    {"ELB-LSN-05 UDP to TCP_UDP", R53_PROTOCOL_UDP, R53_PROTOCOL_TCP_UDP, true},
    {"ELB-LSN-05 UDP to TCP", R53_PROTOCOL_UDP, R53_PROTOCOL_TCP, false},
    {"ELB-LSN-05 TCP_UDP to itself", R53_PROTOCOL_TCP_UDP, R53_PROTOCOL_TCP_UDP, true},
    {"ELB-LSN-05 TCP_UDP to UDP", R53_PROTOCOL_TCP_UDP, R53_PROTOCOL_UDP, false},
    {"ELB-LSN-05 QUIC to TCP_QUIC", R53_PROTOCOL_QUIC, R53_PROTOCOL_TCP_QUIC, true},
    {"ELB-LSN-05 TCP_QUIC to QUIC", R53_PROTOCOL_TCP_QUIC, R53_PROTOCOL_QUIC, false},
    {"ELB-LSN-06 HTTP to HTTPS", R53_PROTOCOL_HTTP, R53_PROTOCOL_HTTPS, true},
    {"ELB-LSN-06 HTTP to TCP", R53_PROTOCOL_HTTP, R53_PROTOCOL_TCP, false},
    {"ELB-LSN-06 a Gateway's to GENEVE", 0, R53_PROTOCOL_GENEVE, true},
    {"ELB-LSN-06 a Gateway's to TCP", 0, R53_PROTOCOL_TCP, false},
    {"ELB-LSN-05 a protocol that nobody told", R53_PROTOCOL_TLS, 0, true},
};

static int32_t kind_of(int32_t protocol)
{
    if (protocol == 0)
        return R53_LB_GATEWAY;
    return protocol == R53_PROTOCOL_HTTP ? R53_LB_APPLICATION : R53_LB_NETWORK;
}

static void say_all(r53_import *import, const struct fit_case *c)
{
    const r53_load_balancer lb = {.size = sizeof(lb),
                                  .type = kind_of(c->listener),
                                  .load_balancer_arn = "lb",
                                  .load_balancer_name = "lb"};
    const r53_weighted_target_group to = {"g", 1, 0};
    const r53_listener_action action = {.size = sizeof(action),
                                        .type = R53_ACTION_FORWARD,
                                        .target_groups = &to,
                                        .n_target_groups = 1};
    const r53_listener_action *actions = &action;
    const r53_listener listener = {.size = sizeof(listener),
                                   .protocol = c->listener,
                                   .listener_arn = "l",
                                   .load_balancer_arn = "lb",
                                   .port = c->listener ? 443 : 0,
                                   .default_actions = &actions,
                                   .n_default_actions = 1};
    const r53_target_group group = {.size = sizeof(group),
                                    .protocol = c->group,
                                    .target_group_arn = "g",
                                    .target_type = R53_TARGET_IP,
                                    .port = c->group == R53_PROTOCOL_GENEVE ? 6081 : 443};

    assert_int_equal(r53_import_load_balancer(import, &lb), R53_OK);
    assert_int_equal(r53_import_listener(import, &listener), R53_OK);
    assert_int_equal(r53_import_target_group(import, &group), R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
}

static void check_fit(void **state)
{
    const struct fit_case *c = *state;
    r53_finding finding = {.size = sizeof(finding)};
    r53_cloud *cloud;
    r53_report *report;
    r53_import *import;
    unsigned told = 0;

    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(r53_import_new(&import, cloud, NULL, report), R53_OK);
    say_all(import, c);
    for (size_t i = 0; r53_report_get(report, i, &finding) == R53_OK; i++) {
        assert_int_equal(finding.severity, R53_SEVERITY_WARNING);
        told += strcmp(finding.aws_name, "IncompatibleProtocols") == 0;
    }
    assert_int_equal(told, !c->fits);
    r53_import_free(import);
    r53_report_free(report);
    r53_cloud_free(cloud);
}

/* Flows after the deregistration delay */

static r53_selection flow_select(const struct fleet_world *world, const r53_elb_state *state,
                                 int established, int64_t now_ms)
{
    const r53_request request = {.size = sizeof(request),
                                 .load_balancer = FLEET_ARN,
                                 .availability_zone = "a",
                                 .source_address = "192.0.2.1",
                                 .source_port = 1000,
                                 .established = established,
                                 .now_ms = now_ms};
    r53_selection s = {.size = sizeof(s)};

    assert_int_equal(r53_elb_select(world->view, &request, state, &s, NULL), R53_OK);
    return s;
}

static void attribute_set(struct fleet_world *world, const char *key, const char *value)
{
    r53_import *import;

    assert_int_equal(r53_import_new(&import, world->cloud, world->observed, NULL), R53_OK);
    assert_int_equal(r53_import_target_group_attribute(import, "t", key, value), R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
}

/* Begun at a1, which goes; the packet of the flow 301 s later, with one in between. */
static r53_selection flow_after_delay(const char *termination)
{
    struct fleet_world world = fleet_world_make("nlb a | t a1=ok", NULL);
    const r53_target target = {.size = sizeof(target), .id = "a1", .availability_zone = "a"};
    r53_elb_state *state;
    r53_selection s;

    attribute_set(&world, "deregistration_delay.connection_termination.enabled", termination);
    fleet_world_look(&world, 1000);
    assert_int_equal(r53_elb_state_new(&state, NULL), R53_OK);
    s = flow_select(&world, state, 0, 1000);
    assert_string_equal(s.target_id, "a1");
    assert_int_equal(r53_elb_begin(state, &s), R53_OK);
    assert_int_equal(r53_target_deregister(world.cloud, "t", &target, 1000, NULL), R53_OK);
    fleet_world_look(&world, 200000);
    s = flow_select(&world, state, 1, 200000); /* ELB-DRAIN-01 */
    assert_string_equal(s.target_id, "a1");
    assert_int_equal(r53_elb_begin(state, &s), R53_OK);
    fleet_world_look(&world, 301000);
    s = flow_select(&world, NULL, 0, 301000); /* nothing new, whatever becomes of the flow */
    assert_int_equal(s.outcome, R53_SELECTED_NO_TARGET);
    s = flow_select(&world, state, 1, 301000);
    r53_elb_state_free(state);
    fleet_world_free(&world);
    return s;
}

static void check_delay(void **unused)
{
    (void)unused;
    assert_int_equal(flow_after_delay("false").outcome, R53_SELECTED_TARGET);
    assert_int_equal(flow_after_delay("true").outcome, R53_SELECTED_RESET);
}

int main(void)
{
    static struct CMUnitTest tests[COUNT(certificates) + COUNT(fits) + 1];
    size_t n = 0;

    ADD_CASES(tests, n, certificates, check_certificate);
    ADD_CASES(tests, n, fits, check_fit);
    ADD_TEST(tests, n, "ELB-DRAIN-04 ELB-ATTR-18 connections after the deregistration delay",
             check_delay);
    return RUN_TESTS("elb_cases", tests, n);
}
