#include "elb/state.h"

#include "base/sized.h"
#include "elb/ledger.h"

#include <string.h>

enum entry_kind { CURSOR = 1, OUTSTANDING, SHELF, FLOW, BINDING };

enum {
    SHELF_SIZE = 8,   /* more zones than a Region has; one more target set pushes out the oldest */
    ENTRIES_MOST = 5, /* that one request makes */
    IDLE_MS = 350 * 1000 /* of a flow whose selection does not say, ELB-LB-46 */
};

#define BINDING_MOST_MS (INT64_C(604800) * 1000) /* longest that a group can ask for */

/* The queues of one group. */
struct shelf {
    struct queue *queues[SHELF_SIZE];
    uint32_t next; /* place of the next one */
};

struct r53_elb_state {
    struct memory memory;
    struct names names;
    struct ledger ledger;
    struct shelf *shelves; /* by the value of their entry */
    size_t n_shelves, shelves_capacity;
};

int32_t r53_elb_state_new(r53_elb_state **out, const r53_allocator *allocator)
{
    struct memory memory;
    r53_elb_state *state;

    if (!out || r53__memory_init(&memory, allocator) != R53_OK)
        return R53_E_INVALID;
    state = r53__alloc(&memory, 1, sizeof(*state));
    if (!state)
        return R53_E_NOMEM;
    state->memory = memory;
    *out = state;
    return R53_OK;
}

void r53_elb_state_free(r53_elb_state *state)
{
    struct memory memory;

    if (!state)
        return;
    memory = state->memory;
    for (size_t i = 0; i < state->n_shelves; i++) {
        for (size_t j = 0; j < SHELF_SIZE; j++)
            r53__queue_free(state->shelves[i].queues[j], &memory);
    }
    r53__free(&memory, state->shelves, state->shelves_capacity, sizeof(*state->shelves));
    r53__ledger_free(&state->ledger, &memory);
    r53__names_free(&state->names, &memory);
    r53__free(&memory, state, 1, sizeof(*state));
}

/* Reading */

/* The key; kind 0 if one of the names is not known, and so nothing under it. */
static struct ledger_key key_of(const r53_elb_state *state, enum entry_kind kind, const char *lb,
                                const char *zone, const char *group)
{
    struct ledger_key key = {.kind = kind};

    key.load_balancer = r53__names_find(&state->names, lb);
    key.zone = zone ? r53__names_find(&state->names, zone) : 0;
    key.group = group ? r53__names_find(&state->names, group) : 0;
    if (!key.load_balancer || (zone && !key.zone) || (group && !key.group))
        key.kind = 0;
    return key;
}

static struct ledger_entry *entry_find(const r53_elb_state *state, const struct ledger_key *key)
{
    return key->kind ? r53__ledger_find(&state->ledger, key) : NULL;
}

bool r53__elb_state_cursor(const r53_elb_state *state, const struct cursor_key *at,
                           int32_t *ordinal)
{
    struct ledger_key key =
        key_of(state, CURSOR, at->load_balancer_arn, at->zone_name, at->target_group_arn);
    const struct ledger_entry *entry;

    key.number = at->port;
    entry = entry_find(state, &key);
    if (entry)
        *ordinal = (int32_t)entry->value;
    return entry != NULL;
}

static uint32_t requests_of(const struct ledger_entry *entry)
{
    if (!entry)
        return 0;
    return entry->value < UINT32_MAX ? (uint32_t)entry->value : UINT32_MAX - 1;
}

uint32_t r53__elb_state_outstanding(const r53_elb_state *state, const char *load_balancer_arn,
                                    const char *target_group_arn, int32_t ordinal)
{
    struct ledger_key key = key_of(state, OUTSTANDING, load_balancer_arn, NULL, target_group_arn);

    key.number = ordinal;
    return requests_of(entry_find(state, &key));
}

static struct queue *queue_on(const struct shelf *shelf, uint64_t scope_key)
{
    for (size_t i = 0; i < SHELF_SIZE; i++) {
        if (shelf->queues[i] && shelf->queues[i]->key == scope_key)
            return shelf->queues[i];
    }
    return NULL;
}

const struct queue *r53__elb_state_queue(const r53_elb_state *state, const char *load_balancer_arn,
                                         const char *target_group_arn, uint64_t scope_key)
{
    struct ledger_key key = key_of(state, SHELF, load_balancer_arn, NULL, target_group_arn);
    const struct ledger_entry *entry = entry_find(state, &key);

    return entry ? queue_on(&state->shelves[entry->value], scope_key) : NULL;
}

bool r53__elb_state_flow(const r53_elb_state *state, const char *load_balancer_arn,
                         const char *zone_name, const struct flow_id *flow, int64_t now_ms,
                         struct flow_place *place)
{
    struct ledger_key key = key_of(state, FLOW, load_balancer_arn, zone_name, NULL);
    const struct ledger_entry *entry;

    key.flow = *flow;
    key.flow.marks = 0;
    entry = entry_find(state, &key);
    if (!entry || r53__ledger_age(entry, now_ms) >= entry->lives_ms)
        return false;
    place->target_group_arn = r53__names_text(&state->names, entry->group);
    place->ordinal = (int32_t)entry->value;
    place->idle_ms = r53__ledger_age(entry, now_ms);
    return true;
}

/* Only the source of a flow is bound. */
static struct flow_id source_of(const struct flow_id *flow)
{
    struct flow_id source = {.source_family = flow->source_family};

    memcpy(source.source, flow->source, sizeof(source.source));
    return source;
}

const char *r53__elb_state_binding(const r53_elb_state *state, const char *load_balancer_arn,
                                   int32_t port, const struct flow_id *flow, int64_t now_ms,
                                   int64_t duration_ms)
{
    struct ledger_key key = key_of(state, BINDING, load_balancer_arn, NULL, NULL);
    const struct ledger_entry *entry;

    key.number = port;
    key.flow = source_of(flow);
    entry = entry_find(state, &key);
    if (!entry || r53__ledger_age(entry, now_ms) >= duration_ms)
        return NULL;
    return r53__names_text(&state->names, entry->group);
}

/* Changing */

/* A selection as it is read: texts never NULL, its flow taken out. */
struct event {
    r53_selection selection;
    struct flow_id flow;
};

/* A target was given the request, whatever it then did with it. */
static bool reached(const struct event *event)
{
    const r53_selection *s = &event->selection;

    return s->outcome == R53_SELECTED_TARGET ||
           (s->outcome == R53_SELECTED_GENERATED && s->target_id && s->target_id[0]);
}

/* Selections come back from the host, which may have stored them: nothing in one is trusted. */
static int32_t event_read(struct event *out, const r53_selection *in)
{
    r53_selection *selection = &out->selection;
    const char **texts[] = {&selection->load_balancer_arn, &selection->availability_zone,
                            &selection->listener_arn, &selection->target_group_arn};

    if (!r53__sized_read(selection, sizeof(*selection), in) ||
        selection->outcome < R53_SELECTED_TARGET || selection->outcome > R53_SELECTED_DROPPED)
        return R53_E_INVALID;
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        if (!*texts[i])
            *texts[i] = "";
    }
    if (reached(out) &&
        (!selection->load_balancer_arn[0] || !selection->target_group_arn[0] ||
         selection->target_ordinal < 0))
        return R53_E_INVALID;
    memcpy(&out->flow, selection->flow_id, sizeof(out->flow));
    return R53_OK;
}

static bool kept(const struct event *event)
{
    return (event->flow.marks & FLOW_KEPT) != 0;
}

/* The entries that a request has a part in, and the queue that is new, if any. */
struct entries {
    struct ledger_key cursor, outstanding, shelf, flow, binding;
    uint32_t group;
    struct queue *queue;
};

/* Fills all keys, needed or not: which of them count is known only to who uses them. false: a name
 * that is not known yet. */
static bool keys_fill(struct entries *out, const r53_elb_state *state, const struct event *event)
{
    const r53_selection *s = &event->selection;
    const char *lb = s->load_balancer_arn, *zone = s->availability_zone;

    out->cursor = key_of(state, CURSOR, lb, zone, s->target_group_arn);
    out->cursor.number = s->listener_arn[0] ? 0 : s->listener_port; /* ELB-CLB-02 */
    out->outstanding = key_of(state, OUTSTANDING, lb, NULL, s->target_group_arn);
    out->outstanding.number = s->target_ordinal;
    out->shelf = key_of(state, SHELF, lb, NULL, s->target_group_arn);
    out->flow = key_of(state, FLOW, lb, zone, NULL);
    out->flow.flow = event->flow;
    out->flow.flow.marks = 0;
    out->binding = key_of(state, BINDING, lb, NULL, NULL);
    out->binding.number = s->listener_port;
    out->binding.flow = source_of(&event->flow);
    out->group = out->cursor.group;
    return out->cursor.kind != 0;
}

static bool names_add(r53_elb_state *state, const r53_selection *s)
{
    return r53__names_add(&state->names, &state->memory, s->load_balancer_arn) &&
           r53__names_add(&state->names, &state->memory, s->availability_zone) &&
           r53__names_add(&state->names, &state->memory, s->target_group_arn);
}

/* A queue for the selection's scope, if that is wanted and there is none. false: no memory. */
static bool queue_prepare(struct entries *entries, r53_elb_state *state, const struct event *event)
{
    const struct scope *scope = event->selection.scope;
    const struct ledger_entry *shelf = r53__ledger_find(&state->ledger, &entries->shelf);
    struct ledger_key key = entries->outstanding;
    void *shelves = state->shelves;

    if (!scope || scope->n == 0 || (shelf && queue_on(&state->shelves[shelf->value], scope->key)))
        return true;
    if (!shelf) {
        if (!r53__grow(&state->memory, &shelves, &state->shelves_capacity, state->n_shelves + 1,
                       sizeof(*state->shelves)))
            return false;
        state->shelves = shelves;
    }
    entries->queue = r53__queue_new(&state->memory, scope);
    for (uint32_t i = 0; entries->queue && i < scope->n; i++) {
        key.number = entries->queue->ordinals[i];
        r53__queue_set(entries->queue, key.number,
                       requests_of(r53__ledger_find(&state->ledger, &key)));
    }
    return entries->queue != NULL;
}

static void queue_put(r53_elb_state *state, const struct entries *entries)
{
    struct ledger_entry *entry = r53__ledger_find(&state->ledger, &entries->shelf);
    struct shelf *shelf;

    if (!entry) {
        entry = r53__ledger_put(&state->ledger, &entries->shelf);
        entry->value = (int64_t)state->n_shelves;
        state->shelves[state->n_shelves++] = (struct shelf){0};
    }
    shelf = &state->shelves[entry->value];
    r53__queue_free(shelf->queues[shelf->next], &state->memory);
    shelf->queues[shelf->next] = entries->queue;
    shelf->next = (shelf->next + 1) % SHELF_SIZE;
}

/* Tells all queues of the group how many requests the target has. */
static void queues_tell(const r53_elb_state *state, const struct entries *entries,
                        uint32_t requests)
{
    const struct ledger_entry *entry = r53__ledger_find(&state->ledger, &entries->shelf);

    for (size_t i = 0; entry && i < SHELF_SIZE; i++) {
        struct queue *queue = state->shelves[entry->value].queues[i];

        if (queue)
            r53__queue_set(queue, entries->outstanding.number, requests);
    }
}

static void flow_begin(r53_elb_state *state, const struct entries *entries,
                       const struct event *event)
{
    struct ledger_entry *entry = r53__ledger_put(&state->ledger, &entries->flow);
    int64_t idle = event->selection.flow_idle_seconds;

    entry->group = entries->group;
    entry->value = event->selection.target_ordinal;
    entry->seen_ms = event->selection.now_ms;
    entry->lives_ms = idle > 0 ? idle * 1000 : IDLE_MS;
}

static void source_bind(r53_elb_state *state, const struct entries *entries,
                        const struct event *event)
{
    struct ledger_entry *entry = r53__ledger_put(&state->ledger, &entries->binding);

    entry->group = entries->group;
    entry->seen_ms = event->selection.now_ms;
    entry->lives_ms = BINDING_MOST_MS;
}

/* There is room for all of it: nothing here can fail. */
static void request_begin(r53_elb_state *state, const struct entries *entries,
                          const struct event *event)
{
    if (entries->queue)
        queue_put(state, entries);
    if (!event->selection.sticky_hit && !event->selection.flow_known) /* ELB-ALG-02 */
        r53__ledger_put(&state->ledger, &entries->cursor)->value = event->selection.target_ordinal;
    if (event->flow.marks & FLOW_BINDS && !event->selection.flow_known)
        source_bind(state, entries, event);
    if (kept(event)) {
        flow_begin(state, entries, event);
        return;
    }
    r53__ledger_put(&state->ledger, &entries->outstanding)->value++;
    queues_tell(state, entries,
                requests_of(r53__ledger_find(&state->ledger, &entries->outstanding)));
}

int32_t r53_elb_begin(r53_elb_state *state, const r53_selection *selection)
{
    struct entries entries = {.queue = NULL};
    struct event event;

    if (!state || event_read(&event, selection) != R53_OK)
        return R53_E_INVALID;
    if (!reached(&event))
        return R53_OK; /* nothing that a target would have to do */
    if (!names_add(state, &event.selection) || !keys_fill(&entries, state, &event) ||
        !r53__ledger_reserve(&state->ledger, &state->memory, ENTRIES_MOST,
                             event.selection.now_ms) ||
        !queue_prepare(&entries, state, &event))
        return R53_E_NOMEM;
    request_begin(state, &entries, &event);
    return R53_OK;
}

int32_t r53_elb_end(r53_elb_state *state, const r53_selection *selection)
{
    struct ledger_entry *entry;
    struct entries entries;
    struct event event;
    bool known;

    if (!state || event_read(&event, selection) != R53_OK)
        return R53_E_INVALID;
    if (!reached(&event))
        return R53_OK;
    known = keys_fill(&entries, state, &event);
    if (kept(&event)) {
        entry = known ? r53__ledger_find(&state->ledger, &entries.flow) : NULL;
        if (entry)
            r53__ledger_remove(&state->ledger, entry);
        return R53_OK; /* without entry it was idle for too long */
    }
    entry = known ? r53__ledger_find(&state->ledger, &entries.outstanding) : NULL;
    if (!entry) /* ended twice, or never begun: counts would go below 0 */
        return R53_E_INVALID;
    entry->value--;
    queues_tell(state, &entries, requests_of(entry));
    if (entry->value == 0)
        r53__ledger_remove(&state->ledger, entry);
    return R53_OK;
}
