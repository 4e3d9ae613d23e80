/*
 * Failover: the primary while it is healthy.
 */
#include "route53/policy.h"

#include "base/events.h"
#include "base/rules.h"

static int32_t find(const struct choosing *c, int32_t role)
{
    const struct group *group = c->group;

    for (uint32_t i = group->first; i < r53__group_end(group); i++) {
        const struct zone *zone = c->zone->zone;
        const struct record_detail *detail = r53__record_detail(zone, &zone->record_sets[i]);

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
int32_t r53__failover_choose(struct choosing *c)
{
    int32_t primary = find(c, R53_FAILOVER_PRIMARY), secondary = find(c, R53_FAILOVER_SECONDARY);
    const struct record_set *sets = c->zone->zone->record_sets;

    if (primary < 0)
        return secondary < 0 ? (int32_t)c->group->first : secondary;
    if (secondary < 0 || r53__view_healthy(c->zone, &sets[primary]))
        return primary;
    return r53__view_healthy(c->zone, &sets[secondary]) ? secondary : primary;
}

void r53__failover_explain(struct choosing *c)
{
    int32_t primary = find(c, R53_FAILOVER_PRIMARY), secondary = find(c, R53_FAILOVER_SECONDARY);

    if (primary >= 0)
        r53__record_explain(c, (uint32_t)primary, RULE_R53_FAILOVER_01, EVENT_IS_PRIMARY, 0, 0);
    if (secondary >= 0)
        r53__record_explain(c, (uint32_t)secondary, RULE_R53_FAILOVER_01, EVENT_IS_SECONDARY, 0, 0);
    r53__health_explain(c);
}
