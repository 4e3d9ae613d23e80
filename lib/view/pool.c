#include "view/pool.h"

#include "base/hash.h"
#include "model/instance_state.h"
#include "model/probes.h"
#include "model/target_mark.h"
#include "view/balance.h"
#include "view/zone_health.h"

#include <string.h>

#define EVERY_ZONE "all"

/* Targets */

/* ELB-ALB-SEL-04: without a health check nothing that is said of a function's state counts. */
static bool state_ignored(const struct target_group *group)
{
    return !group->health_checked;
}

bool r53__pool_target_healthy(const struct pool *pool, const struct pool_target *target)
{
    /* ELB-DNS-36 */
    return state_ignored(pool->group) || target->state == R53_TARGET_HEALTHY ||
           (target->state == R53_TARGET_UNAVAILABLE &&
            strcmp(target->reason, "Target.HealthCheckDisabled") == 0);
}

/* What is said first, then where its instance runs. Functions and load balancers are everywhere. */
static const char *zone_resolve(const struct fleet_input *input, const struct target_group *group,
                                const struct target *target)
{
    const struct instance *instance;

    if (group->target_type == R53_TARGET_LAMBDA || group->target_type == R53_TARGET_ALB)
        return EVERY_ZONE; /* ELB-XZ-06; a load balancer has a node in each zone */
    if (target->zone[0])
        return target->zone;
    instance = r53__table_find(&input->cloud->tables[CLOUD_INSTANCES], r53__span(target->id));
    return instance ? instance->zone_name : "";
}

static int32_t node_of(const struct fleet *fleet, const char *zone)
{
    if (strcmp(zone, EVERY_ZONE) == 0)
        return NODE_EVERY;
    for (uint32_t i = 0; i < fleet->n_nodes; i++) {
        if (strcmp(fleet->nodes[i].zone_name, zone) == 0)
            return (int32_t)i;
    }
    return NODE_NONE;
}

/* Is its deregistration delay over? */
static bool gone(const struct fleet_input *input, const struct target_group *group,
                 const struct target *target)
{
    return !r53__target_held(group, target, input->now_ms);
}

/* Do flows that the target has go on after the delay? */
static bool outlives_delay(const struct fleet_input *input, const struct target_group *group)
{
    if (input->lb->type == R53_LB_GATEWAY) /* ELB-GWLB-06 */
        return group->failover_on_deregistration == R53_FAILOVER_NO_REBALANCE;
    return input->lb->type == R53_LB_NETWORK && !group->connection_termination; /* ELB-DRAIN-04 */
}

/* What keeps a target out whatever its health; fail-open does not bring such a one back. */
static int32_t exclusion_of(const struct fleet *fleet, const struct pool *pool,
                            const struct pool_target *target)
{
    if (target->state == R53_TARGET_DRAINING) /* ELB-DRAIN-07: of functions as well */
        return TARGET_IS_DRAINING;
    if (!state_ignored(pool->group) && target->state == R53_TARGET_UNUSED)
        return TARGET_IS_UNUSED; /* ELB-ST-01 */
    if (target->node != NODE_NONE)
        return TARGET_USABLE; /* ELB-XZ-07: "all" whichever zones are enabled */
    if (target->zone[0] && fleet->n_nodes > 0)
        return TARGET_ZONE_DISABLED; /* ELB-LB-13 */
    return pool->cross_zone ? TARGET_USABLE : TARGET_ZONE_UNKNOWN;
}

/* ELB-ST-06; a Classic one is OutOfService, as an unhealthy one is. */
static bool instance_down(const struct pool *pool, const struct fleet_input *input,
                          struct pool_target *out)
{
    bool classic = input->lb->type == R53_LB_CLASSIC;

    if (pool->group->target_type != R53_TARGET_INSTANCE ||
        !r53__instance_down(input->observed, out->target->id))
        return false;
    out->state = classic ? R53_TARGET_UNHEALTHY : R53_TARGET_UNUSED;
    out->reason = "Target.InvalidState";
    return true;
}

/*
 * What is known of the target's state, the first of: it drains, it was seen so, its instance does
 * not run, it was probed.
 */
static void state_resolve(const struct pool *pool, const struct fleet_input *input,
                          struct pool_target *out)
{
    const char *arn = pool->group->arn;
    const struct target *target = out->target;
    const struct probed_target *probed = r53__probed_find(input->observed, arn, target);
    const struct target_health *seen = NULL;
    struct probed_health health;

    if (input->observed)
        seen = r53__observed_target(input->observed, arn, target->id, out->port, out->zone);
    if (target->draining) { /* ELB-DRAIN-01 */
        out->state = R53_TARGET_DRAINING;
        out->reason = "Target.DeregistrationInProgress";
    } else if (seen) {
        out->state = seen->state;
        out->reason = seen->reason;
    } else if (instance_down(pool, input, out)) {
        return;
    } else if (probed) {
        health = r53__probed_at(probed, pool->group, input->now_ms);
        out->state = health.state;
        out->reason = health.reason;
        out->slow_age_ms = health.slow_age_ms;
        out->status_code = health.status_code;
        out->recovers = health.recovers;
    } else { /* ELB-ST-03 */
        out->state = R53_TARGET_INITIAL;
    }
    /* ELB-CLB-06: not in service before its first check; what lies before nobody said */
    if (input->lb->type == R53_LB_CLASSIC && !seen && out->state == R53_TARGET_INITIAL) {
        out->state = R53_TARGET_UNHEALTHY;
        out->reason = "Elb.RegistrationInProgress";
    }
}

/* ELB-ALG-08: as a rule nothing is said of any target. */
static uint32_t mitigation_of(const struct fleet_input *input, const char *group_arn,
                              const char *id, int32_t port)
{
    if (!input->observed || input->observed->tables[OBSERVED_MITIGATIONS].count == 0)
        return MITIGATION_WHOLE;
    return (uint32_t)r53__target_mark_find(input->observed, MARK_MITIGATION, group_arn, id, port);
}

static struct pool_target target_resolve(const struct fleet *fleet, const struct pool *pool,
                                         const struct fleet_input *input,
                                         const struct target *target)
{
    const struct target_group *group = pool->group;
    struct pool_target out = {.target = target, .reason = "", .slow_age_ms = -1, .slots = -1};

    out.zone = zone_resolve(input, group, target);
    out.port = target->port ? target->port : group->port; /* ELB-TG-04 */
    out.mitigation = mitigation_of(input, group->arn, target->id, out.port);
    state_resolve(pool, input, &out);
    if (group->target_control_port) /* ELB-TG-12 */
        out.slots = r53__target_mark_find(input->observed, MARK_SLOTS, group->arn, target->id,
                                          out.port);
    out.node = node_of(fleet, out.zone);
    out.exclusion = exclusion_of(fleet, pool, &out);
    if (gone(input, group, target)) {
        out.exclusion = TARGET_IS_GONE;
        out.state = R53_TARGET_UNUSED;
        out.reason = "Target.NotRegistered";
    }
    return out;
}

/* ELB-XZ-01: what the group says, else the load balancer. */
static bool cross_zone_of(const struct load_balancer *lb, const struct target_group *group)
{
    if (group->target_type == R53_TARGET_LAMBDA)
        return true; /* ELB-XZ-06 */
    if (group->cross_zone == R53_OPTION_DEFAULT || group->target_type == R53_TARGET_ALB)
        return lb->cross_zone;                 /* ELB-XZ-03 */
    return group->cross_zone == R53_OPTION_ON; /* ELB-XZ-02 */
}

bool r53__pool_resolve(struct pool_draft *draft, struct arena *arena, const struct fleet *fleet,
                       const struct fleet_input *input, const struct target_group *group)
{
    const struct target_list *list =
        r53__table_find(&input->cloud->tables[CLOUD_TARGETS], r53__span(group->arn));
    struct pool *pool = draft->pool;
    uint32_t n = list ? list->n_targets : 0;

    draft->targets = r53__arena_alloc(arena, n, sizeof(*draft->targets));
    draft->scopes = r53__arena_alloc(arena, fleet->n_nodes, sizeof(*draft->scopes));
    draft->verdicts = r53__arena_alloc(arena, fleet->n_nodes, sizeof(*draft->verdicts));
    if (arena->failed)
        return false;
    *pool = (struct pool){.group = group,
                          .cross_zone = cross_zone_of(fleet->lb, group),
                          .targets = draft->targets,
                          .scopes = draft->scopes,
                          .verdicts = draft->verdicts,
                          .key = r53__hash_text(group->arn, 0)};
    for (uint32_t i = 0; i < n; i++) {
        if (!gone(input, group, &list->targets[i]) || outlives_delay(input, group))
            draft->targets[pool->n_targets++] =
                target_resolve(fleet, pool, input, &list->targets[i]);
    }
    return true;
}

void r53__pool_shift(struct pool_draft *draft, const struct fleet *fleet)
{
    const struct pool *pool = draft->pool;
    uint32_t left = 0;

    if (!pool->cross_zone)
        return; /* ELB-SHIFT-04 */
    for (uint32_t i = 0; i < pool->n_targets; i++) {
        const struct pool_target *t = &pool->targets[i];

        left += t->exclusion == TARGET_USABLE && (t->node < 0 || !fleet->nodes[t->node].shifted);
    }
    if (left == 0)
        return; /* ELB-SHIFT-10 */
    for (uint32_t i = 0; i < pool->n_targets; i++) {
        struct pool_target *t = &draft->targets[i];

        if (t->exclusion == TARGET_USABLE && t->node >= 0 && fleet->nodes[t->node].shifted)
            t->exclusion = TARGET_IS_SHIFTED; /* ELB-SHIFT-03 */
    }
}

/* Scopes */

/* ELB-XZ-04 */
static bool in_scope(const struct pool *pool, const struct pool_target *target, int32_t node)
{
    return target->exclusion == TARGET_USABLE &&
           (pool->cross_zone || target->node == node || target->node == NODE_EVERY);
}

static void tally_add(struct tally *tally, const struct pool *pool,
                      const struct pool_target *target)
{
    tally->registered++;
    tally->healthy += r53__pool_target_healthy(pool, target);
}

struct tally r53__pool_whole(const struct pool *pool)
{
    struct tally tally = {0};

    for (uint32_t i = 0; i < pool->n_targets; i++) {
        int32_t exclusion = pool->targets[i].exclusion;

        if (exclusion == TARGET_USABLE || exclusion == TARGET_IS_SHIFTED ||
            exclusion == TARGET_ZONE_UNKNOWN)
            tally_add(&tally, pool, &pool->targets[i]);
    }
    return tally;
}

struct tally r53__pool_zone(const struct pool *pool, int32_t node)
{
    struct tally tally = {0};

    for (uint32_t i = 0; i < pool->n_targets; i++) {
        const struct pool_target *t = &pool->targets[i];
        bool unknown = node == NODE_NONE && t->exclusion == TARGET_ZONE_UNKNOWN;

        if (unknown || (node != NODE_NONE && in_scope(pool, t, node)))
            tally_add(&tally, pool, t);
    }
    return tally;
}

void r53__pool_count(struct pool_draft *draft, uint32_t n_nodes)
{
    struct tally tally = {0};

    for (uint32_t i = 0; i < n_nodes; i++) {
        if (i == 0 || !draft->pool->cross_zone) /* with cross-zone on all are alike */
            tally = r53__pool_zone(draft->pool, (int32_t)i);
        draft->scopes[i] = (struct scope){.registered = tally.registered, .healthy = tally.healthy};
    }
}

/* Fail open and the number of eligible targets. */
static void scope_settle(const struct pool *pool, struct scope *scope, bool classic)
{
    scope->fail_open =
        !classic && scope->registered > 0 && /* ELB-FO-09 */
        r53__threshold_breached(pool->group->unhealthy_routing, scope->registered, scope->healthy);
    scope->n = scope->fail_open ? scope->registered : scope->healthy; /* ELB-FO-02 */
}

static bool eligible(const struct pool *pool, const struct pool_target *target, bool fail_open,
                     const struct choices *choices)
{
    if (target->slots == 0)
        return false; /* ELB-TG-12 */
    if (!fail_open || r53__pool_target_healthy(pool, target))
        return r53__pool_target_healthy(pool, target);
    return target->state != R53_TARGET_INITIAL || choices->initial_fail_open; /* ELB-FO-05 */
}

static uint32_t scope_fill(const struct pool *pool, const struct scope *scope, int32_t node,
                           const struct choices *choices, uint32_t *out)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < pool->n_targets; i++) {
        const struct pool_target *t = &pool->targets[i];

        if (in_scope(pool, t, node) && eligible(pool, t, scope->fail_open, choices))
            out[n++] = i;
    }
    return n;
}

/* Do nodes share the list of node 0? */
static bool list_shared(const struct pool *pool, uint32_t node)
{
    return node > 0 && pool->cross_zone;
}

bool r53__pool_list(struct pool_draft *draft, struct arena *arena, const struct fleet *fleet,
                    const struct choices *choices)
{
    const struct pool *pool = draft->pool;
    uint32_t *list;
    size_t n = 0;

    for (uint32_t i = 0; i < fleet->n_nodes; i++) {
        scope_settle(pool, &draft->scopes[i], fleet->lb->type == R53_LB_CLASSIC);
        n += list_shared(pool, i) ? 0 : draft->scopes[i].n;
    }
    list = n <= UINT32_MAX ? r53__arena_alloc(arena, n, sizeof(*list)) : NULL;
    if (!list) {
        arena->failed = true;
        return false;
    }
    draft->pool->eligible = list;
    n = 0;
    for (uint32_t i = 0; i < fleet->n_nodes; i++) {
        struct scope *scope = &draft->scopes[i];

        if (list_shared(pool, i)) {
            *scope = draft->scopes[0];
            continue;
        }
        scope->first = (uint32_t)n;
        scope->n = scope_fill(pool, scope, (int32_t)i, choices, list + n);
        n += scope->n;
    }
    return true;
}
