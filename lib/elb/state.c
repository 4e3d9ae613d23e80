#include "elb/state_priv.h"

#include <string.h>

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

struct ledger_key r53__elb_state_key(const r53_elb_state *state, enum entry_kind kind,
                                     const char *lb, const char *zone, const char *group)
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
    struct ledger_key key = r53__elb_state_key(state, CURSOR, at->load_balancer_arn, at->zone_name,
                                               at->target_group_arn);
    const struct ledger_entry *entry;

    key.number = at->port;
    entry = entry_find(state, &key);
    if (entry)
        *ordinal = (int32_t)entry->value;
    return entry != NULL;
}

uint32_t r53__elb_state_requests(const struct ledger_entry *entry)
{
    if (!entry)
        return 0;
    return entry->value < UINT32_MAX ? (uint32_t)entry->value : UINT32_MAX - 1;
}

uint32_t r53__elb_state_outstanding(const r53_elb_state *state, const char *load_balancer_arn,
                                    const char *target_group_arn, int32_t ordinal)
{
    struct ledger_key key =
        r53__elb_state_key(state, OUTSTANDING, load_balancer_arn, NULL, target_group_arn);

    key.number = ordinal;
    return r53__elb_state_requests(entry_find(state, &key));
}

struct queue *r53__elb_shelf_queue(const struct shelf *shelf, uint64_t scope_key)
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
    struct ledger_key key =
        r53__elb_state_key(state, SHELF, load_balancer_arn, NULL, target_group_arn);
    const struct ledger_entry *entry = entry_find(state, &key);

    return entry ? r53__elb_shelf_queue(&state->shelves[entry->value], scope_key) : NULL;
}

bool r53__elb_state_flow(const r53_elb_state *state, const char *load_balancer_arn,
                         const char *zone_name, const struct flow_id *flow, int64_t now_ms,
                         struct flow_place *place)
{
    struct ledger_key key = r53__elb_state_key(state, FLOW, load_balancer_arn, zone_name, NULL);
    const struct ledger_entry *entry;

    key.flow = *flow;
    key.flow.marks = 0;
    entry = entry_find(state, &key);
    if (!entry || r53__ledger_age(entry, now_ms) >= entry->lives_ms)
        return false;
    place->target_group_arn = r53__names_text(&state->names, entry->group);
    place->ordinal = (int32_t)entry->value;
    place->idle_ms = r53__ledger_age(entry, now_ms);
    place->onward_zone = entry->onward ? r53__names_text(&state->names, entry->onward) : NULL;
    place->requests = entry->requests;
    return true;
}

struct flow_id r53__elb_state_source(const struct flow_id *flow)
{
    struct flow_id source = {.source_family = flow->source_family};

    memcpy(source.source, flow->source, sizeof(source.source));
    return source;
}

const char *r53__elb_state_binding(const r53_elb_state *state, const char *load_balancer_arn,
                                   int32_t port, const struct flow_id *flow, int64_t now_ms,
                                   int64_t duration_ms)
{
    struct ledger_key key = r53__elb_state_key(state, BINDING, load_balancer_arn, NULL, NULL);
    const struct ledger_entry *entry;

    key.number = port;
    key.flow = r53__elb_state_source(flow);
    entry = entry_find(state, &key);
    if (!entry || r53__ledger_age(entry, now_ms) >= duration_ms)
        return NULL;
    return r53__names_text(&state->names, entry->group);
}
