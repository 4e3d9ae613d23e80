/* Which load balancers may have a zone shifted away from (ELB-LB-31, ELB-SHIFT-07). */
#ifndef R53_LIB_MODEL_SHIFT_CHECK_H
#define R53_LIB_MODEL_SHIFT_CHECK_H

#include "model/cloud.h"
#include "model/load_balancer.h"

/*
 * Warns of what AWS would not let a zonal shift begin for, all that is staged counted; once of each
 * target group that forbids it. O(listeners and rules of the cloud * groups named).
 */
void r53__shift_check(const r53_cloud *cloud, const struct load_balancer *lb, r53_report *report);

#endif
