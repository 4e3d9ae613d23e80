/**
 * How things are, out of a view: the health of targets as a load balancer sees them, of load
 * balancers as DNS and Route 53 see them, of health checks. What AWS's DescribeTargetHealth,
 * DescribeInstanceHealth and GetHealthCheckStatus tell, and why.
 */
#ifndef R53_STATUS_H
#define R53_STATUS_H

#include <r53/load_balancer.h>
#include <r53/observed.h>
#include <r53/report.h>
#include <r53/target_group.h>
#include <r53/view.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Which targets are asked for. */
typedef struct r53_target_health_query {
    uint32_t size;                    /**< sizeof(r53_target_health_query) */
    uint32_t n_targets;               /**< length of targets; 0: all that are registered or drain */
    const char *target_group_arn;     /**< of Classic instances the load balancer's ARN */
    const char *load_balancer_arn;    /**< who looks at them; NULL: the first that uses the group */
    const r53_target *const *targets; /**< a port 0: the group's; a zone NULL: any */
} r53_target_health_query;

/** A target as a load balancer sees it. Texts are lent while the listing lives. */
typedef struct r53_target_health {
    uint32_t size;                 /**< sizeof(r53_target_health) */
    int32_t state;                 /**< enum r53_target_state; Classic: HEALTHY is InService,
                                        UNAVAILABLE Unknown, any other OutOfService, and DRAINING
                                        InService too */
    const char *target_group_arn;  /**< whose target it is */
    const char *load_balancer_arn; /**< who sees it so; NULL: no load balancer uses the group */
    const char *id;                /**< the target, as it was registered */
    const char *availability_zone; /**< its own or its instance's, "all"; NULL: not known */
    const char *health_check_port; /**< "80"; NULL: it is not checked, or the port is not known */
    const char *state_name;        /**< "unhealthy.draining"; Classic: "OutOfService" */
    const char *reason;            /**< "Target.Timeout"; NULL: none; Classic: "ELB", "Instance",
                                        "N/A" */
    const char *description;       /**< AWS's sentence (ELB-ST-02, ELB-CLB-15); NULL: none */
    int32_t port;                  /**< its own or the group's; 0: none */
    int32_t takes_traffic;         /**< 1: some node may send new requests there, if its group is
                                        chosen */
    int32_t fail_open;             /**< 1: though unhealthy, since too few are healthy (ELB-FO-02) */
    int32_t slow_start_age_ms;     /**< in slow start since so long (ELB-SLOW-02); -1: it is not */
    int32_t anomalous;             /**< 1: observed to behave unlike its peers (ELB-ALG-08) */
    int32_t mitigation_in_effect;  /**< 1: and so gets less than its share (ELB-ALG-06) */
    int32_t zonal_shift;           /**< 1: a zonal shift leads away from it (ELB-SHIFT-03) */
    int32_t reserved;              /**< 0 */
} r53_target_health;

/** Healths of targets; pins its view. */
typedef struct r53_target_health_listing r53_target_health_listing;

/**
 * Lists the health of a group's targets, in the order of their registration, or of those asked for
 * in the order asked; a target that the group does not hold is `unused`, Target.NotRegistered
 * (ELB-ST-10).
 *
 * Targets of a group that no load balancer uses, or not the one that looks, are `unused`
 * (ELB-TG-10), and so are those in a zone that it has not enabled (ELB-LB-13). A function whose
 * group has no health check is `unavailable`.
 * @param out     receives the listing; free with r53_target_health_listing_free
 * @param query   borrowed
 * @param report  gains why it failed; may be NULL
 * @return R53_OK, R53_E_NOT_FOUND (TargetGroupNotFound, LoadBalancerNotFound), R53_E_INVALID (a
 *         struct's size, a target without id), R53_E_NOMEM
 *
 * O(pools of the view + targets of the group * zones), with targets asked for O(n * targets). Rules
 * ELB-ST-01, -02, -06, -10, ELB-CLB-06, -14, -15; AWS DescribeTargetHealth,
 * DescribeInstanceHealth.
 */
R53_API int32_t r53_target_healths_list(r53_target_health_listing **out, const r53_view *view,
                                        const r53_target_health_query *query, r53_report *report);

/** Next target's health, lent while the listing lives; NULL at the end. Cannot fail. O(1). */
R53_API const r53_target_health *
r53_target_health_listing_next(r53_target_health_listing *listing);

/** Frees the listing. */
R53_API void r53_target_health_listing_free(r53_target_health_listing *listing);

/** What an alias with EvaluateTargetHealth finds at a load balancer. */
enum r53_load_balancer_fault {
    R53_LB_FAULT_NONE = 0,
    R53_LB_FAULT_STATE = 1,        /**< it is neither active nor active_impaired (ELB-R53-14) */
    R53_LB_FAULT_NO_TARGETS = 2,   /**< none of its groups has a target (ELB-R53-05) */
    R53_LB_FAULT_EMPTY_GROUP = 3,  /**< one has none, where that counts (ELB-R53-06) */
    R53_LB_FAULT_GROUP_FAILS = 4   /**< one has too few healthy ones (ELB-R53-02 to -04) */
};

/** Health of a load balancer. Texts are lent until the view is released. */
typedef struct r53_load_balancer_health {
    uint32_t size;                 /**< sizeof(r53_load_balancer_health) */
    int32_t healthy;               /**< 1: healthy to Route 53 (EvaluateTargetHealth) */
    const char *load_balancer_arn; /**< which one */
    const char *target_group_arn;  /**< the group at fault; NULL: none alone */
    int32_t fault;                 /**< enum r53_load_balancer_fault */
    int32_t state;                 /**< enum r53_load_balancer_state */
    int32_t dns_fail_open;         /**< 1: no zone may stay in DNS, so all do (ELB-DNS-21) */
    int32_t shift_inert;           /**< 1: a zonal shift moves nothing, as it fails open already
                                        (ELB-SHIFT-06) */
    uint32_t n_zones;              /**< enabled zones, see r53_zone_health_get */
    uint32_t reserved;             /**< 0 */
} r53_load_balancer_health;

/**
 * Tells the health of a load balancer.
 * @param load_balancer  ARN or DNS name
 * @param out            its size set; filled
 * @return R53_OK, R53_E_NOT_FOUND, R53_E_INVALID
 *
 * O(load balancers + its targets). ELB-R53-02 to -08, -14, ELB-DNS-21.
 */
R53_API int32_t r53_load_balancer_health_get(const r53_view *view, const char *load_balancer,
                                             r53_load_balancer_health *out);

/** Health of a zone that is enabled for a load balancer. Texts are lent until the view is released. */
typedef struct r53_zone_health {
    uint32_t size;                /**< sizeof(r53_zone_health) */
    int32_t healthy;              /**< 1: enough targets are (ELB-DNS-22 to -33) */
    const char *zone_name;        /**< "us-east-1a" */
    const char *zone_id;          /**< NULL: not known */
    const char *target_group_arn; /**< the first group with too few healthy targets there; NULL: no
                                       group. A zone may be healthy for all that (ELB-DNS-26) */
    int32_t in_dns;               /**< 1: its node's addresses are answered (ELB-DNS-20) */
    int32_t shifted;              /**< 1: a zonal shift leads away from it */
    int32_t impaired;             /**< 1: observed to be */
    uint32_t n_registered;        /**< of that group: targets its node may use, */
    uint32_t n_healthy;           /**< healthy ones among them, */
    uint32_t minimum_count;       /**< how many would do; 0: off */
    uint32_t minimum_percentage;  /**< likewise in percent; 0: off */
    uint32_t reserved;            /**< 0 */
} r53_zone_health;

/**
 * Tells the health of an enabled zone, in the order of the load balancer's description.
 * @param load_balancer  ARN or DNS name
 * @param index          0 to n_zones - 1
 * @param out            its size set; filled
 * @return R53_OK, R53_E_NOT_FOUND (the load balancer, or no such zone), R53_E_INVALID
 *
 * O(load balancers + its groups).
 */
R53_API int32_t r53_zone_health_get(const r53_view *view, const char *load_balancer,
                                    uint32_t index, r53_zone_health *out);

/** What the status of a health check rests on, before Inverted. */
enum r53_status_basis {
    R53_BASIS_NOTHING = 0,  /**< no data: healthy (R53-HC-06) */
    R53_BASIS_GIVEN = 1,    /**< observed whole (r53_observe_health_check) */
    R53_BASIS_DISABLED = 2, /**< Disabled: healthy (R53-HC-08) */
    R53_BASIS_CHECKERS = 3, /**< more than 18 % of its checkers, or not (R53-HC-05) */
    R53_BASIS_ALARM = 4,    /**< the alarm's state (R53-HC-11) */
    R53_BASIS_CHILDREN = 5  /**< as many healthy children as needed, or not (R53-HC-09) */
};

/** Status of a health check. Texts are lent until the view is released. */
typedef struct r53_health_check_status {
    uint32_t size;               /**< sizeof(r53_health_check_status) */
    int32_t status;              /**< enum r53_health, HEALTHY or UNHEALTHY: what record sets go by */
    const char *health_check_id; /**< which one */
    int32_t type;                /**< enum r53_health_check_type */
    int32_t basis;               /**< enum r53_status_basis */
    int32_t inverted;            /**< 1: turned round at the end (R53-HC-07) */
    int32_t alarm_state;         /**< ALARM: enum r53_alarm_state; else 0 */
    uint32_t n_healthy;          /**< CHECKERS: how many see it up; CHILDREN: how many are healthy */
    uint32_t n_asked;            /**< of how many */
    int32_t health_threshold;    /**< CHILDREN: how many are needed; else 0 */
    uint32_t n_checkers;         /**< checkers whose opinion was observed, whatever it rests on */
} r53_health_check_status;

/**
 * Tells the status of a health check.
 * @param out  its size set; filled
 * @return R53_OK, R53_E_NOT_FOUND (the cloud did not hold it: then it counts as healthy unless
 *         observed, R53-HC-15), R53_E_INVALID
 *
 * O(1). R53-HC-05 to -13; AWS GetHealthCheckStatus, and what comes of it.
 */
R53_API int32_t r53_health_check_status_get(const r53_view *view, const char *health_check_id,
                                            r53_health_check_status *out);

/**
 * Name of a checker whose opinion was observed, by name; lent until the view is released.
 * @param index   0 to n_checkers - 1
 * @param status  receives enum r53_health, raw (R53-HC-17); may be NULL
 * @return NULL: no such check, or no such checker
 *
 * O(1).
 */
R53_API const char *r53_health_check_checker(const r53_view *view, const char *health_check_id,
                                             uint32_t index, int32_t *status);

/** What is known of one checker. Text is lent until the view is released. */
typedef struct r53_checker_status {
    uint32_t size;             /**< sizeof(r53_checker_status) */
    int32_t status;            /**< enum r53_health: its opinion, raw (R53-HC-17) */
    const char *checker;
    int64_t checked_ms;        /**< when it last probed; 0 if it did not */
    int32_t result;            /**< enum r53_probe_result of that; 0: its opinion was given */
    int32_t n_against;         /**< results in a row that speak against its opinion */
    int32_t failure_threshold; /**< so many change it (R53-HC-04) */
    int32_t reserved;          /**< 0 */
} r53_checker_status;

/**
 * Tells what is known of a checker, in the order of r53_health_check_checker.
 * @param index  0 to n_checkers - 1
 * @param out    its size set; filled
 * @return R53_OK, R53_E_NOT_FOUND (no such check, or no such checker), R53_E_INVALID
 *
 * O(1). R53-HC-03, -04.
 */
R53_API int32_t r53_health_check_checker_get(const r53_view *view, const char *health_check_id,
                                             uint32_t index, r53_checker_status *out);

#ifdef __cplusplus
}
#endif

#endif
