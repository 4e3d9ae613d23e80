/*
 * Record types: one row of operations each. Value syntax of Route 53 (RFC 1035 presentation format
 * on one line) <-> uncompressed wire rdata with names in lower case.
 *
 * Values are compared in wire form (R53-RDATA-18). What `print` writes is canonical, not what was
 * given; who lists values as given keeps their text. That a value has at most
 * VALUE_CHARACTERS_MAX characters is for the caller to check.
 */
#ifndef R53_LIB_DNS_RDATA_H
#define R53_LIB_DNS_RDATA_H

#include "dns/name.h"

enum {
    RDATA_OCTETS_MAX = 4096, /* a value has at most 4000 characters (R53-TYPE-07) */
    VALUE_CHARACTERS_MAX = 4000
};

/* What a type may be, R53-TYPE-02. */
enum {
    TYPE_AT_APEX = 1,    /* may stand at the apex */
    TYPE_BELOW_APEX = 2, /* may stand below it */
    TYPE_GROUPED = 4,    /* may use weighted, latency, failover ... */
    TYPE_MULTIVALUE = 8, /* may use multivalue answer */
    TYPE_ALIAS = 16,     /* may be an alias */
    TYPE_SINGLE = 32     /* exactly one value */
};

/* What is wrong with a value; code and words as Route 53 writes them (R53-ERR-12). */
struct rdata_fault {
    const char *code;  /* "ARRDATAIllegalIPv4Address" */
    const char *words; /* "Value is not a valid IPv4 address" */
};

struct rr_type {
    uint16_t number;
    uint16_t flags;
    const char *name;
    /* Value -> wire. `out` has room for RDATA_OCTETS_MAX. false: `fault` says why. */
    bool (*parse)(struct span value, uint8_t *out, size_t *length, struct rdata_fault *fault);
    /* Wire -> value. The rdata is one that `parse` made. */
    void (*print)(struct text *text, const uint8_t *rdata, size_t length);
};

/*
 * No type at all, in front of all others by name: what a name has that owns no record set here, and
 * exists all the same.
 */
extern const struct rr_type r53__type_none;

/* Row of a type that Route 53 can hold, or NULL. */
const struct rr_type *r53__type_find(uint16_t number);
/* The type's name; of one without a row "TYPE65280" (RFC 3597). */
void r53__type_put(struct text *text, uint16_t number);
const struct rr_type *r53__type_by_name(struct span name); /* exact upper case, as the API has it */

/*
 * The name inside rdata that additional-section processing looks up (NS, CNAME, MX, SRV, SVCB,
 * HTTPS); empty (length 0) for other types, PTR among them (RFC 1035 3.3.12).
 */
struct name r53__rdata_target(uint16_t type, const uint8_t *rdata, size_t length);

/*
 * The same for a record of this owner, which is meant where SVCB or HTTPS name the root: in service
 * mode their own name, in alias mode none at all (RFC 9460 2.5).
 */
struct name r53__rdata_target_under(uint16_t type, const uint8_t *rdata, size_t length,
                                    struct name owner);

#endif
