/*
 * What a query through the resolver of a VPC meets with before any hosted zone: the VPC's DNS
 * settings (R53-PRIV-02) and the rules of its resolver (R53-PRIV-08). Few VPCs have either, so each
 * is one sorted list; without `vpc_id` nobody looks at them.
 */
#ifndef R53_LIB_VIEW_VPCS_H
#define R53_LIB_VIEW_VPCS_H

#include "base/alloc.h"
#include "model/cloud.h"
#include "model/vpc_resolver.h"

/* What a VPC's DNS settings leave of its resolver. */
enum vpc_dns_state {
    VPC_DNS_ON,
    VPC_HOSTNAMES_OFF, /* the resolver is there, but uses no private zone */
    VPC_SUPPORT_OFF    /* there is no resolver */
};

/* A rule in one VPC. */
struct vpc_rule {
    const char *vpc_id;
    const struct resolver_rule *rule;
    unsigned labels; /* of its name */
};

struct vpc_table {
    const struct vpc_dns *const *settings; /* by VPC id */
    size_t n_settings;
    const struct vpc_rule *rules; /* by VPC id, rule id; none that delegates */
    size_t n_rules;
};

/* The view pins what is borrowed. O(n log n). false: no memory. */
bool r53__vpcs_prepare(struct vpc_table *vpcs, struct arena *arena, const r53_cloud *cloud);

/* O(log n). */
enum vpc_dns_state r53__vpc_dns_state(const struct vpc_table *vpcs, const char *vpc_id);

/*
 * The VPC's most specific rule for the name, as index of `rules`; -1: none. O(log n + rules of the
 * VPC).
 */
int32_t r53__vpc_rule_find(const struct vpc_table *vpcs, const char *vpc_id, struct name name);

#endif
