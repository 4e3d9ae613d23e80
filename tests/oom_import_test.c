/*
 * Calls of an import that is new, so that each takes memory of its own, with an allocator that
 * fails at the k-th call, for every k: R53_E_NOMEM, told, nothing kept; made again it succeeds.
 * Behind other calls they find room that these left over, and no failure comes to pass.
 */
#include "support/harness.h"
#include "support/torture.h"

#include <r53/r53.h>

enum { ENOUGH = 100 };

static const r53_target target = {.size = sizeof(target), .id = "i-1", .port = 80};

static int32_t alarm(r53_import *import)
{
    return r53_import_alarm(import, "h1", R53_ALARM_ALARM);
}

static int32_t status(r53_import *import)
{
    return r53_import_health_check_status(import, "h1", R53_HEALTH_UNHEALTHY);
}

static int32_t checker(r53_import *import)
{
    return r53_import_checker(import, "h1", "us-east-1/192.0.2.44", R53_HEALTH_HEALTHY);
}

static int32_t mitigation(r53_import *import)
{
    return r53_import_mitigation(import, "t", &target, 250);
}

static int32_t slots(r53_import *import)
{
    return r53_import_target_slots(import, "t", &target, 8);
}

static int32_t shift(r53_import *import)
{
    return r53_import_zonal_shift(import, "lb", "us-east-1a", 1);
}

static int32_t impaired(r53_import *import)
{
    return r53_import_zone_impaired(import, "lb", "us-east-1a", 1);
}

static int32_t instance_state(r53_import *import)
{
    return r53_import_instance_state(import, "i-1", R53_INSTANCE_STOPPED);
}

static const struct import_case {
    const char *what;
    int32_t (*call)(r53_import *import);
} cases[] = {
    {"r53_import_alarm by itself", alarm},
    {"r53_import_health_check_status by itself", status},
    {"r53_import_checker by itself", checker},
    {"r53_import_mitigation by itself", mitigation},
    {"r53_import_target_slots by itself", slots},
    {"r53_import_zonal_shift by itself", shift},
    {"r53_import_zone_impaired by itself", impaired},
    {"r53_import_instance_state by itself", instance_state},
};

/* true: the call succeeded although allocation k was to fail. */
static bool attempt(const struct import_case *c, long k, bool once)
{
    struct torture torture = {0};
    r53_allocator allocator = torture_allocator(&torture);
    r53_cloud_options options = {.size = sizeof(options), .allocator = &allocator};
    r53_observed *observed;
    r53_report *report;
    r53_import *import;
    r53_cloud *cloud;
    int32_t rc;

    assert_int_equal(r53_cloud_new(&cloud, &options), R53_OK);
    assert_int_equal(r53_observed_new(&observed, &allocator), R53_OK);
    assert_int_equal(r53_report_new(&report, &allocator), R53_OK);
    assert_int_equal(r53_import_new(&import, cloud, observed, report), R53_OK);
    torture.fail_at = torture.calls + k;
    torture.once = once;
    rc = c->call(import);
    torture.fail_at = 0;
    if (rc != R53_OK) {
        assert_int_equal(rc, R53_E_NOMEM);
        assert_true(r53_report_count(report) > 0);
        assert_int_equal(c->call(import), R53_OK);
    }
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
    r53_report_free(report);
    r53_observed_free(observed);
    r53_cloud_free(cloud);
    assert_int_equal(torture.live, 0);
    return rc == R53_OK;
}

static void check_case(void **state)
{
    const struct import_case *c = *state;

    for (int once = 0; once < 2; once++) {
        long k = 1;

        while (!attempt(c, k, once)) {
            k++;
            assert_true(k < ENOUGH);
        }
        assert_true(k > 1); /* something failed */
    }
}

int main(void)
{
    static struct CMUnitTest tests[COUNT(cases)];
    size_t n = 0;

    ADD_CASES(tests, n, cases, check_case);
    return RUN_TESTS("oom_import", tests, n);
}
