/*
 * Target groups and their registered targets, sealed. Targets are an object of their own, because
 * they are registered and deregistered while the group stays.
 */
#ifndef R53_LIB_MODEL_TARGET_GROUP_H
#define R53_LIB_MODEL_TARGET_GROUP_H

#include <r53/target_group.h>

#include "base/table.h"
#include "model/attribute.h"

struct r53_cloud;

enum { THRESHOLD_OFF = 0 };

/* "H < count or 100 H < percentage N" is a breach; THRESHOLD_OFF never. (ELB-DNS-22, ELB-FO-02) */
struct threshold {
    uint32_t count, percentage;
};

/* Status codes of a passed health check, first .. last (ELB-VAL-06). */
struct code_range {
    int32_t first, last;
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

    /* Health check (ELB-ST-07), resolved */
    const char *health_check_port, *health_check_path;
    int32_t health_check_protocol; /* 0: not known */
    int32_t health_check_interval_seconds, health_check_timeout_seconds;
    int32_t healthy_threshold_count, unhealthy_threshold_count;
    const struct code_range *codes; /* the matcher */
    uint32_t n_codes;

    /* Attributes that decide something, resolved (ELB-ATTR-01 .. -24) */
    int32_t deregistration_delay_seconds;
    int32_t stickiness_type; /* enum r53_stickiness_type; 0: this kind has none by default */
    int32_t lb_cookie_duration_seconds, app_cookie_duration_seconds;
    const char *app_cookie_name; /* "" : none */
    int32_t algorithm_type;      /* enum r53_algorithm_type */
    int32_t anomaly_mitigation;  /* 1: on */
    int32_t slow_start_seconds;  /* 0: off */
    int32_t draining_interval_seconds;
    int32_t failover_on_deregistration, failover_on_unhealthy; /* enum r53_target_failover */
    int32_t target_control_port; /* of target optimizer's agent; 0: none (ELB-TG-11) */
    bool stickiness_enabled;
    bool connection_termination; /* at the end of the deregistration delay */
    bool preserve_client_ip;
    bool proxy_protocol;
    bool reset_on_deregistration, reset_on_unhealthy; /* Gateway, ELB-GWLB-08 */
    bool unhealthy_connection_termination;            /* false: unhealthy.draining, ELB-NLB-12 */
};

struct target {
    const char *id;
    const char *zone;     /* "" : from the instance or its address; "all" */
    int32_t port;         /* 0: the group's */
    int32_t ordinal;      /* order of registration, never given to another target of the group */
    int32_t registration; /* number of the registration: another one, when it is registered again
                             while what it has to do goes on (ELB-DRAIN-06); else the ordinal */
    bool draining;        /* deregistered; gone when the delay is over */
    bool founding;        /* registered with the first ones of an empty group (ELB-SLOW-03) */
    int64_t draining_since_ms;
    int64_t registered_ms; /* 0: imported */
    uint64_t quic_server_id;
    bool has_quic_server_id;
};

struct target_list {
    struct object head;
    const struct target *targets; /* by ordinal */
    uint32_t n_targets;
    int32_t next_ordinal; /* the next registration's number */
};

/* Seals the spec: defaults resolved (ELB-TG-01, ELB-ATTR-06 .. -10, ELB-ST-07). */
int32_t r53__target_group_new(struct target_group **out, const struct memory *memory,
                              const r53_target_group *in, enum door door, r53_report *report);

/* The group that stands for the instances of a Classic load balancer, under its ARN. */
int32_t r53__target_group_classic(struct target_group **out, const struct memory *memory,
                                  const r53_load_balancer *in, enum door door, r53_report *report);

/* Stages that the group and its targets are gone. R53_OK, R53_E_NOMEM. */
int32_t r53__target_group_remove(struct r53_cloud *cloud, const char *arn);

/* target_group_attributes.c: the table of ELB-ATTR-01 .. -25. */
extern const struct attribute_table r53__target_group_attributes;

/* AWS's words for enum r53_stickiness_type. */
extern const struct words r53__stickiness_types;

/* For whom an attribute is: the bits of the table. */
enum {
    GROUP_HTTP = 1,
    GROUP_LAMBDA = 2,
    GROUP_NETWORK = 4,
    GROUP_GATEWAY = 8,
    GROUP_ANY = 15,
    GROUP_CLASSIC = 16 /* the instances of a Classic load balancer, which AWS has no group of */
};

/* Bits of the group; all but nothing of an `alb` one, all of one whose protocol nobody told. */
uint32_t r53__target_group_kinds(const struct target_group *group);

/* Defaults by protocol where `in` gives nothing (ELB-ATTR-01, -03 .. -05, -18, -19). */
void r53__target_group_settle(struct target_group *group, const r53_target_group *in);

/*
 * What the protocol fixes whatever was said (ELB-ATTR-01, -18, -19, ELB-DRAIN-03); after
 * r53__target_group_check, which has what was said before it.
 */
void r53__target_group_fix(struct target_group *group);

/* Attributes that do not go together, or not with the protocol (ELB-ATTR-30, -31). */
void r53__target_group_check(const struct target_group *group, struct checker *checker);

/*
 * ELB-ATTR-31 where a count of 1 was said for DNS failover: one that was not looks the same, but is
 * not set.
 */
void r53__dns_count_check(const struct target_group *group, struct checker *checker);

/* A copy that may still be written to. R53_OK, R53_E_NOMEM. */
int32_t r53__target_group_copy(struct target_group **out, const struct memory *memory,
                               const struct target_group *from);

/* "0x0123456789abcdef" (ELB-NLB-04); false: not of that form, the target is as it was. */
bool r53__target_quic_read(struct target *target, const char *text);

/* Is the target still held at `now_ms`? (ELB-DRAIN-01, -03) */
bool r53__target_held(const struct target_group *group, const struct target *target,
                      int64_t now_ms);

/* What was said of a target; the texts are borrowed. */
struct target_said {
    struct target target; /* its ordinal does not count */
    bool registered;      /* false: AWS says that the group does not hold it (ELB-ST-10) */
    bool drains;          /* AWS says that it is on its way out */
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

/* What one registration or deregistration makes of a list. */
struct target_edit {
    const struct target_group *group;
    const struct target_list *old;
    const struct target *drains;   /* of `old`: begins to drain; NULL: none */
    const struct target *replaced; /* of `old`: drains, and is registered again; NULL: none */
    const struct target *joins;    /* NULL: none; its ordinal and times do not count */
    int64_t now_ms;
    bool classic; /* as in struct target_merge */
};

/* target_edit.c: R53_OK, R53_E_NOMEM. O(n). */
int32_t r53__target_list_edit(struct target_list **out, const struct memory *memory,
                              const struct target_edit *edit);

/*
 * The target of this id, port (not 0 but the group's) and zone ("": any): one that is registered,
 * else one that drains, else NULL. `list` may be NULL. O(n).
 */
const struct target *r53__target_find(const struct target_list *list,
                                      const struct target_group *group, const char *id,
                                      int32_t port, const char *zone);

#endif
