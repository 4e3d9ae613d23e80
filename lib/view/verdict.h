/*
 * Verdicts: which record sets are healthy, worked out for a zone in one pass when a view is made.
 *
 * A record set is healthy when its health check is, and, for an alias with EvaluateTargetHealth,
 * when its target is: a load balancer by its fleet, a group when any of its record sets is. With
 * circles of aliases that is the least fixed point: what is healthy only because it says so itself,
 * is not (R53-HEALTH-30, loop guard).
 */
#ifndef R53_LIB_VIEW_VERDICT_H
#define R53_LIB_VIEW_VERDICT_H

#include "view/check_status.h"
#include "view/view.h"

/*
 * Fills zone->verdicts, zone->cumulative and zone->differing; bindings and fleets must be there.
 * O(details): record sets that do not depend on health cost nothing. false: no memory.
 */
bool r53__verdicts_prepare(r53_view *view, const struct check_statuses *checks);

#endif
