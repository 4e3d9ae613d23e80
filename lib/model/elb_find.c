#include "model/elb_find.h"

#include "base/report.h"
#include "base/rules.h"
#include "model/forward_walk.h"

static const void *find(const r53_cloud *cloud, enum cloud_kind kind, const char *arn)
{
    return arn ? r53__cloud_find(cloud, kind, arn, false) : NULL;
}

static int32_t unknown(r53_report *report, const char *aws_name, const char *format,
                       const char *arn)
{
    return r53__refuse(report, R53_E_NOT_FOUND, RULE_ELB_VAL_20, aws_name, format, arn, NULL);
}

const struct load_balancer *r53__balancer_get(const r53_cloud *cloud, const char *arn,
                                              r53_report *report)
{
    const struct load_balancer *lb =
        arn ? r53__cloud_find(cloud, CLOUD_LOAD_BALANCERS, arn, true) : NULL;

    if (!lb)
        unknown(report, "LoadBalancerNotFound", "One or more load balancers not found: '{0}'", arn);
    return lb;
}

const struct listener *r53__listener_get(const r53_cloud *cloud, const char *arn,
                                         r53_report *report)
{
    const struct listener *listener = find(cloud, CLOUD_LISTENERS, arn);

    if (listener && listener->arn[0])
        return listener;
    r53__listener_unknown(report, arn);
    return NULL;
}

int32_t r53__listener_unknown(r53_report *report, const char *arn)
{
    return unknown(report, "ListenerNotFound", "One or more listeners not found: '{0}'", arn);
}

const struct rule *r53__rule_get(const r53_cloud *cloud, const char *arn, r53_report *report)
{
    const struct rule *rule = find(cloud, CLOUD_RULES, arn);

    if (!rule)
        unknown(report, "RuleNotFound", "One or more rules not found: '{0}'", arn);
    return rule;
}

static void group_unknown(r53_report *report, const char *arn)
{
    unknown(report, "TargetGroupNotFound", "One or more target groups not found: '{0}'", arn);
}

const struct target_group *r53__group_get(const r53_cloud *cloud, const char *arn,
                                          r53_report *report)
{
    if (!find(cloud, CLOUD_LOAD_BALANCERS, arn))
        return r53__any_group_get(cloud, arn, report);
    group_unknown(report, arn);
    return NULL;
}

const struct target_group *r53__any_group_get(const r53_cloud *cloud, const char *arn,
                                              r53_report *report)
{
    const struct target_group *group = find(cloud, CLOUD_TARGET_GROUPS, arn);

    if (!group)
        group_unknown(report, arn);
    return group;
}
