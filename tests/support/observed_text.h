/*
 * What was observed of clients, as text, a line a statement in the order in which clients were
 * first named:
 *
 *   203.0.113.0/24 EU DE - 5252,1341      a place; "-": not known
 *   US-CA us-west-1 10, us-east-1 62      latencies of a client
 */
#ifndef R53_TESTS_SUPPORT_OBSERVED_TEXT_H
#define R53_TESTS_SUPPORT_OBSERVED_TEXT_H

#include <r53/observed.h>

enum { OBSERVED_TEXT_MAX = 4096 };

/* `buffer` has room for OBSERVED_TEXT_MAX. Returns it. */
const char *observed_text(char *buffer, const r53_observed *observed);

#endif
