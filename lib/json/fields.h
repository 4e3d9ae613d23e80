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

#include <r53/json.h>

#include <jansson.h>

#include <stdbool.h>

struct reader;

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

enum { JSON_PATH_BYTES = 512 };

struct scratch_block {
    struct scratch_block *older;
    max_align_t data[];
};

struct reader {
    r53_import *import; /* where documents go; NULL: requests are read */
    r53_cloud *cloud;   /* where requests go; NULL: documents are read */
    r53_report *report;
    r53_json_context context;
    struct scratch_block *scratch;
    int32_t error; /* of the element at hand, then of the document */
    bool in_bundle;
    size_t n_findings; /* in the report when the import call began */
    size_t path_length;
    char path[JSON_PATH_BYTES];
};

/* Text of bounded length; what does not fit is cut at a character. */
struct sentence {
    size_t length;
    char text[480];
};

void r53__sentence_put(struct sentence *sentence, const char *text);
void r53__sentence_put_integer(struct sentence *sentence, int64_t number);

/* Goes down to a field or list element; the return value takes the way back. */
size_t r53__json_enter(struct reader *reader, const char *key);
size_t r53__json_enter_index(struct reader *reader, size_t index);
void r53__json_leave(struct reader *reader, size_t mark);

/* Finding at the current place. */
void r53__json_fault(struct reader *reader, const char *text);
void r53__json_warn(struct reader *reader, const char *text);
void r53__json_note(struct reader *reader, const char *text);
void r53__json_nomem(struct reader *reader);

/* "VALUE is not EXPECTED" */
void r53__json_mismatch(struct reader *reader, const json_t *value, const char *expected);

/* Error that a member of the context is needed. Returns R53_E_INVALID. */
int32_t r53__json_needs(struct reader *reader, const char *member, const char *why);

/* Zeroed memory until the element is done; NULL: reported. Both may be 0. */
void *r53__json_alloc(struct reader *reader, size_t n, size_t size);

/* The findings of import and change calls between begin and end carry the current place. */
void r53__json_import_begin(struct reader *reader);
int32_t r53__json_import_end(struct reader *reader, int32_t rc);

/* Reads `value` and delivers it. */
void r53__json_element(struct reader *reader, const struct element *element, json_t *value);

/* All elements of a list; refused ones are left out if the context says so. */
void r53__json_elements(struct reader *reader, const struct element *element, json_t *list);

/* What a field can be. */
void r53__json_text(struct reader *, const struct field *, json_t *, void *out);
void r53__json_int32(struct reader *, const struct field *, json_t *, void *out);
void r53__json_uint32(struct reader *, const struct field *, json_t *, void *out);
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
