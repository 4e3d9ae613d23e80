/*
 * Records gathered into record sets while a master file is read: an owner has a ring of record
 * sets, one a type; a record set has its values in the order of the file. Two hash tables find the
 * owner and the equal record, so that reading n lines costs O(n) whatever stands in them. Most
 * lines need neither: the owner is that of the line above, and the record set has few values.
 *
 * A name that is only kept is a record set without type and values.
 *
 * A record set is one piece of memory with its values behind it, in the form that drafts take: what
 * was gathered is handed on and not copied.
 */
#ifndef R53_LIB_MODEL_ZONE_LINES_H
#define R53_LIB_MODEL_ZONE_LINES_H

#include "dns/master.h"
#include "model/zone_draft.h"

/* A value in Route 53's text. */
struct line_text {
    struct line_text *next;
    char text[];
};

/* Records of one owner and type. */
struct line_set {
    struct draft_record record; /* TTL: the smallest, RFC 2181 5.2 */
    struct line_set *beside;    /* the next of the owner; behind the last comes the first */
    struct line_text *texts;    /* the last one, whose next is the first; NULL: not kept */
    struct master_place place;  /* of the first record */
    uint8_t *end;               /* of the room for values; NULL: there are more than a zone holds */
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
    struct line_index owners; /* any record set of each */
    struct line_index values; /* those of large record sets */
    struct line_set *recent;  /* of the last record */
    struct draft_records sets;
    size_t n_values;
    bool keeps_texts; /* for who hands values on as text */
};

/* What a record says. */
struct line {
    struct name owner;
    uint64_t hash; /* of the owner, from r53__lines_expect */
    const struct rr_type *type;
    uint32_t ttl;
    struct master_place place;
    struct span text; /* the value, in Route 53's syntax; only for lines that keep texts */
    const uint8_t *wire;
    size_t length;
    bool is_alone; /* only the first record of the record set is kept */
};

/* What adding found. */
struct line_found {
    bool had_other; /* the record set was there, with another TTL */
    bool repeated;  /* the record was there: it is left out */
    bool surplus;   /* another was there that has to be alone: it is left out */
};

/* `octets`: of the text to come, by which the tables are laid out. */
void r53__lines_init(struct zone_lines *lines, const struct memory *memory, size_t octets,
                     bool keeps_texts);
void r53__lines_free(struct zone_lines *lines);

/* Prepares for records of an owner while their values are still being read. Returns its hash. */
uint64_t r53__lines_expect(const struct zone_lines *lines, struct name owner);

/* Only the owner: it exists, though its record cannot be held. R53_OK, R53_E_NOMEM. */
int32_t r53__lines_keep(struct zone_lines *lines, struct name owner, uint64_t hash);

/* Copies the record. R53_OK, R53_E_NOMEM. */
int32_t r53__lines_add(struct zone_lines *lines, const struct line *line, struct line_found *found);

/* The first record set in the order of the file, and the one behind a set; NULL: there is none. */
struct line_set *r53__lines_first(const struct zone_lines *lines);
struct line_set *r53__line_set_next(const struct line_set *set);

#endif
