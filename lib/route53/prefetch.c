#include "route53/prefetch.h"

#if defined(__GNUC__)
#define FETCH(address) __builtin_prefetch(address)
#else
#define FETCH(address) ((void)(address))
#endif

static const uint32_t *slot_of(const struct zone *zone, const struct route_query *query)
{
    return &zone->index[(uint32_t)query->hash & zone->index_mask];
}

static void fetch_slot(const struct zone *zone, const struct route_query *query)
{
    FETCH(slot_of(zone, query));
}

/* The owner in the first slot, whatever its name; NULL: the slot is free. */
static const struct owner *owner_of(const struct zone *zone, const struct route_query *query)
{
    uint32_t slot = *slot_of(zone, query);

    return slot ? &zone->owners[slot - 1] : NULL;
}

static void fetch_owner(const struct zone *zone, const struct route_query *query)
{
    FETCH(owner_of(zone, query));
}

static void fetch_name_and_groups(const struct zone *zone, const struct route_query *query)
{
    const struct owner *owner = owner_of(zone, query);

    if (!owner)
        return;
    FETCH(zone->heap + owner->name);
    if (owner->n_groups > 0)
        FETCH(&zone->groups[owner->first_group]);
}

static const struct record_set *record_of(const struct zone *zone, const struct route_query *query)
{
    const struct owner *owner = owner_of(zone, query);
    const struct group *group =
        owner ? r53__zone_group(zone, (int32_t)(owner - zone->owners), query->type) : NULL;

    return group ? &zone->record_sets[group->first] : NULL;
}

static void fetch_record(const struct zone *zone, const struct route_query *query)
{
    FETCH(record_of(zone, query));
}

static void fetch_values(const struct zone *zone, const struct route_query *query)
{
    const struct record_set *set = record_of(zone, query);

    if (set && set->n_values > 0)
        FETCH(zone->heap + set->values);
}

void r53__prefetch(const r53_view *view, const struct route_query *query, const struct route *route,
                   unsigned step)
{
    static void (*const steps[PREFETCH_STEPS])(const struct zone *, const struct route_query *) = {
        fetch_slot, fetch_owner, fetch_name_and_groups, fetch_record, fetch_values};

    if (route->zone >= 0)
        steps[step](view->zones[route->zone].zone, query);
}
