/*
 * A regex engine for tests, on the C library's: enough to see what is asked of an engine. It counts
 * the programs that were not given back and can be told to fail.
 */
#ifndef R53_TESTS_SUPPORT_REGEX_ENGINE_H
#define R53_TESTS_SUPPORT_REGEX_ENGINE_H

#include <r53/regex.h>

#include <stdbool.h>

struct regex_counts {
    long live;        /* programs not given back */
    long compiles;    /* asked for */
    long fail_at;     /* compile number that runs out of memory, 0: none */
    int32_t match_rc; /* what match answers, 0: what is true */
    bool bad_spans;   /* match tells of bytes that there are not */
};

/* The engine keeps a pointer to `counts`. */
r53_regex_engine regex_engine(struct regex_counts *counts);

#endif
