/*
 * Inside of a view: references held, zones found by name, aliases bound to what they name, fleets.
 * Everything lies in one arena and never changes, so any number of threads may read it.
 */
#ifndef R53_LIB_VIEW_VIEW_H
#define R53_LIB_VIEW_VIEW_H

#include <r53/trace.h>
#include <r53/view.h>

#include "dns/prepared.h"
#include "model/cloud.h"
#include "model/observed.h"
#include "model/zone.h"
#include "view/check_status.h"
#include "view/client_tables.h"
#include "view/fleet.h"
#include "view/groups.h"
#include "view/vpcs.h"

#include <stdatomic.h>

/* What an alias leads to. */
enum binding_kind {
    BINDING_NONE = 0,      /* the record set is no alias */
    BINDING_GROUP,         /* index: group of the same zone */
    BINDING_LOAD_BALANCER, /* index: fleet */
    BINDING_ADDRESSES,     /* index: view->named */
    BINDING_DANGLING       /* R53-ALIAS-16 */
};

struct binding {
    int32_t kind;
    int32_t index;
    int32_t node;     /* to a load balancer by a zonal name: that node; else -1 */
    int32_t families; /* to a load balancer: FAMILY_ bits of the addresses its name has */
};

/* Why a record set is healthy or not, R53-HEALTH-03, -04. */
enum verdict {
    VERDICT_HEALTHY,
    VERDICT_CHECK_FAILS,  /* its health check */
    VERDICT_TARGET_FAILS, /* nothing that its alias leads to is healthy */
    VERDICT_DANGLES       /* its alias leads nowhere (R53-HEALTH-15) */
};

struct view_zone {
    const struct zone *zone;
    const struct binding *bindings; /* one a record detail */
    const uint8_t *verdicts;        /* one a record detail: enum verdict */
    /* one a record detail: sums of weights within its group; a failover group's first has the place
     * of the one that answers */
    const uint32_t *cumulative;
    /* a bit for the groups of one number under the mask: may one's answer be another than its block
     * has, which was sealed for healthy record sets and aliases that stay in the zone
     * (model/zone_block.h)? There are as many as details: simple record sets cost nothing, and
     * who shares a bit is answered the longer way. NULL: of none */
    const uint8_t *differing;
    uint32_t differing_mask;
    /* one a record detail, NULL where none; the array is NULL without IP-based record sets */
    const struct cidr_collection *const *collections;
    /* one a record detail, NULL as the above; see view/collections.h */
    const struct record_match *locations;
    struct prepared negative; /* the SOA of negative answers; length 0: not prepared */
    int32_t next;             /* next zone of the same name, -1: none */
};

/* Observed addresses of a name outside the model. */
struct named_addresses {
    struct name name;
    const struct address_list *list;
    const uint8_t *octets; /* theirs, as answers have them: IPv4, then IPv6 */
    uint32_t n_ipv4, n_ipv6;
    uint64_t key; /* of draws among them: the hash of the name */
};

struct r53_view {
    atomic_uint references;
    struct arena arena; /* the view itself lies in it */
    struct choices choices;
    int64_t now_ms;
    const void **pinned; /* objects of the cloud and the observed, one reference each */
    size_t n_pinned;

    struct view_zone *zones;
    uint32_t n_zones;
    uint64_t n_owners;          /* of all zones */
    const uint32_t *zone_index; /* open addressing by name: first zone of the name + 1 */
    uint32_t zone_index_mask;
    unsigned zone_labels; /* of the longest zone name: longer suffixes need not be asked for */

    struct fleet *fleets;
    uint32_t n_fleets;
    const uint32_t *fleet_index; /* open addressing by DNS name: fleet + 1 */
    uint32_t fleet_index_mask;

    struct named_addresses *named;
    uint32_t n_named;

    struct client_tables clients;
    struct check_causes checks;
    struct group_index groups;
    struct vpc_table vpcs;
};

/*
 * First zone of exactly this name (hash with seed 0), or -1; others by `next`. In line: asked for
 * each suffix of each query, and for most of them the slot is free.
 */
static inline int32_t r53__view_zone(const r53_view *view, struct name name, uint64_t hash)
{
    uint32_t i = (uint32_t)hash & view->zone_index_mask;

    for (; view->zone_index[i]; i = (i + 1) & view->zone_index_mask) {
        uint32_t at = view->zone_index[i] - 1;

        if (r53__name_equal(view->zones[at].zone->name, name))
            return (int32_t)at;
    }
    return -1;
}

/*
 * First zone of the longest suffix of the name that is a zone's name, or -1; private ones count.
 * `starts` are those of its labels, as of r53__name_offsets. In line, and where there is but one
 * zone, without looking anything up: once for every query.
 */
static inline int32_t r53__view_zone_above(const r53_view *view, struct name name,
                                           const uint8_t *starts, unsigned labels)
{
    struct name suffix = name;

    if (labels > view->zone_labels) {
        size_t skip = view->zone_labels > 0 ? starts[labels - view->zone_labels] : name.length - 1;

        suffix = (struct name){name.octets + skip, name.length - skip};
        labels = view->zone_labels;
    }
    if (view->n_zones == 1)
        return r53__name_same(suffix, view->zones[0].zone->name) ? 0 : -1;
    for (;; labels--) {
        int32_t zone = r53__view_zone(view, suffix, r53__name_hash(suffix, 0));

        if (zone >= 0 || labels == 0)
            return zone;
        suffix = r53__name_parent(suffix);
    }
}

/* The zone with this id, with or without "/hostedzone/", or -1. O(zones). */
int32_t r53__view_zone_by_id(const r53_view *view, const char *id);

/* Families of addresses that a name of a load balancer answers with. */
enum { FAMILY_IPV4 = 1, FAMILY_IPV6 = 2, FAMILY_BOTH = 3 };

/* What a DNS name says of a load balancer. */
struct fleet_name {
    int32_t fleet;    /* -1: it is none's */
    int32_t node;     /* a zonal name's; -1: all */
    int32_t families; /* FAMILY_ bits */
};

/*
 * The load balancer of a DNS name: its own, or one with "dualstack." (R53-ELB-02), a Classic one's
 * with "ipv6." (ELB-DNS-05), a Network one's with an enabled zone in front (R53-ELB-11). Another
 * name below it is no one's (ELB-DNS-07). O(1).
 */
struct fleet_name r53__view_fleet_name(const r53_view *view, struct name name);
/* The fleet whose own name is a true suffix of the name, or -1. O(labels). */
int32_t r53__view_fleet_above(const r53_view *view, struct name name);
/* The fleet with this ARN, or -1. O(fleets), by their hashes first: ARNs begin alike. */
int32_t r53__view_fleet_by_arn(const r53_view *view, const char *arn);
/* The fleet with this ARN or DNS name in text form, or -1; and the node of a zonal name. O(fleets).
 */
struct fleet_name r53__view_fleet_said(const r53_view *view, const char *arn_or_name);
int32_t r53__view_fleet(const r53_view *view, const char *arn_or_name);

/*
 * What the alias record set leads to; BINDING_NONE for others. In line: for each that is followed.
 */
static inline const struct binding *r53__view_binding(const struct view_zone *zone,
                                                      const struct record_set *set)
{
    static const struct binding none = {BINDING_NONE, -1, -1, 0};

    return set->flags & RECORD_ALIAS && set->detail >= 0 ? &zone->bindings[set->detail] : &none;
}

/* The record set's verdict; one without detail is healthy. In line: for each that is considered. */
static inline enum verdict r53__view_verdict(const struct view_zone *zone,
                                             const struct record_set *set)
{
    return set->detail >= 0 ? (enum verdict)zone->verdicts[set->detail] : VERDICT_HEALTHY;
}

static inline bool r53__view_healthy(const struct view_zone *zone, const struct record_set *set)
{
    return r53__view_verdict(zone, set) == VERDICT_HEALTHY;
}

/* May the group of this number answer otherwise than by the choices in its block? */
static inline bool r53__view_differs(const struct view_zone *zone, uint32_t group)
{
    uint32_t bit = group & zone->differing_mask;

    return zone->differing && zone->differing[bit / 8] & 1u << bit % 8;
}

/* Binds an alias that need not be in the zone, as making the view does. */
struct binding r53__binding_find(const r53_view *view, const struct zone *zone, uint16_t type,
                                 struct name dns_name);

/* Starts the trace on this view, pinning it. */
void r53__view_trace(const r53_view *view, r53_trace *trace);

#endif
