#include "grown.h"

#include "harness.h"

#include <stdio.h>
#include <stdlib.h>

void grown_sow(struct grown *g, uint64_t seed)
{
    g->seed = seed;
    forest_make(&g->forest, seed);
    for (int i = 0; i < GROWN_CLIENTS; i++)
        forest_client_make(&g->forest, &g->clients[i]);
}

void grown_open(struct grown *g, uint64_t shuffle)
{
    char *text = forest_text(&g->forest, shuffle);

    world_open(&g->world, text);
    free(text);
}

void grown_make(struct grown *g, uint64_t seed)
{
    grown_sow(g, seed);
    grown_open(g, 0);
}

void grown_query(char *out, size_t room, int i, const struct forest_client *client)
{
    snprintf(out, room, "n%d A%s", i, client->words);
}

void grown_fail(const struct grown *g, const char *query, const char *expected, const char *got)
{
    char *text = forest_text(&g->forest, 0);

    print_error("%s", text);
    free(text);
    fail_msg("forest %u, %s\n  expected: %s\n  got:      %s", (unsigned)g->seed, query, expected,
             got);
}

/* Answers, record by record in their order */

static size_t record_put(char *out, size_t at, r53_answer *answer, int32_t section, size_t i)
{
    r53_record record = {.size = sizeof(record)};

    assert_int_equal(r53_answer_record(answer, section, i, &record), R53_OK);
    return at + (size_t)snprintf(out + at, EXACT_MAX - at, "|%d %s %u %s %s", (int)section,
                                 record.name, record.ttl, r53_type_name(record.type), record.value);
}

const char *answer_traced(char *out, const r53_view *view, const char *words, uint64_t seed,
                          r53_trace *trace)
{

    r53_answer_summary summary = {.size = sizeof(summary)};
    struct query_text query;
    r53_answer *answer;
    size_t at;

    query_parse(&query, words, strlen(words));
    query.query.seed = seed;
    assert_int_equal(r53_answer_new(&answer, NULL), R53_OK);
    assert_int_equal(r53_resolve(view, &query.query, answer, trace), R53_OK);
    assert_int_equal(r53_answer_summarize(answer, &summary), R53_OK);
    at = (size_t)snprintf(out, EXACT_MAX, "%s %d %d %d '%s'", r53_rcode_name(summary.rcode),
                          (int)summary.authoritative, (int)summary.client_subnet_scope,
                          (int)summary.alias_hops, summary.set_identifier);
    for (int32_t s = R53_SECTION_ANSWER; s <= R53_SECTION_ADDITIONAL; s++) {
        for (size_t i = 0; i < r53_answer_count(answer, s); i++)
            at = record_put(out, at, answer, s, i);
    }
    assert_true(at < EXACT_MAX);
    r53_answer_free(answer);
    return out;
}

const char *answer_exact(char *out, const r53_view *view, const char *words, uint64_t seed)
{
    return answer_traced(out, view, words, seed, NULL);
}

static void assert_same_answer(const struct grown *g, const r53_view *other, int i, int client,
                               uint64_t seed)
{
    static char here[EXACT_MAX], there[EXACT_MAX];
    char query[300];

    grown_query(query, sizeof(query), i, &g->clients[client]);
    answer_exact(here, g->world.view, query, seed);
    answer_exact(there, other, query, seed);
    if (strcmp(here, there) != 0)
        grown_fail(g, query, here, there);
}

void assert_same_answers(const struct grown *g, const r53_view *other)
{
    for (int i = 0; i < FOREST_NODES; i++) {
        for (uint64_t seed = 0; seed < GROWN_SEEDS; seed++)
            assert_same_answer(g, other, i, (int)(seed % GROWN_CLIENTS), seed);
    }
}

void grown_for_each(grown_check *check)
{
    static struct grown g;

    for (uint64_t seed = 1; seed <= GROWN_FORESTS; seed++) {
        grown_make(&g, seed);
        for (int i = 0; i < FOREST_NODES; i++) {
            for (int c = 0; c < GROWN_CLIENTS; c++)
                check(&g, i, &g.clients[c]);
        }
        world_close(&g.world);
    }
}
