/*
 * A response as it goes over the wire: question echoed, RRsets with compressed names, OPT. It never
 * writes behind its limit: an RRset that does not fit is taken back whole (R53-DNS-04).
 *
 * Most records are owned by the queried name, which stands at a place that is known; so the
 * dictionary of names for compression is begun only when some other name is written. It holds
 * pointers to the names as given, not as written: they stay where they are until the message is
 * finished.
 */
#ifndef R53_LIB_DNS_WRITER_H
#define R53_LIB_DNS_WRITER_H

#include "dns/message.h"

enum {
    DICTIONARY_MAX = 128, /* suffixes remembered; those beyond are not pointed to */
    DICTIONARY_CHAINS = 32,
    DICTIONARY_END = 255
};

enum {
    RECORD_FIXED = 10, /* type, class, TTL, length of the rdata */
    POINTER = 0xc000,  /* RFC 1035 4.1.4 */
    POINTER_SIZE = 2
};

enum { WRITER_ANSWER, WRITER_AUTHORITY, WRITER_ADDITIONAL, WRITER_SECTIONS };

/* A name or a suffix of one that stands in the message. */
struct suffix {
    const uint8_t *octets; /* uncompressed, lower case */
    uint16_t position;     /* in the message */
    uint8_t length;
    uint8_t next; /* in its chain, DICTIONARY_END: none */
};

struct writer {
    uint8_t *out;
    size_t length, limit; /* limit: without what is set aside for the OPT */
    const struct message *query;
    struct name qname;
    uint16_t counts[WRITER_SECTIONS];
    bool truncated; /* something that must not be missing did not fit */

    /* the RRset being written */
    int32_t section;
    uint16_t type;
    uint32_t ttl;
    struct name owner;
    uint8_t rdata_before, rdata_names; /* names in the rdata, and the octets in front of them */
    bool is_optional, is_dropped;
    size_t set_start; /* where to go back to when it does not fit */
    uint16_t set_count;
    uint32_t set_suffixes;
    uint16_t owner_at; /* a pointer to the owner once it has been written, 0: not yet */

    uint32_t n_suffixes;
    uint8_t chains[DICTIONARY_CHAINS];
    struct suffix suffixes[DICTIONARY_MAX]; /* not initialised */
};

/* How a response ends. */
struct writer_end {
    int32_t rcode; /* up to 12 bits; the upper ones need EDNS */
    bool authoritative;
    uint16_t udp_size; /* that we take, told in the OPT */
    uint8_t scope;     /* of the client subnet (R53-PLACE-04) */
};

/* Octets of the OPT that answers a query with EDNS. */
size_t r53__opt_size(const struct message *query);

/* Copies a header and a question, sixteen octets a step, the last overlapping the one before. */
static inline void r53__head_copy(uint8_t *out, const uint8_t *octets, size_t length)
{
    enum { STEP = 16 };

    if (length < STEP) { /* no question */
        memcpy(out, octets, MESSAGE_HEADER);
        return;
    }
    for (size_t at = 0; at < length - STEP; at += STEP)
        memcpy(out + at, octets + at, STEP);
    memcpy(out + length - STEP, octets + length - STEP, STEP);
}

/*
 * Begins a response of at most `limit` octets: header and question. `qname` is the queried name in
 * lower case. false: the limit holds not even these and the OPT. In line: once for every query.
 */
static inline bool r53__writer_begin(struct writer *w, const struct message *query,
                                     struct name qname, uint8_t *out, size_t limit)
{
    size_t head = MESSAGE_HEADER + (size_t)query->question_length;
    size_t opt = query->has_edns ? r53__opt_size(query) : 0;

    if (limit < head + opt)
        return false;
    r53__head_copy(out, query->octets, head); /* R53-DNS-16: the question as it came */
    w->out = out;
    w->length = head;
    w->limit = limit - opt;
    w->query = query;
    w->qname = qname;
    w->truncated = w->is_dropped = false;
    w->section = -1;
    w->n_suffixes = 0;
    memset(w->counts, 0, sizeof(w->counts));
    return true;
}

/*
 * Begins an RRset, or goes on with the one before if section, type and owner are its. What is
 * optional may be left out when there is no room; without anything else the message is truncated.
 */
void r53__writer_rrset(struct writer *w, int32_t section, uint16_t type, uint32_t ttl,
                       struct name owner, bool is_optional);

/* Records of the answer that have all in common but their octets. */
struct plain_records {
    uint16_t type;
    uint32_t ttl;
    uint16_t length; /* of each rdata */
    uint16_t n;
};

/*
 * Room for an answer of records owned by the queried name, with nothing in them to be compressed,
 * in place of r53__writer_rrset and r53__writer_record: no other record may follow. Returns where
 * the first goes, each put by r53__plain_put. NULL: no room, and nothing is written.
 */
static inline uint8_t *r53__writer_plain(struct writer *w, const struct plain_records *records)
{
    size_t size = (size_t)records->n * (POINTER_SIZE + RECORD_FIXED + records->length);
    uint8_t *at = w->out + w->length;

    if (w->limit - w->length < size)
        return NULL;
    w->length += size;
    w->counts[WRITER_ANSWER] = records->n;
    return at;
}

/* Puts one of them; returns where the next one goes. Lengths that compilers know are no calls. */
static inline uint8_t *r53__plain_put(uint8_t *at, const struct plain_records *records,
                                      const uint8_t *rdata)
{
    r53__store_u16(at, POINTER | MESSAGE_HEADER);
    r53__store_u16(at + 2, records->type);
    r53__store_u16(at + 4, MESSAGE_CLASS_IN);
    r53__store_u32(at + 6, records->ttl);
    r53__store_u16(at + 10, records->length);
    at += POINTER_SIZE + RECORD_FIXED;
    if (records->length == 4)
        memcpy(at, rdata, 4);
    else if (records->length == 16)
        memcpy(at, rdata, 16);
    else
        memcpy(at, rdata, records->length);
    return at + records->length;
}

/* A record of the RRset begun last; names in the rdata are uncompressed and lower case. */
void r53__writer_record(struct writer *w, const uint8_t *rdata, size_t length);

/* Takes all records back, as for SERVFAIL. */
void r53__writer_clear(struct writer *w);

/* Writes the OPT that answers a query with EDNS, and counts it. */
void r53__writer_opt(struct writer *w, const struct writer_end *end);

/*
 * Writes the header, and the OPT; returns the length of the message. In line: once for every query.
 */
static inline size_t r53__writer_end(struct writer *w, const struct writer_end *end)
{
    unsigned kept = w->query->flags & (MESSAGE_OPCODE | MESSAGE_RD | MESSAGE_CD);
    uint8_t *header = w->out;

    if (w->query->has_edns)
        r53__writer_opt(w, end);
    r53__store_u16(header + 2, MESSAGE_QR | kept | (end->authoritative ? MESSAGE_AA : 0u) |
                                   (w->truncated ? MESSAGE_TC : 0u) |
                                   ((unsigned)end->rcode & 0xf)); /* R53-DNS-01 */
    r53__store_u16(header + 4, w->query->question_length ? 1 : 0);
    for (unsigned i = 0; i < WRITER_SECTIONS; i++)
        r53__store_u16(header + 6 + 2 * i, w->counts[i]);
    return w->length;
}

#endif
