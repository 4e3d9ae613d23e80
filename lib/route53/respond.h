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

/* Octets of UDP payload that we send and take at most (R53-DNS-04, R53-DNS-05). */
uint16_t r53__peer_udp_size(const r53_peer *peer);

/* Octets that a response may have: what the transport allows, and no more than there is room for.
 */
size_t r53__response_limit(const r53_peer *peer, const struct message *message, size_t capacity);

#endif
