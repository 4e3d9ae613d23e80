/*
 * The change door of load balancers that are there: AWS's SetSubnets, SetIpAddressType and
 * SetSecurityGroups. Each writes what is given into a copy, judges the copy and what hangs on it,
 * and puts it in place of the old one.
 */
#include <r53/elb_change.h>

#include "base/report.h"
#include "model/elb_find.h"
#include "model/load_balancer_check.h"
#include "model/load_balancer_fit.h"
#include "model/rule_check.h"

struct modification {
    r53_cloud *cloud;
    const struct load_balancer *before;
    struct load_balancer *after; /* a copy under way */
    struct spec spec;            /* that writes to it */
    struct checker checker;      /* that judges it */
};

static int32_t begin(struct modification *m, r53_cloud *cloud, const char *arn, r53_report *report)
{
    *m = (struct modification){.cloud = cloud};
    if (!cloud)
        return r53__remark(report, &(struct remark){.format = "no cloud given"});
    m->before = r53__balancer_get(cloud, arn, report);
    if (!m->before)
        return R53_E_NOT_FOUND;
    if (r53__load_balancer_copy(&m->after, &cloud->memory, m->before) != R53_OK)
        return r53__remark_nomem(report);
    m->spec = r53__spec(&m->after->head.arena, report);
    m->spec.door = DOOR_CHANGE;
    m->checker = (struct checker){
        .report = report, .severity = R53_SEVERITY_ERROR, .aws_name = "ValidationError"};
    return R53_OK;
}

/* Zones are nothing to what hangs on it. */
static bool may_misfit(const struct modification *m)
{
    return m->after->ip_address_type != m->before->ip_address_type ||
           m->after->n_security_groups != m->before->n_security_groups;
}

/* Puts the copy into the cloud if it is faultless and what hangs on it goes with it. */
static int32_t end(struct modification *m)
{
    r53_report *report = m->checker.report;
    int32_t rc = m->spec.error;

    if (rc == R53_OK && m->checker.breaches)
        rc = R53_E_INVALID;
    if (rc == R53_OK && may_misfit(m))
        rc = r53__load_balancer_fit(m->cloud, m->before, m->after, report);
    if (rc) {
        r53__object_unref(m->after);
        return rc;
    }
    rc = r53__table_put(&m->cloud->tables[CLOUD_LOAD_BALANCERS], r53__span(m->before->arn),
                        m->after);
    return rc ? r53__remark_nomem(report) : R53_OK;
}

/* Zones */

/* ELB-LB-15: a zone that stays keeps its node. */
static void nodes_keep(struct spec *spec, struct node *nodes, uint32_t n,
                       const struct load_balancer *before)
{
    for (uint32_t i = 0; i < n && !spec->error; i++) {
        const struct node *old = r53__node_find(before, nodes[i].zone_name);

        if (!old)
            continue;
        if (nodes[i].n_addresses == 0)
            r53__node_keep_addresses(spec, &nodes[i], old);
        if (!nodes[i].zone_id[0])
            nodes[i].zone_id = r53__spec_text(spec, old->zone_id);
    }
}

/* ELB-LB-14 */
static void removals_check(struct modification *m)
{
    for (uint32_t i = 0; i < m->before->n_nodes && m->before->type == R53_LB_GATEWAY; i++) {
        const char *zone = m->before->nodes[i].zone_name;

        if (!r53__node_find(m->after, zone))
            r53__breach_as(&m->checker, "InvalidConfigurationRequest", RULE_ELB_LB_14,
                           "The zone '{0}' cannot be removed from the gateway load balancer '{1}'",
                           zone, m->before->arn);
    }
}

static void zones_write(struct modification *m, const r53_availability_zone *const *zones,
                        uint32_t n)
{
    struct node *nodes = r53__nodes_read(&m->spec, zones, n);

    nodes_keep(&m->spec, nodes, n, m->before);
    m->after->nodes = nodes;
    m->after->n_nodes = n;
    if (m->spec.error)
        return;
    r53__zones_check(&m->checker, m->after);
    removals_check(m);
}

/* IP address type */

static void address_type_write(struct modification *m, int32_t type)
{
    m->after->ip_address_type = r53__spec_word(&m->spec, "IpAddressType", &r53__address_types, type,
                                               m->before->ip_address_type);
    if (!m->spec.error && type)
        r53__address_type_check(&m->checker, m->after);
}

int32_t r53_load_balancer_set_subnets(r53_cloud *cloud, const char *load_balancer_arn,
                                      const r53_availability_zone *const *zones, size_t n,
                                      int32_t ip_address_type, r53_report *report)
{
    struct modification m;
    int32_t rc;

    if (n > UINT32_MAX)
        return r53__remark(report, &(struct remark){.format = "too many zones"});
    rc = begin(&m, cloud, load_balancer_arn, report);
    if (rc)
        return rc;
    zones_write(&m, zones, (uint32_t)n);
    address_type_write(&m, ip_address_type);
    return end(&m);
}

int32_t r53_load_balancer_set_zones(r53_cloud *cloud, const char *load_balancer_arn,
                                    const r53_availability_zone *const *zones, size_t n,
                                    r53_report *report)
{
    return r53_load_balancer_set_subnets(cloud, load_balancer_arn, zones, n, 0, report);
}

int32_t r53_load_balancer_set_ip_address_type(r53_cloud *cloud, const char *load_balancer_arn,
                                              int32_t ip_address_type, r53_report *report)
{
    struct modification m;
    int32_t rc = begin(&m, cloud, load_balancer_arn, report);

    if (rc)
        return rc;
    if (ip_address_type == 0)
        r53__breach_as(&m.checker, NULL, RULE_ELB_VAL_23,
                       "An IP address type must be specified for '{0}'", m.before->arn, NULL);
    address_type_write(&m, ip_address_type);
    return end(&m);
}

/* Security groups */

/* ELB-LB-47: which kinds have any; in AWS's words. */
static void guards_check(struct modification *m, size_t n)
{
    const struct load_balancer *lb = m->before;
    const char *type = r53_load_balancer_type_name(lb->type);

    if (lb->type == R53_LB_GATEWAY)
        r53__breach_as(&m->checker, "InvalidConfigurationRequest", RULE_ELB_LB_47,
                       "SetSecurityGroups is not supported for load balancers of type '{0}'", type,
                       NULL);
    else if (lb->type == R53_LB_NETWORK && lb->n_security_groups == 0)
        r53__breach_as(&m->checker, "InvalidConfigurationRequest", RULE_ELB_LB_47,
                       "You cannot set security groups on a Network Load Balancer which was "
                       "created without any security groups.",
                       NULL, NULL);
    else if (n == 0)
        r53__breach_as(&m->checker, NULL, RULE_ELB_VAL_23,
                       "At least one security group must be specified for '{0}'", lb->arn, NULL);
}

static void guards_write(struct modification *m, const char *const *ids, size_t n, int32_t enforce)
{
    int32_t present = m->before->enforce_on_private_link ? R53_OPTION_ON : R53_OPTION_OFF;
    const r53_load_balancer in = {.size = sizeof(in),
                                  .security_groups = ids,
                                  .n_security_groups = (uint32_t)n,
                                  .enforce_security_group_inbound_rules_on_private_link_traffic =
                                      enforce ? enforce : present};

    r53__security_groups_read(&m->spec, m->after, &in);
    if (enforce && enforce != present && m->before->type != R53_LB_NETWORK)
        r53__breach_as(&m->checker, "InvalidConfigurationRequest", RULE_ELB_LB_47,
                       "Only a network load balancer enforces inbound rules on PrivateLink "
                       "traffic, which '{0}' is not",
                       m->before->arn, NULL);
}

int32_t r53_load_balancer_set_security_groups(r53_cloud *cloud, const char *load_balancer_arn,
                                              const char *const *security_groups, size_t n,
                                              int32_t enforce_on_private_link, r53_report *report)
{
    struct modification m;
    int32_t rc;

    if (n > UINT32_MAX)
        return r53__remark(report, &(struct remark){.format = "too many security groups"});
    rc = begin(&m, cloud, load_balancer_arn, report);
    if (rc)
        return rc;
    guards_check(&m, n);
    guards_write(&m, security_groups, n, enforce_on_private_link);
    return end(&m);
}
