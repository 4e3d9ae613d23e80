/*
 * The change door's judgement on what a listener or a rule forwards to, made when it is staged, so
 * that what stands beside it in the cloud is looked at as it will be.
 */
#ifndef R53_LIB_MODEL_FORWARD_JUDGE_H
#define R53_LIB_MODEL_FORWARD_JUDGE_H

#include "model/forward_check.h"

/*
 * `site->lb` may be NULL: not known. R53_OK, R53_E_NOT_FOUND (TargetGroupNotFound), R53_E_INVALID
 * (IncompatibleProtocols, InvalidConfigurationRequest, InvalidLoadBalancerAction), R53_E_LIMIT
 * (TargetGroupAssociationLimit), all told. O(groups * actions of the cloud).
 */
int32_t r53__forwards_judge(const r53_cloud *cloud, const struct forward_site *site,
                            const struct action *actions, uint32_t n, r53_report *report);

#endif
