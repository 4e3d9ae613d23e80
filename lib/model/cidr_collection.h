/*
 * A sealed CIDR collection: locations by name, blocks of all of them in one prefix map whose values
 * are location numbers.
 *
 * Expected: some ten locations and a thousand blocks (R53-CIDR-02); a loaded one may hold many
 * more. Every change makes a new one from the old and what is said about single blocks, O(n log n).
 */
#ifndef R53_LIB_MODEL_CIDR_COLLECTION_H
#define R53_LIB_MODEL_CIDR_COLLECTION_H

#include <r53/cidr_collection.h>

#include "base/table.h"
#include "net/prefix_map.h"

enum {
    CIDR_NAME_MAX = 64,     /* R53-CIDR-02 */
    CIDR_LOCATION_MAX = 16, /* R53-CIDR-01 */
    CIDR_BLOCKS_MAX = 1000  /* R53-CIDR-02; R53-COLL-01: also in one request */
};

struct cidr_collection {
    struct object head;
    const char *id, *arn, *name, *account, *caller_reference; /* "" when not known */
    int32_t version;
    const char *const *locations; /* sorted; each has blocks */
    uint32_t n_locations;
    struct prefix_map blocks; /* value: index of locations */
};

/* What is said about one block: it lies in the location, or no more in this one. */
struct cidr_edit {
    struct prefix prefix;
    const char *location;
    bool removes;
};

/* The making of a collection; all borrowed. */
struct cidr_merge {
    const r53_cidr_collection *header; /* all but the blocks, checked */
    const struct cidr_collection *old; /* whose blocks stay; NULL: none */
    const struct cidr_edit *edits;     /* in order; the last word on a block holds */
    size_t n_edits;
    /* Told of a block that is put into another location than the one it lies in; may be NULL. The
     * edit is lent for the call, `from` lives as long as what was given. */
    void (*moves)(void *ctx, const struct cidr_edit *edit, const char *from);
    void *ctx;
};

/* A new collection of one reference. R53_OK, R53_E_NOMEM. */
int32_t r53__cidr_collection_new(struct cidr_collection **out, const struct memory *memory,
                                 const struct cidr_merge *merge);

/* Its public struct, texts borrowed from it. */
void r53__cidr_describe(const struct cidr_collection *collection, r53_cidr_collection *out);

/* Number of the location, or -1. O(log n). */
int32_t r53__cidr_location(const struct cidr_collection *collection, const char *name);

/* A UUID, as ids of collections are. */
bool r53__cidr_is_id(struct span text);

/* 1 to `max` of [0-9A-Za-z_-], as names of collections and locations are. */
bool r53__cidr_is_name(struct span text, size_t max);

/* R53-CIDR-02: IPv4 /1 to /24, IPv6 /1 to /48. */
bool r53__cidr_is_block(const struct prefix *prefix);

#endif
