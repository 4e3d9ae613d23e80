/**
 * The cloud: the configuration of any number of accounts and regions. It changes only through change
 * calls (AWS's semantics and refusals) and imports (<r53/import.h>), each all or nothing. Questions
 * do not go to a cloud but to a view of it (<r53/view.h>).
 */
#ifndef R53_CLOUD_H
#define R53_CLOUD_H

#include <r53/base.h>
#include <r53/regex.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Hosted zones, load balancers, listeners, target groups, targets. One thread at a time. */
typedef struct r53_cloud r53_cloud;

/** A choice left open by AWS's documentation: the model's default, or the other reading. */
enum r53_option {
    R53_OPTION_DEFAULT = 0, /**< what the rulebook says */
    R53_OPTION_OFF = 1,
    R53_OPTION_ON = 2
};

/** Options of a cloud; each switch is an enum r53_option. */
typedef struct r53_cloud_options {
    uint32_t size;                     /**< sizeof(r53_cloud_options) */
    int32_t strict_empty;              /**< ELB-R53-06: an empty target group fails its load balancer */
    int32_t initial_fail_open;         /**< ELB-FO-05: `initial` targets take part in fail open */
    int32_t alb_dns_any_unhealthy;     /**< ELB-CONF-02: one failing group removes an ALB's zone */
    int32_t private_nxdomain;          /**< R53-PRIV-07: missing type in a private zone is NXDOMAIN */
    int32_t max_dns_answers;           /**< R53-ELB-06: addresses in one answer; 0: 8 */
    const r53_allocator *allocator;    /**< copied; NULL: malloc */
    const r53_regex_engine *regex;     /**< copied; NULL: rules with regular expressions are refused */
    int32_t regex_full_match;          /**< ELB-ALB-COND-71: a regex must match the whole text */
    int32_t host_values_port;          /**< ELB-ALB-COND-74: host values are compared with the port */
    int32_t wildcards_per_rule;        /**< ELB-ALB-RULE-07: most that a rule may have; 0: 6 */
    int32_t sticky_zero_weight;        /**< ELB-ALB-ACT-09: a cookie leads to a target group of weight 0
                                            too */
    int32_t partial_affinity_others;   /**< ELB-DNS-46: what partial zone affinity leaves to other
                                            healthy zones does not come to the own one again */
    int32_t reserved;                  /**< 0 */
} r53_cloud_options;

/**
 * Makes an empty cloud.
 * @param out      receives the cloud; free with r53_cloud_free
 * @param options  copied; NULL: all defaults
 * @return R53_OK, R53_E_NOMEM, R53_E_INVALID (an option that is no enum r53_option, or of the
 *         numbers a negative one; an allocator or an engine that lacks a function; reserved not 0)
 */
R53_API int32_t r53_cloud_new(r53_cloud **out, const r53_cloud_options *options);

/** Frees the cloud; views made from it live on. */
R53_API void r53_cloud_free(r53_cloud *cloud);

#ifdef __cplusplus
}
#endif

#endif
