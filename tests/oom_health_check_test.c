/*
 * Health checks without memory: one play through every call that makes, changes, loads, observes or
 * lists them, in which the k-th allocation fails, for every k. The call that fails says
 * R53_E_NOMEM, changes nothing, loses nothing, and works when it is called again.
 */
#include "support/harness.h"
#include "support/torture.h"

#include "view/check_status.h"

#include <r53/r53.h>

#include <stdio.h>
#include <stdlib.h>

enum { DIGEST_MAX = 8192 };

struct things {
    r53_cloud *cloud;
    r53_observed *observed;
    r53_report *report;
    r53_import *import;
    r53_health_check_listing *listing;
    r53_view *view;
    const r53_allocator *allocator;
};

static const char *const three_regions[] = {"us-east-1", "us-west-1", "eu-west-1"};
static const char *const children[] = {"web", "alarm", "gone"};

static const r53_health_check web = {.size = sizeof(web),
                                     .type = R53_CHECK_HTTPS_STR_MATCH,
                                     .id = "web",
                                     .account = "123456789012",
                                     .caller_reference = "one",
                                     .ip_address = "198.51.100.1",
                                     .fully_qualified_domain_name = "www.example.com",
                                     .resource_path = "health",
                                     .search_string = "ok",
                                     .regions = three_regions,
                                     .n_regions = 3};
static const r53_health_check calculated = {.size = sizeof(calculated),
                                            .type = R53_CHECK_CALCULATED,
                                            .id = "all",
                                            .caller_reference = "two",
                                            .has_health_threshold = 1,
                                            .health_threshold = 2,
                                            .child_health_checks = children,
                                            .n_child_health_checks = 3};
static const r53_health_check alarm = {.size = sizeof(alarm),
                                       .type = R53_CHECK_CLOUDWATCH_METRIC,
                                       .id = "alarm",
                                       .alarm_region = "us-east-1",
                                       .alarm_name = "cpu"};
static const r53_health_check other = {.size = sizeof(other),
                                       .type = R53_CHECK_TCP,
                                       .id = "tcp",
                                       .caller_reference = "three",
                                       .ip_address = "198.51.100.2",
                                       .port = 25};

/* Steps: each is one call, or a call and what needs no memory. */

static int32_t make_cloud(struct things *t)
{
    r53_cloud_options options = {.size = sizeof(options), .allocator = t->allocator};

    return r53_cloud_new(&t->cloud, &options);
}

static int32_t make_observed(struct things *t)
{
    return r53_observed_new(&t->observed, t->allocator);
}

static int32_t make_report(struct things *t)
{
    return r53_report_new(&t->report, t->allocator);
}

static int32_t create_web(struct things *t)
{
    return r53_health_check_create(t->cloud, &web, t->report);
}

static int32_t create_calculated(struct things *t)
{
    return r53_health_check_create(t->cloud, &calculated, t->report);
}

static int32_t create_other(struct things *t)
{
    return r53_health_check_create(t->cloud, &other, t->report);
}

static int32_t update_web(struct things *t)
{
    r53_health_check change = web;

    change.health_check_version = 0;
    change.inverted = 1;
    change.n_regions = 0;
    return r53_health_check_update(t->cloud, &change, t->report);
}

static int32_t delete_other(struct things *t)
{
    return r53_health_check_delete(t->cloud, "tcp", t->report);
}

static int32_t observe_status(struct things *t)
{
    return r53_observe_health_check(t->observed, "gone", R53_HEALTH_UNHEALTHY);
}

static int32_t observe_checker(struct things *t)
{
    return r53_observe_checker(t->observed, "web", "us-east-1/192.0.2.1", R53_HEALTH_UNHEALTHY);
}

static int32_t observe_checker_back(struct things *t)
{
    return r53_observe_checker(t->observed, "web", "us-east-1/192.0.2.1", R53_HEALTH_UNKNOWN);
}

static int32_t observe_alarm(struct things *t)
{
    return r53_observe_alarm(t->observed, "alarm", R53_ALARM_INSUFFICIENT_DATA);
}

static int32_t make_import(struct things *t)
{
    return r53_import_new(&t->import, t->cloud, t->observed, t->report);
}

static int32_t import_check(struct things *t)
{
    return r53_import_health_check(t->import, &alarm);
}

static int32_t import_status(struct things *t)
{
    return r53_import_health_check_status(t->import, "gone", R53_HEALTH_HEALTHY);
}

static int32_t import_checker(struct things *t)
{
    return r53_import_checker(t->import, "web", "us-east-1/192.0.2.2", R53_HEALTH_HEALTHY);
}

static int32_t import_other_checker(struct things *t)
{
    return r53_import_checker(t->import, "tcp", "us-east-1/192.0.2.2", R53_HEALTH_UNHEALTHY);
}

static int32_t import_alarm(struct things *t)
{
    return r53_import_alarm(t->import, "alarm", R53_ALARM_ALARM);
}

static int32_t import_commit(struct things *t)
{
    return r53_import_commit(t->import);
}

static int32_t make_view(struct things *t)
{
    return r53_view_new(&t->view, t->cloud, t->observed, 0, t->report);
}

static int32_t make_listing(struct things *t)
{
    return r53_health_checks_list(&t->listing, t->cloud);
}

static const struct step {
    const char *what;
    int32_t (*run)(struct things *t);
    bool reports; /* a failure is told in the report */
    bool remarks; /* may succeed without memory for what is only remarked */
} steps[] = {
    {"r53_cloud_new", make_cloud, false, false},
    {"r53_observed_new", make_observed, false, false},
    {"r53_report_new", make_report, false, false},
    {"r53_health_check_create", create_web, true, false},
    {"r53_health_check_create calculated", create_calculated, true, true},
    {"r53_health_check_create again", create_web, true, false},
    {"r53_health_check_create third", create_other, true, false},
    {"r53_observe_health_check", observe_status, false, false},
    {"r53_observe_checker", observe_checker, false, false},
    {"r53_observe_alarm", observe_alarm, false, false},
    {"r53_health_check_update", update_web, true, false},
    {"r53_import_new", make_import, true, false},
    {"r53_import_health_check", import_check, true, false},
    {"r53_import_checker", import_checker, true, false},
    {"r53_import_health_check_status", import_status, true, false},
    {"r53_import_checker another", import_other_checker, true, false},
    {"r53_import_alarm", import_alarm, true, false},
    {"r53_import_commit", import_commit, true, true},
    {"r53_observe_checker back", observe_checker_back, false, false},
    {"r53_health_check_delete", delete_other, true, false},
    {"r53_view_new", make_view, true, false},
    {"r53_health_checks_list", make_listing, false, false},
};

static void things_free(struct things *t)
{
    r53_health_check_listing_free(t->listing);
    r53_view_release(t->view);
    r53_import_free(t->import);
    r53_report_free(t->report);
    r53_observed_free(t->observed);
    r53_cloud_free(t->cloud);
}

/* All checks and their statuses, as text, taken with memory of its own. */

static void put_statuses(const struct things *t, char *out, size_t room)
{
    static const char *const ids[] = {"web", "all", "alarm", "tcp", "gone"};
    struct check_statuses statuses;
    struct memory memory;
    struct arena arena;

    assert_int_equal(r53__memory_init(&memory, NULL), R53_OK);
    r53__arena_init(&arena, &memory);
    assert_true(r53__check_statuses_prepare(&statuses, &arena, t->cloud, t->observed));
    for (size_t i = 0; i < COUNT(ids); i++)
        snprintf(out + strlen(out), room - strlen(out), "%s %d\n", ids[i],
                 r53__check_is_healthy(&statuses, ids[i]));
    r53__arena_free(&arena);
}

static void take(char digest[DIGEST_MAX], const struct things *t, struct torture *torture)
{
    struct torture armed = *torture;
    r53_health_check_listing *listing;
    const r53_health_check *check;

    torture->fail_at = 0;
    digest[0] = '\0';
    if (t->cloud && t->observed) {
        assert_int_equal(r53_health_checks_list(&listing, t->cloud), R53_OK);
        while ((check = r53_health_check_listing_next(listing)))
            snprintf(digest + strlen(digest), DIGEST_MAX - strlen(digest), "%s %s v%d %u %u %d\n",
                     check->id, r53_health_check_type_name(check->type),
                     check->health_check_version, check->n_regions, check->n_child_health_checks,
                     check->inverted);
        r53_health_check_listing_free(listing);
        put_statuses(t, digest, DIGEST_MAX);
    }
    torture->fail_at = armed.fail_at;
    torture->calls = armed.calls;
}

/* The play */

struct script {
    char before[COUNT(steps) + 1][DIGEST_MAX];
    long calls;
};

static void expect(bool holds, const struct step *step, const struct torture *torture,
                   const char *what)
{
    if (!holds)
        fail_msg("%s, allocation %ld%s: %s", step->what, torture->fail_at,
                 torture->once ? " alone" : " and all behind it", what);
}

static bool told(const r53_report *report)
{
    r53_finding finding = {.size = sizeof(finding)};
    size_t i = 0;

    while (r53_report_get(report, i, &finding) == R53_OK && finding.severity != R53_SEVERITY_ERROR)
        i++;
    return i < r53_report_count(report) && finding.code == R53_E_NOMEM;
}

/* A change that changes nothing: it would bring to light what a failed one has left staged. */
static void touch(struct things *t)
{
    const r53_health_check same = {.size = sizeof(same),
                                   .type = R53_CHECK_HTTP,
                                   .id = "touch",
                                   .caller_reference = "touch",
                                   .ip_address = "198.51.100.9"};

    if (!t->cloud || !t->observed)
        return;
    assert_int_equal(r53_health_check_create(t->cloud, &same, NULL), R53_OK);
    assert_int_equal(r53_health_check_delete(t->cloud, "touch", NULL), R53_OK);
    assert_int_equal(r53_observe_health_check(t->observed, "touch", R53_HEALTH_UNKNOWN), R53_OK);
}

static void check_failure(const struct script *script, size_t i, int32_t rc, struct things *t,
                          const struct things *before, struct torture *torture)
{
    static char digest[DIGEST_MAX];
    struct torture failed = *torture;

    expect(rc == R53_E_NOMEM, &steps[i], &failed, r53_error_name(rc));
    expect(!memcmp(t, before, sizeof(*t)), &steps[i], &failed, "output was written");
    expect(!steps[i].reports || told(t->report), &steps[i], &failed, "the report does not say so");
    torture->fail_at = 0;
    take(digest, t, torture);
    expect(!strcmp(digest, script->before[i]), &steps[i], &failed, "something has changed");
    if (i + 1 < COUNT(steps))
        return;
    touch(t); /* at the end, for its caller reference is spent */
    take(digest, t, torture);
    expect(!strcmp(digest, script->before[i]), &steps[i], &failed, "something was left staged");
}

static void play(const struct script *script, long k, bool once)
{
    static char digest[DIGEST_MAX];
    struct torture torture = {.fail_at = k, .once = once};
    r53_allocator allocator = torture_allocator(&torture);
    struct things t = {.allocator = &allocator}, before;

    for (size_t i = 0; i < COUNT(steps); i++) {
        int32_t rc;

        r53_report_clear(t.report);
        memcpy(&before, &t, sizeof(t));
        rc = steps[i].run(&t);
        if (rc == R53_OK && torture.fail_at && torture.calls >= k) {
            expect(steps[i].remarks, &steps[i], &torture, "the failure was not noticed");
            torture.fail_at = 0;
        } else if (rc != R53_OK) {
            check_failure(script, i, rc, &t, &before, &torture);
            expect(steps[i].run(&t) == R53_OK, &steps[i], &torture, "it fails the second time");
        }
    }
    take(digest, &t, &torture);
    expect(!strcmp(digest, script->before[COUNT(steps)]), &steps[COUNT(steps) - 1], &torture,
           "the play ends otherwise");
    torture.fail_at = 0; /* the deleted check's reference is spent */
    assert_int_equal(r53_health_check_create(t.cloud, &other, NULL), R53_E_EXISTS);
    things_free(&t);
    expect(torture.live == 0, &steps[COUNT(steps) - 1], &torture, "memory was lost");
}

static void write_script(struct script *script)
{
    struct torture torture = {0};
    r53_allocator allocator = torture_allocator(&torture);
    struct things t = {.allocator = &allocator};

    for (size_t i = 0; i < COUNT(steps); i++) {
        r53_report_clear(t.report);
        take(script->before[i], &t, &torture);
        expect(steps[i].run(&t) == R53_OK, &steps[i], &torture, "it fails with memory");
    }
    take(script->before[COUNT(steps)], &t, &torture);
    script->calls = torture.calls;
    things_free(&t);
    assert_int_equal(torture.live, 0);
}

static void play_all(bool once)
{
    struct script *script = calloc(1, sizeof(*script));

    assert_non_null(script);
    write_script(script);
    assert_true(script->calls > 50);
    for (long k = 1; k <= script->calls; k++)
        play(script, k, once);
    free(script);
}

static void check_once(void **state)
{
    (void)state;
    play_all(true);
}

static void check_for_good(void **state)
{
    (void)state;
    play_all(false);
}

int main(void)
{
    struct CMUnitTest tests[2];
    size_t n = 0;

    ADD_TEST(tests, n, "each allocation fails, alone", check_once);
    ADD_TEST(tests, n, "each allocation fails, and all behind it", check_for_good);
    return RUN_TESTS("oom health check", tests, n);
}
