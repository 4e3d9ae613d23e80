/*
 * IP addresses and prefixes: text <-> octets in network order.
 *
 * One struct for both families, so that tables, clients and record values speak of the same thing.
 * An address is compared by its octets; what an IPv4 address does not use is 0.
 */
#ifndef R53_LIB_NET_ADDRESS_H
#define R53_LIB_NET_ADDRESS_H

#include "base/text.h"

enum {
    ADDRESS_NONE = 0,
    ADDRESS_IPV4 = 4,
    ADDRESS_IPV6 = 6,
    IPV4_OCTETS = 4,
    IPV6_OCTETS = 16,
    ADDRESS_TEXT_MAX = 46, /* eight groups, or a mapped IPv4 address, and NUL */
    PREFIX_TEXT_MAX = ADDRESS_TEXT_MAX + 4
};

struct address {
    uint8_t family; /* ADDRESS_NONE, _IPV4, _IPV6 */
    uint8_t octets[16];
};

struct prefix {
    struct address address; /* bits behind the length are 0 */
    uint8_t length;
};

/* 4, 16, or 0 for no address. */
size_t r53__address_size(const struct address *address);

/*
 * A dotted quad without leading zeros, or RFC 4291 text (also with an IPv4 tail; no zone id). The
 * whole span; false leaves `out` as it was.
 */
bool r53__address_parse(struct span text, struct address *out);

/* Dotted quad or RFC 5952 text; IPv4-mapped addresses as ::ffff:192.0.2.1. No address: nothing. */
void r53__address_put(struct text *text, const struct address *address);

bool r53__address_equal(const struct address *a, const struct address *b);

/*
 * "203.0.113.0/24", or a plain address, which is a prefix of full length. Host bits are cut off
 * (R53-PLACE-05). false leaves `out` as it was.
 */
bool r53__prefix_parse(struct span text, struct prefix *out);

/* The prefix of `length` bits (at most the family's) around the address. */
struct prefix r53__prefix(const struct address *address, unsigned length);

/* "203.0.113.0/24" */
void r53__prefix_put(struct text *text, const struct prefix *prefix);

/* Same family and the leading bits equal. */
bool r53__prefix_contains(const struct prefix *prefix, const struct address *address);

#endif
