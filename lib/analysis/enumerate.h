/*
 * The enumerating driver: runs each stage of the chain once for every branch of every distinct
 * state, until all states are final.
 *
 * A part of the chain is never entered again once it was left, and within a part a state tells how
 * many stages lie behind it; so taking the parts in order, and each in waves, a state is expanded
 * when all ways to it have been added up.
 */
#ifndef R53_LIB_ANALYSIS_ENUMERATE_H
#define R53_LIB_ANALYSIS_ENUMERATE_H

#include "analysis/frontier.h"

enum { STAGE_RUNS_MAX = 4000000 };

struct enumeration {
    struct memory memory;
    const struct chain_input *input; /* without a trace */
    uint64_t max_runs;
    uint64_t runs;                         /* stage runs made */
    struct frontier parts[CHAIN_DONE + 1]; /* by enum chain_part; what is left is done */
};

/*
 * Works out the final states, parts[CHAIN_DONE], whose shares sum to 1. Memory, input and max_runs
 * are set, the rest is 0. R53_OK, R53_E_NOMEM, R53_E_LIMIT, codes of the stages. To be freed in any
 * case.
 */
int32_t r53__enumerate(struct enumeration *run);
void r53__enumeration_free(struct enumeration *run);

#endif
