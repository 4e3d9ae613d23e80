/*
 * What is wrong with a query, told by member (base/member.h).
 */
#include "base/member.h"
#include "base/sized.h"
#include "base/sized_refusal.h"
#include "net/place.h"
#include "route53/route.h"

static const struct member members[] = {
    {"Name", "a DNS name of labels of at most 63 octets, at most 255 in all",
     offsetof(r53_query, name), MEMBER_TEXT},
    {"Type", "0 for A, or a DNS type up to 65535", offsetof(r53_query, type), MEMBER_NUMBER},
    {"Telling", "0, R53_ALIAS_AS_ADDRESSES or R53_ALIAS_AS_NAME", offsetof(r53_query, telling),
     MEMBER_NUMBER},
    {"ResolverAddress", "an IPv4 or IPv6 address", offsetof(r53_query, resolver_address),
     MEMBER_TEXT},
    {"ClientSubnet", "an address block such as 203.0.113.0/24", offsetof(r53_query, client_subnet),
     MEMBER_TEXT},
    {"VPCRegion", "a Region that is known, such as us-east-1", offsetof(r53_query, vpc_region),
     MEMBER_TEXT},
    {"AvailabilityZoneGroup", "the name of a group of zones, such as us-east-1-zg-1",
     offsetof(r53_query, availability_zone_group), MEMBER_TEXT},
};

static bool reads(const void *alone)
{
    struct route_query ignored;

    return r53__route_query_parse(&ignored, alone) == R53_OK;
}

static const r53_query valid = {.size = sizeof(valid), .name = "."};
static const struct member_list list = {members, sizeof(members) / sizeof(*members), &valid,
                                        sizeof(valid), reads};
_Static_assert(sizeof(r53_query) <= sizeof(union member_room), "a query has room");

/* The place is valid as a whole or not: a state needs its country. */
static void place_tell(const r53_query *query, r53_report *report)
{
    const r53_place said = r53__query_place(query);
    struct place_fault fault;
    struct place place;

    if (!r53__place_read(&place, &said, &fault))
        r53__member_fault(report, fault.member, fault.value, fault.expected);
}

int32_t r53_query_check(const r53_query *query, r53_report *report)
{
    struct route_query parsed;
    r53_query q;

    if (!r53__sized_read(&q, sizeof(q), query))
        return r53__sized_refuse(report, "Size", "query", query, sizeof(q));
    if (r53__route_query_parse(&parsed, &q) == R53_OK)
        return R53_OK;
    r53__members_tell(&list, &q, report);
    place_tell(&q, report);
    return R53_E_INVALID;
}
