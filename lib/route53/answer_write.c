/*
 * From a route to the records of an answer, as the service gives them: the values in random order,
 * the apex NS with positive answers, the SOA with negative ones, addresses of targets besides.
 */
#include "route53/answer.h"

#include "base/events.h"
#include "base/rules.h"

#include <string.h>

enum {
    ALIAS_TTL = 60,  /* R53-ALIAS-07 */
    ORDER_MAX = 512, /* values put in random order; Route 53 holds 400 (R53-TYPE-07) */
    SOA_NUMBERS = 20 /* octets of the five numbers at the end of SOA rdata */
};

/* All the writing of one answer needs. */
struct writing {
    struct r53_answer *answer;
    const struct route_input *input;
    const struct route *route;
    const struct zone *zone; /* NULL: refused */
};

static struct name qname(const struct writing *w)
{
    return r53__name(&w->input->query->name);
}

/* A record set's values in random order (R53-SIMPLE-02); those beyond ORDER_MAX as they stand. */
static void put_values(struct writing *w, const struct record_set *set, struct name owner)
{
    uint64_t key = r53__values_key(w->zone, set);
    struct draw draw = {.seed = w->input->query->seed};
    uint32_t n = set->n_values < ORDER_MAX ? set->n_values : ORDER_MAX;
    uint32_t offsets[ORDER_MAX], next = set->values;
    uint16_t order[ORDER_MAX];

    for (uint32_t i = 0; i < n; i++) {
        order[i] = (uint16_t)i;
        offsets[i] = next;
        r53__record_next(w->zone, &next);
    }
    for (uint32_t i = 0; i < set->n_values; i++) {
        uint32_t *at = i < n ? &offsets[r53__draw_order(&draw, key, order, n, i)] : &next;
        struct rdata value = r53__record_next(w->zone, at);

        r53__answer_put(w->answer, R53_SECTION_ANSWER, owner, w->zone->groups[set->group].type,
                        set->ttl, value.octets, value.length);
    }
    r53__trace(w->input->trace, RULE_R53_SIMPLE_02, EVENT_ANSWER_VALUES, set->n_values,
               (int32_t)set->ttl, 0, 0);
}

/* Addresses of the asked family among observed ones (R53-ALIAS-30); none for HTTPS. */
static void put_observed(struct writing *w)
{
    const struct named_addresses *named = &w->input->view->named[w->route->target];
    uint8_t family = r53__query_family(w->input->query);
    uint64_t key = r53__name_hash(named->name, 0);
    struct draw draw = {.seed = w->input->query->seed};
    uint16_t order[ORDER_MAX]; /* more than that are not answered */
    uint32_t n = 0;

    for (uint32_t i = 0; i < named->list->n_addresses && n < ORDER_MAX; i++) {
        if (named->list->addresses[i].family == family)
            order[n++] = (uint16_t)i;
    }
    for (uint32_t i = 0; i < n; i++) {
        const struct address *address =
            &named->list->addresses[r53__draw_order(&draw, key, order, n, i)];

        r53__answer_put(w->answer, R53_SECTION_ANSWER, qname(w), w->input->query->type, ALIAS_TTL,
                        address->octets, r53__address_size(address));
    }
}

/* Node addresses of the asked family: at most eight, in random order (R53-ELB-04 .. -06). */
static void put_nodes(struct writing *w)
{
    const struct fleet *fleet = &w->input->view->fleets[w->route->target];
    struct node_addresses of = r53__fleet_addresses(fleet, r53__query_family(w->input->query));
    uint32_t n = of.n < ORDER_MAX ? of.n : ORDER_MAX;
    uint32_t most = w->input->view->choices.max_dns_answers;
    struct draw draw = {.seed = w->input->query->seed};
    uint16_t order[ORDER_MAX];

    for (uint32_t i = 0; i < n; i++)
        order[i] = (uint16_t)i;
    for (uint32_t i = 0; i < n && i < most; i++) {
        const struct address *address =
            of.at[r53__draw_order(&draw, fleet->key, order, n, i)].address;

        r53__answer_put(w->answer, R53_SECTION_ANSWER, qname(w), w->input->query->type, ALIAS_TTL,
                        address->octets, r53__address_size(address));
    }
    r53__trace(w->input->trace, n ? RULE_R53_ELB_04 : RULE_R53_ELB_03,
               n ? EVENT_ANSWER_NODES : EVENT_ANSWER_EMPTY, w->route->target,
               (int32_t)(n < most ? n : most), 0, 0);
}

/* R53-VIEW-01: the load balancer's name, as a CNAME tells one. */
static void put_name(struct writing *w)
{
    const struct fleet *fleet = &w->input->view->fleets[w->route->target];

    r53__answer_put(w->answer, R53_SECTION_ANSWER, qname(w), R53_TYPE_CNAME, ALIAS_TTL,
                    fleet->lb->dns_name.octets, fleet->lb->dns_name.length);
    r53__trace(w->input->trace, RULE_R53_VIEW_01, EVENT_ANSWER_NAME, w->route->target, 0, 0, 0);
}

static void put_group(struct writing *w, int32_t section, const struct group *group, uint32_t ttl)
{
    struct name owner = r53__owner_name(w->zone, (int32_t)group->owner);
    const struct record_set *set = &w->zone->record_sets[group->first];

    if (set->flags & RECORD_ALIAS)
        return;
    for (uint32_t i = 0, at = set->values; i < set->n_values; i++) {
        struct rdata value = r53__record_next(w->zone, &at);

        r53__answer_put(w->answer, section, owner, group->type, ttl, value.octets, value.length);
    }
}

static void put_apex_ns(struct writing *w)
{
    const struct group *group = r53__zone_group(w->zone, 0, R53_TYPE_NS);

    for (size_t i = 0; i < w->answer->count; i++) { /* R53-DNS-02: unless it is the answer */
        const struct answer_record *record = &w->answer->records[i];

        if (record->type == R53_TYPE_NS && r53__name_equal(qname(w), w->zone->name))
            return;
    }
    if (group)
        put_group(w, R53_SECTION_AUTHORITY, group, w->zone->record_sets[group->first].ttl);
}

static uint32_t read_u32(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* R53-ZONE-05, R53-DNS-03: its TTL is the smaller of its own and its minimum. */
static void put_soa(struct writing *w)
{
    const struct group *group = r53__zone_group(w->zone, 0, R53_TYPE_SOA);
    const struct record_set *set;
    struct rdata soa;
    uint32_t minimum;

    if (!group)
        return;
    set = &w->zone->record_sets[group->first];
    if (set->n_values == 0)
        return;
    soa = r53__record_value(w->zone, set, 0);
    minimum = soa.length >= SOA_NUMBERS ? read_u32(soa.octets + soa.length - 4) : set->ttl;
    put_group(w, R53_SECTION_AUTHORITY, group, set->ttl < minimum ? set->ttl : minimum);
}

/* Does the answer itself hold records of this name and type? Its owner is the queried name. */
static bool is_answered(const struct writing *w, struct name name, uint16_t type)
{
    const struct answer_record *records = w->answer->records;

    if (!r53__name_equal(name, qname(w)))
        return false;
    for (size_t i = 0; i < w->answer->count; i++) {
        if (records[i].section == R53_SECTION_ANSWER && records[i].type == type)
            return true;
    }
    return false;
}

/* A and AAAA of a name inside the zone, simple and no alias (R53-DNS-12). */
static void put_addresses_of(struct writing *w, struct name name, bool below_cut)
{
    static const uint16_t types[] = {R53_TYPE_A, R53_TYPE_AAAA};
    int32_t owner = r53__name_is_under(name, w->zone->name) ? r53__zone_owner(w->zone, name) : -1;

    if (owner < 0 || (!below_cut && w->zone->owners[owner].cut >= 0))
        return;
    for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
        const struct group *group = r53__zone_group(w->zone, owner, types[i]);

        if (group && group->policy == POLICY_SIMPLE && !is_answered(w, name, types[i]))
            put_group(w, R53_SECTION_ADDITIONAL, group, w->zone->record_sets[group->first].ttl);
    }
}

static struct name record_target(const struct writing *w, const struct answer_record *record)
{
    return r53__rdata_target((uint16_t)record->type, w->answer->octets + record->rdata,
                             record->rdata_length);
}

/* Record i of the answer names a target that none before it of that section named. */
static bool is_first_target(const struct writing *w, size_t i, struct name target)
{
    for (size_t k = 0; k < i; k++) {
        const struct answer_record *before = &w->answer->records[k];

        if (before->section == w->answer->records[i].section &&
            r53__name_equal(record_target(w, before), target))
            return false;
    }
    return true;
}

/* Addresses that the targets of the records of a section have in this zone, each once. */
static void put_additional(struct writing *w, int32_t section, bool below_cut)
{
    size_t n = w->answer->count;

    for (size_t i = 0; i < n && !w->answer->failed; i++) {
        struct answer_record record = w->answer->records[i];
        uint8_t target[NAME_OCTETS_MAX]; /* the octets move while the answer grows */
        struct name name;

        if (record.section != section)
            continue;
        name = record_target(w, &record);
        if (name.length == 0 || !is_first_target(w, i, name))
            continue;
        memcpy(target, name.octets, name.length);
        put_addresses_of(w, (struct name){target, name.length}, below_cut);
    }
}

/* R53-DELEG-01, R53-DNS-09: the cut's NS, with glue (R53-DELEG-05). */
static void put_referral(struct writing *w)
{
    const struct group *group = r53__zone_group(w->zone, w->route->owner, R53_TYPE_NS);

    put_group(w, R53_SECTION_AUTHORITY, group, w->zone->record_sets[group->first].ttl);
    put_additional(w, R53_SECTION_AUTHORITY, true);
}

static void put_record(struct writing *w)
{
    put_values(w, &w->zone->record_sets[w->route->record], qname(w));
}

static void put_load_balancer(struct writing *w)
{
    if (w->input->query->telling == R53_ALIAS_AS_NAME)
        put_name(w);
    else
        put_nodes(w);
}

/* Origins that give an answer; SERVFAIL has none (R53-DNS-19). */
static void (*const put_origin[])(struct writing *) = {
    [R53_ORIGIN_RECORD] = put_record,
    [R53_ORIGIN_LOAD_BALANCER] = put_load_balancer,
    [R53_ORIGIN_OBSERVED] = put_observed,
};

/* What goes with an answer: positive, or empty and then negative. */
static void put_rest(struct writing *w)
{
    w->answer->authoritative = 1;
    if (w->answer->count == 0) {
        put_soa(w); /* R53-ELB-03: nothing of this family is NODATA */
        return;
    }
    put_apex_ns(w);
    put_additional(w, R53_SECTION_ANSWER, false);
}

/* One group of the owner, by its own policy; `failed` when its alias leads nowhere. */
static int32_t put_any_group(struct writing *w, uint32_t group, bool *failed)
{
    struct route route = *w->route;
    struct route_query query = *w->input->query;
    struct route_input input = {w->input->view, &query, w->input->trace};
    struct writing part = {w->answer, &input, &route, w->zone};
    struct draw draw = {.seed = query.seed};
    int32_t rc;

    query.type = w->zone->groups[group].type;
    route.group = (int32_t)group;
    route.stage = ROUTE_RECORD;
    route.origin = 0;
    rc = r53__route_run(&input, &route, &draw);
    if (rc != R53_OK)
        return rc;
    if (route.origin <= R53_ORIGIN_OBSERVED)
        put_origin[route.origin](&part);
    else
        *failed = true;
    return R53_OK;
}

/* R53-DNS-14: every group at the name. What leads nowhere fails only if nothing else answers. */
static int32_t put_any(struct writing *w)
{
    const struct owner *owner = &w->zone->owners[w->route->owner];
    bool failed = false;

    for (uint32_t i = 0; i < owner->n_groups; i++) {
        int32_t rc = put_any_group(w, owner->first_group + i, &failed);

        if (rc != R53_OK)
            return rc;
    }
    if (failed && w->answer->count == 0)
        w->answer->rcode = R53_RCODE_SERVFAIL; /* R53-DNS-19 */
    else
        put_rest(w);
    return R53_OK;
}

static void put_negative(struct writing *w, int32_t rcode)
{
    w->answer->rcode = rcode;
    w->answer->authoritative = 1;
    put_soa(w);
}

static int32_t write_sections(struct writing *w)
{
    switch (w->route->disposition) {
    case R53_DISPOSITION_REFUSED: /* R53-DNS-06 */
        w->answer->rcode = R53_RCODE_REFUSED;
        break;
    case R53_DISPOSITION_REFERRAL:
        put_referral(w);
        break;
    case R53_DISPOSITION_NODATA:
        put_negative(w, R53_RCODE_NOERROR);
        break;
    case R53_DISPOSITION_NXDOMAIN:
        put_negative(w, R53_RCODE_NXDOMAIN);
        break;
    case R53_DISPOSITION_ANY:
        return put_any(w);
    default:
        if (w->route->origin > R53_ORIGIN_OBSERVED) {
            w->answer->rcode = R53_RCODE_SERVFAIL; /* R53-DNS-19 */
            break;
        }
        put_origin[w->route->origin](w);
        put_rest(w);
    }
    return R53_OK;
}

/* DNS name at the end of the aliases, for the summary. */
static void write_alias(struct writing *w)
{
    const r53_view *view = w->input->view;
    char name[NAME_TEXT_MAX];
    struct text text;

    r53__text_init(&text, name, sizeof(name));
    if (w->route->origin == R53_ORIGIN_LOAD_BALANCER) {
        const struct load_balancer *lb = view->fleets[w->route->target].lb;

        r53__name_put(&text, lb->dns_name);
        w->answer->load_balancer = r53__answer_text(w->answer, lb->arn);
    } else if (w->route->origin == R53_ORIGIN_OBSERVED) {
        r53__name_put(&text, view->named[w->route->target].name);
    } else if (w->route->record >= 0 &&
               w->zone->record_sets[w->route->record].flags & RECORD_ALIAS) {
        r53__name_put(&text, w->zone->record_sets[w->route->record].detail->alias_name);
    } else if (w->route->group >= 0) {
        r53__name_put(&text,
                      r53__owner_name(w->zone, (int32_t)w->zone->groups[w->route->group].owner));
    }
    w->answer->alias_name = r53__answer_text(w->answer, name);
}

int32_t r53__answer_write(struct r53_answer *answer, const struct route_input *input,
                          const struct route *route)
{
    struct writing w = {answer, input, route, NULL};
    const struct record_detail *detail = NULL;
    int32_t rc;

    if (route->zone >= 0)
        w.zone = input->view->zones[route->zone].zone;
    answer->disposition = route->disposition;
    answer->origin = route->origin;
    answer->hops = route->hops;
    rc = write_sections(&w);
    if (rc != R53_OK || !w.zone)
        return rc;
    answer->zone_id = r53__answer_text(answer, w.zone->id);
    if (route->record >= 0)
        detail = w.zone->record_sets[route->record].detail;
    if (detail)
        answer->set_identifier = r53__answer_text(answer, detail->set_identifier);
    if (route->hops > 0)
        write_alias(&w);
    return R53_OK;
}
