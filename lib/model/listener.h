/*
 * Listeners and their actions, sealed. A Classic listener has no actions of AWS's; it gets one
 * forward action to the load balancer's own ARN, where its instances are registered, so that
 * whoever walks listener -> group -> targets needs no second road.
 */
#ifndef R53_LIB_MODEL_LISTENER_H
#define R53_LIB_MODEL_LISTENER_H

#include <r53/listener.h>

#include "base/table.h"
#include "model/action.h"
#include "model/attribute.h"
#include "model/certificate.h"

/* ELB-TLS-07; in the order of AWS's words in listener.c. */
enum alpn_policy {
    ALPN_NONE = 1,
    ALPN_HTTP1_ONLY,
    ALPN_HTTP2_ONLY,
    ALPN_HTTP2_OPTIONAL,
    ALPN_HTTP2_PREFERRED
};

extern const struct words r53__alpn_policies;

struct listener {
    struct object head;
    const char *arn; /* "" for Classic */
    const char *load_balancer_arn;
    int32_t protocol, port;
    int32_t instance_protocol, instance_port; /* Classic, else 0 */
    const struct action *actions; /* by order; Classic: one forward to the load balancer's ARN */
    uint32_t n_actions;
    const struct certificate *certificates; /* as given */
    uint32_t n_certificates;
    int32_t alpn;   /* enum alpn_policy */
    int32_t mutual; /* enum r53_mutual_authentication */
    int32_t stickiness_type; /* Classic: enum r53_stickiness_type, 0: none */
    int32_t cookie_expiration_period_s; /* 0: the browser's session */
    const char *app_cookie_name;        /* "" : none */
    int32_t tcp_idle_timeout_seconds;   /* ELB-LB-46, of TCP listeners */
};

enum { TCP_IDLE_SECONDS = 350 }; /* ELB-LB-46: by default, and where it cannot be chosen */

/* listener_attributes.c: the table of keys; kinds are bits 1 << protocol, 0 of a Gateway's. */
extern const struct attribute_table r53__listener_attributes;
uint32_t r53__listener_kinds(const struct listener *listener);

/* A copy that may still be written to. R53_OK, R53_E_NOMEM. */
int32_t r53__listener_copy(struct listener **out, const struct memory *memory,
                           const struct listener *from);

/* Seals the spec. R53_OK, R53_E_INVALID (the report names the member), R53_E_NOMEM. */
int32_t r53__listener_new(struct listener **out, const struct memory *memory,
                          const r53_listener *in, enum door door, r53_report *report);

/*
 * `before`, no Classic one, with what `in` gives in place of its own: 0, NULL and empty lists give
 * nothing (AWS ModifyListener). Same codes.
 */
int32_t r53__listener_amend(struct listener **out, const struct memory *memory,
                            const struct listener *before, const r53_listener *in,
                            r53_report *report);

/* Are they set up alike, whatever their ARNs? */
bool r53__listener_equal(const struct listener *a, const struct listener *b);

/* Writes the id it stands under in the cloud's table: its ARN, or load balancer's ARN ":" port. */
void r53__listener_put_id(struct text *text, const struct listener *listener);

#endif
