/*
 * Targets that are registered again while they drain (ELB-DRAIN-06): requests and flows in progress
 * go on there, and so does what is remembered of them; the target's health begins anew.
 */
#include "support/harness.h"

#include <r53/elb.h>
#include <r53/elb_change.h>

#include "base/hash.h"
#include "support/fleet_shares.h"
#include "support/fleet_text.h"
#include "view/view.h"

#include <stdio.h>
#include <stdlib.h>

#define INSTANCES " | t type=instance ids=instance delay=30 "
#define SECOND    1000

static const r53_target a1 = {.size = sizeof(a1), .id = "i-a1"};
static const r53_target a3 = {.size = sizeof(a3), .id = "i-a3"};

/* Requests and flows in progress */

/*
 * A request or flow of a1 begins; then, each at a second: "-" a1 is deregistered, "+" registered;
 * "=" what has become of it. "~" a3 is registered.
 */
static const struct again_case {
    const char *what, *world, *script;
} again_cases[] = {
    {"ELB-DRAIN-06 ELB-DRAIN-02 a request in progress is no longer cut after the delay",
     "alb a" INSTANCES "a1-2=ok", "-@10 =i-a1@39 +@20 =i-a1@39 =i-a1@4000"},
    {"ELB-DRAIN-02 not registered again it is", "alb a" INSTANCES "a1-2=ok", "-@10 =i-a1@39 =502@40"},
    {"ELB-DRAIN-06 ELB-DRAIN-02 registered after the delay is too late for it",
     "alb a" INSTANCES "a1-2=ok", "-@10 +@40 =502@41"},
    {"ELB-DRAIN-06 ELB-DRAIN-03 where there is no delay, too",
     "alb a | t type=instance ids=instance delay=0 a1-2=ok", "-@10 +@10 =502@10"},
    {"ELB-DRAIN-06 ELB-DRAIN-02 deregistered once more it has a whole delay",
     "alb a" INSTANCES "a1-2=ok", "-@10 +@20 -@35 =i-a1@64 =502@65"},
    {"ELB-DRAIN-06 ELB-DRAIN-02 time and again", "alb a" INSTANCES "a1-2=ok",
     "-@10 +@20 -@21 +@22 -@23 +@24 =i-a1@4000"},
    {"ELB-DRAIN-06 ELB-NLB-06 a flow", "nlb a" INSTANCES "proto=3 cut=true a1-2=ok",
     "-@10 +@20 =i-a1@300"},
    {"ELB-DRAIN-06 ELB-DRAIN-04 a flow that outlives the delay",
     "nlb a" INSTANCES "proto=3 a1-2=ok", "-@10 =i-a1@41 +@50 =i-a1@300"},
    {"ELB-DRAIN-06 ELB-DRAIN-04 not where the delay ends it",
     "nlb a" INSTANCES "proto=3 cut=true a1-2=ok", "-@10 +@50 =reset@300"},
    {"ELB-DRAIN-04 a flow that outlives the delay is not cut when another target joins",
     "nlb a" INSTANCES "proto=3 a1-2=ok", "-@10 =i-a1@41 ~@50 =i-a1@300 +@310 =i-a1@320"},
    {"ELB-DRAIN-04 where the delay ends it nothing stays",
     "nlb a" INSTANCES "proto=3 cut=true a1-2=ok", "-@10 ~@50 +@60 =reset@300"},
    {"ELB-GWLB-06 ELB-DRAIN-04 a flow on an appliance, too", "gwlb a" INSTANCES "proto=8 a1-2=ok",
     "-@10 ~@50 =i-a1@300"},
    {"ELB-DRAIN-06 ELB-GWLB-06 a flow on an appliance", "gwlb a" INSTANCES "proto=8 a1-2=ok",
     "-@10 +@20 =i-a1@100 -@110 +@150 =i-a1@300"},
};

struct talk {
    struct fleet_world world;
    r53_elb_state *state;
    r53_request request;
    r53_selection begun;
    const r53_view *then; /* holds the texts of `begun` */
    bool flow;
};

static void talk_begin(struct talk *t, const char *text)
{
    t->world = fleet_world_make(text, NULL);
    t->flow = text[0] != 'a';
    t->request = (r53_request){.size = sizeof(t->request),
                               .load_balancer = FLEET_ARN,
                               .source_address = "192.0.2.1",
                               .destination_address = "198.51.100.9",
                               .source_port = 1000,
                               .port = text[0] == 'g' ? 443 : 0,
                               .now_ms = 1};
    t->begun = (r53_selection){.size = sizeof(t->begun)};
    assert_int_equal(r53_elb_state_new(&t->state, NULL), R53_OK);
    do {
        t->request.source_port++;
        t->request.seed++;
        assert_int_equal(r53_elb_select(t->world.view, &t->request, NULL, &t->begun, NULL), R53_OK);
    } while (strcmp(t->begun.target_id, "i-a1") != 0);
    assert_int_equal(r53_elb_begin(t->state, &t->begun), R53_OK);
    t->then = r53_view_retain(t->world.view);
}

static void expect_now(struct talk *t, const char *expected, int64_t now_ms)
{
    r53_selection now = {.size = sizeof(now)};
    char name[32];

    fleet_world_look(&t->world, now_ms);
    t->request.now_ms = now_ms;
    t->request.established = t->flow;
    if (t->flow)
        assert_int_equal(r53_elb_select(t->world.view, &t->request, t->state, &now, NULL), R53_OK);
    else
        assert_int_equal(r53_elb_resume(t->world.view, NULL, &t->begun, &now, NULL), R53_OK);
    selection_name(&now, name, sizeof(name));
    assert_string_equal(name, expected);
}

static void take_word(struct talk *t, char *word)
{
    char *at = strchr(word, '@');
    int64_t now_ms = (int64_t)atoi(at + 1) * SECOND;

    *at = '\0';
    if (word[0] == '=')
        expect_now(t, word + 1, now_ms);
    else
        assert_int_equal((word[0] == '-' ? r53_target_deregister : r53_target_register)(
                             t->world.cloud, "t", word[0] == '~' ? &a3 : &a1, now_ms, NULL),
                         R53_OK);
}

static void check_again(void **state)
{
    const struct again_case *c = *state;
    char script[128], *word;
    struct talk t = {.flow = false};

    talk_begin(&t, c->world);
    snprintf(script, sizeof(script), "%s", c->script);
    for (word = strtok(script, " "); word; word = strtok(NULL, " "))
        take_word(&t, word);
    assert_int_equal(r53_elb_end(t.state, &t.begun), R53_OK);
    r53_view_release(t.then);
    r53_elb_state_free(t.state);
    fleet_world_free(&t.world);
}

/* What is remembered, against a plain list */

enum { TARGETS = 5, REQUESTS = 300, ROUNDS = 1500, DELAY_MS = 30 * SECOND };

struct known_target {
    bool registered;
    int64_t until_ms;  /* not registered: end of its delay */
    int lives;         /* how often it was another target */
    uint32_t requests; /* in progress, of the target that it now is */
};

struct known_request {
    r53_selection selection;
    const r53_view *view; /* which lends it texts */
    int target, life;
};

struct model {
    struct known_target targets[TARGETS];
    struct known_request requests[REQUESTS];
    size_t n;
    int64_t now_ms;
    struct fleet_world world;
    r53_elb_state *state;
};

static r53_target target_of(char *id, int i)
{
    id[3] = (char)('1' + i);
    return (r53_target){.size = sizeof(r53_target), .id = id};
}

/* Healthy whatever registration it is: counts alone decide. */
static void observe_healthy(struct model *m, int i)
{
    char id[] = "i-a?";
    r53_target target = target_of(id, i);

    target.port = 80;
    assert_int_equal(r53_observe_target(m->world.observed, "t", &target, R53_TARGET_HEALTHY, NULL),
                     R53_OK);
}

static void toggle(struct model *m, int i)
{
    struct known_target *t = &m->targets[i];
    char id[] = "i-a?";
    const r53_target target = target_of(id, i);

    if (t->registered) {
        t->until_ms = m->now_ms + DELAY_MS;
        assert_int_equal(r53_target_deregister(m->world.cloud, "t", &target, m->now_ms, NULL),
                         R53_OK);
    } else {
        if (m->now_ms >= t->until_ms) {
            t->lives++;
            t->requests = 0;
        }
        assert_int_equal(r53_target_register(m->world.cloud, "t", &target, m->now_ms, NULL),
                         R53_OK);
    }
    t->registered = !t->registered;
}

/* One of the registered targets with the fewest in progress. */
static void expect_fewest(const struct model *m, int chosen)
{
    uint32_t least = UINT32_MAX;

    for (int i = 0; i < TARGETS; i++) {
        if (m->targets[i].registered && m->targets[i].requests < least)
            least = m->targets[i].requests;
    }
    assert_true(m->targets[chosen].registered);
    assert_int_equal(m->targets[chosen].requests, least);
}

static void begin(struct model *m, uint64_t chance)
{
    const r53_request request = {
        .size = sizeof(request), .load_balancer = FLEET_ARN, .seed = chance};
    r53_selection s = {.size = sizeof(s)};
    int i;

    assert_int_equal(r53_elb_select(m->world.view, &request, m->state, &s, NULL), R53_OK);
    if (s.outcome != R53_SELECTED_TARGET) {
        for (i = 0; i < TARGETS; i++)
            assert_false(m->targets[i].registered);
        return;
    }
    i = s.target_id[3] - '1';
    expect_fewest(m, i);
    assert_int_equal(r53_elb_begin(m->state, &s), R53_OK);
    m->targets[i].requests++;
    m->requests[m->n++] =
        (struct known_request){s, r53_view_retain(m->world.view), i, m->targets[i].lives};
}

static void end(struct model *m, size_t at)
{
    struct known_request *r = &m->requests[at];

    assert_int_equal(r53_elb_end(m->state, &r->selection), R53_OK);
    if (r->life == m->targets[r->target].lives)
        m->targets[r->target].requests--;
    r53_view_release(r->view);
    *r = m->requests[--m->n];
}

/* Does each request go on just where its target is still the one that it was? */
static void expect_all(const struct model *m)
{
    for (size_t i = 0; i < m->n; i++) {
        const struct known_request *r = &m->requests[i];
        const struct known_target *t = &m->targets[r->target];
        bool goes_on = t->lives == r->life && (t->registered || m->now_ms < t->until_ms);
        r53_selection now = {.size = sizeof(now)};

        assert_int_equal(r53_elb_resume(m->world.view, NULL, &r->selection, &now, NULL), R53_OK);
        assert_int_equal(now.outcome, goes_on ? R53_SELECTED_TARGET : R53_SELECTED_GENERATED);
        assert_string_equal(now.target_id, goes_on ? r->selection.target_id : "");
    }
}

static void check_model(void **unused)
{
    struct model *m = calloc(1, sizeof(*m));
    uint64_t chance = 7;

    (void)unused;
    assert_non_null(m);
    m->world = fleet_world_make("alb a" INSTANCES "algo=least_outstanding_requests a1-5=ok", NULL);
    assert_int_equal(r53_elb_state_new(&m->state, NULL), R53_OK);
    for (int i = 0; i < TARGETS; i++) {
        m->targets[i].registered = true;
        observe_healthy(m, i);
    }
    for (int round = 0; round < ROUNDS; round++) {
        chance = r53__mix2(chance, (uint64_t)round);
        m->now_ms += (int64_t)(chance % 9) * SECOND;
        if (chance / 16 % 4 == 0)
            toggle(m, (int)(chance / 64 % TARGETS));
        fleet_world_look(&m->world, m->now_ms);
        if (m->n == REQUESTS || (m->n && chance / 512 % 5 < 2))
            end(m, (size_t)(chance / 4096 % m->n));
        else
            begin(m, chance);
        expect_all(m);
    }
    while (m->n)
        end(m, 0);
    r53_elb_state_free(m->state);
    fleet_world_free(&m->world);
    free(m);
}

/* Targets that come and go for long do not pile up, although flows may be left on each. */
static void check_bounded(void **unused)
{
    struct fleet_world world = fleet_world_make("nlb a" INSTANCES "proto=3 a1=ok", NULL);
    char id[16];

    (void)unused;
    for (int i = 0; i < 2500; i++) {
        const r53_target target = {.size = sizeof(target), .id = id};

        snprintf(id, sizeof(id), "i-%d", i);
        assert_int_equal(r53_target_register(world.cloud, "t", &target, i * DELAY_MS, NULL),
                         R53_OK);
        assert_int_equal(r53_target_deregister(world.cloud, "t", &target, i * DELAY_MS, NULL),
                         R53_OK);
    }
    fleet_world_look(&world, 2500 * DELAY_MS);
    assert_int_equal(world.view->fleets[0].pools[0].n_targets, 1 + 1000 + 1);
    fleet_world_free(&world);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(again_cases) + 2];
    size_t n = 0;

    ADD_CASES(tests, n, again_cases, check_again);
    ADD_TEST(tests, n,
             "ELB-DRAIN-06 ELB-ALG-03 counts of a target are its own, however often it "
             "comes back",
             check_model);
    ADD_TEST(tests, n, "ELB-DRAIN-04 what is left of targets that come and go is bounded",
             check_bounded);
    return RUN_TESTS("registered_again", tests, n);
}
