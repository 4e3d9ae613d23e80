/*
 * Transforms (ELB-ALB-XFORM-01): the first match of a regex in the host, or in path and query,
 * gives way to a replacement. The result is never stored: it is written, whole or a part of it,
 * straight into the text where it is wanted.
 */
#ifndef R53_LIB_ELB_REWRITE_H
#define R53_LIB_ELB_REWRITE_H

#include "base/text.h"
#include "model/rule.h"

struct rewrite {
    struct span input;
    const char *replace; /* NULL: no transform, or it does not match: the input stays */
    r53_regex_span spans[R53_REGEX_SPANS];
};

enum rewrite_part {
    REWRITE_ALL,
    REWRITE_PATH,     /* of a URL: up to "?", without its first "/" */
    REWRITE_QUERY,    /* of a URL: behind "?" */
    REWRITE_HOST_NAME /* of a host: lower case, without port */
};

/*
 * Applies the rule's transform of this type, if it has one, to the input. 1: it has one and it
 * matches; 0: the input stays; an error code of the engine. `rule` may be NULL.
 */
int32_t r53__rewrite_find(struct rewrite *rewrite, const struct rule *rule, int32_t type,
                          struct span input);

void r53__rewrite_put(struct text *text, const struct rewrite *rewrite, enum rewrite_part part);

#endif
