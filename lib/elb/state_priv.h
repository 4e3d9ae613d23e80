/*
 * Inside of a state, for the files that read and change it.
 *
 *   cursor       load balancer, zone, group [, port]   ordinal of the last pick
 *   outstanding  load balancer, group, ordinal         requests in progress; none: no entry
 *   shelf        load balancer, group                  its queues, one a set of targets
 *   flow         load balancer, zone, flow             group and ordinal of its target (*)
 *   binding      load balancer, port, source           target group
 *
 * (*) where that is a load balancer: the zone of its node, and the requests in progress on the
 * connection, besides.
 */
#ifndef R53_LIB_ELB_STATE_PRIV_H
#define R53_LIB_ELB_STATE_PRIV_H

#include "elb/ledger.h"
#include "elb/state.h"

enum entry_kind { CURSOR = 1, OUTSTANDING, SHELF, FLOW, BINDING };

/* More zones than a Region has; one more target set pushes out the oldest. */
enum { SHELF_SIZE = 8 };

/* The queues of one group. */
struct shelf {
    struct queue *queues[SHELF_SIZE];
    uint32_t next; /* place of the next one */
};

struct r53_elb_state {
    struct memory memory;
    struct names names;
    struct ledger ledger;
    struct shelf *shelves; /* by the value of their entry */
    size_t n_shelves, shelves_capacity;
};

/*
 * The key of an entry at the load balancer, the zone and the group, NULL where the kind has none;
 * kind 0 if one of the names is not known, and so nothing under it.
 */
struct ledger_key r53__elb_state_key(const r53_elb_state *state, enum entry_kind kind,
                                     const char *lb, const char *zone, const char *group);

/* Only the source of a flow is bound. */
struct flow_id r53__elb_state_source(const struct flow_id *flow);

/* Requests in progress by their entry; NULL: none. */
uint32_t r53__elb_state_requests(const struct ledger_entry *entry);

/* The queue for just these targets, or NULL. */
struct queue *r53__elb_shelf_queue(const struct shelf *shelf, uint64_t scope_key);

#endif
