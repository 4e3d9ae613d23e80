/**
 * libr53-json: AWS's JSON into an import. A second library (pkg-config r53-json) on jansson; reads
 * from memory, through the public API of libr53 only.
 *
 * Read are the answers of
 *   aws route53  list-hosted-zones, list-hosted-zones-by-name, get-hosted-zone,
 *                list-resource-record-sets (also as --query ResourceRecordSets prints it)
 *   aws elbv2    describe-load-balancers, describe-listeners, describe-target-groups,
 *                describe-target-health
 *   aws elb      describe-load-balancers, describe-instance-health
 * and of the calls that create these and answer in the same form. Fields that are not known are
 * notes in the report; `null` counts as absent; pages may be read one after the other.
 *
 * What AWS prints nowhere comes in a supplement of ours; every list in it is optional:
 *
 *   {"R53Supplement": {
 *     "NodeAddresses": [{"LoadBalancer": "ARN or DNS name", "ZoneName": "us-east-1a",
 *                        "Addresses": ["192.0.2.10", "2001:db8::10"]}],
 *     "Instances":     [{"InstanceId": "i-0a1b", "AvailabilityZone": "us-east-1a"}],
 *     "Addresses":     [{"DNSName": "d1.cloudfront.net", "Addresses": ["198.51.100.1"]}]}}
 *
 * A bundle holds any of these documents, each with its context; what a context does not say, that
 * of the call says:
 *
 *   {"R53Bundle": [
 *     {"Context": {"Account": "123456789012", "Region": "us-east-1", "HostedZoneId": "Z1D633PJN9",
 *                  "HostedZoneName": "example.com", "LoadBalancer": "ARN or Classic name",
 *                  "TargetGroupArn": "ARN"},
 *      "Document": {"ResourceRecordSets": [...]}}]}
 *
 * In both, "Comment" is free text.
 */
#ifndef R53_JSON_H
#define R53_JSON_H

#include <r53/import.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Whose a document is, where AWS does not print it. NULL members: not said. Where something is
 * needed, missing here and not evident from the document, the call fails and names the member.
 */
typedef struct r53_json_context {
    uint32_t size;                /**< sizeof(r53_json_context) */
    int32_t skip_invalid;         /**< 1: leave out and report what has no meaning, load the rest */
    const char *account;          /**< "123456789012"; of hosted zones, of Classic load balancers */
    const char *region;           /**< "us-east-1"; of Classic load balancers */
    const char *hosted_zone_id;   /**< of list-resource-record-sets */
    const char *hosted_zone_name; /**< of list-resource-record-sets without its SOA, where no
                                       document describes the zone: it is then a public one */
    const char *load_balancer;    /**< ARN or Classic name, of documents that do not say, above all
                                       describe-instance-health */
    const char *target_group_arn; /**< of describe-target-health */
} r53_json_context;

/**
 * Reads one JSON document into the import: what the AWS CLI prints, recognised by its top-level
 * key, the supplement, or an account bundle.
 * @param import   gains what the document says; after a failure it may hold part of the document:
 *                 free it without committing, and nothing has changed
 * @param text     UTF-8, need not be NUL-terminated; borrowed
 * @param context  copied where needed; NULL: nothing said
 * @param report   gains unknown fields (notes), doubts (warnings) and errors, all there are, with
 *                 path, and line and column where the text itself is malformed. Give the import's
 *                 own, so that what the import finds has its path too. The place set by
 *                 r53_report_locate is forgotten; may be NULL
 * @return R53_OK, R53_E_SYNTAX (not JSON, a key given twice, a number too large for 64 bits),
 *         R53_E_INVALID (JSON, but not of a known kind, with a value that has no meaning, or
 *         without a member of the context that is needed), R53_E_NOMEM (jansson, short of memory
 *         inside a token, takes it for invalid: R53_E_SYNTAX)
 *
 * O(length). Rules R53-JSON-01, -03, -08, ELB-JSON-01, -03, -05, -06, -08, -09.
 */
R53_API int32_t r53_json_read(r53_import *import, const char *text, size_t length,
                              const r53_json_context *context, r53_report *report);

#ifdef __cplusplus
}
#endif

#endif
