/*
 * Pictures without memory: making a tree or outcomes fails at every allocation in turn, leaves
 * nothing behind, and works when asked again; rendering them needs none.
 */
#include "support/harness.h"

#include <r53/outcomes.h>
#include <r53/tree.h>

#include "support/cloud_text.h"
#include "support/torture.h"

#include <stdlib.h>

#define ELB "web-1.us-east-1.elb.amazonaws.com"

enum { CALLS_MOST = 2000, TEXT_MAX = 1 << 15 };

static const char lines[] = "lb web application " ELB " a=198.51.100.1 b=198.51.100.2\n"
                            "tg web a=healthy b=unhealthy\n"
                            "check hc http down\n"
                            "w A alias=Z35SXDOTRQ7X7K/" ELB ". id=lb weight=2 eth\n"
                            "w A alias=ZONE1/x id=x weight=1\n"
                            "w A 192.0.2.1 id=old weight=7 hc=hc\n"
                            "x A alias=Z35SXDOTRQ7X7K/" ELB ". id=one weight=3\n"
                            "x A 192.0.2.2 id=two weight=4\n";

static const r53_query query = {.size = sizeof(query), .name = "w.example.com"};

/* Makes the picture, renders it without memory, and frees it. */
typedef int32_t draw_function(const r53_view *view, struct torture *torture, r53_report *report);

static int32_t draw_tree(const r53_view *view, struct torture *torture, r53_report *report)
{
    static char text[TEXT_MAX];
    r53_tree *tree = NULL;
    int32_t rc = r53_tree_new(&tree, view, &query, NULL, report);
    long calls = torture->calls;

    if (rc != R53_OK) {
        assert_null(tree);
        return rc;
    }
    assert_int_equal(r53_tree_render(tree, R53_RENDER_MERMAID, text, sizeof(text), NULL), R53_OK);
    assert_int_equal(torture->calls, calls);
    r53_tree_free(tree);
    return rc;
}

static int32_t draw_outcomes(const r53_view *view, struct torture *torture, r53_report *report)
{
    static char text[TEXT_MAX];
    r53_outcomes *outcomes = NULL;
    int32_t rc = r53_outcomes_new(&outcomes, view, &query, NULL, report);
    long calls = torture->calls;

    if (rc != R53_OK) {
        assert_null(outcomes);
        return rc;
    }
    assert_int_equal(r53_outcomes_render(outcomes, R53_RENDER_TEXT, text, sizeof(text), NULL),
                     R53_OK);
    assert_int_equal(torture->calls, calls);
    r53_outcomes_free(outcomes);
    return rc;
}

/* Allocation k fails, for every k until none does. */
static void fail_each(draw_function *draw, bool once)
{
    struct torture torture = {.once = once};
    r53_allocator allocator = torture_allocator(&torture);
    r53_cloud_options options = {.size = sizeof(options), .allocator = &allocator};
    struct world world;
    long before, k;
    int32_t rc = R53_E_NOMEM;

    world_open_with(&world, lines, &options);
    before = torture.live;
    for (k = 1; rc != R53_OK && k < CALLS_MOST; k++) {
        torture.calls = 0;
        torture.fail_at = k;
        rc = draw(world.view, &torture, NULL);
        torture.fail_at = 0;
        assert_true(rc == R53_OK || rc == R53_E_NOMEM);
        assert_int_equal(torture.live, before);
        assert_int_equal(draw(world.view, &torture, NULL), R53_OK);
        assert_int_equal(torture.live, before);
    }
    assert_true(k > 4 && k < CALLS_MOST);
    world_close(&world);
    assert_int_equal(torture.live, 0);
}

static void trees(void **state)
{
    (void)state;
    fail_each(draw_tree, true);
    fail_each(draw_tree, false);
}

static void outcomes(void **state)
{
    (void)state;
    fail_each(draw_outcomes, true);
    fail_each(draw_outcomes, false);
}

/* The report has a word for it that needs no memory. */
static void told(void **state)
{
    struct torture torture = {0};
    r53_allocator allocator = torture_allocator(&torture);
    r53_cloud_options options = {.size = sizeof(options), .allocator = &allocator};
    r53_finding finding = {.size = sizeof(finding)};
    struct world world;
    r53_report *report;
    r53_tree *tree;

    (void)state;
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    world_open_with(&world, lines, &options);
    torture.calls = 0;
    torture.fail_at = 1;
    assert_int_equal(r53_tree_new(&tree, world.view, &query, NULL, report), R53_E_NOMEM);
    torture.fail_at = 0;
    assert_int_equal(r53_report_get(report, 0, &finding), R53_OK);
    assert_int_equal(finding.code, R53_E_NOMEM);
    world_close(&world);
    r53_report_free(report);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(trees),
        cmocka_unit_test(outcomes),
        cmocka_unit_test(told),
    };

    return RUN_TESTS("oom_picture", tests, COUNT(tests));
}
