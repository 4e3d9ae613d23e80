/*
 * The ELB target selector as a chain of stages over one small comparable state. Both drivers use
 * it: sampling runs the chain once, enumerating runs each stage for each distinct state.
 *
 *   NODE ──► LISTENER ──► ACTION ──► GROUP ──► TARGET ──► DONE
 *   (any stage may end the chain with an outcome)
 */
#ifndef R53_LIB_ELB_SELECT_H
#define R53_LIB_ELB_SELECT_H

#include <r53/elb.h>

#include "base/draw.h"
#include "base/trace.h"
#include "net/address.h"
#include "view/view.h"

enum elb_stage { ELB_NODE, ELB_LISTENER, ELB_ACTION, ELB_GROUP, ELB_TARGET, ELB_DONE };

/* Zero-initialise before filling: compared with memcmp. Indices -1: none. */
struct elb_choice {
    int32_t stage; /* enum elb_stage: what runs next */
    int32_t fleet, node, listener, action, pool, target;
    int32_t outcome; /* enum r53_selection_outcome, 0 while running */
    int32_t status, matched_priority, rule;
    int32_t fail_open;
};

/* A request, parsed and checked. */
struct elb_request {
    struct address source; /* family 0: not known */
    int32_t protocol, port, source_port;
    uint32_t tcp_sequence;
    uint64_t seed;
    const char *load_balancer;     /* "" : not said */
    const char *availability_zone; /* "" : to be drawn */
    const char *method, *url;
};

struct elb_input {
    const r53_view *view;
    const struct elb_request *request;
    const r53_elb_state *state; /* NULL: stateless */
    r53_trace *trace;           /* NULL: off */
};

/* Checks the public struct; NULL gives all defaults. R53_OK or R53_E_INVALID. */
int32_t r53__elb_request_parse(struct elb_request *out, const r53_request *in);

/* The choice at the start: fleet set, all else open. `node` -1: the NODE stage draws it. */
void r53__elb_choice_init(struct elb_choice *choice, int32_t fleet, int32_t node);

/* Runs the next stage. R53_OK, R53_E_UNSUPPORTED. At most one draw. */
int32_t r53__elb_step(const struct elb_input *input, struct elb_choice *choice, struct draw *draw);

/* Runs all that are left. */
int32_t r53__elb_run(const struct elb_input *input, struct elb_choice *choice, struct draw *draw);

/* Fills the public struct (texts lent from the view). false: its size is wrong. */
bool r53__elb_describe(const r53_view *view, const struct elb_choice *choice, r53_selection *out);

#endif
