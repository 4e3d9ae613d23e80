/**
 * Load balancers, listeners, target groups, targets: structs that describe them, with AWS's JSON
 * names in snake case. They enter a cloud through an import (<r53/import.h>).
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
} r53_availability_zone;

/** A load balancer of any kind. A Classic one has the ARN "...:loadbalancer/NAME" (ELB-LB-21). */
typedef struct r53_load_balancer {
    uint32_t size;                           /**< sizeof(r53_load_balancer) */
    int32_t type;                            /**< enum r53_load_balancer_type */
    const char *load_balancer_arn;           /**< identity */
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
} r53_listener_action;

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
} r53_listener;

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
    int32_t unhealthy_routing_count;           /**< 0: 1 */
    int32_t unhealthy_routing_percentage;      /**< 0: off */
    int32_t reserved;                          /**< 0 */
} r53_target_group;

/** A registered target; its identity is (group, id, port, zone) (ELB-TG-04). */
typedef struct r53_target {
    uint32_t size;                 /**< sizeof(r53_target) */
    int32_t port;                  /**< 0: the group's port */
    const char *id;                /**< "i-0a1b", an address, a function's or a load balancer's ARN */
    const char *availability_zone; /**< "us-east-1a", "all"; NULL: from the instance */
} r53_target;

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

#ifdef __cplusplus
}
#endif

#endif
