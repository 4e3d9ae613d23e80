/*
 * Shares in hundredths of a percent that sum to 100 percent, as people check them: rounded down,
 * and what that leaves goes to the largest remainders (Hamilton's way of sharing out seats).
 */
#ifndef R53_LIB_ANALYSIS_PERCENT_H
#define R53_LIB_ANALYSIS_PERCENT_H

#include "analysis/share.h"

enum { PERCENT_WHOLE = 10000 }; /* hundredths */

struct percent {
    struct share *share; /* in: unchanged; the shares of all sum to 1 */
    uint32_t hundredths; /* out */
    struct share rest;   /* while rounding */
};

/*
 * Rounds all; of equal remainders the earlier one is rounded up. false: no memory, which leaves the
 * hundredths undefined. O(n log n).
 */
bool r53__percents_round(const struct memory *memory, struct percent *percents, size_t n);

#endif
