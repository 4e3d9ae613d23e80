/*
 * Properties of load balancers, on random ones (support/park.h), judged by a naive implementation
 * (support/park_naive.h): who is in DNS, who is eligible, which rule, which share; what does not
 * move a selection; what a state keeps.
 */
#include "support/harness.h"
#include "support/park_ends.h"

#include "elb/state.h"
#include "elb/wildcard.h"
#include "view/view.h"

#include <stdio.h>
#include <stdlib.h>

enum { PARKS = 400, REQUESTS = 40, FEW = 60, LIVE = 32, STEPS = 300 };

static const char *const zones[PARK_ZONES] = {"a", "b", "c", "d"};

static const int32_t kinds[] = {0, R53_LB_APPLICATION, R53_LB_NETWORK, R53_LB_GATEWAY,
                                R53_LB_CLASSIC};

/* Every park is told by its seed, so that a failure can be looked at. */
static void park_sow(struct park *park, uint64_t seed)
{
    park_make(park, seed, kinds[seed % COUNT(kinds)]);
}

static const struct fleet *fleet_of(const r53_view *view, int balancer)
{
    char arn[16];
    int32_t fleet;

    snprintf(arn, sizeof(arn), "lb%d", balancer);
    fleet = r53__view_fleet(view, arn);
    assert_true(fleet >= 0);
    return &view->fleets[fleet];
}

/* Sets */

static void check_dns(const struct park *park, const r53_view *view, uint64_t seed)
{
    for (int b = 0; b < PARK_BALANCERS; b++) {
        const struct fleet *fleet = fleet_of(view, b);

        for (int z = 0; z < PARK_ZONES; z++) {
            int32_t node = r53__fleet_node_named(fleet, r53__span(zones[z]));
            bool in_dns = node >= 0 && fleet->nodes[node].in_dns;

            if (in_dns != park_in_dns(park, b, z))
                fail_msg("park %lu lb%d zone %s: in DNS %d", (unsigned long)seed, b, zones[z],
                         in_dns);
        }
        if (park->balancers[b].type != R53_LB_GATEWAY && /* ELB-R53-12 */
            fleet->healthy != park_is_healthy(park, b))
            fail_msg("park %lu lb%d: healthy %d", (unsigned long)seed, b, fleet->healthy);
    }
}

static void dns_and_health(void **state)
{
    struct park park;
    struct park_world world;

    (void)state;
    for (uint64_t seed = 1; seed <= PARKS * 5; seed++) {
        park_sow(&park, seed);
        park_open(&world, &park, 0);
        check_dns(&park, world.view, seed);
        park_close(&world);
    }
}

/* Which targets the pool may use at the node, as ids and ports. */
static bool listed(const struct pool *pool, int32_t node, const char *id, int32_t port)
{
    const struct scope *scope = &pool->scopes[node];

    for (uint32_t i = 0; i < scope->n; i++) {
        const struct pool_target *target = &pool->targets[pool->eligible[scope->first + i]];

        if (strcmp(target->target->id, id) == 0 && target->port == port)
            return true;
    }
    return false;
}

static void check_scope(const struct park *park, const struct pool *pool, int32_t node, int group,
                        int zone, uint64_t seed)
{
    bool classic = park->balancers[group / PARK_OWN].type == R53_LB_CLASSIC;
    bool lambda = park->groups[group].type == R53_TARGET_LAMBDA;
    uint32_t n = 0;

    for (int i = 0; i < park->groups[group].n; i++) {
        const struct park_target *target = &park->groups[group].targets[i];
        bool eligible = park_is_eligible(park, group, i, zone);
        char id[32];

        if (classic && target->port != 80)
            continue;
        n += eligible;
        snprintf(id, sizeof(id), classic ? "%s-%d" : "%s", target->id, group);
        if (listed(pool, node, id, classic || lambda ? 0 : target->port) != eligible)
            fail_msg("park %lu g%d %s at node %s: eligible %d", (unsigned long)seed, group, id,
                     zones[zone], !eligible);
    }
    assert_int_equal(pool->scopes[node].n, n);
    assert_int_equal(pool->scopes[node].fail_open, park_fails_open(park, group, zone));
}

static void check_pool(const struct park *park, const r53_view *view, int group, uint64_t seed)
{
    int balancer = group / PARK_OWN;
    const struct fleet *fleet = fleet_of(view, balancer);
    bool classic = park->balancers[balancer].type == R53_LB_CLASSIC;
    char arn[16];

    snprintf(arn, sizeof(arn), classic ? "lb%d" : "g%d", classic ? balancer : group);
    for (uint32_t p = 0; p < fleet->n_pools; p++) {
        if (strcmp(fleet->pools[p].group->arn, arn) != 0)
            continue;
        for (int z = 0; z < PARK_ZONES; z++) {
            int32_t node = r53__fleet_node_named(fleet, r53__span(zones[z]));

            assert_int_equal(node >= 0, park->balancers[balancer].addresses[z] > 0);
            if (node >= 0)
                check_scope(park, &fleet->pools[p], node, group, z, seed);
        }
        return;
    }
    fail_msg("park %lu: no pool for %s", (unsigned long)seed, arn);
}

static void eligible_sets(void **state)
{
    struct park park;
    struct park_world world;

    (void)state;
    for (uint64_t seed = 1; seed <= PARKS * 5; seed++) {
        park_sow(&park, seed);
        park_open(&world, &park, 0);
        for (int g = 0; g < PARK_GROUPS; g++) {
            if (park_is_attached(&park, g))
                check_pool(&park, world.view, g, seed);
        }
        park_close(&world);
    }
}

/* Selections */

static void select_one(const r53_view *view, const struct park_request *request,
                       const r53_elb_state *state, r53_selection *selection)
{
    *selection = (r53_selection){.size = sizeof(*selection)};
    assert_int_equal(r53_elb_select(view, &request->request, state, selection, NULL), R53_OK);
}

static int zone_number(const char *name)
{
    return name[0] - 'a';
}

/* Every selection ends where it may, by the rule that takes the request. */
static void selections(void **state)
{
    struct park park;
    struct park_world world;

    (void)state;
    for (uint64_t seed = 1; seed <= PARKS; seed++) {
        park_sow(&park, seed);
        park_open(&world, &park, 0);
        for (int i = 0; i < REQUESTS; i++) {
            int balancer = i % PARK_BALANCERS;
            struct park_request request;
            struct park_ends ends;
            r53_selection s;
            char end[PARK_LINE];

            park_request_make(&request, &park, balancer, &park.random);
            select_one(world.view, &request, NULL, &s);
            park_ends_of(&park, balancer, zone_number(request.zone), &request, &ends);
            if (park_share(&ends, park_end(end, &s)).part == 0)
                fail_msg("park %lu request %d ends at %s", (unsigned long)seed, i, end);
            if (s.outcome == R53_SELECTED_TARGET && park.balancers[balancer].type != R53_LB_CLASSIC)
                assert_int_equal(s.fail_open, park_fails_open(&park, atoi(s.target_group_arn + 1),
                                                              zone_number(request.zone)));
        }
        park_close(&world);
    }
}

/* The rule that a selection names is the naive first match; its number is its priority. */
static void rule_order(void **state)
{
    struct park park;
    struct park_world world;
    uint32_t matched = 0;

    (void)state;
    for (uint64_t seed = 1; seed <= PARKS; seed++) {
        park_make(&park, seed, R53_LB_APPLICATION);
        park.balancers[0].state = R53_LB_ACTIVE;
        park_open(&world, &park, 0);
        for (int i = 0; i < REQUESTS; i++) {
            const struct park_rule *rule;
            struct park_request request;
            r53_selection s;

            park_request_make(&request, &park, 0, &park.random);
            select_one(world.view, &request, NULL, &s);
            rule = park_rule_of(&park, 0, &request);
            matched += rule != NULL;
            if (s.matched_priority != (rule ? rule->priority : 0))
                fail_msg("park %lu request %d %s: rule %d, not %d", (unsigned long)seed, i,
                         request.url, (int)s.matched_priority, rule ? rule->priority : 0);
        }
        park_close(&world);
    }
    assert_in_range(matched, PARKS * REQUESTS / 5, PARKS * REQUESTS * 4 / 5);
}

/* What does not move a selection */

static void same_selections(const struct park *park, const r53_view *one, const r53_view *two,
                            int balancers, uint64_t seed)
{
    uint64_t random = seed;

    for (int i = 0; i < REQUESTS; i++) {
        struct park_request request;
        char a[PARK_LINE], b[PARK_LINE];
        r53_selection s;

        park_request_make(&request, park, i % balancers, &random);
        if (i % 3 == 0)
            request.request.availability_zone = NULL;
        select_one(one, &request, NULL, &s);
        park_selection_line(a, &s);
        select_one(two, &request, NULL, &s);
        if (strcmp(a, park_selection_line(b, &s)) != 0)
            fail_msg("park %lu: %s\nbecame %s", (unsigned long)seed, a, b);
    }
}

static void order_of_import(void **state)
{
    struct park park;
    struct park_world world, other;

    (void)state;
    for (uint64_t seed = 1; seed <= PARKS; seed++) {
        park_sow(&park, seed);
        park_open(&world, &park, 0);
        park_open(&other, &park, seed);
        same_selections(&park, world.view, other.view, PARK_BALANCERS, seed);
        park_close(&other);
        park_close(&world);
    }
}

static void another_balancer(void **state)
{
    struct park park, edited;
    struct park_world world, other;

    (void)state;
    for (uint64_t seed = 1; seed <= PARKS; seed++) {
        park_sow(&park, seed);
        edited = park;
        park_replant(&edited, 1, 0);
        park_open(&world, &park, 0);
        park_open(&other, &edited, 0);
        same_selections(&park, world.view, other.view, 1, seed);
        park_close(&other);
        park_close(&world);
    }
}

/* A rule behind the one that matches, to groups that are attached anyway. */
static void rule_behind(void **state)
{
    struct park park, edited;
    struct park_world world, other;
    uint32_t asked = 0;

    (void)state;
    for (uint64_t seed = 1; seed <= PARKS; seed++) {
        struct park_balancer *lb = &edited.balancers[0];

        park_make(&park, seed, R53_LB_APPLICATION);
        edited = park;
        if (lb->n_rules == PARK_RULES || lb->n_rules == 0)
            continue;
        lb->rules[lb->n_rules] = lb->rules[0];
        lb->rules[lb->n_rules].n = 1;
        lb->rules[lb->n_rules].priority = 50000;
        lb->rules[lb->n_rules].action = lb->otherwise;
        lb->n_rules++;
        park_open(&world, &park, 0);
        park_open(&other, &edited, 0);
        for (int i = 0; i < REQUESTS; i++) {
            struct park_request request;
            char a[PARK_LINE], b[PARK_LINE];
            r53_selection s;

            park_request_make(&request, &park, 0, &park.random);
            if (!park_rule_of(&park, 0, &request))
                continue;
            asked++;
            select_one(world.view, &request, NULL, &s);
            park_selection_line(a, &s);
            select_one(other.view, &request, NULL, &s);
            assert_string_equal(a, park_selection_line(b, &s));
        }
        park_close(&other);
        park_close(&world);
    }
    assert_true(asked > PARKS);
}

/* Targets of a group that the request does not come to. */
static void another_group(void **state)
{
    struct park park, edited;
    struct park_world world, other;
    uint32_t asked = 0;

    (void)state;
    for (uint64_t seed = 1; seed <= PARKS; seed++) {
        int group = (int)(seed % PARK_OWN);
        char arn[16];

        park_make(&park, seed, seed % 2 ? R53_LB_APPLICATION : R53_LB_NETWORK);
        memset(park.balancers[0].shifted, 0, sizeof(park.balancers[0].shifted));
        edited = park;
        for (int i = 0; i < edited.groups[group].n; i++)
            park_ail(&edited, &edited.groups[group].targets[i]);
        snprintf(arn, sizeof(arn), "g%d", group);
        park_open(&world, &park, 0);
        park_open(&other, &edited, 0);
        for (int i = 0; i < REQUESTS; i++) {
            struct park_request request;
            char a[PARK_LINE], b[PARK_LINE];
            r53_selection s;

            park_request_make(&request, &park, 0, &park.random);
            select_one(world.view, &request, NULL, &s);
            if (strcmp(s.target_group_arn, arn) == 0)
                continue;
            asked++;
            park_selection_line(a, &s);
            select_one(other.view, &request, NULL, &s);
            assert_string_equal(a, park_selection_line(b, &s));
        }
        park_close(&other);
        park_close(&world);
    }
    assert_true(asked > PARKS * REQUESTS / 2);
}

/* Shares */

static r53_query alias_query(void)
{
    return (r53_query){.size = sizeof(r53_query), .name = "lb0.example.com", .type = R53_TYPE_A};
}

static bool served(const struct park_balancer *lb)
{
    return (lb->state == R53_LB_ACTIVE || lb->state == R53_LB_ACTIVE_IMPAIRED) &&
           lb->type != R53_LB_GATEWAY;
}

static void outcome_shares(void **state)
{
    struct park park;
    struct park_world world;

    (void)state;
    for (uint64_t seed = 1; seed <= PARKS; seed++) {
        const r53_query query = alias_query();
        struct park_request request;
        struct park_ends wanted;

        park_sow(&park, seed);
        if (!served(&park.balancers[0]))
            continue;
        park_open(&world, &park, 0);
        park_request_make(&request, &park, 0, &park.random);
        request.request.load_balancer = request.request.availability_zone = NULL;
        park_ends_of(&park, 0, -1, &request, &wanted);
        park_expect_ends(world.view, &query, &request, &wanted, seed);
        park_close(&world);
    }
}

/* Seeds against shares: each within six standard deviations of its expectation. */
static void check_sample(const struct park_ends *ends, const r53_view *view,
                         struct park_request *request, uint64_t seed)
{
    enum { SAMPLES = 3000 };
    uint64_t seen[64] = {0};

    for (request->request.seed = 1; request->request.seed <= SAMPLES; request->request.seed++) {
        r53_selection s;
        char end[PARK_LINE];
        int j = 0;

        select_one(view, request, NULL, &s);
        park_end(end, &s);
        while (j < ends->n && strcmp(ends->list[j].name, end) != 0)
            j++;
        assert_true(j < ends->n);
        seen[j]++;
    }
    for (int j = 0; j < ends->n; j++) {
        struct fraction share = ends->list[j].share;
        int64_t expected = (int64_t)(SAMPLES * share.part / share.whole);
        int64_t off = (int64_t)seen[j] - expected;

        if (off * off > 36 * expected + 36)
            fail_msg("park %lu: %s %lu times, not %lu", (unsigned long)seed, ends->list[j].name,
                     (unsigned long)seen[j], (unsigned long)expected);
    }
}

static void sampled_shares(void **state)
{
    struct park park;
    struct park_world world;

    (void)state;
    for (uint64_t seed = 1; seed <= FEW; seed++) {
        struct park_request request;
        struct park_ends ends;

        park_sow(&park, seed);
        park_open(&world, &park, 0);
        park_request_make(&request, &park, 0, &park.random);
        request.request.availability_zone = NULL;
        request.request.source_address = NULL;
        park_ends_of(&park, 0, -1, &request, &ends);
        check_sample(&ends, world.view, &request, seed);
        park_close(&world);
    }
}

/* State */

/* What a naive state would hold. */
struct ledger_of {
    int counts[PARK_GROUPS][PARK_TARGETS]; /* by ordinal */
    int cursors[PARK_ZONES][PARK_GROUPS];  /* ordinal + 1 of the last pick, 0: none */
    r53_selection live[LIVE];
    int n_live;
};

static void selection_begin(struct ledger_of *naive, r53_elb_state *state, const r53_selection *s)
{
    int group;

    assert_int_equal(r53_elb_begin(state, s), R53_OK);
    if (s->outcome != R53_SELECTED_TARGET)
        return;
    group = atoi(s->target_group_arn + 1);
    naive->counts[group][s->target_ordinal]++;
    naive->cursors[zone_number(s->availability_zone)][group] = s->target_ordinal + 1;
    naive->live[naive->n_live++] = *s;
}

static void selection_end(struct ledger_of *naive, r53_elb_state *state, int i)
{
    const r53_selection *s = &naive->live[i];

    assert_int_equal(r53_elb_end(state, s), R53_OK);
    naive->counts[atoi(s->target_group_arn + 1)][s->target_ordinal]--;
    naive->live[i] = naive->live[--naive->n_live];
}

static void expect_counts(const struct ledger_of *naive, const r53_elb_state *state)
{
    char arn[16];

    for (int g = 0; g < PARK_OWN; g++) {
        snprintf(arn, sizeof(arn), "g%d", g);
        for (int i = 0; i < PARK_TARGETS; i++) {
            assert_true(naive->counts[g][i] >= 0);
            assert_int_equal(r53__elb_state_outstanding(state, "lb0", arn, i), naive->counts[g][i]);
        }
    }
}

/* What never began does not end: with no request in progress there, nothing does. */
static void expect_no_end(const struct ledger_of *naive, r53_elb_state *state,
                          const r53_selection *s)
{
    if (s->outcome == R53_SELECTED_TARGET &&
        naive->counts[atoi(s->target_group_arn + 1)][s->target_ordinal] == 0)
        assert_int_equal(r53_elb_end(state, s), R53_E_INVALID);
}

/* ELB-ALG-02, -03: the next in turn, or one of those with the fewest. */
static void expect_pick(const struct park *park, const struct ledger_of *naive,
                        const r53_selection *s)
{
    int group = atoi(s->target_group_arn + 1), zone = zone_number(s->availability_zone);
    int32_t algorithm = park->groups[group].algorithm;
    int last = naive->cursors[zone][group] - 1, least = 1000, next = -1, first = -1;

    for (int i = 0; i < park->groups[group].n; i++) {
        if (!park_is_eligible(park, group, i, zone))
            continue;
        first = first < 0 ? i : first;
        next = next < 0 && i > last ? i : next;
        least = naive->counts[group][i] < least ? naive->counts[group][i] : least;
    }
    if (algorithm == R53_ALGORITHM_LEAST_OUTSTANDING_REQUESTS)
        assert_int_equal(naive->counts[group][s->target_ordinal], least);
    else if (algorithm != R53_ALGORITHM_WEIGHTED_RANDOM && last >= 0)
        assert_int_equal(s->target_ordinal, next >= 0 ? next : first);
}

/* `state` sees every selection, `twin` only what begins and ends: they stay the same. */
static void step_run(struct park *park, struct park_world *world, struct ledger_of *naive,
                     r53_elb_state *state, r53_elb_state *twin)
{
    struct park_request request;
    r53_selection s, again;
    char a[PARK_LINE], b[PARK_LINE];

    for (int i = 0; i < 3; i++) {
        park_request_make(&request, park, 0, &park->random);
        select_one(world->view, &request, state, &s);
    }
    select_one(world->view, &request, twin, &again);
    assert_string_equal(park_selection_line(a, &s), park_selection_line(b, &again));
    if (s.outcome == R53_SELECTED_TARGET)
        expect_pick(park, naive, &s);
    expect_no_end(naive, state, &s);
    if (naive->n_live < LIVE && !park_once_in(&park->random, 3)) {
        assert_int_equal(r53_elb_begin(twin, &again), R53_OK);
        selection_begin(naive, state, &s);
    } else if (naive->n_live > 0) {
        int i = (int)park_below(&park->random, (uint32_t)naive->n_live);

        assert_int_equal(r53_elb_end(twin, &naive->live[i]), R53_OK);
        selection_end(naive, state, i);
    }
    expect_counts(naive, state);
}

static void states(void **unused)
{
    struct park park;
    struct park_world world;

    (void)unused;
    for (uint64_t seed = 1; seed <= FEW / 2; seed++) {
        struct ledger_of naive = {.n_live = 0};
        r53_elb_state *state, *twin;
        const r53_view *views[STEPS / 20 + 1];
        size_t n_views = 0;

        park_make(&park, seed, R53_LB_APPLICATION);
        park_open(&world, &park, 0);
        assert_int_equal(r53_elb_state_new(&state, NULL), R53_OK);
        assert_int_equal(r53_elb_state_new(&twin, NULL), R53_OK);
        for (int i = 0; i < STEPS; i++) {
            if (i % 20 == 19) { /* who is well changes; selections lend texts of their view */
                views[n_views++] = r53_view_retain(world.view);
                for (int j = 0; j < park.groups[i % PARK_OWN].n; j++)
                    park_ail(&park, &park.groups[i % PARK_OWN].targets[j]);
                park_look(&world, &park, 0);
            }
            step_run(&park, &world, &naive, state, twin);
        }
        while (naive.n_live > 0)
            selection_end(&naive, state, 0);
        expect_counts(&naive, state);
        r53_elb_state_free(state);
        r53_elb_state_free(twin);
        while (n_views > 0)
            r53_view_release(views[--n_views]);
        park_close(&world);
    }
}

/* Flows */

struct flow {
    char source[16];
    int32_t port;
    char target[PARK_LINE];
    int group, ordinal;
};

static void flow_select(const struct flow *flow, const r53_view *view, const r53_elb_state *state,
                        const char *zone, bool established, r53_selection *s)
{
    const r53_request request = {.size = sizeof(request),
                                 .load_balancer = "lb0",
                                 .availability_zone = zone,
                                 .source_address = flow->source,
                                 .source_port = flow->port,
                                 .tcp_sequence = 7,
                                 .seed = (uint64_t)flow->port,
                                 .established = established,
                                 .now_ms = 1000};

    *s = (r53_selection){.size = sizeof(*s)};
    assert_int_equal(r53_elb_select(view, &request, state, s, NULL), R53_OK);
}

/* ELB-NLB-06, -12, ELB-DRAIN-01, ELB-LSN-21: it stays, or is cut; it never moves. */
static void expect_flow(const struct park *park, const struct flow *flow, const r53_selection *s,
                        int zone)
{
    int32_t health = park->groups[flow->group].targets[flow->ordinal].state;
    bool cut = health == R53_TARGET_UNUSED ||
               (health == R53_TARGET_UNHEALTHY && !park_fails_open(park, flow->group, zone));
    char end[PARK_LINE];

    if (cut) {
        if (s->outcome != R53_SELECTED_RESET)
            fail_msg("a flow to %s, state %d, ends at %s", flow->target, (int)health,
                     park_end(end, s));
        return;
    }
    assert_string_equal(park_end(end, s), flow->target);
    assert_int_equal(s->flow_known, 1);
}

static void flows_stay(void **unused)
{
    struct park park;
    struct park_world world;

    (void)unused;
    for (uint64_t seed = 1; seed <= FEW; seed++) {
        struct flow flows[40];
        r53_elb_state *state;
        r53_selection s;
        size_t n = 0;
        int zone = 0;

        park_make(&park, seed, R53_LB_NETWORK);
        park.balancers[0].state = R53_LB_ACTIVE;
        memset(park.balancers[0].shifted, 0, sizeof(park.balancers[0].shifted));
        while (park.balancers[0].addresses[zone] == 0)
            zone++;
        park_open(&world, &park, 0);
        assert_int_equal(r53_elb_state_new(&state, NULL), R53_OK);
        for (int i = 0; i < 40; i++) {
            struct flow *flow = &flows[n];

            snprintf(flow->source, sizeof(flow->source), "10.0.0.%d", i % 7);
            flow->port = 1024 + i;
            flow_select(flow, world.view, state, zones[zone], false, &s);
            if (s.outcome != R53_SELECTED_TARGET)
                continue;
            flow->group = atoi(s.target_group_arn + 1);
            flow->ordinal = s.target_ordinal;
            park_end(flow->target, &s);
            assert_int_equal(r53_elb_begin(state, &s), R53_OK);
            n++;
        }
        for (int round = 0; round < 10; round++) {
            for (int g = 0; g < PARK_OWN; g++) {
                for (int i = 0; i < park.groups[g].n; i++)
                    park_ail(&park, &park.groups[g].targets[i]);
            }
            park_look(&world, &park, 0);
            for (size_t i = 0; i < n; i++) {
                flow_select(&flows[i], world.view, state, zones[zone], true, &s);
                expect_flow(&park, &flows[i], &s, zone);
            }
        }
        r53_elb_state_free(state);
        park_close(&world);
    }
}

/* Wildcards */

static void wildcards(void **unused)
{
    static const char pattern_letters[] = "aAb*?*", text_letters[] = "aAbB";
    uint64_t random = 5;
    struct memory memory;
    uint32_t matched = 0;

    (void)unused;
    assert_int_equal(r53__memory_init(&memory, NULL), R53_OK);
    for (int i = 0; i < 40000; i++) {
        char pattern[9] = {0}, text[9] = {0};
        bool ignore = park_once_in(&random, 2), result;
        struct pattern made;
        struct arena arena;

        for (uint32_t j = park_below(&random, 9); j > 0; j--)
            pattern[j - 1] = pattern_letters[park_below(&random, 6)];
        for (uint32_t j = park_below(&random, 9); j > 0; j--)
            text[j - 1] = text_letters[park_below(&random, 4)];
        r53__arena_init(&arena, &memory);
        assert_true(r53__pattern_make(&made, &arena, pattern, ignore ? PATTERN_IGNORE_CASE : 0));
        result = r53__wildcard_match(&made, r53__span(text));
        r53__arena_free(&arena);
        matched += result;
        if (result != park_matches(pattern, text, ignore))
            fail_msg("\"%s\" against \"%s\": %d", pattern, text, result);
    }
    assert_in_range(matched, 4000, 36000);
}

int main(void)
{
    struct CMUnitTest tests[16];
    size_t n = 0;

    ADD_TEST(tests, n, "ELB-DNS-20 ELB-DNS-30 ELB-R53-06 ELB-R53-08 nodes in DNS and alias health",
             dns_and_health);
    ADD_TEST(tests, n, "ELB-XZ-04 ELB-FO-02 ELB-FO-06 ELB-SHIFT-03 eligible targets",
             eligible_sets);
    ADD_TEST(tests, n, "ELB-ALB-SEL-01 selections end where they may", selections);
    ADD_TEST(tests, n, "ELB-ALB-RULE-01 ELB-ALB-RULE-10 the first rule that holds", rule_order);
    ADD_TEST(tests, n, "T41 the order of an import moves no selection", order_of_import);
    ADD_TEST(tests, n, "another load balancer moves no selection", another_balancer);
    ADD_TEST(tests, n, "a rule behind the one that matches moves no selection", rule_behind);
    ADD_TEST(tests, n, "ELB-FO-07 another group moves no selection", another_group);
    ADD_TEST(tests, n, "T60 ELB-MATH-09 outcomes have the shares that are published",
             outcome_shares);
    ADD_TEST(tests, n, "T60 ELB-MATH-09 and seeds follow them", sampled_shares);
    ADD_TEST(tests, n, "ELB-ALG-02 ELB-ALG-03 what begins and ends is what a state holds", states);
    ADD_TEST(tests, n, "ELB-NLB-06 ELB-NLB-12 ELB-DRAIN-01 flows stay or are cut", flows_stay);
    ADD_TEST(tests, n, "ELB-ALB-COND-01 ELB-ALB-COND-03 wildcards as by recursion", wildcards);
    return RUN_TESTS("elb_properties", tests, n);
}
