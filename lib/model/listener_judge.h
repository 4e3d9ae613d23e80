/*
 * The change door's judgement on a listener: by itself, beside the load balancer's other listeners,
 * and with what it and its rules forward to.
 */
#ifndef R53_LIB_MODEL_LISTENER_JUDGE_H
#define R53_LIB_MODEL_LISTENER_JUDGE_H

#include "model/cloud.h"
#include "model/listener.h"
#include "model/load_balancer.h"

struct listener_case {
    const r53_cloud *cloud;
    const struct listener *listener; /* as it is to be */
    const struct load_balancer *lb;
    const char *id; /* that it stands under */
    r53_report *report;
};

/*
 * Before it is staged; the default actions of `in` are judged if it has any, or `created`. R53_OK,
 * R53_E_INVALID (told). ELB-LSN-01 .. -03, -07, -11, ELB-TLS-07, -08.
 */
int32_t r53__listener_judge(const struct listener_case *c, const r53_listener *in, bool created);

/*
 * When it is staged: what it forwards to, its rules too, and quotas. R53_OK, R53_E_INVALID,
 * R53_E_NOT_FOUND, R53_E_LIMIT, R53_E_NOMEM (told).
 */
int32_t r53__listener_judge_staged(const struct listener_case *c);

/*
 * Another listener of the load balancer on this port, also one that is staged; NULL: none.
 * O(listeners of the cloud).
 */
const struct listener *r53__port_holder(const struct listener_case *c);

#endif
