/*
 * What rules are compared with: a request as one load balancer sees it. The host depends on the
 * load balancer, for a request without one (ELB-ALB-COND-12), and so do the headers that count
 * (ELB-ALB-COND-32); the rest is the parsed request.
 */
#ifndef R53_LIB_ELB_SUBJECT_H
#define R53_LIB_ELB_SUBJECT_H

#include "dns/name.h"
#include "elb/select.h"

struct subject {
    const struct elb_request *request;
    struct span host_header; /* as sent, port included */
    struct span host;        /* without port */
    bool drop_invalid_headers, host_values_port;
    char generated[NAME_TEXT_MAX]; /* the load balancer's name, if the client says no host */
};

/* Fills in place: spans may point into the subject itself, so it is not copied. */
void r53__subject_make(struct subject *subject, const struct elb_input *input, int32_t fleet);

/*
 * The value, trimmed, of the next header of this name from `*at` on, which is moved behind it.
 * false: there is none left.
 */
bool r53__header_next(const struct subject *subject, struct span name, uint32_t *at,
                      struct span *value);

/* Does the request's first header of this name begin with this? Case does not count. */
bool r53__header_begins(const struct subject *subject, struct span name, struct span prefix);

/* gRPC is a use of HTTP/2, told by the content type (ELB-ALB-ERR-464T). */
bool r53__subject_is_grpc(const struct subject *subject);

#endif
