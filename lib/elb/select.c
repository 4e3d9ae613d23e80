#include "elb/select.h"

#include "base/sized.h"
#include "elb/flows.h"
#include "elb/stages.h"
#include "elb/sticky.h"

enum { GRPC_UNAVAILABLE = 14 };

/* Stages */

static elb_stage_run *const stages[] = {
    [ELB_NODE] = r53__elb_node,     [ELB_LISTENER] = r53__elb_listener,
    [ELB_RULE] = r53__elb_rule,     [ELB_ACTION] = r53__elb_action,
    [ELB_GROUP] = r53__elb_group,   [ELB_TARGET] = r53__elb_target,
    [ELB_ONWARD] = r53__elb_onward,
};

void r53__elb_choice_init(struct elb_choice *choice, int32_t fleet, int32_t node)
{
    *choice = (struct elb_choice){.stage = ELB_NODE,
                                  .fleet = fleet,
                                  .node = node,
                                  .listener = -1,
                                  .action = -1,
                                  .pool = -1,
                                  .target = -1,
                                  .matched_priority = -1,
                                  .listener_rule = -1,
                                  .certificate = -1,
                                  .via_fleet = -1,
                                  .via_node = -1,
                                  .via_listener = -1,
                                  .via_pool = -1,
                                  .via_target = -1,
                                  .onward_node = -1};
}

/* Each stage is short, so that an enumeration can branch between any two. */
int32_t r53__elb_step(const struct elb_input *input, struct elb_choice *choice, struct draw *draw)
{
    int32_t rc = stages[choice->stage](input, choice, draw);

    if (rc == R53_OK && r53__elb_goes_on(input, choice))
        choice->stage = ELB_ONWARD;
    else if (rc == R53_OK && choice->outcome == R53_SELECTED_TARGET)
        r53__elb_exchange(input, choice);
    return rc;
}

/* Runs all stages that are left. */
static int32_t stages_run(const struct elb_input *input, struct elb_choice *choice,
                          struct draw *draw)
{
    int32_t rc = R53_OK;

    while (rc == R53_OK && choice->stage != ELB_DONE)
        rc = r53__elb_step(input, choice, draw);
    return rc;
}

/* Selection */

const r53_selection r53__selection_none = {.size = sizeof(r53_selection),
                                           .load_balancer_arn = "",
                                           .availability_zone = "",
                                           .listener_arn = "",
                                           .target_group_arn = "",
                                           .target_id = "",
                                           .target_zone = "",
                                           .via_load_balancer_arn = "",
                                           .via_availability_zone = "",
                                           .via_listener_arn = "",
                                           .via_target_group_arn = "",
                                           .rule_arn = "",
                                           .certificate_arn = "",
                                           .alpn_protocol = "",
                                           .content_type = "",
                                           .message_body = "",
                                           .application_cookie = ""};

static void describe_via(const struct fleet *fleet, const struct elb_choice *choice,
                         r53_selection *out)
{
    const struct pool *pool = &fleet->pools[choice->via_pool];

    out->via_load_balancer_arn = fleet->lb->arn;
    out->via_availability_zone = fleet->nodes[choice->via_node].zone_name;
    out->via_listener_arn = fleet->listeners[choice->via_listener].listener->arn;
    out->via_target_group_arn = pool->group->arn;
    if (choice->via_target >= 0)
        out->via_target_ordinal = pool->targets[choice->via_target].target->ordinal;
}

static void describe_target(const struct fleet *fleet, const struct elb_choice *choice,
                            r53_selection *out)
{
    const struct pool *pool = &fleet->pools[choice->pool];
    const struct pool_target *target;

    out->target_group_arn = pool->group->arn;
    out->tg_sticky_hit = (choice->marks & CHOICE_STICKY_GROUP) != 0; /* of an empty group too */
    if (choice->target < 0)
        return;
    target = &pool->targets[choice->target];
    out->slow_start = target->slow_age_ms >= 0;
    out->hairpin = (choice->marks & CHOICE_HAIRPIN) != 0;
    if (pool->group->target_type != R53_TARGET_LAMBDA)
        out->source_seen = choice->marks & CHOICE_SEES_CLIENT ? R53_SOURCE_CLIENT : R53_SOURCE_NODE;
    out->proxy_protocol = fleet->lb->type == R53_LB_NETWORK && pool->group->proxy_protocol;
    if (r53__elb_counts_requests(fleet, choice))
        out->scope = &pool->scopes[choice->node];
    r53__sticky_describe(fleet, choice, out);
    out->target_id = target->target->id;
    out->target_zone = target->zone;
    out->target_ordinal = target->target->ordinal;
    out->target_port = fleet->lb->type == R53_LB_CLASSIC /* ELB-CLB-05 */
                           ? fleet->listeners[choice->listener].listener->instance_port
                           : target->port;
}

/* The rule, known once it was matched; texts of a fixed response with it. */
static void describe_rule(const struct fleet_listener *listener, const struct elb_choice *choice,
                          r53_selection *out)
{
    const struct fleet_rule *rule = r53__listener_rule(listener, choice->listener_rule);
    const struct action *action;

    if (rule->rule)
        out->rule_arn = rule->rule->arn;
    if (choice->outcome != R53_SELECTED_FIXED_RESPONSE)
        return;
    action = &rule->taken[choice->action];
    /* ELB-ALB-ACT-31 */
    out->content_type =
        action->content_type && *action->content_type ? action->content_type : "text/plain";
    out->message_body = action->message_body ? action->message_body : "";
}

static void describe_listener(const struct fleet_listener *listener,
                              const struct elb_choice *choice, r53_selection *out)
{
    out->listener_arn = listener->listener->arn;
    out->listener_port = listener->listener->port;
    out->alpn_protocol = r53__elb_alpn_name(choice->alpn);
    if (choice->certificate >= 0)
        out->certificate_arn = listener->listener->certificates[choice->certificate].arn;
    if (choice->matched_priority >= 0)
        describe_rule(listener, choice, out);
}

bool r53__elb_describe(const r53_view *view, const struct elb_choice *choice, r53_selection *out)
{
    const struct fleet *fleet = &view->fleets[choice->fleet];
    r53_selection selection = r53__selection_none;

    selection.outcome = choice->outcome;
    selection.status = choice->status;
    selection.matched_priority = choice->matched_priority;
    selection.fail_open = choice->fail_open;
    selection.rule = choice->rule;
    selection.flow_known = (choice->marks & CHOICE_FLOW_KNOWN) != 0;
    if (choice->marks & CHOICE_GRPC_ERROR)
        selection.grpc_status = GRPC_UNAVAILABLE;
    selection.load_balancer_arn = fleet->lb->arn;
    if (choice->via_fleet >= 0)
        describe_via(&view->fleets[choice->via_fleet], choice, &selection);
    if (choice->node >= 0)
        selection.availability_zone = fleet->nodes[choice->node].zone_name;
    if (choice->listener >= 0)
        describe_listener(&fleet->listeners[choice->listener], choice, &selection);
    if (choice->pool >= 0)
        describe_target(fleet, choice, &selection);
    return r53__sized_write(out, &selection, sizeof(selection));
}

int32_t r53_elb_select(const r53_view *view, const r53_request *request, const r53_elb_state *state,
                       r53_selection *selection, r53_trace *trace)
{
    struct elb_request parsed;
    struct elb_choice choice;
    struct elb_input input = {view, &parsed, state, trace};
    struct draw draw = {0};
    r53_selection made = {.size = sizeof(made)};
    struct fleet_name said;
    int32_t rc;

    if (!view || !selection || !request || r53__elb_request_parse(&parsed, request) != R53_OK ||
        !parsed.load_balancer[0])
        return R53_E_INVALID;
    said = r53__view_fleet_said(view, parsed.load_balancer);
    if (said.fleet < 0)
        return R53_E_NOT_FOUND;
    r53__view_trace(view, trace);
    draw.seed = parsed.seed;
    /* ELB-DNS-35: a zonal name has its node's address alone, unless the client says another's */
    r53__elb_choice_init(&choice, said.fleet, parsed.availability_zone[0] ? -1 : said.node);
    rc = stages_run(&input, &choice, &draw);
    if (rc)
        return rc;
    if (trace && trace->failed)
        return R53_E_NOMEM;
    r53__elb_describe(view, &choice, &made);
    r53__flow_describe(&input, &choice, &made);
    return r53__sized_write(selection, &made, sizeof(made)) ? R53_OK : R53_E_INVALID;
}

const char *r53_selection_outcome_name(int32_t outcome)
{
    static const char *const names[] = {
        "",          "target",   "generated", "redirect",   "fixed-response", "no-listener",
        "no-target", "inactive", "dangling",  "tls-failed", "authenticate",   "reset",
        "dropped"};

    return outcome > 0 && (size_t)outcome < sizeof(names) / sizeof(*names) ? names[outcome] : "";
}
