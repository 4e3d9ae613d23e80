#include "elb/select.h"

#include "base/sized.h"
#include "elb/stages.h"

enum { PORT_LAST = 65535 };

/* Request */

static bool port_fits(int32_t port)
{
    return port >= 0 && port <= PORT_LAST;
}

/* Fills in what is not said; texts are borrowed from the request. */
static void request_texts(struct elb_request *out, const r53_request *in)
{
    out->load_balancer = in->load_balancer ? in->load_balancer : "";
    out->availability_zone = in->availability_zone ? in->availability_zone : "";
    out->method = in->method ? in->method : "GET";
    out->url = in->url ? in->url : "/";
}

int32_t r53__elb_request_parse(struct elb_request *out, const r53_request *in)
{
    r53_request given = {0};

    if (in && !r53__sized_read(&given, sizeof(given), in))
        return R53_E_INVALID;
    if (given.protocol < 0 || given.protocol > R53_PROTOCOL_TCP_QUIC || given.reserved ||
        !port_fits(given.port) || !port_fits(given.source_port))
        return R53_E_INVALID;
    *out = (struct elb_request){.protocol = given.protocol,
                                .port = given.port,
                                .source_port = given.source_port,
                                .tcp_sequence = given.tcp_sequence,
                                .seed = given.seed};
    request_texts(out, &given);
    if (given.source_address && !r53__address_parse(r53__span(given.source_address), &out->source))
        return R53_E_INVALID;
    return R53_OK;
}

/* Stages */

static elb_stage_run *const stages[] = {
    [ELB_NODE] = r53__elb_node,     [ELB_LISTENER] = r53__elb_listener,
    [ELB_ACTION] = r53__elb_action, [ELB_GROUP] = r53__elb_group,
    [ELB_TARGET] = r53__elb_target,
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
                                  .matched_priority = -1};
}

int32_t r53__elb_step(const struct elb_input *input, struct elb_choice *choice, struct draw *draw)
{
    return stages[choice->stage](input, choice, draw);
}

int32_t r53__elb_run(const struct elb_input *input, struct elb_choice *choice, struct draw *draw)
{
    int32_t rc = R53_OK;

    while (rc == R53_OK && choice->stage != ELB_DONE)
        rc = r53__elb_step(input, choice, draw);
    return rc;
}

/* Selection */

static void describe_target(const struct fleet *fleet, const struct elb_choice *choice,
                            r53_selection *out)
{
    const struct pool *pool = &fleet->pools[choice->pool];
    const struct pool_target *target;

    out->target_group_arn = pool->group->arn;
    if (choice->target < 0)
        return;
    target = &pool->targets[choice->target];
    out->target_id = target->target->id;
    out->target_zone = target->zone;
    out->target_ordinal = target->target->ordinal;
    out->target_port = fleet->lb->type == R53_LB_CLASSIC /* ELB-CLB-05 */
                           ? fleet->listeners[choice->listener].listener->instance_port
                           : target->port;
}

bool r53__elb_describe(const r53_view *view, const struct elb_choice *choice, r53_selection *out)
{
    const struct fleet *fleet = &view->fleets[choice->fleet];
    r53_selection selection = {.outcome = choice->outcome,
                               .status = choice->status,
                               .matched_priority = choice->matched_priority,
                               .fail_open = choice->fail_open,
                               .rule = choice->rule,
                               .load_balancer_arn = fleet->lb->arn,
                               .availability_zone = "",
                               .listener_arn = "",
                               .target_group_arn = "",
                               .target_id = "",
                               .target_zone = ""};

    if (choice->node >= 0)
        selection.availability_zone = fleet->nodes[choice->node].zone_name;
    if (choice->listener >= 0) {
        selection.listener_arn = fleet->listeners[choice->listener].listener->arn;
        selection.listener_port = fleet->listeners[choice->listener].listener->port;
    }
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
    int32_t fleet, rc;

    if (!view || !selection || !request || r53__elb_request_parse(&parsed, request) != R53_OK ||
        !parsed.load_balancer[0])
        return R53_E_INVALID;
    fleet = r53__view_fleet(view, parsed.load_balancer);
    if (fleet < 0)
        return R53_E_NOT_FOUND;
    r53__view_trace(view, trace);
    draw.seed = parsed.seed;
    r53__elb_choice_init(&choice, fleet, -1);
    rc = r53__elb_run(&input, &choice, &draw);
    if (rc)
        return rc;
    if (trace && trace->failed)
        return R53_E_NOMEM;
    return r53__elb_describe(view, &choice, selection) ? R53_OK : R53_E_INVALID;
}

const char *r53_selection_outcome_name(int32_t outcome)
{
    static const char *const names[] = {"",          "target",         "generated",
                                        "redirect",  "fixed-response", "no-listener",
                                        "no-target", "inactive",       "dangling"};

    return outcome > 0 && (size_t)outcome < sizeof(names) / sizeof(*names) ? names[outcome] : "";
}
