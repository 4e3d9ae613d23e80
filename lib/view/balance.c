#include "view/balance.h"

#include "base/hash.h"
#include "base/sort.h"

#include <string.h>

#define UNIT_MS      1    /* weights of slow start are milliseconds ... */
#define UNIT_SECONDS 1000 /* ... or seconds, where their sum would not fit 32 bits */

/* What a weight is made of: one row a way to share unequally. */
struct scale {
    const struct pool *pool;
    uint32_t whole; /* weight of a target like any other */
    uint32_t unit;
};

static uint32_t slow_weight(const struct scale *scale, const struct pool_target *target)
{
    uint32_t age =
        target->slow_age_ms < 0 ? UINT32_MAX : (uint32_t)target->slow_age_ms / scale->unit;

    return age < scale->whole ? age : scale->whole; /* ELB-SLOW-05 */
}

static uint32_t mitigation_weight(const struct scale *scale, const struct pool_target *target)
{
    (void)scale;
    return target->mitigation; /* ELB-ALG-08 */
}

bool r53__pool_mitigates(const struct pool *pool)
{
    return pool->group->algorithm_type == R53_ALGORITHM_WEIGHTED_RANDOM &&
           pool->group->anomaly_mitigation == 1 &&
           r53__pool_whole(pool).healthy >= ANOMALY_HEALTHY_LEAST; /* ELB-ALG-06, -07 */
}

typedef uint32_t weight_of(const struct scale *scale, const struct pool_target *target);

/* NULL: all have the same share. */
static weight_of *weight_find(struct scale *scale, const struct scope *scope)
{
    const struct target_group *group = scale->pool->group;

    if (group->algorithm_type == R53_ALGORITHM_WEIGHTED_RANDOM) {
        if (!r53__pool_mitigates(scale->pool))
            return NULL;
        scale->whole = MITIGATION_WHOLE;
        return mitigation_weight;
    }
    if (group->slow_start_seconds == 0 || group->algorithm_type != R53_ALGORITHM_ROUND_ROBIN ||
        scope->fail_open || group->target_control_port)
        return NULL; /* ELB-SLOW-01, -07; ELB-TG-12: who has slots takes its turn */
    scale->whole = (uint32_t)group->slow_start_seconds * 1000;
    scale->unit = (uint64_t)scale->whole * scope->n <= UINT32_MAX ? UNIT_MS : UNIT_SECONDS;
    scale->whole /= scale->unit;
    return slow_weight;
}

static const struct pool_target *eligible_at(const struct pool *pool, const struct scope *scope,
                                             uint32_t place)
{
    return &pool->targets[pool->eligible[scope->first + place]];
}

/*
 * false: no memory. Leaves the scope without weights if all are alike, or all are 0; also if their
 * sum would not fit, which takes millions of targets where AWS allows thousands.
 */
static bool weights_list(struct scope *scope, struct arena *arena, struct scale *scale)
{
    weight_of *weight = weight_find(scale, scope);
    uint32_t *cumulative, low = UINT32_MAX, high = 0, sum = 0;

    if (!weight || scope->n == 0 || (uint64_t)scale->whole * scope->n > UINT32_MAX)
        return true;
    cumulative = r53__arena_alloc(arena, scope->n, sizeof(*cumulative));
    if (!cumulative)
        return false;
    for (uint32_t i = 0; i < scope->n; i++) {
        uint32_t w = weight(scale, eligible_at(scale->pool, scope, i));

        low = w < low ? w : low;
        high = w > high ? w : high;
        cumulative[i] = sum += w;
    }
    if (low != high) /* ELB-SLOW-05: if nobody has a weight, all have the same */
        scope->cumulative = cumulative;
    return true;
}

/* Which targets in which order, and with how many slots where these count. */
static uint64_t scope_key(const struct pool *pool, const struct scope *scope)
{
    uint64_t key = scope->n;

    for (uint32_t i = 0; i < scope->n; i++) {
        const struct pool_target *target = eligible_at(pool, scope, i);

        key = r53__mix2(key, (uint64_t)target->target->ordinal);
        if (pool->group->target_control_port)
            key = r53__mix2(key, (uint64_t)target->slots);
    }
    return key;
}

static int quic_compare(const void *a, const void *b)
{
    const struct pool_target *x = a, *y = b;
    uint64_t m = x->target->quic_server_id, n = y->target->quic_server_id;

    if (m != n)
        return m < n ? -1 : 1;
    return x < y ? -1 : x > y; /* one id twice: the target registered first */
}

/* ELB-NLB-04: the targets that have a server id, by it. */
static bool quic_list(struct pool *pool, struct arena *arena)
{
    const void **by_id;
    uint32_t n = 0;

    for (uint32_t i = 0; i < pool->n_targets; i++)
        n += pool->targets[i].target->has_quic_server_id;
    by_id = r53__arena_alloc(arena, n, sizeof(*by_id));
    if (!by_id)
        return false;
    pool->n_quic = 0;
    for (uint32_t i = 0; i < pool->n_targets; i++) {
        if (pool->targets[i].target->has_quic_server_id)
            by_id[pool->n_quic++] = &pool->targets[i];
    }
    r53__sort(by_id, n, quic_compare);
    pool->quic = by_id;
    return true;
}

static int id_compare(const struct pool_target *target, const char *id, int32_t port)
{
    int order = strcmp(target->target->id, id);

    return order ? order : target->port < port ? -1 : target->port > port;
}

static int target_compare(const void *a, const void *b)
{
    const struct pool_target *x = a, *y = b;
    int order = id_compare(x, y->target->id, y->port);

    return order ? order : x < y ? -1 : x > y;
}

/* Only where a cookie may name a target. */
static bool id_list(struct pool *pool, struct arena *arena, bool classic)
{
    const void **by_id;

    if (!classic && !pool->group->stickiness_enabled)
        return true;
    by_id = r53__arena_alloc(arena, pool->n_targets, sizeof(*by_id));
    if (!by_id)
        return false;
    for (uint32_t i = 0; i < pool->n_targets; i++)
        by_id[i] = &pool->targets[i];
    r53__sort(by_id, pool->n_targets, target_compare);
    pool->by_id = by_id;
    return true;
}

int32_t r53__pool_find(const struct pool *pool, const char *id, int32_t port, const char *zone)
{
    uint32_t low = 0, high = pool->by_id && id ? pool->n_targets : 0;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (id_compare(pool->by_id[middle], id, port) >= 0)
            high = middle;
        else
            low = middle + 1;
    }
    for (; pool->by_id && id && low < pool->n_targets; low++) {
        const struct pool_target *target = pool->by_id[low];

        if (id_compare(target, id, port) != 0)
            break;
        if (!zone || !zone[0] || strcmp(target->zone, zone) == 0)
            return (int32_t)(target - pool->targets);
    }
    return -1;
}

bool r53__pool_balance(struct pool_draft *draft, struct arena *arena,
                       const struct fleet_input *input, uint32_t n_nodes)
{
    struct pool *pool = draft->pool;

    for (uint32_t i = 0; i < n_nodes; i++) {
        struct scope *scope = &draft->scopes[i];
        struct scale scale = {pool, 1, UNIT_MS};

        if (i > 0 && pool->cross_zone) { /* all nodes share the list of the first */
            *scope = draft->scopes[0];
            continue;
        }
        scope->pool = pool;
        scope->key = scope_key(pool, scope);
        if (!weights_list(scope, arena, &scale))
            return false;
    }
    return quic_list(pool, arena) && id_list(pool, arena, input->lb->type == R53_LB_CLASSIC);
}

int32_t r53__pool_quic_target(const struct pool *pool, uint64_t server_id)
{
    uint32_t low = 0, high = pool->n_quic;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct pool_target *target = pool->quic[middle];

        if (target->target->quic_server_id == server_id)
            return (int32_t)(target - pool->targets);
        if (target->target->quic_server_id < server_id)
            low = middle + 1;
        else
            high = middle;
    }
    return -1;
}

int32_t r53__pool_ordinal(const struct pool *pool, int32_t ordinal)
{
    uint32_t low = 0, high = pool->n_targets;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (pool->targets[middle].target->ordinal >= ordinal)
            high = middle;
        else
            low = middle + 1;
    }
    return low < pool->n_targets && pool->targets[low].target->ordinal == ordinal ? (int32_t)low
                                                                                  : -1;
}

int32_t r53__scope_place(const struct scope *scope, int32_t target)
{
    const uint32_t *list = scope->pool->eligible + scope->first;
    uint32_t low = 0, high = scope->n;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (list[middle] >= (uint32_t)target)
            high = middle;
        else
            low = middle + 1;
    }
    return low < scope->n && list[low] == (uint32_t)target ? (int32_t)low : -1;
}
