/*
 * What the responder and its steps one by one have in common.
 */
#ifndef R53_LIB_ROUTE53_RESPOND_H
#define R53_LIB_ROUTE53_RESPOND_H

#include <r53/respond.h>

#include "dns/writer.h"

/*
 * The peer, read: the caller's own struct if it has our size, else `copy`; NULL is anybody. NULL:
 * it is not valid.
 */
const r53_peer *r53__peer_read(r53_peer *copy, const r53_peer *peer);

/*
 * What r53_respond_many does where waiting for memory is what answers cost: all queries go through
 * each step before the next. The exchanges are valid. O(n)
 */
void r53__respond_together(const r53_view *view, r53_exchange *const *exchanges, size_t n);

enum { UDP_SIZE_DEFAULT = 4096 }; /* R53-DNS-04, R53-DNS-05 */

/* Octets of UDP payload that we send and take at most (R53-DNS-04, R53-DNS-05). */
static inline uint16_t r53__peer_udp_size(const r53_peer *peer)
{
    if (peer->max_udp_size == 0)
        return UDP_SIZE_DEFAULT;
    return peer->max_udp_size > UDP_PAYLOAD_MIN ? (uint16_t)peer->max_udp_size : UDP_PAYLOAD_MIN;
}

/*
 * Octets that a response may have: what the transport allows, and no more than there is room for.
 * In line, as what it needs: once for every query.
 */
static inline size_t r53__response_limit(const r53_peer *peer, const struct message *message,
                                         size_t capacity)
{
    size_t limit = UDP_PAYLOAD_MIN;

    if (peer->transport == R53_TRANSPORT_TCP) {
        limit = MESSAGE_MAX; /* R53-DNS-18 */
    } else if (message->udp_size > UDP_PAYLOAD_MIN) {
        limit = r53__peer_udp_size(peer);
        if (message->udp_size < limit)
            limit = message->udp_size;
    }
    return capacity < limit ? capacity : limit;
}

#endif
