/*
 * What a request that begins or ends changes. It may be a request to a target, a flow, or both: one
 * that came through a Network Load Balancer is a request on a flow (ELB-NLB-17), which stays open
 * for more of them. First all memory is got, then nothing can fail.
 */
#include "base/sized.h"
#include "elb/state_priv.h"

#include <string.h>

enum {
    ENTRIES_MOST = 5,    /* that one request makes */
    IDLE_MS = 350 * 1000 /* of a flow whose selection does not say, ELB-LB-46 */
};

#define BINDING_MOST_MS (INT64_C(604800) * 1000) /* longest that a group can ask for */

/* Events */

/* Where a flow goes; texts never NULL. */
struct way {
    const char *load_balancer, *zone, *group;
    const char *onward; /* zone of the node behind; NULL: the target is no load balancer */
    int32_t ordinal;
};

/* A selection as it is read: texts never NULL, its flow taken out. */
struct event {
    r53_selection selection;
    bool request; /* a target was given one, whatever it then did with it */
    bool flow;    /* one that is remembered */
    struct flow_id flow_id;
    struct way way;
};

static void texts_complete(r53_selection *s)
{
    const char **texts[] = {&s->load_balancer_arn,     &s->availability_zone,
                            &s->listener_arn,          &s->target_group_arn,
                            &s->via_load_balancer_arn, &s->via_availability_zone,
                            &s->via_target_group_arn,  &s->target_id};

    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        if (!*texts[i])
            *texts[i] = "";
    }
}

static bool has_target(const r53_selection *s)
{
    return s->outcome == R53_SELECTED_TARGET ||
           (s->outcome == R53_SELECTED_GENERATED && s->target_id[0]);
}

/* ELB-NLB-17: the flow is the one of the load balancer in front, which has this one as target. */
static struct way way_of(const r53_selection *s, bool in_front)
{
    if (in_front)
        return (struct way){s->via_load_balancer_arn, s->via_availability_zone,
                            s->via_target_group_arn, s->availability_zone, s->via_target_ordinal};
    return (struct way){s->load_balancer_arn, s->availability_zone, s->target_group_arn, NULL,
                        s->target_ordinal};
}

static bool way_valid(const struct way *way)
{
    return way->load_balancer[0] && way->group[0] && way->ordinal >= 0;
}

/* Selections come back from the host, which may have stored them: nothing in one is trusted. */
static int32_t event_read(struct event *out, const r53_selection *in)
{
    r53_selection *s = &out->selection;
    bool in_front, reached;
    struct way direct;

    if (!r53__sized_read(s, sizeof(*s), in) || s->reserved || s->outcome < R53_SELECTED_TARGET ||
        s->outcome > R53_SELECTED_DROPPED)
        return R53_E_INVALID;
    texts_complete(s);
    memcpy(&out->flow_id, s->flow_id, sizeof(out->flow_id));
    in_front = (out->flow_id.marks & FLOW_IN_FRONT) != 0;
    reached = has_target(s);
    direct = way_of(s, false);
    out->way = way_of(s, in_front);
    out->flow = (out->flow_id.marks & FLOW_KEPT) && (reached || in_front);
    out->request = reached && (in_front || !out->flow);
    if ((reached && !way_valid(&direct)) || (out->flow && !way_valid(&out->way)))
        return R53_E_INVALID;
    return R53_OK;
}

/* Keys */

/* The entries that an event has a part in, and the queue that is new, if any. */
struct entries {
    struct ledger_key cursor, outstanding, shelf; /* of the request */
    struct ledger_key flow, binding;
    uint32_t group, onward; /* where the flow goes; 0: it goes nowhere on */
    struct queue *queue;
};

static bool names_add(r53_elb_state *state, const struct event *event)
{
    const r53_selection *s = &event->selection;
    const struct way *way = &event->way;
    const char *names[] = {event->request ? s->load_balancer_arn : NULL,
                           event->request ? s->availability_zone : NULL,
                           event->request ? s->target_group_arn : NULL,
                           event->flow ? way->load_balancer : NULL,
                           event->flow ? way->zone : NULL,
                           event->flow ? way->group : NULL,
                           event->flow ? way->onward : NULL};

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        if (names[i] && !r53__names_add(&state->names, &state->memory, names[i]))
            return false;
    }
    return true;
}

/* false: a name that is not known, and so nothing under it. */
static bool request_keys(struct entries *out, const r53_elb_state *state, const struct event *event)
{
    const r53_selection *s = &event->selection;
    const char *lb = s->load_balancer_arn, *group = s->target_group_arn;

    out->cursor = r53__elb_state_key(state, CURSOR, lb, s->availability_zone, group);
    out->cursor.number = s->listener_arn[0] ? 0 : s->listener_port; /* ELB-CLB-02 */
    out->outstanding = r53__elb_state_key(state, OUTSTANDING, lb, NULL, group);
    out->outstanding.number = s->target_ordinal;
    out->shelf = r53__elb_state_key(state, SHELF, lb, NULL, group);
    return out->cursor.kind != 0;
}

/* As request_keys. */
static bool flow_keys(struct entries *out, const r53_elb_state *state, const struct event *event)
{
    const struct way *way = &event->way;

    out->flow = r53__elb_state_key(state, FLOW, way->load_balancer, way->zone, NULL);
    out->flow.flow = event->flow_id;
    out->flow.flow.marks = 0;
    out->binding = r53__elb_state_key(state, BINDING, way->load_balancer, NULL, NULL);
    out->binding.number = event->flow_id.destination_port;
    out->binding.flow = r53__elb_state_source(&event->flow_id);
    out->group = r53__names_find(&state->names, way->group);
    out->onward = way->onward ? r53__names_find(&state->names, way->onward) : 0;
    return out->flow.kind != 0;
}

/* Requests */

/* A queue for the selection's scope, if that is wanted and there is none. false: no memory. */
static bool queue_prepare(struct entries *entries, r53_elb_state *state, const struct scope *scope)
{
    const struct ledger_entry *shelf = r53__ledger_find(&state->ledger, &entries->shelf);
    struct ledger_key key = entries->outstanding;
    void *shelves = state->shelves;

    if (!scope || scope->n == 0 ||
        (shelf && r53__elb_shelf_queue(&state->shelves[shelf->value], scope->key)))
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
                       r53__elb_state_requests(r53__ledger_find(&state->ledger, &key)));
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

static void request_begin(r53_elb_state *state, const struct entries *entries,
                          const struct event *event)
{
    struct ledger_entry *entry;

    if (entries->queue)
        queue_put(state, entries);
    if (!event->selection.sticky_hit) /* ELB-ALG-02 */
        r53__ledger_put(&state->ledger, &entries->cursor)->value = event->selection.target_ordinal;
    entry = r53__ledger_put(&state->ledger, &entries->outstanding);
    entry->value++;
    queues_tell(state, entries, r53__elb_state_requests(entry));
}

/* false: it never began, or ended before; counts would go below 0. */
static bool request_end(r53_elb_state *state, const struct event *event)
{
    struct entries entries = {.queue = NULL};
    struct ledger_entry *entry = request_keys(&entries, state, event)
                                     ? r53__ledger_find(&state->ledger, &entries.outstanding)
                                     : NULL;

    if (!entry)
        return false;
    entry->value--;
    queues_tell(state, &entries, r53__elb_state_requests(entry));
    if (entry->value == 0)
        r53__ledger_remove(&state->ledger, entry);
    return true;
}

/* Flows */

/* Requests of a connection that is over do not count for the next one under its addresses. */
static uint32_t carried(const struct ledger_entry *entry, int64_t now_ms)
{
    return r53__ledger_age(entry, now_ms) < entry->lives_ms ? entry->requests : 0;
}

static void flow_begin(r53_elb_state *state, const struct entries *entries,
                       const struct event *event)
{
    struct ledger_entry *entry = r53__ledger_put(&state->ledger, &entries->flow);
    int64_t idle = event->selection.flow_idle_seconds;
    uint32_t requests = carried(entry, event->selection.now_ms);

    entry->group = entries->group;
    entry->onward = entries->onward;
    entry->requests = requests + (entries->onward && requests < UINT32_MAX);
    entry->value = event->way.ordinal;
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

/* A connection to a load balancer stays open when its last request is over; another flow ends. */
static void flow_end(r53_elb_state *state, const struct event *event)
{
    struct entries entries = {.queue = NULL};
    struct ledger_entry *entry =
        flow_keys(&entries, state, event) ? r53__ledger_find(&state->ledger, &entries.flow) : NULL;

    if (!entry)
        return; /* it was idle for too long */
    if (!event->way.onward)
        r53__ledger_remove(&state->ledger, entry);
    else if (entry->requests > 0)
        entry->requests--;
}

/* Both */

int32_t r53_elb_begin(r53_elb_state *state, const r53_selection *selection)
{
    struct entries entries = {.queue = NULL};
    struct event event;

    if (!state || event_read(&event, selection) != R53_OK)
        return R53_E_INVALID;
    if (!names_add(state, &event) || (event.request && !request_keys(&entries, state, &event)) ||
        (event.flow && !flow_keys(&entries, state, &event)) ||
        !r53__ledger_reserve(&state->ledger, &state->memory, ENTRIES_MOST,
                             event.selection.now_ms) ||
        (event.request && !queue_prepare(&entries, state, event.selection.scope)))
        return R53_E_NOMEM;
    if (event.request)
        request_begin(state, &entries, &event);
    if (event.flow && event.flow_id.marks & FLOW_BINDS && !event.selection.flow_known)
        source_bind(state, &entries, &event);
    if (event.flow)
        flow_begin(state, &entries, &event);
    return R53_OK;
}

int32_t r53_elb_end(r53_elb_state *state, const r53_selection *selection)
{
    struct event event;

    if (!state || event_read(&event, selection) != R53_OK)
        return R53_E_INVALID;
    if (event.request && !request_end(state, &event))
        return R53_E_INVALID;
    if (event.flow)
        flow_end(state, &event);
    return R53_OK;
}
