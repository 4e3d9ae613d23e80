/*
 * The way back from sealed objects of the ELB side to the public structs that made them, defaults
 * filled in: whoever reads the struct again gets the same object.
 *
 * A struct, its lists and what has to be printed lie in the arena; other texts are the object's own
 * and live as long as it is held. Each call gives NULL, and the arena has failed, without memory.
 */
#ifndef R53_LIB_MODEL_DESCRIBE_H
#define R53_LIB_MODEL_DESCRIBE_H

#include "model/listener.h"
#include "model/load_balancer.h"
#include "model/rule.h"
#include "model/target_group.h"

/* What a Classic load balancer has besides, both NULL for other kinds. */
struct classic_parts {
    const struct target_group *group;
    const struct target_list *instances; /* NULL: none */
};

const r53_load_balancer *r53__load_balancer_describe(const struct load_balancer *lb,
                                                     const struct classic_parts *classic,
                                                     struct arena *arena);

/* The zone of a node, with its addresses. */
const r53_availability_zone *r53__node_describe(const struct node *node, struct arena *arena);

/* A Classic listener has neither ARN nor actions. */
r53_listener *r53__listener_describe(const struct listener *listener, struct arena *arena);

/* Needs no memory. */
r53_certificate r53__certificate_describe(const struct certificate *certificate);

/* The list of `n` actions; n 0: NULL, which is no failure. */
const r53_listener_action *const *r53__actions_describe(const struct action *actions, uint32_t n,
                                                        struct arena *arena);

const r53_listener_rule *r53__rule_describe(const struct rule *rule, struct arena *arena);

/* Whose it is, is not the group's to say: `load_balancer_arns` is left to the caller. */
r53_target_group *r53__target_group_describe(const struct target_group *group, struct arena *arena);

const r53_target *r53__target_describe(const struct target *target, struct arena *arena);

#endif
