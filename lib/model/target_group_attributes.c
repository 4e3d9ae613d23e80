/*
 * The attributes of target groups (ELB-ATTR): the table of keys, what depends on the protocol, what
 * does not go together, and AWS's ModifyTargetGroupAttributes.
 */
#include "model/cloud.h"
#include "model/target_group.h"

#include <string.h>

enum { COOKIE_SECONDS_MAX = 604800, DRAINING_SECONDS_MAX = 360000 };

#define GROUP_BALANCED (GROUP_HTTP | GROUP_NETWORK)
#define GROUP_DELAYED  (GROUP_HTTP | GROUP_NETWORK | GROUP_GATEWAY)
#define GROUP_COOKIE   (GROUP_HTTP | GROUP_LAMBDA)

#define WORDS(what, names)                                                                         \
    {                                                                                              \
        what, names, (int32_t)(sizeof(names) / sizeof(*(names)))                                   \
    }

static const char *const stickiness_names[] = {"lb_cookie", "app_cookie", "source_ip",
                                               "source_ip_dest_ip", "source_ip_dest_ip_proto"};
static const char *const algorithm_names[] = {"round_robin", "least_outstanding_requests",
                                              "weighted_random"};
static const char *const cross_zone_names[] = {"use_load_balancer_configuration", "false", "true"};
static const char *const failover_names[] = {"no_rebalance", "rebalance"};

static const struct words stickiness_types = WORDS("a type of stickiness", stickiness_names);
static const struct words algorithm_types = WORDS("an algorithm", algorithm_names);
static const struct words cross_zones = WORDS("a cross-zone setting", cross_zone_names);
static const struct words failovers = WORDS("a target failover", failover_names);

#define GIVEN(name)  offsetof(r53_target_group, name)
#define MEMBER(name) offsetof(struct target_group, name)

#define SWITCH(rule, key, kinds, fallback, given, member)                                          \
    {                                                                                              \
        key, rule, kinds, ATTRIBUTE_SWITCH, fallback, 0, 0, NULL, NULL, 0, given, member           \
    }
#define NUMBER(rule, key, kinds, fallback, least, most, zero, given, member)                       \
    {                                                                                              \
        key, rule, kinds, ATTRIBUTE_NUMBER, fallback, least, most, zero, NULL, 0, given, member    \
    }
#define WORD(rule, key, kinds, fallback, words, first, given, member)                              \
    {                                                                                              \
        key, rule, kinds, ATTRIBUTE_WORD, fallback, 0, 0, NULL, words, first, given, member        \
    }
#define TEXT(rule, key, kinds, given, member)                                                      \
    {                                                                                              \
        key, rule, kinds, ATTRIBUTE_TEXT, 0, 0, 0, NULL, NULL, 0, given, member                    \
    }

/* Cross-zone and thresholds have readings of their own in the public struct (target_group.c). */
static const struct attribute rows[] = {
    NUMBER(RULE_ELB_ATTR_01, "deregistration_delay.timeout_seconds", GROUP_DELAYED, 300, 0, 3600,
           NULL, GIVEN(deregistration_delay_seconds), MEMBER(deregistration_delay_seconds)),
    SWITCH(RULE_ELB_ATTR_02, "stickiness.enabled", GROUP_ANY, 0, GIVEN(stickiness_enabled),
           MEMBER(stickiness_enabled)),
    WORD(RULE_ELB_ATTR_03, "stickiness.type", GROUP_ANY, 0, &stickiness_types, 1,
         GIVEN(stickiness_type), MEMBER(stickiness_type)),
    WORD(RULE_ELB_ATTR_06, "load_balancing.cross_zone.enabled", GROUP_BALANCED, 0, &cross_zones, 0,
         NO_MEMBER, MEMBER(cross_zone)),
    NUMBER(RULE_ELB_ATTR_07, "target_group_health.dns_failover.minimum_healthy_targets.count",
           GROUP_BALANCED, 1, 1, INT32_MAX, "off", NO_MEMBER, MEMBER(dns_failover.count)),
    NUMBER(RULE_ELB_ATTR_08, "target_group_health.dns_failover.minimum_healthy_targets.percentage",
           GROUP_BALANCED, 0, 1, 100, "off", NO_MEMBER, MEMBER(dns_failover.percentage)),
    NUMBER(RULE_ELB_ATTR_09,
           "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count",
           GROUP_BALANCED, 1, 1, INT32_MAX, NULL, NO_MEMBER, MEMBER(unhealthy_routing.count)),
    NUMBER(RULE_ELB_ATTR_10,
           "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage",
           GROUP_BALANCED, 0, 1, 100, "off", NO_MEMBER, MEMBER(unhealthy_routing.percentage)),
    WORD(RULE_ELB_ATTR_11, "load_balancing.algorithm.type", GROUP_COOKIE, R53_ALGORITHM_ROUND_ROBIN,
         &algorithm_types, 1, GIVEN(algorithm_type), MEMBER(algorithm_type)),
    WORD(RULE_ELB_ATTR_12, "load_balancing.algorithm.anomaly_mitigation", GROUP_COOKIE, 0,
         &r53__on_off, 0, GIVEN(anomaly_mitigation), MEMBER(anomaly_mitigation)),
    NUMBER(RULE_ELB_ATTR_13, "slow_start.duration_seconds", GROUP_HTTP, 0, 30, 900, "0",
           GIVEN(slow_start_seconds), MEMBER(slow_start_seconds)),
    NUMBER(RULE_ELB_ATTR_14, "stickiness.lb_cookie.duration_seconds", GROUP_COOKIE, 86400, 1,
           COOKIE_SECONDS_MAX, NULL, GIVEN(lb_cookie_duration_seconds),
           MEMBER(lb_cookie_duration_seconds)),
    NUMBER(RULE_ELB_ATTR_15, "stickiness.app_cookie.duration_seconds", GROUP_COOKIE, 86400, 1,
           COOKIE_SECONDS_MAX, NULL, GIVEN(app_cookie_duration_seconds),
           MEMBER(app_cookie_duration_seconds)),
    TEXT(RULE_ELB_ATTR_16, "stickiness.app_cookie.cookie_name", GROUP_COOKIE,
         GIVEN(app_cookie_name), MEMBER(app_cookie_name)),
    SWITCH(RULE_ELB_ATTR_17, "lambda.multi_value_headers.enabled", GROUP_LAMBDA, 0, NO_MEMBER,
           NO_MEMBER),
    SWITCH(RULE_ELB_ATTR_18, "deregistration_delay.connection_termination.enabled", GROUP_NETWORK,
           0, GIVEN(connection_termination), MEMBER(connection_termination)),
    SWITCH(RULE_ELB_ATTR_19, "preserve_client_ip.enabled", GROUP_NETWORK, 1,
           GIVEN(preserve_client_ip), MEMBER(preserve_client_ip)),
    SWITCH(RULE_ELB_ATTR_20, "proxy_protocol_v2.enabled", GROUP_NETWORK, 0,
           GIVEN(proxy_protocol_v2), MEMBER(proxy_protocol)),
    SWITCH(RULE_ELB_ATTR_21, "target_health_state.unhealthy.connection_termination.enabled",
           GROUP_NETWORK, 1, GIVEN(unhealthy_connection_termination),
           MEMBER(unhealthy_connection_termination)),
    NUMBER(RULE_ELB_ATTR_22, "target_health_state.unhealthy.draining_interval_seconds",
           GROUP_NETWORK, 0, 0, DRAINING_SECONDS_MAX, NULL, GIVEN(draining_interval_seconds),
           MEMBER(draining_interval_seconds)),
    WORD(RULE_ELB_ATTR_23, "target_failover.on_deregistration", GROUP_GATEWAY,
         R53_FAILOVER_NO_REBALANCE, &failovers, 1, GIVEN(failover_on_deregistration),
         MEMBER(failover_on_deregistration)),
    WORD(RULE_ELB_ATTR_24, "target_failover.on_unhealthy", GROUP_GATEWAY, R53_FAILOVER_NO_REBALANCE,
         &failovers, 1, GIVEN(failover_on_unhealthy), MEMBER(failover_on_unhealthy)),
    SWITCH(RULE_ELB_ATTR_25, "send_tcp_reset.on_deregistration.enabled", GROUP_GATEWAY, 0,
           GIVEN(send_tcp_reset_on_deregistration), MEMBER(reset_on_deregistration)),
    SWITCH(RULE_ELB_ATTR_25, "send_tcp_reset.on_unhealthy.enabled", GROUP_GATEWAY, 0,
           GIVEN(send_tcp_reset_on_unhealthy), MEMBER(reset_on_unhealthy)),
};

const struct attribute_table r53__target_group_attributes = {rows, sizeof(rows) / sizeof(*rows)};

/* Kinds */

enum {
    UDP_BASED = 1 << R53_PROTOCOL_UDP | 1 << R53_PROTOCOL_TCP_UDP,
    QUIC_BASED = 1 << R53_PROTOCOL_QUIC | 1 << R53_PROTOCOL_TCP_QUIC,
    TCP_BASED = 1 << R53_PROTOCOL_TCP | 1 << R53_PROTOCOL_TLS
};

static bool protocol_in(const struct target_group *group, int set)
{
    return set & 1 << group->protocol;
}

uint32_t r53__target_group_kinds(const struct target_group *group)
{
    if (group->target_type == R53_TARGET_LAMBDA)
        return GROUP_LAMBDA;
    if (group->target_type == R53_TARGET_ALB)
        return 0; /* ELB-ATTR-30 */
    if (group->protocol == 0)
        return GROUP_ANY;
    if (group->protocol == R53_PROTOCOL_GENEVE)
        return GROUP_GATEWAY;
    return group->protocol == R53_PROTOCOL_HTTP || group->protocol == R53_PROTOCOL_HTTPS
               ? GROUP_HTTP
               : GROUP_NETWORK;
}

/* ELB-ATTR-03 .. -05: of a Gateway Load Balancer's group there is none but the flow's own. */
static int32_t stickiness_default(const struct target_group *group)
{
    switch (r53__target_group_kinds(group)) {
    case GROUP_NETWORK:
        return R53_STICKINESS_SOURCE_IP;
    case GROUP_GATEWAY:
        return 0;
    default:
        return R53_STICKINESS_LB_COOKIE;
    }
}

void r53__target_group_settle(struct target_group *group, const r53_target_group *in)
{
    bool by_address = group->target_type == R53_TARGET_IP && protocol_in(group, TCP_BASED);

    if (group->stickiness_type == 0)
        group->stickiness_type = stickiness_default(group);
    if (in->connection_termination == 0)
        group->connection_termination = protocol_in(group, UDP_BASED); /* ELB-ATTR-18 */
    if (in->preserve_client_ip == 0)
        group->preserve_client_ip = !by_address; /* ELB-ATTR-19 */
    if (protocol_in(group, UDP_BASED | QUIC_BASED))
        group->preserve_client_ip = true;
    if (protocol_in(group, QUIC_BASED))
        group->deregistration_delay_seconds = 300; /* ELB-ATTR-01 */
    if (group->target_type == R53_TARGET_LAMBDA)
        group->deregistration_delay_seconds = 0; /* ELB-DRAIN-03 */
}

bool r53__target_held(const struct target_group *group, const struct target *target, int64_t now_ms)
{
    int64_t delay = (int64_t)group->deregistration_delay_seconds * 1000;

    if (!target->draining)
        return true;
    if (now_ms <= target->draining_since_ms) /* a clock that goes back stands still */
        return delay > 0;
    /* unsigned: the distance of any two times */
    return (uint64_t)now_ms - (uint64_t)target->draining_since_ms < (uint64_t)delay;
}

/* What does not go together */

static bool slow_with_outstanding(const struct target_group *g)
{
    return g->slow_start_seconds > 0 &&
           g->algorithm_type == R53_ALGORITHM_LEAST_OUTSTANDING_REQUESTS;
}

static bool slow_with_random(const struct target_group *g)
{
    return g->slow_start_seconds > 0 && g->algorithm_type == R53_ALGORITHM_WEIGHTED_RANDOM;
}

static bool sticky_with_random(const struct target_group *g)
{
    return g->stickiness_enabled && g->algorithm_type == R53_ALGORITHM_WEIGHTED_RANDOM;
}

static bool mitigation_without_random(const struct target_group *g)
{
    return g->anomaly_mitigation && g->algorithm_type != R53_ALGORITHM_WEIGHTED_RANDOM;
}

static bool is_http(const struct target_group *g)
{
    return r53__target_group_kinds(g) == GROUP_HTTP;
}

static bool sticky_within_zone(const struct target_group *g)
{
    return is_http(g) && g->stickiness_enabled && g->cross_zone == R53_OPTION_OFF;
}

static bool function_within_zone(const struct target_group *g)
{
    return g->target_type == R53_TARGET_LAMBDA && g->cross_zone == R53_OPTION_OFF;
}

static bool sticky_without_name(const struct target_group *g)
{
    return g->stickiness_enabled && g->stickiness_type == R53_STICKINESS_APP_COOKIE &&
           g->app_cookie_name[0] == '\0';
}

static bool name_reserved(const struct target_group *g)
{
    return strncmp(g->app_cookie_name, "AWSALB", 6) == 0;
}

static bool sticky_over_tls(const struct target_group *g) /* ELB-CONF-14 */
{
    return g->stickiness_enabled && g->protocol == R53_PROTOCOL_TLS;
}

static bool failovers_differ(const struct target_group *g)
{
    return g->failover_on_deregistration != g->failover_on_unhealthy;
}

static bool resets(const struct target_group *g)
{
    return g->reset_on_deregistration || g->reset_on_unhealthy;
}

static bool resets_with_rebalance(const struct target_group *g)
{
    return resets(g) && (g->failover_on_deregistration == R53_FAILOVER_REBALANCE ||
                         g->failover_on_unhealthy == R53_FAILOVER_REBALANCE);
}

/* Flows of fewer parts than five are none of TCP. */
static bool resets_with_stickiness(const struct target_group *g)
{
    return resets(g) && g->stickiness_enabled;
}

static bool draining_with_termination(const struct target_group *g)
{
    return g->draining_interval_seconds > 0 && g->unhealthy_connection_termination;
}

/* A threshold is set when it is neither off nor what it is by default. */
static bool below(uint32_t dns, uint32_t routing, uint32_t by_default)
{
    return dns != THRESHOLD_OFF && dns != by_default && routing != THRESHOLD_OFF && dns < routing;
}

static bool thresholds_crossed(const struct target_group *g)
{
    return below(g->dns_failover.count, g->unhealthy_routing.count, 1) ||
           below(g->dns_failover.percentage, g->unhealthy_routing.percentage, THRESHOLD_OFF);
}

static bool stickiness_misfit(const struct target_group *g)
{
    static const struct {
        uint32_t kind;
        int32_t first, last;
    } fits[] = {
        {GROUP_HTTP, R53_STICKINESS_LB_COOKIE, R53_STICKINESS_APP_COOKIE},
        {GROUP_LAMBDA, R53_STICKINESS_LB_COOKIE, R53_STICKINESS_APP_COOKIE},
        {GROUP_NETWORK, R53_STICKINESS_SOURCE_IP, R53_STICKINESS_SOURCE_IP},
        {GROUP_GATEWAY, R53_STICKINESS_SOURCE_IP_DEST_IP, R53_STICKINESS_SOURCE_IP_DEST_IP_PROTO}};

    for (size_t i = 0; i < sizeof(fits) / sizeof(*fits); i++) {
        if (g->stickiness_type && r53__target_group_kinds(g) == fits[i].kind)
            return g->stickiness_type < fits[i].first || g->stickiness_type > fits[i].last;
    }
    return false;
}

static bool optimizer_elsewhere(const struct target_group *g)
{
    return g->target_control_port && g->protocol && !is_http(g);
}

static bool optimizer_out_of_turn(const struct target_group *g)
{
    return g->target_control_port && g->algorithm_type != R53_ALGORITHM_ROUND_ROBIN;
}

static bool optimizer_sticky(const struct target_group *g)
{
    return g->target_control_port && g->stickiness_enabled;
}

/* {0}: the type of stickiness, {1}: the protocol. Sentences of ELB-VAL-21 where they are known. */
static const struct misfit {
    bool (*holds)(const struct target_group *);
    int32_t rule;
    const char *text;
} misfits[] = {
    {slow_with_outstanding, RULE_ELB_ATTR_30,
     "Slow start mode is not supported with the 'least_outstanding_requests' algorithm"},
    {slow_with_random, RULE_ELB_ATTR_30,
     "Slow start mode is not supported with the 'weighted_random' algorithm"},
    {sticky_with_random, RULE_ELB_ATTR_30,
     "Stickiness is not supported with the 'weighted_random' algorithm"},
    {mitigation_without_random, RULE_ELB_ATTR_12,
     "Anomaly mitigation is only supported with the 'weighted_random' algorithm"},
    {sticky_within_zone, RULE_ELB_XZ_05,
     "Stickiness is not supported with cross-zone load balancing disabled"},
    {function_within_zone, RULE_ELB_XZ_05,
     "Cross-zone load balancing of a target group with a lambda function cannot be disabled"},
    {sticky_without_name, RULE_ELB_ATTR_16,
     "You must set an application cookie name to enable stickiness of type 'app_cookie'"},
    {name_reserved, RULE_ELB_ATTR_16,
     "The application cookie name cannot begin with 'AWSALB', 'AWSALBAPP' or 'AWSALBTG'"},
    {sticky_over_tls, RULE_ELB_ATTR_04,
     "You cannot enable stickiness on target groups with the TLS protocol"},
    {failovers_differ, RULE_ELB_ATTR_24,
     "The values of 'target_failover.on_deregistration' and 'target_failover.on_unhealthy' must be "
     "the same"},
    {resets_with_rebalance, RULE_ELB_ATTR_25,
     "TCP resets are not supported with the target failover 'rebalance'"},
    {resets_with_stickiness, RULE_ELB_ATTR_25,
     "TCP resets are not supported with stickiness enabled"},
    {draining_with_termination, RULE_ELB_ATTR_22,
     "A draining interval of unhealthy targets needs their connection termination disabled"},
    {thresholds_crossed, RULE_ELB_ATTR_31,
     "A DNS failover threshold cannot be lower than the unhealthy state routing threshold"},
    {optimizer_elsewhere, RULE_ELB_TG_11,
     "A target control port is only supported for target groups with the HTTP and HTTPS protocols"},
    {optimizer_out_of_turn, RULE_ELB_TG_11,
     "Target groups with a target control port only support the 'round_robin' algorithm"},
    {optimizer_sticky, RULE_ELB_TG_11,
     "Stickiness is not supported for target groups with a target control port"},
    {stickiness_misfit, RULE_ELB_ATTR_03,
     "Stickiness type '{0}' is not supported for target groups with the {1} protocol"},
};

void r53__target_group_check(const struct target_group *group, struct checker *checker)
{
    const char *type = r53__words_name(&stickiness_types, group->stickiness_type);
    const char *protocol = r53_protocol_name(group->protocol);

    for (size_t i = 0; i < sizeof(misfits) / sizeof(*misfits); i++) {
        if (misfits[i].holds(group))
            r53__breach(checker, misfits[i].rule, misfits[i].text,
                        ARGS(type, protocol, NULL, NULL, NULL, NULL, NULL, NULL));
    }
}

/* Copies */

static const struct code_range *codes_copy(struct spec *spec, const struct target_group *from)
{
    struct code_range *codes = r53__spec_alloc(spec, from->n_codes, sizeof(*codes));

    if (codes && from->n_codes)
        memcpy(codes, from->codes, from->n_codes * sizeof(*codes));
    return codes;
}

int32_t r53__target_group_copy(struct target_group **out, const struct memory *memory,
                               const struct target_group *from)
{
    struct target_group *copy = r53__object_copy(memory, from, sizeof(*copy));
    struct spec spec = r53__spec(copy ? &copy->head.arena : NULL, NULL);

    if (copy) {
        copy->arn = r53__spec_text(&spec, from->arn);
        copy->name = r53__spec_text(&spec, from->name);
        copy->vpc_id = r53__spec_text(&spec, from->vpc_id);
        copy->health_check_port = r53__spec_text(&spec, from->health_check_port);
        copy->health_check_path = r53__spec_text(&spec, from->health_check_path);
        copy->app_cookie_name = r53__spec_text(&spec, from->app_cookie_name);
        copy->codes = codes_copy(&spec, from);
    }
    if (spec.error) {
        r53__object_unref(copy);
        return spec.error;
    }
    *out = copy;
    return R53_OK;
}

/* The change door */

static int32_t group_unknown(r53_report *report, const char *arn)
{
    return r53__remark(report, &(struct remark){.code = R53_E_NOT_FOUND,
                                                .rule = RULE_ELB_VAL_20,
                                                .aws_name = "TargetGroupNotFound",
                                                .format = "One or more target groups not found",
                                                .path = arn});
}

/* ELB-TG-08: with cross-zone off a target needs a zone. */
static void zones_check(const struct target_group *group, const struct target_list *targets,
                        struct checker *checker)
{
    for (uint32_t i = 0;
         is_http(group) && group->cross_zone == R53_OPTION_OFF && targets && i < targets->n_targets;
         i++) {
        if (strcmp(targets->targets[i].zone, "all") == 0)
            r53__breach(checker, RULE_ELB_TG_08,
                        "Cross-zone load balancing cannot be disabled while target '{0}' is "
                        "registered with the Availability Zone 'all'",
                        ARGS(targets->targets[i].id, NULL, NULL, NULL, NULL, NULL, NULL, NULL));
    }
}

int32_t r53_target_group_modify_attributes(r53_cloud *cloud, const char *target_group_arn,
                                           const r53_attribute *attributes, size_t n,
                                           r53_report *report)
{
    struct checker checker = {.report = report,
                              .severity = R53_SEVERITY_ERROR,
                              .aws_name = "InvalidConfigurationRequest"};
    struct span arn = r53__span(target_group_arn);
    const struct target_group *group;
    struct target_group *copy;
    struct table *table;
    int32_t rc;

    if (!cloud || (n && !attributes))
        return r53__remark(report, &(struct remark){.format = "no cloud, or no attributes"});
    table = &cloud->tables[CLOUD_TARGET_GROUPS];
    group = r53__table_find(table, arn);
    if (!group)
        return group_unknown(report, target_group_arn);
    if (r53__target_group_copy(&copy, &cloud->memory, group) != R53_OK)
        return r53__remark_nomem(report);
    rc = r53__attributes_modify(&(struct attribute_change){&r53__target_group_attributes, copy,
                                                           &copy->head.arena,
                                                           r53__target_group_kinds(copy), report},
                                attributes, n);
    if (rc == R53_OK) {
        r53__target_group_check(copy, &checker);
        zones_check(copy, r53__table_find(&cloud->tables[CLOUD_TARGETS], arn), &checker);
        rc = checker.breaches ? R53_E_INVALID : R53_OK;
    }
    if (rc == R53_OK && r53__table_stage(table, arn, copy) != R53_OK)
        rc = r53__remark_nomem(report);
    if (rc)
        r53__object_unref(copy);
    else
        r53__table_commit(table);
    return rc;
}
