/*
 * The text of a cookie:
 *
 *   base64url( nonce 16 | encrypted plain | tag 16 )
 *   plain = issued_at_ms 8 | port 2 | target group NUL target NUL zone NUL
 *
 * The nonce is the tag of the plain text under the same key, so equal cookies give equal texts and
 * different ones different nonces: nothing random is needed, and nothing is given away but whether
 * two cookies say the same. What a cookie is for is authenticated with both: a target's cookie
 * cannot come back as a target group's.
 */
#include <r53/cookie.h>

#include "base/ascon.h"
#include "base/sized.h"
#include "base/text.h"

#include <string.h>

enum {
    FIXED = 10, /* issued_at_ms and port */
    TEXTS = 3,
    OVERHEAD = ASCON_NONCE + ASCON_TAG,
    SEALED_MAX = (R53_COOKIE_TEXT_MAX - 1) / 4 * 3, /* octets that still fit as text */
    PLAIN_MAX = SEALED_MAX - OVERHEAD,
    PORT_LAST = 65535
};

/* What is authenticated besides: purpose, version of the layout, what the cookie is for. */
enum { DATA_SIZE = 3, DATA_NONCE = 'n', DATA_TEXT = 't', LAYOUT = 1 };

static const struct kind_row {
    const char *name;
    uint8_t binds; /* what the kind is for: alike for those that read each other's text */
} kinds[] = {
    [R53_COOKIE_AWSALB] = {"AWSALB", 'd'},
    [R53_COOKIE_AWSALBCORS] = {"AWSALBCORS", 'd'},
    [R53_COOKIE_AWSALBAPP] = {"AWSALBAPP-0", 'a'},
    [R53_COOKIE_AWSALBTG] = {"AWSALBTG", 'g'},
    [R53_COOKIE_AWSALBTGCORS] = {"AWSALBTGCORS", 'g'},
    [R53_COOKIE_AWSELB] = {"AWSELB", 'c'},
    [R53_COOKIE_AWSELBCORS] = {"AWSELBCORS", 'c'},
};

static bool kind_known(int32_t kind)
{
    return kind >= R53_COOKIE_AWSALB && kind <= R53_COOKIE_AWSELBCORS;
}

const char *r53_cookie_name(int32_t kind)
{
    return kind_known(kind) ? kinds[kind].name : "";
}

int32_t r53_cookie_kind_number(const char *name)
{
    for (int32_t kind = R53_COOKIE_AWSALB; kind <= R53_COOKIE_AWSELBCORS; kind++) {
        if (r53__text_equal(name, kinds[kind].name))
            return kind;
    }
    return 0;
}

/* Base64 with the alphabet for URLs, without padding (RFC 4648 5) */

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

static size_t text_length(size_t octets)
{
    return octets / 3 * 4 + (octets % 3 ? octets % 3 + 1 : 0);
}

static void text_put(struct text *text, const uint8_t *octets, size_t n)
{
    for (size_t i = 0; i < n; i += 3) {
        uint32_t left = n - i < 3 ? (uint32_t)(n - i) : 3, group = 0;

        for (uint32_t j = 0; j < 3; j++)
            group = group << 8 | (j < left ? octets[i + j] : 0u);
        for (uint32_t j = 0; j <= left; j++)
            r53__put_char(text, digits[group >> (18 - 6 * j) & 63]);
    }
}

static int digit_value(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    if (c == '-' || c == '_')
        return c == '-' ? 62 : 63;
    return -1;
}

/* At most SEALED_MAX octets; false: not such text, or bits left over that are not 0. */
static bool text_read(struct span text, uint8_t *octets, size_t *n)
{
    uint32_t bits = 0, n_bits = 0;

    *n = 0;
    if (text.length % 4 == 1 || text.length > text_length(SEALED_MAX))
        return false;
    for (size_t i = 0; i < text.length; i++) {
        int value = digit_value(text.at[i]);

        if (value < 0)
            return false;
        bits = (bits << 6 | (uint32_t)value) & 0xffffu;
        n_bits += 6;
        if (n_bits >= 8) {
            n_bits -= 8;
            octets[(*n)++] = (uint8_t)(bits >> n_bits);
        }
    }
    return (bits & ((UINT32_C(1) << n_bits) - 1)) == 0;
}

/* Plain text */

static void number_put(uint8_t *at, uint64_t value, size_t n)
{
    for (size_t i = 0; i < n; i++)
        at[i] = (uint8_t)(value >> (8 * i));
}

static uint64_t number_read(const uint8_t *at, size_t n)
{
    uint64_t value = 0;

    for (size_t i = 0; i < n; i++)
        value |= (uint64_t)at[i] << (8 * i);
    return value;
}

/* R53_OK, R53_E_LIMIT: more than PLAIN_MAX. */
static int32_t plain_put(const r53_cookie *cookie, uint8_t *plain, size_t *n)
{
    const char *texts[TEXTS] = {cookie->target_group_arn, cookie->target_id, cookie->target_zone};

    number_put(plain, (uint64_t)cookie->issued_at_ms, 8);
    number_put(plain + 8, (uint64_t)cookie->port, 2);
    *n = FIXED;
    for (size_t i = 0; i < TEXTS; i++) {
        size_t length = texts[i] ? strlen(texts[i]) : 0;

        if (length >= PLAIN_MAX - *n)
            return R53_E_LIMIT;
        if (length > 0)
            memcpy(plain + *n, texts[i], length);
        plain[*n + length] = '\0';
        *n += length + 1;
    }
    return R53_OK;
}

/*
 * What the key has sealed is well-formed; this guards against a key that something else uses too.
 */
static bool plain_whole(const uint8_t *plain, size_t n)
{
    size_t texts = 0;

    for (size_t i = FIXED; i < n; i++)
        texts += plain[i] == '\0';
    return n > FIXED && texts == TEXTS && plain[n - 1] == '\0' && plain[FIXED] != '\0';
}

/* Sealing */

static void data_fill(uint8_t *data, uint8_t purpose, int32_t kind)
{
    data[0] = purpose;
    data[1] = LAYOUT;
    data[2] = kinds[kind].binds;
}

/* The plain text as data and no text at all: the tag then is a keyed hash of the plain text. */
static void nonce_make(const uint8_t *key, int32_t kind, const uint8_t *plain, size_t n,
                       uint8_t *nonce)
{
    uint8_t data[DATA_SIZE + PLAIN_MAX], nothing = 0;
    const uint8_t none[ASCON_NONCE] = {0};

    data_fill(data, DATA_NONCE, kind);
    memcpy(data + DATA_SIZE, plain, n);
    r53__ascon_seal(key, none, (struct ascon_data){data, DATA_SIZE + n}, &nothing, 0, nonce);
}

int32_t r53_cookie_seal(const uint8_t *key, const r53_cookie *cookie, char *buffer, size_t capacity,
                        size_t *length)
{
    uint8_t sealed[SEALED_MAX], *plain = sealed + ASCON_NONCE, data[DATA_SIZE];
    r53_cookie given = {0};
    struct text text;
    size_t n;

    if (!key || (capacity && !buffer) || !r53__sized_read(&given, sizeof(given), cookie) ||
        !kind_known(given.kind) || given.port < 0 || given.port > PORT_LAST || given.reserved ||
        !given.target_group_arn || !given.target_group_arn[0])
        return R53_E_INVALID;
    if (plain_put(&given, plain, &n) != R53_OK)
        return R53_E_LIMIT;
    r53__text_init(&text, buffer, capacity);
    if (length)
        *length = text_length(n + OVERHEAD);
    if (capacity <= text_length(n + OVERHEAD))
        return R53_E_NO_SPACE;
    nonce_make(key, given.kind, plain, n, sealed);
    data_fill(data, DATA_TEXT, given.kind);
    r53__ascon_seal(key, sealed, (struct ascon_data){data, sizeof(data)}, plain, n, plain + n);
    text_put(&text, sealed, n + OVERHEAD);
    return R53_OK;
}

/* The texts lie one behind the other, as in the plain text. */
static void cookie_fill(r53_cookie *cookie, int32_t kind, const uint8_t *plain, const char *texts)
{
    cookie->kind = kind;
    cookie->issued_at_ms = (int64_t)number_read(plain, 8);
    cookie->port = (int32_t)number_read(plain + 8, 2);
    cookie->target_group_arn = texts;
    cookie->target_id = texts + strlen(texts) + 1;
    cookie->target_zone = cookie->target_id + strlen(cookie->target_id) + 1;
}

int32_t r53_cookie_open(const uint8_t *key, int32_t kind, const char *text, r53_cookie *cookie,
                        char *buffer, size_t capacity)
{
    uint8_t sealed[SEALED_MAX], *plain = sealed + ASCON_NONCE, data[DATA_SIZE];
    r53_cookie out = {0};
    size_t n;

    if (!key || !kind_known(kind) || !text || !cookie || (capacity && !buffer) ||
        cookie->size < sizeof(cookie->size))
        return R53_E_INVALID;
    if (!text_read(r53__span(text), sealed, &n) || n <= OVERHEAD + FIXED)
        return R53_E_NOT_FOUND;
    n -= OVERHEAD;
    data_fill(data, DATA_TEXT, kind);
    if (!r53__ascon_open(key, sealed, (struct ascon_data){data, sizeof(data)}, plain, n,
                         plain + n) ||
        !plain_whole(plain, n))
        return R53_E_NOT_FOUND;
    if (n - FIXED > capacity)
        return R53_E_NO_SPACE;
    memcpy(buffer, plain + FIXED, n - FIXED);
    cookie_fill(&out, kind, plain, buffer);
    return r53__sized_write(cookie, &out, sizeof(out)) ? R53_OK : R53_E_INVALID;
}
