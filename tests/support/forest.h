/*
 * Random hosted zones: groups of all policies whose record sets are addresses or aliases to each
 * other, with health checks, blocks, places, latencies, and clients to ask them. A forest is data
 * that a naive implementation can judge (support/naive.h), and lines that make a cloud of it
 * (support/cloud_text.h).
 *
 *   n0 .. n9     groups of type A; record set k of group i has the address 192.0.2.(10i + k)
 *   h0 .. h7     health checks, of which some are not described, or have no data
 *   C1           a CIDR collection, its locations l0 .. l4
 *   ZONE1, ZP    the zone, in a private forest ZP for the VPC vpc-1
 */
#ifndef R53_TESTS_SUPPORT_FOREST_H
#define R53_TESTS_SUPPORT_FOREST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    FOREST_NODES = 10,
    FOREST_MEMBERS = 10,
    FOREST_CHECKS = 8,
    FOREST_BLOCKS = 10,
    FOREST_LINES = 160,
    FOREST_LINE = 160,
    FOREST_REGIONS = 5,
    FOREST_LOCATIONS = 5, /* of the CIDR collection, without "*" */
    FOREST_ADDRESS = -1,  /* what a record set leads to, when it is no node */
    FOREST_NOWHERE = -2
};

enum forest_policy {
    FOREST_SIMPLE,
    FOREST_WEIGHTED,
    FOREST_LATENCY,
    FOREST_FAILOVER,
    FOREST_GEOLOCATION,
    FOREST_GEOPROXIMITY,
    FOREST_CIDR,
    FOREST_MULTIVALUE,
    FOREST_AZ,
    FOREST_POLICIES
};

struct forest_member {
    int to;    /* node, FOREST_ADDRESS, FOREST_NOWHERE */
    int check; /* -1: none */
    bool evaluates;
    const char *id;
    enum forest_policy policy; /* the group's, but in a wild forest */
    int weight;
    int where; /* row of the policy's table; of FOREST_CIDR the location, FOREST_LOCATIONS: "*" */
    int latitude, longitude, bias; /* of a geoproximity record set, hundredths of a degree */
};

struct forest_group {
    enum forest_policy policy;
    int n;
    struct forest_member members[FOREST_MEMBERS];
};

/* A network of IPv4 addresses; length 0: none. */
struct forest_block {
    uint32_t address;
    unsigned length;
};

struct forest_place {
    int country; /* row of forest_countries, -1: not known */
    int state;   /* row of forest_states, -1 */
    bool located;
    int latitude, longitude;
};

struct forest_latency {
    char client[32]; /* "" of a block */
    struct forest_block block;
    int ms[FOREST_REGIONS]; /* -1: not stated */
};

struct forest {
    uint64_t random;
    bool is_private;
    struct forest_group groups[FOREST_NODES];
    bool down[FOREST_CHECKS];
    struct forest_block blocks[FOREST_BLOCKS]; /* of C1 */
    int locations[FOREST_BLOCKS];
    struct forest_block place_blocks[3];
    struct forest_place places[3];
    struct forest_latency latencies[4];
    char lines[FOREST_LINES][FOREST_LINE];
    size_t n_lines;
    size_t first_loose;  /* lines before that must stay where they are */
    size_t first_record; /* lines from here on are the record sets */
};

struct forest_client {
    struct forest_block prefix; /* length 0: no address known */
    bool is_subnet;             /* else the resolver's */
    struct forest_place said;   /* with nothing known: not said */
    int az;                     /* row of forest_azs, -1: not known */
    int vpc_region;             /* row of forest_regions; private forests only */
    char words[200];            /* of a query, support/cloud_text.h */
};

struct forest_country {
    const char *code, *continent;
};

/* An Availability Zone and what it lies in, the most specific first. */
struct forest_az {
    const char *at[4];
};

struct forest_location {
    const char *type, *id;
};

extern const char *const forest_regions[FOREST_REGIONS];
extern const struct forest_country forest_countries[6];
extern const char *const forest_states[2]; /* of the first country */
extern const struct forest_az forest_azs[4];
extern const struct forest_location forest_az_locations[9];
/* Words of the geolocation table: "country=US subdivision=CA". The naive one reads them too. */
extern const char *const forest_geolocations[10];

/* A number in [0, n). */
int forest_pick(struct forest *forest, int n);

/* Fills all but clients; the same seed gives the same forest on any platform. */
void forest_make(struct forest *forest, uint64_t seed);

/* Writes the lines of the record sets anew, after their data was changed. */
void forest_rewrite(struct forest *forest);

/* Mixes policies within groups, and places that may stand once, as only an import takes them. What
 * is answered of these no rule says. */
void forest_make_wild(struct forest *forest);

/* A client of the forest; draws from it. */
void forest_client_make(struct forest *forest, struct forest_client *client);

/* The lines as one text, in an order that `shuffle` selects; 0: as they are. To be freed. */
char *forest_text(const struct forest *forest, uint64_t shuffle);

/* Writes the line of record set `k` of group `i`. */
void forest_member_line(const struct forest *forest, int i, int k, char *out);

#endif
