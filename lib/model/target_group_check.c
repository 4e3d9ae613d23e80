/*
 * Attributes of a target group that do not go together, or not with its protocol (ELB-ATTR-30,
 * -31): each combination is a question and a row with the sentence that AWS says.
 */
#include "model/forward_check.h"
#include "model/target_group.h"

#include <string.h>

enum { QUIC_DELAY = 300 }; /* ELB-ATTR-01 */

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

static bool speaks(const struct target_group *g, uint32_t bits)
{
    return (bits & PROTOCOL_BIT(g->protocol)) != 0;
}

static bool sticky_over_quic(const struct target_group *g)
{
    return g->stickiness_enabled && speaks(g, QUIC_BITS);
}

static bool address_hidden(const struct target_group *g)
{
    return !g->preserve_client_ip && speaks(g, UDP_BITS | QUIC_BITS);
}

static bool delay_of_quic(const struct target_group *g)
{
    return g->deregistration_delay_seconds != QUIC_DELAY && speaks(g, QUIC_BITS);
}

static bool termination_of_quic(const struct target_group *g)
{
    return g->connection_termination && speaks(g, QUIC_BITS);
}

/* Only TCP has connections to end; of TCP_UDP and TCP_QUIC AWS takes the attribute neither. */
static bool unhealthy_kept(const struct target_group *g)
{
    return !g->unhealthy_connection_termination && speaks(g, UDP_BITS | QUIC_BITS);
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

#define THRESHOLDS_CROSSED                                                                         \
    "A DNS failover threshold cannot be lower than the unhealthy state routing threshold"

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
    {sticky_over_quic, RULE_ELB_NLB_07,
     "You cannot enable stickiness on target groups with the {1} protocol"},
    {address_hidden, RULE_ELB_ATTR_19,
     "Client IP preservation cannot be disabled for target groups with the {1} protocol"},
    {delay_of_quic, RULE_ELB_ATTR_01,
     "The deregistration delay of target groups with the {1} protocol is always 300 seconds"},
    {termination_of_quic, RULE_ELB_ATTR_18,
     "Connection termination on deregistration is not supported for target groups with the {1} "
     "protocol"},
    {unhealthy_kept, RULE_ELB_ATTR_21,
     "Connection termination of unhealthy targets cannot be disabled for target groups with the "
     "{1} protocol"},
    {failovers_differ, RULE_ELB_ATTR_24,
     "The values of 'target_failover.on_deregistration' and 'target_failover.on_unhealthy' must be "
     "the same"},
    {resets_with_rebalance, RULE_ELB_ATTR_25,
     "TCP resets are not supported with the target failover 'rebalance'"},
    {resets_with_stickiness, RULE_ELB_ATTR_25,
     "TCP resets are not supported with stickiness enabled"},
    {draining_with_termination, RULE_ELB_ATTR_22,
     "A draining interval of unhealthy targets needs their connection termination disabled"},
    {thresholds_crossed, RULE_ELB_ATTR_31, THRESHOLDS_CROSSED},
    {optimizer_elsewhere, RULE_ELB_TG_11,
     "A target control port is only supported for target groups with the HTTP and HTTPS protocols"},
    {optimizer_out_of_turn, RULE_ELB_TG_11,
     "Target groups with a target control port only support the 'round_robin' algorithm"},
    {optimizer_sticky, RULE_ELB_TG_11,
     "Stickiness is not supported for target groups with a target control port"},
    {stickiness_misfit, RULE_ELB_ATTR_03,
     "Stickiness type '{0}' is not supported for target groups with the {1} protocol"},
};

void r53__dns_count_check(const struct target_group *group, struct checker *checker)
{
    if (group->dns_failover.count == 1 && group->unhealthy_routing.count > 1)
        r53__breach(checker, RULE_ELB_ATTR_31, THRESHOLDS_CROSSED, ARGS(NULL));
}

void r53__target_group_check(const struct target_group *group, struct checker *checker)
{
    const char *type = r53__words_name(&r53__stickiness_types, group->stickiness_type);
    const char *protocol = r53_protocol_name(group->protocol);

    for (size_t i = 0; i < sizeof(misfits) / sizeof(*misfits); i++) {
        if (misfits[i].holds(group))
            r53__breach(checker, misfits[i].rule, misfits[i].text,
                        ARGS(type, protocol, NULL, NULL, NULL, NULL, NULL, NULL));
    }
}
