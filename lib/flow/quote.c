#include "flow/quote.h"

/* What becomes of one character of ASCII, and of an octet that is none and begins none. */
struct quoting {
    void (*put_ascii)(struct text *text, char c);
    void (*put_octet)(struct text *text, unsigned char octet);
};

static void put_all(struct text *text, const char *from, const struct quoting *quoting)
{
    while (from && *from) {
        size_t size = r53__utf8_size(from);
        unsigned char octet = (unsigned char)*from;

        if (size == 0 || octet < 0x20 || octet == 0x7f)
            quoting->put_octet(text, octet);
        else if (size == 1)
            quoting->put_ascii(text, *from);
        else
            r53__put_span(text, (struct span){from, size});
        from += size ? size : 1;
    }
}

/* Least code point that needs so many octets: what is written longer than needed is no UTF-8. */
static bool is_shortest(uint32_t point, size_t size)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};

    return point >= least[size] && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
}

size_t r53__utf8_size(const char *at)
{
    const unsigned char *octets = (const unsigned char *)at;
    unsigned char first = octets[0];
    size_t size = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    uint32_t point = size > 1 ? first & (0x7fu >> size) : first;

    if (size <= 1 || first > 0xf4)
        return size == 1;
    for (size_t i = 1; i < size; i++) {
        if ((octets[i] & 0xc0) != 0x80)
            return 0;
        point = point << 6 | (octets[i] & 0x3fu);
    }
    return is_shortest(point, size) ? size : 0;
}

static void put_octal(struct text *text, unsigned char octet)
{
    r53__put_char(text, '\\');
    r53__put_char(text, (char)('0' + (octet >> 6)));
    r53__put_char(text, (char)('0' + (octet >> 3 & 7)));
    r53__put_char(text, (char)('0' + (octet & 7)));
}

void r53__quote_plain(struct text *text, const char *from)
{
    static const struct quoting quoting = {r53__put_char, put_octal};

    put_all(text, from, &quoting);
}

/* JSON */

static void put_json_ascii(struct text *text, char c)
{
    if (c == '"' || c == '\\')
        r53__put_char(text, '\\');
    r53__put_char(text, c);
}

static void put_json_octet(struct text *text, unsigned char octet)
{
    static const char hex[] = "0123456789abcdef";

    if (octet >= 0x80) {
        r53__put(text, "\\ufffd");
        return;
    }
    r53__put(text, "\\u00");
    r53__put_char(text, hex[octet >> 4]);
    r53__put_char(text, hex[octet & 15]);
}

void r53__quote_json(struct text *text, const char *from)
{
    static const struct quoting quoting = {put_json_ascii, put_json_octet};

    put_all(text, from, &quoting);
}

void r53__put_json(struct text *text, const char *value)
{
    r53__put_char(text, '"');
    r53__quote_json(text, value);
    r53__put_char(text, '"');
}

void r53__put_json_member(struct text *text, const char *before, const char *name,
                          const char *value)
{
    r53__put(text, before);
    r53__put_json(text, name);
    r53__put(text, ": ");
    r53__put_json(text, value);
}

/* Mermaid: all but what is known to mean nothing goes by its number. */

static bool is_mermaid_plain(char c)
{
    static const char plain[] = " .,:;/()=+-?%";

    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           memchr(plain, c, sizeof(plain) - 1);
}

static void put_mermaid_ascii(struct text *text, char c)
{
    if (is_mermaid_plain(c)) {
        r53__put_char(text, c);
        return;
    }
    r53__put_char(text, '#');
    r53__put_u64(text, (unsigned char)c);
    r53__put_char(text, ';');
}

static void put_mermaid_octet(struct text *text, unsigned char octet)
{
    r53__put(text, "#92;");
    r53__put_char(text, (char)('0' + (octet >> 6)));
    r53__put_char(text, (char)('0' + (octet >> 3 & 7)));
    r53__put_char(text, (char)('0' + (octet & 7)));
}

void r53__quote_mermaid(struct text *text, const char *from)
{
    static const struct quoting quoting = {put_mermaid_ascii, put_mermaid_octet};

    put_all(text, from, &quoting);
}

/* DOT reads backslashes, and the entities of HTML, in any label. */

static void put_dot_ascii(struct text *text, char c)
{
    if (c == '"' || c == '\\')
        r53__put_char(text, '\\');
    r53__put(text, c == '&' ? "&amp;" : (const char[]){c, '\0'});
}

static void put_dot_octet(struct text *text, unsigned char octet)
{
    r53__put_char(text, '\\');
    put_octal(text, octet);
}

void r53__quote_dot(struct text *text, const char *from)
{
    static const struct quoting quoting = {put_dot_ascii, put_dot_octet};

    put_all(text, from, &quoting);
}
