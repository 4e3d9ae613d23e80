/*
 * Searches for many queries at once, so that they wait for memory together: in each round over them
 * a search reads what the round before has fetched.
 *
 *   slot ──► block ──► its end, or an alias's binding      names that are there
 *      └───► slot of the name above ──► its block ──► its wildcard: owner ──► block
 *
 * The rounds of the second line are for the few whose slot leads nowhere. They guess that the name
 * above is there; a wrong guess costs a wait and no more. All of it can be left out: answering goes
 * on from the search alone.
 */
#ifndef R53_LIB_ROUTE53_PREFETCH_H
#define R53_LIB_ROUTE53_PREFETCH_H

#include "route53/quick.h"

enum { AHEAD_MAX = 32 }; /* searches at once */

/* A search under way. */
struct ahead {
    const struct zone *zone;   /* NULL: there is nothing to search for */
    const struct quick *quick; /* whose name it is */
    struct search search;
};

/*
 * Begins the searches, whose first slots have been fetched (r53__search_fetch), and fetches what
 * answering will read. n <= AHEAD_MAX. O(n).
 */
void r53__search_many(struct ahead *ahead, size_t n);

#endif
