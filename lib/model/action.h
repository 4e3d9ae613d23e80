/*
 * Actions of listeners and rules, sealed.
 */
#ifndef R53_LIB_MODEL_ACTION_H
#define R53_LIB_MODEL_ACTION_H

#include <r53/listener.h>

#include "model/spec.h"

/* ELB-ALB-ACT-40; in the order of AWS's words in action.c. */
enum unauthenticated {
    UNAUTHENTICATED_DENY = 1,
    UNAUTHENTICATED_ALLOW,
    UNAUTHENTICATED_AUTHENTICATE
};

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
    const char *issuer, *jwks_endpoint;                              /* NULL: not given */
    int32_t on_unauthenticated; /* enum unauthenticated, 0 if the action is no authenticate-* */
    bool sticky;                /* forward: ELB-ALB-ACT-08 */
    int32_t sticky_duration_s;
};

extern const struct words r53__action_types, r53__unauthenticated;

/* Reads `n` actions, in the order in which they are taken. NULL: the spec is faulty. */
const struct action *r53__actions_read(struct spec *spec, const char *list,
                                       const r53_listener_action *const *in, uint32_t n);

/* A copy in the spec's arena. NULL: the spec is faulty. */
const struct action *r53__actions_copy(struct spec *spec, const struct action *from, uint32_t n);

/* Do both do the same? Each has n actions. */
bool r53__actions_equal(const struct action *a, const struct action *b, uint32_t n);

#endif
