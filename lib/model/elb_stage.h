/*
 * Creations of the change door as a part of a larger one: judged and staged, for the caller to end
 * with r53__cloud_end, which takes back what was staged before a refusal.
 */
#ifndef R53_LIB_MODEL_ELB_STAGE_H
#define R53_LIB_MODEL_ELB_STAGE_H

#include <r53/elb_change.h>

#include "model/cloud.h"

/*
 * As r53_load_balancer_create, with its codes. On success `*arn` is the ARN of the load balancer
 * that was asked for, be it there already; lent until the cloud changes.
 */
int32_t r53__load_balancer_stage(r53_cloud *cloud, const r53_load_balancer *lb, const char **arn,
                                 r53_report *report);

/* As r53_listener_create, with its codes; the load balancer may be staged itself. */
int32_t r53__listener_stage(r53_cloud *cloud, const r53_listener *listener, r53_report *report);

#endif
