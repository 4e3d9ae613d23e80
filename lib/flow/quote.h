/*
 * Putting any text between the quotes of another language. Names, identifiers and values come from
 * accounts and may hold anything; what is written here cannot end its quotes, start a directive, or
 * break the encoding.
 *
 *   form      ASCII that means something there    control octets, and octets that are no UTF-8
 *   plain     stays                               \ooo, as Route 53 writes names (R53-NAME-06)
 *   JSON      \" \\                               \u00xx, and U+FFFD
 *   Mermaid   #nn; (also what Markdown reads)     as plain
 *   DOT       \" \\ &amp;                         as plain
 */
#ifndef R53_LIB_FLOW_QUOTE_H
#define R53_LIB_FLOW_QUOTE_H

#include "base/text.h"

/* NULL puts nothing. Without the quotes themselves. */
typedef void quote_function(struct text *text, const char *from);

quote_function r53__quote_plain, r53__quote_json, r53__quote_mermaid, r53__quote_dot;

/* `"value"` as JSON, and `"name": "value"` after `before`. */
void r53__put_json(struct text *text, const char *value);
void r53__put_json_member(struct text *text, const char *before, const char *name,
                          const char *value);

/* Octets of the UTF-8 character that begins there, 1 to 4; 0: none does. Stops at a NUL. */
size_t r53__utf8_size(const char *at);

#endif
