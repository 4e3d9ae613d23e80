/*
 * The end of a load balancer: AWS's DeleteLoadBalancer. With it goes all that is under it and is
 * nothing without: listeners, their rules, addresses of nodes, a Classic one's registrations.
 */
#include <r53/elb_change.h>

#include "base/report.h"
#include "base/rules.h"
#include "model/forward_walk.h"
#include "model/load_balancer.h"
#include "model/target_group.h"

#include <string.h>

static int32_t remove_at(r53_cloud *cloud, enum cloud_kind kind, size_t slot)
{
    struct table *table = &cloud->tables[kind];

    return r53__table_stage(table, r53__table_key(table, (int32_t)slot), NULL);
}

/* The group that holds the load balancer as target, NULL: none. */
static const struct target_group *holder_find(const r53_cloud *cloud, const char *arn)
{
    for (size_t i = 0; i < cloud->tables[CLOUD_TARGET_GROUPS].count; i++) {
        const struct target_group *group = r53__cloud_at(cloud, CLOUD_TARGET_GROUPS, i, false);
        const struct target_list *list =
            group ? r53__cloud_find(cloud, CLOUD_TARGETS, group->arn, false) : NULL;

        if (!list || group->target_type != R53_TARGET_ALB)
            continue;
        for (uint32_t j = 0; j < list->n_targets; j++) {
            if (!list->targets[j].draining && strcmp(list->targets[j].id, arn) == 0)
                return group;
        }
    }
    return NULL;
}

static int32_t deletion_judge(const r53_cloud *cloud, const struct load_balancer *lb,
                              r53_report *report)
{
    const struct target_group *holder = holder_find(cloud, lb->arn);

    if (lb->deletion_protection) /* ELB-LB-44, ELB-VAL-10 */
        return r53__refuse(report, R53_E_INVALID, RULE_ELB_LB_44, "OperationNotPermitted",
                           "Load balancer '{0}' cannot be deleted because deletion protection is "
                           "enabled",
                           lb->arn, NULL);
    if (!holder)
        return R53_OK;
    return r53__refuse(report, R53_E_INVALID, RULE_ELB_VAL_10, "ResourceInUse",
                       "Load balancer '{0}' cannot be deleted because it is a target of '{1}'",
                       lb->arn, holder->arn);
}

static const struct listener *listener_of(const r53_cloud *cloud, const struct rule *rule)
{
    return r53__cloud_find(cloud, CLOUD_LISTENERS, rule->listener_arn, false);
}

/* ELB-VAL-10: listeners, and rules of them. */
static int32_t listeners_stage(r53_cloud *cloud, const struct load_balancer *lb)
{
    int32_t rc = R53_OK;

    for (size_t i = 0; i < cloud->tables[CLOUD_LISTENERS].count && rc == R53_OK; i++) {
        const struct listener *listener = r53__cloud_at(cloud, CLOUD_LISTENERS, i, false);

        if (listener && strcmp(listener->load_balancer_arn, lb->arn) == 0)
            rc = remove_at(cloud, CLOUD_LISTENERS, i);
    }
    for (size_t i = 0; i < cloud->tables[CLOUD_RULES].count && rc == R53_OK; i++) {
        const struct rule *rule = r53__cloud_at(cloud, CLOUD_RULES, i, false);
        const struct listener *listener = rule ? listener_of(cloud, rule) : NULL;

        if (listener && strcmp(listener->load_balancer_arn, lb->arn) == 0)
            rc = remove_at(cloud, CLOUD_RULES, i);
    }
    return rc;
}

/* Addresses that were told apart, under its ARN or its DNS name. */
static int32_t nodes_stage(r53_cloud *cloud, const struct load_balancer *lb)
{
    int32_t rc = R53_OK;

    for (size_t i = 0; i < cloud->tables[CLOUD_NODES].count && rc == R53_OK; i++) {
        struct span id = r53__table_key(&cloud->tables[CLOUD_NODES], (int32_t)i);
        struct name_buffer name;

        if (r53__span_is(id, lb->arn) ||
            (lb->dns_name.length && r53__name_parse(&name, id) == NAME_OK &&
             r53__name_equal(r53__name(&name), lb->dns_name)))
            rc = remove_at(cloud, CLOUD_NODES, i);
    }
    return rc;
}

static int32_t deletion_stage(r53_cloud *cloud, const struct load_balancer *lb)
{
    struct span arn = r53__span(lb->arn);
    int32_t rc = listeners_stage(cloud, lb);

    if (rc == R53_OK)
        rc = nodes_stage(cloud, lb);
    if (rc == R53_OK && lb->type == R53_LB_CLASSIC) /* its instances' group */
        rc = r53__target_group_remove(cloud, lb->arn);
    return rc ? rc : r53__table_stage(&cloud->tables[CLOUD_LOAD_BALANCERS], arn, NULL);
}

int32_t r53_load_balancer_delete(r53_cloud *cloud, const char *load_balancer_arn,
                                 r53_report *report)
{
    const struct load_balancer *lb;
    int32_t rc;

    if (!cloud || !load_balancer_arn || !*load_balancer_arn)
        return r53__remark(report, &(struct remark){.format = "no cloud, or no ARN"});
    lb = r53__cloud_find(cloud, CLOUD_LOAD_BALANCERS, load_balancer_arn, false);
    if (!lb) {
        r53__remark(report, &(struct remark){.severity = R53_SEVERITY_NOTE,
                                             .rule = RULE_ELB_VAL_10,
                                             .format = "there is no load balancer '{0}'; deleting "
                                                       "it again is no error",
                                             .args = {load_balancer_arn}});
        return R53_OK;
    }
    rc = deletion_judge(cloud, lb, report);
    if (rc)
        return rc;
    rc = deletion_stage(cloud, lb);
    return r53__cloud_end(cloud, rc ? r53__remark_nomem(report) : R53_OK);
}
