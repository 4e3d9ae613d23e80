/*
 * What tells a flow from others at one node: the addresses, ports and protocol of its packets.
 */
#ifndef R53_LIB_ELB_FLOW_ID_H
#define R53_LIB_ELB_FLOW_ID_H

#include <stdint.h>

enum { IP_TCP = 6, IP_UDP = 17 }; /* IANA's numbers */

/* What begins with a flow. */
enum flow_mark {
    FLOW_KEPT = 1,    /* remembered until it ends or is idle for too long */
    FLOW_BINDS = 2,   /* its source is bound to its target group (ELB-LSN-22) */
    FLOW_IN_FRONT = 4 /* of the load balancer in front of the one selected (ELB-NLB-17) */
};

/* Without padding: compared, hashed and handed out byte by byte. */
struct flow_id {
    uint8_t source[16], destination[16];
    uint16_t source_port, destination_port;
    uint8_t source_family, destination_family;
    uint8_t ip_protocol;
    uint8_t marks; /* enum flow_mark; 0 in keys */
};

#endif
