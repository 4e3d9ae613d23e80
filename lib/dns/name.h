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

enum {
    NAME_OCTETS_MAX = 255, /* RFC 1035 2.3.4, with length bytes and root */
    NAME_LABELS_MAX = 127,
    NAME_TEXT_MAX = 4 * 255 + 1 /* every byte escaped, dots, NUL */
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

struct name r53__name(const struct name_buffer *buffer);

/* Writes the escaped text with its last dot ("\052.example.com."). */
void r53__name_put(struct text *text, struct name name);

bool r53__name_equal(struct name a, struct name b);

/* Is `name` at or below `ancestor`, whole labels? (R53-NAME-08) */
bool r53__name_is_under(struct name name, struct name ancestor);

/* Labels without the root: 0 for ".". */
unsigned r53__name_labels(struct name name);

/* The name without its first label; the root's parent is the root. */
struct name r53__name_parent(struct name name);

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
 * Hash of the name, built from the right label by label: hash(name) depends on hash(parent) and the
 * first label, so all ancestors' hashes come out of one pass. `hashes[i]` = hash of the suffix with
 * i labels, i = 0 (root) .. labels; room for NAME_LABELS_MAX + 1. Returns the number of labels.
 */
unsigned r53__name_hashes(struct name name, uint64_t seed, uint64_t *hashes);
/* The step: hash of label + parent. `label` points at its length byte. */
uint64_t r53__name_hash_label(uint64_t parent, const uint8_t *label);
uint64_t r53__name_hash(struct name name, uint64_t seed);

#endif
