/*
 * A frontier: distinct states of the chain, each with its exact share, in the order in which they
 * were first reached. Equal states are one: that is what makes enumerating a sum over stages.
 *
 * Expected: one to some thousands of states; found by open addressing over a hash of their bytes.
 */
#ifndef R53_LIB_ANALYSIS_FRONTIER_H
#define R53_LIB_ANALYSIS_FRONTIER_H

#include "analysis/share.h"
#include "flow/chain.h"

struct weighted_state {
    struct chain chain;
    struct share share;
};

struct frontier {
    struct weighted_state *states;
    size_t count, capacity;
    uint32_t *index;   /* open addressing: state + 1, 0 is free */
    size_t index_size; /* a power of two, or 0 */
};

void r53__frontier_free(const struct memory *memory, struct frontier *frontier);

/*
 * Adds the share to that of the state, which it may be the first of. `share` is taken on success.
 * false: no memory, frontier as it was.
 */
bool r53__frontier_add(const struct memory *memory, struct frontier *frontier,
                       const struct chain *chain, struct share *share);

#endif
