/*
 * The status of every health check, worked out once a view (R53-HC-05 .. -13).
 *
 *   given whole | checkers | alarm | children ──► Disabled ──► Inverted ──► status
 *
 * A calculated check waits for its children, unless they cannot matter to it. Change doors keep
 * calculated checks from watching each other (R53-HC-10), imports don't: then they are worked out
 * from below, and what leads into a circle has no data (R53-HC-06). So each child is looked at
 * once.
 */
#ifndef R53_LIB_VIEW_CHECK_STATUS_H
#define R53_LIB_VIEW_CHECK_STATUS_H

#include "base/alloc.h"
#include "model/cloud.h"
#include "model/observed.h"

struct check_statuses {
    const r53_cloud *cloud;
    const r53_observed *observed; /* NULL: nothing observed */
    const uint8_t *healthy;       /* by slot of CLOUD_HEALTH_CHECKS */
};

/* O(checks + children). false: no memory. */
bool r53__check_statuses_prepare(struct check_statuses *statuses, struct arena *arena,
                                 const r53_cloud *cloud, const r53_observed *observed);

/*
 * Is the check with this id healthy? One that the cloud does not hold: as observed whole, else
 * healthy (R53-HC-15). O(1).
 */
bool r53__check_is_healthy(const struct check_statuses *statuses, const char *health_check_id);

#endif
