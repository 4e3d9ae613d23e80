#include "model/references.h"

#include "model/cidr_collection.h"

static const void *staged(const struct r53_cloud *cloud, enum cloud_kind kind, const char *id)
{
    return r53__table_staged(&cloud->tables[kind], r53__span(id));
}

static bool missing(const struct r53_cloud *cloud, enum cloud_kind kind, const char *id)
{
    return id && *id && !staged(cloud, kind, id);
}

bool r53__check_missing(const struct r53_cloud *cloud, const char *health_check_id)
{
    return missing(cloud, CLOUD_HEALTH_CHECKS, health_check_id);
}

bool r53__collection_missing(const struct r53_cloud *cloud, const char *collection_id)
{
    return missing(cloud, CLOUD_CIDR_COLLECTIONS, collection_id);
}

bool r53__location_missing(const struct r53_cloud *cloud, const char *collection_id,
                           const char *location)
{
    const struct cidr_collection *collection = staged(cloud, CLOUD_CIDR_COLLECTIONS, collection_id);

    return collection && location && *location && !r53__text_equal(location, "*") &&
           r53__cidr_location(collection, location) < 0;
}
