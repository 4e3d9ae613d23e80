/*
 * Attributes of target groups and load balancers, by AWS's keys: what they come to, what is refused
 * by name, and that an import keeps what a change would refuse.
 */
#include "support/harness.h"

#include <r53/import.h>

#include "model/cloud.h"
#include "model/load_balancer.h"
#include "model/target_group.h"

#include <stdio.h>

#define GROUP "arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/t/1"
#define LB    "arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/app/web/1"

#define ON_UNHEALTHY "target_health_state.unhealthy"
#define DNS          "target_group_health.dns_failover.minimum_healthy_targets"
#define ROUTING      "target_group_health.unhealthy_state_routing.minimum_healthy_targets"

enum { HTTP = R53_PROTOCOL_HTTP, TCP = R53_PROTOCOL_TCP, TLS = R53_PROTOCOL_TLS };
enum { UDP = R53_PROTOCOL_UDP, QUIC = R53_PROTOCOL_QUIC, GENEVE = R53_PROTOCOL_GENEVE };

#define OF(member)     offsetof(struct target_group, member)
#define NUMBER(member) OF(member), 4
#define SWITCH(member) OF(member), 1

/* A value of the sealed group: by default, and when the key is stated. */
static const struct value_case {
    const char *what;
    int protocol, type;
    size_t offset, width;
    int32_t by_default;
    const char *key, *value; /* NULL: only the default */
    int32_t stated;
} values[] = {
    {"ELB-ATTR-01 the delay", HTTP, 0, NUMBER(deregistration_delay_seconds), 300,
     "deregistration_delay.timeout_seconds", "0", 0},
    {"ELB-ATTR-01 of QUIC", QUIC, 0, NUMBER(deregistration_delay_seconds), 300, NULL, NULL, 0},
    {"ELB-ATTR-01 of functions", 0, R53_TARGET_LAMBDA, NUMBER(deregistration_delay_seconds), 0,
     NULL, NULL, 0},
    {"ELB-ATTR-02 stickiness", HTTP, 0, SWITCH(stickiness_enabled), 0, "stickiness.enabled", "true",
     1},
    {"ELB-ATTR-03 by cookie", HTTP, 0, NUMBER(stickiness_type), R53_STICKINESS_LB_COOKIE,
     "stickiness.type", "app_cookie", R53_STICKINESS_APP_COOKIE},
    {"ELB-ATTR-04 by source address", TCP, 0, NUMBER(stickiness_type), R53_STICKINESS_SOURCE_IP,
     "stickiness.type", "source_ip", R53_STICKINESS_SOURCE_IP},
    {"ELB-ATTR-05 by parts of the flow", GENEVE, 0, NUMBER(stickiness_type), 0, "stickiness.type",
     "source_ip_dest_ip", R53_STICKINESS_SOURCE_IP_DEST_IP},
    {"ELB-ATTR-06 cross-zone", HTTP, 0, NUMBER(cross_zone), R53_OPTION_DEFAULT,
     "load_balancing.cross_zone.enabled", "false", R53_OPTION_OFF},
    {"ELB-ATTR-07 ELB-CONF-03 a count of DNS", HTTP, 0, NUMBER(dns_failover.count), 1, DNS ".count",
     "off", 0},
    {"ELB-ATTR-08 a percentage of DNS", TCP, 0, NUMBER(dns_failover.percentage), 0,
     DNS ".percentage", "50", 50},
    {"ELB-ATTR-09 a count of routing", HTTP, 0, NUMBER(unhealthy_routing.count), 1,
     ROUTING ".count", "1", 1},
    {"ELB-ATTR-10 a percentage of routing", HTTP, 0, NUMBER(unhealthy_routing.percentage), 0,
     ROUTING ".percentage", "off", 0},
    {"ELB-ATTR-11 the algorithm", HTTP, 0, NUMBER(algorithm_type), R53_ALGORITHM_ROUND_ROBIN,
     "load_balancing.algorithm.type", "weighted_random", R53_ALGORITHM_WEIGHTED_RANDOM},
    {"ELB-ATTR-12 mitigation", HTTP, 0, NUMBER(anomaly_mitigation), 0,
     "load_balancing.algorithm.anomaly_mitigation", "off", 0},
    {"ELB-ATTR-13 slow start", HTTP, 0, NUMBER(slow_start_seconds), 0,
     "slow_start.duration_seconds", "30", 30},
    {"ELB-ATTR-13 off", HTTP, 0, NUMBER(slow_start_seconds), 0, "slow_start.duration_seconds", "0",
     0},
    {"ELB-ATTR-14 the load balancer's cookie", HTTP, 0, NUMBER(lb_cookie_duration_seconds), 86400,
     "stickiness.lb_cookie.duration_seconds", "604800", 604800},
    {"ELB-ATTR-15 the application's cookie", HTTP, 0, NUMBER(app_cookie_duration_seconds), 86400,
     "stickiness.app_cookie.duration_seconds", "1", 1},
    {"ELB-ATTR-18 connections at the end of the delay", TCP, 0, SWITCH(connection_termination), 0,
     "deregistration_delay.connection_termination.enabled", "true", 1},
    {"ELB-ATTR-18 of UDP", UDP, 0, SWITCH(connection_termination), 1, NULL, NULL, 0},
    {"ELB-ATTR-19 the client's address", TCP, 0, SWITCH(preserve_client_ip), 1,
     "preserve_client_ip.enabled", "false", 0},
    {"ELB-ATTR-19 at addresses behind TCP", TCP, R53_TARGET_IP, SWITCH(preserve_client_ip), 0, NULL,
     NULL, 0},
    {"ELB-ATTR-19 at addresses behind UDP", UDP, R53_TARGET_IP, SWITCH(preserve_client_ip), 1, NULL,
     NULL, 0},
    {"ELB-ATTR-21 connections to unhealthy ones", TCP, 0, SWITCH(unhealthy_connection_termination),
     1, ON_UNHEALTHY ".connection_termination.enabled", "false", 0},
    {"ELB-ATTR-22 their draining", TCP, 0, NUMBER(draining_interval_seconds), 0,
     ON_UNHEALTHY ".draining_interval_seconds", "0", 0},
    {"ELB-ATTR-23 flows on deregistered ones", GENEVE, 0, NUMBER(failover_on_deregistration),
     R53_FAILOVER_NO_REBALANCE, "target_failover.on_deregistration", "no_rebalance",
     R53_FAILOVER_NO_REBALANCE},
    {"ELB-ATTR-24 flows on unhealthy ones", GENEVE, 0, NUMBER(failover_on_unhealthy),
     R53_FAILOVER_NO_REBALANCE, "target_failover.on_unhealthy", "no_rebalance",
     R53_FAILOVER_NO_REBALANCE},
    {"ELB-ST-07 five checks to recover", HTTP, 0, NUMBER(healthy_threshold_count), 5, NULL, NULL,
     0},
    {"ELB-ST-07 two to fail", TCP, 0, NUMBER(unhealthy_threshold_count), 2, NULL, NULL, 0},
    {"ELB-CONF-15 ELB-ST-07 two of a function", 0, R53_TARGET_LAMBDA,
     NUMBER(unhealthy_threshold_count), 2, NULL, NULL, 0},
    {"ELB-CONF-15 ELB-ST-07 a check has five seconds", HTTP, 0, NUMBER(health_check_timeout_seconds),
     5, NULL, NULL, 0},
    {"ELB-ST-07 every ten seconds of appliances", GENEVE, 0, NUMBER(health_check_interval_seconds),
     10, NULL, NULL, 0},
};

static void group_import(r53_cloud *cloud, const r53_target_group *with, r53_report *report)
{
    r53_target_group group = *with;
    r53_import *import;

    group.size = sizeof(group);
    group.target_group_arn = GROUP;
    assert_int_equal(r53_import_new(&import, cloud, NULL, report), R53_OK);
    assert_int_equal(r53_import_target_group(import, &group), R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
}

static const struct target_group *group_of(const r53_cloud *cloud)
{
    return r53__table_find(&cloud->tables[CLOUD_TARGET_GROUPS], r53__span(GROUP));
}

static int32_t member_of(const r53_cloud *cloud, const struct value_case *c)
{
    const char *at = (const char *)group_of(cloud) + c->offset;
    int32_t number;

    if (c->width == 1)
        return *(const bool *)at;
    memcpy(&number, at, sizeof(number));
    return number;
}

static void check_value(void **state)
{
    const struct value_case *c = *state;
    const r53_target_group group = {.protocol = c->protocol, .target_type = c->type};
    const r53_attribute attribute = {c->key, c->value};
    r53_cloud *cloud;

    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    group_import(cloud, &group, NULL);
    assert_int_equal(member_of(cloud, c), c->by_default);
    if (c->key) {
        assert_int_equal(r53_target_group_modify_attributes(cloud, GROUP, &attribute, 1, NULL),
                         R53_OK);
        assert_int_equal(member_of(cloud, c), c->stated);
    }
    r53_cloud_free(cloud);
}

/* Refusals: "key=value key=value"; the same through the import door is a warning. */

#define MISFIT "InvalidConfigurationRequest"

static const struct refusal_case {
    const char *what;
    int protocol, type;
    const char *attributes, *aws_name, *text;
    bool importable;
} refusals[] = {
    {"ELB-VAL-05 ELB-VAL-21 a delay out of range", HTTP, 0,
     "deregistration_delay.timeout_seconds=3601", "ValidationError",
     "'deregistration_delay.timeout_seconds' value '3601' must be between '0-3600' inclusive", 1},
    {"ELB-VAL-05 no number", HTTP, 0, "slow_start.duration_seconds=x", "ValidationError", NULL, 0},
    {"ELB-ATTR-13 too short a slow start", HTTP, 0, "slow_start.duration_seconds=29",
     "ValidationError", NULL, 1},
    {"ELB-ATTR-14 too long a cookie", HTTP, 0, "stickiness.lb_cookie.duration_seconds=604801",
     "ValidationError", NULL, 1},
    {"ELB-ATTR-09 routing has no off", HTTP, 0, ROUTING ".count=off", "ValidationError", NULL, 0},
    {"ELB-ATTR-07 nor is DNS's off a zero", HTTP, 0, DNS ".count=0", "ValidationError", NULL, 1},
    {"ELB-ATTR-02 no switch", HTTP, 0, "stickiness.enabled=yes", "ValidationError", NULL, 0},
    {"ELB-ATTR-11 no algorithm", HTTP, 0, "load_balancing.algorithm.type=random", "ValidationError",
     NULL, 0},
    {"ELB-VAL-05 no key of AWS's", HTTP, 0, "stickiness.on=true", "ValidationError", NULL, 1},
    {"ELB-VAL-23 a key of other groups", TCP, 0, "slow_start.duration_seconds=30", MISFIT, NULL, 1},
    {"ELB-ATTR-03 ELB-VAL-21 a type of other groups", HTTP, 0, "stickiness.type=source_ip", MISFIT,
     "Stickiness type 'source_ip' is not supported for target groups with the HTTP protocol", 1},
    {"ELB-ATTR-04 ELB-CONF-14 ELB-VAL-21 stickiness of TLS", TLS, 0, "stickiness.enabled=true",
     MISFIT, "You cannot enable stickiness on target groups with the TLS protocol", 1},
    {"ELB-ATTR-16 ELB-VAL-21 no name of the cookie", HTTP, 0,
     "stickiness.enabled=true stickiness.type=app_cookie", MISFIT,
     "You must set an application cookie name to enable stickiness of type 'app_cookie'", 1},
    {"ELB-ATTR-16 a name of the load balancer's", HTTP, 0,
     "stickiness.app_cookie.cookie_name=AWSALBTG", MISFIT, NULL, 1},
    {"ELB-ATTR-12 mitigation of round robin", HTTP, 0,
     "load_balancing.algorithm.anomaly_mitigation=on", MISFIT, NULL, 1},
    {"ELB-ATTR-22 draining of cut connections", TCP, 0, ON_UNHEALTHY ".draining_interval_seconds=9",
     MISFIT, NULL, 1},
    {"ELB-ATTR-24 failovers that differ", GENEVE, 0, "target_failover.on_unhealthy=rebalance",
     MISFIT, NULL, 1},
    {"ELB-ATTR-30 slow start with outstanding requests", HTTP, 0,
     "slow_start.duration_seconds=30 load_balancing.algorithm.type=least_outstanding_requests",
     MISFIT, NULL, 1},
    {"ELB-ATTR-30 slow start with weighted random", HTTP, 0,
     "slow_start.duration_seconds=30 load_balancing.algorithm.type=weighted_random", MISFIT, NULL,
     1},
    {"ELB-ATTR-30 stickiness with weighted random", HTTP, 0,
     "stickiness.enabled=true load_balancing.algorithm.type=weighted_random", MISFIT, NULL, 1},
    {"ELB-ATTR-30 stickiness within a zone", HTTP, 0,
     "stickiness.enabled=true load_balancing.cross_zone.enabled=false", MISFIT, NULL, 1},
    {"ELB-ATTR-30 nothing of an alb group", TCP, R53_TARGET_ALB, "stickiness.enabled=true", MISFIT,
     NULL, 1},
    {"ELB-ATTR-17 headers with several values or not", 0, R53_TARGET_LAMBDA,
     "lambda.multi_value_headers.enabled=some", "ValidationError", NULL, 0},
    {"ELB-ATTR-17 but for functions no such key", HTTP, 0, "lambda.multi_value_headers.enabled=true",
     MISFIT, NULL, 1},
    {"ELB-ATTR-31 DNS below routing", HTTP, 0, DNS ".count=2 " ROUTING ".count=3", MISFIT, NULL, 1},
    {"ELB-ATTR-31 in percent too", HTTP, 0, DNS ".percentage=40 " ROUTING ".percentage=50", MISFIT,
     NULL, 1},
};

/* Splits "key=value" words; returns how many. */
static size_t split(char *text, r53_attribute *out)
{
    size_t n = 0;

    for (char *key; (key = strtok_r(text, " ", &text)); n++) {
        char *value = strchr(key, '=');

        *value++ = '\0';
        out[n] = (r53_attribute){key, value};
    }
    return n;
}

static void expect_finding(const r53_report *report, int32_t severity, const char *aws_name,
                           const char *text)
{
    r53_finding finding = {.size = sizeof(finding)};

    assert_int_equal(r53_report_count(report), 1);
    assert_int_equal(r53_report_get(report, 0, &finding), R53_OK);
    assert_int_equal(finding.severity, severity);
    if (aws_name)
        assert_string_equal(finding.aws_name, aws_name);
    if (text)
        assert_string_equal(finding.text, text);
}

static void import_attributes(r53_cloud *cloud, r53_report *report, const r53_attribute *attributes,
                              size_t n, bool importable)
{
    int32_t rc = R53_OK;
    r53_import *import;

    assert_int_equal(r53_import_new(&import, cloud, NULL, report), R53_OK);
    for (size_t i = 0; i < n && rc == R53_OK; i++)
        rc = r53_import_target_group_attribute(import, GROUP, attributes[i].key,
                                               attributes[i].value);
    assert_int_equal(rc, importable ? R53_OK : R53_E_INVALID);
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
}

static void check_refusal(void **state)
{
    const struct refusal_case *c = *state;
    const r53_target_group group = {.protocol = c->protocol, .target_type = c->type};
    const struct target_group *before;
    r53_attribute attributes[4];
    char text[256];
    size_t n;
    r53_report *report;
    r53_cloud *cloud;

    snprintf(text, sizeof(text), "%s", c->attributes);
    n = split(text, attributes);
    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    group_import(cloud, &group, report);
    before = group_of(cloud);
    assert_int_equal(r53_target_group_modify_attributes(cloud, GROUP, attributes, n, report),
                     R53_E_INVALID);
    expect_finding(report, R53_SEVERITY_ERROR, c->aws_name, c->text);
    assert_ptr_equal(group_of(cloud), before);
    r53_report_clear(report);
    import_attributes(cloud, report, attributes, n, c->importable);
    expect_finding(report, c->importable ? R53_SEVERITY_WARNING : R53_SEVERITY_ERROR, NULL, NULL);
    r53_report_free(report);
    r53_cloud_free(cloud);
}

/* Legal, though it is always missed. */
/* It decides nothing of a target, but functions have it. */
static void check_function_headers(void **state)
{
    const r53_target_group group = {.target_type = R53_TARGET_LAMBDA};
    const r53_attribute attribute = {"lambda.multi_value_headers.enabled", "true"};
    r53_cloud *cloud;

    (void)state;
    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    group_import(cloud, &group, NULL);
    assert_int_equal(r53_target_group_modify_attributes(cloud, GROUP, &attribute, 1, NULL), R53_OK);
    r53_cloud_free(cloud);
}

static void check_count_above(void **state)
{
    const r53_attribute attribute = {DNS ".count", "1000"};
    const r53_target_group group = {.protocol = HTTP};
    r53_cloud *cloud;

    (void)state;
    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    group_import(cloud, &group, NULL);
    assert_int_equal(r53_target_group_modify_attributes(cloud, GROUP, &attribute, 1, NULL), R53_OK);
    assert_int_equal(group_of(cloud)->dns_failover.count, 1000);
    assert_int_equal(r53_target_group_modify_attributes(cloud, "none", &attribute, 1, NULL),
                     R53_E_NOT_FOUND);
    assert_int_equal(r53_target_group_modify_attributes(NULL, GROUP, &attribute, 1, NULL),
                     R53_E_INVALID);
    assert_int_equal(r53_target_group_modify_attributes(cloud, GROUP, NULL, 1, NULL),
                     R53_E_INVALID);
    r53_cloud_free(cloud);
}

/* Members of the public struct say the same as keys. */
static void check_members(void **state)
{
    const r53_target_group in = {.protocol = HTTP,
                                 .deregistration_delay_seconds = -1,
                                 .stickiness_enabled = R53_OPTION_ON,
                                 .stickiness_type = R53_STICKINESS_APP_COOKIE,
                                 .app_cookie_name = "SID",
                                 .app_cookie_duration_seconds = 60,
                                 .algorithm_type = R53_ALGORITHM_LEAST_OUTSTANDING_REQUESTS,
                                 .anomaly_mitigation = R53_OPTION_OFF,
                                 .healthy_threshold_count = 3,
                                 .matcher = "200,300-302"};
    const struct target_group *group;
    r53_cloud *cloud;

    (void)state;
    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    group_import(cloud, &in, NULL);
    group = group_of(cloud);
    assert_int_equal(group->deregistration_delay_seconds, 0);
    assert_true(group->stickiness_enabled);
    assert_string_equal(group->app_cookie_name, "SID");
    assert_int_equal(group->app_cookie_duration_seconds, 60);
    assert_int_equal(group->algorithm_type, R53_ALGORITHM_LEAST_OUTSTANDING_REQUESTS);
    assert_int_equal(group->anomaly_mitigation, 0);
    assert_int_equal(group->healthy_threshold_count, 3);
    assert_int_equal(group->n_codes, 2);
    assert_int_equal(group->codes[1].last, 302);
    r53_cloud_free(cloud);
}

/* Health checks: what breaks a range is kept with a warning, what has no meaning refused. */
static const struct check_case {
    const char *what;
    r53_target_group with;
    int32_t code;
    size_t findings;
} checks[] = {
    {"ELB-VAL-06 ranges of a health check",
     {.protocol = HTTP, .health_check_interval_seconds = 301, .healthy_threshold_count = 11},
     R53_OK,
     2},
    {"ELB-ST-08 a timeout as long as the interval",
     {.protocol = HTTP, .health_check_interval_seconds = 10, .health_check_timeout_seconds = 10},
     R53_OK,
     1},
    {"ELB-ST-08 without HTTP it may be",
     {.protocol = TCP, .health_check_interval_seconds = 10, .health_check_timeout_seconds = 10},
     R53_OK,
     0},
    {"ELB-VAL-06 codes that are none", {.protocol = HTTP, .matcher = "2xx"}, R53_E_INVALID, 1},
    {"ELB-VAL-06 an empty code", {.protocol = HTTP, .matcher = "200,"}, R53_E_INVALID, 1},
    {"a negative threshold", {.protocol = HTTP, .healthy_threshold_count = -1}, R53_E_INVALID, 1},
    {"a stickiness that is none", {.protocol = HTTP, .stickiness_type = 6}, R53_E_INVALID, 1},
    {"ELB-ATTR-13 a slow start out of range",
     {.protocol = HTTP, .slow_start_seconds = 5},
     R53_OK,
     1},
};

static void check_check(void **state)
{
    const struct check_case *c = *state;
    r53_target_group group = c->with;
    r53_report *report;
    r53_import *import;
    r53_cloud *cloud;

    group.size = sizeof(group);
    group.target_group_arn = GROUP;
    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(r53_import_new(&import, cloud, NULL, report), R53_OK);
    assert_int_equal(r53_import_target_group(import, &group), c->code);
    assert_int_equal(r53_report_count(report), c->findings);
    r53_import_free(import);
    r53_report_free(report);
    r53_cloud_free(cloud);
}

/* The import door */

static void check_import_order(void **state)
{
    const r53_target_group first = {.size = sizeof(first), .target_group_arn = GROUP};
    r53_report *report;
    r53_import *import;
    r53_cloud *cloud;

    (void)state;
    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(r53_import_new(&import, cloud, NULL, report), R53_OK);
    /* before the group, twice, and of a group that never comes */
    assert_int_equal(
        r53_import_target_group_attribute(import, GROUP, "slow_start.duration_seconds", "60"),
        R53_OK);
    assert_int_equal(
        r53_import_target_group_attribute(import, GROUP, "slow_start.duration_seconds", "90"),
        R53_OK);
    assert_int_equal(
        r53_import_target_group_attribute(import, "none", "stickiness.enabled", "true"), R53_OK);
    assert_int_equal(r53_import_target_group(import, &first), R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    assert_int_equal(group_of(cloud)->slow_start_seconds, 90);
    expect_finding(report, R53_SEVERITY_WARNING, NULL, NULL);
    /* of a group that is there already */
    assert_int_equal(r53_import_target_group_attribute(import, GROUP, "stickiness.enabled", "true"),
                     R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    assert_true(group_of(cloud)->stickiness_enabled);
    assert_int_equal(group_of(cloud)->slow_start_seconds, 90);
    assert_int_equal(r53_import_target_group_attribute(import, "", "a", "b"), R53_E_INVALID);
    assert_int_equal(r53_import_target_group_attribute(import, GROUP, NULL, "b"), R53_E_INVALID);
    assert_int_equal(r53_import_target_group_attribute(NULL, GROUP, "a", "b"), R53_E_INVALID);
    assert_int_equal(r53_import_target_group_attribute(import, GROUP, "stickiness.enabled", NULL),
                     R53_E_INVALID);
    r53_import_free(import);
    r53_report_free(report);
    r53_cloud_free(cloud);
}

/* Load balancers */

static const struct balancer_case {
    const char *what;
    int type;
    const char *key, *value, *aws_name; /* NULL: taken */
} balancer_cases[] = {
    {"ELB-LB-30 cross-zone of a network one", R53_LB_NETWORK, "load_balancing.cross_zone.enabled",
     "true", NULL},
    {"ELB-LB-18 ELB-LB-30 not off of an application one", R53_LB_APPLICATION,
     "load_balancing.cross_zone.enabled", "false", MISFIT},
    {"ELB-LB-32 a client routing policy", R53_LB_NETWORK, "dns_record.client_routing_policy",
     "availability_zone_affinity", NULL},
    {"ELB-LB-32 of a network one only", R53_LB_APPLICATION, "dns_record.client_routing_policy",
     "availability_zone_affinity", MISFIT},
    {"ELB-LB-32 that is none", R53_LB_NETWORK, "dns_record.client_routing_policy", "mine",
     "ValidationError"},
    {"ELB-LB-34 an idle timeout", R53_LB_APPLICATION, "idle_timeout.timeout_seconds", "4000", NULL},
    {"ELB-LB-34 too long a one", R53_LB_APPLICATION, "idle_timeout.timeout_seconds", "4001",
     "ValidationError"},
    {"ELB-LB-36 HTTP/2", R53_LB_APPLICATION, "routing.http2.enabled", "false", NULL},
    {"ELB-LB-37 invalid headers", R53_LB_APPLICATION,
     "routing.http.drop_invalid_header_fields.enabled", "true", NULL},
    {"ELB-LB-38 the Host header", R53_LB_APPLICATION, "routing.http.preserve_host_header.enabled",
     "true", NULL},
    {"ELB-LB-39 desync mitigation", R53_LB_APPLICATION, "routing.http.desync_mitigation_mode",
     "strictest", NULL},
    {"ELB-LB-42 a silent web ACL", R53_LB_APPLICATION, "waf.fail_open.enabled", "true", NULL},
    {"ELB-LB-33 traffic of internet gateways", R53_LB_NETWORK, "ipv6.deny_all_igw_traffic", "true",
     NULL},
    {"ELB-LB-33 no switch", R53_LB_APPLICATION, "ipv6.deny_all_igw_traffic", "on",
     "ValidationError"},
    {"ELB-LB-33 not of an appliance's", R53_LB_GATEWAY, "ipv6.deny_all_igw_traffic", "true", MISFIT},
    {"ELB-LB-35 clients are kept for a minute", R53_LB_APPLICATION, "client_keep_alive.seconds",
     "60", NULL},
    {"ELB-LB-35 or a week", R53_LB_APPLICATION, "client_keep_alive.seconds", "604800", NULL},
    {"ELB-LB-35 not longer", R53_LB_APPLICATION, "client_keep_alive.seconds", "604801",
     "ValidationError"},
    {"ELB-LB-35 nor by a network one", R53_LB_NETWORK, "client_keep_alive.seconds", "60", MISFIT},
    {"ELB-LB-43 no secondary address a subnet", R53_LB_NETWORK,
     "secondary_ips.auto_assigned.per_subnet", "0", NULL},
    {"ELB-LB-43 or seven", R53_LB_NETWORK, "secondary_ips.auto_assigned.per_subnet", "7", NULL},
    {"ELB-LB-43 not eight", R53_LB_NETWORK, "secondary_ips.auto_assigned.per_subnet", "8",
     "ValidationError"},
    {"ELB-LB-43 nor of an application one", R53_LB_APPLICATION,
     "secondary_ips.auto_assigned.per_subnet", "1", MISFIT},
    {"a key that decides nothing is taken", R53_LB_APPLICATION, "deletion_protection.enabled",
     "true", NULL},
    {"ELB-LB-35 but its value is checked", R53_LB_APPLICATION, "client_keep_alive.seconds", "59",
     "ValidationError"},
};

static const struct load_balancer *balancer_of(const r53_cloud *cloud)
{
    return r53__table_find(&cloud->tables[CLOUD_LOAD_BALANCERS], r53__span(LB));
}

static void balancer_import(r53_cloud *cloud, int type)
{
    const char *const addresses[] = {"192.0.2.1"};
    r53_availability_zone zone = {.size = sizeof(zone),
                                  .zone_name = "us-east-1a",
                                  .zone_id = "use1-az4",
                                  .addresses = addresses,
                                  .n_addresses = 1};
    const r53_availability_zone *zones[] = {&zone};
    r53_load_balancer lb = {.size = sizeof(lb),
                            .type = type,
                            .load_balancer_arn = LB,
                            .dns_name = "web-1.us-east-1.elb.amazonaws.com",
                            .availability_zones = zones,
                            .n_availability_zones = 1};
    r53_import *import;

    assert_int_equal(r53_import_new(&import, cloud, NULL, NULL), R53_OK);
    assert_int_equal(r53_import_load_balancer(import, &lb), R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
}

static void check_balancer(void **state)
{
    const struct balancer_case *c = *state;
    const r53_attribute attribute = {c->key, c->value};
    r53_report *report;
    r53_import *import;
    r53_cloud *cloud;

    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    balancer_import(cloud, c->type);
    assert_int_equal(r53_load_balancer_modify_attributes(cloud, LB, &attribute, 1, report),
                     c->aws_name ? R53_E_INVALID : R53_OK);
    if (c->aws_name)
        expect_finding(report, R53_SEVERITY_ERROR, c->aws_name, NULL);
    assert_int_equal(r53_import_new(&import, cloud, NULL, NULL), R53_OK);
    r53_import_load_balancer_attribute(import, LB, c->key, c->value);
    r53_import_load_balancer_attribute(import, "none", "waf.fail_open.enabled", "true");
    assert_int_equal(r53_import_commit(import), R53_OK);
    assert_int_equal(balancer_of(cloud)->nodes[0].n_addresses, 1);
    assert_string_equal(balancer_of(cloud)->nodes[0].zone_id, "use1-az4");
    r53_import_free(import);
    r53_report_free(report);
    r53_cloud_free(cloud);
}

static void check_balancer_values(void **state)
{
    const r53_attribute attributes[] = {{"routing.http2.enabled", "false"},
                                        {"idle_timeout.timeout_seconds", "90"},
                                        {"routing.http.desync_mitigation_mode", "monitor"}};
    const struct load_balancer *lb;
    r53_cloud *cloud;

    (void)state;
    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    balancer_import(cloud, R53_LB_APPLICATION);
    assert_true(balancer_of(cloud)->http2_enabled);
    assert_int_equal(balancer_of(cloud)->idle_timeout_seconds, 60);
    assert_int_equal(r53_load_balancer_modify_attributes(cloud, LB, attributes, 3, NULL), R53_OK);
    lb = balancer_of(cloud);
    assert_false(lb->http2_enabled);
    assert_true(lb->cross_zone);
    assert_int_equal(lb->idle_timeout_seconds, 90);
    assert_int_equal(lb->desync_mode, R53_DESYNC_MONITOR);
    assert_int_equal(r53_load_balancer_modify_attributes(cloud, "none", NULL, 0, NULL),
                     R53_E_NOT_FOUND);
    assert_int_equal(r53_load_balancer_modify_attributes(NULL, LB, NULL, 0, NULL), R53_E_INVALID);
    r53_cloud_free(cloud);
}

int main(void)
{
    struct CMUnitTest
        tests[COUNT(values) + COUNT(refusals) + COUNT(checks) + COUNT(balancer_cases) + 5];
    size_t n = 0;

    ADD_CASES(tests, n, values, check_value);
    ADD_CASES(tests, n, refusals, check_refusal);
    ADD_CASES(tests, n, checks, check_check);
    ADD_CASES(tests, n, balancer_cases, check_balancer);
    ADD_TEST(tests, n, "ELB-ATTR-17 a function may get headers with several values",
             check_function_headers);
    ADD_TEST(tests, n, "ELB-ATTR-32 a count above the number of targets", check_count_above);
    ADD_TEST(tests, n, "members say the same as keys", check_members);
    ADD_TEST(tests, n, "ELB-JSON-11 attributes come in any order", check_import_order);
    ADD_TEST(tests, n, "ELB-LB-34 ELB-LB-36 what a load balancer's attributes come to",
             check_balancer_values);
    return RUN_TESTS("attributes", tests, n);
}
