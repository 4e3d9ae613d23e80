/* Engines take turns at the same queries; the first is what the others are held against. */
#define _POSIX_C_SOURCE 200809L
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const struct engine *const engines[] = {
    &engine_limit, &engine_library, &engine_library_many,
#ifdef BENCH_KNOT
    &engine_knot,
#endif
#ifdef BENCH_LDNS
    &engine_ldns,
#endif
};
enum { ENGINES = sizeof(engines) / sizeof(*engines), CHECKED_MAX = 100000, TURN = 65536 };

struct contest {
    struct workload *work;
    void *states[ENGINES];
    struct series times[ENGINES], to_limit[ENGINES], to_ours[ENGINES];
};

double seconds_now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

double cpu_seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int double_compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

double series_median(const struct series *s)
{
    struct series sorted = *s;

    qsort(sorted.values, sorted.n, sizeof(*sorted.values), double_compare);
    return sorted.n ? sorted.values[sorted.n / 2] : 0;
}

double series_least(const struct series *s)
{
    double least = s->values[0];

    for (size_t i = 1; i < s->n; i++)
        least = s->values[i] < least ? s->values[i] : least;
    return least;
}

double series_most(const struct series *s)
{
    double most = s->values[0];

    for (size_t i = 1; i < s->n; i++)
        most = s->values[i] > most ? s->values[i] : most;
    return most;
}

static uint8_t responses[BATCH][RESPONSE_MAX];
static uint16_t response_lengths[BATCH];

/* Queries [from, from + n) of the work, `n` at most a batch. */
static void ask(const struct contest *c, size_t engine, size_t from, size_t n)
{
    const uint8_t *queries[BATCH];
    uint16_t lengths[BATCH];

    for (size_t i = 0; i < n; i++) {
        const struct bench_query *query = &c->work->queries[(from + i) % c->work->n_queries];

        queries[i] = c->work->packets + query->at;
        lengths[i] = query->length;
    }
    engines[engine]->answer(c->states[engine], queries, lengths, n, responses, response_lengths);
}

static int check(const struct contest *c)
{
    static uint8_t kept[BATCH][RESPONSE_MAX];
    uint16_t lengths[BATCH];
    size_t n = c->work->n_queries < CHECKED_MAX ? c->work->n_queries : CHECKED_MAX;

    for (size_t at = 0; at + BATCH <= n; at += BATCH) {
        ask(c, 0, at, BATCH);
        memcpy(kept, responses, sizeof(kept));
        memcpy(lengths, response_lengths, sizeof(lengths));
        for (size_t e = 1; e < ENGINES; e++) {
            if (!c->states[e])
                continue;
            ask(c, e, at, BATCH);
            for (size_t i = 0; i < BATCH; i++) {
                if (!answers_agree(kept[i], lengths[i], responses[i], response_lengths[i])) {
                    fprintf(stderr, "query %zu: %s does not answer as %s\n", at + i,
                            engines[e]->name, engines[0]->name);
                    return 1;
                }
            }
        }
    }
    return 0;
}

static double turn(const struct contest *c, size_t engine, size_t round)
{
    double begin = seconds_now();

    for (size_t at = 0; at < TURN; at += BATCH)
        ask(c, engine, round * TURN + at, BATCH);
    return (seconds_now() - begin) / TURN * 1e9;
}

static void series_put(struct series *s, double value)
{
    s->values[s->n++] = value;
}

/* One round's times: ratios are those of the round, as the machine's mood changes between them. */
static void note(struct contest *c, const double *times)
{
    double ours = 0;

    for (size_t e = 0; e < ENGINES; e++)
        ours = engines[e] == &engine_library ? times[e] : ours;
    for (size_t e = 0; e < ENGINES; e++) {
        if (!c->states[e])
            continue;
        series_put(&c->times[e], times[e]);
        series_put(&c->to_limit[e], times[e] / times[0]);
        series_put(&c->to_ours[e], times[e] / ours);
    }
}

static void compete(struct contest *c, size_t rounds)
{
    double times[ENGINES] = {0};

    for (size_t round = 0; round <= rounds && round < 64; round++) {
        for (size_t e = 0; e < ENGINES; e++)
            times[e] = c->states[e] ? turn(c, e, round) : 0;
        if (round > 0) /* the first only warms up */
            note(c, times);
    }
}

static void print(const struct contest *c)
{
    printf("%-18s %9s %9s %9s  %s\n", "ns a full answer", "median", "min", "max",
           "to the limit, to r53_respond");
    for (size_t e = 0; e < ENGINES; e++) {
        if (c->times[e].n)
            printf("%-18s %9.1f %9.1f %9.1f  %5.2f %5.2f\n", engines[e]->name,
                   series_median(&c->times[e]), series_least(&c->times[e]),
                   series_most(&c->times[e]), series_median(&c->to_limit[e]),
                   series_median(&c->to_ours[e]));
    }
}

/* For counting instructions: one engine, and nothing else behind the loading. */
void bench_alone(const void *contest, const char *only)
{
    const struct contest *c = contest;

    for (size_t e = 0; e < ENGINES; e++) {
        for (size_t at = 0; c->states[e] && strcmp(engines[e]->name, only) == 0 &&
                            at + BATCH <= c->work->n_queries;
             at += BATCH)
            ask(c, e, at, BATCH);
    }
}

int bench_answers(size_t n_names, size_t n_queries, size_t rounds, bool only_check,
                  const char *only_engine)
{
    struct contest c = {.work = workload_new(n_names, n_queries, 53)};
    int rc = c.work ? 0 : 1;

    for (size_t e = 0; e < ENGINES && rc == 0; e++) {
        if (only_engine && strcmp(engines[e]->name, only_engine) != 0)
            continue;
        c.states[e] = engines[e]->load(c.work);
        if (!c.states[e])
            rc = 1;
    }
    if (rc == 0 && only_engine)
        bench_alone(&c, only_engine);
    else if (rc == 0)
        rc = check(&c);
    if (rc == 0 && !only_check && !only_engine) {
        compete(&c, rounds);
        printf("%zu names\n", c.work->n_names);
        print(&c);
    }
    for (size_t e = 0; e < ENGINES; e++) {
        if (c.states[e])
            engines[e]->unload(c.states[e]);
    }
    workload_free(c.work);
    return rc;
}
