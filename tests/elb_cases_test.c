/*
 * Worked cases of load balancers that no other suite holds: which certificate a name gets, which
 * protocols a listener may forward to, what becomes of connections after a target is gone.
 */
#include "support/fleet_text.h"
#include "support/harness.h"
#include "support/rule_text.h"
#include "support/torture.h"

#include <r53/import.h>

#include <stdio.h>

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

/* What AWS would refuse and an import takes with a warning */

enum { SAID = 3 };

static const struct lint_case {
    const char *what, *rule; /* rule NULL: nothing is said */
    int32_t type, addresses; /* of load balancer 0, and of any other one */
    struct {
        int32_t protocol, lb;            /* of a listener */
        unsigned certificates, defaults; /* the first of them */
    } listeners[SAID];
    struct {
        int32_t protocol, addresses, type, port, version;
    } groups[SAID];
    int32_t action; /* in front of the forward action: enum r53_action_type */
} lints[] = {
    {"ELB-LSN-02 an ALB on TCP",
     "ELB-LSN-02",
     R53_LB_APPLICATION,
     0,
     {{.protocol = R53_PROTOCOL_TCP}},
     {{0}},
     0},
    {"ELB-LSN-02 an ALB on HTTP",
     NULL,
     R53_LB_APPLICATION,
     0,
     {{.protocol = R53_PROTOCOL_HTTP}},
     {{0}},
     0},
    {"ELB-LSN-02 an NLB on HTTP",
     "ELB-LSN-02",
     R53_LB_NETWORK,
     0,
     {{.protocol = R53_PROTOCOL_HTTP}},
     {{0}},
     0},
    {"ELB-LSN-02 an NLB on QUIC",
     NULL,
     R53_LB_NETWORK,
     0,
     {{.protocol = R53_PROTOCOL_QUIC}},
     {{0}},
     0},
    {"ELB-LSN-02 a GWLB on UDP",
     "ELB-LSN-02",
     R53_LB_GATEWAY,
     0,
     {{.protocol = R53_PROTOCOL_UDP}},
     {{0}},
     0},
    {"ELB-LSN-03 TLS without default certificate",
     "ELB-LSN-03",
     R53_LB_NETWORK,
     0,
     {{.protocol = R53_PROTOCOL_TLS, .certificates = 1}},
     {{0}},
     0},
    {"ELB-LSN-03 HTTPS with one",
     NULL,
     R53_LB_APPLICATION,
     0,
     {{.protocol = R53_PROTOCOL_HTTPS, .certificates = 2, .defaults = 1}},
     {{0}},
     0},
    {"ELB-LSN-03 HTTPS with two",
     "ELB-LSN-03",
     R53_LB_APPLICATION,
     0,
     {{.protocol = R53_PROTOCOL_HTTPS, .certificates = 2, .defaults = 2}},
     {{0}},
     0},
    {"ELB-LSN-03 QUIC with one",
     "ELB-LSN-03",
     R53_LB_NETWORK,
     0,
     {{.protocol = R53_PROTOCOL_QUIC, .certificates = 1, .defaults = 1}},
     {{0}},
     0},
    {"ELB-LSN-07 QUIC of a dualstack load balancer",
     "ELB-LSN-07",
     R53_LB_NETWORK,
     R53_IP_DUALSTACK,
     {{.protocol = R53_PROTOCOL_QUIC}},
     {{0}},
     0},
    {"ELB-LSN-07 two on QUIC",
     "ELB-LSN-07",
     R53_LB_NETWORK,
     0,
     {{.protocol = R53_PROTOCOL_QUIC}, {.protocol = R53_PROTOCOL_TCP_QUIC}},
     {{0}},
     0},
    {"ELB-LSN-07 of two load balancers",
     NULL,
     R53_LB_NETWORK,
     0,
     {{.protocol = R53_PROTOCOL_QUIC},
      {.protocol = R53_PROTOCOL_TCP_QUIC, .lb = 1},
      {.protocol = R53_PROTOCOL_UDP, .lb = 2}},
     {{0}},
     0},
    {"ELB-LSN-07 QUIC beside UDP",
     "ELB-LSN-07",
     R53_LB_NETWORK,
     0,
     {{.protocol = R53_PROTOCOL_QUIC}, {.protocol = R53_PROTOCOL_UDP}},
     {{0}},
     0},
    {"ELB-LSN-07 QUIC to IPv6",
     "ELB-LSN-07",
     R53_LB_NETWORK,
     0,
     {{.protocol = R53_PROTOCOL_QUIC}},
     {{.protocol = R53_PROTOCOL_QUIC, .addresses = R53_IP_IPV6}},
     0},
    {"ELB-LSN-08 UDP of a dualstack load balancer to IPv4",
     "ELB-LSN-08",
     R53_LB_NETWORK,
     R53_IP_DUALSTACK,
     {{.protocol = R53_PROTOCOL_UDP}},
     {{.protocol = R53_PROTOCOL_UDP}},
     0},
    {"ELB-LSN-08 to IPv6",
     NULL,
     R53_LB_NETWORK,
     R53_IP_DUALSTACK,
     {{.protocol = R53_PROTOCOL_UDP}},
     {{.protocol = R53_PROTOCOL_UDP, .addresses = R53_IP_IPV6}},
     0},
    {"ELB-LSN-23 TLS to TCP and TLS",
     "ELB-LSN-23",
     R53_LB_NETWORK,
     0,
     {{.protocol = R53_PROTOCOL_TLS}},
     {{.protocol = R53_PROTOCOL_TCP}, {.protocol = R53_PROTOCOL_TLS}},
     0},
    {"ELB-LSN-23 dualstack to IPv4 and IPv6",
     "ELB-LSN-23",
     R53_LB_NETWORK,
     R53_IP_DUALSTACK,
     {{.protocol = R53_PROTOCOL_TCP}},
     {{.protocol = R53_PROTOCOL_TCP}, {.protocol = R53_PROTOCOL_TCP, .addresses = R53_IP_IPV6}},
     0},
    {"ELB-LSN-23 an ALB to IPv4 and IPv6",
     NULL,
     R53_LB_APPLICATION,
     R53_IP_DUALSTACK,
     {{.protocol = R53_PROTOCOL_HTTP}},
     {{.protocol = R53_PROTOCOL_HTTP}, {.protocol = R53_PROTOCOL_HTTP, .addresses = R53_IP_IPV6}},
     0},
    {"ELB-TG-05 ELB-LIM-16 two load balancers with one target group",
     "ELB-TG-05",
     R53_LB_NETWORK,
     0,
     {{.protocol = R53_PROTOCOL_TCP}, {.protocol = R53_PROTOCOL_TCP, .lb = 1}},
     {{.protocol = R53_PROTOCOL_TCP}},
     0},
    {"ELB-TG-05 ELB-LIM-16 two listeners of one",
     NULL,
     R53_LB_NETWORK,
     0,
     {{.protocol = R53_PROTOCOL_TCP}, {.protocol = R53_PROTOCOL_TCP}},
     {{.protocol = R53_PROTOCOL_TCP}},
     0},
    {"ELB-IP-06 authentication without public IPv4",
     "ELB-IP-06",
     R53_LB_APPLICATION,
     R53_IP_DUALSTACK_WITHOUT_PUBLIC_IPV4,
     {{.protocol = R53_PROTOCOL_HTTPS}},
     {{.protocol = R53_PROTOCOL_HTTP}},
     R53_ACTION_AUTHENTICATE_OIDC},
    {"ELB-IP-06 with",
     NULL,
     R53_LB_APPLICATION,
     R53_IP_DUALSTACK,
     {{.protocol = R53_PROTOCOL_HTTPS}},
     {{.protocol = R53_PROTOCOL_HTTP}},
     R53_ACTION_AUTHENTICATE_OIDC},
    {"ELB-TG-03 a function's port",
     "ELB-TG-03",
     R53_LB_APPLICATION,
     0,
     {{0}},
     {{.type = R53_TARGET_LAMBDA, .port = 80}},
     0},
    {"ELB-TG-03 a function", NULL, R53_LB_APPLICATION, 0, {{0}}, {{.type = R53_TARGET_LAMBDA}}, 0},
    {"ELB-TG-03 SSL", "ELB-TG-03", R53_LB_NETWORK, 0, {{0}}, {{.protocol = R53_PROTOCOL_SSL}}, 0},
    {"ELB-TG-03 GENEVE elsewhere",
     "ELB-TG-03",
     R53_LB_GATEWAY,
     0,
     {{0}},
     {{.protocol = R53_PROTOCOL_GENEVE, .port = 80}},
     0},
    {"ELB-TG-03 GENEVE",
     NULL,
     R53_LB_GATEWAY,
     0,
     {{0}},
     {{.protocol = R53_PROTOCOL_GENEVE, .port = 6081}},
     0},
    {"ELB-TG-03 GRPC of TCP",
     "ELB-TG-03",
     R53_LB_NETWORK,
     0,
     {{0}},
     {{.protocol = R53_PROTOCOL_TCP, .port = 80, .version = R53_PROTOCOL_VERSION_GRPC}},
     0},
};

static const char *const lb_names[] = {"lb0", "lb1", "lb2"};
static const char *const group_names[] = {"g0", "g1", "g2"};

static void lint_say_listener(r53_import *import, const struct lint_case *c, int i)
{
    static const char *const arns[] = {"l0", "l1", "l2"};
    static const r53_certificate offered[] = {
        {.size = sizeof(r53_certificate), .certificate_arn = "c0", .is_default = 1},
        {.size = sizeof(r53_certificate), .certificate_arn = "c1", .is_default = 1},
        {.size = sizeof(r53_certificate), .certificate_arn = "c2"}};
    const r53_certificate *list[2];
    r53_weighted_target_group to[SAID] = {
        {group_names[0], 1, 0}, {group_names[1], 1, 0}, {group_names[2], 1, 0}};
    r53_listener_action first = {.size = sizeof(first), .type = c->action, .issuer = "i"};
    r53_listener_action forward = {
        .size = sizeof(forward), .type = R53_ACTION_FORWARD, .target_groups = to};
    const r53_listener_action *const actions[] = {c->action ? &first : &forward, &forward};
    r53_listener listener = {.size = sizeof(listener),
                             .protocol = c->listeners[i].protocol,
                             .listener_arn = arns[i],
                             .load_balancer_arn = lb_names[c->listeners[i].lb],
                             .port = c->listeners[i].protocol ? 443 + i : 0,
                             .default_actions = actions,
                             .n_default_actions = c->action ? 2 : 1,
                             .certificates = list,
                             .n_certificates = c->listeners[i].certificates};

    for (unsigned k = 0; k < c->listeners[i].certificates; k++)
        list[k] = &offered[k < c->listeners[i].defaults ? k : 2];
    forward.n_target_groups = 1;
    while (forward.n_target_groups < SAID && c->groups[forward.n_target_groups].protocol)
        forward.n_target_groups++;
    assert_int_equal(r53_import_listener(import, &listener), R53_OK);
}

static void lint_say(r53_import *import, const struct lint_case *c)
{
    for (int i = 0; i < SAID; i++) {
        const r53_load_balancer lb = {.size = sizeof(lb),
                                      .type = c->type,
                                      .ip_address_type = c->addresses,
                                      .load_balancer_arn = lb_names[i],
                                      .load_balancer_name = lb_names[i]};
        const r53_target_group group = {.size = sizeof(group),
                                        .protocol = c->groups[i].protocol,
                                        .protocol_version = c->groups[i].version,
                                        .ip_address_type = c->groups[i].addresses,
                                        .target_type = c->groups[i].type,
                                        .port = c->groups[i].port,
                                        .target_group_arn = group_names[i]};

        assert_int_equal(r53_import_load_balancer(import, &lb), R53_OK);
        assert_int_equal(r53_import_target_group(import, &group), R53_OK);
        if (c->listeners[i].protocol)
            lint_say_listener(import, c, i);
    }
}

static void check_lint(void **state)
{
    static const char *const rules[] = {"ELB-LSN-02", "ELB-LSN-03", "ELB-LSN-07", "ELB-LSN-08",
                                        "ELB-LSN-23", "ELB-TG-03",  "ELB-TG-05",  "ELB-IP-06"};
    const struct lint_case *c = *state;
    r53_finding finding = {.size = sizeof(finding)};
    r53_cloud *cloud;
    r53_report *report;
    r53_import *import;

    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(r53_import_new(&import, cloud, NULL, report), R53_OK);
    lint_say(import, c);
    assert_int_equal(r53_import_commit(import), R53_OK);
    for (size_t k = 0; k < COUNT(rules); k++) {
        unsigned told = 0;

        if (c->listeners[0].protocol && strncmp(c->what, rules[k], strlen(rules[k])) != 0)
            continue; /* what else is wrong with the case does not matter */
        for (size_t i = 0; r53_report_get(report, i, &finding) == R53_OK; i++) {
            assert_int_equal(finding.severity, R53_SEVERITY_WARNING);
            told += strcmp(finding.rule, rules[k]) == 0;
        }
        assert_int_equal(told, c->rule && strcmp(c->rule, rules[k]) == 0);
    }
    r53_import_free(import);
    r53_report_free(report);
    r53_cloud_free(cloud);
}

/* The commit with its allocation `k` and all behind it failing: leaves nothing behind. */
static int32_t commit_failing(const struct lint_case *c, long k)
{
    struct torture torture = {0};
    const r53_allocator allocator = torture_allocator(&torture);
    const r53_cloud_options options = {.size = sizeof(options), .allocator = &allocator};
    r53_cloud *cloud;
    r53_report *report;
    r53_import *import;
    int32_t rc;

    assert_int_equal(r53_cloud_new(&cloud, &options), R53_OK);
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(r53_import_new(&import, cloud, NULL, report), R53_OK);
    lint_say(import, c);
    torture.fail_at = torture.calls + k;
    rc = r53_import_commit(import);
    r53_import_free(import);
    r53_report_free(report);
    r53_cloud_free(cloud);
    assert_int_equal(torture.live, 0);
    return rc;
}

static void check_lint_memory(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < COUNT(lints); i++) {
        int32_t rc = R53_E_NOMEM;

        for (long k = 1; rc == R53_E_NOMEM; k++)
            rc = commit_failing(&lints[i], k);
        assert_int_equal(rc, R53_OK);
    }
}

/* ELB-LIM-17 */
static void check_classic_full(void **unused)
{
    struct fleet_world world = fleet_world_make("clb a", NULL);
    r53_finding finding = {.size = sizeof(finding)};
    r53_report *report;

    (void)unused;
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    for (int i = 0; i <= 1000; i++) {
        char id[16];
        const r53_target target = {.size = sizeof(target), .id = id};

        snprintf(id, sizeof(id), "i-%d", i);
        assert_int_equal(r53_target_register(world.cloud, FLEET_ARN, &target, 0, report),
                         i < 1000 ? R53_OK : R53_E_LIMIT);
    }
    assert_int_equal(r53_report_count(report), 1);
    assert_int_equal(r53_report_get(report, 0, &finding), R53_OK);
    assert_string_equal(finding.rule, "ELB-LIM-17");
    assert_string_equal(finding.text,
                        "The instance 'i-1000' is one more than the load balancer may have");
    r53_report_free(report);
    fleet_world_free(&world);
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
                                 .destination_address = "198.51.100.9",
                                 .port = 80,
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
static r53_selection flow_after_delay(const char *text, const char *key, const char *value)
{
    struct fleet_world world = fleet_world_make(text, NULL);
    const r53_target target = {.size = sizeof(target), .id = "a1", .availability_zone = "a"};
    r53_elb_state *state;
    r53_selection s;

    if (key)
        attribute_set(&world, key, value);
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

#define NETWORK "nlb a | t a1=ok"
#define ENDS    "deregistration_delay.connection_termination.enabled"

static void check_delay(void **unused)
{
    (void)unused;
    assert_int_equal(flow_after_delay(NETWORK, ENDS, "false").outcome, R53_SELECTED_TARGET);
    assert_int_equal(flow_after_delay(NETWORK, ENDS, "true").outcome, R53_SELECTED_RESET);
}

static void check_gateway_delay(void **unused)
{
    (void)unused;
    assert_int_equal(flow_after_delay("gwlb a | t a1=ok", NULL, NULL).outcome, R53_SELECTED_TARGET);
    assert_int_equal(flow_after_delay("gwlb a | t rebalance a1=ok", NULL, NULL).outcome,
                     R53_SELECTED_NO_TARGET);
}

int main(void)
{
    static struct CMUnitTest tests[COUNT(certificates) + COUNT(fits) + COUNT(lints) + 4];
    size_t n = 0;

    ADD_CASES(tests, n, certificates, check_certificate);
    ADD_CASES(tests, n, fits, check_fit);
    ADD_CASES(tests, n, lints, check_lint);
    ADD_TEST(tests, n, "an import that warns of all that, without memory", check_lint_memory);
    ADD_TEST(tests, n, "ELB-LIM-17 a Classic Load Balancer has a thousand instances",
             check_classic_full);
    ADD_TEST(tests, n, "ELB-DRAIN-04 ELB-NLB-13 ELB-ATTR-18 connections after the deregistration delay",
             check_delay);
    ADD_TEST(tests, n,
             "ELB-GWLB-06 ELB-GWLB-07 flows of an appliance after its deregistration delay",
             check_gateway_delay);
    return RUN_TESTS("elb_cases", tests, n);
}
