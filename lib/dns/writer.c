#include "dns/writer.h"

#include <r53/type.h>

#include <string.h>

enum {
    OPT_SIZE = 11,
    OPT_TYPE = 41,
    OPT_DNSSEC_OK = 0x8000, /* in the lower half of the TTL */
    SUBNET_OPTION = 8,
    SUBNET_FIXED = 8,    /* option's code and length, family, the two lengths */
    POINTER_MAX = 0x3fff /* highest place in a message that a pointer can tell */
};

/* Octets of the client subnet option's address: as many as its prefix fills. */
static size_t subnet_octets(const struct message *query)
{
    return (query->subnet.length + 7u) / 8;
}

size_t r53__opt_size(const struct message *query)
{
    return OPT_SIZE + (query->has_subnet ? SUBNET_FIXED + subnet_octets(query) : 0);
}

void r53__writer_clear(struct writer *w)
{
    w->length = MESSAGE_HEADER + (size_t)w->query->question_length;
    memset(w->counts, 0, sizeof(w->counts));
}

/*
 * Where names stand in rdata that may be compressed (R53-DNS-08): RFC 1035's types and no others.
 */
struct layout {
    uint8_t before, names; /* octets in front of the names, names one behind the other */
};

static struct layout layout_of(uint16_t type)
{
    switch (type) {
    case R53_TYPE_NS:
    case R53_TYPE_CNAME:
    case R53_TYPE_PTR:
        return (struct layout){0, 1};
    case R53_TYPE_MX:
        return (struct layout){2, 1};
    case R53_TYPE_SOA:
        return (struct layout){0, 2};
    default:
        return (struct layout){0, 0};
    }
}

void r53__writer_rrset(struct writer *w, int32_t section, uint16_t type, uint32_t ttl,
                       struct name owner, bool is_optional)
{
    bool goes_on = section == w->section && type == w->type && r53__name_equal(owner, w->owner);
    struct layout layout;

    w->ttl = ttl;
    if (goes_on)
        return;
    layout = layout_of(type);
    w->rdata_before = layout.before;
    w->rdata_names = layout.names;
    w->section = section;
    w->type = type;
    w->owner = owner;
    w->is_optional = is_optional;
    w->is_dropped = w->truncated;
    w->set_start = w->length;
    w->set_count = 0;
    w->set_suffixes = w->n_suffixes;
    w->owner_at = owner.octets == w->qname.octets ? POINTER | MESSAGE_HEADER : 0;
}

/* Takes the dictionary back to its first n suffixes: they are first in their chains. */
static void forget(struct writer *w, uint32_t n);

/* The RRset does not fit: all of it goes, and what must not be missing takes the others along. */
static void drop(struct writer *w)
{
    w->is_dropped = true;
    forget(w, w->set_suffixes);
    w->length = w->set_start;
    w->counts[w->section] = (uint16_t)(w->counts[w->section] - w->set_count);
    if (w->is_optional)
        return;
    w->truncated = true;
    r53__writer_clear(w);
}

static bool put_name(struct writer *w, struct name name);
static bool put_octets(struct writer *w, const uint8_t *octets, size_t length);
static bool put_rdata(struct writer *w, const uint8_t *rdata, size_t length);

/* The first record of an RRset writes the owner out, the others point to it. */
static bool put_owner(struct writer *w)
{
    size_t at = w->length;

    if (w->owner_at != 0) {
        if (w->limit - at < POINTER_SIZE)
            return false;
        r53__store_u16(w->out + at, w->owner_at);
        w->length += POINTER_SIZE;
        return true;
    }
    if (!put_name(w, w->owner))
        return false;
    if (w->length - at == POINTER_SIZE) /* all of it stood there already */
        w->owner_at = r53__load_u16(w->out + at);
    else if (at <= POINTER_MAX && w->owner.length > 1)
        w->owner_at = (uint16_t)(POINTER | at);
    return true;
}

static void write_fixed(const struct writer *w, uint8_t *at, size_t length)
{
    r53__store_u16(at, w->type);
    r53__store_u16(at + 2, MESSAGE_CLASS_IN);
    r53__store_u32(at + 4, w->ttl);
    r53__store_u16(at + 8, (unsigned)length);
}

static bool put_record(struct writer *w, const uint8_t *rdata, size_t length)
{
    uint8_t *fixed;

    if (!put_owner(w) || w->limit - w->length < RECORD_FIXED)
        return false;
    fixed = w->out + w->length;
    w->length += RECORD_FIXED;
    if (!put_rdata(w, rdata, length))
        return false;
    write_fixed(w, fixed, (size_t)(w->out + w->length - fixed) - RECORD_FIXED);
    return true;
}

/* Nothing to compress, as in nearly all records: one check, one copy. */
static bool put_plain(struct writer *w, const uint8_t *rdata, size_t length)
{
    uint8_t *at = w->out + w->length;

    if (w->limit - w->length < POINTER_SIZE + RECORD_FIXED + length)
        return false;
    r53__store_u16(at, w->owner_at);
    write_fixed(w, at + POINTER_SIZE, length);
    memcpy(at + POINTER_SIZE + RECORD_FIXED, rdata, length);
    w->length += POINTER_SIZE + RECORD_FIXED + length;
    return true;
}

void r53__writer_record(struct writer *w, const uint8_t *rdata, size_t length)
{
    if (w->is_dropped)
        return;
    w->set_count++;
    w->counts[w->section]++;
    if (w->owner_at != 0 && w->rdata_names == 0 ? !put_plain(w, rdata, length)
                                                : !put_record(w, rdata, length))
        drop(w);
}

static bool put_octets(struct writer *w, const uint8_t *octets, size_t length)
{
    if (w->limit - w->length < length)
        return false;
    memcpy(w->out + w->length, octets, length);
    w->length += length;
    return true;
}

static bool put_rdata(struct writer *w, const uint8_t *rdata, size_t length)
{
    size_t at = w->rdata_before;

    if (!put_octets(w, rdata, at))
        return false;
    for (unsigned i = 0; i < w->rdata_names; i++) {
        struct name name = {rdata + at, 1};

        while (rdata[at + name.length - 1])
            name.length += 1u + rdata[at + name.length - 1];
        if (!put_name(w, name))
            return false;
        at += name.length;
    }
    return put_octets(w, rdata + at, length - at);
}

/* Chains by what tells names of a zone apart best for its price: length and first octet. */
static unsigned chain_of(struct name name)
{
    return (unsigned)(name.length * 5 + name.octets[1]) % DICTIONARY_CHAINS;
}

static void remember(struct writer *w, struct name suffix, size_t position)
{
    uint8_t *chain = &w->chains[chain_of(suffix)];

    if (w->n_suffixes == DICTIONARY_MAX || position > POINTER_MAX)
        return;
    w->suffixes[w->n_suffixes] =
        (struct suffix){suffix.octets, (uint16_t)position, (uint8_t)suffix.length, *chain};
    *chain = (uint8_t)w->n_suffixes++;
}

static void forget(struct writer *w, uint32_t n)
{
    while (w->n_suffixes > n) {
        const struct suffix *last = &w->suffixes[--w->n_suffixes];

        w->chains[chain_of((struct name){last->octets, last->length})] = last->next;
    }
}

/* The queried name and what it ends with are the first to be pointed to. */
static void dictionary_begin(struct writer *w)
{
    size_t position = MESSAGE_HEADER;

    memset(w->chains, DICTIONARY_END, sizeof(w->chains));
    for (struct name at = w->qname; at.length > 1; at = r53__name_parent(at)) {
        remember(w, at, position);
        position += 1u + at.octets[0];
    }
}

/* A pointer to where the suffix stands, or 0. */
static uint16_t pointer_to(const struct writer *w, struct name suffix)
{
    uint8_t i = w->chains[chain_of(suffix)];

    while (i != DICTIONARY_END) {
        const struct suffix *known = &w->suffixes[i];

        if (r53__name_equal(suffix, (struct name){known->octets, known->length}))
            return (uint16_t)(POINTER | known->position);
        i = known->next;
    }
    return 0;
}

/* RFC 1035 4.1.4: labels as far as they are new, then a pointer or the root. */
static bool put_name(struct writer *w, struct name name)
{
    static const uint8_t root = 0;
    uint8_t tail[POINTER_SIZE];
    struct name at = name;
    uint16_t pointer = 0;

    if (w->n_suffixes == 0)
        dictionary_begin(w);
    while (at.length > 1 && (pointer = pointer_to(w, at)) == 0) {
        remember(w, at, w->length + (name.length - at.length));
        at = r53__name_parent(at);
    }
    if (!put_octets(w, name.octets, name.length - at.length))
        return false;
    if (pointer == 0)
        return put_octets(w, &root, 1);
    r53__store_u16(tail, pointer);
    return put_octets(w, tail, sizeof(tail));
}

/* RFC 7871 6, R53-PLACE-04: what the query said, and for whom the answer is. */
static void put_subnet(struct writer *w, uint8_t scope)
{
    const struct prefix *subnet = &w->query->subnet;
    uint8_t *at = w->out + w->length;
    size_t octets = subnet_octets(w->query);

    r53__store_u16(at, SUBNET_OPTION);
    r53__store_u16(at + 2, (unsigned)(octets + SUBNET_FIXED - 4));
    r53__store_u16(at + 4, subnet->address.family == ADDRESS_IPV4 ? 1 : 2);
    at[6] = subnet->length;
    at[7] = scope;
    memcpy(at + SUBNET_FIXED, subnet->address.octets, octets);
    w->length += SUBNET_FIXED + octets;
}

/* RFC 6891 6.1.2; room was set aside. R53-DNS-05; R53-SEC-09: DO is sent back. */
void r53__writer_opt(struct writer *w, const struct writer_end *end)
{
    uint8_t *at = w->out + w->length;
    uint32_t ttl = (uint32_t)(end->rcode >> 4) << 24;

    if (w->query->dnssec_ok)
        ttl |= OPT_DNSSEC_OK;
    at[0] = 0;
    r53__store_u16(at + 1, OPT_TYPE);
    r53__store_u16(at + 3, end->udp_size);
    r53__store_u32(at + 5, ttl);
    r53__store_u16(at + 9, (unsigned)(r53__opt_size(w->query) - OPT_SIZE));
    w->length += OPT_SIZE;
    w->counts[WRITER_ADDITIONAL]++;
    if (w->query->has_subnet)
        put_subnet(w, end->scope);
}
