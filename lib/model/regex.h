/*
 * Regular expressions of rules: programs of the engine that the host lent to the cloud. A program
 * belongs to the rule that holds it and is given back when the last view lets go of the rule.
 */
#ifndef R53_LIB_MODEL_REGEX_H
#define R53_LIB_MODEL_REGEX_H

#include <r53/regex.h>

#include "model/spec.h"

struct regex {
    const r53_regex_engine *engine; /* the rule's copy */
    void *program;
    const char *text; /* as it was written */
};

struct regex_maker {
    const r53_regex_engine *engine; /* size 0: none */
    bool full;                      /* ELB-ALB-COND-71: the whole text has to match */
    bool ignore_case;               /* ELB-ALB-COND-72 */
};

/*
 * Compiles; without an engine, or for a pattern that it refuses, the spec is faulty and names the
 * member.
 */
void r53__regex_make(struct regex *regex, struct spec *spec, const struct regex_maker *maker,
                     const char *member, const char *pattern);
void r53__regex_release(const struct regex *regex);

/* 1, 0, or an error code, as the engine's `match`. */
int32_t r53__regex_match(const struct regex *regex, struct span text, r53_regex_span *spans,
                         size_t n_spans);

#endif
