#include "flow/chain.h"

#include <r53/outcomes.h>

#include "route53/forwarded.h"
#include "route53/nodes.h"
#include "route53/own_name.h"

void r53__chain_init(struct chain *chain)
{
    *chain = (struct chain){.part = CHAIN_ROUTE, .value = -1};
    r53__route_init(&chain->route);
    r53__elb_choice_init(&chain->elb, -1, -1);
}

static int32_t end_with(struct chain *chain, int32_t kind, int32_t rcode)
{
    chain->part = CHAIN_DONE;
    chain->kind = kind;
    chain->rcode = rcode;
    return R53_OK;
}

static int32_t rcode_of(const struct route *route)
{
    if (route->disposition == R53_DISPOSITION_NXDOMAIN)
        return R53_RCODE_NXDOMAIN;
    if (route->disposition == R53_DISPOSITION_REFUSED || r53__route_is_forwarded(route))
        return R53_RCODE_REFUSED;
    if (route->origin == R53_ORIGIN_DANGLING || route->origin == R53_ORIGIN_LOOP)
        return R53_RCODE_SERVFAIL; /* R53-DNS-19 */
    if (route->origin == R53_ORIGIN_PRIVATE_CUT)
        return R53_RCODE_SERVFAIL; /* R53-PRIV-14 */
    return R53_RCODE_NOERROR;
}

/* One of the record set's values, each as likely to be the first (R53-SIMPLE-02). */
static int32_t take_value(const struct chain_input *input, struct chain *chain, struct draw *draw)
{
    const struct zone *zone = input->route.view->zones[chain->route.zone].zone;
    const struct record_set *set = &zone->record_sets[chain->route.record];

    if (set->n_values == 0)
        return end_with(chain, R53_OUTCOME_RCODE, R53_RCODE_NOERROR);
    chain->value = (int32_t)r53__draw_uniform(draw, r53__values_key(zone, set), set->n_values);
    chain->route.hops = 0; /* however it was reached */
    return end_with(chain, R53_OUTCOME_ADDRESS, R53_RCODE_NOERROR);
}

/* One of the observed addresses of the asked family. */
static int32_t take_observed(const struct chain_input *input, struct chain *chain,
                             struct draw *draw)
{
    const struct named_addresses *named = &input->route.view->named[chain->route.target];
    const struct address_list *list = named->list;
    uint8_t family = r53__query_family(input->route.query);
    uint32_t n = 0, pick;

    for (uint32_t i = 0; i < list->n_addresses; i++)
        n += list->addresses[i].family == family;
    if (n == 0)
        return end_with(chain, R53_OUTCOME_RCODE, R53_RCODE_NOERROR);
    pick = r53__draw_uniform(draw, named->key, n);
    for (uint32_t i = 0; i < list->n_addresses; i++) {
        if (list->addresses[i].family == family && pick-- == 0)
            chain->value = (int32_t)i;
    }
    return end_with(chain, R53_OUTCOME_ADDRESS, R53_RCODE_NOERROR);
}

/*
 * One of the load balancer's node addresses of the asked family, each as likely to be the first of
 * the answer (ELB-MATH-01); the node it belongs to is what the load balancer's stages need.
 */
static int32_t take_node(const struct chain_input *input, struct chain *chain, struct draw *draw)
{
    int32_t at = chain->route.target;
    const struct fleet *fleet = &input->route.view->fleets[at];
    struct nodes_answer nodes = r53__route_nodes(&input->route, &chain->route, draw);
    uint32_t n = nodes.addresses.n, pick;

    if (input->route.query->telling == R53_ALIAS_AS_NAME) /* else the answer's writer tells it */
        r53__route_nodes_trace(&input->route, &chain->route, &nodes);
    if (nodes.nodata) /* R53-ELB-03: no address of this family */
        return end_with(chain, R53_OUTCOME_RCODE, R53_RCODE_NOERROR);
    r53__route_init(&chain->route);
    chain->part = CHAIN_ELB;
    r53__elb_choice_init(&chain->elb, at, nodes.node);
    if (n == 0 || input->elb.request->availability_zone[0])
        return R53_OK; /* no address is known, or a node was named: the NODE stage decides */
    pick = r53__draw_uniform(draw, fleet->key, n);
    r53__elb_choice_init(&chain->elb, at, (int32_t)nodes.addresses.at[pick].node);
    return R53_OK;
}

static int32_t address_step(const struct chain_input *input, struct chain *chain, struct draw *draw)
{
    chain->route.scope = 0; /* no part of an outcome: one client asks */
    if (r53__own_name_follow(&input->route, &chain->route))
        return R53_OK; /* at its nodes next */
    switch (chain->route.origin) {
    case R53_ORIGIN_RECORD:
        return take_value(input, chain, draw);
    case R53_ORIGIN_OBSERVED:
        return take_observed(input, chain, draw);
    case R53_ORIGIN_LOAD_BALANCER:
        return take_node(input, chain, draw);
    default:
        return end_with(chain, R53_OUTCOME_RCODE, rcode_of(&chain->route));
    }
}

static int32_t route_step(const struct chain_input *input, struct chain *chain, struct draw *draw)
{
    int32_t rc = r53__route_step(&input->route, &chain->route, draw);

    if (rc == R53_OK && chain->route.stage == ROUTE_DONE)
        chain->part = CHAIN_ADDRESS;
    return rc;
}

static int32_t elb_step(const struct chain_input *input, struct chain *chain, struct draw *draw)
{
    int32_t rc = r53__elb_step(&input->elb, &chain->elb, draw);

    if (rc == R53_OK && chain->elb.stage == ELB_DONE)
        return end_with(chain, R53_OUTCOME_SELECTION, R53_RCODE_NOERROR);
    return rc;
}

int32_t r53__chain_step(const struct chain_input *input, struct chain *chain, struct draw *draw)
{
    static int32_t (*const parts[])(const struct chain_input *, struct chain *, struct draw *) = {
        [CHAIN_ROUTE] = route_step,
        [CHAIN_ADDRESS] = address_step,
        [CHAIN_ELB] = elb_step,
    };

    return parts[chain->part](input, chain, draw);
}
