/*
 * Traps of load balancers and of the aliases that lead to them: faults that comparable software
 * shipped, each with what must hold instead. The T numbers are those of the project's list; see
 * traps_test.c for the others.
 */
#include "support/cloud_text.h"
#include "support/fleet_shares.h"
#include "support/fleet_text.h"
#include "support/harness.h"
#include "support/rule_text.h"
#include "support/zone_text.h"

#include <r53/import.h>

#include <stdio.h>
#include <stdlib.h>

#define EVIL "*a*a*a*a*a*a*a*a*a*a*a*a*b" /* as many as a value has room for */
#define ALB  "lb-1.us-east-1.elb.amazonaws.com."

/* Shares of a request to a load balancer (support/fleet_text.h) */

static const struct trap_share {
    const char *what, *world, *shares;
    const char *zone; /* of the node; NULL: drawn */
} shares[] = {
    {"T12 weight 0 gets nothing", "alb a | t w=0 a1=ok | u w=1 a2=ok", "a2=1", NULL},
    {"T12 nor with the other one empty", "alb a | t w=0 a1=ok | u w=1", "503=1", NULL},
    {"T12 weights beyond 1 are kept", "alb a | t w=999 a1=ok | u w=1 a2=ok",
     "a1=999/1000 a2=1/1000", NULL},
    {"T13 no healthy target is no 503", "alb a b | t a1=bad b1=bad", "a1=1/2 b1=1/2", NULL},
    {"T13 draining and initial targets get nothing beside a healthy one",
     "alb a | t a1=ok a2=drain a3=init", "a1=1", NULL},
    {"T19 one address on two ports is two targets", "alb a | t a1@80=ok a1@81=bad a2=ok",
     "a1=1/2 a2=1/2", NULL},
    {"T21 an unhealthy target gets nothing beside a healthy one", "nlb a | t a1=ok a2-9=bad",
     "a1=1", NULL},
    {"T21 a group's failure fails over within the group alone",
     "alb a | t w=1 a1=ok a2=bad | u w=1 a3=bad a4=bad", "a1=1/2 a3-4=1/4", NULL},
    {"T55 all unhealthy in a zone", "nlb a b | t a1-2=bad b1=ok", "a1-2=1/2", "a"},
    {"T55 all unhealthy in a group beside a healthy one", "alb a | t a1-2=bad | u w=0 a3=ok",
     "a1-2=1/2", NULL},
    {"T55 all unhealthy in every zone and group", "alb a b | t xz=off a1=bad b1=bad | u w=0 a2=bad",
     "a1=1/2 b1=1/2", NULL},
    {"T55 all unhealthy behind a Gateway", "gwlb a | t a1-4=bad", "a1-4=1/4", NULL},
    {"T55 all out of service behind a Classic one: none", "clb http:80 a | i a1-4=bad", "503=1",
     NULL},
    {"T55 a threshold that is off takes no zone out of DNS", "nlb a b | t dns=-1 a1=bad b1=ok",
     "a1=1/2 b1=1/2", NULL},
    {"T56 weights of 1 and 10 are 1 and 10", "alb a | t w=1 a1=ok | u w=10 a2=ok",
     "a1=1/11 a2=10/11", NULL},
    {"T56 a group of weight 0 changes nothing", "nlb a | t w=1 a1=ok | u w=10 a2=ok | v w=0 a3=ok",
     "a1=1/11 a2=10/11", NULL},
    {"T57 all unhealthy is not empty", "nlb a | t a1-3=bad", "a1-3=1/3", NULL},
    {"T57 targets in zones that are not enabled are left out first", "alb a b | t a1-2=bad c1-2=ok",
     "a1-2=1/2", NULL},
    {"T57 and do not count in percentages", "alb a | t route%=50 a1=ok a2=bad c1-9=bad", "a1=1",
     NULL},
    {"T59 while failing open a shift moves no target", "alb a! b | t a1=bad b1=bad",
     "a1=1/2 b1=1/2", NULL},
    {"T59 nor at the node that is shifted away from", "alb a! b | t a1=bad b1=bad", "a1=1/2 b1=1/2",
     "a"},
    {"T59 nor a zone", "nlb a! b | t a1=bad b1=bad", "a1=1/2 b1=1/2", NULL},
    {"T59 but else it does", "alb a! b | t a1=ok b1=ok", "b1=1", NULL},
};

static void check_share(void **state)
{
    const struct trap_share *c = *state;
    struct fleet_world world = fleet_world_make(c->world, NULL);
    const r53_request request = {
        .size = sizeof(request), .load_balancer = FLEET_ARN, .availability_zone = c->zone};
    struct shares told;

    shares_of(world.view, &request, NULL, &told);
    expect_shares(&told, c->shares);
    fleet_world_free(&world);
}

/* What comes of a request (support/rule_text.h) */

static const struct trap_request {
    const char *what, *rules, *request, *result;
} requests[] = {
    {"T13 a method's case counts", "5 method=GET -> hit", "get /", "def"},
    {"T20 a method with a slash is none", "5 method=GET -> hit", "GET/x /", "400"},
    {"T20 a longer method is another", "5 method=GET -> hit", "GETS /", "def"},
    {"T20 a shorter one too", "5 method=GET -> hit", "GE /", "def"},
    {"T23 a path's case counts", "5 path=/img/* -> hit", "GET /IMG/a", "def"},
    {"T23 and that of a pattern", "5 path=/IMG/* -> hit", "GET /img/a", "def"},
    {"T24 the source is looked at", "5 source=198.51.100.0/24 -> hit", "GET /", "def"},
    {"T24 and not a header that says it", "5 source=198.51.100.0/24 -> hit",
     "GET / | X-Forwarded-For: 198.51.100.1", "def"},
    {"T24 the method is looked at", "5 method=POST -> hit", "GET /", "def"},
    {"T25 one of several query values is enough", "5 query=a:1,b:2 -> hit", "GET /?b=2", "hit"},
    {"T25 several conditions must hold together", "5 query=a:1 query=b:2 -> hit", "GET /?b=2",
     "def"},
    {"T27 a bracket is no class", "5 path=/[ab] -> hit", "GET /a", "def"},
    {"T27 an exclamation mark neither", "5 header=X-A:[!b] -> hit", "GET / | X-A: a", "def"},
    {"T27 a host's case does not count", "5 host=*.Example.com -> hit",
     "GET / | Host: A.EXAMPLE.COM", "hit"},
    {"T27 a host's port does not count", "5 host=a.example.com -> hit",
     "GET / | Host: a.example.com:8443", "hit"},
    {"T27 several groups are shared among", "5 path=* -> a:0,b:1", "GET /", "b"},
    {"T27 health is looked at", "group img empty\n5 path=* -> img", "GET /", "503"},
    {"T26 a hostile pattern", "5 path=" EVIL " -> hit",
     "GET /aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
     "def"},
};

static void check_request(void **state)
{
    const struct trap_request *c = *state;
    struct rule_world world = rule_world_make(c->rules, NULL);
    struct request_spec request;
    char result[256];

    request_spec_read(&request, c->request);
    request.request.source_address = "10.0.0.9";
    rule_result(world.view, &request.request, result, sizeof(result));
    assert_string_equal(result, c->result);
    rule_world_free(&world);
}

/* T24: "http-method" and the like are no fields that are always true. */
static void unknown_fields(void **unused)
{
    static const char *const fields[] = {"http-method", "path", "", "Path-Pattern", "HOST-HEADER"};
    struct rule_spec *spec = calloc(1, sizeof(*spec));
    struct rule_world world = rule_world_make("", NULL);
    r53_import *import;

    (void)unused;
    assert_non_null(spec);
    assert_int_equal(r53_import_new(&import, world.cloud, NULL, NULL), R53_OK);
    for (size_t i = 0; i < COUNT(fields); i++) {
        rule_spec_read(spec, "5 path=/ -> def");
        spec->conditions[0].field = fields[i];
        assert_int_equal(r53_import_rule(import, &spec->rule), R53_E_INVALID);
        assert_int_equal(r53_listener_rule_create(world.cloud, &spec->rule, NULL), R53_E_INVALID);
    }
    r53_import_free(import);
    rule_world_free(&world);
    free(spec);
}

/* Targets */

static r53_request to_fleet(void)
{
    return (r53_request){
        .size = sizeof(r53_request), .load_balancer = FLEET_ARN, .availability_zone = "a"};
}

/* One of two ports goes, the other stays. */
static void one_port_goes(void **unused)
{
    struct fleet_world world = fleet_world_make("alb a | t a1@80=ok a1@81=ok a2=ok", NULL);
    const r53_target target = {
        .size = sizeof(target), .id = "a1", .port = 81, .availability_zone = "a"};
    const r53_request request = to_fleet();
    struct shares told;

    (void)unused;
    assert_int_equal(r53_target_deregister(world.cloud, "t", &target, 1000, NULL), R53_OK);
    fleet_world_look(&world, 1000);
    shares_of(world.view, &request, NULL, &told);
    expect_shares(&told, "a1=1/2 a2=1/2");
    fleet_world_free(&world);
}

/* The cookie of a target and that of a target group are not taken for each other. */
static void cookies_apart(void **unused)
{
    struct fleet_world world =
        fleet_world_make("alb a bind=60 | t w=1 sticky=lb_cookie a1-2=ok | u w=0 a3=ok", NULL);
    r53_cookie cookie = {.size = sizeof(cookie),
                         .kind = R53_COOKIE_AWSALB,
                         .target_group_arn = "u",
                         .target_id = "a3",
                         .port = 80};
    const r53_cookie *cookies = &cookie;
    r53_request request = to_fleet();
    r53_selection s = {.size = sizeof(s)};

    (void)unused;
    request.cookies = &cookies;
    request.n_cookies = 1;
    assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, NULL), R53_OK);
    assert_string_equal(s.target_group_arn, "t"); /* a target's says nothing of the group */
    assert_int_equal(s.tg_sticky_hit, 0);
    cookie = (r53_cookie){.size = sizeof(cookie),
                          .kind = R53_COOKIE_AWSALBTG,
                          .target_group_arn = "t",
                          .target_id = "a2",
                          .port = 80};
    for (request.seed = 0; request.seed < 64;
         request.seed++) { /* a group's nothing of the target */
        assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, NULL), R53_OK);
        assert_int_equal(s.tg_sticky_hit, 1);
        assert_int_equal(s.sticky_hit, 0);
        if (strcmp(s.target_id, "a1") == 0)
            break;
    }
    assert_string_equal(s.target_id, "a1");
    fleet_world_free(&world);
}

/* Algorithms */

static void probe(struct fleet_world *world, const char *id, int64_t now_ms)
{
    const r53_target target = {.size = sizeof(target), .id = id, .availability_zone = "a"};
    const r53_target_probe passed = {.size = sizeof(passed),
                                     .passed = 1,
                                     .target_group_arn = "t",
                                     .target = &target,
                                     .now_ms = now_ms};

    assert_int_equal(r53_observe_probe(world->observed, world->cloud, &passed, NULL), R53_OK);
}

/* A second target joins and passes its check at `now_ms`. */
static struct fleet_world young_target(int64_t now_ms)
{
    struct fleet_world world = fleet_world_make("alb a | t slow=100 a1=new", NULL);
    const r53_target target = {.size = sizeof(target), .id = "a2", .availability_zone = "a"};
    r53_import *import;

    probe(&world, "a1", 0);
    assert_int_equal(r53_import_new(&import, world.cloud, world.observed, NULL), R53_OK);
    assert_int_equal(r53_import_target(import, "t", &target, 0, NULL), R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
    probe(&world, "a2", now_ms);
    return world;
}

static uint64_t thousandths(const struct fleet_world *world, const char *id)
{
    const r53_request request = to_fleet();
    struct shares told;
    const struct share *share;

    shares_of(world->view, &request, NULL, &told);
    share = share_find(&told, id);
    return share ? share->ratio.n * 1000 / share->ratio.d : 0;
}

static void slow_start_ramp(void **unused)
{
    struct fleet_world world = young_target(1000);
    uint64_t before = 0, share;

    (void)unused;
    for (int64_t age = 1; age <= 101000; age += 1000) {
        fleet_world_look(&world, 1000 + age);
        share = thousandths(&world, "a2");
        assert_true(share >= before && share <= 500); /* it never shrinks */
        assert_true(age < 2000 || share > 0);         /* it begins */
        before = share;
    }
    assert_int_equal(before, 500); /* and ends */
    fleet_world_free(&world);
}

/*
 * A state that has seen nothing starts anywhere: a fleet that restarts does not favour the first.
 */
static void unbiased_start(void **unused)
{
    enum { STARTS = 8000 };
    struct fleet_world world = fleet_world_make("alb a | t a1-8=ok", NULL);
    r53_request request = to_fleet();
    r53_selection s = {.size = sizeof(s)};
    unsigned seen[9] = {0};

    (void)unused;
    for (request.seed = 0; request.seed < STARTS; request.seed++) {
        r53_elb_state *fresh;

        assert_int_equal(r53_elb_state_new(&fresh, NULL), R53_OK);
        assert_int_equal(r53_elb_select(world.view, &request, fresh, &s, NULL), R53_OK);
        seen[s.target_id[1] - '0']++;
        r53_elb_state_free(fresh);
    }
    for (int i = 1; i <= 8; i++)
        assert_in_range(seen[i], STARTS / 8 - 150, STARTS / 8 + 150); /* five deviations */
    fleet_world_free(&world);
}

/* Of an idle group no target gets a second request before each has one. */
static void no_bursts(void **unused)
{
    struct fleet_world world =
        fleet_world_make("alb a | t algo=least_outstanding_requests a1-9=ok", NULL);
    r53_request request = to_fleet();
    r53_selection s = {.size = sizeof(s)};
    r53_elb_state *state;
    unsigned seen[10] = {0};

    (void)unused;
    assert_int_equal(r53_elb_state_new(&state, NULL), R53_OK);
    for (unsigned i = 0; i < 90; i++) {
        request.seed = i;
        assert_int_equal(r53_elb_select(world.view, &request, state, &s, NULL), R53_OK);
        assert_int_equal(r53_elb_begin(state, &s), R53_OK);
        assert_int_equal(seen[s.target_id[1] - '0']++, i / 9);
    }
    r53_elb_state_free(state);
    fleet_world_free(&world);
}

/* New flows use the set of now: who joins gets its share, who fails gets none. */
static void hash_follows_members(void **unused)
{
    enum { FLOWS = 4000 };
    static const struct {
        const char *world;
        unsigned least, most;
    } sets[] = {{"nlb a | t a1-3=ok", 0, 0},
                {"nlb a | t a1-4=ok", FLOWS / 4 - 140, FLOWS / 4 + 140},
                {"nlb a | t a1-3=ok a4=bad", 0, 0}};

    (void)unused;
    for (size_t i = 0; i < COUNT(sets); i++) {
        struct fleet_world world = fleet_world_make(sets[i].world, NULL);
        r53_request request = to_fleet();
        r53_selection s = {.size = sizeof(s)};
        unsigned seen = 0;

        request.source_address = "192.0.2.1";
        for (request.source_port = 1; request.source_port <= FLOWS; request.source_port++) {
            assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, NULL), R53_OK);
            seen += strcmp(s.target_id, "a4") == 0;
        }
        assert_in_range(seen, sets[i].least, sets[i].most);
        fleet_world_free(&world);
    }
}

/* Aliases */

static const struct trap_alias {
    const char *what, *line, *rule; /* what an import says of it; NULL: nothing */
    const char *answer;
} aliases[] = {
    {"T61 a load balancer that is gone is a warning",
     "x A alias=Z35SXDOTRQ7X7K/gone-1.us-east-1.elb.amazonaws.com.", "R53-JSON-09",
     "x A -> SERVFAIL\n"},
    {"T61 a record set that is gone too", "x A alias=ZONE1/gone", "R53-JSON-09",
     "x A -> SERVFAIL\n"},
    {"T61 of names that nobody can see none is invented",
     "x A alias=Z38NKT9BP95V3O/env.eba-abcdefgh.us-west-2.elasticbeanstalk.com.", NULL,
     "x A -> SERVFAIL\n"},
};

static void check_alias(void **state)
{
    const struct trap_alias *c = *state;
    r53_finding finding = {.size = sizeof(finding)};
    struct world world;
    bool told = false;

    world_open(&world, "");
    world_say(&world, c->line);
    for (size_t i = 0; r53_report_get(world.report, i, &finding) == R53_OK; i++) {
        assert_int_equal(finding.severity, R53_SEVERITY_WARNING);
        told = told || (c->rule && strcmp(finding.rule, c->rule) == 0);
    }
    assert_int_equal(told, c->rule != NULL);
    assert_true(told || r53_report_count(world.report) == 0);
    world_look(&world);
    expect_lines(world.view, c->answer, resolve_text);
    world_close(&world);
}

static const struct trap_batch {
    const char *what, *batch;
    bool taken;
} batches[] = {
    {"T62 ELB-DNS-09 ELB-ZID-01 a dualstack name with the id of its kind and Region",
     "CREATE x A alias=Z35SXDOTRQ7X7K/dualstack." ALB "\n", true},
    {"T62 ELB-DNS-09 ELB-ZID-01 ELB-CASE-117 a dualstack name with another kind's id",
     "CREATE x A alias=Z26RNL4JYFTOTI/dualstack." ALB "\n", false},
    {"T62 ELB-CASE-117 ELB-R53-12 an ALB's name with an NLB's id",
     "CREATE x A alias=Z26RNL4JYFTOTI/" ALB "\n", false},
    {"T62 a dualstack name with another Region's id",
     "CREATE x A alias=Z3AADJGX6KTTL2/dualstack." ALB "\n", false},
    {"T62 a name with an id that is nobody's", "CREATE x A alias=Z00000000000/" ALB "\n", false},
};

static void check_batch(void **state)
{
    const struct trap_batch *c = *state;
    r53_cloud *cloud = cloud_with_zone(NULL);

    assert_int_equal(batch_apply(cloud, c->batch, NULL) == R53_OK, c->taken);
    r53_cloud_free(cloud);
}

/* Both names of a load balancer give all of its addresses. */
static void both_names(void **unused)
{
    struct world world;

    (void)unused;
    world_open(&world,
               "lb web application " ALB " a=198.51.100.1 b=198.51.100.2\n"
               "x A alias=Z35SXDOTRQ7X7K/" ALB "\ny A alias=Z35SXDOTRQ7X7K/dualstack." ALB "\n");
    expect_lines(world.view,
                 "x A -> NOERROR aa; x 60 A 198.51.100.1, x 60 A 198.51.100.2; AUTH=NS\n"
                 "y A -> NOERROR aa; y 60 A 198.51.100.1, y 60 A 198.51.100.2; AUTH=NS\n",
                 resolve_text);
    world_close(&world);
}

int main(void)
{
    static struct CMUnitTest
        tests[COUNT(shares) + COUNT(requests) + COUNT(aliases) + COUNT(batches) + 8];
    size_t n = 0;

    ADD_CASES(tests, n, shares, check_share);
    ADD_CASES(tests, n, requests, check_request);
    ADD_CASES(tests, n, aliases, check_alias);
    ADD_CASES(tests, n, batches, check_batch);
    ADD_TEST(tests, n, "T13 a target's cookie is none of a target group", cookies_apart);
    ADD_TEST(tests, n, "T19 one port of an address goes, the other stays", one_port_goes);
    ADD_TEST(tests, n, "T24 a field that is not known is an error", unknown_fields);
    ADD_TEST(tests, n, "T52 a share in slow start grows and ends", slow_start_ramp);
    ADD_TEST(tests, n, "T53 the start is not biased", unbiased_start);
    ADD_TEST(tests, n, "T54 no bursts to one target", no_bursts);
    ADD_TEST(tests, n, "T56 new flows follow the members", hash_follows_members);
    ADD_TEST(tests, n, "T62 both names give all addresses", both_names);
    return RUN_TESTS("elb_traps", tests, n);
}
