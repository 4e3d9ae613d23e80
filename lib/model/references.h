/*
 * What record sets name outside of zones: health checks, and the locations of CIDR collections. The
 * change door refuses what the cloud does not hold (R53-ERR-35, R53-COLL-02), import warns of it.
 */
#ifndef R53_LIB_MODEL_REFERENCES_H
#define R53_LIB_MODEL_REFERENCES_H

#include "model/cloud.h"

/* Is it named (not NULL or "") and unknown, also among what is staged? O(1). */
bool r53__check_missing(const struct r53_cloud *cloud, const char *health_check_id);
bool r53__collection_missing(const struct r53_cloud *cloud, const char *collection_id);

/* Has the collection, which is there, no such location? "*" is always one. O(log locations). */
bool r53__location_missing(const struct r53_cloud *cloud, const char *collection_id,
                           const char *location);

#endif
