/*
 * Answers that a routing policy or an alias chooses, against those of plain record sets, all over a
 * zone of many names: what is left of their ratio where the data of an answer lies far away.
 */
#include "bench.h"

#include <r53/r53.h>
#include <r53/respond.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TURN = 1 << 14, ROUNDS_MAX = 63, NAME_ROOM = 48, QUERY_ROOM = 64, VALUES = 3, LBS = 8 };

#define LB_ZONE "Z26RNL4JYFTOTI"

/* A way to answer; names take them in turns. */
static const struct way {
    const char *name;
    uint32_t n;   /* records in the answer */
    size_t plain; /* the way that it is held against */
} ways[] = {
    {"one", 1, 0},   {"weighted", 1, 0}, {"failover", 1, 0},
    {"alias", 1, 0}, {"three", 3, 4},    {"balancer", 3, 4},
};
enum { ONE, WEIGHTED, FAILOVER, ALIAS, THREE, BALANCER, WAYS };

struct spread {
    r53_view *view;
    uint8_t queries[WAYS][TURN][QUERY_ROOM];
    size_t length; /* of each query */
    struct series times[WAYS], ratios[WAYS];
};

static const char *owner_of(char *room, size_t i)
{
    snprintf(room, NAME_ROOM, "%08zu.example.com", i);
    return room;
}

static int32_t put_members(r53_import *import, r53_record_set set, const char *const *values, int n,
                           bool weighted)
{
    static const char *const identifiers[VALUES] = {"a", "b", "c"};
    int32_t rc = R53_OK;

    for (int k = 0; k < n && rc == R53_OK; k++) {
        set.set_identifier = identifiers[k];
        set.values = &values[k];
        set.n_values = 1;
        set.has_weight = weighted;
        set.weight = weighted ? 10 + k : 0;
        set.failover = weighted ? 0 : k == 0 ? R53_FAILOVER_PRIMARY : R53_FAILOVER_SECONDARY;
        rc = r53_import_record_set(import, "Z1", &set);
    }
    return rc;
}

static int32_t put_alias(r53_import *import, r53_record_set set, const char *zone, const char *to)
{
    set.n_values = 0;
    set.has_ttl = 0;
    set.ttl = 0;
    set.alias_hosted_zone_id = zone;
    set.alias_dns_name = to;
    return r53_import_record_set(import, "Z1", &set);
}

static const char *balancer_name(char *room, size_t i)
{
    snprintf(room, 2 * NAME_ROOM, "lb%zu-1.elb.us-east-1.amazonaws.com", i % LBS);
    return room;
}

static int32_t put_name(r53_import *import, size_t i)
{
    char name[NAME_ROOM], to[2 * NAME_ROOM], texts[VALUES][NAME_ROOM];
    const char *values[VALUES];
    r53_record_set set = {.size = sizeof(set), .type = 1, .has_ttl = 1, .ttl = 60};
    size_t way = i % WAYS;

    set.name = owner_of(name, i);
    for (unsigned k = 0; k < VALUES; k++) {
        snprintf(texts[k], NAME_ROOM, "10.%u.%u.%u", k, (unsigned)(i >> 8 & 255),
                 (unsigned)(i & 255));
        values[k] = texts[k];
    }
    set.values = values;
    set.n_values = way == THREE ? VALUES : 1;
    if (way == WEIGHTED || way == FAILOVER)
        return put_members(import, set, values, way == WEIGHTED ? 3 : 2, way == WEIGHTED);
    if (way == ALIAS)
        return put_alias(import, set, "Z1", owner_of(to, i - ALIAS + ONE));
    if (way == BALANCER)
        return put_alias(import, set, LB_ZONE, balancer_name(to, i));
    return r53_import_record_set(import, "Z1", &set);
}

static int32_t put_balancer(r53_import *import, size_t i)
{
    static const char *const values[VALUES] = {"192.0.2.1", "192.0.2.2", "192.0.2.3"};
    const r53_availability_zone zone = {.size = sizeof(zone), .zone_name = "us-east-1a"};
    const r53_availability_zone *const zones[] = {&zone};
    char arn[128], name[2 * NAME_ROOM];
    const r53_load_balancer lb = {.size = sizeof(lb),
                                  .type = R53_LB_NETWORK,
                                  .load_balancer_arn = arn,
                                  .dns_name = balancer_name(name, i),
                                  .canonical_hosted_zone_id = LB_ZONE,
                                  .availability_zones = zones,
                                  .n_availability_zones = 1};

    snprintf(arn, sizeof(arn), "arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/net/lb%zu/1",
             i);
    return r53_import_load_balancer(import, &lb) ||
           r53_import_node_addresses(import, arn, "us-east-1a", values, VALUES);
}

static int32_t fill(r53_import *import, size_t n)
{
    static const r53_hosted_zone zone = {.size = sizeof(zone), .id = "Z1", .name = "example.com"};
    int32_t rc = r53_import_hosted_zone(import, &zone);

    for (size_t i = 0; i < LBS && rc == R53_OK; i++)
        rc = put_balancer(import, i);
    for (size_t i = 0; i < n && rc == R53_OK; i++)
        rc = put_name(import, i);
    return rc || r53_import_commit(import);
}

static r53_view *view_make(size_t n)
{
    r53_cloud *cloud = NULL;
    r53_observed *observed = NULL;
    r53_import *import = NULL;
    r53_view *view = NULL;

    if (r53_cloud_new(&cloud, NULL) == R53_OK && r53_observed_new(&observed, NULL) == R53_OK &&
        r53_import_new(&import, cloud, observed, NULL) == R53_OK && fill(import, n) == R53_OK)
        r53_view_new(&view, cloud, observed, 0, NULL);
    r53_import_free(import);
    r53_observed_free(observed);
    r53_cloud_free(cloud);
    return view;
}

/* A turn's queries for each way: names anywhere in the zone. */
static void queries_make(struct spread *s, size_t n)
{
    uint64_t state = 53;

    for (size_t way = 0; way < WAYS; way++) {
        for (size_t i = 0; i < TURN; i++) {
            char text[NAME_ROOM];
            uint8_t name[NAME_ROOM];

            state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            owner_of(text, (size_t)(state >> 33) % (n / WAYS) * WAYS + way);
            s->length = query_put(s->queries[way][i], 1, name, name_wire(text, name), 1);
        }
    }
}

/* `n` queries of a way, in one call; returns how many have answers of so many records. */
static size_t ask(const struct spread *s, size_t way, size_t at, size_t n)
{
    static uint8_t responses[BATCH][RESPONSE_MAX];
    r53_exchange exchanges[BATCH], *pointers[BATCH] = {0};
    r53_peer peers[BATCH];
    size_t right = 0;

    for (size_t i = 0; i < n; i++) {
        peers[i] = (r53_peer){.size = sizeof(r53_peer), .minimal = 1, .seed = at + i};
        exchanges[i] = (r53_exchange){.size = sizeof(r53_exchange),
                                      .peer = &peers[i],
                                      .query = s->queries[way][at + i],
                                      .n_query = s->length,
                                      .response = responses[i],
                                      .capacity = RESPONSE_MAX};
        pointers[i] = &exchanges[i];
    }
    r53_respond_many(s->view, pointers, n);
    for (size_t i = 0; i < n; i++)
        right += exchanges[i].length > 12 && responses[i][7] == ways[way].n;
    return right;
}

static double turn(const struct spread *s, size_t way, size_t batch)
{
    double begin = cpu_seconds();

    for (size_t at = 0; at < TURN; at += batch)
        ask(s, way, at, batch);
    return (cpu_seconds() - begin) / TURN * 1e9;
}

static void compete(struct spread *s, size_t rounds, size_t batch)
{
    memset(s->times, 0, sizeof(s->times));
    memset(s->ratios, 0, sizeof(s->ratios));
    for (size_t round = 0; round <= rounds && round < ROUNDS_MAX; round++) {
        double took[WAYS];

        for (size_t way = 0; way < WAYS; way++)
            took[way] = turn(s, way, batch);
        for (size_t way = 0; way < WAYS && round > 0; way++) { /* the first only warms up */
            s->times[way].values[s->times[way].n++] = took[way];
            s->ratios[way].values[s->ratios[way].n++] = took[way] / took[ways[way].plain];
        }
    }
}

static void print(const struct spread *s, size_t batch)
{
    printf("%zu a call; ns an answer, and its ratio to plain record sets\n", batch);
    for (size_t way = 0; way < WAYS && s->times[way].n; way++)
        printf("%-18s %9.1f  %.2f\n", ways[way].name, series_median(&s->times[way]),
               series_median(&s->ratios[way]));
}

static int check(const struct spread *s)
{
    for (size_t way = 0; way < WAYS; way++) {
        if (ask(s, way, 0, BATCH) != BATCH) {
            fprintf(stderr, "%s: not all have %u records\n", ways[way].name, ways[way].n);
            return 1;
        }
    }
    return 0;
}

int bench_spread(size_t n_names, size_t rounds, bool only_check)
{
    struct spread *s = calloc(1, sizeof(*s));
    int rc = 1;

    if (s)
        s->view = view_make(n_names);
    if (s && s->view) {
        queries_make(s, n_names);
        rc = check(s);
    }
    for (size_t batch = 1; rc == 0 && !only_check && batch <= BATCH; batch *= BATCH) {
        compete(s, rounds, batch);
        print(s, batch);
    }
    if (s)
        r53_view_release(s->view);
    free(s);
    return rc;
}
