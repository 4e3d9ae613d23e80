#include "route53/policy_order.h"

#include "base/events.h"
#include "base/rules.h"
#include "model/match.h"

static const struct record_set *set_at(const struct choosing *c, uint32_t record)
{
    return &c->zone->zone->record_sets[record];
}

static const struct record_detail *detail_at(const struct choosing *c, uint32_t record)
{
    return r53__record_detail(c->zone->zone, set_at(c, record));
}

static uint64_t sealed_code(const struct choosing *c, uint32_t record)
{
    return r53__match_code(c->group->policy, detail_at(c, record));
}

void r53__wanted_begin(struct wanted_list *list, const struct choosing *c,
                       const struct record_match *matches, struct wanted *all, int32_t scope)
{
    list->c = c;
    list->all = all;
    list->n = 0;
    list->scope = scope;
    list->first = list->healthy = -1;
    list->matches = matches;
    list->code = sealed_code;
    list->verify = NULL;
}

static bool fits(const struct wanted_list *list, const struct wanted *wanted,
                 const struct record_match *match)
{
    return match->code == wanted->code &&
           (!list->verify || list->verify(detail_at(list->c, match->record), wanted));
}

/* Looks for the first healthy record set of the code, and for the first one of all. */
static void wanted_try(struct wanted_list *list, const struct wanted *wanted)
{
    const struct record_match *matches = list->matches;
    uint32_t n = r53__group_size(list->c->group);

    for (uint32_t at = r53__match_find(matches, n, wanted->code);
         at < n && matches[at].code == wanted->code && list->healthy < 0; at++) {
        if (!fits(list, wanted, &matches[at]))
            continue;
        if (list->first < 0) {
            list->first = (int32_t)matches[at].record;
            list->scope = wanted->scope;
        }
        if (r53__view_healthy(list->c->zone, set_at(list->c, matches[at].record)))
            list->healthy = (int32_t)matches[at].record;
    }
}

bool r53__want(struct wanted_list *list, const struct wanted *wanted)
{
    if (wanted->code == MATCH_NOBODY)
        return false;
    if (list->all)
        list->all[list->n++] = *wanted;
    else
        wanted_try(list, wanted);
    return list->healthy >= 0;
}

int32_t r53__wanted_choose(struct choosing *c, const struct wanted_list *list)
{
    c->scope = list->scope;
    return list->healthy >= 0 ? list->healthy : list->first;
}

/* The most specific of the client's codes that is the record set's, or NULL. */
static const struct wanted *wanted_of(const struct choosing *c, const struct wanted_list *list,
                                      uint32_t record)
{
    struct record_match match = {.code = list->code(c, record), .record = record};

    for (uint32_t i = 0; i < list->n; i++) {
        if (fits(list, &list->all[i], &match))
            return &list->all[i];
    }
    return NULL;
}

/* Traces whether the record set is for this client; true: it is, and healthy. */
static bool member_explain(struct choosing *c, const struct wanted *wanted, uint32_t record)
{
    int32_t rule = r53__policies[c->group->policy].rule;

    if (!wanted) {
        r53__record_explain(c, record, rule, EVENT_MATCHES_OTHERS, 0, 0);
        return false;
    }
    r53__record_explain(c, record, rule, wanted->bits ? EVENT_MATCHES_BLOCK : EVENT_MATCHES_CLIENT,
                        wanted->bits ? wanted->bits : wanted->extent, 0);
    r53__verdict_explain(c, set_at(c, record));
    return r53__view_healthy(c->zone, set_at(c, record));
}

void r53__wanted_explain(struct choosing *c, const struct wanted_list *list)
{
    bool any = false, healthy = false;

    for (uint32_t i = c->group->first; i < r53__group_end(c->group); i++) {
        const struct wanted *wanted = wanted_of(c, list, i);

        any = any || wanted;
        healthy = member_explain(c, wanted, i) || healthy;
    }
    if (any && !healthy)
        r53__trace(c->input->trace, RULE_R53_HEALTH_06, EVENT_MATCHES_FAIL_OPEN, c->zone_number,
                   (int32_t)(c->group - c->zone->zone->groups), 0, 0);
}

/* Ranked */

struct best {
    int32_t record; /* -1: none yet */
    struct rank rank;
};

/* Equal ranks keep the first, whose set identifier is the smaller one (R53-GROUP-08). */
static void best_take(struct best *best, uint32_t record, struct rank rank)
{
    if (best->record < 0 || rank.value * best->rank.divisor < best->rank.value * rank.divisor)
        *best = (struct best){(int32_t)record, rank};
}

static int32_t best_choose(const struct choosing *c, const struct ranking *ranking,
                           const struct record_match *matches)
{
    struct best all = {-1, {0, 0}}, healthy = {-1, {0, 0}};

    for (uint32_t i = 0; i < r53__group_size(c->group); i++) {
        struct rank rank = ranking->rank(ranking, matches[i].code);

        best_take(&all, matches[i].record, rank);
        if (r53__view_healthy(c->zone, set_at(c, matches[i].record)))
            best_take(&healthy, matches[i].record, rank);
    }
    return healthy.record >= 0 ? healthy.record : all.record;
}

struct nearest {
    int32_t record;     /* -1: none yet */
    int64_t most, next; /* the two greatest nearnesses */
};

static void nearest_take(struct nearest *nearest, uint32_t record, int64_t nearness)
{
    if (nearness > nearest->most) {
        nearest->next = nearest->most;
        nearest->most = nearness;
        nearest->record = (int32_t)record;
    } else if (nearness > nearest->next) {
        nearest->next = nearness;
    }
}

/*
 * What best_choose chooses, without working out ranks: the nearest that is healthy, unless another
 * is so close to it that their ranks may be the same. -1: ranks have to tell.
 */
static int32_t nearest_choose(const struct choosing *c, struct point client,
                              const struct record_match *matches)
{
    struct nearest nearest = {-1, INT64_MIN / 2, INT64_MIN / 2};
    struct direction there = r53__direction(client);

    for (uint32_t i = 0; i < r53__group_size(c->group); i++) {
        if (r53__view_healthy(c->zone, set_at(c, matches[i].record)))
            nearest_take(&nearest, matches[i].record, r53__nearness(there, matches[i].direction));
    }
    return nearest.most - nearest.next > NEARNESS_CLEAR ? nearest.record : -1;
}

/* Does each have a direction? One that is biased, or whose place is not known, has none. */
static bool all_directed(const struct record_match *matches, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        if (!r53__direction_known(matches[i].direction))
            return false;
    }
    return true;
}

int32_t r53__ranked_choose(struct choosing *c, const struct ranking *ranking)
{
    const struct record_match *matches;
    int32_t record = -1;

    if (c->group->mixed) /* only an import can hold such a group */
        return (int32_t)c->group->first;
    matches = r53__group_matches(c->zone->zone, c->group);
    c->scope = ranking->place.scope;
    if (ranking->by_distance && all_directed(matches, r53__group_size(c->group)))
        record = nearest_choose(c, ranking->place.point, matches);
    return record >= 0 ? record : best_choose(c, ranking, matches);
}

void r53__ranked_explain(struct choosing *c, const struct ranking *ranking)
{
    const struct record_match *matches;

    if (c->group->mixed)
        return;
    r53__place_explain(c, &ranking->place);
    matches = r53__group_matches(c->zone->zone, c->group);
    for (uint32_t i = 0; i < r53__group_size(c->group); i++)
        ranking->explain(c, ranking, matches[i].code, matches[i].record);
    r53__health_explain(c);
}

static struct rank rank_of(const struct choosing *c, const struct ranking *ranking, int32_t record)
{
    return ranking->rank(ranking,
                         r53__match_code(c->group->policy, detail_at(c, (uint32_t)record)));
}

int32_t r53__ranked_rule(const struct choosing *c, const struct ranking *ranking, int32_t record,
                         int32_t usual, int32_t unknown)
{
    struct rank best;
    bool healthy;

    if (c->group->mixed)
        return usual;
    best = rank_of(c, ranking, record);
    healthy = r53__view_healthy(c->zone, set_at(c, (uint32_t)record));
    if (best.divisor == 0)
        return unknown;
    for (uint32_t i = c->group->first; i < r53__group_end(c->group); i++) {
        struct rank rank = rank_of(c, ranking, (int32_t)i);

        if (i != (uint32_t)record && r53__view_healthy(c->zone, set_at(c, i)) == healthy &&
            rank.divisor && rank.value * best.divisor == best.value * rank.divisor)
            return RULE_R53_GROUP_08;
    }
    return usual;
}
