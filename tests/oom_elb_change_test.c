/*
 * The change door of load balancers with an allocator that fails at the k-th call, for every k: the
 * call says R53_E_NOMEM, changes nothing, leaks nothing, and works when called again.
 */
#include "support/elb_calls.h"
#include "support/harness.h"
#include "support/torture.h"

enum { ENOUGH = 2000 };

#define ZONES "zones=us-east-1a,us-east-1b"
#define ALB   "create lb a1 " ZONES "\n"
#define T1    "create tg t1 HTTP:80\n"
#define CLB   "create lb c1 zones=us-east-1a\n"

/* Calls of their own, without the words that name them elsewhere. */

static const r53_availability_zone zone_a = {.size = sizeof(zone_a), .zone_name = "us-east-1a"};
static const r53_availability_zone zone_b = {.size = sizeof(zone_b), .zone_name = "us-east-1b"};
static const r53_availability_zone *const zones[] = {&zone_a, &zone_b};

static int32_t balancer_create(r53_cloud *cloud, r53_report *report)
{
    char arn[ELB_ARN];
    r53_load_balancer lb = {.size = sizeof(lb),
                            .load_balancer_name = "a9",
                            .dns_name = "a9-1.us-east-1.elb.amazonaws.com",
                            .availability_zones = zones,
                            .n_availability_zones = 2};

    lb.load_balancer_arn = elb_balancer_arn(arn, "a9");
    return r53_load_balancer_create(cloud, &lb, report);
}

static int32_t balancer_zones(r53_cloud *cloud, r53_report *report)
{
    char arn[ELB_ARN];

    return r53_load_balancer_set_zones(cloud, elb_balancer_arn(arn, "a1"), zones, 2, report);
}

static int32_t balancer_delete(r53_cloud *cloud, r53_report *report)
{
    char arn[ELB_ARN];

    return r53_load_balancer_delete(cloud, elb_balancer_arn(arn, "a1"), report);
}

static int32_t listener_create(r53_cloud *cloud, r53_report *report)
{
    const r53_listener_action action = {
        .size = sizeof(action), .type = R53_ACTION_FIXED_RESPONSE, .status_code = "404"};
    const r53_listener_action *actions = &action;
    char arn[ELB_ARN], balancer[ELB_ARN];
    r53_listener listener = {.size = sizeof(listener),
                             .protocol = R53_PROTOCOL_HTTP,
                             .port = 81,
                             .default_actions = &actions,
                             .n_default_actions = 1};

    listener.listener_arn = elb_listener_arn(arn, "a1:81");
    listener.load_balancer_arn = elb_balancer_arn(balancer, "a1");
    return r53_listener_create(cloud, &listener, report);
}

static int32_t listener_modify(r53_cloud *cloud, r53_report *report)
{
    char arn[ELB_ARN];
    r53_listener listener = {.size = sizeof(listener), .port = 82};

    listener.listener_arn = elb_listener_arn(arn, "a1:80");
    return r53_listener_modify(cloud, &listener, report);
}

static int32_t listener_delete(r53_cloud *cloud, r53_report *report)
{
    char arn[ELB_ARN];

    return r53_listener_delete(cloud, elb_listener_arn(arn, "a1:80"), report);
}

static int32_t balancer_classic(r53_cloud *cloud, r53_report *report)
{
    static const r53_listener http = {
        .size = sizeof(http), .protocol = R53_PROTOCOL_HTTP, .port = 80, .instance_port = 8080};
    static const r53_listener tcp = {
        .size = sizeof(tcp), .protocol = R53_PROTOCOL_TCP, .port = 81, .instance_port = 8081};
    static const r53_listener *const listeners[] = {&http, &tcp};
    char arn[ELB_ARN];
    r53_load_balancer lb = {.size = sizeof(lb),
                            .load_balancer_name = "c9",
                            .availability_zones = zones,
                            .n_availability_zones = 2};

    lb.load_balancer_arn = elb_balancer_arn(arn, "c9");
    return r53_load_balancer_create_classic(cloud, &lb, listeners, 2, report);
}

static int32_t balancer_subnets(r53_cloud *cloud, r53_report *report)
{
    char arn[ELB_ARN];

    return r53_load_balancer_set_subnets(cloud, elb_balancer_arn(arn, "a1"), zones, 2,
                                         R53_IP_DUALSTACK, report);
}

static int32_t balancer_address_type(r53_cloud *cloud, r53_report *report)
{
    char arn[ELB_ARN];

    return r53_load_balancer_set_ip_address_type(cloud, elb_balancer_arn(arn, "a1"),
                                                 R53_IP_DUALSTACK, report);
}

static int32_t balancer_guards(r53_cloud *cloud, r53_report *report)
{
    static const char *const ids[] = {"sg-1", "sg-2"};
    char arn[ELB_ARN];

    return r53_load_balancer_set_security_groups(cloud, elb_balancer_arn(arn, "a1"), ids, 2, 0,
                                                 report);
}

static int32_t listener_attributes(r53_cloud *cloud, r53_report *report)
{
    static const r53_attribute attribute = {"routing.http.response.server.enabled", "false"};
    char arn[ELB_ARN];

    return r53_listener_modify_attributes(cloud, elb_listener_arn(arn, "a1:80"), &attribute, 1,
                                          report);
}

static int32_t certificate_add(r53_cloud *cloud, r53_report *report)
{
    static const char *const names[] = {"www.example.com", "*.example.org"};
    static const r53_certificate certificate = {.size = sizeof(certificate),
                                                .certificate_arn = "cert-w",
                                                .domain_names = names,
                                                .n_domain_names = 2};
    char arn[ELB_ARN];

    return r53_listener_add_certificate(cloud, elb_listener_arn(arn, "a1:443"), &certificate,
                                        report);
}

static int32_t certificate_remove(r53_cloud *cloud, r53_report *report)
{
    char arn[ELB_ARN];

    return r53_listener_remove_certificate(cloud, elb_listener_arn(arn, "a1:443"), "cert-1",
                                           report);
}

static int32_t group_modify(r53_cloud *cloud, r53_report *report)
{
    char arn[ELB_ARN];
    r53_target_group group = {.size = sizeof(group),
                              .matcher = "200,301-302",
                              .health_check_path = "/up",
                              .health_check_port = "81"};

    group.target_group_arn = elb_group_arn(arn, "t1");
    return r53_target_group_modify(cloud, &group, report);
}

static int32_t rule_modify(r53_cloud *cloud, r53_report *report)
{
    const r53_listener_action action = {
        .size = sizeof(action), .type = R53_ACTION_FIXED_RESPONSE, .status_code = "404"};
    const r53_listener_action *actions = &action;
    char arn[ELB_ARN];
    r53_listener_rule rule = {.size = sizeof(rule), .actions = &actions, .n_actions = 1};

    rule.rule_arn = elb_rule_arn(arn, "a1:80", "5");
    return r53_listener_rule_modify(cloud, &rule, report);
}

static int32_t group_create(r53_cloud *cloud, r53_report *report)
{
    char arn[ELB_ARN];
    r53_target_group group = {.size = sizeof(group),
                              .target_group_name = "t9",
                              .protocol = R53_PROTOCOL_HTTP,
                              .port = 80,
                              .matcher = "200,301-302"};

    group.target_group_arn = elb_group_arn(arn, "t9");
    return r53_target_group_create(cloud, &group, report);
}

static int32_t group_delete(r53_cloud *cloud, r53_report *report)
{
    char arn[ELB_ARN];

    return r53_target_group_delete(cloud, elb_group_arn(arn, "t1"), report);
}

#define LISTENING ALB T1 "create listener a1:80 HTTP -> t1\ncreate rule a1:80 5 -> t1\n"

#define SECURE ALB T1 "create listener a1:443 HTTPS certs=1 extra=2 -> t1\n"

static const struct oom_case {
    const char *what, *before, *call;
    int32_t (*function)(r53_cloud *cloud, r53_report *report); /* in place of `call` */
} cases[] = {
    {"r53_load_balancer_create by itself", "", NULL, balancer_create},
    {"r53_load_balancer_set_zones by itself", ALB, NULL, balancer_zones},
    {"r53_load_balancer_delete by itself", LISTENING, NULL, balancer_delete},
    {"r53_listener_create by itself", ALB, NULL, listener_create},
    {"r53_listener_modify by itself", LISTENING, NULL, listener_modify},
    {"r53_listener_delete by itself", LISTENING, NULL, listener_delete},
    {"r53_target_group_create by itself", "", NULL, group_create},
    {"r53_target_group_delete by itself", T1 "register t1 i-1\n", NULL, group_delete},
    {"r53_load_balancer_create_classic by itself", "", NULL, balancer_classic},
    {"r53_load_balancer_set_subnets by itself", LISTENING, NULL, balancer_subnets},
    {"r53_load_balancer_set_ip_address_type by itself", LISTENING, NULL, balancer_address_type},
    {"r53_load_balancer_set_security_groups by itself", LISTENING, NULL, balancer_guards},
    {"r53_listener_modify_attributes by itself", LISTENING, NULL, listener_attributes},
    {"r53_listener_add_certificate by itself", SECURE, NULL, certificate_add},
    {"r53_listener_remove_certificate by itself", SECURE, NULL, certificate_remove},
    {"r53_target_group_modify by itself", T1, NULL, group_modify},
    {"r53_listener_rule_modify by itself", LISTENING, NULL, rule_modify},
    {"r53_load_balancer_create", "", "create lb a1 " ZONES, NULL},
    {"r53_load_balancer_create, Classic", "", "create lb c1 zones=us-east-1a", NULL},
    {"r53_load_balancer_create again", ALB, "create lb a1 " ZONES, NULL},
    {"r53_load_balancer_set_zones", ALB, "zones a1 us-east-1b=,us-east-1c", NULL},
    {"r53_load_balancer_delete",
     ALB T1 "create listener a1:80 HTTP -> t1\ncreate rule a1:80 5 -> t1\n", "delete lb a1", NULL},
    {"r53_load_balancer_delete, Classic",
     CLB "create listener c1:80 HTTP back=HTTP:80\nregister c1 i-1\n", "delete lb c1", NULL},
    {"r53_listener_create", ALB T1,
     "create listener a1:443 HTTPS certs=1 extra=1 mtls=3 -> auth then t1", NULL},
    {"r53_listener_create, Classic", CLB, "create listener c1:80 HTTP back=HTTP:80", NULL},
    {"r53_listener_create again", ALB T1 "create listener a1:80 HTTP -> t1\n",
     "create listener a1:80 HTTP -> t1", NULL},
    {"r53_listener_modify",
     ALB T1 "create tg t2 HTTP:80\ncreate listener a1:443 HTTPS certs=1 -> t1\n"
            "create rule a1:443 5 -> t1\n",
     "modify listener a1:443 port=444 -> t1,t2", NULL},
    {"r53_listener_modify, its TLS", ALB T1 "create listener a1:443 HTTPS certs=1 extra=2 -> t1\n",
     "modify listener a1:443 mtls=2", NULL},
    {"r53_listener_delete", ALB T1 "create listener a1:80 HTTP -> t1\ncreate rule a1:80 5 -> t1\n",
     "delete listener a1:80", NULL},
    {"r53_target_group_create", "", "create tg t1 HTTP:80", NULL},
    {"r53_target_group_delete", T1 "register t1 i-1\n", "delete tg t1", NULL},
    {"r53_target_register with quotas",
     ALB T1 "create listener a1:80 HTTP -> t1\nregister t1 i-1\n", "register t1 i-2", NULL},
    {"r53_listener_rule_create with quotas", ALB T1 "create listener a1:80 HTTP -> t1\n",
     "create rule a1:80 5 -> t1", NULL},
    {"r53_listener_rule_modify with quotas", LISTENING "create tg t2 HTTP:80\n",
     "modify rule a1:80 5 path=/6 -> t1,t2", NULL},
    {"r53_listener_add_certificate again", SECURE, "add cert a1:443 cert-2", NULL},
    {"r53_listener_remove_certificate of none", SECURE, "remove cert a1:443 cert-9", NULL},
};

static int32_t call(const struct oom_case *c, r53_cloud *cloud, r53_report *report)
{
    if (c->function)
        return c->function(cloud, report);
    return elb_call(cloud, c->call, strlen(c->call), report);
}

/* true: the call succeeded although allocation k was to fail. */
static bool attempt(const struct oom_case *c, long k, bool once)
{
    struct torture torture = {0};
    r53_allocator allocator = torture_allocator(&torture);
    r53_cloud_options options = {.size = sizeof(options), .allocator = &allocator};
    struct elb_state before, after;
    r53_report *report;
    r53_cloud *cloud;
    int32_t rc;

    assert_int_equal(r53_cloud_new(&cloud, &options), R53_OK);
    assert_int_equal(r53_report_new(&report, &allocator), R53_OK);
    assert_int_equal(elb_calls(cloud, c->before, NULL), R53_OK);
    before = elb_state_take(cloud);
    torture.fail_at = torture.calls + k;
    torture.once = once;
    rc = call(c, cloud, report);
    torture.fail_at = 0;
    if (rc != R53_OK) {
        assert_int_equal(rc, R53_E_NOMEM);
        assert_true(r53_report_count(report) > 0);
        after = elb_state_take(cloud);
        assert_true(elb_state_same(&before, &after));
        elb_state_free(&after);
        assert_int_equal(call(c, cloud, report), R53_OK);
    }
    elb_state_free(&before);
    r53_report_free(report);
    r53_cloud_free(cloud);
    assert_int_equal(torture.live, 0);
    return rc == R53_OK;
}

static void check_case(void **state)
{
    const struct oom_case *c = *state;

    for (int once = 0; once < 2; once++) {
        long k = 1;

        while (!attempt(c, k, once)) {
            k++;
            assert_true(k < ENOUGH);
        }
    }
}

int main(void)
{
    struct CMUnitTest tests[COUNT(cases)];
    size_t n = 0;

    ADD_CASES(tests, n, cases, check_case);
    return RUN_TESTS("oom_elb_change", tests, n);
}
