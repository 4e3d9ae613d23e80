/*
 * Texts that depend on the request: where a redirect leads, and what a target sees.
 */
#ifndef R53_LIB_ELB_REDIRECT_H
#define R53_LIB_ELB_REDIRECT_H

#include "elb/rewrite.h"
#include "elb/subject.h"

enum { LOCATION_MAX = 8192 }; /* ELB-ALB-ACT-25 */

/* A request behind the transforms of the rule that took it (ELB-ALB-XFORM-02). */
struct outgoing {
    const struct listener *listener;
    const struct load_balancer *lb;
    struct rewrite host, url;
};

/*
 * R53_OK; R53_E_NOT_FOUND: a transform cannot be applied, which is a 500 (ELB-ALB-XFORM-03); or an
 * error code of the regex engine. `changed` tells which transforms matched: bits of enum
 * transform_type.
 */
int32_t r53__outgoing_make(struct outgoing *out, const struct fleet *fleet,
                           const struct listener *listener, const struct rule *rule,
                           const struct subject *subject, uint32_t *changed);

/* "https://example.com:443/a?b=1" (ELB-ALB-ACT-23) */
void r53__location_put(struct text *text, const struct outgoing *out, const struct action *action);

/*
 * What the target gets as X-Forwarded-For (ELB-LB-40, -41). R53_E_NOT_FOUND: no such header, or the
 * client's address is not known.
 */
int32_t r53__forwarded_for_put(struct text *text, const struct load_balancer *lb,
                               const struct subject *subject);

/* What the target gets as Host header (ELB-LSN-14). */
void r53__host_put(struct text *text, const struct outgoing *out);

#endif
