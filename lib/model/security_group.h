/*
 * Security groups, sealed: inbound rules of one protocol and port range are one gate, which knows
 * its senders by prefix and by group. Groups have few gates, but a gate may have thousands of
 * prefixes.
 */
#ifndef R53_LIB_MODEL_SECURITY_GROUP_H
#define R53_LIB_MODEL_SECURITY_GROUP_H

#include <r53/report.h>
#include <r53/security_group.h>

#include "base/table.h"
#include "net/prefix_map.h"

enum { IP_PROTOCOL_ANY = -1 };

struct gate {
    int32_t ip_protocol;          /* as IANA numbers it; IP_PROTOCOL_ANY */
    int32_t from, to;             /* ports */
    int32_t furthest;             /* the largest `to` of the protocol's gates up to this one */
    bool anyone;                  /* some rule says nothing of the sender that is known */
    struct prefix_map prefixes;   /* senders by address */
    const char *const *group_ids; /* senders by security group, sorted */
    uint32_t n_group_ids;
};

struct security_group {
    struct object head;
    const char *id;
    const struct gate *gates; /* by protocol, from, to */
    uint32_t n_gates;
};

/* What arrives, and from whom. */
struct packet {
    int32_t ip_protocol, port;
    const struct address *source;     /* family ADDRESS_NONE: not known */
    const char *const *source_groups; /* security groups of the sender */
    uint32_t n_source_groups;
    const char *const *forwarder_groups; /* of the load balancer that passes it on */
    uint32_t n_forwarder_groups;
};

/* Seals the spec. R53_OK, R53_E_INVALID (the report names the member), R53_E_NOMEM. */
int32_t r53__security_group_new(struct security_group **out, const struct memory *memory,
                                const r53_security_group *in, r53_report *report);

/*
 * Does some rule of the group admit the packet? Of an unknown sender: some of its port. O(log gates
 * + gates around the port * log senders), where ranges of ports do not hide each other.
 */
bool r53__security_group_admits(const struct security_group *group, const struct packet *packet);

#endif
