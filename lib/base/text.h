/*
 * Text without stdio and locale: spans, numbers, ASCII case, and a sticky writer over a fixed
 * buffer that counts what did not fit, so that one routine serves for measuring and writing.
 */
#ifndef R53_LIB_BASE_TEXT_H
#define R53_LIB_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Borrowed bytes, not NUL-terminated. */
struct span {
    const char *at;
    size_t length;
};

#define SPAN(literal) ((struct span){(literal), sizeof(literal) - 1})

/* NULL gives the empty span. */
static inline struct span r53__span(const char *text)
{
    return text ? (struct span){text, strlen(text)} : (struct span){"", 0};
}

bool r53__span_equal(struct span a, struct span b);
bool r53__span_is(struct span a, const char *text);
/* Text compare; NULL equals NULL only. */
bool r53__text_equal(const char *a, const char *b);

/* What is not said: NULL and "" are both NULL, any other text is itself. */
const char *r53__text_or_null(const char *text);

char r53__lower(char c);
bool r53__is_blank(char c); /* space or tab */
bool r53__equal_nocase(struct span a, struct span b);

/* Whole span as a decimal number <= max; no sign, no blanks, at least one digit. */
bool r53__parse_decimal(struct span text, uint64_t max, uint64_t *out);
/* Next field of blanks-separated text; false at the end. Advances `rest`. */
bool r53__next_field(struct span *rest, struct span *field);

/* A writer: `length` counts all that was put, also past `capacity`. Always NUL-terminated if any
 * room. */
struct text {
    char *at;
    size_t capacity;
    size_t length;
};

void r53__text_init(struct text *text, char *buffer, size_t capacity);
void r53__put_char(struct text *text, char c);
void r53__put(struct text *text, const char *s); /* NULL puts nothing */
void r53__put_span(struct text *text, struct span s);
void r53__put_u64(struct text *text, uint64_t n);
void r53__put_i64(struct text *text, int64_t n);
void r53__put_hex(struct text *text, const uint8_t *bytes, size_t n); /* upper case, no blanks */
bool r53__text_fits(const struct text *text);

enum { NUMBER_TEXT_MAX = 21 }; /* "-9223372036854775808" and its NUL */
/* The number alone, for messages. */
void r53__number_print(char text[NUMBER_TEXT_MAX], int64_t n);

/* Template text: "{0}" ... "{9}" are replaced by args[i]; missing args put nothing. */
void r53__put_template(struct text *text, const char *format, const char *const *args, size_t n);

#endif
