#include "base/sized_refusal.h"

#include "base/text.h"

#include <string.h>

static const char *format(const void *src, uint32_t given)
{
    if (!src)
        return "the {0} is missing";
    if (given == 0)
        return "the size of the {0} is not set; expected its sizeof, {1} here";
    if (given % sizeof(given))
        return "the size of the {0} is {2}; expected its sizeof, {1} here, or another multiple "
               "of 4";
    return "the size of the {0} is {2}, and octets behind the {1} that are known here are not 0";
}

const char *r53__sized_words(char *words, const char *what, const void *src, size_t size)
{
    char expected[NUMBER_TEXT_MAX], got[NUMBER_TEXT_MAX];
    const char *args[] = {what, expected, got};
    struct text text;
    uint32_t given = 0;

    if (src)
        memcpy(&given, src, sizeof(given));
    r53__number_print(expected, (int64_t)size);
    r53__number_print(got, given);
    r53__text_init(&text, words, SIZED_WORDS_MAX);
    r53__put_template(&text, format(src, given), args, sizeof(args) / sizeof(*args));
    return words;
}

int32_t r53__sized_refuse(r53_report *report, const char *path, const char *what, const void *src,
                          size_t size)
{
    char words[SIZED_WORDS_MAX];

    r53__sized_words(words, what, src, size);
    return r53__remark(report, &(struct remark){.path = path, .format = "{0}", .args = {words}});
}

int32_t r53__reserved_judge(r53_report *report, const char *path, int64_t value)
{
    char number[NUMBER_TEXT_MAX];

    if (value == 0)
        return R53_OK;
    r53__number_print(number, value);
    return r53__remark(report, &(struct remark){.path = path,
                                                .format = "{0} is said in a member that is "
                                                          "reserved; expected 0",
                                                .args = {number}});
}
