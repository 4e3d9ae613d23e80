#include "dns/message.h"

#include <string.h>

enum { TYPE_OPT = 41 };

enum {
    RECORD_FIXED = 10, /* octets between a record's owner and its rdata */
    OPTION_FIXED = 4,  /* code and length of an EDNS option */
    OPTION_SUBNET = 8, /* RFC 7871 */
    SUBNET_FIXED = 4,  /* family and the two lengths */
    FAMILY_IPV4 = 1,
    FAMILY_IPV6 = 2,
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

int32_t r53__message_judge(const struct message *message, bool well_formed)
{
    if (message->flags & MESSAGE_OPCODE)
        return MESSAGE_NOTIMP; /* R53-DNS-07, R53-DNS-15 */
    if (!well_formed)
        return MESSAGE_FORMERR;
    if (message->version > 0)
        return MESSAGE_BADVERS; /* R53-DNS-05 */
    if (message->class != MESSAGE_CLASS_IN && message->class != MESSAGE_CLASS_ANY)
        return MESSAGE_REFUSED; /* R53-DISP-10 */
    if (message->type == TYPE_AXFR || message->type == TYPE_IXFR)
        return MESSAGE_REFUSED; /* R53-DNS-15 */
    return MESSAGE_OK;
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

/* Only an OPT means something. Octets behind the records are ignored. */
bool r53__message_records(struct message *out, size_t length)
{
    struct reader r = {out->octets + MESSAGE_HEADER + out->question_length, out->octets + length};
    uint32_t before, all;

    before = (uint32_t)r53__load_u16(out->octets + 6) + r53__load_u16(out->octets + 8);
    all = before + r53__load_u16(out->octets + 10);
    for (uint32_t i = 0; i < all; i++) {
        if (!read_record(out, &r, i >= before))
            return false;
    }
    return true;
}
