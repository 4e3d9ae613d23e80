/*
 * What goes in, and that nothing else does: observations apart from the configuration, time and
 * chance as arguments, changes that show at once.
 */
#include "support/harness.h"
#include "support/cloud_text.h"
#include "support/fleet_text.h"
#include "support/zone_text.h"

#include <r53/elb.h>
#include <r53/elb_change.h>
#include <r53/import.h>

#include <stdio.h>
#include <stdlib.h>

enum { SEEDS = 200 };

static r53_selection select_at(const r53_view *view, uint64_t seed)
{
    const r53_request request = {.size = sizeof(request),
                                 .load_balancer = FLEET_ARN,
                                 .availability_zone = "a",
                                 .seed = seed};
    r53_selection s = {.size = sizeof(s)};

    assert_int_equal(r53_elb_select(view, &request, NULL, &s, NULL), R53_OK);
    return s;
}

/* One configuration seen in three ways; none of them is in it, and none touches another. */
static void observations_apart(void **state)
{
    struct fleet_world world = fleet_world_make("alb a b | t a1=ok a2=ok", NULL);
    const char *group = NULL;
    r53_target first = {.size = sizeof(first), .id = "a1"}, second = first;
    r53_observed *one, *other;
    r53_view *views[3];
    r53_selection s = select_at(world.view, 1);

    (void)state;
    group = s.target_group_arn;
    first.port = second.port = s.target_port;
    second.id = "a2";
    assert_int_equal(r53_observed_new(&one, NULL), R53_OK);
    assert_int_equal(r53_observed_new(&other, NULL), R53_OK);
    assert_int_equal(r53_observe_target(one, group, &first, R53_TARGET_HEALTHY, NULL), R53_OK);
    assert_int_equal(r53_observe_target(other, group, &second, R53_TARGET_HEALTHY, NULL), R53_OK);
    assert_int_equal(r53_view_new(&views[0], world.cloud, one, 0, NULL), R53_OK);
    assert_int_equal(r53_view_new(&views[1], world.cloud, other, 0, NULL), R53_OK);
    assert_int_equal(r53_view_new(&views[2], world.cloud, NULL, 0, NULL), R53_OK);
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        assert_string_equal(select_at(views[0], seed).target_id, "a1");
        assert_string_equal(select_at(views[1], seed).target_id, "a2");
        assert_int_equal(select_at(views[2], seed).fail_open, 1); /* nothing is known */
        assert_int_equal(select_at(world.view, seed).fail_open, 0);
    }
    for (size_t i = 0; i < COUNT(views); i++)
        r53_view_release(views[i]);
    r53_observed_free(one);
    r53_observed_free(other);
    fleet_world_free(&world);
}

/* The same arguments give the same, whatever was asked in between; the seed alone is chance. */
static void clock_and_chance(void **state)
{
    struct fleet_world world = fleet_world_make("alb a b | t a1=ok a2=ok b1=ok", NULL);
    char first[SEEDS][8];
    int seen[2] = {0, 0};

    (void)state;
    for (uint64_t seed = 0; seed < SEEDS; seed++)
        snprintf(first[seed], sizeof(first[seed]), "%s", select_at(world.view, seed).target_id);
    for (uint64_t seed = SEEDS; seed-- > 0;) { /* in another order */
        assert_string_equal(select_at(world.view, seed).target_id, first[seed]);
        seen[strcmp(first[seed], "a1") == 0]++;
    }
    assert_true(seen[0] > SEEDS / 3 && seen[1] > SEEDS / 6);
    fleet_world_free(&world);
}

/* A target that drains is gone in the view of a later time, and there in that of an earlier one. */
static void time_is_given(void **state)
{
    struct fleet_world world = fleet_world_make("alb a | t a1=ok", NULL);
    r53_selection s = select_at(world.view, 1);
    r53_target target = {.size = sizeof(target), .id = "a1", .port = s.target_port};
    r53_view *early, *late, *early_again;

    (void)state;
    assert_int_equal(r53_target_deregister(world.cloud, s.target_group_arn, &target, 1000, NULL),
                     R53_OK);
    assert_int_equal(r53_view_new(&late, world.cloud, world.observed, 10000000, NULL), R53_OK);
    assert_int_equal(r53_view_new(&early, world.cloud, world.observed, 2000, NULL), R53_OK);
    assert_int_equal(r53_view_new(&early_again, world.cloud, world.observed, 2000, NULL), R53_OK);
    assert_int_equal(r53_view_now(late), 10000000);
    assert_int_equal(r53_view_now(early), 2000);
    for (uint64_t seed = 0; seed < 5; seed++) {
        assert_int_equal(select_at(late, seed).status, 503);
        assert_int_equal(select_at(early, seed).status, select_at(early_again, seed).status);
    }
    r53_view_release(early);
    r53_view_release(early_again);
    r53_view_release(late);
    fleet_world_free(&world);
}

/* R53-BATCH-10: no waiting until the name servers have it, neither for listings nor for answers. */
static void changes_show(void **state)
{
    char told[ANSWER_TEXT_MAX], *dump;
    struct world world;
    r53_view *after;

    (void)state;
    world_open(&world, "www A 192.0.2.1\n");
    assert_int_equal(
        batch_apply(world.cloud, "UPSERT www A 192.0.2.2\nCREATE new A 192.0.2.3", world.report),
        R53_OK);
    dump = zone_dump(world.cloud, "ZONE1", 0);
    assert_non_null(strstr(dump, "www.example.com. A 192.0.2.2"));
    assert_non_null(strstr(dump, "new.example.com. A 192.0.2.3"));
    free(dump);
    assert_int_equal(r53_view_new(&after, world.cloud, world.observed, 0, NULL), R53_OK);
    assert_string_equal(resolve_text(told, after, "www A"),
                        "NOERROR aa; www 300 A 192.0.2.2; AUTH=NS");
    assert_string_equal(resolve_text(told, after, "new A"),
                        "NOERROR aa; new 300 A 192.0.2.3; AUTH=NS");
    /* who still asks the view of before gets what was */
    assert_string_equal(resolve_text(told, world.view, "www A"),
                        "NOERROR aa; www 300 A 192.0.2.1; AUTH=NS");
    r53_view_release(after);
    world_close(&world);
}

/* ELB-LB-16: they are for connections to targets. */
static void secondary_addresses(void **state)
{
    const r53_attribute seven = {"secondary_ips.auto_assigned.per_subnet", "7"};
    struct world world;

    (void)state;
    world_open(&world, "x A alias=Z26RNL4JYFTOTI/n-1.elb.us-east-1.amazonaws.com.\n"
                       "lb n network n-1.elb.us-east-1.amazonaws.com a=198.51.100.1 "
                       "b=198.51.100.2\n");
    assert_int_equal(r53_load_balancer_modify_attributes(
                         world.cloud,
                         "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/n/1",
                         &seven, 1, world.report),
                     R53_OK);
    world_look(&world);
    expect_lines(world.view,
                 "x A -> NOERROR aa; x 60 A 198.51.100.1, x 60 A 198.51.100.2; AUTH=NS\n",
                 resolve_text);
    world_close(&world);
}

int main(void)
{
    struct CMUnitTest tests[8];
    size_t n = 0;

    ADD_TEST(tests, n, "ELB-IN-02 what is observed is no part of the configuration",
             observations_apart);
    ADD_TEST(tests, n, "ELB-IN-04 nothing but the seed is chance", clock_and_chance);
    ADD_TEST(tests, n, "ELB-IN-04 time is what the caller says", time_is_given);
    ADD_TEST(tests, n, "R53-BATCH-10 a change shows at once", changes_show);
    ADD_TEST(tests, n, "ELB-LB-16 secondary addresses are in no answer", secondary_addresses);
    return RUN_TESTS("inputs", tests, n);
}
