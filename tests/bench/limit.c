/*
 * The limit: nothing but a hash table from names to answers that are ready to be copied. It knows
 * one zone and addresses and no more, so a server that can do anything else is hardly faster.
 *
 * Open addressing, eight octets a slot: a piece of the hash and where the owner's block lies.
 *   block   length, name, then for A and AAAA: length of the records, records as on the wire
 * Every name above an owner has a block, too, with an empty list if it has no addresses.
 */
#include "bench.h"

#include <stdlib.h>
#include <string.h>

struct slot {
    uint32_t tag, block; /* block: offset + 1, 0: free */
};

struct limit {
    struct slot *slots;
    uint32_t mask;
    uint8_t *heap;
    size_t used;
    uint8_t zone[64];
    size_t zone_length;
};

/* Eight octets at once to lower case: those between 'A' and 'Z' gain 0x20. */
static uint64_t word_lower(uint64_t x)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t low = x & 0x7f * ones;
    uint64_t is_upper =
        (low + (0x80 - 'A') * ones) & ~(low + (0x7f - 'Z') * ones) & ~x & 0x80 * ones;

    return x | is_upper >> 2;
}

static uint64_t word_load(const uint8_t *at)
{
    uint64_t x;

    memcpy(&x, at, 8);
    return x;
}

static uint64_t stir(uint64_t h, uint64_t word)
{
    h = (h ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return h ^ h >> 32;
}

/* The name has at least eight octets of room behind it. */
static uint64_t hash_of(const uint8_t *name, size_t length)
{
    uint64_t h = length;

    for (; length > 8; name += 8, length -= 8)
        h = stir(h, word_load(name));
    return stir(h, word_load(name) << (64 - 8 * length));
}

static uint8_t *find(const struct limit *limit, const uint8_t *name, size_t length)
{
    uint64_t hash = hash_of(name, length);
    uint32_t tag = (uint32_t)(hash >> 32);

    for (uint32_t i = (uint32_t)hash & limit->mask; limit->slots[i].block;
         i = (i + 1) & limit->mask) {
        uint8_t *block = limit->heap + limit->slots[i].block - 1;

        if (limit->slots[i].tag == tag && block[0] == length &&
            memcmp(block + 1, name, length) == 0)
            return block;
    }
    return NULL;
}

static uint8_t *block_put(struct limit *limit, const uint8_t *name, size_t length)
{
    uint64_t hash = hash_of(name, length);
    uint32_t i = (uint32_t)hash & limit->mask;
    uint8_t *block = limit->heap + limit->used;

    while (limit->slots[i].block)
        i = (i + 1) & limit->mask;
    limit->slots[i] = (struct slot){(uint32_t)(hash >> 32), (uint32_t)limit->used + 1};
    block[0] = (uint8_t)length;
    memcpy(block + 1, name, length);
    memset(block + 1 + length, 0, 2);
    limit->used += length + 3;
    return block;
}

static void record_put(uint8_t **at, uint16_t type, uint32_t ttl, const uint8_t *rdata, size_t n)
{
    const uint8_t fixed[] = {0xc0,
                             12,
                             (uint8_t)(type >> 8),
                             (uint8_t)type,
                             0,
                             1,
                             (uint8_t)(ttl >> 24),
                             (uint8_t)(ttl >> 16),
                             (uint8_t)(ttl >> 8),
                             (uint8_t)ttl,
                             (uint8_t)(n >> 8),
                             (uint8_t)n};

    memcpy(*at, fixed, sizeof(fixed));
    memcpy(*at + sizeof(fixed), rdata, n);
    *at += sizeof(fixed) + n;
}

static void name_put(struct limit *limit, const struct workload *work,
                     const struct bench_name *name)
{
    uint8_t wire[256 + 8], address[16];
    uint8_t *block, *at, *list;

    memcpy(wire, work->wires + name->wire, name->length);
    block = block_put(limit, wire, name->length);
    at = block + 1 + name->length;
    list = at++;
    for (unsigned i = 0; i < name->n_a; i++) {
        workload_address(name, false, i, address);
        record_put(&at, 1, ZONE_TTL, address, 4);
    }
    *list = (uint8_t)(at - list - 1);
    list = at++;
    for (unsigned i = 0; i < name->n_aaaa; i++) {
        workload_address(name, true, i, address);
        record_put(&at, 28, ZONE_TTL, address, 16);
    }
    *list = (uint8_t)(at - list - 1);
    limit->used = (size_t)(at - limit->heap);
}

/* Names above that own nothing. */
static void parents_put(struct limit *limit, const struct workload *work,
                        const struct bench_name *name)
{
    uint8_t wire[256 + 8];
    size_t length = name->length, at = 0;

    memcpy(wire, work->wires + name->wire, length);
    while (length - at > limit->zone_length) {
        if (!find(limit, wire + at, length - at))
            block_put(limit, wire + at, length - at);
        at += 1u + wire[at];
    }
}

static void limit_unload(void *state)
{
    struct limit *limit = state;

    free(limit->slots);
    free(limit->heap);
    free(limit);
}

static void *limit_load(const struct workload *work)
{
    struct limit *limit = calloc(1, sizeof(*limit));
    uint32_t slots = 16;

    if (!limit)
        return NULL;
    while (slots < 3 * work->n_names / 2 + 64)
        slots *= 2;
    limit->mask = slots - 1;
    limit->slots = calloc(slots, sizeof(*limit->slots));
    limit->heap = malloc(work->n_names * 160 + 4096);
    limit->zone_length = name_wire(ZONE_NAME, limit->zone);
    if (!limit->slots || !limit->heap) {
        limit_unload(limit);
        return NULL;
    }
    block_put(limit, limit->zone, limit->zone_length);
    for (size_t i = 0; i < work->n_names; i++)
        name_put(limit, work, &work->names[i]);
    for (size_t i = 0; i < work->n_names; i++)
        parents_put(limit, work, &work->names[i]);
    return limit;
}

/* The SOA, its names compressed to the zone's name in the question. */
static size_t soa_put(const struct limit *limit, uint8_t *out, size_t name_length)
{
    static const uint8_t numbers[20] = {0,
                                        0,
                                        0,
                                        1,
                                        0,
                                        0,
                                        0x1c,
                                        0x20,
                                        0,
                                        0,
                                        3,
                                        0x84,
                                        0,
                                        0x12,
                                        0x75,
                                        0,
                                        0,
                                        0,
                                        ZONE_MINIMUM >> 8,
                                        ZONE_MINIMUM & 0xff};
    size_t at = 12 + name_length - limit->zone_length;
    const uint8_t zone[2] = {(uint8_t)(0xc0 | at >> 8), (uint8_t)at};
    uint8_t rdata[64], *to = out;

    memcpy(rdata, "\003ns1", 4);
    memcpy(rdata + 4, zone, 2);
    memcpy(rdata + 6, "\012hostmaster", 11);
    memcpy(rdata + 17, zone, 2);
    memcpy(rdata + 19, numbers, 20);
    record_put(&to, 6, ZONE_MINIMUM, rdata, 39);
    memcpy(out, zone, 2);
    return (size_t)(to - out);
}

/* The block that answers: the name's, or that of the wildcard below what exists of it. */
static const uint8_t *locate(const struct limit *limit, uint8_t *name, size_t length)
{
    const uint8_t *block = find(limit, name, length);
    size_t at = 0;

    while (!block && length - at > limit->zone_length) {
        size_t parent = at + 1u + name[at];

        if (find(limit, name + parent, length - parent)) {
            name[parent - 2] = 1; /* over what is not needed any more */
            name[parent - 1] = '*';
            return find(limit, name + parent - 2, length - parent + 2);
        }
        at = parent;
    }
    return block;
}

static size_t question_length(const uint8_t *query, size_t n)
{
    size_t at = 12;

    if (n < 17 || query[2] & 0xf8 || query[4] != 0 || query[5] != 1)
        return 0;
    while (at < n && query[at] != 0) {
        if (query[at] > 63)
            return 0;
        at += 1u + query[at];
    }
    return at + 5 <= n && at - 11 <= 255 ? at - 11 : 0;
}

static uint16_t respond(const struct limit *limit, const uint8_t *query, size_t n, uint8_t *out)
{
    size_t length = question_length(query, n), at = 12 + length + 4;
    uint8_t name[256 + 16];
    const uint8_t *block, *list;
    unsigned type;

    if (length < limit->zone_length)
        return 0;
    for (size_t i = 0; i < length; i += 8) {
        uint64_t word = word_lower(word_load(query + 12 + i));

        memcpy(name + i, &word, 8);
    }
    if (memcmp(name + length - limit->zone_length, limit->zone, limit->zone_length) != 0)
        return 0;
    type = (unsigned)query[12 + length] << 8 | query[13 + length];
    memcpy(out, query, at);
    block = locate(limit, name, length);
    out[2] = (uint8_t)(0x84 | (query[2] & 1));
    out[3] = block ? 0 : 3;
    memset(out + 6, 0, 6);
    list = block ? block + 1 + block[0] : NULL;
    if (list && type == 28)
        list += 1 + list[0];
    if (list && (type == 1 || type == 28) && list[0]) {
        memcpy(out + at, list + 1, list[0]);
        out[7] = (uint8_t)(list[0] / (type == 1 ? 16 : 28));
        return (uint16_t)(at + list[0]);
    }
    out[9] = 1;
    return (uint16_t)(at + soa_put(limit, out + at, length));
}

static void limit_answer(void *state, const uint8_t *const *queries, const uint16_t *lengths,
                         size_t n, uint8_t (*responses)[RESPONSE_MAX], uint16_t *response_lengths)
{
    for (size_t i = 0; i < n; i++)
        response_lengths[i] = respond(state, queries[i], lengths[i], responses[i]);
}

const struct engine engine_limit = {"limit", limit_load, limit_unload, limit_answer, 1};
