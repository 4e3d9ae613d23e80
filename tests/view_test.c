/* The view: a snapshot that later changes do not reach, shared by reference, with aliases bound. */
#include "support/cloud_text.h"
#include "support/harness.h"
#include "support/torture.h"

#include "view/view.h"

#include <stdio.h>
#include <stdlib.h>

static void expect(const r53_view *view, const char *query, const char *expected)
{
    char text[ANSWER_TEXT_MAX];

    assert_string_equal(resolve_text(text, view, query), expected);
}

static void isolation(void **state)
{
    const r53_view *old;
    struct world world;

    (void)state;
    world_open(&world, "www A 192.0.2.1\ncdn A alias=Z/d1.cloudfront.net.\n"
                       "seen d1.cloudfront.net 203.0.113.1\n");
    old = r53_view_retain(world.view);
    world_say(&world, "www A 192.0.2.2\nnew A 192.0.2.3\nseen d1.cloudfront.net 203.0.113.2\n");
    assert_int_equal(r53_zone_delete(world.cloud, "ZNONE", NULL), R53_E_NOT_FOUND);
    expect(old, "www A", "NOERROR aa; www 300 A 192.0.2.1; AUTH=NS");
    world_look(&world);
    expect(old, "www A", "NOERROR aa; www 300 A 192.0.2.1; AUTH=NS");
    expect(old, "new A", "NXDOMAIN aa; AUTH=SOA/900");
    expect(old, "cdn A", "NOERROR aa; cdn 60 A 203.0.113.1; AUTH=NS");
    expect(world.view, "www A", "NOERROR aa; www 300 A 192.0.2.2; AUTH=NS");
    expect(world.view, "new A", "NOERROR aa; new 300 A 192.0.2.3; AUTH=NS");
    expect(world.view, "cdn A", "NOERROR aa; cdn 60 A 203.0.113.2; AUTH=NS");
    world_close(&world); /* the view outlives its cloud */
    expect(old, "www A", "NOERROR aa; www 300 A 192.0.2.1; AUTH=NS");
    r53_view_release(old);
}

static void references(void **state)
{
    struct torture torture = {0};
    const r53_allocator allocator = torture_allocator(&torture);
    const r53_cloud_options options = {.size = sizeof(options), .allocator = &allocator};
    const r53_view *view;
    struct world world;

    (void)state;
    world_open_with(&world, "www A 192.0.2.1\n", &options);
    view = r53_view_retain(world.view);
    assert_ptr_equal(view, world.view);
    assert_ptr_equal(r53_view_retain(NULL), NULL);
    world_close(&world);
    assert_true(torture.live > 0);
    r53_view_release(r53_view_retain(view));
    expect(view, "www A", "NOERROR aa; www 300 A 192.0.2.1; AUTH=NS");
    r53_view_release(view);
    r53_view_release(NULL);
    assert_int_equal(torture.live, 0);
}

static void arguments(void **state)
{
    r53_view *view = NULL;
    struct world world;

    (void)state;
    world_open(&world, "");
    assert_int_equal(r53_view_new(NULL, world.cloud, NULL, 0, NULL), R53_E_INVALID);
    assert_int_equal(r53_view_new(&view, NULL, NULL, 0, NULL), R53_E_INVALID);
    assert_int_equal(r53_view_new(&view, world.cloud, NULL, -5, NULL), R53_OK);
    assert_int_equal(r53_view_now(view), -5);
    assert_int_equal(r53_view_now(NULL), 0);
    r53_view_release(view);
    world_close(&world);
}

static void empty_cloud(void **state)
{
    r53_cloud *cloud;
    r53_view *view;

    (void)state;
    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    assert_int_equal(r53_view_new(&view, cloud, NULL, 0, NULL), R53_OK);
    expect(view, "www A", "REFUSED");
    expect(view, "www A zone=ZONE1", "R53_E_NOT_FOUND");
    r53_view_release(view);
    r53_cloud_free(cloud);
}

static void deleted_zone(void **state)
{
    r53_hosted_zone zone = {
        .size = sizeof(zone), .id = "ZTWO", .name = "example.net", .caller_reference = "two"};
    const r53_view *old;
    struct world world;
    char text[ANSWER_TEXT_MAX];

    (void)state;
    world_open(&world, "www A 192.0.2.1\n");
    assert_int_equal(r53_zone_create(world.cloud, &zone, NULL), R53_OK);
    world_look(&world);
    old = r53_view_retain(world.view);
    assert_int_equal(r53_zone_delete(world.cloud, "ZTWO", NULL), R53_OK);
    world_look(&world);
    expect(old, "x.example.net. A", "NXDOMAIN aa; AUTH=SOA/900");
    expect(world.view, "x.example.net. A", "REFUSED");
    resolve_text(text, world.view, "www A");
    assert_non_null(strstr(text, "192.0.2.1"));
    r53_view_release(old);
    world_close(&world);
}

/* Many zones of many names, some of them bearing one name: the index finds each. */
static void many_zones(void **state)
{
    char text[40000] = "", query[80];
    struct world world;
    size_t at = 0;

    (void)state;
    for (int i = 0; i < 300; i++)
        at += (size_t)snprintf(text + at, sizeof(text) - at,
                               "zone Z%d z%d.test\nwww.z%d.test. A 192.0.2.%d\n", i, i % 280,
                               i % 280, i % 250);
    world_open(&world, text);
    for (int i = 0; i < 300; i++) {
        char got[ANSWER_TEXT_MAX], expected[200];

        snprintf(query, sizeof(query), "www.z%d.test. A zone=Z%d", i % 280, i);
        snprintf(expected, sizeof(expected), "NOERROR aa; www.z%d.test. 300 A 192.0.2.%d; AUTH=NS",
                 i % 280, i % 250);
        assert_string_equal(resolve_text(got, world.view, query), expected);
        snprintf(query, sizeof(query), "www.z%d.test. A", i % 280);
        resolve_text(got, world.view, query);
        assert_string_equal(got, i % 280 < 20 ? "R53_E_AMBIGUOUS" : expected);
    }
    world_close(&world);
}

static const struct dangling_case {
    const char *what, *cloud;
    const char *says; /* part of the warning; NULL: no warning */
} danglings[] = {
    {"R53-ALIAS-16 an alias to a missing record set is reported", "a A alias=ZONE1/gone\n",
     "alias a.example.com. A in zone ZONE1 leads to gone.example.com."},
    {"R53-ALIAS-16 a name that only a wildcard covers is missing",
     "a A alias=ZONE1/x.w\n*.w A 192.0.2.1\n", "leads to x.w.example.com."},
    {"R53-ALIAS-16 a record set of another type is not the target",
     "a A alias=ZONE1/b\nb TXT \"x\"\n", "leads to b.example.com."},
    {"R53-ALIAS-16 an unknown load balancer",
     "a A alias=Z/dualstack.web-1.us-east-1.elb.amazonaws.com.\n", "leads to dualstack.web-1."},
    {"R53-ALIAS-16 what is there is not reported",
     "a A alias=ZONE1/b\nb A alias=ZONE1/*.w\n*.w A 192.0.2.1\nc A alias=ZONE1/c\n"
     "d A alias=Z/d1.cloudfront.net.\nseen d1.cloudfront.net 203.0.113.1\n",
     NULL},
};

static void check_dangling(void **state)
{
    const struct dangling_case *c = *state;
    r53_finding finding = {.size = sizeof(finding)};
    struct world world;

    world_open(&world, c->cloud);
    assert_int_equal(r53_report_count(world.report), c->says != NULL);
    if (c->says) {
        assert_int_equal(r53_report_get(world.report, 0, &finding), R53_OK);
        assert_int_equal(finding.severity, R53_SEVERITY_WARNING);
        assert_string_equal(finding.rule, "R53-ALIAS-16");
        if (!strstr(finding.text, c->says))
            fail_msg("'%s' does not say '%s'", finding.text, c->says);
    }
    world_close(&world);
}

/* Octets asked for, given back or not. */
static void *count_allocate(void *ctx, size_t size)
{
    *(size_t *)ctx += size;
    return malloc(size);
}

static void count_release(void *ctx, void *memory, size_t size)
{
    (void)ctx;
    (void)size;
    free(memory);
}

/* What a new view costs after a health check turned, beside so many simple record sets. */
static size_t flip_cost(int n_simple)
{
    size_t octets = 0;
    const r53_allocator allocator = {.size = sizeof(allocator),
                                     .ctx = &octets,
                                     .allocate = count_allocate,
                                     .release = count_release};
    const r53_cloud_options options = {.size = sizeof(options), .allocator = &allocator};
    const size_t room = (size_t)n_simple * 32 + 512;
    char *lines = malloc(room);
    struct world world;
    size_t length;

    assert_non_null(lines);
    length = (size_t)snprintf(lines, room, "check h http up\n"
                                           "f A 192.0.2.1 id=p hc=h failover=PRIMARY\n"
                                           "f A 192.0.2.2 id=s failover=SECONDARY\n"
                                           "a A alias=ZONE1/f eth\n");
    for (int i = 0; i < n_simple; i++)
        length += (size_t)snprintf(lines + length, room - length, "n%d A 192.0.2.9\n", i);
    world_open_with(&world, lines, &options);
    free(lines);
    expect(world.view, "a A", "NOERROR aa; a 300 A 192.0.2.1; AUTH=NS");
    assert_int_equal(r53_observe_health_check(world.observed, "h", R53_HEALTH_UNHEALTHY), R53_OK);
    octets = 0;
    world_look(&world);
    length = octets;
    expect(world.view, "a A", "NOERROR aa; a 300 A 192.0.2.2; AUTH=NS");
    world_close(&world);
    return length;
}

static void flips_cost_what_depends_on_health(void **state)
{
    size_t alone = flip_cost(0);

    (void)state;
    assert_true(alone > 0);
    assert_int_equal(flip_cost(8000), alone);
}

int main(void)
{
    static struct CMUnitTest tests[COUNT(danglings) + 7];
    size_t n = 0;

    ADD_TEST(tests, n, "a view keeps what was there when it was made", isolation);
    ADD_TEST(tests, n, "the last reference frees", references);
    ADD_TEST(tests, n, "arguments that are none", arguments);
    ADD_TEST(tests, n, "R53-DNS-06 a view of an empty cloud", empty_cloud);
    ADD_TEST(tests, n, "R53-ZONE-14 a view keeps a zone that was deleted", deleted_zone);
    ADD_TEST(tests, n, "R53-ZONE-10 many zones, twenty names twice", many_zones);
    ADD_TEST(tests, n, "a view after a health flip costs what depends on health",
             flips_cost_what_depends_on_health);
    ADD_CASES(tests, n, danglings, check_dangling);
    return RUN_TESTS("view", tests, n);
}
