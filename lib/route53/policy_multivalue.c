/*
 * Multivalue answer: up to eight record sets by chance. Choosing takes the first of their random
 * order, for a chain goes on with one record set; the answer goes on with the same order
 * (sections.c).
 *
 * Who may be answered is in the prepared sums (view/verdict.c): each counts 1, so that the k-th of
 * them is found by halving, and a group of a hundred costs no more than one of ten.
 */
#include "route53/policy.h"

#include "base/events.h"
#include "base/hash.h"
#include "base/rules.h"

/* A group's counts: sums[i] of its record sets up to place i may be answered. */
static const uint32_t *sums_of(const struct view_zone *zone, const struct group *group)
{
    return &zone->cumulative[zone->zone->record_sets[group->first].detail];
}

/* Place in the group of the k-th record set that may be answered. */
static uint32_t place_of(const uint32_t *sums, uint32_t n, uint32_t k)
{
    uint32_t low = 0;

    while (n > 0) {
        uint32_t half = n / 2;

        if (sums[low + half] > k) {
            n = half;
        } else {
            low += half + 1;
            n -= half + 1;
        }
    }
    return low;
}

/* R53-MULTI-02, R53-MULTI-03 */
int32_t r53__multivalue_choose(struct choosing *c)
{
    const struct group *group = c->group;
    const uint32_t *sums;
    uint64_t key;

    if (group->mixed) /* only an import can hold such a group */
        return (int32_t)group->first;
    sums = sums_of(c->zone, group);
    key = r53__group_key(c->zone->zone, group);
    return (int32_t)(group->first +
                     place_of(sums, r53__group_size(group),
                              r53__draw_uniform(c->draw, key, sums[r53__group_size(group) - 1])));
}

/*
 * The beginning of a random order of 0 .. n-1, as r53__draw_order makes it, but keeping only what
 * was moved: the first `length` places hold what was taken, each may have moved one number.
 */
struct beginning {
    uint32_t place[MULTIVALUE_MOST], moved[MULTIVALUE_MOST], length;
};

static uint32_t number_at(const struct beginning *b, uint32_t place)
{
    for (uint32_t i = b->length; i-- > 0;) {
        if (b->place[i] == place)
            return b->moved[i];
    }
    return place;
}

/* The next number of the order. */
static uint32_t beginning_take(struct beginning *b, struct draw *draw, uint64_t key, uint32_t n)
{
    uint32_t i = b->length;
    uint32_t j = i + r53__draw_uniform(draw, i ? r53__mix2(key, i) : key, n - i);
    uint32_t taken = number_at(b, j), moved = number_at(b, i);

    b->place[i] = j;
    b->moved[i] = moved;
    b->length++;
    return taken;
}

uint32_t r53__multivalue_draw(const struct view_zone *zone, const struct group *group,
                              uint64_t seed, const struct record_set **out, uint32_t *eligible)
{
    const struct record_set *sets = &zone->zone->record_sets[group->first];
    const uint32_t *sums = sums_of(zone, group);
    uint64_t key = r53__group_key(zone->zone, group);
    struct beginning beginning = {.length = 0};
    struct draw draw = {.seed = seed};
    uint32_t n = sums[r53__group_size(group) - 1];

    *eligible = n;
    while (beginning.length < n && beginning.length < MULTIVALUE_MOST) {
        uint32_t i = beginning.length;

        out[i] = &sets[place_of(sums, r53__group_size(group),
                                beginning_take(&beginning, &draw, key, n))];
    }
    return beginning.length;
}

static bool is_among(const struct record_set *const *drawn, uint32_t n,
                     const struct record_set *set)
{
    while (n-- > 0) {
        if (drawn[n] == set)
            return true;
    }
    return false;
}

/* Who is answered, and who only chance leaves out: those that count in the sums. */
void r53__multivalue_explain(struct choosing *c)
{
    const struct record_set *sets = &c->zone->zone->record_sets[c->group->first];
    const struct record_set *drawn[MULTIVALUE_MOST];
    const uint32_t *sums;
    uint32_t n, eligible;

    r53__health_explain(c);
    if (c->group->mixed)
        return;
    sums = sums_of(c->zone, c->group);
    n = r53__multivalue_draw(c->zone, c->group, c->input->query->seed, drawn, &eligible);
    for (uint32_t i = 0; i < r53__group_size(c->group); i++) {
        bool among = is_among(drawn, n, &sets[i]);

        if (sums[i] > (i ? sums[i - 1] : 0))
            r53__record_explain(c, c->group->first + i, RULE_R53_MULTI_02,
                                among ? EVENT_AMONG_ANSWERED : EVENT_LEFT_OUT, (int32_t)n,
                                (int32_t)eligible);
    }
}
