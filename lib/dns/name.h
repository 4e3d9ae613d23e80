/*
 * Domain names: Route 53's text form <-> wire form, comparison, order.
 *
 * A name is wire form, lower case, root byte included, uncompressed; the form in which zones store
 * it and queries look it up. Text is Route 53's: labels and dots, every byte other than
 * [a-z0-9_-] as \ooo on output (R53-NAME-06).
 */
#ifndef R53_LIB_DNS_NAME_H
#define R53_LIB_DNS_NAME_H

#include "base/text.h"

#include <string.h>

enum {
    NAME_OCTETS_MAX = 255, /* RFC 1035 2.3.4, with length bytes and root */
    NAME_LABELS_MAX = 127,
    NAME_LABEL_MAX = 63,         /* octets */
    NAME_TEXT_MAX = 4 * 255 + 1, /* every byte escaped, dots, NUL */
    NAME_LOWER_BLOCK = 16
};

/* Borrowed wire octets. */
struct name {
    const uint8_t *octets;
    size_t length; /* 1 (the root) to 255 */
};

struct name_buffer {
    uint8_t octets[NAME_OCTETS_MAX];
    uint8_t length;
};

/* What is wrong with a text, in the words of Route 53's errors (R53-NAME-07, -09, R53-ERR-12). */
enum name_fault {
    NAME_OK = 0,
    NAME_EMPTY,                /* DomainNameEmpty */
    NAME_LABEL_EMPTY,          /* DomainLabelEmpty */
    NAME_LABEL_TOO_LONG,       /* DomainLabelTooLong */
    NAME_TOO_LONG,             /* DomainNameTooLong (ours) */
    NAME_UNSUPPORTED_CHARACTER /* UnsupportedCharacter */
};

/* "DomainLabelTooLong" and "Domain label is too long"; "" for NAME_OK. */
const char *r53__name_fault_code(enum name_fault fault);
const char *r53__name_fault_words(enum name_fault fault);

/*
 * Parses text, always as fully qualified; the last dot is optional; "." is the root. After a fault
 * what `out` holds is of no use.
 */
enum name_fault r53__name_parse(struct name_buffer *out, struct span text);

static inline struct name r53__name(const struct name_buffer *buffer)
{
    return (struct name){buffer->octets, buffer->length};
}

/* A fixed number of octets, and a copy that nothing else points to: one operation to compilers. */
static inline void r53__name_lower_block(uint8_t *out, const uint8_t *octets)
{
    uint8_t block[NAME_LOWER_BLOCK];

    memcpy(block, octets, sizeof(block));
    for (size_t i = 0; i < NAME_LOWER_BLOCK; i++)
        block[i] = (uint8_t)(block[i] | ((uint8_t)(block[i] - 'A') < 26 ? 0x20 : 0));
    memcpy(out, block, sizeof(block));
}

/* Copies wire octets, letters in lower case; length bytes are below any letter. */
static inline void r53__name_lower(uint8_t *out, const uint8_t *octets, size_t length)
{
    size_t last = length - NAME_LOWER_BLOCK;

    if (length < NAME_LOWER_BLOCK) {
        for (size_t i = 0; i < length; i++)
            out[i] = (uint8_t)r53__lower((char)octets[i]);
        return;
    }
    for (size_t at = 0; at < last; at += NAME_LOWER_BLOCK)
        r53__name_lower_block(out + at, octets + at);
    r53__name_lower_block(out + last, octets + last); /* it may overlap the one before */
}

/* Writes the escaped text with its last dot ("\052.example.com."). */
void r53__name_put(struct text *text, struct name name);
/* Its text alone, for messages and look-ups; returns the length. */
size_t r53__name_print(char text[NAME_TEXT_MAX], struct name name);

static inline bool r53__name_equal(struct name a, struct name b)
{
    return a.length == b.length && memcmp(a.octets, b.octets, a.length) == 0;
}

/* Is `name` at or below `ancestor`, whole labels? (R53-NAME-08) */
bool r53__name_is_under(struct name name, struct name ancestor);

/* Labels without the root: 0 for ".". */
unsigned r53__name_labels(struct name name);

/* The name without its first label; the root's parent is the root. */
static inline struct name r53__name_parent(struct name name)
{
    size_t skip = name.octets[0] ? 1u + name.octets[0] : 0;

    return (struct name){name.octets + skip, name.length - skip};
}

/* The last `labels` labels of the name. */
struct name r53__name_suffix(struct name name, unsigned labels);

/*
 * Offsets of the labels from left to right, root not included; returns their number. `offsets` has
 * room for NAME_LABELS_MAX.
 */
unsigned r53__name_offsets(struct name name, uint8_t *offsets);

/* Is the first label exactly "*"? */
bool r53__name_is_wildcard(struct name name);

/*
 * Order of ListResourceRecordSets (R53-LIST-01): labels reversed, compared as ASCII of the escaped
 * form with a dot behind each label. <0, 0, >0.
 */
int r53__name_compare(struct name a, struct name b);

/*
 * Eight octets of the name as text that sorts by that order, as a number: those from `from` on,
 * without the last `labels` labels. 0: none are left.
 */
uint64_t r53__name_rank(struct name name, unsigned labels, size_t from);

/* Little-endian whatever the platform; compilers make one load of it. */
static inline uint64_t r53__name_word(const uint8_t *at)
{
    return (uint64_t)at[0] | (uint64_t)at[1] << 8 | (uint64_t)at[2] << 16 | (uint64_t)at[3] << 24 |
           (uint64_t)at[4] << 32 | (uint64_t)at[5] << 40 | (uint64_t)at[6] << 48 |
           (uint64_t)at[7] << 56;
}

/*
 * r53__name_equal, in line and eight octets a step, the last step overlapping the one before: for
 * names that are nearly always equal.
 */
static inline bool r53__name_same(struct name a, struct name b)
{
    size_t last = a.length - 8;

    if (a.length != b.length || a.length < 8)
        return r53__name_equal(a, b);
    for (size_t at = 0; at < last; at += 8) {
        if (r53__name_word(a.octets + at) != r53__name_word(b.octets + at))
            return false;
    }
    return r53__name_word(a.octets + last) == r53__name_word(b.octets + last);
}

static inline uint64_t r53__name_stir(uint64_t h, uint64_t word)
{
    h = (h ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return h ^ h >> 32;
}

/*
 * Hash of the name, for look-up. Eight octets a step, the last step overlapping the one before; the
 * upper octets of the last word reach the lower bits only in the closing step. In line: once for
 * every query, and for an ancestor only when the name itself is missing.
 */
static inline uint64_t r53__name_hash(struct name name, uint64_t seed)
{
    const uint8_t *at = name.octets;
    size_t n = name.length;
    uint64_t h = seed + n;

    if (n >= 8) {
        const uint8_t *last = at + n - 8;

        for (; at < last; at += 8)
            h = r53__name_stir(h, r53__name_word(at));
        h = r53__name_stir(h, r53__name_word(last));
    } else {
        uint64_t word = 0;

        while (n-- > 0)
            word = word << 8 | at[n];
        h = r53__name_stir(h, word);
    }
    return r53__name_stir(h, 0);
}

#endif
