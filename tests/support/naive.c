#include "naive.h"

#include "harness.h"

#include "net/distance.h"
#include "net/region.h"

#include <stdio.h>

enum { HOPS_MOST = 8 };

/* Health */

static bool group_is_healthy(const struct forest *f, int i, unsigned seen);

static bool is_healthy(const struct forest *f, const struct forest_member *m, unsigned seen)
{
    if (m->check >= 0 && f->down[m->check])
        return false;
    return !m->evaluates || group_is_healthy(f, m->to, seen);
}

/* `seen` is the path to here, a bit a group. */
static bool group_is_healthy(const struct forest *f, int i, unsigned seen)
{
    bool any = false;

    if (i == FOREST_NOWHERE || seen >> i & 1)
        return false;
    for (int k = 0; k < f->groups[i].n; k++)
        any = any || is_healthy(f, &f->groups[i].members[k], seen | 1u << i);
    return any;
}

bool naive_is_healthy(const struct forest *f, int i, int k)
{
    return is_healthy(f, &f->groups[i].members[k], 0);
}

/* Where the client is */

static bool block_contains(struct forest_block outer, struct forest_block inner)
{
    return outer.length && outer.length <= inner.length &&
           (outer.address ^ inner.address) >> (32 - outer.length) == 0;
}

/* What is known of the client when it asks this zone. */
struct where {
    const char *continent, *country, *state; /* "": not known */
    const struct region *vpc_region;         /* NULL: not known, or a public zone */
    bool located;
    struct point point;
};

static struct where where_said(const struct forest_place *place)
{
    struct where where = {"", "", "", NULL, place->located, {place->latitude, place->longitude}};

    if (place->country >= 0) {
        where.country = forest_countries[place->country].code;
        where.continent = forest_countries[place->country].continent;
    }
    if (place->state >= 0)
        where.state = forest_states[place->state];
    return where;
}

/* R53-PRIV-12, R53-PLACE-01, R53-PLACE-06 */
static struct where where_is(const struct forest *f, const struct forest_client *client)
{
    struct forest_place place = client->said;
    unsigned longest = 0;

    if (f->is_private) {
        const char *name = forest_regions[client->vpc_region];
        const struct region *r = r53__region_find((struct span){name, strlen(name)});

        return (struct where){
            r->continent, r->country, r->subdivision, r, true, {r->latitude, r->longitude}};
    }
    if (place.country >= 0 || place.located)
        return where_said(&place);
    for (size_t i = 0; i < COUNT(f->places); i++) {
        if (block_contains(f->place_blocks[i], client->prefix) &&
            f->place_blocks[i].length > longest) {
            longest = f->place_blocks[i].length;
            place = f->places[i];
        }
    }
    return where_said(&place);
}

/* Ranks: the smallest is the first in the policy's order. */

struct rank {
    bool matches;
    uint64_t part, whole; /* part / whole; whole 0: after all that are known */
};

static struct rank rank_of(uint64_t value)
{
    return (struct rank){true, value, 1};
}

static const struct rank no_match = {false, 0, 0}, unknown = {true, 1, 0};

/* The latencies that hold for the client: of its block, state, country, continent. */
static const struct forest_latency *
latencies_of(const struct forest *f, const struct forest_client *client, const struct where *where)
{
    bool in_us = strcmp(where->country, "US") == 0;

    if (f->is_private)
        return NULL;
    if (block_contains(f->latencies[0].block, client->prefix))
        return &f->latencies[0];
    if (in_us && strcmp(where->state, "CA") == 0)
        return &f->latencies[1];
    if (in_us)
        return &f->latencies[2];
    return strcmp(where->continent, "NA") == 0 ? &f->latencies[3] : NULL;
}

/* In microseconds. */
static struct rank rank_latency(const struct forest *f, const struct forest_member *m,
                                const struct forest_client *client, const struct where *where)
{
    const struct forest_latency *latencies = latencies_of(f, client, where);
    const char *name = forest_regions[m->where];
    const struct region *region = r53__region_find((struct span){name, strlen(name)});

    if (!f->is_private && strcmp(where->country, "CN") == 0 && strcmp(name, "cn-north-1") == 0)
        return rank_of(0); /* R53-LATENCY-04 */
    if (f->is_private && region == where->vpc_region)
        return rank_of(0);
    if (latencies && latencies->ms[m->where] >= 0)
        return rank_of((uint64_t)latencies->ms[m->where] * 1000);
    if (!where->located)
        return unknown;
    return rank_of(
        5000 +
        r53__distance(where->point, (struct point){region->latitude, region->longitude}) / 80);
}

/* R53-GEOPROX-03 */
static struct rank rank_geoproximity(const struct forest *f, const struct forest_member *m,
                                     const struct forest_client *client, const struct where *where)
{
    uint64_t distance;

    (void)f;
    (void)client;
    if (!where->located)
        return unknown;
    distance = r53__distance(where->point, (struct point){m->latitude, m->longitude});
    if (m->bias < 0)
        return (struct rank){true, distance * 100, (uint64_t)(100 + m->bias)};
    return (struct rank){true, distance * (uint64_t)(100 - m->bias), 100};
}

/* R53-GEO-03: the location's words are those of the table. */
static struct rank rank_geolocation(const struct forest *f, const struct forest_member *m,
                                    const struct forest_client *client, const struct where *where)
{
    const char *words[4] = {"", "", "", "country=*"};
    char state[64] = "", country[64] = "", continent[64] = "";

    (void)f;
    (void)client;
    if (*where->state)
        snprintf(state, sizeof(state), "country=%s subdivision=%s", where->country, where->state);
    snprintf(country, sizeof(country), "country=%s", where->country);
    snprintf(continent, sizeof(continent), "continent=%s", where->continent);
    words[0] = state;
    words[1] = country;
    words[2] = continent;
    for (uint64_t i = 0; i < COUNT(words); i++) {
        if (strcmp(forest_geolocations[m->where], words[i]) == 0)
            return rank_of(i);
    }
    return no_match;
}

/* R53-CIDR-03 .. -08 */
static struct rank rank_cidr(const struct forest *f, const struct forest_member *m,
                             const struct forest_client *client, const struct where *where)
{
    unsigned longest = 0;

    (void)where;
    if (m->where == FOREST_LOCATIONS)
        return rank_of(33);
    if (f->is_private)
        return no_match;
    for (int i = 0; i < FOREST_BLOCKS; i++) {
        if (f->locations[i] == m->where && f->blocks[i].length > longest &&
            block_contains(f->blocks[i], client->prefix))
            longest = f->blocks[i].length;
    }
    return longest ? rank_of(32 - longest) : no_match;
}

/* R53-AZ-02, R53-AZ-03 */
static struct rank rank_az(const struct forest *f, const struct forest_member *m,
                           const struct forest_client *client, const struct where *where)
{
    static const char *const types[] = {"AvailabilityZone", "AvailabilityZoneGroup", "Region",
                                        "Partition"};
    const struct forest_location *location = &forest_az_locations[m->where];

    (void)f;
    (void)where;
    if (strcmp(location->type, "Global") == 0)
        return rank_of(COUNT(types));
    for (uint64_t i = 0; client->az >= 0 && i < COUNT(types); i++) {
        if (strcmp(location->type, types[i]) == 0 &&
            strcmp(location->id, forest_azs[client->az].at[i]) == 0)
            return rank_of(i);
    }
    return no_match;
}

static struct rank rank_failover(const struct forest *f, const struct forest_member *m,
                                 const struct forest_client *client, const struct where *where)
{
    (void)f;
    (void)client;
    (void)where;
    return rank_of((uint64_t)m->where);
}

typedef struct rank rank_function(const struct forest *, const struct forest_member *,
                                  const struct forest_client *, const struct where *);

/* NULL: all match, and chance decides. */
static rank_function *const ranks[FOREST_POLICIES] = {
    [FOREST_LATENCY] = rank_latency,
    [FOREST_FAILOVER] = rank_failover,
    [FOREST_GEOLOCATION] = rank_geolocation,
    [FOREST_GEOPROXIMITY] = rank_geoproximity,
    [FOREST_CIDR] = rank_cidr,
    [FOREST_AZ] = rank_az,
};

static struct rank rank(const struct forest *f, int i, int k, const struct forest_client *client)
{
    const struct forest_group *group = &f->groups[i];
    struct where where = where_is(f, client);

    if (!ranks[group->policy])
        return rank_of(0);
    return ranks[group->policy](f, &group->members[k], client, &where);
}

bool naive_matches(const struct forest *f, int i, int k, const struct forest_client *client)
{
    return rank(f, i, k, client).matches;
}

/* Choice */

static bool comes_before(const struct rank *a, const char *a_id, const struct rank *b,
                         const char *b_id)
{
    uint64_t left = a->part * b->whole, right = b->part * a->whole;

    return left != right ? left < right : strcmp(a_id, b_id) < 0; /* R53-GROUP-08 */
}

/* The members that chance decides of, R53-WEIGHTED-04. */
static int shares_of(const struct forest_group *group, const bool *in, int *shares)
{
    int sum = 0;

    for (int k = 0; k < group->n; k++) {
        shares[k] = !in[k] ? 0 : group->policy == FOREST_WEIGHTED ? group->members[k].weight : 1;
        sum += shares[k];
    }
    if (sum > 0)
        return sum;
    for (int k = 0; k < group->n; k++)
        sum += shares[k] = in[k];
    return sum;
}

static int first_of(const struct forest *f, int i, const struct forest_client *client,
                    const bool *in)
{
    const struct forest_group *group = &f->groups[i];
    struct rank best = no_match;
    int first = -1;

    for (int k = 0; k < group->n; k++) {
        struct rank r = rank(f, i, k, client);

        if (in[k] && (first < 0 ||
                      comes_before(&r, group->members[k].id, &best, group->members[first].id))) {
            best = r;
            first = k;
        }
    }
    return first;
}

int naive_choose(const struct forest *f, int i, const struct forest_client *client,
                 int shares[FOREST_MEMBERS])
{
    const struct forest_group *group = &f->groups[i];
    bool matching[FOREST_MEMBERS], healthy[FOREST_MEMBERS], any = false;
    const bool *in;
    int first;

    memset(shares, 0, FOREST_MEMBERS * sizeof(*shares));
    for (int k = 0; k < group->n; k++) {
        matching[k] = naive_matches(f, i, k, client);
        healthy[k] = matching[k] && naive_is_healthy(f, i, k);
        any = any || healthy[k];
    }
    in = any ? healthy : matching; /* R53-HEALTH-05 */
    if (!ranks[group->policy])
        return shares_of(group, in, shares);
    first = first_of(f, i, client, in);
    if (first >= 0)
        shares[first] = 1;
    return first >= 0;
}

/* Resolution */

static void end_add(struct fraction *end, struct fraction share)
{
    *end = fraction_plus(*end, share);
}

static void resolve(const struct forest *f, int i, const struct forest_client *client, int hops,
                    struct fraction share, struct naive_ends *ends)
{
    int shares[FOREST_MEMBERS], sum = naive_choose(f, i, client, shares);

    if (sum == 0)
        end_add(&ends->nothing, share);
    for (int k = 0; k < f->groups[i].n; k++) {
        int to = f->groups[i].members[k].to;
        struct fraction part;

        if (shares[k] == 0)
            continue;
        part = fraction_times(share, (uint64_t)shares[k], (uint64_t)sum);
        if (to == FOREST_ADDRESS)
            end_add(&ends->addresses[10 * i + k], part);
        else if (to == FOREST_NOWHERE || hops == HOPS_MOST)
            end_add(&ends->failure, part);
        else
            resolve(f, to, client, hops + 1, part, ends);
    }
}

void naive_resolve(const struct forest *f, int i, const struct forest_client *client,
                   struct naive_ends *ends)
{
    const struct fraction none = {0, 1};

    for (size_t a = 0; a < COUNT(ends->addresses); a++)
        ends->addresses[a] = none;
    ends->failure = ends->nothing = none;
    resolve(f, i, client, 0, (struct fraction){1, 1}, ends);
}

/* Scopes */

/* Of the longest block around the client, of locations that the group has; 0: none. */
static int block_scope(const struct forest *f, int i, const struct forest_client *client)
{
    unsigned longest = 0;

    for (int k = 0; k < f->groups[i].n; k++) {
        for (int b = 0; b < FOREST_BLOCKS; b++) {
            if (f->locations[b] == f->groups[i].members[k].where && f->blocks[b].length > longest &&
                block_contains(f->blocks[b], client->prefix))
                longest = f->blocks[b].length;
        }
    }
    return (int)longest;
}

static int group_scope(const struct forest *f, int i, const struct forest_client *client)
{
    int subnet = client->prefix.length < 24 ? (int)client->prefix.length : 24;
    int block;

    switch (f->groups[i].policy) {
    case FOREST_LATENCY:
    case FOREST_GEOLOCATION:
    case FOREST_GEOPROXIMITY:
        return subnet;
    case FOREST_CIDR:
        block = block_scope(f, i, client);
        return block ? block : subnet;
    default:
        return 0;
    }
}

static int scope(const struct forest *f, int i, const struct forest_client *client, int hops)
{
    int shares[FOREST_MEMBERS], sum = naive_choose(f, i, client, shares);
    int here = group_scope(f, i, client), below = 0, to = FOREST_NOWHERE;

    for (int k = 0; k < f->groups[i].n; k++) {
        if (shares[k] > 0 && shares[k] < sum && f->groups[i].policy == FOREST_WEIGHTED)
            return -2;
        if (shares[k] > 0)
            to = f->groups[i].members[k].to;
    }
    if (to >= 0 && hops < HOPS_MOST)
        below = scope(f, to, client, hops + 1);
    return below == -2 || below > here ? below : here;
}

int naive_scope(const struct forest *f, int i, const struct forest_client *client)
{
    if (!client->is_subnet)
        return -1;
    return f->is_private ? 0 : scope(f, i, client, 0);
}

const char *naive_text(char *buffer, const struct naive_ends *ends)
{
    size_t at = 0;
    char what[8];

    buffer[0] = '\0';
    for (size_t a = 0; a < COUNT(ends->addresses); a++) {
        snprintf(what, sizeof(what), ".%u", (unsigned)a);
        if (ends->addresses[a].part)
            at = share_put(buffer, at, what, ends->addresses[a]);
    }
    if (ends->failure.part)
        at = share_put(buffer, at, "SERVFAIL", ends->failure);
    if (ends->nothing.part)
        share_put(buffer, at, "none", ends->nothing);
    return buffer;
}
