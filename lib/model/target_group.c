#include "model/target_group.h"

#include "base/rules.h"
#include "model/health_settings.h"
#include "model/spec.h"

enum { GENEVE_PORT = 6081 };

static const char *const target_type_names[] = {"instance", "ip", "lambda", "alb"};
static const char *const version_names[] = {"HTTP1", "HTTP2", "GRPC"};
static const struct words versions = {"a protocol version", version_names,
                                      R53_PROTOCOL_VERSION_GRPC};
static const struct words target_types = {"a target type", target_type_names, R53_TARGET_ALB};

/* ELB-ATTR-07 .. -10: count 0 is 1, -1 is off; percentage 0 is off. */
static struct threshold threshold_read(struct spec *spec, const char *count_member, int32_t count,
                                       int32_t least, const char *percentage_member,
                                       int32_t percentage)
{
    struct threshold threshold = {1, THRESHOLD_OFF};

    count = r53__spec_number(spec, count_member, count, least, INT32_MAX);
    percentage = r53__spec_number(spec, percentage_member, percentage, 0, INT32_MAX);
    if (percentage > 100)
        r53__spec_warn(spec, RULE_ELB_JSON_11, percentage_member,
                       "the percentage is above 100, which no target group reaches", NULL);
    if (count)
        threshold.count = count < 0 ? THRESHOLD_OFF : (uint32_t)count;
    threshold.percentage = (uint32_t)percentage;
    return threshold;
}

/* AWS has no count of routing below 1; an import keeps one as it keeps any attribute. */
static void thresholds_read(struct spec *spec, struct target_group *group,
                            const r53_target_group *in)
{
    group->dns_failover =
        threshold_read(spec, "target_group_health.dns_failover.minimum_healthy_targets.count",
                       in->dns_failover_count, -1,
                       "target_group_health.dns_failover.minimum_healthy_targets.percentage",
                       in->dns_failover_percentage);
    group->unhealthy_routing = threshold_read(
        spec, "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count",
        in->unhealthy_routing_count, spec->door == DOOR_CHANGE ? 0 : -1,
        "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage",
        in->unhealthy_routing_percentage);
}

static void attributes_check(struct spec *spec, const struct target_group *group,
                             const r53_target_group *in)
{
    bool refused = spec->door == DOOR_CHANGE;
    struct checker checker = {.report = spec->report,
                              .severity = refused ? R53_SEVERITY_ERROR : R53_SEVERITY_WARNING,
                              .aws_name = "InvalidConfigurationRequest"};

    if (spec->error)
        return;
    r53__target_group_check(group, &checker);
    if (refused &&
        in->dns_failover_count == 1) /* AWS prints it of every group, so no import warns */
        r53__dns_count_check(group, &checker);
    if (refused && checker.breaches)
        spec->error = R53_E_INVALID;
}

/* ELB-TG-03: what a group of its type, or protocol, has not. */
static void protocol_check(struct spec *spec, const struct target_group *group)
{
    bool lambda = group->target_type == R53_TARGET_LAMBDA;

    if (lambda && (group->protocol || group->port))
        r53__spec_warn(spec, RULE_ELB_TG_03, "Protocol",
                       "a target group of a function has neither protocol nor port", NULL);
    if (group->protocol == R53_PROTOCOL_SSL)
        r53__spec_warn(spec, RULE_ELB_TG_03, "Protocol", "target groups do not speak SSL", NULL);
    if (group->protocol == R53_PROTOCOL_GENEVE && group->port && group->port != GENEVE_PORT)
        r53__spec_warn(spec, RULE_ELB_TG_03, "Port", "GENEVE goes to port 6081", NULL);
    if (group->protocol != R53_PROTOCOL_HTTP && group->protocol != R53_PROTOCOL_HTTPS &&
        group->protocol && group->protocol_version != R53_PROTOCOL_VERSION_HTTP1)
        r53__spec_warn(spec, RULE_ELB_TG_03, "ProtocolVersion",
                       "only target groups of HTTP and HTTPS have a protocol version", NULL);
}

static void target_group_read(struct spec *spec, struct target_group *group,
                              const r53_target_group *in)
{
    /* first: what is read below stands in the table only by its key */
    r53__attributes_read(&r53__target_group_attributes, group, in, spec);
    group->arn = r53__spec_id(spec, "TargetGroupArn", in->target_group_arn);
    group->name = r53__spec_text(spec, in->target_group_name);
    group->vpc_id = r53__spec_text(spec, in->vpc_id);
    group->protocol = r53__spec_word(spec, "Protocol", &r53__protocols, in->protocol, 0);
    group->protocol_version = r53__spec_word(spec, "ProtocolVersion", &versions,
                                             in->protocol_version, R53_PROTOCOL_VERSION_HTTP1);
    group->port = r53__spec_number(spec, "Port", in->port, 0, PORT_MAX);
    /* ELB-TG-01 */
    group->target_type =
        r53__spec_word(spec, "TargetType", &target_types, in->target_type, R53_TARGET_INSTANCE);
    group->ip_address_type = r53__spec_word(spec, "IpAddressType", &r53__address_types,
                                            in->ip_address_type, R53_IP_IPV4);
    if (group->ip_address_type != R53_IP_IPV4 && group->ip_address_type != R53_IP_IPV6)
        r53__spec_fault(
            spec, "IpAddressType", r53__words_name(&r53__address_types, group->ip_address_type),
            "'{0}' is an IP address type of load balancers; a target group is 'ipv4' or "
            "'ipv6'",
            NULL);
    /* ELB-ATTR-06 */
    group->cross_zone = r53__spec_word(spec, "load_balancing.cross_zone.enabled", &r53__on_off,
                                       in->cross_zone, R53_OPTION_DEFAULT);
    group->target_control_port =
        r53__spec_number(spec, "TargetControlPort", in->target_control_port, 0, PORT_MAX);
    thresholds_read(spec, group, in);
    r53__health_settings_default(group);
    r53__health_settings_read(spec, group, in);
    if (spec->error)
        return;
    r53__target_group_settle(group, in);
    protocol_check(spec, group);
    attributes_check(spec, group, in);
    r53__target_group_fix(group);
}

int32_t r53__target_group_new(struct target_group **out, const struct memory *memory,
                              const r53_target_group *in, enum door door, r53_report *report)
{
    struct target_group *group = r53__object_new(memory, sizeof(*group));
    struct spec spec = r53__spec(group ? &group->head.arena : NULL, report);
    r53_target_group given;

    spec.door = door;
    if (r53__spec_read(&spec, &given, sizeof(given), in))
        target_group_read(&spec, group, &given);
    if (spec.error) {
        r53__object_unref(group);
        return spec.error;
    }
    *out = group;
    return R53_OK;
}

int32_t r53__target_group_classic(struct target_group **out, const struct memory *memory,
                                  const r53_load_balancer *in, enum door door, r53_report *report)
{
    /* ELB-CLB-06, ELB-CLB-10, ELB-ST-07 */
    const r53_target_group group = {
        .size = sizeof(group),
        .target_group_arn = in->load_balancer_arn,
        .target_group_name = in->load_balancer_name,
        .vpc_id = in->vpc_id,
        .healthy_threshold_count = in->healthy_threshold ? in->healthy_threshold : 10,
        .unhealthy_threshold_count = in->unhealthy_threshold,
        .deregistration_delay_seconds =
            in->connection_draining_seconds ? in->connection_draining_seconds : -1};

    return r53__target_group_new(out, memory, &group, door, report);
}
