#include "model/pattern.h"

#include <string.h>

/* The pattern byte that the text begins with; `used` is what of the text it stands for. */
static char byte_of(const char *text, uint32_t flags, size_t *used)
{
    bool escaped =
        (flags & PATTERN_ESCAPES) && text[0] == '\\' && (text[1] == '*' || text[1] == '?');

    *used = escaped ? 2 : 1;
    if (escaped)
        return text[1];
    if (text[0] == '*')
        return PATTERN_MANY;
    if (text[0] == '?')
        return PATTERN_ONE;
    if (!r53__is_visible(text[0]))
        return PATTERN_NEVER;
    return flags & PATTERN_IGNORE_CASE ? r53__lower(text[0]) : text[0];
}

bool r53__pattern_make(struct pattern *pattern, struct arena *arena, const char *text,
                       uint32_t flags)
{
    const char *copy = text ? r53__arena_text(arena, text) : NULL;
    uint32_t n = 0;
    size_t used;
    char *bytes;

    *pattern = (struct pattern){.flags = flags};
    if (!text)
        return true;
    if (strlen(text) > UINT32_MAX - 1)
        return false;
    bytes = r53__arena_alloc(arena, strlen(text) + 1, 1);
    if (!bytes || !copy)
        return false;
    for (; *text; text += used) {
        char byte = byte_of(text, flags, &used);

        if (byte != PATTERN_MANY || n == 0 || bytes[n - 1] != PATTERN_MANY)
            bytes[n++] = byte;
    }
    pattern->at = bytes;
    pattern->length = n;
    pattern->text = copy;
    return true;
}

uint32_t r53__pattern_wildcards(const char *text, uint32_t flags)
{
    uint32_t n = 0;
    size_t used;

    for (; text && *text; text += used) {
        char byte = byte_of(text, flags, &used);

        n += byte == PATTERN_MANY || byte == PATTERN_ONE;
    }
    return n;
}
