/*
 * Health above single targets: the verdict of a target group on a zone, whether a zone belongs into
 * DNS, and whether Route 53 takes the load balancer for healthy. They differ on purpose: a group
 * that fails everywhere makes an alias unhealthy while the zones stay in DNS (ELB-R53-15).
 */
#ifndef R53_LIB_VIEW_ZONE_HEALTH_H
#define R53_LIB_VIEW_ZONE_HEALTH_H

#include "view/fleet.h"

/* "H < count or 100 H < percentage N"; equality is no breach. */
bool r53__threshold_breached(struct threshold threshold, uint32_t registered, uint32_t healthy);

/* Verdict of a group on a zone with these targets (enum pool_verdict). */
uint8_t r53__pool_verdict(const struct pool *pool, const struct scope *scope);

/* Does this pool speak against the node's zone? One may be enough for it to be unhealthy, or not. */
bool r53__pool_fails_zone(const struct fleet *fleet, uint32_t index, uint32_t node);

/* How many healthy targets of the pool a zone needs; a Classic one one (ELB-DNS-33). */
struct threshold r53__pool_dns_threshold(const struct fleet *fleet, const struct pool *pool);

/* Is the node's zone healthy, by the verdicts of all pools and the kind of load balancer? */
bool r53__zone_healthy(const struct fleet *fleet, uint32_t node, const struct choices *choices);

/* What an alias with EvaluateTargetHealth finds at a load balancer. */
enum fleet_fault {
    FLEET_IS_HEALTHY,
    FLEET_IS_INACTIVE,   /* ELB-R53-14 */
    FLEET_IS_EMPTY,      /* ELB-R53-05 */
    FLEET_POOL_IS_EMPTY, /* one of several, where that is a failure (ELB-R53-06) */
    FLEET_POOL_FAILS     /* ELB-R53-02, -03, -04 */
};

/* The first fault found; `pool`: which pool has it, by the last two. O(targets). */
enum fleet_fault r53__fleet_fault(const struct fleet *fleet, const struct choices *choices,
                                  uint32_t *pool);

/* Has it none? */
bool r53__fleet_healthy(const struct fleet *fleet, const struct choices *choices);

#endif
