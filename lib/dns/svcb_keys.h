/*
 * Parameters of SVCB and HTTPS records (RFC 9460 7, 14.3): a row each for the keys with a syntax of
 * their own. Any other number is written keyNNNNN and its value is octets.
 */
#ifndef R53_LIB_DNS_SVCB_KEYS_H
#define R53_LIB_DNS_SVCB_KEYS_H

#include "dns/fields.h"

enum {
    SVCB_MANDATORY = 0,
    SVCB_ALPN = 1,
    SVCB_NO_DEFAULT_ALPN = 2,
    SVCB_KEY_INVALID = 65535 /* reserved, RFC 9460 14.3.2 */
};

/* "port" or "key3"; lower case only. */
bool r53__svcb_key_parse(struct span name, uint16_t *key);
void r53__svcb_key_put(struct text *text, uint16_t key);

/*
 * Reads a value whose quotes and escapes are gone already, and puts its wire form. `generic`: the
 * key was written keyNNNNN, so the text is the wire form, whatever the key.
 */
bool r53__svcb_value_read(struct fields *fields, uint16_t key, bool generic, struct span text);

/* "=value" as it stands behind the key; nothing for an empty value. */
void r53__svcb_value_put(struct text *text, uint16_t key, const uint8_t *value, size_t n);

#endif
