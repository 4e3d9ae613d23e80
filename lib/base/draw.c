#include "base/draw.h"

#include "base/hash.h"

/* floor(x * n / 2^64) in 32-bit halves; n <= 2^32 keeps every partial sum within 64 bits. */
static uint32_t scale(uint64_t x, uint32_t n)
{
    uint64_t low = (x & UINT32_MAX) * n, high = (x >> 32) * n;

    return (uint32_t)((high + (low >> 32)) >> 32);
}

/* The branch that the walk takes here; a new draw starts with branch 0. */
static struct walk_choice *walk_choice(struct walk *walk, uint32_t n)
{
    struct walk_choice *choice = &walk->choices[walk->depth];

    if (walk->depth >= walk->fixed)
        *choice = (struct walk_choice){0, n, 1, n};
    walk->depth++;
    return choice;
}

uint32_t r53__draw_uniform(struct draw *draw, uint64_t key, uint32_t n)
{
    if (draw->walk)
        return walk_choice(draw->walk, n)->branch;
    return n == 1 ? 0 : scale(r53__mix2(r53__mix2(draw->seed, key), n), n);
}

/* First i with cumulative[i] > x. */
static uint32_t first_above(const uint32_t *cumulative, uint32_t n, uint32_t x)
{
    uint32_t low = 0;

    while (n > 0) {
        uint32_t half = n / 2;

        if (cumulative[low + half] > x) {
            n = half;
        } else {
            low += half + 1;
            n -= half + 1;
        }
    }
    return low;
}

uint32_t r53__draw_weighted(struct draw *draw, uint64_t key, const uint32_t *cumulative, uint32_t n)
{
    uint32_t total;

    total = cumulative[n - 1];
    if (draw->walk) {
        struct walk_choice *choice = walk_choice(draw->walk, n);
        uint32_t i = choice->branch;

        choice->weight = cumulative[i] - (i ? cumulative[i - 1] : 0);
        choice->total = total;
        return i;
    }
    return first_above(cumulative, n, scale(r53__mix2(r53__mix2(draw->seed, key), total), total));
}

uint32_t r53__draw_order(struct draw *draw, uint64_t key, uint16_t *order, uint32_t n, uint32_t i)
{
    uint32_t j = i;
    uint16_t taken;

    if (n - i > 1 || draw->walk) /* the last is what is left; a walk counts it as a draw */
        j += r53__draw_uniform(draw, i ? r53__mix2(key, i) : key, n - i);
    taken = order[j];
    order[j] = order[i];
    order[i] = taken;
    return taken;
}

void r53__walk_init(struct walk *walk)
{
    *walk = (struct walk){0};
}

bool r53__walk_next(struct walk *walk)
{
    uint32_t depth = walk->depth;

    if (!walk->started) {
        walk->started = true;
        return true;
    }
    while (depth > 0) {
        struct walk_choice *choice = &walk->choices[depth - 1];

        if (++choice->branch < choice->branches) {
            walk->fixed = depth;
            walk->depth = 0;
            return true;
        }
        depth--;
    }
    return false;
}
