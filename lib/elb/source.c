/* Whose address a target sees as the source, and what becomes of a target that sees its own. */
#include "elb/flows.h"

#include <string.h>

/* Targets of the other version of IP see the node's address (ELB-NLB-14). */
static bool version_crossed(const struct target_group *group, const struct address *source)
{
    bool six = group->ip_address_type == R53_IP_IPV6;

    return source->family != ADDRESS_NONE && six != (source->family == ADDRESS_IPV6);
}

static bool is_client(const struct elb_request *request, const struct target_group *group,
                      const char *id)
{
    struct address address;

    if (group->target_type == R53_TARGET_INSTANCE)
        return *id && strcmp(id, request->source_instance) == 0;
    return group->target_type == R53_TARGET_IP && request->source.family != ADDRESS_NONE &&
           r53__address_parse(r53__span(id), &address) &&
           r53__address_equal(&address, &request->source);
}

/* ELB-NLB-14; what a Gateway Load Balancer passes on is the packet as it was. */
static bool sees_client(const struct elb_input *input, const struct elb_choice *choice)
{
    const struct fleet *fleet = r53__elb_fleet(input, choice);
    const struct target_group *group = fleet->pools[choice->pool].group;

    if (fleet->lb->type == R53_LB_GATEWAY)
        return true;
    return fleet->lb->type == R53_LB_NETWORK && group->preserve_client_ip &&
           !input->request->private_link && !version_crossed(group, &input->request->source);
}

void r53__flow_mark_source(const struct elb_input *input, struct elb_choice *choice)
{
    const struct fleet *fleet = r53__elb_fleet(input, choice);
    const struct pool *pool = &fleet->pools[choice->pool];

    if (!sees_client(input, choice))
        return;
    choice->marks |= CHOICE_SEES_CLIENT;
    if (fleet->lb->type != R53_LB_NETWORK ||
        !is_client(input->request, pool->group, pool->targets[choice->target].target->id))
        return;
    choice->marks |= CHOICE_HAIRPIN;
    r53__trace(input->trace, RULE_ELB_NLB_15, EVENT_HAIRPIN, choice->fleet, choice->pool,
               choice->target, 0);
}
