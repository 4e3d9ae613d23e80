#include "route53/policy.h"

#include "base/events.h"
#include "base/rules.h"

/* R53-SIMPLE-01: one record set, health does not matter. */
static int32_t simple_choose(struct choosing *c)
{
    return (int32_t)c->group->first;
}

static void simple_explain(struct choosing *c)
{
    (void)c;
}

const struct policy_ops r53__policies[POLICIES] = {
    [POLICY_SIMPLE] = {"simple", RULE_R53_SIMPLE_01, simple_choose, simple_explain},
    [POLICY_WEIGHTED] = {"weighted", RULE_R53_WEIGHTED_02, r53__weighted_choose,
                         r53__weighted_explain},
    [POLICY_LATENCY] = {"latency", RULE_R53_LATENCY_02, r53__latency_choose, r53__latency_explain},
    [POLICY_FAILOVER] = {"failover", RULE_R53_FAILOVER_02, r53__failover_choose,
                         r53__failover_explain},
    [POLICY_GEOLOCATION] = {"geolocation", RULE_R53_GEO_03, r53__geolocation_choose,
                            r53__geolocation_explain},
    [POLICY_GEOPROXIMITY] = {"geoproximity", RULE_R53_GEOPROX_03, r53__geoproximity_choose,
                             r53__geoproximity_explain},
    [POLICY_MULTIVALUE] = {"multivalue answer", RULE_R53_MULTI_02, r53__multivalue_choose,
                           r53__health_explain},
    [POLICY_CIDR] = {"IP-based", RULE_R53_CIDR_03, r53__cidr_choose, r53__cidr_explain},
    [POLICY_AZ_AFFINITY] = {"AZ affinity", RULE_R53_AZ_03, r53__az_affinity_choose,
                            r53__az_affinity_explain},
};

int32_t r53__route_record(const struct route_input *input, struct route *route, struct draw *draw)
{
    const struct view_zone *zone = &input->view->zones[route->zone];
    const struct group *group = &zone->zone->groups[route->group];
    const struct policy_ops *policy = &r53__policies[group->policy];
    struct choosing c;

    if (group->policy == POLICY_SIMPLE && !input->trace) { /* most: an alias and what it names */
        route->record = (int32_t)group->first;
        route->stage = ROUTE_ALIAS;
        return R53_OK;
    }
    c = (struct choosing){input, zone, group, draw, route->zone, 0};
    if (input->trace)
        policy->explain(&c);
    route->record = policy->choose(&c);
    if (c.scope > route->scope) /* of a chain, the narrowest */
        route->scope = c.scope;
    if (route->record < 0) { /* R53-DISP-08, R53-HEALTH-38 */
        r53__trace(input->trace, RULE_R53_DISP_08, EVENT_NOTHING_MATCHES, route->zone, route->group,
                   0, 0);
        r53__route_end(route, R53_DISPOSITION_NODATA, RULE_R53_DISP_08);
        return R53_OK;
    }
    r53__trace(input->trace, policy->rule, EVENT_RECORD_CHOSEN, route->zone, route->record, 0, 0);
    route->stage = ROUTE_ALIAS;
    return R53_OK;
}

/* Telling */

void r53__record_explain(struct choosing *c, uint32_t record, int32_t rule, int32_t event,
                         int32_t a, int32_t b)
{
    r53__trace(c->input->trace, rule, event, c->zone_number, (int32_t)record, a, b);
}

static int32_t verdict_rule(enum verdict verdict, const struct record_set *set)
{
    if (verdict == VERDICT_DANGLES)
        return RULE_R53_HEALTH_15;
    if (verdict == VERDICT_TARGET_FAILS)
        return RULE_R53_HEALTH_04;
    return set->flags & RECORD_ALIAS ? RULE_R53_HEALTH_33 : RULE_R53_HEALTH_03;
}

/* How far down an alias is followed to tell why it is unhealthy, and how many record sets are told.
 */
enum { REASON_DEPTH = ALIAS_HOPS_MAX, REASONS_MAX = 64 };

static void reasons_explain(struct choosing *c, const struct record_set *set, unsigned depth,
                            unsigned *told);

/* All record sets of the group that it leads to are unhealthy, each for a reason of its own. */
static void target_explain(struct choosing *c, const struct record_set *set, unsigned depth,
                           unsigned *told)
{
    const struct zone *zone = c->zone->zone;
    struct binding binding = r53__view_binding(c->zone, set);
    const struct group *group;

    if (binding.kind != BINDING_GROUP || depth == REASON_DEPTH)
        return;
    group = &zone->groups[binding.index];
    for (uint32_t i = group->first; i < r53__group_end(group) && *told < REASONS_MAX; i++)
        reasons_explain(c, &zone->record_sets[i], depth + 1, told);
}

static void reasons_explain(struct choosing *c, const struct record_set *set, unsigned depth,
                            unsigned *told)
{
    enum verdict verdict = r53__view_verdict(c->zone, set);

    if (verdict == VERDICT_HEALTHY)
        return;
    r53__record_explain(c, (uint32_t)(set - c->zone->zone->record_sets), verdict_rule(verdict, set),
                        EVENT_RECORD_UNHEALTHY, (int32_t)verdict, 0);
    ++*told;
    if (verdict == VERDICT_TARGET_FAILS)
        target_explain(c, set, depth, told);
}

void r53__verdict_explain(struct choosing *c, const struct record_set *set)
{
    unsigned told = 0;

    reasons_explain(c, set, 0, &told);
}

void r53__health_explain(struct choosing *c)
{
    const struct zone *zone = c->zone->zone;
    bool any = false;

    for (uint32_t i = c->group->first; i < r53__group_end(c->group); i++) {
        const struct record_set *set = &zone->record_sets[i];

        any = any || r53__view_healthy(c->zone, set);
        r53__verdict_explain(c, set);
    }
    if (!any)
        r53__trace(c->input->trace, RULE_R53_HEALTH_05, EVENT_GROUP_FAIL_OPEN, c->zone_number,
                   (int32_t)(c->group - zone->groups), 0, 0);
}

/* Up to three letters as a number that fits an event, the last one lowest. */
static int32_t letters(const char *text)
{
    int32_t packed = 0;

    for (unsigned i = 0; i < 3 && text[i]; i++)
        packed = packed << 8 | (uint8_t)text[i];
    return packed;
}

void r53__place_explain(struct choosing *c, const struct client_place *place)
{
    r53_trace *trace = c->input->trace;
    size_t n;

    if (place->region)
        r53__trace(trace, RULE_R53_PRIV_12, EVENT_CLIENT_REGION,
                   (int32_t)(place->region - r53__regions(&n)), 0, 0, 0);
    else if (*place->continent || *place->country)
        r53__trace(trace, RULE_R53_PLACE_01, EVENT_CLIENT_PLACE, letters(place->continent),
                   letters(place->country), letters(place->subdivision), 0);
    else
        r53__trace(trace, RULE_R53_PLACE_06,
                   place->located ? EVENT_CLIENT_POINT : EVENT_CLIENT_UNKNOWN,
                   place->point.latitude, place->point.longitude, 0, 0);
}
