/*
 * Health checks, and what was seen of them, as text; cloud_text knows these lines too.
 *
 *   check a http                        kinds as AWS calls them, in lower case
 *   check b tcp 3/16 inverted           3 of 16 checkers find the endpoint healthy
 *   check c calculated threshold=2 children=a,b disabled
 *   check d cloudwatch_metric missing=3 alarm=1,3   enum r53_insufficient_data; alarm states in
 * turn check e recovery_control down       up or down: given whole saw f 3/16 the same words of a
 * check that is not described
 */
#ifndef R53_TESTS_SUPPORT_CHECK_TEXT_H
#define R53_TESTS_SUPPORT_CHECK_TEXT_H

#include <r53/import.h>

#include <stdbool.h>

enum { CHECK_TEXT_CHILDREN = 64 };

/* Says the line to the import; false: it is about something else. Ends the test on a bad word. */
bool check_text_say(r53_import *import, const char *line, size_t length);

#endif
