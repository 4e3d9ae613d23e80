/*
 * Conditions of rules (ELB-JSON-04). AWS says the values of a condition in a configuration named
 * for its field, those of the oldest fields beside that too; in a document either way will do, and
 * where both are there the configuration counts, which alone can say all. A request has one of
 * them.
 */
#include "json/document.h"

#include <string.h>

#define CONDITION(member) offsetof(struct condition_text, condition.member)
#define BESIDE(member)    offsetof(struct condition_text, member)
#define PAIR(member)      offsetof(r53_query_string_key_value, member)

struct condition_text {
    r53_condition condition; /* values are those of the configuration */
    const char *configured;  /* the field that the configuration is of; NULL: there is none */
    const char *const *values, *const *regex_values; /* beside the configuration */
    uint32_t n_values, n_regex_values;
};

/* The configuration of one field: its key is that of the row. */
struct configuration {
    const char *field;
    struct shape shape;
};

static void configuration_read(struct reader *reader, const struct field *field, json_t *object,
                               void *out)
{
    const struct configuration *configuration = field->with;
    struct condition_text *in = out;
    struct field members = *field;

    if (in->configured)
        r53__json_fault(reader, "a condition has one configuration; this is another");
    in->configured = configuration->field;
    members.with = &configuration->shape;
    r53__json_members(reader, &members, object, out);
}

#define VALUES                                                                                     \
    FIELD("Values", r53__json_texts, .at = CONDITION(values), .also = CONDITION(n_values))
#define REGEX_VALUES                                                                               \
    FIELD("RegexValues", r53__json_texts, .at = CONDITION(regex_values),                           \
          .also = CONDITION(n_regex_values))

static const struct field pattern_fields[] = {VALUES, REGEX_VALUES};
static const struct field header_fields[] = {
    FIELD("HttpHeaderName", r53__json_text, .at = CONDITION(http_header_name)),
    VALUES,
    REGEX_VALUES,
};
static const struct field method_fields[] = {VALUES};
static const struct field source_fields[] = {
    VALUES,
    FIELD("IpAddressType", r53__json_text, .at = CONDITION(ip_address_type)), /* ELB-LSN-24 */
};

static const struct field pair_fields[] = {
    FIELD("Key", r53__json_text, .at = PAIR(key)),
    FIELD("Value", r53__json_text, .at = PAIR(value), .required = true),
};
static const struct shape pair_shape =
    SHAPE(pair_fields, .bytes = sizeof(r53_query_string_key_value));
static const struct field query_fields[] = {
    FIELD("Values", r53__json_structs, .at = CONDITION(query_string),
          .also = CONDITION(n_query_string), .with = &pair_shape),
};

static const struct configuration host = {"host-header", MEMBERS(pattern_fields)};
static const struct configuration path = {"path-pattern", MEMBERS(pattern_fields)};
static const struct configuration header = {"http-header", MEMBERS(header_fields)};
static const struct configuration method = {"http-request-method", MEMBERS(method_fields)};
static const struct configuration query = {"query-string", MEMBERS(query_fields)};
static const struct configuration source = {"source-ip", MEMBERS(source_fields)};

static const struct field condition_fields[] = {
    FIELD("Field", r53__json_text, .at = CONDITION(field), .required = true),
    FIELD("Values", r53__json_texts, .at = BESIDE(values), .also = BESIDE(n_values)),
    FIELD("RegexValues", r53__json_texts, .at = BESIDE(regex_values),
          .also = BESIDE(n_regex_values)),
    FIELD("HostHeaderConfig", configuration_read, .with = &host),
    FIELD("PathPatternConfig", configuration_read, .with = &path),
    FIELD("HttpHeaderConfig", configuration_read, .with = &header),
    FIELD("HttpRequestMethodConfig", configuration_read, .with = &method),
    FIELD("QueryStringConfig", configuration_read, .with = &query),
    FIELD("SourceIpConfig", configuration_read, .with = &source),
};

static bool same_texts(const char *const *a, uint32_t n_a, const char *const *b, uint32_t n_b)
{
    uint32_t i = 0;

    while (i < n_a && i < n_b && strcmp(a[i], b[i]) == 0)
        i++;
    return n_a == n_b && i == n_a;
}

static bool disagree(const struct condition_text *in)
{
    const r53_condition *c = &in->condition;

    return (in->n_values && !same_texts(in->values, in->n_values, c->values, c->n_values)) ||
           (in->n_regex_values &&
            !same_texts(in->regex_values, in->n_regex_values, c->regex_values, c->n_regex_values));
}

/* ELB-VAL-07: in a request both forms are a fault, and the older one is for two fields. */
static void forms_apart(struct condition_text *in)
{
    r53_condition *condition = &in->condition;

    condition->field_values = in->values;
    condition->n_field_values = in->n_values;
    if (in->n_regex_values && !in->configured) {
        condition->regex_values = in->regex_values;
        condition->n_regex_values = in->n_regex_values;
    }
}

static void condition_finish(struct reader *reader, void *out)
{
    struct condition_text *in = out;
    r53_condition *condition = &in->condition;

    if (in->configured && strcmp(in->configured, condition->field) != 0) {
        r53__json_fault(reader, "the configuration is not the one of the condition's field");
    } else if (reader->cloud) {
        forms_apart(in);
    } else if (in->configured) {
        if (disagree(in))
            r53__json_warn(reader, "the values beside the configuration differ from those in it, "
                                   "which count");
    } else {
        condition->values = in->values;
        condition->n_values = in->n_values;
        condition->regex_values = in->regex_values;
        condition->n_regex_values = in->n_regex_values;
    }
}

static const struct condition_text condition_initial = {
    .condition = {.size = sizeof(r53_condition)}};
const struct shape r53__json_condition =
    SHAPE(condition_fields, .bytes = sizeof(struct condition_text), .initial = &condition_initial,
          .finish = condition_finish);
