#include "view/negative.h"

#include <string.h>

enum { SOA_NUMBERS = 20 }; /* octets of the five numbers at the end of SOA rdata */

const struct record_set *r53__negative_soa(const struct zone *zone)
{
    const struct group *group = r53__zone_group(zone, 0, R53_TYPE_SOA);
    const struct record_set *set = group ? &zone->record_sets[group->first] : NULL;

    return set && !(set->flags & RECORD_ALIAS) && set->n_values > 0 ? set : NULL;
}

static uint32_t read_u32(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

uint32_t r53__negative_ttl(const struct zone *zone, const struct record_set *soa)
{
    struct rdata value = r53__record_value(zone, soa, 0);
    uint32_t minimum =
        value.length >= SOA_NUMBERS ? read_u32(value.octets + value.length - 4) : soa->ttl;

    return soa->ttl < minimum ? soa->ttl : minimum;
}

/* Several values, which only a loaded zone can have, are left to the writer. */
static bool zone_prepare(r53_view *view, struct view_zone *zone)
{
    const struct record_set *soa = r53__negative_soa(zone->zone);
    uint8_t octets[PREPARED_MAX];
    struct prepared prepared;
    struct rdata value;
    void *kept;

    if (!soa || soa->n_values != 1)
        return true;
    value = r53__record_value(zone->zone, soa, 0);
    if (value.length < SOA_NUMBERS ||
        !r53__prepared_make(&prepared, octets,
                            &(struct prepared_soa){zone->zone->name,
                                                   r53__negative_ttl(zone->zone, soa), value.octets,
                                                   value.length}))
        return true;
    kept = r53__arena_alloc(&view->arena, prepared.length, 1);
    if (!kept)
        return false;
    memcpy(kept, octets, prepared.length);
    prepared.octets = kept;
    zone->negative = prepared;
    return true;
}

bool r53__negatives_prepare(r53_view *view)
{
    for (uint32_t i = 0; i < view->n_zones; i++) {
        if (!zone_prepare(view, &view->zones[i]))
            return false;
    }
    return true;
}
