/*
 * The one place where uthash is set up, and the one kind of table made with it: id -> slot -> the
 * sealed object that now stands there.
 *
 * A slot number is never reused in a table's life. An object put in with r53__table_stage stands
 * beside the present one until commit (which cannot fail) or rollback; so a batch over many tables
 * is all or nothing. Objects are reference-counted: views keep the old ones.
 */
#ifndef R53_LIB_BASE_TABLE_H
#define R53_LIB_BASE_TABLE_H

#include "base/alloc.h"
#include "base/text.h"

#include <stdatomic.h>

/*
 * Head of every sealed object; what it owns lives in its arena, itself too. What does not, such as
 * a program of the host's regex engine, is given back by `close`.
 */
struct object {
    atomic_uint references;
    struct arena arena;
    void (*close)(void *object); /* called before the object goes; NULL: nothing to do */
};

/* A new object of `size` bytes inside an arena of its own, one reference; NULL: no memory. */
void *r53__object_new(const struct memory *memory, size_t size);
/*
 * A new object with the members of `from`, behind the head, as they are: what they point to lies in
 * the other's arena until it is copied too. NULL: no memory.
 */
void *r53__object_copy(const struct memory *memory, const void *from, size_t size);
void *r53__object_ref(const void *object); /* NULL stays NULL */
void r53__object_unref(const void *object);

struct table_entry;

struct table {
    struct memory memory;
    struct table_entry *entries; /* uthash head, by id */
    struct table_entry **slots;  /* by slot number */
    size_t count, capacity;      /* slots in use, room */
    struct table_entry *touched; /* staged entries, linked */
    uint64_t changes;            /* commits so far that changed something */
};

void r53__table_init(struct table *table, const struct memory *memory);
void r53__table_free(struct table *table);

/* Slot of the id, or -1. The entry may be empty. O(1). */
int32_t r53__table_slot(const struct table *table, struct span id);
/* The committed object, or NULL. Borrowed. */
const void *r53__table_find(const struct table *table, struct span id);
const void *r53__table_at(const struct table *table, int32_t slot);
/* The slot's id as text, and as bytes; empty for no such slot. Lent while the table lives. */
const char *r53__table_id(const struct table *table, int32_t slot);
struct span r53__table_key(const struct table *table, int32_t slot);

/* What the next commit will leave there: the staged object if any, else the committed one. */
const void *r53__table_staged(const struct table *table, struct span id);
const void *r53__table_staged_at(const struct table *table, int32_t slot);

/*
 * Puts `object` (taken on success; NULL removes) beside the present one. Staging again replaces
 * what was staged. R53_OK, R53_E_NOMEM (table as before).
 */
int32_t r53__table_stage(struct table *table, struct span id, void *object);
/* The same with `object` taken also on failure, so that the caller is rid of it. */
int32_t r53__table_give(struct table *table, struct span id, void *object);
/* The same, and commits: a change of one object. Nothing else is staged in the table. */
int32_t r53__table_put(struct table *table, struct span id, void *object);
bool r53__table_pending(const struct table *table); /* is anything staged? */
void r53__table_commit(struct table *table);
void r53__table_rollback(struct table *table);

#endif
