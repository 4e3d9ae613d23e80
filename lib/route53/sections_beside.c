/* What goes with an answer: the authority and the additional section. */
#include "route53/sections_priv.h"

#include "base/events.h"
#include "base/rules.h"
#include "view/negative.h"

/* How an RRset of the zone stands in these sections. */
struct beside {
    int32_t section;
    uint32_t ttl;
    bool optional;
};

static uint32_t group_ttl(const struct zone *zone, const struct group *group)
{
    return zone->record_sets[group->first].ttl;
}

/* What stands beside the answer of a group under its own name; of a policy's, the first. */
static bool put_group(struct writing *w, const struct group *group, struct beside as)
{
    const struct record_set *set = &w->zone->record_sets[group->first];
    struct rrset rrset = {as.section, group->type, as.ttl,
                          r53__owner_name(w->zone, (int32_t)group->owner), as.optional};

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
        put_group(w, group,
                  (struct beside){R53_SECTION_AUTHORITY, group_ttl(w->zone, group), true});
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
    put_group(w, &w->zone->groups[soa->group], (struct beside){R53_SECTION_AUTHORITY, ttl, false});
    r53__trace(w->input->trace, RULE_R53_ZONE_05, EVENT_SOA_BESIDE, w->route->zone, (int32_t)ttl, 0,
               0);
}

/*
 * A and AAAA of an owner, simple and no alias (R53-DNS-12), unless they are the answer. With
 * `needed` the first of them must not be left out; false: there are none.
 */
static bool put_addresses_of(struct writing *w, int32_t owner, bool needed)
{
    static const struct {
        uint16_t type;
        uint32_t answered;
    } types[] = {{R53_TYPE_A, ANSWERED_A}, {R53_TYPE_AAAA, ANSWERED_AAAA}};
    bool is_qname = r53__name_equal(r53__owner_name(w->zone, owner), w->qname);
    bool any = false;

    for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
        const struct group *group = r53__zone_group(w->zone, owner, types[i].type);

        if (group && group->policy == POLICY_SIMPLE &&
            !(is_qname && w->answered & types[i].answered))
            any |= put_group(
                w, group,
                (struct beside){R53_SECTION_ADDITIONAL, group_ttl(w->zone, group), !needed || any});
    }
    return any;
}

/* The target inside the zone that may be told, or -1. */
static int32_t target_owner(const struct writing *w, struct name target, bool below_cut)
{
    int32_t owner =
        r53__name_is_under(target, w->zone->name) ? r53__zone_owner(w->zone, target) : -1;

    return owner >= 0 && (below_cut || w->zone->owners[owner].cut < 0) ? owner : -1;
}

/*
 * Addresses that the targets have in this zone, each once. A referral to servers below the cut
 * leads nowhere without any of their addresses: where not one fits, the client has to come back
 * over TCP (RFC 2181 9, RFC 9471 3.1). What more of them there are may be left out (R53-DNS-04).
 */
void r53__beside_targets(struct writing *w, bool below_cut)
{
    bool needed = below_cut;
    int32_t done[TARGETS_MAX];
    uint32_t n = 0;

    for (uint32_t i = 0; i < w->n_targets; i++) {
        int32_t owner = target_owner(w, w->targets[i], below_cut);
        bool is_glue = below_cut && owner >= 0 && w->zone->owners[owner].cut == w->route->owner;
        uint32_t k = 0;

        while (k < n && done[k] != owner)
            k++;
        if (owner < 0 || k < n)
            continue;
        done[n++] = owner;
        if (put_addresses_of(w, owner, needed && is_glue))
            needed = needed && !is_glue;
    }
}

/* R53-DELEG-01, R53-DNS-09: the cut's NS, with glue (R53-DELEG-05). */
void r53__beside_referral(struct writing *w)
{
    const struct group *group = r53__zone_group(w->zone, w->route->owner, R53_TYPE_NS);
    const struct record_set *set = &w->zone->record_sets[group->first];

    put_group(w, group, (struct beside){R53_SECTION_AUTHORITY, set->ttl, false});
    r53__trace(w->input->trace, RULE_R53_DELEG_01, EVENT_SERVERS_BESIDE, w->route->zone,
               w->route->owner, 0, 0);
    for (uint32_t i = 0, at = set->values; i < set->n_values; i++)
        r53__target_remember(w, R53_TYPE_NS, r53__record_next(w->zone, &at));
    r53__beside_targets(w, true);
}
