/*
 * Sealed objects of the ELB side. Text members are never NULL unless said; all lie in the object's
 * own arena. References to other objects are by name and bound when a view is made.
 */
#ifndef R53_LIB_MODEL_LOAD_BALANCER_H
#define R53_LIB_MODEL_LOAD_BALANCER_H

#include <r53/load_balancer.h>

#include "base/table.h"
#include "dns/name.h"
#include "model/attribute.h"
#include "model/listener.h"
#include "net/address.h"

enum { SECURITY_GROUPS_MAX = 5 }; /* ELB-LIM-19 */

struct node {
    const char *zone_name;
    const char *zone_id;   /* "" : not known */
    const char *subnet_id; /* "" : not known */
    const struct address *addresses;
    uint32_t n_addresses;
};

struct load_balancer {
    struct object head;
    const char *arn, *name, *vpc_id;
    const char *canonical_hosted_zone_id;                    /* "" if not known */
    const char *region;                                      /* from the ARN, "" if it has none */
    struct name dns_name;                                    /* length 0: none */
    int32_t type, scheme, state, ip_address_type;            /* resolved, never 0 */
    bool cross_zone;                                         /* resolved by kind, ELB-LB-18 */
    bool drop_invalid_headers, preserve_host, waf_fail_open; /* ELB-LB-37, -38, -42 */
    int32_t desync_mode;                                     /* enum r53_desync_mode, resolved */
    int32_t client_routing_policy; /* enum r53_client_routing_policy, resolved */
    int32_t idle_timeout_seconds;
    int32_t xff_mode; /* enum r53_xff_mode, resolved */
    bool xff_client_port;
    bool http2_enabled;
    const char *const *security_groups;
    uint32_t n_security_groups;
    bool enforce_on_private_link; /* the groups' rules (ELB-LB-47) */
    bool zonal_shift;             /* may be shifted, ELB-LB-31 */
    bool deletion_protection;     /* ELB-LB-44 */
    const struct node *nodes;     /* one an enabled zone, in the order given */
    uint32_t n_nodes;
};

/* load_balancer_attributes.c: the table of ELB-LB-30 .. -44; kinds are bits 1 << type. */
extern const struct attribute_table r53__load_balancer_attributes;
extern const struct words r53__desync_modes;

/* A copy that may still be written to. R53_OK, R53_E_NOMEM. */
int32_t r53__load_balancer_copy(struct load_balancer **out, const struct memory *memory,
                                const struct load_balancer *from);

/* Puts right what an Application Load Balancer has whatever is said (ELB-LB-18). */
void r53__load_balancer_settle(struct load_balancer *lb);

/* Reads the list; NULL: the spec is faulty. */
struct node *r53__nodes_read(struct spec *spec, const r53_availability_zone *const *in, uint32_t n);

/*
 * Reads the security groups in place of those that the load balancer has, and whether their rules are
 * enforced on PrivateLink (ELB-LB-47).
 */
void r53__security_groups_read(struct spec *spec, struct load_balancer *lb,
                               const r53_load_balancer *in);

/* Gives `to` a copy of the other's addresses. */
void r53__node_keep_addresses(struct spec *spec, struct node *to, const struct node *from);

/* Addresses said apart from the description (supplement); replace those of the zone. */
struct node_list {
    struct object head;
    const struct node *nodes;
    uint32_t n_nodes;
};

struct instance {
    struct object head;
    const char *zone_name;
};

/*
 * Seals the spec: defaults resolved (ELB-LB-01, -02, -18), text copied. R53_OK, R53_E_INVALID (the
 * report names the member), R53_E_NOMEM. `out` has one reference.
 */
int32_t r53__load_balancer_new(struct load_balancer **out, const struct memory *memory,
                               const r53_load_balancer *in, enum door door, r53_report *report);

/*
 * `old` (NULL: nothing) with the addresses of `said` in place of its own for the zones that `said`
 * has; by zone name.
 */
int32_t r53__node_list_merge(struct node_list **out, const struct memory *memory,
                             const struct node_list *old, const struct node_list *said);

/* A list of one zone. Same codes as above. */
int32_t r53__node_list_new(struct node_list **out, const struct memory *memory,
                           const char *zone_name, const char *const *addresses, size_t n,
                           r53_report *report);

int32_t r53__instance_new(struct instance **out, const struct memory *memory, const char *zone_name,
                          r53_report *report);

#endif
