/**
 * Route 53 health checks: what they are, and how a status comes about (R53-HC-01 .. -18). What they
 * saw is observed (<r53/observed.h>), probe by probe or as opinions; nothing is probed here.
 *
 *   given whole, else checkers | alarm | children ; Disabled: healthy ; Inverted: turned round
 *
 * Without data a check is healthy, and so is one that a record set or a calculated check names but
 * the cloud does not hold, unless it is observed whole. A calculated check has no calculated child
 * but by import: then it is worked out from below, and what leads into a circle has no data.
 */
#ifndef R53_HEALTH_CHECK_H
#define R53_HEALTH_CHECK_H

#include <r53/cloud.h>
#include <r53/report.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Kind of health check (R53-HC-01); passed as int32_t. */
enum r53_health_check_type {
    R53_CHECK_HTTP = 1,
    R53_CHECK_HTTPS = 2,
    R53_CHECK_HTTP_STR_MATCH = 3,
    R53_CHECK_HTTPS_STR_MATCH = 4,
    R53_CHECK_TCP = 5,
    R53_CHECK_CALCULATED = 6,
    R53_CHECK_CLOUDWATCH_METRIC = 7,
    R53_CHECK_RECOVERY_CONTROL = 8
};

/** What a CloudWatch check says while its alarm lacks data; 0: not given. */
enum r53_insufficient_data {
    R53_INSUFFICIENT_HEALTHY = 1,
    R53_INSUFFICIENT_UNHEALTHY = 2,
    R53_INSUFFICIENT_LAST_KNOWN_STATUS = 3
};

/** A health check. Members are those of AWS's HealthCheckConfig in snake case. */
typedef struct r53_health_check {
    uint32_t size;                  /**< sizeof(r53_health_check) */
    int32_t type;                   /**< enum r53_health_check_type */
    const char *id;                 /**< "abcdef11-2222-3333-4444-555555fedcba" */
    const char *account;            /**< kept as given; NULL: not known */
    const char *caller_reference;   /**< 1-64 characters; NULL: not known (import only) */
    const char *ip_address;         /**< endpoint kinds; NULL: none */
    const char *fully_qualified_domain_name; /**< endpoint kinds; NULL: none */
    const char *resource_path;      /**< "/health"; NULL: none */
    const char *search_string;      /**< *_STR_MATCH */
    const char *const *regions;     /**< checker regions; n_regions 0: all */
    const char *const *child_health_checks; /**< CALCULATED: their ids */
    const char *alarm_region;       /**< AlarmIdentifier.Region */
    const char *alarm_name;         /**< AlarmIdentifier.Name */
    const char *routing_control_arn; /**< RECOVERY_CONTROL */
    uint32_t n_regions;             /**< length of regions */
    uint32_t n_child_health_checks; /**< length of child_health_checks */
    int32_t port;                   /**< 1-65535; 0: 80 or 443 by type, TCP has none */
    int32_t request_interval;       /**< 10 or 30 seconds; 0: 30 */
    int32_t failure_threshold;      /**< 1-10; 0: 3 */
    int32_t has_health_threshold;   /**< 1: health_threshold is given */
    int32_t health_threshold;       /**< CALCULATED: healthy children needed, 0-256 */
    int32_t insufficient_data_health_status; /**< enum r53_insufficient_data; 0: last known */
    int32_t measure_latency;        /**< 1: yes */
    int32_t inverted;               /**< 1: the status is turned round (R53-HC-07) */
    int32_t disabled;               /**< 1: not checked, counts as healthy (R53-HC-08) */
    int32_t enable_sni;             /**< enum r53_option; default on for HTTPS kinds */
    int32_t health_check_version;   /**< 1, +1 an update; to update: 0, or the one expected */
    int32_t reserved;               /**< 0 */
} r53_health_check;

/**
 * Creates a health check (AWS CreateHealthCheck); it begins at version 1. Without caller reference
 * it is refused. One with this caller reference and these settings may be there already: then
 * nothing changes, and that one keeps its own id. The reference of a deleted check is used up.
 * A child that is not known is a warning.
 * @param check   borrowed; what is kept is copied
 * @param report  gains the refusal, with AWS's name, or warnings; may be NULL
 * @return R53_OK (also when it is there already), R53_E_INVALID (InvalidInput), R53_E_EXISTS
 *         (HealthCheckAlreadyExists: other settings, a used-up reference, or the id is in use),
 *         R53_E_LIMIT (TooManyHealthChecks: 200 an account), R53_E_NOMEM
 *
 * O(health checks + their children). Rules R53-HC-01, -02, -10, -16, -18.
 */
R53_API int32_t r53_health_check_create(r53_cloud *cloud, const r53_health_check *check,
                                        r53_report *report);

/**
 * Puts new settings in place of all old ones (AWS UpdateHealthCheck); id names the check, whose
 * version grows by 1. Type, RequestInterval, MeasureLatency, RoutingControlArn and CallerReference
 * cannot change: leave them 0 or NULL, or say them as they are. The account stays.
 * @param check   borrowed; health_check_version 0, or the one that is expected
 * @param report  gains the refusal, with AWS's name, or warnings; may be NULL
 * @return R53_OK, R53_E_NOT_FOUND (NoSuchHealthCheck), R53_E_INVALID (InvalidInput,
 *         HealthCheckVersionMismatch), R53_E_NOMEM
 *
 * O(its children). Rules R53-HC-01, -02, -10, -14, -16.
 */
R53_API int32_t r53_health_check_update(r53_cloud *cloud, const r53_health_check *check,
                                        r53_report *report);

/**
 * Deletes it (AWS DeleteHealthCheck). Record sets and calculated checks that name it keep the id,
 * which then counts as healthy (R53-HC-15); the report gains a warning for each such zone and check.
 * @param id      borrowed
 * @param report  may be NULL
 * @return R53_OK, R53_E_NOT_FOUND (NoSuchHealthCheck), R53_E_INVALID (no cloud), R53_E_NOMEM
 *
 * O(record sets with health checks, policies or aliases + children of all checks).
 */
R53_API int32_t r53_health_check_delete(r53_cloud *cloud, const char *id, r53_report *report);

/** Walks the health checks in the order they were added; it pins what it lists. */
typedef struct r53_health_check_listing r53_health_check_listing;

/**
 * Lists all (AWS ListHealthChecks), with AWS's defaults filled in.
 * @param out  receives the listing; free with r53_health_check_listing_free
 * @return R53_OK, R53_E_NOMEM, R53_E_INVALID (a pointer is NULL)
 */
R53_API int32_t r53_health_checks_list(r53_health_check_listing **out, const r53_cloud *cloud);

/**
 * Begins a page: as many health checks as are asked for, then NULL, until the next page is begun.
 * Without this call the listing goes on to its end.
 * @param max_items  AWS's MaxItems; 0, or more than AWS gives: 100
 * @return 1: more are left behind the page (AWS's IsTruncated; the first of them is AWS's
 *         NextMarker); 0: none; R53_E_INVALID (no listing, a negative number)
 *
 * O(1). Rule R53-LIST-05.
 */
R53_API int32_t r53_health_check_listing_page(r53_health_check_listing *listing,
                                              int32_t max_items);

/** Next health check, lent while the listing lives; NULL at the end. Cannot fail. */
R53_API const r53_health_check *r53_health_check_listing_next(r53_health_check_listing *listing);

/** Frees the listing. */
R53_API void r53_health_check_listing_free(r53_health_check_listing *listing);

/**
 * Writes the Host header of a checker's requests (R53-HC-12): the domain name, with its port unless
 * that is HTTP's 80 or HTTPS's 443; without a name the address.
 * @param check   of an HTTP or HTTPS kind, borrowed
 * @param buffer  receives text and NUL; may be NULL when capacity is 0
 * @param length  receives the length of the whole text without NUL; may be NULL
 * @return R53_OK, R53_E_NO_SPACE (what fits was written, NUL-terminated), R53_E_INVALID (another
 *         kind, or no such struct)
 *
 * O(length of the name).
 */
R53_API int32_t r53_health_check_host(const r53_health_check *check, char *buffer, size_t capacity,
                                      size_t *length);

/** AWS's name of a type ("HTTPS_STR_MATCH"), or "". Static. */
R53_API const char *r53_health_check_type_name(int32_t type);

#ifdef __cplusplus
}
#endif

#endif
