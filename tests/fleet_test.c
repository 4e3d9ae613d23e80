/*
 * Fleets: which zones are in DNS, what Route 53 takes a load balancer for, what its nodes are. Load
 * balancers are written as in support/fleet_text.h.
 */
#include "support/fleet_text.h"
#include "support/harness.h"
#include "support/torture.h"

#include "view/fleet.h"
#include "view/view.h"

#include <r53/import.h>

#include <stdio.h>

/* DNS */

static const struct dns_case {
    const char *what;
    const char *world;
    const char *zones; /* in the answer */
    bool any_unhealthy;
} dns_cases[] = {
    {"ELB-DNS-20 ELB-CASE-01 all healthy zones are in DNS", "alb a b | t a1=ok b1=ok", "ab", 0},
    {"ELB-DNS-22 ELB-DNS-30 ELB-CASE-03 a missed percentage takes the zone out",
     "alb a b | t xz=off dns%=50 a1-10=ok b1-4=ok b5-10=bad", "a", 0},
    {"ELB-DNS-22 ELB-CASE-04 meeting the percentage exactly is enough",
     "alb a b | t xz=off dns%=50 a1-10=ok b1-5=ok b6-10=bad", "ab", 0},
    {"ELB-DNS-22 ELB-CASE-24 a missed count takes the zone out",
     "nlb a b | t dns=3 a1-2=ok b1-5=ok", "b", 0},
    {"ELB-DNS-22 either threshold suffices", "nlb a b | t dns=1 dns%=60 a1=ok a2=bad b1=ok", "b",
     0},
    {"ELB-DNS-23 ELB-CASE-05 with cross-zone on all zones' targets count",
     "alb a b | t dns%=50 a1-10=ok b1-4=ok b5-10=bad", "ab", 0},
    {"ELB-DNS-21 ELB-DNS-24 ELB-CASE-06 with no healthy target all zones stay",
     "alb a b | t a1-10=bad b1-10=bad", "ab", 0},
    {"ELB-DNS-25 ELB-CASE-07 thresholds off take nothing out",
     "alb a b | t xz=off dns=-1 a1=ok b1-3=bad", "ab", 0},
    {"ELB-DNS-25 nor from a Network Load Balancer", "nlb a b | t dns=-1 a1=ok", "ab", 0},
    {"ELB-DNS-26 ELB-DNS-30 ELB-CASE-08 one fine group keeps an application's zone",
     "alb a b | t xz=off a1=ok b1=bad | u xz=off a2=ok b2=ok", "ab", 0},
    {"ELB-CONF-02 the other reading takes it out",
     "alb a b | t xz=off a1=ok b1=bad | u xz=off a2=ok b2=ok", "a", 1},
    {"ELB-DNS-27 ELB-CASE-09 one failing group takes a network's zone out",
     "nlb a b | t a1=ok b1=bad | u a2=ok b2=ok", "a", 0},
    {"ELB-NLB-26 UDP targets by the state that a check of another protocol gives them",
     "nlb udp:53 a b | t proto=5 a1=ok b1=bad", "a", 0},
    {"ELB-NLB-26 thresholds too", "nlb udp:53 a b | t proto=5 dns=2 a1-2=ok b1=ok b2=bad", "a", 0},
    {"ELB-DNS-28 ELB-CASE-10 a network's zone without target is out", "nlb a b | t a1=ok", "a", 0},
    {"ELB-DNS-28 ELB-CASE-11 unless cross-zone is on", "nlb xz=on a b | t a1=ok", "ab", 0},
    {"ELB-DNS-21 ELB-NLB-10 ELB-CASE-12 all zones bad: all stay", "nlb a b | t a1=bad b1=bad", "ab",
     0},
    {"ELB-DNS-29 ELB-DNS-30 ELB-CASE-13 an application's empty zone stays",
     "alb a b | t xz=off a1-4=ok", "ab", 0},
    {"ELB-DNS-30 ELB-CASE-14 without target groups all zones are healthy", "alb act=redirect a b",
     "ab", 0},
    {"ELB-DNS-31 a function without health check never fails",
     "alb a b | l type=lambda *1=bad | u xz=off a1=ok b1=bad", "ab", 0},
    {"ELB-DNS-31 with one it does", "alb a b | l type=lambda hc=on *1=bad | u xz=off a1=ok b1=bad",
     "a", 0},
    {"ELB-DNS-32 an impaired zone is left out", "alb a? b | t a1=ok b1=ok", "b", 0},
    {"ELB-DNS-33 a Classic zone needs an instance in service", "clb a b c | i a1=ok b1=bad", "a",
     0},
    {"ELB-DNS-33 with cross-zone on anywhere", "clb xz=on a b c | i a1=ok b1=bad", "abc", 0},
    {"ELB-DNS-21 ELB-CLB-06 a Classic one without instance in service fails open",
     "clb a b | i a1=new b1=bad", "ab", 0},
    {"ELB-DNS-36 draining and unused targets are not registered",
     "nlb a b | t dns%=50 a1=ok a2-9=drain a10-19=unused b1=ok b2-3=init", "a", 0},
    {"ELB-DNS-36 initial, unavailable and unhealthy.draining ones are",
     "nlb a b c d | t dns%=50 a1=ok a2-3=init b1=ok b2-3=unav c1=ok c2-3=ud d1=ok", "d", 0},
    {"ELB-DNS-36 without health check is as good as healthy", "nlb a b | t a1=nohc b1=unav", "a",
     0},
    {"ELB-SHIFT-02 ELB-CASE-15 a shifted zone is out", "alb a! b c | t a1=ok b1=ok c1=ok", "bc", 0},
    {"ELB-SHIFT-06 ELB-CASE-16 a shift moves nothing while DNS fails open",
     "alb a! b c | t a1=bad b1=bad c1=bad", "abc", 0},
    {"T59 ELB-SHIFT-06 nor with cross-zone off", "nlb a! b c | t a1=bad b1=bad c1=bad", "abc", 0},
    {"ELB-DNS-21 a shift away from the last healthy zone leaves all in",
     "nlb a! b | t a1=ok b1=bad", "ab", 0},
    {"ELB-SHIFT-09 shifted targets do not count against a percentage",
     "alb a! b c | t dns%=60 a1-5=ok b1-2=ok b3=bad c1=ok", "bc", 0},
    {"ELB-SHIFT-09 nor for it", "alb a! b c? | t dns%=60 a1-5=ok b1=bad b2=ok", "abc", 0},
    {"ELB-LB-13 targets of a zone that is not enabled do not count",
     "alb a b | t dns%=50 a1=ok c1-5=bad", "ab", 0},
};

static void check_dns(void **state)
{
    const struct dns_case *c = *state;
    const r53_cloud_options options = {.size = sizeof(options),
                                       .alb_dns_any_unhealthy =
                                           c->any_unhealthy ? R53_OPTION_ON : R53_OPTION_DEFAULT};
    struct fleet_world world = fleet_world_make(c->world, &options);
    const struct fleet *fleet = &world.view->fleets[0];
    char zones[16] = "";
    uint32_t n = 0;

    for (uint32_t i = 0; i < fleet->n_nodes; i++) {
        if (fleet->nodes[i].in_dns) {
            strcat(zones, fleet->nodes[i].zone_name);
            n += fleet->nodes[i].n_addresses;
        }
    }
    assert_string_equal(zones, c->zones);
    assert_int_equal(fleet->n_ipv4, n);
    fleet_world_free(&world);
}

/* Route 53's view */

static const struct health_case {
    const char *what;
    const char *world;
    bool healthy;
    bool strict;
} health_cases[] = {
    {"ELB-R53-02 R53-HEALTH-20 a Classic one with an instance in service",
     "clb a b | i a1=ok b1=bad", 1, 0},
    {"ELB-R53-02 R53-HEALTH-20 and without", "clb a b | i a1=bad b1=new", 0, 0},
    {"ELB-R53-02 zone not known", "clb a b | i _1=ok", 1, 0},
    {"ELB-CLB-14 an instance in a zone that is not enabled", "clb a b | i a1=bad c1=ok", 0, 0},
    {"ELB-R53-03 ELB-R53-15 ELB-CASE-110 one failing group fails an application",
     "alb a b | t a1-2=ok | u b1-2=bad", 0, 0},
    {"ELB-R53-03 ELB-R53-08 ELB-CASE-113 a missed threshold fails it",
     "alb a b | t dns%=50 a1-4=ok b1-6=bad", 0, 0},
    {"ELB-R53-08 ELB-CASE-113 without threshold one healthy target is enough",
     "alb a b | t dns=-1 a1-4=ok b1-6=bad", 1, 0},
    {"ELB-R53-08 without threshold there must be one", "alb a b | t dns=-1 a1=bad", 0, 0},
    {"ELB-R53-08 with cross-zone off one zone is enough", "nlb a b | t dns%=50 a1-9=bad b1=ok", 1,
     0},
    {"ELB-R53-08 R53-HEALTH-23 draining targets do not count",
     "nlb a b | t dns%=50 a1=ok b1-9=drain", 1, 0},
    {"ELB-R53-08 R53-HEALTH-23 a function without health check passes",
     "alb a b | l type=lambda *1=bad", 1, 0},
    {"ELB-R53-08 a failing one with health check does not", "alb a b | l type=lambda hc=on *1=bad",
     0, 0},
    {"ELB-R53-04 ELB-CASE-111 all groups of a network pass", "nlb a b | t a1=ok | u b1=ok", 1, 0},
    {"ELB-R53-04 ELB-CASE-111 all fail", "nlb a b | t a1=bad | u b1=bad", 0, 0},
    {"ELB-R53-06 ELB-CASE-111 some fail", "nlb a b | t a1=ok | u b1=bad", 0, 0},
    {"ELB-R53-05 R53-HEALTH-22 ELB-CASE-112 all groups empty", "alb a b | t | u", 0, 0},
    {"ELB-R53-06 ELB-CASE-112 an empty group is passed over", "alb a b | t a1=ok b1-8=bad | u", 1,
     0},
    {"ELB-R53-06 ELB-CONF-04 ELB-CASE-112 but not in the strict reading", "alb a b | t a1=ok b1-8=bad | u", 0,
     1},
    {"ELB-R53-07 without target groups", "alb act=redirect a b", 1, 0},
    {"ELB-R53-10 ELB-SHIFT-09 a shift does not matter", "alb a! b | t a1=ok b1=bad", 1, 0},
    {"ELB-R53-14 ELB-LB-04 provisioning", "alb state=2 a b | t a1=ok", 0, 0},
    {"ELB-R53-14 ELB-LB-04 failed", "alb state=4 a b | t a1=ok", 0, 0},
    {"ELB-R53-14 ELB-LB-04 impaired but active", "alb state=3 a b | t a1=ok", 1, 0},
    {"ELB-ST-03 ELB-DNS-36 a target that nothing was seen of is not healthy", "alb a b | t a1=new",
     0, 0},
    {"ELB-ST-05 health is a matter of each group", "alb a b | t a1=ok | u a1=bad", 0, 0},
    {"ELB-JSON-11 a group that is not known is none", "alb a b | t unknown", 1, 0},
};

static void check_health(void **state)
{
    const struct health_case *c = *state;
    const r53_cloud_options options = {
        .size = sizeof(options), .strict_empty = c->strict ? R53_OPTION_ON : R53_OPTION_DEFAULT};
    struct fleet_world world = fleet_world_make(c->world, &options);

    assert_int_equal(world.view->fleets[0].healthy, c->healthy);
    fleet_world_free(&world);
}

static void check_both_views(void **state)
{
    struct fleet_world world =
        fleet_world_make("alb a b | t xz=off a1=bad b1=bad | u xz=off a2=ok b2=ok", NULL);
    const struct fleet *fleet = &world.view->fleets[0];

    (void)state;
    assert_false(fleet->healthy);
    assert_true(fleet->nodes[0].in_dns && fleet->nodes[1].in_dns);
    assert_false(fleet->dns_fail_open);
    fleet_world_free(&world);
}

/* Nodes and their addresses */

static struct fleet_world world_of_addresses(int32_t ip_address_type, const char *id)
{
    const char *const both[] = {"192.0.2.1", "2001:db8::1"};
    const char *const later[] = {"192.0.2.9"};
    const r53_availability_zone a = {
        .size = sizeof(a), .zone_name = "a", .addresses = both, .n_addresses = 2};
    const r53_availability_zone b = {.size = sizeof(b), .zone_name = "b"};
    const r53_availability_zone *zones[] = {&a, &b};
    const r53_load_balancer lb = {.size = sizeof(lb),
                                  .load_balancer_arn = FLEET_ARN,
                                  .dns_name = FLEET_NAME,
                                  .ip_address_type = ip_address_type,
                                  .availability_zones = zones,
                                  .n_availability_zones = 2};
    struct fleet_world world = {0};
    r53_import *import;

    assert_int_equal(r53_cloud_new(&world.cloud, NULL), R53_OK);
    assert_int_equal(r53_import_new(&import, world.cloud, NULL, NULL), R53_OK);
    assert_int_equal(r53_import_load_balancer(import, &lb), R53_OK);
    if (id)
        assert_int_equal(r53_import_node_addresses(import, id, "b", later, 1), R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
    assert_int_equal(r53_view_new(&world.view, world.cloud, NULL, 0, NULL), R53_OK);
    return world;
}

static const struct address_case {
    const char *what;
    int32_t type;
    const char *id; /* what more addresses are given for */
    uint32_t n_ipv4, n_ipv6;
} address_cases[] = {
    {"ELB-LB-10 a zone without address has a node", R53_IP_DUALSTACK, NULL, 1, 1},
    {"ELB-JSON-02 addresses given for the ARN", R53_IP_DUALSTACK, FLEET_ARN, 2, 1},
    {"ELB-JSON-02 addresses given for the name", R53_IP_DUALSTACK, FLEET_NAME, 2, 1},
    {"ELB-JSON-02 with its last dot", R53_IP_DUALSTACK, FLEET_NAME ".", 2, 1},
    {"ELB-IP-02 ipv4 has no IPv6 address", R53_IP_IPV4, NULL, 1, 0},
    {"ELB-IP-03 ELB-IP-04 ELB-CASE-23 dualstack-without-public-ipv4 has IPv6 alone",
     R53_IP_DUALSTACK_WITHOUT_PUBLIC_IPV4, FLEET_ARN, 0, 1},
};

/* The addresses of a family stand there, and behind them once more. */
static void families_check(const struct fleet *fleet, uint8_t family, uint32_t n)
{
    struct node_addresses list = r53__fleet_addresses(fleet, family);

    assert_int_equal(list.n, n);
    for (uint32_t i = 0; i < n; i++) {
        assert_int_equal(list.at[i].address->family, family);
        assert_ptr_equal(list.at[n + i].address, list.at[i].address);
    }
}

static void check_addresses(void **state)
{
    const struct address_case *c = *state;
    struct fleet_world world = world_of_addresses(c->type, c->id);
    const struct fleet *fleet = &world.view->fleets[0];

    assert_int_equal(fleet->n_nodes, 2);
    assert_int_equal(fleet->n_ipv4, c->n_ipv4);
    assert_int_equal(fleet->n_ipv6, c->n_ipv6);
    families_check(fleet, ADDRESS_IPV4, c->n_ipv4);
    families_check(fleet, ADDRESS_IPV6, c->n_ipv6);
    fleet_world_free(&world);
}

static void check_unknown_group(void **state)
{
    struct fleet_world world = fleet_world_make("alb a b | t unknown | u a1=ok", NULL);
    r53_report *report;
    r53_view *view;

    (void)state;
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(r53_view_new(&view, world.cloud, world.observed, 0, report), R53_OK);
    assert_int_equal(r53_report_count_of(report, R53_SEVERITY_WARNING), 1);
    assert_int_equal(view->fleets[0].listeners[0].otherwise.actions[0].pools[0], -1);
    assert_int_equal(view->fleets[0].listeners[0].otherwise.actions[0].pools[1], 0);
    r53_view_release(view);
    r53_report_free(report);
    fleet_world_free(&world);
}

/* Each allocation fails once: no memory, nothing leaked. */
static void check_no_memory(void **state)
{
    struct fleet_world world =
        fleet_world_make("nlb a! b | t a1-20=ok b1-20=bad | u b1=ok | v xz=on a1=ok", NULL);
    struct torture torture = {0};
    r53_allocator allocator = torture_allocator(&torture);
    struct memory memory;
    const struct r53_view *view = world.view;
    const struct listener *listeners[1] = {view->fleets[0].listeners[0].listener};
    const struct fleet_input input = {.cloud = world.cloud,
                                      .observed = world.observed,
                                      .lb = view->fleets[0].lb,
                                      .listeners = listeners,
                                      .n_listeners = 1};
    bool done = false;

    (void)state;
    assert_int_equal(r53__memory_init(&memory, &allocator), R53_OK);
    for (long i = 1; !done; i++) {
        struct arena arena;
        struct fleet fleet;

        torture = (struct torture){.fail_at = i};
        r53__arena_init(&arena, &memory);
        done = r53__fleet_prepare(&fleet, &arena, &input);
        assert_true(done || arena.failed);
        r53__arena_free(&arena);
        assert_int_equal(torture.live, 0);
    }
    fleet_world_free(&world);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(dns_cases) + COUNT(health_cases) + COUNT(address_cases) + 3];
    size_t n = 0;

    ADD_CASES(tests, n, dns_cases, check_dns);
    ADD_CASES(tests, n, health_cases, check_health);
    ADD_CASES(tests, n, address_cases, check_addresses);
    ADD_TEST(tests, n, "ELB-R53-15 R53-ELB-13 unhealthy to Route 53, all zones in DNS", check_both_views);
    ADD_TEST(tests, n, "ELB-JSON-11 an unknown target group is warned of", check_unknown_group);
    ADD_TEST(tests, n, "a fleet without memory", check_no_memory);
    return RUN_TESTS("fleet", tests, n);
}
