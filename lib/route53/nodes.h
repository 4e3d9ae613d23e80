/*
 * Which nodes of a load balancer its name answers with: those in DNS, the one that a zonal name
 * means, or the node in the client's own zone. The writer of answers and the client's choice of an
 * address both ask here with the same draw, so they agree.
 */
#ifndef R53_LIB_ROUTE53_NODES_H
#define R53_LIB_ROUTE53_NODES_H

#include "route53/route.h"

struct nodes_answer {
    struct node_addresses addresses; /* of the asked family; n 0: none, or none are known */
    int32_t node;                    /* the one node answered; -1: those in DNS */
    bool own_zone;                   /* it is the client's (ELB-DNS-44) */
    bool nodata;                     /* its name has no address of this family */
};

/* `route` leads to a load balancer. At most one draw. */
struct nodes_answer r53__route_nodes(const struct route_input *input, const struct route *route,
                                     struct draw *draw);

/* Says why one node alone was answered. */
void r53__route_nodes_trace(const struct route_input *input, const struct route *route,
                            const struct nodes_answer *answer);

#endif
