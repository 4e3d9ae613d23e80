/*
 * Making a view: take references to all objects, index zones and fleets by name, then bind every
 * alias. Nothing of the cloud is copied; what is worked out lies in the view's arena.
 */
#include "view/view.h"

#include "base/hash.h"
#include "base/report.h"
#include "base/trace.h"
#include "model/record_set.h"
#include "view/binding.h"
#include "view/collections.h"
#include "view/named.h"
#include "view/negative.h"
#include "view/verdict.h"

#include <string.h>

/* What a view is made from. */
struct making {
    const r53_cloud *cloud;
    const r53_observed *observed;
    r53_report *report;
    r53_view *view;
};

static bool pin_all(const struct making *m);
static bool zones_take(const struct making *m);
static bool fleets_take(const struct making *m);

/* What depends on health, from the bottom: checks, then record sets. */
static bool health_judge(const struct making *m)
{
    struct check_statuses checks;

    if (!r53__check_statuses_prepare(&checks, &m->view->arena, m->cloud, m->observed))
        return false;
    m->view->checks = checks.causes;
    return r53__verdicts_prepare(m->view, &checks);
}

int32_t r53_view_new(r53_view **out, const r53_cloud *cloud, const r53_observed *observed,
                     int64_t now_ms, r53_report *report)
{
    struct arena arena;
    struct making m = {cloud, observed, report, NULL};

    if (!out || !cloud)
        return r53__remark(report, &(struct remark){.format = "no cloud, or no place for the view"});
    r53__arena_init(&arena, &cloud->memory);
    m.view = r53__arena_alloc(&arena, 1, sizeof(*m.view));
    if (!m.view)
        return r53__remark_nomem(report);
    atomic_init(&m.view->references, 1);
    m.view->arena = arena;
    m.view->choices = cloud->choices;
    m.view->now_ms = now_ms;
    /* each step reads what those before it made: bindings need names, verdicts need bindings */
    if (!pin_all(&m) || !zones_take(&m) || !r53__negatives_prepare(m.view) || !fleets_take(&m) ||
        !r53__named_prepare(m.view, observed) ||
        !r53__groups_prepare(&m.view->groups, &m.view->arena, cloud) ||
        !r53__vpcs_prepare(&m.view->vpcs, &m.view->arena, cloud) ||
        !r53__client_tables_prepare(&m.view->clients, &m.view->arena, observed) ||
        !r53__bindings_prepare(m.view, report) || !r53__collections_prepare(m.view, cloud) ||
        !health_judge(&m)) {
        r53_view_release(m.view);
        return r53__remark_nomem(report);
    }
    *out = m.view;
    return R53_OK;
}

const r53_view *r53_view_retain(const r53_view *view)
{
    r53_view *v = (r53_view *)(uintptr_t)view; /* the count alone changes */

    if (v)
        atomic_fetch_add_explicit(&v->references, 1, memory_order_relaxed);
    return view;
}

void r53_view_release(const r53_view *view)
{
    r53_view *v = (r53_view *)(uintptr_t)view;
    struct arena arena;

    if (!v || atomic_fetch_sub_explicit(&v->references, 1, memory_order_acq_rel) != 1)
        return;
    for (size_t i = 0; i < v->n_pinned; i++)
        r53__object_unref(v->pinned[i]);
    arena = v->arena; /* the view lies in it */
    r53__arena_free(&arena);
}

int64_t r53_view_now(const r53_view *view)
{
    return view ? view->now_ms : 0;
}

static void trace_unpin(const void *view)
{
    r53_view_release(view);
}

void r53__view_trace(const r53_view *view, r53_trace *trace)
{
    if (trace)
        r53__trace_start(trace, r53_view_retain(view), trace_unpin);
}

static void pin_table(r53_view *view, const struct table *table)
{
    for (size_t i = 0; i < table->count; i++) {
        const void *object = r53__table_at(table, (int32_t)i);

        if (object)
            view->pinned[view->n_pinned++] = r53__object_ref(object);
    }
}

/* One reference an object, whether a query ever needs it: what is borrowed below stays. */
static bool pin_all(const struct making *m)
{
    r53_view *view = m->view;
    size_t n = 0;

    for (size_t i = 0; i < CLOUD_KINDS; i++)
        n += m->cloud->tables[i].count;
    for (size_t i = 0; m->observed && i < OBSERVED_KINDS; i++)
        n += m->observed->tables[i].count;
    view->pinned = r53__arena_alloc(&view->arena, n, sizeof(*view->pinned));
    if (!view->pinned)
        return false;
    for (size_t i = 0; i < CLOUD_KINDS; i++)
        pin_table(view, &m->cloud->tables[i]);
    for (size_t i = 0; m->observed && i < OBSERVED_KINDS; i++)
        pin_table(view, &m->observed->tables[i]);
    return true;
}

/* A power of two with at least half of the slots free. */
static uint32_t *index_new(r53_view *view, size_t n, uint32_t *mask)
{
    uint32_t slots = 4;

    while (slots < 2 * n)
        slots *= 2;
    *mask = slots - 1;
    return r53__arena_alloc(&view->arena, slots, sizeof(uint32_t));
}

/* Zones of one name, such as private ones of several VPCs, are a list in the order of the table. */
static void zone_index_put(r53_view *view, uint32_t *index, uint32_t at)
{
    struct name name = view->zones[at].zone->name;
    uint32_t i = (uint32_t)r53__name_hash(name, 0) & view->zone_index_mask;

    if (r53__name_labels(name) > view->zone_labels)
        view->zone_labels = r53__name_labels(name);
    view->zones[at].next = -1;
    for (; index[i]; i = (i + 1) & view->zone_index_mask) {
        struct view_zone *other = &view->zones[index[i] - 1];

        if (!r53__name_equal(other->zone->name, name))
            continue;
        while (other->next >= 0)
            other = &view->zones[other->next];
        other->next = (int32_t)at;
        return;
    }
    index[i] = at + 1;
}

static bool zones_take(const struct making *m)
{
    const struct table *table = &m->cloud->tables[CLOUD_ZONES];
    r53_view *view = m->view;
    uint32_t *index = index_new(view, table->count, &view->zone_index_mask);

    view->zones = r53__arena_alloc(&view->arena, table->count, sizeof(*view->zones));
    if (!index || !view->zones)
        return false;
    view->zone_index = index;
    for (size_t i = 0; i < table->count; i++) {
        const struct zone *zone = r53__table_at(table, (int32_t)i);

        if (!zone)
            continue;
        view->zones[view->n_zones].zone = zone;
        view->n_owners += zone->n_owners;
        zone_index_put(view, index, view->n_zones++);
    }
    return true;
}

/* Listeners sorted by load balancer: a linked list a slot of the load balancers' table. */
struct listener_lists {
    int32_t *first; /* by load balancer slot */
    int32_t *next;  /* by listener slot */
    const struct listener **taken;
};

static bool listeners_sort(const struct making *m, struct listener_lists *lists)
{
    const struct table *lbs = &m->cloud->tables[CLOUD_LOAD_BALANCERS];
    const struct table *listeners = &m->cloud->tables[CLOUD_LISTENERS];
    struct arena *arena = &m->view->arena;

    lists->first = r53__arena_alloc(arena, lbs->count, sizeof(int32_t));
    lists->next = r53__arena_alloc(arena, listeners->count, sizeof(int32_t));
    lists->taken = r53__arena_alloc(arena, listeners->count, sizeof(*lists->taken));
    if (arena->failed)
        return false;
    for (size_t i = 0; i < lbs->count; i++)
        lists->first[i] = -1;
    for (size_t i = listeners->count; i-- > 0;) { /* backwards, so that lists are in order */
        const struct listener *listener = r53__table_at(listeners, (int32_t)i);
        int32_t slot = listener ? r53__table_slot(lbs, r53__span(listener->load_balancer_arn)) : -1;

        if (slot < 0)
            continue;
        lists->next[i] = lists->first[slot];
        lists->first[slot] = (int32_t)i;
    }
    return true;
}

static bool fleet_take(const struct making *m, struct listener_lists *lists,
                       const struct rule_index *rules, int32_t slot)
{
    const struct table *listeners = &m->cloud->tables[CLOUD_LISTENERS];
    struct fleet_input input = {.cloud = m->cloud,
                                .observed = m->observed,
                                .lb = r53__table_at(&m->cloud->tables[CLOUD_LOAD_BALANCERS], slot),
                                .listeners = lists->taken,
                                .rules = rules,
                                .report = m->report,
                                .now_ms = m->view->now_ms};

    if (!input.lb)
        return true;
    for (int32_t i = lists->first[slot]; i >= 0; i = lists->next[i])
        lists->taken[input.n_listeners++] = r53__table_at(listeners, i);
    return r53__fleet_prepare(&m->view->fleets[m->view->n_fleets++], &m->view->arena, &input);
}

/* Load balancers do not share names; should two, the one imported first is found. */
static void fleet_index_put(r53_view *view, uint32_t *index, uint32_t at)
{
    struct name name = view->fleets[at].lb->dns_name;
    uint32_t i;

    if (name.length == 0)
        return;
    i = (uint32_t)r53__name_hash(name, 0) & view->fleet_index_mask;
    while (index[i])
        i = (i + 1) & view->fleet_index_mask;
    index[i] = at + 1;
}

static bool fleets_take(const struct making *m)
{
    const struct table *table = &m->cloud->tables[CLOUD_LOAD_BALANCERS];
    r53_view *view = m->view;
    uint32_t *index = index_new(view, table->count, &view->fleet_index_mask);
    struct listener_lists lists;
    struct rule_index rules;

    view->fleets = r53__arena_alloc(&view->arena, table->count, sizeof(*view->fleets));
    if (!index || !view->fleets || !listeners_sort(m, &lists) ||
        !r53__rule_index_prepare(&rules, &view->arena, m->cloud))
        return false;
    view->fleet_index = index;
    for (size_t i = 0; i < table->count; i++) {
        if (!fleet_take(m, &lists, &rules, (int32_t)i))
            return false;
    }
    for (uint32_t i = 0; i < view->n_fleets; i++)
        fleet_index_put(view, index, i);
    return true;
}

int32_t r53__view_zone_by_id(const r53_view *view, const char *id)
{
    struct span plain = r53__zone_id(id);

    for (uint32_t i = 0; i < view->n_zones; i++) {
        if (r53__span_is(plain, view->zones[i].zone->id))
            return (int32_t)i;
    }
    return -1;
}

static int32_t fleet_probe(const r53_view *view, struct name name)
{
    uint64_t hash = r53__name_hash(name, 0);

    for (uint32_t i = (uint32_t)hash & view->fleet_index_mask; view->fleet_index[i];
         i = (i + 1) & view->fleet_index_mask) {
        uint32_t at = view->fleet_index[i] - 1;

        if (r53__name_equal(view->fleets[at].lb->dns_name, name))
            return (int32_t)at;
    }
    return -1;
}

static struct span first_label(struct name name)
{
    return (struct span){(const char *)name.octets + 1, name.octets[0]};
}

/* What a label in front of the load balancer's own name means; ELB-DNS-01, -04, -05, -35. */
static struct fleet_name prefixed(const r53_view *view, int32_t at, struct span label)
{
    const struct fleet_name none = {-1, -1, 0};
    const struct fleet *fleet = &view->fleets[at];
    int32_t type = fleet->lb->type;
    int32_t node;

    if (type == R53_LB_NETWORK) {
        node = r53__fleet_node_named(fleet, label);
        return node < 0 ? none : (struct fleet_name){at, node, FAMILY_BOTH};
    }
    if (type == R53_LB_GATEWAY)
        return none;
    if (r53__equal_nocase(label, SPAN("dualstack")))
        return (struct fleet_name){at, -1, FAMILY_BOTH};
    if (type == R53_LB_CLASSIC && r53__equal_nocase(label, SPAN("ipv6")))
        return (struct fleet_name){at, -1, FAMILY_IPV6};
    return none; /* ELB-DNS-07 */
}

struct fleet_name r53__view_fleet_name(const r53_view *view, struct name name)
{
    struct fleet_name found = {fleet_probe(view, name), -1, FAMILY_BOTH};

    if (found.fleet >= 0) {
        /* ELB-DNS-05; of other kinds the base name has both, ELB-DNS-06 */
        if (view->fleets[found.fleet].lb->type == R53_LB_CLASSIC)
            found.families = FAMILY_IPV4;
        return found;
    }
    if (name.length <= 1)
        return found;
    found.fleet = fleet_probe(view, r53__name_parent(name));
    return found.fleet < 0 ? found : prefixed(view, found.fleet, first_label(name));
}

int32_t r53__view_fleet_above(const r53_view *view, struct name name)
{
    while (name.length > 1) {
        int32_t fleet;

        name = r53__name_parent(name);
        fleet = fleet_probe(view, name);
        if (fleet >= 0)
            return fleet;
    }
    return -1;
}

int32_t r53__view_fleet_by_arn(const r53_view *view, const char *arn)
{
    uint64_t key = r53__hash_text(arn, 0);

    for (uint32_t i = 0; i < view->n_fleets; i++) {
        if (view->fleets[i].key == key && strcmp(view->fleets[i].lb->arn, arn) == 0)
            return (int32_t)i;
    }
    return -1;
}

struct fleet_name r53__view_fleet_said(const r53_view *view, const char *arn_or_name)
{
    struct fleet_name said = {r53__view_fleet_by_arn(view, arn_or_name), -1, FAMILY_BOTH};
    struct name_buffer buffer;

    if (said.fleet < 0 && r53__name_parse(&buffer, r53__span(arn_or_name)) == NAME_OK)
        return r53__view_fleet_name(view, r53__name(&buffer));
    return said;
}

int32_t r53__view_fleet(const r53_view *view, const char *arn_or_name)
{
    return r53__view_fleet_said(view, arn_or_name).fleet;
}
