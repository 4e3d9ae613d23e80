#include "model/record_schema.h"

#include "model/cidr_collection.h"
#include "net/place.h"
#include "net/region.h"

#include <string.h>

/* One record set under check. */
struct subject {
    const r53_record_set *set;
    const char *action, *type;
    bool is_private;
    enum policy policy; /* the first given */
    unsigned n_policies;
};

/* AWS ends its messages so; args 0 to 3 are the same in all. */
#define IN_CHANGE " in Change with [Action={0}, Name={1}, Type={2}, SetIdentifier={3}]"

/* R53-ERR-33: the words after "cvc-" are those of XML Schema. */
#define OUT_OF_ENUMERATION                                                                         \
    "Invalid XML ; cvc-enumeration-valid: Value '{4}' is not a known {5}" IN_CHANGE
#define OUT_OF_RANGE "Invalid XML ; cvc-{6}-valid: Value '{4}' is out of range for {5}" IN_CHANGE

static bool given(const char *text)
{
    return text && *text;
}

static const char *or_null(const char *text)
{
    return text ? text : "null";
}

static void say(struct checker *checker, const struct subject *s, int32_t rule, const char *format,
                const char *a, const char *b, const char *c)
{
    r53__breach(checker, rule, format,
                ARGS(s->action, or_null(s->set->name), s->type, or_null(s->set->set_identifier), a,
                     b, c, NULL));
}

static void say_number(struct checker *checker, const struct subject *s, int32_t rule,
                       int64_t value, const char *member, int64_t max)
{
    char digits[NUMBER_TEXT_MAX];

    r53__number_print(digits, value);
    say(checker, s, rule, OUT_OF_RANGE, digits, member,
        value > max ? "maxInclusive" : "minInclusive");
}

static void range_check(struct checker *checker, const struct subject *s, int32_t rule,
                        int64_t value, int64_t min, int64_t max, const char *member)
{
    if (value < min || value > max)
        say_number(checker, s, rule, value, member, max);
}

static void check_type(const struct subject *s, struct checker *checker)
{
    char digits[NUMBER_TEXT_MAX];

    r53__number_print(digits, s->set->type);
    if (!*s->type) /* R53-TYPE-01 */
        say(checker, s, RULE_R53_ERR_33, OUT_OF_ENUMERATION, digits, "Type", NULL);
    if (!given(s->set->name))
        say(checker, s, RULE_R53_ERR_33,
            "Invalid XML ; cvc-complex-type: Name is missing" IN_CHANGE, NULL, NULL, NULL);
}

static void check_numbers(const struct subject *s, struct checker *checker)
{
    const r53_record_set *set = s->set;

    if (set->has_ttl)
        range_check(checker, s, RULE_R53_TYPE_06, set->ttl, 0, TTL_MAX, "TTL");
    if (set->has_weight)
        range_check(checker, s, RULE_R53_WEIGHTED_01, set->weight, 0, WEIGHT_MAX, "Weight");
    if (set->has_bias)
        range_check(checker, s, RULE_R53_GEOPROX_01, set->bias, -BIAS_MAX, BIAS_MAX, "Bias");
    range_check(checker, s, RULE_R53_FAILOVER_01, set->failover, R53_FAILOVER_NONE,
                R53_FAILOVER_SECONDARY, "Failover");
}

static void check_values(const struct subject *s, struct checker *checker)
{
    const r53_record_set *set = s->set;

    for (uint32_t i = 0; i < set->n_values; i++) {
        if (!set->values || !set->values[i])
            say(checker, s, RULE_R53_ERR_33,
                "Invalid XML ; cvc-complex-type: Value is missing" IN_CHANGE, NULL, NULL, NULL);
        else if (strlen(set->values[i]) > VALUE_CHARACTERS_MAX)
            say(checker, s, RULE_R53_TYPE_07, OUT_OF_RANGE, set->values[i], "Value", "maxLength");
        else
            continue;
        return;
    }
}

/* R53-ERR-30: alias target, TTL with values, or traffic policy instance, exactly one. */
static void check_content(const struct subject *s, struct checker *checker)
{
    const r53_record_set *set = s->set;
    bool alias = given(set->alias_dns_name) || given(set->alias_hosted_zone_id);
    bool some = set->has_ttl || set->n_values, all = set->has_ttl && set->n_values;
    int n = alias + all + given(set->traffic_policy_instance_id);

    if (n == 1 && (all || !some))
        return;
    say(checker, s, RULE_R53_ERR_30,
        "Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], "
        "or TrafficPolicyInstanceId], but found {4}" IN_CHANGE,
        n == 0 ? "none" : "more than one", NULL, NULL);
}

static void check_alias(const struct subject *s, struct checker *checker)
{
    static const char missing[] =
        "Invalid XML ; cvc-complex-type: AliasTarget without {4}" IN_CHANGE;
    const r53_record_set *set = s->set;
    struct service_name service;

    if (!given(set->alias_dns_name) && !given(set->alias_hosted_zone_id))
        return;
    if (!given(set->alias_hosted_zone_id)) /* R53-ALIAS-01 */
        say(checker, s, RULE_R53_ERR_33, missing, "HostedZoneId", NULL, NULL);
    if (!given(set->alias_dns_name))
        say(checker, s, RULE_R53_ERR_33, missing, "DNSName", NULL, NULL);
    if (set->has_multi_value_answer) /* R53-MULTI-01 */
        say(checker, s, RULE_R53_MULTI_01,
            "Invalid request: Expected at most one of [AliasTarget, or MultiValueAnswer], but "
            "found more than one" IN_CHANGE,
            NULL, NULL, NULL);
    if (!r53__service_of_name(r53__span(set->alias_dns_name), &service) ||
        service.service != SERVICE_CLOUDFRONT)
        return;
    if (set->evaluate_target_health)
        say(checker, s, RULE_R53_ALIAS_31,
            "Invalid request: EvaluateTargetHealth must be false for the CloudFront alias target "
            "'{4}'" IN_CHANGE,
            set->alias_dns_name, NULL, NULL);
    if (s->is_private)
        say(checker, s, RULE_R53_PRIV_13,
            "Invalid request: a private hosted zone cannot hold the CloudFront alias target "
            "'{4}'" IN_CHANGE,
            set->alias_dns_name, NULL, NULL);
}

static void check_policies(const struct subject *s, struct checker *checker)
{
    const char *id = s->set->set_identifier;
    size_t length = r53__span(id).length;

    if (s->n_policies && !id) /* R53-ERR-31, R53-MULTI-05 */
        say(checker, s, RULE_R53_ERR_31, "Invalid request: Missing field 'SetIdentifier'" IN_CHANGE,
            NULL, NULL, NULL);
    if (s->n_policies > 1 || (s->n_policies == 0 && id)) /* R53-ERR-32, R53-BATCH-06 */
        say(checker, s, RULE_R53_ERR_32,
            "Invalid request: Expected exactly one of [Weight, Region, Failover, GeoLocation, "
            "MultiValueAnswer, CidrRoutingConfig, GeoProximityLocation, or AZAffinity], but found "
            "{4}" IN_CHANGE,
            s->n_policies ? "more than one" : "none", NULL, NULL);
    if (id && (length == 0 || length > SET_IDENTIFIER_MAX)) /* R53-GROUP-03 */
        say(checker, s, RULE_R53_GROUP_03, OUT_OF_RANGE, id, "SetIdentifier",
            length ? "maxLength" : "minLength");
}

static void check_region(const struct subject *s, struct checker *checker)
{
    const char *region = s->set->region;

    if (given(region) && !r53__region_find(r53__span(region))) /* R53-DATA-05 */
        say(checker, s, RULE_R53_LATENCY_01, OUT_OF_ENUMERATION, region, "Region", NULL);
}

/* R53-GEO-01: a continent, or a country with perhaps a state; "*" is the default. */
static void check_geolocation(const struct subject *s, struct checker *checker)
{
    const r53_record_set *set = s->set;
    struct span country = r53__span(set->country_code);
    bool known = country.length == 0 || r53__span_is(country, "*") ||
                 r53__country_continent(country) != NULL;

    if (given(set->continent_code) && (country.length || given(set->subdivision_code)))
        say(checker, s, RULE_R53_GEO_01,
            "Invalid request: Expected exactly one of [ContinentCode, or CountryCode], but found "
            "more than one" IN_CHANGE,
            NULL, NULL, NULL);
    else if (given(set->continent_code) && !r53__continent_known(r53__span(set->continent_code)))
        say(checker, s, RULE_R53_GEO_01, OUT_OF_ENUMERATION, set->continent_code, "ContinentCode",
            NULL);
    else if (!known)
        say(checker, s, RULE_R53_GEO_01, OUT_OF_ENUMERATION, set->country_code, "CountryCode",
            NULL);
    else if (given(set->subdivision_code) &&
             !r53__subdivision_known(country, r53__span(set->subdivision_code)))
        say(checker, s, RULE_R53_GEO_02, OUT_OF_ENUMERATION, set->subdivision_code,
            "SubdivisionCode", NULL);
}

static void check_geoproximity(const struct subject *s, struct checker *checker)
{
    const r53_record_set *set = s->set;
    int32_t ignored;
    bool coordinates = given(set->latitude) || given(set->longitude);
    int n = given(set->geoproximity_region) + given(set->local_zone_group) + coordinates;

    if (n == 0 && !set->has_bias)
        return;
    if (n != 1) /* R53-GEOPROX-01 */
        say(checker, s, RULE_R53_GEOPROX_01,
            "Invalid request: Expected exactly one of [AWSRegion, LocalZoneGroup, or Coordinates], "
            "but found {4}" IN_CHANGE,
            n ? "more than one" : "none", NULL, NULL);
    if (given(set->geoproximity_region) && !r53__region_find(r53__span(set->geoproximity_region)))
        say(checker, s, RULE_R53_GEOPROX_01, OUT_OF_ENUMERATION, set->geoproximity_region,
            "AWSRegion", NULL);
    if (!coordinates)
        return;
    if (!r53__coordinate_parse(r53__span(set->latitude), 2, 90, &ignored)) /* R53-GEOPROX-02 */
        say(checker, s, RULE_R53_GEOPROX_02, OUT_OF_RANGE, or_null(set->latitude), "Latitude",
            "pattern");
    if (!r53__coordinate_parse(r53__span(set->longitude), 3, 180, &ignored))
        say(checker, s, RULE_R53_GEOPROX_02, OUT_OF_RANGE, or_null(set->longitude), "Longitude",
            "pattern");
}

static void check_cidr(const struct subject *s, struct checker *checker)
{
    const r53_record_set *set = s->set;
    struct span location = r53__span(set->cidr_location_name);

    if (!given(set->cidr_collection_id) && !given(set->cidr_location_name))
        return;
    if (!r53__cidr_is_id(r53__span(set->cidr_collection_id))) /* R53-CIDR-01 */
        say(checker, s, RULE_R53_CIDR_01, OUT_OF_RANGE, or_null(set->cidr_collection_id),
            "CollectionId", "pattern");
    if (!r53__span_is(location, "*") && !r53__cidr_is_name(location, CIDR_LOCATION_MAX))
        say(checker, s, RULE_R53_CIDR_01, OUT_OF_RANGE, or_null(set->cidr_location_name),
            "LocationName", "pattern");
}

static bool is_az_type(struct span type)
{
    static const char *const types[] = {"AvailabilityZone", "AvailabilityZoneGroup", "Region",
                                        "Partition", "Global"};

    for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
        if (r53__span_is(type, types[i]))
            return true;
    }
    return false;
}

/* Ids are in lower case; the kinds whose ids are in the tables must be there. */
static bool az_id_fits(const char *type, struct span id)
{
    for (size_t i = 0; i < id.length; i++) {
        if (r53__lower(id.at[i]) != id.at[i])
            return false;
    }
    if (strcmp(type, "Region") == 0)
        return r53__region_find(id) != NULL;
    if (strcmp(type, "AvailabilityZone") == 0)
        return r53__region_of_az(id) != NULL;
    return id.length > 0;
}

static void check_az_affinity(const struct subject *s, struct checker *checker)
{
    const r53_record_set *set = s->set;

    if (!given(set->az_location_type) && !given(set->az_location_id))
        return;
    if (!is_az_type(r53__span(set->az_location_type))) /* R53-AZ-01 */
        say(checker, s, RULE_R53_AZ_01, OUT_OF_ENUMERATION, or_null(set->az_location_type),
            "LocationType", NULL);
    else if (!az_id_fits(set->az_location_type, r53__span(set->az_location_id)))
        say(checker, s, RULE_R53_AZ_01, OUT_OF_RANGE, or_null(set->az_location_id), "LocationId",
            "pattern");
}

static void (*const checks[])(const struct subject *, struct checker *) = {
    check_type,         check_numbers,  check_values,      check_content,
    check_alias,        check_policies, check_region,      check_geolocation,
    check_geoproximity, check_cidr,     check_az_affinity,
};

void r53__schema_check(const r53_record_set *set, const char *action, bool is_private,
                       bool first_only, struct checker *checker)
{
    struct subject subject = {.set = set, .action = action, .is_private = is_private};
    size_t before = checker->breaches;

    subject.type = r53_type_name(set->type);
    subject.n_policies = r53__policies_given(set, &subject.policy);
    for (size_t i = 0; i < sizeof(checks) / sizeof(*checks); i++) {
        checks[i](&subject, checker);
        if (first_only && checker->breaches > before)
            return;
    }
}
