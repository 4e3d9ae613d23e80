/*
 * Whole answers: what is in which section, in what order chance puts the values, what an answer
 * and a trace cost in memory.
 */
#include "support/cloud_text.h"
#include "support/harness.h"
#include "support/torture.h"

#include <r53/rulebook.h>

#include "base/trace.h"
#include "view/view.h"

#include <stdio.h>
#include <stdlib.h>

#define SOA "@ SOA ns1.test.~awsdns-hostmaster.amazon.com.~1~7200~900~1209600~"

static const struct resolve_case {
    const char *what, *cloud, *lines;
} cases[] = {
    {"R53-DNS-11 R53-CASE-01 a fresh zone", "",
     "@ A -> NOERROR aa; AUTH=SOA/900\n"
     "@ NS -> NOERROR aa; @ 172800 NS ns1.test.\n"
     "@ SOA -> NOERROR aa; @ 900 SOA ns1.test. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 "
     "86400; AUTH=NS\n"
     "x A -> NXDOMAIN aa; AUTH=SOA/900\n"},
    {"R53-SIMPLE-02 R53-DNS-02 R53-CASE-02 all values, and the zone's NS besides",
     "www A 192.0.2.1,192.0.2.2,192.0.2.3\n",
     "www A -> NOERROR aa; www 300 A 192.0.2.1, www 300 A 192.0.2.2, www 300 A 192.0.2.3; AUTH=NS\n"
     "www AAAA -> NOERROR aa; AUTH=SOA/900\n"},
    {"R53-DNS-02 the owner of the NS is the zone", "a.b.c A 192.0.2.1\n@ NS ns1.example.net\n",
     "a.b.c A -> NOERROR aa; a.b.c 300 A 192.0.2.1; AUTH @ 300 NS ns1.example.net.\n"
     "@ NS -> NOERROR aa; @ 300 NS ns1.example.net.\n"},
    {"R53-DISP-04 R53-DNS-12 R53-CASE-03 a CNAME is told, its target only besides",
     "www CNAME example.com\n@ A 192.0.2.1\n",
     "www A -> NOERROR aa; www 300 CNAME example.com.; AUTH=NS; ADD @ 300 A 192.0.2.1\n"
     "www CNAME -> NOERROR aa; www 300 CNAME example.com.; AUTH=NS; ADD @ 300 A 192.0.2.1\n"
     "www MX -> NOERROR aa; www 300 CNAME example.com.; AUTH=NS; ADD @ 300 A 192.0.2.1\n"},
    {"R53-DISP-04 T49 a missing target in the zone changes nothing", "www CNAME nope.example.com\n",
     "www A -> NOERROR aa; www 300 CNAME nope.example.com.; AUTH=NS\n"},
    {"R53-WILD-08 R53-CASE-04 the queried name is the owner",
     "* A 192.0.2.9 ttl=60\nacme MX 10~mail.example.com\n",
     "foo A -> NOERROR aa; foo 60 A 192.0.2.9; AUTH=NS\n"
     "a.b.c A -> NOERROR aa; a.b.c 60 A 192.0.2.9; AUTH=NS\n"
     "acme A -> NOERROR aa; AUTH=SOA/900\n"
     "x.acme A -> NXDOMAIN aa; AUTH=SOA/900\n"
     "foo MX -> NOERROR aa; AUTH=SOA/900\n"
     "* A -> NOERROR aa; \\052 60 A 192.0.2.9; AUTH=NS\n"},
    {"T48 R53-WILD-08 a wildcard CNAME beside other names",
     "* CNAME x.example.net\nwww A 192.0.2.1\n",
     "foo TXT -> NOERROR aa; foo 300 CNAME x.example.net.; AUTH=NS\n"
     "www TXT -> NOERROR aa; AUTH=SOA/900\n"},
    {"T9 R53-WILD-08 answers know wildcards, delegation and case",
     "* A 192.0.2.9\nsub NS ns.example.net\n",
     "FoO A -> NOERROR aa; foo 300 A 192.0.2.9; AUTH=NS\n"
     "x.sub A -> NOERROR; AUTH sub 300 NS ns.example.net.\n"
     "other.example.net. A -> REFUSED\n"},
    {"R53-PRIV-05 zones of one name, each for a VPC of its own, and one for all others",
     "www A 192.0.2.1\n"
     "zone ZP1 example.com vpc-1\nwww A 10.0.0.1\n"
     "zone ZP2 example.com vpc-2\nwww A 10.0.0.2\n"
     "zone ZP3 example.com vpc-3\nwww A 10.0.0.3\n",
     "www A vpc=vpc-1 -> NOERROR aa; www 300 A 10.0.0.1; AUTH=NS\n"
     "www A vpc=vpc-2 -> NOERROR aa; www 300 A 10.0.0.2; AUTH=NS\n"
     "www A vpc=vpc-3 -> NOERROR aa; www 300 A 10.0.0.3; AUTH=NS\n"
     "www A vpc=vpc-4 -> NOERROR aa; www 300 A 192.0.2.1; AUTH=NS\n"
     "www A -> NOERROR aa; www 300 A 192.0.2.1; AUTH=NS\n"},
    {"R53-DISP-07 R53-CASE-05 an empty non-terminal", "x.y A 192.0.2.1\n",
     "y A -> NOERROR aa; AUTH=SOA/900\nz.y A -> NXDOMAIN aa; AUTH=SOA/900\n"},
    {"R53-WILD-10 R53-CASE-06 an asterisk in the middle", "prod.* A 192.0.2.1\n",
     "prod.* A -> NOERROR aa; prod.\\052 300 A 192.0.2.1; AUTH=NS\n"
     "* A -> NOERROR aa; AUTH=SOA/900\n"
     "x A -> NOERROR aa; AUTH=SOA/900\n"
     "prod.x A -> NOERROR aa; AUTH=SOA/900\n"},
    {"R53-DNS-09 R53-DELEG-01 R53-CASE-07 a referral is not authoritative",
     "acme NS ns1.example.net,ns2.example.net\nwww.acme A 192.0.2.1\n",
     "www.acme A -> NOERROR; AUTH acme 300 NS ns1.example.net., acme 300 NS ns2.example.net.\n"
     "acme NS -> NOERROR; AUTH acme 300 NS ns1.example.net., acme 300 NS ns2.example.net.\n"
     "acme DS -> NOERROR aa; AUTH=SOA/900\n"
     "other A -> NXDOMAIN aa; AUTH=SOA/900\n"},
    {"R53-DELEG-02 DS at the cut is the parent's",
     "acme NS ns1.example.net\n"
     "acme DS 12345~3~1~123456789ABCDEF67890123456789ABCDEF67890\n",
     "acme DS -> NOERROR aa; acme 300 DS 12345 3 1 123456789ABCDEF67890123456789ABCDEF67890; "
     "AUTH=NS\n"},
    {"R53-DELEG-05 R53-CASE-08 glue from below the cut",
     "acme NS ns.acme.example.com,ns2.example.com\nns.acme A 192.0.2.53\n"
     "ns.acme AAAA 2001:db8::53\nns2 A 192.0.2.54\n",
     "www.acme A -> NOERROR; AUTH acme 300 NS ns.acme.example.com., acme 300 NS ns2.example.com.; "
     "ADD ns.acme 300 A 192.0.2.53, ns.acme 300 AAAA 2001:db8::53, ns2 300 A 192.0.2.54\n"
     "ns.acme A -> NOERROR; AUTH acme 300 NS ns.acme.example.com., acme 300 NS ns2.example.com.; "
     "ADD ns.acme 300 A 192.0.2.53, ns.acme 300 AAAA 2001:db8::53, ns2 300 A 192.0.2.54\n"},
    {"R53-DNS-06 R53-CASE-09 a name of no zone", "www A 192.0.2.1\n",
     "www.example.org. A -> REFUSED\nwww.example.org. A zone=ZONE1 -> REFUSED\n"},
    {"R53-DISP-01 R53-CASE-10 letters' case in a query does not matter", "www A 192.0.2.1\n",
     "WwW.ExAmPlE.cOm. A -> NOERROR aa; www 300 A 192.0.2.1; AUTH=NS\n"},
    {"R53-ZONE-05 R53-DNS-03 R53-CASE-11 the smaller of the SOA's TTL and minimum",
     SOA "30 ttl=60\nwww A 192.0.2.1\n",
     "nope A -> NXDOMAIN aa; AUTH=SOA/30\nwww TXT -> NOERROR aa; AUTH=SOA/30\n"},
    {"R53-ZONE-05 the SOA's own TTL when that is smaller", SOA "86400 ttl=15\n",
     "nope A -> NXDOMAIN aa; AUTH=SOA/15\n"},
    {"R53-DNS-12 R53-CASE-74 MX targets' addresses",
     "@ MX 10~mail.example.com\nmail A 192.0.2.25\nmail AAAA 2001:db8::25\n",
     "@ MX -> NOERROR aa; @ 300 MX 10 mail.example.com.; AUTH=NS; ADD mail 300 A 192.0.2.25, "
     "mail 300 AAAA 2001:db8::25\n"},
    {"R53-DNS-12 R53-CASE-74 not of aliases and policy groups",
     "@ MX 10~mail.example.com,20~w.example.com\nmail A alias=ZONE1/m\nm A 192.0.2.25\n"
     "w A 192.0.2.26 id=a weight=1\n",
     "@ MX -> NOERROR aa; @ 300 MX 10 mail.example.com., @ 300 MX 20 w.example.com.; AUTH=NS\n"},
    {"R53-DNS-12 a target named twice is told once",
     "@ MX 10~mail.example.com,20~mail.example.com\nmail A 192.0.2.25\n",
     "@ MX -> NOERROR aa; @ 300 MX 10 mail.example.com., @ 300 MX 20 mail.example.com.; AUTH=NS; "
     "ADD mail 300 A 192.0.2.25\n"},
    {"R53-DNS-12 R53-DELEG-02 not from below a cut, nor from outside",
     "@ MX 10~mail.sub.example.com,20~mail.example.net\nsub NS ns.example.net\n"
     "mail.sub A 192.0.2.25\n",
     "@ MX -> NOERROR aa; @ 300 MX 10 mail.sub.example.com., @ 300 MX 20 mail.example.net.; "
     "AUTH=NS\n"},
    {"R53-DNS-12 SRV targets, and NS of the apex",
     "_x._tcp SRV 1~2~80~host.example.com\nhost A 192.0.2.7\n@ NS ns.example.com\nns A "
     "192.0.2.53\n",
     "_x._tcp SRV -> NOERROR aa; _x._tcp 300 SRV 1 2 80 host.example.com.; AUTH @ 300 NS "
     "ns.example.com.; ADD host 300 A 192.0.2.7\n"
     "@ NS -> NOERROR aa; @ 300 NS ns.example.com.; ADD ns 300 A 192.0.2.53\n"},
    {"R53-DNS-14 R53-CASE-85 ANY gives every group",
     "@ A 192.0.2.1\n@ MX 10~example.com\nc CNAME x.example.net\n",
     "@ ANY -> NOERROR aa; @ 172800 NS ns1.test., @ 300 A 192.0.2.1, @ 300 MX 10 example.com., "
     "@ 900 SOA ns1.test. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400\n"
     "c ANY -> NOERROR aa; c 300 CNAME x.example.net.; AUTH=NS\n"
     "nope ANY -> NXDOMAIN aa; AUTH=SOA/900\n"},
    {"R53-DNS-14 ANY through a wildcard, and at an empty non-terminal",
     "*.w A 192.0.2.1\n*.w TXT \"t\"\n",
     "x.w ANY -> NOERROR aa; x.w 300 A 192.0.2.1, x.w 300 TXT \"t\"; AUTH=NS\n"
     "w ANY -> NOERROR aa; AUTH=SOA/900\n"},
    {"R53-DNS-17 a TTL of 0 and the greatest",
     "z A 192.0.2.1 ttl=0\nm A 192.0.2.2 ttl=2147483647\n",
     "z A -> NOERROR aa; z 0 A 192.0.2.1; AUTH=NS\nm A -> NOERROR aa; m 2147483647 A 192.0.2.2; "
     "AUTH=NS\n"},
    {"R53-SIMPLE-01 R53-SIMPLE-03 a health check changes nothing on a simple record set",
     "www A 192.0.2.1 hc=abcdef11-2222-3333-4444-555555fedcba\n",
     "www A -> NOERROR aa; www 300 A 192.0.2.1; AUTH=NS\n"},
    {"R53-PRIV-06 R53-CASE-60 public and private zone side by side",
     "mail A 192.0.2.25\nzone ZP example.com vpc-1\nwww A 10.0.0.1\n",
     "mail A vpc=vpc-1 -> NXDOMAIN aa; AUTH=SOA/900\n"
     "www AAAA vpc=vpc-1 -> NOERROR aa; AUTH=SOA/900\n"
     "www A vpc=vpc-1 -> NOERROR aa; www 300 A 10.0.0.1; AUTH=NS\n"
     "www A -> NXDOMAIN aa; AUTH=SOA/900\n"},
    {"T11 R53-ZONE-10 two zones of one name are never mixed",
     "www A 192.0.2.1\nzone ZTWIN example.com\nwww A 192.0.2.2\n",
     "www A -> R53_E_AMBIGUOUS\n"
     "www A zone=ZONE1 -> NOERROR aa; www 300 A 192.0.2.1; AUTH=NS\n"
     "www A zone=ZTWIN -> NOERROR aa; www 300 A 192.0.2.2; AUTH=NS\n"},
};

static void check_case(void **state)
{
    const struct resolve_case *c = *state;
    struct world world;

    world_open(&world, c->cloud);
    expect_lines(world.view, c->lines, resolve_text);
    world_close(&world);
}

/* ---- chance ---- */

/* The order of the A records of "www" as digits: the last octets. */
static void order_of(const r53_view *view, const char *name, uint64_t seed, char *out)
{
    const r53_query query = {.size = sizeof(query), .name = name, .seed = seed};
    r53_record record = {.size = sizeof(record)};
    r53_answer *answer;
    size_t n;

    assert_int_equal(r53_answer_new(&answer, NULL), R53_OK);
    assert_int_equal(r53_resolve(view, &query, answer, NULL), R53_OK);
    n = r53_answer_count(answer, R53_SECTION_ANSWER);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(r53_answer_record(answer, R53_SECTION_ANSWER, i, &record), R53_OK);
        out[i] = (char)('0' + record.rdata[3]);
    }
    out[n] = '\0';
    r53_answer_free(answer);
}

static void every_order(void **state)
{
    enum { SEEDS = 6000 };
    static const char *const orders[] = {"123", "132", "213", "231", "312", "321"};
    int seen[6] = {0};
    struct world world;

    (void)state;
    world_open(&world, "www A 192.0.2.1,192.0.2.2,192.0.2.3\n");
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        char order[8];
        size_t i = 0;

        order_of(world.view, "www.example.com", seed, order);
        while (i < 6 && strcmp(order, orders[i]) != 0)
            i++;
        assert_true(i < 6);
        seen[i]++;
    }
    for (size_t i = 0; i < 6; i++) /* 1000 expected, 5 standard deviations are 144 */
        assert_in_range(seen[i], 856, 1144);
    world_close(&world);
}

static void seed_moves_order_only(void **state)
{
    static const char *const queries[] = {"www A", "@ ANY", "nope A", "c TXT", "x.acme A", "api A"};
    struct world world;
    char first[ANSWER_TEXT_MAX], text[ANSWER_TEXT_MAX], query[60];

    (void)state;
    world_open(&world,
               "www A 192.0.2.1,192.0.2.2,192.0.2.3\n@ A 192.0.2.4,192.0.2.5\n"
               "c CNAME www.example.com\nacme NS ns1.test,ns2.test\napi A alias=ZONE1/www\n");
    for (size_t i = 0; i < COUNT(queries); i++) {
        resolve_text(first, world.view, queries[i]);
        for (int seed = 1; seed < 50; seed++) {
            snprintf(query, sizeof(query), "%s seed=%d", queries[i], seed);
            assert_string_equal(resolve_text(text, world.view, query), first);
        }
    }
    world_close(&world);
}

static void unrelated_edits(void **state)
{
    enum { SEEDS = 32 };
    char before[SEEDS][8], after[8];
    struct world world;

    (void)state;
    world_open(&world, "www A 192.0.2.1,192.0.2.2,192.0.2.3,192.0.2.4\n");
    for (uint64_t seed = 0; seed < SEEDS; seed++)
        order_of(world.view, "www.example.com", seed, before[seed]);
    world_say(&world, "zone ZNEW example.net\na.example.net. A 192.0.2.1\nzone ZONE1 example.com\n"
                      "aaa A 192.0.2.7,192.0.2.8\nwww TXT \"new\"\nwww AAAA 2001:db8::1\n"
                      "zzz.www A 192.0.2.9\n");
    world_look(&world);
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        order_of(world.view, "www.example.com", seed, after);
        assert_string_equal(after, before[seed]);
    }
    world_close(&world);
}

/* Two names with the same values are shuffled independently. */
static void names_are_independent(void **state)
{
    int same = 0;
    struct world world;

    (void)state;
    world_open(&world, "a A 192.0.2.1,192.0.2.2\nb A 192.0.2.1,192.0.2.2\n");
    for (uint64_t seed = 0; seed < 1000; seed++) {
        char a[8], b[8];

        order_of(world.view, "a.example.com", seed, a);
        order_of(world.view, "b.example.com", seed, b);
        same += strcmp(a, b) == 0;
    }
    assert_in_range(same, 420, 580);
    world_close(&world);
}

static void many_values(void **state)
{
    char text[16000] = "big A ";
    bool seen[400] = {false};
    const r53_query query = {.size = sizeof(query), .name = "big.example.com", .seed = 5};
    r53_record record = {.size = sizeof(record)};
    struct world world;
    r53_answer *answer;

    (void)state;
    for (int i = 0; i < 400; i++)
        sprintf(text + strlen(text), "%s10.0.%d.%d", i ? "," : "", i / 200, i % 200);
    world_open(&world, text);
    assert_int_equal(r53_answer_new(&answer, NULL), R53_OK);
    assert_int_equal(r53_resolve(world.view, &query, answer, NULL), R53_OK);
    assert_int_equal(r53_answer_count(answer, R53_SECTION_ANSWER), 400);
    for (size_t i = 0; i < 400; i++) {
        assert_int_equal(r53_answer_record(answer, R53_SECTION_ANSWER, i, &record), R53_OK);
        seen[record.rdata[2] * 200 + record.rdata[3]] = true;
    }
    for (size_t i = 0; i < 400; i++)
        assert_true(seen[i]);
    r53_answer_free(answer);
    world_close(&world);
}

/* ---- the answer as an object ---- */

static void reading_answers(void **state)
{
    r53_query query = {.size = sizeof(query), .name = "www.example.com"};
    r53_record record = {.size = sizeof(record)};
    r53_answer_summary summary = {.size = sizeof(summary)};
    struct world world;
    r53_answer *answer;

    (void)state;
    world_open(&world, "www A 192.0.2.1\n");
    assert_int_equal(r53_answer_new(NULL, NULL), R53_E_INVALID);
    assert_int_equal(r53_answer_new(&answer, NULL), R53_OK);
    assert_int_equal(r53_answer_count(answer, R53_SECTION_ANSWER), 0);
    assert_int_equal(r53_answer_record(answer, R53_SECTION_ANSWER, 0, &record), R53_E_NOT_FOUND);
    assert_int_equal(r53_resolve(world.view, &query, answer, NULL), R53_OK);
    assert_int_equal(r53_answer_record(answer, R53_SECTION_ANSWER, 0, &record), R53_OK);
    assert_int_equal(record.n_rdata, 4);
    assert_memory_equal(record.rdata, "\xc0\x00\x02\x01", 4);
    assert_int_equal(r53_answer_record(answer, R53_SECTION_ANSWER, 1, &record), R53_E_NOT_FOUND);
    assert_int_equal(r53_answer_record(answer, 0, 0, &record), R53_E_NOT_FOUND);
    assert_int_equal(r53_answer_record(answer, 4, 0, &record), R53_E_NOT_FOUND);
    record.size = 2;
    assert_int_equal(r53_answer_record(answer, R53_SECTION_ANSWER, 0, &record), R53_E_INVALID);
    assert_int_equal(r53_answer_record(answer, R53_SECTION_ANSWER, 0, NULL), R53_E_INVALID);
    assert_int_equal(r53_answer_summarize(NULL, &summary), R53_E_INVALID);
    assert_int_equal(r53_answer_summarize(answer, NULL), R53_E_INVALID);
    assert_int_equal(r53_answer_record(NULL, 1, 0, &record), R53_E_NOT_FOUND);
    assert_int_equal(r53_answer_count(NULL, 1), 0);
    query.name = "a..b"; /* a failure empties the answer */
    assert_int_equal(r53_resolve(world.view, &query, answer, NULL), R53_E_INVALID);
    assert_int_equal(r53_answer_count(answer, R53_SECTION_ANSWER), 0);
    assert_int_equal(r53_answer_summarize(answer, &summary), R53_OK);
    assert_int_equal(summary.disposition, 0);
    assert_int_equal(r53_resolve(NULL, &query, answer, NULL), R53_E_INVALID);
    assert_int_equal(r53_resolve(world.view, &query, NULL, NULL), R53_E_INVALID);
    assert_string_equal(r53_rcode_name(-1), "");
    assert_string_equal(r53_rcode_name(6), "");
    assert_string_equal(r53_rcode_name(R53_RCODE_NOTIMP), "NOTIMP");
    r53_answer_free(answer);
    r53_answer_free(NULL);
    world_close(&world);
}

#define MIXED                                                                                      \
    "www A 192.0.2.1,192.0.2.2\n@ MX 10~mail.example.com\nmail A 192.0.2.25\n"                     \
    "api A alias=ZONE1/www\nbal A alias=Z/web-1.us-east-1.elb.amazonaws.com.\n"                    \
    "lb web application web-1.us-east-1.elb.amazonaws.com a=198.51.100.1 b=198.51.100.2\n"         \
    "tg web a=healthy b=healthy\nlost A alias=ZONE1/gone\nacme NS ns.acme.example.com\n"           \
    "ns.acme A 192.0.2.53\n"

static const char *const mixed_queries[] = {"www A",  "@ MX",   "@ ANY",    "api A",        "bal A",
                                            "lost A", "nope A", "x.acme A", "bal A as=name"};

static int32_t resolve_all(const r53_view *view, r53_answer *answer, r53_trace *trace)
{
    int32_t rc = R53_OK;

    for (size_t i = 0; i < COUNT(mixed_queries) && rc == R53_OK; i++) {
        struct query_text q;
        r53_disposition d = {.size = sizeof(d)};
        r53_record record = {.size = sizeof(record)};

        query_parse(&q, mixed_queries[i], strlen(mixed_queries[i]));
        rc = r53_resolve(view, &q.query, answer, trace);
        for (size_t k = 0; rc == R53_OK && k < r53_answer_count(answer, R53_SECTION_ANSWER); k++)
            rc = r53_answer_record(answer, R53_SECTION_ANSWER, k, &record);
        if (rc == R53_OK)
            rc = r53_dispatch(view, &q.query, &d, trace);
    }
    return rc;
}

static void warm(void **state)
{
    struct torture torture = {0};
    const r53_allocator allocator = torture_allocator(&torture);
    struct world world;
    r53_answer *answer;
    r53_trace *trace;
    long calls;

    (void)state;
    world_open(&world, MIXED);
    assert_int_equal(r53_answer_new(&answer, &allocator), R53_OK);
    assert_int_equal(r53_trace_new(&trace, &allocator), R53_OK);
    assert_int_equal(resolve_all(world.view, answer, trace), R53_OK);
    calls = torture.calls;
    assert_true(calls > 2);
    assert_int_equal(resolve_all(world.view, answer, trace), R53_OK);
    assert_int_equal(torture.calls, calls);
    r53_trace_free(trace);
    r53_answer_free(answer);
    assert_int_equal(torture.live, 0);
    world_close(&world);
}

/* One round: a view, an answer, a trace, all queries, with allocation `fail_at` failing. */
static int32_t torture_round(const struct world *world, struct torture *torture, long fail_at)
{
    const r53_allocator allocator = torture_allocator(torture);
    r53_view *view = NULL;
    r53_answer *answer = NULL;
    r53_trace *trace = NULL;
    r53_report *report = NULL;
    int32_t rc;

    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    torture->calls = 0;
    torture->fail_at = fail_at;
    rc = r53_view_new(&view, world->cloud, world->observed, 0, report);
    if (rc == R53_OK)
        rc = r53_answer_new(&answer, &allocator);
    if (rc == R53_OK)
        rc = r53_trace_new(&trace, &allocator);
    if (rc == R53_OK)
        rc = resolve_all(view, answer, trace);
    if (rc != R53_OK && !view)
        assert_int_equal(r53_report_count_of(report, R53_SEVERITY_ERROR), 1);
    torture->fail_at = 0;
    r53_trace_free(trace);
    r53_answer_free(answer);
    r53_view_release(view);
    r53_report_free(report);
    return rc;
}

static void torture_all(void **state)
{
    struct torture torture = {0};
    const r53_allocator allocator = torture_allocator(&torture);
    const r53_cloud_options options = {.size = sizeof(options), .allocator = &allocator};
    struct world world;
    int32_t rc = R53_E_NOMEM;
    long live, k;

    (void)state;
    world_open_with(&world, MIXED, &options);
    r53_view_release(world.view);
    world.view = NULL;
    live = torture.live;
    for (k = 1; rc != R53_OK; k++) {
        rc = torture_round(&world, &torture, k);
        assert_true(rc == R53_OK || rc == R53_E_NOMEM);
        assert_int_equal(torture.live, live);
        assert_true(k < 1000);
    }
    assert_true(k > 5);
    world_close(&world);
    assert_int_equal(torture.live, 0);
}

/* The trace names a rule for each decision, in the order they were made. */
static void traced(void **state)
{
    static const char *const expected[] = {"R53-ZONE-10",  "R53-DISP-01",   "R53-SIMPLE-01",
                                           "R53-ALIAS-08", "R53-SIMPLE-01", "R53-SIMPLE-02"};
    const r53_query query = {.size = sizeof(query), .name = "api.example.com"};
    struct world world;
    r53_answer *answer;
    r53_trace *trace;

    (void)state;
    world_open(&world, MIXED);
    assert_int_equal(r53_answer_new(&answer, NULL), R53_OK);
    assert_int_equal(r53_trace_new(&trace, NULL), R53_OK);
    for (int i = 0; i < 2; i++) { /* a call starts the trace anew */
        assert_int_equal(r53_resolve(world.view, &query, answer, trace), R53_OK);
        assert_int_equal(r53_trace_count(trace), COUNT(expected));
    }
    for (size_t i = 0; i < COUNT(expected); i++)
        assert_string_equal(r53_rule_id(trace->records[i].rule), expected[i]);
    world_close(&world); /* the trace pins the view */
    assert_non_null(((const r53_view *)trace->pinned)->zones);
    r53_trace_free(trace);
    r53_answer_free(answer);
}

int main(void)
{
    static struct CMUnitTest tests[COUNT(cases) + 9];
    size_t n = 0;

    ADD_CASES(tests, n, cases, check_case);
    ADD_TEST(tests, n, "R53-SIMPLE-02 R53-CASE-02 each order with probability 1/6", every_order);
    ADD_TEST(tests, n, "R53-SIMPLE-02 the seed moves the order and nothing else",
             seed_moves_order_only);
    ADD_TEST(tests, n, "R53-SIMPLE-02 an unrelated edit does not move the order", unrelated_edits);
    ADD_TEST(tests, n, "R53-SIMPLE-02 names are shuffled independently", names_are_independent);
    ADD_TEST(tests, n, "R53-SIMPLE-02 four hundred values", many_values);
    ADD_TEST(tests, n, "reading an answer", reading_answers);
    ADD_TEST(tests, n, "the second time nothing is allocated", warm);
    ADD_TEST(tests, n, "every allocation fails once", torture_all);
    ADD_TEST(tests, n, "each decision is traced with its rule", traced);
    return RUN_TESTS("resolve", tests, n);
}
