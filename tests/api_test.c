/*
 * The library as its users get it: this program sees the public headers and the shared library only.
 * What the calls do in detail is proved elsewhere; here they are found and do what their names say.
 */
#include "support/harness.h"

#include <r53/r53.h>

static void version(void **state)
{
    (void)state;
    assert_non_null(strchr(r53_version(), '.'));
}

static void error_texts(void **state)
{
    static const int32_t codes[] = {R53_OK, R53_E_NOMEM, R53_E_LIMIT, -1000, 1000};

    (void)state;
    for (size_t i = 0; i < COUNT(codes); i++)
        assert_true(strlen(r53_strerror(codes[i])) > 0);
    assert_string_equal(r53_error_name(R53_E_NOMEM), "R53_E_NOMEM");
    assert_string_equal(r53_error_name(-1000), "R53_E_?");
}

static void types(void **state)
{
    (void)state;
    assert_int_equal(r53_type_number("aaaa"), R53_TYPE_AAAA);
    assert_int_equal(r53_type_number("WKS"), 0);
    assert_string_equal(r53_type_name(R53_TYPE_HTTPS), "HTTPS");
    assert_string_equal(r53_type_name(12345), "");
}

static void canonical_value(void **state)
{
    char text[64];
    size_t length = 0;
    const char *fault = NULL;

    (void)state;
    assert_int_equal(r53_value_canonical(R53_TYPE_AAAA, "2001:0db8::0001", text, sizeof(text),
                                         &length, &fault), R53_OK);
    assert_string_equal(text, "2001:db8::1");
    assert_int_equal(length, strlen(text));
    assert_int_equal(r53_value_canonical(R53_TYPE_A, "192.0.2.256", text, sizeof(text), &length,
                                         &fault), R53_E_INVALID);
    assert_non_null(fault);
    assert_int_equal(r53_value_canonical(R53_TYPE_A, "192.0.2.1", text, 4, &length, &fault),
                     R53_E_NO_SPACE);
}

static void report(void **state)
{
    r53_report *report = NULL;
    r53_finding finding = {.size = sizeof(finding), .severity = R53_SEVERITY_NOTE, .text = "seen"};

    (void)state;
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    r53_report_locate(report, "here", 3, 4);
    assert_int_equal(r53_report_add(report, &finding), R53_OK);
    assert_int_equal(r53_report_count(report), 1);
    assert_int_equal(r53_report_count_of(report, R53_SEVERITY_ERROR), 0);
    assert_int_equal(r53_report_get(report, 0, &finding), R53_OK);
    assert_string_equal(finding.text, "seen");
    assert_string_equal(finding.path, "here");
    assert_int_equal(finding.line, 3);
    assert_int_equal(r53_report_get(report, 1, &finding), R53_E_NOT_FOUND);
    r53_report_clear(report);
    assert_int_equal(r53_report_count(report), 0);
    r53_report_free(report);
}

static void cloud(void **state)
{
    r53_cloud_options options = {.size = sizeof(options), .strict_empty = 99};
    r53_hosted_zone zone = {.size = sizeof(zone), .id = "Z1", .name = "example.com",
                            .caller_reference = "one"};
    r53_cloud *cloud = NULL;
    r53_listing *listing = NULL;

    (void)state;
    assert_int_equal(r53_cloud_new(&cloud, &options), R53_E_INVALID);
    assert_null(cloud);
    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    assert_int_equal(r53_zone_create(cloud, &zone, NULL), R53_OK);
    assert_int_equal(r53_zones_list(&listing, cloud), R53_OK);
    assert_string_equal(r53_listing_next_zone(listing)->name, "example.com.");
    assert_null(r53_listing_next_zone(listing));
    r53_listing_free(listing);
    assert_int_equal(r53_zone_delete(cloud, "Z1", NULL), R53_OK);
    r53_cloud_free(cloud);
}

static void rulebook(void **state)
{
    (void)state;
    assert_true(r53_rulebook_count() > 0);
    for (size_t i = 0; i < r53_rulebook_count(); i++) {
        r53_rule rule = {.size = sizeof(rule)};

        assert_int_equal(r53_rulebook_get(i, &rule), R53_OK);
        assert_string_equal(r53_rule_id(rule.number), rule.id);
        assert_true(strlen(rule.sentence) > 0 && strlen(rule.source) > 0);
        assert_int_equal(strlen(rule.why_not) == 0, rule.modelled);
    }
    assert_string_equal(r53_rule_id(0), "");
}

static void free_nothing(void **state)
{
    (void)state;
    r53_report_free(NULL);
    r53_cloud_free(NULL);
    r53_observed_free(NULL);
    r53_import_free(NULL);
    r53_listing_free(NULL);
}

int main(void)
{
    struct CMUnitTest tests[8];
    size_t n = 0;

    ADD_TEST(tests, n, "the version has a dot", version);
    ADD_TEST(tests, n, "every error code has a text, known or not", error_texts);
    ADD_TEST(tests, n, "types are found by name and by number", types);
    ADD_TEST(tests, n, "a value is written in its canonical form", canonical_value);
    ADD_TEST(tests, n, "a report keeps findings and their places", report);
    ADD_TEST(tests, n, "a zone comes and goes in a cloud", cloud);
    ADD_TEST(tests, n, "the rulebook can be read from end to end", rulebook);
    ADD_TEST(tests, n, "to free nothing does nothing", free_nothing);
    return RUN_TESTS("api", tests, n);
}
