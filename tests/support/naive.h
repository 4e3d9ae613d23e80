/*
 * What Route 53 answers of a forest (support/forest.h), by the rules as they are written
 * (R53-HEALTH-30): recursive, with nothing prepared, sharing no code with the library but tables of
 * data and the distance of two points. It is the judge of what the library works out otherwise.
 */
#ifndef R53_TESTS_SUPPORT_NAIVE_H
#define R53_TESTS_SUPPORT_NAIVE_H

#include "support/forest.h"
#include "support/shares.h"

/* `healthy`: of record set k of group i. */
bool naive_is_healthy(const struct forest *forest, int i, int k);

/* May this client get the record set at all (R53-HEALTH-07)? */
bool naive_matches(const struct forest *forest, int i, int k, const struct forest_client *client);

/* `choose`: shares[k] of the record sets of group i. Returns their sum, 0: no answer. */
int naive_choose(const struct forest *forest, int i, const struct forest_client *client,
                 int shares[FOREST_MEMBERS]);

/* Where a query ends: at addresses by last octet, or without. */
struct naive_ends {
    struct fraction addresses[FOREST_NODES * FOREST_MEMBERS];
    struct fraction failure, nothing; /* SERVFAIL, NODATA */
};

/* `resolve`: all ends of a query for group i. */
void naive_resolve(const struct forest *forest, int i, const struct forest_client *client,
                   struct naive_ends *ends);

/*
 * Bits of the client's subnet that an answer for group i speaks for (R53-PLACE-04): the most that
 * any choice on its way speaks for. -1: the client sent no subnet; -2: chance decides the way.
 */
int naive_scope(const struct forest *forest, int i, const struct forest_client *client);

/* The ends as shares_text tells them. */
const char *naive_text(char *buffer, const struct naive_ends *ends);

#endif
