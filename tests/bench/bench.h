/*
 * The bench: what answering costs, held against the least that it can cost.
 *
 * Absolute times move by half within an hour on a shared machine; so engines that do the same work
 * take turns within each round, and what counts is the median of the rounds' ratios.
 */
#ifndef R53_TESTS_BENCH_BENCH_H
#define R53_TESTS_BENCH_BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RESPONSE_MAX = 512, BATCH = 32, ADDRESSES_MAX = 4 };

/* The zone of the work, all records in class IN. */
#define ZONE_NAME "zone-bench.example"
enum { ZONE_TTL = 300, ZONE_MINIMUM = 300 };

/* An owner and its addresses. */
struct bench_name {
    uint32_t wire; /* offset in workload.wires */
    uint8_t length;
    uint8_t n_a, n_aaaa;
    uint32_t seed; /* of the addresses */
};

struct bench_query {
    uint32_t at; /* offset in workload.packets */
    uint16_t length;
};

struct workload {
    struct bench_name *names;
    size_t n_names;
    uint8_t *wires;
    struct bench_query *queries;
    size_t n_queries;
    uint8_t *packets;
};

/* Seeded: the same numbers give the same work. NULL: no memory. */
struct workload *workload_new(size_t n_names, size_t n_queries, uint64_t seed);
void workload_free(struct workload *work);

/* Address i of a name: 4 or 16 octets. */
void workload_address(const struct bench_name *name, bool is_aaaa, unsigned i, uint8_t *out);
/* A wire name as text, with its last dot. */
void name_text(const uint8_t *wire, char *out);
size_t name_wire(const char *text, uint8_t *out);

/* A query packet; returns its length. */
size_t query_put(uint8_t *out, uint16_t id, const uint8_t *name, size_t length, uint16_t type);

/* One way to answer. */
struct engine {
    const char *name;
    void *(*load)(const struct workload *work); /* NULL: it could not */
    void (*unload)(void *state);
    /* Answers `n` queries, at most BATCH; `responses` has RESPONSE_MAX for each. */
    void (*answer)(void *state, const uint8_t *const *queries, const uint16_t *lengths, size_t n,
                   uint8_t (*responses)[RESPONSE_MAX], uint16_t *response_lengths);
    size_t batch; /* queries of one call */
};

extern const struct engine engine_limit, engine_library, engine_library_many;
#ifdef BENCH_KNOT
extern const struct engine engine_knot;
#endif
#ifdef BENCH_LDNS
extern const struct engine engine_ldns;
#endif

/* Is the answer the same: header and question, and records in any order, names uncompressed? */
bool answers_agree(const uint8_t *a, size_t n_a, const uint8_t *b, size_t n_b);

/* Statistics of rounds. */
struct series {
    double values[64];
    size_t n;
};
double series_median(const struct series *s);
double series_least(const struct series *s);
double series_most(const struct series *s);
double seconds_now(void);
double cpu_seconds(void); /* of this process: others that run do not count */

/* The parts of the bench; 0: all went well. */
int bench_answers(size_t n_names, size_t n_queries, size_t rounds, bool only_check,
                  const char *only_engine);
/*
 * Ask one engine all queries of the contest, and one way: what instructions.sh counts within. A
 * function that is in line has no name for it, nor has one that is cloned for its only caller.
 */
#if defined(__clang__)
#define NEVER_IN_LINE __attribute__((noinline))
#elif defined(__GNUC__)
#define NEVER_IN_LINE __attribute__((noinline, noclone))
#else
#define NEVER_IN_LINE
#endif
NEVER_IN_LINE void bench_alone(const void *contest, const char *only);
int bench_policies(size_t rounds, bool only_check, const char *only_way, size_t times);
NEVER_IN_LINE int bench_alone_way(const void *zone_view, const char *way, size_t times);
int bench_spread(size_t n_names, size_t rounds, bool only_check);
int bench_loading(size_t n_names);
int bench_loading_file(const char *path); /* one record a line, in ZONE_NAME */

#endif
