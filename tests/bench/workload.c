/* The work: names, addresses and queries out of a seed. */
#include "bench.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_MAX_OCTETS = 128, QUERY_MAX = 18 + NAME_MAX_OCTETS, WILDCARD_EVERY = 100 };

static uint64_t draw(uint64_t *state)
{
    uint64_t x = *state += UINT64_C(0x9e3779b97f4a7c15);

    x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}

static uint32_t below(uint64_t *state, uint32_t n)
{
    return (uint32_t)((draw(state) >> 32) * n >> 32);
}

static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";

/* A label of random letters, and at its end `number`, which makes it like no other. */
static size_t label_put(uint8_t *out, uint64_t *state, uint32_t least, uint32_t most,
                        uint64_t number)
{
    size_t n = least + below(state, most - least + 1), at = 1;

    while (at <= n)
        out[at++] = (uint8_t)letters[below(state, 36)];
    if (number)
        out[at++] = '-';
    for (; number; number /= 36)
        out[at++] = (uint8_t)letters[number % 36];
    out[0] = (uint8_t)(at - 1);
    return at;
}

static size_t words_put(uint8_t *out, const char *text)
{
    size_t n = strlen(text);

    out[0] = (uint8_t)n;
    memcpy(out + 1, text, n);
    return n + 1;
}

size_t name_wire(const char *text, uint8_t *out)
{
    size_t at = 0;

    while (*text) {
        size_t n = strcspn(text, ".");

        out[at] = (uint8_t)n;
        memcpy(out + at + 1, text, n);
        at += n + 1;
        text += n + (text[n] == '.');
    }
    out[at] = 0;
    return at + 1;
}

void name_text(const uint8_t *wire, char *out)
{
    for (; *wire; wire += *wire + 1) {
        memcpy(out, wire + 1, *wire);
        out += *wire;
        *out++ = '.';
    }
    *out = '\0';
}

/* 40 % beside the apex's children, 35 % below a team, 20 % deeper still, 5 % long labels. */
static size_t name_make(uint8_t *out, uint64_t *state, size_t i, size_t n_teams)
{
    static const char *const places[] = {"prod", "staging", "dev", "eu-west-1", "us-east-1"};
    uint32_t kind = below(state, 100);
    size_t at;

    if (i % WILDCARD_EVERY == WILDCARD_EVERY - 1) {
        at = words_put(out, "*");
        at += label_put(out + at, state, 3, 6, i);
    } else {
        at = kind < 95 ? label_put(out, state, 2, 8, i) : label_put(out, state, 20, 28, i);
    }
    if (kind >= 75 && kind < 95)
        at += words_put(out + at, places[below(state, 5)]);
    if (kind >= 40) {
        uint64_t team = below(state, (uint32_t)n_teams), of_team = team * 7919 + 1;

        at += label_put(out + at, &of_team, 4, 8, team + 1);
    }
    return at + name_wire(ZONE_NAME, out + at);
}

void workload_address(const struct bench_name *name, bool is_aaaa, unsigned i, uint8_t *out)
{
    uint64_t state = name->seed + 16 * i + is_aaaa, x = draw(&state);

    if (!is_aaaa) {
        out[0] = 10;
        out[1] = (uint8_t)x;
        out[2] = (uint8_t)(x >> 8);
        out[3] = (uint8_t)(16 * i + (x >> 16) % 16);
        return;
    }
    memset(out, 0, 16);
    memcpy(out, (const uint8_t[]){0x20, 0x01, 0x0d, 0xb8}, 4);
    memcpy(out + 4, &x, 8);
    out[15] = (uint8_t)(i + 1);
}

static void names_make(struct workload *work, uint64_t *state)
{
    size_t teams = 4 + (size_t)sqrt((double)work->n_names), at = 0;

    for (size_t i = 0; i < work->n_names; i++) {
        struct bench_name *name = &work->names[i];
        uint32_t many = below(state, 20);

        name->wire = (uint32_t)at;
        name->length = (uint8_t)name_make(work->wires + at, state, i, teams);
        name->n_a = many < 16 ? 1 : many < 19 ? 2 : ADDRESSES_MAX;
        name->n_aaaa = draw(state) & 1;
        name->seed = (uint32_t)draw(state);
        at += name->length;
    }
}

size_t query_put(uint8_t *out, uint16_t id, const uint8_t *name, size_t length, uint16_t type)
{
    memset(out, 0, 12);
    out[0] = (uint8_t)(id >> 8);
    out[1] = (uint8_t)id;
    out[2] = 1; /* recursion desired, as resolvers' tests send it */
    out[5] = 1;
    memcpy(out + 12, name, length);
    out[12 + length] = (uint8_t)(type >> 8);
    out[13 + length] = (uint8_t)type;
    out[14 + length] = 0;
    out[15 + length] = 1;
    return length + 16;
}

/* Four fifths of the queries ask for one fifth of the names, and so on within that fifth. */
static size_t popular(uint64_t *state, size_t n)
{
    double u = (double)(draw(state) >> 11) / 9007199254740992.0;

    return (size_t)((double)n * pow(u, log(0.2) / log(0.8)));
}

/* Wildcards are every hundredth name: steps there, or away from there. */
static size_t pick(uint64_t *state, size_t n, bool wildcard)
{
    size_t i = popular(state, n) * 7919 % n;

    if (wildcard)
        i = i - i % WILDCARD_EVERY + WILDCARD_EVERY - 1;
    else if (i % WILDCARD_EVERY == WILDCARD_EVERY - 1)
        i--;
    return i < n ? i : WILDCARD_EVERY - 1;
}

static void mix_case(uint8_t *name, uint64_t *state)
{
    for (; *name; name += *name + 1) {
        for (unsigned k = 1; k <= *name; k++) {
            if (name[k] >= 'a' && name[k] <= 'z' && draw(state) & 1)
                name[k] = (uint8_t)(name[k] - 32);
        }
    }
}

/* 70 % A, 15 % AAAA, half of them NODATA; 10 % of no name, 5 % of a wildcard; 2 % in mixed case. */
static size_t query_make(const struct workload *work, uint64_t *state, uint16_t id, uint8_t *out)
{
    uint32_t kind = below(state, 100);
    const struct bench_name *name = &work->names[pick(state, work->n_names, kind >= 95)];
    const uint8_t *wire = work->wires + name->wire;
    uint8_t asked[2 * NAME_MAX_OCTETS];
    size_t at = 0, skip = 0;

    if (kind >= 85) /* in place of the "*", or below a name that is there or the apex */
        at = label_put(asked, state, 6, 12, 0);
    if (kind >= 95)
        skip = 2;
    else if (kind >= 90)
        skip = name->length - strlen(ZONE_NAME) - 2;
    memcpy(asked + at, wire + skip, name->length - skip);
    if (below(state, 100) < 2)
        mix_case(asked, state);
    return query_put(out, id, asked, at + name->length - skip, kind >= 70 && kind < 85 ? 28 : 1);
}

static void queries_make(struct workload *work, uint64_t *state)
{
    size_t at = 0;

    for (size_t i = 0; i < work->n_queries; i++) {
        work->queries[i].at = (uint32_t)at;
        work->queries[i].length =
            (uint16_t)query_make(work, state, (uint16_t)i, work->packets + at);
        at += work->queries[i].length;
    }
}

struct workload *workload_new(size_t n_names, size_t n_queries, uint64_t seed)
{
    struct workload *work = calloc(1, sizeof(*work));

    if (!work)
        return NULL;
    work->n_names = n_names < WILDCARD_EVERY ? WILDCARD_EVERY : n_names;
    work->n_queries = n_queries;
    work->names = calloc(work->n_names, sizeof(*work->names));
    work->wires = malloc(work->n_names * NAME_MAX_OCTETS);
    work->queries = calloc(n_queries, sizeof(*work->queries));
    work->packets = malloc(n_queries * QUERY_MAX);
    if (!work->names || !work->wires || !work->queries || !work->packets) {
        workload_free(work);
        return NULL;
    }
    names_make(work, &seed);
    queries_make(work, &seed);
    return work;
}

void workload_free(struct workload *work)
{
    if (!work)
        return;
    free(work->names);
    free(work->wires);
    free(work->queries);
    free(work->packets);
    free(work);
}
