/*
 * Where a walk over a JSON value stands: its path, what was found there, and the memory that it
 * took on the way. Findings name the path, so that a reader of a long document sees the place.
 *
 * A path and a sentence have fixed room: telling that memory is missing takes none, and a document
 * of hostile depth or length makes a shorter text, never a larger one.
 */
#ifndef R53_LIB_JSON_READER_H
#define R53_LIB_JSON_READER_H

#include <r53/json.h>

#include <jansson.h>

#include <stdbool.h>
#include <stddef.h>

enum { JSON_PATH_BYTES = 512 };

/* The memory behind `data` lives until the element is done. */
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
    const char *aws_name; /* AWS's name of a member without meaning, in a request; NULL: none */
    size_t n_findings; /* in the report when the import call began */
    size_t path_length;
    char path[JSON_PATH_BYTES];
};

/* Text of bounded length; what does not fit is cut at a character. */
struct sentence {
    size_t length;
    char text[1024]; /* the longest lists all kinds of documents */
};

void r53__sentence_put(struct sentence *sentence, const char *text);
void r53__sentence_put_integer(struct sentence *sentence, int64_t number);

/* Goes down to a field or list element; the return value takes the way back. */
size_t r53__json_enter(struct reader *reader, const char *key);
size_t r53__json_enter_index(struct reader *reader, size_t index);
void r53__json_leave(struct reader *reader, size_t mark);

/* Finding at the current place. */
void r53__json_fault(struct reader *reader, const char *text);
/* What the caller did not say, or said wrongly: no name of AWS's. */
void r53__json_misuse(struct reader *reader, const char *text);
void r53__json_warn(struct reader *reader, const char *text);
void r53__json_note(struct reader *reader, const char *text);
void r53__json_nomem(struct reader *reader);

/* "VALUE is not EXPECTED" */
void r53__json_mismatch(struct reader *reader, const json_t *value, const char *expected);

/* Error that a member of the context is needed. Returns R53_E_INVALID. */
int32_t r53__json_needs(struct reader *reader, const char *member, const char *why);

/* Zeroed memory until the element is done; NULL: reported. Both may be 0. */
void *r53__json_alloc(struct reader *reader, size_t n, size_t size);

/* Gives back what was allocated since `mark` was the reader's scratch. */
void r53__json_release(struct reader *reader, const struct scratch_block *mark);

/* The findings of import and change calls between begin and end carry the current place. */
void r53__json_import_begin(struct reader *reader);
int32_t r53__json_import_end(struct reader *reader, int32_t rc);

#endif
