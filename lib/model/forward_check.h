/*
 * What AWS demands of a listener by itself, and of what it and its rules forward to. One judgement
 * for both doors: the checker says how grave a breach is.
 */
#ifndef R53_LIB_MODEL_FORWARD_CHECK_H
#define R53_LIB_MODEL_FORWARD_CHECK_H

#include "model/check.h"
#include "model/cloud.h"
#include "model/listener.h"
#include "model/load_balancer.h"
#include "model/target_group.h"

/* Sets of protocols: a bit each. */
#define PROTOCOL_BIT(protocol) (UINT32_C(1) << (protocol))
#define HTTP_BITS              (PROTOCOL_BIT(R53_PROTOCOL_HTTP) | PROTOCOL_BIT(R53_PROTOCOL_HTTPS))
#define SECURE_BITS            (PROTOCOL_BIT(R53_PROTOCOL_HTTPS) | PROTOCOL_BIT(R53_PROTOCOL_TLS))
#define UDP_BITS               (PROTOCOL_BIT(R53_PROTOCOL_UDP) | PROTOCOL_BIT(R53_PROTOCOL_TCP_UDP))
#define QUIC_BITS              (PROTOCOL_BIT(R53_PROTOCOL_QUIC) | PROTOCOL_BIT(R53_PROTOCOL_TCP_QUIC))

/* Where an action stands; no member is NULL unless it is said. */
struct forward_site {
    const char *id; /* of the listener or the rule */
    const struct load_balancer *lb;
    const struct listener *listener;
};

/* Is the listener's protocol among these? */
bool r53__listener_speaks(const struct listener *listener, uint32_t bits);

/*
 * May the listener (NULL: not known) forward to the group by their protocols (ELB-LSN-05, -06)? A
 * group of functions has no protocol, and that of others may not have been told.
 */
bool r53__protocols_fit(const struct listener *listener, const struct target_group *group);

/* May the load balancer have the group behind it by their IP address types (ELB-IP-05)? */
bool r53__family_fits(const struct load_balancer *lb, const struct target_group *group);

/* The listener's protocol and certificates by the load balancer's kind: ELB-LSN-02, -03, -07. */
void r53__listener_check(struct checker *checker, const struct forward_site *site);

/*
 * One action and the target groups it forwards to, as far as they are known, also among what is
 * staged: ELB-LSN-07, -08, -22, -23; ELB-ALB-ACT-08; ELB-IP-06.
 */
void r53__forward_check(struct checker *checker, const r53_cloud *cloud,
                        const struct forward_site *site, const struct action *action);

#endif
