/* Looking for sentences in a trace, as its host reads it. */
#ifndef R53_TESTS_SUPPORT_TRACE_TEXT_H
#define R53_TESTS_SUPPORT_TRACE_TEXT_H

#include <r53/trace.h>

#include <stdbool.h>

/* Does a record say just this text, by this rule ("ELB-ALG-01"; NULL: any)? */
bool trace_tells(const r53_trace *trace, const char *text, const char *rule);

#endif
