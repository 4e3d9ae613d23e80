/* Threads put questions to one view while the cloud goes on changing and new views are made. */
#include "support/cloud_text.h"
#include "support/harness.h"

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

int main(void)
{
    static struct CMUnitTest tests[1];
    size_t n = 0;

    ADD_TEST(tests, n, "threads share a view while new ones are made", one_view);
    return RUN_TESTS("threads", tests, n);
}
