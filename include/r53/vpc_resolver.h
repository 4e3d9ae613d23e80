/**
 * What decides on the way from a VPC to a hosted zone: the VPC's DNS settings, and the rules of its
 * resolver (the VPC Resolver, at the ".2" address). Both are imported (<r53/import.h>) and count for
 * queries with that `vpc_id` alone; whoever asks from the internet, or names a hosted zone, is none
 * of their business.
 */
#ifndef R53_VPC_RESOLVER_H
#define R53_VPC_RESOLVER_H

#include <r53/base.h>
#include <r53/cloud.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * DNS settings of a VPC. Private hosted zones are used where both are on (R53-PRIV-02), elsewhere
 * its queries go to the public ones. Without DNS support there is no resolver, so its rules do not
 * count either: who asks, asks another. A VPC that nothing is known of has both on.
 */
typedef struct r53_vpc_dns {
    uint32_t size;                /**< sizeof(r53_vpc_dns) */
    int32_t enable_dns_support;   /**< enum r53_option; 0: not said, as it was */
    const char *vpc_id;           /**< "vpc-0a1b" */
    int32_t enable_dns_hostnames; /**< enum r53_option; 0: not said, as it was */
    int32_t reserved;             /**< 0 */
} r53_vpc_dns;

/** Kind of a resolver rule; passed as int32_t. */
enum r53_resolver_rule_type {
    R53_RESOLVER_FORWARD = 1,   /**< other name servers answer */
    R53_RESOLVER_SYSTEM = 2,    /**< the resolver answers itself, within a name that is forwarded */
    R53_RESOLVER_RECURSIVE = 3, /**< AWS's own rule for what no other is for: like SYSTEM */
    R53_RESOLVER_DELEGATE = 4   /**< kept, but of no effect here (R53-PRIV-14) */
};

/** A rule of the VPC Resolver; it counts in the VPCs that it is associated with. */
typedef struct r53_resolver_rule {
    uint32_t size;           /**< sizeof(r53_resolver_rule) */
    int32_t rule_type;       /**< enum r53_resolver_rule_type */
    const char *id;          /**< "rslvr-rr-0a1b" */
    const char *domain_name; /**< it is for this name and all below; "." for all. A DELEGATE rule
                                  needs none */
} r53_resolver_rule;

/** AWS's name of a type ("FORWARD"), or "". Static. */
R53_API const char *r53_resolver_rule_type_name(int32_t type);

#ifdef __cplusplus
}
#endif

#endif
