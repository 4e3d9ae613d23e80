/*
 * The kinds of documents and of requests: one row each, told by its top-level key. The tables of
 * one are in the file of its subject: route53.c, health.c, cidr.c, elb.c, elb_create.c, listener.c,
 * certificate.c, rule.c, condition.c, target_group.c, attributes.c, classic.c, classic_state.c,
 * classic_request.c, security_group.c, vpc.c, supplement.c, bundle.c.
 */
#ifndef R53_LIB_JSON_DOCUMENT_H
#define R53_LIB_JSON_DOCUMENT_H

#include "json/fields.h"

/* list-hosted-zones, list-hosted-zones-by-name; get-hosted-zone */
extern const struct element r53__json_hosted_zones, r53__json_hosted_zone;
/* list-resource-record-sets as AWS prints it, and with --query ResourceRecordSets: a bare list */
extern const struct element r53__json_record_sets;
void r53__json_record_set_list(struct reader *reader, json_t *list);
/* One record set: a r53_record_set. */
extern const struct shape r53__json_record_set;
/* list-health-checks; get-health-check, create-health-check; get-health-check-status */
extern const struct element r53__json_health_checks, r53__json_health_check, r53__json_observations;
/* list-cidr-collections; create-cidr-collection; list-cidr-blocks; list-cidr-locations */
extern const struct element r53__json_cidr_collections, r53__json_cidr_collection,
    r53__json_cidr_blocks, r53__json_cidr_locations;
/* elbv2: describe-load-balancers, describe-listeners, describe-rules, describe-target-groups,
 * describe-target-health, describe-listener-certificates; acm: describe-certificate */
extern const struct element r53__json_load_balancers, r53__json_listeners, r53__json_rules,
    r53__json_target_groups, r53__json_target_healths, r53__json_listener_certificates,
    r53__json_certificate;
/* elbv2: describe-load-balancer-attributes, describe-target-group-attributes,
 * describe-listener-attributes; describe-tags, of elb too */
extern const struct element r53__json_attributes, r53__json_tags;
/* elb: describe-load-balancers, describe-load-balancer-attributes, describe-instance-health,
 * describe-load-balancer-policies */
extern const struct element r53__json_classic, r53__json_classic_attributes,
    r53__json_instance_healths, r53__json_policies;

/* An action: a struct that begins with a r53_listener_action. */
extern const struct shape r53__json_action;
/* guard.c: of actions that authenticate users or look at tokens; they fill in nothing. */
void r53__json_claims(struct reader *, const struct field *, json_t *, void *out);
void r53__json_session_timeout(struct reader *, const struct field *, json_t *, void *out);
void r53__json_extra_params(struct reader *, const struct field *, json_t *, void *out);
/* The default certificate of a listener: a struct that begins with a r53_certificate. */
extern const struct shape r53__json_default_certificate;
/* A key and its value: a r53_attribute. */
extern const struct shape r53__json_attribute;
/* A listener of a Classic load balancer: a struct that begins with a r53_listener. */
extern const struct shape r53__json_classic_listener;
/* A condition: a struct that begins with a r53_condition. */
extern const struct shape r53__json_condition;
/* enum r53_ip_address_type; types and schemes of load balancers; enum r53_option, "off" and "on" */
extern const struct vocabulary r53__json_address_types, r53__json_balancer_types, r53__json_schemes,
    r53__json_switches;
/* Members that page the lists of elbv2. */
#define ELB_PAGE_FIELDS WHOLE("NextMarker", r53__json_page), WHOLE("NextToken", r53__json_page)

/* ec2: describe-security-groups */
extern const struct element r53__json_security_groups;

/* ec2: describe-vpc-attribute; route53resolver: list-resolver-rules,
 * list-resolver-rule-associations */
extern const struct element r53__json_vpc_attribute, r53__json_resolver_rules,
    r53__json_rule_associations;

/* Documents of our own */
extern const struct element r53__json_supplement, r53__json_bundle;

/* supplement_client.c: elements of its lists */
extern const struct element r53__json_place, r53__json_latency;

/* Requests of route53: create-health-check, change-cidr-collection; the rest are in change.c. */
extern const struct element r53__json_create_health_check, r53__json_change_cidr_collection;
/* Requests of elbv2, each under its action; the rest are in change.c. */
extern const struct element r53__json_create_balancer, r53__json_set_subnets,
    r53__json_set_ip_address_type, r53__json_set_security_groups, r53__json_create_listener,
    r53__json_modify_listener, r53__json_add_certificates, r53__json_remove_certificates,
    r53__json_create_rule, r53__json_modify_rule, r53__json_set_priorities, r53__json_create_group,
    r53__json_modify_group, r53__json_register_targets, r53__json_deregister_targets,
    r53__json_modify_balancer_attributes, r53__json_modify_group_attributes,
    r53__json_modify_listener_attributes;

/* Requests of elb, likewise. */
extern const struct element r53__json_create_classic, r53__json_delete_classic,
    r53__json_apply_security_groups, r53__json_register_instances, r53__json_deregister_instances;

/* The subnet of this id as the context has it; NULL: its zone is not known, told. */
const r53_json_subnet *r53__json_subnet_find(struct reader *reader, const char *id);

/* The key by which a document is a request; NULL: it is none. */
const char *r53__json_request_key(const json_t *document);

/*
 * ARNs of what a request makes, from the context's Region and account or below the ARN of what it
 * belongs to; NULL: what they are made of is missing, or no memory, told. And the DNS name of a
 * load balancer whose ARN is known; NULL: that is not of AWS's form, or no memory, which is told.
 */
const char *r53__json_made_balancer(struct reader *reader, const r53_load_balancer *lb);
const char *r53__json_made_dns_name(struct reader *reader, const r53_load_balancer *lb);
const char *r53__json_made_listener(struct reader *reader, const r53_listener *listener);
const char *r53__json_made_rule(struct reader *reader, const r53_listener_rule *rule);
const char *r53__json_made_group(struct reader *reader, const char *name);

/*
 * What a request is about: what it says itself, else what the context gives. NULL: neither says
 * (`why` is told), or they differ, for a change in the wrong place cannot be taken back.
 */
const char *r53__json_whose(struct reader *reader, const char *said, const char *given,
                            const char *member, const char *why);

/*
 * The ARN of a Classic load balancer by its name, which may be an ARN already; Region and account
 * are the context's. NULL: they are missing, or no memory; reported.
 */
const char *r53__json_classic_arn(struct reader *reader, const char *name);

/* Reads a document of any kind at the current place. */
void r53__json_document(struct reader *reader, json_t *document);

/*
 * Parses the text and hands what it says to `read`; the result of the public call.
 * @param missing  NULL, or which argument of the call is missing
 */
int32_t r53__json_run(struct reader *reader, const char *missing, const char *text, size_t length,
                      const r53_json_context *context,
                      void (*read)(struct reader *reader, json_t *document));

#endif
