#include "route53/quick_records.h"

#include <string.h>

enum { HEAD = POINTER_SIZE + RECORD_FIXED };

uint32_t r53__row_shuffle(const struct row *row, uint64_t seed, uint32_t most, const uint8_t **out)
{
    uint16_t numbers[QUICK_VALUES] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    struct order order = r53__order(seed, row->key, row->n);
    uint32_t n = row->n < most ? row->n : most;

    for (uint32_t i = 0; i < n; i++)
        out[i] = row->at + row->stride * r53__order_next(&order, numbers);
    return n;
}

/* Puts records that are as the one that stands at `like`, but for their values. */
static inline void put_alike(uint8_t *to, const uint8_t *like, const uint8_t *const *values,
                             uint32_t n, size_t length)
{
    for (uint32_t i = 0; i < n; i++) {
        memcpy(to, like, HEAD);
        memcpy(to + HEAD, values[i], length);
        to += HEAD + length;
    }
}

bool r53__records_put(struct writer *w, const struct plain_records *records,
                      const uint8_t *const *values)
{
    uint8_t *first = r53__writer_plain(w, records), *rest;
    uint32_t n = records->n - 1u;

    if (!first)
        return false;
    rest = r53__plain_put(first, records, values[0]);
    if (records->length == 4) /* lengths that compilers know are no calls */
        put_alike(rest, first, values + 1, n, 4);
    else if (records->length == 16)
        put_alike(rest, first, values + 1, n, 16);
    else
        put_alike(rest, first, values + 1, n, records->length);
    return true;
}
