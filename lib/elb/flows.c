#include "elb/flows.h"

#include "elb/state.h"
#include "elb/sticky.h"
#include "view/balance.h"

#include <string.h>

/* Identity */

uint8_t r53__flow_protocol(const struct elb_input *input, const struct elb_choice *choice)
{
    int32_t protocol = input->request->protocol;

    if (r53__elb_fleet(input, choice)->lb->type == R53_LB_GATEWAY && input->request->ip_protocol)
        return (uint8_t)input->request->ip_protocol;
    if (protocol == 0)
        protocol = r53__elb_listener_of(input, choice)->listener->protocol;
    return PROTOCOL_BIT(protocol) & ON_UDP ? IP_UDP : IP_TCP;
}

static void source_set(struct flow_id *flow, const struct address *address, uint16_t port)
{
    flow->source_family = address->family;
    memcpy(flow->source, address->octets, sizeof(flow->source));
    flow->source_port = port;
}

static void destination_set(struct flow_id *flow, const struct address *address, uint16_t port)
{
    flow->destination_family = address->family;
    memcpy(flow->destination, address->octets, sizeof(flow->destination));
    flow->destination_port = port;
}

/* <0: a comes first, so that both directions put the same endpoint first (ELB-GWLB-12). */
static int endpoint_compare(const struct address *a, uint16_t a_port, const struct address *b,
                            uint16_t b_port)
{
    int order = (int)a->family - (int)b->family;

    if (order == 0)
        order = memcmp(a->octets, b->octets, sizeof(a->octets));
    return order ? order : (int)a_port - (int)b_port;
}

/* How much of a flow counts (ELB-GWLB-02). */
static bool protocol_counts(const struct target_group *group)
{
    return group->stickiness_type != R53_STICKINESS_SOURCE_IP_DEST_IP || !group->stickiness_enabled;
}

static bool ports_count(const struct target_group *group, uint8_t ip_protocol)
{
    bool fewer = group->stickiness_enabled &&
                 (group->stickiness_type == R53_STICKINESS_SOURCE_IP_DEST_IP ||
                  group->stickiness_type == R53_STICKINESS_SOURCE_IP_DEST_IP_PROTO);

    return !fewer && (ip_protocol == IP_TCP || ip_protocol == IP_UDP);
}

static bool gateway_flow(const struct elb_input *input, uint8_t ip_protocol,
                         const struct target_group *group, struct flow_id *out)
{
    const struct elb_request *request = input->request;
    const struct address *source = &request->source, *destination = &request->destination;
    bool ports = ports_count(group, ip_protocol);
    uint16_t from = ports ? (uint16_t)request->source_port : 0;
    uint16_t to = ports ? (uint16_t)request->port : 0;

    if (source->family == ADDRESS_NONE || destination->family == ADDRESS_NONE ||
        (ports && (!from || !to)))
        return false;
    out->ip_protocol = protocol_counts(group) ? ip_protocol : 0;
    if (endpoint_compare(source, from, destination, to) <= 0) {
        source_set(out, source, from);
        destination_set(out, destination, to);
    } else {
        source_set(out, destination, to);
        destination_set(out, source, from);
    }
    return true;
}

bool r53__flow_id_make(const struct elb_input *input, const struct elb_choice *choice,
                       const struct target_group *group, struct flow_id *out)
{
    const struct elb_request *request = input->request;
    int32_t type = r53__elb_fleet(input, choice)->lb->type;
    uint8_t ip_protocol = r53__flow_protocol(input, choice);

    *out = (struct flow_id){0};
    if (type == R53_LB_GATEWAY)
        return gateway_flow(input, ip_protocol, group, out);
    if (type != R53_LB_NETWORK || request->source.family == ADDRESS_NONE ||
        request->source_port == 0)
        return false;
    source_set(out, &request->source, (uint16_t)request->source_port);
    /* its address is the node's, which the state knows apart */
    out->destination_port = (uint16_t)r53__elb_listener_of(input, choice)->listener->port;
    out->ip_protocol = ip_protocol;
    return true;
}

/* Known flows */

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
    enum staying staying;
};

static struct known_flow flow_judge(const struct elb_input *input, const struct elb_choice *choice,
                                    const struct action *action, const struct flow_place *place)
{
    const struct fleet *fleet = r53__elb_fleet(input, choice);
    bool gateway = fleet->lb->type == R53_LB_GATEWAY;
    struct known_flow known = {r53__fleet_pool_find(fleet, place->target_group_arn), -1,
                               gateway ? MOVES : IS_CUT};
    const struct pool *pool;
    const struct pool_target *target;

    if (known.pool < 0)
        return known;
    pool = &fleet->pools[known.pool];
    known.target = r53__pool_ordinal(pool, place->ordinal);
    target = known.target < 0 ? NULL : &pool->targets[known.target];
    known.staying = (gateway ? gateway_stays : network_stays)(
        target, pool, &pool->scopes[choice->node], r53__flow_protocol(input, choice));
    if (!gateway && weightless(action, place->target_group_arn))
        known.staying = IS_CUT;
    return known;
}

static int32_t cut_rule(bool gateway, enum staying staying)
{
    if (staying == IS_RESET)
        return RULE_ELB_GWLB_08;
    return gateway ? RULE_ELB_GWLB_06 : RULE_ELB_NLB_12;
}

static void trace_flow(const struct elb_input *input, const struct elb_choice *choice,
                       const struct known_flow *known)
{
    const struct fleet *fleet = r53__elb_fleet(input, choice);
    bool gateway = fleet->lb->type == R53_LB_GATEWAY;
    int32_t state;

    if (known->target < 0)
        return;
    state = fleet->pools[known->pool].targets[known->target].state;
    if (known->staying == MOVES)
        r53__trace(input->trace, RULE_ELB_GWLB_07, EVENT_FLOW_MOVED, choice->fleet, known->pool,
                   known->target, state);
    else if (known->staying != STAYS)
        r53__trace(input->trace, cut_rule(gateway, known->staying), EVENT_FLOW_CUT, choice->fleet,
                   known->pool, known->target, state);
}

static bool resumed(const struct elb_input *input, struct elb_choice *choice,
                    const struct known_flow *known)
{
    const struct fleet *fleet = r53__elb_fleet(input, choice);
    int32_t rule = fleet->lb->type == R53_LB_GATEWAY ? RULE_ELB_GWLB_06 : RULE_ELB_NLB_06;

    choice->pool = known->pool;
    choice->target = known->target;
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

/* ELB-NLB-17: a state knows the requests that went on to a load balancer, not the flows. */
static bool leads_on(const struct fleet *fleet, const struct fleet_action *action)
{
    for (uint32_t i = 0; i < action->action->n_groups; i++) {
        if (action->pools[i] >= 0 &&
            fleet->pools[action->pools[i]].group->target_type == R53_TARGET_ALB)
            return true;
    }
    return false;
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
                             &flow, r53__elb_now(input), &place))
        return !leads_on(fleet, action) && stranger(input, choice);
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

/* What a state is told */

enum { IDLE_SHORT_SECONDS = 120 }; /* UDP; other protocols of a Gateway Load Balancer */

/* ELB-LB-46, ELB-GWLB-10: what a listener says is of TCP alone; not where TLS ends, and of a
 * Gateway Load Balancer's flows only of those told apart by all five parts. */
static int32_t idle_seconds(const struct elb_input *input, const struct elb_choice *choice,
                            const struct flow_id *flow)
{
    const struct fleet *fleet = r53__elb_fleet(input, choice);
    const struct listener *listener = fleet->listeners[choice->listener].listener;

    if (flow->ip_protocol != IP_TCP && flow->ip_protocol != 0)
        return IDLE_SHORT_SECONDS;
    if (listener->protocol == R53_PROTOCOL_TLS ||
        (fleet->lb->type == R53_LB_GATEWAY &&
         !ports_count(fleet->pools[choice->pool].group, IP_TCP)))
        return TCP_IDLE_SECONDS;
    return listener->tcp_idle_timeout_seconds;
}

static uint8_t marks_of(const struct elb_input *input, const struct elb_choice *choice)
{
    uint8_t marks = FLOW_KEPT;

    if (r53__sticky_binds_source(input, choice))
        marks |= FLOW_BINDS;
    return marks;
}

void r53__flow_describe(const struct elb_input *input, const struct elb_choice *choice,
                        r53_selection *out)
{
    struct flow_id flow;

    _Static_assert(sizeof(flow) == R53_FLOW_ID_SIZE, "a selection holds a flow");
    out->now_ms = r53__elb_now(input);
    if (choice->outcome != R53_SELECTED_TARGET ||
        !r53__flow_id_make(input, choice, r53__elb_fleet(input, choice)->pools[choice->pool].group,
                           &flow))
        return;
    flow.marks = marks_of(input, choice);
    out->flow_idle_seconds = idle_seconds(input, choice, &flow);
    memcpy(out->flow_id, &flow, sizeof(flow));
}
