/*
 * Weighted: by chance, in proportion to the weights. Health is in the prepared sums already
 * (view/verdict.c), so that choosing is one draw.
 */
#include "route53/policy.h"

#include "base/events.h"
#include "base/rules.h"

/* Sums of the group's weights; NULL for a loaded mixture, which has none. */
static const uint32_t *sums_of(const struct choosing *c)
{
    const struct record_set *first = &c->zone->zone->record_sets[c->group->first];

    if (c->group->mixed || first->detail < 0)
        return NULL;
    return &c->zone->cumulative[first->detail];
}

/* R53-WEIGHTED-02 */
int32_t r53__weighted_choose(struct choosing *c)
{
    const uint32_t *sums = sums_of(c);
    uint32_t n = r53__group_size(c->group);
    uint64_t key;

    if (!sums)
        return (int32_t)c->group->first;
    key = r53__group_key(c->zone->zone, c->group);
    return (int32_t)(c->group->first + r53__draw_weighted(c->draw, key, sums, n));
}

/* What each record set's weight comes to with health applied, R53-WEIGHTED-03, -04. */
void r53__weighted_explain(struct choosing *c)
{
    const struct zone *zone = c->zone->zone;
    const uint32_t *sums = sums_of(c);

    r53__health_explain(c);
    for (uint32_t i = 0; sums && i < r53__group_size(c->group); i++) {
        uint32_t record = c->group->first + i, weight = sums[i] - (i ? sums[i - 1] : 0);

        if (weight > 0)
            r53__record_explain(c, record, RULE_R53_WEIGHTED_02, EVENT_WEIGHT, (int32_t)weight,
                                (int32_t)sums[r53__group_size(c->group) - 1]);
        else if (r53__view_healthy(c->zone, &zone->record_sets[record]))
            r53__record_explain(c, record, RULE_R53_WEIGHTED_03, EVENT_WEIGHTLESS, 0, 0);
    }
}
