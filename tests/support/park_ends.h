/*
 * The library's exact outcomes beside those that a park's naive model gives.
 */
#ifndef R53_TESTS_SUPPORT_PARK_ENDS_H
#define R53_TESTS_SUPPORT_PARK_ENDS_H

#include "support/park_naive.h"

/* Ends the test unless the outcomes have exactly these ends and shares; `seed` is told. */
void park_expect_ends(const r53_view *view, const r53_query *query,
                      const struct park_request *request, const struct park_ends *wanted,
                      uint64_t seed);

#endif
