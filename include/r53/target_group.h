/**
 * Target groups and their targets, as structs with AWS's JSON names in snake case. Protocols and
 * their names are in <r53/load_balancer.h>, what is seen of targets in <r53/observed.h>.
 */
#ifndef R53_TARGET_GROUP_H
#define R53_TARGET_GROUP_H

#include <r53/load_balancer.h>

#ifdef __cplusplus
extern "C" {
#endif

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

/** A target group. Attributes 0: AWS's default (ELB-ATTR-06 to ELB-ATTR-10). */
typedef struct r53_target_group {
    uint32_t size;                             /**< sizeof(r53_target_group) */
    int32_t protocol;                          /**< enum r53_protocol; 0 for lambda */
    const char *target_group_arn;              /**< identity */
    const char *target_group_name;             /**< unique in its account and Region; NULL: not known */
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
    const char *health_check_path;             /**< "/up", up to 1024 characters; NULL: "/" */
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

/** Number of a target state by AWS's name ("unhealthy.draining"), or 0. */
R53_API int32_t r53_target_state_number(const char *name);

/** AWS's name of a target state, or "". Static. */
R53_API const char *r53_target_state_name(int32_t state);

#ifdef __cplusplus
}
#endif

#endif
