/*
 * What is observed of clients, with every allocation failing in turn: the call says so, nothing has
 * changed, and it works when called again.
 */
#include "support/harness.h"
#include "support/observed_text.h"
#include "support/torture.h"

#include <r53/import.h>
#include <r53/resolve.h>
#include <r53/view.h>

struct things {
    r53_cloud *cloud;
    r53_observed *observed;
    r53_report *report;
    r53_import *import;
    r53_view *view;
};

static const r53_place german = {.size = sizeof(german),
                                 .country_code = "DE",
                                 .has_coordinates = 1,
                                 .latitude = 5252,
                                 .longitude = 1341};
static const r53_place californian = {
    .size = sizeof(californian), .country_code = "US", .subdivision_code = "CA"};

/* Steps: each is one call. */

static int32_t observe_place(struct things *t)
{
    return r53_observe_place(t->observed, "203.0.113.0/24", &german, t->report);
}

static int32_t observe_other_place(struct things *t)
{
    return r53_observe_place(t->observed, "203.0.113.0/24", &californian, t->report);
}

static int32_t forget_place(struct things *t)
{
    return r53_observe_place(t->observed, "203.0.113.0/24", NULL, t->report);
}

static int32_t observe_latency(struct things *t)
{
    return r53_observe_latency(t->observed, "203.0.113.0/24", "us-east-1", 90, t->report);
}

static int32_t observe_second_latency(struct things *t)
{
    return r53_observe_latency(t->observed, "203.0.113.0/24", "eu-west-1", 20, t->report);
}

static int32_t forget_latency(struct things *t)
{
    return r53_observe_latency(t->observed, "203.0.113.0/24", "us-east-1", -1, t->report);
}

/* Telling what is wrong with a query needs memory for the words, and for nothing else. */
static int32_t check_query(struct things *t)
{
    r53_query query = {.size = sizeof(query), .name = "www.example.com"};

    return r53_query_check(&query, t->report);
}

static int32_t import_place(struct things *t)
{
    return r53_import_place(t->import, "2001:db8::/32", &californian);
}

static int32_t import_located_place(struct things *t)
{
    return r53_import_place(t->import, "198.51.100.0/24", &german);
}

static int32_t import_forgotten_place(struct things *t)
{
    return r53_import_place(t->import, "198.51.100.0/24", NULL);
}

static int32_t import_latency(struct things *t)
{
    return r53_import_latency(t->import, "US-CA", "us-west-1", 10);
}

static int32_t import_second_latency(struct things *t)
{
    return r53_import_latency(t->import, "US-CA", "us-west-2", 30);
}

static int32_t import_commit(struct things *t)
{
    return r53_import_commit(t->import);
}

static int32_t look(struct things *t)
{
    return r53_view_new(&t->view, t->cloud, t->observed, 0, t->report);
}

static int32_t (*const steps[])(struct things *) = {
    observe_place,         observe_other_place,
    observe_latency,       observe_second_latency,
    forget_latency,        forget_place,
    observe_place,         import_place,
    import_located_place,  import_latency,
    import_second_latency, import_forgotten_place,
    import_commit,         look,
    check_query,
};

static void open_things(struct things *t, const r53_allocator *allocator)
{
    const r53_cloud_options options = {.size = sizeof(options), .allocator = allocator};

    *t = (struct things){.cloud = NULL};
    assert_int_equal(r53_cloud_new(&t->cloud, &options), R53_OK);
    assert_int_equal(r53_observed_new(&t->observed, allocator), R53_OK);
    assert_int_equal(r53_report_new(&t->report, allocator), R53_OK);
    assert_int_equal(r53_import_new(&t->import, t->cloud, t->observed, t->report), R53_OK);
}

static void close_things(struct things *t)
{
    r53_view_release(t->view);
    r53_import_free(t->import);
    r53_report_free(t->report);
    r53_observed_free(t->observed);
    r53_cloud_free(t->cloud);
}

static bool told(const r53_report *report)
{
    r53_finding finding = {.size = sizeof(finding)};

    return r53_report_get(report, 0, &finding) == R53_OK && finding.code == R53_E_NOMEM;
}

/* Runs a step; one that fails changes nothing, and is run again with memory. */
static void run(struct things *t, size_t step, struct torture *torture)
{
    char before[OBSERVED_TEXT_MAX], after[OBSERVED_TEXT_MAX];
    int32_t rc;

    observed_text(before, t->observed);
    r53_report_clear(t->report);
    rc = steps[step](t);
    if (rc == R53_OK)
        return;
    assert_int_equal(rc, R53_E_NOMEM);
    assert_true(told(t->report));
    assert_null(t->view);
    assert_string_equal(observed_text(after, t->observed), before);
    torture->fail_at = 0;
    assert_int_equal(steps[step](t), R53_OK);
}

/* The scenario with the k-th allocation failing; false: it asks for fewer. */
static bool play(long k, bool once)
{
    struct torture torture = {.once = once};
    const r53_allocator allocator = torture_allocator(&torture);
    char text[OBSERVED_TEXT_MAX];
    struct things t;
    long begun;

    open_things(&t, &allocator);
    begun = torture.calls;
    torture.fail_at = begun + k;
    for (size_t i = 0; i < COUNT(steps); i++)
        run(&t, i, &torture);
    torture.fail_at = 0;
    assert_string_equal(observed_text(text, t.observed), "203.0.113.0/24 EU DE - 5252,1341\n"
                                                         "2001:db8::/32 NA US CA -\n"
                                                         "203.0.113.0/24 eu-west-1 20\n"
                                                         "US-CA us-west-1 10, us-west-2 30\n");
    close_things(&t);
    assert_int_equal(torture.live, 0);
    return torture.calls >= begun + k;
}

static void play_all(bool once)
{
    long k = 1;

    while (play(k, once))
        k++;
    assert_true(k > 20);
}

static void alone(void **state)
{
    (void)state;
    play_all(true);
}

static void all_behind(void **state)
{
    (void)state;
    play_all(false);
}

int main(void)
{
    struct CMUnitTest tests[2];
    size_t n = 0;

    ADD_TEST(tests, n, "observing clients: every allocation fails alone", alone);
    ADD_TEST(tests, n, "observing clients: every allocation fails with all behind it", all_behind);
    return RUN_TESTS("oom_place", tests, n);
}
