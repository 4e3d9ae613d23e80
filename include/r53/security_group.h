/**
 * Security groups, as far as they decide which packets reach a load balancer: their inbound rules.
 * Members are named as EC2's DescribeSecurityGroups prints them.
 */
#ifndef R53_SECURITY_GROUP_H
#define R53_SECURITY_GROUP_H

#include <r53/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Inbound rules of one protocol and range of ports; a packet needs one of the sources. */
typedef struct r53_ip_permission {
    uint32_t size;                      /**< sizeof(r53_ip_permission) */
    int32_t from_port;                  /**< first port; -1, or 0 beside to_port 0: every port */
    int32_t to_port;                    /**< last port */
    uint32_t n_ip_ranges;               /**< length of ip_ranges */
    const char *ip_protocol;            /**< "tcp", "udp", "6"; "-1": every protocol and port */
    const char *const *ip_ranges;       /**< "203.0.113.0/24" */
    const char *const *ipv6_ranges;     /**< "2001:db8::/32" */
    const char *const *group_ids;       /**< UserIdGroupPairs: security groups of the sender */
    const char *const *prefix_list_ids; /**< lists whose addresses are not known: any address */
    uint32_t n_ipv6_ranges;             /**< length of ipv6_ranges */
    uint32_t n_group_ids;               /**< length of group_ids */
    uint32_t n_prefix_list_ids;         /**< length of prefix_list_ids */
    uint32_t reserved;                  /**< 0 */
} r53_ip_permission;

/** A security group with its inbound rules; without any it admits nothing. */
typedef struct r53_security_group {
    uint32_t size;             /**< sizeof(r53_security_group) */
    uint32_t n_ip_permissions; /**< length of ip_permissions */
    const char *group_id;      /**< identity, "sg-0a1b" */
    const r53_ip_permission *const *ip_permissions; /**< inbound rules; any one admits */
} r53_security_group;

#ifdef __cplusplus
}
#endif

#endif
