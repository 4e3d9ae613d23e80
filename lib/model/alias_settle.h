/*
 * Aliases of a sealed zone that lead to a plain address in it: what they answer is put into their
 * own blocks, so that they are answered as that address is. One hop, and the value once more; all
 * other aliases are followed when they are asked for.
 */
#ifndef R53_LIB_MODEL_ALIAS_SETTLE_H
#define R53_LIB_MODEL_ALIAS_SETTLE_H

#include "model/record_set.h"

/* Is the form, a group's first, an alias that stands in a block as such? */
bool r53__alias_is_simple(const struct record_form *form);

/* May it lead to an address in the zone of this name? */
bool r53__alias_stays(const struct record_form *form, struct name zone);

/* Settles all of a zone that is whole; `heap` is its. O(details). */
void r53__aliases_settle(const struct zone *zone, uint8_t *heap);

#endif
