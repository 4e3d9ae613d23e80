#include "forest.h"

#include "harness.h"

#include "base/hash.h"

#include <stdio.h>
#include <stdlib.h>

const char *const forest_regions[FOREST_REGIONS] = {"us-east-1", "eu-west-1", "ap-northeast-1",
                                                    "cn-north-1", "sa-east-1"};

const struct forest_country forest_countries[6] = {{"US", "NA"}, {"CA", "NA"}, {"DE", "EU"},
                                                   {"FR", "EU"}, {"CN", "AS"}, {"BR", "SA"}};

const char *const forest_states[2] = {"CA", "NY"};

const struct forest_az forest_azs[4] = {
    {{"use1-az1", "us-east-1-zg-1", "us-east-1", "aws"}},
    {{"use1-az2", "us-east-1-zg-1", "us-east-1", "aws"}},
    {{"euw1-az1", "eu-west-1-zg-1", "eu-west-1", "aws"}},
    {{"cnn1-az1", "cn-north-1-zg-1", "cn-north-1", "aws-cn"}},
};

const struct forest_location forest_az_locations[9] = {
    {"AvailabilityZone", "use1-az1"},
    {"AvailabilityZone", "use1-az2"},
    {"AvailabilityZone", "euw1-az1"},
    {"AvailabilityZoneGroup", "us-east-1-zg-1"},
    {"Region", "us-east-1"},
    {"Region", "eu-west-1"},
    {"Partition", "aws"},
    {"Partition", "aws-cn"},
    {"Global", "*"},
};

const char *const forest_geolocations[10] = {"country=US subdivision=CA",
                                             "country=US subdivision=NY",
                                             "country=US",
                                             "country=CA",
                                             "country=DE",
                                             "country=CN",
                                             "continent=NA",
                                             "continent=EU",
                                             "continent=AS",
                                             "country=*"};

/* Set identifiers, whose order of bytes is none of length, case or number. */
static const char *const identifiers[FOREST_MEMBERS] = {"a", "B",  "ab", "10", "9",
                                                        "_", "aB", "A",  "z",  "-"};

int forest_pick(struct forest *forest, int n)
{
    forest->random = r53__mix(forest->random + UINT64_C(0x9e3779b97f4a7c15));
    return (int)(forest->random % (uint64_t)n);
}

static bool one_in(struct forest *forest, int n)
{
    return forest_pick(forest, n) == 0;
}

static char *line_new(struct forest *f)
{
    assert_true(f->n_lines < FOREST_LINES);
    return f->lines[f->n_lines++];
}

/* 0 .. n-1 in random order. */
static void order_make(struct forest *f, int *order, int n)
{
    for (int i = 0; i < n; i++) {
        int j = forest_pick(f, i + 1);

        order[i] = order[j];
        order[j] = i;
    }
}

/* Addresses of 203.0.0.0/16 and their networks, so that networks nest and clients lie in them. */
static struct forest_block block_make(struct forest *f, unsigned shortest, unsigned longest)
{
    struct forest_block block = {.length = shortest +
                                           (unsigned)forest_pick(f, (int)(longest - shortest) + 1)};
    uint32_t address = 0xcb000000u | (uint32_t)forest_pick(f, 4) << 14 |
                       (uint32_t)forest_pick(f, 4) << 10 | (uint32_t)forest_pick(f, 4) << 8 |
                       (uint32_t)forest_pick(f, 256);

    block.address = address & UINT32_MAX << (32 - block.length);
    return block;
}

static int block_put(char *out, size_t room, struct forest_block block)
{
    return snprintf(out, room, "%u.%u.%u.%u/%u", block.address >> 24, block.address >> 16 & 255,
                    block.address >> 8 & 255, block.address & 255, block.length);
}

/* Health checks */

/* What a check is told to be, and whether it is down; the last is judged by h0 and h1. */
static const struct {
    const char *verb, *words;
    bool down;
} kinds[] = {
    {"saw", "down", true},
    {"saw", "down", true},
    {"check", "http down", true},
    {"saw", "up", false},
    {"", "", false}, /* not described, nothing seen */
    {"check", "http down inverted", false},
    {"check", "tcp up inverted", true},
    {"check", "tcp down disabled", false},
    {"check", "https 3/16", false},
    {"check", "https 2/16", true},
    {"check", "calculated threshold=1 children=h0,h1", false},
};

static void checks_make(struct forest *f)
{
    for (int i = 0; i < FOREST_CHECKS; i++) {
        int last = (int)COUNT(kinds) - 1;
        int kind = forest_pick(f, i < 2 ? last : last + 1);

        f->down[i] = kind == last ? f->down[0] && f->down[1] : kinds[kind].down;
        if (*kinds[kind].verb)
            snprintf(line_new(f), FOREST_LINE, "%s h%d %s", kinds[kind].verb, i, kinds[kind].words);
    }
}

/* What is known of clients */

static struct forest_place place_make(struct forest *f)
{
    struct forest_place place = {.country = forest_pick(f, 7) - 1, .state = -1};

    if (place.country == 0)
        place.state = forest_pick(f, 3) - 1;
    place.located = one_in(f, 2) || place.country < 0;
    if (place.located) {
        place.latitude = forest_pick(f, 18001) - 9000;
        place.longitude = forest_pick(f, 36001) - 18000;
    }
    return place;
}

static void places_make(struct forest *f)
{
    for (size_t i = 0; i < COUNT(f->places); i++) {
        struct forest_place *place = &f->places[i];
        char *line = line_new(f), block[32];
        int n;

        f->place_blocks[i] = block_make(f, 16 + 2 * (unsigned)i, 17 + 2 * (unsigned)i);
        *place = place_make(f);
        block_put(block, sizeof(block), f->place_blocks[i]);
        n = snprintf(line, FOREST_LINE, "place %s", block);
        if (place->country >= 0)
            n += snprintf(line + n, FOREST_LINE - (size_t)n, " %s",
                          forest_countries[place->country].code);
        if (place->state >= 0)
            n += snprintf(line + n, FOREST_LINE - (size_t)n, " state=%s",
                          forest_states[place->state]);
        if (place->located)
            snprintf(line + n, FOREST_LINE - (size_t)n, " @%d,%d", place->latitude,
                     place->longitude);
    }
}

/* Some are equal, and some not stated. */
static void latency_make(struct forest *f, struct forest_latency *latency, const char *client)
{
    char *line = line_new(f);
    int n = snprintf(line, FOREST_LINE, "latency %s", client);

    for (int i = 0; i < FOREST_REGIONS; i++) {
        latency->ms[i] = i > 0 && one_in(f, 4) ? -1 : 10 * (1 + forest_pick(f, 6));
        if (latency->ms[i] >= 0)
            n += snprintf(line + n, FOREST_LINE - (size_t)n, " %s=%d", forest_regions[i],
                          latency->ms[i]);
    }
}

static void latencies_make(struct forest *f)
{
    static const char *const named[] = {"US-CA", "US", "continent:NA"};

    f->latencies[0].block = block_make(f, 20, 22);
    block_put(f->latencies[0].client, sizeof(f->latencies->client), f->latencies[0].block);
    latency_make(f, &f->latencies[0], f->latencies[0].client);
    for (size_t i = 0; i < COUNT(named); i++) {
        snprintf(f->latencies[i + 1].client, sizeof(f->latencies->client), "%s", named[i]);
        latency_make(f, &f->latencies[i + 1], named[i]);
    }
}

static bool block_is_taken(const struct forest *f, int n, struct forest_block block)
{
    for (int i = 0; i < n; i++) {
        if (f->blocks[i].length == block.length && f->blocks[i].address == block.address)
            return true;
    }
    return false;
}

static void blocks_make(struct forest *f)
{
    for (int i = 0; i < FOREST_BLOCKS; i++) {
        char *line = line_new(f);
        int n;

        do
            f->blocks[i] = block_make(f, 14, 24);
        while (block_is_taken(f, i, f->blocks[i]));
        f->locations[i] = forest_pick(f, FOREST_LOCATIONS);
        n = snprintf(line, FOREST_LINE, "blocks C1 l%d=", f->locations[i]);
        block_put(line + n, FOREST_LINE - (size_t)n, f->blocks[i]);
    }
}

/* Groups */

/* How many places there are that record sets of a group may bear, each once; 0: no places. */
static int places_of(enum forest_policy policy)
{
    static const size_t counts[FOREST_POLICIES] = {
        [FOREST_LATENCY] = FOREST_REGIONS,
        [FOREST_FAILOVER] = 2,
        [FOREST_GEOLOCATION] = COUNT(forest_geolocations),
        [FOREST_CIDR] = FOREST_LOCATIONS + 1,
        [FOREST_AZ] = COUNT(forest_az_locations),
    };

    return (int)counts[policy];
}

static int members_most(enum forest_policy policy)
{
    int places = places_of(policy);

    if (policy == FOREST_SIMPLE)
        return 1;
    if (policy == FOREST_MULTIVALUE)
        return FOREST_MEMBERS;
    if (policy == FOREST_WEIGHTED)
        return 3;
    return places && places < 6 ? places : 6;
}

/* Mostly addresses and nodes behind; now and then one before, for circles. */
static int target_make(struct forest *f, int i)
{
    if (f->groups[i].policy == FOREST_MULTIVALUE || one_in(f, 2))
        return FOREST_ADDRESS;
    if (one_in(f, 12))
        return FOREST_NOWHERE;
    if (i + 1 < FOREST_NODES && !one_in(f, 8))
        return i + 1 + forest_pick(f, FOREST_NODES - i - 1);
    return i + 1 < FOREST_NODES || one_in(f, 4) ? forest_pick(f, FOREST_NODES) : FOREST_ADDRESS;
}

static void member_make(struct forest *f, int i, struct forest_member *m)
{
    static const int weights[] = {0, 1, 1, 3}, biases[] = {0, 0, 50, -50, 99, -99, 7};

    m->to = target_make(f, i);
    m->check = one_in(f, m->to == FOREST_ADDRESS ? 4 : 2) ? -1 : forest_pick(f, FOREST_CHECKS);
    if (m->to != FOREST_ADDRESS && !one_in(f, 3))
        m->check = -1;
    m->evaluates = m->to != FOREST_ADDRESS && !one_in(f, 5);
    m->weight = weights[forest_pick(f, COUNT(weights))];
    m->latitude = forest_pick(f, 181) * 100 - 9000;
    m->longitude = forest_pick(f, 361) * 100 - 18000;
    m->bias = biases[forest_pick(f, COUNT(biases))];
}

static void group_make(struct forest *f, int i)
{
    struct forest_group *group = &f->groups[i];
    int ids[FOREST_MEMBERS], places[FOREST_MEMBERS], n_places;

    group->policy = (enum forest_policy)forest_pick(f, FOREST_POLICIES);
    group->n = 1 + forest_pick(f, members_most(group->policy));
    n_places = places_of(group->policy);
    order_make(f, ids, FOREST_MEMBERS);
    order_make(f, places, n_places);
    for (int k = 0; k < group->n; k++) {
        group->members[k] = (struct forest_member){
            .id = identifiers[ids[k]], .policy = group->policy, .where = n_places ? places[k] : 0};
        member_make(f, i, &group->members[k]);
    }
}

static void policy_put(const struct forest_member *m, char *out, size_t room)
{
    static const char *const roles[] = {"PRIMARY", "SECONDARY"};
    const struct forest_location *az = &forest_az_locations[m->where % 9];

    switch (m->policy) {
    case FOREST_WEIGHTED:
        snprintf(out, room, " weight=%d", m->weight);
        break;
    case FOREST_LATENCY:
        snprintf(out, room, " region=%s", forest_regions[m->where]);
        break;
    case FOREST_FAILOVER:
        snprintf(out, room, " failover=%s", roles[m->where]);
        break;
    case FOREST_GEOLOCATION:
        snprintf(out, room, " %s", forest_geolocations[m->where]);
        break;
    case FOREST_GEOPROXIMITY:
        snprintf(out, room, " lat=%d lon=%d bias=%d", m->latitude / 100, m->longitude / 100,
                 m->bias);
        break;
    case FOREST_CIDR:
        if (m->where == FOREST_LOCATIONS)
            snprintf(out, room, " cidr=C1/*");
        else
            snprintf(out, room, " cidr=C1/l%d", m->where);
        break;
    case FOREST_MULTIVALUE:
        snprintf(out, room, " multi=true");
        break;
    case FOREST_AZ:
        snprintf(out, room, " az=%s/%s", az->type, az->id);
        break;
    default:
        break;
    }
}

void forest_member_line(const struct forest *f, int i, int k, char *out)
{
    const struct forest_group *group = &f->groups[i];
    const struct forest_member *m = &group->members[k];
    const char *zone = f->is_private ? "ZP" : "ZONE1";
    size_t n = (size_t)snprintf(out, FOREST_LINE, "n%d A", i);

    if (m->to == FOREST_ADDRESS)
        n += (size_t)snprintf(out + n, FOREST_LINE - n, " 192.0.2.%d", 10 * i + k);
    else if (m->to == FOREST_NOWHERE)
        n += (size_t)snprintf(out + n, FOREST_LINE - n, " alias=%s/gone", zone);
    else
        n += (size_t)snprintf(out + n, FOREST_LINE - n, " alias=%s/n%d", zone, m->to);
    if (m->evaluates)
        n += (size_t)snprintf(out + n, FOREST_LINE - n, " eth");
    if (m->check >= 0)
        n += (size_t)snprintf(out + n, FOREST_LINE - n, " hc=h%d", m->check);
    if (m->policy != FOREST_SIMPLE)
        n += (size_t)snprintf(out + n, FOREST_LINE - n, " id=%s", m->id);
    policy_put(m, out + n, FOREST_LINE - n);
}

void forest_make(struct forest *f, uint64_t seed)
{
    memset(f, 0, sizeof(*f));
    f->random = seed;
    f->is_private = one_in(f, 5);
    if (f->is_private)
        snprintf(line_new(f), FOREST_LINE, "zone ZP example.com vpc-1");
    f->first_loose = f->n_lines;
    checks_make(f);
    places_make(f);
    latencies_make(f);
    blocks_make(f);
    f->first_record = f->n_lines;
    for (int i = 0; i < FOREST_NODES; i++)
        group_make(f, i);
    forest_rewrite(f);
}

void forest_rewrite(struct forest *f)
{
    f->n_lines = f->first_record;
    for (int i = 0; i < FOREST_NODES; i++) {
        for (int k = 0; k < f->groups[i].n; k++)
            forest_member_line(f, i, k, line_new(f));
    }
}

/* Only one of a group can be without set identifier. */
static void member_make_wild(struct forest *f, struct forest_member *m, bool is_first)
{
    int places, named = is_first ? 0 : 1;

    if (one_in(f, 3))
        m->policy = (enum forest_policy)(named + forest_pick(f, FOREST_POLICIES - named));
    places = places_of(m->policy);
    m->where = places ? forest_pick(f, places) : 0;
}

void forest_make_wild(struct forest *f)
{
    for (int i = 0; i < FOREST_NODES; i++) {
        for (int k = 0; k < f->groups[i].n; k++)
            member_make_wild(f, &f->groups[i].members[k], k == 0);
    }
    forest_rewrite(f);
}

/* Clients */

static size_t said_put(char *out, size_t room, const struct forest_place *said)
{
    size_t n = 0;

    if (said->country >= 0)
        n += (size_t)snprintf(out + n, room - n, " country=%s",
                              forest_countries[said->country].code);
    if (said->state >= 0)
        n += (size_t)snprintf(out + n, room - n, " state=%s", forest_states[said->state]);
    if (said->located)
        n += (size_t)snprintf(out + n, room - n, " at=%d,%d", said->latitude, said->longitude);
    return n;
}

void forest_client_make(struct forest *f, struct forest_client *client)
{
    char *out = client->words;
    size_t n = 0, room = sizeof(client->words);

    *client = (struct forest_client){.said = {-1, -1, false, 0, 0}, .vpc_region = -1};
    if (!one_in(f, 5)) {
        client->is_subnet = !one_in(f, 3);
        client->prefix = block_make(f, client->is_subnet ? 12 : 32, 32);
        n += (size_t)snprintf(out, room, " %s=", client->is_subnet ? "subnet" : "resolver");
        n += (size_t)block_put(out + n, room - n, client->prefix);
        if (!client->is_subnet)
            n -= strlen("/32");
        out[n] = '\0';
    }
    if (one_in(f, 3)) {
        client->said = place_make(f);
        n += said_put(out + n, room - n, &client->said);
    }
    client->az = forest_pick(f, 5) - 1;
    if (client->az >= 0)
        n += (size_t)snprintf(out + n, room - n, " az=%s", forest_azs[client->az].at[0]);
    if (f->is_private) {
        client->vpc_region = forest_pick(f, FOREST_REGIONS);
        snprintf(out + n, room - n, " vpc=vpc-1 vpcregion=%s", forest_regions[client->vpc_region]);
    }
}

char *forest_text(const struct forest *f, uint64_t shuffle)
{
    char *text = malloc(FOREST_LINES * (FOREST_LINE + 1));
    size_t order[FOREST_LINES], length = 0;

    assert_non_null(text);
    for (size_t i = 0; i < f->n_lines; i++)
        order[i] = i;
    for (size_t i = f->n_lines; shuffle && i > f->first_loose + 1; i--) {
        size_t j = f->first_loose + (size_t)(r53__mix2(shuffle, i) % (i - f->first_loose));
        size_t taken = order[j];

        order[j] = order[i - 1];
        order[i - 1] = taken;
    }
    text[0] = '\0';
    for (size_t i = 0; i < f->n_lines; i++)
        length += (size_t)sprintf(text + length, "%s\n", f->lines[order[i]]);
    return text;
}
