/*
 * Aliases: to record sets, to load balancers, to observed names, to nothing, and in circles; the
 * two tellings; the alias resolver by itself.
 */
#include "support/cloud_text.h"
#include "support/harness.h"

#include <stdio.h>
#include <stdlib.h>

#define LB1      "lb-1.us-east-1.elb.amazonaws.com"
#define ALB(...) "lb one application " LB1 " " __VA_ARGS__ "\n"
#define TO_LB    "alias=Z35SXDOTRQ7X7K/dualstack." LB1 "."

static const struct alias_case {
    const char *what, *cloud, *lines;
} cases[] = {
    {"R53-ALIAS-02 R53-VIEW-02 R53-CASE-13 the wire tells the queried name and node addresses",
     "@ A " TO_LB " eth\n" ALB("a=198.51.100.1 b=198.51.100.2"),
     "@ A -> NOERROR aa; @ 60 A 198.51.100.1, @ 60 A 198.51.100.2; AUTH=NS\n"
     "@ A as=addresses -> NOERROR aa; @ 60 A 198.51.100.1, @ 60 A 198.51.100.2; AUTH=NS\n"
     "@ AAAA -> NOERROR aa; AUTH=SOA/900\n"},
    {"R53-VIEW-01 R53-CASE-13 told by name, the client gets the load balancer's name",
     "@ A " TO_LB "\n" ALB("a=198.51.100.1"),
     "@ A as=name -> NOERROR aa; @ 60 CNAME " LB1 ".; AUTH=NS\n"},
    {"R53-VIEW-03 R53-CASE-83 without an alias both tellings are one", "www A 192.0.2.1\n",
     "www A as=name -> NOERROR aa; www 300 A 192.0.2.1; AUTH=NS\n"
     "www A as=addresses -> NOERROR aa; www 300 A 192.0.2.1; AUTH=NS\n"},
    {"R53-ELB-03 R53-CASE-14 AAAA of a load balancer without IPv6",
     "@ AAAA " TO_LB "\n" ALB("a=198.51.100.1"),
     "@ AAAA -> NOERROR aa; AUTH=SOA/900\n"
     "@ ANY -> NOERROR aa; @ 172800 NS ns1.test., @ 900 SOA ns1.test. "
     "awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400\n"},
    {"R53-ELB-03 R53-CASE-14 AAAA of a dualstack load balancer",
     "@ AAAA " TO_LB "\n@ A " TO_LB "\n" ALB("a=198.51.100.1,2001:db8::1 dualstack"),
     "@ AAAA -> NOERROR aa; @ 60 AAAA 2001:db8::1; AUTH=NS\n"
     "@ A -> NOERROR aa; @ 60 A 198.51.100.1; AUTH=NS\n"},
    {"R53-ELB-02 with and without dualstack. the load balancer is the same",
     "x A alias=Z35SXDOTRQ7X7K/" LB1 ".\ny A " TO_LB "\n" ALB("a=198.51.100.1"),
     "x A -> NOERROR aa; x 60 A 198.51.100.1; AUTH=NS\n"
     "y A -> NOERROR aa; y 60 A 198.51.100.1; AUTH=NS\n"},
    {"R53-ELB-04 R53-ELB-05 all nodes' addresses, TTL 60",
     "x A " TO_LB "\n" ALB("a=198.51.100.1,198.51.100.2 b=198.51.100.3"),
     "x A -> NOERROR aa; x 60 A 198.51.100.1, x 60 A 198.51.100.2, x 60 A 198.51.100.3; AUTH=NS\n"},
    {"R53-ELB-04 R53-CASE-22 a zone with no healthy target is left out",
     "x A " TO_LB " eth\n" ALB("a=198.51.100.1 b=198.51.100.2") "tg one a=healthy b=unhealthy\n",
     "x A -> NOERROR aa; x 60 A 198.51.100.1; AUTH=NS\n"},
    {"R53-ALIAS-20 R53-CASE-22 a simple alias is answered though its target is unhealthy",
     "x A " TO_LB " eth\n" ALB("a=198.51.100.1 b=198.51.100.2") "tg one a=unhealthy b=unhealthy\n",
     "x A -> NOERROR aa; x 60 A 198.51.100.1, x 60 A 198.51.100.2; AUTH=NS\n"},
    {"R53-ELB-10 R53-CASE-82 an internal load balancer answers private addresses to the internet",
     "x A " TO_LB "\n" ALB("a=10.0.1.5 b=10.0.2.5 internal"),
     "x A -> NOERROR aa; x 60 A 10.0.1.5, x 60 A 10.0.2.5; AUTH=NS\n"},
    {"R53-ALIAS-07 R53-CASE-16 the TTL of the record set at the end",
     "api A alias=ZONE1/www\nwww A 192.0.2.1 ttl=120\n",
     "api A -> NOERROR aa; api 120 A 192.0.2.1; AUTH=NS\n"
     "api TXT -> NOERROR aa; AUTH=SOA/900\n"},
    {"R53-ALIAS-08 an alias leads to name and type",
     "a A alias=ZONE1/b\na TXT alias=ZONE1/b\nb A 192.0.2.1,192.0.2.2\nb TXT \"t\"\n"
     "b AAAA 2001:db8::1\n",
     "a A -> NOERROR aa; a 300 A 192.0.2.1, a 300 A 192.0.2.2; AUTH=NS\n"
     "a TXT -> NOERROR aa; a 300 TXT \"t\"; AUTH=NS\n"
     "a AAAA -> NOERROR aa; AUTH=SOA/900\n"},
    {"R53-ALIAS-08 the whole group, for this client",
     "a A alias=ZONE1/w\nw A 192.0.2.1 id=x region=us-east-1\n"
     "w A 192.0.2.2 id=y region=eu-west-1\n",
     "a A at=5335,-626 -> NOERROR aa; a 300 A 192.0.2.2; AUTH=NS\n"
     "w ANY at=3904,-7749 -> NOERROR aa; w 300 A 192.0.2.1; AUTH=NS\n"},
    {"R53-ALIAS-08 the group's own policy chooses",
     "a A alias=ZONE1/w\nw A 192.0.2.1 id=x weight=0\nw A 192.0.2.2 id=y weight=3\n",
     "a A -> NOERROR aa; a 300 A 192.0.2.2; AUTH=NS\n"
     "w ANY -> NOERROR aa; w 300 A 192.0.2.2; AUTH=NS\n"},
    {"R53-ALIAS-13 R53-CASE-19 a CNAME alias answers the target's CNAME",
     "c CNAME abc.example.net\nd CNAME alias=ZONE1/c\n",
     "d A -> NOERROR aa; d 300 CNAME abc.example.net.; AUTH=NS\n"
     "d CNAME -> NOERROR aa; d 300 CNAME abc.example.net.; AUTH=NS\n"
     "d TXT -> NOERROR aa; d 300 CNAME abc.example.net.; AUTH=NS\n"},
    {"R53-ALIAS-13 a CNAME alias to what is no CNAME fails",
     "d CNAME alias=ZONE1/www\nwww A 192.0.2.1\ne CNAME " TO_LB
     "\n" ALB("a=198.51.100.1") "f CNAME alias=Z2/d1.cloudfront.net.\nseen d1.cloudfront.net "
                                "203.0.113.1\n",
     "d A -> SERVFAIL\nd CNAME -> SERVFAIL\n"
     "e A -> SERVFAIL\ne A as=name -> SERVFAIL\nf A -> SERVFAIL\nf CNAME -> SERVFAIL\n"},
    {"R53-ALIAS-15 eight aliases in a row are followed",
     "a1 A alias=ZONE1/a2\na2 A alias=ZONE1/a3\na3 A alias=ZONE1/a4\na4 A alias=ZONE1/a5\n"
     "a5 A alias=ZONE1/a6\na6 A alias=ZONE1/a7\na7 A alias=ZONE1/a8\na8 A alias=ZONE1/a9\n"
     "a9 A 192.0.2.1 ttl=17\n",
     "a1 A -> NOERROR aa; a1 17 A 192.0.2.1; AUTH=NS\n"},
    {"R53-ALIAS-15 nine are not",
     "a0 A alias=ZONE1/a1\n"
     "a1 A alias=ZONE1/a2\na2 A alias=ZONE1/a3\na3 A alias=ZONE1/a4\na4 A alias=ZONE1/a5\n"
     "a5 A alias=ZONE1/a6\na6 A alias=ZONE1/a7\na7 A alias=ZONE1/a8\na8 A alias=ZONE1/a9\n"
     "a9 A 192.0.2.1\n",
     "a0 A -> SERVFAIL\na1 A -> NOERROR aa; a1 300 A 192.0.2.1; AUTH=NS\n"},
    {"R53-ALIAS-15 T45 T43 R53-DNS-19 circles end in SERVFAIL, with nothing besides",
     "a A alias=ZONE1/a\nb A alias=ZONE1/c\nc A alias=ZONE1/b\nd A alias=ZONE1/b\n",
     "a A -> SERVFAIL\nb A -> SERVFAIL\nc A -> SERVFAIL\nd A -> SERVFAIL\na A as=name -> "
     "SERVFAIL\n"},
    {"T6 R53-ALIAS-16 R53-DNS-19 R53-CASE-16 an alias to nothing is no address",
     "api A alias=ZONE1/www\nx A " TO_LB "\ny A alias=Z2/d1.cloudfront.net.\nw A alias=ZONE1/z\n"
     "z TXT \"only\"\n* A 192.0.2.9\n",
     "api A -> SERVFAIL\nx A -> SERVFAIL\nx A as=name -> SERVFAIL\ny A -> SERVFAIL\n"
     "w A -> SERVFAIL\n"},
    {"R53-ALIAS-16 T6 ANY of nothing but a dangling alias fails too", "x A " TO_LB "\n",
     "x ANY -> SERVFAIL\n"},
    {"R53-ALIAS-17 R53-CASE-21 a wildcard alias", "* A alias=ZONE1/@\n@ A 192.0.2.1\n",
     "foo A -> NOERROR aa; foo 300 A 192.0.2.1; AUTH=NS\n"
     "a.b.foo A -> NOERROR aa; a.b.foo 300 A 192.0.2.1; AUTH=NS\n"},
    {"T50 R53-ALIAS-17 R53-ALIAS-15 a wildcard alias to itself ends",
     "* A alias=ZONE1/*\n*.c CNAME alias=ZONE1/*.c\n", "foo A -> SERVFAIL\nx.c A -> SERVFAIL\n"},
    {"T50 R53-WILD-08 a wildcard CNAME to a name that it covers is told once",
     "* CNAME x.example.com\n",
     "foo A -> NOERROR aa; foo 300 CNAME x.example.com.; AUTH=NS\n"
     "x A -> NOERROR aa; x 300 CNAME x.example.com.; AUTH=NS\n"},
    {"R53-ALIAS-30 a service outside the model answers what was observed",
     "@ A alias=Z2FDTNDATAQYW2/d1.cloudfront.net.\n@ AAAA alias=Z2FDTNDATAQYW2/d1.cloudfront.net.\n"
     "@ HTTPS alias=Z2FDTNDATAQYW2/d1.cloudfront.net.\n"
     "seen d1.cloudfront.net 203.0.113.1,203.0.113.2,2001:db8::2\n",
     "@ A -> NOERROR aa; @ 60 A 203.0.113.1, @ 60 A 203.0.113.2; AUTH=NS\n"
     "@ AAAA -> NOERROR aa; @ 60 AAAA 2001:db8::2; AUTH=NS\n"
     "@ HTTPS -> NOERROR aa; AUTH=SOA/900\n"},
    {"R53-ALIAS-30 R53-ELB-03 only load balancers' addresses of the asked type",
     "@ MX " TO_LB "\n" ALB("a=198.51.100.1"), "@ MX -> SERVFAIL\n"},
};

static void check_case(void **state)
{
    const struct alias_case *c = *state;
    struct world world;

    world_open(&world, c->cloud);
    expect_lines(world.view, c->lines, resolve_text);
    world_close(&world);
}

/* Twelve nodes: always eight of them, and each is seen. */
static void at_most_eight(void **state)
{
    struct world world;
    char text[ANSWER_TEXT_MAX], query[40];
    bool seen[12] = {false}, changed = false;
    char first[ANSWER_TEXT_MAX] = "";

    (void)state;
    world_open(&world,
               "x A " TO_LB "\n" ALB("a=198.51.100.10,198.51.100.11,198.51.100.12,198.51.100.13 "
                                     "b=198.51.100.14,198.51.100.15,198.51.100.16,198.51.100.17 "
                                     "c=198.51.100.18,198.51.100.19,198.51.100.20,198.51.100.21"));
    for (int seed = 0; seed < 64; seed++) {
        int n = 0;

        snprintf(query, sizeof(query), "x A seed=%d", seed);
        resolve_text(text, world.view, query);
        for (int i = 0; i < 12; i++) {
            char address[32];

            snprintf(address, sizeof(address), "A 198.51.100.%d", 10 + i);
            n += strstr(text, address) != NULL;
            seen[i] = seen[i] || strstr(text, address);
        }
        assert_int_equal(n, 8);
        changed = changed || (seed && strcmp(first, text) != 0);
        strcpy(first, text);
    }
    assert_true(changed);
    for (int i = 0; i < 12; i++)
        assert_true(seen[i]);
    world_close(&world);
}

static void summary(void **state)
{
    static const struct {
        const char *query, *name, *arn;
        int32_t origin, hops;
    } rows[] = {
        {"www A", "", "", R53_ORIGIN_RECORD, 0},
        {"to-www A", "www.example.com.", "", R53_ORIGIN_RECORD, 1},
        {"to-lb A", LB1 ".",
         "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/"
         "app/one/1",
         R53_ORIGIN_LOAD_BALANCER, 1},
        {"two A", LB1 ".",
         "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/"
         "app/one/1",
         R53_ORIGIN_LOAD_BALANCER, 2},
        {"cdn A", "d1.cloudfront.net.", "", R53_ORIGIN_OBSERVED, 1},
        {"lost A", "gone.example.com.", "", R53_ORIGIN_DANGLING, 1},
        {"nope A", "", "", R53_ORIGIN_NONE, 0},
    };
    r53_answer_summary s = {.size = sizeof(s)};
    struct query_text q;
    struct world world;
    r53_answer *answer;

    (void)state;
    world_open(&world, "www A 192.0.2.1\nto-www A alias=ZONE1/www\nto-lb A " TO_LB
                       "\ntwo A alias=ZONE1/to-lb\n" ALB(
                           "a=198.51.100.1") "cdn A alias=Z2/d1.cloudfront.net.\nseen "
                                             "d1.cloudfront.net 203.0.113.1\n"
                                             "lost A alias=ZONE1/gone\n");
    assert_int_equal(r53_answer_new(&answer, NULL), R53_OK);
    for (size_t i = 0; i < COUNT(rows); i++) {
        query_parse(&q, rows[i].query, strlen(rows[i].query));
        assert_int_equal(r53_resolve(world.view, &q.query, answer, NULL), R53_OK);
        assert_int_equal(r53_answer_summarize(answer, &s), R53_OK);
        assert_int_equal(s.origin, rows[i].origin);
        assert_int_equal(s.alias_hops, rows[i].hops);
        assert_string_equal(s.alias_name, rows[i].name);
        assert_string_equal(s.load_balancer_arn, rows[i].arn);
        assert_string_equal(s.hosted_zone_id, "ZONE1");
        assert_string_equal(s.set_identifier, "");
    }
    r53_answer_free(answer);
    world_close(&world);
}

/* The alias resolver by itself: "owner type target" told for an alias that is nowhere. */
static const char *alias_text(char *buffer, const r53_view *view, const char *query)
{
    struct query_text q;
    r53_record_set set = {.size = sizeof(set), .alias_hosted_zone_id = "Z"};
    r53_answer *answer;
    char words[300], *target;
    int32_t rc;

    snprintf(words, sizeof(words), "%s", query);
    target = strstr(words, " to ");
    assert_non_null(target);
    *target = '\0';
    query_parse(&q, words, strlen(words));
    set.type = q.query.type;
    q.query.type = 0;
    set.name = q.query.name;
    set.alias_dns_name = strcmp(target + 4, "-") == 0 ? NULL : target + 4;
    assert_int_equal(r53_answer_new(&answer, NULL), R53_OK);
    rc = r53_alias_resolve(view, &q.query, &set, answer, NULL);
    if (rc == R53_OK)
        answer_text(buffer, answer);
    else
        snprintf(buffer, ANSWER_TEXT_MAX, "%s", r53_error_name(rc));
    r53_answer_free(answer);
    return buffer;
}

static const struct alias_case alone[] = {
    {"R53-ALIAS-02 the alias resolver alone, told of an alias that is not in the zone",
     "www A 192.0.2.1 ttl=9\nto A alias=ZONE1/www\n" ALB(
         "a=198.51.100.1") "seen d1.cloudfront.net 203.0.113.1\nloop A alias=ZONE1/loop\nc CNAME "
                           "x.example.net\n",
     "new A to www.example.com -> NOERROR aa; new 9 A 192.0.2.1; AUTH=NS\n"
     "new A zone=ZONE1 to www.example.com -> NOERROR aa; new 9 A 192.0.2.1; AUTH=NS\n"
     "www A to to.example.com -> NOERROR aa; www 9 A 192.0.2.1; AUTH=NS\n"
     "new A to " LB1 " -> NOERROR aa; new 60 A 198.51.100.1; AUTH=NS\n"
     "new A as=name to DUALSTACK." LB1 ". -> NOERROR aa; new 60 CNAME " LB1 ".; AUTH=NS\n"
     "new A to d1.cloudfront.net -> NOERROR aa; new 60 A 203.0.113.1; AUTH=NS\n"
     "new CNAME to c.example.com -> NOERROR aa; new 300 CNAME x.example.net.; AUTH=NS\n"
     "new A to gone.example.com -> SERVFAIL\n"
     "new A to loop.example.com -> SERVFAIL\n"
     "new MX to " LB1 " -> SERVFAIL\n"},
    {"R53-ALIAS-02 the alias resolver refuses what is no alias", "www A 192.0.2.1\n",
     "new A to - -> R53_E_INVALID\n"
     "new A to a..b -> R53_E_INVALID\n"
     "new 65537 to www.example.com -> R53_E_INVALID\n"
     "new 4000 to www.example.com -> R53_E_INVALID\n"
     "new ANY to www.example.com -> R53_E_INVALID\n"
     "new.example.net. A to www.example.com -> R53_E_NOT_FOUND\n"
     "new.example.net. A zone=ZONE1 to www.example.com -> R53_E_NOT_FOUND\n"
     "new A zone=NOSUCH to www.example.com -> R53_E_NOT_FOUND\n"},
};

static void check_alone(void **state)
{
    const struct alias_case *c = *state;
    struct world world;

    world_open(&world, c->cloud);
    expect_lines(world.view, c->lines, alias_text);
    world_close(&world);
}

/* ---- random graphs of aliases beside a plain walk ---- */

enum { NODES = 14, NODE_RECORD = -1, NODE_NOWHERE = -2 };

static uint64_t random_next(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 33;
}

static const char *walk(const int *to, int at)
{
    for (int hops = 0; hops <= 8; hops++) {
        if (to[at] == NODE_RECORD)
            return "NOERROR aa";
        if (to[at] == NODE_NOWHERE)
            return hops < 8 ? "SERVFAIL dangling" : "SERVFAIL loop";
        at = to[at];
    }
    return "SERVFAIL loop";
}

static void random_graph(uint64_t seed, r53_answer *answer)
{
    uint64_t random = seed;
    char text[2000] = "";
    struct world world;
    int to[NODES];

    for (int i = 0; i < NODES; i++) {
        uint64_t what = random_next(&random) % 12;

        to[i] = what == 0   ? NODE_RECORD
                : what == 1 ? NODE_NOWHERE
                            : (int)(random_next(&random) % NODES);
        if (to[i] == NODE_RECORD)
            sprintf(text + strlen(text), "n%d A 192.0.2.%d\n", i, i);
        else if (to[i] == NODE_NOWHERE)
            sprintf(text + strlen(text), "n%d A alias=ZONE1/gone\n", i);
        else
            sprintf(text + strlen(text), "n%d A alias=ZONE1/n%d\n", i, to[i]);
    }
    world_open(&world, text);
    for (int i = 0; i < NODES; i++) {
        r53_answer_summary s = {.size = sizeof(s)};
        const char *expected = walk(to, i);
        int32_t origin = strstr(expected, "loop")       ? R53_ORIGIN_LOOP
                         : strstr(expected, "dangling") ? R53_ORIGIN_DANGLING
                                                        : R53_ORIGIN_RECORD;
        struct query_text q;

        sprintf(text, "n%d A", i);
        query_parse(&q, text, strlen(text));
        assert_int_equal(r53_resolve(world.view, &q.query, answer, NULL), R53_OK);
        assert_int_equal(r53_answer_summarize(answer, &s), R53_OK);
        assert_int_equal(s.origin, origin);
        assert_int_equal(s.rcode, origin == R53_ORIGIN_RECORD ? 0 : R53_RCODE_SERVFAIL);
    }
    world_close(&world);
}

static void random_graphs(void **state)
{
    r53_answer *answer;

    (void)state;
    assert_int_equal(r53_answer_new(&answer, NULL), R53_OK);
    for (uint64_t seed = 1; seed <= 200; seed++)
        random_graph(seed, answer);
    r53_answer_free(answer);
}

int main(void)
{
    static struct CMUnitTest tests[COUNT(cases) + COUNT(alone) + 3];
    size_t n = 0;

    ADD_CASES(tests, n, cases, check_case);
    ADD_TEST(tests, n, "R53-ELB-06 R53-CASE-23 eight of twelve nodes, changing", at_most_eight);
    ADD_TEST(tests, n, "R53-ALIAS-02 what the summary says of an alias", summary);
    ADD_CASES(tests, n, alone, check_alone);
    ADD_TEST(tests, n, "T45 R53-ALIAS-15 random graphs of aliases end", random_graphs);
    return RUN_TESTS("alias", tests, n);
}
