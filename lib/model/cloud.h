/*
 * Inside of a cloud: a table a kind of object, and the choices among readings of AWS's texts.
 * Changes stage new sealed objects in the tables and commit them all, or roll back.
 */
#ifndef R53_LIB_MODEL_CLOUD_H
#define R53_LIB_MODEL_CLOUD_H

#include <r53/cloud.h>
#include <r53/report.h>

#include "base/table.h"
#include "model/attachments.h"

struct zone;
struct cidr_collection;

enum cloud_kind {
    CLOUD_ZONES,             /* struct zone, by zone id without prefix */
    CLOUD_LOAD_BALANCERS,    /* struct load_balancer, by ARN */
    CLOUD_LISTENERS,         /* struct listener, by ARN; Classic: load balancer's ARN ":" port */
    CLOUD_RULES,             /* struct rule, by ARN */
    CLOUD_TARGET_GROUPS,     /* struct target_group, by ARN */
    CLOUD_TARGETS,           /* struct target_list, by group ARN; Classic: the load balancer's */
    CLOUD_NODES,             /* struct node_list, by load balancer ARN or DNS name as given */
    CLOUD_INSTANCES,         /* struct instance, by instance id */
    CLOUD_HEALTH_CHECKS,     /* struct health_check, by id */
    CLOUD_SPENT_REFERENCES,  /* of deleted health checks: account, NUL, caller reference */
    CLOUD_CIDR_COLLECTIONS,  /* struct cidr_collection, by id */
    CLOUD_SECURITY_GROUPS,   /* struct security_group, by id */
    CLOUD_VPCS,              /* struct vpc_dns, by VPC id; vpc_resolver.h */
    CLOUD_RESOLVER_RULES,    /* struct resolver_rule, by id */
    CLOUD_RULE_ASSOCIATIONS, /* struct rule_association, by VPC id, line feed, rule id */
    CLOUD_KINDS
};

/* enum r53_option resolved to what holds. */
struct choices {
    bool strict_empty, initial_fail_open, alb_dns_any_unhealthy, private_nxdomain;
    bool regex_full_match, host_values_port, sticky_zero_weight, partial_affinity_others;
    uint32_t max_dns_answers, wildcards_per_rule;
};

/* What was worked out of the tables; it counts as long as they are as they were then. */
struct kept_attachments {
    struct arena arena;
    struct attachments attachments;
    uint64_t changes; /* of the tables that it comes from, and one; 0: nothing is kept */
};

struct r53_cloud {
    struct memory memory;
    struct choices choices;
    struct r53_regex_engine regex; /* size 0: none was lent */
    struct table tables[CLOUD_KINDS];
    struct kept_attachments kept;
};

/*
 * Who uses which target group, as committed; NULL: no memory. Lent until the cloud changes. Worked
 * out anew only if listeners, rules or load balancers have changed since it was last asked for, so
 * that many registrations cost one walk.
 */
const struct attachments *r53__cloud_attachments(r53_cloud *cloud);

/* The hosted zone of an id, with or without AWS's prefix; NULL is told (R53-ERR-34). O(1). */
const struct zone *r53__cloud_zone(const r53_cloud *cloud, const char *zone_id, r53_report *report);

/* The CIDR collection of this id; NULL is told (R53-COLL-02). O(1). */
const struct cidr_collection *r53__cloud_collection(const r53_cloud *cloud, const char *id,
                                                    r53_report *report);

void r53__cloud_commit(r53_cloud *cloud);
void r53__cloud_rollback(r53_cloud *cloud);

/*
 * The struct that a change call is given, `what` it is, into `in` of `size` bytes. R53_OK or
 * R53_E_INVALID, told: there is no cloud, or the struct cannot be read.
 */
int32_t r53__change_read(const r53_cloud *cloud, void *in, size_t size, const void *given,
                         const char *what, r53_report *report);

/* Commits if `rc` is R53_OK, else takes back what is staged. Returns `rc`. */
int32_t r53__cloud_end(r53_cloud *cloud, int32_t rc);

#endif
