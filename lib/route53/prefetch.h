/*
 * Fetching ahead what an answer will read, while other queries are worked on: hash slot, owner, its
 * name and groups, the record set, the values. Each step reads what those before have fetched. It
 * follows the way of most queries, to a name and type that exist, and that of missing names to the
 * one above and its wildcard; what it guesses wrong costs a wait and no more.
 */
#ifndef R53_LIB_ROUTE53_PREFETCH_H
#define R53_LIB_ROUTE53_PREFETCH_H

#include "route53/route.h"

enum { PREFETCH_STEPS = 6 };

/* Runs step 0 .. PREFETCH_STEPS - 1 for a query whose zone has been found. */
void r53__prefetch(const r53_view *view, const struct route_query *query, const struct route *route,
                   unsigned step);

#endif
