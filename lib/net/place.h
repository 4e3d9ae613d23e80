/*
 * Places and AWS's own hosted zones: regions with their coordinates and canonical zone ids, the
 * codes that geolocation knows. All of it is data of R53-DATA-01 .. -07.
 *
 * Coordinates are in hundredths of a degree, south and west negative.
 */
#ifndef R53_LIB_NET_PLACE_H
#define R53_LIB_NET_PLACE_H

#include "base/text.h"
#include "net/distance.h"

#include <r53/observed.h>

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
/* Recognises a canonical hosted zone id. */
bool r53__service_of_zone(struct span zone_id, struct service_name *out);

enum service_pair {
    SERVICE_PAIR_UNKNOWN, /* neither is in the tables, or the id of that region is not published */
    SERVICE_PAIR_FITS,
    SERVICE_PAIR_DIFFERS /* the name does not lie in that zone */
};
/* Do an alias's DNSName and HostedZoneId belong together? `out` is what the name says. */
enum service_pair r53__service_pair(struct span dns_name, struct span zone_id,
                                    struct service_name *out);
/* They do: `out` says to whom. */
bool r53__service_zone(struct span dns_name, struct span zone_id, struct service_name *out);

/* Continent code of a country that geolocation supports ("DE" -> "EU"), or NULL. */
const char *r53__country_continent(struct span country);
bool r53__continent_known(struct span continent);
/* States that geolocation knows: of US the 50 and DC, of UA any 1 to 3 characters (R53-GEO-02). */
bool r53__subdivision_known(struct span country, struct span subdivision);

/*
 * Where a client is, as far as it is known. What is not known stays so: a place without coordinates
 * has none, not those of 0, 0 (R53-PLACE-06).
 */
struct place {
    const char *continent, *country, *subdivision; /* "": not known */
    bool located;
    struct point point; /* 0, 0 unless located */
};

/* Which member of a stated place has no meaning, and what it should have been. */
struct place_fault {
    const char *member, *value, *expected;
    char number[12]; /* `value`, where it is a coordinate */
};

/*
 * Reads a stated place; texts are lent by it. A continent that is not stated comes from the country
 * (R53-GEO-06). false: a member has no meaning, which is told in `fault`; `out` is as it was.
 */
bool r53__place_read(struct place *out, const r53_place *in, struct place_fault *fault);

/* Are these a country's two letters, a state's one to three? Known or not. */
bool r53__country_code_fits(struct span code);
bool r53__subdivision_code_fits(struct span code);

/* Where a region's machines are, as Route 53 places the clients of its VPCs (R53-GEO-07). */
struct place r53__region_place(const struct region *region);

/*
 * The point of an AWS Local Zone group ("us-east-1-bue-1"); false: the group is not known. The
 * points are those of the cities (inferred, like those of the regions: AWS publishes none).
 */
bool r53__local_zone_group_find(struct span group, struct point *out);

/*
 * A coordinate "-33.9" as hundredths, at most `limit` degrees either way, with at most `digits`
 * digits before the point and two behind it (R53-GEOPROX-02).
 */
bool r53__coordinate_parse(struct span text, unsigned digits, int32_t limit, int32_t *out);

#endif
