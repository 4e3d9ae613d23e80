/*
 * Weighted: by chance, in proportion to the weights. Health is in the prepared sums already
 * (view/verdict.c), so that choosing is one draw.
 */
#include "route53/policy.h"

#include "base/events.h"
#include "base/rules.h"

/* R53-WEIGHTED-02 */
int32_t r53__weighted_choose(struct choosing *c)
{
    return r53__weighted_draw(c->zone, c->group, c->draw);
}

static bool has_weight(const struct choosing *c, uint32_t record)
{
    const struct zone *zone = c->zone->zone;
    const struct record_detail *detail = r53__record_detail(zone, &zone->record_sets[record]);

    return detail && detail->has_weight && detail->weight > 0;
}

/* What is told of a record set that has a share, by its own weight and the group's. */
enum share { SHARE_BY_WEIGHT, SHARE_RISES, SHARE_OF_ALL };

static const struct share_reason {
    int32_t rule, event;
} share_reasons[] = {
    [SHARE_BY_WEIGHT] = {RULE_R53_WEIGHTED_02, EVENT_WEIGHT},
    [SHARE_RISES] = {RULE_R53_WEIGHTED_04, EVENT_WEIGHTLESS_RISES}, /* nothing with weight can */
    [SHARE_OF_ALL] = {RULE_R53_WEIGHTED_03, EVENT_WEIGHTLESS_ALL},
};

/* Does any record set of the group have weight? And is any healthy? */
static void group_look(const struct choosing *c, bool *weight, bool *healthy)
{
    *weight = *healthy = false;
    for (uint32_t i = c->group->first; i < r53__group_end(c->group); i++) {
        *weight = *weight || has_weight(c, i);
        *healthy = *healthy || r53__view_healthy(c->zone, &c->zone->zone->record_sets[i]);
    }
}

/* What each record set's weight comes to with health applied, R53-WEIGHTED-03, -04. */
void r53__weighted_explain(struct choosing *c)
{
    const struct record_set *sets = c->zone->zone->record_sets;
    const uint32_t *sums = r53__weighted_sums(c->zone, c->group);
    bool any_weight, any_healthy;

    r53__health_explain(c);
    group_look(c, &any_weight, &any_healthy);
    for (uint32_t i = 0; sums && i < r53__group_size(c->group); i++) {
        uint32_t record = c->group->first + i, weight = sums[i] - (i ? sums[i - 1] : 0);
        enum share share = has_weight(c, record) ? SHARE_BY_WEIGHT
                           : any_weight          ? SHARE_RISES
                                                 : SHARE_OF_ALL;

        if (weight > 0)
            r53__record_explain(c, record, share_reasons[share].rule, share_reasons[share].event,
                                (int32_t)weight, (int32_t)sums[r53__group_size(c->group) - 1]);
        else if (!any_healthy || r53__view_healthy(c->zone, &sets[record]))
            r53__record_explain(c, record, RULE_R53_WEIGHTED_03, EVENT_WEIGHTLESS, 0, 0);
    }
}
