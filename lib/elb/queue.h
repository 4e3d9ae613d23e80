/*
 * Requests in progress of the targets that one node may use, as a tournament: each node of the tree
 * knows the fewest below it and how many targets have so few.
 *
 *              (0,2)               least 0, twice
 *        (0,1)       (0,1)
 *     (3,1) (0,1) (2,1) (0,1)      places 0 1 2 3
 *
 * So the number of ties is at the top, and the k-th of them is found on the way down: O(log n) for
 * choosing and for a request that begins or ends.
 *
 * Targets with request slots (ELB-TG-12) do not compete for the fewest: a place counts 0 as long as
 * a slot is free, then 1. So those that tie for 0 are the targets with a free slot, and how many of
 * them stand before a place is summed up on the way down to it.
 */
#ifndef R53_LIB_ELB_QUEUE_H
#define R53_LIB_ELB_QUEUE_H

#include "base/alloc.h"
#include "view/fleet.h"

struct queue_node {
    uint32_t least, ties;
};

struct queue {
    uint64_t key;             /* of the scope: which targets in which order */
    uint32_t n, leaves;       /* leaves: a power of two */
    size_t n_nodes;           /* 2 * leaves */
    int32_t *ordinals;        /* by place, ascending */
    uint32_t *slots;          /* by place; NULL: they do not count */
    struct queue_node *nodes; /* nodes[1] is the top, leaves are nodes[leaves ...] */
};

/* All idle. NULL: no memory. The scope is not empty. O(n). */
struct queue *r53__queue_new(const struct memory *memory, const struct scope *scope);
void r53__queue_free(struct queue *queue, const struct memory *memory);

/* Targets that tie for the fewest. O(1). */
static inline uint32_t r53__queue_ties(const struct queue *queue)
{
    return queue->nodes[1].ties;
}

/* Place of the k-th of them. O(log n). */
uint32_t r53__queue_pick(const struct queue *queue, uint32_t k);

/* Targets with a free slot, where slots count. O(1). */
static inline uint32_t r53__queue_free_slots(const struct queue *queue)
{
    return queue->nodes[1].least == 0 ? queue->nodes[1].ties : 0;
}

/* How many targets with none in progress, or a free slot, come before the place. O(log n). */
uint32_t r53__queue_before(const struct queue *queue, uint32_t place);

/* Sets the requests in progress of a target; nothing if it is none of these. O(log n). */
void r53__queue_set(struct queue *queue, int32_t ordinal, uint32_t requests);

#endif
