/*
 * Who asks, and where from (R53-PLACE-01 .. -08): said by the query, observed of its address, or in
 * a private zone the region of its VPC (R53-PRIV-12).
 */
#ifndef R53_LIB_ROUTE53_CLIENT_H
#define R53_LIB_ROUTE53_CLIENT_H

#include "net/address.h"
#include "net/distance.h"
#include "net/place.h"
#include "view/view.h"

/* The query's words on its client, checked. Texts lent by the query. */
struct client {
    struct prefix prefix; /* client subnet, else the resolver's address; family NONE: not known */
    bool has_subnet;      /* the query had a client subnet option (also one of length 0) */
    uint8_t subnet_length; /* its source prefix length */
    const char *continent, *country, *subdivision; /* "": not said */
    bool located;
    struct point point;
    const struct region *vpc_region; /* NULL: not known */
    const char *az_id, *az_group;    /* "": not known */
};

/* Where the client is, for questions put to one zone. */
struct client_place {
    const char *continent, *country, *subdivision; /* "": not known */
    bool located;
    struct point point;
    const struct region *region; /* of its VPC, in private zones; else NULL */
    int32_t scope; /* bits of the client's subnet that an answer by this place speaks for */
};

/* Checks and fills; R53_OK, R53_E_INVALID. */
int32_t r53__client_parse(struct client *out, const r53_query *query);

/* Where the client is when it asks this zone. */
void r53__client_place(const r53_view *view, const struct client *client, const struct zone *zone,
                       struct client_place *out);

/* How a latency was come by. */
enum latency_source { LATENCY_UNKNOWN, LATENCY_OBSERVED, LATENCY_ESTIMATED };

struct latency {
    int32_t source;
    int64_t value; /* comparable: observed milliseconds and estimates are on one scale, microseconds */
};

/* Latency from the client to the region. O(log n). */
struct latency r53__client_latency(const r53_view *view, const struct client *client,
                                   const struct client_place *place, const struct region *region);

/* The prefix that IP-based routing goes by; false: none, so only "*" matches (R53-CIDR-08). */
bool r53__client_prefix(const struct client *client, const struct zone *zone, struct prefix *out);

#endif
