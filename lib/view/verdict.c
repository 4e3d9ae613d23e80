#include "view/verdict.h"

#include "view/failover.h"

/*
 * One zone being judged. A group is known by its first detail: so everything is as large as what
 * depends on health, and simple record sets cost nothing.
 */
struct verdict_draft {
    struct view_zone *zone;
    const struct r53_view *view;
    const struct check_statuses *checks;
    uint8_t *verdicts;        /* enum verdict, by detail */
    uint8_t *group_healthy;   /* by group */
    int32_t *first_evaluator; /* by group: first detail that evaluates it, -1: none */
    int32_t *next_evaluator;  /* by detail */
    int32_t *queue;           /* groups that became healthy */
    uint32_t queued;
    uint8_t *differing; /* NULL until there is one */
};

/* The group by its first detail; -1: its first record set has none, so it is always healthy. */
static int32_t group_number(const struct zone *zone, const struct group *group)
{
    return zone->record_sets[group->first].detail;
}

static void detail_becomes_healthy(struct verdict_draft *d, uint32_t i)
{
    const struct zone *zone = d->zone->zone;
    const struct record_set *set = &zone->record_sets[zone->details[i].record_set];
    int32_t group = group_number(zone, &zone->groups[set->group]);

    d->verdicts[i] = VERDICT_HEALTHY;
    if (group < 0 || d->group_healthy[group])
        return;
    d->group_healthy[group] = 1;
    d->queue[d->queued++] = group;
}

/* A record set without detail has neither check nor alias: it makes its group healthy. */
static bool has_plain_member(const struct zone *zone, const struct group *group)
{
    for (uint32_t i = 0; i < r53__group_size(group); i++) {
        if (zone->record_sets[group->first + i].detail < 0)
            return true;
    }
    return false;
}

/* An alias to a group of the zone waits for it, unless nothing can make that unhealthy. */
static void evaluator_add(struct verdict_draft *d, uint32_t detail, int32_t target)
{
    const struct zone *zone = d->zone->zone;
    int32_t group = group_number(zone, &zone->groups[target]);

    if (group < 0 || has_plain_member(zone, &zone->groups[target])) {
        detail_becomes_healthy(d, detail);
        return;
    }
    d->next_evaluator[detail] = d->first_evaluator[group];
    d->first_evaluator[group] = (int32_t)detail;
}

/* R53-HEALTH-03, R53-HEALTH-04: what is decided without another group; the rest waits for one. */
static void detail_judge(struct verdict_draft *d, uint32_t i)
{
    const struct zone *zone = d->zone->zone;
    const struct record_detail *detail = &zone->details[i];
    bool evaluates = zone->record_sets[detail->record_set].flags & RECORD_EVALUATES_TARGET;
    struct binding binding = d->zone->bindings[i];

    d->verdicts[i] = VERDICT_TARGET_FAILS;
    if (!r53__check_is_healthy(d->checks, detail->health_check_id))
        d->verdicts[i] = VERDICT_CHECK_FAILS; /* R53-HEALTH-33 */
    else if (!evaluates || binding.kind == BINDING_NONE || binding.kind == BINDING_ADDRESSES)
        detail_becomes_healthy(d, i); /* R53-HEALTH-26 for what is not modelled */
    else if (binding.kind == BINDING_GROUP)
        evaluator_add(d, i, binding.index);
    else if (binding.kind == BINDING_DANGLING)
        d->verdicts[i] = VERDICT_DANGLES; /* R53-HEALTH-15 */
    else if (d->view->fleets[binding.index].healthy)
        detail_becomes_healthy(d, i);
}

/*
 * Health runs up the aliases: each group and each alias once, so a zone is judged in O(details)
 * however deep its aliases go. What no health reaches stays unhealthy, circles among it.
 */
static void health_spread(struct verdict_draft *d)
{
    for (uint32_t at = 0; at < d->queued; at++) {
        for (int32_t i = d->first_evaluator[d->queue[at]]; i >= 0; i = d->next_evaluator[i])
            detail_becomes_healthy(d, (uint32_t)i);
    }
}

/*
 * Weights of a group as cumulative sums, with health applied (R53-WEIGHTED-04):
 *   healthy with weight, else healthy without, else all by weight, else all alike
 */
static bool weights_put(const struct verdict_draft *d, const struct group *group, uint32_t *out,
                        bool only_healthy, bool by_weight)
{
    const struct zone *zone = d->zone->zone;
    const struct record_set *sets = &zone->record_sets[group->first];
    const uint32_t n = r53__group_size(group);
    uint32_t most = UINT32_MAX / n; /* a loaded group may be huge: the sum never wraps */
    uint32_t sum = 0;

    for (uint32_t i = 0; i < n; i++) {
        const struct record_detail *detail = &zone->details[sets[i].detail];
        uint32_t weight = !by_weight ? 1u : detail->has_weight ? (uint32_t)detail->weight : 0u;

        weight = weight < most ? weight : most;
        if (only_healthy && d->verdicts[sets[i].detail] != VERDICT_HEALTHY)
            weight = 0;
        sum += weight;
        out[sets[i].detail] = sum;
    }
    return sum > 0;
}

/*
 * A multivalue group counts those that may be answered (R53-MULTI-02): the healthy, else all. Of a
 * failover group the place of the one that answers is kept.
 */
static void group_weigh(const struct verdict_draft *d, const struct group *group, uint32_t *out)
{
    bool by_weight = group->policy == POLICY_WEIGHTED;
    int32_t first = d->zone->zone->record_sets[group->first].detail;

    if (group->policy == POLICY_FAILOVER) {
        out[first] = (uint32_t)r53__failover_settle(d->zone, group) - group->first;
        return;
    }
    (void)((by_weight && weights_put(d, group, out, true, true)) ||
           weights_put(d, group, out, true, false) ||
           (by_weight && weights_put(d, group, out, false, true)) ||
           weights_put(d, group, out, false, false));
}

/* All members of a group by policy have details: each has a set identifier. */
static bool is_weighable(const struct zone *zone, const struct group *group)
{
    return (group->policy == POLICY_WEIGHTED || group->policy == POLICY_MULTIVALUE ||
            group->policy == POLICY_FAILOVER) &&
           !has_plain_member(zone, group);
}

static bool has_unhealthy(const struct verdict_draft *d, const struct group *group)
{
    const struct record_set *sets = d->zone->zone->record_sets;

    for (uint32_t i = group->first; i < r53__group_end(group); i++) {
        if (d->verdicts[sets[i].detail] != VERDICT_HEALTHY)
            return true;
    }
    return false;
}

/* A load balancer's name comes before what the zone has of that name (view/binding.c). */
static bool leaves_zone(const struct verdict_draft *d, int32_t detail)
{
    const struct zone *zone = d->zone->zone;

    return detail >= 0 && d->zone->bindings[detail].kind == BINDING_LOAD_BALANCER &&
           r53__name_is_under(zone->details[detail].alias_name, zone->name);
}

static bool differs(const struct verdict_draft *d, const struct group *group)
{
    if (group->policy == POLICY_SIMPLE)
        return leaves_zone(d, d->zone->zone->record_sets[group->first].detail);
    return is_weighable(d->zone->zone, group) && has_unhealthy(d, group);
}

/* The least of ones alone that has a bit for each of n. */
static uint32_t mask_of(uint32_t n)
{
    uint32_t mask = 7; /* an octet */

    while (mask < n)
        mask = mask << 1 | 1;
    return mask;
}

/* Notes a group that differs from its block. Mostly none does: then there are no bits. */
static bool difference_note(struct verdict_draft *d, struct arena *arena, uint32_t group)
{
    const struct zone *zone = d->zone->zone;
    uint32_t bit;

    if (!differs(d, &zone->groups[group]))
        return true;
    if (!d->differing) {
        d->zone->differing_mask = mask_of(zone->n_details);
        d->differing = r53__arena_alloc(arena, (size_t)d->zone->differing_mask / 8 + 1, 1);
    }
    if (!d->differing)
        return false;
    bit = group & d->zone->differing_mask;
    d->differing[bit / 8] = (uint8_t)(d->differing[bit / 8] | 1u << bit % 8);
    return true;
}

static bool weigh(struct verdict_draft *d, struct arena *arena)
{
    const struct zone *zone = d->zone->zone;
    uint32_t *cumulative = r53__arena_alloc(arena, zone->n_details, sizeof(*cumulative));
    uint32_t last = UINT32_MAX;

    if (!cumulative)
        return false;
    for (uint32_t i = 0; i < zone->n_details; i++) {
        uint32_t group = zone->record_sets[zone->details[i].record_set].group;

        if (group != last && is_weighable(zone, &zone->groups[group]))
            group_weigh(d, &zone->groups[group], cumulative);
        if (group != last && !difference_note(d, arena, group))
            return false;
        last = group;
    }
    d->zone->cumulative = cumulative;
    d->zone->differing = d->differing;
    return true;
}

static bool draft_make(struct verdict_draft *d, struct arena *scratch, struct arena *arena)
{
    size_t n = d->zone->zone->n_details;

    d->verdicts = r53__arena_alloc(arena, n, 1);
    d->group_healthy = r53__arena_alloc(scratch, n, 1);
    d->first_evaluator = r53__arena_alloc(scratch, n, sizeof(int32_t));
    d->next_evaluator = r53__arena_alloc(scratch, n, sizeof(int32_t));
    d->queue = r53__arena_alloc(scratch, n, sizeof(int32_t));
    if (arena->failed || scratch->failed)
        return false;
    for (size_t i = 0; i < n; i++)
        d->first_evaluator[i] = -1;
    d->zone->verdicts = d->verdicts;
    return true;
}

static bool zone_judge(struct verdict_draft *d, struct arena *arena)
{
    struct arena scratch;
    bool ok;

    r53__arena_init(&scratch, &arena->memory);
    ok = draft_make(d, &scratch, arena);
    if (ok) {
        for (uint32_t i = 0; i < d->zone->zone->n_details; i++)
            detail_judge(d, i);
        health_spread(d);
        ok = weigh(d, arena);
    }
    r53__arena_free(&scratch);
    return ok;
}

bool r53__verdicts_prepare(r53_view *view, const struct check_statuses *checks)
{
    for (uint32_t i = 0; i < view->n_zones; i++) {
        struct verdict_draft draft = {.zone = &view->zones[i], .view = view, .checks = checks};

        if (view->zones[i].zone->n_details && !zone_judge(&draft, &view->arena))
            return false;
    }
    return true;
}
