#include "view/verdict.h"

/* Aliases that evaluate a group, as linked lists; details and groups by number. */
struct verdict_draft {
    struct view_zone *zone;
    const struct r53_view *view;
    const struct r53_observed *observed;
    uint8_t *healthy;         /* by detail */
    uint8_t *group_healthy;   /* by group */
    int32_t *first_evaluator; /* by group: first detail that evaluates it, -1: none */
    int32_t *next_evaluator;  /* by detail */
    int32_t *queue;           /* groups that became healthy */
    uint32_t queued;
};

/* No status observed counts as healthy (R53-HC-06). */
static bool check_passes(const struct verdict_draft *d, const struct record_detail *detail)
{
    const struct health_status *status = NULL;

    if (d->observed && detail->health_check_id[0])
        status = r53__table_find(&d->observed->tables[OBSERVED_HEALTH_CHECKS],
                                 r53__span(detail->health_check_id));
    return !status || status->status != R53_HEALTH_UNHEALTHY;
}

static void group_becomes_healthy(struct verdict_draft *d, uint32_t group)
{
    if (d->group_healthy[group])
        return;
    d->group_healthy[group] = 1;
    d->queue[d->queued++] = (int32_t)group;
}

static void detail_becomes_healthy(struct verdict_draft *d, uint32_t i)
{
    const struct zone *zone = d->zone->zone;

    d->healthy[i] = 1;
    group_becomes_healthy(d, zone->record_sets[zone->details[i].record_set].group);
}

static void evaluator_add(struct verdict_draft *d, uint32_t detail, int32_t group)
{
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

    if (!check_passes(d, detail))
        return;
    if (!evaluates || binding.kind == BINDING_NONE || binding.kind == BINDING_ADDRESSES)
        detail_becomes_healthy(d, i); /* R53-HEALTH-26 for what is not modelled */
    else if (binding.kind == BINDING_GROUP)
        evaluator_add(d, i, binding.index);
    else if (binding.kind == BINDING_LOAD_BALANCER && d->view->fleets[binding.index].healthy)
        detail_becomes_healthy(d, i);
    /* R53-HEALTH-15: a dangling alias stays unhealthy */
}

/* A record set without detail has neither check nor alias: it makes its group healthy. */
static bool has_plain_member(const struct zone *zone, const struct group *group)
{
    for (uint32_t i = 0; i < group->n; i++) {
        if (!zone->record_sets[group->first + i].detail)
            return true;
    }
    return false;
}

static void targets_judge(struct verdict_draft *d)
{
    const struct zone *zone = d->zone->zone;

    for (uint32_t i = 0; i < zone->n_details; i++) {
        struct binding binding = d->zone->bindings[i];

        if (binding.kind == BINDING_GROUP && !d->group_healthy[binding.index] &&
            has_plain_member(zone, &zone->groups[binding.index]))
            group_becomes_healthy(d, (uint32_t)binding.index);
    }
}

/* Health runs up the aliases: each group and each alias once. */
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
    uint32_t most = UINT32_MAX / group->n; /* a loaded group may be huge: the sum never wraps */
    uint32_t sum = 0;

    for (uint32_t i = 0; i < group->n; i++) {
        const struct record_detail *detail = sets[i].detail;
        uint32_t weight = !by_weight ? 1u : detail->has_weight ? (uint32_t)detail->weight : 0u;

        weight = weight < most ? weight : most;
        if (only_healthy && !d->healthy[detail - zone->details])
            weight = 0;
        sum += weight;
        out[detail - zone->details] = sum;
    }
    return sum > 0;
}

static void group_weigh(const struct verdict_draft *d, const struct group *group, uint32_t *out)
{
    (void)(weights_put(d, group, out, true, true) || weights_put(d, group, out, true, false) ||
           weights_put(d, group, out, false, true) || weights_put(d, group, out, false, false));
}

/* All members of a group by policy have details: each has a set identifier. */
static bool is_weighable(const struct zone *zone, const struct group *group)
{
    return group->policy == POLICY_WEIGHTED && !has_plain_member(zone, group);
}

static bool weigh(const struct verdict_draft *d, struct arena *arena)
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
        last = group;
    }
    d->zone->cumulative = cumulative;
    return true;
}

static bool draft_make(struct verdict_draft *d, struct arena *scratch, struct arena *arena)
{
    const struct zone *zone = d->zone->zone;

    d->healthy = r53__arena_alloc(arena, zone->n_details, 1);
    d->group_healthy = r53__arena_alloc(scratch, zone->n_groups, 1);
    d->first_evaluator = r53__arena_alloc(scratch, zone->n_groups, sizeof(int32_t));
    d->next_evaluator = r53__arena_alloc(scratch, zone->n_details, sizeof(int32_t));
    d->queue = r53__arena_alloc(scratch, zone->n_groups, sizeof(int32_t));
    if (arena->failed || scratch->failed)
        return false;
    for (uint32_t i = 0; i < zone->n_groups; i++)
        d->first_evaluator[i] = -1;
    d->zone->healthy = d->healthy;
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
        targets_judge(d);
        health_spread(d);
        ok = weigh(d, arena);
    }
    r53__arena_free(&scratch);
    return ok;
}

bool r53__verdicts_prepare(r53_view *view, const r53_observed *observed)
{
    for (uint32_t i = 0; i < view->n_zones; i++) {
        struct verdict_draft draft = {.zone = &view->zones[i], .view = view, .observed = observed};

        if (view->zones[i].zone->n_details && !zone_judge(&draft, &view->arena))
            return false;
    }
    return true;
}
