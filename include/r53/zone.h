/**
 * The zone API: hosted zones and their record sets. Members are AWS's JSON names in snake case.
 *
 * A zone is one immutable block; a change merges the old block and the batch into a new one, which
 * costs O(zone): about a millisecond for 10,000 owners. Batch single changes to huge zones.
 */
#ifndef R53_ZONE_H
#define R53_ZONE_H

#include <r53/cloud.h>
#include <r53/report.h>
#include <r53/type.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A VPC that a private zone is associated with. Frozen: no member will be added. */
typedef struct r53_vpc {
    const char *vpc_region; /**< "eu-west-1" */
    const char *vpc_id;     /**< "vpc-1a2b3c4d" */
} r53_vpc;

/** A hosted zone. */
typedef struct r53_hosted_zone {
    uint32_t size;                   /**< sizeof(r53_hosted_zone) */
    int32_t private_zone;            /**< 1: private, 0: public */
    const char *id;                  /**< "Z1D633PJN98FT9", also with "/hostedzone/" in front */
    const char *name;                /**< "example.com." */
    const char *account;             /**< "123456789012", kept as given; NULL: not known */
    const char *caller_reference;    /**< 1-128 characters; NULL: not known (import only) */
    const char *comment;             /**< NULL: none */
    const char *const *name_servers; /**< delegation set; NULL: four are made up (R53-ZONE-06) */
    const r53_vpc *const *vpcs;      /**< associated VPCs of a private zone */
    uint32_t n_name_servers;         /**< length of name_servers */
    uint32_t n_vpcs;                 /**< length of vpcs */
    uint32_t record_set_count;       /**< described: record sets held; ignored on input */
    uint32_t reserved;               /**< 0 */
} r53_hosted_zone;

/** Failover role of a record set; passed as int32_t. */
enum r53_failover { R53_FAILOVER_NONE = 0, R53_FAILOVER_PRIMARY = 1, R53_FAILOVER_SECONDARY = 2 };

/**
 * A resource record set: one SetIdentifier, one or more values, or an alias target. Members with a
 * `has_` before them count only when that is 1.
 */
typedef struct r53_record_set {
    uint32_t size;                      /**< sizeof(r53_record_set) */
    int32_t type;                       /**< enum r53_type */
    const char *name;                   /**< owner, "www.example.com." */
    const char *set_identifier;         /**< NULL for a simple record set */
    const char *const *values;          /**< ResourceRecords[].Value */
    uint32_t n_values;                  /**< length of values; 0 for an alias */
    int32_t has_ttl;                    /**< 1: ttl is given */
    uint32_t ttl;                       /**< seconds */
    int32_t evaluate_target_health;     /**< AliasTarget.EvaluateTargetHealth */
    const char *alias_hosted_zone_id;   /**< AliasTarget.HostedZoneId; NULL: no alias */
    const char *alias_dns_name;         /**< AliasTarget.DNSName; NULL: no alias */
    const char *health_check_id;        /**< NULL: none */
    const char *traffic_policy_instance_id; /**< NULL: none */
    int32_t has_weight;                 /**< 1: weighted */
    int32_t weight;                     /**< 0-255 */
    int32_t failover;                   /**< enum r53_failover */
    int32_t has_multi_value_answer;     /**< 1: multi_value_answer is given */
    int32_t multi_value_answer;         /**< 1: multivalue answer routing */
    int32_t has_bias;                   /**< 1: bias is given */
    int32_t bias;                       /**< geoproximity, -99 to 99 */
    int32_t reserved;                   /**< 0 */
    const char *region;                 /**< latency routing: "us-east-1" */
    const char *continent_code;         /**< GeoLocation: "EU" */
    const char *country_code;           /**< GeoLocation: "DE", "*" for the default */
    const char *subdivision_code;       /**< GeoLocation: "CA" */
    const char *cidr_collection_id;     /**< CidrRoutingConfig.CollectionId */
    const char *cidr_location_name;     /**< CidrRoutingConfig.LocationName, "*" for the default */
    const char *geoproximity_region;    /**< GeoProximityLocation.AWSRegion */
    const char *local_zone_group;       /**< GeoProximityLocation.LocalZoneGroup */
    const char *latitude;               /**< GeoProximityLocation.Coordinates.Latitude, "49.22" */
    const char *longitude;              /**< GeoProximityLocation.Coordinates.Longitude */
    const char *az_location_type;       /**< AZAffinity.LocationType: "AvailabilityZone",
                                             "AvailabilityZoneGroup", "Region", "Partition" or
                                             "Global" */
    const char *az_location_id;         /**< AZAffinity.LocationId, in lower case: "use1-az1",
                                             "us-east-1-zg-1", "us-east-1", "aws"; needed for
                                             Global too, which does not read it (R53-AZ-04) */
} r53_record_set;

/** What a change does; passed as int32_t. */
enum r53_action { R53_ACTION_CREATE = 1, R53_ACTION_DELETE = 2, R53_ACTION_UPSERT = 3 };

/** One change of a batch. */
typedef struct r53_change {
    uint32_t size;                    /**< sizeof(r53_change) */
    int32_t action;                   /**< enum r53_action */
    const r53_record_set *record_set; /**< what is created, deleted or put in place; borrowed */
} r53_change;

/**
 * Creates a hosted zone with its default NS and SOA record sets (AWS CreateHostedZone).
 * @param zone    copied
 * @param report  gains AWS's error name and the offending value; may be NULL
 * @return R53_OK, R53_E_INVALID, R53_E_EXISTS (id or CallerReference in use), R53_E_LIMIT
 *         (TooManyHostedZones), R53_E_NOMEM
 *
 * O(hosted zones). Rules R53-ZONE-01 .. -13.
 */
R53_API int32_t r53_zone_create(r53_cloud *cloud, const r53_hosted_zone *zone, r53_report *report);

/**
 * Deletes a hosted zone that holds nothing but its apex NS and SOA (AWS DeleteHostedZone).
 * @return R53_OK, R53_E_NOT_FOUND (NoSuchHostedZone), R53_E_INVALID (HostedZoneNotEmpty),
 *         R53_E_NOMEM. Rule R53-ZONE-14.
 */
R53_API int32_t r53_zone_delete(r53_cloud *cloud, const char *zone_id, r53_report *report);

/**
 * Associates a VPC with a private hosted zone (AWS AssociateVPCWithHostedZone).
 * @param zone_id  with or without "/hostedzone/"
 * @param vpc      copied
 * @return R53_OK, R53_E_NOT_FOUND (NoSuchHostedZone), R53_E_INVALID (PublicZoneVPCAssociation,
 *         ConflictingDomainExists, InvalidVPCId, InvalidInput), R53_E_LIMIT (LimitsExceeded: 300),
 *         R53_E_NOMEM
 *
 * O(zone + hosted zones). Rules R53-PRIV-01, -04.
 */
R53_API int32_t r53_zone_associate_vpc(r53_cloud *cloud, const char *zone_id, const r53_vpc *vpc,
                                       r53_report *report);

/**
 * Ends the association of a VPC with a private hosted zone (AWS DisassociateVPCFromHostedZone).
 * @return R53_OK, R53_E_NOT_FOUND (NoSuchHostedZone, VPCAssociationNotFound), R53_E_INVALID
 *         (LastVPCAssociation, InvalidVPCId, InvalidInput), R53_E_NOMEM
 *
 * O(zone). Rule R53-PRIV-01.
 */
R53_API int32_t r53_zone_disassociate_vpc(r53_cloud *cloud, const char *zone_id,
                                          const r53_vpc *vpc, r53_report *report);

/**
 * Applies a change batch, in order, all of it or nothing (AWS ChangeResourceRecordSets).
 * @param zone_id  with or without "/hostedzone/"
 * @param batch    pointers to the changes; borrowed
 * @param n        number of changes, at least 1
 * @param report   gains a finding for each refused change; may be NULL
 * @return R53_OK, R53_E_NOT_FOUND (NoSuchHostedZone, NoSuchHealthCheck,
 *         NoSuchCidrCollectionException), R53_E_INVALID (InvalidChangeBatch, also of a zone that
 *         would hold more than 10,000 record sets unless an import brought more, or InvalidInput),
 *         R53_E_NOMEM (the cloud is then as it was)
 *
 * O(zone + n log n). Rules R53-BATCH-01 .. -13.
 */
R53_API int32_t r53_zone_change(r53_cloud *cloud, const char *zone_id,
                                const r53_change *const *batch, size_t n, r53_report *report);

/**
 * Walks the hosted zones (AWS ListHostedZones), or the record sets of one in Route 53's list order
 * (AWS ListResourceRecordSets). It pins what it lists: changes made meanwhile do not show.
 */
typedef struct r53_listing r53_listing;

/**
 * Lists all hosted zones in the order they were added. Free with r53_listing_free. R53_OK,
 * R53_E_INVALID, R53_E_NOMEM.
 */
R53_API int32_t r53_zones_list(r53_listing **out, const r53_cloud *cloud);

/**
 * Lists the hosted zones by name (AWS ListHostedZonesByName), from the first that is not before
 * (name, id): labels from the right, as record sets are listed; zones of one name by their ids.
 * @param dns_name        NULL: from the beginning
 * @param hosted_zone_id  with or without "/hostedzone/"; NULL: any (needs dns_name)
 * @param report          gains why it was refused; may be NULL
 * @return R53_OK, R53_E_INVALID (InvalidInput), R53_E_NOMEM; free with r53_listing_free
 *
 * O(n log n). Rule R53-LIST-05.
 */
R53_API int32_t r53_zones_list_by_name(r53_listing **out, const r53_cloud *cloud,
                                       const char *dns_name, const char *hosted_zone_id,
                                       r53_report *report);

/**
 * Begins a page, of a listing of hosted zones or of record sets: as many entries as are asked for,
 * then NULL, until the next page is begun. Without this call a listing goes on to its end.
 * @param max_items  AWS's MaxItems; 0, or more than AWS gives: 300 record sets, 100 zones
 * @return 1: the page does not end the listing (AWS's IsTruncated), and the first entry of the next
 *         page is what AWS's NextRecordName, NextRecordType and NextRecordIdentifier, NextMarker,
 *         NextDNSName and NextHostedZoneId tell; 0: it does; R53_E_INVALID (no listing, a negative
 *         number: nothing has changed)
 *
 * O(1). Rules R53-LIST-04, R53-LIST-05.
 */
R53_API int32_t r53_listing_page(r53_listing *listing, int32_t max_items);

/** Next hosted zone, lent until the next call on this listing; NULL at the end. */
R53_API const r53_hosted_zone *r53_listing_next_zone(r53_listing *listing);

/**
 * Lists a zone's record sets from the first that is not before (name, type, set identifier).
 * @param name            NULL: from the beginning
 * @param type            0: any (needs name)
 * @param set_identifier  NULL: any (needs name and type)
 * @return R53_OK, R53_E_NOT_FOUND, R53_E_INVALID (R53-LIST-03), R53_E_NOMEM
 */
R53_API int32_t r53_record_sets_list(r53_listing **out, const r53_cloud *cloud,
                                     const char *zone_id, const char *name, int32_t type,
                                     const char *set_identifier, r53_report *report);

/** Next record set, lent until the next call on this listing; NULL at the end. */
R53_API const r53_record_set *r53_listing_next_record_set(r53_listing *listing);

/** Frees the listing. */
R53_API void r53_listing_free(r53_listing *listing);

#ifdef __cplusplus
}
#endif

#endif
