/**
 * Load balancers: the structs that describe them, with AWS's JSON names in snake case, and what
 * they have in common with listeners (<r53/listener.h>) and target groups (<r53/target_group.h>).
 * All of them enter a cloud through an import (<r53/import.h>) or the change calls
 * (<r53/elb_change.h>), and come back from it in a listing (<r53/elb_describe.h>).
 */
#ifndef R53_LOAD_BALANCER_H
#define R53_LOAD_BALANCER_H

#include <r53/cloud.h>

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
    const r53_availability_zone *const *availability_zones; /**< those it is enabled in */
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

/** An attribute as AWS prints it. Frozen: no member will be added. */
typedef struct r53_attribute {
    const char *key;   /**< "stickiness.enabled" */
    const char *value; /**< "true" */
} r53_attribute;

/** Number of a protocol by AWS's name ("TCP_UDP"), or 0. */
R53_API int32_t r53_protocol_number(const char *name);

/** AWS's name of a protocol, or "". Static. */
R53_API const char *r53_protocol_name(int32_t protocol);

/** AWS's name of a load balancer type ("application"; "classic" is ours), or "". Static. */
R53_API const char *r53_load_balancer_type_name(int32_t type);

/** AWS's name of a load balancer's state ("active_impaired"; ELB-LB-03), or "". Static. */
R53_API const char *r53_load_balancer_state_name(int32_t state);

#ifdef __cplusplus
}
#endif

#endif
