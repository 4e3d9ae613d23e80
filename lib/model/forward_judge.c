#include "model/forward_judge.h"

#include "base/report.h"
#include "base/rules.h"
#include "model/forward_walk.h"

#include <string.h>

struct judgement {
    const r53_cloud *cloud;
    const struct forward_site *site;
    bool forwards_alone; /* there is no action beside the forward one */
    r53_report *report;
};

/* {0}: the target group, {1}: the listener or rule. */
static int32_t refuse(const struct judgement *j, int32_t code, int32_t rule, const char *aws_name,
                      const char *format, const char *arn)
{
    return r53__remark(j->report, &(struct remark){.code = code,
                                                   .rule = rule,
                                                   .aws_name = aws_name,
                                                   .format = format,
                                                   .args = {arn, j->site->id}});
}

/* ELB-ALB-ACT-02, ELB-LSN-06: what groups of newer versions of HTTP ask for. */
static int32_t version_judge(const struct judgement *j, const struct target_group *group)
{
    if (group->protocol_version == R53_PROTOCOL_VERSION_HTTP1)
        return R53_OK;
    if (!j->forwards_alone)
        return refuse(j, R53_E_INVALID, RULE_ELB_ALB_ACT_02, "InvalidLoadBalancerAction",
                      "The protocol version of target group '{0}' allows forward actions only",
                      group->arn);
    if (j->site->listener->protocol != R53_PROTOCOL_HTTPS)
        return refuse(j, R53_E_INVALID, RULE_ELB_LSN_06, "InvalidConfigurationRequest",
                      "The protocol version of target group '{0}' needs an HTTPS listener",
                      group->arn);
    return R53_OK;
}

/* ELB-LSN-05, -06: protocols, and the listeners that functions and load balancers are behind. */
static int32_t protocol_judge(const struct judgement *j, const struct target_group *group)
{
    const struct listener *listener = j->site->listener;
    bool fits = r53__protocols_fit(listener, group);

    if (group->target_type == R53_TARGET_LAMBDA)
        fits = r53__listener_speaks(listener, HTTP_BITS);
    if (group->target_type == R53_TARGET_ALB)
        fits = listener->protocol == R53_PROTOCOL_TCP;
    if (fits)
        return R53_OK;
    return refuse(j, R53_E_INVALID, RULE_ELB_LSN_05, "IncompatibleProtocols",
                  "The protocol or type of target group '{0}' does not fit the listener of '{1}'",
                  group->arn);
}

/* ELB-IP-05 */
static int32_t family_judge(const struct judgement *j, const struct target_group *group)
{
    if (!j->site->lb || r53__family_fits(j->site->lb, group))
        return R53_OK;
    return refuse(j, R53_E_INVALID, RULE_ELB_IP_05, "InvalidConfigurationRequest",
                  "The IPv6 target group '{0}' needs a dualstack load balancer", group->arn);
}

/* ELB-TG-05, ELB-LIM-16 */
static int32_t user_judge(const struct judgement *j, const struct target_group *group)
{
    struct forward_walk walk = {.cloud = j->cloud, .staged = true};
    struct forward_place place;

    while (r53__forward_next(&walk, &place)) {
        if (place.listener &&
            strcmp(place.listener->load_balancer_arn, j->site->listener->load_balancer_arn) != 0 &&
            r53__place_forwards(&place, group->arn))
            return refuse(j, R53_E_LIMIT, RULE_ELB_TG_05, "TargetGroupAssociationLimit",
                          "The target group '{0}' is used by another load balancer already",
                          group->arn);
    }
    return R53_OK;
}

static int32_t group_judge(const struct judgement *j, const char *arn)
{
    static int32_t (*const judges[])(const struct judgement *, const struct target_group *) = {
        version_judge, protocol_judge, family_judge, user_judge};
    const struct target_group *group = r53__cloud_find(j->cloud, CLOUD_TARGET_GROUPS, arn, true);
    int32_t rc = R53_OK;

    /* under a load balancer's ARN stands the group of a Classic one, which is none of AWS's */
    if (!group || r53__cloud_find(j->cloud, CLOUD_LOAD_BALANCERS, arn, true))
        return refuse(j, R53_E_NOT_FOUND, RULE_ELB_VAL_20, "TargetGroupNotFound",
                      "One or more target groups not found: '{0}'", arn);
    for (size_t i = 0; i < sizeof(judges) / sizeof(*judges) && rc == R53_OK; i++)
        rc = judges[i](j, group);
    return rc;
}

static int32_t action_judge(const struct judgement *j, const struct action *action)
{
    struct checker checker = {.report = j->report,
                              .severity = R53_SEVERITY_ERROR,
                              .aws_name = "InvalidConfigurationRequest"};
    int32_t rc = R53_OK;

    for (uint32_t i = 0; i < action->n_groups && rc == R53_OK; i++)
        rc = group_judge(j, action->groups[i].target_group_arn);
    if (rc || !j->site->lb)
        return rc;
    r53__forward_check(&checker, j->cloud, j->site, action);
    return checker.breaches ? R53_E_INVALID : R53_OK;
}

int32_t r53__forwards_judge(const r53_cloud *cloud, const struct forward_site *site,
                            const struct action *actions, uint32_t n, r53_report *report)
{
    const struct judgement j = {cloud, site, n == 1, report};
    int32_t rc = R53_OK;

    for (uint32_t i = 0; i < n && rc == R53_OK; i++)
        rc = action_judge(&j, &actions[i]);
    return rc;
}
