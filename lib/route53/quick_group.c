#include "route53/quick_group.h"

#include "route53/nodes.h"
#include "route53/peer_client.h"
#include "route53/policy.h"
#include "route53/quick_records.h"
#include "view/named.h"

#include <string.h>

enum { VALUE_LENGTH = 2 }; /* octets in front of each value in the heap */

/* What a group comes to: addresses in the order of the answer. None: NODATA. */
struct answered {
    const uint8_t *at[QUICK_VALUES]; /* not initialised */
    uint32_t n, ttl;
    int32_t scope; /* of the choices on the way, the narrowest */
};

/* Octets of an address of the asked family. */
static size_t address_length(const struct quick *q)
{
    return q->query->type == R53_TYPE_A ? IPV4_OCTETS : IPV6_OCTETS;
}

static const uint8_t *first_value(const struct view_zone *zone, const struct record_set *set)
{
    return zone->zone->heap + set->values + VALUE_LENGTH;
}

static void client_fill(const struct quick *q)
{
    r53__peer_client(q->peer, q->message, &q->query->client);
}

/* The group's record set by the row of its policy. */
static int32_t choose_by_row(const struct quick *q, const struct view_zone *zone,
                             const struct group *group, int32_t *scope)
{
    const struct policy_ops *policy = &r53__policies[group->policy];
    struct route_input input = {q->view, q->query, NULL};
    struct draw draw = {.seed = q->query->seed};
    struct choosing c = {&input, zone, group, &draw, q->zone, 0};
    int32_t record;

    if (policy->asks_client)
        client_fill(q);
    record = policy->choose(&c);
    if (c.scope > *scope)
        *scope = c.scope;
    return record;
}

enum {
    CHOSEN_NONE = -1,   /* none is for this client (R53-DISP-08) */
    CHOSEN_SEVERAL = -2 /* by R53-MULTI-02 */
};

/* The record set that the group answers, or one of the above. */
static inline int32_t choose(const struct quick *q, const struct view_zone *zone,
                             const struct group *group, int32_t *scope)
{
    struct draw draw = {.seed = q->query->seed};

    if (group->policy == POLICY_SIMPLE) /* R53-SIMPLE-01 */
        return (int32_t)group->first;
    if (group->policy == POLICY_WEIGHTED)
        return r53__weighted_draw(zone, group, &draw);
    if (group->policy == POLICY_MULTIVALUE && !group->mixed)
        return CHOSEN_SEVERAL;
    return choose_by_row(q, zone, group, scope);
}

/* The first `most` of the row in random order; false: it is longer than is covered. */
static bool take_shuffled(const struct quick *q, const struct row *row, uint32_t most,
                          struct answered *out)
{
    if (row->n > QUICK_VALUES)
        return false;
    out->n = r53__row_shuffle(row, q->query->seed, most, out->at);
    return true;
}

/* R53-SIMPLE-02. All values of address records have one length: the i-th is found at once. */
static bool take_values(const struct quick *q, const struct view_zone *zone,
                        const struct record_set *set, struct answered *out)
{
    struct row row = {first_value(zone, set), address_length(q) + VALUE_LENGTH, 0, set->n_values};

    out->ttl = set->ttl;
    out->n = row.n;
    out->at[0] = row.at;
    if (row.n <= 1) /* by far the most: there is nothing to draw */
        return true;
    row.key = r53__values_key(zone->zone, set);
    return take_shuffled(q, &row, row.n, out);
}

/* Lengths that compilers know are no calls. */
static inline bool is_same(const uint8_t *a, const uint8_t *b, size_t length)
{
    return length == IPV4_OCTETS ? memcmp(a, b, IPV4_OCTETS) == 0 : memcmp(a, b, IPV6_OCTETS) == 0;
}

/* R53-MULTI-06 */
static void take_once(struct answered *out, const uint8_t *value, size_t length)
{
    for (uint32_t i = 0; i < out->n; i++) {
        if (is_same(out->at[i], value, length))
            return;
    }
    out->at[out->n++] = value;
}

/* R53-MULTI-02: some record sets, with the smallest TTL. One of several values is not covered. */
static bool take_several(const struct quick *q, const struct view_zone *zone,
                         const struct group *group, struct answered *out)
{
    const struct record_set *sets[MULTIVALUE_MOST];
    size_t length = address_length(q);
    uint32_t eligible, n = r53__multivalue_draw(zone, group, q->query->seed, sets, &eligible);

    out->n = 0;
    out->ttl = UINT32_MAX;
    for (uint32_t i = 0; i < n; i++) {
        if (sets[i]->n_values != 1)
            return false;
        if (sets[i]->ttl < out->ttl)
            out->ttl = sets[i]->ttl;
        take_once(out, first_value(zone, sets[i]), length);
    }
    return true;
}

/* What is chosen where it is not one record set. */
static bool take_else(const struct quick *q, const struct view_zone *zone,
                      const struct group *group, int32_t record, struct answered *out)
{
    out->n = 0;
    return record == CHOSEN_NONE || take_several(q, zone, group, out);
}

/* What a load balancer's name answers (R53-ELB-04); of a family that it has not, nothing. */
static bool take_nodes(const struct quick *q, const struct binding *binding, struct answered *out)
{
    const struct fleet *fleet = &q->view->fleets[binding->index];
    struct route_input input = {q->view, q->query, NULL};
    struct route route = {
        .target = binding->index, .node = binding->node, .families = binding->families};
    struct draw draw = {.seed = q->query->seed};
    struct node_addresses nodes;
    struct row row;

    if (r53__fleet_asks_client(fleet))
        client_fill(q);
    nodes = r53__route_nodes(&input, &route, &draw).addresses;
    row = (struct row){nodes.octets, address_length(q), fleet->key, nodes.n};
    out->ttl = ALIAS_TTL;
    return take_shuffled(q, &row, q->view->choices.max_dns_answers, out);
}

/* Addresses that were observed for a name outside the model (R53-ALIAS-30). */
static bool take_observed(const struct quick *q, const struct binding *binding,
                          struct answered *out)
{
    const struct named_addresses *named = &q->view->named[binding->index];
    struct row row = {.stride = address_length(q), .key = named->key};

    row.at = r53__named_octets(named, r53__query_family(q->query), &row.n);
    out->ttl = ALIAS_TTL;
    return take_shuffled(q, &row, row.n, out);
}

/* What lies outside the zone; false: not covered, nor is what leads nowhere (R53-ALIAS-16). */
static bool take_outside(const struct quick *q, const struct binding *binding, struct answered *out)
{
    if (binding->kind == BINDING_LOAD_BALANCER)
        return take_nodes(q, binding, out);
    return binding->kind == BINDING_ADDRESSES && take_observed(q, binding, out);
}

/* Goes on from an alias, by other aliases and policies, to addresses; false: not covered. */
static bool follow(const struct quick *q, const struct view_zone *zone,
                   const struct binding *binding, struct answered *out)
{
    const struct record_set *sets = zone->zone->record_sets;

    for (int hops = 1; hops <= ALIAS_HOPS_MAX; hops++) { /* R53-ALIAS-15 */
        const struct group *group;
        int32_t record;

        if (binding->kind != BINDING_GROUP)
            return take_outside(q, binding, out);
        group = &zone->zone->groups[binding->index];
        record = choose(q, zone, group, &out->scope);
        if (record < 0)
            return take_else(q, zone, group, record, out);
        if (!(sets[record].flags & RECORD_ALIAS))
            return take_values(q, zone, &sets[record], out);
        binding = r53__view_binding(zone, &sets[record]);
    }
    return false;
}

static inline struct plain_records records_of(const struct quick *q, uint32_t ttl, uint32_t n)
{
    return (struct plain_records){q->query->type, ttl, (uint16_t)address_length(q), (uint16_t)n};
}

/* The one value of a record set of addresses; an alias has none. */
static inline bool put_one(const struct quick *q, const struct view_zone *zone,
                           const struct record_set *set, struct writer *w)
{
    struct plain_records one = records_of(q, set->ttl, 1);

    return r53__record_put(w, &one, first_value(zone, set));
}

/* Addresses, or none: NODATA. */
static bool put_answered(const struct quick *q, const struct view_zone *zone,
                         const struct answered *answered, struct writer *w)
{
    struct plain_records records;

    if (answered->n == 0)
        return r53__prepared_write(&zone->negative, w);
    records = records_of(q, answered->ttl, answered->n);
    return answered->n == 1 ? r53__record_put(w, &records, answered->at[0])
                            : r53__records_put(w, &records, answered->at);
}

/* What an alias leads to. */
static bool put_followed(const struct quick *q, const struct view_zone *zone,
                         const struct binding *binding, struct writer *w, int32_t *scope)
{
    struct answered answered; /* not initialised as a whole */

    answered.scope = *scope;
    if (!follow(q, zone, binding, &answered))
        return false;
    *scope = answered.scope;
    return put_answered(q, zone, &answered, w);
}

/* What was chosen: a record set that is no alias, or not one. */
static bool put_chosen(const struct quick *q, const struct view_zone *zone,
                       const struct group *group, int32_t record, struct writer *w)
{
    const struct record_set *sets = zone->zone->record_sets;
    struct answered answered; /* not initialised as a whole */
    bool ok = record < 0 ? take_else(q, zone, group, record, &answered)
                         : take_values(q, zone, &sets[record], &answered);

    return ok && put_answered(q, zone, &answered, w);
}

bool r53__quick_alias(const struct quick *q, size_t detail, struct writer *w,
                      struct writer_end *end)
{
    const struct view_zone *zone = &q->view->zones[q->zone];
    int32_t scope = 0;
    bool ok = put_followed(q, zone, &zone->bindings[detail], w, &scope);

    end->scope = (uint8_t)scope;
    return ok;
}

bool r53__quick_group(const struct quick *q, const struct group *group, struct writer *w,
                      struct writer_end *end)
{
    const struct view_zone *zone = &q->view->zones[q->zone];
    const struct record_set *sets = zone->zone->record_sets;
    int32_t scope = 0, record = choose(q, zone, group, &scope);
    bool ok;

    if (record >= 0 && sets[record].n_values == 1) /* by far the most */
        ok = put_one(q, zone, &sets[record], w);
    else if (record >= 0 && sets[record].flags & RECORD_ALIAS)
        ok = put_followed(q, zone, r53__view_binding(zone, &sets[record]), w, &scope);
    else
        ok = put_chosen(q, zone, group, record, w);
    end->scope = (uint8_t)scope;
    return ok;
}
