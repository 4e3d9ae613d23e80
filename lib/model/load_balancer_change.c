/* The change door of load balancers: AWS's CreateLoadBalancer. */
#include <r53/elb_change.h>

#include "base/report.h"
#include "base/sized.h"
#include "base/sized_refusal.h"
#include "model/arn.h"
#include "model/elb_quota.h"
#include "model/elb_stage.h"
#include "model/forward_walk.h"
#include "model/load_balancer_check.h"
#include "model/target_group.h"

#include <string.h>

static struct checker checker_of(r53_report *report)
{
    return (struct checker){
        .report = report, .severity = R53_SEVERITY_ERROR, .aws_name = "ValidationError"};
}

/* Create */

struct creation {
    r53_cloud *cloud;
    r53_report *report;
    const r53_load_balancer *in;
    struct load_balancer *lb; /* sealed */
};

/* ELB-LB-20: the other load balancer of this name in its account and Region, NULL: none. */
static const struct load_balancer *namesake_find(const struct creation *c)
{
    bool classic = c->lb->type == R53_LB_CLASSIC;

    for (size_t i = 0; i < c->cloud->tables[CLOUD_LOAD_BALANCERS].count; i++) {
        const struct load_balancer *other = r53__cloud_at(c->cloud, CLOUD_LOAD_BALANCERS, i, false);

        if (other && other->name[0] && (other->type == R53_LB_CLASSIC) == classic &&
            strcmp(other->name, c->lb->name) == 0 && r53__arn_together(other->arn, c->lb->arn))
            return other;
    }
    return NULL;
}

/* In whatever order. */
static bool guarded_alike(const struct load_balancer *a, const struct load_balancer *b)
{
    for (uint32_t i = 0; i < a->n_security_groups; i++) {
        bool found = false;

        for (uint32_t j = 0; j < b->n_security_groups && !found; j++)
            found = strcmp(a->security_groups[i], b->security_groups[j]) == 0;
        if (!found)
            return false;
    }
    return a->n_security_groups == b->n_security_groups;
}

/* ELB-VAL-12: what AWS's request says, which are no attributes. */
static bool asked_alike(const struct load_balancer *a, const struct load_balancer *b)
{
    bool vpcs_known = a->vpc_id[0] && b->vpc_id[0];

    for (uint32_t i = 0; i < a->n_nodes; i++) {
        if (!r53__node_find(b, a->nodes[i].zone_name))
            return false;
    }
    return a->n_nodes == b->n_nodes && a->type == b->type && a->scheme == b->scheme &&
           a->ip_address_type == b->ip_address_type && guarded_alike(a, b) &&
           !(vpcs_known && strcmp(a->vpc_id, b->vpc_id) != 0);
}

static int32_t namesake_judge(const struct creation *c, const struct load_balancer *other)
{
    if (!asked_alike(other, c->lb))
        return r53__refuse(
            c->report, R53_E_EXISTS, RULE_ELB_LB_20, "DuplicateLoadBalancerName",
            "A load balancer with the name '{0}' exists already, with other settings: "
            "'{1}'",
            c->lb->name, other->arn);
    r53__remark(c->report, &(struct remark){.severity = R53_SEVERITY_NOTE,
                                            .rule = RULE_ELB_VAL_12,
                                            .format = "the load balancer '{0}' is there already, "
                                                      "as '{1}'; nothing is changed",
                                            .args = {c->lb->name, other->arn}});
    return R53_OK;
}

static int32_t creation_judge(const struct creation *c)
{
    struct checker checker = checker_of(c->report);

    r53__load_balancer_check(&checker, c->lb, c->in);
    if (checker.breaches)
        return R53_E_INVALID;
    if (r53__cloud_find(c->cloud, CLOUD_LOAD_BALANCERS, c->lb->arn, false))
        return r53__refuse(c->report, R53_E_EXISTS, RULE_ELB_VAL_22, "",
                           "the load balancer '{0}' exists already, under another name", c->lb->arn,
                           NULL);
    return r53__quota_balancer(c->cloud, c->lb, c->report);
}

/* ELB-CLB-05: the instances of a Classic load balancer have a group under its ARN. */
static int32_t classic_stage(const struct creation *c)
{
    struct target_group *group;
    int32_t rc =
        r53__target_group_classic(&group, &c->cloud->memory, c->in, DOOR_CHANGE, c->report);

    if (rc)
        return rc;
    rc = r53__table_give(&c->cloud->tables[CLOUD_TARGET_GROUPS], r53__span(c->lb->arn), group);
    return rc ? r53__remark_nomem(c->report) : R53_OK;
}

static int32_t creation_stage(const struct creation *c)
{
    struct table *table = &c->cloud->tables[CLOUD_LOAD_BALANCERS];

    if (r53__table_give(table, r53__span(c->lb->arn), r53__object_ref(c->lb)) != R53_OK)
        return r53__remark_nomem(c->report);
    return c->lb->type == R53_LB_CLASSIC ? classic_stage(c) : R53_OK;
}

int32_t r53__load_balancer_stage(r53_cloud *cloud, const r53_load_balancer *lb, const char **arn,
                                 r53_report *report)
{
    struct creation c = {.cloud = cloud, .report = report};
    const struct load_balancer *namesake;
    r53_load_balancer in;
    int32_t rc;

    if (!r53__sized_read(&in, sizeof(in), lb))
        return r53__sized_refuse(report, "size", "load balancer", lb, sizeof(in));
    rc = r53__load_balancer_new(&c.lb, &cloud->memory, &in, DOOR_CHANGE, report);
    if (rc)
        return rc;
    c.in = &in;
    namesake = namesake_find(&c);
    rc = namesake ? namesake_judge(&c, namesake) : creation_judge(&c);
    if (rc == R53_OK && !namesake)
        rc = creation_stage(&c);
    if (rc == R53_OK)
        *arn = namesake ? namesake->arn : c.lb->arn; /* that the table keeps now */
    r53__object_unref(c.lb);
    return rc;
}

int32_t r53_load_balancer_create(r53_cloud *cloud, const r53_load_balancer *lb, r53_report *report)
{
    const char *arn;

    if (!cloud)
        return r53__remark(report, &(struct remark){.format = "no cloud given"});
    return r53__cloud_end(cloud, r53__load_balancer_stage(cloud, lb, &arn, report));
}
