#include "base/text.h"

#include <string.h>

bool r53__span_equal(struct span a, struct span b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.at, b.at, a.length) == 0);
}

bool r53__span_is(struct span a, const char *text)
{
    return r53__span_equal(a, r53__span(text));
}

bool r53__text_equal(const char *a, const char *b)
{
    if (!a || !b)
        return a == b;
    return strcmp(a, b) == 0;
}

const char *r53__text_or_null(const char *text)
{
    return text && *text ? text : NULL;
}

char r53__lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool r53__equal_nocase(struct span a, struct span b)
{
    if (a.length != b.length)
        return false;
    for (size_t i = 0; i < a.length; i++) {
        if (r53__lower(a.at[i]) != r53__lower(b.at[i]))
            return false;
    }
    return true;
}

bool r53__parse_decimal(struct span text, uint64_t max, uint64_t *out)
{
    enum { SAFE = 19 }; /* that many digits never overflow */
    uint64_t n = 0;

    if (text.length == 0)
        return false;
    for (size_t i = 0; i < text.length; i++) {
        unsigned digit = (unsigned)(unsigned char)text.at[i] - '0';

        if (digit > 9 || (i >= SAFE && n > (UINT64_MAX - digit) / 10))
            return false;
        n = n * 10 + digit;
    }
    if (n > max)
        return false;
    *out = n;
    return true;
}

bool r53__is_blank(char c)
{
    return c == ' ' || c == '\t';
}

bool r53__next_field(struct span *rest, struct span *field)
{
    size_t from = 0, to;

    while (from < rest->length && r53__is_blank(rest->at[from]))
        from++;
    for (to = from; to < rest->length && !r53__is_blank(rest->at[to]);)
        to++;
    *field = (struct span){rest->at + from, to - from};
    *rest = (struct span){rest->at + to, rest->length - to};
    return field->length > 0;
}

void r53__text_init(struct text *text, char *buffer, size_t capacity)
{
    *text = (struct text){buffer, buffer ? capacity : 0, 0}; /* no buffer: only measure */
    if (text->capacity)
        buffer[0] = '\0';
}

void r53__put_char(struct text *text, char c)
{
    if (text->capacity && text->length < text->capacity - 1) {
        text->at[text->length] = c;
        text->at[text->length + 1] = '\0';
    }
    text->length++;
}

void r53__put_span(struct text *text, struct span s)
{
    size_t room = text->length < text->capacity ? text->capacity - text->length - 1 : 0;
    size_t n = s.length < room ? s.length : room;

    if (n > 0) {
        memcpy(text->at + text->length, s.at, n);
        text->at[text->length + n] = '\0';
    }
    text->length += s.length;
}

void r53__put(struct text *text, const char *s)
{
    r53__put_span(text, r53__span(s));
}

void r53__put_u64(struct text *text, uint64_t n)
{
    char digits[20];
    size_t i = sizeof(digits);

    do {
        digits[--i] = (char)('0' + n % 10);
        n /= 10;
    } while (n);
    r53__put_span(text, (struct span){digits + i, sizeof(digits) - i});
}

void r53__put_i64(struct text *text, int64_t n)
{
    if (n < 0)
        r53__put_char(text, '-');
    r53__put_u64(text, n < 0 ? 0 - (uint64_t)n : (uint64_t)n);
}

void r53__put_hex(struct text *text, const uint8_t *bytes, size_t n)
{
    static const char digits[] = "0123456789ABCDEF";

    for (size_t i = 0; i < n; i++) {
        r53__put_char(text, digits[bytes[i] >> 4]);
        r53__put_char(text, digits[bytes[i] & 15]);
    }
}

bool r53__text_fits(const struct text *text)
{
    return text->length < text->capacity;
}

void r53__number_print(char text[NUMBER_TEXT_MAX], int64_t n)
{
    struct text out;

    r53__text_init(&out, text, NUMBER_TEXT_MAX);
    r53__put_i64(&out, n);
}

void r53__put_template(struct text *text, const char *format, const char *const *args, size_t n)
{
    for (const char *at = format; *at; at++) {
        if (at[0] == '{' && at[1] >= '0' && at[1] <= '9' && at[2] == '}') {
            size_t i = (size_t)(at[1] - '0');

            if (i < n)
                r53__put(text, args[i]);
            at += 2;
        } else {
            r53__put_char(text, *at);
        }
    }
}
