#include "analysis/enumerate.h"

/* The share of the state before, times those of the branches taken. false: no memory. */
static bool branch_share(const struct memory *memory, const struct share *before,
                         const struct walk *walk, struct share *out)
{
    if (!r53__share_copy(memory, out, before))
        return false;
    for (uint32_t i = 0; i < walk->depth; i++) {
        const struct walk_choice *choice = &walk->choices[i];

        if (!r53__share_multiply(memory, out, choice->weight, choice->total)) {
            r53__share_free(memory, out);
            return false;
        }
    }
    return true;
}

static bool is_possible(const struct walk *walk)
{
    for (uint32_t i = 0; i < walk->depth; i++) {
        if (walk->choices[i].weight == 0)
            return false;
    }
    return true;
}

/*
 * Forgets what no later stage asks for, so that all ways to one place are one state: at a group the
 * record that led there, at a load balancer, before the client chooses an address, the whole way.
 */
static void forget_way(struct chain *chain)
{
    struct route way = chain->route;

    if (chain->part == CHAIN_ROUTE && chain->route.stage == ROUTE_RECORD)
        chain->route.record = -1;
    if (chain->part != CHAIN_ADDRESS || chain->route.origin != R53_ORIGIN_LOAD_BALANCER)
        return;
    r53__route_init(&chain->route);
    chain->route.stage = ROUTE_DONE;
    chain->route.origin = R53_ORIGIN_LOAD_BALANCER;
    chain->route.target = way.target;
    chain->route.node = way.node;
    chain->route.families = way.families;
}

/*
 * The next stage. Following an alias decides nothing by chance, so it runs along with the stage
 * that chose the record: records that lead to one end are then one state at once.
 */
static int32_t stage_run(const struct chain_input *input, struct chain *chain, struct draw *draw)
{
    int32_t rc = r53__chain_step(input, chain, draw);

    if (rc == R53_OK && chain->part == CHAIN_ROUTE && chain->route.stage == ROUTE_ALIAS)
        rc = r53__chain_step(input, chain, draw);
    return rc;
}

/* One stage, one branch of it. What a branch that cannot be comes to does not matter. */
static int32_t branch_run(struct enumeration *run, const struct weighted_state *state,
                          struct walk *walk)
{
    struct chain next = state->chain;
    struct draw draw = {.walk = walk};
    struct share share;
    int32_t rc;

    if (run->runs >= run->max_runs)
        return R53_E_LIMIT;
    run->runs++;
    rc = stage_run(run->input, &next, &draw);
    if (!is_possible(walk))
        return R53_OK;
    if (rc != R53_OK)
        return rc;
    forget_way(&next);
    if (!branch_share(&run->memory, &state->share, walk, &share))
        return R53_E_NOMEM;
    if (r53__frontier_add(&run->memory, &run->parts[next.part], &next, &share))
        return R53_OK;
    r53__share_free(&run->memory, &share);
    return R53_E_NOMEM;
}

static int32_t state_run(struct enumeration *run, const struct weighted_state *state)
{
    struct walk walk;
    int32_t rc = R53_OK;

    r53__walk_init(&walk);
    while (rc == R53_OK && r53__walk_next(&walk))
        rc = branch_run(run, state, &walk);
    return rc;
}

/* Takes what stands in the part and runs it; what it leads to may stand there again. */
static int32_t wave_run(struct enumeration *run, struct frontier *part)
{
    struct frontier wave = *part;
    int32_t rc = R53_OK;

    *part = (struct frontier){0};
    for (size_t i = 0; rc == R53_OK && i < wave.count; i++)
        rc = state_run(run, &wave.states[i]);
    r53__frontier_free(&run->memory, &wave);
    return rc;
}

int32_t r53__enumerate(struct enumeration *run)
{
    struct share all = SHARE_ONE;
    struct chain start;
    int32_t rc = R53_OK;

    r53__chain_init(&start);
    if (!r53__frontier_add(&run->memory, &run->parts[start.part], &start, &all))
        return R53_E_NOMEM;
    for (int part = CHAIN_ROUTE; part < CHAIN_DONE; part++) {
        while (rc == R53_OK && run->parts[part].count > 0)
            rc = wave_run(run, &run->parts[part]);
    }
    return rc;
}

void r53__enumeration_free(struct enumeration *run)
{
    for (int part = CHAIN_ROUTE; part <= CHAIN_DONE; part++)
        r53__frontier_free(&run->memory, &run->parts[part]);
}
