#include "base/draw.h"

/* The branch that the walk takes here; a new draw starts with branch 0. */
static struct walk_choice *walk_choice(struct walk *walk, uint32_t n)
{
    struct walk_choice *choice = &walk->choices[walk->depth];

    if (walk->depth >= walk->fixed)
        *choice = (struct walk_choice){0, n, 1, n};
    walk->depth++;
    return choice;
}

uint32_t r53__walk_uniform(struct walk *walk, uint32_t n)
{
    return walk_choice(walk, n)->branch;
}

uint32_t r53__walk_weighted(struct walk *walk, const uint32_t *cumulative, uint32_t n)
{
    struct walk_choice *choice = walk_choice(walk, n);
    uint32_t i = choice->branch;

    choice->weight = cumulative[i] - (i ? cumulative[i - 1] : 0);
    choice->total = cumulative[n - 1];
    return i;
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
