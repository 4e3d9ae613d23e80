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
#include "net/place.h"

enum observed_kind {
    OBSERVED_TARGETS,       /* struct target_health_list, by group ARN (Classic: load balancer's) */
    OBSERVED_HEALTH_CHECKS, /* struct health_status, by id */
    OBSERVED_ZONES,         /* struct zone_status_list, by load balancer ARN */
    OBSERVED_ADDRESSES,     /* struct address_list, by wire name */
    OBSERVED_PLACES,        /* struct observed_place, by canonical prefix text */
    OBSERVED_LATENCIES,     /* struct latency_list, by canonical client text */
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

/* Opinion of one checker. */
struct checker_opinion {
    const char *checker;
    bool healthy;
};

struct health_status {
    struct object head;
    int32_t status;     /* given whole: enum r53_health, UNKNOWN: not given */
    int32_t alarm;      /* enum r53_alarm_state, 0: not observed */
    int32_t last_known; /* enum r53_health of the last OK or ALARM */
    const struct checker_opinion *opinions; /* by checker */
    uint32_t n_opinions, n_up;
};

struct observed_place {
    struct object head;
    struct prefix prefix;
    const char *continent, *country, *subdivision; /* "": not known */
    bool located;
    int16_t latitude, longitude; /* hundredths of a degree */
};

/* Latencies of one client (prefix, subdivision, country, continent, region), by region. */
struct region_latency {
    const struct region *region;
    int32_t milliseconds;
};

struct latency_list {
    struct object head;
    const char *client;   /* canonical: "203.0.113.0/24", "US-CA", "DE", "EU", "eu-west-1" */
    struct prefix prefix; /* family ADDRESS_NONE: the client is a place or region */
    const struct region_latency *latencies; /* by place in the table of regions */
    uint32_t n_latencies;
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
