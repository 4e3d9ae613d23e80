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

/* Is the node's zone healthy, by the verdicts of all pools and the kind of load balancer? */
bool r53__zone_healthy(const struct fleet *fleet, uint32_t node, const struct choices *choices);

/* What an alias with EvaluateTargetHealth sees. */
bool r53__fleet_healthy(const struct fleet *fleet, const struct choices *choices);

#endif
