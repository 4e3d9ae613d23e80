/*
 * Reading a bundle with an allocator that fails at the k-th call, for every k: alone, or with all
 * that follow. Reading and committing say R53_E_NOMEM and no other code, the cloud is as it was, and
 * a second import succeeds. What jansson and the reader take from malloc is not tried here.
 */
#include "support/harness.h"
#include "support/torture.h"

#include <r53/json.h>
#include <r53/view.h>

#define GROUP "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef"

static const char bundle[] =
    "{\"R53Bundle\": ["
    "{\"Document\": {\"HostedZones\": [{\"Id\": \"/hostedzone/ZONE1\", \"Name\": \"example.com.\","
    " \"CallerReference\": \"one\", \"Config\": {\"PrivateZone\": false}}]}},"
    "{\"Context\": {\"HostedZoneId\": \"ZONE1\"}, \"Document\": {\"ResourceRecordSets\": ["
    "{\"Name\": \"www.example.com.\", \"Type\": \"A\", \"TTL\": 60, \"NotKnown\": 1,"
    " \"ResourceRecords\": [{\"Value\": \"192.0.2.1\"}]}]}},"
    "{\"Document\": {\"TargetGroups\": [{\"TargetGroupArn\": \"" GROUP "\","
    " \"TargetGroupName\": \"web\", \"Protocol\": \"HTTP\", \"Port\": 80}]}},"
    "{\"Context\": {\"TargetGroupArn\": \"" GROUP "\"}, \"Document\": {\"TargetHealthDescriptions\":"
    " [{\"Target\": {\"Id\": \"i-1\", \"Port\": 80}, \"TargetHealth\": {\"State\": \"healthy\"}}]}},"
    "{\"Document\": {\"R53Supplement\": {\"Instances\": [{\"InstanceId\": \"i-1\","
    " \"AvailabilityZone\": \"us-east-1a\"}], \"Addresses\": [{\"DNSName\": \"d1.cloudfront.net\","
    " \"Addresses\": [\"198.51.100.1\"]}]}}}]}";

struct world {
    struct torture torture;
    r53_allocator allocator;
    r53_cloud *cloud;
    r53_observed *observed;
    r53_report *report;
};

static void world_make(struct world *w)
{
    r53_cloud_options options = {.size = sizeof(options), .allocator = &w->allocator};

    w->torture = (struct torture){0};
    w->allocator = torture_allocator(&w->torture);
    assert_int_equal(r53_cloud_new(&w->cloud, &options), R53_OK);
    assert_int_equal(r53_observed_new(&w->observed, &w->allocator), R53_OK);
    assert_int_equal(r53_report_new(&w->report, &w->allocator), R53_OK);
}

static void world_free(struct world *w)
{
    r53_report_free(w->report);
    r53_observed_free(w->observed);
    r53_cloud_free(w->cloud);
    assert_int_equal(w->torture.live, 0);
}

static int32_t read_bundle(struct world *w)
{
    r53_import *import = NULL;
    int32_t rc = r53_import_new(&import, w->cloud, w->observed, w->report);

    if (rc == R53_OK)
        rc = r53_json_read(import, bundle, sizeof(bundle) - 1, NULL, w->report);
    if (rc == R53_OK)
        rc = r53_import_commit(import);
    r53_import_free(import);
    return rc;
}

static size_t zones_held(const struct world *w)
{
    r53_listing *listing;
    size_t n = 0;

    assert_int_equal(r53_zones_list(&listing, w->cloud), R53_OK);
    while (r53_listing_next_zone(listing))
        n++;
    r53_listing_free(listing);
    return n;
}

/* The bundle's record set stands in the cloud. */
static void expect_whole(const struct world *w)
{
    const r53_record_set *set;
    r53_listing *listing;

    assert_int_equal(zones_held(w), 1);
    assert_int_equal(r53_record_sets_list(&listing, w->cloud, "ZONE1", "www.example.com",
                                          R53_TYPE_A, NULL, NULL),
                     R53_OK);
    set = r53_listing_next_record_set(listing);
    assert_non_null(set);
    assert_string_equal(set->values[0], "192.0.2.1");
    r53_listing_free(listing);
}

/* The first error says so; notes may stand before it. */
static void expect_told(const r53_report *report)
{
    r53_finding finding = {.size = sizeof(finding)};
    size_t i = 0;

    do {
        assert_int_equal(r53_report_get(report, i++, &finding), R53_OK);
    } while (finding.severity != R53_SEVERITY_ERROR);
    assert_int_equal(finding.code, R53_E_NOMEM);
}

/* Plays it with the k-th allocation from now on failing; false when there are fewer. */
static bool play(long k, bool once)
{
    struct world w;
    bool failed;
    int32_t rc;

    world_make(&w);
    w.torture = (struct torture){.fail_at = k, .once = once, .live = w.torture.live};
    rc = read_bundle(&w);
    failed = w.torture.calls >= k;
    w.torture.fail_at = 0;
    if (rc != R53_OK) {
        assert_int_equal(rc, R53_E_NOMEM);
        expect_told(w.report);
        assert_int_equal(zones_held(&w), 0);
        r53_report_clear(w.report);
        assert_int_equal(read_bundle(&w), R53_OK);
    }
    expect_whole(&w);
    world_free(&w);
    return failed;
}

static void check_once(void **state)
{
    long k = 1;

    (void)state;
    while (play(k, true))
        k++;
    assert_true(k > 20);
}

static void check_for_good(void **state)
{
    long k = 1;

    (void)state;
    while (play(k, false))
        k++;
    assert_true(k > 20);
}

int main(void)
{
    struct CMUnitTest tests[2];
    size_t n = 0;

    ADD_TEST(tests, n, "each allocation of reading a bundle fails, alone", check_once);
    ADD_TEST(tests, n, "each allocation of reading a bundle fails, and all behind it",
             check_for_good);
    return RUN_TESTS("oom_json", tests, n);
}
