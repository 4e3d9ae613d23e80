/*
 * Target groups and their registered targets, sealed. Targets are an object of their own, because
 * they are registered and deregistered while the group stays.
 */
#ifndef R53_LIB_MODEL_TARGET_GROUP_H
#define R53_LIB_MODEL_TARGET_GROUP_H

#include <r53/load_balancer.h>

#include "base/table.h"

enum { THRESHOLD_OFF = 0 };

/* "H < count or 100 H < percentage N" is a breach; THRESHOLD_OFF never. (ELB-DNS-22, ELB-FO-02) */
struct threshold {
    uint32_t count, percentage;
};

struct target_group {
    struct object head;
    const char *arn, *name, *vpc_id;
    int32_t protocol, port;
    int32_t target_type, ip_address_type; /* resolved, never 0 */
    int32_t protocol_version;             /* enum r53_protocol_version, resolved */
    int32_t cross_zone;                   /* enum r53_option; default: the load balancer's */
    bool health_checked;                  /* false: a lambda group without health check */
    struct threshold dns_failover, unhealthy_routing;
};

struct target {
    const char *id;
    const char *zone; /* "" : from the instance or its address; "all" */
    int32_t port;     /* 0: the group's */
    int32_t ordinal;  /* order of registration, never reused in the group */
};

struct target_list {
    struct object head;
    const struct target *targets; /* by ordinal */
    uint32_t n_targets;
    int32_t next_ordinal;
};

/* Seals the spec: defaults resolved (ELB-TG-01, ELB-ATTR-06 .. -10, ELB-ST-07). */
int32_t r53__target_group_new(struct target_group **out, const struct memory *memory,
                              const r53_target_group *in, r53_report *report);

/* The group that stands for the instances of a Classic load balancer, under its ARN. */
int32_t r53__target_group_classic(struct target_group **out, const struct memory *memory,
                                  const r53_load_balancer *in, r53_report *report);

/* What was said of a target; the texts are borrowed. */
struct target_said {
    struct target target; /* its ordinal does not count */
    bool registered;      /* false: AWS says that the group does not hold it (ELB-ST-10) */
};

struct target_merge {
    const struct target_list *old; /* NULL: none */
    const struct target_said *said;
    size_t n_said;
    bool whole;           /* targets of `old` that are not said are registered no more */
    int32_t default_port; /* what port 0 means, 0: not known */
    bool classic;         /* targets are instances, without port and zone (ELB-CLB-05) */
};

/*
 * Registers: known targets keep ordinal and place, new ones follow in the order said; of several
 * statements on one target the last holds. O(n log n). R53_OK, R53_E_NOMEM, R53_E_LIMIT.
 */
int32_t r53__target_list_merge(struct target_list **out, const struct memory *memory,
                               const struct target_merge *merge);

#endif
