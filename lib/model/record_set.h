/*
 * A record set between the public struct and the sealed block: parsed, normalised, owner and type
 * by themselves. A sealed record set can be seen as such a form too, without copying; so the change
 * door, import and the merge speak of one thing.
 */
#ifndef R53_LIB_MODEL_RECORD_SET_H
#define R53_LIB_MODEL_RECORD_SET_H

#include "model/check.h"
#include "model/zone.h"

enum {
    TTL_MAX = 2147483647,     /* R53-TYPE-06 */
    SET_IDENTIFIER_MAX = 128, /* R53-GROUP-03 */
    VALUES_MAX = 400,         /* R53-TYPE-07 */
    WEIGHT_MAX = 255,         /* R53-WEIGHTED-01 */
    BIAS_MAX = 99             /* R53-GEOPROX-01 */
};

struct record_form {
    struct name owner;
    const struct rr_type *type;
    uint32_t ttl;
    uint16_t n_values;
    uint8_t policy, flags; /* enum policy; RECORD_... */
    const uint8_t *values; /* n_values times {uint16 length in host order, octets} */
    size_t values_size;
    const struct record_detail *detail; /* NULL: nothing of it is given */
};

/* "/hostedzone/Z1" -> "Z1"; NULL gives the empty span. R53-ZONE-15 */
struct span r53__zone_id(const char *id);

/* How many policies the members name; `first` is that of the first, or POLICY_SIMPLE. */
unsigned r53__policies_given(const r53_record_set *set, enum policy *first);

/* The word for the policy in messages ("weighted"). */
const char *r53__policy_word(enum policy policy);

/*
 * Parses into `out`, everything copied to the arena. What cannot be represented is an error in the
 * report, one for each value; `path` as in struct checker. R53_OK, R53_E_INVALID, R53_E_NOMEM.
 */
int32_t r53__form_parse(struct record_form *out, struct arena *arena, const r53_record_set *set,
                        const char *path, r53_report *report);

/* A sealed record set seen as a form; borrowed from the zone. */
void r53__form_of(struct record_form *out, const struct zone *zone, uint32_t record);

/* "" for a simple record set. */
const char *r53__form_identifier(const struct record_form *form);

/* List order: name, type's name, set identifier (R53-LIST-01, -02). */
int r53__form_compare(const struct record_form *a, const struct record_form *b);

/* Equal in all that DELETE must match, values in any order (R53-BATCH-05). */
bool r53__form_matches(const struct record_form *a, const struct record_form *b);

/* Walks the values; start with at = form->values. */
struct rdata r53__form_next(const uint8_t **at);

/*
 * The public struct of a form. Texts go to `text`, whose room says whether this measures or writes;
 * pointers to values go to `values` (room for n_values, may be NULL when measuring). In the struct,
 * texts of `detail` are borrowed.
 */
void r53__form_describe(const struct record_form *form, struct text *text, const char **values,
                        r53_record_set *out);

#endif
