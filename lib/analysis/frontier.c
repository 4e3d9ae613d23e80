#include "analysis/frontier.h"

#include "base/hash.h"

#include <string.h>

enum { INDEX_MIN = 16 };

/* The state's place in the index, or the free one that it would take. */
static size_t place_of(const struct frontier *frontier, const struct chain *chain)
{
    size_t mask = frontier->index_size - 1;
    size_t at = (size_t)r53__hash(chain, sizeof(*chain), 0) & mask;

    while (frontier->index[at] &&
           memcmp(&frontier->states[frontier->index[at] - 1].chain, chain, sizeof(*chain)) != 0)
        at = (at + 1) & mask;
    return at;
}

/* Room for one more state, with the index at most half full. */
static bool make_room(const struct memory *memory, struct frontier *frontier)
{
    size_t size = frontier->index_size ? frontier->index_size * 2 : INDEX_MIN;
    void *states = frontier->states;
    uint32_t *index;

    if (!r53__grow(memory, &states, &frontier->capacity, frontier->count + 1,
                   sizeof(*frontier->states)))
        return false;
    frontier->states = states;
    if (frontier->index_size / 2 > frontier->count)
        return true;
    index = r53__alloc(memory, size, sizeof(*index));
    if (!index)
        return false;
    r53__free(memory, frontier->index, frontier->index_size, sizeof(*index));
    frontier->index = index;
    frontier->index_size = size;
    for (size_t i = 0; i < frontier->count; i++)
        index[place_of(frontier, &frontier->states[i].chain)] = (uint32_t)i + 1;
    return true;
}

bool r53__frontier_add(const struct memory *memory, struct frontier *frontier,
                       const struct chain *chain, struct share *share)
{
    size_t at;

    if (!make_room(memory, frontier))
        return false;
    at = place_of(frontier, chain);
    if (frontier->index[at]) {
        if (!r53__share_add(memory, &frontier->states[frontier->index[at] - 1].share, share))
            return false;
        r53__share_free(memory, share);
        return true;
    }
    frontier->states[frontier->count] = (struct weighted_state){*chain, *share};
    frontier->index[at] = (uint32_t)++frontier->count;
    *share = (struct share){0};
    return true;
}

void r53__frontier_free(const struct memory *memory, struct frontier *frontier)
{
    for (size_t i = 0; i < frontier->count; i++)
        r53__share_free(memory, &frontier->states[i].share);
    r53__free(memory, frontier->states, frontier->capacity, sizeof(*frontier->states));
    r53__free(memory, frontier->index, frontier->index_size, sizeof(*frontier->index));
    *frontier = (struct frontier){0};
}
