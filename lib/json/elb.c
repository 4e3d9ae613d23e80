/*
 * Application, Network and Gateway Load Balancers (ELB-JSON-01). What hangs on them has files of
 * its own: listener.c, rule.c, target_group.c, attributes.c.
 */
#include "json/document.h"

#define LB(member) offsetof(r53_load_balancer, member)

/* In the order of the public enums, from 1. */
static const char *const type_words[] = {"application", "network", "gateway"};
static const char *const scheme_words[] = {"internet-facing", "internal"};
static const char *const state_words[] = {"active", "provisioning", "active_impaired", "failed"};
static const char *const address_words[] = {"ipv4", "dualstack", "dualstack-without-public-ipv4",
                                            "ipv6"};

const struct vocabulary r53__json_balancer_types = {"a type of load balancer", NULL, type_words, 3};
const struct vocabulary r53__json_schemes = {"a scheme", NULL, scheme_words, 2};
static const struct vocabulary states = {"a state of a load balancer", NULL, state_words, 4};
const struct vocabulary r53__json_address_types = {"an IP address type", NULL, address_words, 4};

static const char *const switch_words[] = {"off", "on"}; /* enum r53_option */
const struct vocabulary r53__json_switches = {"on or off", NULL, switch_words, 2};

/* What AWS says of one address of a node. */
struct node_text {
    const char *public_ipv4, *private_ipv4, *ipv6;
};

static const struct field node_fields[] = {
    FIELD("IpAddress", r53__json_text, .at = offsetof(struct node_text, public_ipv4)),
    FIELD("PrivateIPv4Address", r53__json_text, .at = offsetof(struct node_text, private_ipv4)),
    FIELD("IPv6Address", r53__json_text, .at = offsetof(struct node_text, ipv6)),
    UNUSED("AllocationId"),
};
static const struct shape node_shape = SHAPE(node_fields, .bytes = sizeof(struct node_text));

struct zone_text {
    r53_availability_zone zone;
    const struct node_text *nodes;
    uint32_t n_nodes;
};

/* Clients see the public address; the private one is that of internal load balancers. */
static void zone_finish(struct reader *reader, void *out)
{
    struct zone_text *in = out;
    const char **addresses = r53__json_alloc(reader, in->n_nodes, 2 * sizeof(*addresses));
    uint32_t n = 0;

    for (uint32_t i = 0; addresses && i < in->n_nodes; i++) {
        const struct node_text *node = &in->nodes[i];
        const char *ipv4 = node->public_ipv4 ? node->public_ipv4 : node->private_ipv4;

        if (ipv4)
            addresses[n++] = ipv4;
        if (node->ipv6)
            addresses[n++] = node->ipv6;
    }
    in->zone.addresses = addresses;
    in->zone.n_addresses = n;
}

static const struct field zone_fields[] = {
    FIELD("ZoneName", r53__json_text, .at = offsetof(struct zone_text, zone.zone_name),
          .required = true),
    FIELD("SubnetId", r53__json_text, .at = offsetof(struct zone_text, zone.subnet_id)),
    FIELD("LoadBalancerAddresses", r53__json_structs, .at = offsetof(struct zone_text, nodes),
          .also = offsetof(struct zone_text, n_nodes), .with = &node_shape),
    UNUSED("OutpostId"),
    UNUSED("SourceNatIpv6Prefixes"),
};
static const struct zone_text zone_initial = {.zone = {.size = sizeof(r53_availability_zone)}};
static const struct shape zone_shape = SHAPE(zone_fields, .bytes = sizeof(struct zone_text),
                                             .initial = &zone_initial, .finish = zone_finish);

static const struct field state_fields[] = {
    FIELD("Code", r53__json_word, .at = LB(state), .with = &states),
    UNUSED("Reason"),
};
static const struct shape state_shape = MEMBERS(state_fields);

static const struct field lb_fields[] = {
    FIELD("LoadBalancerArn", r53__json_text, .at = LB(load_balancer_arn), .required = true),
    FIELD("LoadBalancerName", r53__json_text, .at = LB(load_balancer_name)),
    FIELD("DNSName", r53__json_text, .at = LB(dns_name)),
    FIELD("CanonicalHostedZoneId", r53__json_text, .at = LB(canonical_hosted_zone_id)),
    FIELD("VpcId", r53__json_text, .at = LB(vpc_id)),
    FIELD("Type", r53__json_word, .at = LB(type), .with = &r53__json_balancer_types),
    FIELD("Scheme", r53__json_word, .at = LB(scheme), .with = &r53__json_schemes),
    FIELD("State", r53__json_members, .with = &state_shape),
    FIELD("IpAddressType", r53__json_word, .at = LB(ip_address_type),
          .with = &r53__json_address_types),
    FIELD("AvailabilityZones", r53__json_pointers, .at = LB(availability_zones),
          .also = LB(n_availability_zones), .with = &zone_shape),
    UNUSED("CreatedTime"),
    FIELD("SecurityGroups", r53__json_texts, .at = LB(security_groups),
          .also = LB(n_security_groups)),
    UNUSED("CustomerOwnedIpv4Pool"),
    FIELD("EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic", r53__json_word,
          .at = LB(enforce_security_group_inbound_rules_on_private_link_traffic),
          .with = &r53__json_switches),
    UNUSED("EnablePrefixForIpv6SourceNat"),
    UNUSED("IpamPools"),
};
/* ELB-LB-01: without a type it is an application load balancer */
static const r53_load_balancer lb_initial = {.size = sizeof(lb_initial),
                                             .type = R53_LB_APPLICATION};
static const struct shape lb_shape =
    SHAPE(lb_fields, .bytes = sizeof(r53_load_balancer), .initial = &lb_initial);

static int32_t lb_deliver(struct reader *reader, void *out)
{
    r53__json_import_begin(reader);
    return r53__json_import_end(reader, r53_import_load_balancer(reader->import, out));
}

static const struct element lb_element = {&lb_shape, lb_deliver};

static const struct field lbs_fields[] = {
    FIELD("LoadBalancers", r53__json_list, .with = &lb_element),
    ELB_PAGE_FIELDS,
};
static const struct shape lbs_shape = MEMBERS(lbs_fields);
const struct element r53__json_load_balancers = {&lbs_shape, NULL};
