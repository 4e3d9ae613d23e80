#include "view/fleet.h"

#include "base/hash.h"
#include "base/report.h"
#include "base/rules.h"
#include "base/sort.h"
#include "view/balance.h"
#include "view/fleet_nodes.h"
#include "view/pool.h"
#include "view/zone_health.h"

#include <string.h>

/* A fleet in the making, with what is still written to. */
struct fleet_draft {
    struct fleet *fleet;
    struct arena *arena;
    const struct fleet_input *input;
    struct fleet_node *nodes;  /* the fleet's own */
    struct pool *pools;        /* the fleet's own */
    struct pool_draft *drafts; /* one a pool */
};

/* Listeners and pools */

/* The key first: most ARNs of one account begin alike. */
int32_t r53__fleet_pool_find(const struct fleet *fleet, const char *arn)
{
    uint64_t key = r53__hash_text(arn, 0);

    for (uint32_t i = 0; i < fleet->n_pools; i++) {
        if (fleet->pools[i].key == key && strcmp(fleet->pools[i].group->arn, arn) == 0)
            return (int32_t)i;
    }
    return -1;
}

/* Index of the pool of the group, made if need be; -1: no such group is known. */
static int32_t pool_bind(struct fleet_draft *draft, const char *arn)
{
    struct fleet *fleet = draft->fleet;
    const struct target_group *group;
    int32_t index = r53__fleet_pool_find(fleet, arn);

    if (index >= 0)
        return index;
    group = r53__table_find(&draft->input->cloud->tables[CLOUD_TARGET_GROUPS], r53__span(arn));
    if (!group)
        return -1;
    index = (int32_t)fleet->n_pools;
    draft->drafts[index].pool = &draft->pools[index];
    if (!r53__pool_resolve(&draft->drafts[index], draft->arena, fleet, draft->input, group))
        return -1;
    fleet->n_pools++;
    return index;
}

static void group_bind(struct fleet_draft *draft, const struct listener *listener,
                       const struct forward_target *to, int32_t *pool)
{
    *pool = pool_bind(draft, to->target_group_arn);
    if (*pool < 0 && !draft->arena->failed)
        r53__remark(draft->input->report,
                    &(struct remark){.severity = R53_SEVERITY_WARNING,
                                     .code = R53_E_NOT_FOUND,
                                     .rule = RULE_ELB_JSON_11,
                                     .format = "a listener of '{0}' forwards to the target group "
                                               "'{1}', which is not known",
                                     .args = {listener->load_balancer_arn, to->target_group_arn}});
}

static void action_bind(struct fleet_draft *draft, const struct listener *listener,
                        const struct action *action, struct fleet_action *out)
{
    int32_t *pools = r53__arena_alloc(draft->arena, action->n_groups, sizeof(*pools));
    uint32_t *cumulative = r53__arena_alloc(draft->arena, action->n_groups, sizeof(*cumulative));
    uint32_t sum = 0; /* the model keeps it within 32 bits */

    for (uint32_t i = 0; i < action->n_groups && !draft->arena->failed; i++) {
        sum += action->groups[i].weight;
        cumulative[i] = sum;
        group_bind(draft, listener, &action->groups[i], &pools[i]);
    }
    *out = (struct fleet_action){action, pools, cumulative};
}

static bool asks_provider(const struct action *action)
{
    return action->type == R53_ACTION_AUTHENTICATE_OIDC ||
           action->type == R53_ACTION_AUTHENTICATE_COGNITO;
}

/* `out` has its rule, its actions as sealed, their number and its key. */
static void rule_bind(struct fleet_draft *draft, struct fleet_listener *listener,
                      struct fleet_rule *out)
{
    struct fleet_action *actions = r53__arena_alloc(draft->arena, out->n_actions, sizeof(*actions));

    for (uint32_t i = 0; i < out->n_actions && !draft->arena->failed; i++) {
        action_bind(draft, listener->listener, &out->taken[i], &actions[i]);
        listener->authenticates = listener->authenticates || asks_provider(&out->taken[i]);
    }
    out->actions = actions;
}

static int listener_compare(const void *a, const void *b)
{
    const struct listener *x = a, *y = b;

    if (x->port != y->port)
        return x->port < y->port ? -1 : 1;
    if (x->protocol != y->protocol)
        return x->protocol < y->protocol ? -1 : 1;
    return strcmp(x->arn, y->arn);
}

/* A default rule describes the listener's default action again; it counts where that is missing. */
static struct fleet_rule otherwise_of(const struct fleet_listener *listener,
                                      const struct rule *rule)
{
    struct fleet_rule otherwise = {.rule = rule,
                                   .taken = listener->listener->actions,
                                   .n_actions = listener->listener->n_actions,
                                   .key = listener->key};

    if (rule && otherwise.n_actions == 0) {
        otherwise.taken = rule->actions;
        otherwise.n_actions = rule->n_actions;
    }
    return otherwise;
}

/* ELB-ALB-RULE-01: by priority; the default rule, whose number is the lowest, comes last. */
static void rules_bind(struct fleet_draft *draft, struct rule_list said,
                       struct fleet_listener *out)
{
    const struct rule *by_default = NULL;
    struct fleet_rule *rules;

    while (said.n > 0 && said.at[0]->priority == PRIORITY_DEFAULT) {
        by_default = said.at[0];
        said.at++;
        said.n--;
    }
    rules = r53__arena_alloc(draft->arena, said.n, sizeof(*rules));
    for (uint32_t i = 0; i < said.n && !draft->arena->failed; i++) {
        rules[i] = (struct fleet_rule){.rule = said.at[i],
                                       .taken = said.at[i]->actions,
                                       .n_actions = said.at[i]->n_actions,
                                       .key = r53__hash_text(said.at[i]->arn, 0)};
        rule_bind(draft, out, &rules[i]);
    }
    out->rules = rules;
    out->n_rules = said.n;
    out->otherwise = otherwise_of(out, by_default);
    rule_bind(draft, out, &out->otherwise);
}

static void listener_bind(struct fleet_draft *draft, const struct listener *listener,
                          struct fleet_listener *out)
{
    out->listener = listener;
    out->key = listener->arn[0] ? r53__hash_text(listener->arn, 0)
                                : r53__mix2(draft->fleet->key, (uint64_t)listener->port);
    rules_bind(draft, r53__rule_index_find(draft->input->rules, listener->arn), out);
}

static size_t groups_of(const struct action *actions, uint32_t n_actions)
{
    size_t n = 0;

    for (uint32_t i = 0; i < n_actions; i++)
        n += actions[i].n_groups;
    return n;
}

/* At most so many pools can come out; false: more than an index can tell. */
static bool pools_bound(const struct fleet_input *input, size_t *n)
{
    *n = 1; /* a Classic load balancer's own */
    for (uint32_t i = 0; i < input->n_listeners; i++) {
        const struct listener *listener = input->listeners[i];
        struct rule_list rules = r53__rule_index_find(input->rules, listener->arn);

        *n += groups_of(listener->actions, listener->n_actions);
        for (uint32_t j = 0; j < rules.n; j++)
            *n += groups_of(rules.at[j]->actions, rules.at[j]->n_actions);
    }
    return *n <= INT32_MAX;
}

static void listeners_bind(struct fleet_draft *draft)
{
    const struct fleet_input *input = draft->input;
    struct fleet *fleet = draft->fleet;
    const void **order = r53__arena_alloc(draft->arena, input->n_listeners, sizeof(*order));
    struct fleet_listener *listeners =
        r53__arena_alloc(draft->arena, input->n_listeners, sizeof(*listeners));
    size_t n_pools;

    if (!pools_bound(input, &n_pools))
        draft->arena->failed = true;
    if (draft->arena->failed)
        return;
    draft->pools = r53__arena_alloc(draft->arena, n_pools, sizeof(*draft->pools));
    draft->drafts = r53__arena_alloc(draft->arena, n_pools, sizeof(*draft->drafts));
    fleet->pools = draft->pools;
    for (uint32_t i = 0; i < input->n_listeners; i++)
        order[i] = input->listeners[i];
    r53__sort(order, input->n_listeners, listener_compare);
    if (fleet->lb->type == R53_LB_CLASSIC && !draft->arena->failed)
        pool_bind(draft, fleet->lb->arn); /* instances belong to it, not to a listener */
    for (uint32_t i = 0; i < input->n_listeners && !draft->arena->failed; i++)
        listener_bind(draft, order[i], &listeners[i]);
    fleet->listeners = listeners;
    fleet->n_listeners = input->n_listeners;
}

/* Zones and DNS */

static void zones_judge(struct fleet_draft *draft)
{
    struct fleet *fleet = draft->fleet;

    for (uint32_t i = 0; i < fleet->n_pools; i++) {
        r53__pool_count(&draft->drafts[i], fleet->n_nodes);
        for (uint32_t j = 0; j < fleet->n_nodes; j++)
            draft->drafts[i].verdicts[j] =
                r53__pool_verdict(&fleet->pools[i], &fleet->pools[i].scopes[j]);
    }
    for (uint32_t j = 0; j < fleet->n_nodes; j++)
        draft->nodes[j].healthy = r53__zone_healthy(fleet, j, &draft->input->cloud->choices);
}

/* Zones of `fleet` that stay in DNS; with `shifts` the shifted ones do not (ELB-DNS-20, -32). */
static uint32_t zones_mark(struct fleet_draft *draft, bool shifts)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < draft->fleet->n_nodes; i++) {
        struct fleet_node *node = &draft->nodes[i];

        node->in_dns = node->healthy && !node->impaired && !(shifts && node->shifted);
        n += node->in_dns;
    }
    return n;
}

static bool any_shifted(const struct fleet *fleet)
{
    for (uint32_t i = 0; i < fleet->n_nodes; i++) {
        if (fleet->nodes[i].shifted)
            return true;
    }
    return false;
}

/*
 * ELB-SHIFT-06: what counts is whether the load balancer fails open *already*, without the shift;
 * only then the shift moves nothing, neither in DNS nor among the targets.
 */
static void dns_settle(struct fleet_draft *draft)
{
    struct fleet *fleet = draft->fleet;
    uint32_t n;

    zones_judge(draft);
    n = zones_mark(draft, false);
    fleet->shift_inert = n == 0 && any_shifted(fleet);
    if (n > 0 && any_shifted(fleet)) {
        for (uint32_t i = 0; i < fleet->n_pools; i++)
            r53__pool_shift(&draft->drafts[i], fleet);
        zones_judge(draft);
        n = zones_mark(draft, true);
    }
    if (n > 0 || fleet->n_nodes == 0)
        return;
    fleet->dns_fail_open = true; /* ELB-DNS-21 */
    for (uint32_t i = 0; i < fleet->n_nodes; i++)
        draft->nodes[i].in_dns = true;
}

/* ELB-LB-47: of groups of which one is not known, none can turn a packet away. */
static void security_groups_bind(struct fleet_draft *draft)
{
    const struct load_balancer *lb = draft->input->lb;
    const struct table *known = &draft->input->cloud->tables[CLOUD_SECURITY_GROUPS];
    const struct security_group **groups =
        r53__arena_alloc(draft->arena, lb->n_security_groups, sizeof(*groups));
    uint32_t n = 0;

    while (groups && n < lb->n_security_groups) {
        groups[n] = r53__table_find(known, r53__span(lb->security_groups[n]));
        if (!groups[n++])
            return;
    }
    draft->fleet->security_groups = groups;
    draft->fleet->n_security_groups = n;
}

bool r53__fleet_prepare(struct fleet *fleet, struct arena *arena, const struct fleet_input *input)
{
    struct fleet_draft draft = {.fleet = fleet, .arena = arena, .input = input};
    const struct load_balancer *lb = input->lb;

    *fleet = (struct fleet){.lb = lb, .key = r53__hash_text(lb->arn, 0)};
    /* ELB-LB-04 */
    fleet->serves = lb->state == R53_LB_ACTIVE || lb->state == R53_LB_ACTIVE_IMPAIRED;
    draft.nodes = r53__fleet_nodes_make(fleet, arena, input);
    if (!arena->failed)
        listeners_bind(&draft);
    if (!arena->failed)
        security_groups_bind(&draft);
    if (arena->failed)
        return false;
    dns_settle(&draft);
    for (uint32_t i = 0; i < fleet->n_pools; i++) {
        if (!r53__pool_list(&draft.drafts[i], arena, fleet, &input->cloud->choices) ||
            !r53__pool_balance(&draft.drafts[i], arena, input, fleet->n_nodes))
            return false;
    }
    fleet->healthy = r53__fleet_healthy(fleet, &input->cloud->choices);
    return r53__fleet_addresses_list(fleet, draft.nodes, arena);
}
