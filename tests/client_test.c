/* Who asks and where from: subnet, resolver, VPC; and how far that is from the regions. */
#include "support/cloud_text.h"
#include "support/harness.h"

#include "route53/client.h"

#include <stdio.h>

enum { ZONE_PUBLIC, ZONE_PRIVATE };
enum { TEXT_MAX = 120 };

static const struct observed_row {
    const char *prefix;
    r53_place place;
} places[] = {
    {"203.0.0.0/16",
     {.country_code = "FR", .has_coordinates = 1, .latitude = 4886, .longitude = 235}},
    {"203.0.113.0/24",
     {.country_code = "DE", .has_coordinates = 1, .latitude = 5252, .longitude = 1341}},
    {"203.0.113.128/25", {.country_code = "US", .subdivision_code = "CA"}},
    {"198.51.100.53",
     {.country_code = "JP", .has_coordinates = 1, .latitude = 3568, .longitude = 13969}},
    {"2001:db8::/32", {.country_code = "AU"}},
    {"2001:db8:6::/48", {.continent_code = "OC"}},
};

static const struct latency_row {
    const char *client, *region;
    int32_t milliseconds;
} latencies[] = {
    {"203.0.113.0/24", "us-east-1", 90},
    {"203.0.113.0/24", "eu-central-1", 0},
    {"203.0.113.128/26", "us-east-1", 41},
    {"US-CA", "us-west-1", 10},
    {"US", "us-west-1", 30},
    {"US", "us-east-1", 70},
    {"EU", "us-east-1", 85},
    {"continent:AS", "us-east-1", 170},
    {"country:AS", "us-east-1", 171},
    {"eu-west-1", "eu-central-1", 25},
    {"eu-west-1", "eu-west-2", 0},
};

/* The rows in order, or the other way round: that must not matter. */
static void observe(r53_observed *observed, bool backwards)
{
    for (size_t i = 0; i < COUNT(places); i++) {
        const struct observed_row *row = &places[backwards ? COUNT(places) - 1 - i : i];
        r53_place place = row->place;

        place.size = sizeof(place);
        assert_int_equal(r53_observe_place(observed, row->prefix, &place, NULL), R53_OK);
    }
    for (size_t i = 0; i < COUNT(latencies); i++) {
        const struct latency_row *row = &latencies[backwards ? COUNT(latencies) - 1 - i : i];

        assert_int_equal(
            r53_observe_latency(observed, row->client, row->region, row->milliseconds, NULL),
            R53_OK);
    }
}

static void open_world(struct world *world, bool backwards)
{
    world_open(world, "zone ZP example.com vpc-1\n");
    observe(world->observed, backwards);
    world_look(world);
}

static const struct zone *zone_of(const r53_view *view, int kind)
{
    int32_t zone = r53__view_zone_by_id(view, kind == ZONE_PRIVATE ? "ZP" : "ZONE1");

    assert_true(zone >= 0);
    return view->zones[zone].zone;
}

/* "EU DE - 5252,1341 /24": continent, country, state, coordinates, scope; "-": not known. */
static const char *place_text(char *out, const struct client_place *place)
{
    char at[40] = "-";

    if (place->located)
        snprintf(at, sizeof(at), "%d,%d", (int)place->point.latitude, (int)place->point.longitude);
    snprintf(out, TEXT_MAX, "%s %s %s %s /%d", *place->continent ? place->continent : "-",
             *place->country ? place->country : "-", *place->subdivision ? place->subdivision : "-",
             at, (int)place->scope);
    return out;
}

static const struct place_case {
    const char *what;
    r53_query query;
    int zone;
    const char *place;
} place_cases[] = {
    {"R53-PLACE-01 the client is where its subnet is",
     {.client_subnet = "203.0.113.0/24"},
     0,
     "EU DE - 5252,1341 /24"},
    {"R53-PLACE-01 and not where its resolver is",
     {.client_subnet = "203.0.113.0/24", .resolver_address = "198.51.100.53"},
     0,
     "EU DE - 5252,1341 /24"},
    {"R53-PLACE-01 without a subnet it is where its resolver is",
     {.resolver_address = "198.51.100.53"},
     0,
     "AS JP - 3568,13969 /0"},
    {"R53-PLACE-01 a subnet of unknown place is not looked up by its resolver",
     {.client_subnet = "192.0.2.0/24", .resolver_address = "198.51.100.53"},
     0,
     "- - - - /24"},
    {"R53-PLACE-06 nothing said of the client, nothing known", {.name = NULL}, 0, "- - - - /0"},
    {"R53-PLACE-06 the longest block counts",
     {.client_subnet = "203.0.113.128/25"},
     0,
     "NA US CA - /24"},
    {"R53-PLACE-06 and it must hold the whole subnet",
     {.client_subnet = "203.0.112.0/20"},
     0,
     "EU FR - 4886,235 /20"},
    {"R53-PLACE-06 what surrounds a block does not add to it",
     {.client_subnet = "203.0.113.200"},
     0,
     "NA US CA - /24"},
    {"R53-PLACE-06 no block around it: not known",
     {.client_subnet = "203.0.0.0/8"},
     0,
     "- - - - /8"},
    {"R53-PLACE-06 families are apart", {.client_subnet = "::203.0.113.0/120"}, 0, "- - - - /48"},
    {"R53-PLACE-06 blocks of IPv6", {.resolver_address = "2001:db8:5::53"}, 0, "OC AU - - /0"},
    {"R53-PLACE-06 a continent may be all that is known",
     {.resolver_address = "2001:db8:6::53"},
     0,
     "OC - - - /0"},
    {"R53-PLACE-03 a subnet of length 0 says nothing",
     {.client_subnet = "0.0.0.0/0", .resolver_address = "198.51.100.53"},
     0,
     "AS JP - 3568,13969 /0"},
    {"R53-PLACE-03 in IPv6 neither",
     {.client_subnet = "::/0", .resolver_address = "198.51.100.53"},
     0,
     "AS JP - 3568,13969 /0"},
    {"R53-PLACE-03 and without resolver nobody is known",
     {.client_subnet = "0.0.0.0/0"},
     0,
     "- - - - /0"},
    {"R53-PLACE-04 an answer speaks for the whole subnet",
     {.client_subnet = "203.0.0.0/18"},
     0,
     "EU FR - 4886,235 /18"},
    {"R53-PLACE-04 but for a /24 at least",
     {.client_subnet = "203.0.113.7/32"},
     0,
     "EU DE - 5252,1341 /24"},
    {"R53-PLACE-04 in IPv6 for a /48", {.client_subnet = "2001:db8:1:2::/64"}, 0, "OC AU - - /48"},
    {"R53-PLACE-04 in IPv6 as long as the subnet",
     {.client_subnet = "2001:db8::/40"},
     0,
     "OC AU - - /40"},
    {"R53-PLACE-04 a place that was said is that of this subnet, too",
     {.client_subnet = "192.0.2.0/24", .country_code = "BR"},
     0,
     "SA BR - - /24"},
    {"R53-PLACE-05 host bits are cut off",
     {.client_subnet = "203.0.113.77/24"},
     0,
     "EU DE - 5252,1341 /24"},
    {"R53-PLACE-05 an address is a subnet of its own",
     {.client_subnet = "203.0.113.77"},
     0,
     "EU DE - 5252,1341 /24"},
    {"R53-PLACE-06 the query's own words come first",
     {.client_subnet = "203.0.113.0/24", .country_code = "US", .subdivision_code = "NY"},
     0,
     "NA US NY - /24"},
    {"R53-PLACE-06 with coordinates",
     {.has_coordinates = 1, .latitude = -3387, .longitude = 15121, .country_code = "AU"},
     0,
     "OC AU - -3387,15121 /0"},
    {"R53-PLACE-06 coordinates alone are in no country",
     {.resolver_address = "198.51.100.53", .has_coordinates = 1},
     0,
     "- - - 0,0 /0"},
    {"R53-PLACE-06 a place without coordinates gets none from elsewhere",
     {.client_subnet = "203.0.113.0/24", .continent_code = "EU"},
     0,
     "EU - - - /24"},
    {"R53-PRIV-12 R53-GEO-07 in a private zone the VPC's region is the place",
     {.vpc_id = "vpc-1", .vpc_region = "us-west-2"},
     ZONE_PRIVATE,
     "NA US OR 4584,-11970 /0"},
    {"R53-PRIV-12 R53-GEO-07 outside of the US there are no states",
     {.vpc_id = "vpc-1", .vpc_region = "eu-west-1"},
     ZONE_PRIVATE,
     "EU IE - 5335,-626 /0"},
    {"R53-PLACE-02 there the subnet plays no part",
     {.vpc_id = "vpc-1", .vpc_region = "eu-west-1", .client_subnet = "203.0.113.0/24"},
     ZONE_PRIVATE,
     "EU IE - 5335,-626 /0"},
    {"R53-PRIV-12 nor does a place that is said",
     {.vpc_id = "vpc-1", .vpc_region = "eu-west-1", .country_code = "BR", .has_coordinates = 1},
     ZONE_PRIVATE,
     "EU IE - 5335,-626 /0"},
    {"R53-PRIV-12 R53-AZ-06 the region may come from the zone id",
     {.vpc_id = "vpc-1", .availability_zone_id = "apne1-az1"},
     ZONE_PRIVATE,
     "AS JP - 3568,13969 /0"},
    {"R53-PRIV-12 or from the zone's association",
     {.vpc_id = "vpc-1"},
     ZONE_PRIVATE,
     "EU IE - 5335,-626 /0"},
    {"R53-PRIV-12 a VPC of unknown region is nowhere",
     {.vpc_id = "vpc-9", .client_subnet = "203.0.113.0/24", .country_code = "DE"},
     ZONE_PRIVATE,
     "- - - - /0"},
    {"R53-PRIV-12 in a public zone the VPC's region is not asked",
     {.vpc_id = "vpc-1", .vpc_region = "eu-west-1", .client_subnet = "203.0.113.0/24"},
     0,
     "EU DE - 5252,1341 /24"},
};

static void client_of(struct client *client, const r53_query *query)
{
    r53_query q = *query;

    q.size = sizeof(q);
    assert_int_equal(r53__client_parse(client, &q), R53_OK);
}

static void check_place(void **state)
{
    const struct place_case *c = *state;

    for (int backwards = 0; backwards < 2; backwards++) {
        struct client_place place;
        struct client client;
        struct world world;
        char text[TEXT_MAX];

        open_world(&world, backwards == 1);
        client_of(&client, &c->query);
        r53__client_place(world.view, &client, zone_of(world.view, c->zone), &place);
        assert_string_equal(place_text(text, &place), c->place);
        assert_int_equal(place.in_vpc, c->zone == ZONE_PRIVATE);
        world_close(&world);
    }
}

/* Microseconds, exact if observed; an estimate is within a millisecond. */
static const struct latency_case {
    const char *what;
    r53_query query;
    int zone;
    const char *region;
    int32_t source;
    int64_t value;
} latency_cases[] = {
    {"R53-LATENCY-05 what was told of the client's block",
     {.client_subnet = "203.0.113.0/25"},
     0,
     "us-east-1",
     LATENCY_OBSERVED,
     90000},
    {"R53-LATENCY-05 0 is a latency",
     {.client_subnet = "203.0.113.0/25"},
     0,
     "eu-central-1",
     LATENCY_OBSERVED,
     0},
    {"R53-LATENCY-05 the longest block",
     {.client_subnet = "203.0.113.130"},
     0,
     "us-east-1",
     LATENCY_OBSERVED,
     41000},
    {"R53-LATENCY-05 regions that it does not name are estimated",
     {.client_subnet = "203.0.113.0/25"},
     0,
     "eu-north-1",
     LATENCY_ESTIMATED,
     15100},
    {"R53-LATENCY-06 or not known, without coordinates",
     {.client_subnet = "203.0.113.130"},
     0,
     "us-west-1",
     LATENCY_UNKNOWN,
     0},
    {"R53-LATENCY-05 R53-PLACE-03 a subnet of length 0 has no block",
     {.client_subnet = "0.0.0.0/0"},
     0,
     "us-east-1",
     LATENCY_UNKNOWN,
     0},
    {"R53-LATENCY-05 of the state",
     {.country_code = "US", .subdivision_code = "CA"},
     0,
     "us-west-1",
     LATENCY_OBSERVED,
     10000},
    {"R53-LATENCY-05 and of that alone",
     {.country_code = "US", .subdivision_code = "CA"},
     0,
     "us-east-1",
     LATENCY_UNKNOWN,
     0},
    {"R53-LATENCY-05 of the country",
     {.country_code = "US", .subdivision_code = "NY"},
     0,
     "us-west-1",
     LATENCY_OBSERVED,
     30000},
    {"R53-LATENCY-05 of the continent",
     {.country_code = "DE"},
     0,
     "us-east-1",
     LATENCY_OBSERVED,
     85000},
    {"R53-LATENCY-05 of Asia", {.country_code = "JP"}, 0, "us-east-1", LATENCY_OBSERVED, 170000},
    {"R53-LATENCY-05 American Samoa is not Asia",
     {.country_code = "AS"},
     0,
     "us-east-1",
     LATENCY_OBSERVED,
     171000},
    {"R53-LATENCY-05 the place may be that of the block",
     {.client_subnet = "203.0.0.0/18"},
     0,
     "us-east-1",
     LATENCY_OBSERVED,
     85000},
    {"R53-LATENCY-05 without a table by distance",
     {.has_coordinates = 1, .latitude = 5151, .longitude = -13},
     0,
     "us-east-1",
     LATENCY_ESTIMATED,
     78968},
    {"R53-LATENCY-05 at the region itself the least",
     {.has_coordinates = 1, .latitude = 3904, .longitude = -7749},
     0,
     "us-east-1",
     LATENCY_ESTIMATED,
     5000},
    {"R53-LATENCY-06 a client of unknown place",
     {.client_subnet = "192.0.2.0/24"},
     0,
     "us-east-1",
     LATENCY_UNKNOWN,
     0},
    {"R53-LATENCY-06 a country is no coordinates",
     {.country_code = "BR"},
     0,
     "sa-east-1",
     LATENCY_UNKNOWN,
     0},
    {"R53-LATENCY-07 R53-PRIV-12 the VPC's own region comes first",
     {.vpc_region = "eu-west-1"},
     ZONE_PRIVATE,
     "eu-west-1",
     LATENCY_ESTIMATED,
     0},
    {"R53-LATENCY-07 what was told of the region",
     {.vpc_region = "eu-west-1"},
     ZONE_PRIVATE,
     "eu-central-1",
     LATENCY_OBSERVED,
     25000},
    {"R53-LATENCY-07 others by distance",
     {.vpc_region = "eu-west-1"},
     ZONE_PRIVATE,
     "us-east-1",
     LATENCY_ESTIMATED,
     73000},
    {"R53-LATENCY-07 R53-PLACE-02 the block plays no part",
     {.vpc_region = "us-west-1", .client_subnet = "203.0.113.0/24"},
     ZONE_PRIVATE,
     "us-east-1",
     LATENCY_ESTIMATED,
     53100},
    {"R53-LATENCY-07 nor the place of the region",
     {.vpc_region = "us-west-1"},
     ZONE_PRIVATE,
     "us-east-1",
     LATENCY_ESTIMATED,
     53100},
    {"R53-LATENCY-07 R53-LATENCY-06 a VPC of unknown region",
     {.vpc_id = "vpc-9", .client_subnet = "203.0.113.0/24"},
     ZONE_PRIVATE,
     "us-east-1",
     LATENCY_UNKNOWN,
     0},
    {"R53-LATENCY-07 a region of the VPC is not asked in public zones",
     {.vpc_region = "eu-west-1"},
     0,
     "eu-central-1",
     LATENCY_UNKNOWN,
     0},
    {"R53-LATENCY-06 no latency to a region that is not known",
     {.client_subnet = "203.0.113.0/24"},
     0,
     "eu-north-9",
     LATENCY_UNKNOWN,
     0},
    {"R53-LATENCY-06 from nowhere neither",
     {.name = NULL},
     ZONE_PRIVATE,
     "eu-north-9",
     LATENCY_UNKNOWN,
     0},
};

static void check_latency(void **state)
{
    const struct latency_case *c = *state;

    for (int backwards = 0; backwards < 2; backwards++) {
        struct client_place place;
        struct client client;
        struct latency latency;
        struct world world;

        open_world(&world, backwards == 1);
        client_of(&client, &c->query);
        r53__client_place(world.view, &client, zone_of(world.view, c->zone), &place);
        latency =
            r53__client_latency(r53__client_latencies(world.view, &client, &place), &place,
                                r53__region_find(r53__span(c->region)));
        assert_int_equal(latency.source, c->source);
        if (c->source == LATENCY_ESTIMATED && c->value > 5000)
            assert_in_range(latency.value, c->value - 1000, c->value + 1000);
        else
            assert_true(latency.value == c->value);
        world_close(&world);
    }
}

static const struct zone_case {
    const char *what;
    r53_query query;
    const char *id, *group, *region;
} zone_cases[] = {
    {"R53-AZ-06 the group is the first of the region",
     {.availability_zone_id = "use1-az1"},
     "use1-az1",
     "us-east-1-zg-1",
     "us-east-1"},
    {"R53-AZ-06 unless it is said",
     {.availability_zone_id = "usw2-az3", .availability_zone_group = "us-west-2-zg-2"},
     "usw2-az3",
     "us-west-2-zg-2",
     "us-west-2"},
    {"R53-AZ-06 a zone of a region that is not in the table",
     {.availability_zone_id = "new1-az1"},
     "new1-az1",
     "",
     NULL},
    {"R53-PLACE-08 the zone is what the resolver reports, not where the subnet is",
     {.client_subnet = "203.0.113.0/24", .country_code = "DE"},
     "",
     "",
     NULL},
    {"R53-PLACE-08 and nothing else tells it",
     {.vpc_id = "vpc-1", .vpc_region = "us-east-1"},
     "",
     "",
     NULL},
};

static void check_zone(void **state)
{
    const struct zone_case *c = *state;
    struct client client;
    char room[AZ_GROUP_MAX];

    client_of(&client, &c->query);
    assert_string_equal(client.az_id, c->id);
    assert_string_equal(r53__client_az_group(&client, room), c->group);
    if (c->region)
        assert_string_equal(client.az_region->name, c->region);
    else
        assert_null(client.az_region);
}

/* The prefix that CIDR blocks are compared with; "": none. */
static const struct prefix_case {
    const char *what;
    r53_query query;
    int zone;
    const char *prefix;
} prefix_cases[] = {
    {"R53-PLACE-01 the subnet", {.client_subnet = "203.0.113.77/24"}, 0, "203.0.113.0/24"},
    {"R53-PLACE-01 the resolver's address",
     {.resolver_address = "2001:db8::53"},
     0,
     "2001:db8::53/128"},
    {"R53-PLACE-03 the resolver's address in place of an empty subnet",
     {.client_subnet = "::/0", .resolver_address = "198.51.100.53"},
     0,
     "198.51.100.53/32"},
    {"R53-CIDR-08 nothing known of the client", {.name = NULL}, 0, ""},
    {"R53-CIDR-08 in a private zone nothing is known",
     {.client_subnet = "203.0.113.77/24"},
     ZONE_PRIVATE,
     ""},
};

static void check_prefix(void **state)
{
    const struct prefix_case *c = *state;
    char buffer[PREFIX_TEXT_MAX] = "";
    struct prefix prefix;
    struct client client;
    struct world world;
    struct text text;

    open_world(&world, false);
    client_of(&client, &c->query);
    r53__text_init(&text, buffer, sizeof(buffer));
    if (r53__client_prefix(&client, zone_of(world.view, c->zone), &prefix))
        r53__prefix_put(&text, &prefix);
    assert_string_equal(buffer, c->prefix);
    world_close(&world);
}

static const struct refused_case {
    const char *what;
    r53_query query;
} refused[] = {
    {"R53-PLACE-05 a subnet that is none", {.client_subnet = "203.0.113.0/33"}},
    {"R53-PLACE-05 a word for a subnet", {.client_subnet = "office"}},
    {"R53-PLACE-01 a resolver without an address", {.resolver_address = "dns.example.com"}},
    {"R53-GEOPROX-02 a latitude out of range", {.has_coordinates = 1, .latitude = 9001}},
    {"R53-GEOPROX-02 a longitude out of range", {.has_coordinates = 1, .longitude = -18001}},
    {"R53-GEOPROX-02 coordinates are there or not", {.has_coordinates = 7}},
    {"R53-DATA-06 a country of three letters", {.country_code = "GER"}},
    {"R53-DATA-06 a country in lower case", {.country_code = "de"}},
    {"R53-DATA-06 an eighth continent", {.continent_code = "XX"}},
    {"R53-GEO-06 a country outside of its continent",
     {.continent_code = "AF", .country_code = "DE"}},
    {"R53-DATA-07 a state without country", {.subdivision_code = "CA"}},
    {"R53-DATA-05 a region that does not exist", {.vpc_region = "us-east-9"}},
    {"R53-AZ-06 a group longer than any",
     {.availability_zone_group =
          "a-group-of-availability-zones-with-a-name-that-goes-on-and-on-and-on-1"}},
};

static void check_refused(void **state)
{
    const struct refused_case *c = *state;
    r53_disposition disposition = {.size = sizeof(disposition)};
    r53_query query = c->query;
    struct world world;

    world_open(&world, "www A 192.0.2.1\n");
    query.size = sizeof(query);
    query.name = "www.example.com";
    assert_int_equal(r53_dispatch(world.view, &query, &disposition, NULL), R53_E_INVALID);
    query = (r53_query){.size = sizeof(query), .name = "www.example.com"};
    assert_int_equal(r53_dispatch(world.view, &query, &disposition, NULL), R53_OK);
    world_close(&world);
}

/* Empty texts are as good as none: bindings have no NULL. */
static void empty_texts(void **state)
{
    r53_query query = {.size = sizeof(query),
                       .continent_code = "",
                       .country_code = "",
                       .subdivision_code = "",
                       .vpc_region = "",
                       .vpc_id = "",
                       .availability_zone_id = "",
                       .availability_zone_group = ""};
    struct client client;
    char room[AZ_GROUP_MAX];

    (void)state;
    assert_int_equal(r53__client_parse(&client, &query), R53_OK);
    assert_false(client.placed);
    assert_null(client.vpc_region);
    assert_string_equal(r53__client_az_group(&client, room), "");
}

int main(void)
{
    static struct CMUnitTest tests[COUNT(place_cases) + COUNT(latency_cases) + COUNT(zone_cases) +
                                   COUNT(prefix_cases) + COUNT(refused) + 1];
    size_t n = 0;

    ADD_CASES(tests, n, place_cases, check_place);
    ADD_CASES(tests, n, latency_cases, check_latency);
    ADD_CASES(tests, n, zone_cases, check_zone);
    ADD_CASES(tests, n, prefix_cases, check_prefix);
    ADD_CASES(tests, n, refused, check_refused);
    ADD_TEST(tests, n, "empty texts are as good as none", empty_texts);
    return RUN_TESTS("client", tests, n);
}
