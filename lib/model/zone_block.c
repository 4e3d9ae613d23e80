/* Load: made once for each owner when a zone is sealed, in the order of its listing. */
#include "model/zone_block.h"

/* In line, so that a length that is known is no call. */
static inline void put(struct block_maker *maker, const void *octets, size_t n)
{
    if (maker->heap)
        memcpy(maker->heap + maker->end, octets, n);
    maker->end += n;
}

void r53__blocks_begin(struct block_maker *maker, uint8_t *heap)
{
    *maker = (struct block_maker){.heap = heap, .end = BLOCK_ALIGNMENT};
}

uint32_t r53__block_put(struct block_maker *maker, struct name name, uint32_t owner)
{
    uint8_t head[BLOCK_NAME] = {0};

    memcpy(head, &owner, sizeof(owner));
    head[BLOCK_LENGTH_AT] = (uint8_t)name.length;
    maker->block = (maker->end + BLOCK_ALIGNMENT - 1) / BLOCK_ALIGNMENT * BLOCK_ALIGNMENT;
    maker->end = maker->block;
    put(maker, head, sizeof(head));
    put(maker, name.octets, name.length);
    return (uint32_t)maker->block;
}

void r53__block_flag(const struct block_maker *maker, uint32_t block, unsigned flags)
{
    uint8_t *at = maker->heap + block + BLOCK_FLAGS_AT;

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

static void put_head(struct block_maker *maker, const struct block_group *group)
{
    uint8_t head[BLOCK_GROUP];

    memcpy(head, &group->type, sizeof(group->type));
    head[2] = group->n;
    head[BLOCK_COUNT_AT] = group->length;
    memcpy(head + 4, &group->ttl, sizeof(group->ttl));
    put(maker, head, sizeof(head));
    if (maker->heap)
        maker->heap[maker->block + BLOCK_GROUPS_AT]++;
}

uint32_t r53__block_put_plain(struct block_maker *maker, uint16_t type, uint32_t ttl, uint64_t key,
                              const struct block_values *values)
{
    struct block_group group = {.type = type, .n = (uint8_t)values->n, .ttl = ttl};
    uint16_t length;
    uint64_t at;

    memcpy(&length, values->octets, sizeof(length));
    group.length = (uint8_t)length;
    put_head(maker, &group);
    if (values->n > 1)
        put(maker, &key, sizeof(key));
    at = maker->end;
    put(maker, values->octets, values->size);
    return (uint32_t)at;
}

void r53__block_put_group(struct block_maker *maker, uint16_t type, uint32_t group)
{
    put_head(maker, &(struct block_group){.type = type, .ttl = group});
}

/* Tells how many choices follow the group that was added last. */
static void put_count(struct block_maker *maker, unsigned n)
{
    if (maker->heap)
        maker->heap[maker->end - BLOCK_GROUP + BLOCK_COUNT_AT] = (uint8_t)n;
}

void r53__block_put_alias(struct block_maker *maker, uint16_t type, uint64_t detail, bool has_room)
{
    unsigned n = has_room ? BLOCK_ALIAS + 1 : BLOCK_ALIAS;

    put_count(maker, n);
    put(maker, &detail, sizeof(detail));
    maker->end += r53__choices_size(type, n) - sizeof(detail); /* zeros */
}

void r53__block_settle(uint8_t *heap, size_t at, const struct block_group *plain)
{
    uint8_t *choice = heap + at + BLOCK_KEY + BLOCK_SUM;

    heap[at - BLOCK_GROUP + BLOCK_COUNT_AT] = 1;
    memcpy(choice, &plain->ttl, BLOCK_TTL);
    memcpy(choice + BLOCK_TTL, plain->values + BLOCK_LENGTH, plain->length);
}

void r53__block_put_choices(struct block_maker *maker, uint64_t key,
                            const struct block_choices *choices)
{
    uint64_t mixed = r53__mix(key);

    put_count(maker, choices->n);
    put(maker, &mixed, sizeof(mixed));
    put(maker, choices->sums, (size_t)choices->n * BLOCK_SUM);
    for (unsigned i = 0; i < choices->n; i++) {
        put(maker, &choices->ttls[i], BLOCK_TTL);
        put(maker, choices->addresses[i], r53__choice_length(choices->type));
    }
}
