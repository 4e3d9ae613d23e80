#include "dns/base64.h"

#include <string.h>

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static struct span without_padding(struct span text)
{
    for (int i = 0; i < 2 && text.length > 0 && text.at[text.length - 1] == '='; i++)
        text.length--;
    return text;
}

bool r53__base64_read(struct span text, uint8_t *octets, size_t *length)
{
    unsigned bits = 0;
    size_t n = 0;

    if (text.length % 4 != 0)
        return false;
    text = without_padding(text);
    for (size_t i = 0; i < text.length; i++) {
        const char *at = memchr(digits, text.at[i], 64);

        if (!at)
            return false;
        bits = (bits << 6 | (unsigned)(at - digits)) & 0xffff;
        /* Of four digits the second, third and fourth complete an octet. */
        if (i % 4 > 0)
            octets[n++] = (uint8_t)(bits >> (2 * (3 - i % 4)));
    }
    *length = n;
    return true;
}

void r53__base64_put(struct text *text, const uint8_t *octets, size_t n)
{
    for (size_t at = 0; at < n; at += 3) {
        size_t have = n - at < 3 ? n - at : 3;
        unsigned bits = 0;

        for (size_t i = 0; i < 3; i++)
            bits = bits << 8 | (i < have ? octets[at + i] : 0u);
        for (size_t i = 0; i < 4; i++)
            r53__put_char(text, i <= have ? digits[bits >> (6 * (3 - i)) & 63] : '=');
    }
}
