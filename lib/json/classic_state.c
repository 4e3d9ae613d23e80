/*
 * What AWS says of a Classic Load Balancer apart from its description: its attributes
 * (ELB-JSON-10), the health of its instances (ELB-JSON-09), its policies.
 */
#include "json/document.h"

#include <string.h>

/* describe-load-balancer-attributes (ELB-JSON-10) */

/*
 * What AWS says by members here it says by keys of newer load balancers, and so does the import;
 * draining is the deregistration delay of the load balancer's instances, which stand under its ARN.
 */
struct settings {
    const char *name;             /* where modify-load-balancer-attributes answers */
    int32_t cross_zone, draining; /* enum r53_option */
    int32_t draining_seconds, idle_seconds, has_draining_seconds, has_idle_seconds;
    const r53_attribute *more;
    uint32_t n_more;
};
#define SETTING(member) offsetof(struct settings, member)

static const struct field cross_zone_fields[] = {
    FIELD("Enabled", r53__json_option, .at = SETTING(cross_zone))};
static const struct shape cross_zone_shape = MEMBERS(cross_zone_fields);

static const struct field draining_fields[] = {
    FIELD("Enabled", r53__json_option, .at = SETTING(draining)),
    FIELD("Timeout", r53__json_int32, .at = SETTING(draining_seconds),
          .also = SETTING(has_draining_seconds)),
};
static const struct shape draining_shape = MEMBERS(draining_fields);

static const struct field connection_fields[] = {
    FIELD("IdleTimeout", r53__json_int32, .at = SETTING(idle_seconds),
          .also = SETTING(has_idle_seconds)),
};
static const struct shape connection_shape = MEMBERS(connection_fields);

static const struct field settings_fields[] = {
    FIELD("CrossZoneLoadBalancing", r53__json_members, .with = &cross_zone_shape),
    FIELD("ConnectionDraining", r53__json_members, .with = &draining_shape),
    FIELD("ConnectionSettings", r53__json_members, .with = &connection_shape),
    FIELD("AdditionalAttributes", r53__json_structs, .at = SETTING(more), .also = SETTING(n_more),
          .with = &r53__json_attribute),
    UNUSED("AccessLog"),
};
static const struct shape settings_members = MEMBERS(settings_fields);

/* The ARN, by the document's name or the context; NULL: not known, told. */
static const char *settings_arn(struct reader *reader, const struct settings *in)
{
    const char *name = in->name ? in->name : reader->context.load_balancer;

    if (name)
        return r53__json_classic_arn(reader, name);
    r53__json_needs(reader, "load_balancer",
                    "the document does not say which load balancer these attributes are of");
    return NULL;
}

static int32_t say(struct reader *reader, const char *arn, const char *key, const char *value)
{
    r53__json_import_begin(reader);
    return r53__json_import_end(
        reader, r53_import_load_balancer_attribute(reader->import, arn, key, value));
}

/* ELB-CLB-10: 300 seconds unless said otherwise. */
static int32_t say_draining(struct reader *reader, const char *arn, const struct settings *in)
{
    struct sentence seconds = {0};

    if (in->draining == R53_OPTION_DEFAULT)
        return R53_OK;
    if (in->draining == R53_OPTION_OFF)
        r53__sentence_put(&seconds, "0");
    else
        r53__sentence_put_integer(&seconds, in->has_draining_seconds ? in->draining_seconds : 300);
    r53__json_import_begin(reader);
    return r53__json_import_end(
        reader, r53_import_target_group_attribute(
                    reader->import, arn, "deregistration_delay.timeout_seconds", seconds.text));
}

static int32_t say_idle(struct reader *reader, const char *arn, const struct settings *in)
{
    struct sentence seconds = {0};

    if (!in->has_idle_seconds)
        return R53_OK;
    r53__sentence_put_integer(&seconds, in->idle_seconds);
    return say(reader, arn, "idle_timeout.timeout_seconds", seconds.text);
}

static int32_t say_more(struct reader *reader, const char *arn, const struct settings *in)
{
    int32_t rc = R53_OK;

    for (uint32_t i = 0; i < in->n_more && rc == R53_OK; i++) {
        if (strcmp(in->more[i].key, "elb.http.desyncmitigationmode") == 0)
            rc = say(reader, arn, "routing.http.desync_mitigation_mode", in->more[i].value);
    }
    return rc;
}

static int32_t settings_deliver(struct reader *reader, void *out)
{
    const struct settings *in = out;
    const char *arn = settings_arn(reader, in);
    size_t outer;
    int32_t rc = R53_OK;

    if (!arn)
        return reader->error;
    outer = r53__json_enter(reader, "LoadBalancerAttributes");
    if (in->cross_zone != R53_OPTION_DEFAULT)
        rc = say(reader, arn, "load_balancing.cross_zone.enabled",
                 in->cross_zone == R53_OPTION_ON ? "true" : "false");
    if (rc == R53_OK)
        rc = say_draining(reader, arn, in);
    if (rc == R53_OK)
        rc = say_idle(reader, arn, in);
    if (rc == R53_OK)
        rc = say_more(reader, arn, in);
    r53__json_leave(reader, outer);
    return rc;
}

static const struct field settings_document_fields[] = {
    FIELD("LoadBalancerAttributes", r53__json_members, .with = &settings_members, .required = true),
    FIELD("LoadBalancerName", r53__json_text, .at = SETTING(name)),
};
static const struct shape settings_shape =
    SHAPE(settings_document_fields, .bytes = sizeof(struct settings));
const struct element r53__json_classic_attributes = {&settings_shape, settings_deliver};

/* describe-load-balancer-policies: those that stick stand in the description as well */

static const struct field policy_fields[] = {
    UNUSED("PolicyName"),
    UNUSED("PolicyTypeName"),
    UNUSED("PolicyAttributeDescriptions"),
};
static const struct shape policy_shape = MEMBERS(policy_fields);
static const struct element policy_element = {&policy_shape, NULL};

static void policy_list_read(struct reader *reader, const struct field *field, json_t *list,
                             void *out)
{
    (void)field;
    (void)out;
    r53__json_elements(reader, &policy_element, list);
    r53__json_note(reader, "policies are read from describe-load-balancers, which tells those that "
                           "decide something");
}

static const struct field policy_list_fields[] = {WHOLE("PolicyDescriptions", policy_list_read)};
static const struct shape policy_list_shape = MEMBERS(policy_list_fields);
const struct element r53__json_policies = {&policy_list_shape, NULL};

/* describe-instance-health (ELB-JSON-09) */

struct health {
    r53_target target;
    int32_t state; /* of state_words */
    const char *reason;
};
#define HEALTH(member) offsetof(struct health, member)

static const char *const state_words[] = {"InService", "OutOfService", "Unknown"};
static const int32_t state_numbers[] = {0, R53_TARGET_HEALTHY, R53_TARGET_UNHEALTHY,
                                        R53_TARGET_UNAVAILABLE};
static const struct vocabulary instance_states = {"a state of an instance", NULL, state_words, 3};

static const struct field health_fields[] = {
    FIELD("InstanceId", r53__json_text, .at = HEALTH(target.id), .required = true),
    FIELD("State", r53__json_word, .at = HEALTH(state), .with = &instance_states, .required = true),
    FIELD("ReasonCode", r53__json_text, .at = HEALTH(reason)),
    UNUSED("Description"),
};
static const struct health health_initial = {.target = {.size = sizeof(r53_target)}};
static const struct shape health_shape =
    SHAPE(health_fields, .bytes = sizeof(struct health), .initial = &health_initial);

static int32_t health_deliver(struct reader *reader, void *out)
{
    const struct health *in = out;
    const char *arn = r53__json_classic_arn(reader, reader->context.load_balancer);

    if (!arn)
        return reader->error;
    r53__json_import_begin(reader);
    return r53__json_import_end(reader, r53_import_target(reader->import, arn, &in->target,
                                                          state_numbers[in->state], in->reason));
}

static const struct element health_element = {&health_shape, health_deliver};

static void healths_read(struct reader *reader, const struct field *field, json_t *list, void *out)
{
    (void)field;
    (void)out;
    if (reader->context.load_balancer)
        r53__json_elements(reader, &health_element, list);
    else
        r53__json_needs(reader, "load_balancer",
                        "the document does not say which load balancer these instances are of");
}

static const struct field healths_fields[] = {WHOLE("InstanceStates", healths_read)};
static const struct shape healths_shape = MEMBERS(healths_fields);
const struct element r53__json_instance_healths = {&healths_shape, NULL};
