/*
 * What was seen of clients: where the addresses of a block are, and how far they are from AWS's
 * regions. An id is what a client is in canonical text, so that two ways of writing one block are
 * one statement.
 */
#include "model/observed.h"

#include "base/report.h"
#include "base/sized.h"
#include "base/sized_refusal.h"
#include "model/spec.h"
#include "net/region.h"

#include <string.h>

static int32_t fault(r53_report *report, const char *member, const char *value,
                     const char *expected)
{
    return r53__remark(report, &(struct remark){.path = member,
                                                .format = "\"{0}\" is not valid; expected: {1}",
                                                .args = {value, expected}});
}

/* Ends a call that staged something: all of it, or an error that is told. */
static int32_t finish(r53_observed *observed, int32_t rc, r53_report *report)
{
    if (rc)
        return r53__remark_nomem(report);
    r53__observed_commit(observed);
    return R53_OK;
}

static void prefix_text(char *out, const struct prefix *prefix)
{
    struct text text;

    r53__text_init(&text, out, PREFIX_TEXT_MAX);
    r53__prefix_put(&text, prefix);
}

/* Places */

static int32_t place_members(struct place *out, const r53_place *place, r53_report *report)
{
    struct place_fault why;
    r53_place in;

    if (!r53__sized_read(&in, sizeof(in), place))
        return r53__sized_refuse(report, "Place", "place", place, sizeof(in));
    if (!r53__place_read(out, &in, &why))
        return fault(report, why.member, why.value, why.expected);
    return R53_OK;
}

int32_t r53__place_said_read(struct place_said *out, const char *prefix, const r53_place *place,
                             r53_report *report)
{
    *out = (struct place_said){.known = place != NULL};
    if (!r53__prefix_parse(r53__span(prefix), &out->prefix)) /* R53-PLACE-05: cut to its length */
        return fault(report, "Prefix", prefix, "an address block such as 203.0.113.0/24");
    prefix_text(out->id, &out->prefix);
    return place ? place_members(&out->place, place, report) : R53_OK;
}

static struct place place_copy(struct spec *spec, const struct place *from)
{
    struct place place = *from;

    place.continent = r53__spec_text(spec, from->continent);
    place.country = r53__spec_text(spec, from->country);
    place.subdivision = r53__spec_text(spec, from->subdivision);
    return place;
}

int32_t r53__observed_stage_place(r53_observed *observed, const struct place_said *said)
{
    struct observed_place *object;
    struct spec spec;

    if (!said->known)
        return r53__table_give(&observed->tables[OBSERVED_PLACES], r53__span(said->id), NULL);
    object = r53__object_new(&observed->memory, sizeof(*object));
    if (!object)
        return R53_E_NOMEM;
    spec = r53__spec(&object->head.arena, NULL);
    object->prefix = said->prefix;
    object->place = place_copy(&spec, &said->place);
    if (spec.error) {
        r53__object_unref(object);
        return spec.error;
    }
    return r53__table_give(&observed->tables[OBSERVED_PLACES], r53__span(said->id), object);
}

int32_t r53_observe_place(r53_observed *observed, const char *prefix, const r53_place *place,
                          r53_report *report)
{
    struct place_said said;
    int32_t rc;

    if (!observed)
        return r53__remark(report, &(struct remark){.format = "no observed"});
    rc = r53__place_said_read(&said, prefix, place, report);
    return rc ? rc : finish(observed, r53__observed_stage_place(observed, &said), report);
}

/* Latencies: who is the client? */

static void client_put(struct latency_said *out, const char *head, struct span code)
{
    struct text text;

    r53__text_init(&text, out->client, sizeof(out->client));
    r53__put(&text, head);
    r53__put_span(&text, code);
}

static bool take_head(struct span *text, const char *head)
{
    size_t length = strlen(head);

    if (text->length < length || memcmp(text->at, head, length) != 0)
        return false;
    *text = (struct span){text->at + length, text->length - length};
    return true;
}

static bool client_is_continent(struct span text, struct latency_said *out)
{
    bool marked = take_head(&text, "continent:");

    if (!r53__continent_known(text) || (!marked && r53__country_continent(text)))
        return false;
    client_put(out, "continent:", text);
    return true;
}

/* A bare code that is a continent's too is nobody's: the caller is told to say which. */
static bool client_is_country(struct span text, struct latency_said *out)
{
    bool marked = take_head(&text, "country:");

    if (!r53__country_code_fits(text) || (!marked && r53__continent_known(text)))
        return false;
    client_put(out, "", text);
    return true;
}

/* "US-CA" */
static bool client_is_subdivision(struct span text, struct latency_said *out)
{
    if (text.length < 4 || text.at[2] != '-' ||
        !r53__country_code_fits((struct span){text.at, 2}) ||
        !r53__subdivision_code_fits((struct span){text.at + 3, text.length - 3}))
        return false;
    client_put(out, "", text);
    return true;
}

static bool client_is_region(struct span text, struct latency_said *out)
{
    if (!r53__region_find(text))
        return false;
    client_put(out, "", text);
    return true;
}

static bool client_is_prefix(struct span text, struct latency_said *out)
{
    if (!r53__prefix_parse(text, &out->prefix))
        return false;
    prefix_text(out->client, &out->prefix);
    return true;
}

static int32_t client_read(struct latency_said *out, const char *client, r53_report *report)
{
    static bool (*const kinds[])(struct span, struct latency_said *) = {
        client_is_prefix, client_is_subdivision, client_is_country, client_is_continent,
        client_is_region};
    struct span text = r53__span(client);

    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
        if (kinds[i](text, out))
            return R53_OK;
    }
    if (r53__continent_known(text))
        return fault(report, "Client", client,
                     "the code is a country's and a continent's; put country: or continent: before "
                     "it");
    return fault(report, "Client", client,
                 "an address block, a place (US-CA, DE, continent:EU) or a Region");
}

int32_t r53__latency_said_read(struct latency_said *out, const char *client, const char *region,
                               int32_t milliseconds, r53_report *report)
{
    char number[NUMBER_TEXT_MAX];
    int32_t rc;

    *out = (struct latency_said){.latency = {r53__region_find(r53__span(region)), milliseconds}};
    rc = client_read(out, client, report);
    if (rc)
        return rc;
    if (!out->latency.region) /* R53-DATA-05 */
        return fault(report, "Region", region, "an AWS Region such as us-east-1");
    if (milliseconds >= -1)
        return R53_OK;
    r53__number_print(number, milliseconds);
    return fault(report, "Milliseconds", number, "0 or more, or -1 to forget");
}

/* Latencies: a client's list, with one statement put in its place. */

/* Copies all but what is said of the same region, and that if it is not forgotten. */
static uint32_t latencies_merge(struct region_latency *out, const struct latency_list *old,
                                const struct region_latency *said)
{
    uint32_t n = 0, i = 0;

    while (i < old->n_latencies && old->latencies[i].region < said->region)
        out[n++] = old->latencies[i++];
    if (i < old->n_latencies && old->latencies[i].region == said->region)
        i++;
    if (said->milliseconds >= 0)
        out[n++] = *said;
    while (i < old->n_latencies)
        out[n++] = old->latencies[i++];
    return n;
}

static int32_t list_make(struct latency_list **out, const struct memory *memory,
                         const struct latency_list *old, const struct latency_said *said)
{
    struct latency_list *list = r53__object_new(memory, sizeof(*list));
    struct spec spec = r53__spec(list ? &list->head.arena : NULL, NULL);
    struct region_latency *latencies =
        r53__spec_alloc(&spec, (size_t)old->n_latencies + 1, sizeof(*latencies));
    const char *client = r53__spec_text(&spec, said->client);

    if (spec.error) {
        r53__object_unref(list);
        return spec.error;
    }
    list->client = client;
    list->prefix = said->prefix;
    list->latencies = latencies;
    list->n_latencies = latencies_merge(latencies, old, &said->latency);
    *out = list;
    return R53_OK;
}

int32_t r53__observed_stage_latency(r53_observed *observed, const struct latency_said *said)
{
    static const struct latency_list none;
    const struct latency_list *old =
        r53__table_staged(&observed->tables[OBSERVED_LATENCIES], r53__span(said->client));
    struct latency_list *list = NULL;
    int32_t rc = list_make(&list, &observed->memory, old ? old : &none, said);

    if (rc)
        return rc;
    if (list->n_latencies == 0) { /* a client of whom nothing is said is none */
        r53__object_unref(list);
        list = NULL;
    }
    return r53__table_give(&observed->tables[OBSERVED_LATENCIES], r53__span(said->client), list);
}

int32_t r53_observe_latency(r53_observed *observed, const char *client, const char *region,
                            int32_t milliseconds, r53_report *report)
{
    struct latency_said said;
    int32_t rc;

    if (!observed)
        return r53__remark(report, &(struct remark){.format = "no observed"});
    rc = r53__latency_said_read(&said, client, region, milliseconds, report);
    return rc ? rc : finish(observed, r53__observed_stage_latency(observed, &said), report);
}

int32_t r53__latency_to(const struct latency_list *list, const struct region *region)
{
    uint32_t low = 0, high = list->n_latencies;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (list->latencies[middle].region == region)
            return list->latencies[middle].milliseconds;
        if (list->latencies[middle].region < region)
            low = middle + 1;
        else
            high = middle;
    }
    return -1;
}
