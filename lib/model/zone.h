/*
 * A hosted zone, sealed: one allocation.
 *
 *   struct zone | matches | details | record sets | owners in list order | groups |
 *   hash -> block | kept owners | heap: blocks of owners, then texts and other values
 *
 * It is laid out twice over. Tables of owners, groups and record sets, in list order, are for all
 * that goes through a zone or chooses among record sets. A block for each owner, found by the hash
 * of its name, holds its name, its types and the values of what is plain: most queries are answered
 * from it and read nothing else (model/zone_block.h). Names and values are stored once, in wire
 * form; the tables point into the blocks.
 *
 * Owners include the empty non-terminals, so an owner's parent always exists, and each knows the
 * zone cut above it and the wildcard below it: a query probes its own name first and ancestors only
 * on a miss. Names that exist for a reason that is not held here, such as records of types that
 * Route 53 lacks, are kept as owners too, with or without record sets. A group is all record sets
 * of one owner and type.
 *
 * Expected load: from 2 record sets to a million; answers read, changes seal a new zone. What there
 * is one of for each owner, group or record set is as small as it can be: indices instead of
 * pointers, and where an owner or a group ends is where the next one begins.
 */
#ifndef R53_LIB_MODEL_ZONE_H
#define R53_LIB_MODEL_ZONE_H

#include <r53/zone.h>

#include "base/table.h"
#include "dns/name.h"
#include "dns/rdata.h"
#include "model/zone_block.h"
#include "net/distance.h"

/* Routing policies, R53-GROUP-01. */
enum policy {
    POLICY_SIMPLE,
    POLICY_WEIGHTED,
    POLICY_LATENCY,
    POLICY_FAILOVER,
    POLICY_GEOLOCATION,
    POLICY_GEOPROXIMITY,
    POLICY_MULTIVALUE,
    POLICY_CIDR,
    POLICY_AZ_AFFINITY,
    POLICIES
};

struct owner {
    uint32_t block;       /* offset in the heap */
    uint32_t first_group; /* its groups, by type name as in listings, go on to the next owner's
                           * first; an empty non-terminal has none */
    int32_t cut;          /* highest cut at or above this owner, -1: none */
    uint32_t wildcard;    /* block of "*.<this name>", 0: none */
};

struct group {
    uint16_t type;
    uint8_t policy; /* enum policy, of all members alike (a loaded mixture: of the first) */
    uint8_t mixed;  /* 1: loaded record sets of different policies */
    uint32_t owner;
    uint32_t first; /* its record sets, by set identifier, go on to the next group's first */
};

enum {
    RECORD_ALIAS = 1,
    RECORD_EVALUATES_TARGET = 2, /* EvaluateTargetHealth */
    RECORD_HAS_TTL = 4
};

/* A sealed record set. */
struct record_set {
    uint32_t group; /* index of its group */
    uint32_t ttl;
    uint32_t values; /* offset in the heap: n_values times {uint16 length in host order, octets} */
    uint16_t n_values;
    uint8_t policy, flags;
    int32_t detail; /* index, -1 for a simple record set without health check */
};

/* The seldom members of a record set; texts "" when not given. */
struct record_detail {
    const char *set_identifier, *health_check_id, *traffic_policy_instance_id;
    const char *alias_hosted_zone_id;
    struct name alias_name; /* AliasTarget.DNSName, length 0: no alias */
    const char *region, *continent_code, *country_code, *subdivision_code;
    const char *cidr_collection_id, *cidr_location_name;
    const char *geoproximity_region, *local_zone_group, *latitude, *longitude;
    const char *az_location_type, *az_location_id;
    int32_t weight, bias, failover, multi_value_answer; /* see the flags */
    uint8_t has_weight, has_bias, has_multi_value_answer;
    uint32_t record_set; /* whose detail it is */
    uint64_t group_key;  /* r53__zone_group_key of its group; set by sealing */
};

/* What a record set of a group by place asks of the client; see model/match.h. */
struct record_match {
    uint64_t code;
    uint32_t record;
    struct direction direction; /* known where nothing but the distance to it ranks it */
};

struct zone {
    struct object head;
    const char *id, *account, *caller_reference, *comment;
    bool is_private;
    const r53_vpc *vpcs;
    uint32_t n_vpcs;
    const char *const *name_servers; /* delegation set, text with last dot */
    uint32_t n_name_servers;
    struct name name;
    unsigned labels; /* of the name */
    uint64_t key;    /* hash of the id: part of the key of every draw in this zone */
    uint32_t n_owners, n_groups, n_record_sets;
    const struct owner *owners; /* owners[0] is the apex; one more behind the last */
    const struct group *groups; /* one more behind the last, where the record sets end */
    const struct record_set *record_sets;
    const struct record_detail *details; /* in the order of their record sets */
    uint32_t n_details;
    const struct record_match *matches; /* one a detail; NULL: no group goes by the client */
    const uint32_t *index;              /* open addressing: where the owner's block is, in units of
                                         * BLOCK_ALIGNMENT, and bits of its hash above; 0 is free */
    uint32_t index_mask;
    uint32_t block_mask; /* the bits of a slot that tell the block */
    const uint8_t *heap;
    const uint32_t *kept; /* owners that exist whatever record sets they have, in list order */
    uint32_t n_kept;
};

/* Where a query name lies in the zone. -1: no such owner. */
struct location {
    int32_t owner;    /* the name itself, empty non-terminals included */
    int32_t encloser; /* closest encloser: the name itself or its longest existing ancestor */
    int32_t cut;      /* highest zone cut at or above the name, below the apex */
    int32_t source; /* what answers: the owner, or the wildcard of the closest encloser; a name that
                     * is missing below a cut has none (R53-WILD-09) */
};

/* A search for a name's block: the one that is to be looked at next. */
struct search {
    uint32_t at;          /* the next slot, before it is masked */
    const uint8_t *block; /* NULL: none is left */
};

/* One past the last record set of a group of a zone, and how many it has. */
static inline uint32_t r53__group_end(const struct group *group)
{
    return group[1].first;
}

static inline uint32_t r53__group_size(const struct group *group)
{
    return group[1].first - group->first;
}

/* The record set's seldom members, or NULL. */
static inline const struct record_detail *r53__record_detail(const struct zone *zone,
                                                             const struct record_set *set)
{
    return set->detail < 0 ? NULL : &zone->details[set->detail];
}

/* How many groups the owner has. */
static inline uint32_t r53__owner_size(const struct owner *owner)
{
    return owner[1].first_group - owner->first_group;
}

/* The bits of a hash that stand in an index slot beside the block. */
static inline uint32_t r53__zone_tag(const struct zone *zone, uint64_t hash)
{
    return (uint32_t)(hash >> 32) & ~zone->block_mask;
}

/*
 * Moves on to the next block that may have a name of this hash. The tag keeps it from reading
 * blocks that only share a slot.
 */
static inline void r53__search_next(struct search *search, const struct zone *zone, uint64_t hash)
{
    uint32_t tag = r53__zone_tag(zone, hash), slot;

    while ((slot = zone->index[search->at & zone->index_mask]) != 0) {
        search->at++;
        if ((slot & ~zone->block_mask) == tag) {
            search->block = zone->heap + (size_t)(slot & zone->block_mask) * BLOCK_ALIGNMENT;
            return;
        }
    }
    search->block = NULL;
}

/* Fetches ahead the slot that the search for this hash begins with. */
static inline void r53__search_fetch(const struct zone *zone, uint64_t hash)
{
    FETCH(&zone->index[(uint32_t)hash & zone->index_mask]);
}

/* Its first step. The block is not read yet, so there is time to fetch it. */
static inline void r53__search_begin(struct search *search, const struct zone *zone, uint64_t hash)
{
    search->at = (uint32_t)hash;
    r53__search_next(search, zone, hash);
}

/* Goes on with a search until the block has this name; NULL: none has. */
static inline const uint8_t *r53__search_end(struct search *search, const struct zone *zone,
                                             struct name name, uint64_t hash)
{
    while (search->block && !r53__name_same(r53__block_name(search->block), name))
        r53__search_next(search, zone, hash);
    return search->block;
}

/* The block of the name with this hash (seed 0), or NULL. In line: once for every query. */
static inline const uint8_t *r53__zone_block(const struct zone *zone, struct name name,
                                             uint64_t hash)
{
    struct search search;

    r53__search_begin(&search, zone, hash);
    return r53__search_end(&search, zone, name, hash);
}

/*
 * The block of the closest encloser of a name that is no owner, but at or below the apex
 * (R53-WILD-02, -10). `starts` are those of its labels, as of r53__name_offsets.
 */
const uint8_t *r53__zone_encloser(const struct zone *zone, struct name name, const uint8_t *starts,
                                  unsigned labels);

/*
 * The block that answers for what is missing below an encloser: its wildcard's. NULL: there is
 * none, as below a cut (R53-WILD-09).
 */
static inline const uint8_t *r53__zone_source(const struct zone *zone, const uint8_t *encloser)
{
    if ((r53__block_flags(encloser) & (OWNER_WILDCARD | OWNER_BELOW)) != OWNER_WILDCARD)
        return NULL;
    return zone->heap + zone->owners[r53__block_owner(encloser)].wildcard;
}

/* Places `name`, at or below the apex, with its labels and hash (seed 0). */
void r53__zone_locate(const struct zone *zone, struct name name, unsigned labels, uint64_t hash,
                      struct location *out);

/* Owner index of the name, or -1. */
int32_t r53__zone_owner(const struct zone *zone, struct name name);

/* The group of this type at the owner, or NULL. In line: at least once for every query. */
static inline const struct group *r53__zone_group(const struct zone *zone, int32_t owner,
                                                  uint16_t type)
{
    const struct group *group, *end;

    if (owner < 0)
        return NULL;
    group = &zone->groups[zone->owners[owner].first_group];
    for (end = &zone->groups[zone->owners[owner + 1].first_group]; group < end; group++) {
        if (group->type == type)
            return group;
    }
    return NULL;
}

struct name r53__owner_name(const struct zone *zone, int32_t owner);

/* Key of the draws of the group of this owner and type: of the two and the zone's, nothing else. */
uint64_t r53__zone_group_key(const struct zone *zone, struct name owner, uint16_t type);

/* Value i of a record set, wire rdata. */
struct rdata {
    const uint8_t *octets;
    uint16_t length;
};
struct rdata r53__record_value(const struct zone *zone, const struct record_set *set, uint32_t i);
/* Walks all values: start with offset = set->values, n_values times. */
struct rdata r53__record_next(const struct zone *zone, uint32_t *offset);

/* A place in list order (R53-LIST-01, -02). */
struct zone_key {
    struct name name;
    const char *type;           /* "A"; "": before all */
    const char *set_identifier; /* "": before all */
};

/* First record set of the owner: of one that has none, the first of those that follow. */
uint32_t r53__owner_first_record(const struct zone *zone, uint32_t owner);

/*
 * First record set that is not before the key, n_record_sets if none; `equal` if it has that very
 * key. `from_owner`: where to begin, 0 or the last answer of a smaller key. O(log distance).
 */
uint32_t r53__zone_lower_bound(const struct zone *zone, const struct zone_key *key,
                               uint32_t *from_owner, bool *equal);

#endif
