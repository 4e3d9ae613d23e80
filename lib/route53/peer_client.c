#include "route53/peer_client.h"

#include <string.h>

r53_query r53__peer_query(const r53_peer *peer)
{
    r53_query query = {.size = sizeof(query)};

    query.vpc_id = peer->vpc_id;
    query.vpc_region = peer->vpc_region;
    query.has_coordinates = peer->has_coordinates;
    query.latitude = peer->latitude;
    query.longitude = peer->longitude;
    query.continent_code = peer->continent_code;
    query.country_code = peer->country_code;
    query.subdivision_code = peer->subdivision_code;
    query.availability_zone = peer->availability_zone;
    query.availability_zone_id = peer->availability_zone_id;
    query.availability_zone_group = peer->availability_zone_group;
    return query;
}

int32_t r53__peer_place(const r53_peer *peer, struct client *client)
{
    const r53_query query = r53__peer_query(peer);

    return r53__client_parse_place(client, &query);
}

/* The peer's own address, whole; it has one. Lengths that compilers know are no calls. */
static struct prefix sender(const r53_peer *peer)
{
    struct prefix out = {.length = (uint8_t)(8 * peer->n_address)};

    if (peer->n_address == IPV4_OCTETS) {
        out.address.family = ADDRESS_IPV4;
        memcpy(out.address.octets, peer->address, IPV4_OCTETS);
    } else {
        out.address.family = ADDRESS_IPV6;
        memcpy(out.address.octets, peer->address, IPV6_OCTETS);
    }
    return out;
}

/* R53-PLACE-01; R53-PLACE-03: an empty subnet says nothing, so the sender's address counts. */
void r53__peer_client(const r53_peer *peer, const struct message *message, struct client *client)
{
    if (!r53__peer_is_placed(peer))
        *client = r53__client_anybody;
    client->has_subnet = message->has_subnet;
    client->subnet_length = message->subnet.length;
    client->prefix = message->subnet;
    if (message->subnet.length == 0 && peer->address)
        client->prefix = sender(peer);
}
