/*
 * VPCs and their resolvers' rules with every allocation failing in turn: the call says so, nothing
 * has changed, and it works when called again.
 */
#include "support/harness.h"
#include "support/torture.h"

#include <r53/import.h>
#include <r53/resolve.h>
#include <r53/view.h>

#include "model/cloud.h"
#include "view/view.h"

struct things {
    const r53_allocator *allocator;
    r53_cloud *cloud;
    r53_report *report;
    r53_import *import;
    r53_view *view;
    r53_trace *trace;
};

static int32_t make_cloud(struct things *t)
{
    r53_cloud_options options = {.size = sizeof(options), .allocator = t->allocator};

    return r53_cloud_new(&t->cloud, &options);
}

static int32_t make_report(struct things *t)
{
    return r53_report_new(&t->report, t->allocator);
}

static int32_t make_import(struct things *t)
{
    return r53_import_new(&t->import, t->cloud, NULL, t->report);
}

static int32_t import_support(struct things *t)
{
    const r53_vpc_dns vpc = {
        .size = sizeof(vpc), .vpc_id = "vpc-1", .enable_dns_support = R53_OPTION_ON};

    return r53_import_vpc(t->import, &vpc);
}

static int32_t import_hostnames(struct things *t)
{
    const r53_vpc_dns vpc = {
        .size = sizeof(vpc), .vpc_id = "vpc-1", .enable_dns_hostnames = R53_OPTION_OFF};

    return r53_import_vpc(t->import, &vpc);
}

static int32_t import_rule(struct things *t)
{
    const r53_resolver_rule rule = {.size = sizeof(rule),
                                    .id = "rslvr-rr-1",
                                    .rule_type = R53_RESOLVER_FORWARD,
                                    .domain_name = "corp.example"};

    return r53_import_resolver_rule(t->import, &rule);
}

static int32_t import_association(struct things *t)
{
    return r53_import_resolver_rule_association(t->import, "rslvr-rr-1", "vpc-1", 1);
}

static int32_t import_end(struct things *t)
{
    return r53_import_resolver_rule_association(t->import, "rslvr-rr-2", "vpc-1", 0);
}

static int32_t commit(struct things *t)
{
    return r53_import_commit(t->import);
}

static int32_t make_view(struct things *t)
{
    return r53_view_new(&t->view, t->cloud, NULL, 0, t->report);
}

static int32_t make_trace(struct things *t)
{
    return r53_trace_new(&t->trace, t->allocator);
}

static int32_t dispatch(struct things *t)
{
    const r53_query query = {.size = sizeof(query), .name = "a.corp.example", .vpc_id = "vpc-1"};
    r53_disposition d = {.size = sizeof(d)};

    assert_string_equal(r53_resolver_rule_type_name(R53_RESOLVER_FORWARD), "FORWARD");
    return r53_dispatch(t->view, &query, &d, t->trace);
}

static const struct step {
    const char *what;
    int32_t (*run)(struct things *);
    bool reports;
} steps[] = {
    {"r53_cloud_new", make_cloud, false},
    {"r53_report_new", make_report, false},
    {"r53_import_new", make_import, true},
    {"r53_import_vpc", import_support, true},
    {"r53_import_vpc again", import_hostnames, true},
    {"r53_import_resolver_rule", import_rule, true},
    {"r53_import_resolver_rule_association", import_association, true},
    {"r53_import_resolver_rule_association, none any more", import_end, true},
    {"r53_import_commit", commit, true},
    {"r53_import_vpc behind a commit", import_support, true},
    {"r53_import_commit again", commit, true},
    {"r53_view_new", make_view, true},
    {"r53_trace_new", make_trace, false},
    {"r53_dispatch", dispatch, false},
};

/* How many objects of VPCs the cloud holds. */
static size_t held(const struct things *t)
{
    static const enum cloud_kind kinds[] = {CLOUD_VPCS, CLOUD_RESOLVER_RULES,
                                            CLOUD_RULE_ASSOCIATIONS};
    size_t n = 0;

    for (size_t i = 0; t->cloud && i < COUNT(kinds); i++) {
        const struct table *table = &t->cloud->tables[kinds[i]];

        for (int32_t slot = 0; (size_t)slot < table->count; slot++)
            n += r53__table_at(table, slot) != NULL;
    }
    return n;
}

/* One call with the k-th allocation in it failing, and again without failure. */
static bool step_play(struct things *t, const struct step *step, struct torture *heap, long k)
{
    size_t before = held(t), told = r53_report_count(t->report);
    bool failed;
    int32_t rc;

    heap->fail_at = heap->calls + k;
    rc = step->run(t);
    failed = heap->calls >= heap->fail_at;
    heap->fail_at = 0;
    if (!failed) {
        assert_int_equal(rc, R53_OK);
        return false;
    }
    if (rc != R53_E_NOMEM || held(t) != before)
        fail_msg("allocation %ld of %s: %s", k, step->what, r53_error_name(rc));
    assert_int_equal(r53_report_count(t->report) - told, step->reports);
    r53_report_clear(t->report);
    assert_int_equal(step->run(t), R53_OK);
    return true;
}

static void things_free(struct things *t)
{
    r53_trace_free(t->trace);
    r53_view_release(t->view);
    r53_import_free(t->import);
    r53_report_free(t->report);
    r53_cloud_free(t->cloud);
}

/* All steps, with the k-th allocation of step `at` failing; false: it asks for fewer. */
static bool play(size_t at, long k, bool once)
{
    struct torture heap = {.once = once};
    const r53_allocator allocator = torture_allocator(&heap);
    struct things t = {.allocator = &allocator};
    bool failed = false;

    for (size_t i = 0; i < COUNT(steps); i++) {
        if (i == at)
            failed = step_play(&t, &steps[i], &heap, k);
        else
            assert_int_equal(steps[i].run(&t), R53_OK);
    }
    assert_int_equal(held(&t), 3);
    assert_int_equal(t.view->vpcs.n_rules, 1);
    assert_int_equal(r53__vpc_dns_state(&t.view->vpcs, "vpc-1"), VPC_HOSTNAMES_OFF);
    things_free(&t);
    assert_int_equal(heap.live, 0);
    return failed;
}

static void check_steps(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(steps); i++) {
        for (int once = 0; once < 2; once++) {
            for (long k = 1; play(i, k, once); k++)
                ;
        }
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        {"every allocation fails once, and all behind it", check_steps, NULL, NULL, NULL}};

    return cmocka_run_group_tests_name("oom_vpc", tests, NULL, NULL);
}
