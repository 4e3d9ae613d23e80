/*
 * AWS's regions with their coordinates, and the hosted zones of its own that the names of its
 * services lie in: what an alias's DNSName and HostedZoneId say of the service behind them. All of
 * it is data (R53-DATA-01 .. -05) that changes when AWS opens a region, not when a rule does: hence
 * a file of its own.
 *
 * Coordinates are in hundredths of a degree, south and west negative.
 */
#ifndef R53_LIB_NET_REGION_H
#define R53_LIB_NET_REGION_H

#include "base/text.h"
#include "net/distance.h"

/* AWS services that own the hosted zone an alias points into. */
enum service {
    SERVICE_NONE,
    SERVICE_ALB, /* Application and Classic */
    SERVICE_NLB,
    SERVICE_S3_WEBSITE,
    SERVICE_BEANSTALK,
    SERVICE_API_GATEWAY,
    SERVICE_VPC_ENDPOINT,
    SERVICE_CLOUDFRONT, /* edge-optimized API Gateway names too */
    SERVICE_GLOBAL_ACCELERATOR,
    SERVICES
};

enum { REGIONAL_SERVICES = SERVICE_CLOUDFRONT }; /* those before have a zone id a region */

struct region {
    const char *name;      /* "us-east-1" */
    const char *az_prefix; /* "use1" in "use1-az1"; "": not known */
    const char *partition; /* "aws" */
    const char *continent, *country;
    const char *subdivision; /* US state, else "" */
    int16_t latitude, longitude;
    const char *zone_ids[REGIONAL_SERVICES]; /* by service; NULL: not published */
};

static inline struct point r53__region_point(const struct region *region)
{
    return (struct point){region->latitude, region->longitude};
}

/* All regions, in the table's order. */
const struct region *r53__regions(size_t *count);
/* The region of this name, or NULL. */
const struct region *r53__region_find(struct span name);
/* The region of an Availability Zone id ("use1-az1"), or NULL. */
const struct region *r53__region_of_az(struct span az_id);

/* What a DNS name or a zone id says about the service behind it. */
struct service_name {
    enum service service;
    const struct region *region; /* NULL: a global service, or a region that is not known */
    const char *zone_id;         /* canonical hosted zone id, NULL: not published */
};

/* Recognises a name by its suffix; any case, the last dot optional. */
bool r53__service_of_name(struct span dns_name, struct service_name *out);

enum service_pair {
    SERVICE_PAIR_UNKNOWN, /* neither is in the tables, or the id of that region is not published */
    SERVICE_PAIR_FITS,
    SERVICE_PAIR_DIFFERS /* the name does not lie in that zone */
};
/* Do an alias's DNSName and HostedZoneId belong together? `out` is what the name says. */
enum service_pair r53__service_pair(struct span dns_name, struct span zone_id,
                                    struct service_name *out);

/*
 * The point of an AWS Local Zone group ("us-east-1-bue-1"); false: the group is not known. The
 * points are those of the cities (inferred, like those of the regions: AWS publishes none).
 */
bool r53__local_zone_group_find(struct span group, struct point *out);

#endif
