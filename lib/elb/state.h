/*
 * What traffic moves: per node and group the place of the last pick, per target the requests in
 * progress, flows, and source addresses bound to target groups. Keyed by names and ordinals, not by
 * a view's indices, so a state outlives views and serves every configuration that still has what it
 * names.
 * The tables are in elb/state_priv.h.
 */
#ifndef R53_LIB_ELB_STATE_H
#define R53_LIB_ELB_STATE_H

#include <r53/elb.h>

#include "elb/flow_id.h"
#include "elb/queue.h"

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

/* The requests in progress of just the targets of this scope; NULL: not prepared yet. O(1). */
const struct queue *r53__elb_state_queue(const r53_elb_state *state, const char *load_balancer_arn,
                                         const char *target_group_arn, uint64_t scope_key);

/* Where a flow went; texts are lent by the state. */
struct flow_place {
    const char *target_group_arn;
    int32_t ordinal;
    int64_t idle_ms;
    const char *onward_zone; /* zone of the node of the load balancer that is its target; NULL: it
                                is none */
    uint32_t requests;       /* in progress on the connection to that node */
};

/* A flow that was begun and is not idle for too long; its marks do not count. O(1). */
bool r53__elb_state_flow(const r53_elb_state *state, const char *load_balancer_arn,
                         const char *zone_name, const struct flow_id *flow, int64_t now_ms,
                         struct flow_place *place);

/*
 * The target group that the flow's source was sent to through this port within `duration_ms`; NULL:
 * none. Lent by the state. O(1).
 */
const char *r53__elb_state_binding(const r53_elb_state *state, const char *load_balancer_arn,
                                   int32_t port, const struct flow_id *flow, int64_t now_ms,
                                   int64_t duration_ms);

#endif
