#include "view/collections.h"

#include "model/cidr_collection.h"
#include "model/match.h"

#include <string.h>

uint64_t r53__location_code(const struct view_zone *zone, const struct record_set *set)
{
    const struct record_set *first = &zone->zone->record_sets[zone->zone->groups[set->group].first];
    const struct record_detail *detail = r53__record_detail(zone->zone, set),
                               *of_group = r53__record_detail(zone->zone, first);
    const struct cidr_collection *collection;
    int32_t location = -1;

    if (!of_group || strcmp(detail->cidr_collection_id, of_group->cidr_collection_id) != 0)
        return MATCH_NOBODY;
    if (strcmp(detail->cidr_location_name, "*") == 0)
        return LOCATION_DEFAULT;
    collection = zone->collections[first->detail];
    if (collection)
        location = r53__cidr_location(collection, detail->cidr_location_name);
    return location < 0 ? MATCH_NOBODY : (uint64_t)location + LOCATION_FIRST;
}

/* Details of a zone bound to their collections; NULL: no memory, or none is IP-based. */
static const struct cidr_collection **collections_of(const struct zone *zone, struct arena *arena,
                                                     const struct table *known)
{
    const struct cidr_collection **found = NULL;

    for (uint32_t i = 0; i < zone->n_details; i++) {
        const char *id = zone->details[i].cidr_collection_id;

        if (!*id && !*zone->details[i].cidr_location_name)
            continue;
        if (!found)
            found = r53__arena_alloc(arena, zone->n_details, sizeof(*found));
        if (!found)
            return NULL;
        found[i] = r53__table_find(known, r53__span(id)); /* R53-CIDR-01 */
    }
    return found;
}

/* Details of a group that is not mixed lie together, in the order of its record sets. */
static void locations_fill(const struct view_zone *vz, struct record_match *locations)
{
    const struct zone *zone = vz->zone;

    for (uint32_t i = 0; i < zone->n_details; i++) {
        uint32_t record = zone->details[i].record_set;
        const struct group *group = &zone->groups[zone->record_sets[record].group];

        if (group->policy != POLICY_CIDR || group->mixed)
            continue;
        locations[i] = (struct record_match){
            .code = r53__location_code(vz, &zone->record_sets[record]), .record = record};
        if (record + 1 == r53__group_end(group))
            r53__matches_sort(&locations[i + 1 - r53__group_size(group)], r53__group_size(group));
    }
}

static bool zone_bind(r53_view *view, struct view_zone *vz, const struct table *known)
{
    struct record_match *locations;

    vz->collections = collections_of(vz->zone, &view->arena, known);
    if (view->arena.failed || !vz->collections)
        return !view->arena.failed;
    locations = r53__arena_alloc(&view->arena, vz->zone->n_details, sizeof(*locations));
    if (!locations)
        return false;
    locations_fill(vz, locations);
    vz->locations = locations;
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
