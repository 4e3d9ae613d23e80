/*
 * TestDNSAnswer: questions put to ZONE1 example.com and what comes back, in a line:
 *
 *   NOERROR UDP ns1.test www.example.com A: 192.0.2.1, 192.0.2.2
 */
#include "support/cloud_text.h"
#include "support/harness.h"
#include "support/torture.h"

#include <r53/test_dns_answer.h>

#include <stdio.h>
#include <stdlib.h>

enum { LINE_MAX_BYTES = 1 << 15 };

static void line_put(char *line, const char *text)
{
    assert_true(strlen(line) + strlen(text) < LINE_MAX_BYTES);
    strcat(line, text);
}

/* The records in their order. */
static void result_text(char *line, const r53_test_dns_result *result, r53_answer *answer)
{
    line[0] = '\0';
    line_put(line, result->response_code);
    line_put(line, " ");
    line_put(line, result->protocol);
    line_put(line, " ");
    line_put(line, result->nameserver);
    line_put(line, " ");
    line_put(line, result->record_name);
    line_put(line, " ");
    line_put(line, result->record_type);
    for (uint32_t i = 0; i < result->n_record_data; i++) {
        r53_record record = {.size = sizeof(record)};

        assert_int_equal(r53_answer_record(answer, R53_SECTION_ANSWER, i, &record), R53_OK);
        line_put(line, i ? ", " : ": ");
        line_put(line, record.value);
    }
}

static const char *ask(char *line, const r53_view *view, const r53_test_dns_query *query)
{
    r53_test_dns_result result = {.size = sizeof(result)};
    r53_answer *answer;
    int32_t rc;

    assert_int_equal(r53_answer_new(&answer, NULL), R53_OK);
    rc = r53_test_dns_answer(view, query, answer, &result, NULL);
    if (rc == R53_OK)
        result_text(line, &result, answer);
    else
        snprintf(line, LINE_MAX_BYTES, "%s", r53_error_name(rc));
    r53_answer_free(answer);
    return line;
}

#define Q(...)                                                                                     \
    {                                                                                              \
        .size = sizeof(r53_test_dns_query), .hosted_zone_id = "ZONE1", __VA_ARGS__                 \
    }
#define A(name_) .record_name = name_, .record_type = R53_TYPE_A

/* Latency and geolocation groups that tell where the client is taken to be. */
#define GEO                                                                                        \
    "geo A 192.0.2.1 id=us country=US ttl=60\ngeo A 192.0.2.2 id=eu continent=EU ttl=60\n"         \
    "geo A 192.0.2.3 id=any country=* ttl=60\n"                                                    \
    "va A 192.0.2.4 id=va country=US subdivision=VA ttl=60\n"                                      \
    "va A 192.0.2.5 id=any country=* ttl=60\n"

static const struct answer_case {
    const char *what, *cloud, *expected;
    r53_test_dns_query query;
} cases[] = {
    {"R53-TEST-01 R53-TEST-02 values, response code and a name server", "www A 192.0.2.1\n",
     "NOERROR UDP ns1.test www.example.com A: 192.0.2.1", Q(A("www.example.com"))},
    {"R53-TEST-01 the zone's id with its path, the name with its dot",
     "www A 192.0.2.1\n",
     "NOERROR UDP ns1.test www.example.com. A: 192.0.2.1",
     {.size = sizeof(r53_test_dns_query),
      .hosted_zone_id = "/hostedzone/ZONE1",
      .record_name = "www.example.com.",
      .record_type = R53_TYPE_A}},
    {"R53-TEST-02 the values are those of the Answer section, as they are written",
     "@ MX 10~mail.example.com\nmail A 192.0.2.25\n",
     "NOERROR UDP ns1.test example.com MX: 10 mail.example.com.",
     Q(.record_name = "example.com", .record_type = R53_TYPE_MX)},
    {"R53-TEST-02 R53-TEST-03 R53-CASE-73 a referral has no data",
     "acme NS ns1.example.net,ns2.example.net\nwww.acme A 192.0.2.1\n",
     "NOERROR UDP ns1.test www.acme.example.com A", Q(A("www.acme.example.com"))},
    {"R53-TEST-03 NODATA is NOERROR without data", "www A 192.0.2.1\n",
     "NOERROR UDP ns1.test www.example.com AAAA",
     Q(.record_name = "www.example.com", .record_type = R53_TYPE_AAAA)},
    {"T9 R53-TEST-03 a name that is not there is NXDOMAIN", "www A 192.0.2.1\n",
     "NXDOMAIN UDP ns1.test nope.example.com A", Q(A("nope.example.com"))},
    {"T9 R53-TEST-03 the case of the name plays no part and is told as asked", "www A 192.0.2.1\n",
     "NOERROR UDP ns1.test WwW.Example.COM A: 192.0.2.1", Q(A("WwW.Example.COM"))},
    {"T9 R53-TEST-03 wildcards answer", "* A 192.0.2.9\n",
     "NOERROR UDP ns1.test a.b.example.com A: 192.0.2.9", Q(A("a.b.example.com"))},
    {"R53-TEST-03 a name outside the zone is refused", "", "REFUSED UDP ns1.test www.example.net A",
     Q(A("www.example.net"))},
    {"R53-TEST-03 a CNAME tells its target, the type is as asked",
     "www CNAME web.example.com\nweb A 192.0.2.1\n",
     "NOERROR UDP ns1.test www.example.com A: web.example.com.", Q(A("www.example.com"))},
    {"R53-TEST-03 an alias tells the addresses behind it",
     "www A alias=Z2FDTNDATAQYW2/d1.cloudfront.net.\nseen d1.cloudfront.net 203.0.113.1\n",
     "NOERROR UDP ns1.test www.example.com A: 203.0.113.1", Q(A("www.example.com"))},
    {"R53-TEST-03 an alias that leads nowhere is SERVFAIL",
     "www A alias=Z2FDTNDATAQYW2/d1.cloudfront.net.\n", "SERVFAIL UDP ns1.test www.example.com A",
     Q(A("www.example.com"))},
    {"R53-PLACE-07 R53-TEST-01 nobody named: a resolver in us-east-1", GEO,
     "NOERROR UDP ns1.test va.example.com A: 192.0.2.4", Q(A("va.example.com"))},
    {"R53-PLACE-07 a resolver of no known place", GEO,
     "NOERROR UDP ns1.test geo.example.com A: 192.0.2.3",
     Q(A("geo.example.com"), .resolver_ip = "198.51.100.53")},
    {"R53-PLACE-07 R53-PLACE-01 a subnet comes before the resolver", GEO,
     "NOERROR UDP ns1.test geo.example.com A: 192.0.2.2",
     Q(A("geo.example.com"), .edns0_client_subnet_ip = "203.0.113.77",
       .resolver_ip = "198.51.100.53")},
    {"R53-PLACE-07 a subnet of no known place is not in us-east-1", GEO,
     "NOERROR UDP ns1.test geo.example.com A: 192.0.2.3",
     Q(A("geo.example.com"), .edns0_client_subnet_ip = "192.0.2.77")},
    {"R53-PLACE-07 24 bits of an IPv4 address are told", GEO,
     "NOERROR UDP ns1.test geo.example.com A: 192.0.2.3",
     Q(A("geo.example.com"), .edns0_client_subnet_ip = "198.18.1.200")},
    {"R53-PLACE-07 as many bits as the mask says are told", GEO,
     "NOERROR UDP ns1.test geo.example.com A: 192.0.2.2",
     Q(A("geo.example.com"), .edns0_client_subnet_ip = "198.18.1.200",
       .has_edns0_client_subnet_mask = 1, .edns0_client_subnet_mask = 32)},
    {"R53-PLACE-07 64 bits of an IPv6 address are told", GEO,
     "NOERROR UDP ns1.test geo.example.com A: 192.0.2.2",
     Q(A("geo.example.com"), .edns0_client_subnet_ip = "2001:db8:0:1::77")},
    {"R53-PLACE-07 R53-PLACE-03 a mask of 0 tells nothing of the client", GEO,
     "NOERROR UDP ns1.test geo.example.com A: 192.0.2.1",
     Q(A("geo.example.com"), .edns0_client_subnet_ip = "203.0.113.77",
       .has_edns0_client_subnet_mask = 1)},
    {"R53-TEST-01 a zone that is not there",
     "",
     "R53_E_NOT_FOUND",
     {.size = sizeof(r53_test_dns_query),
      .hosted_zone_id = "ZNONE",
      .record_name = "www.example.com",
      .record_type = R53_TYPE_A}},
    {"R53-TEST-01 R53-PRIV-16 private zones are not tested",
     "zone ZP example.com vpc-1\n",
     "R53_E_INVALID",
     {.size = sizeof(r53_test_dns_query),
      .hosted_zone_id = "ZP",
      .record_name = "www.example.com",
      .record_type = R53_TYPE_A}},
    {"R53-TEST-01 no zone, no name", "", "R53_E_NOT_FOUND", {.size = sizeof(r53_test_dns_query)}},
    {"R53-TEST-01 no name", "", "R53_E_INVALID", Q(A(NULL))},
    {"R53-TEST-01 no type", "", "R53_E_INVALID",
     Q(.record_name = "www.example.com", .record_type = 0)},
    {"R53-TEST-01 ANY is no type that a zone holds", "", "R53_E_INVALID",
     Q(.record_name = "www.example.com", .record_type = R53_TYPE_ANY)},
    {"R53-TEST-01 a resolver that is no address", "", "R53_E_INVALID",
     Q(A("www.example.com"), .resolver_ip = "192.0.2.0/24")},
    {"R53-TEST-01 a subnet that is no address", "", "R53_E_INVALID",
     Q(A("www.example.com"), .edns0_client_subnet_ip = "192.0.2")},
    {"R53-PLACE-07 a mask longer than the address", "", "R53_E_INVALID",
     Q(A("www.example.com"), .edns0_client_subnet_ip = "192.0.2.1",
       .has_edns0_client_subnet_mask = 1, .edns0_client_subnet_mask = 33)},
    {"R53-PLACE-07 a mask longer than an IPv6 address", "", "R53_E_INVALID",
     Q(A("www.example.com"), .edns0_client_subnet_ip = "2001:db8::",
       .has_edns0_client_subnet_mask = 1, .edns0_client_subnet_mask = 129)},
    {"R53-PLACE-07 a mask without address", "", "R53_E_INVALID",
     Q(A("www.example.com"), .has_edns0_client_subnet_mask = 1, .edns0_client_subnet_mask = 8)},
};

/* The places that GEO's cases speak of; 198.18.1.0/24 as a whole is nowhere. */
static void places_observe(struct world *w)
{
    static const char *const prefixes[] = {"203.0.113.0/24", "198.18.1.200/32",
                                           "2001:db8:0:1::/64"};
    const r53_place place = {.size = sizeof(place), .country_code = "DE"};

    for (size_t i = 0; i < COUNT(prefixes); i++)
        assert_int_equal(r53_observe_place(w->observed, prefixes[i], &place, NULL), R53_OK);
}

static void check_answer(void **state)
{
    const struct answer_case *c = *state;
    static char line[LINE_MAX_BYTES];
    struct world w;

    world_open(&w, c->cloud);
    places_observe(&w);
    world_look(&w);
    assert_string_equal(ask(line, w.view, &c->query), c->expected);
    world_close(&w);
}

/* What is refused is told by AWS's error name, its member and the value. */
static const struct fault_case {
    const char *what, *aws_name, *path, *text;
    r53_test_dns_query query;
} faults[] = {
    {"R53-TEST-01 a zone that is not there is told",
     "NoSuchHostedZone",
     "HostedZoneId",
     "No hosted zone found with ID: ZNONE",
     {.size = sizeof(r53_test_dns_query), .hosted_zone_id = "/hostedzone/ZNONE"}},
    {"R53-TEST-01 a name that is none is told", "InvalidInput", "RecordName",
     "a..b is not a domain name", Q(A("a..b"))},
    {"R53-TEST-01 a resolver that is no address is told", "InvalidInput", "ResolverIP",
     "here is not an IP address", Q(A("www.example.com"), .resolver_ip = "here")},
    {"R53-PLACE-07 a negative mask is told", "InvalidInput", "EDNS0ClientSubnetMask",
     "this number is not a mask of 0 to 32 bits",
     Q(A("www.example.com"), .edns0_client_subnet_ip = "192.0.2.1",
       .has_edns0_client_subnet_mask = 1, .edns0_client_subnet_mask = -1)},
};

static void check_fault(void **state)
{
    const struct fault_case *c = *state;
    r53_test_dns_result result = {.size = sizeof(result)};
    r53_finding finding = {.size = sizeof(finding)};
    r53_answer *answer;
    struct world w;

    world_open(&w, "www A 192.0.2.1\n");
    assert_int_equal(r53_answer_new(&answer, NULL), R53_OK);
    assert_int_not_equal(r53_test_dns_answer(w.view, &c->query, answer, &result, w.report), R53_OK);
    assert_null(result.nameserver);
    assert_int_equal(r53_report_get(w.report, 0, &finding), R53_OK);
    assert_string_equal(finding.aws_name, c->aws_name);
    assert_string_equal(finding.path, c->path);
    assert_string_equal(finding.text, c->text);
    r53_answer_free(answer);
    world_close(&w);
}

/* `n` addresses at big.example.com; to be freed. */
static char *big_record(unsigned n)
{
    char *line = malloc(n * 20u + 40u);
    size_t at;

    assert_non_null(line);
    at = (size_t)sprintf(line, "big A ");
    for (unsigned i = 0; i < n; i++)
        at += (size_t)sprintf(line + at, "%s10.0.%u.%u", i ? "," : "", i / 250, i % 250);
    sprintf(line + at, "\n");
    return line;
}

/*
 * Header 12, name 17, question 4, OPT 11 and 16 a record: 253 records are 4092 octets, the last
 * that fit into 4096.
 */
static void protocol(void **state)
{
    static char line[LINE_MAX_BYTES];
    static const r53_test_dns_query query = Q(A("big.example.com"));

    (void)state;
    for (unsigned n = 253; n <= 254; n++) {
        char *record = big_record(n);
        struct world w;

        world_open(&w, record);
        ask(line, w.view, &query);
        assert_memory_equal(line, n == 253 ? "NOERROR UDP" : "NOERROR TCP", 11);
        world_close(&w);
        free(record);
    }
}

static void chance(void **state)
{
    r53_test_dns_query query = Q(A("w.example.com"));
    static char line[LINE_MAX_BYTES];
    struct world w;
    int first = 0;

    (void)state;
    world_open(&w, "w A 192.0.2.1 id=a weight=1\nw A 192.0.2.2 id=b weight=1\n");
    for (query.seed = 0; query.seed < 64; query.seed++)
        first += strstr(ask(line, w.view, &query), "192.0.2.1") != NULL;
    assert_in_range(first, 16, 48);
    world_close(&w);
}

static void misuse(void **state)
{
    static const r53_test_dns_query query = Q(A("www.example.com"));
    r53_test_dns_query unsized = query;
    r53_test_dns_result result = {.size = sizeof(result)};
    r53_answer *answer;
    struct world w;

    (void)state;
    unsized.size = 0;
    world_open(&w, "www A 192.0.2.1\n");
    assert_int_equal(r53_answer_new(&answer, NULL), R53_OK);
    assert_int_equal(r53_test_dns_answer(NULL, &query, answer, &result, w.report), R53_E_INVALID);
    assert_int_equal(r53_test_dns_answer(w.view, NULL, answer, &result, w.report), R53_E_INVALID);
    assert_int_equal(r53_test_dns_answer(w.view, &unsized, answer, &result, w.report),
                     R53_E_INVALID);
    assert_int_equal(r53_test_dns_answer(w.view, &query, NULL, &result, w.report), R53_E_INVALID);
    assert_int_equal(r53_test_dns_answer(w.view, &query, answer, NULL, w.report), R53_E_INVALID);
    assert_int_equal(r53_answer_count(answer, R53_SECTION_ANSWER), 0);
    assert_int_equal(r53_report_count(w.report), 5);
    r53_answer_free(answer);
    world_close(&w);
}

/* Allocation k of the answer fails; the answer can be used again. */
static void starving(void **state)
{
    static const r53_test_dns_query query = Q(A("www.example.com"));
    r53_test_dns_result result = {.size = sizeof(result)};
    struct torture torture = {0};
    const r53_allocator allocator = torture_allocator(&torture);
    int32_t rc = R53_E_NOMEM;
    struct world w;

    (void)state;
    world_open(&w, "www A 192.0.2.1\n");
    for (long k = 1; rc != R53_OK; k++) {
        r53_answer *answer;

        assert_int_equal(r53_answer_new(&answer, &allocator), R53_OK);
        torture.fail_at = torture.calls + k;
        torture.once = true;
        rc = r53_test_dns_answer(w.view, &query, answer, &result, w.report);
        torture.fail_at = 0;
        if (rc != R53_OK) {
            assert_int_equal(rc, R53_E_NOMEM);
            assert_int_equal(r53_answer_count(answer, R53_SECTION_ANSWER), 0);
            assert_int_equal(r53_test_dns_answer(w.view, &query, answer, &result, NULL), R53_OK);
        }
        r53_answer_free(answer);
        assert_int_equal(torture.live, 0);
    }
    assert_int_not_equal(r53_report_count(w.report), 0);
    world_close(&w);
}

int main(void)
{
    static struct CMUnitTest tests[COUNT(cases) + COUNT(faults) + 4];
    size_t n = 0;

    ADD_CASES(tests, n, cases, check_answer);
    ADD_CASES(tests, n, faults, check_fault);
    ADD_TEST(tests, n, "R53-TEST-02 TCP for what no UDP message holds", protocol);
    ADD_TEST(tests, n, "R53-TEST-03 chance follows the weights", chance);
    ADD_TEST(tests, n, "R53_E_INVALID for missing pointers and sizes", misuse);
    ADD_TEST(tests, n, "any allocation may fail", starving);
    return RUN_TESTS("test_dns_answer", tests, n);
}
