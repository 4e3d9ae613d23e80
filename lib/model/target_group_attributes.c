/*
 * The attributes of target groups (ELB-ATTR): the table of keys, what depends on the protocol, and
 * AWS's ModifyTargetGroupAttributes. What does not go together is judged in target_group_check.c.
 */
#include "base/report.h"
#include "model/elb_find.h"
#include "model/forward_walk.h"

#include <string.h>

enum { COOKIE_SECONDS_MAX = 604800, DRAINING_SECONDS_MAX = 360000 };

#define DNS_COUNT "target_group_health.dns_failover.minimum_healthy_targets.count"

#define GROUP_BALANCED (GROUP_HTTP | GROUP_NETWORK)
#define GROUP_DELAYED  (GROUP_HTTP | GROUP_NETWORK | GROUP_GATEWAY | GROUP_CLASSIC) /* ELB-CLB-10  \
                                                                                     */
#define GROUP_COOKIE (GROUP_HTTP | GROUP_LAMBDA)

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

const struct words r53__stickiness_types = WORDS("a type of stickiness", stickiness_names);
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
    WORD(RULE_ELB_ATTR_03, "stickiness.type", GROUP_ANY, 0, &r53__stickiness_types, 1,
         GIVEN(stickiness_type), MEMBER(stickiness_type)),
    WORD(RULE_ELB_ATTR_06, "load_balancing.cross_zone.enabled", GROUP_BALANCED, 0, &cross_zones, 0,
         NO_MEMBER, MEMBER(cross_zone)),
    NUMBER(RULE_ELB_ATTR_07, DNS_COUNT, GROUP_BALANCED, 1, 1, INT32_MAX, "off", NO_MEMBER,
           MEMBER(dns_failover.count)),
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
}

void r53__target_group_fix(struct target_group *group)
{
    if (protocol_in(group, UDP_BASED | QUIC_BASED))
        group->preserve_client_ip = true; /* ELB-ATTR-19 */
    if (protocol_in(group, QUIC_BASED)) {
        group->deregistration_delay_seconds = 300; /* ELB-ATTR-01 */
        group->connection_termination = false;     /* ELB-ATTR-18 */
    }
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

/* ELB-TG-08: with cross-zone off a target needs a zone. */
static void zones_check(const struct target_group *group, const struct target_list *targets,
                        struct checker *checker)
{
    if (!targets || group->cross_zone != R53_OPTION_OFF ||
        r53__target_group_kinds(group) != GROUP_HTTP)
        return;
    for (uint32_t i = 0; i < targets->n_targets; i++) {
        if (strcmp(targets->targets[i].zone, "all") == 0)
            r53__breach(checker, RULE_ELB_TG_08,
                        "Cross-zone load balancing cannot be disabled while target '{0}' is "
                        "registered with the Availability Zone 'all'",
                        ARGS(targets->targets[i].id, NULL, NULL, NULL, NULL, NULL, NULL, NULL));
    }
}

/* Has an action of the place several groups, this one among them, and binds clients to none? */
static bool mixes_unbound(const struct forward_place *place, const char *arn)
{
    for (uint32_t i = 0; i < place->n_actions; i++) {
        const struct action *action = &place->actions[i];

        for (uint32_t k = 0; action->n_groups > 1 && !action->sticky && k < action->n_groups; k++) {
            if (strcmp(action->groups[k].target_group_arn, arn) == 0)
                return true;
        }
    }
    return false;
}

/* ELB-ALB-ACT-08, ELB-LSN-22: who is bound to a target has to come back to its group. */
static void company_check(const r53_cloud *cloud, const struct target_group *group,
                          struct checker *checker)
{
    bool network = r53__target_group_kinds(group) == GROUP_NETWORK;
    struct forward_walk walk = {.cloud = cloud};
    struct forward_place place;

    while (r53__forward_next(&walk, &place)) {
        if (mixes_unbound(&place, group->arn))
            r53__breach(checker, network ? RULE_ELB_LSN_22 : RULE_ELB_ALB_ACT_08,
                        "This target group appears behind a rule with group stickiness disabled "
                        "({0}). You must enable group stickiness before enabling target stickiness",
                        ARGS(place.rule ? place.rule->arn : place.listener->arn, NULL, NULL, NULL,
                             NULL, NULL, NULL, NULL));
    }
}

static bool says_dns_count(const r53_attribute *attributes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (r53__text_equal(attributes[i].key, DNS_COUNT))
            return true;
    }
    return false;
}

/* The instances of a Classic load balancer are a group under its ARN. */
static uint32_t kinds_of(const r53_cloud *cloud, const struct target_group *group)
{
    return r53__table_find(&cloud->tables[CLOUD_LOAD_BALANCERS], r53__span(group->arn))
               ? GROUP_CLASSIC
               : r53__target_group_kinds(group);
}

/* R53_OK, R53_E_INVALID, told. */
static int32_t change_judge(const r53_cloud *cloud, const struct target_group *before,
                            const struct target_group *group, bool dns_count_said,
                            r53_report *report)
{
    struct checker checker = {.report = report,
                              .severity = R53_SEVERITY_ERROR,
                              .aws_name = "InvalidConfigurationRequest"};

    r53__target_group_check(group, &checker);
    if (dns_count_said)
        r53__dns_count_check(group, &checker);
    zones_check(group, r53__table_find(&cloud->tables[CLOUD_TARGETS], r53__span(group->arn)),
                &checker);
    if (group->stickiness_enabled && !before->stickiness_enabled)
        company_check(cloud, group, &checker);
    return checker.breaches ? R53_E_INVALID : R53_OK;
}

int32_t r53_target_group_modify_attributes(r53_cloud *cloud, const char *target_group_arn,
                                           const r53_attribute *attributes, size_t n,
                                           r53_report *report)
{
    const struct target_group *group;
    struct target_group *copy;
    int32_t rc;

    if (!cloud || (n && !attributes))
        return r53__remark(report, &(struct remark){.format = "no cloud, or no attributes"});
    group = r53__any_group_get(cloud, target_group_arn, report);
    if (!group)
        return R53_E_NOT_FOUND;
    if (r53__target_group_copy(&copy, &cloud->memory, group) != R53_OK)
        return r53__remark_nomem(report);
    rc = r53__attributes_modify(&(struct attribute_change){&r53__target_group_attributes, copy,
                                                           &copy->head.arena,
                                                           kinds_of(cloud, group), report},
                                attributes, n);
    if (rc == R53_OK)
        rc = change_judge(cloud, group, copy, says_dns_count(attributes, n), report);
    if (rc) {
        r53__object_unref(copy);
        return rc;
    }
    rc = r53__table_put(&cloud->tables[CLOUD_TARGET_GROUPS], r53__span(group->arn), copy);
    return rc ? r53__remark_nomem(report) : R53_OK;
}
