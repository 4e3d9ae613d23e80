/*
 * What the change door of load balancers refuses of single values: health checks, attributes that a
 * protocol has not, ids of another kind of target, rules with what has no meaning. AWS's name for
 * it is told each time, and nothing has changed.
 */
#include "support/elb_calls.h"
#include "support/harness.h"

#include <stdio.h>

#define ZONES "zones=us-east-1a,us-east-1b"
#define ALB   "create lb a1 " ZONES "\n"
#define NLB   "create lb n1 zones=us-east-1a\n"

struct account {
    r53_cloud *cloud;
    r53_report *report;
};

static void account_open(struct account *account, const char *lines)
{
    assert_int_equal(r53_cloud_new(&account->cloud, NULL), R53_OK);
    assert_int_equal(r53_report_new(&account->report, NULL), R53_OK);
    if (elb_calls(account->cloud, lines, account->report) != R53_OK) {
        r53_finding f = {.size = sizeof(f)};

        r53_report_get(account->report, 0, &f);
        fail_msg("%s: %s", lines, f.text);
    }
    r53_report_clear(account->report);
}

static void account_close(struct account *account)
{
    r53_report_free(account->report);
    r53_cloud_free(account->cloud);
}

/* `text` "": the call succeeded and nothing was said. */
static void expect_end(const struct account *account, int32_t rc, const char *aws_name,
                       const char *text)
{
    r53_finding f = {.size = sizeof(f)};

    if (text[0] == '\0') {
        assert_int_equal(rc, R53_OK);
        assert_int_equal(r53_report_count(account->report), 0);
        return;
    }
    assert_int_not_equal(rc, R53_OK);
    assert_int_equal(r53_report_get(account->report, 0, &f), R53_OK);
    assert_string_equal(f.aws_name, aws_name);
    if (strncmp(f.text, text, strlen(text)) != 0)
        fail_msg("said: %s", f.text);
}

/* Target groups */

#define HTTP_GROUP .protocol = R53_PROTOCOL_HTTP, .port = 80
#define TCP_GROUP  .protocol = R53_PROTOCOL_TCP, .port = 80

/* 1024 characters */
#define SIXTEEN   "/aaaaaaaaaaaaaaa"
#define LONG_64   SIXTEEN SIXTEEN SIXTEEN SIXTEEN
#define LONG_256  LONG_64 LONG_64 LONG_64 LONG_64
#define LONG_PATH LONG_256 LONG_256 LONG_256 LONG_256

static const struct group_case {
    const char *what;
    r53_target_group group;
    const char *aws_name, *text;
} group_cases[] = {
    {"ELB-VAL-06 a code that no check of HTTP expects",
     {HTTP_GROUP, .matcher = "200,500"},
     "ValidationError",
     "The matcher '200,500' has a code outside 200-499"},
    {"ELB-VAL-06 the last one that it may", {HTTP_GROUP, .matcher = "499"}, "", ""},
    {"ELB-VAL-06 a code below",
     {HTTP_GROUP, .matcher = "199-299"},
     "ValidationError",
     "The matcher '199-299' has a code outside 200-499"},
    {"ELB-VAL-06 a range that ends before it begins",
     {HTTP_GROUP, .matcher = "299-200"},
     "ValidationError",
     "The matcher '299-200' has"},
    {"ELB-VAL-06 behind TCP more codes pass",
     {TCP_GROUP, .health_check_protocol = R53_PROTOCOL_HTTP, .matcher = "200-599"},
     "",
     ""},
    {"ELB-VAL-06 but not all",
     {TCP_GROUP, .health_check_protocol = R53_PROTOCOL_HTTP, .matcher = "600"},
     "ValidationError",
     "The matcher '600' has a code outside 200-599"},
    {"ELB-VAL-06 codes of gRPC",
     {HTTP_GROUP, .protocol_version = R53_PROTOCOL_VERSION_GRPC, .matcher = "0-99"},
     "",
     ""},
    {"ELB-VAL-06 are not those of HTTP",
     {HTTP_GROUP, .protocol_version = R53_PROTOCOL_VERSION_GRPC, .matcher = "200"},
     "ValidationError",
     "The matcher '200' has a code outside 0-99"},
    {"ELB-VAL-06 of functions as of HTTP",
     {.target_type = R53_TARGET_LAMBDA, .matcher = "500"},
     "ValidationError",
     "The matcher '500' has a code outside 200-499"},
    {"ELB-ST-07 HTTP is not checked by TCP",
     {HTTP_GROUP, .health_check_protocol = R53_PROTOCOL_TCP},
     "ValidationError",
     "The health check protocol 'TCP' is not supported"},
    {"ELB-ST-07 but by HTTPS", {HTTP_GROUP, .health_check_protocol = R53_PROTOCOL_HTTPS}, "", ""},
    {"ELB-ST-07 ELB-LSN-05 nothing is checked by UDP",
     {.protocol = R53_PROTOCOL_UDP, .port = 53, .health_check_protocol = R53_PROTOCOL_UDP},
     "ValidationError",
     "The health check protocol 'UDP' is not supported"},
    {"ELB-ST-07 ELB-LSN-05 but by TCP",
     {.protocol = R53_PROTOCOL_UDP, .port = 53, .health_check_protocol = R53_PROTOCOL_TCP},
     "",
     ""},
    {"ELB-ST-07 ELB-LSN-05 a load balancer is not checked by TCP",
     {TCP_GROUP, .target_type = R53_TARGET_ALB, .health_check_protocol = R53_PROTOCOL_TCP},
     "ValidationError",
     "The health check protocol 'TCP' is not supported"},
    {"ELB-VAL-23 a path of the health check that does not begin as one",
     {HTTP_GROUP, .health_check_path = "health"},
     "ValidationError",
     "The health check path 'health' must begin with '/'"},
    {"ELB-VAL-23 of gRPC as of HTTP",
     {HTTP_GROUP, .protocol_version = R53_PROTOCOL_VERSION_GRPC, .health_check_path = "p.S/m"},
     "ValidationError",
     "The health check path 'p.S/m' must begin with '/'"},
    {"ELB-VAL-23 one that does", {HTTP_GROUP, .health_check_path = "/health"}, "", ""},
    {"ELB-VAL-23 a path that is too long",
     {HTTP_GROUP, .health_check_path = LONG_PATH "/"},
     "ValidationError",
     "The health check path '/aaaaaaaaaaaaaaa"},
    {"ELB-VAL-23 and one that is not", {HTTP_GROUP, .health_check_path = LONG_PATH}, "", ""},
    {"ELB-VAL-01 a port of the health check",
     {HTTP_GROUP, .health_check_port = "70000"},
     "ValidationError",
     "The health check port '70000' is neither"},
    {"ELB-VAL-01 that is no number",
     {HTTP_GROUP, .health_check_port = "http"},
     "ValidationError",
     "The health check port 'http' is neither"},
    {"ELB-VAL-01 or fits", {HTTP_GROUP, .health_check_port = "65535"}, "", ""},
    {"ELB-ATTR-31 a count of 1 for DNS that is said",
     {HTTP_GROUP, .dns_failover_count = 1, .unhealthy_routing_count = 2},
     "InvalidConfigurationRequest",
     "A DNS failover threshold cannot be lower"},
    {"ELB-ATTR-31 is none that is not", {HTTP_GROUP, .unhealthy_routing_count = 2}, "", ""},
    {"ELB-ATTR-19 UDP keeps the client's address",
     {.protocol = R53_PROTOCOL_UDP, .port = 53, .preserve_client_ip = R53_OPTION_OFF},
     "InvalidConfigurationRequest",
     "Client IP preservation cannot be disabled for target groups with the UDP protocol"},
};

static void check_group(void **state)
{
    const struct group_case *c = *state;
    r53_target_group group = c->group;
    struct account account;
    char arn[ELB_ARN];

    account_open(&account, "");
    group.size = sizeof(group);
    group.target_group_arn = elb_group_arn(arn, "t1");
    group.target_group_name = "t1";
    expect_end(&account, r53_target_group_create(account.cloud, &group, account.report),
               c->aws_name, c->text);
    account_close(&account);
}

/* One call after others that succeed */

#define OFF     "target_health_state.unhealthy.connection_termination.enabled=false"
#define DNS     "target_group_health.dns_failover.minimum_healthy_targets.count"
#define ROUTING "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count"
#define DELAY   "deregistration_delay.timeout_seconds"
#define ENDS    "deregistration_delay.connection_termination.enabled"

static const struct call_case {
    const char *what, *lines, *call;
    const char *aws_name, *text;
} call_cases[] = {
    {"ELB-ATTR-31 a count of 1 for DNS that is said later",
     "create tg t1 HTTP:80\nset tg t1 " ROUTING "=2", "set tg t1 " DNS "=1",
     "InvalidConfigurationRequest", "A DNS failover threshold cannot be lower"},
    {"ELB-ATTR-31 off it is none", "create tg t1 HTTP:80\nset tg t1 " ROUTING "=2",
     "set tg t1 " DNS "=off", "", ""},
    {"ELB-ATTR-19 UDP keeps the client's address, also later", "create tg t1 UDP:53",
     "set tg t1 preserve_client_ip.enabled=false", "InvalidConfigurationRequest",
     "Client IP preservation cannot be disabled for target groups with the UDP protocol"},
    {"ELB-ATTR-19 saying that it does is no fault", "create tg t1 TCP_UDP:53",
     "set tg t1 preserve_client_ip.enabled=true", "", ""},
    {"ELB-ATTR-19 TCP need not", "create tg t1 TCP:53",
     "set tg t1 preserve_client_ip.enabled=false", "", ""},
    {"ELB-ATTR-21 UDP has no connections to unhealthy targets", "create tg t1 UDP:53",
     "set tg t1 " OFF, "InvalidConfigurationRequest",
     "Connection termination of unhealthy targets cannot be disabled for target groups with the "
     "UDP protocol"},
    {"ELB-ATTR-01 the delay of QUIC is fixed", "create tg t1 QUIC:443", "set tg t1 " DELAY "=10",
     "InvalidConfigurationRequest",
     "The deregistration delay of target groups with the QUIC protocol is always 300"},
    {"ELB-ATTR-18 QUIC ends no connections with it", "create tg t1 QUIC:443",
     "set tg t1 " ENDS "=true", "InvalidConfigurationRequest",
     "Connection termination on deregistration is not supported for target groups with the QUIC"},
    {"ELB-NLB-07 QUIC is not sticky", "create tg t1 QUIC:443", "set tg t1 stickiness.enabled=true",
     "InvalidConfigurationRequest",
     "You cannot enable stickiness on target groups with the QUIC protocol"},

    {"ELB-VAL-11 ELB-TG-01 an address among instances", "create tg t1 HTTP:80",
     "register t1 10.0.0.1", "ValidationError", "Instance ID '10.0.0.1' is not valid"},
    {"ELB-VAL-11 ELB-TG-01 a load balancer among instances", "create tg t1 HTTP:80",
     "register t1 a1", "ValidationError", "Instance ID 'arn:aws"},
    {"ELB-VAL-11 ELB-TG-01 a host name among instances", "create tg t1 HTTP:80",
     "register t1 ip-10-7-0-7.internal", "ValidationError",
     "Instance ID 'ip-10-7-0-7.internal' is not valid"},
    {"ELB-VAL-11 no digits of an instance", "create tg t1 HTTP:80", "register t1 i-",
     "ValidationError", "Instance ID 'i-' is not valid"},
    {"ELB-VAL-11 digits that are none", "create tg t1 HTTP:80", "register t1 i-0a1G",
     "ValidationError", "Instance ID 'i-0a1G' is not valid"},
    {"ELB-VAL-11 an instance's id", "create tg t1 HTTP:80", "register t1 i-0123456789abcdef0", "",
     ""},
    {"ELB-VAL-11 ELB-TG-01 an instance in a function's group", "create tg t1 type=lambda",
     "register t1 i-1", "ValidationError",
     "Target ID 'i-1' is not valid; expected the ARN of a Lambda function"},
    {"ELB-VAL-11 a function's name alone", "create tg t1 type=lambda", "register t1 hello",
     "ValidationError", "Target ID 'hello' is not valid; expected the ARN of a Lambda function"},
    {"ELB-VAL-11 a function's ARN", "create tg t1 type=lambda",
     "register t1 arn:aws:lambda:us-east-1:123456789012:function:hello", "", ""},
    {"ELB-VAL-11 ELB-TG-01 an instance as load balancer", "create tg t1 TCP:80 type=alb",
     "register t1 i-1", "ValidationError",
     "Target ID 'i-1' is not valid; expected the ARN of an Application Load Balancer"},
    {"ELB-VAL-11 ELB-TG-01 a network load balancer as target",
     NLB "create tg t1 TCP:80 type=alb",
     "register t1 n1",
     "ValidationError", "Target ID 'arn:aws"},
    {"ELB-VAL-11 ELB-VAL-20 an address as a Classic one's instance",
     "create lb c1 zones=us-east-1a", "register c1 10.0.0.1", "InvalidInstance",
     "Instance ID '10.0.0.1' is not valid"},
    {"ELB-TG-06 a public address outside of the VPC", "create tg t1 HTTP:80 type=ip",
     "register t1 8.8.8.8 all", "ValidationError",
     "The IP address '8.8.8.8' is outside the VPC, but none of 10.0.0.0/8"},
    {"ELB-TG-06 a private one", "create tg t1 HTTP:80 type=ip", "register t1 100.64.0.9 all", "",
     ""},
    {"ELB-TG-06 inside it any address may be a subnet's", "create tg t1 HTTP:80 type=ip",
     "register t1 8.8.8.8", "", ""},

    {"ELB-ALB-ACT-08 a sticky group among several needs a sticky action",
     ALB "create tg t1 HTTP:80\ncreate tg t2 HTTP:80 sticky", "create listener a1:80 HTTP -> t1,t2",
     "InvalidConfigurationRequest", "'arn:aws"},
    {"ELB-ALB-ACT-08 in a rule as well",
     ALB "create tg t1 HTTP:80\ncreate tg t2 HTTP:80 sticky\ncreate listener a1:80 HTTP -> t1",
     "create rule a1:80 5 -> t1,t2", "InvalidConfigurationRequest", "'arn:aws"},
    {"ELB-ALB-ACT-08 alone it does not", ALB "create tg t1 HTTP:80 sticky",
     "create listener a1:80 HTTP -> t1", "", ""},
    {"ELB-ALB-ACT-08 a group among several that becomes sticky needs one too",
     ALB "create tg t1 HTTP:80\ncreate tg t2 HTTP:80\ncreate listener a1:80 HTTP -> t1,t2",
     "set tg t2 stickiness.enabled=true", "InvalidConfigurationRequest",
     "This target group appears behind a rule with group stickiness disabled (arn:aws:"
     "elasticloadbalancing:us-east-1:123456789012:listener/a1:80)"},
    {"ELB-ALB-ACT-08 in a rule as well",
     ALB "create tg t1 HTTP:80\ncreate tg t2 HTTP:80\ncreate listener a1:80 HTTP -> fixed\n"
         "create rule a1:80 5 -> t1,t2",
     "set tg t1 stickiness.enabled=true", "InvalidConfigurationRequest",
     "This target group appears behind a rule with group stickiness disabled (arn:aws:"
     "elasticloadbalancing:us-east-1:123456789012:listener-rule/a1:80/5)"},
    {"ELB-ALB-ACT-08 another attribute of it does not",
     ALB "create tg t1 HTTP:80\ncreate tg t2 HTTP:80\ncreate listener a1:80 HTTP -> t1,t2",
     "set tg t2 stickiness.type=app_cookie", "", ""},
    {"ELB-ALB-ACT-08 nor does a group alone",
     ALB "create tg t1 HTTP:80\ncreate tg t2 HTTP:80\ncreate listener a1:80 HTTP -> t1",
     "set tg t1 stickiness.enabled=true", "", ""},
    {"ELB-LSN-22 becoming sticky, with connections of one source",
     NLB "create tg t1 TCP:80\ncreate tg t2 TCP:80\ncreate listener n1:80 TCP -> t1,t2",
     "set tg t1 stickiness.enabled=true", "InvalidConfigurationRequest",
     "This target group appears behind a rule with group stickiness disabled ("},
    {"ELB-LSN-22 so with connections of one source",
     NLB "create tg t1 TCP:80\ncreate tg t2 TCP:80 sticky", "create listener n1:80 TCP -> t1,t2",
     "InvalidConfigurationRequest", "'arn:aws"},
};

static void check_call(void **state)
{
    const struct call_case *c = *state;
    struct account account;

    account_open(&account, c->lines);
    expect_end(&account, elb_call(account.cloud, c->call, strlen(c->call), account.report),
               c->aws_name, c->text);
    account_close(&account);
}

/* A sticky action may forward to sticky groups. */
static void check_sticky_action(void **state)
{
    char arn[3][ELB_ARN], listener_arn[ELB_ARN];
    const r53_weighted_target_group groups[] = {{elb_group_arn(arn[0], "t1"), 1, 0},
                                                {elb_group_arn(arn[1], "t2"), 1, 0}};
    const r53_listener_action action = {.size = sizeof(action),
                                        .type = R53_ACTION_FORWARD,
                                        .target_groups = groups,
                                        .n_target_groups = 2,
                                        .stickiness_enabled = R53_OPTION_ON,
                                        .stickiness_duration_s = 60};
    const r53_listener_action *actions[] = {&action};
    const r53_listener listener = {.size = sizeof(listener),
                                   .protocol = R53_PROTOCOL_HTTP,
                                   .port = 80,
                                   .listener_arn = elb_listener_arn(listener_arn, "a1:80"),
                                   .load_balancer_arn = elb_balancer_arn(arn[2], "a1"),
                                   .default_actions = actions,
                                   .n_default_actions = 1};
    struct account account;

    (void)state;
    account_open(&account, ALB "create tg t1 HTTP:80\ncreate tg t2 HTTP:80 sticky");
    expect_end(&account, r53_listener_create(account.cloud, &listener, account.report), "", "");
    account_close(&account);
}

/* Rules */

#define PATH .field = "path-pattern", .values = (const char *const[]){"/a"}, .n_values = 1

static const struct rule_case {
    const char *what;
    r53_condition condition;
    r53_transform transform; /* its type NULL: none */
    const char *path, *text;
} rule_cases[] = {
    {"ELB-VAL-23 ELB-VAL-22 a field that AWS has not",
     {.field = "http-method"},
     {.type = NULL},
     "Conditions[0].Field",
     "'http-method' is not a field of a condition"},
    {"ELB-VAL-21 ELB-ALB-COND-20 an empty pattern of a path",
     {.field = "path-pattern", .values = (const char *const[]){""}, .n_values = 1},
     {.type = NULL},
     "",
     "A condition value must be specified"},
    {"ELB-VAL-23 a header without its name",
     {.field = "http-header", .values = (const char *const[]){"a"}, .n_values = 1},
     {.type = NULL},
     "Conditions[0].HttpHeaderName",
     "the value is missing"},
    {"ELB-VAL-23 ELB-ALB-COND-60 a block that is none",
     {.field = "source-ip", .values = (const char *const[]){"10.0.0.0/33"}, .n_values = 1},
     {.type = NULL},
     "Conditions[0].Values",
     "'10.0.0.0/33' is not a CIDR block"},
    {"ELB-VAL-23 a transform that AWS has not",
     {PATH},
     {.type = "path-rewrite"},
     "Transforms[0].Type",
     "'path-rewrite' is not a type of transform"},
    {"ELB-LSN-24 a family of addresses is for network load balancers",
     {.field = "source-ip", .ip_address_type = "ipv4"},
     {.type = NULL},
     "",
     "The IP address type 'ipv4' of a 'source-ip' condition is for rules of network"},
};

static void check_rule(void **state)
{
    const struct rule_case *c = *state;
    const r53_listener_action fixed = {
        .size = sizeof(fixed), .type = R53_ACTION_FIXED_RESPONSE, .status_code = "404"};
    const r53_listener_action *actions[] = {&fixed};
    r53_condition condition = c->condition;
    r53_transform transform = c->transform;
    const r53_condition *conditions[] = {&condition};
    const r53_transform *transforms[] = {&transform};
    char arn[ELB_ARN], listener_arn[ELB_ARN];
    const r53_listener_rule rule = {.size = sizeof(rule),
                                    .rule_arn = elb_rule_arn(arn, "a1:80", "5"),
                                    .listener_arn = elb_listener_arn(listener_arn, "a1:80"),
                                    .priority = "5",
                                    .conditions = conditions,
                                    .n_conditions = 1,
                                    .actions = actions,
                                    .n_actions = 1,
                                    .transforms = transforms,
                                    .n_transforms = transform.type ? 1 : 0};
    r53_finding f = {.size = sizeof(f)};
    struct account account;

    account_open(&account, ALB "create listener a1:80 HTTP -> fixed");
    condition.size = sizeof(condition);
    transform.size = sizeof(transform);
    expect_end(&account, r53_listener_rule_create(account.cloud, &rule, account.report),
               "ValidationError", c->text);
    assert_int_equal(r53_report_get(account.report, 0, &f), R53_OK);
    assert_string_equal(f.path, c->path);
    account_close(&account);
}

/* Documents say what is; what a protocol fixes they cannot change. */
static void check_fixed(void **state)
{
    const r53_target_group group = {.size = sizeof(group),
                                    .target_group_arn = "arn:aws:t/q",
                                    .protocol = R53_PROTOCOL_QUIC,
                                    .port = 443};
    const r53_target_group *told;
    r53_elb_listing *listing;
    r53_import *import;
    struct account account;

    (void)state;
    account_open(&account, "");
    assert_int_equal(r53_import_new(&import, account.cloud, NULL, account.report), R53_OK);
    assert_int_equal(r53_import_target_group(import, &group), R53_OK);
    assert_int_equal(r53_import_target_group_attribute(import, group.target_group_arn, DELAY, "10"),
                     R53_OK);
    assert_int_equal(r53_import_target_group_attribute(import, group.target_group_arn,
                                                       "preserve_client_ip.enabled", "false"),
                     R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    assert_int_equal(r53_report_count_of(account.report, R53_SEVERITY_WARNING), 2);
    r53_import_free(import);
    assert_int_equal(r53_target_groups_list(&listing, account.cloud, NULL, NULL), R53_OK);
    told = r53_elb_listing_next_target_group(listing);
    assert_int_equal(told->preserve_client_ip, R53_OPTION_ON);
    assert_int_equal(told->deregistration_delay_seconds, 300);
    r53_elb_listing_free(listing);
    account_close(&account);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(group_cases) + COUNT(call_cases) + COUNT(rule_cases) + 2];
    size_t n = 0;

    ADD_CASES(tests, n, group_cases, check_group);
    ADD_CASES(tests, n, call_cases, check_call);
    ADD_CASES(tests, n, rule_cases, check_rule);
    ADD_TEST(tests, n, "ELB-ALB-ACT-08 a sticky action may forward to sticky groups",
             check_sticky_action);
    ADD_TEST(tests, n, "ELB-ATTR-01 ELB-ATTR-19 what a protocol fixes no document changes",
             check_fixed);
    return RUN_TESTS("elb_refusals", tests, n);
}
