/*
 * Mitigation weights as the host observed them: what share an anomalous target still gets. How a
 * target comes to be anomalous, and how fast its share moves, AWS does not publish; so both are the
 * host's to say (ELB-ALG-08).
 */
#ifndef R53_LIB_MODEL_MITIGATION_H
#define R53_LIB_MODEL_MITIGATION_H

#include "model/observed.h"

/*
 * Thousandths, 1 to 1000, of the target with this effective port; what was said of all ports of the
 * id counts if nothing was said of this one. 1000: nothing. O(1).
 */
uint32_t r53__mitigation_find(const struct r53_observed *observed, const char *group_arn,
                              const char *id, int32_t port);

/* What is said of a target, read and checked; its texts are lent. */
struct mitigation_said {
    const char *group_arn, *id;
    int32_t port;   /* 0: every port of the id */
    int32_t weight; /* 0: what was said is forgotten */
};

/* Reads a statement. NULL, or the member that makes no sense. */
const char *r53__mitigation_read(struct mitigation_said *out, const char *group_arn,
                                 const r53_target *target, int32_t weight);

/* Stages it over what is staged; copied. R53_OK, R53_E_NOMEM. */
int32_t r53__mitigation_stage(r53_observed *observed, const struct mitigation_said *said);

#endif
