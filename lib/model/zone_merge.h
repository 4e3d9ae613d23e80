/*
 * The one way a zone block comes into being: old block + edits -> new block. Changing, importing
 * and creating differ only in where the edits come from (creating has no old block).
 *
 *   old record sets   a b c d e f          in list order
 *   edits               B   x-   g         put B for b, remove d, put g; sorted
 *   sealed            a B c e f g          groups, owners and empty non-terminals follow from it
 *
 * A form without a type (r53__type_none) is the name alone: an owner that is kept.
 *
 * The same walk measures first and writes then; so the block is one allocation of its exact size.
 */
#ifndef R53_LIB_MODEL_ZONE_MERGE_H
#define R53_LIB_MODEL_ZONE_MERGE_H

#include "model/zone_sort.h"

/* All of a zone that is not record sets; borrowed. */
struct zone_header {
    const char *id, *account, *caller_reference, *comment; /* NULL or "": not known */
    bool is_private;
    const r53_vpc *vpcs;
    uint32_t n_vpcs;
    const char *const *name_servers;
    uint32_t n_name_servers;
    struct name name;
};

void r53__zone_header(struct zone_header *out, const struct zone *zone);

/*
 * Merges; `old` may be NULL, edits are sorted and unique, all names lie in the zone. The new block
 * has one reference. R53_OK, R53_E_NOMEM, R53_E_LIMIT (more than 4 GB of names and values).
 */
int32_t r53__zone_merge(struct zone **out, const struct memory *memory,
                        const struct zone_header *header, const struct zone *old,
                        struct zone_edit *edits, size_t n);

#endif
