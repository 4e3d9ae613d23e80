/*
 * The attributes of load balancers (ELB-LB-30 to -44): the table of keys, and AWS's
 * ModifyLoadBalancerAttributes.
 */
#include "base/report.h"
#include "model/elb_find.h"

#define APPLICATION (1u << R53_LB_APPLICATION)
#define NETWORK     (1u << R53_LB_NETWORK)
#define GATEWAY     (1u << R53_LB_GATEWAY)
#define CLASSIC     (1u << R53_LB_CLASSIC)
#define EVERY       (APPLICATION | NETWORK | GATEWAY)

static const char *const desync_names[] = {"monitor", "defensive", "strictest"};
static const char *const routing_names[] = {
    "any_availability_zone", "partial_availability_zone_affinity", "availability_zone_affinity"};
static const char *const header_names[] = {"append", "preserve", "remove"};

const struct words r53__desync_modes = {"a desync mitigation mode", desync_names, 3};
static const struct words routing_policies = {"a client routing policy", routing_names, 3};
static const struct words header_modes = {"a mode of header processing", header_names, 3};

#define GIVEN(name)  offsetof(r53_load_balancer, name)
#define MEMBER(name) offsetof(struct load_balancer, name)

#define SWITCH(rule, key, kinds, fallback, given, member)                                          \
    {                                                                                              \
        key, rule, kinds, ATTRIBUTE_SWITCH, fallback, 0, 0, NULL, NULL, 0, given, member           \
    }
#define NUMBER(rule, key, kinds, fallback, least, most, given, member)                             \
    {                                                                                              \
        key, rule, kinds, ATTRIBUTE_NUMBER, fallback, least, most, NULL, NULL, 0, given, member    \
    }
#define WORD(rule, key, kinds, fallback, words, given, member)                                     \
    {                                                                                              \
        key, rule, kinds, ATTRIBUTE_WORD, fallback, 0, 0, NULL, words, 1, given, member            \
    }

static const struct attribute rows[] = {
    SWITCH(RULE_ELB_LB_30, "load_balancing.cross_zone.enabled", EVERY | CLASSIC, 0, NO_MEMBER,
           MEMBER(cross_zone)),
    SWITCH(RULE_ELB_LB_31, "zonal_shift.config.enabled", APPLICATION | NETWORK, 0,
           GIVEN(zonal_shift), MEMBER(zonal_shift)),
    WORD(RULE_ELB_LB_32, "dns_record.client_routing_policy", NETWORK, R53_ROUTING_ANY_ZONE,
         &routing_policies, GIVEN(client_routing_policy), MEMBER(client_routing_policy)),
    SWITCH(RULE_ELB_LB_33, "ipv6.deny_all_igw_traffic", APPLICATION | NETWORK, 0, NO_MEMBER,
           NO_MEMBER),
    NUMBER(RULE_ELB_LB_34, "idle_timeout.timeout_seconds", APPLICATION | CLASSIC, 60, 1, 4000,
           GIVEN(idle_timeout_seconds), MEMBER(idle_timeout_seconds)),
    NUMBER(RULE_ELB_LB_35, "client_keep_alive.seconds", APPLICATION, 3600, 60, 604800, NO_MEMBER,
           NO_MEMBER),
    SWITCH(RULE_ELB_LB_36, "routing.http2.enabled", APPLICATION, 1, GIVEN(http2_enabled),
           MEMBER(http2_enabled)),
    SWITCH(RULE_ELB_LB_37, "routing.http.drop_invalid_header_fields.enabled", APPLICATION, 0,
           GIVEN(drop_invalid_header_fields), MEMBER(drop_invalid_headers)),
    SWITCH(RULE_ELB_LB_38, "routing.http.preserve_host_header.enabled", APPLICATION, 0,
           GIVEN(preserve_host_header), MEMBER(preserve_host)),
    WORD(RULE_ELB_LB_39, "routing.http.desync_mitigation_mode", APPLICATION | CLASSIC,
         R53_DESYNC_DEFENSIVE, &r53__desync_modes, GIVEN(desync_mitigation_mode),
         MEMBER(desync_mode)),
    WORD(RULE_ELB_LB_40, "routing.http.xff_header_processing.mode", APPLICATION, R53_XFF_APPEND,
         &header_modes, GIVEN(xff_header_processing_mode), MEMBER(xff_mode)),
    SWITCH(RULE_ELB_LB_41, "routing.http.xff_client_port.enabled", APPLICATION, 0,
           GIVEN(xff_client_port), MEMBER(xff_client_port)),
    SWITCH(RULE_ELB_LB_42, "waf.fail_open.enabled", APPLICATION, 0, GIVEN(waf_fail_open),
           MEMBER(waf_fail_open)),
    NUMBER(RULE_ELB_LB_43, "secondary_ips.auto_assigned.per_subnet", NETWORK, 0, 0, 7, NO_MEMBER,
           NO_MEMBER),
    SWITCH(RULE_ELB_LB_44, "deletion_protection.enabled", EVERY, 0, GIVEN(deletion_protection),
           MEMBER(deletion_protection)),
};

const struct attribute_table r53__load_balancer_attributes = {rows, sizeof(rows) / sizeof(*rows)};

void r53__load_balancer_settle(struct load_balancer *lb)
{
    if (lb->type == R53_LB_APPLICATION)
        lb->cross_zone = true; /* ELB-LB-18 */
}

static int32_t cross_zone_check(const struct load_balancer *lb, r53_report *report)
{
    if (lb->type != R53_LB_APPLICATION || lb->cross_zone)
        return R53_OK;
    return r53__remark(
        report, &(struct remark){.rule = RULE_ELB_LB_18,
                                 .aws_name = "InvalidConfigurationRequest",
                                 .format = "Cross-zone load balancing of an Application Load "
                                           "Balancer cannot be disabled; do it for the target "
                                           "group"});
}

int32_t r53_load_balancer_modify_attributes(r53_cloud *cloud, const char *load_balancer_arn,
                                            const r53_attribute *attributes, size_t n,
                                            r53_report *report)
{
    const struct load_balancer *lb;
    struct load_balancer *copy;
    int32_t rc;

    if (!cloud || (n && !attributes))
        return r53__remark(report, &(struct remark){.format = "no cloud, or no attributes"});
    lb = r53__balancer_get(cloud, load_balancer_arn, report);
    if (!lb)
        return R53_E_NOT_FOUND;
    if (r53__load_balancer_copy(&copy, &cloud->memory, lb) != R53_OK)
        return r53__remark_nomem(report);
    rc = r53__attributes_modify(&(struct attribute_change){&r53__load_balancer_attributes, copy,
                                                           &copy->head.arena, 1u << copy->type,
                                                           report},
                                attributes, n);
    if (rc == R53_OK)
        rc = cross_zone_check(copy, report);
    if (rc) {
        r53__object_unref(copy);
        return rc;
    }
    rc = r53__table_put(&cloud->tables[CLOUD_LOAD_BALANCERS], r53__span(lb->arn), copy);
    return rc ? r53__remark_nomem(report) : R53_OK;
}
