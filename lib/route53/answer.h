/*
 * An answer: records in three sections over one growing buffer of octets. It copies all it holds,
 * and allocates only while it grows.
 */
#ifndef R53_LIB_ROUTE53_ANSWER_H
#define R53_LIB_ROUTE53_ANSWER_H

#include "route53/route.h"

struct answer_record {
    int32_t section, type;
    uint32_t ttl;
    uint32_t owner, rdata; /* offsets in the octets */
    uint16_t owner_length, rdata_length;
};

struct r53_answer {
    struct memory memory;
    struct answer_record *records;
    size_t count, capacity;
    uint8_t *octets;
    size_t n_octets, octets_capacity;
    char *scratch; /* texts lent by the getters */
    size_t scratch_capacity;
    bool failed; /* sticky: an allocation failed */

    int32_t rcode, authoritative, disposition, origin, hops, scope;
    size_t zone_id, set_identifier, alias_name, load_balancer; /* texts: offsets in the octets */
};

/* Empties it, keeping its memory. */
void r53__answer_reset(struct r53_answer *answer);

/* Appends a record; sticky on lack of memory. */
void r53__answer_put(struct r53_answer *answer, int32_t section, struct name owner, int32_t type,
                     uint32_t ttl, const uint8_t *rdata, size_t length);

/* Copies a text into the octets, NUL-terminated; returns its offset. */
size_t r53__answer_text(struct r53_answer *answer, const char *text);

/*
 * Writes what the route came to: all sections and the summary. As r53__sections_write.
 */
int32_t r53__answer_write(struct r53_answer *answer, const struct route_input *input,
                          const struct route *route);

#endif
