#include "view/client_tables.h"

#include "base/sort.h"

#include <string.h>

/* Blocks of one table on their way into a map. */
struct blocks {
    struct prefix_entry *entries; /* value: index of the object */
    uint32_t n;
};

static bool places_prepare(struct client_tables *tables, struct arena *arena,
                           const struct table *observed);
static bool latencies_prepare(struct client_tables *tables, struct arena *arena,
                              const struct table *observed);

bool r53__client_tables_prepare(struct client_tables *tables, struct arena *arena,
                                const r53_observed *observed)
{
    *tables = (struct client_tables){.n_named = 0};
    if (!observed)
        return true;
    return places_prepare(tables, arena, &observed->tables[OBSERVED_PLACES]) &&
           latencies_prepare(tables, arena, &observed->tables[OBSERVED_LATENCIES]);
}

static void blocks_add(struct blocks *blocks, const struct prefix *prefix)
{
    blocks->entries[blocks->n] = (struct prefix_entry){.prefix = *prefix, .value = blocks->n};
    blocks->n++;
}

/* The map is made of a list of its own, which is no longer needed then. */
static bool blocks_map(struct blocks *blocks, size_t room, struct prefix_map *map,
                       struct arena *arena)
{
    bool made = r53__prefix_map_make(map, arena, blocks->entries, blocks->n);

    r53__free(&arena->memory, blocks->entries, room, sizeof(*blocks->entries));
    return made;
}

static bool places_prepare(struct client_tables *tables, struct arena *arena,
                           const struct table *observed)
{
    size_t room = observed->count;
    struct blocks blocks = {NULL, 0};

    if (room == 0)
        return true;
    tables->places = r53__arena_alloc(arena, room, sizeof(*tables->places));
    if (tables->places)
        blocks.entries = r53__alloc(&arena->memory, room, sizeof(*blocks.entries));
    if (!blocks.entries)
        return false;
    for (size_t i = 0; i < room; i++) {
        const struct observed_place *place = r53__table_at(observed, (int32_t)i);

        if (!place)
            continue;
        tables->places[blocks.n] = place;
        blocks_add(&blocks, &place->prefix);
    }
    return blocks_map(&blocks, room, &tables->place_map, arena);
}

static int client_compare(const void *a, const void *b)
{
    const struct latency_list *x = a, *y = b;

    return strcmp(x->client, y->client);
}

static bool latencies_prepare(struct client_tables *tables, struct arena *arena,
                              const struct table *observed)
{
    size_t room = observed->count;
    struct blocks blocks = {NULL, 0};

    if (room == 0)
        return true;
    tables->latencies = r53__arena_alloc(arena, room, sizeof(*tables->latencies));
    tables->named = r53__arena_alloc(arena, room, sizeof(*tables->named));
    if (tables->latencies && tables->named)
        blocks.entries = r53__alloc(&arena->memory, room, sizeof(*blocks.entries));
    if (!blocks.entries)
        return false;
    for (size_t i = 0; i < room; i++) {
        const struct latency_list *list = r53__table_at(observed, (int32_t)i);

        if (list && list->prefix.address.family == ADDRESS_NONE) {
            tables->named[tables->n_named++] = list;
        } else if (list) {
            tables->latencies[blocks.n] = list;
            blocks_add(&blocks, &list->prefix);
        }
    }
    r53__sort(tables->named, tables->n_named, client_compare);
    return blocks_map(&blocks, room, &tables->latency_map, arena);
}

/* Index of the object whose block is the longest around the client's, or -1. */
static int32_t block_find(const struct prefix_map *map, const struct prefix *client)
{
    int32_t entry = -1;

    if (client->address.family != ADDRESS_NONE)
        entry = r53__prefix_map_find(map, client);
    return entry < 0 ? -1 : (int32_t)map->entries[entry].value;
}

const struct observed_place *r53__client_tables_place(const struct client_tables *tables,
                                                      const struct prefix *client)
{
    int32_t found = block_find(&tables->place_map, client);

    return found < 0 ? NULL : tables->places[found];
}

const struct latency_list *r53__client_tables_latency(const struct client_tables *tables,
                                                      const struct prefix *client)
{
    int32_t found = block_find(&tables->latency_map, client);

    return found < 0 ? NULL : tables->latencies[found];
}

const struct latency_list *r53__client_tables_named(const struct client_tables *tables,
                                                    const char *client)
{
    uint32_t low = 0, high = tables->n_named;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct latency_list *list = tables->named[middle];
        int order = strcmp(list->client, client);

        if (order == 0)
            return list;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}
