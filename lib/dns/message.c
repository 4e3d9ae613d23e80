#include "dns/message.h"

#include <string.h>

enum { TYPE_OPT = 41, TYPE_IXFR = 251, TYPE_AXFR = 252 };

enum {
    RECORD_FIXED = 10, /* octets between a record's owner and its rdata */
    OPTION_FIXED = 4,  /* code and length of an EDNS option */
    OPTION_SUBNET = 8, /* RFC 7871 */
    SUBNET_FIXED = 4,  /* family and the two lengths */
    FAMILY_IPV4 = 1,
    FAMILY_IPV6 = 2,
    COUNTS = 6,          /* octets of the three counts of records */
    LABEL_END = 63,      /* octets of the longest label */
    POINTER_BITS = 0xc0, /* RFC 1035 4.1.4; 0x40 and 0x80 were never given a meaning */
    DNSSEC_OK = 0x80
};

/* The octets not read yet. */
struct reader {
    const uint8_t *at, *end;
};

static size_t left(const struct reader *r)
{
    return (size_t)(r->end - r->at);
}

static bool read_question(struct message *m, const struct question_name *name, struct reader *r);
static bool read_records(struct message *m, struct reader *r);

bool r53__message_parse(struct message *out, const struct question_name *name,
                        const uint8_t *octets, size_t length)
{
    struct reader r = {octets + MESSAGE_HEADER, octets + length};
    bool well_formed;

    if (length < MESSAGE_HEADER || octets[2] & MESSAGE_QR >> 8)
        return false; /* R53-DNS-07 */
    *out = (struct message){.octets = octets, .flags = r53__load_u16(octets + 2)};
    well_formed =
        r53__load_u16(octets + 4) == 1 && read_question(out, name, &r) && read_records(out, &r);
    if (out->flags & MESSAGE_OPCODE)
        out->rcode = MESSAGE_NOTIMP; /* R53-DNS-07, R53-DNS-15 */
    else if (!well_formed)
        out->rcode = MESSAGE_FORMERR;
    else if (out->version > 0)
        out->rcode = MESSAGE_BADVERS; /* R53-DNS-05 */
    else if (out->class != MESSAGE_CLASS_IN && out->class != MESSAGE_CLASS_ANY)
        out->rcode = MESSAGE_REFUSED; /* R53-DISP-10 */
    else if (out->type == TYPE_AXFR || out->type == TYPE_IXFR)
        out->rcode = MESSAGE_REFUSED; /* R53-DNS-15 */
    return true;
}

/*
 * The queried name. No name stands before it that a pointer could lead to, so one is no valid name
 * (R53-DNS-07), and there are no circles. 0: no name; else its octets.
 */
static size_t name_length(const struct reader *r, unsigned *labels)
{
    size_t room = left(r) < NAME_OCTETS_MAX ? left(r) : NAME_OCTETS_MAX; /* R53-DNS-16 */
    unsigned n = 0;

    for (size_t at = 0; at < room; n++) {
        uint8_t label = r->at[at];

        if ((uint8_t)(label - 1) >= LABEL_END) { /* the root, or none that RFC 1035 knows */
            *labels = n;
            return label == 0 ? at + 1 : 0;
        }
        at += 1u + label;
    }
    return 0;
}

static bool read_question(struct message *m, const struct question_name *name, struct reader *r)
{
    size_t length = name_length(r, name->labels);

    if (length == 0 || left(r) - length < QUESTION_FIXED)
        return false;
    name->name->length = (uint8_t)length;
    r53__name_lower(name->name->octets, r->at, length);
    *name->hash = r53__name_hash(r53__name(name->name), 0);
    m->type = r53__load_u16(r->at + length);
    m->class = r53__load_u16(r->at + length + 2);
    m->question_length = (uint16_t)(length + QUESTION_FIXED);
    r->at += m->question_length;
    return true;
}

/* Passes over an owner, compressed or not: nothing is looked for behind a pointer. */
static bool skip_name(struct reader *r)
{
    while (left(r) > 0) {
        uint8_t label = *r->at++;

        if (label == 0)
            return true;
        if ((label & POINTER_BITS) == POINTER_BITS) {
            if (left(r) == 0)
                return false;
            r->at++;
            return true;
        }
        if (label & POINTER_BITS || left(r) < label)
            return false;
        r->at += label;
    }
    return false;
}

/*
 * RFC 7871 6. R53-PLACE-05: an address that is longer or shorter than its prefix says, or has bits
 * behind it, is malformed; families that are not known are ignored.
 */
static bool read_subnet(struct message *m, const uint8_t *option, size_t length)
{
    struct address address = {.family = ADDRESS_NONE};
    struct prefix prefix;
    unsigned family, source;

    if (length < SUBNET_FIXED)
        return false;
    family = r53__load_u16(option);
    source = option[2];
    if (family != FAMILY_IPV4 && family != FAMILY_IPV6)
        return true;
    address.family = family == FAMILY_IPV4 ? ADDRESS_IPV4 : ADDRESS_IPV6;
    if (option[3] != 0 || source > 8 * r53__address_size(&address) ||
        length - SUBNET_FIXED != (source + 7) / 8)
        return false;
    memcpy(address.octets, option + SUBNET_FIXED, length - SUBNET_FIXED);
    prefix = r53__prefix(&address, source);
    if (!r53__address_equal(&prefix.address, &address))
        return false;
    m->subnet = prefix;
    m->has_subnet = true;
    return true;
}

/* Options other than the first client subnet are passed over, COOKIE among them (R53-DNS-05). */
static bool read_options(struct message *m, const uint8_t *at, size_t length)
{
    while (length > 0) {
        size_t size;

        if (length < OPTION_FIXED)
            return false;
        size = r53__load_u16(at + 2);
        if (length - OPTION_FIXED < size)
            return false;
        if (r53__load_u16(at) == OPTION_SUBNET && !m->has_subnet &&
            !read_subnet(m, at + OPTION_FIXED, size))
            return false;
        at += OPTION_FIXED + size;
        length -= OPTION_FIXED + size;
    }
    return true;
}

/* RFC 6891 6.1.1: one OPT, owned by the root. */
static bool read_opt(struct message *m, bool is_root, const uint8_t *fixed, size_t length)
{
    if (m->has_edns || !is_root)
        return false;
    m->has_edns = true;
    m->udp_size = r53__load_u16(fixed + 2);
    m->version = fixed[5];
    m->dnssec_ok = fixed[6] & DNSSEC_OK;
    /* options of a version that is not known may mean anything */
    return m->version > 0 || read_options(m, fixed + RECORD_FIXED, length);
}

static bool read_record(struct message *m, struct reader *r, bool is_additional)
{
    const uint8_t *owner = r->at, *fixed;
    size_t length;

    if (!skip_name(r) || left(r) < RECORD_FIXED)
        return false;
    fixed = r->at;
    length = r53__load_u16(fixed + 8);
    if (left(r) - RECORD_FIXED < length)
        return false;
    r->at += RECORD_FIXED + length;
    if (r53__load_u16(fixed) != TYPE_OPT)
        return true;
    return is_additional && read_opt(m, owner + 1 == fixed, fixed, length);
}

/* All records behind the question; only an OPT means something. Octets behind them are ignored. */
static bool read_records(struct message *m, struct reader *r)
{
    static const uint8_t none[COUNTS];
    uint32_t before, all;

    if (memcmp(m->octets + 6, none, COUNTS) == 0) /* all three counts */
        return true;
    before = (uint32_t)r53__load_u16(m->octets + 6) + r53__load_u16(m->octets + 8);
    all = before + r53__load_u16(m->octets + 10);
    for (uint32_t i = 0; i < all; i++) {
        if (!read_record(m, r, i >= before))
            return false;
    }
    return true;
}
