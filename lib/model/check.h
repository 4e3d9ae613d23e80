/*
 * One judgement, two doors: what the change API refuses, import only warns of (R53-JSON-09). The
 * checks are the same; who calls them says how grave a breach is.
 */
#ifndef R53_LIB_MODEL_CHECK_H
#define R53_LIB_MODEL_CHECK_H

#include "base/report.h"
#include "base/rules.h"

/* Which door is it? */
enum door { DOOR_IMPORT, DOOR_CHANGE };

struct checker {
    r53_report *report;
    int32_t severity;     /* R53_SEVERITY_ERROR or R53_SEVERITY_WARNING */
    const char *aws_name; /* "InvalidChangeBatch" */
    const char *path;     /* place in the input, NULL: the report's own */
    size_t breaches;      /* counted whether or not there is a report */
};

/* Adds a breach of the rule; `format` with args[0..7], NULL where unused. */
void r53__breach(struct checker *checker, int32_t rule, const char *format,
                 const char *const args[8]);

/* The args, written in place. */
#define ARGS(...) ((const char *const[8]){__VA_ARGS__})

#endif
