/* Load: a name is parsed once and then looked up, hashed and compared many times. */
#include "dns/name.h"

#include "dns/escape.h"

#include <string.h>

enum { LABEL_OCTETS_MAX = 63 };

static const struct {
    const char *code, *words;
} faults[] = {
    [NAME_OK] = {"", ""},
    [NAME_EMPTY] = {"DomainNameEmpty", "Domain name is empty"},
    [NAME_LABEL_EMPTY] = {"DomainLabelEmpty", "Domain label is empty"},
    [NAME_LABEL_TOO_LONG] = {"DomainLabelTooLong", "Domain label is too long"},
    [NAME_TOO_LONG] = {"DomainNameTooLong", "Domain name is too long"},
    [NAME_UNSUPPORTED_CHARACTER] = {"UnsupportedCharacter",
                                    "Value contains unsupported characters"},
};

static bool octet_read(struct span text, size_t *at, uint8_t *octet);
static bool is_plain(uint8_t octet);

const char *r53__name_fault_code(enum name_fault fault)
{
    return faults[fault].code;
}

const char *r53__name_fault_words(enum name_fault fault)
{
    return faults[fault].words;
}

/*
 * `length` is where the present label's length byte stands, `end` where its next octet goes. The
 * last octet of a label is at index 253 at most, for the root's byte follows: 255 in all.
 */
enum name_fault r53__name_parse(struct name_buffer *out, struct span text)
{
    size_t length = 0, end = 1;

    if (text.length == 0)
        return NAME_EMPTY; /* R53-RDATA-04 */
    if (text.length == 1 && text.at[0] == '.')
        text.length = 0;
    for (size_t i = 0; i < text.length;) {
        uint8_t octet;

        if (text.at[i] == '.') {
            if (end == length + 1)
                return NAME_LABEL_EMPTY; /* R53-NAME-09 */
            out->octets[length] = (uint8_t)(end - length - 1);
            length = end++;
            i++;
            continue;
        }
        if (!octet_read(text, &i, &octet))
            return NAME_UNSUPPORTED_CHARACTER; /* R53-NAME-07 */
        if (end - length > LABEL_OCTETS_MAX)
            return NAME_LABEL_TOO_LONG; /* R53-NAME-09 */
        if (end > NAME_OCTETS_MAX - 2)
            return NAME_TOO_LONG; /* R53-NAME-01 */
        out->octets[end++] = octet;
    }
    /* R53-NAME-02: without the last dot a label is still open; the name is absolute all the same */
    if (end > length + 1) {
        out->octets[length] = (uint8_t)(end - length - 1);
        length = end;
    }
    out->octets[length] = 0;
    out->length = (uint8_t)(length + 1);
    return NAME_OK;
}

/* One octet of a label, lower-cased even when escaped (R53-NAME-05); advances `at`. */
static bool octet_read(struct span text, size_t *at, uint8_t *octet)
{
    uint8_t c = (uint8_t)text.at[*at];

    if (c == '\\') {
        if (!r53__escape_read((struct span){text.at + *at, text.length - *at}, &c))
            return false;
        *at += 4;
    } else if (c > 0x20 && c < 0x7f) { /* R53-NAME-03, R53-NAME-04 */
        *at += 1;
    } else {
        return false;
    }
    *octet = (uint8_t)(c >= 'A' && c <= 'Z' ? c | 0x20 : c); /* in line: each octet comes by */
    return true;
}

static bool plain_put(struct text *text, struct name name);

void r53__name_put(struct text *text, struct name name)
{
    if (name.length == 1)
        r53__put_char(text, '.');
    else if (plain_put(text, name))
        return;
    for (const uint8_t *label = name.octets; *label; label += 1 + *label) {
        for (size_t i = 1; i <= *label; i++) {
            if (is_plain(label[i]))
                r53__put_char(text, (char)label[i]);
            else
                r53__escape_put(text, label[i]); /* R53-NAME-06 */
        }
        r53__put_char(text, '.');
    }
}

size_t r53__name_print(char text[NAME_TEXT_MAX], struct name name)
{
    struct text out;

    r53__text_init(&out, text, NAME_TEXT_MAX);
    r53__name_put(&out, name);
    return out.length;
}

/* Written as it is, R53-NAME-06. */
static bool is_plain(uint8_t octet)
{
    return (octet >= 'a' && octet <= 'z') || (octet >= '0' && octet <= '9') || octet == '-' ||
           octet == '_';
}

/*
 * Most names are plain and fit: their octets, with dots for those that tell lengths. false: this
 * one is not, and nothing counts as written.
 */
static bool plain_put(struct text *text, struct name name)
{
    char *out;

    if (text->length >= text->capacity || name.length > text->capacity - text->length)
        return false;
    out = text->at + text->length;
    for (const uint8_t *label = name.octets; *label; label += 1 + *label) {
        for (size_t i = 1; i <= *label; i++) {
            if (!is_plain(label[i]))
                return false;
            *out++ = (char)label[i];
        }
        *out++ = '.';
    }
    *out = '\0';
    text->length += name.length - 1;
    return true;
}

bool r53__name_is_under(struct name name, struct name ancestor)
{
    while (name.length > ancestor.length)
        name = r53__name_parent(name);
    return r53__name_equal(name, ancestor);
}

unsigned r53__name_labels(struct name name)
{
    unsigned labels = 0;

    for (const uint8_t *label = name.octets; *label; label += 1 + *label)
        labels++;
    return labels;
}

struct name r53__name_suffix(struct name name, unsigned labels)
{
    for (unsigned have = r53__name_labels(name); have > labels; have--)
        name = r53__name_parent(name);
    return name;
}

unsigned r53__name_offsets(struct name name, uint8_t *offsets)
{
    unsigned labels = 0;

    for (size_t at = 0; name.octets[at]; at += 1u + name.octets[at])
        offsets[labels++] = (uint8_t)at;
    return labels;
}

bool r53__name_is_wildcard(struct name name)
{
    return name.octets[0] == 1 && name.octets[1] == '*'; /* R53-WILD-01 */
}

/*
 * Where a label has ended stands a dot; an octet that is not plain begins with a backslash, and two
 * such differ as their octal digits do, which is as the octets do.
 */
static int listing_rank(const uint8_t *label, size_t i)
{
    if (i > label[0])
        return '.' << 8;
    return is_plain(label[i]) ? label[i] << 8 : '\\' << 8 | label[i];
}

static int label_compare(const uint8_t *a, const uint8_t *b)
{
    size_t i = 1;

    while (i <= a[0] && i <= b[0] && a[i] == b[i])
        i++;
    return listing_rank(a, i) - listing_rank(b, i);
}

int r53__name_compare(struct name a, struct name b)
{
    uint8_t in_a[NAME_LABELS_MAX], in_b[NAME_LABELS_MAX];
    unsigned i = r53__name_offsets(a, in_a), j = r53__name_offsets(b, in_b);

    /* R53-LIST-01 */
    while (i > 0 && j > 0) {
        int order = label_compare(a.octets + in_a[--i], b.octets + in_b[--j]);

        if (order != 0)
            return order;
    }
    return (i > 0) - (j > 0);
}

/* Octets of a rank, of which those of a window are kept. */
struct rank {
    uint64_t window;
    size_t at, from;
};

static inline void rank_put(struct rank *rank, uint8_t octet)
{
    if (rank->at >= rank->from && rank->at < rank->from + sizeof(rank->window))
        rank->window = rank->window << 8 | octet;
    rank->at++;
}

/* As listing_rank has it: an octet that is not plain is a backslash and the octet. */
uint64_t r53__name_rank(struct name name, unsigned labels, size_t from)
{
    struct rank rank = {0, 0, from};
    uint8_t in[NAME_LABELS_MAX];
    const size_t end = from + sizeof(rank.window);

    for (unsigned i = r53__name_offsets(name, in) - labels; i > 0 && rank.at < end;) {
        const uint8_t *label = name.octets + in[--i];

        for (size_t k = 1; k <= label[0] && rank.at < end; k++) {
            if (!is_plain(label[k]))
                rank_put(&rank, '\\');
            rank_put(&rank, label[k]);
        }
        rank_put(&rank, '.');
    }
    while (rank.at < end)
        rank_put(&rank, 0);
    return rank.window;
}
