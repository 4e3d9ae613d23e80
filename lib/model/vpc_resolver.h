/*
 * What is known of VPCs and the rules of their resolvers, sealed. An association is an object of
 * its own, since AWS lists them apart from the rules, in any order.
 */
#ifndef R53_LIB_MODEL_VPC_RESOLVER_H
#define R53_LIB_MODEL_VPC_RESOLVER_H

#include <r53/vpc_resolver.h>

#include "base/table.h"
#include "dns/name.h"

#include <r53/report.h>

/* By VPC id. */
struct vpc_dns {
    struct object head;
    const char *vpc_id;
    int32_t support, hostnames; /* enum r53_option; DEFAULT: not known, so on */
};

/* By rule id. */
struct resolver_rule {
    struct object head;
    const char *id;
    struct name name; /* length 0: none */
    int32_t type;     /* enum r53_resolver_rule_type */
};

/* By VPC id, line feed, rule id. */
struct rule_association {
    struct object head;
    const char *vpc_id, *rule_id;
};

/*
 * Settings with what `said` leaves open taken from `old`, which may be NULL. R53_OK, R53_E_INVALID
 * (told), R53_E_NOMEM (told).
 */
int32_t r53__vpc_dns_new(struct vpc_dns **out, const struct memory *memory, const r53_vpc_dns *said,
                         const struct vpc_dns *old, r53_report *report);

/* R53_OK, R53_E_INVALID (told), R53_E_NOMEM (told). */
int32_t r53__resolver_rule_new(struct resolver_rule **out, const struct memory *memory,
                               const r53_resolver_rule *said, r53_report *report);

/* NULL: no memory. */
struct rule_association *r53__rule_association_new(const struct memory *memory, const char *vpc_id,
                                                   const char *rule_id);

#endif
