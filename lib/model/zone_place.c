/*
 * The one allocation of a sealed block: how large its parts are, in which order they lie (the
 * widest words first, so that each is aligned without padding), and the zone's pointers to them.
 */
#include "model/zone_seal.h"

/* Bits that hold any number up to n, as a mask. */
static uint32_t mask_of(size_t n)
{
    uint32_t mask = 1;

    while (mask < n)
        mask = mask << 1 | 1;
    return mask;
}

/* The smallest power of two that leaves at least a quarter of the slots free. */
static uint32_t index_slots(size_t n)
{
    uint32_t slots = 4;

    while (slots / 4 * 3 < n)
        slots *= 2;
    return slots;
}

/* Adds n * size bytes to the block's plan; returns where they begin. */
static size_t plan_add(size_t *total, bool *fits, size_t n, size_t size)
{
    size_t at = *total, bytes;

    *fits = *fits && r53__mul(n, size, &bytes) && r53__add(*total, bytes, total);
    return at;
}

/* Tells the zone its parts. */
static void zone_point(const struct sealer *s)
{
    s->zone->n_owners = (uint32_t)s->n_owners;
    s->zone->n_groups = (uint32_t)s->n_groups;
    s->zone->n_record_sets = (uint32_t)s->n_record_sets;
    s->zone->owners = s->owners;
    s->zone->groups = s->groups;
    s->zone->record_sets = s->record_sets;
    s->zone->details = s->details;
    s->zone->n_details = (uint32_t)s->n_details;
    s->zone->matches = s->matches;
    s->zone->index = s->index;
    s->zone->index_mask = s->index_mask;
    s->zone->block_mask = mask_of((size_t)(s->end_blocks / BLOCK_ALIGNMENT));
    s->zone->kept = s->kept;
    s->zone->n_kept = (uint32_t)s->n_kept;
    s->zone->heap = s->heap;
}

/* Makes the block for what was counted, and points to its parts. */
static bool block_new(struct sealer *s, const struct memory *memory,
                      const struct zone_header *header)
{
    size_t total = sizeof(struct zone), matches, details, vpcs, servers, records, owners, groups,
           index, kept, heap;
    uint32_t slots = index_slots(s->n_owners);
    bool fits = true;
    char *block;

    matches = plan_add(&total, &fits, s->has_matches ? s->n_details : 0, sizeof(*s->matches));
    details = plan_add(&total, &fits, s->n_details, sizeof(*s->details));
    vpcs = plan_add(&total, &fits, header->n_vpcs, sizeof(*s->vpcs));
    servers = plan_add(&total, &fits, header->n_name_servers, sizeof(*s->name_servers));
    records = plan_add(&total, &fits, s->n_record_sets, sizeof(*s->record_sets));
    owners = plan_add(&total, &fits, s->n_owners + 1, sizeof(*s->owners));
    groups = plan_add(&total, &fits, s->n_groups + 1, sizeof(*s->groups));
    index = plan_add(&total, &fits, slots, sizeof(*s->index));
    kept = plan_add(&total, &fits, s->n_kept, sizeof(*s->kept));
    heap = plan_add(&total, &fits, (size_t)(s->end_blocks + s->n_heap), 1);
    block = fits ? r53__object_new(memory, total) : NULL;
    if (!block)
        return false;
    s->zone = (struct zone *)(void *)block;
    s->record_sets = (struct record_set *)(void *)(block + records);
    s->details = (struct record_detail *)(void *)(block + details);
    s->matches = s->has_matches ? (struct record_match *)(void *)(block + matches) : NULL;
    s->vpcs = (r53_vpc *)(void *)(block + vpcs);
    s->name_servers = (const char **)(void *)(block + servers);
    s->owners = (struct owner *)(void *)(block + owners);
    s->groups = (struct group *)(void *)(block + groups);
    s->index = (uint32_t *)(void *)(block + index);
    s->kept = (uint32_t *)(void *)(block + kept);
    s->heap = (uint8_t *)(block + heap);
    s->index_mask = slots - 1;
    zone_point(s);
    return true;
}

int32_t r53__sealer_place(struct sealer *s, const struct memory *memory,
                          const struct zone_header *header)
{
    if (s->n_heap + s->end_blocks > UINT32_MAX || s->n_owners > INT32_MAX ||
        s->n_record_sets > INT32_MAX)
        return R53_E_LIMIT;
    return block_new(s, memory, header) ? R53_OK : R53_E_NOMEM;
}
