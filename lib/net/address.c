#include "net/address.h"

#include <string.h>

enum { GROUPS = 8 }; /* 16-bit groups of an IPv6 address */

static bool ipv4_read(struct span text, uint8_t octets[4]);
static bool ipv6_read(struct span text, uint8_t octets[16]);
static void ipv4_put(struct text *text, const uint8_t *octets);
static void ipv6_put(struct text *text, const uint8_t *octets);

size_t r53__address_size(const struct address *address)
{
    if (address->family == ADDRESS_IPV4)
        return 4;
    return address->family == ADDRESS_IPV6 ? 16 : 0;
}

bool r53__address_parse(struct span text, struct address *out)
{
    struct address address = {0};

    if (text.length == 0)
        return false;
    address.family = memchr(text.at, ':', text.length) ? ADDRESS_IPV6 : ADDRESS_IPV4;
    if (address.family == ADDRESS_IPV4 ? !ipv4_read(text, address.octets)
                                       : !ipv6_read(text, address.octets))
        return false;
    *out = address;
    return true;
}

/* A number of a dotted quad; "010" is refused, for some readers take it for octal. */
static bool quad_number(struct span text, size_t *at, uint8_t *octet)
{
    size_t from = *at;
    unsigned number = 0;

    while (*at < text.length && *at - from < 3 && text.at[*at] >= '0' && text.at[*at] <= '9')
        number = number * 10 + (unsigned)(text.at[(*at)++] - '0');
    *octet = (uint8_t)number;
    return *at > from && number <= UINT8_MAX && (*at - from == 1 || text.at[from] != '0');
}

static bool ipv4_read(struct span text, uint8_t octets[4])
{
    uint8_t numbers[4];
    size_t at = 0;

    for (size_t i = 0; i < 4; i++) {
        if (i > 0 && (at == text.length || text.at[at++] != '.'))
            return false;
        if (!quad_number(text, &at, &numbers[i]))
            return false;
    }
    if (at != text.length)
        return false;
    memcpy(octets, numbers, sizeof(numbers));
    return true;
}

static bool hex_digit(char c, unsigned *digit)
{
    if (c >= '0' && c <= '9')
        *digit = (unsigned)(c - '0');
    else if (r53__lower(c) >= 'a' && r53__lower(c) <= 'f')
        *digit = (unsigned)(r53__lower(c) - 'a' + 10);
    else
        return false;
    return true;
}

/* What has been read of an IPv6 address: octets, and where "::" stood among them. */
struct ipv6_reader {
    struct span text;
    size_t at;
    uint8_t octets[16];
    size_t count;           /* octets read */
    size_t gap;             /* octets in front of "::" */
    bool has_gap, has_quad; /* "::"; a dot: the last 32 bits are written as a quad */
};

static bool skip(struct ipv6_reader *reader, const char *expected)
{
    size_t length = strlen(expected);

    if (reader->text.length - reader->at < length ||
        memcmp(reader->text.at + reader->at, expected, length) != 0)
        return false;
    reader->at += length;
    return true;
}

static bool read_gap(struct ipv6_reader *reader)
{
    if (reader->has_gap || !skip(reader, "::"))
        return false;
    reader->has_gap = true;
    reader->gap = reader->count;
    return true;
}

/* One to four hex digits. */
static bool read_group(struct ipv6_reader *reader)
{
    unsigned value = 0, digit;
    size_t from = reader->at;

    while (reader->at < reader->text.length && hex_digit(reader->text.at[reader->at], &digit)) {
        if (reader->at - from == 4)
            return false;
        value = value << 4 | digit;
        reader->at++;
    }
    if (reader->at == from || reader->count > 14)
        return false;
    reader->octets[reader->count++] = (uint8_t)(value >> 8);
    reader->octets[reader->count++] = (uint8_t)value;
    return true;
}

/* The rest as a dotted quad: the last 32 bits may be written so (RFC 4291 2.2.3). */
static bool read_ipv4_tail(struct ipv6_reader *reader)
{
    struct span rest = {reader->text.at + reader->at, reader->text.length - reader->at};

    if (!reader->has_quad || reader->count > 12 || !ipv4_read(rest, reader->octets + reader->count))
        return false;
    reader->count += 4;
    reader->at = reader->text.length;
    return true;
}

static bool ipv6_read(struct span text, uint8_t octets[16])
{
    struct ipv6_reader reader = {.text = text,
                                 .has_quad = memchr(text.at, '.', text.length) != NULL};
    bool group_due = !read_gap(&reader);
    size_t tail;

    while (reader.at < text.length || group_due) {
        if (!read_ipv4_tail(&reader) && !read_group(&reader))
            return false;
        group_due = !read_gap(&reader) && skip(&reader, ":");
        if (!group_due && reader.at < text.length && text.at[reader.at - 1] != ':')
            return false;
    }
    /* "::" stands for one group at least. */
    if (reader.has_gap ? reader.count > 14 : reader.count != 16)
        return false;
    tail = reader.has_gap ? reader.count - reader.gap : 0;
    memset(octets, 0, 16);
    memcpy(octets, reader.octets, reader.count - tail);
    memcpy(octets + 16 - tail, reader.octets + reader.count - tail, tail);
    return true;
}

void r53__address_put(struct text *text, const struct address *address)
{
    if (address->family == ADDRESS_IPV4)
        ipv4_put(text, address->octets);
    else if (address->family == ADDRESS_IPV6)
        ipv6_put(text, address->octets);
}

static void ipv4_put(struct text *text, const uint8_t *octets)
{
    for (size_t i = 0; i < 4; i++) {
        if (i > 0)
            r53__put_char(text, '.');
        r53__put_u64(text, octets[i]);
    }
}

static unsigned group_at(const uint8_t *octets, size_t i)
{
    return (unsigned)octets[2 * i] << 8 | octets[2 * i + 1];
}

/* The first of the longest runs of two or more zero groups; length 0 if there is none. */
static size_t longest_zeros(const uint8_t *octets, size_t *length)
{
    size_t best = 0, run = 0;

    *length = 0;
    for (size_t i = 0; i < GROUPS; i++) {
        run = group_at(octets, i) == 0 ? run + 1 : 0;
        if (run > 1 && run > *length) {
            *length = run;
            best = i + 1 - run;
        }
    }
    return best;
}

static void group_put(struct text *text, unsigned value)
{
    static const char digits[] = "0123456789abcdef";
    int shift = 12;

    while (shift > 0 && value >> shift == 0)
        shift -= 4;
    for (; shift >= 0; shift -= 4)
        r53__put_char(text, digits[value >> shift & 15]);
}

static bool is_mapped(const uint8_t *octets)
{
    static const uint8_t mapped[12] = {[10] = 0xff, [11] = 0xff};

    return memcmp(octets, mapped, sizeof(mapped)) == 0;
}

/* RFC 5952 4: no leading zeros, lower case, the longest zeros as "::"; 5: mapped as a quad. */
static void ipv6_put(struct text *text, const uint8_t *octets)
{
    size_t length, from = longest_zeros(octets, &length);

    if (is_mapped(octets)) {
        r53__put(text, "::ffff:");
        ipv4_put(text, octets + 12);
        return;
    }
    for (size_t i = 0; i < GROUPS; i++) {
        if (length > 0 && i == from) {
            r53__put(text, "::");
            i += length - 1;
            continue;
        }
        if (i > 0 && (length == 0 || i != from + length))
            r53__put_char(text, ':');
        group_put(text, group_at(octets, i));
    }
}

bool r53__address_equal(const struct address *a, const struct address *b)
{
    return a->family == b->family && memcmp(a->octets, b->octets, r53__address_size(a)) == 0;
}

bool r53__prefix_parse(struct span text, struct prefix *out)
{
    const char *slash = text.length ? memchr(text.at, '/', text.length) : NULL;
    size_t length = slash ? (size_t)(slash - text.at) : text.length;
    struct address address;
    uint64_t bits;

    if (!r53__address_parse((struct span){text.at, length}, &address))
        return false;
    bits = 8 * r53__address_size(&address);
    if (slash &&
        !r53__parse_decimal((struct span){slash + 1, text.length - length - 1}, bits, &bits))
        return false;
    *out = r53__prefix(&address, (unsigned)bits);
    return true;
}

struct prefix r53__prefix(const struct address *address, unsigned length)
{
    struct prefix prefix = {{address->family, {0}}, (uint8_t)length};
    unsigned whole = length / 8, rest = length % 8;

    /* R53-PLACE-05: text forms may have host bits; they are cut, not refused. */
    memcpy(prefix.address.octets, address->octets, whole);
    if (rest)
        prefix.address.octets[whole] = (uint8_t)(address->octets[whole] & (0xff00u >> rest));
    return prefix;
}

void r53__prefix_put(struct text *text, const struct prefix *prefix)
{
    r53__address_put(text, &prefix->address);
    r53__put_char(text, '/');
    r53__put_u64(text, prefix->length);
}

bool r53__prefix_contains(const struct prefix *prefix, const struct address *address)
{
    unsigned whole = prefix->length / 8u, rest = prefix->length % 8u;
    const uint8_t *a = prefix->address.octets, *b = address->octets;

    if (prefix->address.family != address->family || memcmp(a, b, whole) != 0)
        return false;
    return rest == 0 || ((a[whole] ^ b[whole]) & (0xff00u >> rest) & 0xff) == 0;
}
