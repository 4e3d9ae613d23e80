/*
 * Reading public structs that begin with their own size, so that they may grow without breaking
 * programs that were compiled earlier or against a later version.
 */
#ifndef R53_LIB_BASE_SIZED_H
#define R53_LIB_BASE_SIZED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Copies the caller's struct into `dst` of `size` bytes: what the caller does not have becomes 0.
 * The copy's own size is never more than `size`.
 * false: NULL, no size that a struct can have (4, 8 ...), or bytes beyond ours that are not 0.
 */
bool r53__sized_read(void *dst, size_t size, const void *src);

/*
 * Copies `src` of `size` bytes into the caller's struct, as much as the caller has room for; the
 * caller's size member stays. false: NULL, or no size that a struct can have.
 */
bool r53__sized_write(void *dst, const void *src, size_t size);

#endif
