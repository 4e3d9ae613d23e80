/*
 * Calls every exported function with rubbish: nothing at all; then one pointer after the other NULL
 * among arguments that have a meaning; then arguments drawn at random, structs of wrong sizes,
 * counts of lists that are not there, texts of a million letters. The objects live on through it,
 * so calls come in any order. Expected is that nothing crashes (sanitizers and valgrind look
 * closer), that each result is one of the library's, and that who refuses tells why in the report.
 *
 *   rubbish [NAME [RUNS]]     one function alone, drawn at random so often
 */
#include <r53/json.h>
#include <r53/r53.h>

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "senses.h"
#include "world.h"

enum { RUNS = 150, AGE = 64, BLOCKS = 4096, LISTED = 2, DEPTH = 4, LONG = 1 << 20, OCTETS = 1200 };

enum manner { NOTHING, ONE_MISSING, AT_RANDOM };

/* What one call is made of. */
struct rubbish {
    struct world world;
    enum manner manner;
    uint64_t chance;
    int picked;  /* pointers picked so far for this call */
    int missing; /* ONE_MISSING: the one that is NULL */
    int depth;   /* structs within structs */
    bool tame;   /* AT_RANDOM: what is likely to be taken, so that calls get further */
    void *blocks[BLOCKS];
    size_t n_blocks;
    r53_report *report; /* that the call is given */
    size_t said;        /* findings that it held before */
    const char *name;
    unsigned failures;
};

struct call {
    const char *name;
    void (*call)(struct rubbish *r);
};

static char long_text[LONG + 1];

static uint64_t chance(struct rubbish *r, uint64_t n)
{
    uint64_t z = r->chance += 0x9e3779b97f4a7c15u;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return (z ^ (z >> 31)) % n;
}

/* Memory of exactly this size, so that one octet too far is seen. */
static void *take(struct rubbish *r, size_t size)
{
    void *block = r->n_blocks < BLOCKS ? calloc(1, size ? size : 1) : NULL;

    if (block)
        r->blocks[r->n_blocks++] = block;
    return block;
}

/* Shall it be rubbish now? Seldom in a tame call, which is to get beyond the first check. */
static bool is_odd(struct rubbish *r)
{
    if (r->manner == AT_RANDOM)
        return chance(r, r->tame ? 40 : 2) == 0;
    return r->manner == NOTHING;
}

/* Is the pointer that is picked now to be NULL? */
static bool is_missing(struct rubbish *r)
{
    if (r->manner == NOTHING || r->depth > DEPTH || r->n_blocks + 8 > BLOCKS)
        return true;
    if (r->manner == ONE_MISSING)
        return r->depth == 0 ? r->picked++ == r->missing : chance(r, 2) == 0;
    if (r->tame && r->depth > 0)
        return chance(r, 3) == 0;
    return chance(r, r->tame ? 40 : 8) == 0;
}

/* What has a meaning under this name: "r53_target.id", "zone_id". NULL: nothing has to. */
static const struct sense *sense_of(const char *full)
{
    const char *name = strchr(full, '.') + 1;

    for (size_t k = 0; k < sizeof(senses) / sizeof(*senses); k++)
        if (!strcmp(senses[k].name, full) || !strcmp(senses[k].name, name))
            return &senses[k];
    return NULL;
}

static void *pick_handle(struct rubbish *r, void *object)
{
    return is_missing(r) ? NULL : object;
}

/* Room for a pointer or a number. */
static void *pick_slot(struct rubbish *r)
{
    return is_missing(r) ? NULL : take(r, sizeof(uint64_t));
}

static void *pick_octets(struct rubbish *r)
{
    uint8_t *octets = is_missing(r) ? NULL : take(r, OCTETS);

    for (size_t k = 0; octets && k < OCTETS - 1 && r->manner == AT_RANDOM && !r->tame; k++)
        octets[k] = (uint8_t)chance(r, 256);
    return octets;
}

static const char *odd_text(struct rubbish *r)
{
    static const char *const texts[] = {"",
                                        "\xff\xfe",
                                        "*",
                                        "default",
                                        "1",
                                        "-1",
                                        "99999999999999999999",
                                        "a..b",
                                        "\\",
                                        "{\"a\"",
                                        "example.com",
                                        "www.example.com.",
                                        "192.0.2.1",
                                        "2001:db8::/129",
                                        "203.0.113.0/24",
                                        "%s%n",
                                        "us-east-1",
                                        "us-east-1a",
                                        "use1-az1",
                                        "vpc-1",
                                        "Z1",
                                        "/hostedzone/Z1",
                                        "US",
                                        "EU",
                                        "i-1",
                                        "HTTP_301",
                                        "/x?y=z#",
                                        "http://[::1",
                                        "stickiness.enabled",
                                        "true",
                                        "path-pattern",
                                        ":loadbalancer/",
                                        "arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/x",
                                        WORLD_CHECK,
                                        WORLD_BALANCER,
                                        WORLD_BALANCER_DNS,
                                        WORLD_LISTENER,
                                        WORLD_GROUP,
                                        WORLD_RULE};

    if (chance(r, 40) == 0)
        return long_text;
    return chance(r, 8) ? texts[chance(r, sizeof(texts) / sizeof(*texts))] : NULL;
}

static const char *pick_text(struct rubbish *r, const char *name)
{
    const struct sense *sense = sense_of(name);
    bool missing = r->depth == 0 && is_missing(r);

    if (missing || r->manner == NOTHING)
        return NULL;
    if (is_odd(r))
        return odd_text(r);
    return sense ? sense->text : NULL;
}

static const char *const *pick_texts(struct rubbish *r, const char *name)
{
    const char **texts = is_missing(r) ? NULL : take(r, LISTED * sizeof(*texts));

    r->depth++;
    for (size_t k = 0; texts && k < LISTED; k++)
        texts[k] = pick_text(r, name);
    r->depth--;
    return texts;
}

static int64_t pick_int64(struct rubbish *r, const char *name)
{
    static const int64_t numbers[] = {
        1, 2, 3, 4, 5, 80, -1, 65535, INT32_MAX, INT32_MIN, INT64_MAX, INT64_MIN, 86400000};
    const struct sense *sense = sense_of(name);

    if (r->manner != NOTHING && is_odd(r))
        return numbers[chance(r, sizeof(numbers) / sizeof(*numbers))];
    return sense && r->manner != NOTHING ? sense->number : 0;
}

static int32_t pick_int32(struct rubbish *r, const char *name)
{
    return (int32_t)(uint32_t)(uint64_t)pick_int64(r, name);
}

static uint32_t pick_uint32(struct rubbish *r, const char *name)
{
    return (uint32_t)(uint64_t)pick_int64(r, name);
}

static uint64_t pick_uint64(struct rubbish *r, const char *name)
{
    return (uint64_t)pick_int64(r, name);
}

static size_t pick_size(struct rubbish *r, const char *name)
{
    return (size_t)(uint64_t)pick_int64(r, name);
}

/* Length of a list: what is not there may be said to be of any length. */
static size_t pick_length(struct rubbish *r, const void *list, size_t most)
{
    if (!list)
        return pick_uint32(r, ".n");
    return is_odd(r) ? (size_t)chance(r, most + 1) : most == LISTED ? 1 : most;
}

/* A size other than the struct's: cut, but no pointer in two, or grown by what is not known. */
static size_t wrong_size(struct rubbish *r, size_t size)
{
    const size_t sizes[] = {0, 1, 3, size - 1, size / 16 * 8, size + 8, size + 8, size + 4096};

    return sizes[chance(r, sizeof(sizes) / sizeof(*sizes))];
}

static void size_set(void *memory, size_t size)
{
    const uint32_t told = (uint32_t)size;

    memcpy(memory, &told, sizeof told);
}

/* A struct that is read; those that tell no size come in lists. */
static void *pick_struct(struct rubbish *r, size_t size, int sized,
                         void (*fill)(struct rubbish *r, void *memory))
{
    const bool wrong = sized && r->manner == AT_RANDOM && chance(r, r->tame ? 50 : 8) == 0;
    const size_t told = wrong ? wrong_size(r, size) : size;
    char *memory =
        is_missing(r) ? NULL : take(r, (told > size ? told : size) * (sized ? 1 : LISTED));

    if (!memory)
        return NULL;
    r->depth++;
    for (int k = 0; k < (sized ? 1 : LISTED); k++)
        fill(r, memory + (size_t)k * size);
    r->depth--;
    if (sized)
        size_set(memory, told);
    if (told > size && chance(r, 2) == 0)
        memory[told - 1] = 1;
    if (told >= size)
        return memory;
    /* Cut for real: what the size does not cover is not ours to read. */
    char *cut = take(r, told < sizeof(uint32_t) ? sizeof(uint32_t) : told);

    return cut ? memcpy(cut, memory, told < sizeof(uint32_t) ? sizeof(uint32_t) : told) : NULL;
}

/* A struct that is filled. */
static void *pick_room(struct rubbish *r, size_t size)
{
    const size_t told = r->manner == AT_RANDOM && chance(r, 4) == 0 ? wrong_size(r, size) : size;
    char *memory =
        is_missing(r) ? NULL : take(r, told < sizeof(uint32_t) ? sizeof(uint32_t) : told);

    if (memory)
        size_set(memory, told);
    return memory;
}

/* A struct that only the library makes: as it came, or room that it never saw. */
static void *pick_made(struct rubbish *r, const void *made, size_t size)
{
    void *memory = pick_room(r, size);

    if (r->manner == AT_RANDOM && chance(r, 2))
        return memory;
    memory = memory ? take(r, size) : NULL;
    return memory ? memcpy(memory, made, size) : NULL;
}

static void *pick_pointers(struct rubbish *r, void *(*pick)(struct rubbish *r))
{
    void **pointers = is_missing(r) ? NULL : take(r, LISTED * sizeof(*pointers));

    r->depth++;
    for (size_t k = 0; pointers && k < LISTED; k++)
        pointers[k] = pick(r);
    r->depth--;
    return pointers;
}

static void complain(struct rubbish *r, const char *what, int32_t code)
{
    printf("# %s: %s (%" PRId32 ", %s)\n", r->name, what, code, r53_error_name(code));
    r->failures++;
}

static void said_before(struct rubbish *r)
{
    r->said = r53_report_count(r->report);
}

/* The result is one that the library knows, and who refuses has said why. */
static void said_after(struct rubbish *r, int32_t code, int positive)
{
    if (code > positive || (code <= 0 && !strcmp(r53_error_name(code), "R53_E_?")))
        complain(r, "no code of the library", code);
    if (r->report && code < 0 && code != R53_E_NO_SPACE && r53_report_count(r->report) == r->said)
        complain(r, "refused without a word", code);
}

#include "calls.h"

static void give_back(struct rubbish *r)
{
    while (r->n_blocks)
        free(r->blocks[--r->n_blocks]);
}

static void make(struct rubbish *r, const struct call *call)
{
    r->picked = r->depth = 0;
    call->call(r);
    give_back(r);
    r53_report_clear(r->world.report);
}

/* A world of its own for each function, and a new one when it has seen much. */
static void make_all(struct rubbish *r, const struct call *call, int runs)
{
    world_new(&r->world);
    r->name = call->name;
    r->chance = 0;
    r->manner = NOTHING;
    r->tame = false;
    make(r, call);
    r->manner = ONE_MISSING;
    for (r->missing = 0; r->missing < 8; r->missing++)
        make(r, call);
    r->manner = AT_RANDOM;
    for (int k = 1; k <= runs; k++) {
        r->chance = (uint64_t)k * 1000003u;
        r->tame = k % 3 != 0;
        make(r, call);
        if (k % AGE == 0) {
            world_free(&r->world);
            world_new(&r->world);
        }
    }
    world_free(&r->world);
}

int main(int argc, char **argv)
{
    static struct rubbish r;
    const size_t n = sizeof(calls) / sizeof(*calls);
    unsigned bad = 0;

    memset(long_text, 'a', LONG);
    printf("1..%zu\n", n);
    for (size_t k = 0; k < n; k++) {
        if (argc > 1 && strcmp(argv[1], calls[k].name))
            continue;
        r.failures = 0;
        fflush(stdout);
        make_all(&r, &calls[k], argc > 2 ? atoi(argv[2]) : RUNS);
        printf("%sok %zu - %s\n", r.failures ? "not " : "", k + 1, calls[k].name);
        bad += r.failures != 0;
    }
    return bad != 0;
}
