/*
 * A zone being changed: the sealed block below, and over it the owners that the batch has looked
 * at, each with all its record sets, present or not. Nothing is written to the block; what changed
 * comes out as edits for the merge.
 *
 * Load: a batch of at most 1,000 changes touches some thousand owners of few record sets each.
 */
#ifndef R53_LIB_MODEL_WORKING_COPY_H
#define R53_LIB_MODEL_WORKING_COPY_H

#include "model/zone_merge.h"

/* One (name, type, set identifier) that the block or the batch knows. */
struct work_record {
    struct work_record *next; /* at the same owner */
    struct record_form form;  /* when not present: its key alone counts */
    bool present, changed;
    uint8_t actions; /* actions of this batch so far: bits 1 << enum r53_action */
    uint32_t seen;   /* mark of the last walk that came here */
    size_t change;   /* number of the last change that put it */
};

struct work_owner {
    struct work_owner *next; /* in the order of touching */
    struct name name;
    uint64_t hash;
    struct work_record *records;
};

struct working_copy {
    const struct zone *old;
    struct arena arena; /* `failed` is sticky: look at it once, at the end */
    struct work_owner *first, **last;
    struct work_owner **slots; /* open addressing by name */
    size_t n_owners, n_slots;
    size_t n_records, n_changed; /* present now; changed once */
};

void r53__work_init(struct working_copy *copy, const struct memory *memory, const struct zone *old);
void r53__work_free(struct working_copy *copy);

/* The owner of the name (borrowed for the copy's life), loaded if need be; NULL: no memory. */
struct work_owner *r53__work_owner(struct working_copy *copy, struct name name);

/* The record of the form's key at the owner, made (not present) if need be; NULL: no memory. */
struct work_record *r53__work_record(struct working_copy *copy, struct work_owner *owner,
                                     const struct record_form *form);

/* First present record of this type, or NULL. */
struct work_record *r53__work_group(const struct work_owner *owner, const struct rr_type *type);

/* Puts or removes; `change` is the number of the change that does. */
void r53__work_put(struct working_copy *copy, struct work_record *record,
                   const struct record_form *form, size_t change);
void r53__work_remove(struct working_copy *copy, struct work_record *record, size_t change);

/* All changed records as edits, sorted; n_changed of them. `edits` and `spare` have that room. */
void r53__work_edits(const struct working_copy *copy, struct zone_edit *edits,
                     struct zone_edit *spare);

#endif
