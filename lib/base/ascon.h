/*
 * Ascon-AEAD128 (NIST SP 800-232): encryption and authentication under one key of 16 octets.
 *
 * It is here because cookies are sealed by the core, which does no I/O and depends on no other
 * library; and it is this cipher because all of it is one permutation of five words without tables,
 * so that neither its time nor the memory it touches depends on a secret.
 */
#ifndef R53_LIB_BASE_ASCON_H
#define R53_LIB_BASE_ASCON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ASCON_KEY = 16, ASCON_NONCE = 16, ASCON_TAG = 16 };

/* Octets that are authenticated but not encrypted; NULL only with length 0. */
struct ascon_data {
    const uint8_t *at;
    size_t length;
};

/* Encrypts `n` octets of `text` in place and writes their tag. */
void r53__ascon_seal(const uint8_t key[ASCON_KEY], const uint8_t nonce[ASCON_NONCE],
                     struct ascon_data data, uint8_t *text, size_t n, uint8_t tag[ASCON_TAG]);

/*
 * Decrypts `n` octets in place. false: the tag is not theirs, and `text` holds zeros. The tags are
 * compared in time that does not depend on where they differ.
 */
bool r53__ascon_open(const uint8_t key[ASCON_KEY], const uint8_t nonce[ASCON_NONCE],
                     struct ascon_data data, uint8_t *text, size_t n, const uint8_t tag[ASCON_TAG]);

#endif
