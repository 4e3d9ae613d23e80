/*
 * Load: every query searches; a search is one slot and a block. Ancestors are searched for only
 * when the name itself is missing, first the name above it and then by halving, for an ancestor of
 * an owner is an owner.
 */
#include "model/zone.h"

#include "base/hash.h"

#include <string.h>

const uint8_t *r53__zone_encloser(const struct zone *zone, struct name name, const uint8_t *starts,
                                  unsigned labels)
{
    unsigned have = zone->labels, missing = labels; /* `have` labels exist */
    const uint8_t *encloser = zone->heap + zone->owners[0].block;
    unsigned middle = missing - 1; /* mostly but one label is missing */

    for (; missing - have > 1; middle = have + (missing - have) / 2) {
        uint8_t start = starts[labels - middle];
        struct name suffix = {name.octets + start, name.length - start};
        const uint8_t *block = r53__zone_block(zone, suffix, r53__name_hash(suffix, 0));

        if (block) {
            have = middle;
            encloser = block;
        } else {
            missing = middle;
        }
    }
    return encloser;
}

/* R53-WILD-02, R53-WILD-10: the name itself comes first. */
void r53__zone_locate(const struct zone *zone, struct name name, unsigned labels, uint64_t hash,
                      struct location *out)
{
    const uint8_t *found = r53__zone_block(zone, name, hash), *encloser, *source;

    uint8_t starts[NAME_LABELS_MAX];

    if (!found)
        r53__name_offsets(name, starts);
    encloser = found ? found : r53__zone_encloser(zone, name, starts, labels);
    source = found ? found : r53__zone_source(zone, encloser);
    out->owner = found ? (int32_t)r53__block_owner(found) : -1;
    out->encloser = (int32_t)r53__block_owner(encloser);
    out->cut = zone->owners[out->encloser].cut;
    out->source = source ? (int32_t)r53__block_owner(source) : -1;
}

int32_t r53__zone_owner(const struct zone *zone, struct name name)
{
    const uint8_t *block = r53__zone_block(zone, name, r53__name_hash(name, 0));

    return block ? (int32_t)r53__block_owner(block) : -1;
}

struct name r53__owner_name(const struct zone *zone, int32_t owner)
{
    return r53__block_name(zone->heap + zone->owners[owner].block);
}

uint64_t r53__zone_group_key(const struct zone *zone, struct name owner, uint16_t type)
{
    return r53__mix2(zone->key, r53__hash(owner.octets, owner.length, type));
}

struct rdata r53__record_next(const struct zone *zone, uint32_t *offset)
{
    struct rdata value;

    memcpy(&value.length, zone->heap + *offset, sizeof(value.length));
    value.octets = zone->heap + *offset + sizeof(value.length);
    *offset += (uint32_t)sizeof(value.length) + value.length;
    return value;
}

struct rdata r53__record_value(const struct zone *zone, const struct record_set *set, uint32_t i)
{
    uint32_t offset = set->values;
    struct rdata value = r53__record_next(zone, &offset);

    while (i--)
        value = r53__record_next(zone, &offset);
    return value;
}

uint32_t r53__owner_first_record(const struct zone *zone, uint32_t owner)
{
    if (owner >= zone->n_owners)
        return zone->n_record_sets;
    return zone->groups[zone->owners[owner].first_group].first;
}

/* First owner in [from, n_owners) that is not before the name; gallops, then halves. */
static uint32_t owner_lower_bound(const struct zone *zone, struct name name, uint32_t from)
{
    uint32_t step = 1, to;

    while (from < zone->n_owners &&
           r53__name_compare(r53__owner_name(zone, (int32_t)from), name) < 0) {
        uint32_t next = zone->n_owners - from > step ? from + step : zone->n_owners;

        to = next;
        if (next == zone->n_owners ||
            r53__name_compare(r53__owner_name(zone, (int32_t)next), name) >= 0) {
            from++;
            while (from < to) {
                uint32_t middle = from + (to - from) / 2;

                if (r53__name_compare(r53__owner_name(zone, (int32_t)middle), name) < 0)
                    from = middle + 1;
                else
                    to = middle;
            }
            return from;
        }
        from = next;
        step *= 2;
    }
    return from;
}

uint32_t r53__zone_lower_bound(const struct zone *zone, const struct zone_key *key,
                               uint32_t *from_owner, bool *equal)
{
    uint32_t owner = owner_lower_bound(zone, key->name, *from_owner);
    uint32_t record = r53__owner_first_record(zone, owner);

    *from_owner = owner;
    *equal = false;
    if (owner == zone->n_owners ||
        !r53__name_equal(r53__owner_name(zone, (int32_t)owner), key->name))
        return record;
    for (uint32_t end = r53__owner_first_record(zone, owner + 1); record < end; record++) {
        const struct record_set *set = &zone->record_sets[record];
        const struct record_detail *detail = r53__record_detail(zone, set);
        int order = strcmp(r53__type_find(zone->groups[set->group].type)->name, key->type);

        if (order == 0)
            order = strcmp(detail ? detail->set_identifier : "", key->set_identifier);
        if (order >= 0) {
            *equal = order == 0;
            break;
        }
    }
    return record;
}
