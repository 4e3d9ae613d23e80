/*
 * Health checks (R53-JSON-04) and what their checkers say of them (R53-JSON-05).
 */
#include "json/document.h"

#include <string.h>

#define CHECK(member) offsetof(r53_health_check, member)

static const char *const insufficient_words[] = {"Healthy", "Unhealthy", "LastKnownStatus"};
static const struct vocabulary check_types = {"a type of health check", r53_health_check_type_name,
                                              NULL, 0};
static const struct vocabulary insufficients = {"a status for lack of data", NULL,
                                                insufficient_words, 3};

static const struct field alarm_fields[] = {
    FIELD("Region", r53__json_text, .at = CHECK(alarm_region)),
    FIELD("Name", r53__json_text, .at = CHECK(alarm_name)),
};
static const struct shape alarm_shape = MEMBERS(alarm_fields);

static const struct field config_fields[] = {
    FIELD("Type", r53__json_word, .at = CHECK(type), .with = &check_types, .required = true),
    FIELD("IPAddress", r53__json_text, .at = CHECK(ip_address)),
    FIELD("Port", r53__json_int32, .at = CHECK(port)),
    FIELD("ResourcePath", r53__json_text, .at = CHECK(resource_path)),
    FIELD("FullyQualifiedDomainName", r53__json_text, .at = CHECK(fully_qualified_domain_name)),
    FIELD("SearchString", r53__json_text, .at = CHECK(search_string)),
    FIELD("RequestInterval", r53__json_int32, .at = CHECK(request_interval)),
    FIELD("FailureThreshold", r53__json_int32, .at = CHECK(failure_threshold)),
    FIELD("MeasureLatency", r53__json_bool, .at = CHECK(measure_latency)),
    FIELD("Inverted", r53__json_bool, .at = CHECK(inverted)),
    FIELD("Disabled", r53__json_bool, .at = CHECK(disabled)),
    FIELD("HealthThreshold", r53__json_int32, .at = CHECK(health_threshold),
          .also = CHECK(has_health_threshold)),
    FIELD("ChildHealthChecks", r53__json_texts, .at = CHECK(child_health_checks),
          .also = CHECK(n_child_health_checks)),
    FIELD("EnableSNI", r53__json_option, .at = CHECK(enable_sni)),
    FIELD("Regions", r53__json_texts, .at = CHECK(regions), .also = CHECK(n_regions)),
    FIELD("AlarmIdentifier", r53__json_members, .with = &alarm_shape),
    FIELD("InsufficientDataHealthStatus", r53__json_word,
          .at = CHECK(insufficient_data_health_status), .with = &insufficients),
    FIELD("RoutingControlArn", r53__json_text, .at = CHECK(routing_control_arn)),
};
static const struct shape config_shape = MEMBERS(config_fields);
static const r53_health_check check_initial = {.size = sizeof(check_initial)};

/* As described */

/* configure-health-check of elb answers under the same key. */
static void classic_told(struct reader *reader, const struct field *field, json_t *value, void *out)
{
    (void)field;
    (void)value;
    (void)out;
    r53__json_fault(reader, "this is the health check of a Classic load balancer; it is read from "
                            "elb describe-load-balancers");
}

static const struct field check_fields[] = {
    FIELD("Id", r53__json_text, .at = CHECK(id), .required = true),
    FIELD("CallerReference", r53__json_text, .at = CHECK(caller_reference)),
    FIELD("HealthCheckConfig", r53__json_members, .with = &config_shape, .required = true),
    FIELD("HealthCheckVersion", r53__json_int32, .at = CHECK(health_check_version)),
    WHOLE("Target", classic_told),
    UNUSED("CloudWatchAlarmConfiguration"),
    UNUSED("LinkedService"),
};
static const struct shape check_shape =
    SHAPE(check_fields, .bytes = sizeof(r53_health_check), .initial = &check_initial);

static int32_t check_deliver(struct reader *reader, void *out)
{
    r53_health_check *check = out;

    check->account = reader->context.account;
    r53__json_import_begin(reader);
    return r53__json_import_end(reader, r53_import_health_check(reader->import, check));
}

static const struct element check_element = {&check_shape, check_deliver};

static const struct field checks_fields[] = {
    FIELD("HealthChecks", r53__json_list, .with = &check_element),
    WHOLE("IsTruncated", r53__json_page),
    WHOLE("NextToken", r53__json_page),
    UNUSED("Marker"),
    UNUSED("NextMarker"),
    UNUSED("MaxItems"),
};
static const struct shape checks_shape = MEMBERS(checks_fields);
const struct element r53__json_health_checks = {&checks_shape, NULL};

static const struct field check_document_fields[] = {
    FIELD("HealthCheck", r53__json_members, .with = &check_shape, .required = true),
    UNUSED("Location"),
};
static const struct shape check_document_shape =
    SHAPE(check_document_fields, .bytes = sizeof(r53_health_check), .initial = &check_initial);
const struct element r53__json_health_check = {&check_document_shape, check_deliver};

/* As requested: create-health-check. AWS makes the id up, so the context must say it. */

static int32_t create_deliver(struct reader *reader, void *out)
{
    r53_health_check *check = out;

    check->id = reader->context.health_check_id;
    check->account = reader->context.account;
    if (!check->id)
        return r53__json_needs(reader, "health_check_id",
                               "the id of a new health check is not in its request");
    r53__json_import_begin(reader);
    return r53__json_import_end(reader,
                                r53_health_check_create(reader->cloud, check, reader->report));
}

static const struct field create_fields[] = {
    FIELD("CallerReference", r53__json_text, .at = CHECK(caller_reference), .required = true),
    FIELD("HealthCheckConfig", r53__json_members, .with = &config_shape, .required = true),
};
static const struct shape create_shape =
    SHAPE(create_fields, .bytes = sizeof(r53_health_check), .initial = &check_initial);
const struct element r53__json_create_health_check = {&create_shape, create_deliver};

/* get-health-check-status */

struct observation {
    const char *region, *ip_address;
    int32_t status;
};
#define OBSERVATION(member) offsetof(struct observation, member)

/* R53-JSON-05: the first word counts, what follows it is for people. */
static bool begins_with(const char *text, const char *word)
{
    size_t n = strlen(word);

    return strncmp(text, word, n) == 0 && (text[n] == ':' || text[n] == '\0');
}

static void status_read(struct reader *reader, const struct field *field, json_t *value, void *out)
{
    const char *text = json_is_string(value) ? json_string_value(value) : "";
    int32_t *status = &((struct observation *)out)->status;

    (void)field;
    if (begins_with(text, "Success"))
        *status = R53_HEALTH_HEALTHY;
    else if (begins_with(text, "Failure"))
        *status = R53_HEALTH_UNHEALTHY;
    else
        r53__json_mismatch(reader, value, "a text that begins with Success: or Failure:");
}

static const struct field report_fields[] = {
    FIELD("Status", status_read, .required = true),
    UNUSED("CheckedTime"),
};
static const struct shape report_shape = MEMBERS(report_fields);

static const struct field observation_fields[] = {
    FIELD("Region", r53__json_text, .at = OBSERVATION(region)),
    FIELD("IPAddress", r53__json_text, .at = OBSERVATION(ip_address), .required = true),
    FIELD("StatusReport", r53__json_members, .with = &report_shape),
};
static const struct shape observation_shape =
    SHAPE(observation_fields, .bytes = sizeof(struct observation));

/* "us-east-1/192.0.2.44"; NULL: no memory, reported. */
static const char *checker_name(struct reader *reader, const struct observation *in)
{
    size_t n = in->region ? strlen(in->region) : 0, rest = strlen(in->ip_address) + 1;
    char *name = r53__json_alloc(reader, n + 1 + rest, 1);

    if (!name)
        return NULL;
    if (n)
        memcpy(name, in->region, n);
    name[n] = '/';
    memcpy(name + n + 1, in->ip_address, rest);
    return name;
}

/* Without a report the checker has no opinion yet, or none any more. */
static int32_t observation_deliver(struct reader *reader, void *out)
{
    const struct observation *in = out;
    const char *name = checker_name(reader, in);

    if (!name)
        return R53_E_NOMEM;
    r53__json_import_begin(reader);
    return r53__json_import_end(
        reader,
        r53_import_checker(reader->import, reader->context.health_check_id, name, in->status));
}

static const struct element observation_element = {&observation_shape, observation_deliver};

static void observations_read(struct reader *reader, const struct field *field, json_t *list,
                              void *out)
{
    (void)field;
    (void)out;
    if (reader->context.health_check_id)
        r53__json_elements(reader, &observation_element, list);
    else
        r53__json_needs(reader, "health_check_id",
                        "the document does not say which health check these observations are of");
}

static const struct field observations_fields[] = {
    WHOLE("HealthCheckObservations", observations_read)};
static const struct shape observations_shape = MEMBERS(observations_fields);
const struct element r53__json_observations = {&observations_shape, NULL};
