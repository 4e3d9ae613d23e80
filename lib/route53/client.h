/*
 * Who asks, and where from (R53-PLACE-01 .. -08): said by the query, observed of its address, or in
 * a private zone the region of its VPC (R53-PRIV-12).
 *
 * A place has one source: a query that says any of its client's place says all of it, so that what
 * is said and what was observed are never mixed to a place that is neither. In a private zone only
 * the VPC's region counts, whatever else is known.
 */
#ifndef R53_LIB_ROUTE53_CLIENT_H
#define R53_LIB_ROUTE53_CLIENT_H

#include "net/address.h"
#include "net/place.h"
#include "net/region.h"
#include "view/view.h"

#include <r53/resolve.h>

enum { AZ_GROUP_MAX = 64 };

/* The query's words on its client, checked. Texts are lent by the query. */
struct client {
    struct prefix prefix;  /* client subnet, else the resolver's address; family NONE: not known */
    bool has_subnet;       /* the query had a client subnet option (also one of length 0) */
    uint8_t subnet_length; /* its source prefix length */
    bool placed;           /* the query says something of the place */
    struct place said;
    const char *vpc_id;              /* "": not asked through a VPC's resolver */
    const struct region *vpc_region; /* said, else that of the zone id; NULL: not known */
    const char *az_id;               /* "": not known, so only Global matches (R53-AZ-02) */
    const char *az_name;             /* zone name in the account that asks; NULL: not known */
    const struct region *az_region;  /* NULL: not known */
    const char *az_group;            /* said; "": that of the zone's region (R53-AZ-06) */
};

/* A client of whom nothing is known. */
extern const struct client r53__client_anybody;

/* Where the client is, for questions put to one zone. */
struct client_place {
    const char *continent, *country, *subdivision; /* "": not known */
    bool located;
    struct point point;
    bool in_vpc;                 /* asks a private zone */
    const struct region *region; /* of its VPC if in_vpc; NULL: not known */
    int32_t scope; /* bits of the client's subnet that an answer by this place speaks for */
};

/* The place that the query says its client is in, unchecked; texts are lent by the query. */
r53_place r53__query_place(const r53_query *query);

/* Checks and fills; R53_OK, R53_E_INVALID. */
int32_t r53__client_parse(struct client *out, const r53_query *query);

/* The same but for the addresses: what the query says of the place. */
int32_t r53__client_parse_place(struct client *out, const r53_query *query);

/* The group of the client's zone, "": not known. What is derived is put into `room`. */
const char *r53__client_az_group(const struct client *client, char room[AZ_GROUP_MAX]);

/*
 * Bits of the client's subnet that an answer by its place speaks for: also when the place was said
 * by the query or is not known, for the host looked it up for this subnet, and would find another
 * for another (R53-PLACE-04). 0 without a subnet, and in private zones.
 */
int32_t r53__client_scope(const struct client *client, const struct zone *zone);

/* Where the client is when it asks this zone. */
void r53__client_place(const r53_view *view, const struct client *client, const struct zone *zone,
                       struct client_place *out);

/* How a latency was come by. */
enum latency_source { LATENCY_UNKNOWN, LATENCY_OBSERVED, LATENCY_ESTIMATED };

/* Observed and estimated ones are on one scale. */
struct latency {
    int32_t source;
    int64_t value; /* microseconds */
};

/* The latencies stated closest to the client, looked up once for all regions; NULL: none. */
const struct latency_list *r53__client_latencies(const r53_view *view, const struct client *client,
                                                 const struct client_place *place);

/*
 * Latency from the client to the region: observed (R53-LATENCY-05), else estimated from the
 * distance if the client's coordinates are known, else unknown (R53-LATENCY-06). From a VPC to its
 * own region it is 0 (R53-PRIV-12). `region` NULL, which is one that is not in the table: unknown.
 * O(log n).
 */
struct latency r53__client_latency(const struct latency_list *list,
                                   const struct client_place *place, const struct region *region);

/* The prefix that IP-based routing goes by; false: none, so only "*" matches (R53-CIDR-08). */
bool r53__client_prefix(const struct client *client, const struct zone *zone, struct prefix *out);

#endif
