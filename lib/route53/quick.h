/*
 * The quick way to most responses: from a parsed query and its hosted zone straight to the octets.
 *
 * It covers answers of A and AAAA records by peers that want them minimal (one record set that is
 * simple, or chosen by weight or failover, or where aliases within the zone lead), and NODATA and
 * NXDOMAIN. Everything else it leaves to the general way: private zones, zone cuts, CNAMEs, ANY,
 * policies that look at the client, load balancers, and what does not fit.
 *
 * It gives what the general way gives because it is made of the same parts: r53__zone_locate finds
 * the name, the rows of r53__policies choose, bindings are those of the view, r53__draw_order puts
 * values in order by r53__values_key. What it leaves out is only what such answers do not need: the
 * route's state, the sink, and the dictionary of names, which no record here has a use for.
 */
#ifndef R53_LIB_ROUTE53_QUICK_H
#define R53_LIB_ROUTE53_QUICK_H

#include <r53/respond.h>

#include "dns/message.h"
#include "route53/route.h"

struct quick {
    const r53_view *view;
    const r53_peer *peer;
    const struct message *message;   /* its rcode is MESSAGE_OK */
    const struct route_query *query; /* the client is not looked at */
    int32_t zone;                    /* of the view, found for the query */
};

/* Writes the response; returns its length, or 0: not covered, the general way has to go. */
size_t r53__quick_answer(const struct quick *q, void *response, size_t capacity);

#endif
