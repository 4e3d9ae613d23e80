/**
 * Reading back what a cloud holds of load balancers, as AWS's Describe... calls do: each struct is
 * the one that an import takes, whole and with defaults filled in. Importing all that is listed
 * into another cloud, and listing that, gives the same again.
 *
 *   load balancer ── listeners ── rules          by priority, the default one last
 *   target group  ── targets                     in the order of their registration
 *   node addresses, instances                    what an import said apart from these
 *
 * Attributes that decide nothing here are not told. A DNS name is told in lower case, names of
 * certificates too, a CIDR block without host bits. How things are, states and health, a view
 * tells (<r53/status.h>).
 */
#ifndef R53_ELB_DESCRIBE_H
#define R53_ELB_DESCRIBE_H

#include <r53/cloud.h>
#include <r53/listener.h>
#include <r53/load_balancer.h>
#include <r53/report.h>
#include <r53/target_group.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Walks one kind of objects. It is made whole when it is opened, so changes made meanwhile do not
 * show, and no next call can fail; what next calls give is lent while the listing lives, all of it.
 * A next call of another kind gives NULL. Each is O(1).
 */
typedef struct r53_elb_listing r53_elb_listing;

/**
 * Lists the load balancers in the order they were added; a Classic one with its instances.
 * @param out  receives the listing; free with r53_elb_listing_free
 * @return R53_OK, R53_E_NOMEM, R53_E_INVALID (a pointer is NULL)
 *
 * O(load balancers + what they hold). AWS DescribeLoadBalancers.
 */
R53_API int32_t r53_load_balancers_list(r53_elb_listing **out, const r53_cloud *cloud);

/** Next load balancer; NULL at the end. */
R53_API const r53_load_balancer *r53_elb_listing_next_load_balancer(r53_elb_listing *listing);

/**
 * Lists the listeners of a load balancer in the order they were added, with their certificates.
 * @param load_balancer_arn  NULL: of all, also of those that are not known
 * @param report             gains why it failed; may be NULL
 * @return R53_OK, R53_E_NOT_FOUND (LoadBalancerNotFound), R53_E_NOMEM, R53_E_INVALID
 *
 * O(listeners of the cloud + what is listed). AWS DescribeListeners, DescribeListenerCertificates.
 */
R53_API int32_t r53_listeners_list(r53_elb_listing **out, const r53_cloud *cloud,
                                   const char *load_balancer_arn, r53_report *report);

/** Next listener; NULL at the end. */
R53_API const r53_listener *r53_elb_listing_next_listener(r53_elb_listing *listing);

/**
 * Lists the rules of a listener by priority, the default one last where it was said (ELB-LSN-04:
 * the listener's default actions say the same).
 * @param listener_arn  NULL: of all, listener by listener in the order of their ARNs
 * @param report        gains why it failed; may be NULL
 * @return R53_OK, R53_E_NOT_FOUND (ListenerNotFound), R53_E_NOMEM, R53_E_INVALID
 *
 * O(rules of the cloud + n log n of those listed). ELB-ALB-RULE-01; AWS DescribeRules.
 */
R53_API int32_t r53_listener_rules_list(r53_elb_listing **out, const r53_cloud *cloud,
                                        const char *listener_arn, r53_report *report);

/** Next rule; NULL at the end. */
R53_API const r53_listener_rule *r53_elb_listing_next_listener_rule(r53_elb_listing *listing);

/**
 * Lists the target groups in the order they were added. `load_balancer_arns` are those of the load
 * balancers whose listeners and rules now name the group, by ARN, whatever an import said.
 * @param load_balancer_arn  NULL: all; else those that it uses
 * @param report             gains why it failed; may be NULL
 * @return R53_OK, R53_E_NOT_FOUND (LoadBalancerNotFound), R53_E_NOMEM, R53_E_INVALID
 *
 * O(groups + a log a of the groups that actions name). AWS DescribeTargetGroups.
 */
R53_API int32_t r53_target_groups_list(r53_elb_listing **out, const r53_cloud *cloud,
                                       const char *load_balancer_arn, r53_report *report);

/** Next target group; NULL at the end. */
R53_API const r53_target_group *r53_elb_listing_next_target_group(r53_elb_listing *listing);

/**
 * Lists the targets of a group in the order of their registration; those that were deregistered
 * and still drain are left out (r53_target_healths_list has them).
 * @param target_group_arn  of a Classic load balancer its own: its instances
 * @param report            gains why it failed; may be NULL
 * @return R53_OK, R53_E_NOT_FOUND (TargetGroupNotFound), R53_E_NOMEM, R53_E_INVALID
 *
 * O(targets of the group). ELB-TG-04.
 */
R53_API int32_t r53_targets_list(r53_elb_listing **out, const r53_cloud *cloud,
                                 const char *target_group_arn, r53_report *report);

/** Next target; NULL at the end. */
R53_API const r53_target *r53_elb_listing_next_target(r53_elb_listing *listing);

/** Addresses of a node, as r53_import_node_addresses said them. */
typedef struct r53_node_addresses {
    uint32_t size;                /**< sizeof(r53_node_addresses) */
    uint32_t n_addresses;         /**< length of addresses */
    const char *load_balancer;    /**< ARN or DNS name, as it was said */
    const char *zone_name;        /**< "us-east-1a" */
    const char *const *addresses; /**< IPv4 and IPv6 */
} r53_node_addresses;

/**
 * Lists the node addresses that were said apart from the load balancers' own descriptions, which
 * they replace: of each load balancer zone by zone, the load balancers in the order in which they
 * were first said anything of.
 * @return R53_OK, R53_E_NOMEM, R53_E_INVALID (a pointer is NULL)
 *
 * O(nodes listed).
 */
R53_API int32_t r53_node_addresses_list(r53_elb_listing **out, const r53_cloud *cloud);

/** Next node addresses; NULL at the end. */
R53_API const r53_node_addresses *r53_elb_listing_next_node_addresses(r53_elb_listing *listing);

/** Where an instance is, as r53_import_instance said it. */
typedef struct r53_instance_zone {
    uint32_t size;                 /**< sizeof(r53_instance_zone) */
    uint32_t reserved;             /**< 0 */
    const char *instance_id;       /**< "i-0a1b" */
    const char *availability_zone; /**< "us-east-1a" */
} r53_instance_zone;

/**
 * Lists the instances whose zone is known, in the order in which it was first said.
 * @return R53_OK, R53_E_NOMEM, R53_E_INVALID (a pointer is NULL)
 *
 * O(instances).
 */
R53_API int32_t r53_instances_list(r53_elb_listing **out, const r53_cloud *cloud);

/** Next instance; NULL at the end. */
R53_API const r53_instance_zone *r53_elb_listing_next_instance(r53_elb_listing *listing);

/** Frees the listing. */
R53_API void r53_elb_listing_free(r53_elb_listing *listing);

#ifdef __cplusplus
}
#endif

#endif
