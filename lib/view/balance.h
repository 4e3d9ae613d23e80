/*
 * Shares within a scope: cumulative weights where targets are not alike, so that a draw costs
 * O(log n) and answering works nothing out that depends on time.
 */
#ifndef R53_LIB_VIEW_BALANCE_H
#define R53_LIB_VIEW_BALANCE_H

#include "view/pool.h"

enum {
    ANOMALY_HEALTHY_LEAST =
        3,                  /* fewer healthy targets have no peers to be measured by (ELB-ALG-06) */
    MITIGATION_WHOLE = 1000 /* weight of a target that nothing is wrong with */
};

/*
 * Weights and keys of the pool's scopes, which are listed. false: no memory. O(eligible targets).
 */
bool r53__pool_balance(struct pool_draft *draft, struct arena *arena,
                       const struct fleet_input *input, uint32_t n_nodes);

/* Do anomalous targets get less than their share? O(targets). */
bool r53__pool_mitigates(const struct pool *pool);

/* Index of the registered target with this QUIC server id, or -1. O(log n). */
int32_t r53__pool_quic_target(const struct pool *pool, uint64_t server_id);

/*
 * Index of the registered target with this id, port and zone (NULL or "": whatever), or -1.
 * O(log n + registrations of the id with the port).
 */
int32_t r53__pool_find(const struct pool *pool, const char *id, int32_t port, const char *zone);

/* Index of the target with this ordinal, or -1. O(log n). */
int32_t r53__pool_ordinal(const struct pool *pool, int32_t ordinal);

/* Place of the target among the scope's eligible ones, or -1. O(log n). */
int32_t r53__scope_place(const struct scope *scope, int32_t target);

#endif
