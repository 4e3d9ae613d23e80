/*
 * AWS's default quotas of load balancers and what belongs to them (ELB-LIM). An account may have
 * them raised, and the cloud isn't told to what: where an import brought more than the default, the
 * quota has been raised, and nothing is refused for its sake. So each check knows what was in use
 * before the change and what would be after it.
 */
#ifndef R53_LIB_MODEL_ELB_QUOTA_H
#define R53_LIB_MODEL_ELB_QUOTA_H

#include "model/cloud.h"
#include "model/load_balancer.h"
#include "model/target_group.h"

/*
 * Is there room for one more load balancer or target group in its account and Region, of its kind
 * (ELB-LIM-01 .. -04)? R53_OK, R53_E_LIMIT (told). O(load balancers, target groups).
 */
int32_t r53__quota_balancer(const r53_cloud *cloud, const struct load_balancer *lb,
                            r53_report *report);
int32_t r53__quota_group(const r53_cloud *cloud, const struct target_group *group,
                         r53_report *report);

/*
 * Does the load balancer keep its quotas (ELB-LIM-05 .. -12, -20) once what is staged is committed?
 * Nothing is known of one that the cloud does not hold. R53_OK, R53_E_LIMIT (told), R53_E_NOMEM
 * (told).
 *
 * O(listeners and rules of the cloud + zones * targets of the load balancer).
 */
int32_t r53__quota_use(const r53_cloud *cloud, const char *load_balancer_arn, r53_report *report);

/*
 * The same for each load balancer that forwards to the group, of which a list of targets is staged
 * and nothing else: `target_id` is registered (ELB-LIM-09 .. -12, -15).
 *
 * O(zones * targets of the load balancer), but for the first time after listeners or rules changed.
 */
int32_t r53__quota_users(r53_cloud *cloud, const char *target_group_arn, const char *target_id,
                         r53_report *report);

#endif
