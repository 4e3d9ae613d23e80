/*
 * What traffic moves: per node and group the place of the last pick, per target the requests in
 * progress. Keyed by names and ordinals, not by a view's indices, so a state outlives views and
 * serves every configuration that still has what it names.
 */
#ifndef R53_LIB_ELB_STATE_H
#define R53_LIB_ELB_STATE_H

#include <r53/elb.h>

#include <stdbool.h>

/* ELB-ALG-02: one cursor a node and group; Classic: a node and listener (ELB-CLB-02). */
struct cursor_key {
    const char *load_balancer_arn, *zone_name, *target_group_arn;
    int32_t port; /* Classic: the listener's; else 0 */
};

/* Ordinal of the target picked last; false: not known. O(1). */
bool r53__elb_state_cursor(const r53_elb_state *state, const struct cursor_key *key,
                           int32_t *ordinal);

/* Requests in progress at the target with this ordinal. O(1). */
uint32_t r53__elb_state_outstanding(const r53_elb_state *state, const char *load_balancer_arn,
                                    const char *target_group_arn, int32_t ordinal);

#endif
