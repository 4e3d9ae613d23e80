/*
 * A query as it comes from the wire: header, one question, EDNS with client subnet (RFC 1035 4.1,
 * RFC 6891, RFC 7871). Any octets may come; what cannot be answered has an rcode.
 *
 * The queried name is checked, lower-cased and hashed in one go, straight into the place that the
 * look-up reads it from: a name is handled once, and nothing of it is copied again.
 */
#ifndef R53_LIB_DNS_MESSAGE_H
#define R53_LIB_DNS_MESSAGE_H

#include "dns/name.h"
#include "net/address.h"

enum {
    MESSAGE_HEADER = 12,   /* octets */
    MESSAGE_MAX = 65535,   /* over TCP: the length has two octets */
    UDP_PAYLOAD_MIN = 512, /* RFC 1035 4.2.1 */
    QUESTION_FIXED = 4,    /* octets behind the name: type and class */
    QUESTION_MAX = NAME_OCTETS_MAX + QUESTION_FIXED
};

enum { MESSAGE_OPCODE_QUERY = 0, MESSAGE_CLASS_IN = 1, MESSAGE_CLASS_ANY = 255 };

/* Flags of a header's third and fourth octet, as one number. */
enum {
    MESSAGE_QR = 0x8000,
    MESSAGE_AA = 0x0400,
    MESSAGE_TC = 0x0200,
    MESSAGE_RD = 0x0100,
    MESSAGE_CD = 0x0010,
    MESSAGE_OPCODE = 0x7800
};

/* What a query's own octets call for; the numbers are DNS's. */
enum message_rcode {
    MESSAGE_OK = 0, /* to be answered from the zones */
    MESSAGE_FORMERR = 1,
    MESSAGE_NOTIMP = 4,
    MESSAGE_REFUSED = 5,
    MESSAGE_BADVERS = 16 /* its upper bits go into the OPT */
};

struct message {
    const uint8_t *octets; /* borrowed */
    uint16_t flags;
    uint16_t question_length; /* octets behind the header to be sent back, 0: none */
    uint16_t type, class;
    int32_t rcode; /* enum message_rcode */
    bool has_edns, dnssec_ok, has_subnet;
    uint8_t version;      /* of EDNS */
    uint16_t udp_size;    /* the asker's, 0 without EDNS */
    struct prefix subnet; /* of the client; the length may be 0 (R53-PLACE-03) */
};

/* The queried name, for the look-up. */
struct question_name {
    struct name_buffer *name;
    uint64_t *hash;
    unsigned *labels;
};

/*
 * Reads a query. false: not to be answered at all (R53-DNS-07). The name is filled if
 * `question_length` is not 0. O(length).
 */
bool r53__message_parse(struct message *out, const struct question_name *name,
                        const uint8_t *octets, size_t length);

static inline uint16_t r53__load_u16(const uint8_t *at)
{
    return (uint16_t)(at[0] << 8 | at[1]);
}

static inline void r53__store_u16(uint8_t *at, unsigned value)
{
    at[0] = (uint8_t)(value >> 8);
    at[1] = (uint8_t)value;
}

static inline void r53__store_u32(uint8_t *at, uint32_t value)
{
    r53__store_u16(at, value >> 16);
    r53__store_u16(at + 2, value & 0xffff);
}

#endif
