/*
 * Attributes of target groups and load balancers: one table a kind of object says for each of AWS's
 * keys for whom it is, how its text is read, what it is by default, which member of the public
 * struct states it too, and which member of the sealed object holds it. What decides nothing has no
 * member: its key is known and its value checked, that is all.
 *
 * Both doors use the table: what a change refuses, an import keeps with a warning (ELB-JSON-11).
 */
#ifndef R53_LIB_MODEL_ATTRIBUTE_H
#define R53_LIB_MODEL_ATTRIBUTE_H

#include <r53/elb_change.h>

#include "model/check.h"
#include "model/spec.h"

enum attribute_form {
    ATTRIBUTE_SWITCH, /* "true", "false": a bool; enum r53_option in the public struct */
    ATTRIBUTE_NUMBER, /* least .. most: int32_t; 0 too if `zero` */
    ATTRIBUTE_WORD,   /* one of `words`, numbered from `first_word`: int32_t */
    ATTRIBUTE_TEXT    /* const char * */
};

/* Offset of a member that there is not. */
#define NO_MEMBER SIZE_MAX

struct attribute {
    const char *key;
    int32_t rule;
    uint32_t kinds; /* for whom it is: bits of the table's own */
    int32_t form;   /* enum attribute_form */
    int32_t fallback;
    int32_t least, most;       /* of numbers */
    const char *zero;          /* text that means 0 besides: "off", "0"; NULL: none */
    const struct words *words; /* of words */
    int32_t first_word;
    size_t given;  /* int32_t, or const char *, of the public struct; 0 there: the default */
    size_t member; /* of the sealed object */
};

struct attribute_table {
    const struct attribute *rows;
    size_t n;
};

/* A text as read. */
struct attribute_value {
    int32_t number;
    const char *text;
    bool in_range;
};

/* The row of the key, or NULL. O(rows). */
const struct attribute *r53__attribute_find(const struct attribute_table *table, const char *key);

/* false: the text has no meaning. `out->text` is the text itself. */
bool r53__attribute_parse(const struct attribute *attribute, const char *text,
                          struct attribute_value *out);

/* Says what is wrong with a text that has no meaning, or is out of range. */
void r53__attribute_breach(const struct attribute *attribute, const char *text,
                           struct checker *checker);

/* Puts the value into the object; its text is copied by the spec. */
void r53__attribute_put(const struct attribute *attribute, void *object,
                        const struct attribute_value *value, struct spec *spec);

/* Fills all members that the public struct states, defaults for the others. */
void r53__attributes_read(const struct attribute_table *table, void *object, const void *in,
                          struct spec *spec);

/* The way back: puts what the object holds into the public struct, so that reading it is the same. */
void r53__attributes_describe(const struct attribute_table *table, const void *object, void *out);

/*
 * Attributes that the public struct states, but that are not for objects of these kinds
 * (ELB-VAL-23).
 */
void r53__attributes_check(const struct attribute_table *table, const void *in, uint32_t kinds,
                           struct checker *checker);

/* Keys put into a sealed object's copy, as AWS's Modify...Attributes does. */
struct attribute_change {
    const struct attribute_table *table;
    void *object;
    struct arena *arena; /* the object's */
    uint32_t kinds;      /* what the object is, in the table's bits */
    r53_report *report;
};

/*
 * Puts the values of all keys. R53_OK, R53_E_INVALID (told: ValidationError for a key or value that
 * is not AWS's, InvalidConfigurationRequest for one that is not for this object), R53_E_NOMEM
 * (told); after a failure the object is of no use.
 */
int32_t r53__attributes_modify(const struct attribute_change *change,
                               const r53_attribute *attributes, size_t n);

#endif
