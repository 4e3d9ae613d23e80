#include "elb/queue.h"

static struct queue_node node_of(struct queue_node a, struct queue_node b)
{
    if (a.least != b.least)
        return a.least < b.least ? a : b;
    return (struct queue_node){a.least, a.ties + b.ties};
}

/* What a place counts with so many requests in progress. */
static uint32_t count_of(const struct queue *queue, uint32_t place, uint32_t requests)
{
    return queue->slots ? requests >= queue->slots[place] : requests;
}

/* What is no target is never the least: its count is one that no target reaches. */
static void nodes_fill(struct queue *queue)
{
    for (uint32_t i = 0; i < queue->leaves; i++)
        queue->nodes[queue->leaves + i] = i < queue->n
                                              ? (struct queue_node){count_of(queue, i, 0), 1}
                                              : (struct queue_node){UINT32_MAX, 0};
    for (uint32_t i = queue->leaves - 1; i > 0; i--)
        queue->nodes[i] = node_of(queue->nodes[2 * i], queue->nodes[2 * i + 1]);
}

/* What is known of the places; of a target that nothing is said of, any number of slots is free. */
static void places_fill(struct queue *queue, const struct scope *scope)
{
    const struct pool *pool = scope->pool;

    for (uint32_t i = 0; i < scope->n; i++) {
        const struct pool_target *target = &pool->targets[pool->eligible[scope->first + i]];

        queue->ordinals[i] = target->target->ordinal;
        if (queue->slots)
            queue->slots[i] = target->slots < 0 ? UINT32_MAX : (uint32_t)target->slots;
    }
}

struct queue *r53__queue_new(const struct memory *memory, const struct scope *scope)
{
    bool slots = scope->pool->group->target_control_port != 0;
    struct queue *queue = r53__alloc(memory, 1, sizeof(*queue));

    if (!queue)
        return NULL;
    queue->key = scope->key;
    queue->n = scope->n;
    for (queue->leaves = 1; queue->leaves < scope->n && queue->leaves <= UINT32_MAX / 4;)
        queue->leaves *= 2;
    queue->n_nodes = (size_t)queue->leaves * 2;
    queue->ordinals = r53__alloc(memory, scope->n, sizeof(*queue->ordinals));
    queue->nodes = r53__alloc(memory, queue->n_nodes, sizeof(*queue->nodes));
    if (slots)
        queue->slots = r53__alloc(memory, scope->n, sizeof(*queue->slots));
    if (!queue->ordinals || !queue->nodes || (slots && !queue->slots) || queue->leaves < queue->n) {
        r53__queue_free(queue, memory);
        return NULL;
    }
    places_fill(queue, scope);
    nodes_fill(queue);
    return queue;
}

void r53__queue_free(struct queue *queue, const struct memory *memory)
{
    if (!queue)
        return;
    r53__free(memory, queue->ordinals, queue->n, sizeof(*queue->ordinals));
    r53__free(memory, queue->slots, queue->n, sizeof(*queue->slots));
    r53__free(memory, queue->nodes, queue->n_nodes, sizeof(*queue->nodes));
    r53__free(memory, queue, 1, sizeof(*queue));
}

uint32_t r53__queue_pick(const struct queue *queue, uint32_t k)
{
    const struct queue_node *nodes = queue->nodes;
    uint32_t i = 1;

    while (i < queue->leaves) {
        uint32_t left = nodes[2 * i].least == nodes[i].least ? nodes[2 * i].ties : 0;

        i = 2 * i + (k >= left);
        k -= k >= left ? left : 0;
    }
    return i - queue->leaves;
}

uint32_t r53__queue_before(const struct queue *queue, uint32_t place)
{
    uint32_t n = 0;

    for (uint32_t i = place + queue->leaves; i > 1; i /= 2) {
        if (i % 2 == 1 && queue->nodes[i - 1].least == 0)
            n += queue->nodes[i - 1].ties;
    }
    return n;
}

void r53__queue_set(struct queue *queue, int32_t ordinal, uint32_t requests)
{
    uint32_t low = 0, high = queue->n;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (queue->ordinals[middle] >= ordinal)
            high = middle;
        else
            low = middle + 1;
    }
    if (low == queue->n || queue->ordinals[low] != ordinal)
        return;
    requests = count_of(queue, low, requests);
    low += queue->leaves;
    queue->nodes[low].least = requests;
    for (low /= 2; low > 0; low /= 2)
        queue->nodes[low] = node_of(queue->nodes[2 * low], queue->nodes[2 * low + 1]);
}
