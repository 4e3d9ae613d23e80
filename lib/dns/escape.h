/*
 * Route 53's one escape, shared by names and strings: a backslash and three octal digits. DNS
 * master files write decimal there; Route 53 does not.
 */
#ifndef R53_LIB_DNS_ESCAPE_H
#define R53_LIB_DNS_ESCAPE_H

#include "base/text.h"

/* The byte written as \ooo (000 to 377) at the beginning of `text`; false if there is none. */
bool r53__escape_read(struct span text, uint8_t *byte);

/* Writes \ooo. */
void r53__escape_put(struct text *text, uint8_t byte);

#endif
