/**
 * What was seen of the world: health of targets and health checks, zonal shifts, addresses behind
 * names that are not modelled. A view takes a snapshot of it.
 */
#ifndef R53_OBSERVED_H
#define R53_OBSERVED_H

#include <r53/load_balancer.h>
#include <r53/report.h>

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
 * @param target            which (id, port, zone); port 0 and zone NULL: every registration of the id
 * @param state             enum r53_target_state
 * @param reason            AWS's reason code, "Target.Timeout"; NULL: none
 * @return R53_OK, R53_E_INVALID, R53_E_NOMEM
 */
R53_API int32_t r53_observe_target(r53_observed *observed, const char *target_group_arn,
                                   const r53_target *target, int32_t state, const char *reason);

/** Status of a Route 53 health check, given whole; enum r53_health. */
R53_API int32_t r53_observe_health_check(r53_observed *observed, const char *health_check_id,
                                         int32_t status);

/** A zonal shift away from this zone (1), or its end (0) (ELB-SHIFT-01). */
R53_API int32_t r53_observe_zonal_shift(r53_observed *observed, const char *load_balancer_arn,
                                        const char *zone_name, int32_t shifted);

/** A load balancer's zone is impaired for reasons outside the model (1), or well again (0). */
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
