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

#include <r53/health_check.h>

#include "base/alloc.h"
#include "model/cloud.h"
#include "model/observed.h"

/* What the status of a check rests on, before Inverted; in brackets what a and b are. */
enum check_basis {
    CHECK_BY_NOTHING,  /* R53-HC-06 */
    CHECK_BY_GIVEN,    /* (enum r53_health) */
    CHECK_BY_DISABLED, /* R53-HC-08 */
    CHECK_BY_CHECKERS, /* R53-HC-05 (how many see it up, of how many) */
    CHECK_BY_ALARM,    /* R53-HC-11 (enum r53_alarm_state, enum r53_health it counts as) */
    CHECK_BY_CHILDREN  /* R53-HC-09 (how many are healthy; -1: the threshold is out of reach) */
};

/* Kept by the view, for telling; the check itself is pinned. */
struct check_cause {
    const r53_health_check *check; /* NULL: the slot is free */
    int32_t basis;                 /* enum check_basis */
    int32_t a, b;
    const struct opinion_list *opinions; /* of an endpoint's checkers; NULL: none */
};

/* All of a view, found by id. */
struct check_causes {
    const struct check_cause *at; /* by slot of CLOUD_HEALTH_CHECKS */
    const uint8_t *healthy;       /* likewise: the status itself */
    const uint32_t *index;        /* open addressing by id: slot + 1 */
    uint32_t mask;
};

struct check_statuses {
    const r53_cloud *cloud;
    const r53_observed *observed; /* NULL: nothing observed */
    const uint8_t *healthy;       /* by slot of CLOUD_HEALTH_CHECKS */
    struct check_causes causes;
};

enum { HEALTHY_PERCENT = 18 }; /* R53-HC-05: more than this share of checkers; AWS may change it */

/* O(checks + children). false: no memory. */
bool r53__check_statuses_prepare(struct check_statuses *statuses, struct arena *arena,
                                 const r53_cloud *cloud, const r53_observed *observed);

/*
 * Is the check with this id healthy? One that the cloud does not hold: as observed whole, else
 * healthy (R53-HC-15). O(1).
 */
bool r53__check_is_healthy(const struct check_statuses *statuses, const char *health_check_id);

/* Slot of the check with this id; -1: the cloud did not hold it. O(1). */
int32_t r53__check_cause(const struct check_causes *causes, const char *health_check_id);

#endif
