/* Patterns against texts: by hand, against a naive matcher, and how long hostile ones take. */
#include "support/harness.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "elb/wildcard.h"

static bool match(const char *pattern, const char *text, size_t length, uint32_t flags)
{
    struct memory memory;
    struct arena arena;
    struct pattern made;
    bool result;

    assert_int_equal(r53__memory_init(&memory, NULL), R53_OK);
    r53__arena_init(&arena, &memory);
    assert_true(r53__pattern_make(&made, &arena, pattern, flags));
    result = r53__wildcard_match(&made, (struct span){text, length});
    r53__arena_free(&arena);
    return result;
}

static const struct wildcard_case {
    const char *what, *pattern, *text;
    uint32_t flags;
    bool matches;
} cases[] = {
    {"ELB-ALB-COND-01 an asterisk is nothing", "a*b", "ab", 0, true},
    {"ELB-ALB-COND-01 an asterisk is many", "a*b", "axxxb", 0, true},
    {"ELB-ALB-COND-01 a question mark is one", "a?b", "axb", 0, true},
    {"ELB-ALB-COND-01 a question mark is not nothing", "a?b", "ab", 0, false},
    {"ELB-ALB-COND-01 a question mark is not two", "a?b", "axxb", 0, false},
    {"ELB-ALB-COND-01 an asterisk alone is all", "*", "", 0, true},
    {"ELB-ALB-COND-02 nothing may be in front", "/img/*", "/x/img/a", 0, false},
    {"ELB-ALB-COND-02 nothing may be behind", "/img", "/img/", 0, false},
    {"ELB-ALB-COND-02 an asterisk passes slashes", "/img/*", "/img/a/b.png", 0, true},
    {"ELB-ALB-COND-02 the slash is needed", "/img/*", "/img", 0, false},
    {"ELB-ALB-COND-02 an asterisk passes dots", "*.example.com", "a.b.example.com", 0, true},
    {"ELB-ALB-COND-02 between two slashes", "/img/*/pics", "/img/a/b/pics", 0, true},
    {"ELB-ALB-COND-03 two asterisks are one", "a**b", "ab", 0, true},
    {"ELB-ALB-COND-03 the last of several places", "*ab*ab", "abxabab", 0, true},
    {"ELB-ALB-COND-04 a backslash is a backslash", "a\\*", "a\\xyz", 0, true},
    {"ELB-ALB-COND-04 and escapes nothing", "a\\*", "a*", 0, false},
    {"ELB-ALB-COND-50 an escaped asterisk is itself", "a\\*", "a*", PATTERN_ESCAPES, true},
    {"ELB-ALB-COND-50 and nothing else", "a\\*", "axyz", PATTERN_ESCAPES, false},
    {"ELB-ALB-COND-50 an escaped question mark", "\\?a", "?a", PATTERN_ESCAPES, true},
    {"ELB-ALB-COND-50 another backslash stays", "\\a", "\\a", PATTERN_ESCAPES, true},
    {"ELB-ALB-COND-20 T23 case counts", "/IMG", "/img", 0, false},
    {"ELB-ALB-COND-10 case does not count", "eXample.*", "EXAMPLE.com", PATTERN_IGNORE_CASE, true},
    {"ELB-ALB-RULE-08 a byte above ASCII by an asterisk", "a*b", "a\303\244b", 0, true},
    {"ELB-ALB-RULE-08 not by a question mark", "a?b", "a\344b", 0, false},
    {"ELB-ALB-RULE-08 a control character not by itself", "a\001b", "a\001b", 0, false},
    {"ELB-ALB-RULE-08 nor as a wildcard", "a\001b", "axyb", 0, false},
    {"ELB-ALB-RULE-08 DEL not by a question mark", "?", "\177", 0, false},
    {"T27 a bracket is a bracket", "[ab]", "a", 0, false},
    {"T27 a bracket matches itself", "[ab]", "[ab]", 0, true},
    {"an empty pattern matches nothing but an empty text", "", "a", 0, false},
    {"an empty pattern and an empty text", "", "", 0, true},
};

static void check_case(void **state)
{
    const struct wildcard_case *c = *state;

    assert_int_equal(match(c->pattern, c->text, strlen(c->text), c->flags), c->matches);
}

/* The definition, by recursion. */
static bool naive(const char *pattern, const char *text)
{
    if (!*pattern)
        return !*text;
    if (*pattern == '*')
        return naive(pattern + 1, text) || (*text && naive(pattern, text + 1));
    return *text && (*pattern == '?' || *pattern == *text) && naive(pattern + 1, text + 1);
}

static void check_naive(void **unused)
{
    uint32_t seed = 7;
    char pattern[9], text[13];

    (void)unused;
    for (int round = 0; round < 50000; round++) {
        size_t n_pattern = (seed >> 8) % 9, n_text = (seed >> 16) % 13;

        for (size_t i = 0; i < n_pattern; i++)
            pattern[i] = "ab*?"[(seed = seed * 1664525u + 1013904223u) >> 30];
        for (size_t i = 0; i < n_text; i++)
            text[i] = "ab"[(seed = seed * 1664525u + 1013904223u) >> 31];
        pattern[n_pattern] = text[n_text] = '\0';
        seed = seed * 1664525u + 1013904223u;
        if (match(pattern, text, n_text, 0) != naive(pattern, text))
            fail_msg("'%s' against '%s'", pattern, text);
    }
}

/* A backtracking matcher would need some 10^20 steps. */
static void check_hostile(void **unused)
{
    char pattern[129] = {0}, *text = malloc(1 << 16);

    (void)unused;
    assert_non_null(text);
    memset(text, 'a', 1 << 16);
    for (size_t i = 0; i < 127; i++)
        pattern[i] = i % 2 ? 'a' : '*';
    pattern[127] = 'b';
    assert_false(match(pattern, text, 1 << 16, 0));
    free(text);
}

static void check_count(void **unused)
{
    (void)unused;
    assert_int_equal(r53__pattern_wildcards("*a?*", 0), 3);
    assert_int_equal(r53__pattern_wildcards("\\*a?", PATTERN_ESCAPES), 1);
    assert_int_equal(r53__pattern_wildcards("\\*a?", 0), 2);
    assert_int_equal(r53__pattern_wildcards(NULL, 0), 0);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(cases) + 3];
    size_t n = 0;

    ADD_CASES(tests, n, cases, check_case);
    ADD_TEST(tests, n, "ELB-ALB-COND-02 as the definition says, 50000 times", check_naive);
    ADD_TEST(tests, n, "ELB-ALB-COND-03 T26 a hostile pattern takes pattern times text",
             check_hostile);
    ADD_TEST(tests, n, "ELB-ALB-RULE-07 wildcards are counted as written", check_count);
    return RUN_TESTS("wildcard", tests, n);
}
