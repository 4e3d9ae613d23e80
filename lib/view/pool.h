/*
 * A pool while its view is made: the targets of a group with zone, state and reason of exclusion,
 * and what each node may use of them.
 *
 * The counts are taken up to three times, because each step needs the one before: without a zonal
 * shift (would it move anything?), with it, and without zones (as Route 53 asks). So the arrays
 * stay writable here, while the pool itself sees them as constant.
 */
#ifndef R53_LIB_VIEW_POOL_H
#define R53_LIB_VIEW_POOL_H

#include "view/fleet.h"

struct pool_draft {
    struct pool *pool;
    struct pool_target *targets; /* the pool's own */
    struct scope *scopes;        /* the pool's own */
    uint8_t *verdicts;           /* the pool's own */
};

/* Registered and healthy targets, ELB-DNS-36. */
struct tally {
    uint32_t registered, healthy;
};

/*
 * Resolves the targets of the group; no scope is known yet. `fleet` has its nodes. false: no
 * memory. O(targets * nodes).
 */
bool r53__pool_resolve(struct pool_draft *draft, struct arena *arena, const struct fleet *fleet,
                       const struct fleet_input *input, const struct target_group *group);

/* Blocks the targets of shifted zones, unless none would be left. */
void r53__pool_shift(struct pool_draft *draft, const struct fleet *fleet);

/* Counts N and H of each node. O(targets), with cross-zone off O(targets * nodes). */
void r53__pool_count(struct pool_draft *draft, uint32_t n_nodes);

/* Settles fail open and lists the eligible targets of each node. false: no memory. */
bool r53__pool_list(struct pool_draft *draft, struct arena *arena, const struct fleet *fleet,
                    const struct choices *choices);

/* All registered targets, whatever zone they are in and whether it is shifted (ELB-R53-10). */
struct tally r53__pool_whole(const struct pool *pool);

/* The registered targets of one zone; NODE_NONE: those whose zone is not known. */
struct tally r53__pool_zone(const struct pool *pool, int32_t node);

/* Does the target count in H? */
bool r53__pool_target_healthy(const struct pool *pool, const struct pool_target *target);

#endif
