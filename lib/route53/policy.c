#include "route53/policy.h"

#include "base/events.h"
#include "base/rules.h"
#include "view/pool.h"
#include "view/zone_health.h"

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
    [POLICY_SIMPLE] = {"simple", RULE_R53_SIMPLE_01, false, simple_choose, simple_explain, NULL},
    [POLICY_WEIGHTED] = {"weighted", RULE_R53_WEIGHTED_02, false, r53__weighted_choose,
                         r53__weighted_explain, NULL},
    [POLICY_LATENCY] = {"latency", RULE_R53_LATENCY_02, true, r53__latency_choose,
                        r53__latency_explain, r53__latency_rule},
    [POLICY_FAILOVER] = {"failover", RULE_R53_FAILOVER_02, false, r53__failover_choose,
                         r53__failover_explain, NULL},
    [POLICY_GEOLOCATION] = {"geolocation", RULE_R53_GEO_03, true, r53__geolocation_choose,
                            r53__geolocation_explain, NULL},
    [POLICY_GEOPROXIMITY] = {"geoproximity", RULE_R53_GEOPROX_03, true, r53__geoproximity_choose,
                             r53__geoproximity_explain, r53__geoproximity_rule},
    [POLICY_MULTIVALUE] = {"multivalue answer", RULE_R53_MULTI_02, false, r53__multivalue_choose,
                           r53__multivalue_explain, NULL},
    [POLICY_CIDR] = {"IP-based", RULE_R53_CIDR_03, true, r53__cidr_choose, r53__cidr_explain, NULL},
    [POLICY_AZ_AFFINITY] = {"AZ affinity", RULE_R53_AZ_03, true, r53__az_affinity_choose,
                            r53__az_affinity_explain, NULL},
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
    if (input->trace)
        r53__record_explain(&c, (uint32_t)route->record,
                            policy->rule_of ? policy->rule_of(&c, route->record) : policy->rule,
                            EVENT_RECORD_CHOSEN, 0, 0);
    route->stage = ROUTE_ALIAS;
    return R53_OK;
}

/* Telling */

void r53__record_explain(struct choosing *c, uint32_t record, int32_t rule, int32_t event,
                         int32_t a, int32_t b)
{
    r53__trace(c->input->trace, rule, event, c->zone_number, (int32_t)record, a, b);
}

/* How a load balancer's fault is told: of the alias, and of the load balancer itself. */
static const struct fleet_reason {
    int32_t rule, event, fleet_rule;
} fleet_reasons[] = {
    [FLEET_IS_INACTIVE] = {RULE_R53_HEALTH_04, EVENT_FLEET_INACTIVE, RULE_ELB_R53_14},
    [FLEET_IS_EMPTY] = {RULE_R53_HEALTH_22, EVENT_FLEET_EMPTY, RULE_ELB_R53_05},
    [FLEET_POOL_IS_EMPTY] = {RULE_R53_HEALTH_22, EVENT_FLEET_POOL_EMPTY, RULE_ELB_R53_06},
    [FLEET_POOL_FAILS] = {RULE_R53_HEALTH_21, EVENT_FLEET_POOL_FAILS, RULE_ELB_R53_03},
};

static const struct fleet_reason *fleet_reason(const struct choosing *c, int32_t fleet,
                                               uint32_t *pool)
{
    const r53_view *view = c->input->view;

    return &fleet_reasons[r53__fleet_fault(&view->fleets[fleet], &view->choices, pool)];
}

static bool is_classic(const struct choosing *c, int32_t fleet)
{
    return c->input->view->fleets[fleet].lb->type == R53_LB_CLASSIC;
}

static int32_t target_rule(const struct choosing *c, const struct record_set *set)
{
    struct binding binding = *r53__view_binding(c->zone, set);
    uint32_t ignored;

    if (binding.kind != BINDING_LOAD_BALANCER)
        return RULE_R53_HEALTH_04;
    return is_classic(c, binding.index) ? RULE_R53_HEALTH_20
                                        : fleet_reason(c, binding.index, &ignored)->rule;
}

static int32_t verdict_rule(const struct choosing *c, enum verdict verdict,
                            const struct record_set *set)
{
    if (verdict == VERDICT_DANGLES)
        return RULE_R53_HEALTH_15;
    if (verdict == VERDICT_TARGET_FAILS)
        return target_rule(c, set);
    return set->flags & RECORD_ALIAS ? RULE_R53_HEALTH_33 : RULE_R53_HEALTH_03;
}

/* Why Route 53 takes the load balancer for unhealthy, though it may well serve (ELB-R53-09). */
static void fleet_explain(struct choosing *c, int32_t fleet)
{
    uint32_t pool;
    const struct fleet_reason *reason = fleet_reason(c, fleet, &pool);
    struct tally whole = {0};
    int32_t rule = reason->fleet_rule;

    if (pool < c->input->view->fleets[fleet].n_pools)
        whole = r53__pool_whole(&c->input->view->fleets[fleet].pools[pool]);
    if (reason->event == EVENT_FLEET_POOL_FAILS && is_classic(c, fleet))
        rule = RULE_ELB_R53_02;
    r53__trace(c->input->trace, rule, reason->event, fleet, (int32_t)pool, (int32_t)whole.healthy,
               (int32_t)whole.registered);
}

/* How the basis of a health check is told; value 3 of the event where it is fixed. */
static const struct basis_reason {
    int32_t event, rule;
} bases[] = {
    [CHECK_BY_NOTHING] = {EVENT_CHECK_NO_DATA, RULE_R53_HC_06},
    [CHECK_BY_GIVEN] = {EVENT_CHECK_GIVEN, RULE_R53_HEALTH_03},
    [CHECK_BY_DISABLED] = {EVENT_CHECK_DISABLED, RULE_R53_HC_08},
    [CHECK_BY_CHECKERS] = {EVENT_CHECK_CHECKERS, RULE_R53_HC_05},
    [CHECK_BY_ALARM] = {EVENT_CHECK_ALARM, RULE_R53_HC_11},
    [CHECK_BY_CHILDREN] = {EVENT_CHECK_CHILDREN, RULE_R53_HC_09},
};

/* The checkers whose probes failed, and those about to change their opinion. */
static void checkers_explain(struct choosing *c, int32_t slot)
{
    const struct opinion_list *list = c->input->view->checks.at[slot].opinions;

    for (uint32_t i = 0; c->input->trace && i < list->n_opinions; i++) {
        const struct checker_opinion *opinion = &list->opinions[i];

        if (opinion->result && (opinion->run > 0 || opinion->result != R53_PROBE_PASSED))
            r53__trace(c->input->trace, RULE_R53_HC_04, EVENT_CHECKER_PROBED, slot, (int32_t)i,
                       opinion->result, opinion->run);
    }
}

/* What a failing health check rests on, and that it is inverted. */
static void check_explain(struct choosing *c, int32_t slot)
{
    r53_trace *trace = c->input->trace;
    const struct check_cause *cause = &c->input->view->checks.at[slot];
    const struct basis_reason *reason = &bases[cause->basis];
    int32_t event = reason->event, rule = reason->rule;
    bool counted = cause->basis == CHECK_BY_CHILDREN;

    if (counted && cause->a < 0)
        event = EVENT_CHECK_UNREACHABLE;
    if (cause->basis == CHECK_BY_GIVEN && cause->check->type == R53_CHECK_RECOVERY_CONTROL)
        rule = RULE_R53_HC_13;
    r53__trace(trace, rule, event, slot, cause->a,
               counted ? (int32_t)cause->check->n_child_health_checks : cause->b,
               counted ? cause->check->health_threshold : HEALTHY_PERCENT);
    if (cause->basis == CHECK_BY_CHECKERS)
        checkers_explain(c, slot);
    if (cause->check->inverted)
        r53__trace(trace, RULE_R53_HC_07, EVENT_CHECK_INVERTED, slot, 0, 0, 0);
}

/* R53-HC-15 */
static void missing_explain(struct choosing *c, const struct record_set *set, bool fails)
{
    r53__record_explain(c, (uint32_t)(set - c->zone->zone->record_sets), RULE_R53_HC_15,
                        fails ? EVENT_CHECK_MISSING_FAILS : EVENT_CHECK_MISSING, 0, 0);
}

/* The record set's health check: that there is none with its id, or why it fails. */
static void record_check_explain(struct choosing *c, const struct record_set *set,
                                 enum verdict verdict)
{
    const struct record_detail *detail = r53__record_detail(c->zone->zone, set);
    bool fails = verdict == VERDICT_CHECK_FAILS;
    int32_t slot;

    if (!detail || !detail->health_check_id[0])
        return;
    slot = r53__check_cause(&c->input->view->checks, detail->health_check_id);
    if (slot < 0)
        missing_explain(c, set, fails);
    else if (fails)
        check_explain(c, slot);
}

/*
 * How far down an alias is followed to tell why it is unhealthy, and how many record sets are told.
 */
enum { REASON_DEPTH = ALIAS_HOPS_MAX, REASONS_MAX = 64 };

static void reasons_explain(struct choosing *c, const struct record_set *set, unsigned depth,
                            unsigned *told);

/* What it leads to is unhealthy: a load balancer, or each record set of a group by itself. */
static void target_explain(struct choosing *c, const struct record_set *set, unsigned depth,
                           unsigned *told)
{
    const struct zone *zone = c->zone->zone;
    struct binding binding = *r53__view_binding(c->zone, set);
    const struct group *group;

    if (binding.kind == BINDING_LOAD_BALANCER)
        fleet_explain(c, binding.index);
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

    if (verdict == VERDICT_HEALTHY) {
        record_check_explain(c, set, verdict);
        return;
    }
    r53__record_explain(c, (uint32_t)(set - c->zone->zone->record_sets),
                        verdict_rule(c, verdict, set), EVENT_RECORD_UNHEALTHY, (int32_t)verdict, 0);
    record_check_explain(c, set, verdict);
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
