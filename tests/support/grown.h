/*
 * Random zones that answer: a forest (support/forest.h) with its cloud, view and clients, and what
 * suites of properties ask of it. All seeds are fixed: a failure names its forest, and comes back.
 */
#ifndef R53_TESTS_SUPPORT_GROWN_H
#define R53_TESTS_SUPPORT_GROWN_H

#include "support/cloud_text.h"
#include "support/forest.h"

enum { GROWN_FORESTS = 150, GROWN_CLIENTS = 4, GROWN_SEEDS = 24, EXACT_MAX = 4096 };

struct grown {
    uint64_t seed;
    struct forest forest;
    struct forest_client clients[GROWN_CLIENTS];
    struct world world;
};

/* The forest and its clients, then the world of it: its lines in an order that `shuffle` selects,
 * 0: as they are. Close the world. */
void grown_sow(struct grown *g, uint64_t seed);
void grown_open(struct grown *g, uint64_t shuffle);
/* Both. */
void grown_make(struct grown *g, uint64_t seed);

/* A query of the client for group `i`, as words. */
void grown_query(char *out, size_t room, int i, const struct forest_client *client);

/* Ends the test, and prints the forest. */
void grown_fail(const struct grown *g, const char *query, const char *expected, const char *got);

/* Each group of each forest asked by each client. */
typedef void grown_check(const struct grown *g, int i, const struct forest_client *client);
void grown_for_each(grown_check *check);

/* The answer as text, record by record in their order; `out` has room for EXACT_MAX. */
const char *answer_exact(char *out, const r53_view *view, const char *words, uint64_t seed);
const char *answer_traced(char *out, const r53_view *view, const char *words, uint64_t seed,
                          r53_trace *trace);

/* Asks both views for each group, with GROWN_SEEDS seeds. */
void assert_same_answers(const struct grown *g, const r53_view *other);

#endif
