/* The listener that takes a request. */
#include "elb/stages.h"

#define ON_TCP                                                                                     \
    (PROTOCOL_BIT(R53_PROTOCOL_TCP) | PROTOCOL_BIT(R53_PROTOCOL_TLS) |                             \
     PROTOCOL_BIT(R53_PROTOCOL_SSL) | PROTOCOL_BIT(R53_PROTOCOL_HTTP) |                            \
     PROTOCOL_BIT(R53_PROTOCOL_HTTPS))
#define ON_TLS (ON_TCP & ~PROTOCOL_BIT(R53_PROTOCOL_HTTP))

/* What a listener takes: its protocol, and for the lower layers what runs on top of it. */
static const uint32_t taken_by[] = {
    [0] = 0,
    [R53_PROTOCOL_HTTP] = PROTOCOL_BIT(R53_PROTOCOL_HTTP),
    [R53_PROTOCOL_HTTPS] = PROTOCOL_BIT(R53_PROTOCOL_HTTPS),
    [R53_PROTOCOL_TCP] = ON_TCP,
    [R53_PROTOCOL_TLS] = ON_TLS,
    [R53_PROTOCOL_UDP] = ON_UDP,
    [R53_PROTOCOL_TCP_UDP] = ON_TCP | ON_UDP | PROTOCOL_BIT(R53_PROTOCOL_TCP_UDP),
    [R53_PROTOCOL_SSL] = ON_TLS,
    [R53_PROTOCOL_GENEVE] = PROTOCOL_BIT(R53_PROTOCOL_GENEVE),
    [R53_PROTOCOL_QUIC] = ON_UDP,
    [R53_PROTOCOL_TCP_QUIC] = ON_TCP | ON_UDP | PROTOCOL_BIT(R53_PROTOCOL_TCP_QUIC),
};

static bool takes(const struct listener *listener, int32_t protocol, int32_t port)
{
    return listener->port == port &&
           (protocol == 0 || (taken_by[listener->protocol] & PROTOCOL_BIT(protocol)));
}

/* ELB-LSN-01: (protocol, port); the first of the ascending list. */
static int32_t listener_find(const struct fleet *fleet, int32_t protocol, int32_t port)
{
    for (uint32_t i = 0; i < fleet->n_listeners; i++) {
        if (takes(fleet->listeners[i].listener, protocol, port))
            return (int32_t)i;
    }
    return -1;
}

/* The port that a request without one means: 80, else the lowest that takes its protocol. */
static int32_t listener_default(const struct fleet *fleet, int32_t protocol)
{
    int32_t found = listener_find(fleet, protocol, 80);

    for (uint32_t i = 0; found < 0 && i < fleet->n_listeners; i++) {
        if (takes(fleet->listeners[i].listener, protocol, fleet->listeners[i].listener->port))
            found = (int32_t)i;
    }
    return found;
}

/* Above HTTP a request is read, whether there are rules or not; below it there mostly are none. */
static bool is_read(const struct fleet_listener *listener)
{
    return listener->n_rules > 0 || listener->listener->protocol == R53_PROTOCOL_HTTP ||
           listener->listener->protocol == R53_PROTOCOL_HTTPS;
}

int32_t r53__elb_listener(const struct elb_input *input, struct elb_choice *choice,
                          struct draw *draw)
{
    const struct fleet *fleet = r53__elb_fleet(input, choice);
    /* behind a Network Load Balancer whatever listens on the target's port (ELB-NLB-17) */
    int32_t protocol = choice->port ? 0 : input->request->protocol;
    int32_t port = choice->port ? choice->port : input->request->port;

    (void)draw;
    if (fleet->lb->type == R53_LB_GATEWAY) /* ELB-GWLB-01: its only listener takes every packet */
        choice->listener = fleet->n_listeners > 0 ? 0 : -1;
    else
        choice->listener =
            port ? listener_find(fleet, protocol, port) : listener_default(fleet, protocol);
    if (choice->listener >= 0)
        port = r53__elb_listener_of(input, choice)->listener->port;
    if (!r53__elb_admitted(input, choice, port)) { /* ELB-LB-47: no listener sees it */
        choice->listener = -1;
        return r53__elb_end(choice, R53_SELECTED_DROPPED, 0, RULE_ELB_LB_47);
    }
    if (choice->listener < 0) { /* dropped or not accepted, the outcome is the same */
        int32_t rule = fleet->lb->type == R53_LB_NETWORK ? RULE_ELB_LSN_09 : RULE_ELB_LSN_10;

        r53__trace(input->trace, rule, EVENT_LISTENER_NONE, choice->fleet, port, 0, 0);
        return r53__elb_end(choice, R53_SELECTED_NO_LISTENER, 0, rule);
    }
    r53__trace(input->trace, RULE_ELB_LSN_01, EVENT_LISTENER_CHOSEN, choice->fleet,
               choice->listener, 0, 0);
    /* below HTTP there is nothing that a rule could ask for, but the source address */
    choice->stage = is_read(r53__elb_listener_of(input, choice)) ? ELB_RULE : ELB_ACTION;
    r53__elb_handshake(input, choice);
    return R53_OK;
}
