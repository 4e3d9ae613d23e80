/*
 * The alias resolver: one hop. Where the alias leads was bound when the view was made.
 */
#include "route53/route.h"

#include "base/events.h"
#include "base/rules.h"

struct alias_end {
    int32_t origin, event, rule;
};

/* What ends the chain, by kind of binding. */
static const struct alias_end ends[] = {
    [BINDING_LOAD_BALANCER] = {R53_ORIGIN_LOAD_BALANCER, EVENT_ALIAS_TO_ELB, RULE_R53_ALIAS_02},
    [BINDING_ADDRESSES] = {R53_ORIGIN_OBSERVED, EVENT_ALIAS_TO_ADDRESSES, RULE_R53_ALIAS_02},
    [BINDING_DANGLING] = {R53_ORIGIN_DANGLING, EVENT_ALIAS_DANGLES, RULE_R53_ALIAS_16},
};

static void route_end(struct route *route, int32_t origin, int32_t target)
{
    route->origin = origin;
    route->target = target;
    route->stage = ROUTE_DONE;
}

/* Value 2 of the event: the fleet, or how many addresses were observed. */
static int32_t told(const struct route_input *input, struct binding binding)
{
    if (binding.kind == BINDING_ADDRESSES)
        return (int32_t)input->view->named[binding.index].list->n_addresses;
    return binding.index;
}

/* Was the alias followed before? The trace, which alone asks, remembers. */
static bool is_circle(const struct route_input *input, const struct route *route)
{
    for (size_t i = input->trace ? input->trace->count : 0; i-- > 0;) {
        const struct trace_record *at = &input->trace->records[i];

        if (at->event == EVENT_ALIAS_TO_RECORD && at->values[0] == route->zone &&
            at->values[1] == route->record)
            return true;
    }
    return false;
}

void r53__route_bind(const struct route_input *input, struct route *route, struct binding binding)
{
    const struct zone *zone = input->view->zones[route->zone].zone;
    const struct alias_end *end;

    if (++route->hops > ALIAS_HOPS_MAX) { /* R53-ALIAS-14, R53-ALIAS-15 */
        r53__trace(input->trace, is_circle(input, route) ? RULE_R53_ALIAS_14 : RULE_R53_ALIAS_15,
                   EVENT_ALIAS_LOOPS, route->zone, route->record, 0, 0);
        route_end(route, R53_ORIGIN_LOOP, -1);
        return;
    }
    if (binding.kind == BINDING_GROUP) { /* R53-ALIAS-08: the whole group */
        r53__trace(input->trace, RULE_R53_ALIAS_08, EVENT_ALIAS_TO_RECORD, route->zone,
                   route->record, (int32_t)zone->groups[binding.index].owner, 0);
        route->group = binding.index;
        route->stage = ROUTE_RECORD;
        return;
    }
    if (binding.kind == BINDING_LOAD_BALANCER) {
        route->node = binding.node;
        route->families = binding.families;
    }
    end = &ends[binding.kind];
    r53__trace(input->trace, end->rule, end->event, route->zone, route->record,
               told(input, binding), 0);
    route_end(route, end->origin, binding.index);
}

int32_t r53__route_alias(const struct route_input *input, struct route *route, struct draw *draw)
{
    const struct view_zone *zone = &input->view->zones[route->zone];
    const struct record_set *set = &zone->zone->record_sets[route->record];
    struct binding binding = *r53__view_binding(zone, set);

    (void)draw;
    if (binding.kind == BINDING_NONE)
        route_end(route, R53_ORIGIN_RECORD, -1);
    else
        r53__route_bind(input, route, binding);
    return R53_OK;
}
