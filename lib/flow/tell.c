/*
 * Telling trace records as text: the event's template, with the integers told as the view's names.
 * A kind of value is a row.
 */
#include "base/events.h"
#include "base/sized.h"
#include "base/trace.h"
#include "elb/stages.h"
#include "net/region.h"
#include "route53/policy_order.h"
#include "view/view.h"

static const struct event_row {
    int32_t number;
    const char *name, *text;
} events[] = {
#define EVENT(symbol, number, name, text) {number, name, text},
#include "base/events.def"
#undef EVENT
};

static const struct event_row *event_find(int32_t number)
{
    for (size_t i = 0; i < sizeof(events) / sizeof(*events); i++) {
        if (events[i].number == number)
            return &events[i];
    }
    return NULL;
}

int32_t r53_trace_get(const r53_trace *trace, size_t index, r53_trace_entry *entry)
{
    const struct event_row *event;
    r53_trace_entry out = {0};

    if (!trace || index >= trace->count)
        return R53_E_NOT_FOUND;
    event = event_find(trace->records[index].event);
    out.rule = trace->records[index].rule;
    out.event = trace->records[index].event;
    out.name = event ? event->name : "";
    return r53__sized_write(entry, &out, sizeof(out)) ? R53_OK : R53_E_INVALID;
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

static void put_fleet(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    const struct load_balancer *lb = view->fleets[v[at]].lb;

    r53__put(text, r53_load_balancer_type_name(lb->type));
    r53__put(text, " load balancer ");
    if (lb->dns_name.length)
        r53__name_put(text, lb->dns_name);
    else
        r53__put(text, lb->name);
}

static void put_node(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    r53__put(text, "the node in ");
    r53__put(text, view->fleets[v[at]].nodes[v[at + 1]].zone_name);
}

static void put_listener(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    const struct listener *listener = view->fleets[v[at]].listeners[v[at + 1]].listener;

    r53__put(text, "listener ");
    r53__put(text, r53_protocol_name(listener->protocol));
    r53__put_char(text, ':');
    r53__put_i64(text, listener->port);
}

static void put_rule(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    const struct fleet_listener *listener = &view->fleets[v[at]].listeners[v[at + 1]];

    if (v[at + 2] < 0) {
        r53__put(text, "the default rule");
        return;
    }
    r53__put(text, "rule ");
    r53__put_i64(text, listener->rules[v[at + 2]].rule->priority);
}

/* The condition that value 3 counts, of the rule in front. */
static void put_condition(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    const struct rule *rule = view->fleets[v[at]].listeners[v[at + 1]].rules[v[at + 2]].rule;
    const struct condition *condition = &rule->conditions[v[at + 3]];

    r53__put(text, r53__words_name(&r53__condition_fields, condition->field));
    if (condition->header_name) {
        r53__put_char(text, ' ');
        r53__put(text, condition->header_name);
    }
}

static void put_certificate(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    const struct listener *listener = view->fleets[v[at]].listeners[v[at + 1]].listener;

    r53__put(text, "certificate ");
    r53__put(text, listener->certificates[v[at + 2]].arn);
}

static void put_alpn(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    (void)view;
    r53__put(text, r53__elb_alpn_name(v[at]));
}

static void put_guard(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    (void)view;
    r53__put(text, r53__words_name(&r53__action_types, v[at]));
}

static void put_pool(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    const struct target_group *group = view->fleets[v[at]].pools[v[at + 1]].group;

    if (view->fleets[v[at]].lb->type == R53_LB_CLASSIC)
        r53__put(text, "the registered instances");
    else
        r53__put(text, group->name[0] ? group->name : group->arn);
}

static void put_target(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    const struct pool_target *target = &view->fleets[v[at]].pools[v[at + 1]].targets[v[at + 2]];

    r53__put(text, target->target->id);
    if (target->port) {
        r53__put_char(text, ':');
        r53__put_i64(text, target->port);
    }
    if (target->zone[0]) {
        r53__put(text, " in ");
        r53__put(text, target->zone);
    }
}

/* AWS's code for the target's state, in brackets, if there is one. */
static void put_reason(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    const char *reason = view->fleets[v[at]].pools[v[at + 1]].targets[v[at + 2]].reason;

    if (!reason || !reason[0])
        return;
    r53__put(text, " (");
    r53__put(text, reason);
    r53__put_char(text, ')');
}

/* What the node of values 0 and 1 may use of the pool. */
static void put_scope(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    const int32_t pool[2] = {v[0], v[at]};
    const struct scope *scope = &view->fleets[v[0]].pools[v[at]].scopes[v[1]];

    put_pool(text, view, pool, 0);
    r53__put(text, ": ");
    r53__put_i64(text, scope->healthy);
    r53__put(text, " healthy of ");
    r53__put_i64(text, scope->registered);
    r53__put(text, " registered target(s)");
}

static void put_zones(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    const struct fleet *fleet = &view->fleets[v[at]];

    for (uint32_t i = 0; i < fleet->n_nodes; i++) {
        r53__put(text, i ? ", " : "");
        r53__put(text, fleet->nodes[i].zone_name);
    }
}

static void put_type(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    (void)view;
    r53__type_put(text, (uint16_t)v[at]);
}

static void put_number(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    (void)view;
    r53__put_i64(text, v[at]);
}

static void put_state(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    (void)view;
    r53__put(text, r53_target_state_name(v[at]));
}

static void put_exclusion(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    static const char *const words[] = {
        [TARGET_USABLE] = "usable",
        [TARGET_IS_DRAINING] = "it is draining",
        [TARGET_IS_UNUSED] = "it is unused",
        [TARGET_ZONE_DISABLED] = "its zone is not enabled for the load balancer",
        [TARGET_ZONE_UNKNOWN] = "its zone is not known and cross-zone load balancing is off",
        [TARGET_IS_SHIFTED] = "a zonal shift leads away from its zone",
        [TARGET_IS_GONE] = "it is registered no more",
    };

    (void)view;
    r53__put(text, words[v[at]]);
}

/* What a target does with a request that it does not answer. */
static void put_failure(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    static const char *const words[] = {
        [R53_TARGET_ANSWERED] = "answers",
        [R53_TARGET_REFUSED] = "refuses the connection, or cannot be reached",
        [R53_TARGET_CLOSED] = "closes the connection before it has answered",
        [R53_TARGET_MALFORMED] = "answers something malformed",
        [R53_TARGET_HEADERS_TOO_LARGE] = "answers with headers that are too large",
        [R53_TARGET_TLS_FAILED] = "fails the TLS handshake",
        [R53_TARGET_CONNECT_TIMED_OUT] = "does not accept the connection in time",
        [R53_TARGET_TLS_TIMED_OUT] = "does not complete the TLS handshake in time",
        [R53_TARGET_TIMED_OUT] = "does not answer within the idle timeout",
        [R53_TARGET_BODY_TOO_SHORT] = "sends less body than it announced",
        [R53_TARGET_FUNCTION_FAILED] = "ends with an error",
        [R53_TARGET_FUNCTION_THROTTLED] = "is throttled",
        [R53_TARGET_FUNCTION_TIMED_OUT] = "runs out of its time",
        [R53_TARGET_FUNCTION_TOO_LARGE] = "answers more than is allowed",
        [R53_TARGET_FUNCTION_SLOW] = "is started too slowly",
        [R53_TARGET_AGENT_FAILED] = "has an agent that fails",
    };

    (void)view;
    r53__put(text, words[v[at]]);
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
        put_fleet(text, view, &binding.index, 0);
        r53__put(text, " counts as unhealthy");
    } else {
        r53__put(text, v[at] == VERDICT_DANGLES ? "nothing is known of " : "nothing is healthy at ");
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

static void put_milliseconds(struct text *text, const r53_view *view, const int32_t *v,
                             unsigned at)
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

static const struct value_kind {
    const char *name;
    void (*put)(struct text *text, const r53_view *view, const int32_t *v, unsigned at);
} kinds[] = {
    {"zone", put_zone},     {"owner", put_owner},         {"owner2", put_owner2},
    {"group", put_group},   {"record", put_record},       {"fleet", put_fleet},
    {"node", put_node},     {"listener", put_listener},   {"pool", put_pool},
    {"target", put_target}, {"type", put_type},           {"number", put_number},
    {"state", put_state},   {"exclusion", put_exclusion}, {"verdict", put_verdict},
    {"extent", put_extent}, {"place", put_place},         {"region", put_region},
    {"coordinate", put_coordinate},
    {"milliseconds", put_milliseconds},
    {"kilometres", put_kilometres},
    {"rule", put_rule},     {"condition", put_condition}, {"certificate", put_certificate},
    {"alpn", put_alpn},     {"guard", put_guard},         {"check", put_check},
    {"health", put_health}, {"alarm", put_alarm},         {"servers", put_servers},
    {"reason", put_reason}, {"scope", put_scope},         {"zones", put_zones},
    {"failure", put_failure}, {"checker", put_checker},   {"probe", put_probe},
    {"resolver-rule", put_resolver_rule},
};

/* "{n:kind}" at `at`: puts the value; returns what follows it. */
static const char *put_value(struct text *text, const struct r53_trace *trace,
                             const struct trace_record *record, const char *at)
{
    unsigned n = (unsigned)(at[1] - '0');
    struct span kind = {at + 3, 0};

    while (kind.at[kind.length] != '}')
        kind.length++;
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
        if (r53__span_is(kind, kinds[i].name))
            kinds[i].put(text, trace->pinned, record->values, n);
    }
    return kind.at + kind.length + 1;
}

int32_t r53_trace_text(const r53_trace *trace, size_t index, char *buffer, size_t capacity,
                       size_t *length)
{
    const struct event_row *event;
    struct text text;

    if (!trace || index >= trace->count)
        return R53_E_NOT_FOUND;
    r53__text_init(&text, buffer, capacity);
    event = event_find(trace->records[index].event);
    for (const char *at = event ? event->text : ""; *at;) {
        if (*at == '{')
            at = put_value(&text, trace, &trace->records[index], at);
        else
            r53__put_char(&text, *at++);
    }
    if (length)
        *length = text.length;
    return r53__text_fits(&text) ? R53_OK : R53_E_NO_SPACE;
}
