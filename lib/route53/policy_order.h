/*
 * The skeleton that the policies by place share (R53-HEALTH-30): candidates in an order of the
 * policy's own, of which the first healthy one is chosen, else the first (R53-HEALTH-06, -07).
 *
 *   wanted   the client matches a short list of codes, the most specific first: geolocation,
 *            IP-based, AZ affinity. What is not on the list is never chosen.
 *   ranked   every record set has a rank, the smallest first: latency, geoproximity.
 *
 * Ties are broken by set identifier (R53-GROUP-08), which is the order of the record sets.
 */
#ifndef R53_LIB_ROUTE53_POLICY_ORDER_H
#define R53_LIB_ROUTE53_POLICY_ORDER_H

#include "route53/policy.h"

/* How a record set's location stands to the client, as the trace tells it. */
enum extent {
    EXTENT_SUBDIVISION,
    EXTENT_COUNTRY,
    EXTENT_CONTINENT,
    EXTENT_EVERYONE, /* a default */
    EXTENT_BLOCK,    /* of addresses */
    EXTENT_ZONE,
    EXTENT_ZONE_GROUP,
    EXTENT_REGION,
    EXTENT_PARTITION
};

/* A code that the client matches. */
struct wanted {
    uint64_t code;
    const char *a, *b; /* texts that the code was made of; b NULL: any */
    int32_t extent;    /* enum extent */
    int32_t bits;      /* of a block, else 0 */
    int32_t scope;     /* of the client's subnet that a match speaks for */
};

enum { WANTED_MAX = 130 }; /* 128 nested blocks, one more around them, and the default */

/*
 * A client's codes, the most specific first. Choosing tries each as it comes, so that what lies
 * behind the first that settles it is never worked out; explaining keeps them all.
 */
struct wanted_list {
    const struct choosing *c;
    struct wanted *all; /* room for WANTED_MAX; NULL: choosing */
    uint32_t n;
    int32_t scope;                      /* of what is chosen; at first, when nothing matches */
    int32_t first, healthy;             /* record sets found by choosing, -1: none yet */
    const struct record_match *matches; /* the group's, sorted by code */
    /* The code of one of its record sets. */
    uint64_t (*code)(const struct choosing *c, uint32_t record);
    /* Are the texts the record set's? NULL: codes tell all. */
    bool (*verify)(const struct record_detail *detail, const struct wanted *wanted);
};

/*
 * Begins an empty list. `matches`: the group's entries, whose codes are taken for those that were
 * sealed (model/match.h) unless list->code is set then. `all` has room for WANTED_MAX to explain;
 * NULL to choose.
 */
void r53__wanted_begin(struct wanted_list *list, const struct choosing *c,
                       const struct record_match *matches, struct wanted *all, int32_t scope);

/* The next code; one of MATCH_NOBODY is left out. true: it is settled, no other need follow. */
bool r53__want(struct wanted_list *list, const struct wanted *wanted);

/* The first healthy record set by the list, else the first, else -1. Sets c->scope. */
int32_t r53__wanted_choose(struct choosing *c, const struct wanted_list *list);
void r53__wanted_explain(struct choosing *c, const struct wanted_list *list);

/*
 * A rank: value / divisor, compared without rounding; values below 2^56, divisors at most 100. One
 * that is not known is 1 / 0, which is more than all that are (R53-LATENCY-06, R53-GEOPROX-06).
 */
struct rank {
    uint64_t value;
    uint32_t divisor;
};

/* What ranks are worked out from. */
struct ranking {
    struct client_place place;
    const struct latency_list *latencies; /* stated for the client; NULL: none */
    bool by_distance; /* the client is located, and nothing but distances ranks */
    struct rank (*rank)(const struct ranking *ranking, uint64_t code);
    /* Traces the rank of a record set. */
    void (*explain)(struct choosing *c, const struct ranking *ranking, uint64_t code,
                    uint32_t record);
};

/* The best ranked healthy record set, else the best. O(record sets). Sets c->scope. */
int32_t r53__ranked_choose(struct choosing *c, const struct ranking *ranking);
void r53__ranked_explain(struct choosing *c, const struct ranking *ranking);

/* The rule by which this record set was the best: `unknown` when it has no rank, the tie rule
 * when another that is as healthy ranks the same, else `usual`. O(record sets). */
int32_t r53__ranked_rule(const struct choosing *c, const struct ranking *ranking, int32_t record,
                         int32_t usual, int32_t unknown);

#endif
