/*
 * Listings of what an import says apart from load balancers and targets: addresses of nodes and
 * zones of instances. Whose they are is the key that they stand under.
 */
#include "model/describe.h"
#include "model/elb_listing.h"

/* Room for `n` items and all objects of the kind. */
static bool room_make(r53_elb_listing *listing, const struct table *table, size_t n)
{
    listing->pinned = r53__arena_alloc(&listing->arena, table->count, sizeof(*listing->pinned));
    listing->items = r53__arena_alloc(&listing->arena, n, sizeof(*listing->items));
    return !listing->arena.failed;
}

/* Node addresses: a list for each load balancer, an item for each of its zones. */

static size_t nodes_count(const struct table *table)
{
    size_t n = 0;

    for (size_t i = 0; i < table->count; i++) {
        const struct node_list *list = r53__table_at(table, (int32_t)i);

        n += list ? list->n_nodes : 0;
    }
    return n;
}

static const r53_node_addresses *node_tell(const char *load_balancer, const struct node *node,
                                           struct arena *arena)
{
    const r53_availability_zone *zone = r53__node_describe(node, arena);
    r53_node_addresses *out = r53__arena_alloc(arena, 1, sizeof(*out));

    if (!zone || !out)
        return NULL;
    *out = (r53_node_addresses){.size = sizeof(*out),
                                .load_balancer = load_balancer,
                                .zone_name = zone->zone_name,
                                .addresses = zone->addresses,
                                .n_addresses = zone->n_addresses};
    return out;
}

static void nodes_list(r53_elb_listing *listing, const struct table *table)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct node_list *list = r53__table_at(table, (int32_t)i);
        const char *id;

        if (!list)
            continue;
        id = r53__arena_text(&listing->arena, r53__table_id(table, (int32_t)i));
        listing->pinned[listing->n_pinned++] = r53__object_ref(list);
        for (uint32_t j = 0; j < list->n_nodes; j++)
            listing->items[listing->n++] = node_tell(id, &list->nodes[j], &listing->arena);
    }
}

int32_t r53_node_addresses_list(r53_elb_listing **out, const r53_cloud *cloud)
{
    struct draft d = {.cloud = out ? cloud : NULL};
    int32_t rc = r53__draft_begin(&d, CLOUD_NODES);
    const struct table *table;

    if (rc)
        return rc;
    table = &cloud->tables[CLOUD_NODES];
    if (room_make(d.listing, table, nodes_count(table)))
        nodes_list(d.listing, table);
    return r53__draft_end(&d, out);
}

const r53_node_addresses *r53_elb_listing_next_node_addresses(r53_elb_listing *listing)
{
    return r53__draft_next(listing, CLOUD_NODES);
}

/* Instances */

static const r53_instance_zone *instance_tell(const char *id, const struct instance *instance,
                                              struct arena *arena)
{
    r53_instance_zone *out = r53__arena_alloc(arena, 1, sizeof(*out));

    if (out)
        *out = (r53_instance_zone){.size = sizeof(*out),
                                   .instance_id = r53__arena_text(arena, id),
                                   .availability_zone = instance->zone_name};
    return out;
}

static void instances_list(r53_elb_listing *listing, const struct table *table)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct instance *instance = r53__table_at(table, (int32_t)i);

        if (!instance)
            continue;
        listing->pinned[listing->n_pinned++] = r53__object_ref(instance);
        listing->items[listing->n++] =
            instance_tell(r53__table_id(table, (int32_t)i), instance, &listing->arena);
    }
}

int32_t r53_instances_list(r53_elb_listing **out, const r53_cloud *cloud)
{
    struct draft d = {.cloud = out ? cloud : NULL};
    int32_t rc = r53__draft_begin(&d, CLOUD_INSTANCES);
    const struct table *table;

    if (rc)
        return rc;
    table = &cloud->tables[CLOUD_INSTANCES];
    if (room_make(d.listing, table, table->count))
        instances_list(d.listing, table);
    return r53__draft_end(&d, out);
}

const r53_instance_zone *r53_elb_listing_next_instance(r53_elb_listing *listing)
{
    return r53__draft_next(listing, CLOUD_INSTANCES);
}
