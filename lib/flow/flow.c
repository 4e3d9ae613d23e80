/*
 * Running the flow: Route 53's stages, the answer, the client's address, the load balancer's
 * stages; then the steps are told (steps.c).
 */
#include "flow/flow.h"

#include "base/events.h"
#include "base/rules.h"
#include "base/sized.h"
#include "elb/flows.h"
#include "route53/answer.h"
#include "route53/nodes.h"
#include "route53/own_name.h"

#include <string.h>

struct run {
    r53_flow *flow;
    struct route_query query;
    struct elb_request request;
    struct chain_input input;
    struct draw draw;
    size_t marks[FLOW_MARKS]; /* marks[0] = 0 */
};

static int32_t run_route(struct run *run);
static int32_t run_elb(struct run *run);

int32_t r53_flow_new(r53_flow **out, const r53_allocator *allocator)
{
    struct memory memory;
    r53_flow *flow;

    if (!out || r53__memory_init(&memory, allocator) != R53_OK)
        return R53_E_INVALID;
    flow = r53__alloc(&memory, 1, sizeof(*flow));
    if (!flow)
        return R53_E_NOMEM;
    flow->memory = memory;
    if (r53_answer_new(&flow->answer, allocator) != R53_OK ||
        r53_trace_new(&flow->trace, allocator) != R53_OK) {
        r53_flow_free(flow);
        return R53_E_NOMEM;
    }
    flow->selection = r53__selection_none;
    flow->looked_up = -1;
    *out = flow;
    return R53_OK;
}

void r53_flow_free(r53_flow *flow)
{
    if (!flow)
        return;
    r53_answer_free(flow->answer);
    r53_trace_free(flow->trace);
    r53_view_release(flow->view);
    r53__free(&flow->memory, flow->texts, flow->texts_capacity, 1);
    r53__free(&flow->memory, flow, 1, sizeof(*flow));
}

/* Forgets the run before; keeps its memory. */
static void flow_reset(r53_flow *flow, const r53_view *view)
{
    r53__answer_reset(flow->answer);
    r53__trace_start(flow->trace, NULL, NULL);
    r53_view_release(flow->view);
    flow->view = r53_view_retain(view);
    flow->n_steps = flow->texts_length = 0;
    memset(flow->set_after, 0, sizeof(flow->set_after));
    flow->selection = r53__selection_none;
    flow->query[0] = flow->elb[0] = flow->ips[0] = flow->list[0] = '\0';
    flow->record[0] = flow->type[0] = flow->status[0] = flow->address[0] = '\0';
    r53__chain_init(&flow->chain);
    flow->looked_up = -1;
}

static void mark(struct run *run, size_t step)
{
    run->marks[step] = r53_trace_count(run->flow->trace);
}

/* All that failed leaves the flow empty. */
static int32_t flow_fail(r53_flow *flow, int32_t rc)
{
    flow_reset(flow, NULL);
    return rc;
}

/* Reads all records once, so that rendering them needs no memory. */
static bool answer_warm(r53_flow *flow)
{
    r53_record record = {.size = sizeof(record)};
    int32_t rc = R53_OK;

    for (size_t i = 0; rc == R53_OK; i++)
        rc = r53_answer_record(flow->answer, R53_SECTION_ANSWER, i, &record);
    return rc != R53_E_NOMEM;
}

int32_t r53_flow_run(const r53_view *view, const r53_query *query, const r53_request *request,
                     const r53_elb_state *state, r53_flow *flow)
{
    struct run run = {.flow = flow};
    int32_t rc;

    if (!flow)
        return R53_E_INVALID;
    flow_reset(flow, view);
    if (!view)
        return R53_E_INVALID;
    rc = r53__route_query_parse(&run.query, query);
    if (rc == R53_OK)
        rc = r53__elb_request_parse(&run.request, request);
    if (rc != R53_OK)
        return flow_fail(flow, rc);
    r53__elb_request_looked_up(&run.request, r53__name(&run.query.name));
    if (run.query.telling == 0)
        run.query.telling = R53_ALIAS_AS_NAME;
    run.draw.seed = run.query.seed;
    run.input.route = (struct route_input){view, &run.query, flow->trace};
    run.input.elb = (struct elb_input){view, &run.request, state, flow->trace};
    r53__view_trace(view, flow->trace);
    rc = run_route(&run);
    if (rc == R53_OK)
        rc = run_elb(&run);
    if (rc == R53_OK && (!r53__flow_tell(flow, &run.input.route, run.marks) || !answer_warm(flow)))
        rc = R53_E_NOMEM;
    if (rc == R53_OK && (flow->answer->failed || flow->trace->failed))
        rc = R53_E_NOMEM;
    return rc == R53_OK ? rc : flow_fail(flow, rc);
}

/* What comes of the name: an alias to a load balancer, its own name, or a record as it is. */
static void trace_found(const struct run *run)
{
    const struct route *route = &run->flow->chain.route;

    if (r53__route_is_own_name(route))
        return; /* OWN_NAME has told it */
    if (route->origin == R53_ORIGIN_LOAD_BALANCER)
        r53__trace(run->flow->trace, RULE_R53_ALIAS_02, EVENT_ELB_NAME_FOUND, route->target, 0, 0,
                   0);
    else
        r53__trace(run->flow->trace, RULE_R53_VIEW_03, EVENT_RECORD_AS_IT_IS, 0, 0, 0, 0);
}

/* Under which name the addresses were answered. */
static void trace_answered(const struct run *run)
{
    const struct route *route = &run->flow->chain.route;

    if (r53__route_is_own_name(route))
        r53__trace(run->flow->trace, RULE_ELB_DNS_01, EVENT_OWN_NAME_ANSWERED, route->target, 0, 0,
                   0);
    else if (route->origin == R53_ORIGIN_LOAD_BALANCER)
        r53__trace(run->flow->trace, RULE_R53_VIEW_02, EVENT_ANSWERED_AS_OWN, route->target, 0, 0,
                   0);
}

/* Steps 1 to 4: the query, the record's type, the load balancer's name, what is returned. */
static int32_t run_route(struct run *run)
{
    r53_flow *flow = run->flow;
    struct route *route = &flow->chain.route;
    const struct route_input *input = &run->input.route;
    int32_t rc = r53__route_step(input, route, &run->draw);
    bool by_name;

    mark(run, 1);
    if (rc == R53_OK)
        rc = r53__route_run(input, route, &run->draw);
    mark(run, 2);
    if (rc != R53_OK)
        return rc;
    if (r53__route_is_own_name(route)) /* a name is no answer to itself */
        run->query.telling = R53_ALIAS_AS_ADDRESSES;
    by_name = run->query.telling == R53_ALIAS_AS_NAME;
    trace_found(run);
    if (by_name)
        mark(run, 3);
    rc = r53__answer_write(flow->answer, input, route);
    if (!by_name) {
        mark(run, 3);
        trace_answered(run);
    }
    mark(run, 4);
    return rc;
}

/* The address that the ADDRESS stage took: the one the answer has first. */
static void note_address(struct run *run, const struct fleet *fleet, const struct route *route)
{
    r53_flow *flow = run->flow;
    struct node_addresses of = r53__route_nodes(&run->input.route, route, &run->draw).addresses;
    struct text text;

    if (run->query.telling == R53_ALIAS_AS_NAME || flow->looked_up >= 0)
        r53__trace(flow->trace, RULE_R53_VIEW_03, EVENT_CLIENT_RESOLVES, flow->chain.elb.fleet,
                   (int32_t)of.n, 0, 0);
    if (of.n == 0 || run->request.availability_zone[0])
        return;
    r53__text_init(&text, flow->address, sizeof(flow->address));
    r53__address_put(&text, of.at[r53__draw_uniform(&run->draw, fleet->key, of.n)].address);
}

/*
 * The client takes an address of what it was answered. A CNAME that names a load balancer it looks
 * up first, which is a step of its own.
 */
static int32_t run_address(struct run *run)
{
    struct chain *chain = &run->flow->chain;
    struct route answered = chain->route, reached; /* the chain forgets it at the load balancer */
    int32_t rc;

    chain->part = CHAIN_ADDRESS;
    do {
        reached = chain->route;
        rc = r53__chain_step(&run->input, chain, &run->draw);
        if (rc == R53_OK && chain->part == CHAIN_ADDRESS) {
            run->flow->looked_up = chain->route.target;
            mark(run, MARK_LOOKED_UP);
        }
    } while (rc == R53_OK && chain->part == CHAIN_ADDRESS);
    if (rc == R53_OK && chain->part == CHAIN_ELB)
        note_address(run, &run->input.elb.view->fleets[chain->elb.fleet], &reached);
    chain->route = answered;
    mark(run, 5);
    return rc;
}

/* Steps 5 and 6: the client connects, the load balancer forwards. */
static int32_t run_elb(struct run *run)
{
    r53_flow *flow = run->flow;
    struct chain *chain = &flow->chain;
    int32_t rc = run_address(run);

    while (rc == R53_OK && chain->part != CHAIN_DONE) {
        bool connecting = chain->elb.stage <= ELB_LISTENER && chain->elb.via_fleet < 0;

        rc = r53__chain_step(&run->input, chain, &run->draw);
        if (connecting)
            mark(run, 5);
    }
    mark(run, 6);
    if (rc == R53_OK && chain->elb.outcome) {
        r53__elb_describe(run->input.elb.view, &chain->elb, &flow->selection);
        r53__flow_describe(&run->input.elb, &chain->elb, &flow->selection);
    }
    return rc;
}

size_t r53_flow_step_count(const r53_flow *flow)
{
    return flow ? flow->n_steps : 0;
}

int32_t r53_flow_step_get(const r53_flow *flow, size_t index, r53_flow_step *step)
{
    const struct flow_step *from;
    r53_flow_step out = {0};

    if (!flow || index >= flow->n_steps)
        return R53_E_NOT_FOUND;
    from = &flow->steps[index];
    out.number = (int32_t)index + 1;
    out.action = from->action;
    out.input = from->input;
    out.decision = from->decision;
    out.output = from->output;
    out.first_entry = (uint32_t)from->first_entry;
    out.n_entries = (uint32_t)from->n_entries;
    return r53__sized_write(step, &out, sizeof(out)) ? R53_OK : R53_E_INVALID;
}

static const struct variable {
    const char *name, *start;
} variables[FLOW_VARIABLES] = {
    [R53_VARIABLE_DNS_QUERY] = {"DNS Query", "None"},
    [R53_VARIABLE_RECORD_TYPE] = {"Record Type", "Unknown"},
    [R53_VARIABLE_ELB_DNS] = {"ELB DNS", "None"},
    [R53_VARIABLE_ELB_IPS] = {"ELB IPs", "None"},
    [R53_VARIABLE_USER_CONNECTION] = {"User Connection", "None"},
};

const char *r53_flow_variable_name(int32_t variable)
{
    return variable >= 0 && variable < FLOW_VARIABLES ? variables[variable].name : "";
}

const char *r53_flow_variable_get(const r53_flow *flow, int32_t variable, size_t after_step)
{
    if (!flow || variable < 0 || variable >= FLOW_VARIABLES)
        return "";
    if (flow->set_after[variable] == 0 || after_step < flow->set_after[variable])
        return variables[variable].start;
    return flow->values[variable];
}

r53_answer *r53_flow_answer(r53_flow *flow)
{
    return flow ? flow->answer : NULL;
}

const r53_selection *r53_flow_selection(const r53_flow *flow)
{
    return flow ? &flow->selection : NULL;
}

const char *r53_flow_address(const r53_flow *flow)
{
    return flow ? flow->address : "";
}

const r53_trace *r53_flow_trace(const r53_flow *flow)
{
    return flow ? flow->trace : NULL;
}
