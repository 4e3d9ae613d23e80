/*
 * IP-based: the location whose block is the longest around the client's prefix. Blocks of locations
 * that the group has no record set for do not count (R53-CIDR-04), so the walk goes on to the block
 * around them; unhealthy ones are passed likewise (R53-CIDR-06).
 */
#include "route53/policy_order.h"

#include "base/events.h"
#include "base/rules.h"
#include "model/cidr_collection.h"
#include "view/collections.h"

/* R53-CIDR-01: all of a group name the same collection. */
static const struct record_set *first_set(const struct choosing *c)
{
    return &c->zone->zone->record_sets[c->group->first];
}

static const struct cidr_collection *collection_of(const struct choosing *c)
{
    const struct cidr_collection *const *collections = c->zone->collections;

    return collections ? collections[first_set(c)->detail] : NULL;
}

static uint64_t code(const struct choosing *c, uint32_t record)
{
    return r53__location_code(c->zone, &c->zone->zone->record_sets[record]);
}

/* The group's record sets by their locations. */
static const struct record_match *locations_of(const struct choosing *c)
{
    return &c->zone->locations[first_set(c)->detail];
}

/* Locations of the blocks around the client, the longest first. true: one of them settled it. */
static bool want_blocks(struct wanted_list *list, const struct prefix_map *blocks,
                        const struct prefix *prefix)
{
    bool is_scoped = list->scope > 0, is_settled = false;

    for (int32_t i = r53__prefix_map_find(blocks, prefix); i >= 0 && !is_settled;
         i = blocks->entries[i].parent) {
        const struct prefix_entry *block = &blocks->entries[i];

        is_settled =
            r53__want(list, &(struct wanted){.code = (uint64_t)block->value + LOCATION_FIRST,
                                             .extent = EXTENT_BLOCK,
                                             .bits = block->prefix.length,
                                             .scope = is_scoped ? block->prefix.length : 0});
    }
    return is_settled;
}

/*
 * R53-CIDR-03, -05: locations of the blocks around the client, the longest first, then "*". The
 * scope is the length of the block that matched, and that of the subnet if none does
 * (R53-PLACE-04); 0 when the client sent no subnet, or R53-CIDR-08 when it does not count.
 */
static void want_all(struct wanted_list *list, const struct choosing *c, struct wanted *all)
{
    const struct client *client = &c->input->query->client;
    const struct cidr_collection *collection = collection_of(c);
    int32_t scope = r53__client_scope(client, c->zone->zone);
    struct prefix prefix;

    r53__wanted_begin(list, c, locations_of(c), all, scope);
    list->code = code;
    if (collection && r53__client_prefix(client, c->zone->zone, &prefix) &&
        want_blocks(list, &collection->blocks, &prefix))
        return;
    r53__want(list, &(struct wanted){
                        .code = LOCATION_DEFAULT, .extent = EXTENT_EVERYONE, .scope = scope});
}

int32_t r53__cidr_choose(struct choosing *c)
{
    struct wanted_list list;

    if (c->group->mixed)
        return (int32_t)c->group->first;
    want_all(&list, c, NULL);
    return r53__wanted_choose(c, &list);
}

void r53__cidr_explain(struct choosing *c)
{
    struct wanted_list list;
    struct wanted all[WANTED_MAX];
    struct prefix ignored;

    if (c->group->mixed)
        return;
    if (!r53__client_prefix(&c->input->query->client, c->zone->zone, &ignored))
        r53__trace(c->input->trace, RULE_R53_CIDR_08, EVENT_CLIENT_NO_PREFIX, 0, 0, 0, 0);
    want_all(&list, c, all);
    r53__wanted_explain(c, &list);
}
