/*
 * Stickiness: what binds a client to a target group or a target, and what a response tells the
 * client to come back with.
 *
 *   cookie             binds to        counts while
 *   AWSALB, AWSALBAPP  a target        the group is sticky, not expired, the target healthy, usable
 *   AWSALBTG           a target group  the action is sticky, not expired, the group still in it
 *   AWSELB             an instance     the listener has a policy; never expires (ELB-CLB-07)
 *
 * Of a cookie and its CORS copy the copy counts (ELB-STICK-02).
 */
#ifndef R53_LIB_ELB_STICKY_H
#define R53_LIB_ELB_STICKY_H

#include "elb/stages.h"

/*
 * The group of the forward action that the client is bound to, by cookie or source address; -1:
 * none, so that weights decide.
 */
int32_t r53__sticky_group(const struct elb_input *input, struct elb_choice *choice,
                          const struct fleet_action *action);

/* The target of the choice's pool that a cookie binds the client to, or -1. */
int32_t r53__sticky_target(const struct elb_input *input, const struct elb_choice *choice);

/* Does the choice bind its source to its target group, for later connections (ELB-LSN-22)? */
bool r53__sticky_binds_source(const struct elb_input *input, const struct elb_choice *choice);

/* The cookies of the response, and what the target must set for them. */
void r53__sticky_describe(const struct fleet *fleet, const struct elb_choice *choice,
                          r53_selection *out);

#endif
