/*
 * A fleet: a load balancer with everything that answering needs worked out once, when a view is
 * made: its nodes with their addresses, which zones are in DNS, its listeners with their target
 * groups bound, and for each target group and node the targets that may be used.
 *
 *   fleet ── nodes[]      one an enabled zone; in_dns, healthy, shifted
 *         ── listeners[]  by port; their forward groups bound to pools
 *         ── pools[]      the attached target groups; scopes[node] = eligible targets
 *         ── addresses[]  of all nodes in DNS, IPv4 first
 */
#ifndef R53_LIB_VIEW_FLEET_H
#define R53_LIB_VIEW_FLEET_H

#include "base/alloc.h"
#include "model/cloud.h"
#include "model/listener.h"
#include "model/load_balancer.h"
#include "model/observed.h"
#include "model/target_group.h"
#include "view/rule_index.h"

/* Why a registered target is not usable, or that it is. */
enum exclusion {
    TARGET_USABLE = 0,    /* counts in N; healthy ones in H */
    TARGET_IS_DRAINING,   /* ELB-DRAIN-01 */
    TARGET_IS_UNUSED,     /* ELB-ST-01 */
    TARGET_ZONE_DISABLED, /* ELB-LB-13 */
    TARGET_ZONE_UNKNOWN,  /* no zone said and cross-zone off: in no node's scope */
    TARGET_IS_SHIFTED,    /* ELB-SHIFT-03 */
    TARGET_IS_GONE /* its delay is over; flows that it has go on (ELB-DRAIN-04, ELB-GWLB-06) */
};

/* What stands for the zone of a target that has no node of its own. */
enum { NODE_EVERY = -1, NODE_NONE = -2 };

struct pool_target {
    const struct target *target; /* id, registration ordinal */
    const char *zone;            /* resolved: said, or the instance's; "all"; "" not known */
    const char *reason;          /* AWS's reason code or "" */
    int32_t port;                /* resolved: own, the group's, the listener's (Classic: 0) */
    int32_t state;               /* enum r53_target_state */
    int32_t exclusion;           /* enum exclusion */
    int32_t node;                /* index of its zone's node; NODE_EVERY: "all"; NODE_NONE */
    int32_t slow_age_ms;         /* in slow start since so long (ELB-SLOW-02); -1: full share */
    int32_t status_code;         /* of a failed check that the matcher did not take; 0: not known */
    uint32_t mitigation;         /* thousandths of its share that were said (ELB-ALG-08) */
    bool recovers;               /* unhealthy, though its last check passed */
    int32_t slots;               /* request slots of target optimizer (ELB-TG-12); -1: no limit */
};

/* What one node may use of one pool: eligible[first .. first + n) of the pool. */
struct scope {
    uint32_t first, n;
    uint32_t registered, healthy; /* N and H, ELB-DNS-36 */
    bool fail_open;               /* ELB-FO-02 */
    const uint32_t *cumulative;   /* weights of the eligible; NULL: all have the same (balance.h) */
    const struct pool *pool;      /* whose it is */
    uint64_t key;                 /* which targets in which order */
};

enum pool_verdict { POOL_OK, POOL_BREACH, POOL_EMPTY }; /* of a zone, ELB-DNS-30 */

struct pool {
    const struct target_group *group;  /* Classic: the load balancer's own */
    bool cross_zone;                   /* effective, ELB-XZ-01 */
    const struct pool_target *targets; /* registration order */
    uint32_t n_targets;
    const uint32_t *eligible;   /* indices of targets, ascending within a scope */
    const struct scope *scopes; /* one a node */
    const uint8_t *verdicts;    /* enum pool_verdict, one a node */
    uint64_t key;               /* hash of the group's ARN, part of draw keys */
    const void **quic;          /* struct pool_target with a QUIC server id, by it */
    uint32_t n_quic;
    const void **by_id; /* struct pool_target, by id, port and order of registration */
};

struct fleet_node {
    const char *zone_name;
    const char *zone_id;             /* "" : not known */
    const struct address *addresses; /* both families */
    uint32_t n_addresses;
    uint32_t first_ipv4, n_ipv4; /* those that DNS may publish, in DNS or not, */
    uint32_t first_ipv6, n_ipv6; /* of the fleet's `published` */
    const uint8_t *octets;       /* theirs, as answers have them: IPv4, then IPv6 */
    bool healthy;                /* its zone, as r53__zone_healthy judges */
    bool shifted, impaired;
    bool in_dns; /* its addresses are in the answer, ELB-DNS-20, -21 */
};

struct fleet_action {
    const struct action *action;
    const int32_t *pools;       /* forward: pool index a group, -1: group not known */
    const uint32_t *cumulative; /* forward: cumulative weights */
};

/* What a listener does when its conditions hold; a rule, or the default. */
struct fleet_rule {
    const struct rule *rule;            /* NULL: a default that no rule was said of */
    const struct action *taken;         /* n_actions, in order */
    const struct fleet_action *actions; /* one each */
    uint32_t n_actions;
    uint64_t key; /* part of draw keys */
};

struct fleet_listener {
    const struct listener *listener;
    const struct fleet_rule *rules; /* by priority; the default one is apart */
    struct fleet_rule otherwise;    /* ELB-LSN-04: the default rule */
    uint32_t n_rules;
    bool authenticates; /* some action asks an identity provider (ELB-ALB-ACT-43) */
    uint64_t key;       /* hash of what it is known by, part of draw keys */
};

/* The rule of this index, or the default one (-1). */
static inline const struct fleet_rule *r53__listener_rule(const struct fleet_listener *listener,
                                                          int32_t index)
{
    return index < 0 ? &listener->otherwise : &listener->rules[index];
}

/* An address of a node that is in DNS. */
struct node_address {
    const struct address *address;
    uint32_t node;
};

struct fleet {
    const struct load_balancer *lb;
    const struct fleet_node *nodes;
    const struct fleet_listener *listeners; /* by port, then protocol */
    const struct pool *pools;
    const struct node_address *addresses; /* n_ipv4 twice over, then n_ipv6 twice over */
    const struct node_address *published; /* of every node, whether it is in DNS or not */
    const uint8_t *octets; /* of `addresses`, as answers have them: one behind the other */
    const struct security_group *const *security_groups; /* all known, or none (ELB-LB-47) */
    uint32_t n_nodes, n_listeners, n_pools, n_ipv4, n_ipv6, n_security_groups;
    bool serves;        /* active or active_impaired, ELB-LB-04 */
    bool dns_fail_open; /* every zone would be left out, ELB-DNS-21 */
    bool shift_inert;   /* a zonal shift is there but moves nothing, ELB-SHIFT-06 */
    bool healthy;       /* as an alias with EvaluateTargetHealth sees it, ELB-R53-06 */
    uint64_t key;       /* hash of the ARN, part of draw keys */
};

struct fleet_input {
    const r53_cloud *cloud;
    const r53_observed *observed; /* NULL: nothing observed */
    const struct load_balancer *lb;
    const struct listener *const *listeners; /* those of this load balancer */
    uint32_t n_listeners;
    r53_report *report;             /* dangling target groups; NULL allowed */
    const struct rule_index *rules; /* of all listeners; NULL: none */
    int64_t now_ms;                 /* the view's */
};

/*
 * Works out a fleet; all arrays lie in the view's arena, all objects are borrowed from the cloud
 * (the view pins them). false: no memory (the arena's failed is set).
 */
bool r53__fleet_prepare(struct fleet *fleet, struct arena *arena, const struct fleet_input *input);

/* The addresses of one family; n 0: none. */
struct node_addresses {
    const struct node_address *at;
    const uint8_t *octets; /* of each its 4 or 16, one behind the other */
    uint32_t n;
};

/*
 * Those of the nodes in DNS; behind them they stand again. In line, as the next: for each answer of
 * a load balancer.
 */
static inline struct node_addresses r53__fleet_addresses(const struct fleet *fleet, uint8_t family)
{
    if (family == ADDRESS_IPV6)
        return (struct node_addresses){fleet->addresses + 2 * (size_t)fleet->n_ipv4,
                                       fleet->octets + 2 * (size_t)fleet->n_ipv4 * IPV4_OCTETS,
                                       fleet->n_ipv6};
    return (struct node_addresses){fleet->addresses, fleet->octets, fleet->n_ipv4};
}

/* The addresses of one family of one node, whether it is in DNS or not (ELB-DNS-35). */
static inline struct node_addresses r53__fleet_node_addresses(const struct fleet *fleet,
                                                              uint32_t node, uint8_t family)
{
    const struct fleet_node *of = &fleet->nodes[node];

    if (family == ADDRESS_IPV4)
        return (struct node_addresses){fleet->published + of->first_ipv4, of->octets, of->n_ipv4};
    if (family == ADDRESS_IPV6)
        return (struct node_addresses){fleet->published + of->first_ipv6,
                                       of->octets + (size_t)of->n_ipv4 * IPV4_OCTETS, of->n_ipv6};
    return (struct node_addresses){fleet->published, of->octets, 0};
}

/* ELB-DNS-44: does it matter which zone the client is in? */
static inline bool r53__fleet_asks_client(const struct fleet *fleet)
{
    return fleet->lb->type == R53_LB_NETWORK &&
           fleet->lb->client_routing_policy != R53_ROUTING_ANY_ZONE;
}

/* Index of the pool of this target group; -1: no listener forwards to it. O(pools). */
int32_t r53__fleet_pool_find(const struct fleet *fleet, const char *arn);

/* Index of the node of this zone name, or of this zone id; -1: the zone is not enabled. */
int32_t r53__fleet_node_named(const struct fleet *fleet, struct span zone_name);
int32_t r53__fleet_node_of_zone_id(const struct fleet *fleet, const char *zone_id);

#endif
