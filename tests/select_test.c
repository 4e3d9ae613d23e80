/*
 * The target selector: exact shares from walking over every draw, what a seed yields against them,
 * and what a state moves. Load balancers are written as in support/fleet_text.h.
 */
#include "support/fleet_shares.h"
#include "support/fleet_text.h"
#include "support/harness.h"
#include "support/torture.h"

#include <r53/elb.h>

#include "base/events.h"
#include "base/trace.h"

#include <stdio.h>
#include <stdlib.h>

static const struct share_case {
    const char *what;
    const char *world;
    const char *shares;
    const char *zone; /* of the node; NULL: drawn */
    int32_t port, protocol;
    bool initial_never;
} share_cases[] = {
    /* zones */
    {"ELB-MATH-05 ELB-MATH-10 ELB-ALB-SEL-03 ELB-CASE-60 across zones all targets are equal",
     "alb a b | t a1-2=ok b1-8=ok", "a1-2=1/10 b1-8=1/10", .port = 80},
    {"ELB-ALB-SEL-03 also at one zone's node", "alb a b | t a1-2=ok b1-8=ok", "a1-2=1/10 b1-8=1/10",
     .zone = "a"},
    {"ELB-MATH-04 ELB-MATH-06 ELB-MATH-10 ELB-XZ-01 ELB-XZ-02 ELB-XZ-04 ELB-CASE-61 within zones",
     "alb a b | t xz=off a1-2=ok b1-8=ok", "a1-2=1/4 b1-8=1/16", .port = 0},
    {"ELB-XZ-02 a group switches cross-zone on", "nlb a b | t xz=on a1-2=ok b1-8=ok",
     "a1-2=1/10 b1-8=1/10", .port = 0},
    {"ELB-XZ-01 a load balancer does, for groups that say nothing",
     "nlb xz=on a b | t a1-2=ok b1-8=ok | u w=0 a1=ok", "a1-2=1/10 b1-8=1/10", .port = 0},
    {"ELB-XZ-03 a group of a load balancer follows its own", "nlb a b | t type=alb xz=on _1=ok",
     "_1=1", .zone = "b"},
    {"ELB-MATH-01 ELB-ALB-SEL-02 ELB-CASE-20 each address is equally likely",
     "alb a:3 b:1 | t xz=off a1=ok b1=ok", "a1=3/4 b1=1/4", .port = 0},
    {"ELB-MATH-01 without addresses each node is", "alb a:0 b:0 | t xz=off a1=ok b1=ok",
     "a1=1/2 b1=1/2", .port = 0},
    {"ELB-MATH-06 ELB-CASE-03 a zone that is out of DNS gets nothing",
     "alb a b | t xz=off dns%=50 a1-10=ok b1-4=ok b5-10=bad", "a1-10=1/10", .port = 0},
    {"ELB-LB-13 ELB-CASE-82 T57 a target of a zone that is not enabled gets nothing",
     "alb a b | t a1-2=ok c1-2=ok", "a1-2=1/2", .port = 0},
    {"T57 ELB-LB-13 also when the others are unhealthy", "alb a b | t a1-2=bad c1-2=ok", "a1-2=1/2",
     .port = 0},
    {"ELB-XZ-07 a target of all zones is used", "alb a b | t *1=ok a1=ok", "*1=1/2 a1=1/2",
     .port = 0},
    {"ELB-TG-09 by every node with cross-zone off", "nlb a b | t *1=ok a1=ok b1-3=ok",
     "*1=3/8 a1=1/4 b1-3=1/8", .port = 0},
    {"ELB-XZ-04 a target of unknown zone is used across zones", "nlb xz=on a | t _1=ok a1=ok",
     "_1=1/2 a1=1/2", .port = 0},
    {"ELB-XZ-04 and by no node within zones", "nlb a | t _1=ok a1=ok", "a1=1", .port = 0},
    {"ELB-XZ-06 ELB-ALB-SEL-04 ELB-CASE-87 a function without health check is always used",
     "alb a b | l type=lambda xz=off *1=unav", "*1=1", .zone = "b"},
    {"ELB-ALB-SEL-04 ELB-CASE-87 once it is registered", "alb a b | l type=lambda", "503=1",
     .port = 0},
    {"ELB-DRAIN-07 ELB-DRAIN-03 and does not drain", "alb a b | l type=lambda *1=drain", "503=1",
     .port = 0},
    {"ELB-TG-04 T19 ELB-CASE-80 one address on two ports is two targets",
     "alb a b | t a1@80=ok a1@81=ok b1=ok", "a1=1/3 a1@81=1/3 b1=1/3", .port = 0},
    /* health */
    {"ELB-FO-01 ELB-MATH-11 ELB-ALG-09 ELB-CASE-64 all unhealthy: all are used",
     "alb a b | t a1-10=bad b1-10=bad", "a1-10=1/20 b1-10=1/20", .port = 0},
    {"T13 ELB-ALB-ERR-03 ELB-CASE-66 an unhealthy target is no 503", "alb a b | t a1=bad", "a1=1",
     .port = 0},
    {"T57 ELB-FO-01 fail open does not drop the group", "nlb a | t a1-3=bad", "a1-3=1/3",
     .port = 0},
    {"ELB-FO-02 ELB-ALG-09 ELB-CASE-63 enough healthy ones: these alone",
     "alb a b | t route%=50 a1-10=ok b1-4=ok b5-10=bad", "a1-10=1/14 b1-4=1/14", .port = 0},
    {"ELB-FO-02 ELB-FO-03 ELB-MATH-11 ELB-DNS-34 ELB-CASE-62 too few at the node: all of it",
     "alb a b | t xz=off route%=50 a1-10=ok b1-4=ok b5-10=bad", "b1-10=1/10", .zone = "b"},
    {"ELB-FO-02 ELB-DNS-34 ELB-CASE-62 one is enough by default",
     "alb a b | t xz=off a1-10=ok b1-4=ok b5-10=bad", "b1-4=1/4", .zone = "b"},
    {"ELB-FO-02 a count of healthy targets", "alb a | t route=3 a1-2=ok a3=bad", "a1-3=1/3",
     .port = 0},
    {"ELB-FO-05 ELB-CASE-81 T13 an initial target gets nothing beside a healthy one",
     "alb a b | t a1=ok a2=init", "a1=1", .port = 0},
    {"ELB-FO-05 ELB-ST-03 ELB-CASE-81 alone it gets all", "alb a b | t a1=new", "a1=1", .port = 0},
    {"ELB-FO-05 ELB-CONF-10 unless the other reading is chosen", "alb a b | t a1=init a2=bad",
     "a2=1", .initial_never = true},
    {"ELB-FO-05 and then alone it gets nothing", "alb a b | t a1=init", "503=1",
     .initial_never = true},
    {"ELB-FO-06 fail open never reaches draining and unused ones",
     "alb a | t a1=init a2=bad a3=ud a4=unav a5=drain a6=unused", "a1-4=1/4", .port = 0},
    {"ELB-FO-07 ELB-CASE-68 fail open is a group's own matter",
     "alb a | t w=10 a1-3=ok | u w=20 b1=ok a4-5=bad", "a1-3=1/9 a4-5=1/3", .port = 0},
    {"ELB-FO-07 and a node's", "nlb a b | t a1-2=bad b1=ok b2=bad", "a1-2=1/2", .zone = "a"},
    {"ELB-FO-09 ELB-CLB-12 ELB-CASE-104 no instance in service, HTTP: 503",
     "clb http:80 a | i a1-2=bad", "503=1", .port = 0},
    {"ELB-CLB-12 TCP: no target", "clb a | i a1-2=bad", "no-target=1", .port = 0},
    {"ELB-CLB-06 nothing seen of an instance", "clb a | i a1=ok a2=new", "a1=1", .port = 0},
    {"ELB-DRAIN-01 T13 a draining target gets nothing new", "alb a | t a1=ok a2=drain", "a1=1",
     .port = 0},
    {"ELB-ALB-ERR-503 ELB-CASE-65 no registered target", "alb a b | t", "503=1", .port = 0},
    {"ELB-DRAIN-07 ELB-ALB-ERR-503 ELB-CASE-65 only draining ones", "alb a b | t a1-2=drain",
     "503=1", .port = 0},
    {"ELB-ALB-ERR-503 ELB-CASE-65 only unused ones", "alb a b | t a1-2=unused", "503=1", .port = 0},
    {"ELB-DRAIN-07 ELB-NLB-11 a network's only draining ones", "nlb a | t a1=drain", "no-target=1",
     .port = 0},
    {"ELB-MATH-07 ELB-ALB-ERR-503 ELB-CASE-83 a zone without target answers 503",
     "alb a b | t xz=off a1-4=ok", "a1-4=1/8 503=1/2", .port = 0},
    /* groups */
    {"ELB-ALB-ACT-03 ELB-MATH-03 shares by weight", "alb a | t w=10 a1=ok | u w=20 a2=ok",
     "a1=1/3 a2=2/3", .port = 0},
    {"ELB-ALB-ACT-06 ELB-ALB-SEL-05 ELB-MATH-07 ELB-MATH-09 ELB-CASE-67 no failover of groups",
     "alb a b | t w=8 a1-2=ok | u w=2", "a1-2=2/5 503=1/5", .port = 0},
    {"ELB-ALB-ACT-06 ELB-ALB-ACT-03 ELB-ALB-SEL-05 ELB-CASE-68 nor from unhealthy ones",
     "alb a b | t w=10 a1-3=ok | u w=20 b1-2=bad", "a1-3=1/9 b1-2=1/3", .port = 0},
    {"ELB-ALB-ACT-07 ELB-CASE-69 all weights 0: 503", "alb a b | t w=0 a1=ok | u w=0 a2=ok",
     "503=1", .port = 0},
    {"ELB-ALB-ACT-05 ELB-CASE-69 weight 0 gets nothing", "alb a b | t w=0 a1=ok | u w=5 a2=ok",
     "a2=1", .port = 0},
    {"ELB-MATH-09 ELB-MATH-04 ELB-CASE-84 weights and zones together",
     "alb a b | t w=3 a1=ok b1-2=ok | u w=1 xz=off a2=ok b3-4=ok",
     "a1=1/4 b1-2=1/4 a2=1/8 b3-4=1/16", .port = 0},
    {"ELB-JSON-11 a group that is not known", "alb a b | t w=3 unknown | u w=1 a1=ok",
     "dangling=3/4 a1=1/4", .port = 0},
    /* zonal shift */
    {"ELB-SHIFT-03 ELB-CASE-85 a shift keeps traffic from a zone's targets",
     "alb a! b c | t a1-3=ok b1-3=ok c1-3=ok", "b1-3=1/6 c1-3=1/6", .zone = "a"},
    {"ELB-SHIFT-04 ELB-CASE-86 but not from a node's own with cross-zone off",
     "alb a! b c | t xz=off a1-3=ok b1-3=ok c1-3=ok", "a1-3=1/3", .zone = "a"},
    {"ELB-SHIFT-10 a group of one zone is not shifted", "alb a! b | t a1-2=ok", "a1-2=1/2",
     .port = 0},
    {"T59 ELB-SHIFT-06 a shift moves nothing while failing open", "alb a! b | t a1=bad b1=bad",
     "a1=1/2 b1=1/2", .port = 0},
    {"ELB-SHIFT-09 blocked targets do not trigger fail open",
     "alb a! b c | t route%=60 a1-3=ok b1-3=ok c1-2=ok c3=bad", "b1-3=1/5 c1-2=1/5", .port = 0},
    {"ELB-SHIFT-03 ELB-FO-01 what is left fails open, the shifted zone is not asked",
     "alb a! b | t a1=ok b1-2=bad", "b1-2=1/2", .port = 0},
    {"ELB-SHIFT-03 ELB-NLB-09 a network's shift across zones", "nlb xz=on a! b | t a1-2=ok b1=ok",
     "b1=1", .zone = "a"},
    {"ELB-SHIFT-04 ELB-NLB-09 and within", "nlb a! b | t a1-2=ok b1=ok", "a1-2=1/2", .zone = "a"},
    {"ELB-SHIFT-03 ELB-ALB-ACT-06 a shift of weighted groups moves within each",
     "alb a! b | t w=3 a1=ok b1=ok | u w=1 a2=ok", "b1=3/4 a2=1/4", .port = 0},
    {"ELB-DNS-32 ELB-SHIFT-02 shifted and impaired together: fails open",
     "alb a! b? | t xz=off "
     "a1=ok b1=ok",
     "a1=1/2 b1=1/2", .port = 0},
    {"ELB-ALB-ACT-06 ELB-XZ-04 ELB-MATH-07 weights, one of them within zones",
     "alb a b | t w=3 xz=off a1=ok | u w=1 a2=ok", "a1=3/8 a2=1/4 503=3/8", .port = 0},
    /* network */
    {"ELB-NLB-09 ELB-NLB-05 ELB-CASE-90 a network's node uses its own zone",
     "nlb a b | t a1-2=ok b1-8=ok", "a1-2=1/4 b1-8=1/16", .port = 0},
    {"ELB-NLB-09 ELB-MATH-05 ELB-CASE-90 with cross-zone all", "nlb xz=on a b | t a1-2=ok b1-8=ok",
     "a1-2=1/10 b1-8=1/10", .port = 0},
    {"ELB-NLB-11 ELB-DNS-34 ELB-CASE-93 a node without target", "nlb a b | t a1=ok", "no-target=1",
     .zone = "b"},
    {"ELB-NLB-10 ELB-DNS-34 ELB-CASE-93 a node with unhealthy ones", "nlb a b | t a1=ok b1-3=bad",
     "b1-3=1/3", .zone = "b"},
    {"ELB-LSN-20 ELB-LSN-21 ELB-NLB-21 ELB-CASE-94 a network's weights",
     "nlb a | t w=80 a1-2=ok | u w=20 a3=ok", "a1-2=2/5 a3=1/5", .port = 0},
    {"ELB-NLB-21 an empty group that is drawn has no target", "nlb a | t w=3 a1=ok | u w=1",
     "a1=3/4 no-target=1/4", .port = 0},
    {"ELB-LSN-21 all of a network's weights 0", "nlb a | t w=0 a1=ok", "no-target=1", .port = 0},
    {"ELB-NLB-03 a TLS listener places as TCP", "nlb tls:443 a | t a1-2=ok", "a1-2=1/2",
     .port = 443},
    /* Classic */
    {"ELB-CLB-01 ELB-CLB-03 ELB-CLB-04 ELB-CASE-103 a Classic node uses its own zone",
     "clb a b | i a1-10=ok b1-2=ok", "a1-10=1/20 b1-2=1/4", .port = 0},
    {"ELB-CLB-03 ELB-CASE-103 with cross-zone all", "clb xz=on a b | i a1-10=ok b1-2=ok",
     "a1-10=1/12 b1-2=1/12", .port = 0},
    {"ELB-CLB-01 ELB-ALG-04 idle instances are tied", "clb http:80 a | i a1-3=ok", "a1-3=1/3",
     .port = 0},
    /* listeners, actions, nodes */
    {"ELB-LSN-10 ELB-IN-05 nothing listens", "alb a | t a1=ok", "no-listener=1", .port = 81},
    {"ELB-LSN-09 ELB-CASE-95 TCP to a UDP listener is dropped", "nlb udp:53 a | t a1=ok",
     "no-listener=1", .port = 53, .protocol = R53_PROTOCOL_TCP},
    {"ELB-LSN-09 ELB-CASE-95 a TCP_UDP listener takes TCP", "nlb tcp_udp:53 a | t a1=ok", "a1=1",
     .port = 53, .protocol = R53_PROTOCOL_TCP},
    {"ELB-LSN-09 ELB-CASE-95 and UDP", "nlb tcp_udp:53 a | t a1=ok", "a1=1", .port = 53,
     .protocol = R53_PROTOCOL_UDP},
    {"ELB-LSN-01 of a port's listeners the protocol's", "nlb tcp:53 udp:53 a | t a1=ok", "a1=1",
     .port = 53, .protocol = R53_PROTOCOL_UDP},
    {"ELB-LSN-01 no port said: 80", "alb https:20 http:80 a | t a1=ok", "a1=1",
     .protocol = R53_PROTOCOL_HTTP},
    {"ELB-LSN-01 no port said: the lowest", "alb http:90 http:85 a | t a1=ok", "a1=1", .port = 0},
    {"ELB-ALB-ACT-01 ELB-IN-05 a redirect", "alb act=redirect a", "301=1", .port = 0},
    {"ELB-ALB-ACT-01 ELB-IN-05 a fixed response", "alb act=fixed a", "404=1", .port = 0},
    {"ELB-LSN-04 a listener without default action", "alb act=none a | t a1=ok", "dangling=1",
     .port = 0},
    {"ELB-LB-04 ELB-IN-05 provisioning", "alb state=2 a | t a1=ok", "inactive=1", .port = 0},
    {"ELB-LB-04 impaired", "alb state=3 a | t a1=ok", "a1=1", .port = 0},
    {"ELB-LB-10 no node in that zone", "alb a b | t a1=ok", "inactive=1", .zone = "c"},
    {"ELB-LB-10 no node at all", "alb | t a1=ok", "inactive=1", .port = 0},
};

static r53_request request_of(const struct share_case *c)
{
    return (r53_request){.size = sizeof(r53_request),
                         .load_balancer = FLEET_ARN,
                         .availability_zone = c->zone,
                         .port = c->port,
                         .protocol = c->protocol};
}

static struct fleet_world world_of(const struct share_case *c)
{
    const r53_cloud_options options = {.size = sizeof(options),
                                       .initial_fail_open =
                                           c->initial_never ? R53_OPTION_OFF : R53_OPTION_DEFAULT};

    return fleet_world_make(c->world, &options);
}

static void check_shares(void **state)
{
    const struct share_case *c = *state;
    const r53_request request = request_of(c);
    struct fleet_world world = world_of(c);
    struct shares shares;

    shares_of(world.view, &request, NULL, &shares);
    expect_shares(&shares, c->shares);
    fleet_world_free(&world);
}

/* Seeds against shares: each within five standard deviations of its expectation. */
static void check_seeds(void **state)
{
    enum { SEEDS = 20000 };
    struct fleet_world world =
        fleet_world_make("alb a:3 b | t w=3 a1=ok b1-2=ok | u w=1 xz=off a2=ok b3-4=bad", NULL);
    r53_request request = {.size = sizeof(request), .load_balancer = FLEET_NAME};
    r53_selection s = {.size = sizeof(s)};
    uint64_t seen[80] = {0};
    struct shares shares;
    char name[32];

    (void)state;
    shares_of(world.view, &request, NULL, &shares);
    for (request.seed = 1; request.seed <= SEEDS; request.seed++) {
        assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, NULL), R53_OK);
        selection_name(&s, name, sizeof(name));
        assert_non_null(share_find(&shares, name));
        seen[share_find(&shares, name) - shares.list]++;
    }
    for (size_t i = 0; i < shares.n; i++) {
        struct ratio f = shares.list[i].ratio;
        int64_t expected = (int64_t)(SEEDS * f.n / f.d), off = (int64_t)seen[i] - expected;

        assert_true(off * off <= 25 * expected + 25);
    }
    fleet_world_free(&world);
}

/* ELB-DNS-35: who asked for one zone's name has one zone's address, whatever is in DNS. */
static void check_zonal_name(void **state)
{
    static const struct {
        const char *name, *zone, *target, *node;
    } names[] = {
        {"b." FLEET_NAME, NULL, "b1", "b"}, {"B." FLEET_NAME ".", NULL, "b1", "b"},
        {"a." FLEET_NAME, NULL, "a1", "a"}, {"b." FLEET_NAME, "a", "a1", "a"},
        {FLEET_NAME, NULL, "a1", "a"}, /* b is left out */
    };
    struct fleet_world world = fleet_world_make("nlb a b | t a1=ok b1=bad", NULL);

    (void)state;
    for (size_t i = 0; i < COUNT(names); i++) {
        r53_request request = {.size = sizeof(request),
                               .load_balancer = names[i].name,
                               .availability_zone = names[i].zone};
        r53_selection s = {.size = sizeof(s)};

        for (request.seed = 0; request.seed < 9; request.seed++) {
            assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, NULL), R53_OK);
            assert_string_equal(s.target_id, names[i].target);
            assert_string_equal(s.availability_zone, names[i].node);
        }
    }
    fleet_world_free(&world);
}

/* State */

static const char *select_one(const r53_view *view, const r53_elb_state *state, r53_selection *s)
{
    const r53_request request = {
        .size = sizeof(request), .load_balancer = FLEET_ARN, .availability_zone = "a"};

    *s = (r53_selection){.size = sizeof(*s)};
    assert_int_equal(r53_elb_select(view, &request, state, s, NULL), R53_OK);
    return s->target_id;
}

/* Begins the request at the target with this id, whatever chance would choose. */
static void begin_at(const r53_view *view, r53_elb_state *state, const char *id)
{
    r53_request request = {
        .size = sizeof(request), .load_balancer = FLEET_ARN, .availability_zone = "a"};
    r53_selection s = {.size = sizeof(s)};

    for (request.seed = 0; request.seed < 1000; request.seed++) {
        assert_int_equal(r53_elb_select(view, &request, NULL, &s, NULL), R53_OK);
        if (strcmp(s.target_id, id) == 0)
            break;
    }
    assert_string_equal(s.target_id, id);
    assert_int_equal(r53_elb_begin(state, &s), R53_OK);
}

static void expect_turns(const r53_view *view, r53_elb_state *state, const char *const *ids,
                         size_t n)
{
    r53_selection s;

    for (size_t i = 0; i < n; i++) {
        assert_string_equal(select_one(view, state, &s), ids[i]);
        assert_string_equal(select_one(view, state, &s), ids[i]); /* selecting moves nothing */
        assert_int_equal(r53_elb_begin(state, &s), R53_OK);
    }
}

static void check_round_robin(void **unused)
{
    static const char *const turns[] = {"a2", "a3", "a1", "a2"};
    struct fleet_world world = fleet_world_make("alb a | t a1-3=ok", NULL);
    r53_elb_state *state;

    (void)unused;
    assert_int_equal(r53_elb_state_new(&state, NULL), R53_OK);
    begin_at(world.view, state, "a1");
    expect_turns(world.view, state, turns, COUNT(turns));
    r53_elb_state_free(state);
    fleet_world_free(&world);
}

static void check_round_robin_changes(void **unused)
{
    static const char *const after_a2[] = {"a1", "a2", "a1"};
    static const char *const again[] = {"a2", "a3", "a4", "a1"};
    struct fleet_world all = fleet_world_make("alb a | t a1-3=ok", NULL);
    struct fleet_world two = fleet_world_make("alb a | t a1-2=ok a3=bad", NULL);
    struct fleet_world more = fleet_world_make("alb a | t a1-4=ok", NULL);
    r53_elb_state *state;

    (void)unused;
    assert_int_equal(r53_elb_state_new(&state, NULL), R53_OK);
    begin_at(all.view, state, "a2");
    expect_turns(two.view, state, after_a2, COUNT(after_a2)); /* a3 is passed over */
    expect_turns(more.view, state, again, COUNT(again));      /* and back, with one more */
    r53_elb_state_free(state);
    fleet_world_free(&all);
    fleet_world_free(&two);
    fleet_world_free(&more);
}

static void check_cursor_places(void **unused)
{
    struct fleet_world world = fleet_world_make("clb tcp:80 tcp:81 a b | i a1-3=ok b1-3=ok", NULL);
    r53_request request = {.size = sizeof(request), .load_balancer = FLEET_ARN};
    r53_elb_state *state;
    struct shares shares;

    (void)unused;
    assert_int_equal(r53_elb_state_new(&state, NULL), R53_OK);
    begin_at(world.view, state, "a1");
    request.port = 80;
    shares_of(world.view, &request, state, &shares);
    expect_shares(&shares, "a2=1/2 b1-3=1/6"); /* the node in b has a place of its own */
    request.port = 81;
    shares_of(world.view, &request, state, &shares);
    expect_shares(&shares, "a1-3=1/6 b1-3=1/6"); /* and so has the other listener */
    r53_elb_state_free(state);
    fleet_world_free(&world);
}

static void check_outstanding(void **unused)
{
    struct fleet_world world = fleet_world_make("clb http:80 a | i a1-3=ok", NULL);
    const r53_request request = {.size = sizeof(request), .load_balancer = FLEET_ARN};
    r53_selection s;
    r53_elb_state *state;
    struct shares shares;

    (void)unused;
    assert_int_equal(r53_elb_state_new(&state, NULL), R53_OK);
    for (int i = 0; i < 3; i++)
        begin_at(world.view, state, "a1");
    begin_at(world.view, state, "a2");
    begin_at(world.view, state, "a3");
    shares_of(world.view, &request, state, &shares);
    expect_shares(&shares, "a2-3=1/2");
    select_one(world.view, state, &s);
    assert_int_equal(r53_elb_end(state, &s), R53_OK);
    shares_of(world.view, &request, state, &shares);
    assert_int_equal(shares.n, 1);
    assert_non_null(share_find(&shares, s.target_id));
    assert_int_equal(r53_elb_end(state, &s), R53_E_INVALID); /* its only request is over */
    r53_elb_state_free(state);
    fleet_world_free(&world);
}

static void check_state_misuse(void **unused)
{
    struct fleet_world world = fleet_world_make("alb a | t a1=ok", NULL);
    r53_selection s, none = {.size = sizeof(none), .outcome = R53_SELECTED_NO_TARGET};
    r53_elb_state *state;

    (void)unused;
    assert_int_equal(r53_elb_state_new(&state, NULL), R53_OK);
    select_one(world.view, NULL, &s);
    assert_int_equal(r53_elb_end(state, &s), R53_E_INVALID);
    assert_int_equal(r53_elb_begin(state, &none), R53_OK);
    assert_int_equal(r53_elb_end(state, &none), R53_OK);
    none.outcome = 99;
    assert_int_equal(r53_elb_begin(state, &none), R53_E_INVALID);
    none.outcome = R53_SELECTED_TARGET;
    assert_int_equal(r53_elb_begin(state, &none), R53_E_INVALID);
    assert_int_equal(r53_elb_begin(NULL, &s), R53_E_INVALID);
    r53_elb_state_free(state);
    r53_elb_state_free(NULL);
    fleet_world_free(&world);
}

/* Each allocation of a growing state fails once; what was there stays. */
static void check_state_no_memory(void **unused)
{
    struct fleet_world world = fleet_world_make("clb http:80 a | i a1-40=ok", NULL);
    struct torture torture = {0};
    r53_allocator allocator = torture_allocator(&torture);
    const r53_request request = {.size = sizeof(request), .load_balancer = FLEET_ARN};
    r53_elb_state *state;
    r53_selection s;
    struct shares shares;

    (void)unused;
    assert_int_equal(r53_elb_state_new(&state, &allocator), R53_OK);
    for (int i = 0; i < 40; i++) {
        for (long fail = 1;; fail++) {
            torture.fail_at = torture.calls + fail;
            shares_of(world.view, &request, state, &shares);
            assert_int_equal(shares.n, 40 - i);
            select_one(world.view, state, &s);
            if (r53_elb_begin(state, &s) == R53_OK)
                break;
            assert_true(fail < 8);
        }
        torture.fail_at = 0;
    }
    r53_elb_state_free(state);
    assert_int_equal(torture.live, 0);
    fleet_world_free(&world);
}

/* Flows */

static const char *flow_target(const r53_view *view, const char *source, int32_t port,
                               uint32_t sequence, int32_t protocol)
{
    static uint64_t seed; /* a known flow does not depend on it */
    const r53_request request = {.size = sizeof(request),
                                 .load_balancer = FLEET_ARN,
                                 .availability_zone = "a",
                                 .protocol = protocol,
                                 .source_address = source,
                                 .source_port = port,
                                 .tcp_sequence = sequence,
                                 .seed = seed++};
    r53_selection s = {.size = sizeof(s)};

    assert_int_equal(r53_elb_select(view, &request, NULL, &s, NULL), R53_OK);
    return s.target_id;
}

static void check_flows(void **unused)
{
    enum { FLOWS = 4000 };
    struct fleet_world world = fleet_world_make("nlb tcp_udp:53 a | t a1-4=ok", NULL);
    const int32_t tcp = R53_PROTOCOL_TCP, udp = R53_PROTOCOL_UDP;
    int by_target[5] = {0}, by_sequence = 0, by_protocol = 0;

    (void)unused;
    for (int32_t port = 1; port <= FLOWS; port++) {
        const char *id = flow_target(world.view, "192.0.2.1", port, 7, tcp);

        assert_string_equal(flow_target(world.view, "192.0.2.1", port, 7, tcp), id);
        assert_string_equal(flow_target(world.view, "192.0.2.1", port, 7, udp),
                            flow_target(world.view, "192.0.2.1", port, 8, udp));
        by_target[id[1] - '0']++;
        by_sequence += strcmp(flow_target(world.view, "192.0.2.1", port, 8, tcp), id) != 0;
        by_protocol += strcmp(flow_target(world.view, "192.0.2.1", port, 7, udp), id) != 0;
    }
    for (int i = 1; i <= 4; i++)
        assert_in_range(by_target[i], FLOWS / 4 - 150, FLOWS / 4 + 150);
    assert_in_range(by_sequence, FLOWS * 3 / 4 - 150, FLOWS * 3 / 4 + 150);
    assert_in_range(by_protocol, FLOWS * 3 / 4 - 150, FLOWS * 3 / 4 + 150);
    fleet_world_free(&world);
}

/* An unrelated change does not move what a seed yields; another draw key would. */
static void check_seed_stays(void **unused)
{
    struct fleet_world one = fleet_world_make("alb a b | t a1-3=ok", NULL);
    struct fleet_world two =
        fleet_world_make("alb http:70 http:80 a b | t a1-3=ok | u w=0 b1=ok", NULL);
    r53_request request = {.size = sizeof(request), .load_balancer = FLEET_ARN, .port = 80};
    r53_selection a = {.size = sizeof(a)}, b = {.size = sizeof(b)};

    (void)unused;
    for (request.seed = 0; request.seed < 200; request.seed++) {
        assert_int_equal(r53_elb_select(one.view, &request, NULL, &a, NULL), R53_OK);
        assert_int_equal(r53_elb_select(two.view, &request, NULL, &b, NULL), R53_OK);
        assert_string_equal(a.target_id, b.target_id);
        assert_string_equal(a.availability_zone, b.availability_zone);
    }
    fleet_world_free(&one);
    fleet_world_free(&two);
}

/* Requests */

static const struct request_case {
    const char *what;
    r53_request request;
    const char *world;
    int32_t rc;
} request_cases[] = {
    {"a request: address", {.source_address = "192.0.2"}, "alb a | t a1=ok", R53_E_INVALID},
    {"a request: port", {.port = 65536}, "alb a | t a1=ok", R53_E_INVALID},
    {"a request: port below 0", {.port = -1}, "alb a | t a1=ok", R53_E_INVALID},
    {"a request: source port", {.source_port = 65536}, "alb a | t a1=ok", R53_E_INVALID},
    {"a request: protocol", {.protocol = 11}, "alb a | t a1=ok", R53_E_INVALID},
    {"a request: protocol below 0", {.protocol = -1}, "alb a | t a1=ok", R53_E_INVALID},
    {"a request: reserved", {.reserved = 1}, "alb a | t a1=ok", R53_E_INVALID},
    {"a request: load balancer not known",
     {.load_balancer = "nowhere.example"},
     "alb a | t a1=ok",
     R53_E_NOT_FOUND},
    {"a request: no load balancer", {.load_balancer = ""}, "alb a | t a1=ok", R53_E_INVALID},
};

static void check_request(void **state)
{
    const struct request_case *c = *state;
    struct fleet_world world = fleet_world_make(c->world, NULL);
    r53_selection s = {.size = sizeof(s), .outcome = 77};
    r53_request request = c->request;

    request.size = sizeof(request);
    if (!request.load_balancer)
        request.load_balancer = FLEET_ARN;
    assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, NULL), c->rc);
    assert_int_equal(s.outcome, 77);
    fleet_world_free(&world);
}

static void check_selection(void **unused)
{
    struct fleet_world world = fleet_world_make("alb a | t a1@81=bad", NULL);
    struct fleet_world classic = fleet_world_make("clb a | i a1=ok", NULL);
    r53_selection s;

    (void)unused;
    select_one(world.view, NULL, &s);
    assert_int_equal(s.outcome, R53_SELECTED_TARGET);
    assert_int_equal(s.matched_priority, 0); /* ELB-ALB-RULE-10 */
    assert_int_equal(s.fail_open, 1);
    assert_int_equal(s.target_port, 81);
    assert_int_equal(s.listener_port, 80);
    assert_string_equal(s.availability_zone, "a");
    assert_string_equal(s.target_group_arn, "t");
    assert_string_equal(s.target_zone, "a");
    select_one(classic.view, NULL, &s);
    assert_int_equal(s.matched_priority, -1);
    assert_int_equal(s.target_port, 8080); /* ELB-CLB-05 */
    assert_string_equal(s.listener_arn, "");
    assert_string_equal(s.target_group_arn, s.load_balancer_arn);
    assert_string_equal(r53_selection_outcome_name(R53_SELECTED_DANGLING), "dangling");
    assert_string_equal(r53_selection_outcome_name(99), "");
    assert_string_equal(r53_selection_outcome_name(-1), "");
    fleet_world_free(&world);
    fleet_world_free(&classic);
}

/* Explanations: who does not take part, and why */

static const struct told_case {
    const char *what, *world, *zone, *told;
} told_cases[] = {
    {"ELB-SHIFT-02 ELB-SHIFT-03 a shift is told of the node and of its targets",
     "alb a b! | t a1=ok b1=ok", NULL,
     "the node in b is left out of the DNS answer: a zonal shift leads away from it\n"
     "b1:80 in b is left out: a zonal shift leads away from its zone\n"},
    {"ELB-DNS-32 an impaired zone is told", "alb a b? | t a1=ok", NULL,
     "the node in b is left out of the DNS answer: its zone is impaired\n"},
    {"ELB-DNS-26 each group that fails a zone is told",
     "alb a b | t w=1 xz=off a1=ok b1=bad | u w=0 xz=off a3=ok b3=bad", NULL,
     "the node in b is left out of the DNS answer: t: 0 healthy of 1 registered target(s)\n"
     "the node in b is left out of the DNS answer: u: 0 healthy of 1 registered target(s)\n"
     "u, weight 0 of 1, is not drawn\n"
     "b1:80 in b is left out: it is in another zone than the node, and cross-zone load "
     "balancing is off\n"},
    {"ELB-DNS-27 ELB-DNS-28 the group by which a zone is unhealthy is told",
     "nlb a b c | t a1=ok b1=bad", NULL,
     "the node in b is left out of the DNS answer: t: 0 healthy of 1 registered target(s)\n"
     "the node in c is left out of the DNS answer: t: 0 healthy of 0 registered target(s)\n"
     "b1:80 in b is left out: it is in another zone than the node, and cross-zone load "
     "balancing is off\n"},
    {"ELB-XZ-04 ELB-DRAIN-07 ELB-ST-01 ELB-LB-13 every target has its reason",
     "alb a b | t xz=off a1=ok a2=bad a3=drain a4=unused b1=ok c1=ok", "a",
     "a2:80 in a is left out: unhealthy (Target.Timeout)\n"
     "a3:80 in a is left out: it is draining\n"
     "a4:80 in a is left out: it is unused (Target.InvalidState)\n"
     "b1:80 in b is left out: it is in another zone than the node, and cross-zone load "
     "balancing is off\n"
     "c1:80 in c is left out: its zone is not enabled for the load balancer\n"},
    {"ELB-ALB-ACT-03 a group that is not drawn is told with its weight",
     "alb a | t w=10 a1=ok | u w=0 a2=ok | v w=0 unknown", NULL,
     "u, weight 0 of 10, is not drawn\n"
     "a target group of listener HTTP:80 that is not known, weight 0 of 10, is not drawn\n"},
    {"ELB-LB-10 a zone without a node is told as such", "alb a b | t a1=ok", "c",
     "application load balancer " FLEET_NAME ". has no node in the asked zone, only in a, b\n"},
    {"ELB-LB-10 so is that there is no node at all", "alb | t a1=ok", NULL,
     "application load balancer " FLEET_NAME ". has no node at all, as no Availability Zone is "
     "enabled\n"},
};

static bool is_told(const char *line)
{
    return strstr(line, "left out") || strstr(line, "not drawn") || strstr(line, "no node");
}

static void check_told(void **state)
{
    const struct told_case *c = *state;
    struct fleet_world world = fleet_world_make(c->world, NULL);
    const r53_request request = {
        .size = sizeof(request), .load_balancer = FLEET_ARN, .availability_zone = c->zone};
    r53_selection s = {.size = sizeof(s)};
    char told[2000] = "", line[300];
    r53_trace *trace;

    assert_int_equal(r53_trace_new(&trace, NULL), R53_OK);
    assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, trace), R53_OK);
    for (size_t i = 0; i < r53_trace_count(trace); i++) {
        assert_int_equal(r53_trace_text(trace, i, line, sizeof(line), NULL), R53_OK);
        if (is_told(line) && strlen(told) + strlen(line) + 2 < sizeof(told))
            strcat(strcat(told, line), "\n");
    }
    assert_string_equal(told, c->told);
    r53_trace_free(trace);
    fleet_world_free(&world);
}

/* A document may tell of a Classic listener that none can have: nothing is known of how it chooses. */
static void check_unsupported(void **unused)
{
    struct fleet_world world = fleet_world_make("clb udp:53 a | i a1=ok", NULL);
    const r53_request request = {.size = sizeof(request),
                                 .load_balancer = FLEET_ARN,
                                 .protocol = R53_PROTOCOL_UDP,
                                 .port = 53};
    r53_selection s = {.size = sizeof(s), .status = 7};

    (void)unused;
    assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, NULL), R53_E_UNSUPPORTED);
    assert_int_equal(s.status, 7); /* untouched */
    fleet_world_free(&world);
}

static void check_trace(void **unused)
{
    static const int32_t events[] = {
        EVENT_NODE_IN_DNS,     EVENT_NODE_SHIFTED, EVENT_NODE_CHOSEN,  EVENT_LISTENER_CHOSEN,
        EVENT_ACTION_FORWARD,  EVENT_GROUP_CHOSEN, EVENT_SCOPE,        EVENT_TARGET_UNHEALTHY,
        EVENT_TARGET_EXCLUDED, EVENT_ROUND_ROBIN,  EVENT_TARGET_CHOSEN};
    struct fleet_world world = fleet_world_make("alb a b! | t a1=ok a2=bad a3=drain", NULL);
    const r53_request request = {.size = sizeof(request), .load_balancer = FLEET_ARN};
    r53_selection s = {.size = sizeof(s)};
    r53_trace *trace;

    (void)unused;
    assert_int_equal(r53_trace_new(&trace, NULL), R53_OK);
    assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, trace), R53_OK);
    assert_int_equal(r53_trace_count(trace), COUNT(events));
    for (size_t i = 0; i < COUNT(events); i++) {
        assert_int_equal(trace->records[i].event, events[i]);
        assert_true(trace->records[i].rule > 0);
    }
    r53_trace_free(trace);
    fleet_world_free(&world);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(told_cases) + COUNT(share_cases) + COUNT(request_cases) + 14];
    size_t n = 0;

    ADD_CASES(tests, n, share_cases, check_shares);
    ADD_CASES(tests, n, request_cases, check_request);
    ADD_TEST(tests, n, "ELB-DNS-35 ELB-CASE-93 ELB-NLB-10 a zonal name leads to its zone's node",
             check_zonal_name);
    ADD_TEST(tests, n, "ELB-ALB-ACT-11 seeds come out as the shares say", check_seeds);
    ADD_TEST(tests, n, "ELB-ALG-01 ELB-ALG-02 ELB-CASE-70 round robin in turn", check_round_robin);
    ADD_TEST(tests, n, "ELB-ALG-02 ELB-CASE-70 targets come and go", check_round_robin_changes);
    ADD_TEST(tests, n, "ELB-CLB-02 a place for each node and listener", check_cursor_places);
    ADD_TEST(tests, n,
             "ELB-CLB-01 ELB-CONF-16 ELB-ALG-04 ELB-CASE-71 ELB-CASE-104 fewest in progress",
             check_outstanding);
    ADD_TEST(tests, n, "a state refuses what never began", check_state_misuse);
    ADD_TEST(tests, n, "a state without memory", check_state_no_memory);
    ADD_TEST(tests, n, "ELB-NLB-01 ELB-NLB-02 ELB-NLB-05 ELB-NLB-24 ELB-CASE-91 flows by hash",
             check_flows);
    ADD_TEST(tests, n, "a seed yields the same after an unrelated change", check_seed_stays);
    ADD_TEST(tests, n, "ELB-ALB-RULE-10 what a selection says", check_selection);
    ADD_CASES(tests, n, told_cases, check_told);
    ADD_TEST(tests, n, "ELB-CLB-01 ELB-LSN-02 a Classic listener of a protocol that none has",
             check_unsupported);
    ADD_TEST(tests, n, "a trace of a selection", check_trace);
    return RUN_TESTS("select", tests, n);
}
