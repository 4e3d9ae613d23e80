/*
 * Documents and requests as the suites of the JSON library write them: ' stands for " and ~ for the
 * first fields of an ARN. Pages that results are written down on, and documents that are broken on
 * purpose. A header alone, as the other support files know nothing of the JSON library.
 */
#ifndef R53_TESTS_SUPPORT_JSON_TEXT_H
#define R53_TESTS_SUPPORT_JSON_TEXT_H

#include "support/harness.h"

#include "base/hash.h"

#include <stdio.h>
#include <stdlib.h>

#define ARN "arn:aws:elasticloadbalancing:us-east-1:123456789012:"

enum { TEXT_MAX = 1 << 15 };

/* A row's document as JSON; to be freed. */
static inline char *unquote(const char *text)
{
    size_t room = strlen(text) * sizeof(ARN) + 1, n = 0;
    char *json = malloc(room);

    assert_non_null(json);
    for (; *text; text++) {
        if (*text == '~')
            n += (size_t)snprintf(json + n, room - n, "%s", ARN);
        else
            json[n++] = (char)(*text == '\'' ? '"' : *text);
    }
    json[n] = '\0';
    return json;
}

/* Pages */

struct page {
    size_t length;
    char text[TEXT_MAX];
};

__attribute__((format(printf, 2, 3))) static inline void put(struct page *page, const char *format,
                                                             ...)
{
    va_list arguments;

    va_start(arguments, format);
    page->length +=
        (size_t)vsnprintf(page->text + page->length, TEXT_MAX - page->length, format, arguments);
    va_end(arguments);
    assert_true(page->length < TEXT_MAX);
}

/* Valid documents with octets changed, left out, doubled and swapped: any result, no fault. */

static inline size_t mutate(char *text, size_t n, size_t room, uint64_t seed)
{
    static const char octets[] = "{}[]\",:0-9eE.\\ntf \x80\xff";
    uint64_t times = 1 + r53__mix(seed) % 4;

    for (uint64_t i = 0; i < times && n > 4; i++) {
        uint64_t chance = r53__mix(seed + (i + 1) * 7919);
        size_t at = (size_t)(chance >> 8) % n, length = (size_t)(chance >> 40) % 16;

        length = length < n - at ? length : n - at;
        if (chance % 3 == 0) {
            text[at] = octets[(chance >> 3) % (sizeof(octets) - 1)];
        } else if (chance % 3 == 1) {
            memmove(text + at, text + at + length, n - at - length);
            n -= length;
        } else if (n + length <= room) {
            memmove(text + at + length, text + at, n - at);
            n += length;
        }
    }
    return n;
}

#endif
