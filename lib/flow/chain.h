/*
 * The whole flow as one chain of stages over one comparable state: Route 53's stages, the client's
 * choice of an address, the load balancer's stages. Sampling runs it once; enumerating runs each
 * stage for each distinct state.
 *
 *   ROUTE ... ──► ADDRESS ──► ELB ... ──► DONE
 *                 ▲     │
 *                 └─────┘  a CNAME that is answered and names a load balancer: the client's look-up
 */
#ifndef R53_LIB_FLOW_CHAIN_H
#define R53_LIB_FLOW_CHAIN_H

#include <r53/flow.h>

#include "elb/select.h"
#include "route53/route.h"

enum chain_part {
    CHAIN_ROUTE,   /* `route` runs */
    CHAIN_ADDRESS, /* the client takes one of the answered addresses */
    CHAIN_ELB,     /* `elb` runs */
    CHAIN_DONE
};

/*
 * Zero-initialised before filling: compared with memcmp. When the load balancer is reached, `route`
 * is reset to what later stages need, so that all ways to it become one state.
 */
struct chain {
    int32_t part;  /* enum chain_part */
    int32_t kind;  /* enum r53_outcome_kind when done, see <r53/outcomes.h> */
    int32_t rcode; /* when done without an address */
    int32_t value; /* address taken: value of the record set, or of the observed list */
    struct route route;
    struct elb_choice elb;
};

_Static_assert(sizeof(struct chain) ==
                   4 * sizeof(int32_t) + sizeof(struct route) + sizeof(struct elb_choice),
               "states are compared byte by byte");

struct chain_input {
    struct route_input route;
    struct elb_input elb;
};

void r53__chain_init(struct chain *chain);

/*
 * Runs the next stage. Codes of r53__route_step and r53__elb_step. At most one draw, but for ADDRESS:
 * whether the client gets its own zone's node, and which address.
 */
int32_t r53__chain_step(const struct chain_input *input, struct chain *chain, struct draw *draw);

#endif
