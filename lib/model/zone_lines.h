/*
 * Records gathered into record sets while a master file is read: an owner has a short list of
 * record sets, one a type; a record set has its values in the order of the file. Two hash tables
 * find the owner and the equal record, so that reading n lines costs O(n) whatever stands in them.
 * Most lines need neither: the owner is that of the line above, and the record set has few values.
 */
#ifndef R53_LIB_MODEL_ZONE_LINES_H
#define R53_LIB_MODEL_ZONE_LINES_H

#include "base/alloc.h"
#include "dns/master.h"

/* One record: its value in wire form and, if texts are kept, in Route 53's text. */
struct line_value {
    struct line_value *next;
    const struct line_set *set;
    const char *text; /* NULL: not kept */
    const uint8_t *wire;
    size_t length;
};

/* Records of one owner and type. */
struct line_set {
    struct line_set *beside; /* next at the same owner */
    struct line_set *next;   /* in the order of the file */
    const struct line_owner *owner;
    const struct rr_type *type;
    struct master_place place; /* of the first record */
    uint32_t ttl;              /* the smallest, RFC 2181 5.2 */
    uint32_t n;
    struct line_value *first, *last;
};

struct line_owner {
    struct name name;
    struct line_set *sets;
};

struct line_slot {
    uint64_t hash;
    void *item; /* NULL: free */
};

/* Open addressing, at most half full. */
struct line_index {
    struct line_slot *slots;
    size_t room, used;
};

struct zone_lines {
    struct arena arena;
    struct line_index owners, values; /* values: those of large record sets */
    struct line_owner *recent;        /* of the last record */
    struct line_set *first, **last;
    size_t n_values;
    bool keeps_texts; /* for who hands values on as text */
};

/* What a record says. */
struct line {
    struct name owner;
    const struct rr_type *type;
    uint32_t ttl;
    struct master_place place;
    struct span text; /* the value, in Route 53's syntax */
    const uint8_t *wire;
    size_t length;
};

/* What adding found. */
struct line_found {
    uint32_t ttl;   /* the record set's before, if it was there */
    bool had_other; /* the record set was there, with another TTL */
    bool repeated;  /* the record was there: it is left out */
};

void r53__lines_init(struct zone_lines *lines, const struct memory *memory, bool keeps_texts);
void r53__lines_free(struct zone_lines *lines);

/* Copies the record. R53_OK, R53_E_NOMEM. */
int32_t r53__lines_add(struct zone_lines *lines, const struct line *line, struct line_found *found);

#endif
