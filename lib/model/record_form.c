/* Record forms as they stand in a zone: compared, matched and described (parsing: record_set.c). */
#include "model/record_set.h"

#include <string.h>

void r53__form_of(struct record_form *out, const struct zone *zone, uint32_t record)
{
    const struct record_set *set = &zone->record_sets[record];
    const struct group *group = &zone->groups[set->group];
    uint32_t end = set->values;

    for (uint16_t i = 0; i < set->n_values; i++)
        r53__record_next(zone, &end);
    *out = (struct record_form){
        .owner = r53__owner_name(zone, (int32_t)group->owner),
        .type = r53__type_find(group->type),
        .ttl = set->ttl,
        .n_values = set->n_values,
        .policy = set->policy,
        .flags = set->flags,
        .values = zone->heap + set->values,
        .values_size = end - set->values,
        .detail = r53__record_detail(zone, set),
    };
}

const char *r53__form_identifier(const struct record_form *form)
{
    return form->detail ? form->detail->set_identifier : "";
}

int r53__form_compare(const struct record_form *a, const struct record_form *b)
{
    int order = r53__name_equal(a->owner, b->owner) ? 0 : r53__name_compare(a->owner, b->owner);

    if (order == 0 && a->type != b->type)
        order = strcmp(a->type->name, b->type->name);
    return order ? order : strcmp(r53__form_identifier(a), r53__form_identifier(b));
}

struct rdata r53__form_next(const uint8_t **at)
{
    struct rdata value;

    memcpy(&value.length, *at, sizeof(value.length));
    value.octets = *at + sizeof(value.length);
    *at = value.octets + value.length;
    return value;
}

/* Is each value of `a` among those of `b`? Quadratic; a batch carries at most 1,000 values. */
static bool values_among(const struct record_form *a, const struct record_form *b)
{
    const uint8_t *at = a->values;

    for (uint16_t i = 0; i < a->n_values; i++) {
        struct rdata value = r53__form_next(&at);
        const uint8_t *other = b->values;
        bool found = false;

        for (uint16_t k = 0; k < b->n_values && !found; k++) {
            struct rdata v = r53__form_next(&other);

            found = v.length == value.length && memcmp(v.octets, value.octets, v.length) == 0;
        }
        if (!found)
            return false;
    }
    return true;
}

/*
 * What a record set without detail is compared as: a simple one equals another that says as much.
 */
static const struct record_detail no_detail = {
    .set_identifier = "",
    .health_check_id = "",
    .traffic_policy_instance_id = "",
    .alias_hosted_zone_id = "",
    .region = "",
    .continent_code = "",
    .country_code = "",
    .subdivision_code = "",
    .cidr_collection_id = "",
    .cidr_location_name = "",
    .geoproximity_region = "",
    .local_zone_group = "",
    .latitude = "",
    .longitude = "",
    .az_location_type = "",
    .az_location_id = "",
};

static bool detail_texts_match(const struct record_detail *a, const struct record_detail *b)
{
    return strcmp(a->set_identifier, b->set_identifier) == 0 &&
           strcmp(a->health_check_id, b->health_check_id) == 0 &&
           strcmp(a->traffic_policy_instance_id, b->traffic_policy_instance_id) == 0 &&
           strcmp(a->alias_hosted_zone_id, b->alias_hosted_zone_id) == 0 &&
           strcmp(a->region, b->region) == 0 && strcmp(a->continent_code, b->continent_code) == 0 &&
           strcmp(a->country_code, b->country_code) == 0 &&
           strcmp(a->subdivision_code, b->subdivision_code) == 0 &&
           strcmp(a->cidr_collection_id, b->cidr_collection_id) == 0 &&
           strcmp(a->cidr_location_name, b->cidr_location_name) == 0 &&
           strcmp(a->geoproximity_region, b->geoproximity_region) == 0 &&
           strcmp(a->local_zone_group, b->local_zone_group) == 0 &&
           strcmp(a->latitude, b->latitude) == 0 && strcmp(a->longitude, b->longitude) == 0 &&
           strcmp(a->az_location_type, b->az_location_type) == 0 &&
           strcmp(a->az_location_id, b->az_location_id) == 0;
}

static bool detail_matches(const struct record_detail *a, const struct record_detail *b)
{
    struct name x = a->alias_name, y = b->alias_name;

    if (x.length != y.length || (x.length && !r53__name_equal(x, y))) /* R53-BATCH-06 */
        return false;
    return a->has_weight == b->has_weight && a->weight == b->weight && a->has_bias == b->has_bias &&
           a->bias == b->bias && a->failover == b->failover &&
           a->has_multi_value_answer == b->has_multi_value_answer &&
           a->multi_value_answer == b->multi_value_answer && detail_texts_match(a, b);
}

/* R53-BATCH-05: all members count, values in any order. */
bool r53__form_matches(const struct record_form *a, const struct record_form *b)
{
    return a->flags == b->flags && a->ttl == b->ttl && a->n_values == b->n_values &&
           values_among(a, b) && values_among(b, a) &&
           detail_matches(a->detail ? a->detail : &no_detail, b->detail ? b->detail : &no_detail);
}

static void detail_describe(const struct record_detail *d, r53_record_set *out)
{
    out->set_identifier = r53__text_or_null(d->set_identifier);
    out->health_check_id = r53__text_or_null(d->health_check_id);
    out->traffic_policy_instance_id = r53__text_or_null(d->traffic_policy_instance_id);
    out->alias_hosted_zone_id = r53__text_or_null(d->alias_hosted_zone_id);
    out->region = r53__text_or_null(d->region);
    out->continent_code = r53__text_or_null(d->continent_code);
    out->country_code = r53__text_or_null(d->country_code);
    out->subdivision_code = r53__text_or_null(d->subdivision_code);
    out->cidr_collection_id = r53__text_or_null(d->cidr_collection_id);
    out->cidr_location_name = r53__text_or_null(d->cidr_location_name);
    out->geoproximity_region = r53__text_or_null(d->geoproximity_region);
    out->local_zone_group = r53__text_or_null(d->local_zone_group);
    out->latitude = r53__text_or_null(d->latitude);
    out->longitude = r53__text_or_null(d->longitude);
    out->az_location_type = r53__text_or_null(d->az_location_type);
    out->az_location_id = r53__text_or_null(d->az_location_id);
    out->has_weight = d->has_weight;
    out->weight = d->weight;
    out->has_bias = d->has_bias;
    out->bias = d->bias;
    out->failover = d->failover;
    out->has_multi_value_answer = d->has_multi_value_answer;
    out->multi_value_answer = d->multi_value_answer;
}

/* Where the next text begins; NULL when only measuring. Ended by text_end. */
static const char *text_begin(const struct text *text)
{
    return text->at ? text->at + text->length : NULL;
}

static void text_end(struct text *text)
{
    r53__put_char(text, '\0');
}

void r53__form_describe(const struct record_form *form, struct text *text, const char **values,
                        r53_record_set *out)
{
    const uint8_t *at = form->values;

    *out = (r53_record_set){.size = sizeof(*out), .type = form->type->number};
    if (form->detail)
        detail_describe(form->detail, out);
    out->name = text_begin(text);
    r53__name_put(text, form->owner);
    text_end(text);
    if (form->flags & RECORD_ALIAS) { /* R53-ALIAS-18 */
        out->alias_dns_name = text_begin(text);
        r53__name_put(text, form->detail->alias_name);
        text_end(text);
        out->evaluate_target_health = (form->flags & RECORD_EVALUATES_TARGET) != 0;
    }
    out->has_ttl = (form->flags & RECORD_HAS_TTL) != 0;
    out->ttl = form->ttl;
    out->n_values = form->n_values;
    out->values = form->n_values ? values : NULL;
    for (uint16_t i = 0; i < form->n_values; i++) {
        struct rdata value = r53__form_next(&at);

        if (values)
            values[i] = text_begin(text);
        form->type->print(text, value.octets, value.length);
        text_end(text);
    }
}
