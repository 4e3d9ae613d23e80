/*
 * How much of its quotas a load balancer uses, before a change or with what the change has staged;
 * which quotas there are, and whether they are exceeded, elb_quota.c knows.
 */
#ifndef R53_LIB_MODEL_ELB_QUOTA_USE_H
#define R53_LIB_MODEL_ELB_QUOTA_USE_H

#include "model/cloud.h"
#include "model/load_balancer.h"

/* How much of each quota it uses (ELB-LIM-05 .. -12, -15, -20). */
struct quota_use {
    size_t listeners, certificates, verifying, rules, groups;
    size_t targets;       /* of all groups; a load balancer counts as many */
    size_t zone_targets;  /* in the zone that has most */
    size_t group_targets; /* of one group in one zone, where there are most */
    size_t registrations; /* of the target that is registered */
};

/* The cloud before or after the change, and the load balancer in it. */
struct quota_user {
    const r53_cloud *cloud;
    bool staged;
    const struct load_balancer *lb;
    const char *target_id; /* NULL: none */
    struct table groups;   /* ids: those it forwards to */
};

/*
 * Counts all of it; fills and empties `groups`. R53_OK, R53_E_NOMEM. O(listeners and rules of the
 * cloud + zones of the load balancer * targets).
 */
int32_t r53__quota_use_count(struct quota_user *user, struct quota_use *use);

/* Adds what the groups in `groups` make of it. O(zones of the load balancer * targets). */
void r53__quota_groups_count(const struct quota_user *user, struct quota_use *use);

#endif
