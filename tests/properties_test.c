/*
 * Properties of what Route 53 answers, on random zones (support/forest.h): that it is what the
 * rules say naively (support/naive.h), and that nothing moves it but what it depends on. All seeds
 * are fixed: a failure names its forest, and comes back.
 */
#include "support/forest.h"
#include "support/harness.h"
#include "support/listing_text.h"
#include "support/naive.h"
#include "support/zone_text.h"

#include <r53/import.h>
#include <r53/outcomes.h>

#include "base/hash.h"
#include "route53/route.h"

#include <stdio.h>
#include <stdlib.h>

enum { FORESTS = 150, CLIENTS = 4, SEEDS = 24, EXACT_MAX = 4096 };

/* A forest, its cloud, and those who ask. */
struct grown {
    uint64_t seed;
    struct forest forest;
    struct forest_client clients[CLIENTS];
    struct world world;
};

static void sow(struct grown *g, uint64_t seed)
{
    g->seed = seed;
    forest_make(&g->forest, seed);
    for (int i = 0; i < CLIENTS; i++)
        forest_client_make(&g->forest, &g->clients[i]);
}

static void open_shuffled(struct grown *g, uint64_t shuffle)
{
    char *text = forest_text(&g->forest, shuffle);

    world_open(&g->world, text);
    free(text);
}

static void grow(struct grown *g, uint64_t seed)
{
    sow(g, seed);
    open_shuffled(g, 0);
}

static void query_write(char *out, size_t room, int i, const struct forest_client *client)
{
    snprintf(out, room, "n%d A%s", i, client->words);
}

static void fail_at(const struct grown *g, const char *query, const char *expected, const char *got)
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

static const char *answer_exact(char *out, const r53_view *view, const char *words, uint64_t seed)
{

    r53_answer_summary summary = {.size = sizeof(summary)};
    struct query_text query;
    r53_answer *answer;
    size_t at;

    query_parse(&query, words, strlen(words));
    query.query.seed = seed;
    assert_int_equal(r53_answer_new(&answer, NULL), R53_OK);
    assert_int_equal(r53_resolve(view, &query.query, answer, NULL), R53_OK);
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

static void assert_same_answer(const struct grown *g, const r53_view *other, int i, int client,
                               uint64_t seed)
{
    static char here[EXACT_MAX], there[EXACT_MAX];
    char query[300];

    query_write(query, sizeof(query), i, &g->clients[client]);
    answer_exact(here, g->world.view, query, seed);
    answer_exact(there, other, query, seed);
    if (strcmp(here, there) != 0)
        fail_at(g, query, here, there);
}

static void assert_same_answers(const struct grown *g, const r53_view *other)
{
    for (int i = 0; i < FOREST_NODES; i++) {
        for (uint64_t seed = 0; seed < SEEDS; seed++)
            assert_same_answer(g, other, i, (int)(seed % CLIENTS), seed);
    }
}

/* What is answered is what the rules say */

typedef void check_function(const struct grown *g, int i, const struct forest_client *client);

static void for_each_query(check_function *check)
{
    static struct grown g;

    for (uint64_t seed = 1; seed <= FORESTS; seed++) {
        grow(&g, seed);
        for (int i = 0; i < FOREST_NODES; i++) {
            for (int c = 0; c < CLIENTS; c++)
                check(&g, i, &g.clients[c]);
        }
        world_close(&g.world);
    }
}

static void shares_check(const struct grown *g, int i, const struct forest_client *client)
{
    static char expected[ANSWER_TEXT_MAX], got[ANSWER_TEXT_MAX];
    struct naive_ends ends;
    char query[300];

    query_write(query, sizeof(query), i, client);
    naive_resolve(&g->forest, i, client, &ends);
    naive_text(expected, &ends);
    shares_text(got, g->world.view, query);
    if (strcmp(expected, got) != 0)
        fail_at(g, query, expected, got);
}

static void shares_are_naive(void **state)
{
    (void)state;
    for_each_query(shares_check);
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

static void outcomes_check(const struct grown *g, int i, const struct forest_client *client)
{
    static char expected[ANSWER_TEXT_MAX], got[ANSWER_TEXT_MAX];
    struct naive_ends naive, ends;
    struct query_text query;
    r53_outcomes *outcomes;
    char words[300];

    query_write(words, sizeof(words), i, client);
    query_parse(&query, words, strlen(words));
    assert_int_equal(r53_outcomes_new(&outcomes, g->world.view, &query.query, NULL, NULL), R53_OK);
    outcomes_read(outcomes, &ends);
    r53_outcomes_free(outcomes);
    assert_sum_is_one(&ends);
    naive_resolve(&g->forest, i, client, &naive);
    naive_text(expected, &naive);
    if (strcmp(expected, naive_text(got, &ends)) != 0)
        fail_at(g, words, expected, got);
}

static void outcomes_are_naive(void **state)
{
    (void)state;
    for_each_query(outcomes_check);
}

static void scope_check(const struct grown *g, int i, const struct forest_client *client)
{
    char query[300], expected[20], got[20];
    int scope = naive_scope(&g->forest, i, client);

    query_write(query, sizeof(query), i, client);
    snprintf(expected, sizeof(expected), "%d", scope);
    snprintf(got, sizeof(got), "%s", scope_text((char[ANSWER_TEXT_MAX]){0}, g->world.view, query));
    if (scope != -2 && strcmp(expected, got) != 0)
        fail_at(g, query, expected, got);
}

static void scopes_are_naive(void **state)
{
    (void)state;
    for_each_query(scope_check);
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

    query_write(query, sizeof(query), i, client);
    naive_resolve(&g->forest, i, client, &ends);
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
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
    for_each_query(samples_check);
}

/* Five standard deviations; squared, for no root: (seen - n p)^2 <= 25 n p (1 - p). */
static void frequencies_check(const struct grown *g, int i, const struct forest_client *client)
{
    enum { SAMPLES = 3000 };
    unsigned seen[FOREST_NODES * FOREST_MEMBERS] = {0};
    int octets[FOREST_MEMBERS];
    struct naive_ends ends;
    char query[300];

    query_write(query, sizeof(query), i, client);
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
        grow(&g, seed);
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

        assert_int_equal(group->n, g->forest.groups[i].n);
        for (uint32_t r = group->first; r < group->first + group->n; r++) {
            const struct record_set *set = &vz->zone->record_sets[r];
            int k =
                member_by_id(&g->forest.groups[i], set->detail ? set->detail->set_identifier : "");

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
    for (uint64_t seed = 1; seed <= 2 * FORESTS; seed++) {
        grow(&g, seed);
        verdicts_check(&g);
        world_close(&g.world);
    }
}

/* The forest with addresses only, all of them behind this health check; -1: none. */
static void grow_addresses(struct grown *g, uint64_t seed, bool down)
{
    sow(g, seed);
    for (int i = 0; i < FOREST_NODES; i++) {
        for (int k = 0; k < g->forest.groups[i].n; k++) {
            struct forest_member *m = &g->forest.groups[i].members[k];

            m->to = FOREST_ADDRESS;
            m->evaluates = false;
            m->check = down ? FOREST_CHECKS : -1;
        }
    }
    forest_rewrite(&g->forest);
    open_shuffled(g, 0);
    world_say(&g->world, down ? "saw h8 down" : "");
    world_look(&g->world);
}

static void none_healthy_is_all_healthy(void **state)
{
    static struct grown all, none;

    (void)state;
    for (uint64_t seed = 1; seed <= FORESTS; seed++) {
        grow_addresses(&all, seed, false);
        grow_addresses(&none, seed, true);
        assert_same_answers(&all, none.world.view);
        world_close(&all.world);
        world_close(&none.world);
    }
}

/* What does not move an answer */

static void order_of_adding(void **state)
{
    static struct grown plain, shuffled;

    (void)state;
    for (uint64_t seed = 1; seed <= FORESTS; seed++) {
        grow(&plain, seed);
        sow(&shuffled, seed);
        open_shuffled(&shuffled, seed * 3);
        assert_same_answers(&plain, shuffled.world.view);
        world_close(&shuffled.world);
        world_close(&plain.world);
    }
}

/* What only an import takes: the order does not matter there either, and shares sum to 1. */
static void wild_groups(void **state)
{
    static char told[ANSWER_TEXT_MAX];
    static struct grown plain, shuffled;

    (void)state;
    for (uint64_t seed = 1; seed <= FORESTS; seed++) {
        sow(&plain, seed);
        forest_make_wild(&plain.forest);
        open_shuffled(&plain, 0);
        shuffled = plain;
        open_shuffled(&shuffled, seed * 3);
        assert_same_answers(&plain, shuffled.world.view);
        for (int i = 0; i < FOREST_NODES; i++) {
            char query[300];

            query_write(query, sizeof(query), i, &plain.clients[0]);
            shares_text(told, plain.world.view, query);
        }
        world_close(&shuffled.world);
        world_close(&plain.world);
    }
}

/* None of these is what a query for n0 .. n9 of type A depends on. */
static const char *const edits[] = {
    "a A 192.0.2.250\n",
    "a A 192.0.2.250 id=a weight=1\na A 192.0.2.251 id=b weight=2 hc=h0\n",
    "n3 AAAA 2001:db8::1 id=a weight=1\nn3 AAAA 2001:db8::2 id=b weight=1\n",
    "n1 TXT \"x\"\nx.n4 A 192.0.2.250 id=a region=eu-west-1\n* A 192.0.2.252\n",
    "n MX 10~n1.example.com\nn10 CNAME n1.example.com\n",
    "zz A alias=ZONE1/n1 id=a eth failover=PRIMARY\nzz A 192.0.2.250 id=b failover=SECONDARY\n",
    "saw q1 down\ncheck q2 tcp\nblocks C2 l0=203.0.0.0/12\nblocks C1 other=203.0.113.0/24\n",
    "place 198.51.100.0/24 DE\nlatency 198.51.100.0/24 us-east-1=1\nlatency ZA us-east-1=9999\n",
    "seen d1.cloudfront.net 203.0.113.1\n",
    "zone ZX example.org\nn1.example.org. A 192.0.2.250\n",
    "zone ZW vpc.test vpc-2\nn1.vpc.test. A 192.0.2.250\n",
};

static void unrelated_edits(void **state)
{
    static struct grown plain;

    (void)state;
    for (uint64_t seed = 1; seed <= FORESTS; seed++) {
        const char *edit = edits[seed % COUNT(edits)];
        struct world edited;
        char *text, *more;

        grow(&plain, seed);
        text = forest_text(&plain.forest, 0);
        more = malloc(strlen(text) + strlen(edit) + 1);
        assert_non_null(more);
        sprintf(more, "%s%s", text, edit);
        world_open(&edited, more);
        assert_same_answers(&plain, edited.view);
        free(more);
        free(text);
        world_close(&edited);
        world_close(&plain.world);
    }
}

/* The same through the change door, in the cloud that has answered before. */
static void unrelated_changes(void **state)
{
    static struct grown g;

    (void)state;
    for (uint64_t seed = 1; seed <= FORESTS; seed++) {
        struct world *world = &g.world;
        const r53_view *before;

        grow(&g, seed);
        before = r53_view_retain(world->view);
        assert_int_equal(batch_apply(world->cloud,
                                     "CREATE a A 192.0.2.250 id=a weight=1\n"
                                     "CREATE n2 AAAA 2001:db8::1\nCREATE z.n5 TXT \"x\"\n"
                                     "UPSERT z A 192.0.2.251 id=z hc=q country=DE\n",
                                     NULL),
                         R53_OK);
        world_look(world);
        assert_same_answers(&g, before);
        assert_int_equal(batch_apply(world->cloud,
                                     "DELETE a A 192.0.2.250 id=a weight=1\n"
                                     "DELETE n2 AAAA 2001:db8::1\n",
                                     NULL),
                         R53_OK);
        world_look(world);
        assert_same_answers(&g, before);
        r53_view_release(before);
        world_close(world);
    }
}

/* Listings */

/* More kinds of record sets than forests have. */
#define DECORATION                                                                                 \
    "@ MX 10~mail.example.com,20~mail.example.net\nmail A 192.0.2.200,192.0.2.201 ttl=60\n"        \
    "c CNAME a.example.net id=a weight=0\nc CNAME b.example.net id=b weight=255\n"                 \
    "t TXT \"a=b\",\"c\"\n*.w AAAA 2001:db8::1\ng A 192.0.2.1 id=a gpregion=us-east-1\n"           \
    "g A 192.0.2.2 id=b lzg=us-east-1-bue-1 bias=-1\ng A 192.0.2.3 id=c lat=-1.25 lon=+7.5\n"      \
    "s SRV 1~2~3~s.example.com\nd A 192.0.2.4 hc=h1\nm A 192.0.2.5 id=x multi=false\n"

static void listings_come_back(void **state)
{
    static struct listing_text first, second;
    static struct grown g;

    (void)state;
    for (uint64_t seed = 1; seed <= FORESTS; seed++) {
        const char *zone;
        struct world other;
        char *text, *more;

        grow(&g, seed);
        zone = g.forest.is_private ? "ZP" : "ZONE1";
        if (!g.forest.is_private)
            world_say(&g.world, DECORATION);
        listing_text(&first, g.world.cloud, zone, false);
        assert_int_equal(first.lines,
                         g.forest.n_lines - g.forest.first_record + (g.forest.is_private ? 0 : 12));
        g.forest.n_lines = g.forest.first_record;
        text = forest_text(&g.forest, 0);
        more = malloc(strlen(text) + first.n + 1);
        assert_non_null(more);
        sprintf(more, "%s%s", text, first.at);
        world_open(&other, more);
        assert_string_equal(listing_text(&second, other.cloud, zone, false), first.at);
        assert_same_answers(&g, other.view);
        free(more);
        free(text);
        world_close(&other);
        world_close(&g.world);
    }
}

/* Batches that fail */

static void batch_write(struct grown *g, char *out)
{
    static const char *const faults[] = {
        "DELETE nowhere A 192.0.2.1\n",
        "CREATE bad A 1.2.3\n",
        "CREATE bad A 192.0.2.1,192.0.2.1\n",
        "CREATE x.example.org. A 192.0.2.1\n",
        "CREATE two A 192.0.2.1 id=a weight=1 region=us-east-1\n",
        "CREATE away A alias=ZONE1/never\n",
        "CREATE checked A 192.0.2.1 id=a weight=3 hc=unknown1\n",
        "UPSERT heavy A 192.0.2.1 id=a weight=256\n",
        "UPSERT @ CNAME a.example.net\n",
        "CREATE ttl A 192.0.2.1 id=a weight=1\nCREATE ttl A 192.0.2.2 id=b weight=1 ttl=60\n",
    };
    struct forest *f = &g->forest;
    int at = forest_pick(f, 4), fault = forest_pick(f, COUNT(faults) + 1);
    char line[FOREST_LINE];

    *out = '\0';
    for (int i = 0; i < 4; i++) {
        if (i == at && fault < (int)COUNT(faults)) {
            strcat(out, faults[fault]);
        } else if (i == at) { /* what is there already */
            forest_member_line(f, 5, 0, line);
            sprintf(out + strlen(out), "CREATE %s\n", line);
        }
        if (forest_pick(f, 2)) {
            sprintf(out + strlen(out), "UPSERT new%d A 192.0.2.24%d id=a weight=1\n", i, i);
        } else {
            forest_member_line(f, i, 0, line);
            sprintf(out + strlen(out), "DELETE %s\n", line);
        }
    }
}

static void failed_batches(void **state)
{
    static struct listing_text before, after;
    static struct grown g;

    (void)state;
    for (uint64_t seed = 1; seed <= FORESTS; seed++) {
        char batch[10 * FOREST_LINE];
        const r53_view *view;

        grow(&g, seed);
        batch_write(&g, batch);
        batch_apply(g.world.cloud, "", NULL);
        listing_text(&before, g.world.cloud, "ZONE1", true);
        view = r53_view_retain(g.world.view);
        if (batch_apply(g.world.cloud, batch, g.world.report) == R53_OK)
            fail_msg("forest %u: this was taken:\n%s", (unsigned)seed, batch);
        world_look(&g.world);
        assert_string_equal(listing_text(&after, g.world.cloud, "ZONE1", true), before.at);
        assert_same_answers(&g, view);
        r53_view_release(view);
        world_close(&g.world);
    }
}

int main(void)
{
    static struct CMUnitTest tests[14];
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
    ADD_TEST(tests, n, "R53-GROUP-08 T41 the order of adding changes no answer", order_of_adding);
    ADD_TEST(tests, n, "R53-JSON-09 nor that of record sets which do not go together", wild_groups);
    ADD_TEST(tests, n, "R53-GROUP-04 an unrelated edit changes no answer", unrelated_edits);
    ADD_TEST(tests, n, "R53-GROUP-04 R53-BATCH-01 nor does an unrelated change", unrelated_changes);
    ADD_TEST(tests, n, "R53-LIST-01 what is listed, loaded again, is listed and answers the same",
             listings_come_back);
    ADD_TEST(tests, n, "R53-BATCH-01 a batch that fails leaves listing and answers",
             failed_batches);
    return RUN_TESTS("properties", tests, n);
}
