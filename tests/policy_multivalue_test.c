/*
 * Multivalue answers: how many record sets are answered, that every choice of them is as likely,
 * and what an RRset made of several record sets looks like.
 */
#include "support/harness.h"
#include "support/shares.h"

#include <stdio.h>

/* Record sets .1 to .N, their health checks a b c ... */
#define M(N, CHECK) "m A 192.0.2." #N " id=" CHECK " hc=" CHECK " multi=true\n"
#define THREE       M(1, "a") M(2, "b") M(3, "c")
#define EIGHT       THREE M(4, "d") M(5, "e") M(6, "f") M(7, "g") M(8, "h")
#define TEN         EIGHT M(9, "i") M(10, "j")

static const struct policy_case cases[] = {
    {"R53-MULTI-02 R53-MULTI-03 each is as likely to be the first", THREE, "",
     "m A -> .1 1/3, .2 1/3, .3 1/3\n"},
    {"R53-MULTI-02 of the healthy", TEN, "a b c d e f g", "m A -> .8 1/3, .9 1/3, .10 1/3\n"},
    {"R53-MULTI-02 R53-HEALTH-05 of all without any healthy", THREE, "a b c",
     "m A -> .1 1/3, .2 1/3, .3 1/3\n"},
    {"R53-MULTI-02 R53-WEIGHTED-08 in a tree",
     THREE "w A alias=ZONE1/m id=a eth weight=1\nw A 192.0.2.9 id=b weight=1\n", "b",
     "w A -> .1 1/4, .3 1/4, .9 1/2\n"},
    {"R53-HEALTH-14 R53-HEALTH-31 a group without any healthy is left",
     THREE "f A alias=ZONE1/m id=p eth failover=PRIMARY\nf A 192.0.2.9 id=s failover=SECONDARY\n",
     "a b c", "f A -> .9 1\n"},
    {"R53-HEALTH-14 any healthy one holds it",
     THREE "f A alias=ZONE1/m id=p eth failover=PRIMARY\nf A 192.0.2.9 id=s failover=SECONDARY\n",
     "a c", "f A -> .2 1\n"},
};

#define ALL_THREE "m 300 A 192.0.2.1, m 300 A 192.0.2.2, m 300 A 192.0.2.3"
#define ALL_EIGHT                                                                                  \
    ALL_THREE ", m 300 A 192.0.2.4, m 300 A 192.0.2.5, m 300 A 192.0.2.6, m 300 A 192.0.2.7, "     \
              "m 300 A 192.0.2.8"

static const struct policy_case answers[] = {
    {"R53-MULTI-02 R53-CASE-54 eight or fewer: all of them", EIGHT, "",
     "m A -> NOERROR aa; " ALL_EIGHT "; AUTH=NS\n"},
    {"R53-MULTI-02 R53-CASE-54 without health checks all count as healthy",
     "m A 192.0.2.1 id=1 multi=true\nm A 192.0.2.2 id=2 multi=true\n"
     "m A 192.0.2.3 id=3 multi=true\n",
     "", "m A -> NOERROR aa; " ALL_THREE "; AUTH=NS\n"},
    {"R53-MULTI-02 R53-CASE-54 three of ten are healthy: those", TEN, "d e f g h i j",
     "m A -> NOERROR aa; " ALL_THREE "; AUTH=NS\n"},
    {"R53-MULTI-02 R53-HEALTH-06 T3 none of eight is: all of them", EIGHT, "a b c d e f g h",
     "m A -> NOERROR aa; " ALL_EIGHT "; AUTH=NS\n"},
    {"R53-MULTI-03 the smallest TTL of those answered",
     "m A 192.0.2.1 ttl=60 id=1 multi=true\nm A 192.0.2.2 ttl=30 id=2 multi=true\n"
     "m A 192.0.2.3 ttl=5 hc=x id=3 multi=true\n",
     "x", "m A -> NOERROR aa; m 30 A 192.0.2.1, m 30 A 192.0.2.2; AUTH=NS\n"},
    {"R53-MULTI-04 several values: record sets are counted, not values",
     "m A 192.0.2.1,192.0.2.2 id=1 multi=true\nm A 192.0.2.3 id=2 multi=true\n", "",
     "m A -> NOERROR aa; " ALL_THREE "; AUTH=NS\n"},
    {"R53-MULTI-06 a value of several record sets is answered once",
     "m A 192.0.2.1,192.0.2.2 id=1 multi=true\nm A 192.0.2.2,192.0.2.3 id=2 multi=true\n"
     "m A 192.0.2.1 id=3 multi=true\n",
     "", "m A -> NOERROR aa; " ALL_THREE "; AUTH=NS\n"},
    {"R53-MULTI-02 below an alias, under the queried name", THREE "x A alias=ZONE1/m\n", "b",
     "x A -> NOERROR aa; x 300 A 192.0.2.1, x 300 A 192.0.2.3; AUTH=NS\n"},
    {"R53-MULTI-02 R53-DNS-14 beside others for ANY", THREE "m TXT \"t\"\n", "b c",
     "m ANY -> NOERROR aa; m 300 A 192.0.2.1, m 300 TXT \"t\"; AUTH=NS\n"},
    {"R53-JSON-09 R53-MULTI-01 a loaded alias among them is passed over, or followed",
     "m A alias=ZONE1/none id=1 hc=x multi=true\nm A 192.0.2.2 id=2 multi=true\n"
     "o A alias=ZONE1/m id=1 multi=true\n",
     "x",
     "m A -> NOERROR aa; m 300 A 192.0.2.2; AUTH=NS\n"
     "o A -> NOERROR aa; o 300 A 192.0.2.2; AUTH=NS\n"},
    {"R53-JSON-09 R53-MULTI-03 a loaded alias does not lower the TTL",
     "m A alias=ZONE1/m id=1 hc=x multi=true\nm A 192.0.2.2 id=2 hc=x multi=true\n"
     "m A 192.0.2.3 ttl=20 id=3 hc=x multi=true\n",
     "x", "m A seed=1 -> NOERROR aa; m 20 A 192.0.2.2, m 20 A 192.0.2.3; AUTH=NS\n"},
    {"R53-MULTI-05 false is another policy than none, and answers likewise",
     "m A 192.0.2.1 id=1 multi=false\nm A 192.0.2.2 id=2 multi=true\n", "",
     "m A -> NOERROR aa; m 300 A 192.0.2.1, m 300 A 192.0.2.2; AUTH=NS\n"},
    {"R53-MULTI-02 R53-DNS-12 addresses of all names that are told go besides",
     "m MX 10~a.example.com id=1 multi=true\nm MX 20~b.example.com id=2 multi=true\n"
     "a A 192.0.2.1\nb A 192.0.2.2\n",
     "",
     "m MX -> NOERROR aa; m 300 MX 10 a.example.com., m 300 MX 20 b.example.com.; AUTH=NS; "
     "ADD a 300 A 192.0.2.1, b 300 A 192.0.2.2\n"},
};

static const struct policy_case scopes[] = {
    {"R53-PLACE-04 a multivalue answer does not depend on the client", THREE, "",
     "m A subnet=203.0.113.0/24 -> 0\n"},
};

static const struct policy_case reasons[] = {
    {"R53-MULTI-02 the trace tells who is unhealthy", "m A 192.0.2.1 id=1 hc=a multi=true\n", "a",
     "m A -> m A \"1\" is unhealthy: health check a fails; nothing in m A is healthy, so all "
     "count as healthy; m A \"1\" is among the 1 answered; m A \"1\" is the choice; 1 of 1 record set(s) that may be answered are, "
     "with their smallest TTL, 300\n"},
};

/* Draws */

enum { SEEDS = 6000, TARGETS = 11 };

struct counts {
    unsigned told[TARGETS], first[TARGETS], both, total;
};

static void count_answer(struct counts *counts, r53_answer *answer)
{
    r53_record record = {.size = sizeof(record)};
    size_t n = r53_answer_count(answer, R53_SECTION_ANSWER);
    bool has[TARGETS] = {false};

    for (size_t i = 0; i < n; i++) {
        assert_int_equal(r53_answer_record(answer, R53_SECTION_ANSWER, i, &record), R53_OK);
        assert_false(has[record.rdata[3]]);
        has[record.rdata[3]] = true;
        counts->told[record.rdata[3]]++;
        counts->first[record.rdata[3]] += i == 0;
    }
    counts->both += has[1] && has[2];
    counts->total += (unsigned)n;
}

static void count_seeds(struct counts *counts, const char *cloud, const char *down)
{
    r53_query query = {.size = sizeof(query), .name = "m.example.com"};
    struct world world;
    r53_answer *answer;

    *counts = (struct counts){.total = 0};
    world_open(&world, cloud);
    checks_fail(&world, down);
    assert_int_equal(r53_answer_new(&answer, NULL), R53_OK);
    for (query.seed = 0; query.seed < SEEDS; query.seed++) {
        assert_int_equal(r53_resolve(world.view, &query, answer, NULL), R53_OK);
        count_answer(counts, answer);
    }
    r53_answer_free(answer);
    world_close(&world);
}

/* Eight of ten: each in 8/10 of the answers, first in 1/10, a pair in 8/10 * 7/9 = 28/45. */
static void eight_of_ten(void **state)
{
    static const char *const down[] = {"", "a b c d e f g h i j"};
    struct counts counts;

    (void)state;
    for (size_t k = 0; k < COUNT(down); k++) {
        count_seeds(&counts, TEN, down[k]);
        assert_int_equal(counts.total, SEEDS * 8);
        for (size_t i = 1; i <= 10; i++) { /* five deviations */
            assert_in_range(counts.told[i], SEEDS * 8 / 10 - 155, SEEDS * 8 / 10 + 155);
            assert_in_range(counts.first[i], SEEDS / 10 - 117, SEEDS / 10 + 117);
        }
        assert_in_range(counts.both, SEEDS * 28 / 45 - 188, SEEDS * 28 / 45 + 188);
    }
}

/* Three of three: all, and each first in a third. */
static void order_of_three(void **state)
{
    struct counts counts;

    (void)state;
    count_seeds(&counts, THREE, "");
    assert_int_equal(counts.total, SEEDS * 3);
    for (size_t i = 1; i <= 3; i++)
        assert_in_range(counts.first[i], SEEDS / 3 - 183, SEEDS / 3 + 183);
}

/* The choice that the chain goes on with is the first one answered. */
static void choice_is_first(void **state)
{
    r53_query query = {.size = sizeof(query), .name = "m.example.com"};
    r53_answer_summary summary = {.size = sizeof(summary)};
    r53_record record = {.size = sizeof(record)};
    struct world world;
    r53_answer *answer;

    (void)state;
    world_open(&world, TEN);
    assert_int_equal(r53_answer_new(&answer, NULL), R53_OK);
    for (query.seed = 0; query.seed < 200; query.seed++) {
        assert_int_equal(r53_resolve(world.view, &query, answer, NULL), R53_OK);
        assert_int_equal(r53_answer_summarize(answer, &summary), R53_OK);
        assert_int_equal(r53_answer_record(answer, R53_SECTION_ANSWER, 0, &record), R53_OK);
        assert_int_equal(summary.set_identifier[0] - 'a' + 1, record.rdata[3]);
    }
    r53_answer_free(answer);
    world_close(&world);
}

/* More than an account may have: eight are answered all the same. */
static void huge_group(void **state)
{
    static char text[70000];
    static char told[ANSWER_TEXT_MAX];
    struct world world;
    size_t at = 0;
    unsigned n = 0;

    (void)state;
    for (unsigned i = 0; i < 700; i++)
        at += (size_t)snprintf(text + at, sizeof(text) - at,
                               "m A 10.0.%u.%u id=%u hc=%s multi=true\n", i / 256, i % 256, i,
                               i < 600 ? "down" : "up");
    world_open(&world, text);
    checks_fail(&world, "down");
    for (const char *line = resolve_text(told, world.view, "m A"); (line = strstr(line, "10.0."));
         line++)
        n++;
    assert_int_equal(n, 8);
    world_close(&world);
}

int main(void)
{
    static struct CMUnitTest
        tests[COUNT(cases) + COUNT(answers) + COUNT(scopes) + COUNT(reasons) + 4];
    size_t n = 0;

    ADD_CASES(tests, n, cases, check_shares);
    ADD_CASES(tests, n, answers, check_answers);
    ADD_CASES(tests, n, scopes, check_scopes);
    ADD_CASES(tests, n, reasons, check_reasons);
    ADD_TEST(tests, n, "R53-MULTI-02 R53-MULTI-03 R53-CASE-54 T3 eight of ten, each set as likely",
             eight_of_ten);
    ADD_TEST(tests, n, "R53-MULTI-03 the order is random", order_of_three);
    ADD_TEST(tests, n, "R53-MULTI-02 the chosen record set is the first answered", choice_is_first);
    ADD_TEST(tests, n, "R53-MULTI-02 R53-JSON-09 a loaded group beyond all limits", huge_group);
    return RUN_TESTS("policy_multivalue", tests, n);
}
