/*
 * The quick way to most responses: from a parsed query and its hosted zone straight to the octets.
 *
 * It covers, for peers that want answers minimal, plain groups of types without names to compress,
 * and A and AAAA records whatever the routing policy, and where aliases lead: within the zone, to a
 * load balancer, to what was observed; and for all peers NODATA and NXDOMAIN. Everything else it
 * leaves to the general way: private zones, zone cuts, CNAMEs, ANY, aliases to nothing, and what
 * does not fit.
 *
 * What it reads of the zone is the block of the owner that answers, and of a plain group, or one
 * whose choices stand there, nothing else. It gives what the general way gives because it is made
 * of the same parts: the search for blocks, r53__zone_source for wildcards, the rows of
 * r53__policies, the bindings of the view, struct order by the values' key. What it leaves out is
 * only what such answers do not need: the route's state, the sink, and the dictionary of names,
 * which no record here has a use for.
 */
#ifndef R53_LIB_ROUTE53_QUICK_H
#define R53_LIB_ROUTE53_QUICK_H

#include <r53/respond.h>

#include "dns/message.h"
#include "route53/route.h"

struct quick {
    const r53_view *view;
    const r53_peer *peer;
    const struct message *message; /* its rcode is MESSAGE_OK */
    struct route_query *query; /* its client is filled in when somebody is about to look at it */
    const uint8_t *starts;     /* of the labels of the query's name */
    int32_t zone;              /* of the view, found for the query: a public one */
};

/*
 * Writes the response; `search` has begun for the query's hash. Returns its length, or 0: not
 * covered, the general way has to go.
 */
size_t r53__quick_answer(const struct quick *q, struct search *search, void *response,
                         size_t capacity);

#endif
