/* What a report says of one member that a check refuses. */
#ifndef R53_TESTS_SUPPORT_REFUSED_H
#define R53_TESTS_SUPPORT_REFUSED_H

#include <r53/report.h>

/*
 * The report has one finding: at `path`, whose text names the value and what was expected. `path`
 * NULL: it has none.
 */
void expect_refused(r53_report *report, const char *path, const char *value);

#endif
