#include "route53/answer.h"

#include "base/sized.h"

#include <string.h>

int32_t r53_answer_new(r53_answer **out, const r53_allocator *allocator)
{
    struct memory memory;
    r53_answer *answer;

    if (!out || r53__memory_init(&memory, allocator) != R53_OK)
        return R53_E_INVALID;
    answer = r53__alloc(&memory, 1, sizeof(*answer));
    if (!answer)
        return R53_E_NOMEM;
    answer->memory = memory;
    r53__answer_reset(answer);
    *out = answer;
    return R53_OK;
}

void r53_answer_free(r53_answer *answer)
{
    if (!answer)
        return;
    r53__free(&answer->memory, answer->records, answer->capacity, sizeof(*answer->records));
    r53__free(&answer->memory, answer->octets, answer->octets_capacity, 1);
    r53__free(&answer->memory, answer->scratch, answer->scratch_capacity, 1);
    r53__free(&answer->memory, answer, 1, sizeof(*answer));
}

void r53__answer_reset(struct r53_answer *answer)
{
    answer->count = answer->n_octets = 0;
    answer->failed = false;
    answer->rcode = answer->authoritative = answer->disposition = answer->origin = 0;
    answer->hops = 0;
    answer->scope = -1;
    answer->zone_id = answer->set_identifier = SIZE_MAX;
    answer->alias_name = answer->load_balancer = SIZE_MAX;
}

/* Copies octets in; returns where. */
static size_t octets_put(struct r53_answer *answer, const void *octets, size_t n)
{
    size_t at = answer->n_octets;
    void *block = answer->octets;

    if (answer->failed ||
        !r53__grow(&answer->memory, &block, &answer->octets_capacity, at + n, 1)) {
        answer->failed = true;
        return 0;
    }
    answer->octets = block;
    if (n)
        memcpy(answer->octets + at, octets, n);
    answer->n_octets += n;
    return at;
}

size_t r53__answer_text(struct r53_answer *answer, const char *text)
{
    return octets_put(answer, text, strlen(text) + 1);
}

void r53__answer_put(struct r53_answer *answer, int32_t section, struct name owner, int32_t type,
                     uint32_t ttl, const uint8_t *rdata, size_t length)
{
    struct answer_record record = {.section = section, .type = type, .ttl = ttl};
    void *records = answer->records;

    record.owner = (uint32_t)octets_put(answer, owner.octets, owner.length);
    record.owner_length = (uint16_t)owner.length;
    record.rdata = (uint32_t)octets_put(answer, rdata, length);
    record.rdata_length = (uint16_t)length;
    if (answer->failed || !r53__grow(&answer->memory, &records, &answer->capacity,
                                     answer->count + 1, sizeof(*answer->records))) {
        answer->failed = true;
        return;
    }
    answer->records = records;
    answer->records[answer->count++] = record;
}

static const char *text_at(const struct r53_answer *answer, size_t offset)
{
    return offset == SIZE_MAX ? "" : (const char *)answer->octets + offset;
}

int32_t r53_answer_summarize(const r53_answer *answer, r53_answer_summary *summary)
{
    r53_answer_summary out = {0};

    if (!answer)
        return R53_E_INVALID;
    out.rcode = answer->rcode;
    out.authoritative = answer->authoritative;
    out.disposition = answer->disposition;
    out.origin = answer->origin;
    out.alias_hops = answer->hops;
    out.client_subnet_scope = answer->scope;
    out.hosted_zone_id = text_at(answer, answer->zone_id);
    out.set_identifier = text_at(answer, answer->set_identifier);
    out.alias_name = text_at(answer, answer->alias_name);
    out.load_balancer_arn = text_at(answer, answer->load_balancer);
    return r53__sized_write(summary, &out, sizeof(out)) ? R53_OK : R53_E_INVALID;
}

size_t r53_answer_count(const r53_answer *answer, int32_t section)
{
    size_t n = 0;

    for (size_t i = 0; answer && i < answer->count; i++)
        n += answer->records[i].section == section;
    return n;
}

static const struct answer_record *record_find(const r53_answer *answer, int32_t section,
                                               size_t index)
{
    for (size_t i = 0; i < answer->count; i++) {
        if (answer->records[i].section == section && index-- == 0)
            return &answer->records[i];
    }
    return NULL;
}

/* Owner and value as text, one behind the other; returns where the value begins. */
static size_t texts_put(const r53_answer *answer, const struct answer_record *record,
                        struct text *text)
{
    const struct rr_type *type = r53__type_find((uint16_t)record->type);
    size_t value;

    r53__name_put(text, (struct name){answer->octets + record->owner, record->owner_length});
    r53__put_char(text, '\0');
    value = text->length;
    if (type)
        type->print(text, answer->octets + record->rdata, record->rdata_length);
    return value;
}

int32_t r53_answer_record(r53_answer *answer, int32_t section, size_t index, r53_record *record)
{
    const struct answer_record *from = answer ? record_find(answer, section, index) : NULL;
    r53_record out = {0};
    struct text text;
    void *scratch;
    size_t value;

    if (!from)
        return R53_E_NOT_FOUND;
    r53__text_init(&text, NULL, 0);
    texts_put(answer, from, &text);
    scratch = answer->scratch;
    if (!r53__grow(&answer->memory, &scratch, &answer->scratch_capacity, text.length + 1, 1))
        return R53_E_NOMEM;
    answer->scratch = scratch;
    r53__text_init(&text, answer->scratch, answer->scratch_capacity);
    value = texts_put(answer, from, &text);
    out.type = from->type;
    out.ttl = from->ttl;
    out.name = answer->scratch;
    out.value = answer->scratch + value;
    out.rdata = answer->octets + from->rdata;
    out.n_rdata = from->rdata_length;
    return r53__sized_write(record, &out, sizeof(out)) ? R53_OK : R53_E_INVALID;
}

const char *r53_rcode_name(int32_t rcode)
{
    static const char *const names[] = {"NOERROR",  "FORMERR", "SERVFAIL",
                                        "NXDOMAIN", "NOTIMP",  "REFUSED"};

    return rcode >= 0 && rcode < (int32_t)(sizeof(names) / sizeof(*names)) ? names[rcode] : "";
}
