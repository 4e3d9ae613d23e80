/*
 * Longest-prefix match: blocks of both families in one sorted array, each knowing the next larger
 * block around it. Nested blocks form a tree; a look-up is a binary search and then a walk up that
 * tree, which callers go on with when the longest match will not do (R53-CIDR-04, R53-CIDR-06).
 *
 * Expected: from a handful to some hundred thousand blocks, made once, read often. Making it is
 * O(n log n); a look-up O(log n + depth of nesting).
 */
#ifndef R53_LIB_NET_PREFIX_MAP_H
#define R53_LIB_NET_PREFIX_MAP_H

#include "base/alloc.h"
#include "net/address.h"

struct prefix_entry {
    struct prefix prefix;
    uint32_t value; /* the caller's */
    int32_t parent; /* smallest block around it, -1: none; set by making the map */
};

struct prefix_map {
    const struct prefix_entry *entries; /* by family, address, length */
    uint32_t n;
};

/* By family, address, length: a block comes before all that lies within it. <0, 0, >0. */
int r53__prefix_compare(const struct prefix *a, const struct prefix *b);

/*
 * Makes a map of the entries, which are copied to the arena; of equal blocks the last one given
 * stays. false: no memory.
 */
bool r53__prefix_map_make(struct prefix_map *map, struct arena *arena,
                          const struct prefix_entry *entries, size_t n);

/* The longest block that contains the whole of `client` (R53-CIDR-03), or -1. */
int32_t r53__prefix_map_find(const struct prefix_map *map, const struct prefix *client);

#endif
