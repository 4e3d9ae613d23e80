/*
 * Reading JSON by tables. A shape is a struct and the table of the JSON fields that fill it; one
 * walk over an object looks each of its fields up in the table, so what is read, what is known and
 * left alone, and what is not known at all (a note) come from the same rows.
 *
 *   static const struct field vpc_fields[] = {
 *       FIELD("VPCId", r53__json_text, .at = offsetof(r53_vpc, vpc_id), .required = true),
 *       UNUSED("Owner"),                                      known, left alone, no note
 *   };
 *
 * Faults don't stop the walk: an element tells all of them, then it is refused as a whole. `null`
 * counts as absent. Texts are borrowed from the jansson value; arrays live in the reader's scratch
 * memory until their element is done.
 */
#ifndef R53_LIB_JSON_FIELDS_H
#define R53_LIB_JSON_FIELDS_H

#include "json/reader.h"

/* A row; `with` is what the read function says it is. */
struct field {
    const char *key;
    /* NULL: unused */
    void (*read)(struct reader *, const struct field *, json_t *value, void *out);
    size_t at;   /* offset of the member */
    size_t also; /* offset of its has_ flag or of the list's length; 0: none */
    const void *with;
    bool required;
};

struct shape {
    const struct field *fields;
    size_t n_fields;
    size_t bytes;                               /* of the struct; 0: none */
    const void *initial;                        /* what the struct begins as; NULL: zeros */
    void (*finish)(struct reader *, void *out); /* when all is read without fault; or NULL */
};

/* Rows: a field that goes where the rest says, one whose reader knows, one that is left alone. */
#define FIELD(key_, read_, ...)                                                                    \
    {                                                                                              \
        .key = key_, .read = read_, __VA_ARGS__                                                    \
    }
#define WHOLE(key_, read_)                                                                         \
    {                                                                                              \
        .key = key_, .read = read_                                                                 \
    }
#define UNUSED(key_)                                                                               \
    {                                                                                              \
        .key = key_                                                                                \
    }

/* Shapes: with a struct of their own, and those whose members lie in a struct around them. */
#define SHAPE(rows, ...)                                                                           \
    {                                                                                              \
        .fields = rows, .n_fields = sizeof(rows) / sizeof(*(rows)), __VA_ARGS__                    \
    }
#define MEMBERS(rows)                                                                              \
    {                                                                                              \
        .fields = rows, .n_fields = sizeof(rows) / sizeof(*(rows))                                 \
    }

/* What stands in a list of a document, or the document itself. */
struct element {
    const struct shape *shape;
    /* Hands the struct to the import. R53_OK, or R53_E_INVALID, R53_E_UNSUPPORTED, R53_E_NOMEM, all
     * reported. */
    int32_t (*deliver)(struct reader *, void *out);
};

/* AWS's words for an enum that counts from 1. */
struct vocabulary {
    const char *what;                    /* "a protocol" */
    const char *(*name)(int32_t number); /* "" past the last; NULL: see names */
    const char *const *names;
    int32_t n;
};

/* Reads `value` and delivers it. */
void r53__json_element(struct reader *reader, const struct element *element, json_t *value);

/* All elements of a list; refused ones are left out if the context says so. */
void r53__json_elements(struct reader *reader, const struct element *element, json_t *list);

/* What a field can be. */
void r53__json_text(struct reader *, const struct field *, json_t *, void *out);
void r53__json_int32(struct reader *, const struct field *, json_t *, void *out);
void r53__json_uint32(struct reader *, const struct field *, json_t *, void *out);
/* A port of a request: from 1 to 65535, whereas 0 in a struct is one that is not said. */
void r53__json_port(struct reader *, const struct field *, json_t *, void *out);
/* int64_t milliseconds since 1970 */
void r53__json_time(struct reader *, const struct field *, json_t *, void *out);
void r53__json_bool(struct reader *, const struct field *, json_t *, void *out); /* int32_t 0, 1 */
void r53__json_option(struct reader *, const struct field *, json_t *, void *out); /* r53_option */
/* with: struct vocabulary */
void r53__json_word(struct reader *, const struct field *, json_t *, void *out);
/* "TCP", "unhealthy.draining" */
extern const struct vocabulary r53__json_protocols;
/* List of texts. */
void r53__json_texts(struct reader *, const struct field *, json_t *, void *out);
/* with: struct shape without a struct: the members lie in the same struct, from `at` on */
void r53__json_members(struct reader *, const struct field *, json_t *, void *out);
/* with: struct shape; an array of structs, or of pointers to them */
void r53__json_structs(struct reader *, const struct field *, json_t *, void *out);
void r53__json_pointers(struct reader *, const struct field *, json_t *, void *out);
/* with: struct element; each is delivered */
void r53__json_list(struct reader *, const struct field *, json_t *, void *out);
/* IsTruncated true, or a token for the next page: pages are missing. */
void r53__json_page(struct reader *, const struct field *, json_t *, void *out);

#endif
