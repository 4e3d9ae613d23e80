/* Which node the client connects to. */
#include "elb/stages.h"

#include "base/events.h"
#include "base/rules.h"

static void trace_nodes(const struct elb_input *input, const struct fleet *fleet, int32_t index)
{
    if (!input->trace)
        return;
    if (fleet->dns_fail_open)
        r53__trace(input->trace, RULE_ELB_DNS_21, EVENT_DNS_FAIL_OPEN, index, 0, 0, 0);
    for (uint32_t i = 0; i < fleet->n_nodes; i++)
        r53__trace(input->trace, RULE_ELB_DNS_20,
                   fleet->nodes[i].in_dns ? EVENT_NODE_IN_DNS : EVENT_NODE_LEFT_OUT, index,
                   (int32_t)i, 0, 0);
}

/* Of load balancers whose addresses nobody told, each node in DNS is as likely as any other. */
static int32_t node_without_address(const struct fleet *fleet, struct draw *draw)
{
    uint32_t n = 0, branch;

    for (uint32_t i = 0; i < fleet->n_nodes; i++)
        n += fleet->nodes[i].in_dns;
    if (n == 0)
        return -1;
    branch = r53__draw_uniform(draw, r53__elb_draw_key(fleet->key, ELB_DRAW_NODE), n);
    for (uint32_t i = 0; i < fleet->n_nodes; i++) {
        if (fleet->nodes[i].in_dns && branch-- == 0)
            return (int32_t)i;
    }
    return -1;
}

/* ELB-MATH-01: each address in DNS is equally likely, of those the client can reach. */
static int32_t node_draw(const struct fleet *fleet, uint8_t family, struct draw *draw)
{
    uint32_t first = 0, n = fleet->n_ipv4 + fleet->n_ipv6;

    if (family == ADDRESS_IPV4 && fleet->n_ipv4 > 0) {
        n = fleet->n_ipv4;
    } else if (family == ADDRESS_IPV6 && fleet->n_ipv6 > 0) {
        first = fleet->n_ipv4;
        n = fleet->n_ipv6;
    }
    if (n == 0)
        return node_without_address(fleet, draw);
    first += r53__draw_uniform(draw, r53__elb_draw_key(fleet->key, ELB_DRAW_NODE), n);
    return (int32_t)fleet->addresses[first].node;
}

int32_t r53__elb_node(const struct elb_input *input, struct elb_choice *choice, struct draw *draw)
{
    const struct fleet *fleet = r53__elb_fleet(input, choice);
    const struct elb_request *request = input->request;

    if (!fleet->serves) { /* ELB-LB-04 */
        r53__trace(input->trace, RULE_ELB_LB_04, EVENT_INACTIVE, choice->fleet, 0, 0, 0);
        return r53__elb_end(choice, R53_SELECTED_INACTIVE, 0, RULE_ELB_LB_04);
    }
    if (choice->node < 0 && request->availability_zone[0]) {
        /* ELB-DNS-34: a client may keep the address of any enabled zone, in DNS or not;
         * ELB-NLB-25: an endpoint's interface enters the node of its zone */
        choice->node = r53__fleet_node_named(fleet, r53__span(request->availability_zone));
    } else if (choice->node < 0) {
        trace_nodes(input, fleet, choice->fleet);
        choice->node = node_draw(fleet, request->source.family, draw);
    }
    if (choice->node < 0) {
        r53__trace(input->trace, RULE_ELB_LB_10, EVENT_NODE_MISSING, choice->fleet, 0, 0, 0);
        return r53__elb_end(choice, R53_SELECTED_INACTIVE, 0, RULE_ELB_LB_10);
    }
    r53__trace(input->trace, RULE_ELB_ALB_SEL_02, EVENT_NODE_CHOSEN, choice->fleet, choice->node, 0,
               0);
    choice->stage = ELB_LISTENER;
    return R53_OK;
}
