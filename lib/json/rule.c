/*
 * Rules of listeners (ELB-JSON-04). AWS says the values of a condition in a configuration named for
 * its field, those of the oldest fields beside that too; in a document either way will do, and
 * where both are there the configuration counts, which alone can say all. A request has one of
 * them.
 */
#include "json/document.h"

#include <r53/elb_change.h>

#include <string.h>

#define RULE(member)      offsetof(struct rule_text, rule.member)
#define CONDITION(member) offsetof(struct condition_text, condition.member)
#define BESIDE(member)    offsetof(struct condition_text, member)
#define PAIR(member)      offsetof(r53_query_string_key_value, member)

/* Conditions */

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
static const struct shape condition_shape =
    SHAPE(condition_fields, .bytes = sizeof(struct condition_text), .initial = &condition_initial,
          .finish = condition_finish);

/* Transforms */

struct rewrites {
    const r53_transform *list;
    uint32_t n;
};

static const char *const transform_words[] = {"host-header-rewrite", "url-rewrite"};
enum { TRANSFORM_WORDS = 2 };
static const struct vocabulary transform_types = {"a type of transform", NULL, transform_words,
                                                  TRANSFORM_WORDS};

struct transform_text {
    int32_t type;                        /* of transform_words */
    struct rewrites of[TRANSFORM_WORDS]; /* by type */
};
#define TRANSFORM(member) offsetof(struct transform_text, member)

static const struct field rewrite_fields[] = {
    FIELD("Regex", r53__json_text, .at = offsetof(r53_transform, regex), .required = true),
    FIELD("Replace", r53__json_text, .at = offsetof(r53_transform, replace), .required = true),
};
static const r53_transform rewrite_initial = {.size = sizeof(rewrite_initial)};
static const struct shape rewrite_shape =
    SHAPE(rewrite_fields, .bytes = sizeof(r53_transform), .initial = &rewrite_initial);

static const struct field rewrites_fields[] = {
    FIELD("Rewrites", r53__json_structs, .at = offsetof(struct rewrites, list),
          .also = offsetof(struct rewrites, n), .with = &rewrite_shape, .required = true),
};
static const struct shape rewrites_shape = MEMBERS(rewrites_fields);

static const struct field transform_fields[] = {
    FIELD("Type", r53__json_word, .at = TRANSFORM(type), .with = &transform_types,
          .required = true),
    FIELD("HostHeaderRewriteConfig", r53__json_members, .at = TRANSFORM(of[0]),
          .with = &rewrites_shape),
    FIELD("UrlRewriteConfig", r53__json_members, .at = TRANSFORM(of[1]), .with = &rewrites_shape),
};

static void transform_finish(struct reader *reader, void *out)
{
    const struct transform_text *in = out;

    for (int32_t i = 0; i < TRANSFORM_WORDS; i++) {
        if (in->of[i].n && i != in->type - 1)
            r53__json_fault(reader, "the configuration is not the one of the transform's type");
    }
}

static const struct shape transform_shape =
    SHAPE(transform_fields, .bytes = sizeof(struct transform_text), .finish = transform_finish);

/* Rules */

struct rule_text {
    r53_listener_rule rule;
    const struct transform_text *transforms;
    uint32_t n_transforms;
};

static const struct rewrites *rewrites_of(const struct transform_text *transform)
{
    return &transform->of[transform->type - 1];
}

static size_t rewrites_count(const struct rule_text *in)
{
    size_t n = 0;

    for (uint32_t i = 0; i < in->n_transforms; i++)
        n += rewrites_of(&in->transforms[i])->n;
    return n;
}

/* A transform of AWS's is a type and a list of rewrites; one of ours is one rewrite. */
static void rule_finish(struct reader *reader, void *out)
{
    struct rule_text *in = out;
    size_t total = rewrites_count(in);
    r53_transform *all = r53__json_alloc(reader, total, sizeof(*all));
    const r53_transform **pointers = r53__json_alloc(reader, total, sizeof(*pointers));
    uint32_t n = 0;

    for (uint32_t i = 0; all && pointers && i < in->n_transforms; i++) {
        const struct rewrites *rewrites = rewrites_of(&in->transforms[i]);

        for (uint32_t j = 0; j < rewrites->n; j++, n++) {
            all[n] = rewrites->list[j];
            all[n].type = transform_words[in->transforms[i].type - 1];
            pointers[n] = &all[n];
        }
    }
    in->rule.transforms = pointers;
    in->rule.n_transforms = n;
}

#define RULE_FIELDS                                                                                \
    FIELD("Conditions", r53__json_pointers, .at = RULE(conditions), .also = RULE(n_conditions),    \
          .with = &condition_shape),                                                               \
        FIELD("Actions", r53__json_pointers, .at = RULE(actions), .also = RULE(n_actions),         \
              .with = &r53__json_action),                                                          \
        FIELD("Transforms", r53__json_structs, .at = offsetof(struct rule_text, transforms),       \
              .also = offsetof(struct rule_text, n_transforms), .with = &transform_shape)

static const struct field rule_fields[] = {
    FIELD("RuleArn", r53__json_text, .at = RULE(rule_arn), .required = true),
    FIELD("Priority", r53__json_text, .at = RULE(priority), .required = true), RULE_FIELDS,
    UNUSED("IsDefault"), /* the priority says so too */
};
static const struct rule_text rule_initial = {.rule = {.size = sizeof(r53_listener_rule)}};
static const struct shape rule_shape = SHAPE(rule_fields, .bytes = sizeof(struct rule_text),
                                             .initial = &rule_initial, .finish = rule_finish);

static int32_t rule_deliver(struct reader *reader, void *out)
{
    const struct rule_text *in = out;

    r53__json_import_begin(reader);
    return r53__json_import_end(reader, r53_import_rule(reader->import, &in->rule));
}

static const struct element rule_element = {&rule_shape, rule_deliver};
static const struct field rules_fields[] = {
    FIELD("Rules", r53__json_list, .with = &rule_element),
    ELB_PAGE_FIELDS,
};
static const struct shape rules_shape = MEMBERS(rules_fields);
const struct element r53__json_rules = {&rules_shape, NULL};

/* Requests: create-rule, set-rule-priorities. There a priority is a number. */

static void priority_read(struct reader *reader, const struct field *field, json_t *value,
                          void *out)
{
    struct sentence digits = {0};
    char *text;

    (void)field;
    if (!json_is_integer(value)) {
        r53__json_mismatch(reader, value, "a whole number");
        return;
    }
    r53__sentence_put_integer(&digits, json_integer_value(value));
    text = r53__json_alloc(reader, digits.length + 1, 1);
    if (text)
        memcpy(text, digits.text, digits.length);
    ((struct rule_text *)out)->rule.priority = text;
}

static const struct field create_fields[] = {
    FIELD("ListenerArn", r53__json_text, .at = RULE(listener_arn)),
    FIELD("Priority", priority_read, .required = true),
    RULE_FIELDS,
    UNUSED("Tags"),
};
static const struct shape create_shape = SHAPE(create_fields, .bytes = sizeof(struct rule_text),
                                               .initial = &rule_initial, .finish = rule_finish);

static int32_t create_deliver(struct reader *reader, void *out)
{
    r53_listener_rule *in = &((struct rule_text *)out)->rule;
    const char *given = reader->context.rule_arn;

    in->listener_arn =
        r53__json_whose(reader, in->listener_arn, reader->context.listener_arn, "listener_arn",
                        "the request does not say which listener the rule is of");
    if (in->listener_arn)
        in->rule_arn = given ? given : r53__json_made_rule(reader, in);
    if (reader->error)
        return reader->error;
    r53__json_import_begin(reader);
    return r53__json_import_end(reader,
                                r53_listener_rule_create(reader->cloud, in, reader->report));
}

const struct element r53__json_create_rule = {&create_shape, create_deliver};

struct priorities {
    const r53_rule_priority *list;
    uint32_t n;
};

static const struct field priority_fields[] = {
    FIELD("RuleArn", r53__json_text, .at = offsetof(r53_rule_priority, rule_arn), .required = true),
    FIELD("Priority", r53__json_int32, .at = offsetof(r53_rule_priority, priority),
          .required = true),
};
static const struct shape priority_shape =
    SHAPE(priority_fields, .bytes = sizeof(r53_rule_priority));

static const struct field priorities_fields[] = {
    FIELD("RulePriorities", r53__json_structs, .at = offsetof(struct priorities, list),
          .also = offsetof(struct priorities, n), .with = &priority_shape, .required = true),
};
static const struct shape priorities_shape =
    SHAPE(priorities_fields, .bytes = sizeof(struct priorities));

static int32_t priorities_deliver(struct reader *reader, void *out)
{
    const struct priorities *in = out;

    r53__json_import_begin(reader);
    return r53__json_import_end(
        reader, r53_listener_rule_set_priorities(reader->cloud, in->list, in->n, reader->report));
}

const struct element r53__json_set_priorities = {&priorities_shape, priorities_deliver};
