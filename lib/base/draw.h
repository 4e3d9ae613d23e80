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

#include "base/hash.h"

#include <stdbool.h>

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

/* floor(x * n / 2^64) */
static inline uint32_t r53__draw_scale(uint64_t x, uint32_t n)
{
#if defined(__SIZEOF_INT128__)
    __extension__ typedef unsigned __int128 wide; /* one multiplication */

    return (uint32_t)((wide)x * n >> 64);
#else
    /* in halves: every partial sum stays within 64 bits */
    uint64_t low = (x & UINT32_MAX) * n, high = (x >> 32) * n;

    return (uint32_t)((high + (low >> 32)) >> 32);
#endif
}

/* What a seed yields in [0, n) for a key that was mixed (r53__mix) before there was a seed. */
static inline uint32_t r53__draw_mixed(uint64_t seed, uint64_t mixed, uint32_t n)
{
    return r53__draw_scale(r53__mix2(r53__mix_in(seed, mixed), n), n);
}

/* What a seed yields in [0, n) for a key. In line: many answers come to one such draw. */
static inline uint32_t r53__draw_sample(uint64_t seed, uint64_t key, uint32_t n)
{
    return r53__draw_mixed(seed, r53__mix(key), n);
}

enum { DRAW_FEW = 4 }; /* of which the first is found by counting those before it */

/*
 * First i with cumulative[i] > x, which is less than cumulative[n-1]. O(log n). Counting takes as
 * many steps whatever x is: of a walk that chance ends, processors guess the end wrong.
 */
static inline uint32_t r53__draw_above(const uint32_t *cumulative, uint32_t n, uint32_t x)
{
    uint32_t low = 0, before = 0;

    while (n > DRAW_FEW) {
        uint32_t half = n / 2;

        if (cumulative[low + half] > x) {
            n = half + 1;
        } else {
            low += half + 1;
            n -= half + 1;
        }
    }
    for (uint32_t i = 0; i + 1 < n; i++)
        before += cumulative[low + i] <= x;
    return low + before;
}

/* The branch that the walk takes here, and of what share it is. */
uint32_t r53__walk_uniform(struct walk *walk, uint32_t n);
uint32_t r53__walk_weighted(struct walk *walk, const uint32_t *cumulative, uint32_t n);

/* A branch in [0, n), each equally likely. n > 0. */
static inline uint32_t r53__draw_uniform(struct draw *draw, uint64_t key, uint32_t n)
{
    if (draw->walk)
        return r53__walk_uniform(draw->walk, n);
    return n == 1 ? 0 : r53__draw_sample(draw->seed, key, n);
}

/*
 * A branch in [0, n) with share (c[i] - c[i-1]) / c[n-1] for cumulative weights c. n > 0,
 * c[n-1] > 0. O(log n).
 */
static inline uint32_t r53__draw_weighted(struct draw *draw, uint64_t key,
                                          const uint32_t *cumulative, uint32_t n)
{
    if (draw->walk)
        return r53__walk_weighted(draw->walk, cumulative, n);
    return r53__draw_above(cumulative, n, r53__draw_sample(draw->seed, key, cumulative[n - 1]));
}

enum {
    ORDER_PLACES = 4,   /* of an order, drawn from one word */
    ORDER_SMALL = 1024, /* numbers of which so many places take 40 of the word's 64 bits */
};

/*
 * A random order of 0 .. n-1 under way, only sampled: who walks goes by its first number alone,
 * which is that of r53__draw_uniform with this key and n.
 */
struct order {
    uint64_t seed, key;
    uint32_t n, i;
    uint64_t word;
};

static inline struct order r53__order(uint64_t seed, uint64_t key, uint32_t n)
{
    return (struct order){.seed = seed, .key = key, .n = n};
}

/* The place, at or behind the i-th, whose number comes to be the i-th of the order; i goes on. */
static inline uint32_t r53__order_place(struct order *o)
{
    uint32_t i = o->i++, left = o->n - i, place;

    if (left > 1 && (i % ORDER_PLACES == 0 || o->n > ORDER_SMALL))
        o->word = r53__mix2(r53__mix2(o->seed, i ? r53__mix2(o->key, i) : o->key), left);
    place = i + r53__draw_scale(o->word, left);
    o->word *= left; /* what is below the number drawn */
    return place;
}

/* The next number of the order; `numbers` holds 0 .. n-1 at first. Called at most n times. */
static inline uint16_t r53__order_next(struct order *o, uint16_t *numbers)
{
    uint32_t i = o->i, place = r53__order_place(o);
    uint16_t taken = numbers[place];

    numbers[place] = numbers[i]; /* which is not looked at again */
    return taken;
}

/* for (r53__walk_init(&w); r53__walk_next(&w);) { run the stage; use w.choices[0 .. w.depth-1] } */
void r53__walk_init(struct walk *walk);
bool r53__walk_next(struct walk *walk);

#endif
