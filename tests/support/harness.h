/*
 * What every suite needs: cmocka with its includes, COUNT, and tables whose rows are tests of their
 * own, so that a failure names its rule.
 */
#ifndef R53_TESTS_SUPPORT_HARNESS_H
#define R53_TESTS_SUPPORT_HARNESS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/*
 * Appends a test a row to `tests` at `n`: rows must have a first member `const char *what`.
 *   size_t n = 0; struct CMUnitTest tests[COUNT(cases) + 3];
 *   ADD_CASES(tests, n, cases, check_case);
 */
#define ADD_CASES(tests, n, cases, function)                                                       \
    do {                                                                                           \
        for (size_t i_ = 0; i_ < COUNT(cases); i_++)                                               \
            (tests)[(n)++] = (struct CMUnitTest){(cases)[i_].what, function, NULL, NULL,           \
                                                 (void *)(uintptr_t)&(cases)[i_]};                 \
    } while (0)

/* A test that is no row of a table. */
#define ADD_TEST(tests, n, what, function)                                                         \
    ((tests)[(n)++] = (struct CMUnitTest){what, function, NULL, NULL, NULL})

/* Runs tests[0 .. n); the group's name is the suite's. */
#define RUN_TESTS(name, tests, n) _cmocka_run_group_tests(name, tests, n, NULL, NULL)

#endif
