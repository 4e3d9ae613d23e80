/*
 * Hosted zones and their record sets, as Route 53's CLI prints them. A list of record sets does not
 * say whose it is: its apex SOA does, or else the context must.
 */
#include "json/document.h"

#include <string.h>

#define ZONE(member) offsetof(r53_hosted_zone, member)
#define SET(member)  offsetof(r53_record_set, member)

/* Hosted zones (R53-JSON-03) */

static const r53_hosted_zone zone_initial = {.size = sizeof(zone_initial)};

static const struct field zone_config_fields[] = {
    FIELD("Comment", r53__json_text, .at = ZONE(comment)),
    FIELD("PrivateZone", r53__json_bool, .at = ZONE(private_zone)),
};
static const struct shape zone_config = MEMBERS(zone_config_fields);

static const struct field zone_fields[] = {
    FIELD("Id", r53__json_text, .at = ZONE(id), .required = true),
    FIELD("Name", r53__json_text, .at = ZONE(name), .required = true),
    FIELD("CallerReference", r53__json_text, .at = ZONE(caller_reference)),
    FIELD("Config", r53__json_members, .with = &zone_config),
    UNUSED("ResourceRecordSetCount"),
    UNUSED("LinkedService"),
    UNUSED("Features"),
};
static const struct shape zone_shape =
    SHAPE(zone_fields, .bytes = sizeof(r53_hosted_zone), .initial = &zone_initial);

static int32_t zone_deliver(struct reader *reader, void *out)
{
    r53_hosted_zone *zone = out;

    zone->account = reader->context.account;
    r53__json_import_begin(reader);
    return r53__json_import_end(reader, r53_import_hosted_zone(reader->import, zone));
}

static const struct element zone_element = {&zone_shape, zone_deliver};

static const struct field zones_fields[] = {
    FIELD("HostedZones", r53__json_list, .with = &zone_element),
    WHOLE("IsTruncated", r53__json_page),
    WHOLE("NextToken", r53__json_page),
    UNUSED("Marker"),
    UNUSED("NextMarker"),
    UNUSED("MaxItems"),
    UNUSED("DNSName"),
    UNUSED("HostedZoneId"),
    UNUSED("NextDNSName"),
    UNUSED("NextHostedZoneId"),
};
static const struct shape zones_shape = MEMBERS(zones_fields);
const struct element r53__json_hosted_zones = {&zones_shape, NULL};

/* get-hosted-zone: what stands beside "HostedZone" belongs to the same zone. */

static const struct field vpc_fields[] = {
    FIELD("VPCRegion", r53__json_text, .at = offsetof(r53_vpc, vpc_region)),
    FIELD("VPCId", r53__json_text, .at = offsetof(r53_vpc, vpc_id)),
};
static const struct shape vpc_shape = SHAPE(vpc_fields, .bytes = sizeof(r53_vpc));

static const struct field delegation_fields[] = {
    FIELD("NameServers", r53__json_texts, .at = ZONE(name_servers), .also = ZONE(n_name_servers)),
    UNUSED("Id"),
    UNUSED("CallerReference"),
};
static const struct shape delegation_shape = MEMBERS(delegation_fields);

static const struct field zone_document_fields[] = {
    FIELD("HostedZone", r53__json_members, .with = &zone_shape, .required = true),
    FIELD("DelegationSet", r53__json_members, .with = &delegation_shape),
    FIELD("VPCs", r53__json_pointers, .at = ZONE(vpcs), .also = ZONE(n_vpcs), .with = &vpc_shape),
    UNUSED("Location"),
    UNUSED("ChangeInfo"),
};
static const struct shape zone_document_shape =
    SHAPE(zone_document_fields, .bytes = sizeof(r53_hosted_zone), .initial = &zone_initial);
const struct element r53__json_hosted_zone = {&zone_document_shape, zone_deliver};

/* Record sets (R53-JSON-01) */

static const char *const failover_words[] = {"PRIMARY", "SECONDARY"};
static const struct vocabulary failovers = {"a failover role", NULL, failover_words, 2};

static const struct field value_fields[] = {FIELD("Value", r53__json_text, .required = true)};
static const struct shape value_shape = SHAPE(value_fields, .bytes = sizeof(const char *));

static const struct field alias_fields[] = {
    FIELD("HostedZoneId", r53__json_text, .at = SET(alias_hosted_zone_id)),
    FIELD("DNSName", r53__json_text, .at = SET(alias_dns_name), .required = true),
    FIELD("EvaluateTargetHealth", r53__json_bool, .at = SET(evaluate_target_health)),
};
static const struct shape alias_shape = MEMBERS(alias_fields);

static const struct field geo_fields[] = {
    FIELD("ContinentCode", r53__json_text, .at = SET(continent_code)),
    FIELD("CountryCode", r53__json_text, .at = SET(country_code)),
    FIELD("SubdivisionCode", r53__json_text, .at = SET(subdivision_code)),
};
static const struct shape geo_shape = MEMBERS(geo_fields);

static const struct field cidr_fields[] = {
    FIELD("CollectionId", r53__json_text, .at = SET(cidr_collection_id)),
    FIELD("LocationName", r53__json_text, .at = SET(cidr_location_name)),
};
static const struct shape cidr_shape = MEMBERS(cidr_fields);

static const struct field coordinates_fields[] = {
    FIELD("Latitude", r53__json_text, .at = SET(latitude)),
    FIELD("Longitude", r53__json_text, .at = SET(longitude)),
};
static const struct shape coordinates_shape = MEMBERS(coordinates_fields);

static const struct field geoproximity_fields[] = {
    FIELD("AWSRegion", r53__json_text, .at = SET(geoproximity_region)),
    FIELD("LocalZoneGroup", r53__json_text, .at = SET(local_zone_group)),
    FIELD("Coordinates", r53__json_members, .with = &coordinates_shape),
    FIELD("Bias", r53__json_int32, .at = SET(bias), .also = SET(has_bias)),
};
static const struct shape geoproximity_shape = MEMBERS(geoproximity_fields);

static const struct field affinity_fields[] = {
    FIELD("LocationType", r53__json_text, .at = SET(az_location_type)),
    FIELD("LocationId", r53__json_text, .at = SET(az_location_id)),
};
static const struct shape affinity_shape = MEMBERS(affinity_fields);

/* A type by its name; the numbers have gaps, so it is no vocabulary. */
static void type_read(struct reader *reader, const struct field *field, json_t *value, void *out)
{
    const char *name = json_string_value(value);
    r53_record_set *set = out;

    (void)field;
    set->type = name ? r53_type_number(name) : 0;
    if (!set->type)
        r53__json_mismatch(reader, value, "a record type that Route 53 can hold");
}

static const struct field set_fields[] = {
    FIELD("Name", r53__json_text, .at = SET(name), .required = true),
    FIELD("Type", type_read, .at = SET(type), .required = true),
    FIELD("SetIdentifier", r53__json_text, .at = SET(set_identifier)),
    FIELD("TTL", r53__json_uint32, .at = SET(ttl), .also = SET(has_ttl)),
    FIELD("ResourceRecords", r53__json_structs, .at = SET(values), .also = SET(n_values),
          .with = &value_shape),
    FIELD("AliasTarget", r53__json_members, .with = &alias_shape),
    FIELD("Weight", r53__json_int32, .at = SET(weight), .also = SET(has_weight)),
    FIELD("Region", r53__json_text, .at = SET(region)),
    FIELD("Failover", r53__json_word, .at = SET(failover), .with = &failovers),
    FIELD("GeoLocation", r53__json_members, .with = &geo_shape),
    FIELD("MultiValueAnswer", r53__json_bool, .at = SET(multi_value_answer),
          .also = SET(has_multi_value_answer)),
    FIELD("CidrRoutingConfig", r53__json_members, .with = &cidr_shape),
    FIELD("GeoProximityLocation", r53__json_members, .with = &geoproximity_shape),
    FIELD("AZAffinity", r53__json_members, .with = &affinity_shape),
    FIELD("HealthCheckId", r53__json_text, .at = SET(health_check_id)),
    FIELD("TrafficPolicyInstanceId", r53__json_text, .at = SET(traffic_policy_instance_id)),
};
static const r53_record_set set_initial = {.size = sizeof(set_initial)};
const struct shape r53__json_record_set =
    SHAPE(set_fields, .bytes = sizeof(r53_record_set), .initial = &set_initial);

static int32_t set_deliver(struct reader *reader, void *out)
{
    r53__json_import_begin(reader);
    return r53__json_import_end(
        reader, r53_import_record_set(reader->import, reader->context.hosted_zone_id, out));
}

static const struct element set_element = {&r53__json_record_set, set_deliver};

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

/* Names without regard to case and the last dot; escapes are not undone. */
static bool name_equal(const char *a, const char *b)
{
    while (*a && lower(*a) == lower(*b))
        a++, b++;
    return (*a == '\0' || strcmp(a, ".") == 0) && (*b == '\0' || strcmp(b, ".") == 0);
}

static bool has_soa(const json_t *list, const char *owner)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *set = json_array_get(list, i);
        const char *type = json_string_value(json_object_get(set, "Type"));
        const char *name = json_string_value(json_object_get(set, "Name"));

        if (type && name && strcmp(type, "SOA") == 0 && name_equal(name, owner))
            return true;
    }
    return false;
}

/* A list with the apex SOA names its zone itself; for another the context may. */
static void zone_import(struct reader *reader)
{
    const r53_hosted_zone zone = {.size = sizeof(zone),
                                  .id = reader->context.hosted_zone_id,
                                  .name = reader->context.hosted_zone_name,
                                  .account = reader->context.account};
    int32_t rc;

    r53__json_import_begin(reader);
    rc = r53__json_import_end(reader, r53_import_hosted_zone(reader->import, &zone));
    if (rc)
        reader->error = rc;
}

void r53__json_record_set_list(struct reader *reader, json_t *list)
{
    if (!reader->context.hosted_zone_id) {
        r53__json_needs(reader, "hosted_zone_id",
                        "the document does not say which hosted zone these record sets are in");
        return;
    }
    if (json_is_array(list) && reader->context.hosted_zone_name &&
        !has_soa(list, reader->context.hosted_zone_name))
        zone_import(reader);
    r53__json_elements(reader, &set_element, list);
}

static void sets_read(struct reader *reader, const struct field *field, json_t *list, void *out)
{
    (void)field;
    (void)out;
    r53__json_record_set_list(reader, list);
}

static const struct field sets_fields[] = {
    WHOLE("ResourceRecordSets", sets_read),
    WHOLE("IsTruncated", r53__json_page),
    WHOLE("NextToken", r53__json_page),
    UNUSED("MaxItems"),
    UNUSED("NextRecordName"),
    UNUSED("NextRecordType"),
    UNUSED("NextRecordIdentifier"),
};
static const struct shape sets_shape = MEMBERS(sets_fields);
const struct element r53__json_record_sets = {&sets_shape, NULL};
