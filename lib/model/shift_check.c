#include "model/shift_check.h"

#include "base/report.h"
#include "base/rules.h"
#include "model/forward_walk.h"
#include "model/target_group.h"

#include <string.h>

static bool within_zones(const struct target_group *group)
{
    return group->cross_zone == R53_OPTION_OFF;
}

static bool neither_tcp_nor_tls(const struct target_group *group)
{
    return group->protocol && group->protocol != R53_PROTOCOL_TCP &&
           group->protocol != R53_PROTOCOL_TLS;
}

static bool terminates(const struct target_group *group)
{
    return group->unhealthy_connection_termination;
}

static bool of_balancers(const struct target_group *group)
{
    return group->target_type == R53_TARGET_ALB;
}

/* ELB-SHIFT-07, with cross-zone balancing on. {0}: the load balancer, {1}: the group. */
static const struct {
    bool (*holds)(const struct target_group *group);
    const char *text;
} obstacles[] = {
    {within_zones, "zones of '{0}' cannot be shifted while its target group '{1}' balances within "
                   "zones only"},
    {neither_tcp_nor_tls, "zones of '{0}' cannot be shifted while the protocol of its target group "
                          "'{1}' is neither TCP nor TLS"},
    {terminates, "zones of '{0}' cannot be shifted while its target group '{1}' terminates "
                 "connections to unhealthy targets"},
    {of_balancers, "zones of '{0}' cannot be shifted while its target group '{1}' has a load "
                   "balancer as target"},
};

static void warn(r53_report *report, int32_t rule, const char *format, const char *lb,
                 const char *group)
{
    r53__remark(report, &(struct remark){.severity = R53_SEVERITY_WARNING,
                                         .rule = rule,
                                         .format = format,
                                         .args = {lb, group}});
}

/* Does a place before this one forward to the group? Then it has been told of. */
static bool seen(const r53_cloud *cloud, const struct load_balancer *lb, size_t before,
                 const char *arn)
{
    struct forward_walk walk = {.cloud = cloud, .staged = true};
    struct forward_place place;

    while (r53__forward_next(&walk, &place) && walk.at < before) {
        if (place.listener && strcmp(place.listener->load_balancer_arn, lb->arn) == 0 &&
            r53__place_forwards(&place, arn))
            return true;
    }
    return false;
}

static void group_check(const r53_cloud *cloud, const struct load_balancer *lb, const char *arn,
                        r53_report *report)
{
    const struct target_group *group = r53__cloud_find(cloud, CLOUD_TARGET_GROUPS, arn, true);

    for (size_t i = 0; group && i < sizeof(obstacles) / sizeof(*obstacles); i++) {
        if (obstacles[i].holds(group))
            warn(report, RULE_ELB_SHIFT_07, obstacles[i].text, lb->arn, arn);
    }
}

static void groups_check(const r53_cloud *cloud, const struct load_balancer *lb, r53_report *report)
{
    struct forward_walk walk = {.cloud = cloud, .staged = true};
    struct forward_place place;

    while (r53__forward_next(&walk, &place)) {
        if (!place.listener || strcmp(place.listener->load_balancer_arn, lb->arn) != 0)
            continue;
        for (uint32_t i = 0; i < place.n_actions; i++) {
            for (uint32_t j = 0; j < place.actions[i].n_groups; j++) {
                const char *arn = place.actions[i].groups[j].target_group_arn;

                if (!seen(cloud, lb, walk.at, arn))
                    group_check(cloud, lb, arn, report);
            }
        }
    }
}

void r53__shift_check(const r53_cloud *cloud, const struct load_balancer *lb, r53_report *report)
{
    if (!lb->zonal_shift)
        warn(report, RULE_ELB_LB_31,
             "zones of '{0}' cannot be shifted: its attribute 'zonal_shift.config.enabled' is not "
             "known to be true",
             lb->arn, NULL);
    if (lb->type == R53_LB_NETWORK && lb->cross_zone)
        groups_check(cloud, lb, report);
}
