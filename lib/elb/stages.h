/*
 * The stages of the selector, one function each; which runs next is said by the choice. A stage
 * reads the view, draws at most once, and either moves the choice on or ends it.
 */
#ifndef R53_LIB_ELB_STAGES_H
#define R53_LIB_ELB_STAGES_H

#include "base/events.h"
#include "base/hash.h"
#include "base/rules.h"
#include "elb/select.h"

struct subject;

typedef int32_t elb_stage_run(const struct elb_input *input, struct elb_choice *choice,
                              struct draw *draw);

elb_stage_run r53__elb_node;     /* nodes.c */
elb_stage_run r53__elb_listener; /* listeners.c */
elb_stage_run r53__elb_rule;     /* rules.c */
elb_stage_run r53__elb_action;   /* actions.c */
elb_stage_run r53__elb_group;    /* groups.c */
elb_stage_run r53__elb_target;   /* algorithm.c */
elb_stage_run r53__elb_onward;   /* onward.c */

/* onward.c: the Application Load Balancer that is the target, if the view holds it, or -1. */
int32_t r53__elb_fleet_behind(const struct elb_input *input, const struct pool_target *target);

/* Has the choice ended at such a target? */
bool r53__elb_goes_on(const struct elb_input *input, const struct elb_choice *choice);

/* Last parts of draw keys. They never change, or seeds would yield something else. */
enum elb_draw { ELB_DRAW_NODE = 0xe1b01, ELB_DRAW_GROUP = 0xe1b02, ELB_DRAW_TARGET = 0xe1b03 };

static inline uint64_t r53__elb_draw_key(uint64_t key, enum elb_draw draw)
{
    return r53__mix2(key, (uint64_t)draw);
}

static inline const struct fleet *r53__elb_fleet(const struct elb_input *input,
                                                 const struct elb_choice *choice)
{
    return &input->view->fleets[choice->fleet];
}

/* The time of the request. */
static inline int64_t r53__elb_now(const struct elb_input *input)
{
    return input->request->now_ms ? input->request->now_ms : input->view->now_ms;
}

static inline const struct fleet_listener *r53__elb_listener_of(const struct elb_input *input,
                                                                const struct elb_choice *choice)
{
    return &r53__elb_fleet(input, choice)->listeners[choice->listener];
}

/* The rule that was matched, or the default one. */
static inline const struct fleet_rule *r53__elb_rule_of(const struct elb_input *input,
                                                        const struct elb_choice *choice)
{
    return r53__listener_rule(r53__elb_listener_of(input, choice), choice->listener_rule);
}

/* admission.c: do the security groups let the packet in? */
bool r53__elb_admitted(const struct elb_input *input, const struct elb_choice *choice,
                       int32_t port);

/* tls.c: the handshake; ends the choice if it fails. */
void r53__elb_handshake(const struct elb_input *input, struct elb_choice *choice);
/* AWS's name of what ALPN agreed on, "" for none. */
const char *r53__elb_alpn_name(int32_t alpn);

/* nodes.c: why DNS leaves the node out. */
void r53__elb_trace_left_out(r53_trace *trace, const struct fleet *fleet, int32_t index,
                             uint32_t node);

/* algorithm.c: is the target chosen by requests in progress? */
bool r53__elb_counts_requests(const struct fleet *fleet, const struct elb_choice *choice);

/* checks.c: what is refused before rules are tried; ends the choice then. */
void r53__elb_check(const struct elb_input *input, struct elb_choice *choice,
                    const struct subject *subject);

/* guards.c: actions before the last one, and the web ACL; they may end the choice. */
void r53__elb_authenticate(const struct elb_input *input, struct elb_choice *choice,
                           const struct action *action);
void r53__elb_validate_token(const struct elb_input *input, struct elb_choice *choice);
void r53__elb_callback(const struct elb_input *input, struct elb_choice *choice);
void r53__elb_web_acl(const struct elb_input *input, struct elb_choice *choice);

/* Ends the choice; R53_OK. */
static inline int32_t r53__elb_end(struct elb_choice *choice, int32_t outcome, int32_t status,
                                   int32_t rule)
{
    choice->stage = ELB_DONE;
    choice->outcome = outcome;
    choice->status = status;
    choice->rule = rule;
    return R53_OK;
}

/* Ends the choice with an answer of the load balancer's own. */
static inline void r53__elb_generate(const struct elb_input *input, struct elb_choice *choice,
                                     int32_t status, int32_t rule)
{
    r53__trace(input->trace, rule, EVENT_GENERATED, status, 0, 0, 0);
    r53__elb_end(choice, R53_SELECTED_GENERATED, status, rule);
}

/* Ends the choice likewise; `event`, with one value, tells why. */
static inline void r53__elb_refuse(const struct elb_input *input, struct elb_choice *choice,
                                   int32_t status, int32_t rule, int32_t event, int32_t value)
{
    r53__trace(input->trace, rule, event, value, 0, 0, 0);
    r53__elb_generate(input, choice, status, rule);
}

/* exchange.c: what the target, now chosen, does with the request; that may make it another end. */
void r53__elb_exchange(const struct elb_input *input, struct elb_choice *choice);
/* Ends the choice with a status that is not the target's, as its client is told. */
void r53__elb_exchange_fail(const struct elb_input *input, struct elb_choice *choice,
                            int32_t status, int32_t rule);

/* A bit a protocol, for sets of them in tables. */
#define PROTOCOL_BIT(protocol) (UINT32_C(1) << (protocol))
#define ON_UDP                 (PROTOCOL_BIT(R53_PROTOCOL_UDP) | PROTOCOL_BIT(R53_PROTOCOL_QUIC))

#endif
