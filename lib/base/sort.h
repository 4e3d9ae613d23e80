/*
 * Sorting in place without memory and without the C library's qsort: a heap sort over pointers.
 *
 * Heap sort does not keep the order of equals, so a compare function that cares breaks ties itself;
 * pointers into one array may be compared for that.
 */
#ifndef R53_LIB_BASE_SORT_H
#define R53_LIB_BASE_SORT_H

#include <stddef.h>

/* <0, 0, >0. */
typedef int sort_compare(const void *a, const void *b);

/* O(n log n). */
void r53__sort(const void **items, size_t n, sort_compare *compare);

#endif
