/*
 * The kinds of documents: one row each, told by its top-level key. The tables of a document are in
 * the file of its service: route53.c, elb.c, classic.c, ours.c.
 */
#ifndef R53_LIB_JSON_DOCUMENT_H
#define R53_LIB_JSON_DOCUMENT_H

#include "json/fields.h"

/* list-hosted-zones, list-hosted-zones-by-name; get-hosted-zone */
extern const struct element r53__json_hosted_zones, r53__json_hosted_zone;
/* list-resource-record-sets as AWS prints it, and with --query ResourceRecordSets: a bare list */
extern const struct element r53__json_record_sets;
void r53__json_record_set_list(struct reader *reader, json_t *list);
/* elbv2: describe-load-balancers, describe-listeners, describe-target-groups,
 * describe-target-health */
extern const struct element r53__json_load_balancers, r53__json_listeners, r53__json_target_groups,
    r53__json_target_healths;
/* elb: describe-load-balancers, describe-instance-health */
extern const struct element r53__json_classic, r53__json_instance_healths;
/* Documents of our own */
extern const struct element r53__json_supplement, r53__json_bundle;

/* Reads a document of any kind at the current place. */
void r53__json_document(struct reader *reader, json_t *document);

#endif
