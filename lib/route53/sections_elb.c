/*
 * What load balancers have in an answer: under the name of an alias, and under their own names,
 * which ELB's DNS answers and no hosted zone.
 */
#include "route53/sections_priv.h"

#include "base/events.h"
#include "base/rules.h"
#include "route53/nodes.h"

/*
 * The SOA beside what a load balancer's own name does not have. AWS documents none; its shape is
 * that of Route 53's zones (R53-ZONE-03), with the TTL of the addresses, 60 seconds, as the
 * minimum. The name server is made up: the true ones differ by Region.
 */
static const uint8_t own_soa[] = "\4ns-0\11awsdns-00\3com\0"
                                 "\21awsdns-hostmaster\6amazon\3com\0"
                                 "\0\0\0\1"    /* serial */
                                 "\0\0\34\40"  /* refresh 7200 */
                                 "\0\0\3\204"  /* retry 900 */
                                 "\0\22\165\0" /* expire 1209600 */
                                 "\0\0\0\74";  /* minimum 60 */

/* Node addresses of the asked family: at most eight, in random order (R53-ELB-04 .. -06). */
static void put_nodes(struct writing *w)
{
    const struct fleet *fleet = &w->input->view->fleets[w->route->target];
    struct draw draw = {.seed = w->input->query->seed};
    struct nodes_answer nodes = r53__route_nodes(w->input, w->route, &draw);
    uint32_t n = nodes.addresses.n < ORDER_MAX ? nodes.addresses.n : ORDER_MAX;
    uint32_t most = w->input->view->choices.max_dns_answers;

    r53__put_addresses(w, nodes.addresses.octets, fleet->key, n, most);
    r53__route_nodes_trace(w->input, w->route, &nodes);
    r53__trace(w->input->trace, n ? RULE_R53_ELB_04 : RULE_R53_ELB_03,
               n ? EVENT_ANSWER_NODES : EVENT_ANSWER_EMPTY, w->route->target,
               (int32_t)(n < most ? n : most), 0, 0);
}

/* R53-VIEW-01: the load balancer's name, as a CNAME tells one. */
static void put_name(struct writing *w)
{
    struct name name = w->input->view->fleets[w->route->target].lb->dns_name;

    r53__answer_begin(w, R53_TYPE_CNAME, ALIAS_TTL);
    r53__answer_value(w, name.octets, name.length);
    r53__target_remember(w, R53_TYPE_CNAME, (struct rdata){name.octets, (uint16_t)name.length});
    r53__trace(w->input->trace, RULE_R53_VIEW_01, EVENT_ANSWER_NAME, w->route->target, 0, 0, 0);
}

void r53__put_load_balancer(struct writing *w)
{
    if (w->input->query->telling == R53_ALIAS_AS_NAME)
        put_name(w);
    else
        put_nodes(w);
}

/* The addresses of one family, as if that had been asked. */
static void put_family(struct writing *w, uint16_t type)
{
    const struct route_input *whole = w->input;
    struct route_query query = *whole->query;
    struct route_input input = {whole->view, &query, whole->trace};

    query.type = type;
    w->input = &input;
    put_nodes(w);
    w->input = whole;
}

void r53__put_own_name(struct writing *w)
{
    if (w->input->query->type != R53_TYPE_ANY) {
        put_nodes(w);
        return;
    }
    put_family(w, R53_TYPE_A); /* R53-DNS-14 */
    if (!w->options.single_any || w->n_answers == 0)
        put_family(w, R53_TYPE_AAAA);
}

void r53__beside_own_soa(struct writing *w)
{
    struct name lb = w->input->view->fleets[w->route->target].lb->dns_name;
    struct rrset rrset = {R53_SECTION_AUTHORITY, R53_TYPE_SOA, ALIAS_TTL, r53__name_parent(lb),
                          false};

    w->sink->begin(w->sink, &rrset);
    w->sink->value(w->sink, own_soa, sizeof(own_soa) - 1);
}
