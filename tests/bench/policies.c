/*
 * Answers that a routing policy or an alias chooses, against those of a plain record set with as
 * many values. All of it lies in the cache; what is left is the work of choosing.
 */
#include "bench.h"

#include <r53/r53.h>
#include <r53/respond.h>

#include <stdio.h>
#include <string.h>

enum { TURN = 1 << 16, ROUNDS_MAX = 63 };

#define LB_ARN   "arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/net/"
#define CDN_NAME "d1.cloudfront.net"
#define CDN_ZONE "Z2FDTNDATAQYW2"
#define LB_ZONE  "Z26RNL4JYFTOTI"

/* A way to answer, and the plain one that it is held against. */
static const struct way {
    const char *name, *plain;
    uint8_t n; /* records in the answer */
} ways[] = {
    {"one", "one", 1},          {"three", "three", 3},    {"eight", "eight", 8},
    {"weighted", "one", 1},     {"failover", "one", 1},   {"alias", "one", 1},
    {"geolocation", "one", 1},  {"cidr", "one", 1},       {"latency", "one", 1},
    {"geoproximity", "one", 1}, {"azaffinity", "one", 1}, {"multivalue", "three", 3},
    {"multieight", "eight", 8}, {"balancer", "three", 3}, {"balancereight", "eight", 8},
};
enum { WAYS = sizeof(ways) / sizeof(*ways), VALUES = 8, NAME_ROOM = 64, LABEL_LENGTH = 13 };

static const char *const values[VALUES] = {"192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4",
                                           "192.0.2.5", "192.0.2.6", "192.0.2.7", "192.0.2.8"};
static const uint8_t client[4] = {203, 0, 113, 9};

/* Where a way is asked for: names of one length, for that has its price too. */
static const char *owner_of(char *room, const char *way)
{
    snprintf(room, NAME_ROOM, "%s%.*s.example.com", way, (int)(LABEL_LENGTH - strlen(way)),
             "-------------");
    return room;
}

/* The i-th record set of a way: its policy's members are filled in by the caller. */
static r53_record_set member(int i)
{
    static const char *const identifiers[VALUES] = {"a", "b", "c", "d", "e", "f", "g", "h"};

    return (r53_record_set){.size = sizeof(r53_record_set),
                            .type = 1,
                            .set_identifier = identifiers[i],
                            .values = &values[i],
                            .n_values = 1,
                            .has_ttl = 1,
                            .ttl = 60};
}

static int32_t put(r53_import *import, const char *way, r53_record_set set)
{
    char name[NAME_ROOM];

    set.name = owner_of(name, way);
    return r53_import_record_set(import, "Z1", &set);
}

static int32_t put_plain(r53_import *import, const char *way, uint32_t n)
{
    r53_record_set set = member(0);

    set.set_identifier = NULL;
    set.n_values = n;
    return put(import, way, set);
}

static int32_t put_alias(r53_import *import, const char *way, const char *zone, const char *to)
{
    r53_record_set set = {
        .size = sizeof(set), .type = 1, .alias_hosted_zone_id = zone, .alias_dns_name = to};

    return put(import, way, set);
}

static int32_t put_several(r53_import *import, const char *way, int n)
{
    int32_t rc = R53_OK;

    for (int i = 0; i < n && rc == R53_OK; i++) {
        r53_record_set set = member(i);

        set.has_multi_value_answer = set.multi_value_answer = 1;
        rc = put(import, way, set);
    }
    return rc;
}

/* The i-th of three of each policy, two of failover. */
static int32_t put_members(r53_import *import, int i)
{
    static const char *const regions[] = {"us-east-1", "eu-west-1", "ap-southeast-2"};
    static const char *const countries[] = {"DE", "FR", "*"};
    static const char *const locations[] = {"here", "there", "*"};
    static const char *const extents[] = {"AvailabilityZone", "Region", "Global"};
    static const char *const ids[] = {"use1-az1", "us-east-1", "*"};
    r53_record_set w = member(i), l = w, c = w, g = w, f = w, p = w, z = w;

    w.has_weight = 1;
    w.weight = 10 + i;
    l.region = p.geoproximity_region = regions[i];
    c.cidr_collection_id = "c1";
    c.cidr_location_name = locations[i];
    g.country_code = countries[i];
    f.failover = i == 0 ? R53_FAILOVER_PRIMARY : R53_FAILOVER_SECONDARY;
    z.az_location_type = extents[i];
    z.az_location_id = ids[i];
    return put(import, "weighted", w) || put(import, "latency", l) || put(import, "cidr", c) ||
           put(import, "geolocation", g) || (i < 2 && put(import, "failover", f)) ||
           put(import, "geoproximity", p) || put(import, "azaffinity", z);
}

static int32_t put_policies(r53_import *import)
{
    int32_t rc = put_several(import, "multivalue", 3) || put_several(import, "multieight", 8);

    for (int i = 0; i < 3 && rc == R53_OK; i++)
        rc = put_members(import, i);
    return rc;
}

/* A load balancer of n addresses, and an alias to it. */
static int32_t put_balancer(r53_import *import, const char *way, uint32_t n)
{
    const r53_availability_zone zone = {.size = sizeof(zone), .zone_name = "us-east-1a"};
    const r53_availability_zone *const zones[] = {&zone};
    char arn[NAME_ROOM + 64], name[NAME_ROOM];
    const r53_load_balancer lb = {.size = sizeof(lb),
                                  .type = R53_LB_NETWORK,
                                  .load_balancer_arn = arn,
                                  .dns_name = name,
                                  .canonical_hosted_zone_id = LB_ZONE,
                                  .availability_zones = zones,
                                  .n_availability_zones = 1};

    snprintf(arn, sizeof(arn), LB_ARN "%s/1", way);
    snprintf(name, sizeof(name), "%s-1.elb.us-east-1.amazonaws.com", way);
    return r53_import_load_balancer(import, &lb) ||
           r53_import_node_addresses(import, arn, "us-east-1a", values, n) ||
           put_alias(import, way, LB_ZONE, name);
}

static int32_t fill(r53_import *import)
{
    static const r53_hosted_zone zone = {.size = sizeof(zone), .id = "Z1", .name = "example.com"};
    static const r53_cidr_collection collection = {
        .size = sizeof(collection), .id = "c1", .name = "c"};
    char one[NAME_ROOM];

    return r53_import_hosted_zone(import, &zone) ||
           r53_import_cidr_collection(import, &collection) ||
           r53_import_cidr_block(import, "c1", "here", "203.0.113.0/24") ||
           r53_import_cidr_block(import, "c1", "there", "198.51.100.0/24") ||
           put_plain(import, "one", 1) || put_plain(import, "three", 3) ||
           put_plain(import, "eight", 8) || put_policies(import) ||
           put_alias(import, "alias", "Z1", owner_of(one, "one")) ||
           put_balancer(import, "balancer", 3) || put_balancer(import, "balancereight", 8) ||
           r53_import_addresses(import, CDN_NAME, values, 3) ||
           put_alias(import, "observed", CDN_ZONE, CDN_NAME) || r53_import_commit(import);
}

static r53_view *view_make(void)
{
    r53_cloud *cloud = NULL;
    r53_observed *observed = NULL;
    r53_import *import = NULL;
    r53_view *view = NULL;

    if (r53_cloud_new(&cloud, NULL) == R53_OK && r53_observed_new(&observed, NULL) == R53_OK &&
        r53_import_new(&import, cloud, observed, NULL) == R53_OK && fill(import) == R53_OK)
        r53_view_new(&view, cloud, observed, 0, NULL);
    r53_import_free(import);
    r53_observed_free(observed);
    r53_cloud_free(cloud);
    return view;
}

/* What the policy of the way looks at, besides the address. */
static void peer_place(r53_peer *peer, const char *way)
{
    if (strcmp(way, "geolocation") == 0)
        peer->country_code = "DE";
    if (strcmp(way, "azaffinity") == 0)
        peer->availability_zone_id = "use1-az1";
    if (strcmp(way, "latency") == 0 || strcmp(way, "geoproximity") == 0) {
        peer->has_coordinates = 1;
        peer->latitude = 5011;
        peer->longitude = 868;
    }
}

/* Asks one way; returns how many records the last answer had. */
int bench_alone_way(const void *zone_view, const char *way, size_t times)
{
    const r53_view *view = zone_view;
    r53_peer peer = {.size = sizeof(peer), .minimal = 1, .address = client, .n_address = 4};
    uint8_t name[NAME_ROOM], query[96], response[RESPONSE_MAX];
    char text[NAME_ROOM];
    size_t n, length = 0;

    owner_of(text, way);
    peer_place(&peer, way);
    n = query_put(query, 1, name, name_wire(text, name), 1);
    for (size_t i = 0; i < times; i++) {
        peer.seed = i;
        r53_respond(view, &peer, query, n, response, sizeof(response), &length);
    }
    return length > 12 && (response[3] & 15) == 0 ? response[7] : -1;
}

static int check(const r53_view *view)
{
    int rc = 0;

    for (size_t i = 0; i < WAYS; i++) {
        int n = bench_alone_way(view, ways[i].name, 1);

        if (n != ways[i].n) {
            fprintf(stderr, "%s: %d records, not %d\n", ways[i].name, n, ways[i].n);
            rc = 1;
        }
    }
    return rc;
}

static size_t way_find(const char *name)
{
    size_t i = 0;

    while (strcmp(ways[i].name, name) != 0)
        i++;
    return i;
}

static void compete(const r53_view *view, size_t rounds)
{
    static struct series times[WAYS], ratios[WAYS];

    for (size_t round = 0; round <= rounds && round < ROUNDS_MAX; round++) {
        double took[WAYS];

        for (size_t i = 0; i < WAYS; i++) {
            double begin = cpu_seconds();

            bench_alone_way(view, ways[i].name, TURN);
            took[i] = (cpu_seconds() - begin) / TURN * 1e9;
        }
        for (size_t i = 0; i < WAYS && round > 0; i++) { /* the first only warms up */
            times[i].values[times[i].n++] = took[i];
            ratios[i].values[ratios[i].n++] = took[i] / took[way_find(ways[i].plain)];
        }
    }
    printf("%-18s %9s %9s %9s  %s\n", "ns an answer", "median", "min", "max",
           "ratio to a plain record set");
    for (size_t i = 0; i < WAYS && times[i].n; i++)
        printf("%-18s %9.1f %9.1f %9.1f  %.2f\n", ways[i].name, series_median(&times[i]),
               series_least(&times[i]), series_most(&times[i]), series_median(&ratios[i]));
}

int bench_policies(size_t rounds, bool only_check, const char *only_way, size_t times)
{
    r53_view *view = view_make();
    int rc = 0;

    if (view && only_way)
        rc = bench_alone_way(view, only_way, times) < 1;
    else
        rc = view ? check(view) : 1;

    if (!view)
        fprintf(stderr, "the zone of policies could not be made\n");
    if (rc == 0 && !only_check && !only_way)
        compete(view, rounds);
    r53_view_release(view);
    return rc;
}
