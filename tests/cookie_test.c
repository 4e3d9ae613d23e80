/*
 * Cookies as text: what is sealed opens again, anything else is no cookie. The cipher against
 * published vectors of its final version.
 */
#include "support/harness.h"

#include <r53/cookie.h>

#include "base/ascon.h"

#include <stdlib.h>

/* Cipher */

static uint8_t hex_digit(char c)
{
    return (uint8_t)(c <= '9' ? c - '0' : c - 'A' + 10);
}

static size_t from_hex(const char *hex, uint8_t *out)
{
    size_t n = strlen(hex) / 2;

    for (size_t i = 0; i < n; i++)
        out[i] = (uint8_t)(hex_digit(hex[2 * i]) << 4 | hex_digit(hex[2 * i + 1]));
    return n;
}

/* Key 00 01 .. 0F, nonce 10 11 .. 1F. */
static const struct vector_case {
    const char *what;
    const char *text, *data, *sealed;
} vector_cases[] = {
    {"Ascon-AEAD128: nothing", "", "", "4F9C278211BEC9316BF68F46EE8B2EC6"},
    {"Ascon-AEAD128: one octet of data", "", "30", "CCCB674FE18A09A285D6AB11B35675C0"},
    {"Ascon-AEAD128: a word of data", "", "3031323334353637", "865C594093A9EDEE2C1D6384CCB4939E"},
    {"Ascon-AEAD128: a block of data less one", "", "303132333435363738393A3B3C3D3E",
     "759102A6953861627AAE1836D003A294"},
    {"Ascon-AEAD128: a block of data", "", "303132333435363738393A3B3C3D3E3F",
     "E4230CDB8330EE9DC0CFD7C7B346E6DC"},
    {"Ascon-AEAD128: a block of data and one", "", "303132333435363738393A3B3C3D3E3F40",
     "BD8851CD3AF9847844839A791DD70E8C"},
    {"Ascon-AEAD128: one octet of each", "20", "30", "962B8016836C75A7D86866588CA245D886"},
    {"Ascon-AEAD128: a word of text", "2021222324252627", "",
     "E8C3DEEE246CC5EAE455EF6B33B782A3DD91ED6695373C27"},
    {"Ascon-AEAD128: a block of text less one", "202122232425262728292A2B2C2D2E", "",
     "E8C3DEEE246CC5EAE3E872313897A283AECC1DA0834A52940EC4BFCDDB6404"},
    {"Ascon-AEAD128: a block of text", "202122232425262728292A2B2C2D2E2F", "",
     "E8C3DEEE246CC5EAE3E872313897A2BB9EAA915C9DD3245D77048F24D46D27A7"},
    {"Ascon-AEAD128: a block of text and one", "202122232425262728292A2B2C2D2E2F30", "",
     "E8C3DEEE246CC5EAE3E872313897A2BB60301002539D456275DD0B0CEAB3B23844"},
    {"Ascon-AEAD128: two blocks of each",
     "202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F",
     "303132333435363738393A3B3C3D3E3F404142434445464748494A4B4C4D4E4F",
     "CB34D04660A66DBFBE9C856601F5B8AA51A499B55AC8F7FBEFBC331A613EE9CD"
     "FD191750A47F211C0A15ED28173D7CAA"},
};

static void check_vector(void **state)
{
    const struct vector_case *c = *state;
    uint8_t key[ASCON_KEY], nonce[ASCON_NONCE], data[64], text[64], sealed[96], plain[64];
    const struct ascon_data with = {data, from_hex(c->data, data)};
    size_t n = from_hex(c->text, text);

    memcpy(plain, text, n);
    for (uint8_t i = 0; i < ASCON_KEY; i++) {
        key[i] = i;
        nonce[i] = (uint8_t)(i + 16);
    }
    assert_int_equal(from_hex(c->sealed, sealed), n + ASCON_TAG);
    r53__ascon_seal(key, nonce, with, text, n, text + n);
    assert_memory_equal(text, sealed, n + ASCON_TAG);
    assert_true(r53__ascon_open(key, nonce, with, text, n, text + n));
    assert_memory_equal(text, plain, n);
    for (size_t i = 0; i < n + ASCON_TAG; i++) {
        memcpy(text, sealed, n + ASCON_TAG);
        text[i] ^= 0x40;
        assert_false(r53__ascon_open(key, nonce, with, text, n, text + n));
    }
}

/* Text */

static const uint8_t host_key[R53_COOKIE_KEY_SIZE] = "a host's secret.";

#define GROUP "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef"

static r53_cookie cookie_of(int32_t kind)
{
    return (r53_cookie){.size = sizeof(r53_cookie),
                        .kind = kind,
                        .target_group_arn = GROUP,
                        .target_id = "i-0a1b2c3d",
                        .target_zone = "us-east-1a",
                        .port = 8080,
                        .issued_at_ms = INT64_C(1760000000123),
                        .expires_at_ms = 99};
}

static void sealed_of(const r53_cookie *cookie, char *text)
{
    size_t length;

    assert_int_equal(r53_cookie_seal(host_key, cookie, text, R53_COOKIE_TEXT_MAX, &length), R53_OK);
    assert_int_equal(strlen(text), length);
}

static int32_t open_as(int32_t kind, const char *text, r53_cookie *cookie, char *buffer)
{
    *cookie = (r53_cookie){.size = sizeof(*cookie)};
    return r53_cookie_open(host_key, kind, text, cookie, buffer, R53_COOKIE_TEXT_MAX);
}

static void expect_same(const r53_cookie *a, const r53_cookie *b)
{
    assert_string_equal(a->target_group_arn, b->target_group_arn);
    assert_string_equal(a->target_id, b->target_id);
    assert_string_equal(a->target_zone, b->target_zone);
    assert_int_equal(a->port, b->port);
    assert_true(a->issued_at_ms == b->issued_at_ms);
}

static void check_round_trip(void **state)
{
    static const int64_t times[] = {0, 1, -1, INT64_MAX, INT64_MIN};
    char text[R53_COOKIE_TEXT_MAX], again[R53_COOKIE_TEXT_MAX], buffer[R53_COOKIE_TEXT_MAX];
    r53_cookie cookie = cookie_of(R53_COOKIE_AWSALB), opened;

    (void)state;
    for (size_t i = 0; i < COUNT(times); i++) {
        cookie.issued_at_ms = times[i];
        cookie.port = i ? (int32_t)(65536 / COUNT(times) * i) : 65535;
        sealed_of(&cookie, text);
        sealed_of(&cookie, again);
        assert_string_equal(text, again);
        assert_int_equal(strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456"
                                      "789-_"),
                         strlen(text));
        assert_int_equal(open_as(cookie.kind, text, &opened, buffer), R53_OK);
        expect_same(&cookie, &opened);
        assert_int_equal(opened.kind, R53_COOKIE_AWSALB);
        assert_true(opened.expires_at_ms == 0);
    }
}

static void check_kinds(void **state)
{
    static const char *const reads[] = {"", "12", "12", "3", "45", "45", "67", "67"};
    char text[R53_COOKIE_TEXT_MAX], buffer[R53_COOKIE_TEXT_MAX];

    (void)state;
    for (int32_t made = R53_COOKIE_AWSALB; made <= R53_COOKIE_AWSELBCORS; made++) {
        const r53_cookie cookie = cookie_of(made);
        r53_cookie opened;

        sealed_of(&cookie, text);
        for (int32_t as = R53_COOKIE_AWSALB; as <= R53_COOKIE_AWSELBCORS; as++) {
            bool readable = strchr(reads[made], '0' + as) != NULL;

            assert_int_equal(open_as(as, text, &opened, buffer),
                             readable ? R53_OK : R53_E_NOT_FOUND);
            if (readable)
                assert_int_equal(opened.kind, as);
        }
        assert_int_equal(r53_cookie_kind_number(r53_cookie_name(made)), made);
    }
    assert_string_equal(r53_cookie_name(R53_COOKIE_AWSALBAPP), "AWSALBAPP-0");
    assert_string_equal(r53_cookie_name(0), "");
    assert_string_equal(r53_cookie_name(8), "");
    assert_int_equal(r53_cookie_kind_number("awsalb"), 0);
    assert_int_equal(r53_cookie_kind_number(NULL), 0);
}

static void check_forged(void **state)
{
    const r53_cookie cookie = cookie_of(R53_COOKIE_AWSALB);
    char text[R53_COOKIE_TEXT_MAX], forged[R53_COOKIE_TEXT_MAX], buffer[R53_COOKIE_TEXT_MAX];
    uint8_t other[R53_COOKIE_KEY_SIZE] = "another's secret";
    r53_cookie opened;
    size_t n;

    (void)state;
    sealed_of(&cookie, text);
    n = strlen(text);
    for (size_t i = 0; i < n; i++) {
        memcpy(forged, text, n + 1);
        forged[i] = forged[i] == 'A' ? 'B' : 'A';
        assert_int_equal(open_as(cookie.kind, forged, &opened, buffer), R53_E_NOT_FOUND);
        memcpy(forged, text, n + 1);
        forged[i] = '\0'; /* cut */
        assert_int_equal(open_as(cookie.kind, forged, &opened, buffer), R53_E_NOT_FOUND);
    }
    memcpy(forged, text, n);
    memcpy(forged + n, "A", 2);
    assert_int_equal(open_as(cookie.kind, forged, &opened, buffer), R53_E_NOT_FOUND);
    opened = (r53_cookie){.size = sizeof(opened), .port = 7};
    assert_int_equal(r53_cookie_open(other, cookie.kind, text, &opened, buffer, sizeof(buffer)),
                     R53_E_NOT_FOUND);
    assert_int_equal(opened.port, 7); /* nothing was written */
}

static const struct text_case {
    const char *what, *text;
} text_cases[] = {
    {"ELB-STICK-04 no cookie: nothing", ""},
    {"ELB-STICK-04 no cookie: a word", "AAAA"},
    {"ELB-STICK-15 no cookie: encoded for a URL", "QUJD%2BQUJD%3D"},
    {"ELB-STICK-15 no cookie: another alphabet", "QUJD+/=="},
    {"ELB-STICK-04 no cookie: octets above ASCII", "\xc3\xa4\xff\x80"},
};

static void check_text(void **state)
{
    const struct text_case *c = *state;
    char buffer[R53_COOKIE_TEXT_MAX];
    r53_cookie opened;

    assert_int_equal(open_as(R53_COOKIE_AWSALB, c->text, &opened, buffer), R53_E_NOT_FOUND);
}

/* The longest that fits, and one octet more; over-long text is not even decoded. */
static void check_limit(void **state)
{
    char text[R53_COOKIE_TEXT_MAX], buffer[R53_COOKIE_TEXT_MAX], *longer, *id;
    r53_cookie cookie = cookie_of(R53_COOKIE_AWSALB), opened;
    size_t n = 2000, length;

    (void)state;
    id = malloc(R53_COOKIE_TEXT_MAX + 1);
    longer = malloc(100001);
    assert_true(id && longer);
    memset(id, 'i', R53_COOKIE_TEXT_MAX);
    cookie.target_id = id;
    do {
        id[++n] = '\0';
        cookie.target_id = id;
        length = 0;
        if (r53_cookie_seal(host_key, &cookie, text, sizeof(text), &length) != R53_OK)
            break;
        assert_true(length < R53_COOKIE_TEXT_MAX);
        id[n] = 'i';
    } while (n < R53_COOKIE_TEXT_MAX);
    assert_int_equal(r53_cookie_seal(host_key, &cookie, text, sizeof(text), NULL), R53_E_LIMIT);
    id[n - 1] = '\0';
    sealed_of(&cookie, text);
    assert_true(strlen(text) >= R53_COOKIE_TEXT_MAX - 4);
    assert_int_equal(open_as(cookie.kind, text, &opened, buffer), R53_OK);
    expect_same(&cookie, &opened);
    memset(longer, 'A', 100000);
    longer[100000] = '\0';
    assert_int_equal(open_as(cookie.kind, longer, &opened, buffer), R53_E_NOT_FOUND);
    free(id);
    free(longer);
}

static void check_misuse(void **state)
{
    char text[R53_COOKIE_TEXT_MAX] = "", buffer[R53_COOKIE_TEXT_MAX];
    r53_cookie cookie = cookie_of(R53_COOKIE_AWSALB), opened = {.size = sizeof(opened)};
    size_t length = 0;

    (void)state;
    assert_int_equal(r53_cookie_seal(NULL, &cookie, text, sizeof(text), NULL), R53_E_INVALID);
    assert_int_equal(r53_cookie_seal(host_key, NULL, text, sizeof(text), NULL), R53_E_INVALID);
    assert_int_equal(r53_cookie_seal(host_key, &cookie, NULL, 1, NULL), R53_E_INVALID);
    assert_int_equal(r53_cookie_seal(host_key, &cookie, NULL, 0, &length), R53_E_NO_SPACE);
    assert_int_equal(r53_cookie_seal(host_key, &cookie, text, length, NULL), R53_E_NO_SPACE);
    assert_int_equal(r53_cookie_seal(host_key, &cookie, text, length + 1, NULL), R53_OK);
    assert_int_equal(
        r53_cookie_open(host_key, cookie.kind, text, &opened, buffer, strlen(GROUP) + 10),
        R53_E_NO_SPACE);
    assert_int_equal(r53_cookie_open(host_key, 8, text, &opened, buffer, sizeof(buffer)),
                     R53_E_INVALID);
    assert_int_equal(r53_cookie_open(NULL, 1, text, &opened, buffer, sizeof(buffer)),
                     R53_E_INVALID);
    assert_int_equal(r53_cookie_open(host_key, 1, NULL, &opened, buffer, sizeof(buffer)),
                     R53_E_INVALID);
    assert_int_equal(r53_cookie_open(host_key, 1, text, NULL, buffer, sizeof(buffer)),
                     R53_E_INVALID);
    cookie.kind = 0;
    assert_int_equal(r53_cookie_seal(host_key, &cookie, text, sizeof(text), NULL), R53_E_INVALID);
    cookie = cookie_of(R53_COOKIE_AWSALB);
    cookie.port = 65536;
    assert_int_equal(r53_cookie_seal(host_key, &cookie, text, sizeof(text), NULL), R53_E_INVALID);
    cookie = cookie_of(R53_COOKIE_AWSALBTG);
    cookie.target_group_arn = "";
    assert_int_equal(r53_cookie_seal(host_key, &cookie, text, sizeof(text), NULL), R53_E_INVALID);
    cookie.target_group_arn = "t";
    cookie.target_id = cookie.target_zone = NULL;
    sealed_of(&cookie, text);
    assert_int_equal(open_as(cookie.kind, text, &opened, buffer), R53_OK);
    assert_string_equal(opened.target_id, "");
}

int main(void)
{
    struct CMUnitTest tests[COUNT(vector_cases) + COUNT(text_cases) + 5];
    size_t n = 0;

    ADD_CASES(tests, n, vector_cases, check_vector);
    ADD_CASES(tests, n, text_cases, check_text);
    ADD_TEST(tests, n, "ELB-STICK-17 what is sealed opens again, the same text each time",
             check_round_trip);
    ADD_TEST(tests, n, "ELB-STICK-02 a cookie and its CORS copy have one content", check_kinds);
    ADD_TEST(tests, n, "ELB-STICK-04 a forged, cut or foreign value is no cookie", check_forged);
    ADD_TEST(tests, n, "ELB-STICK-04 a value that is too long is no cookie", check_limit);
    ADD_TEST(tests, n, "sealing and opening refuse misuse", check_misuse);
    return RUN_TESTS("cookie", tests, n);
}
