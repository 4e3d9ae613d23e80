#include "view/zone_health.h"

#include "view/pool.h"

bool r53__threshold_breached(struct threshold threshold, uint32_t registered, uint32_t healthy)
{
    /* ELB-DNS-22, ELB-FO-02; either one suffices */
    return healthy < threshold.count ||
           (uint64_t)healthy * 100 < (uint64_t)threshold.percentage * registered;
}

/* ELB-DNS-31: a lambda group has no thresholds, only a health check that may be off. */
static struct threshold dns_threshold(const struct target_group *group)
{
    if (group->target_type == R53_TARGET_LAMBDA)
        return (struct threshold){group->health_checked, THRESHOLD_OFF};
    return group->dns_failover;
}

static bool threshold_off(struct threshold threshold)
{
    return threshold.count == THRESHOLD_OFF && threshold.percentage == THRESHOLD_OFF;
}

uint8_t r53__pool_verdict(const struct pool *pool, const struct scope *scope)
{
    struct threshold threshold = dns_threshold(pool->group);

    if (scope->registered == 0) /* ELB-DNS-30; a group of functions is never empty, ELB-DNS-31 */
        return pool->group->target_type == R53_TARGET_LAMBDA ? POOL_OK : POOL_EMPTY;
    return r53__threshold_breached(threshold, scope->registered, scope->healthy) ? POOL_BREACH
                                                                                 : POOL_OK;
}

struct threshold r53__pool_dns_threshold(const struct fleet *fleet, const struct pool *pool)
{
    if (fleet->lb->type == R53_LB_CLASSIC)
        return (struct threshold){1, THRESHOLD_OFF};
    return dns_threshold(pool->group);
}

bool r53__pool_fails_zone(const struct fleet *fleet, uint32_t index, uint32_t node)
{
    const struct pool *pool = &fleet->pools[index];
    bool off = threshold_off(dns_threshold(pool->group)); /* ELB-DNS-25 */

    if (fleet->lb->type == R53_LB_CLASSIC)
        return pool->scopes[node].healthy == 0;
    if (pool->verdicts[node] == POOL_EMPTY) /* ELB-DNS-30; -28: none registered is none healthy */
        return fleet->lb->type != R53_LB_APPLICATION && !off;
    return pool->verdicts[node] == POOL_BREACH;
}

static bool application_zone_healthy(const struct fleet *fleet, uint32_t node,
                                     const struct choices *choices)
{
    bool ok = false, breach = false;

    for (uint32_t i = 0; i < fleet->n_pools; i++) {
        ok = ok || fleet->pools[i].verdicts[node] == POOL_OK;
        breach = breach || fleet->pools[i].verdicts[node] == POOL_BREACH;
    }
    if (choices->alb_dns_any_unhealthy) /* ELB-CONF-02 */
        return !breach;
    return ok || !breach; /* ELB-DNS-26, -29, -30 */
}

static bool network_zone_healthy(const struct fleet *fleet, uint32_t node,
                                 const struct choices *choices)
{
    (void)choices;
    for (uint32_t i = 0; i < fleet->n_pools; i++) {
        if (r53__pool_fails_zone(fleet, i, node)) /* ELB-DNS-27 */
            return false;
    }
    return true;
}

static bool classic_zone_healthy(const struct fleet *fleet, uint32_t node,
                                 const struct choices *choices)
{
    (void)choices;
    for (uint32_t i = 0; i < fleet->n_pools; i++) {
        if (fleet->pools[i].scopes[node].healthy > 0)
            return true; /* ELB-DNS-33 */
    }
    return false;
}

static bool (*const zone_rules[])(const struct fleet *, uint32_t, const struct choices *) = {
    [R53_LB_APPLICATION] = application_zone_healthy,
    [R53_LB_NETWORK] = network_zone_healthy,
    [R53_LB_GATEWAY] = network_zone_healthy,
    [R53_LB_CLASSIC] = classic_zone_healthy,
};

bool r53__zone_healthy(const struct fleet *fleet, uint32_t node, const struct choices *choices)
{
    return zone_rules[fleet->lb->type](fleet, node, choices);
}

/* Route 53's view */

static bool zone_passes(const struct pool *pool, int32_t node)
{
    struct tally tally = r53__pool_zone(pool, node);

    return tally.registered > 0 &&
           !r53__threshold_breached(dns_threshold(pool->group), tally.registered, tally.healthy);
}

/* ELB-R53-08, for a pool with a registered target */
static bool pool_passes(const struct fleet *fleet, const struct pool *pool, struct tally whole)
{
    struct threshold threshold = dns_threshold(pool->group);

    if (threshold_off(threshold) || fleet->lb->type == R53_LB_CLASSIC)
        return whole.healthy > 0; /* ELB-R53-02, -03 */
    if (pool->cross_zone || fleet->n_nodes == 0)
        return !r53__threshold_breached(threshold, whole.registered, whole.healthy);
    for (uint32_t i = 0; i < fleet->n_nodes; i++) {
        if (zone_passes(pool, (int32_t)i))
            return true;
    }
    /* Targets whose zone nobody told are somewhere; they count as one more zone. */
    return zone_passes(pool, NODE_NONE);
}

enum fleet_fault r53__fleet_fault(const struct fleet *fleet, const struct choices *choices,
                                  uint32_t *pool)
{
    uint32_t filled = 0;

    *pool = 0;
    if (!fleet->serves)
        return FLEET_IS_INACTIVE; /* ELB-R53-14 */
    for (; *pool < fleet->n_pools; ++*pool) {
        struct tally whole = r53__pool_whole(&fleet->pools[*pool]);

        if (whole.registered == 0) { /* ELB-R53-06 */
            if (choices->strict_empty)
                return FLEET_POOL_IS_EMPTY;
            continue;
        }
        if (!pool_passes(fleet, &fleet->pools[*pool], whole))
            return FLEET_POOL_FAILS; /* ELB-R53-03, -04 */
        filled++;
    }
    /* ELB-R53-05, -07 */
    return filled > 0 || fleet->n_pools == 0 ? FLEET_IS_HEALTHY : FLEET_IS_EMPTY;
}

bool r53__fleet_healthy(const struct fleet *fleet, const struct choices *choices)
{
    uint32_t ignored;

    return r53__fleet_fault(fleet, choices, &ignored) == FLEET_IS_HEALTHY;
}
