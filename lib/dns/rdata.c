/* The types' table. */
#include "dns/rdata.h"

#include "dns/fields.h"
#include "dns/rdata_types.h"

#include <r53/type.h>

enum {
    ANYWHERE = TYPE_AT_APEX | TYPE_BELOW_APEX,
    /* Every routing policy, and aliases. */
    ROUTED = TYPE_GROUPED | TYPE_MULTIVALUE | TYPE_ALIAS
};

#define TYPE(name, type, flags)                                                                    \
    {                                                                                              \
        R53_TYPE_##name, flags, #name, r53__##type##_parse, r53__##type##_print                    \
    }

/* R53-TYPE-01 and, in the flags, R53-TYPE-02. By number. */
static const struct rr_type types[] = {
    TYPE(A, a, ANYWHERE | ROUTED),
    TYPE(NS, ns, ANYWHERE),
    TYPE(CNAME, cname, TYPE_BELOW_APEX | TYPE_GROUPED | TYPE_ALIAS | TYPE_SINGLE),
    TYPE(SOA, soa, TYPE_AT_APEX | TYPE_SINGLE),
    TYPE(PTR, ptr, ANYWHERE | ROUTED),
    TYPE(MX, mx, ANYWHERE | ROUTED),
    TYPE(TXT, txt, ANYWHERE | ROUTED),
    TYPE(AAAA, aaaa, ANYWHERE | ROUTED),
    TYPE(SRV, srv, ANYWHERE | ROUTED),
    TYPE(NAPTR, naptr, ANYWHERE | ROUTED),
    TYPE(DS, ds, TYPE_BELOW_APEX | TYPE_ALIAS),
    TYPE(SSHFP, sshfp, ANYWHERE | ROUTED),
    TYPE(TLSA, tlsa, ANYWHERE | ROUTED),
    TYPE(SVCB, svcb, ANYWHERE | ROUTED),
    TYPE(HTTPS, https, ANYWHERE | ROUTED),
    TYPE(SPF, txt, ANYWHERE | ROUTED),
    TYPE(CAA, caa, ANYWHERE | ROUTED),
};

enum { TYPES = sizeof(types) / sizeof(*types) };

const struct rr_type r53__type_none = {0, 0, "", NULL, NULL};

const struct rr_type *r53__type_find(uint16_t number)
{
    for (size_t i = 0; i < TYPES; i++) {
        if (types[i].number == number)
            return &types[i];
    }
    return NULL;
}

const struct rr_type *r53__type_by_name(struct span name)
{
    for (size_t i = 0; i < TYPES; i++) {
        if (r53__span_is(name, types[i].name))
            return &types[i];
    }
    return NULL;
}

/* Octets in front of the name; -1: the type has no such name. */
static int target_offset(uint16_t type)
{
    static const struct {
        uint16_t type;
        int offset;
    } targets[] = {
        {R53_TYPE_NS, 0},  {R53_TYPE_CNAME, 0}, {R53_TYPE_MX, 2},
        {R53_TYPE_SRV, 6}, {R53_TYPE_SVCB, 2},  {R53_TYPE_HTTPS, 2},
    };

    for (size_t i = 0; i < sizeof(targets) / sizeof(*targets); i++) {
        if (targets[i].type == type)
            return targets[i].offset;
    }
    return -1;
}

struct name r53__rdata_target(uint16_t type, const uint8_t *rdata, size_t length)
{
    int offset = target_offset(type);
    size_t end = (size_t)(offset < 0 ? 0 : offset);

    if (offset < 0 || end >= length)
        return (struct name){NULL, 0};
    while (rdata[end])
        end += 1u + rdata[end];
    return (struct name){rdata + offset, end + 1 - (size_t)offset};
}

struct name r53__rdata_target_under(uint16_t type, const uint8_t *rdata, size_t length,
                                    struct name owner)
{
    struct name target = r53__rdata_target(type, rdata, length);

    if ((type != R53_TYPE_SVCB && type != R53_TYPE_HTTPS) || target.length != 1)
        return target;
    return r53__read_u16(rdata) > 0 ? owner : (struct name){NULL, 0};
}
