/**
 * What was seen of the world: health of targets and health checks, zonal shifts, addresses behind
 * names that are not modelled. A view takes a snapshot of it.
 *
 * The library looks nothing up. What there is to know, who says it, and what holds if nobody does
 * (all but queries and requests can come in a document as well, see <r53/json.h>):
 *
 *   who asks              resolver_address, client_subnet, vpc_id, availability_zone_id of the
 *                         query; else nobody in particular
 *   where the client is   continent, country, subdivision and coordinates of the query, or
 *                         r53_observe_place for blocks of addresses; else default records, ties by
 *                         order
 *   VPCs, their resolvers r53_import_vpc (DNS settings), r53_import_resolver_rule and its
 *                         associations; else both settings are on, and there are no rules
 *   latencies             r53_observe_latency; else estimated from coordinates, as the trace says
 *   health checks         r53_observe_health_check whole, r53_observe_checker one by one or
 *                         r53_observe_checker_probe by single results, r53_observe_alarm; else
 *                         healthy
 *   health of targets     r53_observe_target, or check by check r53_observe_probe; else `initial`,
 *                         not in service
 *   zones of instances    r53_import_instance; else in nobody's own zone, so that only nodes of all
 *                         zones use them
 *   addresses of names    r53_observe_addresses; else SERVFAIL for an alias to them
 *   what users, clients   members of the request: session, web ACL, target_outcome,
 *   and targets do        client_outcome, or times; else all goes well
 *   time                  now_ms of the view; else 0
 *   chance                seed of the query; else 0, the same draw each time
 */
#ifndef R53_OBSERVED_H
#define R53_OBSERVED_H

#include <r53/cloud.h>
#include <r53/health_check.h>
#include <r53/load_balancer.h>
#include <r53/report.h>
#include <r53/target_group.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Observations. One thread at a time. */
typedef struct r53_observed r53_observed;

/** Status of a health check; 0: no data yet (R53-HC-06: counts as healthy). */
enum r53_health { R53_HEALTH_UNKNOWN = 0, R53_HEALTH_HEALTHY = 1, R53_HEALTH_UNHEALTHY = 2 };

/** Makes an empty set of observations. R53_OK, R53_E_NOMEM, R53_E_INVALID. */
R53_API int32_t r53_observed_new(r53_observed **out, const r53_allocator *allocator);

/** Frees it; views keep what they took. */
R53_API void r53_observed_free(r53_observed *observed);

/**
 * Health of a target. Nothing observed: `initial` (ELB-ST-03); of a Classic instance: OutOfService.
 * @param target_group_arn  the group's ARN; of a Classic instance the load balancer's
 * @param target            which (id, port, zone); port 0 and zone NULL: every registration of
 *                          the id
 * @param state             enum r53_target_state
 * @param reason            AWS's reason code, "Target.Timeout"; NULL: none
 * @return R53_OK, R53_E_INVALID (no ARN; a target without id or with a port that is none; no such
 *         state), R53_E_NOMEM
 */
R53_API int32_t r53_observe_target(r53_observed *observed, const char *target_group_arn,
                                   const r53_target *target, int32_t state, const char *reason);

/**
 * Takes back what r53_observe_target said of exactly this (id, port, zone); what probes told counts
 * again. R53_OK (also if nothing was said), R53_E_INVALID (no ARN; a target without id or with a port
 * that is none), R53_E_NOMEM.
 */
R53_API int32_t r53_forget_target(r53_observed *observed, const char *target_group_arn,
                                  const r53_target *target);

/** Whether an instance runs, as far as targets go. */
enum r53_instance_state {
    R53_INSTANCE_RUNNING = 1,
    R53_INSTANCE_STOPPED = 2,   /**< or about to be */
    R53_INSTANCE_TERMINATED = 3 /**< or about to be */
};

/**
 * Whether an instance runs. One that does not is `unused` with Target.InvalidState in every target
 * group (ELB-ST-06), OutOfService in a Classic Load Balancer, until it runs again; only what
 * r53_observe_target said of it counts before that.
 * @param state  enum r53_instance_state; 0 forgets
 * @return R53_OK, R53_E_INVALID (no id; no such state), R53_E_NOMEM
 *
 * O(1).
 */
R53_API int32_t r53_observe_instance(r53_observed *observed, const char *instance_id,
                                     int32_t state);

/** The result of one health check of one target. */
typedef struct r53_target_probe {
    uint32_t size;                /**< sizeof(r53_target_probe) */
    int32_t passed;               /**< 1: passed, 0: failed */
    const char *target_group_arn; /**< the group's ARN; of a Classic instance the load balancer's */
    const r53_target *target;     /**< its port 0: the group's; zone NULL: any */
    const char *reason;           /**< why it failed, AWS's code; NULL: "Target.FailedHealthChecks" */
    int64_t now_ms;               /**< the clock of the views; time before an earlier probe's of this
                                       target counts as that */
    int32_t status_code;          /**< 0: `passed` says it; else what was answered, and the group's
                                       matcher decides (ELB-VAL-06) */
    int32_t reserved;             /**< 0 */
} r53_target_probe;

/**
 * Drives a target's state by a check's result: `initial` until one passes (ELB-ST-03) or the
 * unhealthy threshold is reached, then by the group's thresholds (ELB-ST-04); `unhealthy.draining`
 * where the group asks for it (ELB-NLB-12). A target that becomes healthy enters slow start if the
 * group has one and some other target is healthy and not in it (ELB-SLOW-02).
 *
 * What a view takes for a target's state, in this order: `draining` of one that is deregistered; what
 * r53_observe_target said; that its instance does not run; what probes told; `initial`.
 * @param cloud   read only: the group, its thresholds and targets
 * @param report  gains why it was refused; may be NULL
 * @return R53_OK, R53_E_INVALID, R53_E_NOT_FOUND (the group, or a target that it does not hold),
 *         R53_E_NOMEM (nothing has changed)
 *
 * O(targets of the group).
 */
R53_API int32_t r53_observe_probe(r53_observed *observed, const r53_cloud *cloud,
                                  const r53_target_probe *probe, r53_report *report);

/**
 * How much of its share a target that behaves unlike its peers still gets (ELB-ALG-08). It counts
 * in weighted_random groups with anomaly mitigation on and at least three healthy targets
 * (ELB-ALG-06, -07). AWS does not publish how it is worked out, so it is the host's to say.
 * @param target  its id and port; port 0: every registration of the id. Its zone does not count
 * @param weight  thousandths of a full share, 1 to 1000; 0 forgets what was said
 * @return R53_OK, R53_E_INVALID (no ARN; a target without id or with a port that is none; a weight
 *         out of range), R53_E_NOMEM
 *
 * O(1).
 */
R53_API int32_t r53_observe_mitigation(r53_observed *observed, const char *target_group_arn,
                                       const r53_target *target, int32_t weight);

/**
 * How many requests target optimizer's agent lets a target have at a time (ELB-TG-12). It counts in
 * target groups with a target control port: a target without slots is left out, and so is one whose
 * slots are all taken by requests that a state knows of (r53_elb_begin takes one, r53_elb_end gives
 * it back). A target that nothing is said of has any number.
 * @param target  its id and port; port 0: every registration of the id. Its zone does not count
 * @param slots   0 or more; -1 forgets what was said
 * @return R53_OK, R53_E_INVALID (no ARN; a target without id or with a port that is none; less
 *         than -1 slots), R53_E_NOMEM
 *
 * O(1).
 */
R53_API int32_t r53_observe_target_slots(r53_observed *observed, const char *target_group_arn,
                                         const r53_target *target, int32_t slots);

/**
 * What a Route 53 health check watches, given whole: its endpoint, alarm, children or routing
 * control (R53-HC-13: On is healthy). Inverted and Disabled are applied to it. It stands in place
 * of what checkers, alarm or children say; R53_HEALTH_UNKNOWN takes it back.
 * @param status  enum r53_health
 * @return R53_OK, R53_E_INVALID (no id; no such status), R53_E_NOMEM
 */
R53_API int32_t r53_observe_health_check(r53_observed *observed, const char *health_check_id,
                                         int32_t status);

/**
 * The opinion of one checker of an endpoint check (R53-HC-04, -05).
 * @param checker  any name for it: "us-east-1/192.0.2.44"
 * @param status   enum r53_health; R53_HEALTH_UNKNOWN takes the opinion back
 * @return R53_OK, R53_E_INVALID (no id; no name; no such status), R53_E_NOMEM
 *
 * Other kinds of check pay no heed to it (R53-HC-17). O(checkers of the check).
 */
R53_API int32_t r53_observe_checker(r53_observed *observed, const char *health_check_id,
                                    const char *checker, int32_t status);

/** What one probe of an endpoint comes to (R53-HC-03); passed as int32_t. */
enum r53_probe_result {
    R53_PROBE_PASSED = 1,
    R53_PROBE_NOT_RESOLVED = 2,  /**< the endpoint's name has no A record (R53-HC-12) */
    R53_PROBE_NOT_CONNECTED = 3, /**< no TCP connection within the limit */
    R53_PROBE_NO_STATUS = 4,     /**< no well-formed response within the limit */
    R53_PROBE_WRONG_STATUS = 5,  /**< neither 2xx nor 3xx */
    R53_PROBE_NO_BODY = 6,       /**< the body did not come within the limit */
    R53_PROBE_NO_MATCH = 7       /**< the search string is not whole in what counts of the body */
};

/** What one checker met with when it probed an endpoint once. */
typedef struct r53_checker_probe {
    uint32_t size;               /**< sizeof(r53_checker_probe) */
    int32_t connected;           /**< 1: a TCP connection was made, 0: none */
    const char *health_check_id; /**< of an endpoint kind: HTTP, HTTPS, with a match or not, TCP */
    const char *checker;         /**< any name for it, as in r53_observe_checker */
    int64_t now_ms;              /**< the clock of the views; time before an earlier probe's of
                                      this checker counts as that */
    int32_t unresolved;          /**< 1: the endpoint's name has no A record, so nothing was tried.
                                      Only of a check without IPAddress, whose checkers look it up
                                      each time, IPv4 alone (R53-HC-12) */
    int32_t connect_ms;          /**< how long connecting took; 4,000 will do, of TCP 10,000 */
    int32_t status_code;         /**< HTTP status, 0: no well-formed response; TCP has none */
    int32_t status_ms;           /**< from the connection to the status; 2,000 will do */
    int32_t body_ms;             /**< from the status to the body; 2,000 will do. It and the body
                                      count for the kinds with a match alone */
    uint32_t n_body;             /**< length of body */
    const void *body;            /**< as it came; its first 5,120 octets count. NULL: none came */
} r53_checker_probe;

/**
 * Drives a checker's opinion by what it met with, judged by the check's kind (R53-HC-03):
 * FailureThreshold results in a row against the opinion change it, each checker by itself
 * (R53-HC-04). One that was never heard of begins with the opinion that the endpoint is up, as a
 * check without data does (R53-HC-06). An opinion given by r53_observe_checker stands in place of
 * what the probes before it came to, and those behind it go on from there; R53_HEALTH_UNKNOWN given
 * there makes the checker unheard of.
 *
 * Of the opinions all comes as before: more than 18 % of the checkers must see the endpoint up.
 * @param cloud   read only: the health check
 * @param probe   borrowed
 * @param report  gains why it was refused; may be NULL
 * @return R53_OK, R53_E_NOT_FOUND (NoSuchHealthCheck), R53_E_INVALID (a member without meaning; a
 *         check that has no endpoint, or is disabled, so that nobody probes it: R53-HC-08),
 *         R53_E_NOMEM (nothing has changed)
 *
 * O(checkers of the check + length of the body that counts).
 */
R53_API int32_t r53_observe_checker_probe(r53_observed *observed, const r53_cloud *cloud,
                                          const r53_checker_probe *probe, r53_report *report);

/** State of a CloudWatch alarm (R53-HC-11); passed as int32_t. */
enum r53_alarm_state { R53_ALARM_OK = 1, R53_ALARM_ALARM = 2, R53_ALARM_INSUFFICIENT_DATA = 3 };

/**
 * The data stream behind a CLOUDWATCH_METRIC check. Insufficient data leaves the last OK or ALARM
 * as the last known status.
 * @param state  enum r53_alarm_state
 * @return R53_OK, R53_E_INVALID (no id; no such state), R53_E_NOMEM
 */
R53_API int32_t r53_observe_alarm(r53_observed *observed, const char *health_check_id,
                                  int32_t state);

/** Where the clients of an address block are. NULL or 0: not known. */
typedef struct r53_place {
    uint32_t size;                /**< sizeof(r53_place) */
    int32_t has_coordinates;      /**< 1: latitude and longitude are given */
    int32_t latitude;             /**< hundredths of a degree, -9000 to 9000, south negative */
    int32_t longitude;            /**< hundredths of a degree, -18000 to 18000, west negative */
    const char *continent_code;   /**< AF, AN, AS, EU, NA, OC, SA; NULL: from the country */
    const char *country_code;     /**< two upper-case letters, "DE" */
    const char *subdivision_code; /**< one to three characters, "CA"; needs the country */
} r53_place;

/**
 * The place of an address block (R53-PLACE-06), as a geographic database tells it; of nested blocks
 * the longest counts, and it counts whole. What a query says itself comes before it. A place
 * without coordinates is near to nothing: geoproximity and latency estimates do not invent any.
 * @param prefix  "203.0.113.0/24", or an address; host bits are cut off (R53-PLACE-05)
 * @param place   copied; NULL forgets
 * @return R53_OK, R53_E_INVALID (the report names the value), R53_E_NOMEM
 *
 * O(1) a call; a view sorts the blocks, O(n log n).
 */
R53_API int32_t r53_observe_place(r53_observed *observed, const char *prefix,
                                  const r53_place *place, r53_report *report);

/**
 * Latency from clients to an AWS region (R53-LATENCY-05). The closest client of whom anything is
 * said counts: longest prefix, then subdivision, country, continent; a region as client speaks of
 * its VPCs, and only that counts in private zones (R53-PRIV-12). Regions that are not spoken of for
 * that client are estimated from its coordinates: 5 ms, and 1 ms each 80 km of great circle.
 * @param client        "203.0.113.0/24", "US-CA", "DE", "EU" or "eu-west-1". AF, AS, NA and SA are
 *                      codes of a country and of a continent: "country:NA", "continent:NA"
 * @param region        "us-east-1"
 * @param milliseconds  round trip, 0 or more; -1 forgets
 * @return R53_OK, R53_E_INVALID (the report names the value), R53_E_NOMEM
 *
 * O(regions spoken of for the client).
 */
R53_API int32_t r53_observe_latency(r53_observed *observed, const char *client, const char *region,
                                    int32_t milliseconds, r53_report *report);

/**
 * A zonal shift away from this zone (1), or its end (0) (ELB-SHIFT-01). R53_OK, R53_E_INVALID
 * (no ARN, no zone, neither 0 nor 1), R53_E_NOMEM.
 */
R53_API int32_t r53_observe_zonal_shift(r53_observed *observed, const char *load_balancer_arn,
                                        const char *zone_name, int32_t shifted);

/**
 * A load balancer's zone is impaired for reasons outside the model (1), or well again (0). R53_OK,
 * R53_E_INVALID (no ARN, no zone, neither 0 nor 1), R53_E_NOMEM.
 */
R53_API int32_t r53_observe_zone_impaired(r53_observed *observed, const char *load_balancer_arn,
                                          const char *zone_name, int32_t impaired);

/**
 * Addresses that a name outside the model resolves to (CloudFront, S3 website ...); replaces what
 * was observed before, n = 0 forgets.
 * @return R53_OK, R53_E_INVALID (name or address; the report names it), R53_E_NOMEM
 */
R53_API int32_t r53_observe_addresses(r53_observed *observed, const char *dns_name,
                                      const char *const *addresses, size_t n, r53_report *report);

#ifdef __cplusplus
}
#endif

#endif
