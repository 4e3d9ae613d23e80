/**
 * The import door: states what *is*, in any order, with dangling references allowed. An import
 * gathers objects and puts them into a cloud and an observed at once on commit, or not at all.
 *
 * Importing is not changing: the change API's refusals do not apply (R53-JSON-09, ELB-JSON-11); what
 * breaks them is reported as a warning. Refused is only what has no meaning.
 *
 * A call that lists no codes returns R53_OK, R53_E_INVALID (the report names the value) or
 * R53_E_NOMEM.
 */
#ifndef R53_IMPORT_H
#define R53_IMPORT_H

#include <r53/cidr_collection.h>
#include <r53/cloud.h>
#include <r53/health_check.h>
#include <r53/listener.h>
#include <r53/load_balancer.h>
#include <r53/observed.h>
#include <r53/report.h>
#include <r53/security_group.h>
#include <r53/target_group.h>
#include <r53/vpc_resolver.h>
#include <r53/zone.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Objects gathered for one commit. One thread at a time. */
typedef struct r53_import r53_import;

/**
 * Begins an import.
 * @param cloud     borrowed until r53_import_free
 * @param observed  borrowed until r53_import_free; NULL: target health in the input is refused
 * @param report    borrowed until r53_import_free; gains all findings; may be NULL
 * @return R53_OK, R53_E_NOMEM, R53_E_INVALID
 */
R53_API int32_t r53_import_new(r53_import **out, r53_cloud *cloud, r53_observed *observed,
                               r53_report *report);

/** Frees the import; what was not committed is dropped. */
R53_API void r53_import_free(r53_import *import);

/** Adds a hosted zone; the same id again replaces what was said, its record sets stay. Copied. */
R53_API int32_t r53_import_hosted_zone(r53_import *import, const r53_hosted_zone *zone);

/**
 * Adds a record set to the zone, or replaces the one with its name, type and set identifier.
 * The zone itself may come later in this import; if it never comes, its name is that of the SOA
 * record set, and without one the commit is refused.
 * @return R53_OK, R53_E_INVALID (no name, no type, or a value that does not parse), R53_E_NOMEM
 */
R53_API int32_t r53_import_record_set(r53_import *import, const char *zone_id,
                                      const r53_record_set *record_set);

/** Adds or replaces a health check. Copied. R53_OK, R53_E_INVALID (no id, no type), R53_E_NOMEM. */
R53_API int32_t r53_import_health_check(r53_import *import, const r53_health_check *check);

/**
 * Adds a CIDR collection; the same id again replaces what was said, its blocks stay. Copied. Names
 * that AWS would not take are kept with a warning. R53_OK, R53_E_INVALID (no id), R53_E_NOMEM.
 */
R53_API int32_t r53_import_cidr_collection(r53_import *import,
                                           const r53_cidr_collection *collection);

/**
 * Adds a block to a location of a collection, which may come later; without one, it is a collection
 * whose name is not known. A block lies in one location (R53-CIDR-02): said of two, it is in the
 * last, with a warning. Host bits are cleared (R53-COLL-03).
 * @return R53_OK, R53_E_INVALID (no collection, no location, or no address prefix), R53_E_NOMEM
 */
R53_API int32_t r53_import_cidr_block(r53_import *import, const char *collection_id,
                                      const char *location_name, const char *cidr_block);

/**
 * States DNS settings of a VPC; what it leaves open stays as it was (R53-PRIV-02). Copied.
 * @return R53_OK, R53_E_INVALID (the report names the value), R53_E_NOMEM
 */
R53_API int32_t r53_import_vpc(r53_import *import, const r53_vpc_dns *vpc);

/**
 * Adds or replaces a rule of the VPC Resolver (R53-PRIV-08), apart from which VPCs have it. Copied.
 * @return R53_OK (a DELEGATE rule is a warning: it has no effect), R53_E_INVALID (the report names
 *         the value), R53_E_NOMEM
 */
R53_API int32_t r53_import_resolver_rule(r53_import *import, const r53_resolver_rule *rule);

/**
 * States whether a VPC's resolver has a rule, which may come later: without it the association has
 * no effect, and is warned of at commit.
 * @param associated  1: it has, 0: it has not any more
 */
R53_API int32_t r53_import_resolver_rule_association(r53_import *import, const char *rule_id,
                                                     const char *vpc_id, int32_t associated);

/** Adds or replaces a load balancer. Copied. R53_OK, R53_E_INVALID, R53_E_NOMEM. */
R53_API int32_t r53_import_load_balancer(r53_import *import, const r53_load_balancer *lb);

/**
 * Adds or replaces a security group, whole. A load balancer with a group that nothing is known of
 * admits every packet. Copied.
 * @return R53_OK, R53_E_INVALID (the report names the value), R53_E_NOMEM
 */
R53_API int32_t r53_import_security_group(r53_import *import, const r53_security_group *group);

/** Adds or replaces a listener; its load balancer may come later. Copied. */
R53_API int32_t r53_import_listener(r53_import *import, const r53_listener *listener);

/**
 * Adds or replaces a rule; its listener may come later. A default rule's actions count where the
 * listener brings none. Copied.
 * @return R53_OK, R53_E_INVALID, R53_E_UNSUPPORTED (a regular expression, and the cloud has no
 *         engine), R53_E_NOMEM
 */
R53_API int32_t r53_import_rule(r53_import *import, const r53_listener_rule *rule);

/** Adds or replaces a target group. Copied. */
R53_API int32_t r53_import_target_group(r53_import *import, const r53_target_group *group);

/**
 * States an attribute of a target group by AWS's key, as describe-target-group-attributes prints it
 * ("stickiness.enabled", "true"). The group may come later in this import, or be known already; what
 * is stated here counts over the members of r53_target_group. Copied.
 *
 * A key that is not known, or not for groups of this kind, is told as a warning and not kept; a
 * number out of range is kept with a warning, since importing is not changing.
 * @return R53_OK, R53_E_INVALID (no ARN or key; a value without meaning), R53_E_NOMEM
 */
R53_API int32_t r53_import_target_group_attribute(r53_import *import, const char *target_group_arn,
                                                  const char *key, const char *value);

/** The same for a load balancer, as describe-load-balancer-attributes prints it. */
R53_API int32_t r53_import_load_balancer_attribute(r53_import *import,
                                                   const char *load_balancer_arn, const char *key,
                                                   const char *value);

/** The same for a listener, as describe-listener-attributes prints it (ELB-LB-46). */
R53_API int32_t r53_import_listener_attribute(r53_import *import, const char *listener_arn,
                                              const char *key, const char *value);

/**
 * Adds a certificate to a listener, which may come later in this import, or be known already, as
 * describe-listener-certificates lists them (ELB-TLS-01). One with the ARN of a certificate that the
 * listener has replaces it, unless it brings no domain names: then all stays as it is known. Copied.
 * @param certificate  without domain names it is no server name's
 * @return R53_OK, R53_E_INVALID (no ARN of the listener or the certificate), R53_E_NOMEM
 */
R53_API int32_t r53_import_listener_certificate(r53_import *import, const char *listener_arn,
                                                const r53_certificate *certificate);

/**
 * Registers a target and, if `state` is not 0, observes its health (AWS's describe-target-health
 * says both). A target known already keeps its place in the order of registration.
 * @param state   enum r53_target_state or 0
 * @param reason  AWS's reason code or NULL
 */
R53_API int32_t r53_import_target(r53_import *import, const char *target_group_arn,
                                  const r53_target *target, int32_t state, const char *reason);

/**
 * Says which addresses the node of a load balancer in a zone has, where AWS does not print them
 * (ELB-JSON-02); they replace those of the load balancer's own description.
 * @param load_balancer  ARN, or DNS name in lower case
 */
R53_API int32_t r53_import_node_addresses(r53_import *import, const char *load_balancer,
                                          const char *zone_name, const char *const *addresses,
                                          size_t n);

/** Says in which Availability Zone an instance runs (ELB-JSON-06). */
R53_API int32_t r53_import_instance(r53_import *import, const char *instance_id,
                                    const char *zone_name);

/** Observes whether an instance runs, as r53_observe_instance does, at commit. */
R53_API int32_t r53_import_instance_state(r53_import *import, const char *instance_id,
                                          int32_t state);

/** Observes the addresses of a name, as r53_observe_addresses does, at commit. */
R53_API int32_t r53_import_addresses(r53_import *import, const char *dns_name,
                                     const char *const *addresses, size_t n);

/** Observes a checker's opinion, as r53_observe_checker does, at commit. */
R53_API int32_t r53_import_checker(r53_import *import, const char *health_check_id,
                                   const char *checker, int32_t status);

/** Observes a health check whole, as r53_observe_health_check does, at commit. */
R53_API int32_t r53_import_health_check_status(r53_import *import, const char *health_check_id,
                                               int32_t status);

/** Observes an alarm, as r53_observe_alarm does, at commit. */
R53_API int32_t r53_import_alarm(r53_import *import, const char *health_check_id, int32_t state);

/**
 * Observes a zonal shift, as r53_observe_zonal_shift does, at commit: of several for one load
 * balancer the last holds (ELB-SHIFT-01). A load balancer that is not known by then, has no node in
 * the zone, or may not be shifted (ELB-LB-31, ELB-SHIFT-07), is warned of. Copied.
 * @return R53_OK, R53_E_INVALID (the report names the value; or the import has no observed),
 *         R53_E_NOMEM
 */
R53_API int32_t r53_import_zonal_shift(r53_import *import, const char *load_balancer_arn,
                                       const char *zone_name, int32_t shifted);

/** The same for an impaired zone, as r53_observe_zone_impaired does; zones may be so together. */
R53_API int32_t r53_import_zone_impaired(r53_import *import, const char *load_balancer_arn,
                                         const char *zone_name, int32_t impaired);

/** Observes a mitigation weight, as r53_observe_mitigation does, at commit. Codes as above. */
R53_API int32_t r53_import_mitigation(r53_import *import, const char *target_group_arn,
                                      const r53_target *target, int32_t weight);

/** Observes request slots, as r53_observe_target_slots does, at commit. Codes as above. */
R53_API int32_t r53_import_target_slots(r53_import *import, const char *target_group_arn,
                                        const r53_target *target, int32_t slots);

/**
 * Observes a place, as r53_observe_place does, at commit. Copied.
 * @return R53_OK, R53_E_INVALID (the report names the value; or the import has no observed),
 *         R53_E_NOMEM
 */
R53_API int32_t r53_import_place(r53_import *import, const char *prefix, const r53_place *place);

/** Observes a latency, as r53_observe_latency does, at commit. Codes as r53_import_place. */
R53_API int32_t r53_import_latency(r53_import *import, const char *client, const char *region,
                                   int32_t milliseconds);

/**
 * Puts everything into the cloud and the observed; dangling references become warnings. After
 * success the import is empty and may be filled again; after a failure nothing has changed.
 * @return R53_OK, R53_E_INVALID, R53_E_NOMEM
 */
R53_API int32_t r53_import_commit(r53_import *import);

#ifdef __cplusplus
}
#endif

#endif
