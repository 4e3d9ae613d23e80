/*
 * Threads put questions to one view while the cloud goes on changing and new views are made, or with
 * a state each.
 */
#include "support/cloud_text.h"
#include "support/fleet_text.h"
#include "support/harness.h"

#include <r53/elb.h>

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
    struct fleet_world world = fleet_world_make(
        "alb a b | t algo=least_outstanding_requests a1-2=ok b3-4=ok", NULL);

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

int main(void)
{
    static struct CMUnitTest tests[2];
    size_t n = 0;

    ADD_TEST(tests, n, "threads share a view while new ones are made", one_view);
    ADD_TEST(tests, n, "threads share a view with a state each", two_states);
    return RUN_TESTS("threads", tests, n);
}
