/* Listings of CIDR collections pin what they list; so next() needs no memory and cannot fail. */
#include <r53/cidr_collection.h>

#include "model/check.h"
#include "model/cidr_collection.h"
#include "model/cloud.h"

struct r53_cidr_listing {
    struct memory memory;
    const struct cidr_collection **collections; /* pinned */
    size_t n_collections, next_collection;
    bool of_blocks;
    uint32_t *order; /* blocks of collections[0] by location, then address */
    size_t n_blocks, next_block;
    r53_cidr_collection collection;
    r53_cidr_block block;
    char text[PREFIX_TEXT_MAX];
};

static int32_t listing_new(r53_cidr_listing **out, const r53_cloud *cloud, size_t n)
{
    r53_cidr_listing *listing = r53__alloc(&cloud->memory, 1, sizeof(*listing));

    if (!listing)
        return R53_E_NOMEM;
    listing->memory = cloud->memory;
    if (n) {
        listing->collections = r53__alloc(&cloud->memory, n, sizeof(*listing->collections));
        listing->n_collections = listing->collections ? n : 0;
    }
    *out = listing;
    return listing->n_collections == n ? R53_OK : R53_E_NOMEM;
}

void r53_cidr_listing_free(r53_cidr_listing *listing)
{
    struct memory memory;

    if (!listing)
        return;
    memory = listing->memory;
    for (size_t i = 0; i < listing->n_collections; i++)
        r53__object_unref(listing->collections[i]);
    r53__free(&memory, listing->collections, listing->n_collections, sizeof(*listing->collections));
    r53__free(&memory, listing->order, listing->n_blocks, sizeof(*listing->order));
    r53__free(&memory, listing, 1, sizeof(*listing));
}

int32_t r53_cidr_collections_list(r53_cidr_listing **out, const r53_cloud *cloud)
{
    r53_cidr_listing *listing = NULL;
    const struct table *table;
    size_t n = 0;
    int32_t err;

    if (!out || !cloud)
        return R53_E_INVALID;
    table = &cloud->tables[CLOUD_CIDR_COLLECTIONS];
    err = listing_new(&listing, cloud, table->count); /* slots, deleted ones too: room enough */
    if (err != R53_OK) {
        r53_cidr_listing_free(listing);
        return err;
    }
    for (size_t i = 0; i < table->count; i++) {
        const struct cidr_collection *collection = r53__table_at(table, (int32_t)i);

        if (collection)
            listing->collections[n++] = r53__object_ref(collection);
    }
    *out = listing;
    return R53_OK;
}

const r53_cidr_collection *r53_cidr_listing_next_collection(r53_cidr_listing *listing)
{
    /* NULLs behind the last are slots of deleted collections */
    if (!listing || listing->of_blocks || listing->next_collection == listing->n_collections ||
        !listing->collections[listing->next_collection])
        return NULL;
    r53__cidr_describe(listing->collections[listing->next_collection++], &listing->collection);
    return &listing->collection;
}

/* Counting sort by location; within one the blocks keep their order, which is by address. */
static int32_t blocks_order(r53_cidr_listing *listing, const struct cidr_collection *collection)
{
    const struct prefix_map *blocks = &collection->blocks;
    size_t n_ends = (size_t)collection->n_locations + 1;
    uint32_t *ends = r53__alloc(&listing->memory, n_ends, sizeof(*ends));

    listing->order = r53__alloc(&listing->memory, blocks->n, sizeof(*listing->order));
    listing->n_blocks = listing->order ? blocks->n : 0;
    if (ends && listing->order) {
        for (uint32_t i = 0; i < blocks->n; i++)
            ends[blocks->entries[i].value + 1]++;
        for (uint32_t i = 1; i <= collection->n_locations; i++)
            ends[i] += ends[i - 1];
        for (uint32_t i = 0; i < blocks->n; i++)
            listing->order[ends[blocks->entries[i].value]++] = i;
    }
    r53__free(&listing->memory, ends, n_ends, sizeof(*ends));
    return ends && listing->order ? R53_OK : R53_E_NOMEM;
}

int32_t r53_cidr_blocks_list(r53_cidr_listing **out, const r53_cloud *cloud,
                             const char *collection_id, r53_report *report)
{
    const struct cidr_collection *collection;
    r53_cidr_listing *listing = NULL;
    int32_t err;

    if (!out || !cloud)
        return r53__remark(report,
                           &(struct remark){.format = "no cloud or no place for the listing"});
    collection = r53__cloud_collection(cloud, collection_id, report);
    if (!collection)
        return R53_E_NOT_FOUND;
    err = listing_new(&listing, cloud, 1);
    if (err == R53_OK) {
        listing->collections[0] = r53__object_ref(collection);
        listing->of_blocks = true;
        if (collection->blocks.n)
            err = blocks_order(listing, collection);
    }
    if (err == R53_OK) {
        *out = listing;
        return R53_OK;
    }
    r53_cidr_listing_free(listing);
    return r53__remark_nomem(report);
}

const r53_cidr_block *r53_cidr_listing_next_block(r53_cidr_listing *listing)
{
    const struct cidr_collection *collection;
    const struct prefix_entry *entry;
    struct text text;

    if (!listing || !listing->of_blocks || listing->next_block == listing->n_blocks)
        return NULL;
    collection = listing->collections[0];
    entry = &collection->blocks.entries[listing->order[listing->next_block++]];
    r53__text_init(&text, listing->text, sizeof(listing->text));
    r53__prefix_put(&text, &entry->prefix);
    listing->block = (r53_cidr_block){.size = sizeof(listing->block),
                                      .location_name = collection->locations[entry->value],
                                      .cidr_block = listing->text};
    return &listing->block;
}
