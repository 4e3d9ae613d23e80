/*
 * From a route to an answer: the sections as records in its buffer, and the summary.
 */
#include "route53/answer.h"
#include "route53/sections.h"

/* A sink that copies records into an answer. */
struct record_sink {
    struct answer_sink sink; /* first: the sink is the record sink */
    struct r53_answer *answer;
    struct rrset rrset;
};

static void record_begin(struct answer_sink *sink, const struct rrset *rrset)
{
    ((struct record_sink *)sink)->rrset = *rrset;
}

static void record_value(struct answer_sink *sink, const uint8_t *rdata, size_t length)
{
    struct record_sink *to = (struct record_sink *)sink;

    r53__answer_put(to->answer, to->rrset.section, to->rrset.owner, to->rrset.type, to->rrset.ttl,
                    rdata, length);
}

/* The DNS name at the end of the aliases. */
static struct name alias_end(const struct route_input *input, const struct route *route,
                             const struct zone *zone)
{
    const r53_view *view = input->view;

    if (route->origin == R53_ORIGIN_LOAD_BALANCER)
        return view->fleets[route->target].lb->dns_name;
    if (route->origin == R53_ORIGIN_OBSERVED)
        return view->named[route->target].name;
    if (route->record >= 0 && zone->record_sets[route->record].flags & RECORD_ALIAS)
        return r53__record_detail(zone, &zone->record_sets[route->record])->alias_name;
    if (route->group >= 0)
        return r53__owner_name(zone, (int32_t)zone->groups[route->group].owner);
    return (struct name){NULL, 0};
}

static void write_alias(struct r53_answer *answer, const struct route_input *input,
                        const struct route *route, const struct zone *zone)
{
    struct name end = alias_end(input, route, zone);
    char name[NAME_TEXT_MAX];
    struct text text;

    r53__text_init(&text, name, sizeof(name));
    if (end.length > 0)
        r53__name_put(&text, end);
    answer->alias_name = r53__answer_text(answer, name);
}

int32_t r53__answer_write(struct r53_answer *answer, const struct route_input *input,
                          const struct route *route)
{
    struct record_sink to = {{record_begin, record_value}, answer, {0}};
    const struct record_detail *detail = NULL;
    struct section_result result;
    const struct zone *zone;
    int32_t rc;

    answer->disposition = route->disposition;
    answer->origin = route->origin;
    answer->hops = route->hops;
    rc = r53__sections_write(&to.sink, input, route, (struct section_options){0}, &result);
    answer->rcode = result.rcode;
    answer->authoritative = result.authoritative;
    answer->scope = input->query->client.has_subnet ? result.scope : -1; /* R53-PLACE-04 */
    if (rc != R53_OK)
        return rc;
    if (route->origin == R53_ORIGIN_LOAD_BALANCER)
        answer->load_balancer =
            r53__answer_text(answer, input->view->fleets[route->target].lb->arn);
    if (route->zone < 0)
        return R53_OK;
    zone = input->view->zones[route->zone].zone;
    answer->zone_id = r53__answer_text(answer, zone->id);
    if (route->record >= 0)
        detail = r53__record_detail(zone, &zone->record_sets[route->record]);
    if (detail)
        answer->set_identifier = r53__answer_text(answer, detail->set_identifier);
    if (route->hops > 0)
        write_alias(answer, input, route, zone);
    return R53_OK;
}
