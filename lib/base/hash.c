#include "base/hash.h"

#include <string.h>

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
        h = r53__mix2(h, read_le(at, 8));
    return length ? r53__mix2(h, read_le(at, length)) : h;
}

uint64_t r53__hash_text(const char *text, uint64_t seed)
{
    return r53__hash(text ? text : "", text ? strlen(text) : 0, seed);
}
