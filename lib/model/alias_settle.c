/* Load: all details of a zone that is sealed, once; most are no aliases or lead elsewhere. */
#include "model/alias_settle.h"

bool r53__alias_is_simple(const struct record_form *form)
{
    uint16_t type = form->type->number;

    return form->policy == POLICY_SIMPLE && form->flags & RECORD_ALIAS && form->detail &&
           (type == R53_TYPE_A || type == R53_TYPE_AAAA);
}

bool r53__alias_stays(const struct record_form *form, struct name zone)
{
    return r53__name_is_under(form->detail->alias_name, zone);
}

size_t r53__alias_leaves(struct leaving *leaving, const struct record_detail *details, size_t next,
                         const struct record_form *form)
{
    struct name to = form->detail->alias_name;
    size_t *last = &leaving->details[r53__name_hash(to, 0) % LEAVING];

    if (*last == 0 || !r53__name_equal(details[*last - 1].alias_name, to))
        *last = next + 1;
    return *last - 1;
}

/* The group of this type at the name; false: there is none. */
static bool group_find(struct block_group *out, const struct zone *zone, struct name name,
                       uint16_t type)
{
    const uint8_t *block = r53__zone_block(zone, name, r53__name_hash(name, 0));

    return block && r53__block_find(out, block, type);
}

/* The alias that has this detail, where it stands in its block with room. */
static bool alias_find(struct block_group *out, const struct zone *zone, uint32_t detail)
{
    const struct record_set *set = &zone->record_sets[zone->details[detail].record_set];
    const struct group *group = &zone->groups[set->group];

    return set->flags & RECORD_ALIAS &&
           r53__block_find(out, zone->heap + zone->owners[group->owner].block, group->type) &&
           out->n == 0 && out->length == BLOCK_ALIAS + 1 && r53__block_detail(out) == detail;
}

void r53__aliases_settle(const struct zone *zone, uint8_t *heap)
{
    for (uint32_t i = 0; i < zone->n_details; i++) {
        struct block_group alias, target;

        if (alias_find(&alias, zone, i) &&
            group_find(&target, zone, zone->details[i].alias_name, alias.type) && target.n == 1)
            r53__block_settle(heap, (size_t)(alias.values - zone->heap), &target);
    }
}
