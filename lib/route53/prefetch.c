#include "route53/prefetch.h"

#if defined(__GNUC__)
#define FETCH(address) __builtin_prefetch(address)
#else
#define FETCH(address) ((void)(address))
#endif

/* What a query looks for: its name, or, if that is certainly missing, the name above it. */
struct sought {
    const struct zone *zone;
    const struct route_query *query;
    bool is_missing;
    struct name name;
    uint32_t slot;
};

static struct sought sought_of(const struct zone *zone, const struct route_query *query)
{
    struct sought s = {zone, query, false, r53__name(&query->name), 0};

    s.slot = (uint32_t)query->hash & zone->index_mask;
    s.is_missing = zone->index[s.slot] == 0;
    if (s.is_missing) {
        s.name = r53__name_parent(s.name);
        s.slot = (uint32_t)r53__name_hash(s.name, 0) & zone->index_mask;
    }
    return s;
}

/*
 * The owner in the slot, or in the next if the length of its name shows that it is another; NULL:
 * the slot is free.
 */
static const struct owner *owner_of(const struct sought *s)
{
    uint32_t at = s->zone->index[s->slot];
    const struct owner *owner = at ? &s->zone->owners[at - 1] : NULL;

    if (owner && owner->name_length != s->name.length) {
        at = s->zone->index[(s->slot + 1) & s->zone->index_mask];
        owner = at ? &s->zone->owners[at - 1] : NULL;
    }
    return owner;
}

static void fetch_slot(const struct zone *zone, const struct route_query *query)
{
    FETCH(&zone->index[(uint32_t)query->hash & zone->index_mask]);
}

static void fetch_first_owner(const struct zone *zone, const struct route_query *query)
{
    struct sought s = sought_of(zone, query);

    if (s.is_missing)
        FETCH(&zone->index[s.slot]);
    else
        FETCH(&zone->owners[zone->index[s.slot] - 1]);
}

static void fetch_owner(const struct zone *zone, const struct route_query *query)
{
    struct sought s = sought_of(zone, query);
    uint32_t at = zone->index[s.slot];

    if (!s.is_missing)
        FETCH(owner_of(&s));
    else if (at)
        FETCH(&zone->owners[at - 1]);
}

static void fetch_name_and_groups(const struct zone *zone, const struct route_query *query)
{
    struct sought s = sought_of(zone, query);
    const struct owner *owner = owner_of(&s);

    if (!owner)
        return;
    FETCH(zone->heap + owner->name);
    if (s.is_missing && owner->wildcard >= 0)
        FETCH(&zone->owners[owner->wildcard]);
    else if (!s.is_missing && owner->n_groups > 0)
        FETCH(&zone->groups[owner->first_group]);
}

/* The record set that will answer, as far as a name and its type tell. */
static const struct record_set *record_of(const struct zone *zone, const struct route_query *query)
{
    struct sought s = sought_of(zone, query);
    const struct owner *owner = owner_of(&s);
    const struct group *group = NULL;
    int32_t at;

    if (owner) {
        at = s.is_missing ? owner->wildcard : (int32_t)(owner - zone->owners);
        group = r53__zone_group(zone, at, query->type);
    }
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
        fetch_slot,   fetch_first_owner, fetch_owner, fetch_name_and_groups,
        fetch_record, fetch_values};

    if (route->zone >= 0)
        steps[step](view->zones[route->zone].zone, query);
}
