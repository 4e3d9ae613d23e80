/*
 * What is wrong with a public struct, told by member. Such a struct is read on every call and must
 * cost little, so reading it only says yes or no; when somebody asks why, each member is read
 * alone, in a struct that is otherwise valid, by the very same reader: so the two cannot disagree.
 */
#ifndef R53_LIB_BASE_MEMBER_H
#define R53_LIB_BASE_MEMBER_H

#include <r53/report.h>

#include <stdbool.h>
#include <stddef.h>

enum member_kind { MEMBER_TEXT, MEMBER_NUMBER, MEMBER_LONG };

/* A member; `expected` ends the sentence "expected: ". */
struct member {
    const char *name, *expected;
    size_t offset;
    enum member_kind kind;
};

/* The members of a struct, and how it is read. */
struct member_list {
    const struct member *members;
    size_t n;
    const void *valid; /* a struct that `reads` takes, of `size` bytes */
    size_t size;
    bool (*reads)(const void *alone);
};

/* A struct's bytes, aligned; large enough for every struct that is looked at like this. */
union member_room {
    max_align_t align;
    unsigned char bytes[512];
};

/* Tells each member of `in` that is not read, and its value. */
void r53__members_tell(const struct member_list *list, const void *in, r53_report *report);

/* Tells one: the value, NULL being told as such, and what was expected. */
void r53__member_fault(r53_report *report, const char *path, const char *value,
                       const char *expected);

#endif
