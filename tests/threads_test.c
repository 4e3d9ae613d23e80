/*
 * Threads put questions to one view while the cloud goes on changing and new views are made, or
 * with a state each.
 */
#include "support/cloud_text.h"
#include "support/elb_calls.h"
#include "support/fleet_text.h"
#include "support/harness.h"

#include <r53/r53.h>

#include <pthread.h>
#include <stdio.h>

enum { THREADS = 4, ROUNDS = 300, VIEWS = 40 };

struct asker {
    pthread_t thread;
    const r53_view *view; /* its own reference */
    int wrong;
};

/* cmocka's assertions belong to the main thread: this one only counts. */
static void *ask(void *argument)
{
    struct asker *asker = argument;
    r53_answer *answer = NULL;
    r53_trace *trace = NULL;

    asker->wrong = r53_answer_new(&answer, NULL) != R53_OK || r53_trace_new(&trace, NULL) != R53_OK;
    for (int i = 0; i < ROUNDS && !asker->wrong; i++) {
        r53_answer_summary s = {.size = sizeof(s)};
        const r53_query query = {.size = sizeof(query),
                                 .name = i % 2 ? "www.example.com" : "bal.example.com",
                                 .seed = (uint64_t)i};

        asker->wrong += r53_resolve(asker->view, &query, answer, trace) != R53_OK;
        asker->wrong += r53_answer_summarize(answer, &s) != R53_OK || s.rcode != 0;
        asker->wrong += r53_answer_count(answer, R53_SECTION_ANSWER) != 2;
        r53_view_release(r53_view_retain(asker->view));
    }
    r53_view_release(asker->view);
    r53_trace_free(trace);
    r53_answer_free(answer);
    return NULL;
}

static void one_view(void **state)
{
    static struct asker askers[THREADS];
    struct world world;

    (void)state;
    world_open(&world, "www A 192.0.2.1,192.0.2.2\n"
                       "bal A alias=Z/web-1.us-east-1.elb.amazonaws.com.\n"
                       "lb web application web-1.us-east-1.elb.amazonaws.com a=198.51.100.1 "
                       "b=198.51.100.2\n");
    for (size_t i = 0; i < THREADS; i++) {
        askers[i].view = r53_view_retain(world.view);
        assert_int_equal(pthread_create(&askers[i].thread, NULL, ask, &askers[i]), 0);
    }
    for (int i = 0; i < VIEWS; i++) {
        char line[60];

        snprintf(line, sizeof(line), "www A 192.0.2.%d\nlost A 192.0.2.1\n", i + 3);
        world_say(&world, line);
        world_look(&world); /* drops the view that the threads ask */
    }
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(askers[i].thread, NULL), 0);
        assert_int_equal(askers[i].wrong, 0);
    }
    world_close(&world);
}

/* A state each: what one thread begins, the other's choices do not see. */
struct chooser {
    pthread_t thread;
    const r53_view *view; /* its own reference */
    int wrong;
};

/* Requests in progress at each target, of this thread alone. */
static void *choose(void *argument)
{
    struct chooser *chooser = argument;
    r53_elb_state *state = NULL;
    r53_selection begun[8] = {{0}};
    unsigned counts[8] = {0};

    chooser->wrong = r53_elb_state_new(&state, NULL) != R53_OK;
    for (unsigned i = 0; i < ROUNDS * 8 && !chooser->wrong; i++) {
        const r53_request request = {
            .size = sizeof(request), .load_balancer = FLEET_ARN, .seed = i};
        r53_selection *s = &begun[i % 8];

        if (i >= 8) {
            counts[(s->target_id[1] - '1') % 8]--;
            chooser->wrong += r53_elb_end(state, s) != R53_OK;
        }
        *s = (r53_selection){.size = sizeof(*s)};
        chooser->wrong += r53_elb_select(chooser->view, &request, state, s, NULL) != R53_OK;
        chooser->wrong += s->outcome != R53_SELECTED_TARGET;
        if (chooser->wrong)
            break;
        /* eight in progress at four targets: two each, so the next choice has one at most */
        chooser->wrong += counts[(s->target_id[1] - '1') % 8]++ > 2;
        chooser->wrong += r53_elb_begin(state, s) != R53_OK;
    }
    r53_elb_state_free(state);
    r53_view_release(chooser->view);
    return NULL;
}

static void two_states(void **unused)
{
    static struct chooser choosers[2];
    struct fleet_world world =
        fleet_world_make("alb a b | t algo=least_outstanding_requests a1-2=ok b3-4=ok", NULL);

    (void)unused;
    for (size_t i = 0; i < COUNT(choosers); i++) {
        choosers[i].view = r53_view_retain(world.view);
        assert_int_equal(pthread_create(&choosers[i].thread, NULL, choose, &choosers[i]), 0);
    }
    for (size_t i = 0; i < COUNT(choosers); i++) {
        assert_int_equal(pthread_join(choosers[i].thread, NULL), 0);
        assert_int_equal(choosers[i].wrong, 0);
    }
    fleet_world_free(&world);
}

/* All kinds of questions to one view, while the cloud changes and other views come and go. */

struct busy {
    r53_cloud *cloud;
    r53_observed *observed;
    r53_view *view;
};

/* What one thread asks with, and what it has found wrong. */
struct questioner {
    pthread_t thread;
    const r53_view *view; /* its own reference */
    r53_elb_state *state;
    r53_answer *answer;
    uint64_t seed;
    int wrong;
};

static const char busy_balancer[] =
    "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/a1/1";
static const char busy_group[] =
    "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/t1/1";
static const char busy_name[] = "a1-1.us-east-1.elb.amazonaws.com";

/* "www.example.com A" as a message. */
static const uint8_t busy_message[] = {0,   1,   0,   0,   0,   1,   0,   0,   0,   0,   0,
                                       0,   3,   'w', 'w', 'w', 7,   'e', 'x', 'a', 'm', 'p',
                                       'l', 'e', 3,   'c', 'o', 'm', 0,   0,   1,   0,   1};

static bool responds(struct questioner *q)
{
    uint8_t responses[2][512];
    r53_exchange exchanges[2];
    r53_exchange *list[2];

    for (size_t i = 0; i < COUNT(list); i++) {
        exchanges[i] = (r53_exchange){.size = sizeof(*exchanges),
                                      .query = busy_message,
                                      .n_query = sizeof(busy_message),
                                      .response = responses[i],
                                      .capacity = sizeof(responses[i])};
        list[i] = &exchanges[i];
    }
    return r53_respond_many(q->view, list, COUNT(list)) == R53_OK && exchanges[0].error == R53_OK &&
           exchanges[0].length == exchanges[1].length &&
           (responses[0][3] & 15) == R53_RCODE_NOERROR;
}

static bool resolves(struct questioner *q)
{
    const r53_query query = {
        .size = sizeof(query), .name = "www.example.com", .seed = q->seed, .type = R53_TYPE_A};

    return r53_resolve(q->view, &query, q->answer, NULL) == R53_OK &&
           r53_answer_count(q->answer, R53_SECTION_ANSWER) == 2;
}

static bool selects(struct questioner *q)
{
    const r53_request request = {
        .size = sizeof(request), .load_balancer = busy_name, .port = 80, .seed = q->seed};
    r53_selection selection = {.size = sizeof(selection)};

    return r53_elb_select(q->view, &request, q->state, &selection, NULL) == R53_OK &&
           selection.outcome == R53_SELECTED_TARGET &&
           r53_elb_begin(q->state, &selection) == R53_OK &&
           r53_elb_end(q->state, &selection) == R53_OK;
}

static bool works_out(struct questioner *q)
{
    const r53_query query = {.size = sizeof(query), .name = "www.example.com"};
    r53_outcomes *outcomes;
    bool whole;

    if (q->seed % 8)
        return true; /* the dear one */
    if (r53_outcomes_new(&outcomes, q->view, &query, NULL, NULL) != R53_OK)
        return false;
    whole = r53_outcomes_count(outcomes) > 0;
    r53_outcomes_free(outcomes);
    return whole;
}

static bool describes(struct questioner *q)
{
    const r53_target_health_query query = {.size = sizeof(query), .target_group_arn = busy_group};
    r53_load_balancer_health health = {.size = sizeof(health)};
    r53_zone_health zone = {.size = sizeof(zone)};
    r53_target_health_listing *listing;
    size_t n = 0;

    if (r53_target_healths_list(&listing, q->view, &query, NULL) != R53_OK)
        return false;
    while (r53_target_health_listing_next(listing))
        n++;
    r53_target_health_listing_free(listing);
    return n == 2 && r53_load_balancer_health_get(q->view, busy_name, &health) == R53_OK &&
           r53_zone_health_get(q->view, busy_balancer, 0, &zone) == R53_OK && zone.in_dns;
}

static void *ask_all(void *argument)
{
    static bool (*const questions[])(struct questioner *) = {responds, resolves, selects, works_out,
                                                             describes};
    struct questioner *q = argument;

    q->wrong =
        r53_elb_state_new(&q->state, NULL) != R53_OK || r53_answer_new(&q->answer, NULL) != R53_OK;
    for (; q->seed < ROUNDS && !q->wrong; q->seed++) {
        for (size_t i = 0; i < COUNT(questions); i++)
            q->wrong += !questions[i](q);
    }
    r53_answer_free(q->answer);
    r53_elb_state_free(q->state);
    r53_view_release(q->view);
    return NULL;
}

static void busy_balancer_make(r53_cloud *cloud)
{
    static const char *const addresses[] = {"192.0.2.1", "192.0.2.2"};
    const r53_availability_zone a = {
        .size = sizeof(a), .zone_name = "us-east-1a", .addresses = &addresses[0], .n_addresses = 1};
    const r53_availability_zone b = {
        .size = sizeof(b), .zone_name = "us-east-1b", .addresses = &addresses[1], .n_addresses = 1};
    const r53_availability_zone *const zones[] = {&a, &b};
    const r53_load_balancer lb = {.size = sizeof(lb),
                                  .type = R53_LB_APPLICATION,
                                  .load_balancer_arn = busy_balancer,
                                  .load_balancer_name = "a1",
                                  .dns_name = busy_name,
                                  .canonical_hosted_zone_id = "Z35SXDOTRQ7X7K",
                                  .availability_zones = zones,
                                  .n_availability_zones = COUNT(zones)};

    assert_int_equal(r53_load_balancer_create(cloud, &lb, NULL), R53_OK);
}

static struct busy busy_open(void)
{
    const r53_hosted_zone zone = {
        .size = sizeof(zone), .id = "Z1", .name = "example.com", .caller_reference = "one"};
    const r53_record_set alias = {.size = sizeof(alias),
                                  .type = R53_TYPE_A,
                                  .name = "www.example.com",
                                  .alias_hosted_zone_id = "Z35SXDOTRQ7X7K",
                                  .alias_dns_name = busy_name,
                                  .evaluate_target_health = 1};
    const r53_change change = {
        .size = sizeof(change), .action = R53_ACTION_CREATE, .record_set = &alias};
    const r53_change *batch = &change;
    struct busy b;

    assert_int_equal(r53_cloud_new(&b.cloud, NULL), R53_OK);
    assert_int_equal(r53_observed_new(&b.observed, NULL), R53_OK);
    assert_int_equal(r53_zone_create(b.cloud, &zone, NULL), R53_OK);
    assert_int_equal(r53_zone_change(b.cloud, "Z1", &batch, 1, NULL), R53_OK);
    busy_balancer_make(b.cloud);
    assert_int_equal(elb_calls(b.cloud,
                               "create tg t1 HTTP:80\n"
                               "create listener a1:80 HTTP -> t1\nregister t1 i-1\n"
                               "register t1 i-2\n",
                               NULL),
                     R53_OK);
    assert_int_equal(r53_view_new(&b.view, b.cloud, b.observed, 1000, NULL), R53_OK);
    return b;
}

/* Everything that the questions lead to changes, and is seen by views that nobody else has. */
static void busy_change(struct busy *b, int round)
{
    const r53_target target = {.size = sizeof(target), .id = round % 2 ? "i-1" : "i-2"};
    r53_view *view;

    assert_int_equal(elb_calls(b->cloud,
                               round % 2 ? "register t1 i-3\ncreate rule a1:80 5 -> t1\n"
                                           "set tg t1 slow_start.duration_seconds=30\n"
                                         : "deregister t1 i-3\ncreate tg t2 HTTP:80\n",
                               NULL),
                     R53_OK);
    if (round % 2)
        assert_int_equal(elb_calls(b->cloud, "delete rule a1:80 5\ndelete tg t2\n", NULL), R53_OK);
    assert_int_equal(r53_observe_target(b->observed, busy_group, &target, R53_TARGET_HEALTHY, NULL),
                     R53_OK);
    assert_int_equal(r53_view_new(&view, b->cloud, b->observed, 2000 + round, NULL), R53_OK);
    r53_view_release(b->view);
    b->view = view;
}

static void all_questions(void **unused)
{
    static struct questioner questioners[THREADS];
    struct busy b = busy_open();

    (void)unused;
    for (size_t i = 0; i < THREADS; i++) {
        questioners[i].view = r53_view_retain(b.view);
        assert_int_equal(pthread_create(&questioners[i].thread, NULL, ask_all, &questioners[i]), 0);
    }
    for (int round = 0; round < VIEWS; round++)
        busy_change(&b, round);
    r53_view_release(b.view);
    r53_observed_free(b.observed);
    r53_cloud_free(b.cloud);
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(questioners[i].thread, NULL), 0);
        assert_int_equal(questioners[i].wrong, 0);
    }
}

int main(void)
{
    static struct CMUnitTest tests[3];
    size_t n = 0;

    ADD_TEST(tests, n, "threads share a view while new ones are made", one_view);
    ADD_TEST(tests, n, "threads share a view with a state each", two_states);
    ADD_TEST(tests, n, "threads ask one view everything while the cloud changes", all_questions);
    return RUN_TESTS("threads", tests, n);
}
