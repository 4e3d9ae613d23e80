/*
 * Requests of elbv2 that say what a load balancer is: CreateLoadBalancer, SetSubnets,
 * SetIpAddressType and SetSecurityGroups. The first two name subnets, and the model knows zones;
 * which zone a subnet is in the context has to tell.
 */
#include "json/document.h"

#include <r53/elb_change.h>
#include <r53/elb_describe.h>

#include <string.h>

#define LB(member)    offsetof(struct balancer, lb.member)
#define PLACE(member) offsetof(struct balancer, member)

/* A subnet, and with which addresses. */
struct mapping {
    const char *subnet_id, *private_ipv4, *ipv6;
};

/* A load balancer and where it is, in either of the two ways. */
struct balancer {
    r53_load_balancer lb;
    const char *const *subnets;
    const struct mapping *mappings;
    uint32_t n_subnets, n_mappings;
};

static const struct field mapping_fields[] = {
    FIELD("SubnetId", r53__json_text, .at = offsetof(struct mapping, subnet_id), .required = true),
    FIELD("PrivateIPv4Address", r53__json_text, .at = offsetof(struct mapping, private_ipv4)),
    FIELD("IPv6Address", r53__json_text, .at = offsetof(struct mapping, ipv6)),
    UNUSED("AllocationId"), /* an address, but which does not stand in the request */
    UNUSED("SourceNatIpv6Prefix"),
};
static const struct shape mapping_shape = SHAPE(mapping_fields, .bytes = sizeof(struct mapping));

/* Zones */

const r53_json_subnet *r53__json_subnet_find(struct reader *reader, const char *id)
{
    const r53_json_context *context = &reader->context;
    struct sentence why = {0};

    for (uint32_t i = 0; i < context->n_subnets; i++) {
        const r53_json_subnet *subnet = &context->subnets[i];

        if (subnet->subnet_id && subnet->zone_name && strcmp(subnet->subnet_id, id) == 0)
            return subnet;
    }
    r53__sentence_put(&why, "the zone of the subnet ");
    r53__sentence_put(&why, id);
    r53__sentence_put(&why, " is not known");
    r53__json_needs(reader, "subnets", why.text);
    return NULL;
}

/* Clients see the private address of internal load balancers alone. */
static void node_place(struct reader *reader, r53_availability_zone *zone,
                       const struct mapping *mapping, bool internal)
{
    const char **addresses = r53__json_alloc(reader, 2, sizeof(*addresses));

    if (!addresses)
        return;
    zone->addresses = addresses;
    if (internal && mapping->private_ipv4)
        addresses[zone->n_addresses++] = mapping->private_ipv4;
    if (mapping->ipv6)
        addresses[zone->n_addresses++] = mapping->ipv6;
}

static void zone_make(struct reader *reader, r53_availability_zone *zone, struct balancer *in,
                      const char *subnet_id)
{
    const r53_json_subnet *subnet = r53__json_subnet_find(reader, subnet_id);

    if (!subnet)
        return;
    *zone = (r53_availability_zone){.size = sizeof(*zone),
                                    .zone_name = subnet->zone_name,
                                    .subnet_id = subnet_id,
                                    .zone_id = subnet->zone_id};
    if (!in->lb.vpc_id)
        in->lb.vpc_id = subnet->vpc_id;
}

/* The zones of the subnets, in the load balancer. false: told. */
static bool zones_make(struct reader *reader, struct balancer *in)
{
    uint32_t n = in->n_subnets ? in->n_subnets : in->n_mappings;
    r53_availability_zone *zones = r53__json_alloc(reader, n, sizeof(*zones));
    const r53_availability_zone **pointers = r53__json_alloc(reader, n, sizeof(*pointers));
    bool internal = in->lb.scheme == R53_SCHEME_INTERNAL;

    if (in->n_subnets && in->n_mappings)
        r53__json_fault(reader,
                        "Subnets and SubnetMappings say the same; one of them may be given");
    for (uint32_t i = 0; i < n && !reader->error; i++) {
        pointers[i] = &zones[i];
        if (in->n_subnets) {
            zone_make(reader, &zones[i], in, in->subnets[i]);
        } else {
            zone_make(reader, &zones[i], in, in->mappings[i].subnet_id);
            node_place(reader, &zones[i], &in->mappings[i], internal);
        }
    }
    in->lb.availability_zones = pointers;
    in->lb.n_availability_zones = n;
    return !reader->error;
}

#define PLACE_FIELDS                                                                               \
    FIELD("Subnets", r53__json_texts, .at = PLACE(subnets), .also = PLACE(n_subnets)),             \
        FIELD("SubnetMappings", r53__json_structs, .at = PLACE(mappings),                          \
              .also = PLACE(n_mappings), .with = &mapping_shape),                                  \
        UNUSED("EnablePrefixForIpv6SourceNat")

/* create-load-balancer */

static const struct field create_fields[] = {
    FIELD("Name", r53__json_text, .at = LB(load_balancer_name), .required = true),
    FIELD("Type", r53__json_word, .at = LB(type), .with = &r53__json_balancer_types),
    FIELD("Scheme", r53__json_word, .at = LB(scheme), .with = &r53__json_schemes),
    FIELD("IpAddressType", r53__json_word, .at = LB(ip_address_type),
          .with = &r53__json_address_types),
    FIELD("SecurityGroups", r53__json_texts, .at = LB(security_groups),
          .also = LB(n_security_groups)),
    PLACE_FIELDS,
    UNUSED("CustomerOwnedIpv4Pool"),
    UNUSED("IpamPools"),
    UNUSED("MinimumLoadBalancerCapacity"),
    UNUSED("Tags"),
};
/* ELB-LB-01: without a type it is an application load balancer */
static const struct balancer initial = {
    .lb = {.size = sizeof(r53_load_balancer), .type = R53_LB_APPLICATION}};
static const struct shape create_shape =
    SHAPE(create_fields, .bytes = sizeof(struct balancer), .initial = &initial);

static int32_t create_deliver(struct reader *reader, void *out)
{
    struct balancer *in = out;
    const char *given = reader->context.load_balancer;

    in->lb.load_balancer_arn = given ? given : r53__json_made_balancer(reader, &in->lb);
    if (in->lb.load_balancer_arn)
        in->lb.dns_name = r53__json_made_dns_name(reader, &in->lb);
    if (!zones_make(reader, in))
        return reader->error;
    r53__json_import_begin(reader);
    return r53__json_import_end(reader,
                                r53_load_balancer_create(reader->cloud, &in->lb, reader->report));
}

const struct element r53__json_create_balancer = {&create_shape, create_deliver};

/* set-subnets */

static const char *balancer_whose(struct reader *reader, const struct balancer *in)
{
    return r53__json_whose(reader, in->lb.load_balancer_arn, reader->context.load_balancer,
                           "load_balancer",
                           "the request does not say which load balancer it changes");
}

static const struct field set_fields[] = {
    FIELD("LoadBalancerArn", r53__json_text, .at = LB(load_balancer_arn)),
    PLACE_FIELDS,
    FIELD("IpAddressType", r53__json_word, .at = LB(ip_address_type),
          .with = &r53__json_address_types),
};
static const struct shape set_shape =
    SHAPE(set_fields, .bytes = sizeof(struct balancer), .initial = &initial);

/* O(load balancers). One that is not there is the call's to refuse. */
static int32_t scheme_of(struct reader *reader, const char *arn)
{
    r53_elb_listing *listing = NULL;
    const r53_load_balancer *lb;
    int32_t scheme = 0;

    if (r53_load_balancers_list(&listing, reader->cloud) != R53_OK)
        r53__json_nomem(reader);
    while (listing && (lb = r53_elb_listing_next_load_balancer(listing))) {
        if (strcmp(lb->load_balancer_arn, arn) == 0)
            scheme = lb->scheme;
    }
    r53_elb_listing_free(listing);
    return scheme;
}

static int32_t set_deliver(struct reader *reader, void *out)
{
    struct balancer *in = out;
    const char *arn = balancer_whose(reader, in);

    if (!arn)
        return R53_E_INVALID;
    if (in->n_mappings)
        in->lb.scheme = scheme_of(reader, arn);
    if (!zones_make(reader, in))
        return reader->error;
    r53__json_import_begin(reader);
    return r53__json_import_end(
        reader, r53_load_balancer_set_subnets(reader->cloud, arn, in->lb.availability_zones,
                                              in->lb.n_availability_zones, in->lb.ip_address_type,
                                              reader->report));
}

const struct element r53__json_set_subnets = {&set_shape, set_deliver};

/* set-ip-address-type, set-security-groups */

static const struct field type_fields[] = {
    FIELD("LoadBalancerArn", r53__json_text, .at = LB(load_balancer_arn)),
    FIELD("IpAddressType", r53__json_word, .at = LB(ip_address_type),
          .with = &r53__json_address_types, .required = true),
};
static const struct shape type_shape = SHAPE(type_fields, .bytes = sizeof(struct balancer));

static int32_t type_deliver(struct reader *reader, void *out)
{
    const struct balancer *in = out;
    const char *arn = balancer_whose(reader, in);

    if (!arn)
        return R53_E_INVALID;
    r53__json_import_begin(reader);
    return r53__json_import_end(
        reader, r53_load_balancer_set_ip_address_type(reader->cloud, arn, in->lb.ip_address_type,
                                                      reader->report));
}

const struct element r53__json_set_ip_address_type = {&type_shape, type_deliver};

static const struct field guard_fields[] = {
    FIELD("LoadBalancerArn", r53__json_text, .at = LB(load_balancer_arn)),
    FIELD("SecurityGroups", r53__json_texts, .at = LB(security_groups),
          .also = LB(n_security_groups), .required = true),
    FIELD("EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic", r53__json_word,
          .at = LB(enforce_security_group_inbound_rules_on_private_link_traffic),
          .with = &r53__json_switches),
};
static const struct shape guard_shape = SHAPE(guard_fields, .bytes = sizeof(struct balancer));

static int32_t guard_deliver(struct reader *reader, void *out)
{
    const struct balancer *in = out;
    const char *arn = balancer_whose(reader, in);

    if (!arn)
        return R53_E_INVALID;
    r53__json_import_begin(reader);
    return r53__json_import_end(
        reader,
        r53_load_balancer_set_security_groups(
            reader->cloud, arn, in->lb.security_groups, in->lb.n_security_groups,
            in->lb.enforce_security_group_inbound_rules_on_private_link_traffic, reader->report));
}

const struct element r53__json_set_security_groups = {&guard_shape, guard_deliver};
