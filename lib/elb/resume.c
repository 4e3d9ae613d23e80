/*
 * What becomes of a request in progress, or of a WebSocket connection, in a later view. It was
 * selected for once and stays where it is: rules and the web ACL are not asked again
 * (ELB-ALB-RULE-13), nor stickiness, weights or health (ELB-STICK-13). Only the end of the target's
 * deregistration delay ends it.
 */
#include "base/sized.h"
#include "elb/flows.h"
#include "elb/state.h"
#include "view/balance.h"

#include <string.h>

/* The listener by port and ARN, which of a Classic one is "". */
static int32_t listener_of(const struct fleet *fleet, const r53_selection *begun)
{
    for (uint32_t i = 0; i < fleet->n_listeners; i++) {
        const struct listener *listener = fleet->listeners[i].listener;

        if (listener->port == begun->listener_port &&
            r53__span_is(r53__span(begun->listener_arn), listener->arn))
            return (int32_t)i;
    }
    return -1;
}

/* The listener of this ARN. */
static int32_t listener_named(const struct fleet *fleet, struct span arn)
{
    for (uint32_t i = 0; i < fleet->n_listeners; i++) {
        if (r53__span_is(arn, fleet->listeners[i].listener->arn))
            return (int32_t)i;
    }
    return -1;
}

/* ELB-NLB-17: the Network Load Balancer that it came through, as long as the view has all of it. */
static void via_find(struct elb_choice *choice, const r53_view *view, const r53_selection *begun)
{
    int32_t at = begun->via_load_balancer_arn && begun->via_load_balancer_arn[0]
                     ? r53__view_fleet(view, begun->via_load_balancer_arn)
                     : -1;
    const struct fleet *fleet = at < 0 ? NULL : &view->fleets[at];

    if (!fleet || !begun->via_availability_zone || !begun->via_target_group_arn)
        return;
    choice->via_node = r53__fleet_node_named(fleet, r53__span(begun->via_availability_zone));
    choice->via_listener = listener_named(fleet, r53__span(begun->via_listener_arn));
    choice->via_pool = r53__fleet_pool_find(fleet, begun->via_target_group_arn);
    if (choice->via_node < 0 || choice->via_listener < 0 || choice->via_pool < 0)
        return;
    choice->via_fleet = at;
    choice->via_target =
        r53__pool_ordinal(&fleet->pools[choice->via_pool], begun->via_target_ordinal);
}

/* The choice that the selection tells of, as far as the view has it. */
static int32_t choice_find(struct elb_choice *choice, const r53_view *view,
                           const r53_selection *begun)
{
    int32_t at = r53__view_fleet(view, begun->load_balancer_arn);
    const struct fleet *fleet;

    if (at < 0)
        return R53_E_NOT_FOUND;
    fleet = &view->fleets[at];
    if (fleet->lb->type != R53_LB_APPLICATION && fleet->lb->type != R53_LB_CLASSIC)
        return R53_E_INVALID;
    r53__elb_choice_init(choice, at,
                         r53__fleet_node_named(fleet, r53__span(begun->availability_zone)));
    choice->listener = listener_of(fleet, begun);
    choice->pool = r53__fleet_pool_find(fleet, begun->target_group_arn);
    if (choice->node < 0 || choice->listener < 0 || choice->pool < 0)
        return R53_E_NOT_FOUND;
    choice->target = r53__pool_ordinal(&fleet->pools[choice->pool], begun->target_ordinal);
    via_find(choice, view, begun);
    return R53_OK;
}

/* ELB-DRAIN-02, -03, ELB-CLB-10 */
static void cut(const struct elb_input *input, struct elb_choice *choice)
{
    bool classic = r53__elb_fleet(input, choice)->lb->type == R53_LB_CLASSIC;
    int32_t rule = classic ? RULE_ELB_CLB_10 : RULE_ELB_DRAIN_02;

    r53__trace(input->trace, rule, EVENT_DELAY_OVER, choice->fleet, choice->pool, 0, 0);
    if (classic)
        r53__elb_end(choice, R53_SELECTED_RESET, 0, rule);
    else
        r53__elb_exchange_fail(input, choice, 502, rule);
}

/* ELB-NLB-12, ELB-LSN-21: was the connection cut in front? Of one that nobody told, nothing is
 * known. */
static bool cut_in_front(const struct elb_input *input, const struct elb_choice *choice,
                         const r53_selection *begun)
{
    struct flow_id flow;

    memcpy(&flow, begun->flow_id, sizeof(flow));
    return choice->via_fleet >= 0 && (flow.marks & FLOW_IN_FRONT) &&
           !r53__flow_front_stays(input, choice, begun);
}

static void go_on(const struct elb_input *input, struct elb_choice *choice,
                  const r53_selection *begun)
{
    const struct pool *pool = &r53__elb_fleet(input, choice)->pools[choice->pool];
    const struct pool_target *target = choice->target < 0 ? NULL : &pool->targets[choice->target];
    int32_t rule = RULE_ELB_STICK_13;

    if (cut_in_front(input, choice, begun)) {
        r53__elb_end(choice, R53_SELECTED_RESET, 0, RULE_ELB_NLB_12);
        return;
    }
    if (!target || target->exclusion == TARGET_IS_GONE) {
        cut(input, choice);
        return;
    }
    if (target->exclusion == TARGET_IS_DRAINING)
        rule = RULE_ELB_DRAIN_02;
    r53__trace(input->trace, rule, EVENT_REQUEST_STAYS, choice->fleet, choice->pool, choice->target,
               0);
    r53__elb_end(choice, R53_SELECTED_TARGET, 0, rule);
    r53__elb_exchange(input, choice);
}

/* The flow is the one that was begun, as far as the view has what it came through. */
static void describe_flow(const struct elb_choice *choice, const r53_selection *begun,
                          r53_selection *out)
{
    if (choice->via_fleet < 0)
        return;
    memcpy(out->flow_id, begun->flow_id, sizeof(out->flow_id));
    out->flow_idle_seconds = begun->flow_idle_seconds;
    out->via_target_ordinal = begun->via_target_ordinal;
}

/* false: it is no selection of a target. */
static bool begun_read(r53_selection *out, const r53_selection *in)
{
    return r53__sized_read(out, sizeof(*out), in) && !out->reserved &&
           out->outcome == R53_SELECTED_TARGET && out->load_balancer_arn &&
           out->load_balancer_arn[0] && out->target_group_arn && out->availability_zone &&
           out->target_ordinal >= 0;
}

int32_t r53_elb_resume(const r53_view *view, const r53_request *request, const r53_selection *begun,
                       r53_selection *selection, r53_trace *trace)
{
    struct elb_request parsed;
    struct elb_input input = {view, &parsed, NULL, trace};
    struct elb_choice choice;
    r53_selection given, made = {.size = sizeof(made)};
    int32_t rc;

    if (!view || !selection || !begun_read(&given, begun) ||
        r53__elb_request_parse(&parsed, request) != R53_OK)
        return R53_E_INVALID;
    rc = choice_find(&choice, view, &given);
    if (rc)
        return rc;
    r53__view_trace(view, trace);
    go_on(&input, &choice, &given);
    if (trace && trace->failed)
        return R53_E_NOMEM;
    r53__elb_describe(view, &choice, &made);
    describe_flow(&choice, &given, &made);
    made.now_ms = r53__elb_now(&input);
    return r53__sized_write(selection, &made, sizeof(made)) ? R53_OK : R53_E_INVALID;
}
