#include "model/record_set.h"

#include "net/place.h"

#include <string.h>

static bool given(const char *text)
{
    return text && *text;
}

static bool has_weight(const r53_record_set *s)
{
    return s->has_weight;
}

static bool has_region(const r53_record_set *s)
{
    return given(s->region);
}

static bool has_failover(const r53_record_set *s)
{
    return s->failover != R53_FAILOVER_NONE;
}

static bool has_geolocation(const r53_record_set *s)
{
    return given(s->continent_code) || given(s->country_code) || given(s->subdivision_code);
}

static bool has_multivalue(const r53_record_set *s)
{
    return s->has_multi_value_answer; /* also with the value false, R53-MULTI-05 */
}

static bool has_cidr(const r53_record_set *s)
{
    return given(s->cidr_collection_id) || given(s->cidr_location_name);
}

static bool has_geoproximity(const r53_record_set *s)
{
    return given(s->geoproximity_region) || given(s->local_zone_group) || given(s->latitude) ||
           given(s->longitude) || s->has_bias;
}

static bool has_az_affinity(const r53_record_set *s)
{
    return given(s->az_location_type) || given(s->az_location_id);
}

/* R53-GROUP-01 */
static const struct policy_row {
    const char *word;
    bool (*has)(const r53_record_set *set);
} policies[POLICIES] = {
    [POLICY_SIMPLE] = {"simple", NULL},
    [POLICY_WEIGHTED] = {"weighted", has_weight},
    [POLICY_LATENCY] = {"latency", has_region},
    [POLICY_FAILOVER] = {"failover", has_failover},
    [POLICY_GEOLOCATION] = {"geolocation", has_geolocation},
    [POLICY_GEOPROXIMITY] = {"geoproximity", has_geoproximity},
    [POLICY_MULTIVALUE] = {"multivalue answer", has_multivalue},
    [POLICY_CIDR] = {"cidr routing", has_cidr},
    [POLICY_AZ_AFFINITY] = {"AZ affinity", has_az_affinity},
};

struct span r53__zone_id(const char *id)
{
    static const char prefix[] = "/hostedzone/";
    struct span span = r53__span(id);
    size_t skip = span.length && span.at[0] == '/' ? 0 : 1;
    size_t length = sizeof(prefix) - 1 - skip;

    if (span.length >= length && memcmp(span.at, prefix + skip, length) == 0)
        span = (struct span){span.at + length, span.length - length};
    return span;
}

unsigned r53__policies_given(const r53_record_set *set, enum policy *first)
{
    unsigned n = 0;

    *first = POLICY_SIMPLE;
    for (int p = POLICY_SIMPLE + 1; p < POLICIES; p++) {
        if (!policies[p].has(set))
            continue;
        if (n++ == 0)
            *first = (enum policy)p;
    }
    return n;
}

const char *r53__policy_word(enum policy policy)
{
    return policies[policy].word;
}

/* Says what is wrong with a member that has no meaning as it is. */
static int32_t refuse(r53_report *report, const char *path, int32_t rule, const char *format,
                      const char *value)
{
    return r53__remark(report, &(struct remark){.rule = rule,
                                                .aws_name = "InvalidChangeBatch",
                                                .path = path,
                                                .format = format,
                                                .args = {value}});
}

static int32_t refuse_value(r53_report *report, const char *path, const char *value,
                            const struct rdata_fault *fault)
{
    return r53__remark(report,
                       &(struct remark){.rule = RULE_R53_ERR_12,
                                        .aws_name = "InvalidChangeBatch",
                                        .path = path,
                                        .format = "Invalid Resource Record: 'FATAL problem: {0} "
                                                  "({1}) encountered with '{2}''",
                                        .args = {fault->code, fault->words, value}});
}

static int32_t name_copy(struct name *out, struct arena *arena, const char *text, const char *path,
                         r53_report *report)
{
    struct name_buffer buffer;
    enum name_fault fault = r53__name_parse(&buffer, r53__span(text));
    uint8_t *octets;

    if (fault != NAME_OK)
        return r53__remark(report,
                           &(struct remark){.rule = RULE_R53_ERR_12,
                                            .aws_name = "InvalidChangeBatch",
                                            .path = path,
                                            .format = "FATAL problem: {0} ({1}) encountered with "
                                                      "'{2}'",
                                            .args = {r53__name_fault_code(fault),
                                                     r53__name_fault_words(fault), text}});
    octets = r53__arena_alloc(arena, buffer.length, 1);
    if (!octets)
        return r53__remark_nomem(report);
    memcpy(octets, buffer.octets, buffer.length);
    *out = (struct name){octets, buffer.length};
    return R53_OK;
}

static bool value_parse(const struct rr_type *type, const char *value, uint8_t *wire,
                        size_t *length, struct rdata_fault *fault)
{
    struct span text = r53__span(value);

    *fault = (struct rdata_fault){"CharacterStringTooLong", "Value is too long"};
    if (text.length > VALUE_CHARACTERS_MAX) /* R53-TYPE-07 */
        return false;
    return type->parse(text, wire, length, fault);
}

/*
 * Parses all values, telling of each that is wrong; their size in `size`. They are parsed once more
 * when there is room: rdata has no bound that would not waste a multiple of most values.
 */
static int32_t values_measure(const r53_record_set *set, const struct rr_type *type, size_t *size,
                              const char *path, r53_report *report)
{
    uint8_t wire[RDATA_OCTETS_MAX];
    int32_t err = R53_OK;

    *size = 0;
    for (uint32_t i = 0; i < set->n_values; i++) {
        struct rdata_fault fault;
        size_t length;

        if (value_parse(type, set->values[i], wire, &length, &fault))
            *size += sizeof(uint16_t) + length;
        else
            err = refuse_value(report, path, set->values[i], &fault);
    }
    return err;
}

static int32_t values_parse(struct record_form *out, struct arena *arena, const r53_record_set *set,
                            const char *path, r53_report *report)
{
    struct rdata_fault fault;
    int32_t err;
    uint8_t *at;

    if (set->n_values && !set->values)
        return refuse(report, path, RULE_R53_ERR_33, "ResourceRecords is missing", NULL);
    if (set->n_values > UINT16_MAX)
        return refuse(report, path, RULE_R53_TYPE_07, "more than 65535 values in a record set",
                      NULL);
    err = values_measure(set, out->type, &out->values_size, path, report);
    if (err != R53_OK)
        return err;
    at = r53__arena_alloc(arena, out->values_size, 1);
    if (!at)
        return r53__remark_nomem(report);
    out->values = at;
    out->n_values = (uint16_t)set->n_values;
    for (uint32_t i = 0; i < set->n_values; i++) {
        uint8_t wire[RDATA_OCTETS_MAX];
        size_t length = 0;
        uint16_t prefix;

        value_parse(out->type, set->values[i], wire, &length, &fault);
        prefix = (uint16_t)length;
        memcpy(at, &prefix, sizeof(prefix));
        memcpy(at + sizeof(prefix), wire, length);
        at += sizeof(prefix) + length;
    }
    return R53_OK;
}

/* Members whose text or number would mean nothing to the policy that reads them. */
static int32_t numbers_check(const r53_record_set *set, const char *path, r53_report *report)
{
    int32_t ignored;

    /* Beyond 255 a loaded weight still has a meaning (R53-JSON-09); sums must fit 32 bits. */
    if (set->has_weight && (set->weight < 0 || set->weight > UINT16_MAX))
        return refuse(report, path, RULE_R53_WEIGHTED_01, "Weight is out of range", NULL);
    if (set->has_bias && (set->bias < -BIAS_MAX || set->bias > BIAS_MAX))
        return refuse(report, path, RULE_R53_GEOPROX_01, "Bias is out of range", NULL);
    if (set->failover < R53_FAILOVER_NONE || set->failover > R53_FAILOVER_SECONDARY)
        return refuse(report, path, RULE_R53_FAILOVER_01,
                      "Failover is neither PRIMARY nor SECONDARY", NULL);
    if (given(set->latitude) && !r53__coordinate_parse(r53__span(set->latitude), 2, 90, &ignored))
        return refuse(report, path, RULE_R53_GEOPROX_02, "Latitude '{0}' is not a latitude",
                      set->latitude);
    if (given(set->longitude) &&
        !r53__coordinate_parse(r53__span(set->longitude), 3, 180, &ignored))
        return refuse(report, path, RULE_R53_GEOPROX_02, "Longitude '{0}' is not a longitude",
                      set->longitude);
    return R53_OK;
}

static const char *text_copy(struct arena *arena, const char *text)
{
    return given(text) ? r53__arena_text(arena, text) : "";
}

static void detail_texts(struct record_detail *d, struct arena *arena, const r53_record_set *s)
{
    d->set_identifier = text_copy(arena, s->set_identifier);
    d->health_check_id = text_copy(arena, s->health_check_id);
    d->traffic_policy_instance_id = text_copy(arena, s->traffic_policy_instance_id);
    d->alias_hosted_zone_id = text_copy(arena, r53__zone_id(s->alias_hosted_zone_id).at);
    d->region = text_copy(arena, s->region);
    d->continent_code = text_copy(arena, s->continent_code);
    d->country_code = text_copy(arena, s->country_code);
    d->subdivision_code = text_copy(arena, s->subdivision_code);
    d->cidr_collection_id = text_copy(arena, s->cidr_collection_id);
    d->cidr_location_name = text_copy(arena, s->cidr_location_name);
    d->geoproximity_region = text_copy(arena, s->geoproximity_region);
    d->local_zone_group = text_copy(arena, s->local_zone_group);
    d->latitude = text_copy(arena, s->latitude);
    d->longitude = text_copy(arena, s->longitude);
    d->az_location_type = text_copy(arena, s->az_location_type);
    d->az_location_id = text_copy(arena, s->az_location_id);
}

/* By far the most record sets are simple; they do without. */
static bool detail_needed(const struct record_form *form, const r53_record_set *set)
{
    return form->policy != POLICY_SIMPLE || (form->flags & RECORD_ALIAS) ||
           given(set->set_identifier) || given(set->health_check_id) ||
           given(set->traffic_policy_instance_id);
}

static int32_t detail_parse(struct record_form *out, struct arena *arena, const r53_record_set *set,
                            const char *path, r53_report *report)
{
    struct record_detail *d;
    int32_t err = R53_OK;

    if (!detail_needed(out, set))
        return R53_OK;
    d = r53__arena_alloc(arena, 1, sizeof(*d));
    if (!d)
        return r53__remark_nomem(report);
    if (out->flags & RECORD_ALIAS)
        err = name_copy(&d->alias_name, arena, set->alias_dns_name, path, report);
    if (err != R53_OK)
        return err;
    detail_texts(d, arena, set);
    d->has_weight = set->has_weight != 0;
    d->weight = d->has_weight ? set->weight : 0;
    d->has_bias = set->has_bias != 0;
    d->bias = d->has_bias ? set->bias : 0;
    d->has_multi_value_answer = set->has_multi_value_answer != 0;
    d->multi_value_answer = d->has_multi_value_answer && set->multi_value_answer;
    d->failover = set->failover;
    out->detail = d;
    return arena->failed ? r53__remark_nomem(report) : R53_OK;
}

int32_t r53__form_parse(struct record_form *out, struct arena *arena, const r53_record_set *set,
                        const char *path, r53_report *report)
{
    enum policy policy;
    int32_t err;

    *out = (struct record_form){0};
    if (!given(set->name))
        return refuse(report, path, RULE_R53_JSON_09, "a record set without a name", NULL);
    if (set->type > 0 && set->type <= UINT16_MAX)
        out->type = r53__type_find((uint16_t)set->type);
    if (!out->type)
        return refuse(report, path, RULE_R53_JSON_09,
                      "record set '{0}' has no type that Route 53 can hold", set->name);
    err = name_copy(&out->owner, arena, set->name, path, report);
    if (err != R53_OK)
        return err;
    err = numbers_check(set, path, report);
    if (err != R53_OK)
        return err;
    r53__policies_given(set, &policy);
    out->policy = (uint8_t)policy;
    if (given(set->alias_dns_name) || given(set->alias_hosted_zone_id)) {
        out->flags |= RECORD_ALIAS;
        if (set->evaluate_target_health)
            out->flags |= RECORD_EVALUATES_TARGET;
    } else {
        out->flags |= set->has_ttl ? RECORD_HAS_TTL : 0;
        out->ttl = set->has_ttl ? set->ttl : 0;
        err = values_parse(out, arena, set, path, report);
    }
    return err != R53_OK ? err : detail_parse(out, arena, set, path, report);
}
