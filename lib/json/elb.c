#include "json/document.h"

#define LB(member)       offsetof(r53_load_balancer, member)
#define LISTENER(member) offsetof(r53_listener, member)
#define ACTION(member)   offsetof(struct action_text, action.member)
#define GROUP(member)    offsetof(r53_target_group, member)
#define HEALTH(member)   offsetof(struct health, member)

/* In the order of the public enums, from 1. */
static const char *const type_words[] = {"application", "network", "gateway"};
static const char *const scheme_words[] = {"internet-facing", "internal"};
static const char *const state_words[] = {"active", "provisioning", "active_impaired", "failed"};
static const char *const address_words[] = {"ipv4", "dualstack", "dualstack-without-public-ipv4",
                                            "ipv6"};
static const char *const action_words[] = {
    "forward",       "redirect", "fixed-response", "authenticate-oidc", "authenticate-cognito",
    "jwt-validation"};
static const char *const target_words[] = {"instance", "ip", "lambda", "alb"};

static const struct vocabulary types = {"a type of load balancer", NULL, type_words, 3};
static const struct vocabulary schemes = {"a scheme", NULL, scheme_words, 2};
static const struct vocabulary states = {"a state of a load balancer", NULL, state_words, 4};
static const struct vocabulary address_types = {"an IP address type", NULL, address_words, 4};
static const struct vocabulary action_types = {"a type of action", NULL, action_words, 6};
static const struct vocabulary target_types = {"a target type", NULL, target_words, 4};
static const struct vocabulary target_states = {"a state of a target", r53_target_state_name, NULL,
                                                0};

/* Load balancers (ELB-JSON-01) */

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
    FIELD("Type", r53__json_word, .at = LB(type), .with = &types),
    FIELD("Scheme", r53__json_word, .at = LB(scheme), .with = &schemes),
    FIELD("State", r53__json_members, .with = &state_shape),
    FIELD("IpAddressType", r53__json_word, .at = LB(ip_address_type), .with = &address_types),
    FIELD("AvailabilityZones", r53__json_pointers, .at = LB(availability_zones),
          .also = LB(n_availability_zones), .with = &zone_shape),
    UNUSED("CreatedTime"),
    UNUSED("SecurityGroups"),
    UNUSED("CustomerOwnedIpv4Pool"),
    UNUSED("EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic"),
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

/* Members that page the lists of elbv2. */
#define PAGE_FIELDS WHOLE("NextMarker", r53__json_page), WHOLE("NextToken", r53__json_page)

static const struct field lbs_fields[] = {
    FIELD("LoadBalancers", r53__json_list, .with = &lb_element),
    PAGE_FIELDS,
};
static const struct shape lbs_shape = MEMBERS(lbs_fields);
const struct element r53__json_load_balancers = {&lbs_shape, NULL};

/* Listeners (ELB-JSON-03) */

static const r53_weighted_target_group weighted_initial = {.weight = 1};
static const struct field weighted_fields[] = {
    FIELD("TargetGroupArn", r53__json_text,
          .at = offsetof(r53_weighted_target_group, target_group_arn), .required = true),
    FIELD("Weight", r53__json_uint32, .at = offsetof(r53_weighted_target_group, weight)),
};
static const struct shape weighted_shape = SHAPE(
    weighted_fields, .bytes = sizeof(r53_weighted_target_group), .initial = &weighted_initial);

/* An action and the target group beside its ForwardConfig. */
struct action_text {
    r53_listener_action action;
    const char *target_group_arn;
};

/* A forward to one group may say so in either way, or in both. */
static void action_finish(struct reader *reader, void *out)
{
    struct action_text *in = out;
    r53_weighted_target_group *group;

    if (!in->target_group_arn || in->action.n_target_groups)
        return;
    group = r53__json_alloc(reader, 1, sizeof(*group));
    if (!group)
        return;
    *group = (r53_weighted_target_group){.target_group_arn = in->target_group_arn, .weight = 1};
    in->action.target_groups = group;
    in->action.n_target_groups = 1;
}

static const struct field forward_fields[] = {
    FIELD("TargetGroups", r53__json_structs, .at = ACTION(target_groups),
          .also = ACTION(n_target_groups), .with = &weighted_shape),
    UNUSED("TargetGroupStickinessConfig"),
};
static const struct shape forward_shape = MEMBERS(forward_fields);

static const struct field redirect_fields[] = {
    FIELD("StatusCode", r53__json_text, .at = ACTION(status_code)),
    FIELD("Protocol", r53__json_text, .at = ACTION(protocol)),
    FIELD("Host", r53__json_text, .at = ACTION(host)),
    FIELD("Port", r53__json_text, .at = ACTION(port)),
    FIELD("Path", r53__json_text, .at = ACTION(path)),
    FIELD("Query", r53__json_text, .at = ACTION(query)),
};
static const struct shape redirect_shape = MEMBERS(redirect_fields);

static const struct field fixed_fields[] = {
    FIELD("StatusCode", r53__json_text, .at = ACTION(status_code)),
    FIELD("ContentType", r53__json_text, .at = ACTION(content_type)),
    FIELD("MessageBody", r53__json_text, .at = ACTION(message_body)),
};
static const struct shape fixed_shape = MEMBERS(fixed_fields);

static const struct field action_fields[] = {
    FIELD("Type", r53__json_word, .at = ACTION(type), .with = &action_types, .required = true),
    FIELD("Order", r53__json_int32, .at = ACTION(order)),
    FIELD("TargetGroupArn", r53__json_text, .at = offsetof(struct action_text, target_group_arn)),
    FIELD("ForwardConfig", r53__json_members, .with = &forward_shape),
    FIELD("RedirectConfig", r53__json_members, .with = &redirect_shape),
    FIELD("FixedResponseConfig", r53__json_members, .with = &fixed_shape),
    UNUSED("AuthenticateOidcConfig"),
    UNUSED("AuthenticateCognitoConfig"),
    UNUSED("JwtValidationConfig"),
};
static const struct action_text action_initial = {.action = {.size = sizeof(r53_listener_action)}};
static const struct shape action_shape = SHAPE(action_fields, .bytes = sizeof(struct action_text),
                                               .initial = &action_initial, .finish = action_finish);

static const struct field listener_fields[] = {
    FIELD("ListenerArn", r53__json_text, .at = LISTENER(listener_arn), .required = true),
    FIELD("LoadBalancerArn", r53__json_text, .at = LISTENER(load_balancer_arn)),
    FIELD("Port", r53__json_int32, .at = LISTENER(port)),
    FIELD("Protocol", r53__json_word, .at = LISTENER(protocol), .with = &r53__json_protocols),
    FIELD("DefaultActions", r53__json_pointers, .at = LISTENER(default_actions),
          .also = LISTENER(n_default_actions), .with = &action_shape),
    UNUSED("Certificates"),
    UNUSED("SslPolicy"),
    UNUSED("AlpnPolicy"),
    UNUSED("MutualAuthentication"),
};
static const r53_listener listener_initial = {.size = sizeof(listener_initial)};
static const struct shape listener_shape =
    SHAPE(listener_fields, .bytes = sizeof(r53_listener), .initial = &listener_initial);

static int32_t listener_deliver(struct reader *reader, void *out)
{
    r53_listener *listener = out;

    if (!listener->load_balancer_arn)
        listener->load_balancer_arn = reader->context.load_balancer;
    if (!listener->load_balancer_arn)
        return r53__json_needs(reader, "load_balancer",
                               "the listener does not say which load balancer it is of");
    r53__json_import_begin(reader);
    return r53__json_import_end(reader, r53_import_listener(reader->import, listener));
}

static const struct element listener_element = {&listener_shape, listener_deliver};
static const struct field listeners_fields[] = {
    FIELD("Listeners", r53__json_list, .with = &listener_element),
    PAGE_FIELDS,
};
static const struct shape listeners_shape = MEMBERS(listeners_fields);
const struct element r53__json_listeners = {&listeners_shape, NULL};

/* Target groups (ELB-JSON-05) */

static const struct field group_fields[] = {
    FIELD("TargetGroupArn", r53__json_text, .at = GROUP(target_group_arn), .required = true),
    FIELD("TargetGroupName", r53__json_text, .at = GROUP(target_group_name)),
    FIELD("Protocol", r53__json_word, .at = GROUP(protocol), .with = &r53__json_protocols),
    FIELD("Port", r53__json_int32, .at = GROUP(port)),
    FIELD("VpcId", r53__json_text, .at = GROUP(vpc_id)),
    FIELD("TargetType", r53__json_word, .at = GROUP(target_type), .with = &target_types),
    FIELD("IpAddressType", r53__json_word, .at = GROUP(ip_address_type), .with = &address_types),
    FIELD("LoadBalancerArns", r53__json_texts, .at = GROUP(load_balancer_arns),
          .also = GROUP(n_load_balancer_arns)),
    FIELD("HealthCheckEnabled", r53__json_option, .at = GROUP(health_check_enabled)),
    UNUSED("HealthCheckProtocol"),
    UNUSED("HealthCheckPort"),
    UNUSED("HealthCheckPath"),
    UNUSED("HealthCheckIntervalSeconds"),
    UNUSED("HealthCheckTimeoutSeconds"),
    UNUSED("HealthyThresholdCount"),
    UNUSED("UnhealthyThresholdCount"),
    UNUSED("Matcher"),
    UNUSED("ProtocolVersion"),
    UNUSED("TargetControlPort"),
};
static const r53_target_group group_initial = {.size = sizeof(group_initial)};
static const struct shape group_shape =
    SHAPE(group_fields, .bytes = sizeof(r53_target_group), .initial = &group_initial);

static int32_t group_deliver(struct reader *reader, void *out)
{
    r53__json_import_begin(reader);
    return r53__json_import_end(reader, r53_import_target_group(reader->import, out));
}

static const struct element group_element = {&group_shape, group_deliver};
static const struct field groups_fields[] = {
    FIELD("TargetGroups", r53__json_list, .with = &group_element),
    PAGE_FIELDS,
};
static const struct shape groups_shape = MEMBERS(groups_fields);
const struct element r53__json_target_groups = {&groups_shape, NULL};

/* Target health (ELB-JSON-06) */

struct health {
    r53_target target;
    int32_t state;
    const char *reason;
};

static const struct field target_fields[] = {
    FIELD("Id", r53__json_text, .at = HEALTH(target.id), .required = true),
    FIELD("Port", r53__json_int32, .at = HEALTH(target.port)),
    FIELD("AvailabilityZone", r53__json_text, .at = HEALTH(target.availability_zone)),
    UNUSED("QuicServerId"),
};
static const struct shape target_shape = MEMBERS(target_fields);

static const struct field target_health_fields[] = {
    FIELD("State", r53__json_word, .at = HEALTH(state), .with = &target_states),
    FIELD("Reason", r53__json_text, .at = HEALTH(reason)),
    UNUSED("Description"),
};
static const struct shape target_health_shape = MEMBERS(target_health_fields);

static const struct field health_fields[] = {
    FIELD("Target", r53__json_members, .with = &target_shape, .required = true),
    FIELD("TargetHealth", r53__json_members, .with = &target_health_shape),
    UNUSED("HealthCheckPort"),
    UNUSED("AnomalyDetection"),
    UNUSED("AdministrativeOverride"),
};
static const struct health health_initial = {.target = {.size = sizeof(r53_target)}};
static const struct shape health_shape =
    SHAPE(health_fields, .bytes = sizeof(struct health), .initial = &health_initial);

static int32_t health_deliver(struct reader *reader, void *out)
{
    const struct health *in = out;

    r53__json_import_begin(reader);
    return r53__json_import_end(reader,
                                r53_import_target(reader->import, reader->context.target_group_arn,
                                                  &in->target, in->state, in->reason));
}

static const struct element health_element = {&health_shape, health_deliver};

static void healths_read(struct reader *reader, const struct field *field, json_t *list, void *out)
{
    (void)field;
    (void)out;
    if (reader->context.target_group_arn)
        r53__json_elements(reader, &health_element, list);
    else
        r53__json_needs(reader, "target_group_arn",
                        "the document does not say which target group these targets are of");
}

static const struct field healths_fields[] = {
    WHOLE("TargetHealthDescriptions", healths_read),
    PAGE_FIELDS,
};
static const struct shape healths_shape = MEMBERS(healths_fields);
const struct element r53__json_target_healths = {&healths_shape, NULL};
