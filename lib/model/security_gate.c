#include "model/security_gate.h"

#include "base/sort.h"

#include <string.h>

/* Making */

/* How a row tells the sender; in the order in which a gate's rows are sorted. */
enum sender { ANYONE, BY_ADDRESS, BY_GROUP };

static enum sender sender_of(const struct ingress *row)
{
    if (row->group_id[0])
        return BY_GROUP;
    return row->prefix.address.family == ADDRESS_NONE ? ANYONE : BY_ADDRESS;
}

/* Rows of equal order are of one gate. */
static int gate_compare(const struct ingress *a, const struct ingress *b)
{
    if (a->ip_protocol != b->ip_protocol)
        return a->ip_protocol < b->ip_protocol ? -1 : 1;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    return (a->to > b->to) - (a->to < b->to);
}

static int row_compare(const void *a, const void *b)
{
    const struct ingress *x = a, *y = b;
    int order = gate_compare(x, y);

    if (order == 0)
        order = (int)sender_of(x) - (int)sender_of(y);
    return order ? order : strcmp(x->group_id, y->group_id);
}

/* Rows by gate and sender, and room for the prefixes of one. */
struct sorting {
    const void **rows;
    struct prefix_entry *entries;
    size_t n;
};

static const struct ingress *row_at(const struct sorting *sorting, size_t i)
{
    return sorting->rows[i];
}

/* The first row behind those of the gate that begins at `first`. */
static size_t gate_end(const struct sorting *sorting, size_t first)
{
    size_t i = first;

    while (i < sorting->n && gate_compare(row_at(sorting, first), row_at(sorting, i)) == 0)
        i++;
    return i;
}

static bool gate_fill(struct gate *gate, struct arena *arena, const struct sorting *sorting,
                      size_t first, size_t end)
{
    const struct ingress *like = row_at(sorting, first);
    const char **ids = r53__arena_alloc(arena, end - first, sizeof(*ids));
    size_t n_prefixes = 0;

    if (!ids)
        return false;
    *gate = (struct gate){
        .ip_protocol = like->ip_protocol, .from = like->from, .to = like->to, .group_ids = ids};
    for (size_t i = first; i < end; i++) {
        const struct ingress *row = row_at(sorting, i);
        enum sender sender = sender_of(row);

        gate->anyone |= sender == ANYONE;
        if (sender == BY_ADDRESS)
            sorting->entries[n_prefixes++] = (struct prefix_entry){.prefix = row->prefix};
        else if (sender == BY_GROUP)
            ids[gate->n_group_ids++] = row->group_id;
    }
    return r53__prefix_map_make(&gate->prefixes, arena, sorting->entries, n_prefixes);
}

static bool gates_fill(struct security_group *group, const struct sorting *sorting)
{
    struct gate *gates;
    size_t n = 0;

    for (size_t i = 0; i < sorting->n; i = gate_end(sorting, i))
        n++;
    gates = r53__arena_alloc(&group->head.arena, n, sizeof(*gates));
    group->gates = gates;
    group->n_gates = 0;
    for (size_t i = 0, end; gates && i < sorting->n; i = end) {
        struct gate *gate = &gates[group->n_gates++];

        end = gate_end(sorting, i);
        if (!gate_fill(gate, &group->head.arena, sorting, i, end))
            return false;
        gate->furthest = gate->to;
        if (i > 0 && gate[-1].ip_protocol == gate->ip_protocol && gate[-1].furthest > gate->to)
            gate->furthest = gate[-1].furthest;
    }
    return gates != NULL;
}

bool r53__security_gates_make(struct security_group *group, const struct ingress *rows, size_t n)
{
    const struct memory *memory = &group->head.arena.memory;
    struct sorting sorting = {r53__alloc(memory, n, sizeof(*sorting.rows)),
                              r53__alloc(memory, n, sizeof(*sorting.entries)), n};
    bool made = n == 0 || (sorting.rows && sorting.entries);

    for (size_t i = 0; made && i < n; i++)
        sorting.rows[i] = &rows[i];
    if (made) {
        r53__sort(sorting.rows, n, row_compare);
        made = gates_fill(group, &sorting);
    }
    r53__free(memory, sorting.rows, n, sizeof(*sorting.rows));
    r53__free(memory, sorting.entries, n, sizeof(*sorting.entries));
    return made;
}

/* Admitting */

static bool holds(const struct gate *gate, const char *id)
{
    uint32_t low = 0, high = gate->n_group_ids;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = strcmp(gate->group_ids[middle], id);

        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

static bool holds_any(const struct gate *gate, const char *const *ids, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        if (holds(gate, ids[i]))
            return true;
    }
    return false;
}

/* Who may be anybody is not turned away. */
static bool holds_address(const struct gate *gate, const struct address *source)
{
    struct prefix client;

    if (source->family == ADDRESS_NONE)
        return gate->prefixes.n > 0;
    client = r53__prefix(source, source->family == ADDRESS_IPV6 ? 128 : 32);
    return r53__prefix_map_find(&gate->prefixes, &client) >= 0;
}

bool r53__security_gate_admits(const struct gate *gate, const struct packet *packet)
{
    return gate->anyone || holds_address(gate, packet->source) ||
           holds_any(gate, packet->source_groups, packet->n_source_groups) ||
           holds_any(gate, packet->forwarder_groups, packet->n_forwarder_groups);
}
