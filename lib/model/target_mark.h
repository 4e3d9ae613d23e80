/*
 * A number that the host says of a target: how much of its share an anomalous one still gets, how
 * many request slots the agent of one has. Which targets are anomalous and how fast their share
 * moves, AWS does not publish; slots are known only where the agent runs. So both are the host's to
 * say (ELB-ALG-08, ELB-TG-12).
 */
#ifndef R53_LIB_MODEL_TARGET_MARK_H
#define R53_LIB_MODEL_TARGET_MARK_H

#include "model/observed.h"

enum target_mark {
    MARK_MITIGATION, /* thousandths of a full share, 1 to 1000; 0: nothing said */
    MARK_SLOTS       /* request slots, 0 or more; -1: nothing said */
};

/*
 * What was said of the target with this effective port; what was said of all ports of the id counts
 * if nothing was said of this one. Nothing: 1000 thousandths, or -1 slots. O(1).
 */
int32_t r53__target_mark_find(const struct r53_observed *observed, enum target_mark mark,
                              const char *group_arn, const char *id, int32_t port);

/* What is said of a target, read and checked; its texts are lent. */
struct target_mark_said {
    enum target_mark mark;
    const char *group_arn, *id;
    int32_t port; /* 0: every port of the id */
    int32_t value;
};

/* Reads a statement. NULL, or the member that makes no sense. */
const char *r53__target_mark_read(struct target_mark_said *out, enum target_mark mark,
                                  const char *group_arn, const r53_target *target, int32_t value);

/* Stages it over what is staged; copied. R53_OK, R53_E_NOMEM. */
int32_t r53__target_mark_stage(r53_observed *observed, const struct target_mark_said *said);

#endif
