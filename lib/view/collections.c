#include "view/collections.h"

#include "model/cidr_collection.h"

static bool zone_bind(r53_view *view, struct view_zone *vz, const struct table *known)
{
    const struct zone *zone = vz->zone;
    const struct cidr_collection **found = NULL;

    for (uint32_t i = 0; i < zone->n_details; i++) {
        const char *id = zone->details[i].cidr_collection_id;

        if (!*id)
            continue;
        if (!found)
            found = r53__arena_alloc(&view->arena, zone->n_details, sizeof(*found));
        if (!found)
            return false;
        found[i] = r53__table_find(known, r53__span(id)); /* R53-CIDR-01 */
    }
    vz->collections = found;
    return true;
}

bool r53__collections_prepare(r53_view *view, const r53_cloud *cloud)
{
    const struct table *known = &cloud->tables[CLOUD_CIDR_COLLECTIONS];

    for (uint32_t i = 0; i < view->n_zones; i++) {
        if (!zone_bind(view, &view->zones[i], known))
            return false;
    }
    return true;
}
