/*
 * What is wrong with a query, told by member. A query is read on every call and must cost little,
 * so reading it only says yes or no; here each member is read alone, in a query that is otherwise
 * valid, by the very same reader: so the two cannot disagree.
 */
#include "base/report.h"
#include "base/sized.h"
#include "net/place.h"
#include "route53/route.h"

#include <string.h>

enum kind { TEXT, NUMBER };

static const struct member {
    const char *name, *expected;
    size_t offset;
    enum kind kind;
} members[] = {
    {"Name", "a DNS name of labels of at most 63 octets, at most 255 in all",
     offsetof(r53_query, name), TEXT},
    {"Type", "0 for A, or a DNS type up to 65535", offsetof(r53_query, type), NUMBER},
    {"Telling", "0, R53_ALIAS_AS_ADDRESSES or R53_ALIAS_AS_NAME", offsetof(r53_query, telling),
     NUMBER},
    {"ResolverAddress", "an IPv4 or IPv6 address", offsetof(r53_query, resolver_address), TEXT},
    {"ClientSubnet", "an address block such as 203.0.113.0/24", offsetof(r53_query, client_subnet),
     TEXT},
    {"VPCRegion", "a Region that is known, such as us-east-1", offsetof(r53_query, vpc_region),
     TEXT},
    {"AvailabilityZoneGroup", "the name of a group of zones, such as us-east-1-zg-1",
     offsetof(r53_query, availability_zone_group), TEXT},
};

static size_t member_size(const struct member *member)
{
    return member->kind == TEXT ? sizeof(const char *) : sizeof(int32_t);
}

/* Reads the member in a query of its own. */
static bool member_is_valid(const struct member *member, const r53_query *query)
{
    r53_query alone = {.size = sizeof(alone), .name = "."};
    struct route_query ignored;

    memcpy((char *)&alone + member->offset, (const char *)query + member->offset,
           member_size(member));
    return r53__route_query_parse(&ignored, &alone) == R53_OK;
}

static void fault_tell(r53_report *report, const char *path, const char *value,
                       const char *expected)
{
    r53__remark(report, &(struct remark){.path = path,
                                         .format = "\"{0}\" is not valid; expected: {1}",
                                         .args = {value ? value : "NULL", expected}});
}

static void member_tell(const struct member *member, const r53_query *query, r53_report *report)
{
    const char *at = (const char *)query + member->offset, *value;
    char number[NUMBER_TEXT_MAX];
    int32_t n;

    if (member->kind == TEXT) {
        memcpy(&value, at, sizeof(value));
    } else {
        memcpy(&n, at, sizeof(n));
        r53__number_print(number, n);
        value = number;
    }
    fault_tell(report, member->name, value, member->expected);
}

/* The place is valid as a whole or not: a state needs its country. */
static void place_tell(const r53_query *query, r53_report *report)
{
    const r53_place said = r53__query_place(query);
    struct place_fault fault;
    struct place place;

    if (!r53__place_read(&place, &said, &fault))
        fault_tell(report, fault.member, fault.value, fault.expected);
}

int32_t r53_query_check(const r53_query *query, r53_report *report)
{
    struct route_query parsed;
    r53_query q;

    if (!r53__sized_read(&q, sizeof(q), query)) {
        fault_tell(report, "Size", query ? "size" : "NULL", "a query with the size of the struct");
        return R53_E_INVALID;
    }
    if (r53__route_query_parse(&parsed, &q) == R53_OK)
        return R53_OK;
    for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++) {
        if (!member_is_valid(&members[i], &q))
            member_tell(&members[i], &q, report);
    }
    place_tell(&q, report);
    return R53_E_INVALID;
}
