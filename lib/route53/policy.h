/*
 * Routing policies: a row each, saying how to choose one record set of a group. A new policy is a
 * row and a file.
 */
#ifndef R53_LIB_ROUTE53_POLICY_H
#define R53_LIB_ROUTE53_POLICY_H

#include "route53/route.h"

struct policy_ops {
    const char *name;
    int32_t rule; /* that chooses */
    /* Index of the record set in the zone. NULL: the policy is not modelled. */
    int32_t (*choose)(const struct route_input *input, const struct view_zone *zone,
                      const struct group *group, struct draw *draw);
};

extern const struct policy_ops r53__policies[POLICIES];

#endif
