/*
 * Random load balancers with their rules, target groups and targets: data that a naive
 * implementation can judge (support/park_naive.h), and a cloud made of it.
 *
 *   lb0, lb1       load balancers; "lb0.example.com" is an alias to the first
 *   g0 .. g7       target groups, the first half of lb0, the second of lb1; a Classic load
 *                  balancer's instances are those of the first of its half
 *   t0 .. t6       targets of each group; a group may hold one id on several ports
 *   a .. d         zones; a load balancer has a node in those that it has addresses in
 */
#ifndef R53_TESTS_SUPPORT_PARK_H
#define R53_TESTS_SUPPORT_PARK_H

#include <r53/r53.h>

#include <stdbool.h>

enum {
    PARK_ZONES = 4,
    PARK_BALANCERS = 2,
    PARK_OWN = 4, /* groups of one load balancer */
    PARK_GROUPS = PARK_BALANCERS * PARK_OWN,
    PARK_TARGETS = 7,
    PARK_RULES = 5,
    PARK_CONDITIONS = 3,
    PARK_FORWARDS = 3,
    PARK_EVERY = -1,   /* a target of all zones */
    PARK_UNKNOWN = -2, /* its zone was not said */
    PARK_PROBES = 60
};

struct park_target {
    char id[16];
    int zone; /* PARK_EVERY, PARK_UNKNOWN */
    int32_t port, state;
    const char *reason;
    int32_t share;       /* mitigation, thousandths; 0: nothing said */
    bool slow;           /* in slow start ... */
    int64_t slow_age_ms; /* ... since so long */
};

/* The result of a health check. */
struct park_probe {
    int target;
    bool passed;
    int64_t now_ms;
};

struct park_group {
    int32_t type, cross_zone, dns_count, dns_percentage, route_count, route_percentage;
    int32_t algorithm, mitigation, check;
    int n;
    struct park_target targets[PARK_TARGETS];

    /* What support/park_live.h adds: 0 in a park that is made. */
    int32_t slow_s, healthy_threshold, unhealthy_threshold;
    int n_probes; /* what is known of the targets of a group with slow start, in this order */
    struct park_probe probes[PARK_PROBES];
    int32_t sticky, sticky_s; /* enum r53_stickiness_type */
};

struct park_action {
    int32_t type; /* forward, redirect or fixed-response */
    int n;
    int groups[PARK_FORWARDS];
    uint32_t weights[PARK_FORWARDS];
    int32_t sticky_s; /* 0: the action is not sticky */
};

struct park_condition {
    const char *field;
    int n;
    char values[2][16], keys[2][8]; /* key "": none */
};

struct park_rule {
    int priority, n;
    struct park_condition conditions[PARK_CONDITIONS];
    struct park_action action;
    char regex[24], replace[16]; /* of the path and query; "": no transform */
};

struct park_balancer {
    int32_t type, state, cross_zone;
    int addresses[PARK_ZONES]; /* 0: the zone is not enabled */
    bool shifted[PARK_ZONES], impaired[PARK_ZONES];
    int n_rules;
    struct park_rule rules[PARK_RULES]; /* in no order */
    struct park_action otherwise;
};

struct park {
    uint64_t random;
    bool strict_empty, initial_never, any_unhealthy;
    int64_t now_ms;                /* of the view */
    const r53_regex_engine *regex; /* NULL: none */
    struct park_balancer balancers[PARK_BALANCERS];
    struct park_group groups[PARK_GROUPS];
};

/* A number below n, or a yes once in n times. */
uint32_t park_below(uint64_t *random, uint32_t n);
bool park_once_in(uint64_t *random, uint32_t n);

/* The kind of lb0, or 0 for any. */
void park_make(struct park *park, uint64_t seed, int32_t type);

/* A new load balancer with new rules and groups in place of this one; the same kind unless 0. */
void park_replant(struct park *park, int balancer, int32_t type);

/* Another state for the target. */
void park_ail(struct park *park, struct park_target *target);

struct park_world {
    r53_cloud *cloud;
    r53_observed *observed;
    r53_view *view;
};

/* The cloud and a view of it. What is said comes in another order for each `order`, except that the
 * targets of a group keep theirs, which is that of their registration. */
void park_open(struct park_world *world, const struct park *park, uint64_t order);
/* Observes all targets of the park anew, and makes another view. */
void park_look(struct park_world *world, const struct park *park, int64_t now_ms);
void park_close(struct park_world *world);

/* A request to lb<balancer>; points into itself. */
struct park_request {
    r53_request request;
    char balancer[16], zone[2], host[16], url[40];
    r53_header headers[3];
    bool has_query;
    char path[16], query[20];
};
void park_request_make(struct park_request *out, const struct park *park, int balancer,
                       uint64_t *random);

/* All that a selection says, in a line. */
enum { PARK_LINE = 512 };
const char *park_selection_line(char *buffer, const r53_selection *selection);

/* Where it ended: "g0/t1@80", "503", "302", "no-target" ... */
const char *park_end(char *buffer, const r53_selection *selection);

#endif
