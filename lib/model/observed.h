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
#include "net/region.h"

enum observed_kind {
    OBSERVED_TARGETS,       /* struct target_health_list, by group ARN (Classic: load balancer's) */
    OBSERVED_PROBES,        /* struct probed_target, by group ARN, NUL, registration; probes.h */
    OBSERVED_MITIGATIONS,   /* target_mark.c: by group ARN, id, port */
    OBSERVED_HEALTH_CHECKS, /* struct health_status, by id */
    OBSERVED_CHECKERS,      /* struct opinion_list, by health check id */
    OBSERVED_ZONES,         /* struct zone_status_list, by load balancer ARN */
    OBSERVED_ADDRESSES,     /* struct address_list, by wire name */
    OBSERVED_PLACES,        /* struct observed_place, by canonical prefix text */
    OBSERVED_LATENCIES,     /* struct latency_list, by canonical client text */
    OBSERVED_SLOTS,         /* target_mark.c: by group ARN, id, port */
    OBSERVED_INSTANCES,     /* instance_state.c: by instance id */
    OBSERVED_KINDS
};

struct target_health {
    const char *id, *zone, *reason; /* zone "": any */
    int32_t port;                   /* 0: any */
    int32_t state;                  /* enum r53_target_state; 0: what was said is taken back */
};

struct target_health_list {
    struct object head;
    const struct target_health *healths; /* by id, port, zone */
    uint32_t n_healths;
};

struct health_status {
    struct object head;
    int32_t status;     /* given whole: enum r53_health, UNKNOWN: not given */
    int32_t alarm;      /* enum r53_alarm_state, 0: not observed */
    int32_t last_known; /* enum r53_health of the last OK or ALARM */
};

/* Opinions of the checkers of one endpoint check; apart from its status, which changes alone. */
struct checker_opinion {
    const char *checker;
    int64_t checked_ms; /* of its last probe */
    int32_t result;     /* enum r53_probe_result of that; 0: the opinion was given */
    int32_t run;        /* results in a row that speak against the opinion (R53-HC-04) */
    bool healthy;
};

struct opinion_list {
    struct object head;
    const struct checker_opinion *opinions; /* by checker */
    uint32_t n_opinions, n_up;
};

struct observed_place {
    struct object head;
    struct prefix prefix;
    struct place place; /* its texts lie in the object */
};

/* Latency from some client to one region. */
struct region_latency {
    const struct region *region;
    int32_t milliseconds;
};

/* Latencies of one client: a prefix, a place or a region. */
struct latency_list {
    struct object head;
    /* canonical: "203.0.113.0/24", "US-CA", "DE", "continent:EU", "eu-west-1" */
    const char *client;
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

/*
 * Health checks; each call is staged over what was staged before. Several opinions of checkers come
 * sorted by checker, each once, R53_HEALTH_UNKNOWN taking one back. R53_OK, R53_E_NOMEM.
 */
struct checker_said {
    const char *checker;
    int32_t status;      /* enum r53_health */
    int32_t result, run; /* as of struct checker_opinion; 0: the opinion is given, not probed */
    int64_t checked_ms;
};

int32_t r53__observed_stage_status(r53_observed *observed, const char *health_check_id,
                                   int32_t status);
int32_t r53__observed_stage_alarm(r53_observed *observed, const char *health_check_id,
                                  int32_t state);
int32_t r53__observed_stage_checkers(r53_observed *observed, const char *health_check_id,
                                     const struct checker_said *said, size_t n);
/* What is known of one checker of the check, or NULL. O(log n). */
const struct checker_opinion *r53__observed_checker(const r53_observed *observed,
                                                    const char *health_check_id,
                                                    const char *checker);

/*
 * Stages a mark on a zone of a load balancer, or takes it; a shift ends the one there was
 * (ELB-SHIFT-01). The texts are copied. R53_OK, R53_E_NOMEM.
 */
enum zone_mark { ZONE_SHIFTED, ZONE_IMPAIRED };
int32_t r53__observed_stage_zone(r53_observed *observed, const char *load_balancer_arn,
                                 const char *zone_name, enum zone_mark mark, bool on);

/* Addresses of a name, sealed, and its wire name. R53_OK, R53_E_INVALID, R53_E_NOMEM. */
int32_t r53__address_list_new(struct address_list **out, struct name_buffer *name,
                              const struct memory *memory, const char *dns_name,
                              const char *const *addresses, size_t n, r53_report *report);

/* A place, read and checked; its texts are lent by what was read. */
struct place_said {
    char id[PREFIX_TEXT_MAX]; /* canonical prefix text */
    struct prefix prefix;
    bool known; /* false: what was observed is forgotten */
    struct place place;
};

/* place NULL forgets. R53_OK, R53_E_INVALID (told: the value and what was expected). */
int32_t r53__place_said_read(struct place_said *out, const char *prefix, const r53_place *place,
                             r53_report *report);

/* Stages it over what is staged; copied. R53_OK, R53_E_NOMEM. */
int32_t r53__observed_stage_place(r53_observed *observed, const struct place_said *said);

/* A latency, read and checked. */
struct latency_said {
    char client[PREFIX_TEXT_MAX]; /* canonical, as in struct latency_list */
    struct prefix prefix;         /* family ADDRESS_NONE: the client is a place or region */
    struct region_latency latency; /* -1: forgotten */
};

/* R53_OK, R53_E_INVALID (told: the value and what was expected). */
int32_t r53__latency_said_read(struct latency_said *out, const char *client, const char *region,
                               int32_t milliseconds, r53_report *report);

/* Stages it over what is staged. R53_OK, R53_E_NOMEM. */
int32_t r53__observed_stage_latency(r53_observed *observed, const struct latency_said *said);

/* Milliseconds from the list's client to the region, or -1. O(log n). */
int32_t r53__latency_to(const struct latency_list *list, const struct region *region);

void r53__observed_commit(r53_observed *observed);
void r53__observed_rollback(r53_observed *observed);

#endif
