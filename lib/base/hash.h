/*
 * One fixed 64-bit hash, the same bytes on every platform: of names for look-up, of decision keys
 * for draws, of flow keys for the load balancers. Not keyed against chosen input unless the seed is
 * secret.
 */
#ifndef R53_LIB_BASE_HASH_H
#define R53_LIB_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

/* Avalanche of one word (the finaliser of MurmurHash3, public domain). */
static inline uint64_t r53__mix(uint64_t x)
{
    x ^= x >> 33;
    x *= UINT64_C(0xff51afd7ed558ccd);
    x ^= x >> 33;
    x *= UINT64_C(0xc4ceb9fe1a85ec53);
    x ^= x >> 33;
    return x;
}

/* r53__mix2 of a word, and of one that is mixed already. */
static inline uint64_t r53__mix_in(uint64_t a, uint64_t mixed)
{
    return r53__mix(a * UINT64_C(0x9e3779b97f4a7c15) + mixed);
}

/* Two words into one; not commutative. */
static inline uint64_t r53__mix2(uint64_t a, uint64_t b)
{
    return r53__mix_in(a, r53__mix(b));
}

/* Bytes, read little-endian eight at a time whatever the platform. */
uint64_t r53__hash(const void *bytes, size_t length, uint64_t seed);
uint64_t r53__hash_text(const char *text, uint64_t seed);

#endif
