/*
 * All that most queries ask of an owner, in one piece: what its name is, which types it has, and
 * the values themselves where no policy chooses among them.
 *
 *   owner u32 | length of the name u8 | flags u8 | groups u8 | name
 *   then for each group, by type name:
 *     type u16 | n u8 | length u8 | ttl u32 | key u64 if n > 1 | n times {u16 length, octets}
 *   or, where the group's record sets have to be looked at:
 *     type u16 |   0  |    0      | group's index u32
 *   or, where they need not be while all of them are healthy:
 *     type u16 |   0  | choices u8 | group's index u32 | mixed key u64 |
 *     choices times sum u32 | choices times {ttl u32, octets}
 *   or, of a simple alias of addresses, which may have room for one choice:
 *     type u16 |   0  | choices + BLOCK_ALIAS | group's index u32 | detail's index u64 | ...
 *
 * A slot of the zone's index leads here, so that an answer reads the slot and two or three cache
 * lines that lie side by side; of tables it would be six, each a wait for memory in a large zone.
 * Values stand here only: a plain group's record set points into the block of its owner. Those of
 * choices stand here once more.
 *
 * Plain is a group whose answer is settled by one record set (R53-SIMPLE-01), no alias, up to 255
 * values of one length: the addresses, and single values of all types. Choices are one address
 * each: of a few weighted record sets, with the sums of their weights as they are while health
 * changes none of them; of a failover group the primary alone; of an alias, whose mark is taken
 * away then, what it leads to in the zone, if that is plain. Numbers are in host order, and stand
 * where they come, aligned or not.
 */
#ifndef R53_LIB_MODEL_ZONE_BLOCK_H
#define R53_LIB_MODEL_ZONE_BLOCK_H

#include <r53/type.h>

#include "base/draw.h"
#include "base/fetch.h"
#include "dns/name.h"

enum {
    BLOCK_ALIGNMENT = 4, /* of blocks in the heap: slots count in it */
    BLOCK_LENGTH_AT = 4, /* where things stand in a block: the length of the name */
    BLOCK_FLAGS_AT = 5,
    BLOCK_GROUPS_AT = 6,
    BLOCK_NAME = 7,
    BLOCK_COUNT_AT = 3, /* of a group: octets of its values, or its choices */
    BLOCK_GROUP = 8,    /* octets in front of a group's values, or of its key */
    BLOCK_KEY = 8,
    BLOCK_LENGTH = 2, /* octets in front of each value */
    BLOCK_SUM = 4,    /* octets of each choice's sum, and of the TTL in front of its address */
    BLOCK_TTL = 4,
    BLOCK_CHOICES = 8, /* the most that a group has here */
    BLOCK_ALIAS = 128, /* the alias has to be followed */
    BLOCK_LINE = 64    /* octets of most processors' cache lines */
};

enum {
    OWNER_CUT = 1,       /* has an NS group below the apex (R53-DELEG-01) */
    OWNER_BELOW = 2,     /* at or below a zone cut */
    OWNER_WILDCARD = 4,  /* "*.<this name>" exists */
    OWNER_HAS_CNAME = 8, /* which answers for the types that are not there */
    OWNER_FAR = 16,      /* answers may need more than two cache lines: choices, or the view */
};

/* A group as it stands in a block. */
struct block_group {
    uint16_t type;
    uint8_t n;             /* values; 0: not plain */
    uint8_t length;        /* of each of them; not plain: choices, BLOCK_ALIAS, or 0 */
    uint32_t ttl;          /* not plain: the group's index */
    const uint8_t *values; /* the first; each has its length in front; not plain: key or detail */
};

static inline uint32_t r53__block_owner(const uint8_t *block)
{
    uint32_t owner;

    memcpy(&owner, block, sizeof(owner));
    return owner;
}

static inline struct name r53__block_name(const uint8_t *block)
{
    return (struct name){block + BLOCK_NAME, block[BLOCK_LENGTH_AT]};
}

static inline unsigned r53__block_flags(const uint8_t *block)
{
    return block[BLOCK_FLAGS_AT];
}

static inline unsigned r53__block_groups(const uint8_t *block)
{
    return block[BLOCK_GROUPS_AT];
}

/* Where the first group stands. */
static inline const uint8_t *r53__block_begin(const uint8_t *block)
{
    return block + BLOCK_NAME + block[BLOCK_LENGTH_AT];
}

/* Octets of a plain group's key; 0: there is nothing to draw. */
static inline size_t r53__block_key_size(unsigned n)
{
    return n > 1 ? BLOCK_KEY : 0;
}

/* Octets of a choice's address: choices of other types are not here. */
static inline size_t r53__choice_length(uint16_t type)
{
    return type == R53_TYPE_A ? 4 : 16;
}

/* Octets of all choices of a group, with their key. */
static inline size_t r53__choices_size(uint16_t type, unsigned n)
{
    size_t each = BLOCK_SUM + BLOCK_TTL + r53__choice_length(type);

    return n > 0 ? BLOCK_KEY + (n & ~(unsigned)BLOCK_ALIAS) * each : 0;
}

/* Reads the group at `at`. */
static inline void r53__block_read(struct block_group *out, const uint8_t *at)
{
    memcpy(&out->type, at, sizeof(out->type));
    out->n = at[2];
    out->length = at[BLOCK_COUNT_AT];
    memcpy(&out->ttl, at + 4, sizeof(out->ttl));
    out->values = at + BLOCK_GROUP + r53__block_key_size(out->n);
}

/* Where the one behind it stands. */
static inline const uint8_t *r53__block_next(const struct block_group *group)
{
    if (group->n == 0)
        return group->values + r53__choices_size(group->type, group->length);
    return group->values + (size_t)group->n * (BLOCK_LENGTH + (size_t)group->length);
}

/* r53__zone_group_key of a group of several values. */
static inline uint64_t r53__block_key(const struct block_group *group)
{
    uint64_t key;

    memcpy(&key, group->values - BLOCK_KEY, sizeof(key));
    return key;
}

/* The owner's group of this type; false: it has none. In line: once for every query. */
static inline bool r53__block_find(struct block_group *out, const uint8_t *block, uint16_t type)
{
    const uint8_t *at = r53__block_begin(block);

    for (unsigned n = r53__block_groups(block); n > 0; n--) {
        r53__block_read(out, at);
        if (out->type == type)
            return true;
        at = r53__block_next(out);
    }
    return false;
}

/* Are choices of the group here, or what its alias leads to? */
static inline bool r53__block_has_choices(const struct block_group *group)
{
    return group->n == 0 && group->length - 1u < BLOCK_CHOICES;
}

/* Is the group an alias that has to be followed? */
static inline bool r53__block_is_alias(const struct block_group *group)
{
    return group->n == 0 && group->length & BLOCK_ALIAS;
}

/* The detail of an alias, or that of another to the same name outside of the zone. */
static inline size_t r53__block_detail(const struct block_group *group)
{
    uint64_t detail;

    memcpy(&detail, group->values, sizeof(detail));
    return (size_t)detail;
}

/* What a seed draws of a group with choices. */
struct block_choice {
    uint32_t ttl;
    const uint8_t *address;
};

/*
 * The choice on which r53__draw_weighted falls with the group's key. Counting takes as many steps
 * whatever is drawn, and sums need not be aligned. In line: many answers come to it alone.
 */
static inline struct block_choice r53__block_choose(const struct block_group *group, uint64_t seed)
{
    const uint8_t *sums = group->values + BLOCK_KEY, *at = sums + BLOCK_SUM * (size_t)group->length;
    struct block_choice out = {.address = at + BLOCK_TTL};
    uint32_t total, sum, x, last = group->length - 1u, before = 0;
    uint64_t mixed;

    if (last > 0) { /* else there is nothing to draw */
        memcpy(&mixed, group->values, sizeof(mixed));
        memcpy(&total, sums + BLOCK_SUM * last, sizeof(total));
        x = r53__draw_mixed(seed, mixed, total);
        for (uint32_t i = 0; i < last; i++) {
            memcpy(&sum, sums + BLOCK_SUM * i, sizeof(sum));
            before += sum <= x;
        }
        out.address += before * (BLOCK_TTL + r53__choice_length(group->type));
    }
    memcpy(&out.ttl, out.address - BLOCK_TTL, sizeof(out.ttl));
    return out;
}

/*
 * Fetches ahead what of a block most queries read: its first two cache lines. NULL: nothing. For
 * many queries at once, so that they wait for memory together.
 */
static inline void r53__block_fetch(const uint8_t *block)
{
    if (!block)
        return;
    FETCH(block);
    FETCH(block + BLOCK_LINE);
}

/*
 * Puts blocks one behind the other; without a heap, which is zeroed, it only measures. What is
 * measured may be more than memory holds: the names above a long one are many times its length.
 */
struct block_maker {
    uint8_t *heap;  /* of the zone; NULL: measuring */
    uint64_t end;   /* where the next octet goes */
    uint64_t block; /* the last one begun */
};

/* Begins: no block stands at 0. */
void r53__blocks_begin(struct block_maker *maker, uint8_t *heap);

/* Begins the block of an owner. Returns its offset in the heap. */
uint32_t r53__block_put(struct block_maker *maker, struct name name, uint32_t owner);

/* Adds flags to the block at the offset, which was made before. */
void r53__block_flag(const struct block_maker *maker, uint32_t block, unsigned flags);

/* A record set's values, each with its length in front, that may come into a block. */
struct block_values {
    const uint8_t *octets;
    size_t size;
    uint32_t n;
};

/* Do they fit a block: neither too many, nor of different lengths? O(n) */
bool r53__block_takes(const struct block_values *values);

/*
 * Adds a plain group to the last block, whose values fit. `key` (r53__zone_group_key) is looked at
 * only if there are several. Returns the values' offset in the heap.
 */
uint32_t r53__block_put_plain(struct block_maker *maker, uint16_t type, uint32_t ttl, uint64_t key,
                              const struct block_values *values);

/* Adds a group that is not plain. */
void r53__block_put_group(struct block_maker *maker, uint16_t type, uint32_t group);

/* Makes the group that was added last an alias, with or without room for a choice. */
void r53__block_put_alias(struct block_maker *maker, uint16_t type, uint64_t detail, bool has_room);

/*
 * An alias with room, whose values stand at `at` in the heap, answers from now on what the plain
 * group answers, which is of its type and has one value.
 */
void r53__block_settle(uint8_t *heap, size_t at, const struct block_group *plain);

/* The choices of a group. */
struct block_choices {
    uint16_t type;
    uint8_t n;
    uint32_t sums[BLOCK_CHOICES], ttls[BLOCK_CHOICES];
    uint8_t addresses[BLOCK_CHOICES][16];
};

/* Adds choices to the group that was added last, which is not plain. `key` as above. */
void r53__block_put_choices(struct block_maker *maker, uint64_t key,
                            const struct block_choices *choices);

#endif
