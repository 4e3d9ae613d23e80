/*
 * A program of API calls, each an octet and what it reads, on small pools of names so that calls
 * meet each other. An octet with its high bit set is a call during which the k-th allocation fails.
 *
 * - What failed has changed nothing: the cloud holds the very same objects.
 * - The program is played twice, with and without failing allocations; a call that ran out of
 * memory is made again. All codes and answers must be the same.
 * - Views and listings that are kept tell at their end what they told at first.
 * - What a cloud lists, imported elsewhere, is listed there alike.
 * - When all is freed, nothing is left.
 */
#include "fuzz/calls.h"

#include "support/elb_calls.h"
#include "support/elb_text.h"

#include <stdio.h>

enum { CALLS_MAX = 80, FAILS = 0x80 };

void digest_octets(uint64_t *digest, const void *octets, size_t n)
{
    for (size_t i = 0; i < n; i++)
        *digest = (*digest ^ ((const uint8_t *)octets)[i]) * UINT64_C(1099511628211);
}

void digest_text(uint64_t *digest, const char *text)
{
    digest_octets(digest, text ? text : "\1", text ? strlen(text) + 1 : 2);
}

void digest_number(uint64_t *digest, int64_t value)
{
    digest_octets(digest, &value, sizeof(value));
}

static call_function *call_pick(uint8_t octet)
{
    static const struct call_table *const tables[] = {
        &zone_calls, &balancer_calls, &group_calls,   &world_calls,
        &view_calls, &listing_calls,  &question_calls};
    size_t n = 0, i;

    for (size_t t = 0; t < LENGTH(tables); t++)
        n += tables[t]->n;
    i = (size_t)octet % FAILS % n;
    for (size_t t = 0; t < LENGTH(tables); t++) {
        if (i < tables[t]->n)
            return tables[t]->calls[i];
        i -= tables[t]->n;
    }
    abort();
}

/* One call; what it refuses leaves the cloud's objects as they are. */
static int32_t call_once(struct play *p, call_function *call)
{
    struct elb_state before = elb_state_take(p->cloud), after;
    int32_t rc = call(p);

    after = elb_state_take(p->cloud);
    MUST(rc <= R53_OK && rc >= R53_E_LIMIT);
    MUST(rc == R53_OK || elb_state_same(&before, &after));
    elb_state_free(&before);
    elb_state_free(&after);
    return rc;
}

static void call_play(struct play *p, bool failing)
{
    uint8_t octet = take(&p->in), how = octet & FAILS ? take(&p->in) : 0;
    call_function *call = call_pick(octet);
    struct input again = p->in;
    int32_t rc;
    long k;

    k = p->torture.calls + 1 + (how & 0x3f);
    p->torture.fail_at = failing && octet & FAILS ? k : 0;
    p->torture.once = how & 0x40;
    rc = call_once(p, call);
    p->torture.fail_at = 0;
    if (rc == R53_E_NOMEM && failing && octet & FAILS && p->torture.calls >= k) {
        p->in = again;
        rc = call_once(p, call);
    }
    MUST(rc != R53_E_NOMEM);
    digest_number(&p->log, rc);
    r53_report_clear(p->report);
}

static void play_begin(struct play *p, struct input in)
{
    r53_cloud_options options = {.size = sizeof(options), .allocator = &p->allocator};

    *p = (struct play){.in = in, .now_ms = 1000000};
    p->allocator = torture_allocator(&p->torture);
    options.max_dns_answers = (int32_t)below(&p->in, 4);
    options.strict_empty = (int32_t)below(&p->in, 3);
    MUST(r53_cloud_new(&p->cloud, &options) == R53_OK);
    MUST(r53_observed_new(&p->observed, &p->allocator) == R53_OK);
    MUST(r53_report_new(&p->report, &p->allocator) == R53_OK);
    MUST(r53_elb_state_new(&p->state, &p->allocator) == R53_OK);
    MUST(r53_answer_new(&p->answer, &p->allocator) == R53_OK);
    MUST(r53_trace_new(&p->trace, &p->allocator) == R53_OK);
    MUST(r53_flow_new(&p->flow, &p->allocator) == R53_OK);
}

static void play_end(struct play *p)
{
    r53_import_free(p->import);
    begun_drop(p);
    listings_drop(p);
    r53_cloud_free(p->cloud);
    views_drop(p);
    r53_flow_free(p->flow);
    r53_trace_free(p->trace);
    r53_answer_free(p->answer);
    r53_elb_state_free(p->state);
    r53_report_free(p->report);
    r53_observed_free(p->observed);
    MUST(p->torture.live == 0);
}

/* Importing what is listed gives a cloud that lists the same. */
static void check_copy(const r53_cloud *cloud)
{
    static struct elb_text here, there;
    r53_cloud *copy = elb_copy(cloud, NULL);

    if (strcmp(elb_text(&here, cloud), elb_text(&there, copy)) != 0) {
        fprintf(stderr, "listed:\n%simported and listed again:\n%s", here.at, there.at);
        abort();
    }
    r53_cloud_free(copy);
}

static uint64_t play(struct input in, bool failing)
{
    static struct play p;

    play_begin(&p, in);
    for (int i = 0; i < CALLS_MAX && p.in.at < p.in.end; i++)
        call_play(&p, failing);
    if (!failing)
        check_copy(p.cloud);
    play_end(&p);
    return p.log;
}

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t n)
{
    const struct input in = {octets, octets + n};

    MUST(play(in, true) == play(in, false));
    return 0;
}
