/* Which of the eligible targets: scope, algorithm, and what happens without any. */
#include "elb/stages.h"

#include "elb/flows.h"
#include "elb/pick.h"
#include "elb/state.h"
#include "elb/sticky.h"
#include "view/balance.h"

/* By the scope's weights, which are there because its targets are not alike. */
static uint32_t pick_weighted(const struct pick *pick)
{
    return r53__draw_weighted(pick->draw, r53__elb_draw_key(pick->pool->key, ELB_DRAW_TARGET),
                              pick->scope->cumulative, pick->scope->n);
}

static struct cursor_key cursor_key(const struct pick *pick)
{
    return (struct cursor_key){pick->fleet->lb->arn, pick->node->zone_name, pick->pool->group->arn,
                               pick->listener->arn[0] ? 0 : pick->listener->port};
}

/*
 * ELB-ALG-02: the eligible target registered next behind the one picked last, round to the first.
 * As the place of the last pick is remembered and not a count, who joins or leaves does not disturb
 * the others' turn. O(log n).
 */
static uint32_t turn_after(const struct pick *pick, int32_t last)
{
    uint32_t low = 0, high = pick->scope->n;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (r53__pick_candidate(pick, middle)->target->ordinal > last)
            high = middle;
        else
            low = middle + 1;
    }
    return low < pick->scope->n ? low : 0;
}

/* Ordinal of the target picked last; false: not known. */
static bool last_pick(const struct pick *pick, int32_t *last)
{
    const struct cursor_key key = cursor_key(pick);

    return pick->input->state && r53__elb_state_cursor(pick->input->state, &key, last);
}

static uint32_t outstanding(const struct pick *pick, uint32_t place)
{
    return r53__elb_state_outstanding(pick->input->state, pick->fleet->lb->arn,
                                      pick->pool->group->arn,
                                      r53__pick_candidate(pick, place)->target->ordinal);
}

/* What the state has prepared for just these targets, or NULL. */
static const struct queue *queue_of(const struct pick *pick)
{
    return r53__elb_state_queue(pick->input->state, pick->fleet->lb->arn, pick->pool->group->arn,
                                pick->scope->key);
}

/* ELB-TG-12: is some slot free of those that the host said there are? */
static bool has_slot(const struct pick *pick, uint32_t place)
{
    const struct pool_target *target = r53__pick_candidate(pick, place);

    return target->slots < 0 || outstanding(pick, place) < (uint32_t)target->slots;
}

/* The targets without a free slot. Only with a trace. */
static void trace_slots(const struct pick *pick)
{
    for (uint32_t i = 0; pick->input->trace && i < pick->scope->n; i++) {
        if (!has_slot(pick, i))
            r53__trace(pick->input->trace, RULE_ELB_TG_12, EVENT_SLOTS_TAKEN, pick->choice->fleet,
                       pick->choice->pool, (int32_t)pick->pool->eligible[pick->scope->first + i],
                       0);
    }
}

/* What a queue knows, worked out: for the first request after slots or targets changed. O(n). */
static uint32_t round_counted(const struct pick *pick)
{
    uint32_t n = pick->scope->n, start = 0, skipped = 0, ready = 0;
    int32_t last;

    for (uint32_t i = 0; i < n; i++)
        ready += has_slot(pick, i);
    if (ready > 0 && last_pick(pick, &last))
        start = turn_after(pick, last);
    else if (ready > 0)
        skipped = r53__pick_any(pick, ready);
    for (uint32_t i = 0; ready > 0 && i < n; i++) {
        uint32_t place = (uint32_t)(((uint64_t)start + i) % n);

        if (has_slot(pick, place) && skipped-- == 0)
            return place;
    }
    return n;
}

/* ELB-TG-12: round robin among the targets with a free slot; the number of all: there is none.
 * O(log n). */
static uint32_t round_of_slots(const struct pick *pick)
{
    const struct queue *queue;
    uint32_t ready;
    int32_t last;

    if (!pick->input->state)
        return r53__pick_any(pick, pick->scope->n);
    trace_slots(pick);
    queue = queue_of(pick);
    if (!queue)
        return round_counted(pick);
    ready = r53__queue_free_slots(queue);
    if (ready == 0)
        return pick->scope->n;
    if (last_pick(pick, &last))
        return r53__queue_pick(queue, r53__queue_before(queue, turn_after(pick, last)) % ready);
    return r53__queue_pick(queue, r53__pick_any(pick, ready));
}

static uint32_t round_robin(struct pick *pick)
{
    int32_t last;

    if (pick->pool->group->target_control_port)
        return round_of_slots(pick);
    if (pick->scope->cumulative) { /* ELB-SLOW-06 */
        pick->rule = RULE_ELB_SLOW_05;
        pick->event = EVENT_SLOW_START;
        return pick_weighted(pick);
    }
    return last_pick(pick, &last) ? turn_after(pick, last) : r53__pick_any(pick, pick->scope->n);
}

/* ELB-ALG-05, -08 */
static uint32_t weighted_random(struct pick *pick)
{
    return pick->scope->cumulative ? pick_weighted(pick) : r53__pick_any(pick, pick->scope->n);
}

/* Requests in progress */

/* What a queue knows, worked out: for the first request after the targets changed. O(n). */
static uint32_t least_counted(const struct pick *pick)
{
    uint32_t least = UINT32_MAX, ties = 0, chosen;

    for (uint32_t i = 0; i < pick->scope->n; i++) {
        uint32_t n = outstanding(pick, i);

        ties = n < least ? 1 : ties + (n == least);
        least = n < least ? n : least;
    }
    chosen = r53__pick_any(pick, ties);
    for (uint32_t i = 0; i < pick->scope->n; i++) {
        if (outstanding(pick, i) == least && chosen-- == 0)
            return i;
    }
    return 0;
}

/* ELB-ALG-03, -04: ties are drawn; of an idle group, or without state, all are tied. O(log n). */
static uint32_t least_outstanding(struct pick *pick)
{
    const struct queue *queue;

    if (!pick->input->state)
        return r53__pick_any(pick, pick->scope->n);
    queue = queue_of(pick);
    if (!queue)
        return least_counted(pick);
    return r53__queue_pick(queue, r53__pick_any(pick, r53__queue_ties(queue)));
}

/* Rows */

#define ANY_PROTOCOL UINT32_MAX
#define LAYER_4      (PROTOCOL_BIT(R53_PROTOCOL_TCP) | PROTOCOL_BIT(R53_PROTOCOL_SSL))
#define LAYER_7      (PROTOCOL_BIT(R53_PROTOCOL_HTTP) | PROTOCOL_BIT(R53_PROTOCOL_HTTPS))

/* A row a kind of load balancer, listener and algorithm; what has none is not modelled. */
static const struct target_row {
    int32_t type;       /* enum r53_load_balancer_type */
    int32_t algorithm;  /* enum r53_algorithm_type of the group; 0: it has no say */
    uint32_t protocols; /* of the listener */
    uint32_t (*pick)(struct pick *pick); /* place among the eligible; their number: none */
    int32_t rule, event;
    int32_t empty_outcome, empty_status, empty_rule; /* no target may be used */
} target_rows[] = {
    {R53_LB_APPLICATION, R53_ALGORITHM_ROUND_ROBIN, ANY_PROTOCOL, round_robin, RULE_ELB_ALG_01,
     EVENT_ROUND_ROBIN, R53_SELECTED_GENERATED, 503, RULE_ELB_ALB_ERR_503},
    {R53_LB_APPLICATION, R53_ALGORITHM_LEAST_OUTSTANDING_REQUESTS, ANY_PROTOCOL, least_outstanding,
     RULE_ELB_ALG_03, EVENT_LEAST_OUTSTANDING, R53_SELECTED_GENERATED, 503, RULE_ELB_ALB_ERR_503},
    {R53_LB_APPLICATION, R53_ALGORITHM_WEIGHTED_RANDOM, ANY_PROTOCOL, weighted_random,
     RULE_ELB_ALG_05, EVENT_WEIGHTED_RANDOM, R53_SELECTED_GENERATED, 503, RULE_ELB_ALB_ERR_503},
    {R53_LB_NETWORK, 0, ANY_PROTOCOL, r53__pick_by_flow, RULE_ELB_NLB_05, EVENT_FLOW_HASH,
     R53_SELECTED_NO_TARGET, 0, RULE_ELB_NLB_11},
    {R53_LB_GATEWAY, 0, ANY_PROTOCOL, r53__pick_by_gateway_flow, RULE_ELB_GWLB_12, EVENT_FLOW_HASH,
     R53_SELECTED_NO_TARGET, 0, RULE_ELB_GWLB_13},
    {R53_LB_CLASSIC, 0, LAYER_4, round_robin, RULE_ELB_CLB_01, EVENT_ROUND_ROBIN,
     R53_SELECTED_NO_TARGET, 0, RULE_ELB_CLB_12},
    {R53_LB_CLASSIC, 0, LAYER_7, least_outstanding, RULE_ELB_CLB_01, EVENT_LEAST_OUTSTANDING,
     R53_SELECTED_GENERATED, 503, RULE_ELB_CLB_12},
};

static const struct target_row *row_find(const struct fleet *fleet, const struct elb_choice *choice)
{
    uint32_t protocol = PROTOCOL_BIT(fleet->listeners[choice->listener].listener->protocol);
    int32_t algorithm = fleet->pools[choice->pool].group->algorithm_type;

    for (size_t i = 0; i < sizeof(target_rows) / sizeof(*target_rows); i++) {
        const struct target_row *row = &target_rows[i];

        if (row->type == fleet->lb->type && (row->protocols & protocol) &&
            (row->algorithm == 0 || row->algorithm == algorithm))
            return row;
    }
    return NULL;
}

bool r53__elb_counts_requests(const struct fleet *fleet, const struct elb_choice *choice)
{
    const struct target_row *row = row_find(fleet, choice);

    if (!row)
        return false;
    return row->pick == least_outstanding ||
           (row->pick == round_robin && fleet->pools[choice->pool].group->target_control_port);
}

/* Trace */

static const int32_t exclusion_rules[] = {
    [TARGET_USABLE] = RULE_NONE,
    [TARGET_IS_DRAINING] = RULE_ELB_DRAIN_07,
    [TARGET_IS_UNUSED] = RULE_ELB_ST_01,
    [TARGET_ZONE_DISABLED] = RULE_ELB_LB_13,
    [TARGET_ZONE_UNKNOWN] = RULE_ELB_XZ_04,
    [TARGET_IS_SHIFTED] = RULE_ELB_SHIFT_03,
    [TARGET_IS_GONE] = RULE_ELB_DRAIN_01,
};

static bool foreign(const struct pool *pool, const struct pool_target *target, int32_t node)
{
    return !pool->cross_zone && target->node >= 0 && target->node != node;
}

/* Why each target that is not eligible at the node is not. Only with a trace. */
static void trace_left_out(const struct elb_input *input, const struct elb_choice *choice,
                           const struct pool *pool, const struct scope *scope)
{
    uint32_t next = 0; /* the list ascends, so one pass over both */

    for (uint32_t i = 0; i < pool->n_targets; i++) {
        const struct pool_target *target = &pool->targets[i];
        bool listed = next < scope->n && pool->eligible[scope->first + next] == i;
        int32_t index = (int32_t)i;

        next += listed;
        if (target->exclusion != TARGET_USABLE)
            r53__trace(input->trace, exclusion_rules[target->exclusion], EVENT_TARGET_EXCLUDED,
                       choice->fleet, choice->pool, index, target->exclusion);
        else if (foreign(pool, target, choice->node))
            r53__trace(input->trace, RULE_ELB_XZ_04, EVENT_TARGET_ELSEWHERE, choice->fleet,
                       choice->pool, index, 0);
        else if (!listed && target->slots == 0)
            r53__trace(input->trace, RULE_ELB_TG_12, EVENT_SLOTLESS, choice->fleet, choice->pool,
                       index, 0);
        else if (!listed)
            r53__trace(input->trace, RULE_ELB_FO_02, EVENT_TARGET_UNHEALTHY, choice->fleet,
                       choice->pool, index, target->state);
    }
}

static void trace_scope(const struct elb_input *input, const struct elb_choice *choice,
                        const struct pool *pool, const struct scope *scope)
{
    if (!input->trace)
        return;
    if (scope->registered > 0)
        r53__trace(input->trace, RULE_ELB_XZ_04, EVENT_SCOPE, choice->fleet, choice->pool,
                   (int32_t)scope->healthy, (int32_t)scope->registered);
    trace_left_out(input, choice, pool, scope);
    if (scope->fail_open)
        r53__trace(input->trace, RULE_ELB_FO_02, EVENT_FAIL_OPEN, choice->fleet, choice->pool, 0,
                   0);
}

static int32_t target_end(const struct elb_input *input, struct elb_choice *choice, int32_t target,
                          int32_t rule)
{
    const struct pool *pool = &r53__elb_fleet(input, choice)->pools[choice->pool];

    choice->target = target;
    choice->fail_open = pool->scopes[choice->node].fail_open;
    r53__trace(input->trace, rule, EVENT_TARGET_CHOSEN, choice->fleet, choice->pool, target, 0);
    r53__flow_mark_source(input, choice);
    return r53__elb_end(choice, R53_SELECTED_TARGET, 0, rule);
}

/* No target may be used, or none has a free slot (ELB-TG-11). */
static int32_t nowhere(const struct elb_input *input, struct elb_choice *choice,
                       const struct target_row *row)
{
    const struct pool *pool = &r53__elb_fleet(input, choice)->pools[choice->pool];
    bool slotless = pool->group->target_control_port && pool->scopes[choice->node].registered > 0;
    int32_t rule = slotless ? RULE_ELB_TG_11 : row->empty_rule;

    r53__trace(input->trace, rule, EVENT_SCOPE_EMPTY, choice->fleet, choice->pool, 0, 0);
    return r53__elb_end(choice, row->empty_outcome, row->empty_status, rule);
}

/* ELB-NLB-04: a connection id of another length is nobody's. */
static bool quic_refused(const struct elb_input *input, struct elb_choice *choice)
{
    const struct elb_request *request = input->request;

    if (r53__elb_fleet(input, choice)->lb->type != R53_LB_NETWORK || !request->quic_connection_id ||
        request->n_quic_connection_id == QUIC_ID_LENGTH)
        return false;
    r53__trace(input->trace, RULE_ELB_NLB_04, EVENT_QUIC_LENGTH,
               (int32_t)(request->n_quic_connection_id & INT32_MAX), 0, 0, 0);
    r53__elb_end(choice, R53_SELECTED_DROPPED, 0, RULE_ELB_NLB_04);
    return true;
}

int32_t r53__elb_target(const struct elb_input *input, struct elb_choice *choice, struct draw *draw)
{
    const struct fleet *fleet = r53__elb_fleet(input, choice);
    const struct pool *pool = &fleet->pools[choice->pool];
    const struct target_row *row = row_find(fleet, choice);
    const struct scope *scope = &pool->scopes[choice->node];
    struct pick pick = {.input = input,
                        .choice = choice,
                        .fleet = fleet,
                        .node = &fleet->nodes[choice->node],
                        .listener = fleet->listeners[choice->listener].listener,
                        .pool = pool,
                        .scope = scope,
                        .draw = draw};
    int32_t sticky;
    uint32_t place;

    if (!row)
        return R53_E_UNSUPPORTED;
    if (quic_refused(input, choice))
        return R53_OK;
    trace_scope(input, choice, pool, scope);
    if (scope->n == 0)
        return nowhere(input, choice, row);
    sticky = r53__sticky_target(input, choice);
    if (sticky >= 0) {
        choice->marks |= CHOICE_STICKY_TARGET;
        return target_end(input, choice, sticky, RULE_ELB_STICK_01);
    }
    pick.rule = row->rule;
    pick.event = row->event;
    place = row->pick(&pick);
    if (place == scope->n)
        return nowhere(input, choice, row);
    r53__trace(input->trace, pick.rule, pick.event, (int32_t)place, (int32_t)scope->n, 0, 0);
    return target_end(input, choice, (int32_t)pool->eligible[scope->first + place], pick.rule);
}
