#include "dns/prepared.h"

#include <r53/type.h>

#include <string.h>

enum { POINTER_BITS = POINTER >> 8 };

/* Passes over a name, noting a pointer at its end; returns what is behind it. */
static size_t name_pass(struct prepared *p, size_t at)
{
    while (p->octets[at] != 0 && p->octets[at] < POINTER_BITS)
        at += 1u + p->octets[at];
    if (p->octets[at] == 0)
        return at + 1;
    p->pointers[p->n_pointers++] = (uint16_t)at;
    return at + POINTER_SIZE;
}

bool r53__prepared_make(struct prepared *out, uint8_t *octets, const struct prepared_soa *soa)
{
    uint8_t query[MESSAGE_HEADER + QUESTION_MAX] = {0};
    uint8_t response[MESSAGE_HEADER + QUESTION_MAX + PREPARED_MAX];
    struct message message = {.octets = query};
    struct writer w; /* not initialised as a whole: the dictionary is large */
    size_t head = MESSAGE_HEADER + soa->owner.length + QUESTION_FIXED;

    *out = (struct prepared){.octets = octets, .owner_length = (uint8_t)soa->owner.length};
    if (soa->owner.length == 1)
        return false;
    memcpy(query + MESSAGE_HEADER, soa->owner.octets, soa->owner.length);
    message.question_length = (uint16_t)(soa->owner.length + QUESTION_FIXED);
    if (!r53__writer_begin(&w, &message, soa->owner, response, sizeof(response)))
        return false;
    r53__writer_rrset(&w, WRITER_AUTHORITY, R53_TYPE_SOA, soa->ttl, soa->owner, false);
    r53__writer_record(&w, soa->rdata, soa->length);
    if (w.truncated)
        return false;
    memcpy(octets, response + head, w.length - head);
    name_pass(out, name_pass(out, name_pass(out, 0) + RECORD_FIXED));
    out->length = (uint16_t)(w.length - head);
    return true;
}

bool r53__prepared_write(const struct prepared *prepared, struct writer *w)
{
    unsigned further = (unsigned)(w->qname.length - prepared->owner_length);
    uint8_t *at = w->out + w->length;

    if (prepared->length == 0 || w->limit - w->length < prepared->length)
        return false;
    memcpy(at, prepared->octets, prepared->length);
    for (unsigned i = 0; i < prepared->n_pointers; i++) {
        uint8_t *pointer = at + prepared->pointers[i];

        r53__store_u16(pointer, r53__load_u16(pointer) + further);
    }
    w->length += prepared->length;
    w->counts[WRITER_AUTHORITY] = 1;
    return true;
}
