/* Whether two responses say the same, however their names are compressed and records ordered. */
#include "bench.h"

#include <stdlib.h>
#include <string.h>

enum { RECORDS_MAX = 16, RECORD_MAX = 600 };

struct reader {
    const uint8_t *octets;
    size_t length, at;
    bool is_broken;
};

/* A record with section, names written out, in one piece. */
struct flat {
    uint8_t octets[RECORD_MAX];
    size_t length;
};

static unsigned number_read(struct reader *r)
{
    if (r->length - r->at < 2) {
        r->is_broken = true;
        return 0;
    }
    r->at += 2;
    return (unsigned)r->octets[r->at - 2] << 8 | r->octets[r->at - 1];
}

static void put(struct flat *out, const uint8_t *octets, size_t n)
{
    if (n <= RECORD_MAX - out->length)
        memcpy(out->octets + out->length, octets, n);
    out->length += n <= RECORD_MAX - out->length ? n : 0;
}

static void name_read(struct reader *r, struct flat *out)
{
    size_t at = r->at, end = 0;

    for (int steps = 0; steps < 128 && at < r->length; steps++) {
        uint8_t n = r->octets[at];

        if (n >= 0xc0 && at + 1 < r->length) {
            end = end ? end : at + 2;
            at = (size_t)(n & 0x3f) << 8 | r->octets[at + 1];
            continue;
        }
        if (n > 63 || at + 1u + n > r->length)
            break;
        put(out, r->octets + at, 1u + n);
        at += 1u + n;
        if (n == 0) {
            r->at = end ? end : at;
            return;
        }
    }
    r->is_broken = true;
}

static void lower(struct flat *out)
{
    for (size_t i = 0; i < out->length; i++) {
        if (out->octets[i] >= 'A' && out->octets[i] <= 'Z')
            out->octets[i] |= 0x20;
    }
}

static void record_read(struct reader *r, uint8_t section, struct flat *out)
{
    size_t length, end;
    unsigned type;

    out->length = 0;
    put(out, &section, 1);
    name_read(r, out);
    lower(out);
    if (r->is_broken || r->length - r->at < 10) {
        r->is_broken = true;
        return;
    }
    put(out, r->octets + r->at, 8);
    type = number_read(r);
    r->at += 6;
    length = number_read(r);
    if (r->length - r->at < length) {
        r->is_broken = true;
        return;
    }
    end = r->at + length;
    for (int names = type == 6 ? 2 : 0; names > 0; names--) {
        name_read(r, out);
        lower(out);
    }
    if (r->at <= end)
        put(out, r->octets + r->at, end - r->at);
    r->at = end;
}

static int flat_compare(const void *a, const void *b)
{
    const struct flat *x = a, *y = b;

    if (x->length != y->length)
        return x->length < y->length ? -1 : 1;
    return memcmp(x->octets, y->octets, x->length);
}

/* Header and question, then all records sorted. */
static bool response_read(const uint8_t *octets, size_t n, struct flat *question,
                          struct flat *records, size_t *count)
{
    struct reader r = {octets, n, 12, n < 12};

    *count = 0;
    question->length = 0;
    if (r.is_broken)
        return false;
    put(question, octets, 12);
    name_read(&r, question);
    put(question, octets + r.at, 4);
    r.at += 4;
    for (unsigned section = 0; section < 3; section++) {
        unsigned wanted = (unsigned)octets[6 + 2 * section] << 8 | octets[7 + 2 * section];

        while (wanted-- > 0 && *count < RECORDS_MAX && !r.is_broken)
            record_read(&r, (uint8_t)section, &records[(*count)++]);
    }
    qsort(records, *count, sizeof(*records), flat_compare);
    return !r.is_broken && r.at == n;
}

bool answers_agree(const uint8_t *a, size_t n_a, const uint8_t *b, size_t n_b)
{
    struct flat records_a[RECORDS_MAX], records_b[RECORDS_MAX], question_a, question_b;
    size_t count_a, count_b;

    if (!response_read(a, n_a, &question_a, records_a, &count_a) ||
        !response_read(b, n_b, &question_b, records_b, &count_b) || count_a != count_b ||
        flat_compare(&question_a, &question_b) != 0)
        return false;
    for (size_t i = 0; i < count_a; i++) {
        if (flat_compare(&records_a[i], &records_b[i]) != 0)
            return false;
    }
    return true;
}
