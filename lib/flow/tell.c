/*
 * Telling trace records as text: the event's template, with the integers told as the view's names.
 * A kind of value is a row.
 */
#include "base/events.h"
#include "base/sized.h"
#include "base/trace.h"
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
    int32_t group[2] = {v[at], 0};

    if (v[at + 1] < 0) { /* an alias that need not be in the zone */
        r53__put(text, "the record set");
        return;
    }
    set = &zone->record_sets[v[at + 1]];
    group[1] = (int32_t)set->group;
    put_group(text, view, group, 0);
    if (set->detail && set->detail->set_identifier[0]) {
        r53__put(text, " \"");
        r53__put(text, set->detail->set_identifier);
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

static void put_pool(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    const struct target_group *group = view->fleets[v[at]].pools[v[at + 1]].group;

    if (view->fleets[v[at]].lb->type == R53_LB_CLASSIC)
        r53__put(text, "the registered instances");
    else
        r53__put(text, group->name);
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
    };

    (void)view;
    r53__put(text, words[v[at]]);
}

static const struct value_kind {
    const char *name;
    void (*put)(struct text *text, const r53_view *view, const int32_t *v, unsigned at);
} kinds[] = {
    {"zone", put_zone},     {"owner", put_owner},         {"owner2", put_owner2},
    {"group", put_group},   {"record", put_record},       {"fleet", put_fleet},
    {"node", put_node},     {"listener", put_listener},   {"pool", put_pool},
    {"target", put_target}, {"type", put_type},           {"number", put_number},
    {"state", put_state},   {"exclusion", put_exclusion},
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
