/**
 * libr53-json: AWS's JSON into an import, requests of AWS's CLI into a cloud. A second library
 * (pkg-config r53-json) on jansson; reads from memory, through the public API of libr53 only.
 *
 * Read (r53_json_read) are the answers of these, known by their top-level key:
 *   aws route53  list-hosted-zones, list-hosted-zones-by-name, get-hosted-zone,
 *                list-resource-record-sets (also as --query ResourceRecordSets prints it),
 *                list-health-checks, get-health-check, get-health-check-status (that of
 *                get-health-check-last-failure-reason looks the same, but tells the past),
 *                list-cidr-collections, list-cidr-blocks, list-cidr-locations
 *   aws elbv2    describe-load-balancers, describe-listeners, describe-rules,
 *                describe-target-groups, describe-target-health,
 *                describe-load-balancer-attributes, describe-target-group-attributes,
 *                describe-listener-attributes, describe-listener-certificates, describe-tags
 *   aws elb      describe-load-balancers, describe-load-balancer-attributes,
 *                describe-instance-health, describe-load-balancer-policies, describe-tags
 *   aws ec2      describe-security-groups, describe-vpc-attribute
 *   aws acm      describe-certificate
 *   aws route53resolver  list-resolver-rules, list-resolver-rule-associations
 * and of the calls that create or change these and answer in the same form. Fields that are not
 * known are notes in the report; `null` counts as absent; pages may be read one after the other.
 * Tags, headers that a listener adds and where logs go decide nothing: they are read and left
 * alone. A Classic load balancer's description tells its policies that stick; a list of policies by
 * itself is a note.
 *
 * Of a listener AWS prints the default certificate's ARN alone. What decides which certificate a
 * server name gets may be put beside it, in a list of all, as `aws acm describe-certificate` has
 * it:
 *
 *   "Certificates": [{"CertificateArn": "...", "DomainName": "example.com",
 *                     "SubjectAlternativeNames": ["example.com", "*.example.com"],
 *                     "KeyAlgorithm": "RSA-2048", "SignatureAlgorithm": "SHA256WITHRSA",
 *                     "NotBefore": "2029-01-01T00:00:00+00:00", "NotAfter": 1893455999},
 *                    {"CertificateArn": "...", "IsDefault": false, ...}]
 *
 * so also in describe-listener-certificates, which prints the ARNs of all. What `aws acm
 * describe-certificate` prints, {"Certificate": {...}}, is read as it is for the listener that the
 * context names: known there, it is the default one or not as before; else the listener has it from
 * then on. Times are texts of ISO
 * 8601 or seconds since 1970, and become milliseconds since then: so the views' clock has to be.
 *
 * Applied (r53_json_change) are the requests that the CLI takes from a file:
 *   change-resource-record-sets  {"Changes": [{"Action": "UPSERT", "ResourceRecordSet": {...}}]}
 *                                or {"HostedZoneId": "Z...", "ChangeBatch": {"Changes": [...]}}
 *   change-cidr-collection       {"Id": "...", "CollectionVersion": 1, "Changes": [{"LocationName":
 *                                "isp-1", "Action": "PUT", "CidrList": ["203.0.113.0/24"]}]}
 *   create-health-check          {"CallerReference": "...", "HealthCheckConfig": {...}}
 * and of elbv2 those of --cli-input-json, which look alike, each under the name of its action:
 *   {"CreateTargetGroup": {"Name": "web", "Protocol": "HTTP", "Port": 80, "VpcId": "vpc-1"}}
 *   CreateLoadBalancer, SetSubnets, SetIpAddressType, SetSecurityGroups,
 *   ModifyLoadBalancerAttributes, DeleteLoadBalancer, CreateListener, ModifyListener,
 *   ModifyListenerAttributes, AddListenerCertificates, RemoveListenerCertificates, DeleteListener,
 *   CreateRule, ModifyRule, SetRulePriorities, DeleteRule, CreateTargetGroup, ModifyTargetGroup,
 *   ModifyTargetGroupAttributes, DeleteTargetGroup, RegisterTargets, DeregisterTargets
 * and those of elb, of Classic load balancers, by name
 *   CreateLoadBalancer and DeleteLoadBalancer with a LoadBalancerName,
 *   ApplySecurityGroupsToLoadBalancer, RegisterInstancesWithLoadBalancer,
 *   DeregisterInstancesFromLoadBalancer
 *
 * Where AWS would make up an ARN, the context gives the new one in the member of its kind; without,
 * it is made in AWS's form with a hash, FNV-1a of 64 bits in 16 hexadecimal digits, at its end, so
 * that the same requests always make the same:
 *   arn:aws:elasticloadbalancing:REGION:ACCOUNT:loadbalancer/app/NAME/HASH    of what stands in
 *   arn:aws:elasticloadbalancing:REGION:ACCOUNT:targetgroup/NAME/HASH         front of "/HASH"
 *   ...:listener/app/NAME/ID/HASH           of what stands in front, "/" and the port
 *   ...:listener-rule/app/NAME/ID/ID/HASH   of what stands in front, "/" and the priority
 * and of these two with "/1", "/2" ... behind, where something bears that ARN already: what had the
 * port or the priority before. The DNS name is NAME-HASH.elb.REGION.amazonaws.com with the ARN's last
 * part, of Application and Classic ones NAME-DIGITS.REGION.elb.amazonaws.com, 1000000000 plus the
 * hash of the ARN modulo 1000000000. Listings (<r53/elb_describe.h>) tell what was made.
 *
 * What AWS prints nowhere comes in a supplement of ours; every list in it is optional:
 *
 *   {"R53Supplement": {
 *     "NodeAddresses": [{"LoadBalancer": "ARN or DNS name", "ZoneName": "us-east-1a",
 *                        "Addresses": ["192.0.2.10", "2001:db8::10"]}],
 *     "Instances":     [{"InstanceId": "i-0a1b", "AvailabilityZone": "us-east-1a",
 *                        "State": "stopped"}],
 *     "Addresses":     [{"DNSName": "d1.cloudfront.net", "Addresses": ["198.51.100.1"]}],
 *     "HealthCheckStatus": [{"HealthCheckId": "abcdef11-...", "Status": "Unhealthy"}],
 *     "Alarms":        [{"HealthCheckId": "abcdef11-...", "State": "INSUFFICIENT_DATA"}],
 *     "Places":        [{"Prefix": "203.0.113.0/24", "ContinentCode": "EU", "CountryCode": "DE",
 *                        "SubdivisionCode": "CA", "Latitude": "49.22", "Longitude": "-74.01"}],
 *     "Latencies":     [{"Client": "203.0.113.0/24", "Region": "eu-west-1", "Milliseconds": 31}],
 *     "ZonalShifts":   [{"LoadBalancer": "ARN", "ZoneName": "us-east-1a"}],
 *     "ImpairedZones": [{"LoadBalancer": "ARN", "ZoneName": "us-east-1b"}],
 *     "MitigationWeights": [{"TargetGroupArn": "ARN", "Target": {"Id": "i-0a1b", "Port": 80},
 *                            "Weight": 250}],
 *     "RequestSlots":  [{"TargetGroupArn": "ARN", "Target": {"Id": "i-0a1b", "Port": 80},
 *                        "Slots": 8}]}}
 *
 * There, Status is Healthy or Unhealthy and stands for what the health check watches
 * (r53_observe_health_check). State is OK, ALARM or INSUFFICIENT_DATA; that of an instance, which
 * may be left out, is running, stopped or terminated (r53_observe_instance). Of a place only the
 * prefix is needed; coordinates are texts in degrees with at most two decimals, as AWS writes them, both
 * or none. A client is a prefix, "US-CA", "DE", "EU" or a region, as for r53_observe_latency.
 * A shift leads away from the zone (r53_observe_zonal_shift); describe-target-health shows that
 * there is one, which is noted, but not whose. A weight is in thousandths (r53_observe_mitigation),
 * of every port of the target where none is given; slots likewise (r53_observe_target_slots).
 *
 * A bundle holds any of these documents, each with its context; what a context does not say, that
 * of the call says, but a context with LoadBalancer, TargetGroupArn or ListenerArn takes over none
 * of these:
 *
 *   {"R53Bundle": [
 *     {"Context": {"Account": "123456789012", "Region": "us-east-1", "HostedZoneId": "Z1D633PJN9",
 *                  "HostedZoneName": "example.com", "LoadBalancer": "ARN or Classic name",
 *                  "TargetGroupArn": "ARN", "HealthCheckId": "abcdef11-...",
 *                  "CidrCollectionId": "c8c02a84-...", "ListenerArn": "ARN"},
 *      "Document": {"ResourceRecordSets": [...]}}]}
 *
 * In both, "Comment" is free text.
 */
#ifndef R53_JSON_H
#define R53_JSON_H

#include <r53/import.h>
#include <r53/test_dns_answer.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Where a subnet is, as `aws ec2 describe-subnets` tells it. Frozen: no member will be added. */
typedef struct r53_json_subnet {
    const char *subnet_id; /**< "subnet-0a1b" */
    const char *zone_name; /**< "us-east-1a" */
    const char *zone_id;   /**< "use1-az1"; NULL: not known */
    const char *vpc_id;    /**< NULL: not known */
} r53_json_subnet;

/**
 * Whose a document is, where AWS does not print it. NULL members: not said. Where something is
 * needed, missing here and not evident from the document, the call fails and names the member.
 */
typedef struct r53_json_context {
    uint32_t size;                /**< sizeof(r53_json_context) */
    int32_t skip_invalid;         /**< 1: leave out and report what has no meaning, and rules with
                                       regular expressions where the cloud has no engine; load the
                                       rest; nothing is left out of a request */
    const char *account;          /**< "123456789012"; of hosted zones, health checks, CIDR
                                       collections, Classic load balancers, ARNs that are made */
    const char *region;           /**< "us-east-1"; of Classic load balancers, ARNs that are made */
    const char *hosted_zone_id;   /**< of list-resource-record-sets; of a change batch */
    const char *hosted_zone_name; /**< of list-resource-record-sets without its SOA, where no
                                       document describes the zone: it is then a public one */
    const char *load_balancer;    /**< ARN or Classic name, of documents that do not say, above all
                                       describe-instance-health and attributes */
    const char *target_group_arn; /**< of describe-target-health; of attributes, which are of a
                                       target group or a load balancer: both given is an error */
    const char *health_check_id;  /**< of get-health-check-status; for create-health-check, whose
                                       ids AWS makes up */
    const char *cidr_collection_id; /**< of list-cidr-blocks; of a change-cidr-collection request */
    const char *listener_arn;     /**< of describe-listener-certificates, describe-listener-attributes, acm
                                       describe-certificate */
    const char *rule_arn;         /**< of modify-rule and delete-rule requests; of the rule that
                                       create-rule makes */
    const r53_json_subnet *subnets; /**< of create-load-balancer and set-subnets, which name subnets
                                       where the model knows zones */
    uint32_t n_subnets;           /**< length of subnets */
    uint32_t reserved;            /**< 0 */
    int64_t now_ms;               /**< of register-targets and deregister-targets: the clock of the
                                       views */
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
 *         without a member of the context that is needed), R53_E_UNSUPPORTED (a rule with a regular
 *         expression, and the cloud has no engine), R53_E_NOMEM (jansson, short of memory inside a
 *         token, takes it for invalid: R53_E_SYNTAX)
 *
 * O(length). Rules R53-JSON-01, -03 .. -06, -08, ELB-JSON-01, -03 to -10.
 */
R53_API int32_t r53_json_read(r53_import *import, const char *text, size_t length,
                              const r53_json_context *context, r53_report *report);

/**
 * Applies one request to the cloud, all of it or nothing, with AWS's semantics and refusals:
 * a change batch by r53_zone_change, a change of a CIDR collection by r53_cidr_collection_change,
 * a new health check by r53_health_check_create, those of elbv2 by the calls of <r53/elb_change.h>
 * and <r53/load_balancer.h>.
 * @param cloud    changed on success only
 * @param text     UTF-8, need not be NUL-terminated; borrowed
 * @param context  what the request does not say: the hosted zone, the CIDR collection, the load
 *                 balancer, target group, listener or rule, the id or ARN of what is made, the
 *                 account and the Region, subnets, the time. What it does say must not be
 *                 contradicted; NULL: nothing said
 * @param report   as of r53_json_read; what AWS would refuse has AWS's error name and the path of
 *                 the offending change, "ChangeBatch.Changes[2].ResourceRecordSet"; may be NULL
 * @return R53_OK, R53_E_SYNTAX (as r53_json_read), R53_E_INVALID (not a request of a known kind, a
 *         value that has no meaning, a member of the context that is needed or contradicts, or
 *         what the change call refuses), R53_E_NOT_FOUND, R53_E_EXISTS, R53_E_LIMIT (as the change
 *         call), R53_E_UNSUPPORTED (a rule with a regular expression, and the cloud has no engine),
 *         R53_E_NOMEM
 *
 * O(length) and what the change costs. Rules R53-JSON-02, -04, -06, -08.
 */
R53_API int32_t r53_json_change(r53_cloud *cloud, const char *text, size_t length,
                                const r53_json_context *context, r53_report *report);

/**
 * Writes an answer of r53_test_dns_answer as `aws route53 test-dns-answer` prints it, without a
 * newline at the end.
 * @param result    what r53_test_dns_answer told
 * @param answer    the answer of the same call; its lent texts change
 * @param buffer    receives the text and NUL; may be NULL when capacity is 0
 * @param capacity  bytes in the buffer
 * @param length    receives the length of the text without NUL; may be NULL
 * @return R53_OK, R53_E_NO_SPACE (length is set, the buffer as it was), R53_E_INVALID, R53_E_NOMEM
 *
 * O(length). Rule R53-JSON-07.
 */
R53_API int32_t r53_json_test_dns_answer(const r53_test_dns_result *result, r53_answer *answer,
                                         char *buffer, size_t capacity, size_t *length);

#ifdef __cplusplus
}
#endif

#endif
