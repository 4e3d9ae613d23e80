#include "model/target_group.h"

#include "base/rules.h"
#include "model/forward_check.h"
#include "model/spec.h"

enum { GENEVE_PORT = 6081 };

static const char *const target_type_names[] = {"instance", "ip", "lambda", "alb"};
static const char *const version_names[] = {"HTTP1", "HTTP2", "GRPC"};
static const struct words versions = {"a protocol version", version_names,
                                      R53_PROTOCOL_VERSION_GRPC};
static const struct words target_types = {"a target type", target_type_names, R53_TARGET_ALB};

/* ELB-ST-07: only a lambda group can be without, and is by default. */
static bool health_checked(struct spec *spec, const r53_target_group *in, int32_t target_type)
{
    int32_t given =
        r53__spec_word(spec, "HealthCheckEnabled", &r53__on_off, in->health_check_enabled, 0);

    if (target_type == R53_TARGET_LAMBDA)
        return given == R53_OPTION_ON;
    if (given == R53_OPTION_OFF)
        r53__spec_warn(spec, RULE_ELB_ST_07, "HealthCheckEnabled",
                       "only health checks of lambda target groups can be switched off; 'off' is "
                       "not kept",
                       NULL);
    return true;
}

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

/* ELB-VAL-06: "200,202", "200-299"; false: not such a list. With `out` NULL it is only counted. */
static bool codes_parse(struct span text, struct code_range *out, uint32_t *n)
{
    *n = 0;
    for (size_t at = 0; at <= text.length;) {
        size_t end = at, dash;
        uint64_t first, last;

        while (end < text.length && text.at[end] != ',')
            end++;
        for (dash = at; dash < end && text.at[dash] != '-'; dash++)
            ;
        if (!r53__parse_decimal((struct span){text.at + at, dash - at}, 999, &first))
            return false;
        last = first;
        if (dash < end &&
            !r53__parse_decimal((struct span){text.at + dash + 1, end - dash - 1}, 999, &last))
            return false;
        if (out)
            out[*n] = (struct code_range){(int32_t)first, (int32_t)last};
        ++*n;
        at = end + 1;
    }
    return true;
}

static const char *said_or(const char *text, const char *fallback)
{
    return text && *text ? text : fallback;
}

/* ELB-ST-07: what passes when nothing is said. */
static const char *matcher_default(const struct target_group *group)
{
    if (group->protocol_version == R53_PROTOCOL_VERSION_GRPC)
        return "12";
    return group->protocol == R53_PROTOCOL_HTTP || group->protocol == R53_PROTOCOL_HTTPS ||
                   group->protocol == 0
               ? "200"
               : "200-399";
}

static void matcher_read(struct spec *spec, struct target_group *group, const char *matcher)
{
    struct span text = r53__span(said_or(matcher, matcher_default(group)));
    struct code_range *codes;
    uint32_t n;

    if (!codes_parse(text, NULL, &n)) {
        r53__spec_fault(spec, "Matcher", matcher,
                        "'{0}' is not a list of codes; expected the form '200,202' or '200-299'",
                        NULL);
        return;
    }
    codes = r53__spec_alloc(spec, n, sizeof(*codes));
    if (codes)
        codes_parse(text, codes, &group->n_codes);
    group->codes = codes;
}

struct allowed_codes {
    struct code_range range;
    const char *text;
};

/* ELB-VAL-06: the codes that may pass a health check of the group. */
static const struct allowed_codes *codes_allowed(const struct target_group *group)
{
    static const struct allowed_codes grpc = {{0, 99}, "0-99"};
    static const struct allowed_codes application = {{200, 499}, "200-499"};
    static const struct allowed_codes network = {{200, 599}, "200-599"};

    if (group->protocol_version == R53_PROTOCOL_VERSION_GRPC)
        return &grpc;
    return group->protocol == 0 || (HTTP_BITS & PROTOCOL_BIT(group->protocol)) ? &application
                                                                               : &network;
}

static bool codes_fit(const struct target_group *group, const struct code_range *allowed)
{
    for (uint32_t i = 0; i < group->n_codes; i++) {
        const struct code_range *codes = &group->codes[i];

        if (codes->first < allowed->first || codes->last > allowed->last ||
            codes->first > codes->last)
            return false;
    }
    return true;
}

static void matcher_check(struct spec *spec, const struct target_group *group, const char *matcher)
{
    const struct allowed_codes *allowed = codes_allowed(group);

    if (!spec->error && !codes_fit(group, &allowed->range))
        r53__spec_warn_two(spec, RULE_ELB_VAL_06, "Matcher",
                           "The matcher '{0}' has a code outside {1}, or a range that ends before "
                           "it begins",
                           matcher, allowed->text);
}

/* ELB-ST-07: a number of the health check, 0 its default; a breach of ELB-VAL-06 is told. */
static int32_t check_number(struct spec *spec, const char *member, int32_t given, int32_t fallback,
                            int32_t least, int32_t most)
{
    if (given == 0)
        return fallback;
    given = r53__spec_number(spec, member, given, 1, INT32_MAX);
    if (given < least || given > most)
        r53__spec_warn_range(spec, RULE_ELB_VAL_06, member, given, least, most);
    return given;
}

/* ELB-ST-08: the next check must not begin before the last one may end. In AWS's words, ELB-VAL-21.
 */
static void interval_check(struct spec *spec, const struct target_group *group)
{
    bool http = group->protocol == R53_PROTOCOL_HTTP || group->protocol == R53_PROTOCOL_HTTPS;
    int64_t most = (int64_t)group->health_check_interval_seconds - http;
    char timeout[NUMBER_TEXT_MAX], interval[NUMBER_TEXT_MAX];

    if (group->health_check_timeout_seconds <= most)
        return;
    r53__number_print(timeout, group->health_check_timeout_seconds);
    r53__number_print(interval, group->health_check_interval_seconds);
    r53__spec_warn_two(
        spec, RULE_ELB_ST_08, "HealthCheckTimeoutSeconds",
        http ? "Health check timeout '{0}' must be smaller than the interval '{1}'"
             : "Health check timeout '{0}' must be smaller than or equal to the interval '{1}'",
        timeout, interval);
}

/* ELB-ST-07, ELB-LSN-05: functions are invoked, what speaks HTTP or is a load balancer is asked so.
 */
static void check_protocol_check(struct spec *spec, const struct target_group *group)
{
    uint32_t allowed = HTTP_BITS | PROTOCOL_BIT(R53_PROTOCOL_TCP);

    if (group->health_check_protocol == 0 || group->target_type == R53_TARGET_LAMBDA)
        return;
    if (group->target_type == R53_TARGET_ALB || (HTTP_BITS & PROTOCOL_BIT(group->protocol)))
        allowed = HTTP_BITS;
    if (!(allowed & PROTOCOL_BIT(group->health_check_protocol)))
        r53__spec_warn(spec, RULE_ELB_ST_07, "HealthCheckProtocol",
                       "The health check protocol '{0}' is not supported for this target group",
                       r53_protocol_name(group->health_check_protocol));
}

/* ELB-VAL-01 */
static void check_port_check(struct spec *spec, const struct target_group *group)
{
    const char *port = group->health_check_port;
    uint64_t number;

    if (spec->error || r53__text_equal(port, "traffic-port"))
        return;
    if (!r53__parse_decimal(r53__span(port), PORT_MAX, &number) || number == 0)
        r53__spec_warn(spec, RULE_ELB_VAL_01, "HealthCheckPort",
                       "The health check port '{0}' is neither 'traffic-port' nor from 1 to 65535",
                       port);
}

static void health_check_read(struct spec *spec, struct target_group *group,
                              const r53_target_group *in)
{
    bool lambda = group->target_type == R53_TARGET_LAMBDA;
    bool gateway = group->protocol == R53_PROTOCOL_GENEVE;

    group->health_check_protocol =
        r53__spec_word(spec, "HealthCheckProtocol", &r53__protocols, in->health_check_protocol, 0);
    group->health_check_port =
        r53__spec_text(spec, said_or(in->health_check_port, gateway ? "80" : "traffic-port"));
    group->health_check_path = r53__spec_text(spec, said_or(in->health_check_path, "/"));
    group->health_check_interval_seconds =
        check_number(spec, "HealthCheckIntervalSeconds", in->health_check_interval_seconds,
                     lambda    ? 35
                     : gateway ? 10
                               : 30,
                     5, 300);
    group->health_check_timeout_seconds =
        check_number(spec, "HealthCheckTimeoutSeconds", in->health_check_timeout_seconds,
                     lambda ? 30 : 5, 2, 120);
    group->healthy_threshold_count =
        check_number(spec, "HealthyThresholdCount", in->healthy_threshold_count, 5, 2, 10);
    group->unhealthy_threshold_count =
        check_number(spec, "UnhealthyThresholdCount", in->unhealthy_threshold_count, 2, 2, 10);
    interval_check(spec, group);
    matcher_read(spec, group, in->matcher);
    matcher_check(spec, group, in->matcher);
    check_protocol_check(spec, group);
    check_port_check(spec, group);
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
    group->health_checked = health_checked(spec, in, group->target_type);
    group->target_control_port =
        r53__spec_number(spec, "TargetControlPort", in->target_control_port, 0, PORT_MAX);
    thresholds_read(spec, group, in);
    health_check_read(spec, group, in);
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
