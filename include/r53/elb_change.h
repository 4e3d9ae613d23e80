/**
 * The change door of Elastic Load Balancing: what makes, changes and deletes load balancers,
 * listeners, rules, target groups, targets and their attributes, with AWS's refusals. An import
 * (<r53/import.h>) states what is, and refuses none of this.
 *
 * Each call is all or nothing: what is refused has changed nothing. A refusal tells AWS's error
 * name, the value and what was expected (ELB-VAL-20 to -23); of several faults any one may be told
 * (ELB-VAL-24). Views made before keep what they show. ARNs and DNS names are given by the caller,
 * since nothing is made up here; an object is active at once unless its state says otherwise.
 *
 * Asking again for what there is, under its name and with its settings, is no error and changes
 * nothing, as at AWS (ELB-VAL-12): the report gains a note that tells the ARN it has.
 *
 * In this order an Application Load Balancer comes to answer: r53_load_balancer_create with two
 * zones, r53_target_group_create, r53_listener_create with a forward action,
 * r53_listener_rule_create where there are rules, r53_target_register, a passed r53_observe_probe
 * for each target (until then it is `initial`), r53_view_new, r53_elb_select. Behind a Network or
 * Classic one, which by itself keeps to the zone of its node, r53_import_instance tells where each
 * instance runs.
 *
 * Quotas are AWS's defaults (ELB-LIM-01 to -20). An account that an import brought more of has had
 * its quota raised, to what is not known, so it is not refused for that quota's sake.
 */
#ifndef R53_ELB_CHANGE_H
#define R53_ELB_CHANGE_H

#include <r53/cloud.h>
#include <r53/listener.h>
#include <r53/load_balancer.h>
#include <r53/report.h>
#include <r53/target_group.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Creates a load balancer of any kind, without listeners and, a Classic one, without instances:
 * they come by r53_listener_create and r53_target_register (its group is its own ARN).
 *
 * AWS's request has no attributes; those of `lb` are what the new one begins with, and are not
 * compared when the same is asked for again.
 * @param lb      copied; ARN, name and zones are needed
 * @param report  gains AWS's error name and message of the faults; may be NULL
 * @return R53_OK, R53_E_INVALID (ValidationError, InvalidConfigurationRequest), R53_E_EXISTS
 *         (DuplicateLoadBalancerName, or the ARN is taken), R53_E_LIMIT (TooManyLoadBalancers),
 *         R53_E_NOMEM
 *
 * O(load balancers of the cloud). ELB-LB-02, -10, -11, -20, ELB-IP-01, ELB-LIM-01 to -03,
 * ELB-VAL-12; AWS CreateLoadBalancer, of both APIs.
 */
R53_API int32_t r53_load_balancer_create(r53_cloud *cloud, const r53_load_balancer *lb,
                                         r53_report *report);

/**
 * Creates a Classic load balancer with its first listeners, all or nothing.
 * @param lb         copied; ARN, name and zones are needed, its type may be left 0
 * @param listeners  copied; n of them, at least one; their ARNs NULL, load_balancer_arn NULL or
 *                   that of `lb`
 * @return as r53_load_balancer_create and r53_listener_create; R53_E_EXISTS
 *         (DuplicateLoadBalancerName) also if it is there without all of these listeners
 *
 * O(load balancers, and n * listeners of the cloud). ELB-LB-20, ELB-LSN-01, -11, ELB-VAL-12; AWS
 * CreateLoadBalancer of the Classic API.
 */
R53_API int32_t r53_load_balancer_create_classic(r53_cloud *cloud, const r53_load_balancer *lb,
                                                 const r53_listener *const *listeners, size_t n,
                                                 r53_report *report);

/**
 * Gives a load balancer other zones: all that it is to have. A zone that it has already keeps the
 * addresses of its node where none are given.
 * @param zones  copied; n of them
 * @return R53_OK, R53_E_INVALID (too few, mixed or repeated zones; a zone less of a Gateway Load
 *         Balancer), R53_E_NOT_FOUND (LoadBalancerNotFound), R53_E_NOMEM
 *
 * That a Network Load Balancer cannot lose zones while endpoints of VPCs use it is not modelled.
 * O(n * zones). ELB-LB-11, -14; AWS SetSubnets, Classic EnableAvailabilityZonesForLoadBalancer and
 * its opposite.
 */
R53_API int32_t r53_load_balancer_set_zones(r53_cloud *cloud, const char *load_balancer_arn,
                                            const r53_availability_zone *const *zones, size_t n,
                                            r53_report *report);

/**
 * r53_load_balancer_set_zones together with another IP address type, both or none.
 * @param zones            copied; n of them
 * @param ip_address_type  enum r53_ip_address_type; 0: it stays as it is
 * @return as these two calls
 *
 * O(n * zones), and with a type what r53_load_balancer_set_ip_address_type costs. AWS SetSubnets.
 */
R53_API int32_t r53_load_balancer_set_subnets(r53_cloud *cloud, const char *load_balancer_arn,
                                              const r53_availability_zone *const *zones, size_t n,
                                              int32_t ip_address_type, r53_report *report);

/**
 * Gives a load balancer another IP address type. Addresses come and go with its zones alone
 * (r53_load_balancer_set_zones); those of a version of IP that the type has not are not answered.
 * @param ip_address_type  enum r53_ip_address_type
 * @return R53_OK, R53_E_INVALID (ValidationError; InvalidConfigurationRequest: its kind or scheme
 *         has not this type, or what listens on it or stands behind it does not go with it),
 *         R53_E_NOT_FOUND (LoadBalancerNotFound), R53_E_NOMEM
 *
 * What did not go with the load balancer before, as an import may have it, is not refused.
 * O(listeners and rules of the cloud * target groups named). ELB-IP-01, -05 to -07, ELB-LSN-07,
 * -08, -23; AWS SetIpAddressType.
 */
R53_API int32_t r53_load_balancer_set_ip_address_type(r53_cloud *cloud,
                                                      const char *load_balancer_arn,
                                                      int32_t ip_address_type, r53_report *report);

/**
 * Gives a load balancer other security groups: all that it is to have, at least one. A Network Load
 * Balancer has some only if it was created with some, a Gateway Load Balancer never.
 * @param security_groups          ids, copied; n of them; they need not be known
 * @param enforce_on_private_link  enum r53_option, whether the rules count for PrivateLink too; 0: as
 *                                 it is, which is all that others than Network ones may have
 * @return R53_OK, R53_E_INVALID (ValidationError, InvalidConfigurationRequest), R53_E_NOT_FOUND
 *         (LoadBalancerNotFound), R53_E_NOMEM
 *
 * O(n + listeners and rules of the cloud * target groups named). ELB-LB-47, ELB-LIM-19; AWS
 * SetSecurityGroups, Classic ApplySecurityGroupsToLoadBalancer.
 */
R53_API int32_t r53_load_balancer_set_security_groups(r53_cloud *cloud,
                                                      const char *load_balancer_arn,
                                                      const char *const *security_groups, size_t n,
                                                      int32_t enforce_on_private_link,
                                                      r53_report *report);

/**
 * Deletes a load balancer with its listeners and their rules; target groups stay, unattached. Of a
 * Classic one the instances are registered no more. One that is not there is no error, as at AWS;
 * the report gains a note.
 * @return R53_OK, R53_E_INVALID (OperationNotPermitted: it is protected; ResourceInUse: a target
 *         group of a Network Load Balancer holds it as target, inferred), R53_E_NOMEM
 *
 * O(listeners, rules and targets of the cloud). ELB-LB-44, ELB-VAL-10; AWS DeleteLoadBalancer.
 */
R53_API int32_t r53_load_balancer_delete(r53_cloud *cloud, const char *load_balancer_arn,
                                         r53_report *report);

/**
 * Creates a listener with its default actions, or one of a Classic Load Balancer (its ARN NULL).
 * @param listener  copied
 * @param report    gains AWS's error name and message of the faults; may be NULL
 * @return R53_OK, R53_E_INVALID (ValidationError, UnsupportedProtocol, IncompatibleProtocols,
 *         InvalidConfigurationRequest, InvalidLoadBalancerAction ...), R53_E_NOT_FOUND
 *         (LoadBalancerNotFound, TargetGroupNotFound), R53_E_EXISTS (DuplicateListener, or the ARN
 *         is taken), R53_E_LIMIT (TooManyListeners, TooManyCertificates, TooManyTargets,
 *         TargetGroupAssociationLimit ...), R53_E_NOMEM
 *
 * O(listeners and rules of the cloud * target groups named). ELB-LSN-01 to -08, -11, -23, -25,
 * ELB-TG-05, ELB-LIM-05 to -12, -20, ELB-VAL-12; AWS CreateListener, Classic
 * CreateLoadBalancerListeners.
 */
R53_API int32_t r53_listener_create(r53_cloud *cloud, const r53_listener *listener,
                                    r53_report *report);

/**
 * Changes a listener: the members that are given; 0, NULL and empty lists leave what is there, and a
 * list that is given is the whole one. Of certificates the default one and the list that is chosen
 * from by server name each stay unless some of that kind are given. tcp_idle_timeout_seconds is an
 * attribute, and may be given as it is. One that speaks TLS no more loses what belongs to that. Its
 * rules have to fit it as it becomes. Listeners of Classic Load Balancers are deleted and created
 * instead.
 * @param listener  its ARN says which; copied
 * @return as r53_listener_create, with R53_E_NOT_FOUND for ListenerNotFound as well
 *
 * O(listeners and rules of the cloud * target groups named). ELB-LSN-01 to -08, ELB-TLS-01,
 * ELB-LB-46; AWS ModifyListener.
 */
R53_API int32_t r53_listener_modify(r53_cloud *cloud, const r53_listener *listener,
                                    r53_report *report);

/**
 * Changes attributes of a listener, all or none. Those that name headers are checked to be its own,
 * and decide nothing.
 * @param attributes  borrowed; keys that are not known are refused
 * @return R53_OK, R53_E_INVALID (ValidationError, InvalidConfigurationRequest), R53_E_NOT_FOUND
 *         (ListenerNotFound), R53_E_NOMEM
 *
 * O(n keys + the listener). ELB-LB-46, ELB-VAL-05; AWS ModifyListenerAttributes.
 */
R53_API int32_t r53_listener_modify_attributes(r53_cloud *cloud, const char *listener_arn,
                                               const r53_attribute *attributes, size_t n,
                                               r53_report *report);

/**
 * Adds a certificate to those that an HTTPS or TLS listener chooses from by server name. One that
 * is in the list already is not added again, and stays as it is known; the report gains a note. The
 * default one is replaced with r53_listener_modify; it may be in the list besides.
 * @param certificate  copied; its is_default 0
 * @return R53_OK, R53_E_INVALID (ValidationError), R53_E_NOT_FOUND (ListenerNotFound), R53_E_LIMIT
 *         (TooManyCertificates), R53_E_NOMEM
 *
 * O(the listener + listeners and rules of the cloud). ELB-LSN-03, ELB-TLS-01, ELB-LIM-07; AWS
 * AddListenerCertificates, which takes one certificate a call.
 */
R53_API int32_t r53_listener_add_certificate(r53_cloud *cloud, const char *listener_arn,
                                             const r53_certificate *certificate,
                                             r53_report *report);

/**
 * Takes a certificate out of that list. One that is not in it is no error (inferred); the report
 * gains a note.
 * @return R53_OK, R53_E_INVALID (OperationNotPermitted: it is the default one), R53_E_NOT_FOUND
 *         (ListenerNotFound), R53_E_NOMEM
 *
 * O(the listener). ELB-LSN-03, ELB-TLS-01; AWS RemoveListenerCertificates.
 */
R53_API int32_t r53_listener_remove_certificate(r53_cloud *cloud, const char *listener_arn,
                                                const char *certificate_arn, r53_report *report);

/**
 * Deletes a listener with its rules.
 * @param listener_arn  Classic: the load balancer's ARN, ":" and the port
 * @return R53_OK, R53_E_NOT_FOUND (ListenerNotFound), R53_E_NOMEM
 *
 * O(rules of the cloud). AWS DeleteListener, Classic DeleteLoadBalancerListeners.
 */
R53_API int32_t r53_listener_delete(r53_cloud *cloud, const char *listener_arn,
                                    r53_report *report);

/**
 * Creates a target group, without targets and attached to nothing. AWS's request has no attributes;
 * those of `group` are what the new one begins with, and are not compared when the same is asked
 * for again.
 * @param group  copied
 * @return R53_OK, R53_E_INVALID (ValidationError, InvalidConfigurationRequest), R53_E_EXISTS
 *         (DuplicateTargetGroupName, or the ARN is taken), R53_E_LIMIT (TooManyTargetGroups),
 *         R53_E_NOMEM
 *
 * O(target groups of the cloud). ELB-TG-01 to -03, ELB-ST-07, -08, ELB-ATTR-30, -31, ELB-XZ-05,
 * ELB-LIM-04, ELB-VAL-06, -12; AWS CreateTargetGroup.
 */
R53_API int32_t r53_target_group_create(r53_cloud *cloud, const r53_target_group *group,
                                        r53_report *report);

/**
 * Changes the health check of a target group: the settings that are given; 0 and NULL leave what is
 * there. All else is fixed, or an attribute: it may be given as it is. Targets keep the health that
 * they have; probes count by the new settings.
 * @param group  its ARN says which; copied
 * @return R53_OK, R53_E_INVALID (ValidationError, InvalidConfigurationRequest), R53_E_NOT_FOUND
 *         (TargetGroupNotFound), R53_E_NOMEM
 *
 * O(1). ELB-ST-07, -08, ELB-TG-01, ELB-VAL-06; AWS ModifyTargetGroup.
 */
R53_API int32_t r53_target_group_modify(r53_cloud *cloud, const r53_target_group *group,
                                        r53_report *report);

/**
 * Deletes a target group and the registrations of its targets.
 * @return R53_OK, R53_E_INVALID (ResourceInUse: an action forwards to it), R53_E_NOT_FOUND
 *         (TargetGroupNotFound), R53_E_NOMEM
 *
 * O(listeners and rules of the cloud). ELB-VAL-10; AWS DeleteTargetGroup.
 */
R53_API int32_t r53_target_group_delete(r53_cloud *cloud, const char *target_group_arn,
                                        r53_report *report);

/**
 * Creates a rule, as CreateRule does.
 * @param rule    copied; its ARN is given by the caller, since nothing is made up here
 * @param report  gains AWS's error name and message of every fault; may be NULL
 * @return R53_OK, R53_E_INVALID (refused), R53_E_NOT_FOUND (ListenerNotFound, TargetGroupNotFound),
 *         R53_E_EXISTS (PriorityInUse, or the ARN is taken), R53_E_LIMIT (TooManyRules,
 *         TargetGroupAssociationLimit and alike), R53_E_UNSUPPORTED (a regular expression, and the
 *         cloud has no engine), R53_E_NOMEM
 *
 * O(listeners and rules of the cloud * target groups named). ELB-ALB-RULE-02 to -09, ELB-VAL-01 to
 * -08, ELB-LIM-06 to -12; AWS CreateRule.
 */
R53_API int32_t r53_listener_rule_create(r53_cloud *cloud, const r53_listener_rule *rule,
                                         r53_report *report);

/**
 * Changes a rule: conditions, actions and transforms that are given replace all that it has of
 * them, an empty list leaves them. Its listener and its priority may be given as they are. Of a
 * default rule, which an import may have told, the actions can be changed: those of its listener,
 * by r53_listener_modify.
 * @param rule  its ARN says which; copied. `reset_transforms` takes the transforms away
 * @return R53_OK, R53_E_INVALID (ValidationError, of nothing given too; OperationNotPermitted: of
 *         a default rule; IncompatibleProtocols, InvalidLoadBalancerAction ...), R53_E_NOT_FOUND
 *         (RuleNotFound, ListenerNotFound, TargetGroupNotFound), R53_E_LIMIT (TooManyTargets,
 *         TargetGroupAssociationLimit and alike), R53_E_UNSUPPORTED (a regular expression, and the
 *         cloud has no engine), R53_E_NOMEM
 *
 * Parts that stay are not judged again: what an import brought may break rules of a request.
 * O(listeners and rules of the cloud * target groups named). ELB-VAL-01 to -08, ELB-ALB-RULE-03 to
 * -09, ELB-LIM-08 to -12; AWS ModifyRule.
 */
R53_API int32_t r53_listener_rule_modify(r53_cloud *cloud, const r53_listener_rule *rule,
                                         r53_report *report);

/**
 * Gives rules of one listener new priorities, all or none; what counts is that no two are equal
 * afterwards (ELB-VAL-09).
 * @param priorities  borrowed
 * @return R53_OK, R53_E_INVALID (out of range; a default rule: OperationNotPermitted; rules of
 *         several listeners), R53_E_NOT_FOUND (RuleNotFound), R53_E_EXISTS (PriorityInUse),
 *         R53_E_NOMEM
 *
 * O(n rules of the cloud). AWS SetRulePriorities.
 */
R53_API int32_t r53_listener_rule_set_priorities(r53_cloud *cloud,
                                                 const r53_rule_priority *priorities, size_t n,
                                                 r53_report *report);

/**
 * Deletes a rule.
 * @return R53_OK, R53_E_NOT_FOUND (RuleNotFound), R53_E_INVALID (a default rule:
 *         OperationNotPermitted), R53_E_NOMEM
 *
 * O(1). ELB-VAL-08; AWS DeleteRule.
 */
R53_API int32_t r53_listener_rule_delete(r53_cloud *cloud, const char *rule_arn,
                                         r53_report *report);

/**
 * Changes attributes of a target group, all or none. Under a Classic load balancer's ARN that is its
 * connection draining alone, deregistration_delay.timeout_seconds, 0: off (ELB-CLB-10).
 * @param attributes  borrowed; keys that are not known are refused
 * @param report      gains AWS's error name and message of every fault; may be NULL
 * @return R53_OK, R53_E_INVALID (ValidationError, InvalidConfigurationRequest), R53_E_NOT_FOUND
 *         (TargetGroupNotFound), R53_E_NOMEM
 *
 * O(n keys), and O(actions of the cloud) where stickiness is turned on, which actions with several
 * target groups have to allow. ELB-ATTR-01 to -32, ELB-ALB-ACT-08, ELB-LSN-22, ELB-VAL-05,
 * ELB-VAL-23; AWS ModifyTargetGroupAttributes.
 */
R53_API int32_t r53_target_group_modify_attributes(r53_cloud *cloud, const char *target_group_arn,
                                                   const r53_attribute *attributes, size_t n,
                                                   r53_report *report);

/**
 * Changes attributes of a load balancer, all or none.
 * @param attributes  borrowed; keys that are not known are refused
 * @return R53_OK, R53_E_INVALID (ValidationError, InvalidConfigurationRequest), R53_E_NOT_FOUND
 *         (LoadBalancerNotFound), R53_E_NOMEM
 *
 * O(n keys + nodes). ELB-LB-30 to -44, ELB-VAL-05; AWS ModifyLoadBalancerAttributes.
 */
R53_API int32_t r53_load_balancer_modify_attributes(r53_cloud *cloud,
                                                    const char *load_balancer_arn,
                                                    const r53_attribute *attributes, size_t n,
                                                    r53_report *report);

/**
 * Registers a target. One that is registered already stays as it is (ELB-VAL-11). One that drains is
 * registered again: its health begins anew (ELB-DRAIN-06), while requests and flows in progress go on
 * there, for it is the same target under its target_ordinal; after the delay it is another one.
 * @param target  its id has the form of those of the group's type: "i-" and hexadecimal digits, an
 *                address, a function's or an Application Load Balancer's ARN; its port 0: the group's
 * @param now_ms  the clock of the views; time before an earlier call's counts as that
 * @return R53_OK, R53_E_INVALID (InvalidTarget, ValidationError; of a Classic Load Balancer
 *         InvalidInstance), R53_E_NOT_FOUND (TargetGroupNotFound), R53_E_LIMIT (TooManyTargets,
 *         TooManyRegistrationsForTargetId), R53_E_NOMEM
 *
 * O(targets of the load balancer that uses the group * its zones); the first call after listeners
 * or rules have changed goes through all of them once. ELB-TG-04, -06 to -08, ELB-VAL-11,
 * ELB-LIM-09 to -13, -15; AWS RegisterTargets.
 */
R53_API int32_t r53_target_register(r53_cloud *cloud, const char *target_group_arn,
                                    const r53_target *target, int64_t now_ms, r53_report *report);

/**
 * Deregisters a target: it drains until the deregistration delay is over at the view's now, then it
 * is gone (ELB-DRAIN-01). One that is not registered is no error (ELB-VAL-11).
 * @param target  its port 0: the group's; zone NULL: any
 * @param now_ms  as for r53_target_register
 * @return R53_OK, R53_E_INVALID, R53_E_NOT_FOUND (TargetGroupNotFound), R53_E_NOMEM
 *
 * O(targets of the group). AWS DeregisterTargets.
 */
R53_API int32_t r53_target_deregister(r53_cloud *cloud, const char *target_group_arn,
                                      const r53_target *target, int64_t now_ms,
                                      r53_report *report);

/**
 * Registers several targets of a group, all or none, in their order: as r53_target_register one by
 * one, but that what is refused takes all others back. A target that is there twice is registered
 * once.
 * @param targets  borrowed; n of them
 * @return as r53_target_register; the report's path names the target, "Targets[2]"
 *
 * O(n * r53_target_register). AWS RegisterTargets.
 */
R53_API int32_t r53_targets_register(r53_cloud *cloud, const char *target_group_arn,
                                     const r53_target *const *targets, size_t n, int64_t now_ms,
                                     r53_report *report);

/**
 * Deregisters several targets of a group, all or none.
 * @param targets  borrowed; n of them
 * @return as r53_target_deregister; the report's path names the target, "Targets[2]"
 *
 * O(n * r53_target_deregister). AWS DeregisterTargets.
 */
R53_API int32_t r53_targets_deregister(r53_cloud *cloud, const char *target_group_arn,
                                       const r53_target *const *targets, size_t n, int64_t now_ms,
                                       r53_report *report);

#ifdef __cplusplus
}
#endif

#endif
