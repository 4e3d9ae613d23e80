/*
 * The supplement: a document of ours that says what AWS prints nowhere. Its form is in
 * <r53/json.h>. A list a row below, each element handed to the import as it is read.
 */
#include "json/document.h"

#include <string.h>

struct node_addresses {
    const char *load_balancer, *zone_name;
    const char *const *addresses;
    uint32_t n_addresses;
};
#define NODES(member) offsetof(struct node_addresses, member)

static const struct field node_fields[] = {
    FIELD("LoadBalancer", r53__json_text, .at = NODES(load_balancer)),
    FIELD("ZoneName", r53__json_text, .at = NODES(zone_name), .required = true),
    FIELD("Addresses", r53__json_texts, .at = NODES(addresses), .also = NODES(n_addresses),
          .required = true),
    UNUSED("Comment"),
};
static const struct shape node_shape = SHAPE(node_fields, .bytes = sizeof(struct node_addresses));

/* The import wants DNS names in lower case and without the last dot; ARNs stay as they are. */
static const char *normal_name(struct reader *reader, const char *name)
{
    size_t n = strlen(name);
    char *copy;

    if (strncmp(name, "arn:", 4) == 0)
        return name;
    copy = r53__json_alloc(reader, n + 1, 1);
    for (size_t i = 0; copy && i < n; i++)
        copy[i] = (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] - 'A' + 'a' : name[i]);
    if (copy && n && copy[n - 1] == '.')
        copy[n - 1] = '\0';
    return copy;
}

static int32_t node_deliver(struct reader *reader, void *out)
{
    const struct node_addresses *in = out;
    const char *name = in->load_balancer ? in->load_balancer : reader->context.load_balancer;

    if (!name)
        return r53__json_needs(reader, "load_balancer",
                               "LoadBalancer is missing, so it is not known whose nodes these are");
    name = normal_name(reader, name);
    if (!name)
        return R53_E_NOMEM;
    r53__json_import_begin(reader);
    return r53__json_import_end(reader,
                                r53_import_node_addresses(reader->import, name, in->zone_name,
                                                          in->addresses, in->n_addresses));
}

static const struct element node_element = {&node_shape, node_deliver};

/* The words of EC2 for what an instance does, or is about to do. */
static const char *const instance_words[] = {"running", "stopped", "terminated"};
static const struct vocabulary instance_states = {"a state of an instance", NULL, instance_words,
                                                  3};

struct instance {
    const char *id, *zone_name;
    int32_t state;
};

static const struct field instance_fields[] = {
    FIELD("InstanceId", r53__json_text, .at = offsetof(struct instance, id), .required = true),
    FIELD("AvailabilityZone", r53__json_text, .at = offsetof(struct instance, zone_name),
          .required = true),
    FIELD("State", r53__json_word, .at = offsetof(struct instance, state),
          .with = &instance_states),
    UNUSED("Comment"),
};
static const struct shape instance_shape = SHAPE(instance_fields, .bytes = sizeof(struct instance));

static int32_t instance_deliver(struct reader *reader, void *out)
{
    const struct instance *in = out;
    int32_t rc;

    r53__json_import_begin(reader);
    rc = r53_import_instance(reader->import, in->id, in->zone_name);
    if (rc == R53_OK && in->state)
        rc = r53_import_instance_state(reader->import, in->id, in->state);
    return r53__json_import_end(reader, rc);
}

static const struct element instance_element = {&instance_shape, instance_deliver};

struct name_addresses {
    const char *dns_name;
    const char *const *addresses;
    uint32_t n_addresses;
};
#define NAMED(member) offsetof(struct name_addresses, member)

static const struct field name_fields[] = {
    FIELD("DNSName", r53__json_text, .at = NAMED(dns_name), .required = true),
    FIELD("Addresses", r53__json_texts, .at = NAMED(addresses), .also = NAMED(n_addresses),
          .required = true),
    UNUSED("Comment"),
};
static const struct shape name_shape = SHAPE(name_fields, .bytes = sizeof(struct name_addresses));

static int32_t name_deliver(struct reader *reader, void *out)
{
    const struct name_addresses *in = out;

    r53__json_import_begin(reader);
    return r53__json_import_end(
        reader, r53_import_addresses(reader->import, in->dns_name, in->addresses, in->n_addresses));
}

static const struct element name_element = {&name_shape, name_deliver};

/* A status of a health check, or the state of the alarm behind it. */
struct health_text {
    const char *health_check_id;
    int32_t number; /* enum r53_health or enum r53_alarm_state */
};
#define HEALTH(member) offsetof(struct health_text, member)

static const char *const status_words[] = {"Healthy", "Unhealthy"};
static const char *const alarm_words[] = {"OK", "ALARM", "INSUFFICIENT_DATA"};
static const struct vocabulary statuses = {"a status", NULL, status_words, 2};
static const struct vocabulary alarm_states = {"a state of an alarm", NULL, alarm_words, 3};

static const struct field status_fields[] = {
    FIELD("HealthCheckId", r53__json_text, .at = HEALTH(health_check_id), .required = true),
    FIELD("Status", r53__json_word, .at = HEALTH(number), .with = &statuses, .required = true),
    UNUSED("Comment"),
};
static const struct shape status_shape = SHAPE(status_fields, .bytes = sizeof(struct health_text));

static int32_t status_deliver(struct reader *reader, void *out)
{
    const struct health_text *in = out;

    r53__json_import_begin(reader);
    return r53__json_import_end(
        reader, r53_import_health_check_status(reader->import, in->health_check_id, in->number));
}

static const struct element status_element = {&status_shape, status_deliver};

static const struct field alarm_fields[] = {
    FIELD("HealthCheckId", r53__json_text, .at = HEALTH(health_check_id), .required = true),
    FIELD("State", r53__json_word, .at = HEALTH(number), .with = &alarm_states, .required = true),
    UNUSED("Comment"),
};
static const struct shape alarm_shape = SHAPE(alarm_fields, .bytes = sizeof(struct health_text));

static int32_t alarm_deliver(struct reader *reader, void *out)
{
    const struct health_text *in = out;

    r53__json_import_begin(reader);
    return r53__json_import_end(reader,
                                r53_import_alarm(reader->import, in->health_check_id, in->number));
}

static const struct element alarm_element = {&alarm_shape, alarm_deliver};

/* What happens to load balancers: zones shifted away from or impaired, targets mitigated. */
struct zone_mark {
    const char *load_balancer, *zone_name;
};

static const struct field mark_fields[] = {
    FIELD("LoadBalancer", r53__json_text, .at = offsetof(struct zone_mark, load_balancer)),
    FIELD("ZoneName", r53__json_text, .at = offsetof(struct zone_mark, zone_name),
          .required = true),
    UNUSED("Comment"),
};
static const struct shape mark_shape = SHAPE(mark_fields, .bytes = sizeof(struct zone_mark));

static int32_t mark_deliver(struct reader *reader, const struct zone_mark *in,
                            int32_t (*import)(r53_import *, const char *, const char *, int32_t))
{
    const char *arn = in->load_balancer ? in->load_balancer : reader->context.load_balancer;

    if (!arn)
        return r53__json_needs(reader, "load_balancer",
                               "LoadBalancer is missing, so it is not known whose zone this is");
    if (strncmp(arn, "arn:", 4) != 0) {
        r53__json_fault(reader, "LoadBalancer is not an ARN");
        return R53_E_INVALID;
    }
    r53__json_import_begin(reader);
    return r53__json_import_end(reader, import(reader->import, arn, in->zone_name, 1));
}

static int32_t shift_deliver(struct reader *reader, void *out)
{
    return mark_deliver(reader, out, r53_import_zonal_shift);
}

static int32_t impaired_deliver(struct reader *reader, void *out)
{
    return mark_deliver(reader, out, r53_import_zone_impaired);
}

static const struct element shift_element = {&mark_shape, shift_deliver};
static const struct element impaired_element = {&mark_shape, impaired_deliver};

struct target_number {
    const char *target_group_arn;
    r53_target target;
    int32_t value;
};
#define NUMBERED(member) offsetof(struct target_number, member)

static const struct field numbered_fields[] = {
    FIELD("Id", r53__json_text, .at = NUMBERED(target.id), .required = true),
    FIELD("Port", r53__json_int32, .at = NUMBERED(target.port)),
};
static const struct shape numbered_shape = MEMBERS(numbered_fields);

static const struct field mitigation_fields[] = {
    FIELD("TargetGroupArn", r53__json_text, .at = NUMBERED(target_group_arn)),
    FIELD("Target", r53__json_members, .with = &numbered_shape, .required = true),
    FIELD("Weight", r53__json_int32, .at = NUMBERED(value), .required = true),
    UNUSED("Comment"),
};
static const struct target_number number_initial = {.target = {.size = sizeof(r53_target)}};
static const struct shape mitigation_shape =
    SHAPE(mitigation_fields, .bytes = sizeof(struct target_number), .initial = &number_initial);

/* NULL: neither the document nor the context says; told. */
static const char *group_of(struct reader *reader, const struct target_number *in)
{
    const char *arn =
        in->target_group_arn ? in->target_group_arn : reader->context.target_group_arn;

    if (!arn)
        r53__json_needs(reader, "target_group_arn",
                        "TargetGroupArn is missing, so it is not known whose target this is");
    return arn;
}

static int32_t mitigation_deliver(struct reader *reader, void *out)
{
    const struct target_number *in = out;
    const char *arn = group_of(reader, in);

    if (!arn)
        return R53_E_INVALID;
    if (in->value == 0) { /* which would take back what nothing here has said */
        r53__json_fault(reader, "Weight is not from 1 to 1000 thousandths");
        return R53_E_INVALID;
    }
    r53__json_import_begin(reader);
    return r53__json_import_end(reader,
                                r53_import_mitigation(reader->import, arn, &in->target, in->value));
}

static const struct element mitigation_element = {&mitigation_shape, mitigation_deliver};

static const struct field slots_fields[] = {
    FIELD("TargetGroupArn", r53__json_text, .at = NUMBERED(target_group_arn)),
    FIELD("Target", r53__json_members, .with = &numbered_shape, .required = true),
    FIELD("Slots", r53__json_int32, .at = NUMBERED(value), .required = true),
    UNUSED("Comment"),
};
static const struct shape slots_shape =
    SHAPE(slots_fields, .bytes = sizeof(struct target_number), .initial = &number_initial);

static int32_t slots_deliver(struct reader *reader, void *out)
{
    const struct target_number *in = out;
    const char *arn = group_of(reader, in);

    if (!arn)
        return R53_E_INVALID;
    if (in->value < 0) {
        r53__json_fault(reader, "Slots is below 0");
        return R53_E_INVALID;
    }
    r53__json_import_begin(reader);
    return r53__json_import_end(
        reader, r53_import_target_slots(reader->import, arn, &in->target, in->value));
}

static const struct element slots_element = {&slots_shape, slots_deliver};

static const struct field supplement_fields[] = {
    FIELD("NodeAddresses", r53__json_list, .with = &node_element),
    FIELD("Instances", r53__json_list, .with = &instance_element),
    FIELD("Addresses", r53__json_list, .with = &name_element),
    FIELD("HealthCheckStatus", r53__json_list, .with = &status_element),
    FIELD("Alarms", r53__json_list, .with = &alarm_element),
    FIELD("Places", r53__json_list, .with = &r53__json_place),
    FIELD("Latencies", r53__json_list, .with = &r53__json_latency),
    FIELD("ZonalShifts", r53__json_list, .with = &shift_element),
    FIELD("ImpairedZones", r53__json_list, .with = &impaired_element),
    FIELD("MitigationWeights", r53__json_list, .with = &mitigation_element),
    FIELD("RequestSlots", r53__json_list, .with = &slots_element),
    UNUSED("Comment"),
};
static const struct shape supplement_members = MEMBERS(supplement_fields);

static const struct field supplement_document_fields[] = {
    FIELD("R53Supplement", r53__json_members, .with = &supplement_members),
    UNUSED("Comment"),
};
static const struct shape supplement_document = MEMBERS(supplement_document_fields);
const struct element r53__json_supplement = {&supplement_document, NULL};
