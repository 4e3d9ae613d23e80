/*
 * Picking a target: what every algorithm is given, and the algorithms that have files of their own.
 */
#ifndef R53_LIB_ELB_PICK_H
#define R53_LIB_ELB_PICK_H

#include "elb/stages.h"

enum { QUIC_ID_LENGTH = 17 }; /* ELB-NLB-04 */

/* What an algorithm picks from; it may name another rule and event than its row's. */
struct pick {
    const struct elb_input *input;
    const struct elb_choice *choice;
    const struct fleet *fleet;
    const struct fleet_node *node;
    const struct listener *listener;
    const struct pool *pool;
    const struct scope *scope; /* not empty */
    struct draw *draw;
    int32_t rule, event;
};

/* The eligible target at this place of the scope. */
static inline const struct pool_target *r53__pick_candidate(const struct pick *pick, uint32_t place)
{
    return &pick->pool->targets[pick->pool->eligible[pick->scope->first + place]];
}

/* A place below n, all alike. */
static inline uint32_t r53__pick_any(const struct pick *pick, uint32_t n)
{
    return r53__draw_uniform(pick->draw, r53__elb_draw_key(pick->pool->key, ELB_DRAW_TARGET), n);
}

/* flow_hash.c: places by the flow's hash; the Gateway's by chance where nobody is healthy. */
uint32_t r53__pick_by_flow(struct pick *pick);
uint32_t r53__pick_by_gateway_flow(struct pick *pick);

#endif
