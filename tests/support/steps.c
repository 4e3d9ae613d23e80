#include "steps.h"

#include <stdio.h>
#include <stdlib.h>

/* What the scenario gives with all the memory it wants. */
struct script {
    char **before; /* a text a step, and one of the end */
    long calls;
};

/* One play of it. */
struct play {
    const struct scenario *scenario;
    const struct script *script;
    struct torture torture;
    long k; /* which allocation fails */
};

void digest_add(struct digest *digest, const char *format, ...)
{
    size_t room = sizeof(digest->text) - digest->length;
    va_list args;
    int n;

    va_start(args, format);
    n = vsnprintf(digest->text + digest->length, room, format, args);
    va_end(args);
    assert_true(n >= 0 && (size_t)n < room);
    digest->length += (size_t)n;
}

/* Takes the digest with memory for all it needs; the count of allocations is as before. */
static const char *state_take(const struct scenario *scenario, struct torture *torture)
{
    static struct digest digest;
    struct torture armed = *torture;

    torture->fail_at = 0;
    digest.length = 0;
    digest.text[0] = '\0';
    scenario->state(scenario->things, &digest);
    torture->fail_at = armed.fail_at;
    torture->calls = armed.calls;
    return digest.text;
}

static void things_open(const struct scenario *scenario, const r53_allocator *allocator)
{
    memset(scenario->things, 0, scenario->size); /* padding too: the things are compared */
    scenario->open(scenario->things, allocator);
}

static void step_prepare(const struct scenario *scenario, size_t step)
{
    if (scenario->prepare)
        scenario->prepare(scenario->things, step);
    r53_report_clear(*scenario->report);
}

static void expect(const struct play *play, bool holds, size_t step, const char *what)
{
    if (!holds)
        fail_msg("%s, allocation %ld%s: %s", play->scenario->steps[step].what, play->k,
                 play->torture.once ? " alone" : " and all behind it", what);
}

/* The first error says so; warnings may stand before it. */
static bool told(const r53_report *report)
{
    r53_finding finding = {.size = sizeof(finding)};
    size_t i = 0;

    while (r53_report_get(report, i, &finding) == R53_OK && finding.severity != R53_SEVERITY_ERROR)
        i++;
    return i < r53_report_count(report) && finding.code == R53_E_NOMEM;
}

/* A step in which the allocation failed: nothing has changed, and it works the second time. */
static void failure_check(struct play *play, size_t i, int32_t rc, const struct things *before)
{
    const struct scenario *scenario = play->scenario;
    const struct step *step = &scenario->steps[i];

    expect(play, rc == R53_E_NOMEM, i, r53_error_name(rc));
    expect(play, !memcmp(scenario->things, before, scenario->size), i, "output was written");
    expect(play, !(step->how & STEP_REPORTS) || told(*scenario->report), i,
           "the report does not say so");
    play->torture.fail_at = 0;
    if (scenario->touch)
        scenario->touch(scenario->things, i);
    expect(play, !strcmp(state_take(scenario, &play->torture), play->script->before[i]), i,
           "something has changed");
    expect(play, step->run(scenario->things) == R53_OK, i, "it fails the second time");
}

static void step_play(struct play *play, size_t i, struct things *before)
{
    const struct scenario *scenario = play->scenario;
    struct torture *torture = &play->torture;
    int32_t rc;

    step_prepare(scenario, i);
    memcpy(before, scenario->things, scenario->size);
    rc = scenario->steps[i].run(scenario->things);
    if (rc != R53_OK) {
        failure_check(play, i, rc, before);
    } else if (torture->fail_at && torture->calls >= torture->fail_at) {
        expect(play, scenario->steps[i].how & STEP_REMARKS, i, "the failure was not noticed");
        torture->fail_at = 0;
    }
}

/* Plays the scenario with the k-th allocation failing. */
static void play(const struct scenario *scenario, const struct script *script, long k, bool once)
{
    struct play play = {scenario, script, {.once = once}, k};
    r53_allocator allocator = torture_allocator(&play.torture);
    struct things *before = malloc(scenario->size);
    size_t last = scenario->n_steps - 1;

    assert_non_null(before);
    things_open(scenario, &allocator);
    play.torture.fail_at = play.torture.calls + k;
    for (size_t i = 0; i < scenario->n_steps; i++)
        step_play(&play, i, before);
    play.torture.fail_at = 0;
    expect(&play, !strcmp(state_take(scenario, &play.torture), script->before[last + 1]), last,
           "the scenario ends otherwise");
    if (scenario->finish)
        scenario->finish(scenario->things);
    scenario->close(scenario->things);
    expect(&play, play.torture.live == 0, last, "memory was lost");
    free(before);
}

/* Plays it with all memory, and writes down what each step finds. */
static void script_write(struct script *script, const struct scenario *scenario)
{
    struct torture torture = {0};
    r53_allocator allocator = torture_allocator(&torture);

    things_open(scenario, &allocator);
    script->calls = -torture.calls;
    for (size_t i = 0; i < scenario->n_steps; i++) {
        step_prepare(scenario, i);
        script->before[i] = strdup(state_take(scenario, &torture));
        assert_int_equal(scenario->steps[i].run(scenario->things), R53_OK);
    }
    script->before[scenario->n_steps] = strdup(state_take(scenario, &torture));
    script->calls += torture.calls;
    scenario->close(scenario->things);
    assert_int_equal(torture.live, 0);
}

void scenario_run(const struct scenario *scenario, struct torture *torture,
                  const r53_allocator *allocator)
{
    things_open(scenario, allocator);
    for (size_t i = 0; i < scenario->n_steps; i++) {
        step_prepare(scenario, i);
        assert_int_equal(scenario->steps[i].run(scenario->things), R53_OK);
    }
    torture->fail_at = torture->calls;
}

void scenario_check(void **state)
{
    const struct scenario_case *c = *state;
    struct script script = {calloc(c->scenario->n_steps + 1, sizeof(char *)), 0};

    assert_non_null(script.before);
    script_write(&script, c->scenario);
    assert_true(script.calls >= c->scenario->calls_min);
    for (long k = 1; k <= script.calls; k++)
        play(c->scenario, &script, k, c->once);
    for (size_t i = 0; i <= c->scenario->n_steps; i++)
        free(script.before[i]);
    free(script.before);
}

int scenario_suite(const char *suite, const struct scenario *scenario, const char *alone,
                   const char *all_behind)
{
    const struct scenario_case cases[] = {
        {alone, scenario, true},
        {all_behind, scenario, false},
    };
    struct CMUnitTest tests[COUNT(cases)];
    size_t n = 0;

    ADD_CASES(tests, n, cases, scenario_check);
    return RUN_TESTS(suite, tests, n);
}
