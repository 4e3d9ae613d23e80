/*
 * The nodes of a fleet: one an enabled zone (ELB-LB-10), made before anything is judged, and what
 * DNS says of them, which is known only afterwards. Hence two calls, at the two ends of
 * r53__fleet_prepare.
 *
 * A load balancer has up to a dozen zones, so lists are walked.
 */
#ifndef R53_LIB_VIEW_FLEET_NODES_H
#define R53_LIB_VIEW_FLEET_NODES_H

#include "view/fleet.h"

/*
 * The fleet's nodes, which the caller goes on filling; NULL: no memory (the arena's failed is set).
 */
struct fleet_node *r53__fleet_nodes_make(struct fleet *fleet, struct arena *arena,
                                         const struct fleet_input *input);

/*
 * Lists the addresses by family: of the nodes in DNS, and of each node alone. `nodes` are the
 * fleet's own, judged. false: no memory (the arena's failed is set).
 */
bool r53__fleet_addresses_list(struct fleet *fleet, struct fleet_node *nodes, struct arena *arena);

#endif
