/*
 * Security groups of a load balancer: a packet that none of their inbound rules admits is dropped
 * before any listener sees it (ELB-LB-47). A load balancer without groups, and one with a group
 * that nothing is known of, admits every packet.
 */
#include "elb/flow_id.h"
#include "elb/stages.h"
#include "model/security_group.h"

/* TCP or UDP by the request, else by the listener that it would reach. */
static int32_t ip_protocol_of(const struct elb_input *input, const struct elb_choice *choice)
{
    int32_t protocol = input->request->protocol;

    if (protocol == 0 && choice->listener >= 0)
        protocol = r53__elb_listener_of(input, choice)->listener->protocol;
    return PROTOCOL_BIT(protocol) & ON_UDP ? IP_UDP : IP_TCP;
}

static bool checked(const struct elb_input *input, const struct elb_choice *choice)
{
    const struct fleet *fleet = r53__elb_fleet(input, choice);

    if (fleet->n_security_groups == 0)
        return false;
    return !input->request->private_link || choice->via_fleet >= 0 ||
           fleet->lb->enforce_on_private_link;
}

bool r53__elb_admitted(const struct elb_input *input, const struct elb_choice *choice, int32_t port)
{
    const struct fleet *fleet = r53__elb_fleet(input, choice);
    struct packet packet = {.ip_protocol = ip_protocol_of(input, choice),
                            .port = port,
                            .source = &input->request->source,
                            .source_groups = input->request->source_security_groups,
                            .n_source_groups = input->request->n_source_security_groups};

    if (!checked(input, choice))
        return true;
    if (choice->via_fleet >= 0) {
        packet.forwarder_groups = input->view->fleets[choice->via_fleet].lb->security_groups;
        packet.n_forwarder_groups = input->view->fleets[choice->via_fleet].lb->n_security_groups;
    }
    for (uint32_t i = 0; i < fleet->n_security_groups; i++) {
        if (r53__security_group_admits(fleet->security_groups[i], &packet)) {
            r53__trace(input->trace, RULE_ELB_LB_47, EVENT_ADMITTED, choice->fleet, port, 0, 0);
            return true;
        }
    }
    r53__trace(input->trace, RULE_ELB_LB_47, EVENT_NOT_ADMITTED, choice->fleet, port, 0, 0);
    return false;
}
