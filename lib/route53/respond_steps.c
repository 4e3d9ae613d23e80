/*
 * The responder's steps one by one: what a query says, the same as a question for r53_resolve, and
 * an answer written as the response to it.
 */
#include "route53/respond.h"

#include "base/sized.h"
#include "route53/answer.h"

#include <string.h>

enum { NO_SCOPE = 0 };

/* The queried name, where the parser puts it. */
struct asked_name {
    struct name_buffer name;
    uint8_t starts[QUESTION_STARTS];
    uint64_t hash;
    unsigned labels;
};

static bool parse(struct message *message, struct asked_name *out, const void *query, size_t n)
{
    struct question_name name = {&out->name, out->starts, &out->hash, &out->labels};

    out->name = (struct name_buffer){.length = 0};
    return query && r53__message_parse(message, &name, query, n);
}

static void tell_question(r53_message *out, const struct message *message)
{
    out->type = message->type;
    out->record_class = message->class;
    out->name = message->octets + MESSAGE_HEADER;
    out->n_name = message->question_length - (uint32_t)QUESTION_FIXED;
}

static void tell_edns(r53_message *out, const struct message *message)
{
    out->has_edns = message->has_edns;
    out->edns_version = message->version;
    out->udp_size = message->udp_size;
    out->dnssec_ok = message->dnssec_ok;
    if (message->has_subnet) {
        out->subnet_family = message->subnet.address.family;
        out->subnet_length = message->subnet.length;
        memcpy(out->subnet, message->subnet.address.octets, sizeof(out->subnet));
    }
}

int32_t r53_message_parse(const void *query, size_t n_query, r53_message *message)
{
    struct asked_name name;
    struct message parsed;
    r53_message out = {0};

    if (!parse(&parsed, &name, query, n_query))
        return R53_E_INVALID;
    out.id = r53__load_u16(parsed.octets);
    out.rcode = parsed.rcode;
    out.opcode = (parsed.flags & MESSAGE_OPCODE) >> 11;
    out.query = query;
    out.n_query = n_query;
    if (parsed.question_length > 0)
        tell_question(&out, &parsed);
    tell_edns(&out, &parsed);
    return r53__sized_write(message, &out, sizeof(out)) ? R53_OK : R53_E_INVALID;
}

/* Name, NUL, client subnet, NUL; returns where the subnet begins. */
static size_t texts_put(struct text *text, const struct asked_name *name,
                        const struct message *message)
{
    size_t subnet;

    r53__name_put(text, r53__name(&name->name));
    r53__put_char(text, '\0');
    subnet = text->length;
    r53__prefix_put(text, &message->subnet);
    return subnet;
}

int32_t r53_message_query(const r53_message *message, r53_query *query, char *buffer,
                          size_t capacity)
{
    struct asked_name name;
    struct message parsed;
    r53_message in;
    r53_query out;
    struct text text;
    size_t subnet;

    if (!r53__sized_read(&in, sizeof(in), message) || !r53__sized_read(&out, sizeof(out), query) ||
        in.reserved || !buffer)
        return R53_E_INVALID;
    if (!parse(&parsed, &name, in.query, in.n_query) || parsed.rcode != MESSAGE_OK)
        return R53_E_INVALID;
    if (parsed.type == 0) /* which in r53_query stands for A */
        return R53_E_UNSUPPORTED;
    r53__text_init(&text, buffer, capacity);
    subnet = texts_put(&text, &name, &parsed);
    if (!r53__text_fits(&text))
        return R53_E_NO_SPACE;
    out.name = buffer;
    out.type = parsed.type;
    out.client_subnet = parsed.has_subnet ? buffer + subnet : NULL;
    return r53__sized_write(query, &out, sizeof(out)) ? R53_OK : R53_E_INVALID;
}

/* In an answer's sections, addresses and the NS beside an answer may be missing. */
static bool is_optional(const r53_answer *answer, const struct answer_record *record)
{
    return record->section == R53_SECTION_ADDITIONAL ||
           (record->section == R53_SECTION_AUTHORITY && record->type == R53_TYPE_NS &&
            r53_answer_count(answer, R53_SECTION_ANSWER) > 0);
}

static void put_records(struct writer *w, const r53_answer *answer)
{
    for (size_t i = 0; i < answer->count; i++) {
        const struct answer_record *record = &answer->records[i];
        struct name owner = {answer->octets + record->owner, record->owner_length};

        r53__writer_rrset(w, record->section - R53_SECTION_ANSWER, (uint16_t)record->type,
                          record->ttl, owner, is_optional(answer, record));
        r53__writer_record(w, answer->octets + record->rdata, record->rdata_length);
    }
}

/* A message that calls for an rcode by itself has that one, whatever was resolved. */
static struct writer_end end_of(const struct message *message, const r53_answer *answer)
{
    if (message->rcode != MESSAGE_OK || !answer)
        return (struct writer_end){.rcode = message->rcode != MESSAGE_OK ? message->rcode
                                                                         : R53_RCODE_SERVFAIL};
    return (struct writer_end){.rcode = answer->rcode,
                               .authoritative = answer->authoritative != 0,
                               .scope = answer->scope > 0 ? (uint8_t)answer->scope : NO_SCOPE};
}

int32_t r53_message_write(const r53_message *message, const r53_peer *peer,
                          const r53_answer *answer, void *response, size_t capacity, size_t *length)
{
    struct asked_name name;
    struct message parsed;
    struct writer_end end;
    r53_message in;
    r53_peer copy;
    struct writer w; /* not initialised as a whole: the dictionary is large */

    peer = r53__peer_read(&copy, peer);
    if (!peer || !response || !length || !r53__sized_read(&in, sizeof(in), message) ||
        in.reserved || !parse(&parsed, &name, in.query, in.n_query))
        return R53_E_INVALID;
    if (!r53__writer_begin(&w, &parsed, r53__name(&name.name), response,
                           r53__response_limit(peer, &parsed, capacity)))
        return R53_E_NO_SPACE;
    end = end_of(&parsed, answer);
    end.udp_size = r53__peer_udp_size(peer);
    if (answer && parsed.rcode == MESSAGE_OK)
        put_records(&w, answer);
    *length = r53__writer_end(&w, &end);
    return R53_OK;
}
