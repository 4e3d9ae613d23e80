#include "route53/prefetch.h"

/* A name that is missing, and what there may be above it. */
struct missing {
    const struct zone *zone;
    uint64_t hash;        /* of the name without its first label */
    const uint8_t *above; /* the block of that; NULL: none */
};

/* Notes it, and fetches the slot of the name above it. That of the apex is never far away. */
static bool miss(struct missing *out, const struct ahead *ahead)
{
    const struct route_query *query = ahead->quick->query;

    if (query->labels <= ahead->zone->labels + 1)
        return false;
    out->zone = ahead->zone;
    out->hash = r53__name_hash(r53__name_parent(r53__name(&query->name)), 0);
    r53__search_fetch(out->zone, out->hash);
    return true;
}

static void fetch_above(struct missing *missing, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct search search;

        r53__search_begin(&search, missing[i].zone, missing[i].hash);
        missing[i].above = search.block;
        r53__block_fetch(search.block);
    }
}

/* Keeps those that have a wildcard, and fetches what tells where it is. Returns how many. */
static size_t fetch_owners(struct missing *missing, size_t n)
{
    size_t kept = 0;

    for (size_t i = 0; i < n; i++) {
        if (!missing[i].above || !(r53__block_flags(missing[i].above) & OWNER_WILDCARD))
            continue;
        FETCH(&missing[i].zone->owners[r53__block_owner(missing[i].above)]);
        missing[kept++] = missing[i];
    }
    return kept;
}

static void fetch_wildcards(const struct missing *missing, size_t n)
{
    for (size_t i = 0; i < n; i++)
        r53__block_fetch(r53__zone_source(missing[i].zone, missing[i].above));
}

/* The end of a group's choices, or what the view says of an alias. */
static void fetch_group(const struct quick *q, const struct block_group *group)
{
    if (r53__block_is_alias(group))
        FETCH(&q->view->zones[q->zone].bindings[r53__block_detail(group)]);
    else
        FETCH(r53__block_next(group) - 1);
}

/* What is not in the lines of the block that have been fetched. */
static void fetch_far(const struct ahead *ahead, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const uint8_t *block = ahead[i].zone ? ahead[i].search.block : NULL;
        struct block_group group;

        if (block && r53__block_flags(block) & OWNER_FAR &&
            r53__block_find(&group, block, ahead[i].quick->query->type))
            fetch_group(ahead[i].quick, &group);
    }
}

void r53__search_many(struct ahead *ahead, size_t n)
{
    struct missing missing[AHEAD_MAX];
    size_t n_missing = 0;

    for (size_t i = 0; i < n; i++) {
        if (!ahead[i].zone)
            continue;
        r53__search_begin(&ahead[i].search, ahead[i].zone, ahead[i].quick->query->hash);
        if (ahead[i].search.block)
            r53__block_fetch(ahead[i].search.block);
        else
            n_missing += miss(&missing[n_missing], &ahead[i]);
    }
    fetch_above(missing, n_missing);
    n_missing = fetch_owners(missing, n_missing);
    fetch_wildcards(missing, n_missing);
    fetch_far(ahead, n);
}
