/* What a wrong query is told: the member, its value, what was expected; and only what is wrong. */
#include "support/harness.h"
#include "support/refused.h"

#include "route53/route.h"

#include <r53/resolve.h>

enum { LONG_NAME = 400 };

static const struct check_case {
    const char *what;
    r53_query query;
    const char *path, *value; /* of the only finding; NULL: there is none */
} cases[] = {
    {"a query of a name alone is valid", {.name = "www.example.com"}, NULL, NULL},
    {"a query without a name", {.type = 1}, "Name", "NULL"},
    {"R53-NAME-01 a name with an empty label", {.name = "a..b"}, "Name", "a..b"},
    {"a negative type", {.name = "a", .type = -7}, "Type", "-7"},
    {"a type of more than 16 bits", {.name = "a", .type = 65536}, "Type", "65536"},
    {"a telling that there is not", {.name = "a", .telling = 3}, "Telling", "3"},
    {"a resolver that is no address",
     {.name = "a", .resolver_address = "203.0.113.256"},
     "ResolverAddress",
     "203.0.113.256"},
    {"R53-PLACE-05 a subnet that is no block",
     {.name = "a", .client_subnet = "203.0.113.0/33"},
     "ClientSubnet",
     "203.0.113.0/33"},
    {"R53-DATA-05 a Region that does not exist",
     {.name = "a", .vpc_region = "us-east-9"},
     "VPCRegion",
     "us-east-9"},
    {"R53-DATA-06 a country that is no code",
     {.name = "a", .country_code = "Germany"},
     "CountryCode",
     "Germany"},
    {"R53-GEO-02 a state without its country",
     {.name = "a", .subdivision_code = "CA"},
     "SubdivisionCode",
     "CA"},
    {"a latitude beyond the pole",
     {.name = "a", .has_coordinates = 1, .latitude = 9001},
     "Latitude",
     "9001"},
};

static void check(void **state)
{
    const struct check_case *c = *state;
    r53_query query = c->query;
    r53_report *report;

    query.size = sizeof(query);
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(r53_query_check(&query, report), c->path ? R53_E_INVALID : R53_OK);
    assert_int_equal(r53_query_check(&query, NULL), c->path ? R53_E_INVALID : R53_OK);
    expect_refused(report, c->path, c->value);
    r53_report_free(report);
}

/* Each wrong member is told, also behind others. */
static void check_several(void **state)
{
    r53_query query = {.size = sizeof(query),
                       .name = "a..b",
                       .type = -1,
                       .vpc_region = "nowhere",
                       .country_code = "Germany"};
    r53_report *report;

    (void)state;
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(r53_query_check(&query, report), R53_E_INVALID);
    assert_int_equal(r53_report_count(report), 4);
    r53_report_free(report);
}

static void check_rubbish(void **state)
{
    static char name[LONG_NAME];
    r53_query query = {.size = 2};
    r53_report *report;

    (void)state;
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(r53_query_check(NULL, report), R53_E_INVALID);
    assert_int_equal(r53_query_check(&query, report), R53_E_INVALID);
    assert_int_equal(r53_report_count(report), 2);
    memset(name, 'x', sizeof(name) - 1);
    query = (r53_query){.size = sizeof(query), .name = name};
    assert_int_equal(r53_query_check(&query, report), R53_E_INVALID);
    assert_int_equal(r53_report_count(report), 3);
    r53_report_free(report);
}

/* Whatever is put together: refused is what reading refuses, and never without a word. */
static void check_agrees(void **state)
{
    static const char *const texts[] = {NULL, "", "us-east-1", "203.0.113.0/24", "DE", "x..y"};
    static const int32_t numbers[] = {0, 1, 2, 3, -1, 70000};

    (void)state;
    for (uint32_t i = 1, n = 0; n < 20000; n++, i = i * 1664525u + 1013904223u) {
        r53_query query = {.size = sizeof(query), .name = i >> 30 ? "a" : "a..b"};
        struct route_query parsed;
        r53_report *report;
        int32_t rc;

        query.resolver_address = texts[(i >> 3) % 4];
        query.client_subnet = texts[(i >> 5) % 4];
        query.vpc_region = texts[(i >> 7) % COUNT(texts)];
        query.country_code = texts[(i >> 11) % COUNT(texts)];
        query.subdivision_code = texts[(i >> 14) % 2];
        query.type = numbers[(i >> 17) % COUNT(numbers)];
        query.telling = numbers[(i >> 21) % COUNT(numbers)];
        assert_int_equal(r53_report_new(&report, NULL), R53_OK);
        rc = r53_query_check(&query, report);
        assert_int_equal(rc, r53__route_query_parse(&parsed, &query));
        assert_int_equal(rc != R53_OK, r53_report_count(report) > 0);
        r53_report_free(report);
    }
}

int main(void)
{
    static struct CMUnitTest tests[COUNT(cases) + 3];
    size_t n = 0;

    ADD_CASES(tests, n, cases, check);
    ADD_TEST(tests, n, "every wrong member is told", check_several);
    ADD_TEST(tests, n, "no query, a small one, an endless name", check_rubbish);
    ADD_TEST(tests, n, "what is refused is what reading refuses", check_agrees);
    return RUN_TESTS("query_check", tests, n);
}
