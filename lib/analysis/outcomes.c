/*
 * Outcomes: the final states of the enumeration as the user sees them. States that look alike, the
 * same address of the same record set by another way, are one outcome.
 */
#include <r53/outcomes.h>

#include "analysis/enumerate.h"
#include "base/report.h"
#include "base/sized.h"
#include "base/sort.h"
#include "route53/policy.h"

#include <string.h>

struct outcome {
    int32_t kind, rcode;
    const char *value, *set_identifier;
    r53_selection selection; /* of kind selection */
    const char *numerator, *denominator;
    const char *answered_numerator, *answered_denominator;
    struct share *share;   /* while being made: lies in the final state */
    struct share answered; /* while being made */
};

struct r53_outcomes {
    struct arena arena; /* the outcomes themselves lie in it */
    const r53_view *view;
    struct outcome *outcomes;     /* in the order of the final states */
    const struct outcome **order; /* most likely first */
    size_t count;
    size_t n_made; /* of `outcomes`, the merged ones included */
    uint64_t stage_runs;
};

/* What the calls are made from. */
struct question {
    const r53_view *view;
    struct route_query query;
    struct elb_request request;
    struct chain_input input;
};

static int32_t question_init(struct question *question, const r53_view *view,
                             const r53_query *query, const r53_request *request,
                             r53_report *report);
static int32_t outcomes_make(r53_outcomes **out, struct enumeration *run, const r53_view *view,
                             r53_report *report);

static int32_t failed(r53_report *report, int32_t code)
{
    static const struct {
        int32_t code;
        const char *text;
    } texts[] = {
        {R53_E_AMBIGUOUS, "several hosted zones answer to this name; name one by its id"},
        {R53_E_NOT_FOUND, "no hosted zone has the id that the query names"},
        {R53_E_UNSUPPORTED, "the outcomes depend on a behaviour that is not modelled"},
        {R53_E_LIMIT, "the outcomes take more than 4000000 stage runs"},
    };

    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        if (texts[i].code == code)
            return r53__remark(report, &(struct remark){.code = code, .format = texts[i].text});
    }
    return code == R53_E_NOMEM
               ? r53__remark_nomem(report)
               : r53__remark(
                     report,
                     &(struct remark){.code = code, .format = "{0}", .args = {r53_strerror(code)}});
}

int32_t r53_outcomes_new(r53_outcomes **out, const r53_view *view, const r53_query *query,
                         const r53_request *request, r53_report *report)
{
    struct question question;
    struct enumeration run = {.max_runs = STAGE_RUNS_MAX};
    int32_t rc;

    if (!out || !view)
        return r53__remark(report, &(struct remark){.format = "there is no view to ask"});
    rc = question_init(&question, view, query, request, report);
    if (rc != R53_OK)
        return rc;
    run.memory = view->arena.memory;
    run.input = &question.input;
    rc = r53__enumerate(&run);
    rc = rc == R53_OK ? outcomes_make(out, &run, view, report) : failed(report, rc);
    r53__enumeration_free(&run);
    return rc;
}

static int32_t question_init(struct question *question, const r53_view *view,
                             const r53_query *query, const r53_request *request, r53_report *report)
{
    if (r53__route_query_parse(&question->query, query) != R53_OK)
        return r53__remark(report, &(struct remark){.format = "the query is not valid"});
    if (r53__elb_request_parse(&question->request, request) != R53_OK)
        return r53__remark(report, &(struct remark){.format = "the request is not valid"});
    r53__elb_request_looked_up(&question->request, r53__name(&question->query.name));
    if (question->query.type == R53_TYPE_ANY)
        return r53__remark(report,
                           &(struct remark){.code = R53_E_UNSUPPORTED,
                                            .format = "type ANY has no outcome of its own"});
    question->input = (struct chain_input){
        .route = {.view = view, .query = &question->query},
        .elb = {.view = view, .request = &question->request},
    };
    return R53_OK;
}

/* Filling in */

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
           r53__share_multiply(memory, &outcome->answered,
                               answered_together(view, &state->chain), 1);
}

static void fill_address(struct arena *arena, const r53_view *view, const struct chain *chain,
                         struct outcome *outcome)
{
    const struct record_detail *detail = r53__record_detail(
        view->zones[chain->route.zone].zone, record_of(view, &chain->route));

    outcome->value = chain->route.origin == R53_ORIGIN_OBSERVED ? observed_value(arena, view, chain)
                                                                : record_value(arena, view, chain);
    if (detail && detail->set_identifier)
        outcome->set_identifier = detail->set_identifier;
}

static bool fill(struct arena *arena, const r53_view *view, struct weighted_state *state,
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

/* 0: the same to the user. */
static int outcome_compare(const void *a, const void *b)
{
    int order = 0;

    for (size_t i = 0; order == 0 && i < sizeof(members) / sizeof(*members); i++)
        order = member_compare(&members[i], a, b);
    return order;
}

static int most_likely_first(const void *a, const void *b)
{
    const struct outcome *x = a, *y = b;
    int order = r53__share_compare(y->share, x->share);

    return order ? order : outcome_compare(a, b);
}

/* Making */

static bool fill_all(r53_outcomes *outcomes, const struct frontier *done)
{
    struct arena *arena = &outcomes->arena;

    outcomes->outcomes = r53__arena_alloc(arena, done->count, sizeof(*outcomes->outcomes));
    outcomes->order = r53__arena_alloc(arena, done->count, sizeof(*outcomes->order));
    if (arena->failed)
        return false;
    outcomes->n_made = outcomes->count = done->count;
    for (size_t i = 0; i < done->count; i++) {
        if (!fill(arena, outcomes->view, &done->states[i], &outcomes->outcomes[i]))
            return false;
        outcomes->order[i] = &outcomes->outcomes[i];
    }
    return !arena->failed;
}

static void sort(r53_outcomes *outcomes, sort_compare *compare)
{
    r53__sort((const void **)outcomes->order, outcomes->count, compare);
}

static struct outcome *at_place(const r53_outcomes *outcomes, size_t place)
{
    return &outcomes->outcomes[outcomes->order[place] - outcomes->outcomes];
}

/* Adds `next` to an outcome that is the same to the user. */
static bool absorb(const struct memory *memory, struct outcome *outcome, const struct outcome *next)
{
    const char *zone = outcome->selection.availability_zone;

    if (zone && strcmp(zone, next->selection.availability_zone) != 0)
        outcome->selection.availability_zone = "";
    return r53__share_add(memory, outcome->share, next->share) &&
           (outcome->kind != R53_OUTCOME_ADDRESS ||
            r53__share_add(memory, &outcome->answered, &next->answered));
}

static bool merge(r53_outcomes *outcomes)
{
    size_t kept = 0;

    sort(outcomes, outcome_compare);
    for (size_t i = 1; i < outcomes->count; i++) {
        struct outcome *last = at_place(outcomes, kept), *next = at_place(outcomes, i);

        if (outcome_compare(last, next) != 0)
            outcomes->order[++kept] = next;
        else if (!absorb(&outcomes->arena.memory, last, next))
            return false;
    }
    outcomes->count = kept + 1; /* there is always an outcome */
    return true;
}

static bool print_shares(r53_outcomes *outcomes)
{
    struct arena *arena = &outcomes->arena;

    for (size_t i = 0; i < outcomes->count; i++) {
        struct outcome *outcome = at_place(outcomes, i);

        outcome->numerator = r53__share_text(arena, outcome->share, SHARE_NUMERATOR);
        outcome->denominator = r53__share_text(arena, outcome->share, SHARE_DENOMINATOR);
        outcome->share = NULL;
        if (outcome->kind != R53_OUTCOME_ADDRESS)
            continue;
        outcome->answered_numerator = r53__share_text(arena, &outcome->answered, SHARE_NUMERATOR);
        outcome->answered_denominator =
            r53__share_text(arena, &outcome->answered, SHARE_DENOMINATOR);
    }
    return !arena->failed;
}

static int32_t outcomes_make(r53_outcomes **out, struct enumeration *run, const r53_view *view,
                             r53_report *report)
{
    struct arena arena;
    r53_outcomes *outcomes;

    r53__arena_init(&arena, &run->memory);
    outcomes = r53__arena_alloc(&arena, 1, sizeof(*outcomes));
    if (!outcomes)
        return r53__remark_nomem(report);
    outcomes->arena = arena;
    outcomes->view = r53_view_retain(view);
    outcomes->stage_runs = run->runs;
    if (!fill_all(outcomes, &run->parts[CHAIN_DONE]) || !merge(outcomes)) {
        r53_outcomes_free(outcomes);
        return r53__remark_nomem(report);
    }
    sort(outcomes, most_likely_first);
    if (!print_shares(outcomes)) {
        r53_outcomes_free(outcomes);
        return r53__remark_nomem(report);
    }
    *out = outcomes;
    return R53_OK;
}

void r53_outcomes_free(r53_outcomes *outcomes)
{
    struct arena arena;

    if (!outcomes)
        return;
    for (size_t i = 0; i < outcomes->n_made; i++)
        r53__share_free(&outcomes->arena.memory, &outcomes->outcomes[i].answered);
    arena = outcomes->arena; /* in which the outcomes lie */
    r53_view_release(outcomes->view);
    r53__arena_free(&arena);
}

/* Reading */

size_t r53_outcomes_count(const r53_outcomes *outcomes)
{
    return outcomes ? outcomes->count : 0;
}

uint64_t r53_outcomes_stage_runs(const r53_outcomes *outcomes)
{
    return outcomes ? outcomes->stage_runs : 0;
}

int32_t r53_outcomes_get(const r53_outcomes *outcomes, size_t index, r53_outcome *outcome)
{
    r53_outcome out = {0};
    struct outcome *from;

    if (!outcome || !outcomes)
        return R53_E_INVALID;
    if (index >= outcomes->count)
        return R53_E_NOT_FOUND;
    from = at_place(outcomes, index);
    out.kind = from->kind;
    out.rcode = from->rcode;
    out.numerator = from->numerator;
    out.denominator = from->denominator;
    out.answered_numerator = from->answered_numerator;
    out.answered_denominator = from->answered_denominator;
    out.value = from->value;
    out.set_identifier = from->set_identifier;
    if (from->kind == R53_OUTCOME_SELECTION)
        out.selection = &from->selection;
    return r53__sized_write(outcome, &out, sizeof(out)) ? R53_OK : R53_E_INVALID;
}
