/**
 * Load balancers, listeners, target groups, targets: structs that describe them, with AWS's JSON
 * names in snake case. They enter a cloud through an import (<r53/import.h>) or the change calls
 * here and in <r53/elb_change.h>, and come back from it in a listing (<r53/elb_describe.h>).
 */
#ifndef R53_LOAD_BALANCER_H
#define R53_LOAD_BALANCER_H

#include <r53/cloud.h>
#include <r53/report.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Kind of load balancer (ELB-LB-01); passed as int32_t. */
enum r53_load_balancer_type {
    R53_LB_APPLICATION = 1,
    R53_LB_NETWORK = 2,
    R53_LB_GATEWAY = 3,
    R53_LB_CLASSIC = 4
};

/** Scheme (ELB-LB-02); 0: internet-facing. */
enum r53_scheme { R53_SCHEME_INTERNET_FACING = 1, R53_SCHEME_INTERNAL = 2 };

/** State (ELB-LB-04); 0: active. */
enum r53_load_balancer_state {
    R53_LB_ACTIVE = 1,
    R53_LB_PROVISIONING = 2,
    R53_LB_ACTIVE_IMPAIRED = 3,
    R53_LB_FAILED = 4
};

/** IP address type (ELB-IP-01); 0: ipv4. */
enum r53_ip_address_type {
    R53_IP_IPV4 = 1,
    R53_IP_DUALSTACK = 2,
    R53_IP_DUALSTACK_WITHOUT_PUBLIC_IPV4 = 3,
    R53_IP_IPV6 = 4 /**< of target groups only */
};

/** Protocol of a listener, a target group or a request; passed as int32_t. */
enum r53_protocol {
    R53_PROTOCOL_HTTP = 1,
    R53_PROTOCOL_HTTPS = 2,
    R53_PROTOCOL_TCP = 3,
    R53_PROTOCOL_TLS = 4,
    R53_PROTOCOL_UDP = 5,
    R53_PROTOCOL_TCP_UDP = 6,
    R53_PROTOCOL_SSL = 7, /**< Classic */
    R53_PROTOCOL_GENEVE = 8,
    R53_PROTOCOL_QUIC = 9,
    R53_PROTOCOL_TCP_QUIC = 10
};

/** Version of HTTP towards targets (ELB-TG-03); 0: HTTP1. */
enum r53_protocol_version {
    R53_PROTOCOL_VERSION_HTTP1 = 1,
    R53_PROTOCOL_VERSION_HTTP2 = 2,
    R53_PROTOCOL_VERSION_GRPC = 3
};

/** What an Application Load Balancer does with unusual requests (ELB-LB-39); 0: defensive. */
enum r53_desync_mode { R53_DESYNC_MONITOR = 1, R53_DESYNC_DEFENSIVE = 2, R53_DESYNC_STRICTEST = 3 };

/** What becomes of X-Forwarded-For towards targets (ELB-LB-40); 0: append. */
enum r53_xff_mode { R53_XFF_APPEND = 1, R53_XFF_PRESERVE = 2, R53_XFF_REMOVE = 3 };

/** Which nodes clients inside the VPC are answered (ELB-LB-32); 0: any zone. */
enum r53_client_routing_policy {
    R53_ROUTING_ANY_ZONE = 1,
    R53_ROUTING_PARTIAL_ZONE_AFFINITY = 2,
    R53_ROUTING_ZONE_AFFINITY = 3
};

/** How a target group chooses among its targets (ELB-ATTR-11); 0: round robin. */
enum r53_algorithm_type {
    R53_ALGORITHM_ROUND_ROBIN = 1,
    R53_ALGORITHM_LEAST_OUTSTANDING_REQUESTS = 2,
    R53_ALGORITHM_WEIGHTED_RANDOM = 3
};

/** What binds a client to a target (ELB-ATTR-03 to -05); 0: as the group's protocol has it. */
enum r53_stickiness_type {
    R53_STICKINESS_LB_COOKIE = 1,
    R53_STICKINESS_APP_COOKIE = 2,
    R53_STICKINESS_SOURCE_IP = 3,
    R53_STICKINESS_SOURCE_IP_DEST_IP = 4,
    R53_STICKINESS_SOURCE_IP_DEST_IP_PROTO = 5
};

/** What becomes of flows on a target that fails or goes (ELB-ATTR-23, -24); 0: no_rebalance. */
enum r53_target_failover { R53_FAILOVER_NO_REBALANCE = 1, R53_FAILOVER_REBALANCE = 2 };

/** Mutual TLS of a listener (ELB-TLS-08); 0: off. */
enum r53_mutual_authentication { R53_MTLS_OFF = 1, R53_MTLS_PASSTHROUGH = 2, R53_MTLS_VERIFY = 3 };

/** Target type (ELB-TG-01); 0: instance. */
enum r53_target_type {
    R53_TARGET_INSTANCE = 1,
    R53_TARGET_IP = 2,
    R53_TARGET_LAMBDA = 3,
    R53_TARGET_ALB = 4
};

/** State of a target (ELB-ST-01); passed as int32_t. */
enum r53_target_state {
    R53_TARGET_INITIAL = 1,
    R53_TARGET_HEALTHY = 2,
    R53_TARGET_UNHEALTHY = 3,
    R53_TARGET_UNHEALTHY_DRAINING = 4,
    R53_TARGET_UNUSED = 5,
    R53_TARGET_DRAINING = 6,
    R53_TARGET_UNAVAILABLE = 7
};

/** An Availability Zone enabled for a load balancer, with what AWS says of its node. */
typedef struct r53_availability_zone {
    uint32_t size;                  /**< sizeof(r53_availability_zone) */
    uint32_t n_addresses;           /**< length of addresses */
    const char *zone_name;          /**< "us-east-1a" */
    const char *subnet_id;          /**< NULL: not known */
    const char *const *addresses;   /**< node addresses as clients see them, IPv4 and IPv6 */
    const char *zone_id;            /**< "use1-az1", the same in all accounts; NULL: not known */
} r53_availability_zone;

/** A load balancer of any kind. A Classic one has the ARN "...:loadbalancer/NAME" (ELB-LB-21). */
typedef struct r53_load_balancer {
    uint32_t size;                           /**< sizeof(r53_load_balancer) */
    int32_t type;                            /**< enum r53_load_balancer_type; 0: application */
    const char *load_balancer_arn;           /**< identity, as AWS prints it; Region and account are
                                                  read from it */
    const char *load_balancer_name;          /**< "my-alb" */
    const char *dns_name;                    /**< "my-alb-123.us-east-1.elb.amazonaws.com"; NULL: none */
    const char *canonical_hosted_zone_id;    /**< "Z35SXDOTRQ7X7K"; NULL: not known */
    const char *vpc_id;                      /**< NULL: not known */
    int32_t scheme;                          /**< enum r53_scheme */
    int32_t state;                           /**< enum r53_load_balancer_state */
    int32_t ip_address_type;                 /**< enum r53_ip_address_type */
    int32_t cross_zone;                      /**< enum r53_option; default by kind (ELB-LB-18) */
    const r53_availability_zone *const *availability_zones;
    const char *const *instances;            /**< Classic: registered instance ids */
    uint32_t n_availability_zones;           /**< length of availability_zones */
    uint32_t n_instances;                    /**< length of instances */
    int32_t drop_invalid_header_fields;      /**< enum r53_option; default off (ELB-LB-37) */
    int32_t preserve_host_header;            /**< enum r53_option; default off (ELB-LB-38) */
    int32_t desync_mitigation_mode;          /**< enum r53_desync_mode */
    int32_t waf_fail_open;                   /**< enum r53_option; default off (ELB-LB-42) */
    int32_t client_routing_policy;           /**< enum r53_client_routing_policy; Network only */
    int32_t http2_enabled;                   /**< enum r53_option; default on (ELB-LB-36) */
    int32_t idle_timeout_seconds;            /**< 1-4000; 0: 60 (ELB-LB-34) */
    int32_t connection_draining_seconds;     /**< Classic: 1-3600; 0: off (ELB-CLB-10) */
    int32_t healthy_threshold;               /**< Classic: 2-10; 0: 10 (ELB-ST-07) */
    int32_t unhealthy_threshold;             /**< Classic: 2-10; 0: 2 (ELB-ST-07) */
    const char *const *security_groups;      /**< ids; a packet that none of them admits is dropped,
                                                  unless one is not known (ELB-LB-47) */
    uint32_t n_security_groups;              /**< length of security_groups */
    int32_t enforce_security_group_inbound_rules_on_private_link_traffic; /**< enum r53_option;
                                                  default on */
    int32_t xff_header_processing_mode;      /**< enum r53_xff_mode (ELB-LB-40) */
    int32_t xff_client_port;                 /**< enum r53_option; default off (ELB-LB-41) */
    int32_t zonal_shift;                     /**< enum r53_option; default off: zones of it may not be
                                                  shifted (ELB-LB-31) */
    int32_t deletion_protection;             /**< enum r53_option; default off (ELB-LB-44) */
} r53_load_balancer;

/** A target group of a forward action and its weight. Frozen: no member will be added. */
typedef struct r53_weighted_target_group {
    const char *target_group_arn;
    uint32_t weight;   /**< 0-999 */
    uint32_t reserved; /**< 0 */
} r53_weighted_target_group;

/** Kind of action; passed as int32_t. */
enum r53_action_type {
    R53_ACTION_FORWARD = 1,
    R53_ACTION_REDIRECT = 2,
    R53_ACTION_FIXED_RESPONSE = 3,
    R53_ACTION_AUTHENTICATE_OIDC = 4,
    R53_ACTION_AUTHENTICATE_COGNITO = 5,
    R53_ACTION_JWT_VALIDATION = 6
};

/** An action of a listener or a rule. Only the members of its type count. */
typedef struct r53_listener_action {
    uint32_t size;                    /**< sizeof(r53_listener_action) */
    int32_t type;                     /**< enum r53_action_type */
    int32_t order;                    /**< 1-50000; 0: the position in the list */
    uint32_t n_target_groups;         /**< forward: length of target_groups */
    const r53_weighted_target_group *target_groups; /**< forward */
    const char *status_code;          /**< redirect "HTTP_301", fixed-response "404" */
    const char *protocol, *host, *port, *path, *query; /**< redirect; NULL: as in the request */
    const char *content_type;         /**< fixed-response */
    const char *message_body;         /**< fixed-response */
    int32_t stickiness_enabled;       /**< forward: enum r53_option; default off */
    int32_t stickiness_duration_s;    /**< forward: 1-604800; needed if stickiness is on */
    const char *on_unauthenticated_request; /**< authenticate-*: "authenticate" (also NULL), "deny",
                                                 "allow" */
    const char *issuer;               /**< authenticate-oidc, jwt-validation */
    const char *jwks_endpoint;        /**< jwt-validation: "https://..." */
} r53_listener_action;

/**
 * A certificate of a listener, with what of it decides which one a client gets; members as AWS
 * Certificate Manager describes it.
 */
typedef struct r53_certificate {
    uint32_t size;                    /**< sizeof(r53_certificate) */
    int32_t is_default;               /**< 1: the listener's default certificate; -1: as the
                                           listener has it, of r53_import_listener_certificate */
    const char *certificate_arn;      /**< identity */
    const char *const *domain_names;  /**< subject and alternative names, "*.example.com" */
    const char *key_algorithm;        /**< "RSA_2048", "EC_prime256v1"; NULL: RSA_2048 */
    const char *signature_algorithm;  /**< "SHA256WITHRSA"; NULL: SHA256WITHRSA */
    int64_t not_before_ms;            /**< start of its validity, in the clock of the views */
    int64_t not_after_ms;             /**< end of its validity; 0: not known, never expired */
    uint32_t n_domain_names;          /**< length of domain_names */
    uint32_t reserved;                /**< 0 */
} r53_certificate;

/** A listener. */
typedef struct r53_listener {
    uint32_t size;                    /**< sizeof(r53_listener) */
    int32_t protocol;                 /**< enum r53_protocol; 0 for a Gateway Load Balancer */
    const char *listener_arn;         /**< identity; Classic: NULL, (load balancer, port) is */
    const char *load_balancer_arn;    /**< whose it is */
    int32_t port;                     /**< 1-65535; 0 for a Gateway Load Balancer */
    int32_t instance_protocol;        /**< Classic: enum r53_protocol towards the instances */
    int32_t instance_port;            /**< Classic: port of the instances */
    uint32_t n_default_actions;       /**< length of default_actions */
    const r53_listener_action *const *default_actions; /**< NULL for Classic */
    const r53_certificate *const *certificates; /**< the default and those chosen by server name */
    const char *const *alpn_policy;   /**< TLS: one policy, "HTTP2Preferred" ...; none: "None" */
    uint32_t n_certificates;          /**< length of certificates */
    uint32_t n_alpn_policy;           /**< length of alpn_policy, 0 or 1 */
    int32_t mutual_authentication;    /**< enum r53_mutual_authentication */
    int32_t stickiness_type;          /**< Classic: R53_STICKINESS_LB_COOKIE or _APP_COOKIE by its
                                           policy (ELB-CLB-07, -08); 0: none */
    int32_t cookie_expiration_period_s; /**< Classic, LB_COOKIE: 0: the browser's session */
    const char *app_cookie_name;      /**< Classic, APP_COOKIE */
    int32_t tcp_idle_timeout_seconds; /**< TCP of a Network or Gateway Load Balancer: 60-6000; 0:
                                           350 (ELB-LB-46) */
    uint32_t reserved;                /**< 0 */
} r53_listener;

/** A key and value of a query-string condition. Frozen: no member will be added. */
typedef struct r53_query_string_key_value {
    const char *key;   /**< NULL: any parameter */
    const char *value; /**< with wildcards */
} r53_query_string_key_value;

/** A condition of a rule: it holds if one of its values does. */
typedef struct r53_condition {
    uint32_t size;                      /**< sizeof(r53_condition) */
    uint32_t n_values;                  /**< length of values */
    const char *field;                  /**< "host-header", "path-pattern", "http-header",
                                             "http-request-method", "query-string", "source-ip" */
    const char *http_header_name;       /**< http-header */
    const char *const *values;          /**< all but query-string */
    const char *const *regex_values;    /**< host-header, path-pattern, http-header; instead of
                                             values */
    const r53_query_string_key_value *query_string; /**< query-string */
    uint32_t n_regex_values;            /**< length of regex_values */
    uint32_t n_query_string;            /**< length of query_string */
    const char *ip_address_type;        /**< source-ip of a Network Load Balancer: "ipv4", "ipv6" */
    const char *const *field_values;    /**< host-header, path-pattern: AWS's older `Values` beside
                                             `Field`, one, instead of values (ELB-VAL-07) */
    uint32_t n_field_values;            /**< length of field_values */
    uint32_t reserved;                  /**< 0 */
} r53_condition;

/** A transform of a rule: the first match of `regex` is replaced. */
typedef struct r53_transform {
    uint32_t size;       /**< sizeof(r53_transform) */
    uint32_t reserved;   /**< 0 */
    const char *type;    /**< "host-header-rewrite", "url-rewrite" */
    const char *regex;   /**< what is replaced */
    const char *replace; /**< by what; $1 to $9 are the groups of the match */
} r53_transform;

/** A rule of a listener. */
typedef struct r53_listener_rule {
    uint32_t size;                  /**< sizeof(r53_listener_rule) */
    uint32_t n_conditions;          /**< length of conditions */
    const char *rule_arn;           /**< identity */
    const char *listener_arn;       /**< whose it is; NULL: from the rule's ARN */
    const char *priority;           /**< "1" to "50000", or "default" */
    const r53_condition *const *conditions;
    const r53_listener_action *const *actions;
    const r53_transform *const *transforms;
    uint32_t n_actions;             /**< length of actions */
    uint32_t n_transforms;          /**< length of transforms */
} r53_listener_rule;

/** A rule and the priority it is to have. Frozen: no member will be added. */
typedef struct r53_rule_priority {
    const char *rule_arn;
    int32_t priority;  /**< 1-50000 */
    uint32_t reserved; /**< 0 */
} r53_rule_priority;

/** A target group. Attributes 0: AWS's default (ELB-ATTR-06 to ELB-ATTR-10). */
typedef struct r53_target_group {
    uint32_t size;                             /**< sizeof(r53_target_group) */
    int32_t protocol;                          /**< enum r53_protocol; 0 for lambda */
    const char *target_group_arn;              /**< identity */
    const char *target_group_name;
    const char *vpc_id;                        /**< NULL: not known */
    const char *const *load_balancer_arns;     /**< as AWS prints them; attachment itself is by actions */
    uint32_t n_load_balancer_arns;             /**< length of load_balancer_arns */
    int32_t port;                              /**< 1-65535, default for targets */
    int32_t target_type;                       /**< enum r53_target_type */
    int32_t ip_address_type;                   /**< enum r53_ip_address_type */
    int32_t health_check_enabled;              /**< enum r53_option; default off for lambda only */
    int32_t cross_zone;                        /**< enum r53_option; default: the load balancer's */
    int32_t dns_failover_count;                /**< 0: 1; -1: off */
    int32_t dns_failover_percentage;           /**< 0: off */
    int32_t unhealthy_routing_count;           /**< 0: 1; -1: none, which AWS has not and the change
                                                    calls refuse */
    int32_t unhealthy_routing_percentage;      /**< 0: off */
    int32_t protocol_version;                  /**< enum r53_protocol_version */
    int32_t health_check_protocol;             /**< enum r53_protocol; 0: by kind (ELB-ST-07) */
    const char *health_check_port;             /**< NULL: "traffic-port" */
    const char *health_check_path;             /**< NULL: "/" */
    const char *matcher;                       /**< "200,202", "200-299": codes of a passed check;
                                                    NULL: by kind */
    int32_t health_check_interval_seconds;     /**< 5-300; 0: by kind */
    int32_t health_check_timeout_seconds;      /**< 2-120; 0: by kind */
    int32_t healthy_threshold_count;           /**< 2-10; 0: 5 */
    int32_t unhealthy_threshold_count;         /**< 2-10; 0: 2 */
    int32_t deregistration_delay_seconds;      /**< 0-3600; 0: 300; -1: none (ELB-ATTR-01) */
    int32_t stickiness_enabled;                /**< enum r53_option; default off (ELB-ATTR-02) */
    int32_t stickiness_type;                   /**< enum r53_stickiness_type */
    int32_t lb_cookie_duration_seconds;        /**< 1-604800; 0: 86400 (ELB-ATTR-14) */
    int32_t app_cookie_duration_seconds;       /**< 1-604800; 0: 86400 (ELB-ATTR-15) */
    int32_t algorithm_type;                    /**< enum r53_algorithm_type */
    const char *app_cookie_name;               /**< NULL: none (ELB-ATTR-16) */
    int32_t anomaly_mitigation;                /**< enum r53_option; default off (ELB-ATTR-12) */
    int32_t slow_start_seconds;                /**< 30-900; 0: off (ELB-ATTR-13) */
    int32_t connection_termination;            /**< enum r53_option, at the end of the delay; default
                                                    on for UDP, else off (ELB-ATTR-18) */
    int32_t preserve_client_ip;                /**< enum r53_option; default by kind (ELB-ATTR-19) */
    int32_t unhealthy_connection_termination;  /**< enum r53_option; default on (ELB-ATTR-21) */
    int32_t draining_interval_seconds;         /**< 0-360000, of unhealthy targets (ELB-ATTR-22) */
    int32_t failover_on_deregistration;        /**< enum r53_target_failover (ELB-ATTR-23) */
    int32_t failover_on_unhealthy;             /**< enum r53_target_failover (ELB-ATTR-24) */
    int32_t target_control_port;               /**< 1-65535: target optimizer, whose agents hand out
                                                    request slots there (ELB-TG-11); 0: none */
    int32_t proxy_protocol_v2;                 /**< enum r53_option; default off (ELB-ATTR-20) */
    int32_t send_tcp_reset_on_deregistration;  /**< enum r53_option, Gateway; default off
                                                    (ELB-ATTR-25) */
    int32_t send_tcp_reset_on_unhealthy;       /**< likewise */
} r53_target_group;

/** A registered target; its identity is (group, id, port, zone) (ELB-TG-04). */
typedef struct r53_target {
    uint32_t size;                 /**< sizeof(r53_target) */
    int32_t port;                  /**< 0: the group's port */
    const char *id;                /**< "i-0a1b", an address, a function's or a load balancer's ARN */
    const char *availability_zone; /**< "us-east-1a", "all", of addresses. An instance's is not said
                                        here when it is registered, as at AWS (ELB-TG-07): NULL, and
                                        r53_import_instance says where it runs */
    const char *quic_server_id;    /**< "0x" and 16 lower-case hexadecimal digits (ELB-NLB-04); NULL:
                                        none */
} r53_target;

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

/** An attribute as AWS prints it. Frozen: no member will be added. */
typedef struct r53_attribute {
    const char *key;   /**< "stickiness.enabled" */
    const char *value; /**< "true" */
} r53_attribute;

/**
 * Changes attributes of a target group, all or none.
 * @param attributes  borrowed; keys that are not known are refused
 * @param report      gains AWS's error name and message of every fault; may be NULL
 * @return R53_OK, R53_E_INVALID (ValidationError, InvalidConfigurationRequest), R53_E_NOT_FOUND
 *         (TargetGroupNotFound), R53_E_NOMEM
 *
 * O(n keys). ELB-ATTR-01 to -32, ELB-VAL-05, ELB-VAL-23; AWS ModifyTargetGroupAttributes.
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
 * Registers a target. One that is registered already stays as it is (ELB-VAL-11); one that drains
 * begins anew, as a target not seen before (ELB-DRAIN-06).
 * @param target  its port 0: the group's
 * @param now_ms  the clock of the views; time before an earlier call's counts as that
 * @return R53_OK, R53_E_INVALID (InvalidTarget, ValidationError), R53_E_NOT_FOUND
 *         (TargetGroupNotFound), R53_E_LIMIT (TooManyTargets, TooManyRegistrationsForTargetId),
 *         R53_E_NOMEM
 *
 * O(targets of the load balancer that uses the group * its zones); the first call after listeners
 * or rules have changed goes through all of them once. ELB-TG-04, -07, -08, ELB-LIM-09 to -13, -15;
 * AWS RegisterTargets.
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

/** Number of a protocol by AWS's name ("TCP_UDP"), or 0. */
R53_API int32_t r53_protocol_number(const char *name);

/** AWS's name of a protocol, or "". Static. */
R53_API const char *r53_protocol_name(int32_t protocol);

/** Number of a target state by AWS's name ("unhealthy.draining"), or 0. */
R53_API int32_t r53_target_state_number(const char *name);

/** AWS's name of a target state, or "". Static. */
R53_API const char *r53_target_state_name(int32_t state);

/** AWS's name of a load balancer type ("application"; "classic" is ours), or "". Static. */
R53_API const char *r53_load_balancer_type_name(int32_t type);

/** AWS's name of a load balancer's state ("active_impaired"; ELB-LB-03), or "". Static. */
R53_API const char *r53_load_balancer_state_name(int32_t state);

#ifdef __cplusplus
}
#endif

#endif
