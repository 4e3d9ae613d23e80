/* What is observed of clients: by call and by import, which must come to the same. */
#include "support/harness.h"
#include "support/observed_text.h"

#include <r53/import.h>

/* One statement: a place (client is a prefix) or, with a region, a latency. */
struct statement_row {
    const char *client, *region;
    int32_t milliseconds;
    const r53_place *place;
};

#define PLACE(...)                                                                                 \
    &(const r53_place)                                                                             \
    {                                                                                              \
        .size = sizeof(r53_place), __VA_ARGS__                                                     \
    }

static const r53_place german = {.size = sizeof(german),
                                 .country_code = "DE",
                                 .has_coordinates = 1,
                                 .latitude = 5252,
                                 .longitude = 1341};
static const r53_place californian = {
    .size = sizeof(californian), .country_code = "US", .subdivision_code = "CA"};
static const r53_place nowhere = {.size = sizeof(nowhere)};
static const r53_place southern = {
    .size = sizeof(southern), .has_coordinates = 1, .latitude = -9000};

static const struct said_case {
    const char *what;
    struct statement_row rows[5]; /* until client NULL */
    const char *text;
} said_cases[] = {
    {"R53-PLACE-06 a block and its place",
     {{"203.0.113.0/24", NULL, 0, &german}},
     "203.0.113.0/24 EU DE - 5252,1341\n"},
    {"R53-PLACE-06 a place without coordinates has none",
     {{"203.0.113.0/24", NULL, 0, &californian}},
     "203.0.113.0/24 NA US CA -\n"},
    {"R53-PLACE-06 coordinates alone",
     {{"2001:DB8::/32", NULL, 0, &southern}},
     "2001:db8::/32 - - - -9000,0\n"},
    {"R53-PLACE-06 a block may be known to be nowhere",
     {{"203.0.113.0/24", NULL, 0, &nowhere}},
     "203.0.113.0/24 - - - -\n"},
    {"R53-PLACE-06 the last statement on a block holds",
     {{"203.0.113.0/24", NULL, 0, &german}, {"203.0.113.0/24", NULL, 0, &californian}},
     "203.0.113.0/24 NA US CA -\n"},
    {"R53-PLACE-05 host bits do not make another block",
     {{"203.0.113.0/24", NULL, 0, &german}, {"203.0.113.99/24", NULL, 0, &californian}},
     "203.0.113.0/24 NA US CA -\n"},
    {"R53-PLACE-05 an address is a block",
     {{"203.0.113.7", NULL, 0, &german}},
     "203.0.113.7/32 EU DE - 5252,1341\n"},
    {"R53-PLACE-06 a place is forgotten",
     {{"203.0.113.0/24", NULL, 0, &german},
      {"198.51.100.0/24", NULL, 0, &german},
      {"203.0.113.0/24", NULL, 0, NULL}},
     "198.51.100.0/24 EU DE - 5252,1341\n"},
    {"R53-PLACE-06 what was never said may be forgotten", {{"203.0.113.0/24", NULL, 0, NULL}}, ""},
    {"R53-PLACE-06 and be said again",
     {{"203.0.113.0/24", NULL, 0, &german},
      {"203.0.113.0/24", NULL, 0, NULL},
      {"203.0.113.0/24", NULL, 0, &californian}},
     "203.0.113.0/24 NA US CA -\n"},
    {"R53-LATENCY-05 latencies of a block, in the order of the regions",
     {{"203.0.113.9/24", "eu-west-1", 30, NULL},
      {"203.0.113.0/24", "us-east-1", 80, NULL},
      {"203.0.113.0/24", "us-west-1", 0, NULL}},
     "203.0.113.0/24 us-east-1 80, us-west-1 0, eu-west-1 30\n"},
    {"R53-LATENCY-05 the last statement holds",
     {{"DE", "eu-west-1", 30, NULL}, {"DE", "us-east-1", 80, NULL}, {"DE", "eu-west-1", 20, NULL}},
     "DE us-east-1 80, eu-west-1 20\n"},
    {"R53-LATENCY-05 one is forgotten",
     {{"DE", "eu-west-1", 30, NULL}, {"DE", "us-east-1", 80, NULL}, {"DE", "eu-west-1", -1, NULL}},
     "DE us-east-1 80\n"},
    {"R53-LATENCY-05 the last of a client is forgotten",
     {{"DE", "eu-west-1", 30, NULL}, {"DE", "eu-west-1", -1, NULL}, {"FR", "eu-west-1", -1, NULL}},
     ""},
    {"R53-LATENCY-05 states, countries, continents and regions",
     {{"US-CA", "us-west-1", 1, NULL},
      {"UA-11", "eu-west-1", 2, NULL},
      {"EU", "eu-west-1", 3, NULL},
      {"AN", "sa-east-1", 4, NULL},
      {"eu-west-1", "eu-west-2", 5, NULL}},
     "US-CA us-west-1 1\nUA-11 eu-west-1 2\ncontinent:EU eu-west-1 3\ncontinent:AN sa-east-1 4\n"
     "eu-west-1 eu-west-2 5\n"},
    {"R53-LATENCY-05 a code of both is said to be one",
     {{"country:NA", "af-south-1", 1, NULL},
      {"continent:NA", "us-east-1", 2, NULL},
      {"country:DE", "eu-west-1", 3, NULL},
      {"DE", "us-east-1", 4, NULL}},
     "NA af-south-1 1\ncontinent:NA us-east-1 2\nDE us-east-1 4, eu-west-1 3\n"},
};

static int32_t observe(r53_observed *observed, const struct statement_row *row, r53_report *report)
{
    if (row->region)
        return r53_observe_latency(observed, row->client, row->region, row->milliseconds, report);
    return r53_observe_place(observed, row->client, row->place, report);
}

static int32_t import(r53_import *import, const struct statement_row *row)
{
    if (row->region)
        return r53_import_latency(import, row->client, row->region, row->milliseconds);
    return r53_import_place(import, row->client, row->place);
}

static void check_observe(void **state)
{
    const struct said_case *c = *state;
    char text[OBSERVED_TEXT_MAX];
    r53_observed *observed;

    assert_int_equal(r53_observed_new(&observed, NULL), R53_OK);
    for (size_t i = 0; i < COUNT(c->rows) && c->rows[i].client; i++)
        assert_int_equal(observe(observed, &c->rows[i], NULL), R53_OK);
    assert_string_equal(observed_text(text, observed), c->text);
    r53_observed_free(observed);
}

/* The import's texts need not outlive the call. */
static void check_import(void **state)
{
    const struct said_case *c = *state;
    char text[OBSERVED_TEXT_MAX], client[64];
    r53_observed *observed;
    r53_import *into;
    r53_cloud *cloud;

    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    assert_int_equal(r53_observed_new(&observed, NULL), R53_OK);
    assert_int_equal(r53_import_new(&into, cloud, observed, NULL), R53_OK);
    for (size_t i = 0; i < COUNT(c->rows) && c->rows[i].client; i++) {
        struct statement_row row = c->rows[i];

        row.client = strcpy(client, row.client);
        assert_int_equal(import(into, &row), R53_OK);
        memset(client, 'x', sizeof(client));
    }
    assert_string_equal(observed_text(text, observed), "");
    assert_int_equal(r53_import_commit(into), R53_OK);
    assert_string_equal(observed_text(text, observed), c->text);
    r53_import_free(into);
    r53_observed_free(observed);
    r53_cloud_free(cloud);
}

/* What has no meaning is refused, and the report says what is wrong with what. */
static const struct refused_case {
    const char *what;
    struct statement_row row;
    const char *path, *text;
} refused[] = {
    {"R53-PLACE-06 a place of no block",
     {"office", NULL, 0, &german},
     "Prefix",
     "\"office\" is not valid; expected: an address block such as 203.0.113.0/24"},
    {"R53-PLACE-06 a prefix too long",
     {"203.0.113.0/33", NULL, 0, &german},
     "Prefix",
     "\"203.0.113.0/33\" is not valid; expected: an address block such as 203.0.113.0/24"},
    {"R53-PLACE-06 no prefix at all",
     {"", NULL, 0, NULL},
     "Prefix",
     "\"\" is not valid; expected: an address block such as 203.0.113.0/24"},
    {"R53-DATA-06 a country is two letters",
     {"203.0.113.0/24", NULL, 0, PLACE(.country_code = "D")},
     "CountryCode",
     "\"D\" is not valid; expected: two upper-case letters"},
    {"R53-GEO-06 a country in the wrong continent",
     {"203.0.113.0/24", NULL, 0, PLACE(.country_code = "DE", .continent_code = "OC")},
     "ContinentCode",
     "\"OC\" is not valid; expected: the continent of the country"},
    {"R53-GEOPROX-02 degrees in place of hundredths",
     {"203.0.113.0/24", NULL, 0, PLACE(.has_coordinates = 1, .longitude = 20000)},
     "Longitude",
     "\"20000\" is not valid; expected: hundredths of a degree, -18000 to 18000"},
    {"R53-LATENCY-05 a client that is none",
     {"office", "us-east-1", 5, NULL},
     "Client",
     "\"office\" is not valid; expected: an address block, a place (US-CA, DE, continent:EU) or a "
     "Region"},
    {"R53-LATENCY-05 an empty client",
     {"", "us-east-1", 5, NULL},
     "Client",
     "\"\" is not valid; expected: an address block, a place (US-CA, DE, continent:EU) or a "
     "Region"},
    {"R53-LATENCY-05 a country in lower case",
     {"de", "us-east-1", 5, NULL},
     "Client",
     "\"de\" is not valid; expected: an address block, a place (US-CA, DE, continent:EU) or a "
     "Region"},
    {"R53-LATENCY-05 an eighth continent",
     {"continent:XX", "us-east-1", 5, NULL},
     "Client",
     "\"continent:XX\" is not valid; expected: an address block, a place (US-CA, DE, continent:EU) "
     "or a Region"},
    {"R53-LATENCY-05 Namibia or North America?",
     {"NA", "us-east-1", 5, NULL},
     "Client",
     "\"NA\" is not valid; expected: the code is a country's and a continent's; put country: or "
     "continent: before it"},
    {"R53-DATA-05 a region that does not exist",
     {"DE", "us-east-9", 5, NULL},
     "Region",
     "\"us-east-9\" is not valid; expected: an AWS Region such as us-east-1"},
    {"R53-LATENCY-05 less than no time",
     {"DE", "us-east-1", -2, NULL},
     "Milliseconds",
     "\"-2\" is not valid; expected: 0 or more, or -1 to forget"},
};

static void expect_told(r53_report *report, const struct refused_case *c)
{
    r53_finding finding = {.size = sizeof(finding)};

    assert_int_equal(r53_report_count(report), 1);
    assert_int_equal(r53_report_get(report, 0, &finding), R53_OK);
    assert_int_equal(finding.code, R53_E_INVALID);
    assert_string_equal(finding.path, c->path);
    assert_string_equal(finding.text, c->text);
    r53_report_clear(report);
}

static void check_refused(void **state)
{
    const struct refused_case *c = *state;
    char text[OBSERVED_TEXT_MAX];
    r53_observed *observed;
    r53_report *report;
    r53_import *into;
    r53_cloud *cloud;

    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    assert_int_equal(r53_observed_new(&observed, NULL), R53_OK);
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(r53_import_new(&into, cloud, observed, report), R53_OK);
    assert_int_equal(observe(observed, &c->row, report), R53_E_INVALID);
    expect_told(report, c);
    assert_int_equal(import(into, &c->row), R53_E_INVALID);
    expect_told(report, c);
    assert_int_equal(r53_import_commit(into), R53_OK);
    assert_string_equal(observed_text(text, observed), "");
    r53_import_free(into);
    r53_report_free(report);
    r53_observed_free(observed);
    r53_cloud_free(cloud);
}

static void arguments(void **state)
{
    r53_cloud *cloud;
    r53_import *into;

    (void)state;
    assert_int_equal(r53_observe_place(NULL, "203.0.113.0/24", &german, NULL), R53_E_INVALID);
    assert_int_equal(r53_observe_latency(NULL, "DE", "us-east-1", 1, NULL), R53_E_INVALID);
    assert_int_equal(r53_import_place(NULL, "203.0.113.0/24", &german), R53_E_INVALID);
    assert_int_equal(r53_import_latency(NULL, "DE", "us-east-1", 1), R53_E_INVALID);
    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    assert_int_equal(r53_import_new(&into, cloud, NULL, NULL), R53_OK);
    assert_int_equal(r53_import_place(into, NULL, &german), R53_E_INVALID);
    assert_int_equal(r53_import_latency(into, NULL, NULL, 1), R53_E_INVALID);
    assert_int_equal(r53_import_place(into, "203.0.113.0/24", &german), R53_E_INVALID);
    assert_int_equal(r53_import_latency(into, "DE", "us-east-1", 1), R53_E_INVALID);
    r53_import_free(into);
    r53_cloud_free(cloud);
}

int main(void)
{
    static struct CMUnitTest tests[2 * COUNT(said_cases) + COUNT(refused) + 1];
    size_t n = 0;

    ADD_CASES(tests, n, said_cases, check_observe);
    ADD_CASES(tests, n, said_cases, check_import);
    ADD_CASES(tests, n, refused, check_refused);
    ADD_TEST(tests, n, "observations need something to observe into", arguments);
    return RUN_TESTS("observed_place", tests, n);
}
