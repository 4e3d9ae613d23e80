#include "route53/prefetch.h"

#if defined(__GNUC__)
#define FETCH(address) __builtin_prefetch(address)
#else
#define FETCH(address) ((void)(address))
#endif

static void fetch_slots(const struct ahead *ahead, size_t n)
{
    for (size_t i = 0; i < n; i++)
        FETCH(&ahead[i].zone->index[(uint32_t)ahead[i].hash & ahead[i].zone->index_mask]);
}

static void fetch_owners(struct ahead *ahead, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct zone *zone = ahead[i].zone;
        uint32_t at = (uint32_t)ahead[i].hash;
        int32_t owner = r53__zone_candidate(zone, ahead[i].hash, &at);

        ahead[i].owner = owner < 0 ? NULL : &zone->owners[owner];
        FETCH(ahead[i].owner);
    }
}

static void fetch_names_and_groups(const struct ahead *ahead, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct zone *zone = ahead[i].zone;
        const struct owner *owner = ahead[i].owner;

        if (!owner)
            continue;
        FETCH(zone->heap + owner->name);
        FETCH(&zone->groups[owner->first_group]);
    }
}

static void fetch_record_sets(struct ahead *ahead, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct zone *zone = ahead[i].zone;
        const struct owner *owner = ahead[i].owner;
        const struct group *group = NULL;

        if (owner)
            group = r53__zone_group(zone, (int32_t)(owner - zone->owners), ahead[i].type);
        ahead[i].set = group ? &zone->record_sets[group->first] : NULL;
        FETCH(ahead[i].set);
    }
}

static void fetch_values(const struct ahead *ahead, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (ahead[i].set)
            FETCH(ahead[i].zone->heap + ahead[i].set->values);
    }
}

void r53__prefetch(struct ahead *ahead, size_t n)
{
    fetch_slots(ahead, n);
    fetch_owners(ahead, n);
    fetch_names_and_groups(ahead, n);
    fetch_record_sets(ahead, n);
    fetch_values(ahead, n);
}
