/* From the port to the target group: listener, action, group. */
#include "elb/stages.h"

#include "base/events.h"
#include "base/rules.h"

/* Listener */

#define ON_TCP                                                                                     \
    (PROTOCOL_BIT(R53_PROTOCOL_TCP) | PROTOCOL_BIT(R53_PROTOCOL_TLS) |                             \
     PROTOCOL_BIT(R53_PROTOCOL_SSL) | PROTOCOL_BIT(R53_PROTOCOL_HTTP) |                            \
     PROTOCOL_BIT(R53_PROTOCOL_HTTPS))
#define ON_TLS (ON_TCP & ~PROTOCOL_BIT(R53_PROTOCOL_HTTP))
#define ON_UDP (PROTOCOL_BIT(R53_PROTOCOL_UDP) | PROTOCOL_BIT(R53_PROTOCOL_QUIC))

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

int32_t r53__elb_listener(const struct elb_input *input, struct elb_choice *choice,
                          struct draw *draw)
{
    const struct fleet *fleet = r53__elb_fleet(input, choice);
    int32_t protocol = input->request->protocol, port = input->request->port;

    (void)draw;
    choice->listener =
        port ? listener_find(fleet, protocol, port) : listener_default(fleet, protocol);
    if (choice->listener < 0) { /* dropped or not accepted, the outcome is the same */
        int32_t rule = fleet->lb->type == R53_LB_NETWORK ? RULE_ELB_LSN_09 : RULE_ELB_LSN_10;

        r53__trace(input->trace, rule, EVENT_LISTENER_NONE, choice->fleet, port, 0, 0);
        return r53__elb_end(choice, R53_SELECTED_NO_LISTENER, 0, rule);
    }
    r53__trace(input->trace, RULE_ELB_LSN_01, EVENT_LISTENER_CHOSEN, choice->fleet,
               choice->listener, 0, 0);
    choice->stage = ELB_ACTION;
    return R53_OK;
}

/* Action */

static const struct fleet_listener *listener_of(const struct elb_input *input,
                                                const struct elb_choice *choice)
{
    return &r53__elb_fleet(input, choice)->listeners[choice->listener];
}

static int32_t forward_run(const struct elb_input *input, struct elb_choice *choice,
                           const struct action *action)
{
    r53__trace(input->trace, RULE_ELB_LSN_04, EVENT_ACTION_FORWARD, (int32_t)action->n_groups, 0, 0,
               0);
    choice->stage = ELB_GROUP;
    return R53_OK;
}

/* The first number of "HTTP_301" or "404"; 0: none. */
static int32_t status_of(const char *code)
{
    int32_t status = 0;

    while (code && *code && (*code < '0' || *code > '9'))
        code++;
    for (; code && *code >= '0' && *code <= '9' && status < 1000; code++)
        status = status * 10 + (*code - '0');
    return status;
}

static int32_t redirect_run(const struct elb_input *input, struct elb_choice *choice,
                            const struct action *action)
{
    int32_t status = status_of(action->status_code);

    r53__trace(input->trace, RULE_ELB_ALB_ACT_01, EVENT_ACTION_REDIRECT, status, 0, 0, 0);
    return r53__elb_end(choice, R53_SELECTED_REDIRECT, status, RULE_ELB_ALB_ACT_01);
}

static int32_t fixed_response_run(const struct elb_input *input, struct elb_choice *choice,
                                  const struct action *action)
{
    int32_t status = status_of(action->status_code);

    r53__trace(input->trace, RULE_ELB_ALB_ACT_01, EVENT_ACTION_FIXED, status, 0, 0, 0);
    return r53__elb_end(choice, R53_SELECTED_FIXED_RESPONSE, status, RULE_ELB_ALB_ACT_01);
}

/* What each type of action does; a type without a row is not modelled. */
static const struct action_row {
    int32_t type;
    int32_t (*run)(const struct elb_input *, struct elb_choice *, const struct action *);
} action_rows[] = {
    {R53_ACTION_FORWARD, forward_run},
    {R53_ACTION_REDIRECT, redirect_run},
    {R53_ACTION_FIXED_RESPONSE, fixed_response_run},
};

int32_t r53__elb_action(const struct elb_input *input, struct elb_choice *choice, struct draw *draw)
{
    const struct listener *listener = listener_of(input, choice)->listener;

    (void)draw;
    if (listener->n_actions == 0) { /* an import only warns of it: the request goes nowhere */
        r53__trace(input->trace, RULE_ELB_LSN_04, EVENT_GROUP_UNKNOWN, choice->fleet,
                   choice->listener, 0, 0);
        return r53__elb_end(choice, R53_SELECTED_DANGLING, 0, RULE_ELB_LSN_04);
    }
    choice->action = 0;
    if (listener->arn[0])
        choice->matched_priority = 0; /* ELB-ALB-RULE-10: the default action */
    for (size_t i = 0; i < sizeof(action_rows) / sizeof(*action_rows); i++) {
        if (action_rows[i].type == listener->actions[0].type)
            return action_rows[i].run(input, choice, &listener->actions[0]);
    }
    return R53_E_UNSUPPORTED;
}

/* Group */

static int32_t group_none(const struct elb_input *input, struct elb_choice *choice)
{
    bool network = r53__elb_fleet(input, choice)->lb->type == R53_LB_NETWORK;
    int32_t rule = network ? RULE_ELB_LSN_21 : RULE_ELB_ALB_ACT_07;

    r53__trace(input->trace, rule, EVENT_GROUP_WEIGHTLESS, choice->fleet, choice->listener, 0, 0);
    return network ? r53__elb_end(choice, R53_SELECTED_NO_TARGET, 0, rule)
                   : r53__elb_end(choice, R53_SELECTED_GENERATED, 503, rule);
}

/* ELB-ALB-ACT-03, -05, ELB-LSN-21: by weight; what is behind the groups does not count (-06). */
static uint32_t group_draw(const struct fleet_listener *listener, const struct fleet_action *action,
                           struct draw *draw)
{
    uint32_t n = action->action->n_groups;

    if (n == 1)
        return 0;
    return r53__draw_weighted(draw, r53__elb_draw_key(listener->key, ELB_DRAW_GROUP),
                              action->cumulative, n);
}

int32_t r53__elb_group(const struct elb_input *input, struct elb_choice *choice, struct draw *draw)
{
    const struct fleet_listener *listener = listener_of(input, choice);
    const struct fleet_action *action = &listener->actions[choice->action];
    uint32_t total = action->cumulative[action->action->n_groups - 1], chosen;

    if (total == 0)
        return group_none(input, choice);
    chosen = group_draw(listener, action, draw);
    choice->pool = action->pools[chosen];
    choice->action = -1; /* what led to the pool does not matter any more */
    if (choice->pool < 0) {
        r53__trace(input->trace, RULE_ELB_JSON_11, EVENT_GROUP_UNKNOWN, choice->fleet,
                   choice->listener, 0, 0);
        return r53__elb_end(choice, R53_SELECTED_DANGLING, 0, RULE_ELB_JSON_11);
    }
    r53__trace(input->trace, RULE_ELB_ALB_ACT_03, EVENT_GROUP_CHOSEN, choice->fleet, choice->pool,
               (int32_t)action->action->groups[chosen].weight, (int32_t)total);
    choice->stage = ELB_TARGET;
    return R53_OK;
}
