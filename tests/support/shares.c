#include "shares.h"

#include "harness.h"

#include <r53/rulebook.h>

#include "base/events.h"
#include "route53/route.h"

#include <stdio.h>
#include <stdlib.h>

enum { ENDS_MAX = 400, END_TEXT = 64 };

struct end {
    char text[END_TEXT];
    struct fraction share;
};

struct ends {
    struct end at[ENDS_MAX];
    size_t n;
};

static struct fraction lowest(uint64_t part, uint64_t whole)
{
    uint64_t a = part, b = whole;

    while (b) {
        uint64_t rest = a % b;

        a = b;
        b = rest;
    }
    return (struct fraction){part / a, whole / a};
}

struct fraction fraction_times(struct fraction f, uint64_t part, uint64_t whole)
{
    return lowest(f.part * part, f.whole * whole);
}

struct fraction fraction_plus(struct fraction a, struct fraction b)
{
    struct fraction wholes = lowest(a.whole, b.whole);

    return lowest(a.part * wholes.whole + b.part * wholes.part, a.whole * wholes.whole);
}

static void record_tell(char *out, const struct zone *zone, const struct record_set *set)
{
    struct rdata value = r53__record_value(zone, set, 0);

    if (zone->groups[set->group].type == R53_TYPE_CNAME)
        snprintf(out, END_TEXT, "%.*s", value.octets[0], (const char *)value.octets + 1);
    else
        snprintf(out, END_TEXT, ".%d", value.octets[value.length - 1]);
}

static void end_tell(char *out, const struct route_input *input, const struct route *route)
{
    static const char *const words[] = {
        [R53_ORIGIN_OBSERVED] = "seen",
        [R53_ORIGIN_DANGLING] = "SERVFAIL",
        [R53_ORIGIN_LOOP] = "SERVFAIL",
        [R53_ORIGIN_NONE] = "none",
        [R53_ORIGIN_PRIVATE_CUT] = "SERVFAIL",
    };
    const struct zone *zone = route->zone < 0 ? NULL : input->view->zones[route->zone].zone;

    if (route->origin == R53_ORIGIN_RECORD)
        record_tell(out, zone, &zone->record_sets[route->record]);
    else if (route->origin == R53_ORIGIN_LOAD_BALANCER)
        snprintf(out, END_TEXT, "%.40s", input->view->fleets[route->target].lb->name);
    else
        snprintf(out, END_TEXT, "%s", words[route->origin]);
}

static void end_add(struct ends *ends, const char *text, struct fraction share)
{
    size_t i = 0;

    while (i < ends->n && strcmp(ends->at[i].text, text) != 0)
        i++;
    if (i == ends->n) {
        assert_true(ends->n < ENDS_MAX);
        ends->n++;
        snprintf(ends->at[i].text, END_TEXT, "%s", text);
        ends->at[i].share = share;
    } else {
        ends->at[i].share = fraction_plus(ends->at[i].share, share);
    }
}

/* R53_OK, or what the stage said. */
static int32_t walk_from(const struct route_input *input, const struct route *route,
                         struct fraction share, struct ends *ends)
{
    char text[END_TEXT];
    struct walk walk;

    if (route->stage == ROUTE_DONE) {
        end_tell(text, input, route);
        end_add(ends, text, share);
        return R53_OK;
    }
    for (r53__walk_init(&walk); r53__walk_next(&walk);) {
        struct draw draw = {.walk = &walk};
        struct fraction branch = share;
        struct route next = *route;
        int32_t rc = r53__route_step(input, &next, &draw);

        for (uint32_t i = 0; i < walk.depth; i++)
            branch = fraction_times(branch, walk.choices[i].weight, walk.choices[i].total);
        if (rc == R53_OK && branch.part > 0)
            rc = walk_from(input, &next, branch, ends);
        if (rc != R53_OK)
            return rc;
    }
    return R53_OK;
}

static int end_compare(const void *a, const void *b)
{
    const char *left = ((const struct end *)a)->text, *right = ((const struct end *)b)->text;

    if (left[0] == '.' && right[0] == '.')
        return atoi(left + 1) - atoi(right + 1);
    return strcmp(left, right);
}

size_t share_put(char *buffer, size_t at, const char *what, struct fraction share)
{
    at += (size_t)snprintf(buffer + at, ANSWER_TEXT_MAX - at, "%s%s %llu", at ? ", " : "", what,
                           (unsigned long long)share.part);
    if (share.whole > 1)
        at += (size_t)snprintf(buffer + at, ANSWER_TEXT_MAX - at, "/%llu",
                               (unsigned long long)share.whole);
    assert_true(at < ANSWER_TEXT_MAX);
    return at;
}

static void ends_put(char *buffer, struct ends *ends)
{
    struct fraction sum = {0, 1};
    size_t at = 0;

    qsort(ends->at, ends->n, sizeof(*ends->at), end_compare);
    for (size_t i = 0; i < ends->n; i++) {
        const struct end *end = &ends->at[i];

        at = share_put(buffer, at, end->text, end->share);
        sum = fraction_plus(sum, end->share);
    }
    assert_true(sum.part == 1 && sum.whole == 1);
}

const char *shares_text(char *buffer, const r53_view *view, const char *query)
{
    static struct ends ends;
    struct route_query parsed;
    const struct route_input input = {.view = view, .query = &parsed};
    struct query_text q;
    struct route route;
    int32_t rc;

    ends.n = 0;
    query_parse(&q, query, strlen(query));
    assert_int_equal(r53__route_query_parse(&parsed, &q.query), R53_OK);
    r53__route_init(&route);
    rc = walk_from(&input, &route, (struct fraction){1, 1}, &ends);
    if (rc == R53_OK)
        ends_put(buffer, &ends);
    else
        snprintf(buffer, ANSWER_TEXT_MAX, "%s", r53_error_name(rc));
    return buffer;
}

void checks_fail(struct world *world, const char *ids)
{
    char id[64];

    while (*ids) {
        size_t n = strcspn(ids, " ");

        snprintf(id, sizeof(id), "%.*s", (int)n, ids);
        assert_int_equal(r53_observe_health_check(world->observed, id, R53_HEALTH_UNHEALTHY),
                         R53_OK);
        ids += n + (ids[n] == ' ');
    }
    world_look(world);
}

/* Does the event speak of a group's choice? */
static bool is_reason(int32_t event)
{
    return (event >= EVENT_RECORD_UNHEALTHY && event < EVENT_NODE_IN_DNS &&
            event != EVENT_ZONE_CANDIDATE) ||
           (event >= EVENT_LATENCY_CHINA && event <= EVENT_WEIGHTLESS_ALL &&
            event != EVENT_CHECK_MISSING) || /* most of these worlds hold no checks */
           event == EVENT_CHECK_UNREACHABLE ||
           event == EVENT_RECORD_CHOSEN;
}

/* The text without ".example.com." behind names. */
static size_t reason_put(char *buffer, size_t at, const char *text)
{
    static const char apex[] = ".example.com.";
    const char *next;

    at += (size_t)snprintf(buffer + at, ANSWER_TEXT_MAX - at, "%s", at ? "; " : "");
    for (; (next = strstr(text, apex)); text = next + sizeof(apex) - 1)
        at += (size_t)snprintf(buffer + at, ANSWER_TEXT_MAX - at, "%.*s", (int)(next - text),
                               text);
    return at + (size_t)snprintf(buffer + at, ANSWER_TEXT_MAX - at, "%s", text);
}

const char *decisions_text(char *buffer, const r53_view *view, const char *query)
{
    r53_trace_entry entry = {.size = sizeof(entry)};
    struct query_text q;
    r53_answer *answer;
    r53_trace *trace;
    size_t at = 0;

    buffer[0] = '\0';
    query_parse(&q, query, strlen(query));
    assert_int_equal(r53_answer_new(&answer, NULL), R53_OK);
    assert_int_equal(r53_trace_new(&trace, NULL), R53_OK);
    assert_int_equal(r53_resolve(view, &q.query, answer, trace), R53_OK);
    for (size_t i = 0; r53_trace_get(trace, i, &entry) == R53_OK; i++)
        at += (size_t)snprintf(buffer + at, ANSWER_TEXT_MAX - at, "%s%s %s", at ? ", " : "",
                               entry.name, r53_rule_id(entry.rule));
    r53_trace_free(trace);
    r53_answer_free(answer);
    return buffer;
}

const char *reasons_text(char *buffer, const r53_view *view, const char *query)
{
    r53_trace_entry entry = {.size = sizeof(entry)};
    struct query_text q;
    r53_answer *answer;
    r53_trace *trace;
    char text[400];
    size_t at = 0;

    buffer[0] = '\0';
    query_parse(&q, query, strlen(query));
    assert_int_equal(r53_answer_new(&answer, NULL), R53_OK);
    assert_int_equal(r53_trace_new(&trace, NULL), R53_OK);
    assert_int_equal(r53_resolve(view, &q.query, answer, trace), R53_OK);
    for (size_t i = 0; r53_trace_get(trace, i, &entry) == R53_OK; i++) {
        assert_int_equal(r53_trace_text(trace, i, text, sizeof(text), NULL), R53_OK);
        if (is_reason(entry.event))
            at = reason_put(buffer, at, text);
    }
    r53_trace_free(trace);
    r53_answer_free(answer);
    return buffer;
}

const char *scope_text(char *buffer, const r53_view *view, const char *query)
{
    r53_answer_summary summary = {.size = sizeof(summary)};
    struct query_text q;
    r53_answer *answer;

    query_parse(&q, query, strlen(query));
    assert_int_equal(r53_answer_new(&answer, NULL), R53_OK);
    assert_int_equal(r53_resolve(view, &q.query, answer, NULL), R53_OK);
    assert_int_equal(r53_answer_summarize(answer, &summary), R53_OK);
    snprintf(buffer, ANSWER_TEXT_MAX, "%d", (int)summary.client_subnet_scope);
    r53_answer_free(answer);
    return buffer;
}

static void check_told(const struct policy_case *c, tell_function *tell)
{
    struct world world;

    world_open(&world, c->cloud);
    checks_fail(&world, c->down);
    expect_lines(world.view, c->lines, tell);
    world_close(&world);
}

void check_shares(void **state)
{
    check_told(*state, shares_text);
}

void check_answers(void **state)
{
    check_told(*state, resolve_text);
}

void check_scopes(void **state)
{
    check_told(*state, scope_text);
}

void check_reasons(void **state)
{
    check_told(*state, reasons_text);
}

void check_decisions(void **state)
{
    check_told(*state, decisions_text);
}
