/* Base64 with padding (RFC 4648 4), as ECH configurations are written. */
#ifndef R53_LIB_DNS_BASE64_H
#define R53_LIB_DNS_BASE64_H

#include "base/text.h"

/* Decodes all of `text` into at most 3/4 of its length; false: not base64 in whole fours. */
bool r53__base64_read(struct span text, uint8_t *octets, size_t *length);

void r53__base64_put(struct text *text, const uint8_t *octets, size_t n);

#endif
