#include "model/load_balancer_fit.h"

#include "base/rules.h"
#include "model/forward_check.h"
#include "model/forward_walk.h"
#include "model/rule_check.h"

#include <string.h>

/* ELB-IP-05 */
static void families_check(struct checker *checker, const r53_cloud *cloud,
                           const struct forward_site *site, const struct action *action)
{
    for (uint32_t i = 0; i < action->n_groups; i++) {
        const char *arn = action->groups[i].target_group_arn;
        const struct target_group *group = r53__cloud_find(cloud, CLOUD_TARGET_GROUPS, arn, false);

        if (group && !r53__family_fits(site->lb, group))
            r53__breach_as(checker, NULL, RULE_ELB_IP_05,
                           "The IPv6 target group '{0}' needs a dualstack load balancer", arn,
                           NULL);
    }
}

/* What is wrong with the place behind this load balancer, told to the report. */
static size_t breaches_of(const r53_cloud *cloud, const struct forward_place *place,
                          const struct load_balancer *lb, r53_report *report)
{
    struct checker checker = {.report = report,
                              .severity = R53_SEVERITY_ERROR,
                              .aws_name = "InvalidConfigurationRequest"};
    const struct forward_site site = {place->rule ? place->rule->arn : place->listener->arn, lb,
                                      place->listener};

    if (!place->rule)
        r53__listener_check(&checker, &site);
    for (uint32_t i = 0; i < place->n_actions; i++) {
        r53__forward_check(&checker, cloud, &site, &place->actions[i]);
        families_check(&checker, cloud, &site, &place->actions[i]);
    }
    return checker.breaches;
}

int32_t r53__load_balancer_fit(const r53_cloud *cloud, const struct load_balancer *before,
                               const struct load_balancer *after, r53_report *report)
{
    struct forward_walk walk = {.cloud = cloud};
    struct forward_place place;
    int32_t rc = R53_OK;

    while (r53__forward_next(&walk, &place)) {
        if (!place.listener || strcmp(place.listener->load_balancer_arn, before->arn) != 0 ||
            breaches_of(cloud, &place, after, NULL) <= breaches_of(cloud, &place, before, NULL))
            continue;
        breaches_of(cloud, &place, after, report);
        rc = R53_E_INVALID;
    }
    return rc;
}
