/*
 * Natural numbers of any length: exact shares outgrow 64 bits when records of many different
 * totals lead to one target.
 *
 * A number is never changed; operations make a new one in an arena, which is meant to be a short
 * one for scratch. Without memory they give 0 and the arena's `failed` stays set, so that a formula
 * is written first and checked once. Expected: a handful of limbs, so schoolbook methods
 * throughout.
 */
#ifndef R53_LIB_ANALYSIS_NATURAL_H
#define R53_LIB_ANALYSIS_NATURAL_H

#include "base/alloc.h"

/* Limbs of 32 bits, least first; the last is not 0, 0 has none. */
struct natural {
    const uint32_t *limbs;
    size_t n;
};

struct natural r53__natural(struct arena *arena, uint64_t value);

struct natural r53__natural_add(struct arena *arena, struct natural a, struct natural b);
struct natural r53__natural_multiply(struct arena *arena, struct natural a, struct natural b);

/* a / b rounded down; `rest` may be NULL. Division by 0, as after lost memory, gives 0 and 0. */
struct natural r53__natural_divide(struct arena *arena, struct natural a, struct natural b,
                                   struct natural *rest);

struct natural r53__natural_gcd(struct arena *arena, struct natural a, struct natural b);

/* <0, 0, >0. */
int r53__natural_compare(struct natural a, struct natural b);

/* Compares a * b with c * d, without memory. */
int r53__natural_compare_products(struct natural a, struct natural b, struct natural c,
                                  struct natural d);

/* Decimal digits, in the arena; NULL: no memory. */
const char *r53__natural_text(struct arena *arena, struct natural a);

#endif
