/*
 * The quick way's last part: records of the queried name that are alike but for their rdata, all of
 * one length; where there are several, in random order.
 */
#ifndef R53_LIB_ROUTE53_QUICK_RECORDS_H
#define R53_LIB_ROUTE53_QUICK_RECORDS_H

#include "base/draw.h"
#include "dns/writer.h"

enum { QUICK_VALUES = 16 }; /* the most that are put in random order, and answered */

/* Values that stand one behind the other, and the key of their order. */
struct row {
    const uint8_t *at;
    size_t stride; /* from one to the next */
    uint64_t key;
    uint32_t n; /* up to QUICK_VALUES */
};

/* The first `most` of the row in random order; returns how many. */
uint32_t r53__row_shuffle(const struct row *row, uint64_t seed, uint32_t most, const uint8_t **out);

/* Writes the answer, records->n of them, one at least; false: they do not fit. */
bool r53__records_put(struct writer *w, const struct plain_records *records,
                      const uint8_t *const *values);

/* Writes an answer of one record; false: it does not fit. In line: most answers are that. */
static inline bool r53__record_put(struct writer *w, const struct plain_records *record,
                                   const uint8_t *value)
{
    uint8_t *at = r53__writer_plain(w, record);

    if (at)
        r53__plain_put(at, record, value);
    return at != NULL;
}

#endif
