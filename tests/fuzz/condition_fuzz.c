/*
 * Any octets as a pattern and a text, "pattern NUL text", and the text as a request's target. What
 * a pattern matches must not depend on how it is matched; normalising twice is normalising once,
 * but for escapes that decoding lays bare.
 */
#include "fuzz/fuzz.h"

#include <string.h>

#include "elb/url.h"
#include "elb/wildcard.h"

/* The definition by a table of all beginnings: beginning i of the pattern, j of the text. */
static bool matches(const struct pattern *pattern, struct span text)
{
    bool *row = calloc(text.length + 1, sizeof(*row)), result;

    MUST(row);
    row[0] = true;
    for (uint32_t i = 0; i < pattern->length; i++) {
        bool many = pattern->at[i] == PATTERN_MANY, before = row[0];

        row[0] = row[0] && many;
        for (size_t j = 1; j <= text.length; j++) {
            char c = text.at[j - 1], wanted = pattern->at[i];
            bool one = r53__is_visible(c) && wanted != PATTERN_NEVER &&
                       (wanted == PATTERN_ONE ||
                        wanted == (pattern->flags & PATTERN_IGNORE_CASE ? r53__lower(c) : c));
            bool here = row[j];

            row[j] = many ? here || row[j - 1] : before && one;
            before = here;
        }
    }
    result = row[text.length];
    free(row);
    return result;
}

static void fuzz_pattern(const char *pattern, struct span text, uint32_t flags)
{
    struct memory memory;
    struct arena arena;
    struct pattern made;

    r53__memory_init(&memory, NULL);
    r53__arena_init(&arena, &memory);
    MUST(r53__pattern_make(&made, &arena, pattern, flags));
    MUST(text.length > 4096 || r53__wildcard_match(&made, text) == matches(&made, text));
    r53__arena_free(&arena);
}

static void fuzz_url(struct span text)
{
    struct url url;
    struct span host, normal;
    char *buffer;

    if (!r53__url_parse(text, &url))
        return;
    MUST(url.host_port.length == 0 || r53__host_split(url.host_port, &host));
    buffer = malloc(url.path.length + 1);
    MUST(buffer);
    normal = r53__path_normalize(url.path, buffer);
    MUST(normal.length <= url.path.length && (url.path.at[0] != '/' || normal.at[0] == '/'));
    free(buffer);
}

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t size)
{
    char *copy = malloc(size + 1);
    size_t n;

    MUST(copy);
    memcpy(copy, octets, size);
    copy[size] = '\0';
    n = strlen(copy);
    for (uint32_t flags = 0; flags <= (PATTERN_IGNORE_CASE | PATTERN_ESCAPES); flags++) {
        struct span text = {copy + n + (n < size), size - n - (n < size)};

        fuzz_pattern(copy, text, flags);
        fuzz_url(text);
    }
    free(copy);
    return 0;
}
