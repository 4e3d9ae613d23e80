/*
 * Simple aliases of addresses in the blocks of their owners (model/zone_block.h).
 *
 * One that leads to a plain address of the zone is settled when the zone is whole: what it answers
 * is put into its own block, one hop, and the value once more. All others are followed when they
 * are asked for; those that leave the zone, by one detail for all that lead to the same name, since
 * there are many more aliases than names, and what the view binds a name to depends on nothing
 * else.
 */
#ifndef R53_LIB_MODEL_ALIAS_SETTLE_H
#define R53_LIB_MODEL_ALIAS_SETTLE_H

#include "model/record_set.h"

/* Is the form, a group's first, an alias that stands in a block as such? */
bool r53__alias_is_simple(const struct record_form *form);

/* May it lead to an address in the zone of this name? */
bool r53__alias_stays(const struct record_form *form, struct name zone);

enum { LEAVING = 256 }; /* names that are remembered at once */

/* What has left so far: by hashes of names, the detail of the first alias to a name, + 1. */
struct leaving {
    size_t details[LEAVING];
};

/*
 * The detail that stands for the form, which does not stay and has the `next` of the details: the
 * one of its target's name that is remembered, or from now on its own. O(1)
 */
size_t r53__alias_leaves(struct leaving *leaving, const struct record_detail *details, size_t next,
                         const struct record_form *form);

/* Settles all of a zone that is whole; `heap` is its. O(details). */
void r53__aliases_settle(const struct zone *zone, uint8_t *heap);

#endif
