#include "view/failover.h"

int32_t r53__failover_find(const struct zone *zone, const struct group *group, int32_t role)
{
    for (uint32_t i = group->first; i < r53__group_end(group); i++) {
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
int32_t r53__failover_settle(const struct view_zone *zone, const struct group *group)
{
    int32_t primary = r53__failover_find(zone->zone, group, R53_FAILOVER_PRIMARY);
    int32_t secondary = r53__failover_find(zone->zone, group, R53_FAILOVER_SECONDARY);
    const struct record_set *sets = zone->zone->record_sets;

    if (primary < 0)
        return secondary < 0 ? (int32_t)group->first : secondary;
    if (secondary < 0 || r53__view_healthy(zone, &sets[primary]))
        return primary;
    return r53__view_healthy(zone, &sets[secondary]) ? secondary : primary;
}
