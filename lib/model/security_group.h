/*
 * Security groups, sealed: each inbound rule taken apart into one row a source, so that asking
 * whether a packet is admitted is one pass. Groups hold a few dozen rules.
 */
#ifndef R53_LIB_MODEL_SECURITY_GROUP_H
#define R53_LIB_MODEL_SECURITY_GROUP_H

#include <r53/report.h>
#include <r53/security_group.h>

#include "base/table.h"
#include "net/address.h"

enum { IP_PROTOCOL_ANY = -1 };

struct ingress {
    int32_t ip_protocol;  /* as IANA numbers it; IP_PROTOCOL_ANY */
    int32_t from, to;     /* ports */
    struct prefix prefix; /* family ADDRESS_NONE: not by address */
    const char *group_id; /* "" : not by the sender's group either, so any sender */
};

struct security_group {
    struct object head;
    const char *id;
    const struct ingress *rules;
    uint32_t n_rules;
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

/* Does some rule of the group admit the packet? Of an unknown sender: some of its port. O(rules).
 */
bool r53__security_group_admits(const struct security_group *group, const struct packet *packet);

#endif
