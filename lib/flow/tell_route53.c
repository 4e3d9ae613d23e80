/*
 * Values that Route 53's stages leave in a trace, told: zones and record sets, health checks, where
 * clients and records are; and plain numbers.
 */
#include "flow/tell.h"

#include "net/region.h"
#include "route53/policy_order.h"

static void put_number(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    (void)view;
    r53__put_i64(text, v[at]);
}

static void put_zone(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    const struct zone *zone = view->zones[v[at]].zone;

    r53__name_put(text, zone->name);
    r53__put(text, " (");
    r53__put(text, zone->id);
    r53__put_char(text, ')');
}

static void put_owner_of(struct text *text, const r53_view *view, int32_t zone, int32_t owner)
{
    r53__name_put(text, r53__owner_name(view->zones[zone].zone, owner));
}

static void put_owner(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    put_owner_of(text, view, v[at], v[at + 1]);
}

/* An owner of the zone that value 0 names. */
static void put_owner2(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    put_owner_of(text, view, v[0], v[at]);
}

/* The name servers of the zone cut that values 0 and 1 name. */
static void put_servers(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    const struct zone *zone = view->zones[v[0]].zone;
    const struct group *group = r53__zone_group(zone, v[at + 1], R53_TYPE_NS);
    const struct record_set *set = &zone->record_sets[group->first];

    for (uint32_t i = 0, place = set->values; i < set->n_values; i++) {
        struct rdata value = r53__record_next(zone, &place);

        r53__put(text, i ? ", " : "");
        r53__name_put(text, (struct name){value.octets, value.length});
    }
}

static void put_group(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    const struct group *group = &view->zones[v[at]].zone->groups[v[at + 1]];

    put_owner_of(text, view, v[at], (int32_t)group->owner);
    r53__put_char(text, ' ');
    r53__put(text, r53_type_name(group->type));
}

static void put_record(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    const struct zone *zone = view->zones[v[at]].zone;
    const struct record_set *set;
    const struct record_detail *detail;
    int32_t group[2] = {v[at], 0};

    if (v[at + 1] < 0) { /* an alias that need not be in the zone */
        r53__put(text, "the record set");
        return;
    }
    set = &zone->record_sets[v[at + 1]];
    detail = r53__record_detail(zone, set);
    group[1] = (int32_t)set->group;
    put_group(text, view, group, 0);
    if (detail && detail->set_identifier[0]) {
        r53__put(text, " \"");
        r53__put(text, detail->set_identifier);
        r53__put_char(text, '"');
    }
}

static void put_type(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    (void)view;
    r53__type_put(text, (uint16_t)v[at]);
}

/* Why the record set of values 0 and 1 is unhealthy. */
static void put_verdict(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    const struct zone *zone = view->zones[v[0]].zone;
    const struct record_detail *detail = r53__record_detail(zone, &zone->record_sets[v[1]]);

    struct binding binding = *r53__view_binding(&view->zones[v[0]], &zone->record_sets[v[1]]);

    if (v[at] == VERDICT_CHECK_FAILS) {
        r53__put(text, "health check ");
        r53__put(text, detail->health_check_id);
        r53__put(text, " fails");
    } else if (binding.kind == BINDING_LOAD_BALANCER) {
        r53__tell_fleet(text, view, &binding.index, 0);
        r53__put(text, " counts as unhealthy");
    } else {
        r53__put(text,
                 v[at] == VERDICT_DANGLES ? "nothing is known of " : "nothing is healthy at ");
        r53__name_put(text, detail->alias_name);
    }
}

static void put_check(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    r53__put(text, view->checks.at[v[at]].check->id);
}

/* The checker that value `at` counts, of the check of value 0. */
static void put_checker(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    r53__put(text, view->checks.at[v[0]].opinions->opinions[v[at]].checker);
}

/* What one probe of an endpoint came to. */
static void put_probe(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    static const char *const words[] = {
        [R53_PROBE_PASSED] = "passed",
        [R53_PROBE_NOT_RESOLVED] = "found no A record of the name",
        [R53_PROBE_NOT_CONNECTED] = "was not connected in time",
        [R53_PROBE_NO_STATUS] = "got no response in time",
        [R53_PROBE_WRONG_STATUS] = "got a status other than 2xx and 3xx",
        [R53_PROBE_NO_BODY] = "got no body in time",
        [R53_PROBE_NO_MATCH] = "did not find the search string",
    };

    (void)view;
    r53__put(text, words[v[at]]);
}

static void put_health(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    (void)view;
    r53__put(text, v[at] == R53_HEALTH_HEALTHY ? "healthy" : "unhealthy");
}

static void put_alarm(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    static const char *const words[] = {[R53_ALARM_OK] = "OK",
                                        [R53_ALARM_ALARM] = "ALARM",
                                        [R53_ALARM_INSUFFICIENT_DATA] = "INSUFFICIENT_DATA"};

    (void)view;
    r53__put(text, words[v[at]]);
}

static void put_extent(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    static const char *const words[] = {
        [EXTENT_SUBDIVISION] = "the client's state",
        [EXTENT_COUNTRY] = "the client's country",
        [EXTENT_CONTINENT] = "the client's continent",
        [EXTENT_EVERYONE] = "everyone",
        [EXTENT_BLOCK] = "a block around the client",
        [EXTENT_ZONE] = "the client's Availability Zone",
        [EXTENT_ZONE_GROUP] = "the client's zone group",
        [EXTENT_REGION] = "the client's Region",
        [EXTENT_PARTITION] = "the client's partition",
    };

    (void)view;
    r53__put(text, words[v[at]]);
}

/* Continent, country and subdivision, each with a dash in front but the first that is known. */
static void put_place(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    bool any = false;

    (void)view;
    for (unsigned i = at; i < at + 3; i++) {
        if (any && v[i])
            r53__put_char(text, '-');
        any = any || v[i];
        for (int shift = 16; shift >= 0; shift -= 8) {
            if (v[i] >> shift & UINT8_MAX)
                r53__put_char(text, (char)(v[i] >> shift & UINT8_MAX));
        }
    }
}

static void put_region(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    size_t n;

    (void)view;
    r53__put(text, r53__regions(&n)[v[at]].name);
}

/* A number with decimals: `units` make one, the last digit counts `least` of them. */
static void put_decimal(struct text *text, int32_t value, int32_t units, int32_t least)
{
    int64_t rest = value < 0 ? -(int64_t)value : value;

    r53__put(text, value < 0 ? "-" : "");
    r53__put_i64(text, rest / units);
    rest %= units;
    if (rest >= least)
        r53__put_char(text, '.');
    for (units /= 10; rest >= least; units /= 10) {
        r53__put_i64(text, rest / units);
        rest %= units;
    }
}

static void put_coordinate(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    (void)view;
    put_decimal(text, v[at], 100, 1);
}

static void put_milliseconds(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    (void)view;
    put_decimal(text, v[at], 1000, 100);
    r53__put(text, " ms");
}

static void put_kilometres(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    (void)view;
    put_decimal(text, v[at], 1000, 100);
    r53__put(text, " km");
}

/* A rule of the resolver of the client's VPC. */
static void put_resolver_rule(struct text *text, const r53_view *view, const int32_t *v,
                              unsigned at)
{
    const struct resolver_rule *rule = view->vpcs.rules[v[at]].rule;

    r53__put(text, rule->id);
    r53__put(text, " for ");
    r53__name_put(text, rule->name);
}

static const struct value_kind kinds[] = {
    {"number", put_number},
    {"zone", put_zone},
    {"owner", put_owner},
    {"owner2", put_owner2},
    {"servers", put_servers},
    {"group", put_group},
    {"record", put_record},
    {"type", put_type},
    {"verdict", put_verdict},
    {"check", put_check},
    {"checker", put_checker},
    {"probe", put_probe},
    {"resolver-rule", put_resolver_rule},
    {"health", put_health},
    {"alarm", put_alarm},
    {"extent", put_extent},
    {"place", put_place},
    {"region", put_region},
    {"coordinate", put_coordinate},
    {"milliseconds", put_milliseconds},
    {"kilometres", put_kilometres},
};

const struct value_kinds r53__tell_route53 = {kinds, sizeof(kinds) / sizeof(*kinds)};
