/*
 * The record-type dispatcher: which hosted zone, and what it holds for a name and type. The order
 * of R53-DISP-01, one small function a step.
 */
#include "route53/route.h"

#include "base/events.h"
#include "base/rules.h"
#include "base/sized.h"
#include "route53/forwarded.h"
#include "route53/own_name.h"

#include <string.h>

static int32_t end_with(struct route *route, int32_t disposition, int32_t rule)
{
    r53__route_end(route, disposition, rule);
    return R53_OK;
}

static int32_t refuse(const struct route_input *input, struct route *route)
{
    r53__trace(input->trace, RULE_R53_DNS_06, EVENT_ZONE_NONE, 0, 0, 0, 0);
    return end_with(route, R53_DISPOSITION_REFUSED, RULE_R53_DNS_06);
}

/* R53-PRIV-03: a private zone is seen from its VPCs only. */
static bool zone_is_visible(const struct zone *zone, const char *vpc_id)
{
    if (!zone->is_private)
        return true;
    for (uint32_t i = 0; vpc_id && i < zone->n_vpcs; i++) {
        if (strcmp(zone->vpcs[i].vpc_id, vpc_id) == 0)
            return true;
    }
    return false;
}

/* The next zone of one name, from `at` on, that is of the kind and seen by the client; -1: none. */
static int32_t zone_next(const struct route_input *input, int32_t at, bool is_private)
{
    for (; at >= 0; at = input->view->zones[at].next) {
        const struct zone *zone = input->view->zones[at].zone;

        if (zone->is_private == is_private && zone_is_visible(zone, input->query->vpc_id))
            return at;
    }
    return -1;
}

/*
 * Among the zones of one name: a private one that the client sees comes before all public ones
 * (R53-PRIV-09); several are ambiguous, and the trace lists them (R53-ZONE-10).
 */
static int32_t zone_among(const struct route_input *input, int32_t first, bool is_private,
                          int32_t *out)
{
    const struct view_zone *zones = input->view->zones;

    if (zones[first].next < 0 && !zones[first].zone->is_private) { /* by far the most */
        *out = is_private ? -1 : first;
        return R53_OK;
    }
    *out = zone_next(input, first, is_private);
    if (*out < 0 || zone_next(input, zones[*out].next, is_private) < 0)
        return R53_OK;
    for (int32_t i = *out; i >= 0; i = zone_next(input, zones[i].next, is_private))
        r53__trace(input->trace, RULE_R53_ZONE_10, EVENT_ZONE_CANDIDATE, i, 0, 0, 0);
    return R53_E_AMBIGUOUS;
}

/* The longest suffix of the name, among private zones (R53-PRIV-05) or public ones. */
static int32_t zone_longest(const struct route_input *input, struct name suffix, unsigned labels,
                            bool is_private, int32_t *out)
{
    int32_t first, rc = R53_OK;

    for (; labels > input->view->zone_labels; labels--)
        suffix = r53__name_parent(suffix);
    for (;; labels--) {
        first = r53__view_zone(input->view, suffix, r53__name_hash(suffix, 0));
        if (first >= 0)
            rc = zone_among(input, first, is_private, out);
        if (rc != R53_OK || *out >= 0 || labels == 0)
            return rc;
        suffix = r53__name_parent(suffix);
    }
}

/*
 * R53-SEC-06: DS at the apex of a zone is answered by the zone above, where that is ours as well.
 */
static int32_t zone_for(const struct route_input *input, bool is_private, int32_t *out)
{
    const struct route_query *query = input->query;
    struct name name = r53__name(&query->name);
    int32_t rc;

    if (query->type == R53_TYPE_DS && query->labels > 0) {
        rc = zone_longest(input, r53__name_parent(name), query->labels - 1, is_private, out);
        if (rc != R53_OK || *out >= 0)
            return rc;
    }
    return zone_longest(input, name, query->labels, is_private, out);
}

/*
 * What comes before the public zones for who asks from a VPC (R53-PRIV-06): its private zones, if
 * it uses any (R53-PRIV-02), and the rules of its resolver, if it has one.
 */
static int32_t vpc_search(const struct route_input *input, struct route *route)
{
    static const int32_t events[] = {[VPC_HOSTNAMES_OFF] = EVENT_VPC_HOSTNAMES_OFF,
                                     [VPC_SUPPORT_OFF] = EVENT_VPC_SUPPORT_OFF};
    enum vpc_dns_state dns = r53__vpc_dns_state(&input->view->vpcs, input->query->vpc_id);
    int32_t rc = R53_OK;

    if (dns == VPC_DNS_ON)
        rc = zone_for(input, true, &route->zone);
    else
        r53__trace(input->trace, RULE_R53_PRIV_02, events[dns], 0, 0, 0, 0);
    if (rc == R53_OK && dns != VPC_SUPPORT_OFF)
        r53__forwarded_find(input, route);
    return rc;
}

/* The zone, -1 for none; or the end of the route, where a rule forwards the query. */
static int32_t zone_search(const struct route_input *input, struct route *route)
{
    route->zone = -1;
    if (input->query->vpc_id) {
        int32_t rc = vpc_search(input, route);

        if (rc != R53_OK || route->zone >= 0 || route->stage == ROUTE_DONE)
            return rc;
    }
    return zone_for(input, false, &route->zone);
}

static int32_t zone_named(const struct route_input *input, struct route *route)
{
    const r53_view *view = input->view;
    int32_t zone = r53__view_zone_by_id(view, input->query->hosted_zone_id);

    if (zone < 0)
        return R53_E_NOT_FOUND;
    if (!r53__name_is_under(r53__name(&input->query->name), view->zones[zone].zone->name))
        return refuse(input, route);
    route->zone = zone;
    route->stage = ROUTE_DISPATCH;
    r53__trace(input->trace, RULE_R53_ZONE_10, EVENT_ZONE_NAMED, route->zone, 0, 0, 0);
    return R53_OK;
}

/* Does a private zone know the VPC? O(zones), for the trace. */
static bool vpc_is_known(const struct route_input *input)
{
    for (uint32_t i = 0; i < input->view->n_zones; i++) {
        const struct zone *zone = input->view->zones[i].zone;

        if (zone->is_private && zone_is_visible(zone, input->query->vpc_id))
            return true;
    }
    return false;
}

static bool uses_private_zones(const struct route_input *input)
{
    return r53__vpc_dns_state(&input->view->vpcs, input->query->vpc_id) == VPC_DNS_ON;
}

/* Which kind of zone it is, and what that means for the zones of the other kind. */
static void zone_explain(const struct route_input *input, int32_t chosen)
{
    const struct zone *zone = input->view->zones[chosen].zone;
    int32_t other;

    if (!zone->is_private && input->query->vpc_id && uses_private_zones(input))
        r53__trace(input->trace, RULE_R53_PRIV_06,
                   vpc_is_known(input) ? EVENT_VPC_ELSEWHERE : EVENT_VPC_UNKNOWN, 0, 0, 0, 0);
    r53__trace(input->trace, zone->is_private ? RULE_R53_PRIV_05 : RULE_R53_ZONE_10,
               EVENT_ZONE_CHOSEN, chosen, 0, 0, 0);
    if (!zone->is_private)
        return;
    other = zone_next(input, r53__view_zone(input->view, zone->name, r53__name_hash(zone->name, 0)),
                      false);
    if (other >= 0)
        r53__trace(input->trace, RULE_R53_PRIV_09, EVENT_PUBLIC_PASSED_OVER, other, 0, 0, 0);
}

int32_t r53__route_zone(const struct route_input *input, struct route *route, struct draw *draw)
{
    int32_t rc;

    (void)draw;
    if (input->query->hosted_zone_id)
        return zone_named(input, route);
    rc = zone_search(input, route);
    if (rc != R53_OK || route->stage == ROUTE_DONE)
        return rc;
    if (route->zone < 0)
        return r53__own_name_find(input, route) ? R53_OK : refuse(input, route);
    if (input->trace)
        zone_explain(input, route->zone);
    route->stage = ROUTE_DISPATCH;
    return R53_OK;
}

/* A group answers: its policy is next. */
static int32_t group_found(const struct route_input *input, struct route *route,
                           const struct zone *zone, const struct group *group, int32_t rule)
{
    bool is_cname = group->type == R53_TYPE_CNAME && input->query->type != R53_TYPE_CNAME;
    const struct record_set *first = &zone->record_sets[group->first];

    route->group = (int32_t)(group - zone->groups);
    route->rule = rule;
    route->disposition = is_cname                      ? R53_DISPOSITION_CNAME
                         : first->flags & RECORD_ALIAS ? R53_DISPOSITION_ALIAS
                                                       : R53_DISPOSITION_RECORD;
    route->stage = ROUTE_RECORD;
    r53__trace(input->trace, rule, is_cname ? EVENT_CNAME_FOUND : EVENT_GROUP_FOUND, route->zone,
               route->group, (int32_t)r53__group_size(group), 0);
    return R53_OK;
}

/* Step 7: the name is there, the type is not. */
static int32_t no_type(const struct route_input *input, struct route *route,
                       const struct zone *zone)
{
    bool is_empty = r53__owner_size(&zone->owners[route->owner]) == 0;

    r53__trace(input->trace, RULE_R53_DISP_05, EVENT_NO_TYPE, input->query->type, 0, 0, 0);
    if (zone->is_private && input->view->choices.private_nxdomain)
        return end_with(route, R53_DISPOSITION_NXDOMAIN, RULE_R53_PRIV_07);
    return end_with(route, R53_DISPOSITION_NODATA, is_empty ? RULE_R53_DISP_07 : RULE_R53_DISP_05);
}

/* Steps 4 to 7 of R53-DISP-01: the name answers, but with what? */
static int32_t dispatch_type(const struct route_input *input, struct route *route,
                             const struct zone *zone)
{
    uint16_t type = input->query->type;
    const struct group *group = r53__zone_group(zone, route->owner, type);

    if (group)
        return group_found(input, route, zone, group, RULE_R53_DISP_01);
    group = r53__zone_group(zone, route->owner, R53_TYPE_CNAME);
    if (group)
        return group_found(input, route, zone, group, RULE_R53_DISP_04);
    if (type == R53_TYPE_ANY && r53__owner_size(&zone->owners[route->owner]) > 0) {
        r53__trace(input->trace, RULE_R53_DNS_14, EVENT_GROUP_FOUND, route->zone,
                   (int32_t)zone->owners[route->owner].first_group,
                   (int32_t)r53__owner_size(&zone->owners[route->owner]), 0);
        return end_with(route, R53_DISPOSITION_ANY, RULE_R53_DNS_14);
    }
    return no_type(input, route, zone);
}

/* Step 3: the name itself, the wildcard of its closest encloser, or nothing. */
static int32_t dispatch_name(const struct route_input *input, struct route *route,
                             const struct zone *zone, const struct location *at)
{
    if (at->source < 0) {
        r53__trace(input->trace, RULE_R53_DISP_06, EVENT_NO_NAME, route->zone, 0, 0, 0);
        return end_with(route, R53_DISPOSITION_NXDOMAIN, RULE_R53_DISP_06);
    }
    route->owner = at->source;
    route->is_wildcard = at->owner < 0;
    if (route->is_wildcard)
        r53__trace(input->trace, RULE_R53_WILD_02, EVENT_WILDCARD, route->zone, at->source, 0, 0);
    return dispatch_type(input, route, zone);
}

/*
 * Step 2. The resolver of a VPC does not follow the cuts of a private zone: it fails for all names
 * at or below them (R53-PRIV-14).
 */
static int32_t cut_found(const struct route_input *input, struct route *route, int32_t cut)
{
    const struct zone *zone = input->view->zones[route->zone].zone;
    int32_t rule = zone->is_private ? RULE_R53_PRIV_14 : RULE_R53_DELEG_01;

    route->owner = cut;
    r53__trace(input->trace, rule, zone->is_private ? EVENT_PRIVATE_CUT : EVENT_REFERRAL,
               route->zone, cut, 0, 0);
    end_with(route, R53_DISPOSITION_REFERRAL, rule);
    if (zone->is_private)
        route->origin = R53_ORIGIN_PRIVATE_CUT;
    return R53_OK;
}

int32_t r53__route_dispatch(const struct route_input *input, struct route *route, struct draw *draw)
{
    const struct zone *zone = input->view->zones[route->zone].zone;
    struct location at;

    (void)draw;
    r53__zone_locate(zone, r53__name(&input->query->name), input->query->labels, input->query->hash,
                     &at);
    /* the parent answers for DS at the cut itself, and for nothing else below */
    if (at.cut >= 0 &&
        (zone->is_private || !(at.cut == at.owner && input->query->type == R53_TYPE_DS)))
        return cut_found(input, route, at.cut);
    return dispatch_name(input, route, zone, &at);
}

int32_t r53_dispatch(const r53_view *view, const r53_query *query, r53_disposition *disposition,
                     r53_trace *trace)
{
    struct route_query parsed;
    struct route_input input = {view, &parsed, trace};
    struct draw draw = {0};
    r53_disposition out = {0};
    struct route route;
    int32_t rc;

    if (!view || !disposition)
        return R53_E_INVALID;
    rc = r53__route_query_parse(&parsed, query);
    if (rc != R53_OK)
        return rc;
    r53__view_trace(view, trace);
    r53__route_init(&route);
    while (rc == R53_OK && route.stage < ROUTE_RECORD)
        rc = r53__route_step(&input, &route, &draw);
    if (rc != R53_OK)
        return rc;
    if (trace && trace->failed)
        return R53_E_NOMEM;
    out.kind = route.disposition;
    out.rule = route.rule;
    out.is_wildcard = route.is_wildcard;
    out.hosted_zone_id = route.zone >= 0 ? view->zones[route.zone].zone->id : "";
    if (route.group >= 0)
        out.n_record_sets = r53__group_size(&view->zones[route.zone].zone->groups[route.group]);
    return r53__sized_write(disposition, &out, sizeof(out)) ? R53_OK : R53_E_INVALID;
}

const char *r53_disposition_name(int32_t kind)
{
    static const char *const names[] = {
        [R53_DISPOSITION_RECORD] = "record",   [R53_DISPOSITION_ALIAS] = "alias",
        [R53_DISPOSITION_CNAME] = "cname",     [R53_DISPOSITION_REFERRAL] = "referral",
        [R53_DISPOSITION_NODATA] = "nodata",   [R53_DISPOSITION_NXDOMAIN] = "nxdomain",
        [R53_DISPOSITION_REFUSED] = "refused", [R53_DISPOSITION_ANY] = "any",
        [R53_DISPOSITION_LOAD_BALANCER] = "load-balancer",
        [R53_DISPOSITION_FORWARDED] = "forwarded",
    };

    return kind > 0 && kind < (int32_t)(sizeof(names) / sizeof(*names)) ? names[kind] : "";
}
