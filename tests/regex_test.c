/*
 * The RE2 engine: what it compiles, what it finds, and that hostile patterns cost little. Through
 * the public headers only, as the library stands beside libr53.
 */
#include "support/harness.h"

#include <r53/regex_re2.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static r53_regex_engine engine_make(void)
{
    r53_regex_engine engine = {.size = sizeof(engine)};

    assert_int_equal(r53_regex_re2(&engine), R53_OK);
    return engine;
}

/* "0-3 1-2 -" : spans of the match and its groups; "no match"; or the error's name. */
static void search(char *out, size_t size, const char *pattern, int32_t flags, const char *text,
                   size_t length, size_t n_spans)
{
    r53_regex_engine engine = engine_make();
    r53_regex_span spans[R53_REGEX_SPANS];
    void *program = NULL;
    int32_t rc = engine.compile(engine.ctx, pattern, flags, &program);
    size_t at = 0;

    if (rc != R53_OK) {
        assert_null(program);
        snprintf(out, size, "%s", r53_error_name(rc));
        return;
    }
    rc = engine.match(engine.ctx, program, text, length, spans, n_spans);
    snprintf(out, size, "%s", rc == 0 ? "no match" : rc == 1 ? "" : r53_error_name(rc));
    for (size_t i = 0; rc == 1 && i < n_spans; i++) {
        at += (size_t)snprintf(out + at, size - at, i ? " " : "");
        if (spans[i].first < 0)
            at += (size_t)snprintf(out + at, size - at, "-");
        else
            at += (size_t)snprintf(out + at, size - at, "%d-%d", (int)spans[i].first,
                                   (int)spans[i].end);
    }
    engine.release(engine.ctx, program);
}

static const struct search_case {
    const char *what, *pattern, *text, *expected;
    int32_t flags;
    size_t n_spans;
} search_cases[] = {
    {"ELB-ALB-COND-71 anywhere in the text", "b+", "abba", "1-3", 0, 1},
    {"ELB-ALB-COND-71 anchored where it says so", "^b+$", "abba", "no match", 0, 1},
    {"ELB-ALB-COND-72 case counts", "^/API", "/api/x", "no match", 0, 1},
    {"ELB-ALB-COND-72 unless it is to be ignored", "^/API", "/api/x", "0-4", R53_REGEX_IGNORE_CASE,
     1},
    {"groups", "^\\/api\\/(.*)$", "/api/v1/x", "0-9 5-9", 0, 2},
    {"a group that took no part", "(a)|(b)", "b", "0-1 - 0-1", 0, 3},
    {"groups that the pattern does not have", "a", "a", "0-1 - -", 0, 3},
    {"an empty group is a group", "a(x*)b", "ab", "0-2 1-1", 0, 2},
    {"no spans asked for", "a", "cat", "", 0, 0},
    {"an empty text", "^$", "", "0-0", 0, 1},
    {"an empty pattern", "", "abc", "0-0", 0, 1},
    {"bytes beyond ASCII", "\\xff", "a\xff", "1-2", 0, 1},
    {"ELB-ALB-COND-70 no look-ahead", "a(?=b)", "ab", "R53_E_INVALID", 0, 1},
    {"ELB-ALB-COND-70 no look-behind", "(?<=a)b", "ab", "R53_E_INVALID", 0, 1},
    {"ELB-ALB-COND-70 no back-reference", "(a)\\1", "aa", "R53_E_INVALID", 0, 1},
    {"ELB-ALB-COND-70 no atomic group", "(?>a)", "a", "R53_E_INVALID", 0, 1},
    {"ELB-ALB-COND-70 no possessive quantifier", "a++b", "aab", "R53_E_INVALID", 0, 1},
    {"ELB-ALB-COND-70 no class by property", "\\p{L}", "a", "R53_E_INVALID", 0, 1},
    {"ELB-ALB-COND-70 nor its complement", "x\\PN", "xa", "R53_E_INVALID", 0, 1},
    {"a backslash before a p", "\\\\p", "\\p", "0-2", 0, 1},
    {"an open group", "(a", "a", "R53_E_INVALID", 0, 1},
    {"a backslash at the end", "a\\", "a", "R53_E_INVALID", 0, 1},
    {"a flag that is not known", "a", "a", "R53_E_INVALID", 4, 1},
    {"more spans than there may be", "a", "a", "R53_E_INVALID", 0, R53_REGEX_SPANS + 1},
};

static void check_search(void **state)
{
    const struct search_case *c = *state;
    char found[128];

    search(found, sizeof(found), c->pattern, c->flags, c->text, strlen(c->text), c->n_spans);
    assert_string_equal(found, c->expected);
}

/* Backtracking would take longer than the world lasts. */
static void hostile_patterns_are_cheap(void **state)
{
    static const char *const patterns[] = {"^(a+)+$", "^(a|a)*$", "^(a|aa)+$", "(.*)(.*)(.*)(.*)b$",
                                           "^(([a-z])+.)+[A-Z]([a-z])+$"};
    char found[128], *text = malloc(100001);

    (void)state;
    assert_non_null(text);
    memset(text, 'a', 100000);
    text[100000] = '!';
    for (size_t i = 0; i < COUNT(patterns); i++) {
        search(found, sizeof(found), patterns[i], 0, text, 100001, 1);
        assert_string_equal(found, "no match");
    }
    free(text);
}

static void nothing_is_no_text(void **state)
{
    char found[128];

    (void)state;
    search(found, sizeof(found), "(x)?", 0, NULL, 0, 2);
    assert_string_equal(found, "0-0 -");
    search(found, sizeof(found), "a", 0, NULL, 1, 1);
    assert_string_equal(found, "R53_E_INVALID");
}

static void sizes_are_checked(void **state)
{
    r53_regex_engine engine = {.size = 8};

    (void)state;
    assert_int_equal(r53_regex_re2(NULL), R53_E_INVALID);
    assert_int_equal(r53_regex_re2(&engine), R53_E_INVALID);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(search_cases) + 3];
    size_t n = 0;

    ADD_CASES(tests, n, search_cases, check_search);
    ADD_TEST(tests, n, "hostile patterns are cheap", hostile_patterns_are_cheap);
    ADD_TEST(tests, n, "nothing is no text", nothing_is_no_text);
    ADD_TEST(tests, n, "sizes are checked", sizes_are_checked);
    return RUN_TESTS("regex", tests, n);
}
