/*
 * Inside of an observed: the same staged tables as the cloud's, so that an import fills both at
 * once or neither.
 */
#ifndef R53_LIB_MODEL_OBSERVED_H
#define R53_LIB_MODEL_OBSERVED_H

#include <r53/observed.h>

#include "base/table.h"
#include "dns/name.h"
#include "net/address.h"

enum observed_kind {
    OBSERVED_TARGETS,       /* struct target_health_list, by group ARN (Classic: load balancer's) */
    OBSERVED_HEALTH_CHECKS, /* struct health_status, by id */
    OBSERVED_ZONES,         /* struct zone_status_list, by load balancer ARN */
    OBSERVED_ADDRESSES,     /* struct address_list, by wire name */
    OBSERVED_KINDS
};

struct target_health {
    const char *id, *zone, *reason; /* zone "": any */
    int32_t port;                   /* 0: any */
    int32_t state;                  /* enum r53_target_state */
};

struct target_health_list {
    struct object head;
    const struct target_health *healths; /* by id, port, zone */
    uint32_t n_healths;
};

struct health_status {
    struct object head;
    int32_t status; /* enum r53_health */
};

struct zone_status {
    const char *zone_name;
    bool shifted, impaired;
};

struct zone_status_list {
    struct object head;
    const struct zone_status *zones; /* by name; none without a mark */
    uint32_t n_zones;
};

struct address_list {
    struct object head;
    const struct address *addresses;
    uint32_t n_addresses;
};

struct r53_observed {
    struct memory memory;
    struct table tables[OBSERVED_KINDS];
};

/*
 * What was observed of a target: the most exact entry that covers it; NULL: nothing. `port` is the
 * effective one, the group's if the target has none; 0 for a Classic instance. O(log n).
 */
const struct target_health *r53__observed_target(const struct r53_observed *observed,
                                                 const char *group_arn, const char *id,
                                                 int32_t port, const char *zone);

/*
 * Stages the group's healths with `said` over them; the texts are copied, of several statements on
 * one target the last holds. R53_OK, R53_E_NOMEM.
 */
int32_t r53__observed_stage_targets(r53_observed *observed, const char *group_arn,
                                    const struct target_health *said, size_t n);

/* Addresses of a name, sealed, and its wire name. R53_OK, R53_E_INVALID, R53_E_NOMEM. */
int32_t r53__address_list_new(struct address_list **out, struct name_buffer *name,
                              const struct memory *memory, const char *dns_name,
                              const char *const *addresses, size_t n, r53_report *report);

void r53__observed_commit(r53_observed *observed);
void r53__observed_rollback(r53_observed *observed);

#endif
