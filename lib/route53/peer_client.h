/*
 * The client of a query on the wire: what the message's client subnet and the peer say of it. Apart
 * from reading either, because it is worked out only when a policy or a load balancer is about to
 * look at the client, which few do.
 */
#ifndef R53_LIB_ROUTE53_PEER_CLIENT_H
#define R53_LIB_ROUTE53_PEER_CLIENT_H

#include <r53/respond.h>

#include "dns/message.h"
#include "route53/client.h"

/* Does the peer say more of its place than its address? In line: once for every query. */
static inline bool r53__peer_is_placed(const r53_peer *peer)
{
    uintptr_t texts = (uintptr_t)peer->continent_code | (uintptr_t)peer->country_code |
                      (uintptr_t)peer->subdivision_code | (uintptr_t)peer->vpc_id |
                      (uintptr_t)peer->vpc_region | (uintptr_t)peer->availability_zone |
                      (uintptr_t)peer->availability_zone_id |
                      (uintptr_t)peer->availability_zone_group;

    return peer->has_coordinates || texts != 0; /* one test in place of nine */
}

/* The place that a peer says, as a query says it; no name, no address. */
r53_query r53__peer_query(const r53_peer *peer);

/* Reads the place that such a peer says, and begins the client with it. R53_OK, R53_E_INVALID. */
int32_t r53__peer_place(const r53_peer *peer, struct client *client);

/*
 * Fills the client in, for the first time or again. That of a placed peer was begun by
 * r53__peer_place; that of others is begun here.
 */
void r53__peer_client(const r53_peer *peer, const struct message *message, struct client *client);

#endif
