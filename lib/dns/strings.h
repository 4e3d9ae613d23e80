/*
 * Character strings: "text" with escapes. Inside the quotes stand printable characters and blanks,
 * \" and \\, and \ooo for any octet (R53-RDATA-12, -15).
 */
#ifndef R53_LIB_DNS_STRINGS_H
#define R53_LIB_DNS_STRINGS_H

#include "dns/fields.h"

enum { STRING_OCTETS_MAX = 255 };

/* Reads a quoted string and puts its octets, no length byte. Not enclosed in quotes: a fault. */
bool r53__string_read(struct fields *fields);

/* The same behind a length byte: at most STRING_OCTETS_MAX octets. */
bool r53__string_read_short(struct fields *fields);

/* One octet, plain or escaped, from a text without its quotes; false: not supported. */
bool r53__string_octet(struct span *rest, uint8_t *octet);

/* Writes an octet as it stands between quotes. */
void r53__string_put_octet(struct text *text, uint8_t octet);
void r53__string_put(struct text *text, const uint8_t *octets, size_t n);

extern const struct rdata_fault r53__fault_unquoted, r53__fault_too_long, r53__fault_unsupported;

#endif
