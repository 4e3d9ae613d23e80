#include "regex_engine.h"

#include <regex.h>
#include <stdlib.h>
#include <string.h>

/* The C library knows no "(?:"; a plain group is as good where no group is asked for. */
static void pattern_copy(char *out, const char *pattern)
{
    while (*pattern) {
        *out++ = *pattern;
        pattern += strncmp(pattern, "(?:", 3) == 0 ? 3 : 1;
    }
    *out = '\0';
}

static int32_t engine_compile(void *ctx, const char *pattern, int32_t flags, void **program)
{
    struct regex_counts *counts = ctx;
    char *copy = malloc(strlen(pattern) + 1);
    regex_t *compiled = malloc(sizeof(*compiled));
    bool good;

    pattern_copy(copy, pattern);
    good = regcomp(compiled, copy,
                   REG_EXTENDED | (flags & R53_REGEX_IGNORE_CASE ? REG_ICASE : 0)) == 0;
    free(copy);
    counts->compiles++;
    if (good && counts->compiles == counts->fail_at) {
        regfree(compiled);
        free(compiled);
        return R53_E_NOMEM;
    }
    if (!good) {
        free(compiled);
        return R53_E_INVALID;
    }
    counts->live++;
    *program = compiled;
    return R53_OK;
}

static int32_t engine_match(void *ctx, const void *program, const char *text, size_t length,
                            r53_regex_span *spans, size_t n_spans)
{
    struct regex_counts *counts = ctx;
    regmatch_t found[R53_REGEX_SPANS];
    char *copy = malloc(length + 1);
    bool hit;

    memcpy(copy, text, length);
    copy[length] = '\0';
    hit = regexec(program, copy, R53_REGEX_SPANS, found, 0) == 0;
    free(copy);
    for (size_t i = 0; hit && i < n_spans; i++)
        spans[i] = (r53_regex_span){found[i].rm_so, found[i].rm_eo};
    if (counts->bad_spans && n_spans > 0)
        spans[0].end = (int64_t)length + 1;
    return counts->match_rc ? counts->match_rc : hit;
}

static void engine_release(void *ctx, void *program)
{
    struct regex_counts *counts = ctx;

    counts->live--;
    regfree(program);
    free(program);
}

r53_regex_engine regex_engine(struct regex_counts *counts)
{
    return (r53_regex_engine){.size = sizeof(r53_regex_engine),
                              .ctx = counts,
                              .compile = engine_compile,
                              .match = engine_match,
                              .release = engine_release};
}
