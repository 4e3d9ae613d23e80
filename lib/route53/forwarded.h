/*
 * The rules of a VPC's resolver beside its private zones: the more specific of the two decides, and
 * of equals the rule (R53-PRIV-08). A query that is forwarded is answered by name servers that are
 * nobody's here; so the chain ends, and on the wire nothing but REFUSED can be said of it.
 */
#ifndef R53_LIB_ROUTE53_FORWARDED_H
#define R53_LIB_ROUTE53_FORWARDED_H

#include "route53/route.h"

/*
 * Does a rule of the asking VPC's resolver forward the query away from the private zone that was
 * found, if any? Then the route ends; false: it is as it was.
 */
bool r53__forwarded_find(const struct route_input *input, struct route *route);

/* Did the chain end with a forwarding rule? */
static inline bool r53__route_is_forwarded(const struct route *route)
{
    return route->disposition == R53_DISPOSITION_FORWARDED;
}

#endif
