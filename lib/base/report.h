/*
 * Filling a report from inside. AWS's messages are templates; what is put into them are the names
 * and values at hand.
 */
#ifndef R53_LIB_BASE_REPORT_H
#define R53_LIB_BASE_REPORT_H

#include <r53/report.h>

/* What is said; `format` as r53__put_template with args[0..7], unused ones NULL. */
struct remark {
    int32_t severity; /* 0: error */
    int32_t code;     /* 0: R53_E_INVALID for errors */
    int32_t rule;     /* rule number, 0: none */
    const char *aws_name;
    const char *path; /* added to the report's place; NULL: that place alone */
    const char *format;
    const char *args[8];
};

/* Adds the finding; does nothing without a report. Returns the code, for `return`. */
int32_t r53__remark(r53_report *report, const struct remark *remark);

/* Refuses in AWS's words: {0} is the value at fault, {1} another one. Returns the code. */
int32_t r53__refuse(r53_report *report, int32_t code, int32_t rule, const char *aws_name,
                    const char *format, const char *value, const char *other);

/* "an allocation failed"; returns R53_E_NOMEM. Needs no memory itself if it is the first
 * error told without. */
int32_t r53__remark_nomem(r53_report *report);

#endif
