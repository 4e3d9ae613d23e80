/* Which of the eligible targets: scope, algorithm, and what happens without any. */
#include "elb/stages.h"

#include "base/events.h"
#include "base/rules.h"
#include "elb/state.h"

/* What an algorithm picks from. */
struct pick {
    const struct elb_input *input;
    const struct fleet *fleet;
    const struct fleet_node *node;
    const struct listener *listener;
    const struct pool *pool;
    const struct scope *scope; /* not empty */
    struct draw *draw;
};

static const struct pool_target *candidate(const struct pick *pick, uint32_t place)
{
    return &pick->pool->targets[pick->pool->eligible[pick->scope->first + place]];
}

static uint32_t pick_any(const struct pick *pick, uint32_t n)
{
    return r53__draw_uniform(pick->draw, r53__elb_draw_key(pick->pool->key, ELB_DRAW_TARGET), n);
}

/*
 * ELB-ALG-02: the eligible target registered next behind the one picked last, round to the first.
 * As the place of the last pick is remembered and not a count, who joins or leaves does not disturb
 * the others' turn. O(log n).
 */
static uint32_t round_robin(const struct pick *pick)
{
    const struct cursor_key key = {pick->fleet->lb->arn, pick->node->zone_name,
                                   pick->pool->group->arn,
                                   pick->listener->arn[0] ? 0 : pick->listener->port};
    uint32_t low = 0, high = pick->scope->n;
    int32_t last;

    if (!pick->input->state || !r53__elb_state_cursor(pick->input->state, &key, &last))
        return pick_any(pick, pick->scope->n);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (candidate(pick, middle)->target->ordinal > last)
            high = middle;
        else
            low = middle + 1;
    }
    return low < pick->scope->n ? low : 0;
}

static bool on_udp(const struct pick *pick)
{
    int32_t protocol =
        pick->input->request->protocol ? pick->input->request->protocol : pick->listener->protocol;

    return protocol == R53_PROTOCOL_UDP || protocol == R53_PROTOCOL_QUIC;
}

/* ELB-NLB-01, -02: the node's address is told by the load balancer and the zone. */
static uint64_t flow_key(const struct pick *pick)
{
    const struct elb_request *request = pick->input->request;
    uint64_t ports = ((uint64_t)request->source_port << 32) | (uint64_t)pick->listener->port;
    uint64_t key = r53__hash_text(pick->node->zone_name, pick->fleet->key);

    key = r53__hash(request->source.octets, sizeof(request->source.octets), key);
    key = r53__mix2(r53__mix2(key, request->source.family), ports);
    return on_udp(pick) ? r53__mix2(key, R53_PROTOCOL_UDP)
                        : r53__mix2(r53__mix2(key, R53_PROTOCOL_TCP), request->tcp_sequence);
}

/* ELB-NLB-05: a flow that is not known in full is any flow. */
static uint32_t flow_hash(const struct pick *pick)
{
    const struct elb_request *request = pick->input->request;

    if (request->source.family == ADDRESS_NONE || request->source_port == 0)
        return pick_any(pick, pick->scope->n);
    return (uint32_t)(flow_key(pick) % pick->scope->n);
}

static uint32_t outstanding(const struct pick *pick, uint32_t place)
{
    return r53__elb_state_outstanding(pick->input->state, pick->fleet->lb->arn,
                                      pick->pool->group->arn,
                                      candidate(pick, place)->target->ordinal);
}

/* ELB-ALG-04: ties are drawn; of an idle group, and without a state, all are tied. O(n). */
static uint32_t least_outstanding(const struct pick *pick)
{
    uint32_t least = UINT32_MAX, ties = 0, chosen;

    if (!pick->input->state)
        return pick_any(pick, pick->scope->n);
    for (uint32_t i = 0; i < pick->scope->n; i++) {
        uint32_t n = outstanding(pick, i);

        ties = n < least ? 1 : ties + (n == least);
        least = n < least ? n : least;
    }
    chosen = pick_any(pick, ties);
    for (uint32_t i = 0; i < pick->scope->n; i++) {
        if (outstanding(pick, i) == least && chosen-- == 0)
            return i;
    }
    return 0;
}

#define ANY_PROTOCOL UINT32_MAX
#define LAYER_4      (PROTOCOL_BIT(R53_PROTOCOL_TCP) | PROTOCOL_BIT(R53_PROTOCOL_SSL))
#define LAYER_7      (PROTOCOL_BIT(R53_PROTOCOL_HTTP) | PROTOCOL_BIT(R53_PROTOCOL_HTTPS))

/* A row a kind of load balancer and listener; what has none is not modelled. */
static const struct target_row {
    int32_t type;                              /* enum r53_load_balancer_type */
    uint32_t protocols;                        /* of the listener */
    uint32_t (*pick)(const struct pick *pick); /* place among the eligible */
    int32_t rule, event;
    int32_t empty_outcome, empty_status, empty_rule; /* no target may be used */
} target_rows[] = {
    {R53_LB_APPLICATION, ANY_PROTOCOL, round_robin, RULE_ELB_ALG_01, EVENT_ROUND_ROBIN,
     R53_SELECTED_GENERATED, 503, RULE_ELB_ALB_ERR_503},
    {R53_LB_NETWORK, ANY_PROTOCOL, flow_hash, RULE_ELB_NLB_05, EVENT_FLOW_HASH,
     R53_SELECTED_NO_TARGET, 0, RULE_ELB_NLB_11},
    {R53_LB_CLASSIC, LAYER_4, round_robin, RULE_ELB_CLB_01, EVENT_ROUND_ROBIN,
     R53_SELECTED_NO_TARGET, 0, RULE_ELB_CLB_12},
    {R53_LB_CLASSIC, LAYER_7, least_outstanding, RULE_ELB_CLB_01, EVENT_LEAST_OUTSTANDING,
     R53_SELECTED_GENERATED, 503, RULE_ELB_CLB_12},
};

static const struct target_row *row_find(const struct pick *pick)
{
    for (size_t i = 0; i < sizeof(target_rows) / sizeof(*target_rows); i++) {
        if (target_rows[i].type == pick->fleet->lb->type &&
            (target_rows[i].protocols & PROTOCOL_BIT(pick->listener->protocol)))
            return &target_rows[i];
    }
    return NULL;
}

/* Trace */

static const int32_t exclusion_rules[] = {
    [TARGET_USABLE] = RULE_NONE,
    [TARGET_IS_DRAINING] = RULE_ELB_DRAIN_07,
    [TARGET_IS_UNUSED] = RULE_ELB_ST_01,
    [TARGET_ZONE_DISABLED] = RULE_ELB_LB_13,
    [TARGET_ZONE_UNKNOWN] = RULE_ELB_XZ_04,
    [TARGET_IS_SHIFTED] = RULE_ELB_SHIFT_03,
};

static bool foreign(const struct pool *pool, const struct pool_target *target, int32_t node)
{
    return !pool->cross_zone && target->node >= 0 && target->node != node;
}

/* Why each target of the node's zones that is not eligible is not. Only with a trace. */
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
        else if (!foreign(pool, target, choice->node) && !listed)
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

int32_t r53__elb_target(const struct elb_input *input, struct elb_choice *choice, struct draw *draw)
{
    const struct fleet *fleet = r53__elb_fleet(input, choice);
    const struct pool *pool = &fleet->pools[choice->pool];
    const struct pick pick = {input,
                              fleet,
                              &fleet->nodes[choice->node],
                              fleet->listeners[choice->listener].listener,
                              pool,
                              &pool->scopes[choice->node],
                              draw};
    const struct target_row *row = row_find(&pick);
    uint32_t place;

    if (!row)
        return R53_E_UNSUPPORTED;
    trace_scope(input, choice, pool, pick.scope);
    if (pick.scope->n == 0) {
        r53__trace(input->trace, row->empty_rule, EVENT_SCOPE_EMPTY, choice->fleet, choice->pool, 0,
                   0);
        return r53__elb_end(choice, row->empty_outcome, row->empty_status, row->empty_rule);
    }
    place = row->pick(&pick);
    choice->target = (int32_t)pool->eligible[pick.scope->first + place];
    choice->fail_open = pick.scope->fail_open;
    r53__trace(input->trace, row->rule, row->event, (int32_t)place, (int32_t)pick.scope->n, 0, 0);
    r53__trace(input->trace, row->rule, EVENT_TARGET_CHOSEN, choice->fleet, choice->pool,
               choice->target, 0);
    return r53__elb_end(choice, R53_SELECTED_TARGET, 0, row->rule);
}
