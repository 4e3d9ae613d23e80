/*
 * What Route 53 answers of random zones (support/forest.h) is what the rules say naively
 * (support/naive.h): choices, exact shares, samples, verdicts, scopes.
 */
#include "support/grown.h"
#include "support/harness.h"
#include "support/naive.h"

#include <r53/outcomes.h>

#include "route53/route.h"

#include <stdio.h>
#include <stdlib.h>

static void shares_check(const struct grown *g, int i, const struct forest_client *client)
{
    static char expected[ANSWER_TEXT_MAX], got[ANSWER_TEXT_MAX];
    struct naive_ends ends;
    char query[300];

    grown_query(query, sizeof(query), i, client);
    naive_resolve(&g->forest, i, client, &ends);
    naive_text(expected, &ends);
    shares_text(got, g->world.view, query);
    if (strcmp(expected, got) != 0)
        grown_fail(g, query, expected, got);
}

static void shares_are_naive(void **state)
{
    (void)state;
    grown_for_each(shares_check);
}

static int octet_of(const char *address)
{
    assert_int_equal(strncmp(address, "192.0.2.", 8), 0);
    return atoi(address + 8);
}

/* The outcomes as the naive implementation has them. */
static void outcomes_read(const r53_outcomes *outcomes, struct naive_ends *ends)
{
    const struct fraction none = {0, 1};
    r53_outcome o = {.size = sizeof(o)};

    for (size_t a = 0; a < COUNT(ends->addresses); a++)
        ends->addresses[a] = none;
    ends->failure = ends->nothing = none;
    for (size_t i = 0; i < r53_outcomes_count(outcomes); i++) {
        struct fraction *end = &ends->nothing;

        assert_int_equal(r53_outcomes_get(outcomes, i, &o), R53_OK);
        if (o.kind == R53_OUTCOME_ADDRESS)
            end = &ends->addresses[octet_of(o.value)];
        else if (o.rcode == R53_RCODE_SERVFAIL)
            end = &ends->failure;
        assert_int_equal(end->part, 0);
        *end =
            (struct fraction){strtoull(o.numerator, NULL, 10), strtoull(o.denominator, NULL, 10)};
    }
}

static void assert_sum_is_one(const struct naive_ends *ends)
{
    struct fraction sum = fraction_plus(ends->failure, ends->nothing);

    for (size_t a = 0; a < COUNT(ends->addresses); a++)
        sum = fraction_plus(sum, ends->addresses[a]);
    assert_int_equal(sum.part, 1);
    assert_int_equal(sum.whole, 1);
}

/* The outcomes that the library tells, which sum to 1. */
static void outcomes_ask(const struct grown *g, const char *words, struct naive_ends *ends)
{
    struct query_text query;
    r53_outcomes *outcomes;

    query_parse(&query, words, strlen(words));
    assert_int_equal(r53_outcomes_new(&outcomes, g->world.view, &query.query, NULL, NULL), R53_OK);
    outcomes_read(outcomes, ends);
    r53_outcomes_free(outcomes);
    assert_sum_is_one(ends);
}

static void outcomes_check(const struct grown *g, int i, const struct forest_client *client)
{
    static char expected[ANSWER_TEXT_MAX], got[ANSWER_TEXT_MAX];
    struct naive_ends naive, ends;
    char words[300];

    grown_query(words, sizeof(words), i, client);
    outcomes_ask(g, words, &ends);
    naive_resolve(&g->forest, i, client, &naive);
    naive_text(expected, &naive);
    if (strcmp(expected, naive_text(got, &ends)) != 0)
        grown_fail(g, words, expected, got);
}

static void outcomes_are_naive(void **state)
{
    (void)state;
    grown_for_each(outcomes_check);
}

static void scope_check(const struct grown *g, int i, const struct forest_client *client)
{
    static char got[ANSWER_TEXT_MAX];
    int scope = naive_scope(&g->forest, i, client);
    char query[300], expected[20];

    grown_query(query, sizeof(query), i, client);
    snprintf(expected, sizeof(expected), "%d", scope);
    scope_text(got, g->world.view, query);
    if (scope != -2 && strcmp(expected, got) != 0)
        grown_fail(g, query, expected, got);
}

static void scopes_are_naive(void **state)
{
    (void)state;
    grown_for_each(scope_check);
}

/* Answers with a seed */

/* Octets of the answer's addresses, in their order; returns how many. */
static int octets_of(const r53_view *view, const char *words, uint64_t seed, int *out)
{
    static char exact[EXACT_MAX];
    int n = 0;

    answer_exact(exact, view, words, seed);
    for (const char *at = exact; (at = strstr(at, " A 192.0.2.")); at++) {
        assert_true(n < FOREST_MEMBERS);
        out[n++] = octet_of(at + 3);
    }
    return n;
}

/* R53-MULTI-02: all that may be answered, up to eight; of other groups one. */
static int answered_of(const struct forest *f, int i, const struct forest_client *client)
{
    int shares[FOREST_MEMBERS], eligible = naive_choose(f, i, client, shares);

    if (f->groups[i].policy != FOREST_MULTIVALUE)
        return 1;
    return eligible < 8 ? eligible : 8;
}

static bool any_eligible_is_healthy(const struct forest *f, int i,
                                    const struct forest_client *client)
{
    for (int k = 0; k < f->groups[i].n; k++) {
        if (naive_matches(f, i, k, client) && naive_is_healthy(f, i, k))
            return true;
    }
    return false;
}

static void samples_check(const struct grown *g, int i, const struct forest_client *client)
{
    struct naive_ends ends;
    char query[300];

    grown_query(query, sizeof(query), i, client);
    naive_resolve(&g->forest, i, client, &ends);
    for (uint64_t seed = 0; seed < GROWN_SEEDS; seed++) {
        int octets[FOREST_MEMBERS], n = octets_of(g->world.view, query, seed, octets);

        if (n == 0)
            assert_true(ends.failure.part + ends.nothing.part > 0);
        else
            assert_int_equal(n, answered_of(&g->forest, octets[0] / 10, client));
        for (int a = 0; a < n; a++) {
            int group = octets[a] / 10;

            assert_true(ends.addresses[octets[a]].part > 0);
            if (!naive_is_healthy(&g->forest, group, octets[a] % 10) &&
                g->forest.groups[group].policy != FOREST_SIMPLE)
                assert_false(any_eligible_is_healthy(&g->forest, group, client));
            for (int b = 0; b < a; b++)
                assert_int_not_equal(octets[a], octets[b]);
        }
    }
}

static void samples_are_eligible(void **state)
{
    (void)state;
    grown_for_each(samples_check);
}

/* Five standard deviations; squared, for no root: (seen - n p)^2 <= 25 n p (1 - p). */
static void frequencies_check(const struct grown *g, int i, const struct forest_client *client)
{
    enum { SAMPLES = 3000 };
    unsigned seen[FOREST_NODES * FOREST_MEMBERS] = {0};
    int octets[FOREST_MEMBERS];
    struct naive_ends ends;
    char query[300];

    grown_query(query, sizeof(query), i, client);
    naive_resolve(&g->forest, i, client, &ends);
    for (uint64_t seed = 0; seed < SAMPLES; seed++) {
        if (octets_of(g->world.view, query, seed, octets) > 0)
            seen[octets[0]]++;
    }
    for (size_t a = 0; a < COUNT(seen); a++) {
        double p = (double)ends.addresses[a].part / (double)ends.addresses[a].whole;
        double off = seen[a] - SAMPLES * p;

        assert_true(off * off <= 25 * SAMPLES * p * (1 - p));
    }
}

static void frequencies_follow_shares(void **state)
{
    static struct grown g;
    int checked = 0;

    (void)state;
    for (uint64_t seed = 1; checked < 20; seed++) {
        grown_make(&g, seed);
        for (int i = 0; i < FOREST_NODES; i++) {
            bool by_chance = g.forest.groups[i].policy == FOREST_WEIGHTED ||
                             g.forest.groups[i].policy == FOREST_MULTIVALUE;

            if (!by_chance || g.forest.groups[i].n < 2)
                continue;
            frequencies_check(&g, i, &g.clients[0]);
            checked++;
        }
        world_close(&g.world);
    }
}

/* Health */

static const struct group *node_group(const struct view_zone *vz, int i)
{
    struct name_buffer name;
    char text[32];

    snprintf(text, sizeof(text), "n%d.example.com", i);
    assert_int_equal(r53__name_parse(&name, r53__span(text)), NAME_OK);
    return r53__zone_group(vz->zone, r53__zone_owner(vz->zone, r53__name(&name)), R53_TYPE_A);
}

static const struct view_zone *zone_of(const struct grown *g)
{
    const char *id = g->forest.is_private ? "ZP" : "ZONE1";
    const r53_view *view = g->world.view;

    for (uint32_t i = 0; i < view->n_zones; i++) {
        if (strcmp(view->zones[i].zone->id, id) == 0)
            return &view->zones[i];
    }
    fail_msg("no zone %s", id);
    return NULL;
}

static int member_by_id(const struct forest_group *group, const char *id)
{
    for (int k = 0; k < group->n; k++) {
        if (group->policy == FOREST_SIMPLE || strcmp(group->members[k].id, id) == 0)
            return k;
    }
    fail_msg("no set identifier '%s'", id);
    return -1;
}

static void verdicts_check(const struct grown *g)
{
    const struct view_zone *vz = zone_of(g);

    for (int i = 0; i < FOREST_NODES; i++) {
        const struct group *group = node_group(vz, i);

        assert_int_equal(r53__group_size(group), g->forest.groups[i].n);
        for (uint32_t r = group->first; r < r53__group_end(group); r++) {
            const struct record_set *set = &vz->zone->record_sets[r];
            const struct record_detail *detail = r53__record_detail(vz->zone, set);
            int k = member_by_id(&g->forest.groups[i], detail ? detail->set_identifier : "");

            if (r53__view_healthy(vz, set) != naive_is_healthy(&g->forest, i, k))
                fail_msg("forest %u: verdict of n%d '%s'", (unsigned)g->seed, i,
                         g->forest.groups[i].members[k].id);
        }
    }
}

static void verdicts_are_recursive(void **state)
{
    static struct grown g;

    (void)state;
    for (uint64_t seed = 1; seed <= 2 * GROWN_FORESTS; seed++) {
        grown_make(&g, seed);
        verdicts_check(&g);
        world_close(&g.world);
    }
}

/*
 * The forest with addresses only, all of them behind a health check that is down, or behind none.
 */
static void grow_addresses(struct grown *g, uint64_t seed, bool down)
{
    grown_sow(g, seed);
    for (int i = 0; i < FOREST_NODES; i++) {
        for (int k = 0; k < g->forest.groups[i].n; k++) {
            struct forest_member *m = &g->forest.groups[i].members[k];

            m->to = FOREST_ADDRESS;
            m->evaluates = false;
            m->check = down ? FOREST_CHECKS : -1;
        }
    }
    forest_rewrite(&g->forest);
    grown_open(g, 0);
    world_say(&g->world, down ? "saw h8 down" : "");
    world_look(&g->world);
}

static void none_healthy_is_all_healthy(void **state)
{
    static struct grown all, none;

    (void)state;
    for (uint64_t seed = 1; seed <= GROWN_FORESTS; seed++) {
        grow_addresses(&all, seed, false);
        grow_addresses(&none, seed, true);
        assert_same_answers(&all, none.world.view);
        world_close(&all.world);
        world_close(&none.world);
    }
}

/* Every entry of the trace can be told, and telling moves nothing. */
static void trace_check(const struct grown *g, int i, const struct forest_client *client)
{
    static char plain[EXACT_MAX], traced[EXACT_MAX];
    char query[300], text[600];
    r53_trace *trace;

    grown_query(query, sizeof(query), i, client);
    assert_int_equal(r53_trace_new(&trace, NULL), R53_OK);
    answer_exact(plain, g->world.view, query, g->seed);
    answer_traced(traced, g->world.view, query, g->seed, trace);
    if (strcmp(plain, traced) != 0)
        grown_fail(g, query, plain, traced);
    assert_true(r53_trace_count(trace) > 0);
    for (size_t e = 0; e < r53_trace_count(trace); e++)
        assert_int_equal(r53_trace_text(trace, e, text, sizeof(text), NULL), R53_OK);
    r53_trace_free(trace);
}

/* What only an import takes: the order does not matter there either, and shares sum to 1. */
static void wild_groups(void **state)
{
    static char expected[ANSWER_TEXT_MAX], got[ANSWER_TEXT_MAX];
    static struct grown plain, shuffled;

    (void)state;
    for (uint64_t seed = 1; seed <= GROWN_FORESTS; seed++) {
        grown_sow(&plain, seed);
        forest_make_wild(&plain.forest);
        grown_open(&plain, 0);
        shuffled = plain;
        grown_open(&shuffled, seed * 3);
        assert_same_answers(&plain, shuffled.world.view);
        for (int i = 0; i < FOREST_NODES; i++) {
            const struct forest_client *client = &plain.clients[seed % GROWN_CLIENTS];
            struct naive_ends ends;
            char query[300];

            grown_query(query, sizeof(query), i, client);
            outcomes_ask(&plain, query, &ends);
            assert_string_equal(naive_text(expected, &ends),
                                shares_text(got, plain.world.view, query));
            trace_check(&plain, i, client);
        }
        world_close(&shuffled.world);
        world_close(&plain.world);
    }
}

static void traces_tell_only(void **state)
{
    (void)state;
    grown_for_each(trace_check);
}

int main(void)
{
    static struct CMUnitTest tests[9];
    size_t n = 0;

    ADD_TEST(tests, n, "R53-HEALTH-30 the shares of random zones are those of the naive rules",
             shares_are_naive);
    ADD_TEST(tests, n, "R53-HEALTH-30 so are the exact outcomes, and they sum to 1",
             outcomes_are_naive);
    ADD_TEST(tests, n, "R53-PLACE-04 T34 so are the scopes of client subnets", scopes_are_naive);
    ADD_TEST(tests, n,
             "R53-HEALTH-05 nothing unhealthy is answered while a healthy one is eligible",
             samples_are_eligible);
    ADD_TEST(tests, n, "R53-WEIGHTED-02 R53-MULTI-03 samples follow the shares",
             frequencies_follow_shares);
    ADD_TEST(tests, n, "R53-HEALTH-30 verdicts of random zones are those of the recursive rules",
             verdicts_are_recursive);
    ADD_TEST(tests, n, "R53-HEALTH-05 R53-HEALTH-06 none healthy is answered as all healthy",
             none_healthy_is_all_healthy);
    ADD_TEST(tests, n, "R53-JSON-09 record sets that do not go together are answered, in any order",
             wild_groups);
    ADD_TEST(tests, n, "R53-HEALTH-30 telling how an answer came about does not move it",
             traces_tell_only);
    return RUN_TESTS("properties", tests, n);
}
