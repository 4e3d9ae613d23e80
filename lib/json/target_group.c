/*
 * Target groups (ELB-JSON-05), and their targets with the health of each (ELB-JSON-06).
 */
#include "json/document.h"

#include <r53/elb_change.h>

#include <string.h>

#define GROUP(member)  offsetof(r53_target_group, member)
#define HEALTH(member) offsetof(struct health, member)

/* In the order of the public enums, from 1. */
static const char *const target_words[] = {"instance", "ip", "lambda", "alb"};
static const char *const version_words[] = {"HTTP1", "HTTP2", "GRPC"};

static const struct vocabulary target_types = {"a target type", NULL, target_words, 4};
static const struct vocabulary versions = {"a protocol version", NULL, version_words, 3};
static const struct vocabulary target_states = {"a state of a target", r53_target_state_name, NULL,
                                                0};

/* Target groups */

/* One of the two, by protocol version. */
static const struct field matcher_fields[] = {
    FIELD("HttpCode", r53__json_text, .at = GROUP(matcher)),
    FIELD("GrpcCode", r53__json_text, .at = GROUP(matcher)),
};
static const struct shape matcher_shape = MEMBERS(matcher_fields);

#define HEALTH_CHECK_FIELDS                                                                        \
    FIELD("HealthCheckEnabled", r53__json_option, .at = GROUP(health_check_enabled)),              \
        FIELD("HealthCheckProtocol", r53__json_word, .at = GROUP(health_check_protocol),           \
              .with = &r53__json_protocols),                                                       \
        FIELD("HealthCheckPort", r53__json_text, .at = GROUP(health_check_port)),                  \
        FIELD("HealthCheckPath", r53__json_text, .at = GROUP(health_check_path)),                  \
        FIELD("HealthCheckIntervalSeconds", r53__json_int32,                                       \
              .at = GROUP(health_check_interval_seconds)),                                         \
        FIELD("HealthCheckTimeoutSeconds", r53__json_int32,                                        \
              .at = GROUP(health_check_timeout_seconds)),                                          \
        FIELD("HealthyThresholdCount", r53__json_int32, .at = GROUP(healthy_threshold_count)),     \
        FIELD("UnhealthyThresholdCount", r53__json_int32, .at = GROUP(unhealthy_threshold_count)), \
        FIELD("Matcher", r53__json_members, .with = &matcher_shape)

#define GROUP_FIELDS(port_read)                                                                    \
    FIELD("Protocol", r53__json_word, .at = GROUP(protocol), .with = &r53__json_protocols),        \
        FIELD("Port", port_read, .at = GROUP(port)),                                               \
        FIELD("VpcId", r53__json_text, .at = GROUP(vpc_id)),                                       \
        FIELD("TargetType", r53__json_word, .at = GROUP(target_type), .with = &target_types),      \
        FIELD("IpAddressType", r53__json_word, .at = GROUP(ip_address_type),                       \
              .with = &r53__json_address_types),                                                   \
        HEALTH_CHECK_FIELDS,                                                                       \
        FIELD("ProtocolVersion", r53__json_word, .at = GROUP(protocol_version),                    \
              .with = &versions),                                                                  \
        FIELD("TargetControlPort", port_read, .at = GROUP(target_control_port))

static const struct field group_fields[] = {
    FIELD("TargetGroupArn", r53__json_text, .at = GROUP(target_group_arn), .required = true),
    FIELD("TargetGroupName", r53__json_text, .at = GROUP(target_group_name)),
    FIELD("LoadBalancerArns", r53__json_texts, .at = GROUP(load_balancer_arns),
          .also = GROUP(n_load_balancer_arns)),
    GROUP_FIELDS(r53__json_int32),
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
    ELB_PAGE_FIELDS,
};
static const struct shape groups_shape = MEMBERS(groups_fields);
const struct element r53__json_target_groups = {&groups_shape, NULL};

/* create-target-group */

static const struct field create_fields[] = {
    FIELD("Name", r53__json_text, .at = GROUP(target_group_name), .required = true),
    GROUP_FIELDS(r53__json_port),
    UNUSED("Tags"),
};
static const struct shape create_shape =
    SHAPE(create_fields, .bytes = sizeof(r53_target_group), .initial = &group_initial);

static int32_t create_deliver(struct reader *reader, void *out)
{
    const char *given = reader->context.target_group_arn;
    r53_target_group *in = out;

    in->target_group_arn = given ? given : r53__json_made_group(reader, in->target_group_name);
    if (!in->target_group_arn)
        return reader->error;
    r53__json_import_begin(reader);
    return r53__json_import_end(reader, r53_target_group_create(reader->cloud, in, reader->report));
}

const struct element r53__json_create_group = {&create_shape, create_deliver};

/* modify-target-group */

static const struct field modify_fields[] = {
    FIELD("TargetGroupArn", r53__json_text, .at = GROUP(target_group_arn)),
    HEALTH_CHECK_FIELDS,
};
static const struct shape modify_shape =
    SHAPE(modify_fields, .bytes = sizeof(r53_target_group), .initial = &group_initial);

static int32_t modify_deliver(struct reader *reader, void *out)
{
    r53_target_group *in = out;

    in->target_group_arn = r53__json_whose(
        reader, in->target_group_arn, reader->context.target_group_arn, "target_group_arn",
        "the request does not say which target group it changes");
    if (!in->target_group_arn)
        return R53_E_INVALID;
    r53__json_import_begin(reader);
    return r53__json_import_end(reader, r53_target_group_modify(reader->cloud, in, reader->report));
}

const struct element r53__json_modify_group = {&modify_shape, modify_deliver};

/* Target health */

struct health {
    r53_target target;
    int32_t state;
    const char *reason;
};

#define TARGET_FIELDS(port_read)                                                                   \
    FIELD("Id", r53__json_text, .at = HEALTH(target.id), .required = true),                        \
        FIELD("Port", port_read, .at = HEALTH(target.port)),                                       \
        FIELD("AvailabilityZone", r53__json_text, .at = HEALTH(target.availability_zone)),         \
        FIELD("QuicServerId", r53__json_text, .at = HEALTH(target.quic_server_id))

static const struct field target_fields[] = {TARGET_FIELDS(r53__json_int32)};
static const struct shape target_shape = MEMBERS(target_fields);

static const struct field target_health_fields[] = {
    FIELD("State", r53__json_word, .at = HEALTH(state), .with = &target_states),
    FIELD("Reason", r53__json_text, .at = HEALTH(reason)),
    UNUSED("Description"),
};
static const struct shape target_health_shape = MEMBERS(target_health_fields);

/* The shifted zone is the load balancer's, which this document does not name (ELB-SHIFT-01). */
static void override_read(struct reader *reader, const struct field *field, json_t *value,
                          void *out)
{
    static const char shift[] = "zonal_shift_";
    const char *state = json_string_value(json_object_get(value, "State"));

    (void)field;
    (void)out;
    if (state && strncmp(state, shift, sizeof(shift) - 1) == 0)
        r53__json_note(reader, "a zonal shift is active, but this document does not say on which "
                               "load balancer; a supplement's ZonalShifts tells it");
}

static const struct field health_fields[] = {
    FIELD("Target", r53__json_members, .with = &target_shape, .required = true),
    FIELD("TargetHealth", r53__json_members, .with = &target_health_shape),
    UNUSED("HealthCheckPort"),
    UNUSED("AnomalyDetection"), /* whether a weight is lowered, not to what */
    WHOLE("AdministrativeOverride", override_read),
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
    ELB_PAGE_FIELDS,
};
static const struct shape healths_shape = MEMBERS(healths_fields);
const struct element r53__json_target_healths = {&healths_shape, NULL};

/* Requests: register-targets, deregister-targets */

struct registration {
    const char *target_group_arn;
    const r53_target *const *targets;
    uint32_t n_targets;
};
#define REGISTRATION(member) offsetof(struct registration, member)

/* The fields are those of a health, which begins with its target. */
static const r53_target target_initial = {.size = sizeof(target_initial)};
static const struct field registered_fields[] = {TARGET_FIELDS(r53__json_port)};
static const struct shape registered_shape =
    SHAPE(registered_fields, .bytes = sizeof(r53_target), .initial = &target_initial);
_Static_assert(HEALTH(target) == 0, "a health begins with its target");

static const struct field registration_fields[] = {
    FIELD("TargetGroupArn", r53__json_text, .at = REGISTRATION(target_group_arn)),
    FIELD("Targets", r53__json_pointers, .at = REGISTRATION(targets),
          .also = REGISTRATION(n_targets), .with = &registered_shape, .required = true),
};
static const struct shape registration_shape =
    SHAPE(registration_fields, .bytes = sizeof(struct registration));

static int32_t registration_deliver(struct reader *reader, const struct registration *in,
                                    int32_t (*change)(r53_cloud *, const char *,
                                                      const r53_target *const *, size_t, int64_t,
                                                      r53_report *))
{
    const char *arn =
        r53__json_whose(reader, in->target_group_arn, reader->context.target_group_arn,
                        "target_group_arn", "the request does not say which target group it is of");

    if (!arn)
        return R53_E_INVALID;
    r53__json_import_begin(reader);
    return r53__json_import_end(reader, change(reader->cloud, arn, in->targets, in->n_targets,
                                               reader->context.now_ms, reader->report));
}

static int32_t register_deliver(struct reader *reader, void *out)
{
    return registration_deliver(reader, out, r53_targets_register);
}

static int32_t deregister_deliver(struct reader *reader, void *out)
{
    return registration_deliver(reader, out, r53_targets_deregister);
}

const struct element r53__json_register_targets = {&registration_shape, register_deliver};
const struct element r53__json_deregister_targets = {&registration_shape, deregister_deliver};
