/*
 * Conditions of rules, sealed: everything that needs reading is read when the rule is made, so that
 * a request is compared with patterns, prefixes and programs that stand ready.
 */
#ifndef R53_LIB_MODEL_CONDITION_H
#define R53_LIB_MODEL_CONDITION_H

#include <r53/listener.h>

#include "model/pattern.h"
#include "model/regex.h"
#include "net/address.h"

/* In the order of the words in condition.c, from 1. */
enum condition_field {
    CONDITION_NONE,
    CONDITION_HOST_HEADER,
    CONDITION_PATH_PATTERN,
    CONDITION_HTTP_HEADER,
    CONDITION_REQUEST_METHOD,
    CONDITION_QUERY_STRING,
    CONDITION_SOURCE_IP
};

struct condition {
    int32_t field;           /* enum condition_field */
    int32_t family;          /* source-ip of a network load balancer: ADDRESS_IPV4 ...; else 0 */
    const char *header_name; /* http-header */
    const struct pattern *values;  /* host-header, path-pattern, http-header, query-string */
    const struct pattern *keys;    /* query-string: one a value */
    const char *const *methods;    /* http-request-method */
    const struct prefix *prefixes; /* source-ip */
    const struct regex *regexes;
    uint32_t n_values; /* length of what the field uses of the above */
    uint32_t n_regexes;
};

extern const struct words r53__condition_fields;

/*
 * Reads a condition; faults are told by the spec. `engine` is the rule's copy. What was compiled
 * before a fault stays in `condition`, to be released.
 */
void r53__condition_read(struct spec *spec, struct condition *condition, const r53_condition *from,
                         const r53_regex_engine *engine, bool full_match);
void r53__condition_release(const struct condition *condition);

/* Values of the older form become those of the newer one where that says nothing (ELB-VAL-07). */
void r53__condition_unite(r53_condition *in);

/* How the patterns of a field are made: enum pattern_flag. */
uint32_t r53__condition_pattern_flags(int32_t field);

#endif
