/*
 * The state machine of targets: what the results of health checks come to. It remembers a target by
 * the number of its registration, so that one registered anew begins anew; how long a state has
 * lasted is judged at the time of whoever asks.
 *
 *   initial ──pass──► healthy ──unhealthy threshold──► unhealthy, or unhealthy.draining for a while
 *      │                 ▲                                 │
 *      └──threshold──────┼─────────────────────────────────┤
 *                        └────────healthy threshold────────┘
 */
#ifndef R53_LIB_MODEL_PROBES_H
#define R53_LIB_MODEL_PROBES_H

#include "model/observed.h"
#include "model/target_group.h"

struct probed_target {
    struct object head;
    const char *reason;    /* why the last check failed, "" while healthy */
    int64_t last_ms;       /* of the last probe */
    int64_t since_ms;      /* when the state began */
    int64_t slow_since_ms; /* start of its slow start */
    int32_t state;         /* INITIAL, HEALTHY or UNHEALTHY */
    int32_t run;           /* results in a row that speak against the state */
    int32_t status_code;   /* what the last failed check answered; 0: not told */
    bool slow;             /* entered slow start when it became healthy (ELB-SLOW-02) */
};

/* What the target is at `now_ms`. */
struct probed_health {
    int32_t state; /* enum r53_target_state */
    const char *reason;
    int32_t slow_age_ms; /* in slow start since so long; -1: its share is full */
    int32_t status_code; /* that did not match; 0: none, or not told */
    bool recovers;       /* unhealthy, though the last check passed */
};

/* What was probed of the target, or NULL. O(1). */
const struct probed_target *r53__probed_find(const struct r53_observed *observed,
                                             const char *group_arn, const struct target *target);

struct probed_health r53__probed_at(const struct probed_target *probed,
                                    const struct target_group *group, int64_t now_ms);

#endif
