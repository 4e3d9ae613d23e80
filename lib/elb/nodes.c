/* Which node the client connects to. */
#include "elb/stages.h"

#include "base/events.h"
#include "base/rules.h"
#include "view/zone_health.h"

/* Rules by which a group speaks against a node's zone; of one without targets the second. */
static const struct zone_rules {
    int32_t breach, empty;
} zone_rules[] = {
    [R53_LB_APPLICATION] = {RULE_ELB_DNS_26, RULE_ELB_DNS_26},
    [R53_LB_NETWORK] = {RULE_ELB_DNS_27, RULE_ELB_DNS_28},
    [R53_LB_GATEWAY] = {RULE_ELB_DNS_27, RULE_ELB_DNS_28},
    [R53_LB_CLASSIC] = {RULE_ELB_DNS_33, RULE_ELB_DNS_33},
};

/* Each target group that fails there. */
static void trace_unhealthy(r53_trace *trace, const struct fleet *fleet, int32_t index,
                            uint32_t node)
{
    const struct zone_rules *rules = &zone_rules[fleet->lb->type];

    for (uint32_t i = 0; i < fleet->n_pools; i++) {
        bool empty = fleet->pools[i].verdicts[node] == POOL_EMPTY;

        if (r53__pool_fails_zone(fleet, i, node))
            r53__trace(trace, empty ? rules->empty : rules->breach, EVENT_NODE_LEFT_OUT, index,
                       (int32_t)node, (int32_t)i, 0);
    }
}

void r53__elb_trace_left_out(r53_trace *trace, const struct fleet *fleet, int32_t index,
                             uint32_t node)
{
    if (fleet->nodes[node].shifted)
        r53__trace(trace, RULE_ELB_SHIFT_02, EVENT_NODE_SHIFTED, index, (int32_t)node, 0, 0);
    else if (fleet->nodes[node].impaired)
        r53__trace(trace, RULE_ELB_DNS_32, EVENT_NODE_IMPAIRED, index, (int32_t)node, 0, 0);
    else
        trace_unhealthy(trace, fleet, index, node);
}

static void trace_nodes(const struct elb_input *input, const struct fleet *fleet, int32_t index)
{
    if (!input->trace)
        return;
    if (fleet->dns_fail_open)
        r53__trace(input->trace, RULE_ELB_DNS_21, EVENT_DNS_FAIL_OPEN, index, 0, 0, 0);
    for (uint32_t i = 0; i < fleet->n_nodes; i++) {
        if (fleet->nodes[i].in_dns)
            r53__trace(input->trace, RULE_ELB_DNS_20, EVENT_NODE_IN_DNS, index, (int32_t)i, 0, 0);
        else
            r53__elb_trace_left_out(input->trace, fleet, index, i);
    }
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
    struct node_addresses ipv4 = r53__fleet_addresses(fleet, ADDRESS_IPV4);
    struct node_addresses ipv6 = r53__fleet_addresses(fleet, ADDRESS_IPV6);
    uint32_t pick;

    if (family == ADDRESS_IPV4 && ipv4.n > 0)
        ipv6.n = 0;
    else if (family == ADDRESS_IPV6 && ipv6.n > 0)
        ipv4.n = 0;
    if (ipv4.n + ipv6.n == 0)
        return node_without_address(fleet, draw);
    pick = r53__draw_uniform(draw, r53__elb_draw_key(fleet->key, ELB_DRAW_NODE), ipv4.n + ipv6.n);
    return (int32_t)(pick < ipv4.n ? ipv4.at[pick] : ipv6.at[pick - ipv4.n]).node;
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
        r53__trace(input->trace, RULE_ELB_LB_10,
                   fleet->n_nodes ? EVENT_NODE_MISSING : EVENT_NODE_NONE, choice->fleet, 0, 0, 0);
        return r53__elb_end(choice, R53_SELECTED_INACTIVE, 0, RULE_ELB_LB_10);
    }
    r53__trace(input->trace, RULE_ELB_ALB_SEL_02, EVENT_NODE_CHOSEN, choice->fleet, choice->node, 0,
               0);
    choice->stage = ELB_LISTENER;
    return R53_OK;
}
