/*
 * Gates of a security group, made of its rules.
 */
#ifndef R53_LIB_MODEL_SECURITY_GATE_H
#define R53_LIB_MODEL_SECURITY_GATE_H

#include "model/security_group.h"

/* A rule taken apart: one row a source. */
struct ingress {
    int32_t ip_protocol, from, to; /* as of its gate */
    struct prefix prefix;          /* family ADDRESS_NONE: not by address */
    const char *group_id;          /* "" : not by the sender's group either, so anyone */
};

/*
 * Makes the group's gates in its arena; the rows' texts are borrowed from there. false: no memory.
 * O(n log n).
 */
bool r53__security_gates_make(struct security_group *group, const struct ingress *rows, size_t n);

/* Does the gate of the packet's protocol and port let its sender in? */
bool r53__security_gate_admits(const struct gate *gate, const struct packet *packet);

#endif
