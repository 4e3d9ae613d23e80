#include "route53/policy.h"

#include "base/events.h"
#include "base/rules.h"

/* R53-SIMPLE-01: one record set, health does not matter. */
static int32_t simple_choose(const struct route_input *input, const struct view_zone *zone,
                             const struct group *group, struct draw *draw)
{
    (void)input;
    (void)zone;
    (void)draw;
    return (int32_t)group->first;
}

/* R53-WEIGHTED-02: in proportion to the weights; health is in the sums already. */
static int32_t weighted_choose(const struct route_input *input, const struct view_zone *zone,
                               const struct group *group, struct draw *draw)
{
    const struct record_set *first = &zone->zone->record_sets[group->first];

    (void)input;
    if (group->mixed || !first->detail) /* only an import can hold such a group */
        return (int32_t)group->first;
    return (int32_t)(group->first +
                     r53__draw_weighted(draw, r53__group_key(zone->zone, group),
                                        &zone->cumulative[first->detail - zone->zone->details],
                                        group->n));
}

static int32_t failover_find(const struct view_zone *zone, const struct group *group, int32_t role)
{
    for (uint32_t i = group->first; i < group->first + group->n; i++) {
        const struct record_detail *detail = zone->zone->record_sets[i].detail;

        if (detail && detail->failover == role)
            return (int32_t)i;
    }
    return -1;
}

/*
 * R53-FAILOVER-02
 *   primary    secondary   answer
 *   healthy    any         primary
 *   unhealthy  healthy     secondary
 *   unhealthy  unhealthy   primary
 *   missing    present     secondary
 *   unhealthy  missing     primary
 */
static int32_t failover_choose(const struct route_input *input, const struct view_zone *zone,
                               const struct group *group, struct draw *draw)
{
    int32_t primary = failover_find(zone, group, R53_FAILOVER_PRIMARY);
    int32_t secondary = failover_find(zone, group, R53_FAILOVER_SECONDARY);
    const struct record_set *sets = zone->zone->record_sets;

    (void)input;
    (void)draw;
    if (primary < 0)
        return secondary < 0 ? (int32_t)group->first : secondary;
    if (secondary < 0 || r53__view_healthy(zone, &sets[primary]))
        return primary;
    return r53__view_healthy(zone, &sets[secondary]) ? secondary : primary;
}

const struct policy_ops r53__policies[POLICIES] = {
    [POLICY_SIMPLE] = {"simple", RULE_R53_SIMPLE_01, simple_choose},
    [POLICY_WEIGHTED] = {"weighted", RULE_R53_WEIGHTED_02, weighted_choose},
    [POLICY_LATENCY] = {"latency", RULE_NONE, NULL},
    [POLICY_FAILOVER] = {"failover", RULE_R53_FAILOVER_02, failover_choose},
    [POLICY_GEOLOCATION] = {"geolocation", RULE_NONE, NULL},
    [POLICY_GEOPROXIMITY] = {"geoproximity", RULE_NONE, NULL},
    [POLICY_MULTIVALUE] = {"multivalue answer", RULE_NONE, NULL},
    [POLICY_CIDR] = {"IP-based", RULE_NONE, NULL},
    [POLICY_AZ_AFFINITY] = {"AZ affinity", RULE_NONE, NULL},
};

/* Why a record set may not have been chosen: not healthy, or without weight. */
static void trace_health(const struct route_input *input, int32_t zone, const struct group *group)
{
    const struct view_zone *vz = &input->view->zones[zone];
    bool any = false;

    if (!input->trace || group->policy == POLICY_SIMPLE)
        return;
    for (uint32_t i = group->first; i < group->first + group->n; i++) {
        const struct record_set *set = &vz->zone->record_sets[i];

        if (r53__view_healthy(vz, set))
            any = true;
        else
            r53__trace(input->trace,
                       set->flags & RECORD_ALIAS ? RULE_R53_HEALTH_04 : RULE_R53_HEALTH_03,
                       EVENT_RECORD_UNHEALTHY, zone, (int32_t)i, 0, 0);
    }
    if (!any)
        r53__trace(input->trace, RULE_R53_HEALTH_05, EVENT_GROUP_FAIL_OPEN, zone,
                   (int32_t)vz->zone->record_sets[group->first].group, 0, 0);
}

int32_t r53__route_record(const struct route_input *input, struct route *route, struct draw *draw)
{
    const struct view_zone *zone = &input->view->zones[route->zone];
    const struct group *group = &zone->zone->groups[route->group];
    const struct policy_ops *policy = &r53__policies[group->policy];

    if (!policy->choose)
        return R53_E_UNSUPPORTED;
    trace_health(input, route->zone, group);
    route->record = policy->choose(input, zone, group, draw);
    r53__trace(input->trace, policy->rule, EVENT_RECORD_CHOSEN, route->zone, route->record, 0, 0);
    route->stage = ROUTE_ALIAS;
    return R53_OK;
}
