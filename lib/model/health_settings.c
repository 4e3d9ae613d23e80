#include "model/health_settings.h"

#include "base/rules.h"
#include "model/forward_check.h"
#include "model/rule_check.h"

enum { CODE_MAX = 999, CHECK_PATH_MAX = 1024 };

static bool is_http(const struct target_group *group)
{
    return group->protocol == R53_PROTOCOL_HTTP || group->protocol == R53_PROTOCOL_HTTPS;
}

/* Defaults */

/* ELB-ST-07: what passes when nothing is said. */
static struct code_range const *codes_default(const struct target_group *group)
{
    static const struct code_range grpc = {12, 12}, http = {200, 200}, network = {200, 399};

    if (group->protocol_version == R53_PROTOCOL_VERSION_GRPC)
        return &grpc;
    return is_http(group) || group->protocol == 0 ? &http : &network;
}

void r53__health_settings_default(struct target_group *group)
{
    bool lambda = group->target_type == R53_TARGET_LAMBDA;
    bool gateway = group->protocol == R53_PROTOCOL_GENEVE;

    group->health_checked = !lambda;
    group->health_check_protocol = 0;
    group->health_check_port = gateway ? "80" : "traffic-port";
    group->health_check_path = "/";
    group->health_check_interval_seconds = lambda ? 35 : gateway ? 10 : 30;
    group->health_check_timeout_seconds = lambda ? 30 : 5;
    group->healthy_threshold_count = 5;
    group->unhealthy_threshold_count = 2;
    group->codes = codes_default(group);
    group->n_codes = 1;
}

/* Reading */

/* ELB-ST-07: only a lambda group can be without. */
static bool health_checked(struct spec *spec, const r53_target_group *in,
                           const struct target_group *group)
{
    int32_t given =
        r53__spec_word(spec, "HealthCheckEnabled", &r53__on_off, in->health_check_enabled, 0);

    if (given == R53_OPTION_OFF && group->target_type != R53_TARGET_LAMBDA)
        r53__spec_warn(spec, RULE_ELB_ST_07, "HealthCheckEnabled",
                       "only health checks of lambda target groups can be switched off; 'off' is "
                       "not kept",
                       NULL);
    if (given == 0 || group->target_type != R53_TARGET_LAMBDA)
        return group->health_checked;
    return given == R53_OPTION_ON;
}

static const char *text_read(struct spec *spec, const char *given, const char *present)
{
    return given && *given ? r53__spec_text(spec, given) : present;
}

/* A number of the health check, 0: what is there; a breach of ELB-VAL-06 is told. */
static int32_t number_read(struct spec *spec, const char *member, int32_t given, int32_t present,
                           int32_t least, int32_t most)
{
    if (given == 0)
        return present;
    given = r53__spec_number(spec, member, given, 1, INT32_MAX);
    if (given < least || given > most)
        r53__spec_warn_range(spec, RULE_ELB_VAL_06, member, given, least, most);
    return given;
}

/*
 * ELB-ST-08: the next check must not begin before the last one may end. In AWS's words, ELB-VAL-21.
 */
static void interval_check(struct spec *spec, const struct target_group *group)
{
    int64_t most = (int64_t)group->health_check_interval_seconds - is_http(group);
    char timeout[NUMBER_TEXT_MAX], interval[NUMBER_TEXT_MAX];

    if (group->health_check_timeout_seconds <= most)
        return;
    r53__number_print(timeout, group->health_check_timeout_seconds);
    r53__number_print(interval, group->health_check_interval_seconds);
    r53__spec_warn_two(
        spec, RULE_ELB_ST_08, "HealthCheckTimeoutSeconds",
        is_http(group)
            ? "Health check timeout '{0}' must be smaller than the interval '{1}'"
            : "Health check timeout '{0}' must be smaller than or equal to the interval '{1}'",
        timeout, interval);
}

static void times_read(struct spec *spec, struct target_group *group, const r53_target_group *in)
{
    int32_t interval = group->health_check_interval_seconds;
    int32_t timeout = group->health_check_timeout_seconds;

    group->health_check_interval_seconds = number_read(
        spec, "HealthCheckIntervalSeconds", in->health_check_interval_seconds, interval, 5, 300);
    group->health_check_timeout_seconds = number_read(
        spec, "HealthCheckTimeoutSeconds", in->health_check_timeout_seconds, timeout, 2, 120);
    if (in->health_check_interval_seconds || in->health_check_timeout_seconds)
        interval_check(spec, group);
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
        if (!r53__parse_decimal((struct span){text.at + at, dash - at}, CODE_MAX, &first))
            return false;
        last = first;
        if (dash < end &&
            !r53__parse_decimal((struct span){text.at + dash + 1, end - dash - 1}, CODE_MAX, &last))
            return false;
        if (out)
            out[*n] = (struct code_range){(int32_t)first, (int32_t)last};
        ++*n;
        at = end + 1;
    }
    return true;
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
    return is_http(group) || group->protocol == 0 ? &application : &network;
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

static void matcher_read(struct spec *spec, struct target_group *group, const char *matcher)
{
    struct code_range *codes;
    uint32_t n;

    if (!matcher || !*matcher)
        return;
    if (!codes_parse(r53__span(matcher), NULL, &n)) {
        r53__spec_fault(spec, "Matcher", matcher,
                        "'{0}' is not a list of codes; expected the form '200,202' or '200-299'",
                        NULL);
        return;
    }
    codes = r53__spec_alloc(spec, n, sizeof(*codes));
    if (codes)
        codes_parse(r53__span(matcher), codes, &group->n_codes);
    group->codes = codes;
    matcher_check(spec, group, matcher);
}

/*
 * ELB-ST-07, ELB-LSN-05: functions are invoked, what speaks HTTP or is a load balancer is asked so.
 */
static void check_protocol_check(struct spec *spec, const struct target_group *group)
{
    uint32_t allowed = HTTP_BITS | PROTOCOL_BIT(R53_PROTOCOL_TCP);

    if (spec->error || group->target_type == R53_TARGET_LAMBDA)
        return;
    if (group->target_type == R53_TARGET_ALB || is_http(group))
        allowed = HTTP_BITS;
    if (!(allowed & PROTOCOL_BIT(group->health_check_protocol)))
        r53__spec_warn(spec, RULE_ELB_ST_07, "HealthCheckProtocol",
                       "The health check protocol '{0}' is not supported for this target group",
                       r53_protocol_name(group->health_check_protocol));
}

/* ELB-VAL-01 */
static void check_port_check(struct spec *spec, const char *port)
{
    uint64_t number;

    if (spec->error || r53__text_equal(port, "traffic-port"))
        return;
    if (!r53__parse_decimal(r53__span(port), PORT_MAX, &number) || number == 0)
        r53__spec_warn(spec, RULE_ELB_VAL_01, "HealthCheckPort",
                       "The health check port '{0}' is neither 'traffic-port' nor from 1 to 65535",
                       port);
}

/* ELB-VAL-23; AWS: CreateTargetGroup */
static void check_path_check(struct spec *spec, const char *path)
{
    if (spec->error)
        return;
    if (path[0] != '/')
        r53__spec_warn(spec, RULE_ELB_VAL_23, "HealthCheckPath",
                       "The health check path '{0}' must begin with '/'", path);
    else if (r53__span(path).length > CHECK_PATH_MAX)
        r53__spec_warn(spec, RULE_ELB_VAL_23, "HealthCheckPath",
                       "The health check path '{0}' must have at most 1024 characters", path);
}

void r53__health_settings_read(struct spec *spec, struct target_group *group,
                               const r53_target_group *in)
{
    group->health_checked = health_checked(spec, in, group);
    group->health_check_protocol =
        r53__spec_word(spec, "HealthCheckProtocol", &r53__protocols, in->health_check_protocol,
                       group->health_check_protocol);
    group->health_check_port = text_read(spec, in->health_check_port, group->health_check_port);
    group->health_check_path = text_read(spec, in->health_check_path, group->health_check_path);
    times_read(spec, group, in);
    group->healthy_threshold_count =
        number_read(spec, "HealthyThresholdCount", in->healthy_threshold_count,
                    group->healthy_threshold_count, 2, 10);
    group->unhealthy_threshold_count =
        number_read(spec, "UnhealthyThresholdCount", in->unhealthy_threshold_count,
                    group->unhealthy_threshold_count, 2, 10);
    matcher_read(spec, group, in->matcher);
    if (in->health_check_protocol)
        check_protocol_check(spec, group);
    if (in->health_check_port && *in->health_check_port)
        check_port_check(spec, group->health_check_port);
    if (in->health_check_path && *in->health_check_path)
        check_path_check(spec, group->health_check_path);
}
