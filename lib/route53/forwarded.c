#include "route53/forwarded.h"

#include "base/events.h"
#include "base/rules.h"

static bool zone_is_closer(const struct route_input *input, const struct route *route,
                           const struct vpc_rule *rule)
{
    return route->zone >= 0 &&
           r53__name_labels(input->view->zones[route->zone].zone->name) > rule->labels;
}

bool r53__forwarded_find(const struct route_input *input, struct route *route)
{
    const struct vpc_table *vpcs = &input->view->vpcs;
    int32_t at = r53__vpc_rule_find(vpcs, input->query->vpc_id, r53__name(&input->query->name));
    bool forwards = at >= 0 && vpcs->rules[at].rule->type == R53_RESOLVER_FORWARD;

    if (at < 0)
        return false;
    if (zone_is_closer(input, route, &vpcs->rules[at])) {
        if (forwards)
            r53__trace(input->trace, RULE_R53_PRIV_08, EVENT_RESOLVER_RULE_PASSED_OVER, at,
                       route->zone, 0, 0);
        return false;
    }
    r53__trace(input->trace, RULE_R53_PRIV_08,
               forwards ? EVENT_FORWARDED : EVENT_RESOLVER_RULE_SYSTEM, at, 0, 0, 0);
    if (!forwards)
        return false;
    route->zone = -1;
    r53__route_end(route, R53_DISPOSITION_FORWARDED, RULE_R53_PRIV_08);
    return true;
}
