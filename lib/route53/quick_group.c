#include "route53/quick_group.h"

#include "route53/policy.h"

enum {
    SHUFFLED_MAX = 16, /* values put in random order here */
    VALUE_LENGTH = 2,  /* octets in front of each value in the heap */
    IPV4_OCTETS = 4,
    IPV6_OCTETS = 16
};

/* The record set that the group's policy chooses; NULL: not covered. */
static const struct record_set *choose(const struct quick *q, const struct group *group)
{
    const struct view_zone *zone = &q->view->zones[q->zone];
    struct route_input input = {q->view, q->query, NULL};
    struct draw draw = {.seed = q->query->seed};
    struct choosing c = {&input, zone, group, &draw, q->zone, 0};
    int32_t record;

    if (group->policy != POLICY_WEIGHTED && group->policy != POLICY_FAILOVER)
        return NULL;
    record = group->policy == POLICY_WEIGHTED ? r53__weighted_choose(&c) : r53__failover_choose(&c);
    return record < 0 ? NULL : &zone->zone->record_sets[record];
}

/* Follows policies and aliases; NULL: not covered, or out of the zone, or too far. */
static const struct record_set *follow(const struct quick *q, const struct zone *zone,
                                       const struct group *group)
{
    for (int hops = 0; hops <= ALIAS_HOPS_MAX; hops++) {
        const struct record_set *set =
            group->policy == POLICY_SIMPLE ? &zone->record_sets[group->first] : choose(q, group);
        struct binding binding;

        if (!set || !(set->flags & RECORD_ALIAS)) /* R53-SIMPLE-01 */
            return set;
        binding = r53__view_binding(&q->view->zones[q->zone], set);
        if (binding.kind != BINDING_GROUP)
            return NULL;
        group = &zone->groups[binding.index];
        if (group->type != q->query->type) /* only loaded, as what it leads to would be */
            return NULL;
    }
    return NULL;
}

/* Several values in random order (R53-SIMPLE-02). */
static void put_shuffled(const struct quick *q, const struct zone *zone,
                         const struct record_set *set, const struct plain_records *records,
                         uint8_t *to)
{
    const uint8_t *values = zone->heap + set->values + VALUE_LENGTH;
    size_t stride = (size_t)records->length + VALUE_LENGTH;
    struct draw draw = {.seed = q->query->seed};
    uint64_t key = r53__values_key(zone, set);
    uint16_t order[SHUFFLED_MAX];
    uint32_t n = records->n;

    for (uint32_t i = 0; i < n; i++)
        order[i] = (uint16_t)i;
    for (uint32_t i = 0; i < n; i++)
        to =
            r53__plain_put(to, records, values + stride * r53__draw_order(&draw, key, order, n, i));
}

/* All values of address records have one length, so the i-th is found without
 * the others. */
static bool put_values(const struct quick *q, const struct zone *zone, const struct record_set *set,
                       struct writer *w)
{
    uint16_t type = q->query->type;
    struct plain_records records = {type, set->ttl, type == R53_TYPE_A ? IPV4_OCTETS : IPV6_OCTETS,
                                    set->n_values};
    uint8_t *to;

    if (set->n_values == 0 || set->n_values > SHUFFLED_MAX)
        return false;
    to = r53__writer_plain(w, &records);
    if (!to)
        return false;
    if (set->n_values == 1)
        r53__plain_put(to, &records, zone->heap + set->values + VALUE_LENGTH);
    else
        put_shuffled(q, zone, set, &records, to);
    return true;
}

bool r53__quick_group(const struct quick *q, const struct zone *zone, const struct group *group,
                      struct writer *w)
{
    const struct record_set *set = follow(q, zone, group);

    return set && put_values(q, zone, set, w);
}
