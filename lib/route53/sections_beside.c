/* What goes with an answer: the authority and the additional section. */
#include "route53/sections_priv.h"

#include "base/events.h"
#include "base/rules.h"
#include "view/negative.h"

/* Where a name has to lie for its addresses to go with the answer. */
enum reach {
    REACH_ZONE,  /* where a query for it would find them: not below a cut, but in wildcards */
    REACH_BELOW, /* below the cut that is referred to */
    REACH_BESIDE /* anywhere else in the zone, below another cut too */
};

/* How an RRset of the zone stands in these sections. */
struct beside {
    struct name owner;
    int32_t section;
    uint32_t ttl;
    bool optional;
};

static uint32_t group_ttl(const struct zone *zone, const struct group *group)
{
    return zone->record_sets[group->first].ttl;
}

/* A name that goes with addresses, and the owner that has them: itself, or a wildcard. */
struct addressed {
    struct name name;
    int32_t owner; /* -1: none, or none that may be told */
};

/* What stands beside the answer of a group; of a policy's, the first. */
static bool put_group(struct writing *w, const struct group *group, struct beside as)
{
    const struct record_set *set = &w->zone->record_sets[group->first];
    struct rrset rrset = {as.section, group->type, as.ttl, as.owner, as.optional};

    if (set->flags & RECORD_ALIAS || set->n_values == 0)
        return false;
    w->sink->begin(w->sink, &rrset);
    for (uint32_t i = 0, at = set->values; i < set->n_values; i++) {
        struct rdata value = r53__record_next(w->zone, &at);

        w->sink->value(w->sink, value.octets, value.length);
    }
    return true;
}

/* R53-DNS-02: unless it is the answer. */
void r53__beside_apex_ns(struct writing *w)
{
    const struct group *group;

    if (!w->zone) /* ELB's name servers are not known */
        return;
    if (w->answered & ANSWERED_NS && r53__name_equal(w->qname, w->zone->name))
        return;
    group = r53__zone_group(w->zone, 0, R53_TYPE_NS);
    if (group)
        put_group(
            w, group,
            (struct beside){w->zone->name, R53_SECTION_AUTHORITY, group_ttl(w->zone, group), true});
}

/* R53-ZONE-05, R53-DNS-03 */
void r53__beside_soa(struct writing *w)
{
    const struct record_set *soa;
    uint32_t ttl;

    if (!w->zone) {
        r53__beside_own_soa(w);
        return;
    }
    soa = r53__negative_soa(w->zone);
    if (!soa)
        return;
    ttl = r53__negative_ttl(w->zone, soa);
    put_group(w, &w->zone->groups[soa->group],
              (struct beside){w->zone->name, R53_SECTION_AUTHORITY, ttl, false});
    r53__trace(w->input->trace, RULE_R53_ZONE_05, EVENT_SOA_BESIDE, w->route->zone, (int32_t)ttl, 0,
               0);
}

/*
 * A and AAAA of a name, simple and no alias (R53-DNS-12), unless they are the answer. With `needed`
 * the first of them must not be left out; false: there are none.
 */
static bool put_addresses_of(struct writing *w, const struct addressed *target, bool needed)
{
    static const struct {
        uint16_t type;
        uint32_t answered;
    } types[] = {{R53_TYPE_A, ANSWERED_A}, {R53_TYPE_AAAA, ANSWERED_AAAA}};
    bool is_qname = r53__name_equal(target->name, w->qname);
    bool any = false;

    for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
        const struct group *group = r53__zone_group(w->zone, target->owner, types[i].type);

        if (group && group->policy == POLICY_SIMPLE &&
            !(is_qname && w->answered & types[i].answered))
            any |= put_group(w, group,
                             (struct beside){target->name, R53_SECTION_ADDITIONAL,
                                             group_ttl(w->zone, group), !needed || any});
    }
    return any;
}

/* Where a query would find the target (RFC 1034 4.3.2 step 6), or -1. */
static int32_t answering_owner(const struct writing *w, struct name target)
{
    struct location at;

    r53__zone_locate(w->zone, target, r53__name_labels(target), r53__name_hash(target, 0), &at);
    return at.cut < 0 ? at.source : -1;
}

/* The owner of the target's addresses, if it is within reach, or -1. Glue is the target's own. */
static int32_t target_owner(const struct writing *w, struct name target, enum reach reach)
{
    int32_t owner;

    if (!r53__name_is_under(target, w->zone->name))
        return -1;
    if (reach == REACH_ZONE)
        return answering_owner(w, target);
    owner = r53__zone_owner(w->zone, target);
    if (owner < 0)
        return -1;
    return (w->zone->owners[owner].cut == w->route->owner) == (reach == REACH_BELOW) ? owner : -1;
}

/* Is the target among the first n? Owners tell most names apart; a wildcard has many. */
static bool is_told(const struct addressed *told, uint32_t n, const struct addressed *target)
{
    for (uint32_t i = 0; i < n; i++) {
        if (told[i].owner == target->owner && r53__name_equal(told[i].name, target->name))
            return true;
    }
    return false;
}

/*
 * Addresses of the targets within reach, each once. A referral to servers below the cut leads
 * nowhere without any of theirs: where not one fits, the client has to come back over TCP (RFC 2181
 * 9). What more of them there are may be left out (R53-DNS-04).
 */
static void put_targets(struct writing *w, enum reach reach)
{
    struct addressed told[TARGETS_MAX]; /* not initialised: they are many */
    bool needed = reach == REACH_BELOW;
    uint32_t n = 0;

    for (uint32_t i = 0; i < w->n_targets; i++) {
        struct addressed target = {w->targets[i], target_owner(w, w->targets[i], reach)};

        if (target.owner < 0 || is_told(told, n, &target))
            continue;
        told[n++] = target;
        if (put_addresses_of(w, &target, needed))
            needed = false;
    }
}

void r53__beside_targets(struct writing *w)
{
    put_targets(w, REACH_ZONE);
}

/*
 * R53-DELEG-01, R53-DNS-09: the cut's NS, with glue (R53-DELEG-05). Without that from below the cut
 * nobody gets there, so it comes first.
 */
void r53__beside_referral(struct writing *w)
{
    const struct group *group = r53__zone_group(w->zone, w->route->owner, R53_TYPE_NS);
    const struct record_set *set = &w->zone->record_sets[group->first];

    put_group(w, group,
              (struct beside){r53__owner_name(w->zone, w->route->owner), R53_SECTION_AUTHORITY,
                              set->ttl, false});
    r53__trace(w->input->trace, RULE_R53_DELEG_01, EVENT_SERVERS_BESIDE, w->route->zone,
               w->route->owner, 0, 0);
    for (uint32_t i = 0, at = set->values; i < set->n_values; i++)
        r53__target_remember(w, R53_TYPE_NS, r53__record_next(w->zone, &at));
    put_targets(w, REACH_BELOW);
    put_targets(w, REACH_BESIDE);
}
