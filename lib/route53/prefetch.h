/*
 * Fetching ahead what answers will read, for many queries at once: hash slot, owner, its name and
 * groups, the record set, the values. Each round over the queries reads what the one before has
 * fetched. It follows the way of by far the most queries, a name and type that exist; what it
 * guesses wrong costs a wait and no more.
 */
#ifndef R53_LIB_ROUTE53_PREFETCH_H
#define R53_LIB_ROUTE53_PREFETCH_H

#include "model/zone.h"

/* A query's look-up, as far as it has come. */
struct ahead {
    const struct zone *zone;
    uint64_t hash; /* of the name */
    uint16_t type;
    const struct owner *owner; /* that may have the name; NULL: none */
    const struct record_set *set;
};

/* Fetches for all of them; zone, hash and type are set. O(n). */
void r53__prefetch(struct ahead *ahead, size_t n);

#endif
