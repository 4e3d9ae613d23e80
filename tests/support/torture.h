/*
 * An allocator that counts and can be told to fail: allocation number `fail_at` (from 1) and all
 * behind it, or that one alone; 0: never.
 */
#ifndef R53_TESTS_SUPPORT_TORTURE_H
#define R53_TESTS_SUPPORT_TORTURE_H

#include <r53/base.h>

#include <stdbool.h>

struct torture {
    long fail_at; /* 0: never */
    bool once;    /* what follows the failure succeeds */
    long live;    /* blocks not given back */
    long calls;   /* allocations asked for */
};

/* The allocator keeps a pointer to `torture`, which must outlive all that is made with it. */
r53_allocator torture_allocator(struct torture *torture);

#endif
