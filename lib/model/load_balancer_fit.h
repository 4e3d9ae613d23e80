/*
 * Do a load balancer's listeners, and what they and their rules forward to, go with it once its IP
 * address type or its security groups are others? The change door's judgement: what did not go with
 * it before, since an import brought it so, is no fault of the change (ELB-JSON-11).
 */
#ifndef R53_LIB_MODEL_LOAD_BALANCER_FIT_H
#define R53_LIB_MODEL_LOAD_BALANCER_FIT_H

#include "model/cloud.h"
#include "model/load_balancer.h"

/*
 * R53_OK, R53_E_INVALID (InvalidConfigurationRequest, told). ELB-IP-05, -06, ELB-LB-47, ELB-LSN-07,
 * -08, -23. O(listeners and rules of the cloud * target groups named).
 */
int32_t r53__load_balancer_fit(const r53_cloud *cloud, const struct load_balancer *before,
                               const struct load_balancer *after, r53_report *report);

#endif
