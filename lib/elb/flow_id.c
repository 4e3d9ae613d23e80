/*
 * What tells a flow from others, and what of it a state is told. Behind a Network Load Balancer the
 * Application one has requests only: the flow is the one that they came on (ELB-NLB-17).
 */
#include "elb/flows.h"

#include "elb/sticky.h"

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
    /* its address is the node's, which the state knows apart; an endpoint's interface there has one
     * of its own (ELB-NLB-25) */
    out->destination[0] = request->private_link;
    out->destination_port = (uint16_t)r53__elb_listener_of(input, choice)->listener->port;
    out->ip_protocol = ip_protocol;
    return true;
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

struct elb_choice r53__flow_choice(const struct elb_choice *choice)
{
    struct elb_choice at = *choice;

    if (choice->via_fleet < 0)
        return at;
    at.fleet = choice->via_fleet;
    at.node = choice->via_node;
    at.listener = choice->via_listener;
    at.pool = choice->via_pool;
    return at;
}

/* Outcomes of a connection that the load balancer behind has taken, whatever it then did. */
static bool connected(const struct elb_choice *choice)
{
    static const bool taken[] = {
        [R53_SELECTED_TARGET] = true,       [R53_SELECTED_GENERATED] = true,
        [R53_SELECTED_REDIRECT] = true,     [R53_SELECTED_FIXED_RESPONSE] = true,
        [R53_SELECTED_AUTHENTICATE] = true, [R53_SELECTED_DANGLING] = true,
        [R53_SELECTED_DROPPED] = false, /* the last there is */
    };

    return choice->via_fleet >= 0 ? taken[choice->outcome] : choice->outcome == R53_SELECTED_TARGET;
}

static uint8_t marks_of(const struct elb_input *input, const struct elb_choice *choice)
{
    if (choice->via_fleet >= 0)
        return FLOW_KEPT | FLOW_IN_FRONT | (choice->marks & CHOICE_VIA_BINDS ? FLOW_BINDS : 0);
    return FLOW_KEPT | (r53__sticky_binds_source(input, choice) ? FLOW_BINDS : 0);
}

void r53__flow_describe(const struct elb_input *input, const struct elb_choice *choice,
                        r53_selection *out)
{
    const struct elb_choice at = r53__flow_choice(choice);
    struct flow_id flow;

    _Static_assert(sizeof(flow) == R53_FLOW_ID_SIZE, "a selection holds a flow");
    out->now_ms = r53__elb_now(input);
    if (!connected(choice) ||
        !r53__flow_id_make(input, &at, r53__elb_fleet(input, &at)->pools[at.pool].group, &flow))
        return;
    flow.marks = marks_of(input, choice);
    out->flow_idle_seconds = idle_seconds(input, &at, &flow);
    memcpy(out->flow_id, &flow, sizeof(flow));
}
