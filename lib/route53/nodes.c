#include "route53/nodes.h"

#include "base/events.h"
#include "base/hash.h"
#include "base/rules.h"
#include "elb/stages.h"

/* Last part of a draw key. It never changes, or seeds would yield something else. */
enum { AFFINITY_KEY = 0x617a61 };

/* ELB-DNS-44, -46: of 100 queries 85 get their own zone, the others any healthy one. */
enum { AFFINITY_OWN, AFFINITY_ANY, AFFINITY_CHOICES };
static const uint32_t partial_affinity[AFFINITY_CHOICES] = {85, 100};

/*
 * The node in the client's own zone that it may be sent to, or -1. The client may be looked at: the
 * fleet asks for it.
 */
static int32_t own_node(const struct client *client, const struct fleet *fleet, uint8_t family)
{
    int32_t node;

    if (!*client->vpc_id)
        return -1; /* ELB-DNS-45: not asked through the VPC's resolver */
    node = r53__fleet_node_named(fleet, r53__span(client->az_name));
    if (node < 0 && client->az_id)
        node = r53__fleet_node_of_zone_id(fleet, client->az_id);
    /* ELB-DNS-47; ELB-DNS-45: not healthy while others are. Failing open keeps all in DNS. */
    if (node < 0 || !fleet->nodes[node].in_dns)
        return -1;
    /* a node without address of the family is of no use while others have some */
    return r53__fleet_node_addresses(fleet, (uint32_t)node, family).n > 0 ||
                   r53__fleet_addresses(fleet, family).n == 0
               ? node
               : -1;
}

static bool affinity_holds(const struct fleet *fleet, struct draw *draw)
{
    return fleet->lb->client_routing_policy == R53_ROUTING_ZONE_AFFINITY ||
           r53__draw_weighted(draw, r53__mix2(fleet->key, AFFINITY_KEY), partial_affinity,
                              AFFINITY_CHOICES) == AFFINITY_OWN;
}

static bool family_answered(const struct route *route, uint8_t family)
{
    if (family == ADDRESS_IPV4)
        return route->families & FAMILY_IPV4;
    return family != ADDRESS_IPV6 || (route->families & FAMILY_IPV6);
}

/* Of load balancers whose addresses nobody told, only the family of the name is known. */
static bool addresses_known(const struct fleet *fleet)
{
    return fleet->n_ipv4 + fleet->n_ipv6 > 0;
}

/*
 * The other reading of ELB-DNS-46: what is left goes to the other zones alone, if there are any. A
 * node's addresses stand together and all stand there twice, so the others follow it in a row.
 */
static void leave_out(struct node_addresses *all, uint32_t node, size_t length)
{
    uint32_t first = 0, end;

    while (first < all->n && all->at[first].node != node)
        first++;
    for (end = first; end < all->n && all->at[end].node == node;)
        end++;
    if (end - first == all->n)
        return;
    all->at += end;
    all->octets += end * length;
    all->n -= end - first;
}

struct nodes_answer r53__route_nodes(const struct route_input *input, const struct route *route,
                                     struct draw *draw)
{
    const struct fleet *fleet = &input->view->fleets[route->target];
    uint8_t family = r53__query_family(input->query);
    struct nodes_answer answer = {.addresses = r53__fleet_addresses(fleet, family), .node = -1};
    int32_t own = -1;

    if (!fleet->serves || !family_answered(route, family)) { /* ELB-LB-04, ELB-DNS-05 */
        answer.addresses.n = 0;
        answer.nodata = true;
        return answer;
    }
    if (route->node < 0 && r53__fleet_asks_client(fleet))
        own = own_node(&input->query->client, fleet, family);
    if (route->node >= 0) {
        answer.node = route->node; /* ELB-DNS-35 */
    } else if (own >= 0 && affinity_holds(fleet, draw)) {
        answer.node = own;
        answer.own_zone = true;
    } else if (own >= 0 && input->view->choices.partial_affinity_others) {
        leave_out(&answer.addresses, (uint32_t)own,
                  family == ADDRESS_IPV4 ? IPV4_OCTETS : IPV6_OCTETS);
    }
    if (answer.node >= 0)
        answer.addresses = r53__fleet_node_addresses(fleet, (uint32_t)answer.node, family);
    answer.nodata = answer.addresses.n == 0 && addresses_known(fleet);
    return answer;
}

/* Why an answer lacks a node's addresses, or has them all the same. */
static void trace_left_out(const struct route_input *input, const struct fleet *fleet, int32_t at)
{
    if (fleet->dns_fail_open)
        r53__trace(input->trace, RULE_ELB_DNS_21, EVENT_DNS_FAIL_OPEN, at, 0, 0, 0);
    for (uint32_t i = 0; input->trace && i < fleet->n_nodes; i++) {
        if (!fleet->nodes[i].in_dns)
            r53__elb_trace_left_out(input->trace, fleet, at, i);
    }
}

void r53__route_nodes_trace(const struct route_input *input, const struct route *route,
                            const struct nodes_answer *answer)
{
    if (!input->view->fleets[route->target].serves)
        r53__trace(input->trace, RULE_ELB_LB_04, EVENT_INACTIVE, route->target, 0, 0, 0);
    else if (answer->node >= 0)
        r53__trace(input->trace, answer->own_zone ? RULE_R53_ELB_12 : RULE_R53_ELB_11,
                   answer->own_zone ? EVENT_OWN_ZONE : EVENT_ZONAL_NAME, route->target,
                   answer->node, 0, 0);
    else
        trace_left_out(input, &input->view->fleets[route->target], route->target);
}
