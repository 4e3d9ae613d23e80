/*
 * Route 53's side as a chain of stages over one small comparable state, for both drivers:
 *
 *   ZONE ──► DISPATCH ──► RECORD ──► ALIAS ──► DONE
 *    │                      ▲          │         ▲
 *    │                      └──────────┘         │  alias to a record set of the zone
 *    └──► OWN_NAME ──────────────────────────────┘
 *
 * ZONE finds the hosted zone, DISPATCH what it holds for name and type, RECORD chooses among the
 * group's record sets by its policy, ALIAS follows an alias one hop. OWN_NAME answers for a load
 * balancer's own name that is in no zone (own_name.h).
 */
#ifndef R53_LIB_ROUTE53_ROUTE_H
#define R53_LIB_ROUTE53_ROUTE_H

#include <r53/resolve.h>

#include "base/draw.h"
#include "base/trace.h"
#include "route53/client.h"
#include "view/view.h"

enum route_stage {
    ROUTE_ZONE,
    ROUTE_DISPATCH,
    ROUTE_OWN_NAME,
    ROUTE_RECORD,
    ROUTE_ALIAS,
    ROUTE_DONE
};

enum {
    ALIAS_HOPS_MAX = 8, /* R53-ALIAS-15 */
    ALIAS_TTL = 60      /* of what lies outside the zone: R53-ALIAS-07 */
};

/* Zero-initialised before filling: compared with memcmp. Indices -1: none. */
struct route {
    int32_t stage;       /* enum route_stage: what runs next */
    int32_t zone;        /* of the view */
    int32_t disposition; /* enum r53_disposition_kind */
    int32_t rule;        /* that decided the disposition */
    int32_t owner;       /* that answers: the name, the wildcard, or the cut of a referral */
    int32_t is_wildcard;
    int32_t group;    /* of the zone; moves along the aliases */
    int32_t record;   /* record set chosen in that group */
    int32_t hops;     /* aliases followed */
    int32_t origin;   /* enum r53_origin, 0 while running */
    int32_t target;   /* fleet, or named addresses, by origin */
    int32_t scope;    /* bits of the client's subnet that all of it speaks for, the narrowest choice
                       * counts; 0: it did not depend on the client (R53-PLACE-04) */
    int32_t node;     /* of a load balancer: the node that a zonal name means; -1: all */
    int32_t families; /* of a load balancer: FAMILY_ bits of what its name answers */
};

/* A query, parsed and checked. */
struct route_query {
    struct name_buffer name;
    uint64_t hash; /* of the name */
    unsigned labels;
    uint16_t type;
    int32_t telling; /* 0: the call's default */
    uint64_t seed;
    const char *hosted_zone_id, *vpc_id; /* NULL: not said */
    struct client client;
};

struct route_input {
    const r53_view *view;
    const struct route_query *query;
    r53_trace *trace; /* NULL: off */
};

/* Checks the public struct. R53_OK or R53_E_INVALID. */
int32_t r53__route_query_parse(struct route_query *out, const r53_query *in);

/* Asks for another name: the query for what a CNAME leads to. */
void r53__route_query_rename(struct route_query *query, struct name name);

/* Family of the addresses that answer it: A, AAAA; ADDRESS_NONE for other types. */
uint8_t r53__query_family(const struct route_query *query);

/* The state at the start. */
static inline void r53__route_init(struct route *route)
{
    *route = (struct route){
        .stage = ROUTE_ZONE, .zone = -1, .owner = -1, .group = -1, .record = -1, .target = -1};
}

/*
 * Runs the next stage. R53_OK, R53_E_AMBIGUOUS, R53_E_NOT_FOUND. At most one draw.
 */
int32_t r53__route_step(const struct route_input *input, struct route *route, struct draw *draw);

/* Runs all that are left. */
int32_t r53__route_run(const struct route_input *input, struct route *route, struct draw *draw);

/* The stages, each in a file of its own. */
int32_t r53__route_zone(const struct route_input *input, struct route *route, struct draw *draw);
int32_t r53__route_dispatch(const struct route_input *input, struct route *route,
                            struct draw *draw);
int32_t r53__route_own_name(const struct route_input *input, struct route *route,
                            struct draw *draw);
int32_t r53__route_record(const struct route_input *input, struct route *route, struct draw *draw);
int32_t r53__route_alias(const struct route_input *input, struct route *route, struct draw *draw);

/* Follows one alias that need not be in the zone: what ALIAS does, from a binding. */
void r53__route_bind(const struct route_input *input, struct route *route, struct binding binding);

/* Ends the chain without a record, as the disposition says. */
void r53__route_end(struct route *route, int32_t disposition, int32_t rule);

/*
 * Key of the draw among a group's record sets: its zone, owner and type, nothing else. In line:
 * what is drawn by it was sealed.
 */
static inline uint64_t r53__group_key(const struct zone *zone, const struct group *group)
{
    const struct record_detail *detail = r53__record_detail(zone, &zone->record_sets[group->first]);

    return detail ? detail->group_key
                  : r53__zone_group_key(zone, r53__owner_name(zone, (int32_t)group->owner),
                                        group->type);
}

enum { VALUES_KEY = 0x76616c }; /* part of a draw key: never changes, or seeds yield others */

/*
 * Key of the order of a record set's values: apart from that of the choice that led to it. By the
 * key of its group, and by the record set.
 */
static inline uint64_t r53__values_key_in(uint64_t group_key)
{
    return r53__mix2(group_key, VALUES_KEY);
}

uint64_t r53__values_key(const struct zone *zone, const struct record_set *set);

#endif
