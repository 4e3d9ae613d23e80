/*
 * Memory on its way to the processor before it is needed: for walks that go by pointers in another
 * order than that of memory. A hint; the address need not be valid.
 */
#ifndef R53_LIB_BASE_FETCH_H
#define R53_LIB_BASE_FETCH_H

#if defined(__GNUC__)
/* The empty statement is an effect: without one, GCC drops calls of functions that only fetch. */
static inline void r53__fetch(const void *address)
{
    __builtin_prefetch(address);
    __asm__ volatile("");
}
#define FETCH(address) r53__fetch(address)
#else
#define FETCH(address) ((void)(address))
#endif

#endif
