#include "listing_text.h"

#include "harness.h"

#include <stdio.h>

static void put(struct listing_text *out, const char *key, const char *value)
{
    if (value)
        out->n += (size_t)snprintf(out->at + out->n, LISTING_MAX - out->n, " %s%s", key, value);
    assert_true(out->n < LISTING_MAX);
}

static void put_number(struct listing_text *out, const char *key, bool is_there, int32_t number)
{
    char text[16];

    snprintf(text, sizeof(text), "%d", (int)number);
    put(out, key, is_there ? text : NULL);
}

static void put_pair(struct listing_text *out, const char *key, const char *a, const char *b)
{
    char text[200];

    snprintf(text, sizeof(text), "%s/%s", a ? a : "", b ? b : "");
    put(out, key, a || b ? text : NULL);
}

static void put_values(struct listing_text *out, const r53_record_set *set)
{
    char *from = out->at + out->n;

    for (uint32_t i = 0; i < set->n_values; i++)
        out->n += (size_t)snprintf(out->at + out->n, LISTING_MAX - out->n, "%s%s", i ? "," : " ",
                                   set->values[i]);
    for (char *c = from + 1; from < out->at + out->n && *c; c++)
        *c = *c == ' ' ? '~' : *c;
}

/* A record set as the line that makes it, support/zone_text.h. */
static void put_set(struct listing_text *out, const r53_record_set *s)
{
    static const char *const roles[] = {NULL, "PRIMARY", "SECONDARY"};

    out->n += (size_t)snprintf(out->at + out->n, LISTING_MAX - out->n, "%s %s", s->name,
                               r53_type_name(s->type));
    put_values(out, s);
    put_pair(out, "alias=", s->alias_hosted_zone_id, s->alias_dns_name);
    put(out, "", s->evaluate_target_health ? "eth" : NULL);
    put_number(out, "ttl=", s->has_ttl, (int32_t)s->ttl);
    put(out, "id=", s->set_identifier);
    put(out, "hc=", s->health_check_id);
    put_number(out, "weight=", s->has_weight, s->weight);
    put(out, "region=", s->region);
    put(out, "failover=", roles[s->failover]);
    put(out, "continent=", s->continent_code);
    put(out, "country=", s->country_code);
    put(out, "subdivision=", s->subdivision_code);
    put(out, "multi=",
        !s->has_multi_value_answer ? NULL
        : s->multi_value_answer    ? "true"
                                   : "false");
    put_pair(out, "cidr=", s->cidr_collection_id, s->cidr_location_name);
    put(out, "gpregion=", s->geoproximity_region);
    put(out, "lzg=", s->local_zone_group);
    put(out, "lat=", s->latitude);
    put(out, "lon=", s->longitude);
    put_number(out, "bias=", s->has_bias, s->bias);
    put_pair(out, "az=", s->az_location_type, s->az_location_id);
    put(out, "tpi=", s->traffic_policy_instance_id);
    out->n += (size_t)snprintf(out->at + out->n, LISTING_MAX - out->n, "\n");
    out->lines++;
}

const char *listing_text(struct listing_text *out, const r53_cloud *cloud, const char *zone,
                         bool all)
{
    const r53_record_set *set;
    r53_listing *listing;

    out->n = out->lines = 0;
    out->at[0] = '\0';
    assert_int_equal(r53_record_sets_list(&listing, cloud, zone, NULL, 0, NULL, NULL), R53_OK);
    while ((set = r53_listing_next_record_set(listing))) {
        bool own = set->type == R53_TYPE_SOA || set->type == R53_TYPE_NS;

        if (all || !own)
            put_set(out, set);
    }
    r53_listing_free(listing);
    return out->at;
}
