/*
 * A record that is written out once and then copied into many responses: the SOA of a zone's
 * negative answers. It is made for the question of its owner's own name; where the question is a
 * name below the owner, everything stands further back by as many octets as that name is longer,
 * so each compression pointer grows by that number and nothing else changes. Its names point to no
 * more of the question than the owner; the writer would find more where they share more with the
 * queried name, and write some octets less of the same.
 */
#ifndef R53_LIB_DNS_PREPARED_H
#define R53_LIB_DNS_PREPARED_H

#include "dns/writer.h"

enum {
    PREPARED_POINTERS = 3,                        /* the owner, two names of an SOA */
    PREPARED_MAX = 12 + 2 * NAME_OCTETS_MAX + 20, /* octets */
};

struct prepared {
    const uint8_t *octets; /* borrowed; compressed record, owner and fixed part included */
    uint16_t length;       /* 0: there is none */
    uint16_t pointers[PREPARED_POINTERS]; /* where the pointers stand in the octets */
    uint8_t n_pointers;
    uint8_t owner_length; /* of the owner's name */
};

/* An SOA to be prepared. */
struct prepared_soa {
    struct name owner;
    uint32_t ttl;
    const uint8_t *rdata; /* uncompressed */
    size_t length;
};

/*
 * Writes the record to `octets`, which has room for PREPARED_MAX and is then borrowed. false: it is
 * owned by the root or malformed, which is left to the writer.
 */
bool r53__prepared_make(struct prepared *out, uint8_t *octets, const struct prepared_soa *soa);

/*
 * Puts the record into the authority section, as the only one of a response whose queried name is
 * the owner or below it. false: no room, and nothing is written.
 */
bool r53__prepared_write(const struct prepared *prepared, struct writer *w);

#endif
