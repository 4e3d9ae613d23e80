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

#endif
