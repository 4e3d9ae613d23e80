/*
 * Flows of Network and Gateway Load Balancers: what tells them apart, whether one that is known may
 * stay where it is, and what their hash is.
 */
#ifndef R53_LIB_ELB_FLOWS_H
#define R53_LIB_ELB_FLOWS_H

#include "elb/flow_id.h"
#include "elb/stages.h"

/*
 * The flow of the request at the choice's listener. A Gateway Load Balancer's is that of as many
 * parts as `group` binds, both directions alike (ELB-GWLB-02). false: it is not known in full.
 */
bool r53__flow_id_make(const struct elb_input *input, const struct elb_choice *choice,
                       const struct target_group *group, struct flow_id *out);

/* TCP, UDP, or what a Gateway Load Balancer's packet says it is. */
uint8_t r53__flow_protocol(const struct elb_input *input, const struct elb_choice *choice);

/*
 * Before a target group is chosen: ends the choice where the flow was begun before and may stay, or
 * where its packet belongs to no known connection. false: it is a new flow.
 */
bool r53__flow_resume(const struct elb_input *input, struct elb_choice *choice);

/* Where the flow of a request is: at the load balancer in front, if there is one. */
struct elb_choice r53__flow_choice(const struct elb_choice *choice);

/*
 * Does the connection go on that a request in progress came on, through the choice's load balancer
 * in front? Without the rule that it was begun by, a weight of 0 counts where there is no other
 * rule.
 */
bool r53__flow_front_stays(const struct elb_input *input, const struct elb_choice *choice,
                           const r53_selection *begun);

/*
 * source.c: marks the choice if its target sees the client's address as the source (ELB-NLB-14),
 * and if it is that client itself besides, so that its answer never leaves it (ELB-NLB-15): by the
 * request's source_instance, or by source_address in a group of addresses.
 */
void r53__flow_mark_source(const struct elb_input *input, struct elb_choice *choice);

/* The request's time, and what r53_elb_begin is to remember of its flow. */
void r53__flow_describe(const struct elb_input *input, const struct elb_choice *choice,
                        r53_selection *out);

#endif
