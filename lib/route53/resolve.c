/*
 * The two questions of this floor: answer a query, and follow one alias.
 */
#include "route53/answer.h"

#include "base/events.h"
#include "base/rules.h"
#include "base/sized.h"

/* Writes the answer; on failure it is empty. */
static int32_t finish(r53_answer *answer, const struct route_input *input,
                      const struct route *route)
{
    int32_t rc = r53__answer_write(answer, input, route);

    if (answer->failed || (input->trace && input->trace->failed))
        rc = R53_E_NOMEM;
    if (rc != R53_OK)
        r53__answer_reset(answer);
    return rc;
}

int32_t r53_resolve(const r53_view *view, const r53_query *query, r53_answer *answer,
                    r53_trace *trace)
{
    struct route_query parsed;
    struct route_input input = {view, &parsed, trace};
    struct route route;
    struct draw draw = {0};
    int32_t rc;

    if (!answer)
        return R53_E_INVALID;
    r53__answer_reset(answer);
    if (!view)
        return R53_E_INVALID;
    rc = r53__route_query_parse(&parsed, query);
    if (rc != R53_OK)
        return rc;
    r53__view_trace(view, trace);
    draw.seed = parsed.seed;
    r53__route_init(&route);
    rc = r53__route_run(&input, &route, &draw);
    if (rc != R53_OK)
        return rc;
    return finish(answer, &input, &route);
}

/* The alias's target, bound in the zone that the query names or lies in. */
static int32_t alias_bind(const struct route_input *input, const r53_record_set *alias,
                          struct route *route)
{
    const struct rr_type *type = r53__type_find(input->query->type);
    struct name_buffer target;
    struct binding binding;
    struct draw draw = {0};
    int32_t rc = r53__route_zone(input, route, &draw);

    if (rc != R53_OK)
        return rc;
    if (route->zone < 0)
        return R53_E_NOT_FOUND;
    if (!type || r53__name_parse(&target, r53__span(alias->alias_dns_name)) != NAME_OK)
        return R53_E_INVALID;
    binding = r53__binding_find(input->view, input->view->zones[route->zone].zone, type->number,
                                r53__name(&target));
    route->disposition = R53_DISPOSITION_ALIAS;
    route->rule = RULE_R53_ALIAS_02;
    r53__route_bind(input, route, binding);
    return R53_OK;
}

int32_t r53_alias_resolve(const r53_view *view, const r53_query *query, const r53_record_set *alias,
                          r53_answer *answer, r53_trace *trace)
{
    struct route_query parsed;
    struct route_input input = {view, &parsed, trace};
    r53_record_set set;
    struct route route;
    struct draw draw = {0};
    int32_t rc;

    if (!answer)
        return R53_E_INVALID;
    r53__answer_reset(answer);
    if (!view || !r53__sized_read(&set, sizeof(set), alias) || !set.alias_dns_name || set.reserved)
        return R53_E_INVALID;
    rc = r53__route_query_parse(&parsed, query);
    if (rc != R53_OK)
        return rc;
    if (set.type <= 0 || set.type > UINT16_MAX)
        return R53_E_INVALID;
    parsed.type = (uint16_t)set.type;
    draw.seed = parsed.seed;
    r53__view_trace(view, trace);
    r53__route_init(&route);
    rc = alias_bind(&input, &set, &route);
    if (rc == R53_OK)
        rc = r53__route_run(&input, &route, &draw);
    if (rc != R53_OK)
        return rc;
    return finish(answer, &input, &route);
}
