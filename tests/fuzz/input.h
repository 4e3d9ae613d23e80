/*
 * A fuzzer's octets read as choices: small numbers, texts, members of structs. Behind the end of
 * the input every choice is the first one, so any octets are a whole input.
 */
#ifndef R53_TESTS_FUZZ_INPUT_H
#define R53_TESTS_FUZZ_INPUT_H

#include "fuzz/fuzz.h"

#include <stdbool.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof(*(array)))

struct input {
    const uint8_t *at, *end;
};

static inline uint8_t take(struct input *in)
{
    return in->at < in->end ? *in->at++ : 0;
}

static inline size_t below(struct input *in, size_t n)
{
    return take(in) % n;
}

/* One of a table's rows: ONE_OF(in, names). */
#define ONE_OF(in, rows) ((rows)[below(in, LENGTH(rows))])

static inline uint64_t wide(struct input *in)
{
    uint64_t value = 0;

    for (int i = 0; i < 8; i++)
        value = value << 8 | take(in);
    return value;
}

/* A number that bounds are made of, or seldom any. */
static inline int32_t number(struct input *in)
{
    static const int32_t numbers[] = {0,   1,   2,    3,    4,     5,     6,     7,         8,
                                      10,  30,  53,   60,   80,    81,    100,   255,       256,
                                      300, 443, 1000, 3600, 65535, 65536, 86400, INT32_MAX, -1};
    size_t i = below(in, LENGTH(numbers) + 1);

    return i < LENGTH(numbers) ? numbers[i] : (int32_t)(uint32_t)wide(in);
}

/* A member that may be set to anything without breaking the caller's part of the contract. */
struct member {
    uint16_t at;
    enum { NUMBER, LONG, TEXT } form;
};

#define NUMBER_OF(type, name)                                                                      \
    {                                                                                              \
        offsetof(type, name), NUMBER                                                               \
    }
#define LONG_OF(type, name)                                                                        \
    {                                                                                              \
        offsetof(type, name), LONG                                                                 \
    }
#define TEXT_OF(type, name)                                                                        \
    {                                                                                              \
        offsetof(type, name), TEXT                                                                 \
    }

typedef const char *text_source(struct input *in);

/* Sets up to three members anew; most often none, so that most structs stay sound. */
static inline void vary(struct input *in, void *object, const struct member *members, size_t n,
                        text_source *text)
{
    static const uint8_t times[] = {0, 0, 0, 1, 1, 2, 3};

    for (size_t i = ONE_OF(in, times); i > 0; i--) {
        const struct member *member = &members[below(in, n)];
        char *at = (char *)object + member->at;
        const char *words;
        int32_t value;
        int64_t long_value;

        if (member->form == TEXT) {
            words = text(in);
            memcpy(at, &words, sizeof(words));
        } else if (member->form == NUMBER) {
            value = number(in);
            memcpy(at, &value, sizeof(value));
        } else {
            long_value = take(in) % 2 ? number(in) : (int64_t)wide(in);
            memcpy(at, &long_value, sizeof(long_value));
        }
    }
}

#endif
