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

const struct policy_ops r53__policies[POLICIES] = {
    [POLICY_SIMPLE] = {"simple", RULE_R53_SIMPLE_01, simple_choose},
    [POLICY_WEIGHTED] = {"weighted", RULE_NONE, NULL},
    [POLICY_LATENCY] = {"latency", RULE_NONE, NULL},
    [POLICY_FAILOVER] = {"failover", RULE_NONE, NULL},
    [POLICY_GEOLOCATION] = {"geolocation", RULE_NONE, NULL},
    [POLICY_GEOPROXIMITY] = {"geoproximity", RULE_NONE, NULL},
    [POLICY_MULTIVALUE] = {"multivalue answer", RULE_NONE, NULL},
    [POLICY_CIDR] = {"IP-based", RULE_NONE, NULL},
    [POLICY_AZ_AFFINITY] = {"AZ affinity", RULE_NONE, NULL},
};

int32_t r53__route_record(const struct route_input *input, struct route *route, struct draw *draw)
{
    const struct view_zone *zone = &input->view->zones[route->zone];
    const struct group *group = &zone->zone->groups[route->group];
    const struct policy_ops *policy = &r53__policies[group->policy];

    if (!policy->choose)
        return R53_E_UNSUPPORTED;
    route->record = policy->choose(input, zone, group, draw);
    r53__trace(input->trace, policy->rule, EVENT_RECORD_CHOSEN, route->zone, route->record, 0, 0);
    route->stage = ROUTE_ALIAS;
    return R53_OK;
}
