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
#include "base/rules.h"

/* A group's counts: sums[i] of its record sets up to place i may be answered. */
static const uint32_t *sums_of(const struct view_zone *zone, const struct group *group)
{
    return &zone->cumulative[zone->zone->record_sets[group->first].detail];
}

/* R53-MULTI-02, R53-MULTI-03 */
int32_t r53__multivalue_choose(struct choosing *c)
{
    const struct group *group = c->group;
    uint32_t size = r53__group_size(group), drawn;
    const uint32_t *sums;

    if (group->mixed) /* only an import can hold such a group */
        return (int32_t)group->first;
    sums = sums_of(c->zone, group);
    drawn = r53__draw_uniform(c->draw, r53__group_key(c->zone->zone, group), sums[size - 1]);
    return (int32_t)(group->first + r53__draw_above(sums, size, drawn));
}

enum { FEW = 16 }; /* of which all numbers are kept while their order is drawn */

/*
 * The beginning of a random order of a large group, keeping only what was moved: the first `length`
 * places hold what was taken, each may have moved one number.
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
static uint32_t beginning_take(struct beginning *b, struct order *order)
{
    uint32_t i = order->i, place = r53__order_place(order);
    uint32_t taken = number_at(b, place), moved = number_at(b, i);

    b->place[b->length] = place;
    b->moved[b->length++] = moved;
    return taken;
}

/* The first n numbers of the order, n at most MULTIVALUE_MOST. */
static void draw_few(struct order *order, uint32_t *out, uint32_t n)
{
    uint16_t numbers[FEW] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

    while (order->i < n) {
        uint32_t i = order->i;

        out[i] = r53__order_next(order, numbers);
    }
}

static void draw_many(struct order *order, uint32_t *out, uint32_t n)
{
    struct beginning beginning;

    beginning.length = 0;
    while (order->i < n) {
        uint32_t i = order->i;

        out[i] = beginning_take(&beginning, order);
    }
}

uint32_t r53__multivalue_draw(const struct view_zone *zone, const struct group *group,
                              uint64_t seed, const struct record_set **out, uint32_t *eligible)
{
    const struct record_set *sets = &zone->zone->record_sets[group->first];
    const uint32_t *sums = sums_of(zone, group);
    uint32_t size = r53__group_size(group), n = sums[size - 1], drawn[MULTIVALUE_MOST];
    struct order order = r53__order(seed, r53__group_key(zone->zone, group), n);
    uint32_t most = n < MULTIVALUE_MOST ? n : MULTIVALUE_MOST;

    *eligible = n;
    if (n <= FEW)
        draw_few(&order, drawn, most);
    else
        draw_many(&order, drawn, most);
    for (uint32_t i = 0; i < most; i++)
        out[i] = &sets[n == size ? drawn[i] : r53__draw_above(sums, size, drawn[i])];
    return most;
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
