/*
 * What goes into which section: from a route to RRsets in a sink, as the service answers them. The
 * values in random order, the apex NS with positive answers, the SOA with negative ones, addresses
 * of targets besides.
 *
 * The sink decides what becomes of an RRset: records in a buffer (answer.c), or octets of a message
 * (respond.c). It sees RRsets in the order of the sections, each whole before the next begins; it
 * cannot be asked what it holds, so that whatever is decided by it is remembered here.
 */
#ifndef R53_LIB_ROUTE53_SECTIONS_H
#define R53_LIB_ROUTE53_SECTIONS_H

#include "route53/route.h"

/* What the records of an RRset have in common. */
struct rrset {
    int32_t section; /* enum r53_section */
    uint16_t type;
    uint32_t ttl;
    struct name owner; /* stays where it is until the answer is written */
    bool optional;     /* the answer is whole without it */
};

struct answer_sink {
    /*
     * Begins an RRset; of the same section, owner and type as the one before, it goes on with it.
     */
    void (*begin)(struct answer_sink *sink, const struct rrset *rrset);
    /* One record of the RRset begun last; the rdata lies in the view. */
    void (*value)(struct answer_sink *sink, const uint8_t *rdata, size_t length);
};

/* The forms that other authoritative servers give. */
struct section_options {
    bool minimal;     /* no apex NS with positive answers, no addresses but glue */
    bool single_any;  /* ANY is answered by one RRset (RFC 8482) */
    bool chase_cname; /* RFC 1034 4.3.2 step 3a, inside the cloud's zones (R53-DNS-10) */
};

/* The outcome in the message's header, and what it rests on. */
struct section_result {
    int32_t rcode; /* enum r53_rcode */
    bool authoritative;
    int32_t scope; /* bits of the client's subnet that the answer speaks for (R53-PLACE-04) */
};

/*
 * Writes what the route came to. R53_OK, or what a stage of the groups that type ANY asks for says.
 */
int32_t r53__sections_write(struct answer_sink *sink, const struct route_input *input,
                            const struct route *route, struct section_options options,
                            struct section_result *result);

#endif
