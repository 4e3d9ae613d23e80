/*
 * Rules with an allocator that fails at the k-th call, for every k, and an engine that fails at the
 * k-th pattern: the call says R53_E_NOMEM, changes nothing, leaks nothing, and works when called
 * again.
 */
#include "support/harness.h"
#include "support/regex_engine.h"
#include "support/rule_text.h"
#include "support/torture.h"

#include <stdlib.h>

enum { ENOUGH = 2000 };

#define RULE                                                                                       \
    "5 host=*.a.test path~^/v1 header=X:a* query=k:v source=10.0.0.0/8 url~^/v1=>/v2 site~a=>b "   \
    "-> jwt then x:1,y:2"

/* A cloud with listener and target groups, and whatever is asked of it. */
struct things {
    struct torture torture;
    struct regex_counts counts;
    r53_cloud *cloud;
    r53_report *report;
    struct rule_spec *spec;
};

static void things_make(struct things *t)
{
    static const r53_listener_action none = {
        .size = sizeof(none), .type = R53_ACTION_FIXED_RESPONSE, .status_code = "404"};
    const r53_listener_action *actions = &none;
    r53_listener listener = {.size = sizeof(listener),
                             .protocol = R53_PROTOCOL_HTTPS,
                             .port = 443,
                             .listener_arn = RULE_LISTENER,
                             .load_balancer_arn = RULE_LB,
                             .default_actions = &actions,
                             .n_default_actions = 1};
    r53_load_balancer lb = {.size = sizeof(lb), .load_balancer_arn = RULE_LB};
    r53_regex_engine engine = regex_engine(&t->counts);
    r53_allocator allocator = torture_allocator(&t->torture);
    r53_cloud_options options = {
        .size = sizeof(options), .allocator = &allocator, .regex = &engine};
    r53_import *import;

    t->spec = calloc(1, sizeof(*t->spec));
    rule_spec_read(t->spec, RULE);
    assert_int_equal(r53_cloud_new(&t->cloud, &options), R53_OK);
    assert_int_equal(r53_report_new(&t->report, &allocator), R53_OK);
    assert_int_equal(r53_import_new(&import, t->cloud, NULL, NULL), R53_OK);
    assert_int_equal(r53_import_load_balancer(import, &lb), R53_OK);
    assert_int_equal(r53_import_listener(import, &listener), R53_OK);
    for (int i = 0; i < 2; i++) {
        r53_target_group group = {
            .size = sizeof(group), .target_group_arn = i ? "x" : "y", .port = 80};

        assert_int_equal(r53_import_target_group(import, &group), R53_OK);
    }
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
}

static void things_free(struct things *t)
{
    t->torture.fail_at = 0;
    r53_report_free(t->report);
    r53_cloud_free(t->cloud);
    free(t->spec);
    assert_int_equal(t->torture.live, 0);
    assert_int_equal(t->counts.live, 0);
}

static int32_t create(struct things *t)
{
    return r53_listener_rule_create(t->cloud, &t->spec->rule, t->report);
}

static int32_t import(struct things *t)
{
    r53_import *import;
    int32_t rc = r53_import_new(&import, t->cloud, NULL, t->report);

    if (rc)
        return rc;
    rc = r53_import_rule(import, &t->spec->rule);
    if (rc == R53_OK)
        rc = r53_import_commit(import);
    r53_import_free(import);
    return rc;
}

static int32_t move(struct things *t)
{
    static const r53_rule_priority to = {RULE_ARN "5", 9, 0};

    return r53_listener_rule_set_priorities(t->cloud, &to, 1, t->report);
}

/* All parts anew, programs too. */
static int32_t modify(struct things *t)
{
    return r53_listener_rule_modify(t->cloud, &t->spec->rule, t->report);
}

static int32_t reset(struct things *t)
{
    static const r53_listener_rule rule = {
        .size = sizeof(rule), .rule_arn = RULE_ARN "5", .reset_transforms = 1};

    return r53_listener_rule_modify(t->cloud, &rule, t->report);
}

static int32_t look(struct things *t)
{
    r53_view *view;
    int32_t rc = r53_view_new(&view, t->cloud, NULL, 0, t->report);

    if (rc == R53_OK)
        r53_view_release(view);
    return rc;
}

static int32_t erase(struct things *t)
{
    return r53_listener_rule_delete(t->cloud, RULE_ARN "5", t->report);
}

static const struct oom_case {
    const char *what;
    bool there; /* the rule exists already */
    int32_t (*call)(struct things *t);
} cases[] = {
    {"r53_listener_rule_create", false, create},
    {"r53_import_rule", false, import},
    {"r53_listener_rule_set_priorities", true, move},
    {"r53_listener_rule_modify", true, modify},
    {"r53_listener_rule_modify, transforms reset", true, reset},
    {"a view with rules", true, look},
    {"r53_listener_rule_delete", true, erase},
};

static void check_case(void **state)
{
    const struct oom_case *c = *state;
    int32_t rc = R53_E_NOMEM;

    for (long k = 1; rc != R53_OK; k++) {
        for (int once = 0; once < 2; once++) {
            struct things t = {0};

            assert_true(k < ENOUGH);
            things_make(&t);
            if (c->there)
                assert_int_equal(create(&t), R53_OK);
            t.torture.fail_at = t.torture.calls + k;
            t.torture.once = once;
            rc = c->call(&t);
            if (rc) {
                assert_int_equal(rc, R53_E_NOMEM);
                assert_true(r53_report_count(t.report) > 0);
                t.torture.fail_at = 0;
                assert_int_equal(c->call(&t), R53_OK);
            }
            things_free(&t);
        }
    }
}

static void check_engine(void **unused)
{
    (void)unused;
    for (long k = 1; k <= 3; k++) {
        struct things t = {0};

        things_make(&t);
        t.counts.fail_at = k;
        assert_int_equal(create(&t), R53_E_NOMEM);
        assert_int_equal(t.counts.live, 0);
        t.counts.fail_at = 0;
        assert_int_equal(create(&t), R53_OK);
        assert_int_equal(t.counts.live, 3);
        things_free(&t);
    }
}

/* Selecting and its texts take no memory but the trace's. */
static void check_none(void **unused)
{
    r53_request request = {.size = sizeof(request), .load_balancer = RULE_LB, .url = "/v1/a"};
    r53_availability_zone zone = {.size = sizeof(zone), .zone_name = "a"};
    const r53_availability_zone *zones = &zone;
    r53_load_balancer lb = {.size = sizeof(lb),
                            .load_balancer_arn = RULE_LB,
                            .availability_zones = &zones,
                            .n_availability_zones = 1};
    r53_selection s = {.size = sizeof(s)};
    struct things t = {0};
    r53_import *again;
    r53_view *view;
    size_t length;
    long calls;

    (void)unused;
    things_make(&t);
    assert_int_equal(create(&t), R53_OK);
    assert_int_equal(r53_import_new(&again, t.cloud, NULL, NULL), R53_OK);
    assert_int_equal(r53_import_load_balancer(again, &lb), R53_OK);
    assert_int_equal(r53_import_commit(again), R53_OK);
    r53_import_free(again);
    assert_int_equal(r53_view_new(&view, t.cloud, NULL, 0, NULL), R53_OK);
    calls = t.torture.calls;
    assert_int_equal(r53_elb_select(view, &request, NULL, &s, NULL), R53_OK);
    assert_int_equal(s.outcome, R53_SELECTED_FIXED_RESPONSE);
    assert_int_equal(r53_selection_text_write(view, &request, &s, R53_TEXT_URL, NULL, 0, &length),
                     R53_E_NO_SPACE);
    assert_int_equal(length, 5);
    assert_int_equal(t.torture.calls, calls);
    r53_view_release(view);
    things_free(&t);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(cases) + 2];
    size_t n = 0;

    ADD_CASES(tests, n, cases, check_case);
    ADD_TEST(tests, n, "an engine without memory", check_engine);
    ADD_TEST(tests, n, "r53_selection_text_write and selecting by rules allocate nothing",
             check_none);
    return RUN_TESTS("oom_rules", tests, n);
}
