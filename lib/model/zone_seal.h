/*
 * The making of a sealed block (zone.h) from forms in list order. The same forms are put twice: the
 * first time they are counted, then the block is placed in one allocation of its exact size, and
 * the second time they are written into it.
 *
 *     begin, put..., end    counted
 *     place                 allocated
 *     begin, put..., end    written
 *
 * Everything that answering would otherwise work out is worked out here once: owners and empty
 * non-terminals, zone cuts, wildcards, the index, the matches. All changes and imports pass through
 * it, so it is what bounds them: a put takes a fraction of a microsecond.
 */
#ifndef R53_LIB_MODEL_ZONE_SEAL_H
#define R53_LIB_MODEL_ZONE_SEAL_H

#include "model/alias_settle.h"
#include "model/choices.h"
#include "model/zone_block.h"
#include "model/zone_merge.h"

/* An owner on its way into the index, whose slot is being fetched. */
struct index_entry {
    uint64_t hash;
    uint32_t block;
};

enum { INDEX_AHEAD = 16 };

/*
 * Takes forms in list order and makes owners, groups and record sets of them. Without a zone it
 * only counts. Where the parts of the block begin is known once all has been counted.
 */
struct sealer {
    struct zone *zone; /* NULL: measuring */
    struct owner *owners;
    struct group *groups;
    struct record_set *record_sets;
    struct record_detail *details;
    struct record_match *matches; /* NULL: none are needed */
    r53_vpc *vpcs;
    const char **name_servers;
    uint32_t *index;
    uint32_t *kept;
    uint8_t *heap;
    uint32_t index_mask;
    struct block_maker blocks;             /* of owners, in the first part of the heap */
    struct choices_draft choices;          /* of the group that is open */
    uint64_t end_blocks;                   /* of that part; measured */
    struct index_entry ahead[INDEX_AHEAD]; /* a ring */
    size_t n_ahead, n_indexed;             /* entries so far, and those that are in the index */

    size_t n_owners, n_groups, n_record_sets, n_details, n_kept;
    uint64_t n_heap;        /* octets in the second part */
    size_t kept_at;         /* how many owners there were when the last name was kept */
    struct leaving leaving; /* aliases written so far */
    bool has_matches;
    struct name apex;
    unsigned apex_labels;
    struct name last;                       /* the last owner that was opened */
    uint16_t last_type;                     /* 0: it has no group yet */
    uint32_t at_depth[NAME_LABELS_MAX + 1]; /* owners from the apex down to the last */
};

/* Begins to count, or, once placed, to write: the zone's header and its apex. */
void r53__sealer_begin(struct sealer *sealer, const struct zone_header *header);

/* The next form in list order, at or below the apex; what it points to lives until the next one. */
void r53__sealer_put(struct sealer *sealer, const struct record_form *form);

/* Ends counting, or writing: the zone is whole then. */
void r53__sealer_end(struct sealer *sealer);

/*
 * Allocates the block for what was counted; it has one reference. R53_OK, R53_E_NOMEM, R53_E_LIMIT
 * (more than 4 GB of names and values); a failure leaves nothing behind.
 */
int32_t r53__sealer_place(struct sealer *sealer, const struct memory *memory,
                          const struct zone_header *header);

#endif
