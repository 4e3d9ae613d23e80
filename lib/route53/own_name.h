/*
 * The names that load balancers have themselves. Elastic Load Balancing's DNS answers them, not a
 * hosted zone of the account's; so they come into play only for names that no zone of the cloud
 * holds as the client sees it. One that does, such as a private zone amazonaws.com, comes first.
 *
 *   my-alb-1234567890.us-east-1.elb.amazonaws.com      A, AAAA, ANY: node addresses, TTL 60
 *                                                      other types: NODATA (ELB-DNS-07)
 *   x.my-alb-1234567890.us-east-1.elb.amazonaws.com    no prefix that is known: NXDOMAIN
 */
#ifndef R53_LIB_ROUTE53_OWN_NAME_H
#define R53_LIB_ROUTE53_OWN_NAME_H

#include "route53/route.h"

/*
 * For a name in no zone: is it a load balancer's, or below one? Then OWN_NAME is next, with the
 * load balancer in the route; false: nothing has changed. O(labels).
 */
bool r53__own_name_find(const struct route_input *input, struct route *route);

/*
 * The client's side of a CNAME that was answered for A or AAAA: it looks up where that leads. If it
 * is a load balancer's own name, and no zone that the client sees holds that, the route leads to
 * the load balancer, as an alias would; false: nothing has changed.
 */
bool r53__own_name_follow(const struct route_input *input, struct route *route);

/* Did the chain end at a load balancer's own name, or below one, and not in a zone? */
static inline bool r53__route_is_own_name(const struct route *route)
{
    return route->zone < 0 && route->stage == ROUTE_DONE &&
           route->disposition != R53_DISPOSITION_REFUSED &&
           route->disposition != R53_DISPOSITION_FORWARDED;
}

#endif
