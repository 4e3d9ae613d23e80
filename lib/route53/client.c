#include "route53/client.h"

#include "net/distance.h"

#include <string.h>

enum {
    SCOPE_MAX_IPV4 = 24, /* R53-PLACE-04 */
    SCOPE_MAX_IPV6 = 48,
    CLIENT_TEXT_MAX = 16, /* "continent:EU", "US-CA" */
    /*
     * An estimate is a round trip over the great circle: 5 ms, and 1 ms each 80 km. Light in fibre
     * takes 1 ms each 100 km, and cables are not straight; so an estimate may stand beside observed
     * milliseconds. Among estimates alone the nearest wins whatever the numbers.
     */
    ESTIMATE_LEAST_US = 5000,
    ESTIMATE_METRES_PER_US = 80
};

const struct client r53__client_anybody = {
    .said = {.continent = "", .country = "", .subdivision = ""},
    .vpc_id = "",
    .az_id = "",
    .az_group = ""};

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

/* R53-PLACE-01, R53-PLACE-03: an empty subnet says nothing, so the resolver's address counts. */
static bool address_read(struct client *client, const r53_query *query)
{
    struct address resolver = {.family = ADDRESS_NONE};
    struct prefix subnet = {.length = 0};

    if (query->resolver_address &&
        !r53__address_parse(r53__span(query->resolver_address), &resolver))
        return false;
    if (query->client_subnet && /* R53-PLACE-05 */
        !r53__prefix_parse(r53__span(query->client_subnet), &subnet))
        return false;
    client->has_subnet = query->client_subnet != NULL;
    client->subnet_length = subnet.length;
    client->prefix = subnet;
    if (subnet.length == 0)
        client->prefix = r53__prefix(&resolver, (unsigned)r53__address_size(&resolver) * 8);
    return true;
}

/* Most queries do not: the host left the place to what was observed. */
static bool says_place(const r53_query *query)
{
    return query->has_coordinates || query->continent_code || query->country_code ||
           query->subdivision_code;
}

r53_place r53__query_place(const r53_query *query)
{
    return (r53_place){.size = sizeof(r53_place),
                       .has_coordinates = query->has_coordinates,
                       .latitude = query->latitude,
                       .longitude = query->longitude,
                       .continent_code = query->continent_code,
                       .country_code = query->country_code,
                       .subdivision_code = query->subdivision_code};
}

static bool place_read(struct client *client, const r53_query *query)
{
    const r53_place said = r53__query_place(query);
    const struct place *place = &client->said;
    struct place_fault ignored;

    if (!says_place(query))
        return true;
    if (!r53__place_read(&client->said, &said, &ignored))
        return false;
    client->placed = place->located || *place->continent || *place->country || *place->subdivision;
    return true;
}

static bool says_vpc(const r53_query *query)
{
    return query->vpc_id || query->vpc_region || query->availability_zone ||
           query->availability_zone_id || query->availability_zone_group;
}

/* A zone id whose region is not in the table is kept: it is the client's zone all the same. */
static bool vpc_read(struct client *client, const r53_query *query)
{
    struct span region = r53__span(query->vpc_region);

    if (!says_vpc(query))
        return true;
    client->vpc_id = or_empty(query->vpc_id);
    client->az_id = or_empty(query->availability_zone_id);
    client->az_name = query->availability_zone;
    client->az_region = r53__region_of_az(r53__span(client->az_id)); /* R53-AZ-06 */
    client->vpc_region = region.length ? r53__region_find(region) : client->az_region;
    client->az_group = or_empty(query->availability_zone_group);
    return (!region.length || client->vpc_region) && strlen(client->az_group) < AZ_GROUP_MAX;
}

int32_t r53__client_parse(struct client *out, const r53_query *query)
{
    *out = r53__client_anybody;
    return address_read(out, query) && place_read(out, query) && vpc_read(out, query)
               ? R53_OK
               : R53_E_INVALID;
}

int32_t r53__client_parse_place(struct client *out, const r53_query *query)
{
    *out = r53__client_anybody;
    return place_read(out, query) && vpc_read(out, query) ? R53_OK : R53_E_INVALID;
}

/* R53-AZ-06: "us-east-1-zg-1" */
const char *r53__client_az_group(const struct client *client, char room[AZ_GROUP_MAX])
{
    struct text group;

    if (*client->az_group || !client->az_region)
        return client->az_group;
    r53__text_init(&group, room, AZ_GROUP_MAX);
    r53__put(&group, client->az_region->name);
    r53__put(&group, "-zg-1");
    return room;
}

/* Region of the client's VPC: what the query says, else what the zone's association says. */
static const struct region *region_of_vpc(const struct client *client, const struct zone *zone)
{
    if (client->vpc_region)
        return client->vpc_region;
    for (uint32_t i = 0; i < zone->n_vpcs; i++) {
        if (strcmp(zone->vpcs[i].vpc_id, client->vpc_id) == 0)
            return r53__region_find(r53__span(zone->vpcs[i].vpc_region));
    }
    return NULL;
}

static int32_t subnet_scope(const struct client *client)
{
    int32_t most = client->prefix.address.family == ADDRESS_IPV4 ? SCOPE_MAX_IPV4 : SCOPE_MAX_IPV6;

    return client->subnet_length < most ? client->subnet_length : most;
}

int32_t r53__client_scope(const struct client *client, const struct zone *zone)
{
    return zone->is_private ? 0 : subnet_scope(client);
}

void r53__client_place(const r53_view *view, const struct client *client, const struct zone *zone,
                       struct client_place *out)
{
    struct place place = {.continent = "", .country = "", .subdivision = ""};
    const struct region *region = zone->is_private ? region_of_vpc(client, zone) : NULL;
    const struct observed_place *observed;

    if (region) { /* R53-PRIV-12, R53-PLACE-02 */
        place = r53__region_place(region);
    } else if (!zone->is_private && client->placed) {
        place = client->said;
    } else if (!zone->is_private) { /* R53-PLACE-06 */
        observed = r53__client_tables_place(&view->clients, &client->prefix);
        if (observed)
            place = observed->place;
    }
    *out = (struct client_place){.continent = place.continent,
                                 .country = place.country,
                                 .subdivision = place.subdivision,
                                 .located = place.located,
                                 .point = place.point,
                                 .in_vpc = zone->is_private,
                                 .region = region,
                                 .scope = r53__client_scope(client, zone)};
}

/* The latencies stated for the client's place, the smallest first: state, country, continent. */
static const struct latency_list *latencies_of_place(const struct client_tables *tables,
                                                     const struct client_place *place)
{
    const char *const parts[][3] = {{place->country, "-", place->subdivision},
                                    {place->country, "", ""},
                                    {"continent:", place->continent, ""}};
    const struct latency_list *list = NULL;

    for (size_t i = 0; i < 3 && !list; i++) {
        char client[CLIENT_TEXT_MAX];
        struct text text;

        r53__text_init(&text, client, sizeof(client));
        for (size_t k = 0; k < 3; k++)
            r53__put(&text, parts[i][k]);
        list = r53__client_tables_named(tables, client);
    }
    return list;
}

/* R53-LATENCY-05: what was stated closest to the client; in a private zone only of its region. */
const struct latency_list *r53__client_latencies(const r53_view *view, const struct client *client,
                                                 const struct client_place *place)
{
    const struct latency_list *list;

    if (place->in_vpc)
        return place->region ? r53__client_tables_named(&view->clients, place->region->name) : NULL;
    list = r53__client_tables_latency(&view->clients, &client->prefix);
    if (!list && view->clients.n_named > 0)
        list = latencies_of_place(&view->clients, place);
    return list;
}

static int64_t estimate_us(struct point from, const struct region *to)
{
    return ESTIMATE_LEAST_US + r53__distance(from, r53__region_point(to)) / ESTIMATE_METRES_PER_US;
}

struct latency r53__client_latency(const struct latency_list *list,
                                   const struct client_place *place, const struct region *region)
{
    int32_t milliseconds = list && region ? r53__latency_to(list, region) : -1;

    if (!region)
        return (struct latency){LATENCY_UNKNOWN, 0};
    if (region == place->region) /* R53-PRIV-12: a record set of the same region comes first */
        return (struct latency){LATENCY_ESTIMATED, 0};
    if (milliseconds >= 0)
        return (struct latency){LATENCY_OBSERVED, (int64_t)milliseconds * 1000};
    if (place->located)
        return (struct latency){LATENCY_ESTIMATED, estimate_us(place->point, region)};
    return (struct latency){LATENCY_UNKNOWN, 0};
}

bool r53__client_prefix(const struct client *client, const struct zone *zone, struct prefix *out)
{
    if (zone->is_private || client->prefix.address.family == ADDRESS_NONE) /* R53-CIDR-08 */
        return false;
    *out = client->prefix;
    return true;
}
