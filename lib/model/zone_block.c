/* Load: made once for each owner when a zone is sealed, in the order of its listing. */
#include "model/zone_block.h"

static void put(struct block_maker *maker, const void *octets, size_t n)
{
    if (maker->heap && n > 0)
        memcpy(maker->heap + maker->end, octets, n);
    maker->end += n;
}

void r53__blocks_begin(struct block_maker *maker, uint8_t *heap)
{
    static const uint8_t nothing[BLOCK_ALIGNMENT];

    *maker = (struct block_maker){.heap = heap};
    put(maker, nothing, sizeof(nothing));
}

uint32_t r53__block_put(struct block_maker *maker, struct name name, uint32_t owner)
{
    const uint8_t fixed[BLOCK_NAME - sizeof(owner)] = {(uint8_t)name.length};
    static const uint8_t nothing[BLOCK_ALIGNMENT];

    put(maker, nothing, (BLOCK_ALIGNMENT - maker->end % BLOCK_ALIGNMENT) % BLOCK_ALIGNMENT);
    maker->block = maker->end;
    put(maker, &owner, sizeof(owner));
    put(maker, fixed, sizeof(fixed));
    put(maker, name.octets, name.length);
    return (uint32_t)maker->block;
}

void r53__block_flag(const struct block_maker *maker, uint32_t block, unsigned flags)
{
    uint8_t *at = maker->heap + block + 5;

    *at = (uint8_t)(*at | flags);
}

bool r53__block_takes(const struct block_values *values)
{
    uint16_t length, first;
    size_t stride;

    if (values->n == 0 || values->n > UINT8_MAX)
        return false;
    memcpy(&first, values->octets, sizeof(first));
    stride = BLOCK_LENGTH + (size_t)first;
    if (first > UINT8_MAX || values->size != values->n * stride)
        return false;
    for (uint32_t i = 1; i < values->n; i++) {
        memcpy(&length, values->octets + i * stride, sizeof(length));
        if (length != first)
            return false;
    }
    return true;
}

static void put_head(struct block_maker *maker, uint16_t type, const uint8_t shape[2],
                     uint32_t number)
{
    if (maker->heap)
        maker->heap[maker->block + 6]++;
    put(maker, &type, sizeof(type));
    put(maker, shape, 2);
    put(maker, &number, sizeof(number));
}

uint32_t r53__block_put_plain(struct block_maker *maker, uint16_t type, uint32_t ttl, uint64_t key,
                              const struct block_values *values)
{
    uint16_t length;
    size_t at;

    memcpy(&length, values->octets, sizeof(length));
    put_head(maker, type, (const uint8_t[]){(uint8_t)values->n, (uint8_t)length}, ttl);
    put(maker, &key, r53__block_key_size(values->n));
    at = maker->end;
    put(maker, values->octets, values->size);
    return (uint32_t)at;
}

void r53__block_put_group(struct block_maker *maker, uint16_t type, uint32_t group)
{
    put_head(maker, type, (const uint8_t[]){0, 0}, group);
}
