/*
 * Load balancers in a tree: what Route 53 makes of their health, which nodes are in DNS, and how
 * listeners and rules share requests out among target groups.
 */
#include "flow/tree.h"

#include "view/zone_health.h"

static void put_arn_tail(struct text *text, const char *arn)
{
    const char *tail = arn;

    for (; *arn; arn++)
        tail = *arn == ':' ? arn + 1 : tail;
    r53__put(text, tail);
}

static void put_load_balancer(struct text *text, const struct load_balancer *lb)
{
    r53__put(text, "load balancer ");
    if (*lb->name)
        r53__put(text, lb->name);
    else
        put_arn_tail(text, lb->arn);
}

/* What an alias that evaluates its target finds. */
static void put_health(struct text *text, const struct tree_draft *d, const struct fleet *fleet)
{
    static const char *const faults[] = {
        [FLEET_IS_HEALTHY] = "healthy to Route 53",
        [FLEET_IS_INACTIVE] = "unhealthy to Route 53: not active",
        [FLEET_IS_EMPTY] = "unhealthy to Route 53: no registered target",
        [FLEET_POOL_IS_EMPTY] = "unhealthy to Route 53: an empty target group",
        [FLEET_POOL_FAILS] = "unhealthy to Route 53: a target group fails",
    };
    uint32_t pool;

    r53__put(text, faults[r53__fleet_fault(fleet, &d->view->choices, &pool)]);
}

void r53__tree_add_balancer(struct tree_draft *d, int32_t parent, int32_t fleet, int32_t node)
{
    const struct fleet *of = &d->view->fleets[fleet];
    struct text *note = &d->note.text;

    if (node >= 0) { /* R53-ELB-11 */
        r53__tree_put_next(&d->edge.text, ", ");
        r53__put(&d->edge.text, "node in ");
        r53__put(&d->edge.text, of->nodes[node].zone_name);
    }
    put_load_balancer(&d->title.text, of->lb);
    r53__put(note, r53_load_balancer_type_name(of->lb->type));
    r53__put(note, ", ");
    r53__put(note, r53_load_balancer_state_name(of->lb->state));
    r53__put(note, ", ");
    put_health(note, d, of);
    r53__put(note, of->dns_fail_open ? ", DNS fails open" : "");
    r53__tree_add_once(d, parent, TREE_BALANCER, of->serves ? TREE_NEUTRAL : TREE_OUT,
                       (struct tree_subject){of, NULL});
}

/* Nodes */

static const char *node_word(const struct fleet *fleet, const struct fleet_node *node)
{
    if (node->in_dns && node->n_addresses == 0)
        return "in DNS, addresses not known";
    if (node->in_dns)
        return node->healthy ? "in DNS" : "in DNS, though unhealthy";
    return node->shifted    ? "not in DNS, shifted away"
           : node->impaired ? "not in DNS, impaired"
           : !fleet->serves ? "not in DNS, as the load balancer is not active"
           : !node->healthy ? "not in DNS, unhealthy"
                            : "not in DNS";
}

static void node_add(struct tree_draft *d, int32_t parent, const struct fleet *fleet,
                     const struct fleet_node *node)
{
    r53__put(&d->title.text, "node ");
    r53__put(&d->title.text, node->zone_name);
    r53__put(&d->note.text, node_word(fleet, node));
    for (uint32_t i = 0; i < node->n_addresses; i++) {
        r53__put(&d->note.text, i ? ", " : ": ");
        r53__address_put(&d->note.text, &node->addresses[i]);
    }
    r53__tree_add(d, parent, TREE_NODE, node->in_dns ? TREE_IN : TREE_OUT);
}

static void listener_add(struct tree_draft *d, int32_t parent, const struct fleet *fleet,
                         const struct fleet_listener *listener)
{
    int32_t added;

    r53__put(&d->title.text, "listener ");
    r53__put(&d->title.text, r53_protocol_name(listener->listener->protocol));
    if (listener->listener->port) { /* a Gateway's has none */
        r53__put_char(&d->title.text, ' ');
        r53__put_i64(&d->title.text, listener->listener->port);
    }
    added = r53__tree_add(d, parent, TREE_LISTENER, TREE_NEUTRAL);
    if (added >= 0)
        d->tree->nodes[added].subject = (struct tree_subject){listener, fleet};
}

void r53__tree_expand_balancer(struct tree_draft *d, int32_t node)
{
    const struct fleet *fleet = d->tree->nodes[node].subject.at;

    for (uint32_t i = 0; r53__tree_fits(d, node, i, fleet->n_nodes, "node"); i++)
        node_add(d, node, fleet, &fleet->nodes[i]);
    for (uint32_t i = 0; r53__tree_fits(d, node, i, fleet->n_listeners, "listener"); i++)
        listener_add(d, node, fleet, &fleet->listeners[i]);
}

/* Rules */

static void rule_add(struct tree_draft *d, int32_t parent, const struct fleet *fleet,
                     const struct fleet_rule *rule)
{
    int32_t added;

    if (rule->rule && rule->rule->priority != PRIORITY_DEFAULT) {
        r53__put(&d->title.text, "rule ");
        r53__put_i64(&d->title.text, rule->rule->priority);
        r53__tree_put_conditions(&d->note.text, rule->rule, &d->tree->arena);
    } else {
        r53__put(&d->title.text, "default rule");
    }
    added = r53__tree_add(d, parent, TREE_RULE, TREE_NEUTRAL);
    if (added >= 0)
        d->tree->nodes[added].subject = (struct tree_subject){rule, fleet};
}

void r53__tree_expand_listener(struct tree_draft *d, int32_t node)
{
    const struct fleet_listener *listener = d->tree->nodes[node].subject.at;
    const struct fleet *fleet = d->tree->nodes[node].subject.within;
    uint32_t n = listener->n_rules + 1; /* the default rule is the last */

    for (uint32_t i = 0; r53__tree_fits(d, node, i, n, "rule"); i++)
        rule_add(d, node, fleet,
                 i < listener->n_rules ? &listener->rules[i] : &listener->otherwise);
}

/* Actions */

/* The weight among those that a request is shared out to; nothing where there is but one. */
static void put_weight(struct text *text, const struct fleet_action *action, uint32_t i)
{
    const struct action *of = action->action;
    uint32_t n = of->n_groups, before = i ? action->cumulative[i - 1] : 0;

    if (n < 2)
        return;
    r53__put(text, "weight ");
    r53__put_u64(text, of->groups[i].weight);
    r53__put(text, ", share ");
    r53__put_u64(text, action->cumulative[i] - before);
    r53__put_char(text, '/');
    r53__put_u64(text, action->cumulative[n - 1]);
}

static void forward_add(struct tree_draft *d, int32_t parent, const struct fleet *fleet,
                        const struct fleet_action *action)
{
    uint32_t n = action->action->n_groups;

    for (uint32_t i = 0; r53__tree_fits(d, parent, i, n, "target group"); i++) {
        put_weight(&d->edge.text, action, i);
        if (action->pools[i] >= 0) {
            r53__tree_add_pool(d, parent, fleet, &fleet->pools[action->pools[i]]);
            continue;
        }
        put_arn_tail(&d->title.text, action->action->groups[i].target_group_arn);
        r53__put(&d->note.text, "the target group is not known");
        r53__tree_add(d, parent, TREE_END, TREE_OUT);
    }
}

static void action_add(struct tree_draft *d, int32_t parent, const struct fleet *fleet,
                       const struct fleet_action *action)
{
    if (action->action->type == R53_ACTION_FORWARD) {
        forward_add(d, parent, fleet, action);
        return;
    }
    r53__tree_put_action(&d->title.text, &d->note.text, action->action);
    r53__tree_add(d, parent, TREE_ACTION, TREE_NEUTRAL);
}

void r53__tree_expand_rule(struct tree_draft *d, int32_t node)
{
    const struct fleet_rule *rule = d->tree->nodes[node].subject.at;
    const struct fleet *fleet = d->tree->nodes[node].subject.within;

    for (uint32_t i = 0; r53__tree_fits(d, node, i, rule->n_actions, "action"); i++)
        action_add(d, node, fleet, &rule->actions[i]);
}
