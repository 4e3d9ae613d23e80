/*
 * Health checks without memory: one play through every call that makes, changes, loads, observes or
 * lists them, in which the k-th allocation fails, for every k. The call that fails says
 * R53_E_NOMEM, changes nothing, loses nothing, and works when it is called again.
 */
#include "support/steps.h"

#include "view/check_status.h"

#include <r53/r53.h>

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

static int32_t observe_probe(struct things *t)
{
    const r53_checker_probe probe = {.size = sizeof(probe),
                                     .health_check_id = "web",
                                     .checker = "us-east-1/192.0.2.9",
                                     .now_ms = 1};

    return r53_observe_checker_probe(t->observed, t->cloud, &probe, t->report);
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

/* What is told of checks needs no memory. */
static int32_t look_at_checkers(struct things *t)
{
    r53_checker_status status = {.size = sizeof(status)};
    char host[32];

    assert_int_equal(r53_health_check_checker_get(t->view, "web", 0, &status), R53_OK);
    assert_int_equal(r53_health_check_host(&web, host, sizeof(host), NULL), R53_OK);
    assert_int_equal(r53_error_http_status("NoSuchHealthCheck"), 404);
    return R53_OK;
}

static const struct step steps[] = {
    {"r53_cloud_new", make_cloud, 0},
    {"r53_observed_new", make_observed, 0},
    {"r53_report_new", make_report, 0},
    {"r53_health_check_create", create_web, STEP_REPORTS},
    {"r53_health_check_create calculated", create_calculated, STEP_REPORTS | STEP_REMARKS},
    {"r53_health_check_create again", create_web, STEP_REPORTS},
    {"r53_health_check_create third", create_other, STEP_REPORTS},
    {"r53_observe_health_check", observe_status, 0},
    {"r53_observe_checker", observe_checker, 0},
    {"r53_observe_checker_probe", observe_probe, STEP_REPORTS},
    {"r53_observe_alarm", observe_alarm, 0},
    {"r53_health_check_update", update_web, STEP_REPORTS},
    {"r53_import_new", make_import, STEP_REPORTS},
    {"r53_import_health_check", import_check, STEP_REPORTS},
    {"r53_import_checker", import_checker, STEP_REPORTS},
    {"r53_import_health_check_status", import_status, STEP_REPORTS},
    {"r53_import_checker another", import_other_checker, STEP_REPORTS},
    {"r53_import_alarm", import_alarm, STEP_REPORTS},
    {"r53_import_commit", import_commit, STEP_REPORTS | STEP_REMARKS},
    {"r53_observe_checker back", observe_checker_back, 0},
    {"r53_health_check_delete", delete_other, STEP_REPORTS},
    {"r53_view_new", make_view, STEP_REPORTS},
    {"r53_health_check_checker_get", look_at_checkers, 0},
    {"r53_health_checks_list", make_listing, 0},
};

static void open_things(struct things *t, const r53_allocator *allocator)
{
    t->allocator = allocator;
}

static void close_things(struct things *t)
{
    r53_health_check_listing_free(t->listing);
    r53_view_release(t->view);
    r53_import_free(t->import);
    r53_report_free(t->report);
    r53_observed_free(t->observed);
    r53_cloud_free(t->cloud);
}

/* All checks and their statuses, as text, taken with memory of its own. */

static void put_statuses(const struct things *t, struct digest *digest)
{
    static const char *const ids[] = {"web", "all", "alarm", "tcp", "gone"};
    struct check_statuses statuses;
    struct memory memory;
    struct arena arena;

    assert_int_equal(r53__memory_init(&memory, NULL), R53_OK);
    r53__arena_init(&arena, &memory);
    assert_true(r53__check_statuses_prepare(&statuses, &arena, t->cloud, t->observed));
    for (size_t i = 0; i < COUNT(ids); i++)
        digest_add(digest, "%s %d\n", ids[i], r53__check_is_healthy(&statuses, ids[i]));
    r53__arena_free(&arena);
}

static void put_state(const struct things *t, struct digest *digest)
{
    r53_health_check_listing *listing;
    const r53_health_check *check;

    if (!t->cloud || !t->observed)
        return;
    assert_int_equal(r53_health_checks_list(&listing, t->cloud), R53_OK);
    while ((check = r53_health_check_listing_next(listing)))
        digest_add(digest, "%s %s v%d %u %u %d\n", check->id,
                   r53_health_check_type_name(check->type), check->health_check_version,
                   check->n_regions, check->n_child_health_checks, check->inverted);
    r53_health_check_listing_free(listing);
    put_statuses(t, digest);
}

/* After the last step alone, for its caller reference is spent then. */
static void touch(struct things *t, size_t step)
{
    const r53_health_check same = {.size = sizeof(same),
                                   .type = R53_CHECK_HTTP,
                                   .id = "touch",
                                   .caller_reference = "touch",
                                   .ip_address = "198.51.100.9"};

    if (step + 1 < COUNT(steps))
        return;
    assert_int_equal(r53_health_check_create(t->cloud, &same, NULL), R53_OK);
    assert_int_equal(r53_health_check_delete(t->cloud, "touch", NULL), R53_OK);
    assert_int_equal(r53_observe_health_check(t->observed, "touch", R53_HEALTH_UNKNOWN), R53_OK);
}

/* The deleted check's reference is spent. */
static void expect_spent(struct things *t)
{
    assert_int_equal(r53_health_check_create(t->cloud, &other, NULL), R53_E_EXISTS);
}

static struct things things;

static const struct scenario scenario = SCENARIO(50, .touch = touch, .finish = expect_spent);

int main(void)
{
    return scenario_suite("oom health check", &scenario, "each allocation fails, alone",
                          "each allocation fails, and all behind it");
}
