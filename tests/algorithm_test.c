/*
 * Algorithms beyond the plain ones: least outstanding requests, weighted random with mitigation,
 * slow start. Exact shares come from walking over every draw; what a state prepares is compared
 * with a naive count.
 */
#include "support/fleet_shares.h"
#include "support/fleet_text.h"
#include "support/harness.h"

#include <r53/elb.h>
#include <r53/import.h>

#include "base/hash.h"
#include "elb/ledger.h"
#include "view/view.h"

#include <stdio.h>
#include <stdlib.h>

static const struct algorithm_case {
    const char *what, *world, *shares;
    const char *anomalous; /* "a4" has weight 100 of 1000; NULL: none */
} algorithm_cases[] = {
    {"ELB-ALG-05 ELB-ALG-08 weighted random is even", "alb a | t algo=weighted_random a1-4=ok",
     "a1-4=1/4", NULL},
    {"ELB-ALG-07 ELB-ALG-08 ELB-MATH-08 ELB-CASE-72 mitigation lowers a share",
     "alb a | t algo=weighted_random mit=on a1-4=ok", "a1-3=10/31 a4=1/31", "a4"},
    {"ELB-ALG-07 ELB-CASE-72 not when it is off", "alb a | t algo=weighted_random a1-4=ok",
     "a1-4=1/4", "a4"},
    {"ELB-ALG-07 nor with another algorithm", "alb a | t mit=on a1-4=ok", "a1-4=1/4", "a4"},
    {"ELB-ALG-06 nor with fewer than three healthy targets",
     "alb a | t algo=weighted_random mit=on a3-4=ok a1=bad", "a3-4=1/2", "a4"},
    {"ELB-ALG-06 three healthy ones are enough",
     "alb a | t algo=weighted_random mit=on a2-4=ok a1=bad", "a2-3=10/21 a4=1/21", "a4"},
    {"ELB-ALG-09 T55 all unhealthy, the algorithm goes over all",
     "alb a | t algo=weighted_random mit=on a1-4=bad", "a1-4=1/4", "a4"},
    {"ELB-ALG-03 ELB-ALG-04 ELB-MATH-12 an idle group is uniform",
     "alb a | t algo=least_outstanding_requests a1-3=ok", "a1-3=1/3", NULL},
    {"ELB-ALG-09 T55 and all unhealthy", "alb a | t algo=least_outstanding_requests a1-3=bad",
     "a1-3=1/3", NULL},
    {"ELB-ALB-ERR-503 whatever the algorithm", "alb a | t algo=weighted_random", "503=1", NULL},
};

static void check_algorithm(void **state)
{
    const struct algorithm_case *c = *state;
    const r53_request request = {.size = sizeof(request), .load_balancer = FLEET_ARN};
    struct fleet_world world = fleet_world_make(c->world, NULL);
    struct shares shares;

    if (c->anomalous) {
        const r53_target target = {.size = sizeof(target), .id = c->anomalous, .port = 80};

        assert_int_equal(r53_observe_mitigation(world.observed, "t", &target, 100), R53_OK);
        fleet_world_look(&world, 0);
    }
    shares_of(world.view, &request, NULL, &shares);
    expect_shares(&shares, c->shares);
    fleet_world_free(&world);
}

static void check_mitigation_calls(void **unused)
{
    struct fleet_world world =
        fleet_world_make("alb a | t algo=weighted_random mit=on a1-3=ok", NULL);
    const r53_request request = {.size = sizeof(request), .load_balancer = FLEET_ARN};
    r53_target target = {.size = sizeof(target), .id = "a1"};
    struct shares shares;

    (void)unused;
    assert_int_equal(r53_observe_mitigation(world.observed, "t", &target, 500), R53_OK);
    fleet_world_look(&world, 0);
    shares_of(world.view, &request, NULL, &shares);
    expect_shares(&shares, "a1=1/5 a2-3=2/5"); /* port 0: every registration */
    assert_int_equal(r53_observe_mitigation(world.observed, "t", &target, 0), R53_OK);
    fleet_world_look(&world, 0);
    shares_of(world.view, &request, NULL, &shares);
    expect_shares(&shares, "a1-3=1/3");
    assert_int_equal(r53_observe_mitigation(world.observed, "t", &target, 1001), R53_E_INVALID);
    assert_int_equal(r53_observe_mitigation(world.observed, "t", &target, -1), R53_E_INVALID);
    assert_int_equal(r53_observe_mitigation(world.observed, "", &target, 1), R53_E_INVALID);
    assert_int_equal(r53_observe_mitigation(world.observed, "t", NULL, 1), R53_E_INVALID);
    assert_int_equal(r53_observe_mitigation(NULL, "t", &target, 1), R53_E_INVALID);
    target.id = NULL;
    assert_int_equal(r53_observe_mitigation(world.observed, "t", &target, 1), R53_E_INVALID);
    fleet_world_free(&world);
}

/* A change of the algorithm, seen by the next view; the state goes on. */
static void check_change(void **unused)
{
    struct fleet_world round = fleet_world_make("alb a | t a1-3=ok", NULL);
    struct fleet_world least =
        fleet_world_make("alb a | t algo=least_outstanding_requests a1-3=ok", NULL);
    const r53_request request = {.size = sizeof(request), .load_balancer = FLEET_ARN};
    r53_selection s = {.size = sizeof(s)};
    r53_elb_state *state;
    struct shares shares;

    (void)unused;
    assert_int_equal(r53_elb_state_new(&state, NULL), R53_OK);
    do
        assert_int_equal(r53_elb_select(round.view, &request, NULL, &s, NULL), R53_OK);
    while (s.target_id[1] != '1' && ++((r53_request *)(uintptr_t)&request)->seed);
    assert_int_equal(r53_elb_begin(state, &s), R53_OK);
    shares_of(round.view, &request, state, &shares);
    expect_shares(&shares, "a2=1");
    shares_of(least.view, &request, state, &shares);
    expect_shares(&shares, "a2-3=1/2");
    r53_elb_state_free(state);
    fleet_world_free(&round);
    fleet_world_free(&least);
}

/* Least outstanding requests against a plain count */

enum { MOST = 64 };

struct in_progress {
    r53_selection list[400];
    size_t n;
    uint32_t counts[MOST + 1]; /* by target number, from 1 */
};

static int number_of(const r53_selection *s)
{
    return atoi(s->target_id + 1);
}

/* The choice must be one of those that have the fewest; each of them must be possible. */
static void expect_fewest(const r53_view *view, const r53_elb_state *state,
                          const struct in_progress *model, const char *eligible)
{
    const r53_request request = {.size = sizeof(request), .load_balancer = FLEET_ARN};
    struct shares shares;
    uint32_t least = UINT32_MAX;
    size_t ties = 0;

    for (int i = 1; eligible[i]; i++) {
        if (eligible[i] != '+')
            continue;
        ties = model->counts[i] < least ? 1 : ties + (model->counts[i] == least);
        least = model->counts[i] < least ? model->counts[i] : least;
    }
    shares_of(view, &request, state, &shares);
    assert_int_equal(shares.n, ties);
    for (size_t i = 0; i < shares.n; i++) {
        int number = atoi(shares.list[i].name + 1);

        assert_int_equal(eligible[number], '+');
        assert_int_equal(model->counts[number], least);
        assert_true(shares.list[i].ratio.n == 1 && shares.list[i].ratio.d == ties);
    }
}

static void step(const r53_view *view, r53_elb_state *state, struct in_progress *model,
                 uint64_t chance)
{
    r53_request request = {.size = sizeof(request), .load_balancer = FLEET_ARN, .seed = chance};
    r53_selection s = {.size = sizeof(s)};

    if (model->n > 0 && (chance % 5 < 2 || model->n == COUNT(model->list))) {
        size_t i = (size_t)(chance / 7 % model->n);

        assert_int_equal(r53_elb_end(state, &model->list[i]), R53_OK);
        model->counts[number_of(&model->list[i])]--;
        model->list[i] = model->list[--model->n];
        return;
    }
    assert_int_equal(r53_elb_select(view, &request, state, &s, NULL), R53_OK);
    assert_int_equal(r53_elb_begin(state, &s), R53_OK);
    model->counts[number_of(&s)]++;
    model->list[model->n++] = s;
}

static void check_fewest(void **unused)
{
    struct fleet_world all =
        fleet_world_make("alb a | t algo=least_outstanding_requests a1-7=ok", NULL);
    struct fleet_world some = fleet_world_make(
        "alb a | t algo=least_outstanding_requests a1-2=ok a3=bad a4-6=ok a7=drain", NULL);
    struct in_progress *model = calloc(1, sizeof(*model));
    r53_elb_state *state;
    uint64_t chance = 1;

    (void)unused;
    assert_non_null(model);
    assert_int_equal(r53_elb_state_new(&state, NULL), R53_OK);
    for (int round = 0; round < 600; round++) {
        bool part = round / 100 % 2; /* the set of targets changes back and forth */

        chance = r53__mix2(chance, (uint64_t)round);
        expect_fewest(part ? some.view : all.view, state, model, part ? " ++-+++-" : " +++++++");
        step(part ? some.view : all.view, state, model, chance);
    }
    while (model->n > 0)
        assert_int_equal(r53_elb_end(state, &model->list[--model->n]), R53_OK);
    memset(model->counts, 0, sizeof(model->counts));
    expect_fewest(all.view, state, model, " +++++++");
    r53_elb_state_free(state);
    free(model);
    fleet_world_free(&all);
    fleet_world_free(&some);
}

/* A selection may outlive its view if the host keeps its texts: it loses only the short cut. */
static void check_without_scope(void **unused)
{
    struct fleet_world world =
        fleet_world_make("alb a b | t algo=least_outstanding_requests xz=off a1-2=ok b1=ok", NULL);
    const r53_request request = {
        .size = sizeof(request), .load_balancer = FLEET_ARN, .availability_zone = "a"};
    r53_selection s = {.size = sizeof(s)};
    r53_elb_state *state;
    struct shares shares;
    char other[8];

    (void)unused;
    assert_int_equal(r53_elb_state_new(&state, NULL), R53_OK);
    assert_int_equal(r53_elb_select(world.view, &request, state, &s, NULL), R53_OK);
    assert_non_null(s.scope);
    s.scope = NULL;
    assert_int_equal(r53_elb_begin(state, &s), R53_OK);
    snprintf(other, sizeof(other), "a%d=1", s.target_id[1] == '1' ? 2 : 1);
    shares_of(world.view, &request, state, &shares);
    expect_shares(&shares, other);
    assert_int_equal(r53_elb_end(state, &s), R53_OK);
    shares_of(world.view, &request, state, &shares);
    expect_shares(&shares, "a1-2=1/2");
    r53_elb_state_free(state);
    fleet_world_free(&world);
}

/* Slow start */

static void probe(struct fleet_world *world, const char *id, int passed, int64_t now_ms)
{
    const r53_target target = {.size = sizeof(target), .id = id, .availability_zone = "a"};
    const r53_target_probe result = {.size = sizeof(result),
                                     .passed = passed,
                                     .target_group_arn = "t",
                                     .target = &target,
                                     .now_ms = now_ms};

    assert_int_equal(r53_observe_probe(world->observed, world->cloud, &result, NULL), R53_OK);
}

/* Registers a target in a group that has some. */
static void join(struct fleet_world *world, const char *id)
{
    const r53_target target = {.size = sizeof(target), .id = id, .availability_zone = "a"};
    r53_import *import;

    assert_int_equal(r53_import_new(&import, world->cloud, world->observed, NULL), R53_OK);
    assert_int_equal(r53_import_target(import, "t", &target, 0, NULL), R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
}

static void expect_at(struct fleet_world *world, int64_t now_ms, const char *expected)
{
    const r53_request request = {.size = sizeof(request), .load_balancer = FLEET_ARN};
    struct shares shares;

    fleet_world_look(world, now_ms);
    shares_of(world->view, &request, NULL, &shares);
    expect_shares(&shares, expected);
}

static void check_slow_start(void **unused)
{
    struct fleet_world world = fleet_world_make("alb a | t slow=100 a1-2=new", NULL);

    (void)unused;
    probe(&world, "a1", 1, 0);
    probe(&world, "a2", 1, 500);
    expect_at(&world, 1000, "a1-2=1/2"); /* ELB-SLOW-03: the first ones are full at once */
    join(&world, "a3");
    probe(&world, "a3", 1, 1000000);
    expect_at(&world, 1000000, "a1-2=1/2"); /* ELB-SLOW-05: at age 0 no share */
    expect_at(&world, 1025000, "a1-2=4/9 a3=1/9");
    expect_at(&world, 1050000, "a1-2=2/5 a3=1/5");
    expect_at(&world, 1099999, "a1-2=100000/299999 a3=99999/299999");
    expect_at(&world, 1100000, "a1-3=1/3");
    expect_at(&world, 9000000, "a1-3=1/3");
    fleet_world_free(&world);
}

/* T52: a target that is alone gets everything, however young. */
static void check_slow_start_alone(void **unused)
{
    struct fleet_world world = fleet_world_make("alb a | t slow=100 a1=new", NULL);

    (void)unused;
    probe(&world, "a1", 1, 0);
    join(&world, "a2");
    probe(&world, "a2", 1, 50000);
    expect_at(&world, 60000, "a1=10/11 a2=1/11");
    probe(&world, "a1", 0, 60000);
    probe(&world, "a1", 0, 60000);
    expect_at(&world, 60000, "a2=1");
    probe(&world, "a2", 0, 61000);
    probe(&world, "a2", 0, 61000);
    expect_at(&world, 61000, "a1-2=1/2"); /* ELB-SLOW-07: failing open */
    fleet_world_free(&world);
}

/* Of a group's share, and of a zone's. */
static void check_slow_start_among(void **unused)
{
    static const struct {
        const char *world, *young, *grown;
    } worlds[] = {
        {"alb a | t w=3 slow=100 a1=new | u w=1 a9=ok", "a1=3/5 a2=3/20 a9=1/4", "a1-2=3/8 a9=1/4"},
        {"alb a b | t xz=off slow=100 a1=new b1=ok", "a1=2/5 a2=1/10 b1=1/2", "a1-2=1/4 b1=1/2"},
        {"alb a b | t slow=100 a1=new b1=bad", "a1=4/5 a2=1/5", "a1-2=1/2"},
        {"alb a b! | t slow=100 a1=new b1=ok", "a1=4/5 a2=1/5", "a1-2=1/2"},
        {"alb a b | t slow=100 route=3 a1=new b1=bad", "a1-2=1/3 b1=1/3", "a1-2=1/3 b1=1/3"},
        {"alb a b | t slow=100 a1=new b1=drain", "a1=4/5 a2=1/5", "a1-2=1/2"},
    };

    (void)unused;
    for (size_t i = 0; i < COUNT(worlds); i++) {
        struct fleet_world world = fleet_world_make(worlds[i].world, NULL);

        probe(&world, "a1", 1, 0);
        join(&world, "a2");
        probe(&world, "a2", 1, 1000000);
        expect_at(&world, 1025000, worlds[i].young);
        expect_at(&world, 1100000, worlds[i].grown);
        fleet_world_free(&world);
    }
}

static void check_slow_start_draws(void **unused)
{
    struct fleet_world world = fleet_world_make("alb a | t slow=100 a1=new", NULL);
    r53_request request = {.size = sizeof(request), .load_balancer = FLEET_ARN};
    r53_selection s = {.size = sizeof(s)};
    int young = 0, marked = 0;

    (void)unused;
    probe(&world, "a1", 1, 0);
    join(&world, "a2");
    probe(&world, "a2", 1, 1000000);
    fleet_world_look(&world, 1050000);
    for (request.seed = 0; request.seed < 6000; request.seed++) {
        assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, NULL), R53_OK);
        young += s.target_id[1] == '2';
        marked += s.slow_start == (s.target_id[1] == '2');
    }
    assert_in_range(young, 2000 - 190, 2000 + 190); /* a third, five standard deviations */
    assert_int_equal(marked, 6000);
    fleet_world_free(&world);
}

/* The ledger against a plain list: what is removed is gone, nobody else is. */
static void check_ledger(void **unused)
{
    enum { KEYS = 300 };
    const r53_allocator *none = NULL;
    struct memory memory;
    struct ledger ledger = {0};
    bool there[KEYS] = {false};
    uint64_t chance = 7;

    (void)unused;
    assert_int_equal(r53__memory_init(&memory, none), R53_OK);
    for (int i = 0; i < 20000; i++) {
        struct ledger_key key = {.kind = 1};
        struct ledger_entry *entry;
        size_t k;

        chance = r53__mix2(chance, (uint64_t)i);
        k = (size_t)(chance % KEYS);
        key.number = (int32_t)k;
        entry = r53__ledger_find(&ledger, &key);
        assert_int_equal(entry != NULL, there[k]);
        if (entry) {
            assert_int_equal(entry->value, k);
            r53__ledger_remove(&ledger, entry);
        } else {
            assert_true(r53__ledger_reserve(&ledger, &memory, 1, 0));
            r53__ledger_put(&ledger, &key)->value = (int64_t)k;
        }
        there[k] = !there[k];
    }
    r53__ledger_free(&ledger, &memory);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(algorithm_cases) + 10];
    size_t n = 0;

    ADD_CASES(tests, n, algorithm_cases, check_algorithm);
    ADD_TEST(tests, n, "ELB-ALG-08 weights are said and forgotten", check_mitigation_calls);
    ADD_TEST(tests, n, "ELB-ALG-10 ELB-ALG-11 a changed algorithm decides the next request",
             check_change);
    ADD_TEST(tests, n, "ELB-ALG-03 ELB-ALG-04 T54 the fewest requests, as a plain count has it",
             check_fewest);
    ADD_TEST(tests, n, "ELB-ALG-03 a selection without its scope counts as well",
             check_without_scope);
    ADD_TEST(tests, n,
             "ELB-SLOW-01 ELB-SLOW-02 ELB-SLOW-03 ELB-SLOW-05 ELB-MATH-08 ELB-CASE-73 ELB-CASE-74 "
             "T52 shares grow and end",
             check_slow_start);
    ADD_TEST(tests, n, "ELB-SLOW-04 ELB-SLOW-05 ELB-SLOW-07 T52 a sole target gets everything",
             check_slow_start_alone);
    ADD_TEST(tests, n,
             "ELB-SLOW-05 ELB-SLOW-07 ELB-MATH-09 slow start within weighted groups, zones, shifts",
             check_slow_start_among);
    ADD_TEST(tests, n, "ELB-SLOW-06 T53 T60 seeds come out as the weights say",
             check_slow_start_draws);
    ADD_TEST(tests, n, "a ledger keeps what was not removed", check_ledger);
    return RUN_TESTS("algorithm", tests, n);
}
