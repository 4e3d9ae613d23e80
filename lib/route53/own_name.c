#include "route53/own_name.h"

#include "base/events.h"
#include "base/rules.h"

/* Marks a route whose name is below a load balancer's: it has no families. */
enum { FAMILY_NONE = 0 };

bool r53__own_name_find(const struct route_input *input, struct route *route)
{
    const r53_view *view = input->view;
    struct name name = r53__name(&input->query->name);
    struct fleet_name own;

    if (view->n_fleets == 0)
        return false;
    own = r53__view_fleet_name(view, name);
    if (own.fleet < 0)
        own = (struct fleet_name){r53__view_fleet_above(view, name), -1, FAMILY_NONE};
    if (own.fleet < 0)
        return false;
    route->target = own.fleet;
    route->node = own.node;
    route->families = own.families;
    route->stage = ROUTE_OWN_NAME;
    r53__trace(input->trace, RULE_ELB_DNS_01, EVENT_OWN_NAME, own.fleet, 0, 0, 0);
    return true;
}

static bool type_is_answered(uint16_t type)
{
    return type == R53_TYPE_A || type == R53_TYPE_AAAA || type == R53_TYPE_ANY;
}

int32_t r53__route_own_name(const struct route_input *input, struct route *route, struct draw *draw)
{
    int32_t type = input->query->type;

    (void)draw;
    if (route->families == FAMILY_NONE) { /* ELB-DNS-07 */
        r53__trace(input->trace, RULE_ELB_DNS_07, EVENT_OWN_NAME_BELOW, route->target, 0, 0, 0);
        r53__route_end(route, R53_DISPOSITION_NXDOMAIN, RULE_ELB_DNS_07);
        return R53_OK;
    }
    if (!type_is_answered(input->query->type)) { /* ELB-DNS-07 */
        r53__trace(input->trace, RULE_ELB_DNS_07, EVENT_OWN_NAME_NO_TYPE, route->target, type, 0,
                   0);
        r53__route_end(route, R53_DISPOSITION_NODATA, RULE_ELB_DNS_07);
        return R53_OK;
    }
    r53__trace(input->trace, RULE_ELB_DNS_40, EVENT_OWN_NAME_ANSWERS, route->target, type, 0, 0);
    r53__route_end(route, R53_DISPOSITION_LOAD_BALANCER, RULE_ELB_DNS_40);
    route->origin = R53_ORIGIN_LOAD_BALANCER;
    return R53_OK;
}

/* The name that the CNAME chosen holds; length 0: none was chosen, or it holds nothing. */
static struct name cname_target(const struct route_input *input, const struct route *route)
{
    const struct zone *zone;
    const struct record_set *set;
    struct rdata value;

    if (route->disposition != R53_DISPOSITION_CNAME || route->origin != R53_ORIGIN_RECORD)
        return (struct name){NULL, 0};
    zone = input->view->zones[route->zone].zone;
    set = &zone->record_sets[route->record];
    if (set->n_values != 1)
        return (struct name){NULL, 0};
    value = r53__record_value(zone, set, 0);
    return r53__rdata_target(R53_TYPE_CNAME, value.octets, value.length);
}

bool r53__own_name_follow(const struct route_input *input, struct route *route)
{
    struct name target = cname_target(input, route);
    struct route_query query;
    struct route_input asked = {input->view, &query, NULL};
    struct route own;

    if (target.length == 0 || input->view->n_fleets == 0 ||
        r53__query_family(input->query) == ADDRESS_NONE)
        return false;
    query = *input->query;
    query.hosted_zone_id = NULL; /* which zone was asked for the first name says nothing of it */
    r53__route_query_rename(&query, target);
    r53__route_init(&own);
    if (r53__route_zone(&asked, &own, NULL) != R53_OK || own.stage != ROUTE_OWN_NAME ||
        own.families == FAMILY_NONE)
        return false;
    r53__trace(input->trace, RULE_ELB_DNS_01, EVENT_CNAME_TO_ELB, route->zone, route->record,
               own.target, 0);
    route->origin = R53_ORIGIN_LOAD_BALANCER;
    route->target = own.target;
    route->node = own.node;
    route->families = own.families;
    return true;
}
