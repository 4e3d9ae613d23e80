/*
 * Scenarios without memory: steps that are played again and again, each time with one more
 * allocation granted before one fails, alone or with all behind it.
 *
 *     all of it with memory      what is there before each step is written down, as text
 *     allocation k fails         the step it fails in says R53_E_NOMEM and no other code, tells it
 *     for k = 1, 2, ...          in the report, writes no output, changes nothing that the text
 *                                shows, and works when it is called again; at the end everything is
 *                                as it was with memory, and no block is left
 *
 * The cost is (allocations of the scenario) times (the scenario): keep it to some hundred.
 */
#ifndef R53_TESTS_SUPPORT_STEPS_H
#define R53_TESTS_SUPPORT_STEPS_H

#include "harness.h"
#include "torture.h"

#include <r53/report.h>

/* All that a scenario makes; each suite has a struct of its own under this name. */
struct things;

enum {
    STEP_REPORTS = 1, /* a failure is told in the report */
    STEP_REMARKS = 2  /* may succeed without memory for what is only remarked */
};

/* One call, or a call and what needs no memory. */
struct step {
    const char *what;
    int32_t (*run)(struct things *things);
    unsigned how; /* STEP_ bits */
};

/* A step that is called as its function is. */
#define STEP(function, how)                                                                        \
    {                                                                                              \
#function, function, how                                                                   \
    }

enum { DIGEST_MAX = 1 << 16 };

/* What is there, as text; it only grows, and fits or the test ends. */
struct digest {
    size_t length;
    char text[DIGEST_MAX];
};

void digest_add(struct digest *digest, const char *format, ...);

struct scenario {
    const struct step *steps;
    size_t n_steps;
    struct things *things;
    size_t size;         /* of the things */
    r53_report **report; /* among them; cleared before each step */
    long calls_min;      /* allocations: with fewer the scenario does not test what it should */

    /* All but `open`, `state` and `close` may be NULL. Nothing fails but what a step allocates. */
    void (*open)(struct things *things, const r53_allocator *allocator); /* they are zero before */
    void (*prepare)(struct things *things, size_t step);
    void (*state)(const struct things *things, struct digest *digest);
    /* A change that changes nothing: it would bring to light what a failed step left staged. */
    void (*touch)(struct things *things, size_t step);
    void (*finish)(struct things *things); /* looks at what has come out */
    void (*close)(struct things *things);
};

/* The scenario of a suite that calls things, steps and what it cannot do without as is usual. */
#define SCENARIO(calls, ...)                                                                       \
    {                                                                                              \
        .steps = steps, .n_steps = COUNT(steps), .things = &things, .size = sizeof(things),        \
        .report = &things.report, .calls_min = calls, .open = open_things, .state = put_state,     \
        .close = close_things, __VA_ARGS__                                                         \
    }

/* Plays all steps with memory; the things stay open, and no allocation succeeds any more. */
void scenario_run(const struct scenario *scenario, struct torture *torture,
                  const r53_allocator *allocator);

/* A row of a suite's table, for ADD_CASES with scenario_check. */
struct scenario_case {
    const char *what;
    const struct scenario *scenario;
    bool once; /* the k-th allocation fails alone */
};

void scenario_check(void **state);

/* A suite of these two cases alone; returns what main() does. */
int scenario_suite(const char *suite, const struct scenario *scenario, const char *alone,
                   const char *all_behind);

#endif
