/*
 * Listeners and their actions, sealed. A Classic listener has no actions of AWS's; it gets one
 * forward action to the load balancer's own ARN, where its instances are registered, so that
 * whoever walks listener -> group -> targets needs no second road.
 */
#ifndef R53_LIB_MODEL_LISTENER_H
#define R53_LIB_MODEL_LISTENER_H

#include <r53/load_balancer.h>

#include "base/table.h"

struct forward_target {
    const char *target_group_arn;
    uint32_t weight;
};

struct action {
    int32_t type; /* enum r53_action_type */
    int32_t order;
    const struct forward_target *groups; /* forward; one with weight 1 if AWS gave none */
    uint32_t n_groups;
    const char *status_code, *protocol, *host, *port, *path, *query; /* NULL: not given */
    const char *content_type, *message_body;                         /* NULL: not given */
};

struct listener {
    struct object head;
    const char *arn; /* "" for Classic */
    const char *load_balancer_arn;
    int32_t protocol, port;
    int32_t instance_protocol, instance_port; /* Classic, else 0 */
    const struct action *actions; /* by order; Classic: one forward to the load balancer's ARN */
    uint32_t n_actions;
};

/* Seals the spec. R53_OK, R53_E_INVALID (the report names the member), R53_E_NOMEM. */
int32_t r53__listener_new(struct listener **out, const struct memory *memory,
                          const r53_listener *in, r53_report *report);

/* Writes the id it stands under in the cloud's table: its ARN, or load balancer's ARN ":" port. */
void r53__listener_put_id(struct text *text, const struct listener *listener);

#endif
