#include "base/member.h"

#include "base/report.h"
#include "base/text.h"

#include <string.h>

static const size_t sizes[] = {
    [MEMBER_TEXT] = sizeof(const char *),
    [MEMBER_NUMBER] = sizeof(int32_t),
    [MEMBER_LONG] = sizeof(int64_t),
};

static bool is_read(const struct member_list *list, const struct member *member, const void *in)
{
    union member_room alone;

    memcpy(alone.bytes, list->valid, list->size);
    memcpy(alone.bytes + member->offset, (const char *)in + member->offset, sizes[member->kind]);
    return list->reads(alone.bytes);
}

void r53__member_fault(r53_report *report, const char *path, const char *value,
                       const char *expected)
{
    r53__remark(report, &(struct remark){.path = path,
                                         .format = "\"{0}\" is not valid; expected: {1}",
                                         .args = {value ? value : "NULL", expected}});
}

static int64_t number_of(const struct member *member, const char *at)
{
    int64_t wide;
    int32_t narrow;

    if (member->kind == MEMBER_LONG) {
        memcpy(&wide, at, sizeof(wide));
        return wide;
    }
    memcpy(&narrow, at, sizeof(narrow));
    return narrow;
}

static void tell(const struct member *member, const void *in, r53_report *report)
{
    const char *at = (const char *)in + member->offset, *value;
    char number[NUMBER_TEXT_MAX];

    if (member->kind == MEMBER_TEXT) {
        memcpy(&value, at, sizeof(value));
    } else {
        r53__number_print(number, number_of(member, at));
        value = number;
    }
    r53__member_fault(report, member->name, value, member->expected);
}

void r53__members_tell(const struct member_list *list, const void *in, r53_report *report)
{
    for (size_t i = 0; i < list->n; i++) {
        if (!is_read(list, &list->members[i], in))
            tell(&list->members[i], in, report);
    }
}
