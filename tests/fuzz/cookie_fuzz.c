/*
 * Any octets as the text of a cookie. The first octet is the kind. What opens is sealed again and
 * must be the same text; nothing else may open, least of all a text of which one octet changed.
 */
#include "fuzz/fuzz.h"

#include <r53/cookie.h>

#include <stdlib.h>
#include <string.h>

static const uint8_t key[R53_COOKIE_KEY_SIZE] = {1, 2, 3, 4};

static void open_text(int32_t kind, const char *text)
{
    char buffer[R53_COOKIE_TEXT_MAX], again[R53_COOKIE_TEXT_MAX];
    r53_cookie cookie = {.size = sizeof(cookie)};
    int32_t rc = r53_cookie_open(key, kind, text, &cookie, buffer, sizeof(buffer));

    if (rc == R53_OK && (r53_cookie_seal(key, &cookie, again, sizeof(again), NULL) != R53_OK ||
                         strcmp(again, text) != 0))
        abort();
    if (rc != R53_OK && rc != R53_E_NOT_FOUND && rc != R53_E_INVALID)
        abort();
}

/* The octets as texts of a cookie: there and back, and not back once one bit is another. */
static void seal_text(int32_t kind, const char *text, size_t length)
{
    char sealed[R53_COOKIE_TEXT_MAX], buffer[R53_COOKIE_TEXT_MAX];
    const r53_cookie cookie = {.size = sizeof(cookie),
                               .kind = kind,
                               .target_group_arn = text,
                               .target_id = text + length / 2,
                               .port = (int32_t)(length & 0xffff)};
    r53_cookie opened = {.size = sizeof(opened)};

    if (r53_cookie_seal(key, &cookie, sealed, sizeof(sealed), NULL) != R53_OK)
        return;
    if (r53_cookie_open(key, kind, sealed, &opened, buffer, sizeof(buffer)) != R53_OK ||
        strcmp(opened.target_group_arn, text) != 0 ||
        strcmp(opened.target_id, cookie.target_id) != 0 || opened.port != cookie.port)
        abort();
    sealed[length % strlen(sealed)] ^= 1;
    if (r53_cookie_open(key, kind, sealed, &opened, buffer, sizeof(buffer)) != R53_E_NOT_FOUND)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int32_t kind = size ? data[0] % 9 : 0;
    size_t length = size ? size - 1 : 0;
    char *text = malloc(length + 1);

    if (!text)
        abort();
    if (length > 0)
        memcpy(text, data + 1, length);
    text[length] = '\0';
    open_text(kind, text);
    seal_text(kind, text, strlen(text));
    free(text);
    return 0;
}
