/*
 * Whether a flow that is known may stay where it is: at a target, or at the node of a load balancer
 * that is the target (ELB-NLB-17).
 */
#include "elb/flows.h"

#include "elb/state.h"
#include "view/balance.h"

#include <string.h>

enum staying { STAYS, MOVES, IS_CUT, IS_LOST, IS_RESET };

/*
 *                     Network            Gateway, by failover_on_unhealthy
 *   target            TCP      UDP       no_rebalance   rebalance
 *   healthy, initial  stays    stays     stays          stays
 *   draining          stays    stays     stays          stays
 *   unhealthy         is cut*  stays     stays          moves, unless all fail open
 *   after its delay   stays**  stays**   stays          moves**
 *   unused            is cut   is cut    stays          moves
 *   not in the view   is cut   is cut    is lost        moves
 *   node behind gone  is cut   -         -              -
 *
 * A Gateway's TCP flow that would stay on an unhealthy target, or after its delay, is reset instead
 * at both ends where the group says so (ELB-GWLB-08).
 *
 * (*) unless all fail open, or the group does not terminate such connections.
 * (**) if the group terminates connections or rebalances then, the view has no such target.
 *
 * ELB-NLB-06, -12, ELB-FO-08, ELB-DRAIN-01, -04, ELB-SHIFT-05; ELB-GWLB-06, -07, -09
 */
static enum staying network_stays(const struct pool_target *target, const struct pool *pool,
                                  const struct scope *scope, uint8_t ip_protocol)
{
    if (!target || target->exclusion == TARGET_IS_UNUSED)
        return IS_CUT;
    if (target->state != R53_TARGET_UNHEALTHY || ip_protocol == IP_UDP || scope->fail_open ||
        !pool->group->unhealthy_connection_termination)
        return STAYS;
    return IS_CUT;
}

/* ELB-GWLB-08, ELB-ATTR-25: only of five parts, and without rebalancing. */
static bool gateway_resets(const struct pool_target *target, const struct pool *pool,
                           const struct scope *scope)
{
    const struct target_group *group = pool->group;

    if (group->stickiness_enabled || group->failover_on_unhealthy == R53_FAILOVER_REBALANCE)
        return false;
    if (!target || target->exclusion == TARGET_IS_GONE)
        return group->reset_on_deregistration;
    return group->reset_on_unhealthy && target->state == R53_TARGET_UNHEALTHY && !scope->fail_open;
}

static enum staying gateway_stays(const struct pool_target *target, const struct pool *pool,
                                  const struct scope *scope, uint8_t ip_protocol)
{
    bool rebalance = pool->group->failover_on_unhealthy == R53_FAILOVER_REBALANCE;

    if (ip_protocol == IP_TCP && gateway_resets(target, pool, scope))
        return IS_RESET;
    if (!target)
        return rebalance ? MOVES : IS_LOST;
    if (target->exclusion == TARGET_IS_UNUSED)
        return rebalance ? MOVES : STAYS;
    if (target->exclusion == TARGET_IS_DRAINING || target->exclusion == TARGET_IS_GONE ||
        r53__pool_target_healthy(pool, target) || target->state == R53_TARGET_INITIAL)
        return STAYS;
    return rebalance && !scope->fail_open ? MOVES : STAYS;
}

/* ELB-LSN-21: connections to a group whose weight became 0 are closed. */
static bool weightless(const struct action *action, const char *arn)
{
    for (uint32_t i = 0; i < action->n_groups; i++) {
        if (strcmp(action->groups[i].target_group_arn, arn) == 0)
            return action->groups[i].weight == 0;
    }
    return false;
}

/* Where a known flow stands in the view. */
struct known_flow {
    int32_t pool, target; /* -1: not in the view any more */
    int32_t onward;       /* node of the load balancer that is the target; -1: none, or not told */
    enum staying staying;
    int32_t rule, event; /* why it is cut, if that is not its target's doing; else 0 */
};

/* ELB-NLB-17: the node behind that the connection goes to; false: it is there no more. */
static bool onward_find(const struct elb_input *input, const struct pool_target *target,
                        const struct flow_place *place, int32_t *node)
{
    int32_t to = place->onward_zone ? r53__elb_fleet_behind(input, target) : -1;

    *node = to < 0 ? -1
                   : r53__fleet_node_named(&input->view->fleets[to], r53__span(place->onward_zone));
    return to < 0 || *node >= 0;
}

/* What else than its target may end a connection of a Network Load Balancer. */
static void front_judge(const struct elb_input *input, const struct action *action,
                        const struct pool_target *target, const struct flow_place *place,
                        struct known_flow *known)
{
    if (action && weightless(action, place->target_group_arn)) {
        known->rule = RULE_ELB_LSN_21;
        known->event = EVENT_FLOW_WEIGHTLESS;
    } else if (!onward_find(input, target, place, &known->onward)) {
        known->rule = RULE_ELB_NLB_17;
        known->event = EVENT_FLOW_NODE_GONE;
    }
    if (known->event)
        known->staying = IS_CUT;
}

/* Without an action no weight speaks against it. */
static struct known_flow flow_judge(const struct elb_input *input, const struct elb_choice *choice,
                                    const struct action *action, const struct flow_place *place)
{
    const struct fleet *fleet = r53__elb_fleet(input, choice);
    bool gateway = fleet->lb->type == R53_LB_GATEWAY;
    struct known_flow known = {.pool = r53__fleet_pool_find(fleet, place->target_group_arn),
                               .target = -1,
                               .onward = -1,
                               .staying = gateway ? MOVES : IS_CUT};
    const struct pool *pool;
    const struct pool_target *target;

    if (known.pool < 0)
        return known;
    pool = &fleet->pools[known.pool];
    known.target = r53__pool_ordinal(pool, place->ordinal);
    target = known.target < 0 ? NULL : &pool->targets[known.target];
    known.staying = (gateway ? gateway_stays : network_stays)(
        target, pool, &pool->scopes[choice->node], r53__flow_protocol(input, choice));
    if (!gateway && known.staying == STAYS)
        front_judge(input, action, target, place, &known);
    return known;
}

static int32_t leaving_rule(bool gateway, enum staying staying)
{
    if (staying == MOVES)
        return RULE_ELB_GWLB_07;
    if (staying == IS_RESET)
        return RULE_ELB_GWLB_08;
    return gateway ? RULE_ELB_GWLB_06 : RULE_ELB_NLB_12;
}

/* Why the flow does not stay. */
static void trace_flow(const struct elb_input *input, const struct elb_choice *choice,
                       const struct known_flow *known)
{
    const struct fleet *fleet = r53__elb_fleet(input, choice);
    int32_t rule = leaving_rule(fleet->lb->type == R53_LB_GATEWAY, known->staying);
    int32_t event = known->staying == MOVES ? EVENT_FLOW_MOVED : EVENT_FLOW_CUT;

    if (known->staying == STAYS)
        return;
    if (known->target < 0)
        r53__trace(input->trace, rule, EVENT_FLOW_TARGET_GONE, choice->fleet, 0, 0, 0);
    else
        r53__trace(input->trace, known->event ? known->rule : rule,
                   known->event ? known->event : event, choice->fleet, known->pool, known->target,
                   fleet->pools[known->pool].targets[known->target].state);
}

static bool resumed(const struct elb_input *input, struct elb_choice *choice,
                    const struct known_flow *known)
{
    const struct fleet *fleet = r53__elb_fleet(input, choice);
    int32_t rule = fleet->lb->type == R53_LB_GATEWAY ? RULE_ELB_GWLB_06 : RULE_ELB_NLB_06;

    choice->pool = known->pool;
    choice->target = known->target;
    choice->onward_node = known->onward;
    choice->action = -1;
    choice->marks |= CHOICE_FLOW_KNOWN;
    r53__trace(input->trace, rule, EVENT_FLOW_RESUMED, choice->fleet, choice->pool, choice->target,
               0);
    r53__flow_mark_source(input, choice);
    r53__elb_end(choice, R53_SELECTED_TARGET, 0, rule);
    return true;
}

/* A packet in the middle of a TCP connection that is not known: ELB-NLB-23, ELB-GWLB-10. */
static bool stranger(const struct elb_input *input, struct elb_choice *choice)
{
    bool gateway = r53__elb_fleet(input, choice)->lb->type == R53_LB_GATEWAY;
    int32_t rule = gateway ? RULE_ELB_GWLB_10 : RULE_ELB_NLB_23;

    if (!input->request->established || r53__flow_protocol(input, choice) != IP_TCP)
        return false;
    r53__trace(input->trace, rule, EVENT_FLOW_UNKNOWN, choice->fleet, 0, 0, 0);
    r53__elb_end(choice, gateway ? R53_SELECTED_DROPPED : R53_SELECTED_RESET, 0, rule);
    return true;
}

/* A Gateway Load Balancer has one action with one group (ELB-GWLB-01). */
static const struct target_group *gateway_group(const struct elb_input *input,
                                                const struct elb_choice *choice)
{
    const struct fleet *fleet = r53__elb_fleet(input, choice);
    const struct fleet_action *action = &r53__elb_rule_of(input, choice)->actions[choice->action];

    return action->pools[0] < 0 ? NULL : fleet->pools[action->pools[0]].group;
}

/*
 * A connection without requests was left open for those that say that they are on it; another one
 * under its addresses is new.
 */
static bool left_open(const struct elb_input *input, const struct flow_place *place)
{
    return place->onward_zone && place->requests == 0 && !input->request->established;
}

bool r53__flow_resume(const struct elb_input *input, struct elb_choice *choice)
{
    const struct fleet *fleet = r53__elb_fleet(input, choice);
    const struct fleet_action *action = &r53__elb_rule_of(input, choice)->actions[choice->action];
    const struct target_group *group = NULL;
    struct known_flow known;
    struct flow_place place;
    struct flow_id flow;

    if (fleet->lb->type == R53_LB_GATEWAY)
        group = gateway_group(input, choice);
    else if (fleet->lb->type != R53_LB_NETWORK || input->request->quic_connection_id)
        return false; /* ELB-NLB-04: a connection id says more than addresses */
    if (!input->state || (fleet->lb->type == R53_LB_GATEWAY && !group) ||
        !r53__flow_id_make(input, choice, group, &flow))
        return false;
    if (!r53__elb_state_flow(input->state, fleet->lb->arn, fleet->nodes[choice->node].zone_name,
                             &flow, r53__elb_now(input), &place) ||
        left_open(input, &place))
        return stranger(input, choice);
    known = flow_judge(input, choice, action->action, &place);
    trace_flow(input, choice, &known);
    if (known.staying == STAYS)
        return resumed(input, choice, &known);
    if (known.staying == IS_RESET && input->request->established) {
        r53__elb_end(choice, R53_SELECTED_RESET, 0, RULE_ELB_GWLB_08);
        return true;
    }
    if (known.staying == IS_LOST) { /* ELB-GWLB-06 */
        r53__elb_end(choice, R53_SELECTED_DROPPED, 0, RULE_ELB_GWLB_06);
        return true;
    }
    return known.staying == IS_CUT && stranger(input, choice);
}

/* The action that led to the group, where there can be no other; else nobody has noted which. */
static const struct action *only_action(const struct fleet_listener *listener)
{
    const struct fleet_rule *rule = &listener->otherwise;

    return listener->n_rules == 0 && rule->n_actions > 0 ? &rule->taken[rule->n_actions - 1] : NULL;
}

bool r53__flow_front_stays(const struct elb_input *input, const struct elb_choice *choice,
                           const r53_selection *begun)
{
    const struct elb_choice front = r53__flow_choice(choice);
    const struct flow_place place = {.target_group_arn = begun->via_target_group_arn,
                                     .ordinal = begun->via_target_ordinal,
                                     .onward_zone = begun->availability_zone};
    const struct action *action = only_action(r53__elb_listener_of(input, &front));
    struct known_flow known = flow_judge(input, &front, action, &place);

    trace_flow(input, &front, &known);
    return known.staying == STAYS;
}
