/*
 * One outcome: a final state of the enumeration as the user sees it. What it holds decides which
 * outcomes are the same, so filling in and comparing stand together.
 */
#ifndef R53_LIB_ANALYSIS_OUTCOME_H
#define R53_LIB_ANALYSIS_OUTCOME_H

#include <r53/outcomes.h>

#include "analysis/enumerate.h"

struct outcome {
    int32_t kind, rcode;
    const char *value, *set_identifier;
    r53_selection selection; /* of kind selection */
    const char *numerator, *denominator;
    const char *answered_numerator, *answered_denominator;
    uint32_t hundredths;   /* of a percent */
    struct share *share;   /* while being made: lies in the final state */
    struct share answered; /* while being made */
};

/*
 * Describes a final state; its share stays in the state, which must live as long as it is used.
 * Texts are in the arena or in the view. False: no memory.
 */
bool r53__outcome_fill(struct arena *arena, const r53_view *view, struct weighted_state *state,
                       struct outcome *outcome);

/* Orders pointers to outcomes by what the user sees; 0: the same to the user. */
int r53__outcome_compare(const void *a, const void *b);

#endif
