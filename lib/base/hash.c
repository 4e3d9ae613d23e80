#include "base/hash.h"

#include <string.h>

/* Compilers make one load of it. */
static inline uint64_t read_le64(const uint8_t *at)
{
    return (uint64_t)at[0] | (uint64_t)at[1] << 8 | (uint64_t)at[2] << 16 | (uint64_t)at[3] << 24 |
           (uint64_t)at[4] << 32 | (uint64_t)at[5] << 40 | (uint64_t)at[6] << 48 |
           (uint64_t)at[7] << 56;
}

static uint64_t read_le(const uint8_t *at, size_t n)
{
    uint64_t word = 0;

    for (size_t i = 0; i < n; i++)
        word |= (uint64_t)at[i] << (8 * i);
    return word;
}

uint64_t r53__hash(const void *bytes, size_t length, uint64_t seed)
{
    const uint8_t *at = bytes;
    uint64_t h = r53__mix2(seed, length);

    for (; length >= 8; at += 8, length -= 8)
        h = r53__mix2(h, read_le64(at));
    return length ? r53__mix2(h, read_le(at, length)) : h;
}

uint64_t r53__hash_text(const char *text, uint64_t seed)
{
    return r53__hash(text ? text : "", text ? strlen(text) : 0, seed);
}
