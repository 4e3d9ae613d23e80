/*
 * A query as it comes from the wire: header, one question, EDNS with client subnet (RFC 1035 4.1,
 * RFC 6891, RFC 7871). Any octets may come; what cannot be answered has an rcode.
 *
 * The queried name is checked, lower-cased and hashed in one go, straight into the place that the
 * look-up reads it from: a name is handled once, and nothing of it is copied again. A query without
 * further records is read in line; what lies behind its question is for functions of its own.
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
    QUESTION_MAX = NAME_OCTETS_MAX + QUESTION_FIXED,
    QUESTION_STARTS = NAME_LABELS_MAX + 1 /* one more, in a name that turns out too long */
};

enum { MESSAGE_OPCODE_QUERY = 0, MESSAGE_CLASS_IN = 1, MESSAGE_CLASS_ANY = 255 };
enum { TYPE_IXFR = 251, TYPE_AXFR = 252 };

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

/* The queried name, for the look-up. */
struct question_name {
    struct name_buffer *name;
    uint8_t *starts; /* of the labels in the name; room for QUESTION_STARTS */
    uint64_t *hash;
    unsigned *labels;
};

/* Reads the records behind the question, `length` octets in all; false: malformed. O(length) */
bool r53__message_records(struct message *out, size_t length);

/* What a message calls for that is no plain query: enum message_rcode. */
int32_t r53__message_judge(const struct message *message, bool well_formed);

/*
 * The end of the queried name, which begins behind the header; 0: no name. No name stands before it
 * that a pointer could lead to, so one is no valid name (R53-DNS-07), and there are no circles.
 */
static inline size_t r53__question_walk(const struct question_name *name, const uint8_t *at,
                                        size_t room)
{
    uint8_t *start = name->starts;

    if (room > NAME_OCTETS_MAX) /* R53-DNS-16 */
        room = NAME_OCTETS_MAX;
    for (size_t i = 0; i < room;) {
        uint8_t label = at[i];

        if ((uint8_t)(label - 1) >= NAME_LABEL_MAX) { /* the root, or none that RFC 1035 knows */
            *name->labels = (unsigned)(start - name->starts);
            return label == 0 ? i + 1 : 0;
        }
        *start++ = (uint8_t)i;
        i += 1u + label;
    }
    return 0;
}

/* The one question; false: there is no whole one. */
static inline bool r53__question_read(struct message *m, const struct question_name *name,
                                      size_t length)
{
    const uint8_t *at = m->octets + MESSAGE_HEADER;
    size_t room = length - MESSAGE_HEADER, n = r53__question_walk(name, at, room);

    if (n == 0 || room - n < QUESTION_FIXED)
        return false;
    name->name->length = (uint8_t)n;
    r53__name_lower(name->name->octets, at, n);
    *name->hash = r53__name_hash(r53__name(name->name), 0);
    m->type = r53__load_u16(at + n);
    m->class = r53__load_u16(at + n + 2);
    m->question_length = (uint16_t)(n + QUESTION_FIXED);
    return true;
}

/* Is there one question and nothing else? */
static inline bool r53__message_is_bare(const uint8_t *octets)
{
    static const uint8_t one_question[] = {0, 1, 0, 0, 0, 0, 0, 0};

    return memcmp(octets + 4, one_question, sizeof(one_question)) == 0;
}

/*
 * Reads a query. false: not to be answered at all (R53-DNS-07). The name is filled if
 * `question_length` is not 0. O(length). In line: once for every query, and most are bare.
 */
static inline bool r53__message_parse(struct message *out, const struct question_name *name,
                                      const uint8_t *octets, size_t length)
{
    bool is_bare, well_formed;

    if (length < MESSAGE_HEADER || octets[2] & MESSAGE_QR >> 8)
        return false;
    *out = (struct message){.octets = octets, .flags = r53__load_u16(octets + 2)};
    is_bare = r53__message_is_bare(octets);
    well_formed = (is_bare || r53__load_u16(octets + 4) == 1) &&
                  r53__question_read(out, name, length) &&
                  (is_bare || r53__message_records(out, length));
    if (!well_formed || out->flags & MESSAGE_OPCODE || out->class != MESSAGE_CLASS_IN ||
        out->version > 0 || out->type >= TYPE_IXFR)
        out->rcode = r53__message_judge(out, well_formed);
    return true;
}

#endif
