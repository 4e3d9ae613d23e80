/*
 * An exact share: a fraction in lowest terms. Nearly all fit two words of 64 bits and need no
 * memory; what does not lies in a block that the share owns.
 */
#ifndef R53_LIB_ANALYSIS_SHARE_H
#define R53_LIB_ANALYSIS_SHARE_H

#include "base/alloc.h"

enum share_part { SHARE_NUMERATOR, SHARE_DENOMINATOR };

struct share {
    uint64_t small[2]; /* by enum share_part, when n[SHARE_DENOMINATOR] is 0 */
    size_t n[2];       /* limbs of the two otherwise */
    uint32_t *limbs;   /* first the numerator's, then the denominator's */
    size_t capacity;   /* of limbs, kept for reuse */
};

#define SHARE_ONE ((struct share){.small = {1, 1}})

void r53__share_free(const struct memory *memory, struct share *share);

/* These three: false: no memory, `share` as it was. `out` is fresh; weight and total are not 0. */
bool r53__share_copy(const struct memory *memory, struct share *out, const struct share *share);
bool r53__share_multiply(const struct memory *memory, struct share *share, uint64_t weight,
                         uint64_t total);
bool r53__share_add(const struct memory *memory, struct share *share, const struct share *more);

/*
 * Takes the whole part off, which has at most 64 bits, and leaves the fraction. false: no memory,
 * the share as it was.
 */
bool r53__share_split(const struct memory *memory, struct share *share, uint64_t *whole);

/* <0, 0, >0; exact, without memory. */
int r53__share_compare(const struct share *a, const struct share *b);

/* Decimal digits, in the arena; NULL: no memory. */
const char *r53__share_text(struct arena *arena, const struct share *share, enum share_part part);

#endif
