#include "model/load_balancer.h"

#include "base/rules.h"
#include "model/spec.h"

#include <string.h>

static const char *const type_names[] = {"application", "network", "gateway", "classic"};
static const char *const scheme_names[] = {"internet-facing", "internal"};
static const char *const state_names[] = {"active", "provisioning", "active_impaired", "failed"};

static const struct words types = {"a load balancer type", type_names, R53_LB_CLASSIC};
static const struct words schemes = {"a scheme", scheme_names, R53_SCHEME_INTERNAL};
static const struct words states = {"a load balancer state", state_names, R53_LB_FAILED};

int32_t r53_protocol_number(const char *name)
{
    return r53__words_number(&r53__protocols, name);
}

const char *r53_protocol_name(int32_t protocol)
{
    return r53__words_name(&r53__protocols, protocol);
}

int32_t r53_target_state_number(const char *name)
{
    return r53__words_number(&r53__target_states, name);
}

const char *r53_target_state_name(int32_t state)
{
    return r53__words_name(&r53__target_states, state);
}

const char *r53_load_balancer_type_name(int32_t type)
{
    return r53__words_name(&types, type);
}

/* ELB-LB-03 */
const char *r53_load_balancer_state_name(int32_t state)
{
    return r53__words_name(&states, state);
}

/* Fourth field of "arn:aws:elasticloadbalancing:us-east-1:123456789012:...". ELB-LB-21 */
static const char *region_of(struct spec *spec, const char *arn)
{
    struct span region = {arn, 0};
    const char *copy;

    for (int colons = 0; colons < 3; region.at++) {
        if (*region.at == '\0')
            return "";
        colons += *region.at == ':';
    }
    while (region.at[region.length] && region.at[region.length] != ':')
        region.length++;
    copy = spec->error ? NULL : r53__arena_bytes(spec->arena, region.at, region.length);
    if (!copy)
        r53__spec_nomem(spec);
    return copy ? copy : "";
}

static bool cross_zone_of(struct spec *spec, const r53_load_balancer *in, int32_t type)
{
    int32_t given = r53__spec_word(spec, "CrossZone", &r53__on_off, in->cross_zone, 0);

    if (type != R53_LB_APPLICATION)
        return given == R53_OPTION_ON; /* ELB-LB-18 */
    if (given == R53_OPTION_OFF)
        r53__spec_warn(
            spec, RULE_ELB_LB_18, "CrossZone",
            "an Application Load Balancer always balances across zones; 'off' is not kept", NULL);
    return true;
}

static void node_read(struct spec *spec, struct node *node, const r53_availability_zone *in)
{
    r53_availability_zone zone;

    if (!r53__spec_read(spec, &zone, sizeof(zone), in))
        return;
    node->zone_name = r53__spec_id(spec, "ZoneName", zone.zone_name);
    node->zone_id = r53__spec_text(spec, zone.zone_id);
    node->subnet_id = r53__spec_text(spec, zone.subnet_id);
    node->addresses =
        r53__spec_addresses(spec, "LoadBalancerAddresses", zone.addresses, zone.n_addresses);
    node->n_addresses = zone.n_addresses;
}

/*
 * ELB-LIM-18, ELB-DNS-48: a zone has one subnet of the load balancer, and so one node. The change
 * door says so in AWS's words (r53__zones_check).
 */
static void zone_check(struct spec *spec, const struct node *nodes, size_t at)
{
    for (size_t i = 0; i < at && !spec->error; i++) {
        if (strcmp(nodes[i].zone_name, nodes[at].zone_name) == 0)
            r53__spec_fault(spec, "ZoneName", nodes[at].zone_name,
                            "the zone '{0}' is named twice, where a load balancer has one subnet a "
                            "zone",
                            NULL);
    }
}

struct node *r53__nodes_read(struct spec *spec, const r53_availability_zone *const *in, uint32_t n)
{
    const char *list = "AvailabilityZones";
    struct node *nodes;

    if (!r53__spec_list(spec, list, in, n))
        return NULL;
    nodes = r53__spec_alloc(spec, n, sizeof(*nodes));
    for (size_t i = 0; i < n && !spec->error; i++) {
        r53__spec_enter(spec, list, i);
        node_read(spec, &nodes[i], in[i]);
        if (!spec->error && spec->door == DOOR_IMPORT)
            zone_check(spec, nodes, i);
    }
    r53__spec_enter(spec, NULL, 0);
    return nodes;
}

/* ELB-LB-47 */
void r53__security_groups_read(struct spec *spec, struct load_balancer *lb,
                               const r53_load_balancer *in)
{
    const char *list = "SecurityGroups";
    const char **ids;

    if (!r53__spec_list(spec, list, in->security_groups, in->n_security_groups))
        return;
    /* of one that has more already the quota has been raised, to what is not known */
    if (in->n_security_groups > SECURITY_GROUPS_MAX && lb->n_security_groups <= SECURITY_GROUPS_MAX)
        r53__spec_warn(spec, RULE_ELB_LIM_19, list, "a load balancer has at most 5 security groups",
                       NULL);
    ids = r53__spec_alloc(spec, in->n_security_groups, sizeof(*ids));
    for (uint32_t i = 0; i < in->n_security_groups && !spec->error; i++)
        ids[i] = r53__spec_id(spec, list, in->security_groups[i]);
    lb->security_groups = ids;
    lb->n_security_groups = in->n_security_groups;
    lb->enforce_on_private_link =
        r53__spec_word(spec, "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic", &r53__on_off,
                       in->enforce_security_group_inbound_rules_on_private_link_traffic,
                       R53_OPTION_ON) == R53_OPTION_ON;
}

static void load_balancer_read(struct spec *spec, struct load_balancer *lb,
                               const r53_load_balancer *in)
{
    lb->arn = r53__spec_id(spec, "LoadBalancerArn", in->load_balancer_arn);
    lb->name = r53__spec_text(spec, in->load_balancer_name);
    lb->vpc_id = r53__spec_text(spec, in->vpc_id);
    lb->canonical_hosted_zone_id = r53__spec_text(spec, in->canonical_hosted_zone_id);
    lb->region = region_of(spec, lb->arn);
    lb->dns_name = r53__spec_name(spec, "DNSName", in->dns_name);
    lb->type = r53__spec_word(spec, "Type", &types, in->type, R53_LB_APPLICATION); /* ELB-LB-01 */
    /* ELB-LB-02 */
    lb->scheme = r53__spec_word(spec, "Scheme", &schemes, in->scheme, R53_SCHEME_INTERNET_FACING);
    lb->state = r53__spec_word(spec, "State.Code", &states, in->state, R53_LB_ACTIVE);
    lb->ip_address_type = r53__spec_word(spec, "IpAddressType", &r53__address_types,
                                         in->ip_address_type, R53_IP_IPV4);
    if (lb->ip_address_type == R53_IP_IPV6) /* ELB-IP-01 */
        r53__spec_fault(spec, "IpAddressType", "ipv6",
                        "'{0}' is an IP address type of target groups, not of load balancers",
                        NULL);
    r53__attributes_read(&r53__load_balancer_attributes, lb, in, spec);
    lb->cross_zone = cross_zone_of(spec, in, lb->type);
    r53__security_groups_read(spec, lb, in);
    lb->nodes = r53__nodes_read(spec, in->availability_zones, in->n_availability_zones);
    lb->n_nodes = in->n_availability_zones;
}

int32_t r53__load_balancer_new(struct load_balancer **out, const struct memory *memory,
                               const r53_load_balancer *in, enum door door, r53_report *report)
{
    struct load_balancer *lb = r53__object_new(memory, sizeof(*lb));
    struct spec spec = r53__spec(lb ? &lb->head.arena : NULL, report);
    r53_load_balancer given;

    spec.door = door;
    if (r53__spec_read(&spec, &given, sizeof(given), in))
        load_balancer_read(&spec, lb, &given);
    if (spec.error) {
        r53__object_unref(lb);
        return spec.error;
    }
    *out = lb;
    return R53_OK;
}

int32_t r53__node_list_new(struct node_list **out, const struct memory *memory,
                           const char *zone_name, const char *const *addresses, size_t n,
                           r53_report *report)
{
    struct node_list *list = r53__object_new(memory, sizeof(*list));
    struct spec spec = r53__spec(list ? &list->head.arena : NULL, report);
    struct node *node;

    if (n > UINT32_MAX)
        r53__spec_fault(&spec, "Addresses", NULL, "the list is too long", NULL);
    node = r53__spec_alloc(&spec, 1, sizeof(*node));
    if (node) {
        node->zone_name = r53__spec_id(&spec, "ZoneName", zone_name);
        node->zone_id = node->subnet_id = "";
        node->addresses = r53__spec_addresses(&spec, "Addresses", addresses, n);
        node->n_addresses = (uint32_t)n;
        list->nodes = node;
        list->n_nodes = 1;
    }
    if (spec.error) {
        r53__object_unref(list);
        return spec.error;
    }
    *out = list;
    return R53_OK;
}

void r53__node_keep_addresses(struct spec *spec, struct node *to, const struct node *from)
{
    struct address *addresses = r53__spec_alloc(spec, from->n_addresses, sizeof(*addresses));

    to->n_addresses = from->n_addresses;
    to->addresses = addresses;
    if (addresses && from->n_addresses)
        memcpy(addresses, from->addresses, from->n_addresses * sizeof(*addresses));
}

static void node_copy(struct spec *spec, struct node *to, const struct node *from)
{
    to->zone_name = r53__spec_text(spec, from->zone_name);
    to->zone_id = r53__spec_text(spec, from->zone_id);
    to->subnet_id = r53__spec_text(spec, from->subnet_id);
    r53__node_keep_addresses(spec, to, from);
}

/* Both lists are by zone name; `said` wins. */
static uint32_t nodes_merge(struct spec *spec, struct node *nodes, const struct node_list *old,
                            const struct node_list *said)
{
    uint32_t n = 0, i = 0, j = 0;

    while (!spec->error && (i < old->n_nodes || j < said->n_nodes)) {
        int order = i == old->n_nodes ? 1
                    : j == said->n_nodes
                        ? -1
                        : strcmp(old->nodes[i].zone_name, said->nodes[j].zone_name);

        node_copy(spec, &nodes[n++], order < 0 ? &old->nodes[i] : &said->nodes[j]);
        i += order <= 0;
        j += order >= 0;
    }
    return n;
}

int32_t r53__node_list_merge(struct node_list **out, const struct memory *memory,
                             const struct node_list *old, const struct node_list *said)
{
    static const struct node_list none;
    struct node_list *list = r53__object_new(memory, sizeof(*list));
    struct spec spec = r53__spec(list ? &list->head.arena : NULL, NULL);
    struct node *nodes;

    /* addresses come zone by zone: what is said of one leaves the others */
    old = old ? old : &none;
    nodes = r53__spec_alloc(&spec, (size_t)old->n_nodes + said->n_nodes, sizeof(*nodes));
    if (nodes) {
        list->nodes = nodes;
        list->n_nodes = nodes_merge(&spec, nodes, old, said);
    }
    if (spec.error) {
        r53__object_unref(list);
        return spec.error;
    }
    *out = list;
    return R53_OK;
}

int32_t r53__instance_new(struct instance **out, const struct memory *memory, const char *zone_name,
                          r53_report *report)
{
    struct instance *instance = r53__object_new(memory, sizeof(*instance));
    struct spec spec = r53__spec(instance ? &instance->head.arena : NULL, report);
    const char *zone = r53__spec_id(&spec, "AvailabilityZone", zone_name);

    if (spec.error) {
        r53__object_unref(instance);
        return spec.error;
    }
    instance->zone_name = zone;
    *out = instance;
    return R53_OK;
}

static const struct node *nodes_copy(struct spec *spec, const struct load_balancer *from)
{
    struct node *nodes = r53__spec_alloc(spec, from->n_nodes, sizeof(*nodes));

    for (uint32_t i = 0; i < from->n_nodes && !spec->error; i++)
        node_copy(spec, &nodes[i], &from->nodes[i]);
    return nodes;
}

static const char *const *security_groups_copy(struct spec *spec, const struct load_balancer *from)
{
    const char **ids = r53__spec_alloc(spec, from->n_security_groups, sizeof(*ids));

    for (uint32_t i = 0; i < from->n_security_groups && !spec->error; i++)
        ids[i] = r53__spec_text(spec, from->security_groups[i]);
    return ids;
}

int32_t r53__load_balancer_copy(struct load_balancer **out, const struct memory *memory,
                                const struct load_balancer *from)
{
    struct load_balancer *copy = r53__object_copy(memory, from, sizeof(*copy));
    struct spec spec = r53__spec(copy ? &copy->head.arena : NULL, NULL);

    if (copy) {
        copy->arn = r53__spec_text(&spec, from->arn);
        copy->name = r53__spec_text(&spec, from->name);
        copy->vpc_id = r53__spec_text(&spec, from->vpc_id);
        copy->canonical_hosted_zone_id = r53__spec_text(&spec, from->canonical_hosted_zone_id);
        copy->region = r53__spec_text(&spec, from->region);
        copy->dns_name.octets = (const uint8_t *)r53__arena_bytes(
            &copy->head.arena, from->dns_name.octets, from->dns_name.length);
        if (from->dns_name.length && !copy->dns_name.octets)
            r53__spec_nomem(&spec);
        copy->nodes = nodes_copy(&spec, from);
        copy->security_groups = security_groups_copy(&spec, from);
    }
    if (spec.error) {
        r53__object_unref(copy);
        return spec.error;
    }
    *out = copy;
    return R53_OK;
}
