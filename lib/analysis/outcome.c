#include "analysis/outcome.h"

#include "route53/policy.h"

#include <string.h>

static const struct record_set *record_of(const r53_view *view, const struct route *route)
{
    return &view->zones[route->zone].zone->record_sets[route->record];
}

/* A value of the record set as Route 53 prints it. */
static const char *record_value(struct arena *arena, const r53_view *view,
                                const struct chain *chain)
{
    const struct zone *zone = view->zones[chain->route.zone].zone;
    const struct record_set *set = record_of(view, &chain->route);
    const struct rr_type *type = r53__type_find(zone->groups[set->group].type);
    struct rdata rdata = r53__record_value(zone, set, (uint32_t)chain->value);
    struct text text;
    char *value;

    r53__text_init(&text, NULL, 0);
    type->print(&text, rdata.octets, rdata.length);
    value = r53__arena_alloc(arena, text.length + 1, 1);
    if (!value)
        return NULL;
    r53__text_init(&text, value, text.length + 1);
    type->print(&text, rdata.octets, rdata.length);
    return value;
}

static const char *observed_value(struct arena *arena, const r53_view *view,
                                  const struct chain *chain)
{
    const struct address_list *list = view->named[chain->route.target].list;
    char value[ADDRESS_TEXT_MAX];
    struct text text;

    r53__text_init(&text, value, sizeof(value));
    r53__address_put(&text, &list->addresses[chain->value]);
    return r53__arena_text(arena, value);
}

/* Observed addresses of the family of the one taken. */
static uint64_t observed_together(const r53_view *view, const struct chain *chain)
{
    const struct address_list *list = view->named[chain->route.target].list;
    uint64_t n = 0;

    for (uint32_t i = 0; i < list->n_addresses; i++)
        n += list->addresses[i].family == list->addresses[chain->value].family;
    return n;
}

/* Values that one answer holds besides this one, itself included. */
static uint64_t answered_together(const r53_view *view, const struct chain *chain)
{
    const struct view_zone *zone = &view->zones[chain->route.zone];
    const struct record_set *set = record_of(view, &chain->route);
    const struct group *group = &zone->zone->groups[set->group];
    const struct record_set *drawn[MULTIVALUE_MOST];
    uint32_t eligible;

    if (chain->route.origin == R53_ORIGIN_OBSERVED)
        return observed_together(view, chain);
    if (group->policy != POLICY_MULTIVALUE || group->mixed)
        return set->n_values;
    return (uint64_t)set->n_values * r53__multivalue_draw(zone, group, 0, drawn, &eligible);
}

/*
 * Each of the values answered together is as likely as the others to be the first. So the share of
 * being answered is the share of being first, times their number.
 */
static bool fill_answered(const r53_view *view, struct weighted_state *state,
                          struct outcome *outcome)
{
    const struct memory *memory = &view->arena.memory;

    return r53__share_copy(memory, &outcome->answered, &state->share) &&
           r53__share_multiply(memory, &outcome->answered, answered_together(view, &state->chain),
                               1);
}

static void fill_address(struct arena *arena, const r53_view *view, const struct chain *chain,
                         struct outcome *outcome)
{
    const struct record_detail *detail =
        r53__record_detail(view->zones[chain->route.zone].zone, record_of(view, &chain->route));

    outcome->value = chain->route.origin == R53_ORIGIN_OBSERVED ? observed_value(arena, view, chain)
                                                                : record_value(arena, view, chain);
    if (detail && detail->set_identifier)
        outcome->set_identifier = detail->set_identifier;
}

bool r53__outcome_fill(struct arena *arena, const r53_view *view, struct weighted_state *state,
                       struct outcome *outcome)
{
    const struct chain *chain = &state->chain;

    outcome->kind = chain->kind;
    outcome->rcode = chain->rcode;
    outcome->value = outcome->set_identifier = "";
    outcome->answered_numerator = outcome->answered_denominator = "";
    outcome->share = &state->share;
    if (chain->kind == R53_OUTCOME_ADDRESS) {
        fill_address(arena, view, chain, outcome);
        return fill_answered(view, state, outcome);
    }
    if (chain->kind == R53_OUTCOME_SELECTION) {
        outcome->selection.size = sizeof(outcome->selection);
        r53__elb_describe(view, &chain->elb, &outcome->selection);
    }
    return true;
}

/* Order */

struct member {
    size_t offset;
    bool is_text;
};

/*
 * What an outcome is, in the order of comparing; what depends on the order of registration last.
 * The node that led there is not part of it: a target's share is the sum over nodes (ELB-MATH-04).
 */
#define TEXT_OF(member)                                                                            \
    {                                                                                              \
        offsetof(struct outcome, member), true                                                     \
    }
#define NUMBER_OF(member)                                                                          \
    {                                                                                              \
        offsetof(struct outcome, member), false                                                    \
    }
#define TEXT_IN(member)                                                                            \
    {                                                                                              \
        offsetof(struct outcome, selection.member), true                                           \
    }
#define NUMBER_IN(member)                                                                          \
    {                                                                                              \
        offsetof(struct outcome, selection.member), false                                          \
    }

static const struct member members[] = {
    NUMBER_OF(kind),
    NUMBER_OF(rcode),
    TEXT_OF(value),
    TEXT_OF(set_identifier),
    NUMBER_IN(outcome),
    NUMBER_IN(status),
    TEXT_IN(load_balancer_arn),
    TEXT_IN(target_group_arn),
    TEXT_IN(target_id),
    NUMBER_IN(target_port),
    TEXT_IN(target_zone),
    NUMBER_IN(listener_port),
    TEXT_IN(listener_arn),
    NUMBER_IN(matched_priority),
    NUMBER_IN(rule),
    NUMBER_IN(fail_open),
    NUMBER_IN(target_ordinal),
};

static int member_compare(const struct member *member, const void *a, const void *b)
{
    const char *x = (const char *)a + member->offset, *y = (const char *)b + member->offset;
    const char *s, *t;
    int32_t m, n;

    if (!member->is_text) {
        memcpy(&m, x, sizeof(m));
        memcpy(&n, y, sizeof(n));
        return (m > n) - (m < n);
    }
    memcpy(&s, x, sizeof(s));
    memcpy(&t, y, sizeof(t));
    return s && t ? strcmp(s, t) : (s != NULL) - (t != NULL);
}

int r53__outcome_compare(const void *a, const void *b)
{
    int order = 0;

    for (size_t i = 0; order == 0 && i < sizeof(members) / sizeof(*members); i++)
        order = member_compare(&members[i], a, b);
    return order;
}
