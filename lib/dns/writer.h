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

/*
 * Begins a response of at most `limit` octets: header and question. `qname` is the queried name in
 * lower case. false: the limit holds not even these and the OPT.
 */
bool r53__writer_begin(struct writer *w, const struct message *query, struct name qname,
                       uint8_t *out, size_t limit);

/*
 * Begins an RRset, or goes on with the one before if section, type and owner are its. What is
 * optional may be left out when there is no room; without anything else the message is truncated.
 */
void r53__writer_rrset(struct writer *w, int32_t section, uint16_t type, uint32_t ttl,
                       struct name owner, bool is_optional);

/*
 * An answer of one record owned by the queried name, with nothing in it to be compressed, in place
 * of r53__writer_rrset and r53__writer_record: no other record may follow.
 */
void r53__writer_single(struct writer *w, uint16_t type, uint32_t ttl, const uint8_t *rdata,
                        size_t length);

/* A record of the RRset begun last; names in the rdata are uncompressed and lower case. */
void r53__writer_record(struct writer *w, const uint8_t *rdata, size_t length);

/* Takes all records back, as for SERVFAIL. */
void r53__writer_clear(struct writer *w);

/* Writes the OPT and the header; returns the length of the message. */
size_t r53__writer_end(struct writer *w, const struct writer_end *end);

#endif
