/*
 * Draws: every choice that chance makes, in one place, with two drivers.
 *
 *   sampling      a draw is hash(seed, the decision's own key, n): nothing else moves it, so an
 *                 unrelated edit of the configuration never changes what a seed yields
 *   enumerating   a walk runs a stage once for each combination of its draws, with exact weights
 *
 * The code that decides does not know which driver runs it; so the shares that the enumeration
 * reports are those of the very code that answers.
 */
#ifndef R53_LIB_BASE_DRAW_H
#define R53_LIB_BASE_DRAW_H

#include <stdbool.h>
#include <stdint.h>

enum { WALK_DEPTH = 4 }; /* draws that one stage may make */

/* One draw of the running stage: the branch taken, and the share of it. */
struct walk_choice {
    uint32_t branch, branches;
    uint64_t weight, total;
};

struct walk {
    struct walk_choice choices[WALK_DEPTH];
    uint32_t depth; /* draws made in this run */
    uint32_t fixed; /* leading choices taken from the run before */
    bool started;
};

struct draw {
    uint64_t seed;
    struct walk *walk; /* NULL: sampling */
};

/* A branch in [0, n), each equally likely. n > 0. */
uint32_t r53__draw_uniform(struct draw *draw, uint64_t key, uint32_t n);

/*
 * A branch in [0, n) with share (c[i] - c[i-1]) / c[n-1] for cumulative weights c. n > 0,
 * c[n-1] > 0. O(log n).
 */
uint32_t r53__draw_weighted(struct draw *draw, uint64_t key, const uint32_t *cumulative,
                            uint32_t n);

/*
 * The i-th element of a random order of 0 .. n-1: call with i = 0, 1, 2 ... on the same `order`,
 * which holds 0 .. n-1 at first. Only what is read is drawn, so its first element costs n branches
 * to enumerate, not n!.
 */
uint32_t r53__draw_order(struct draw *draw, uint64_t key, uint16_t *order, uint32_t n, uint32_t i);

/* for (r53__walk_init(&w); r53__walk_next(&w);) { run the stage; use w.choices[0 .. w.depth-1] } */
void r53__walk_init(struct walk *walk);
bool r53__walk_next(struct walk *walk);

#endif
