#include "route53/route.h"

#include "base/hash.h"
#include "base/sized.h"

#include <string.h>

int32_t r53__route_query_parse(struct route_query *out, const r53_query *in)
{
    r53_query q;

    if (!r53__sized_read(&q, sizeof(q), in) || !q.name)
        return R53_E_INVALID;
    if (q.type < 0 || q.type > UINT16_MAX || q.telling < 0 || q.telling > R53_ALIAS_AS_NAME)
        return R53_E_INVALID;
    if (r53__client_parse(&out->client, &q) != R53_OK ||
        r53__name_parse(&out->name, r53__span(q.name)) != NAME_OK)
        return R53_E_INVALID;
    out->labels = r53__name_labels(r53__name(&out->name));
    out->hash = r53__name_hash(r53__name(&out->name), 0);
    out->type = q.type ? (uint16_t)q.type : R53_TYPE_A;
    out->telling = q.telling;
    out->seed = q.seed;
    out->hosted_zone_id = q.hosted_zone_id;
    out->vpc_id = q.vpc_id;
    return R53_OK;
}

void r53__route_query_rename(struct route_query *query, struct name name)
{
    memcpy(query->name.octets, name.octets, name.length);
    query->name.length = (uint8_t)name.length;
    query->labels = r53__name_labels(name);
    query->hash = r53__name_hash(name, 0);
}

uint8_t r53__query_family(const struct route_query *query)
{
    if (query->type == R53_TYPE_A)
        return ADDRESS_IPV4;
    return query->type == R53_TYPE_AAAA ? ADDRESS_IPV6 : ADDRESS_NONE;
}

int32_t r53__route_step(const struct route_input *input, struct route *route, struct draw *draw)
{
    static int32_t (*const stages[])(const struct route_input *, struct route *, struct draw *) = {
        [ROUTE_ZONE] = r53__route_zone,
        [ROUTE_DISPATCH] = r53__route_dispatch,
        [ROUTE_OWN_NAME] = r53__route_own_name,
        [ROUTE_RECORD] = r53__route_record,
        [ROUTE_ALIAS] = r53__route_alias,
    };

    return stages[route->stage](input, route, draw);
}

int32_t r53__route_run(const struct route_input *input, struct route *route, struct draw *draw)
{
    int32_t rc = R53_OK;

    while (rc == R53_OK && route->stage != ROUTE_DONE)
        rc = r53__route_step(input, route, draw);
    return rc;
}

void r53__route_end(struct route *route, int32_t disposition, int32_t rule)
{
    route->disposition = disposition;
    route->rule = rule;
    route->origin = R53_ORIGIN_NONE;
    route->stage = ROUTE_DONE;
}

uint64_t r53__values_key(const struct zone *zone, const struct record_set *set)
{
    return r53__values_key_in(r53__group_key(zone, &zone->groups[set->group]));
}
