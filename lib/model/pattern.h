/*
 * The patterns of rule conditions, as they are matched: made once when a rule is sealed, read for
 * each request.
 *
 * A pattern stays one string of bytes. Wildcards become two control characters, which no value and
 * no text can hold as themselves (ELB-ALB-RULE-08); so an escaped "\*" is a plain "*", and matching
 * needs no second array. Runs of "*" are one (ELB-ALB-COND-03), and letters are lower case where
 * case does not count.
 */
#ifndef R53_LIB_MODEL_PATTERN_H
#define R53_LIB_MODEL_PATTERN_H

#include "base/alloc.h"
#include "base/text.h"

enum pattern_byte {
    PATTERN_MANY = 1, /* "*": any number of any bytes */
    PATTERN_ONE = 2,  /* "?": one visible character */
    PATTERN_NEVER = 3 /* a byte that takes no part in matching: nothing matches it */
};

enum pattern_flag {
    PATTERN_IGNORE_CASE = 1,
    PATTERN_ESCAPES = 2 /* "\*" and "\?" are literals (ELB-ALB-COND-50) */
};

struct pattern {
    const char *at; /* NULL: no pattern, which a query-string key may be */
    uint32_t length;
    uint32_t flags;   /* enum pattern_flag */
    const char *text; /* as it was written; NULL as `at` */
};

/* Makes the pattern of the text; NULL makes none. false: no memory. */
bool r53__pattern_make(struct pattern *pattern, struct arena *arena, const char *text,
                       uint32_t flags);

/* Wildcards in the text as it was written (ELB-ALB-RULE-07). */
uint32_t r53__pattern_wildcards(const char *text, uint32_t flags);

/* Printable ASCII, blank included: what takes part in matching (ELB-ALB-RULE-08). */
static inline bool r53__is_visible(char c)
{
    return c >= 0x20 && c <= 0x7e;
}

#endif
