/*
 * References that lead nowhere, said as warnings at the end of an import: a listener's load
 * balancer, a forward action's target group, the group of targets, the load balancer of node
 * addresses, the load balancer or record set behind an alias, the health check or CIDR location of
 * a record set. Chains of aliases are looked at too.
 *
 * Only what the import said is looked at; what the cloud held before was told of then.
 */
#ifndef R53_LIB_MODEL_DANGLING_H
#define R53_LIB_MODEL_DANGLING_H

#include "model/cloud.h"

#include <r53/report.h>

struct dangling {
    const struct r53_cloud *cloud;    /* with everything staged */
    const struct table *listeners;    /* what the import says: sealed listeners */
    const struct table *rules;        /* struct rule, imported */
    const struct table *target_lists; /* ids: group ARNs */
    const struct table *nodes;        /* ids: load balancers' ARNs or DNS names */
    const struct table *zones;        /* ids: hosted zones */
    r53_report *report;               /* NULL: nothing is done */
};

/* R53_OK or R53_E_NOMEM. O(load balancers + what the import said). */
int32_t r53__dangling_warn(const struct dangling *in);

#endif
