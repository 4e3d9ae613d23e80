/*
 * Listings whose memory fails: an error, nothing lost, and the cloud as it was. Pages need none.
 */
#include "support/harness.h"
#include "support/torture.h"
#include "support/zone_text.h"

#include <r53/health_check.h>

#include <stdio.h>

enum { CHECKS = 130 };

static void add_all(r53_cloud *cloud)
{
    const r53_hosted_zone zone = {
        .size = sizeof(zone), .id = "ZB", .name = "b.test", .caller_reference = "b"};
    r53_health_check check = {
        .size = sizeof(check), .type = R53_CHECK_HTTP, .ip_address = "192.0.2.1"};
    char id[48];

    assert_int_equal(r53_zone_create(cloud, &zone, NULL), R53_OK);
    for (int i = 0; i < CHECKS; i++) {
        snprintf(id, sizeof(id), "check-%d", i);
        check.id = check.caller_reference = id;
        assert_int_equal(r53_health_check_create(cloud, &check, NULL), R53_OK);
    }
}

static int32_t list_once(const r53_cloud *cloud, r53_report *report)
{
    r53_listing *listing = NULL;
    int32_t rc = r53_zones_list_by_name(&listing, cloud, "b.test", "ZB", report);

    if (rc == R53_OK) {
        assert_int_equal(r53_listing_page(listing, 1), 0);
        assert_string_equal(r53_listing_next_zone(listing)->id, "ZB");
        assert_null(r53_listing_next_zone(listing));
    } else {
        assert_null(listing);
    }
    r53_listing_free(listing);
    return rc;
}

static int32_t checks_once(const r53_cloud *cloud)
{
    r53_health_check_listing *listing = NULL;
    int32_t rc = r53_health_checks_list(&listing, cloud);
    int n = 0;

    if (rc == R53_OK) {
        assert_int_equal(r53_health_check_listing_page(listing, 200), 1);
        while (r53_health_check_listing_next(listing))
            n++;
        assert_int_equal(n, 100);
        assert_int_equal(r53_health_check_listing_page(listing, -1), R53_E_INVALID);
        assert_int_equal(r53_health_check_listing_page(listing, 0), 0);
        while (r53_health_check_listing_next(listing))
            n++;
        assert_int_equal(n, CHECKS);
    }
    r53_health_check_listing_free(listing);
    return rc;
}

static void torture_all(void **state)
{
    struct torture torture = {0};
    r53_allocator allocator = torture_allocator(&torture);
    r53_cloud *cloud = cloud_with_zone(&allocator);
    r53_report *report;
    long live;

    (void)state;
    add_all(cloud);
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    live = torture.live;
    for (int kind = 0; kind < 2; kind++) {
        int32_t rc = R53_E_NOMEM;

        for (long k = 1; rc == R53_E_NOMEM; k++) {
            torture.calls = 0;
            torture.fail_at = k;
            rc = kind ? checks_once(cloud) : list_once(cloud, report);
            torture.fail_at = 0;
            assert_int_equal(torture.live, live);
        }
        assert_int_equal(rc, R53_OK);
    }
    assert_true(r53_report_count(report) > 0); /* lack of memory was told */
    r53_report_free(report);
    r53_cloud_free(cloud);
    assert_int_equal(torture.live, 0);
}

static void nonsense(void **state)
{
    (void)state;
    assert_int_equal(r53_health_check_listing_page(NULL, 1), R53_E_INVALID);
    assert_int_equal(r53_listing_page(NULL, 1), R53_E_INVALID);
}

int main(void)
{
    struct CMUnitTest tests[2];
    size_t n = 0;

    ADD_TEST(tests, n, "R53-LIST-05 pages of 100 health checks; every allocation fails once",
             torture_all);
    ADD_TEST(tests, n, "pages of no listing", nonsense);
    return RUN_TESTS("oom_listing", tests, n);
}
