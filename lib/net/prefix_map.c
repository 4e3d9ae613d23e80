#include "net/prefix_map.h"

#include "base/sort.h"

#include <string.h>

int r53__prefix_compare(const struct prefix *a, const struct prefix *b)
{
    int order;

    if (a->address.family != b->address.family)
        return a->address.family < b->address.family ? -1 : 1;
    order = memcmp(a->address.octets, b->address.octets, sizeof(a->address.octets));
    if (order)
        return order;
    return (a->length > b->length) - (a->length < b->length);
}

/* Equal blocks in the order in which they were given: they are elements of one array. */
static int entry_compare(const void *a, const void *b)
{
    const struct prefix_entry *x = a, *y = b;
    int order = r53__prefix_compare(&x->prefix, &y->prefix);

    return order ? order : (x > y) - (x < y);
}

static bool block_contains(const struct prefix *block, const struct prefix *other)
{
    return block->length <= other->length && r53__prefix_contains(block, &other->address);
}

/*
 * The block before this one, or one around that: what is around this one can be nowhere else, for
 * blocks that end before it never come back.
 */
static int32_t parent_find(const struct prefix_entry *entries, int32_t before,
                           const struct prefix *block)
{
    while (before >= 0 && !block_contains(&entries[before].prefix, block))
        before = entries[before].parent;
    return before;
}

static uint32_t entries_fill(struct prefix_entry *entries, const void **sorted, size_t n)
{
    uint32_t count = 0;

    for (size_t i = 0; i < n; i++) {
        const struct prefix_entry *entry = sorted[i];

        if (count && r53__prefix_compare(&entries[count - 1].prefix, &entry->prefix) == 0) {
            entries[count - 1].value = entry->value;
            continue;
        }
        entries[count] = *entry;
        entries[count].parent = parent_find(entries, (int32_t)count - 1, &entry->prefix);
        count++;
    }
    return count;
}

bool r53__prefix_map_make(struct prefix_map *map, struct arena *arena,
                          const struct prefix_entry *entries, size_t n)
{
    struct prefix_entry *made;
    const void **sorted;

    *map = (struct prefix_map){NULL, 0};
    if (n == 0)
        return true;
    if (n > INT32_MAX)
        return false;
    made = r53__arena_alloc(arena, n, sizeof(*made));
    sorted = r53__alloc(&arena->memory, n, sizeof(*sorted));
    if (made && sorted) {
        for (size_t i = 0; i < n; i++)
            sorted[i] = &entries[i];
        r53__sort(sorted, n, entry_compare);
        *map = (struct prefix_map){made, entries_fill(made, sorted, n)};
    }
    r53__free(&arena->memory, sorted, n, sizeof(*sorted));
    return made && sorted;
}

int32_t r53__prefix_map_find(const struct prefix_map *map, const struct prefix *client)
{
    uint32_t low = 0, high = map->n;

    while (low < high) { /* first entry behind the client */
        uint32_t middle = low + (high - low) / 2;

        if (r53__prefix_compare(&map->entries[middle].prefix, client) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    return parent_find(map->entries, (int32_t)low - 1, client);
}
