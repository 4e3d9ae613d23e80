/*
 * Network and Gateway Load Balancers: a flow's hash names the place of its target, so that equal
 * flows go the same way without anybody remembering them.
 */
#include "elb/flows.h"
#include "elb/pick.h"
#include "view/balance.h"

enum { QUIC_SERVER_AT = 1, QUIC_SERVER_LENGTH = 8 }; /* ELB-NLB-04 */

static bool on_udp(const struct pick *pick)
{
    return r53__flow_protocol(pick->input, pick->choice) == IP_UDP;
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

#define NOT_BY_SOURCE (PROTOCOL_BIT(R53_PROTOCOL_TLS) | PROTOCOL_BIT(R53_PROTOCOL_QUIC))

/* ELB-NLB-07: not on TLS and QUIC listeners. */
static bool by_source(const struct pick *pick)
{
    const struct target_group *group = pick->pool->group;

    return group->stickiness_enabled && group->stickiness_type == R53_STICKINESS_SOURCE_IP &&
           !(PROTOCOL_BIT(pick->listener->protocol) & NOT_BY_SOURCE) &&
           pick->input->request->source.family != ADDRESS_NONE;
}

/* ELB-NLB-08; TCP and UDP are apart (ELB-NLB-24). */
static uint32_t source_hash(struct pick *pick)
{
    const struct address *source = &pick->input->request->source;
    uint64_t key = r53__mix2(r53__hash_text(pick->node->zone_name, pick->fleet->key),
                             on_udp(pick) ? R53_PROTOCOL_UDP : R53_PROTOCOL_TCP);

    key = r53__hash(source->octets, sizeof(source->octets), r53__mix2(key, source->family));
    pick->rule = RULE_ELB_NLB_08;
    pick->event = EVENT_SOURCE_HASH;
    return (uint32_t)(key % pick->scope->n);
}

/*
 * ELB-NLB-04: the place of the target whose server id the connection id carries, or -1. The octet
 * in front of it is the one that QUIC-LB keeps for itself.
 */
static int32_t quic_place(struct pick *pick)
{
    const uint8_t *id = pick->input->request->quic_connection_id;
    uint64_t server = 0;
    int32_t target, place;

    if (!id || !on_udp(pick))
        return -1;
    for (size_t i = 0; i < QUIC_SERVER_LENGTH; i++)
        server = server << 8 | id[QUIC_SERVER_AT + i];
    target = r53__pool_quic_target(pick->pool, server);
    place = target < 0 ? -1 : r53__scope_place(pick->scope, target);
    if (place >= 0) {
        pick->rule = RULE_ELB_NLB_04;
        r53__trace(pick->input->trace, RULE_ELB_NLB_04, EVENT_QUIC_SERVER, pick->choice->fleet,
                   pick->choice->pool, target, 0);
    }
    return place;
}

/* ELB-NLB-05: a flow that is not known in full is any flow. */
uint32_t r53__pick_by_flow(struct pick *pick)
{
    const struct elb_request *request = pick->input->request;
    int32_t by_server = quic_place(pick);

    if (by_server >= 0)
        return (uint32_t)by_server;
    if (by_source(pick))
        return source_hash(pick);
    if (request->source.family == ADDRESS_NONE || request->source_port == 0)
        return r53__pick_any(pick, pick->scope->n);
    return (uint32_t)(flow_key(pick) % pick->scope->n);
}

/* ELB-GWLB-12; without any healthy appliance by chance, for the flow's life (ELB-FO-10,
 * ELB-GWLB-09). */
uint32_t r53__pick_by_gateway_flow(struct pick *pick)
{
    struct flow_id flow;

    if (pick->scope->fail_open) {
        pick->rule = RULE_ELB_GWLB_09;
        pick->event = EVENT_FLOW_RANDOM;
        return r53__pick_any(pick, pick->scope->n);
    }
    if (!r53__flow_id_make(pick->input, pick->choice, pick->pool->group, &flow))
        return r53__pick_any(pick, pick->scope->n);
    return (uint32_t)(r53__hash(&flow, sizeof(flow),
                                r53__hash_text(pick->node->zone_name, pick->fleet->key)) %
                      pick->scope->n);
}
