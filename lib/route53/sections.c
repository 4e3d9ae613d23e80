#include "route53/sections_priv.h"

#include "base/events.h"
#include "base/rules.h"
#include "route53/policy.h"
#include "view/named.h"

#include <string.h>

enum { CHAIN_MAX = 64 }; /* CNAMEs followed, if that is asked for */

/* Values told already, where they may not repeat; what is more than these is not kept in mind. */
struct unique {
    struct rdata values[ORDER_MAX];
    uint32_t n;
};

void r53__answer_begin(struct writing *w, uint16_t type, uint32_t ttl)
{
    struct rrset rrset = {R53_SECTION_ANSWER, type, ttl, w->qname, false};

    if (type == R53_TYPE_A)
        w->answered |= ANSWERED_A;
    else if (type == R53_TYPE_AAAA)
        w->answered |= ANSWERED_AAAA;
    else if (type == R53_TYPE_NS)
        w->answered |= ANSWERED_NS;
    else if (type == R53_TYPE_CNAME)
        w->answered |= ANSWERED_CNAME;
    w->sink->begin(w->sink, &rrset);
}

void r53__answer_value(struct writing *w, const uint8_t *rdata, size_t length)
{
    w->n_answers++;
    w->sink->value(w->sink, rdata, length);
}

static bool unique_holds(const struct unique *unique, struct rdata value)
{
    for (uint32_t i = 0; i < unique->n; i++) {
        const struct rdata *other = &unique->values[i];

        if (other->length == value.length && memcmp(other->octets, value.octets, value.length) == 0)
            return true;
    }
    return false;
}

static void put_value(struct writing *w, uint16_t type, struct rdata value)
{
    if (w->unique && unique_holds(w->unique, value)) /* R53-MULTI-06 */
        return;
    if (w->unique && w->unique->n < ORDER_MAX)
        w->unique->values[w->unique->n++] = value;
    r53__answer_value(w, value.octets, value.length);
    r53__target_remember(w, type, value);
}

/* Several values in random order (R53-SIMPLE-02); those beyond ORDER_MAX as they stand. */
static void put_shuffled(struct writing *w, const struct record_set *set, uint16_t type)
{
    uint32_t n = set->n_values < ORDER_MAX ? set->n_values : ORDER_MAX;
    struct order order = r53__order(w->input->query->seed, r53__values_key(w->zone, set), n);
    uint32_t offsets[ORDER_MAX], next = set->values;
    uint16_t numbers[ORDER_MAX];

    for (uint32_t i = 0; i < n; i++) {
        numbers[i] = (uint16_t)i;
        offsets[i] = next;
        r53__record_next(w->zone, &next);
    }
    for (uint32_t i = 0; i < set->n_values; i++) {
        uint32_t *at = i < n ? &offsets[r53__order_next(&order, numbers)] : &next;

        put_value(w, type, r53__record_next(w->zone, at));
    }
}

/* A record set's values, in the RRset begun. */
static void put_values_of(struct writing *w, const struct record_set *set)
{
    uint16_t type = w->zone->groups[set->group].type;

    if (set->n_values == 1) /* by far the most: there is nothing to draw */
        put_value(w, type, r53__record_value(w->zone, set, 0));
    else
        put_shuffled(w, set, type);
}

/* A record set's values, under the queried name. */
static void put_values(struct writing *w, const struct record_set *set)
{
    r53__answer_begin(w, w->zone->groups[set->group].type, set->ttl);
    put_values_of(w, set);
    r53__trace(w->input->trace, RULE_R53_SIMPLE_02, EVENT_ANSWER_VALUES, set->n_values,
               (int32_t)set->ttl, 0, 0);
}

/* R53-MULTI-02 .. -06: the choice and up to seven others, with the smallest TTL of them. */
static void put_multivalue(struct writing *w, const struct group *group)
{
    const struct record_set *sets[MULTIVALUE_MOST];
    const struct view_zone *zone = &w->input->view->zones[w->route->zone];
    uint32_t eligible, n, ttl = UINT32_MAX;
    struct unique unique;

    n = r53__multivalue_draw(zone, group, w->input->query->seed, sets, &eligible);
    for (uint32_t i = 0; i < n; i++) {
        if (sets[i]->n_values > 0 && sets[i]->ttl < ttl) /* a loaded alias among them has none */
            ttl = sets[i]->ttl;
    }
    unique.n = 0; /* not initialised as a whole: the values are many */
    w->unique = &unique;
    r53__answer_begin(w, group->type, ttl);
    for (uint32_t i = 0; i < n; i++)
        put_values_of(w, sets[i]);
    w->unique = NULL;
    r53__trace(w->input->trace, RULE_R53_MULTI_03, EVENT_ANSWER_RECORDS, (int32_t)n,
               (int32_t)eligible, (int32_t)ttl, 0);
}

void r53__put_addresses(struct writing *w, const uint8_t *octets, uint64_t key, uint32_t n,
                        uint32_t most)
{
    struct order order = r53__order(w->input->query->seed, key, n < ORDER_MAX ? n : ORDER_MAX);
    size_t length = w->input->query->type == R53_TYPE_A ? IPV4_OCTETS : IPV6_OCTETS;
    uint16_t numbers[ORDER_MAX];

    for (uint32_t i = 0; i < order.n; i++)
        numbers[i] = (uint16_t)i;
    if (order.n > 0)
        r53__answer_begin(w, w->input->query->type, ALIAS_TTL);
    while (order.i < order.n && order.i < most)
        r53__answer_value(w, octets + length * r53__order_next(&order, numbers), length);
}

/* Addresses of the asked family among observed ones (R53-ALIAS-30); none for HTTPS. */
static void put_observed(struct writing *w)
{
    const struct named_addresses *named = &w->input->view->named[w->route->target];
    uint32_t n;
    const uint8_t *octets = r53__named_octets(named, r53__query_family(w->input->query), &n);

    r53__put_addresses(w, octets, named->key, n, n);
}

static void put_record(struct writing *w)
{
    const struct record_set *set = &w->zone->record_sets[w->route->record];
    const struct group *group = &w->zone->groups[set->group];

    if (group->policy == POLICY_MULTIVALUE && !group->mixed)
        put_multivalue(w, group);
    else
        put_values(w, set);
}

/* Origins that give an answer; SERVFAIL has none (R53-DNS-19). */
static void (*const put_origin[])(struct writing *) = {
    [R53_ORIGIN_RECORD] = put_record,
    [R53_ORIGIN_LOAD_BALANCER] = r53__put_load_balancer,
    [R53_ORIGIN_OBSERVED] = put_observed,
};

/*
 * Do addresses of what the answer leads to go with it? Of a minimal one only those of name servers
 * that were asked for. Where CNAMEs are followed, who asks for one wants no more than that.
 */
static bool tells_targets(const struct writing *w)
{
    if (w->options.minimal)
        return w->input->query->type == R53_TYPE_NS && w->answered & ANSWERED_NS;
    return !(w->options.chase_cname && w->answered & ANSWERED_CNAME);
}

/* What goes with an answer: positive, or empty and then negative. */
static void put_rest(struct writing *w)
{
    w->result->authoritative = true;
    if (w->n_answers == 0) {
        r53__beside_soa(w); /* R53-ELB-03: nothing of this family is NODATA */
        return;
    }
    if (!w->options.minimal)
        r53__beside_apex_ns(w);
    if (tells_targets(w))
        r53__beside_targets(w);
}

/* R53-PLACE-04: the scope is the narrowest of all that the answer is made of. */
static void narrow(struct writing *w, const struct route *route)
{
    if (route->scope > w->result->scope)
        w->result->scope = route->scope;
}

/* One group of the owner, by its own policy; `failed` when its alias leads nowhere. */
static int32_t put_any_group(struct writing *w, struct route_query *query, uint32_t group,
                             bool *failed)
{
    const struct route_input *whole = w->input;
    const struct route *any = w->route;
    struct route_input input = {whole->view, query, whole->trace};
    struct route route = *any;
    struct draw draw = {.seed = query->seed};
    int32_t rc;

    query->type = w->zone->groups[group].type;
    route.group = (int32_t)group;
    route.stage = ROUTE_RECORD;
    route.origin = 0;
    rc = r53__route_run(&input, &route, &draw);
    if (rc != R53_OK)
        return rc;
    narrow(w, &route);
    w->input = &input;
    w->route = &route;
    if (route.origin <= R53_ORIGIN_OBSERVED)
        put_origin[route.origin](w);
    else if (route.disposition != R53_DISPOSITION_NODATA) /* R53-DISP-08 */
        *failed = true;
    w->input = whole;
    w->route = any;
    return R53_OK;
}

/* R53-DNS-14: every group at the name. What leads nowhere fails only if nothing else answers. */
static int32_t put_any(struct writing *w)
{
    const struct owner *owner = &w->zone->owners[w->route->owner];
    struct route_query query = *w->input->query; /* its type is that of each group in turn */
    bool failed = false;

    for (uint32_t i = 0; i < r53__owner_size(owner); i++) {
        int32_t rc = put_any_group(w, &query, owner->first_group + i, &failed);

        if (rc != R53_OK)
            return rc;
        if (w->options.single_any && w->n_answers > 0)
            break;
    }
    if (failed && w->n_answers == 0)
        w->result->rcode = R53_RCODE_SERVFAIL; /* R53-DNS-19 */
    else
        put_rest(w);
    return R53_OK;
}

static int32_t write_sections(struct writing *w);

static void put_negative(struct writing *w, int32_t rcode)
{
    w->result->rcode = rcode;
    w->result->authoritative = true;
    r53__beside_soa(w);
}

/* Asks for the next name of a chain; false: the cloud does not have it, or it can't be decided. */
static bool chase_step(struct writing *w, const struct route_input *input, struct route *route,
                       struct route_query *query, struct name target)
{
    struct draw draw = {.seed = query->seed};

    r53__route_query_rename(query, target);
    r53__route_init(route);
    if (r53__route_run(input, route, &draw) != R53_OK ||
        route->disposition == R53_DISPOSITION_REFUSED ||
        route->disposition == R53_DISPOSITION_FORWARDED)
        return false;
    w->input = input;
    w->route = route;
    w->zone = route->zone >= 0 ? input->view->zones[route->zone].zone : NULL;
    w->qname = target;
    narrow(w, route);
    w->n_targets = w->answered = 0; /* a target that is chased is in the answer itself */
    return true;
}

/* Was this name asked for already? */
static bool is_seen(const struct name *seen, uint32_t n, struct name name)
{
    while (n-- > 0) {
        if (r53__name_equal(seen[n], name))
            return true;
    }
    return false;
}

/*
 * RFC 1034 4.3.2 step 3a: goes on with the CNAME's target as far as the cloud's zones reach. The
 * rcode is that of the last name (RFC 6604 3). A circle ends where it closes, with each CNAME told
 * once; a chain that is too long is SERVFAIL, since half of one would look whole to a resolver.
 */
static int32_t chase(struct writing *w)
{
    struct name seen[CHAIN_MAX];
    struct route_query query = *w->input->query;
    struct route_input input = {w->input->view, &query, w->input->trace};
    struct route route;
    uint32_t n = 0;

    w->result->authoritative = true;
    do {
        struct name target = w->targets[0];

        seen[n++] = w->qname;
        if (is_seen(seen, n, target) || !chase_step(w, &input, &route, &query, target)) {
            put_rest(w);
            return R53_OK;
        }
        if (route.disposition != R53_DISPOSITION_CNAME || route.origin > R53_ORIGIN_OBSERVED)
            return write_sections(w);
        put_origin[route.origin](w);
    } while (w->n_targets > 0 && n < CHAIN_MAX);
    w->result->rcode = R53_RCODE_SERVFAIL;
    return R53_OK;
}

/* Is there a CNAME in the answer that the asker wants followed? Not when it asked for it. */
static bool is_chased(const struct writing *w)
{
    return w->options.chase_cname && w->route->disposition == R53_DISPOSITION_CNAME &&
           w->input->query->type != R53_TYPE_ANY && w->n_targets > 0;
}

/* Records that a policy, an alias or a wildcard leads to. */
static int32_t put_positive(struct writing *w)
{
    if (w->route->origin > R53_ORIGIN_OBSERVED) {
        w->result->rcode = R53_RCODE_SERVFAIL; /* R53-DNS-19 */
        return R53_OK;
    }
    put_origin[w->route->origin](w);
    if (is_chased(w))
        return chase(w);
    put_rest(w);
    return R53_OK;
}

static int32_t write_sections(struct writing *w)
{
    switch (w->route->disposition) {
    case R53_DISPOSITION_REFUSED:   /* R53-DNS-06 */
    case R53_DISPOSITION_FORWARDED: /* R53-PRIV-08: others answer */
        w->result->rcode = R53_RCODE_REFUSED;
        break;
    case R53_DISPOSITION_REFERRAL:
        if (w->route->origin == R53_ORIGIN_PRIVATE_CUT)
            w->result->rcode = R53_RCODE_SERVFAIL; /* R53-PRIV-14 */
        else
            r53__beside_referral(w);
        break;
    case R53_DISPOSITION_NODATA:
        put_negative(w, R53_RCODE_NOERROR);
        break;
    case R53_DISPOSITION_NXDOMAIN:
        put_negative(w, R53_RCODE_NXDOMAIN);
        break;
    case R53_DISPOSITION_ANY:
        return put_any(w);
    case R53_DISPOSITION_LOAD_BALANCER:
        r53__put_own_name(w);
        put_rest(w);
        break;
    default:
        return put_positive(w);
    }
    return R53_OK;
}

int32_t r53__sections_write(struct answer_sink *sink, const struct route_input *input,
                            const struct route *route, struct section_options options,
                            struct section_result *result)
{
    struct writing w; /* not initialised as a whole: the targets are many */

    w.sink = sink;
    w.input = input;
    w.route = route;
    w.qname = r53__name(&input->query->name);
    w.zone = route->zone >= 0 ? input->view->zones[route->zone].zone : NULL;
    w.options = options;
    w.wants_targets = !options.minimal || options.chase_cname ||
                      route->disposition == R53_DISPOSITION_REFERRAL ||
                      input->query->type == R53_TYPE_NS;
    w.result = result;
    w.n_answers = w.answered = w.n_targets = 0;
    w.unique = NULL;
    *result = (struct section_result){.rcode = R53_RCODE_NOERROR, .scope = route->scope};
    return write_sections(&w);
}
