/*
 * Outcomes: the final states of the enumeration as the user sees them. States that look alike, the
 * same address of the same record set by another way, are one outcome.
 */
#include <r53/outcomes.h>

#include "analysis/outcome.h"
#include "analysis/outcomes_words.h"
#include "analysis/percent.h"
#include "base/report.h"
#include "base/sized.h"
#include "base/sort.h"

#include <string.h>

struct r53_outcomes {
    struct arena arena; /* the outcomes themselves lie in it */
    const r53_view *view;
    const char *question;         /* "www.example.com A" */
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
        return r53_query_check(query, report);
    if (r53__elb_request_parse(&question->request, request) != R53_OK)
        return r53_request_check(request, report);
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

/* Order: the most likely first, equally likely ones by what they are. */

static int most_likely_first(const void *a, const void *b)
{
    const struct outcome *x = a, *y = b;
    int order = r53__share_compare(y->share, x->share);

    return order ? order : r53__outcome_compare(a, b);
}

/* Making */

static bool question_keep(r53_outcomes *outcomes, const struct route_query *query)
{
    char buffer[NAME_TEXT_MAX + 16];
    struct text text;

    r53__text_init(&text, buffer, sizeof(buffer));
    r53__name_put(&text, r53__name(&query->name));
    text.length -= text.length > 1; /* people write it without the last dot */
    r53__put_char(&text, ' ');
    r53__type_put(&text, query->type);
    outcomes->question = r53__arena_text(&outcomes->arena, buffer);
    return outcomes->question != NULL;
}

static bool fill_all(r53_outcomes *outcomes, const struct frontier *done)
{
    struct arena *arena = &outcomes->arena;

    outcomes->outcomes = r53__arena_alloc(arena, done->count, sizeof(*outcomes->outcomes));
    outcomes->order = r53__arena_alloc(arena, done->count, sizeof(*outcomes->order));
    if (arena->failed)
        return false;
    outcomes->n_made = outcomes->count = done->count;
    for (size_t i = 0; i < done->count; i++) {
        if (!r53__outcome_fill(arena, outcomes->view, &done->states[i], &outcomes->outcomes[i]))
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

    sort(outcomes, r53__outcome_compare);
    for (size_t i = 1; i < outcomes->count; i++) {
        struct outcome *last = at_place(outcomes, kept), *next = at_place(outcomes, i);

        if (r53__outcome_compare(last, next) != 0)
            outcomes->order[++kept] = next;
        else if (!absorb(&outcomes->arena.memory, last, next))
            return false;
    }
    outcomes->count = kept + 1; /* there is always an outcome */
    return true;
}

/* The shares in percent, in the order told: of equal remainders the first is rounded up. */
static bool round_shares(r53_outcomes *outcomes)
{
    const struct memory *memory = &outcomes->arena.memory;
    struct percent *percents = r53__alloc(memory, outcomes->count, sizeof(*percents));
    bool done;

    if (!percents)
        return false;
    for (size_t i = 0; i < outcomes->count; i++)
        percents[i].share = at_place(outcomes, i)->share;
    done = r53__percents_round(memory, percents, outcomes->count);
    for (size_t i = 0; done && i < outcomes->count; i++)
        at_place(outcomes, i)->hundredths = percents[i].hundredths;
    r53__free(memory, percents, outcomes->count, sizeof(*percents));
    return done;
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
    if (!question_keep(outcomes, run->input->route.query) ||
        !fill_all(outcomes, &run->parts[CHAIN_DONE]) || !merge(outcomes)) {
        r53_outcomes_free(outcomes);
        return r53__remark_nomem(report);
    }
    sort(outcomes, most_likely_first);
    if (!round_shares(outcomes) || !print_shares(outcomes)) {
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

const char *r53__outcomes_question(const r53_outcomes *outcomes)
{
    return outcomes->question;
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
    out.hundredths = from->hundredths;
    out.value = from->value;
    out.set_identifier = from->set_identifier;
    if (from->kind == R53_OUTCOME_SELECTION)
        out.selection = &from->selection;
    return r53__sized_write(outcome, &out, sizeof(out)) ? R53_OK : R53_E_INVALID;
}
