/*
 * From a Network Load Balancer into the Application Load Balancer that is its target (ELB-NLB-17).
 * There is no third: only network ones have load balancers as targets, and only application ones
 * can be (ELB-TG-01), so that a chain cannot go in a circle.
 */
#include "elb/stages.h"
#include "elb/sticky.h"

/* Last part of a draw key. It never changes, or seeds would yield something else. */
enum { ONWARD_KEY = 0xe1b10 };

static const struct pool_target *target_of(const struct elb_input *input,
                                           const struct elb_choice *choice)
{
    return &r53__elb_fleet(input, choice)->pools[choice->pool].targets[choice->target];
}

int32_t r53__elb_fleet_behind(const struct elb_input *input, const struct pool_target *target)
{
    int32_t fleet = r53__view_fleet_by_arn(input->view, target->target->id);

    return fleet >= 0 && input->view->fleets[fleet].lb->type == R53_LB_APPLICATION ? fleet : -1;
}

bool r53__elb_goes_on(const struct elb_input *input, const struct elb_choice *choice)
{
    const struct fleet *fleet = r53__elb_fleet(input, choice);

    if (choice->stage != ELB_DONE || choice->outcome != R53_SELECTED_TARGET ||
        choice->via_fleet >= 0 || fleet->lb->type != R53_LB_NETWORK)
        return false;
    if (fleet->pools[choice->pool].group->target_type != R53_TARGET_ALB)
        return false;
    return r53__elb_fleet_behind(input, target_of(input, choice)) >= 0;
}

/*
 * ELB-MATH-17: with cross-zone off the node of the same zone, with it on any. It connects to the
 * addresses of the nodes, whether they are in DNS or not: it does not see a shift (ELB-SHIFT-08).
 */
static int32_t node_of(const struct elb_input *input, const struct elb_choice *choice,
                       const struct fleet *to, struct draw *draw)
{
    const struct fleet *from = r53__elb_fleet(input, choice);

    if (choice->onward_node >= 0)
        return choice->onward_node; /* ELB-NLB-06 */
    if (!from->pools[choice->pool].cross_zone)
        return r53__fleet_node_named(to, r53__span(from->nodes[choice->node].zone_name));
    if (to->n_nodes == 0)
        return -1;
    return (int32_t)r53__draw_uniform(draw, r53__mix2(to->key, ONWARD_KEY), to->n_nodes);
}

int32_t r53__elb_onward(const struct elb_input *input, struct elb_choice *choice, struct draw *draw)
{
    int32_t at = r53__elb_fleet_behind(input, target_of(input, choice));
    const struct elb_choice via = *choice;
    int32_t port = target_of(input, choice)->port;
    int32_t node = node_of(input, choice, &input->view->fleets[at], draw);

    if (node < 0) { /* ELB-XZ-03: it has no node where the connection is */
        r53__trace(input->trace, RULE_ELB_XZ_03, EVENT_ONWARD_NOWHERE, at, 0, 0, 0);
        choice->target = -1;
        return r53__elb_end(choice, R53_SELECTED_NO_TARGET, 0, RULE_ELB_XZ_03);
    }
    r53__trace(input->trace, RULE_ELB_NLB_17, EVENT_ONWARD, at, node, 0, 0);
    /* from here on it is another load balancer's choice: states must not differ by what is past */
    r53__elb_choice_init(choice, at, node);
    choice->via_fleet = via.fleet;
    choice->via_node = via.node;
    choice->via_listener = via.listener;
    choice->via_pool = via.pool;
    choice->via_target = via.target;
    choice->via_fail_open = via.fail_open;
    choice->port = port;
    choice->marks = via.marks & CHOICE_FLOW_KNOWN;
    if (r53__sticky_binds_source(input, &via))
        choice->marks |= CHOICE_VIA_BINDS;
    return R53_OK;
}
