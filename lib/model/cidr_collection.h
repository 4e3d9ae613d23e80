/*
 * A sealed CIDR collection: locations by name, blocks of all of them in one prefix map whose values
 * are location numbers.
 */
#ifndef R53_LIB_MODEL_CIDR_COLLECTION_H
#define R53_LIB_MODEL_CIDR_COLLECTION_H

#include <r53/cidr_collection.h>

#include "base/table.h"
#include "net/prefix_map.h"

struct cidr_collection {
    struct object head;
    const char *id, *arn, *name, *account, *caller_reference; /* "" when not known */
    int32_t version;
    const char *const *locations; /* sorted */
    uint32_t n_locations;
    struct prefix_map blocks; /* value: index of locations */
};

/* Number of the location, or -1. O(log n). */
int32_t r53__cidr_location(const struct cidr_collection *collection, const char *name);

#endif
