/*
 * What a change is about, found by its ARN among what is committed, a load balancer also among what
 * is staged; NULL: there is no such thing, which is told in AWS's words (ELB-VAL-20). All O(1).
 */
#ifndef R53_LIB_MODEL_ELB_FIND_H
#define R53_LIB_MODEL_ELB_FIND_H

#include "model/cloud.h"
#include "model/load_balancer.h"
#include "model/rule.h"
#include "model/target_group.h"

/* A load balancer of any kind; also one that the same call creates. */
const struct load_balancer *r53__balancer_get(const r53_cloud *cloud, const char *arn,
                                              r53_report *report);

/* A listener that has an ARN, which those of Classic load balancers have not. */
const struct listener *r53__listener_get(const r53_cloud *cloud, const char *arn,
                                         r53_report *report);
/* Tells that there is no such listener. R53_E_NOT_FOUND. */
int32_t r53__listener_unknown(r53_report *report, const char *arn);

const struct rule *r53__rule_get(const r53_cloud *cloud, const char *arn, r53_report *report);

/* A target group that is not the one of a Classic load balancer's instances. */
const struct target_group *r53__group_get(const r53_cloud *cloud, const char *arn,
                                          r53_report *report);
/* That one too. */
const struct target_group *r53__any_group_get(const r53_cloud *cloud, const char *arn,
                                              r53_report *report);

#endif
