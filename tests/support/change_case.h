/*
 * A call of the change door of load balancers as a row of a table: what stands there, the call, and
 * what it comes to. What is refused has changed nothing, and a view can be made of what is not.
 */
#ifndef R53_TESTS_SUPPORT_CHANGE_CASE_H
#define R53_TESTS_SUPPORT_CHANGE_CASE_H

#include <stdint.h>

struct change_case {
    const char *what;
    const char *lines; /* of elb_calls.h: the last one is the call, those before it succeed */
    int32_t rc;
    const char *aws_name, *text; /* of the refusal, or the note; "": nothing is said */
};

/* A test of cmocka's; its state is a struct change_case. */
void change_case_check(void **state);

#endif
