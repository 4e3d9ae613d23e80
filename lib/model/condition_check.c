/* Conditions of a rule: limits and alphabets. A kind of condition is a row. */
#include "model/rule_check.h"

#include "base/sized.h"
#include "model/condition.h"
#include "net/address.h"

#include <string.h>

enum {
    VALUE_MAX = 128,      /* ELB-VAL-04 */
    HEADER_NAME_MAX = 40, /* ELB-ALB-COND-30 */
    METHOD_MAX = 40,      /* ELB-ALB-COND-40 */
    RULE_VALUES_MAX = 5,  /* ELB-ALB-RULE-06 */
    CONDITION_VALUES = 3  /* ELB-CONF-05 */
};

static bool is_letter(char c)
{
    return r53__lower(c) >= 'a' && r53__lower(c) <= 'z';
}

static bool is_alphanumeric(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9');
}

static bool is_host_character(char c)
{
    return is_alphanumeric(c) || (c && strchr("-._*?", c));
}

static bool is_path_character(char c)
{
    return is_alphanumeric(c) || (c && strchr("_-.$/~\"'@:+&*?", c));
}

static bool is_header_character(char c) /* RFC 7230 token */
{
    return is_alphanumeric(c) || (c && strchr("!#$%&'*+-.^_`|~", c));
}

static bool is_method_character(char c)
{
    return (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
}

static bool all_of(const char *text, bool (*is)(char c))
{
    for (; *text; text++) {
        if (!is(*text))
            return false;
    }
    return true;
}

static void host_check(struct checker *checker, const char *value)
{
    const char *dot = strrchr(value, '.');

    r53__length_check(checker, RULE_ELB_ALB_COND_10, "host-header", value, VALUE_MAX);
    /* ELB-ALB-COND-10 */
    if (!all_of(value, is_host_character) || !dot || !all_of(dot + 1, is_letter))
        r53__breach_as(checker, NULL, RULE_ELB_ALB_COND_10,
                       "The 'host-header' value '{0}' is invalid; expected letters, digits, '-', "
                       "'.', '_', '*', '?', a '.', and letters alone behind the last '.'",
                       value, NULL);
}

static void path_check(struct checker *checker, const char *value)
{
    if (*value == '\0') /* ELB-VAL-21: in AWS's forms an empty value is none */
        r53__breach_as(checker, NULL, RULE_ELB_VAL_21, "A condition value must be specified", NULL,
                       NULL);
    r53__length_check(checker, RULE_ELB_ALB_COND_20, "path-pattern", value, VALUE_MAX);
    if (!all_of(value, is_path_character)) /* ELB-ALB-COND-20 */
        r53__breach_as(checker, NULL, RULE_ELB_ALB_COND_20,
                       "The 'path-pattern' value '{0}' is invalid; expected letters, digits and "
                       "any of _ - . $ / ~ \" ' @ : + & * ?",
                       value, NULL);
}

static void header_check(struct checker *checker, const char *value)
{
    r53__length_check(checker, RULE_ELB_ALB_COND_30, "http-header", value, VALUE_MAX);
}

static void method_check(struct checker *checker, const char *value)
{
    r53__length_check(checker, RULE_ELB_ALB_COND_40, "http-request-method", value, METHOD_MAX);
    if (!all_of(value, is_method_character)) /* ELB-ALB-COND-40, ELB-VAL-21 */
        r53__breach_as(checker, NULL, RULE_ELB_ALB_COND_40,
                       "The 'http-request-method' value is invalid; the allowed characters are "
                       "A-Z, hyphen and underscore",
                       NULL, NULL);
}

static void source_check(struct checker *checker, const char *value)
{
    bool masked = strchr(value, '/');

    if (!masked || strcmp(value, "255.255.255.255/32") == 0) /* ELB-ALB-COND-60 */
        r53__breach_as(checker, NULL, RULE_ELB_ALB_COND_60,
                       "The 'source-ip' value '{0}' must be a valid CIDR block other than "
                       "255.255.255.255/32",
                       value, NULL);
}

static const struct condition_row {
    bool once; /* ELB-ALB-RULE-04 */
    void (*value_check)(struct checker *checker, const char *value);
} rows[] = {
    [CONDITION_HOST_HEADER] = {true, host_check},
    [CONDITION_PATH_PATTERN] = {true, path_check},
    [CONDITION_HTTP_HEADER] = {false, header_check},
    [CONDITION_REQUEST_METHOD] = {true, method_check},
    [CONDITION_QUERY_STRING] = {false, NULL},
    [CONDITION_SOURCE_IP] = {true, source_check},
};

static void header_name_check(struct checker *checker, const r53_condition *in)
{
    const char *name = in->http_header_name ? in->http_header_name : "";

    r53__length_check(checker, RULE_ELB_ALB_COND_30, "HttpHeaderName", name, HEADER_NAME_MAX);
    if (!all_of(name, is_header_character) ||
        r53__equal_nocase(r53__span(name), SPAN("Host"))) /* ELB-ALB-COND-30 */
        r53__breach_as(checker, NULL, RULE_ELB_ALB_COND_30,
                       "The 'HttpHeaderName' value '{0}' is invalid; expected a header name "
                       "without wildcards other than 'Host'",
                       name, NULL);
}

/* Values of one condition, whatever its kind, and the wildcards in them. */
struct usage {
    uint32_t values, wildcards;
    uint32_t seen[CONDITION_SOURCE_IP + 1]; /* conditions of each field */
};

static void query_check(struct checker *checker, const r53_condition *in, struct usage *usage)
{
    for (uint32_t i = 0; i < in->n_query_string; i++) {
        const r53_query_string_key_value *pair = &in->query_string[i];
        uint32_t flags = r53__condition_pattern_flags(CONDITION_QUERY_STRING);

        r53__length_check(checker, RULE_ELB_ALB_COND_50, "query-string", pair->key, VALUE_MAX);
        r53__length_check(checker, RULE_ELB_ALB_COND_50, "query-string", pair->value, VALUE_MAX);
        usage->wildcards += r53__pattern_wildcards(pair->key, flags);
        usage->wildcards += r53__pattern_wildcards(pair->value, flags);
    }
}

static void values_check(struct checker *checker, const r53_condition *in, int32_t field,
                         struct usage *usage)
{
    bool wild = field != CONDITION_REQUEST_METHOD && field != CONDITION_SOURCE_IP;

    for (uint32_t i = 0; rows[field].value_check && i < in->n_values; i++) {
        rows[field].value_check(checker, in->values[i]);
        if (wild)
            usage->wildcards +=
                r53__pattern_wildcards(in->values[i], r53__condition_pattern_flags(field));
    }
    for (uint32_t i = 0; i < in->n_regex_values; i++)
        r53__length_check(checker, RULE_ELB_ALB_COND_70, "RegexValues", in->regex_values[i],
                          VALUE_MAX);
    if (field == CONDITION_QUERY_STRING)
        query_check(checker, in, usage);
    if (field == CONDITION_HTTP_HEADER)
        header_name_check(checker, in);
}

static void count_check(struct checker *checker, const r53_condition *in, int32_t field, uint32_t n)
{
    const bool by_address = field == CONDITION_SOURCE_IP && in->ip_address_type;

    if (n == 0 && !by_address) /* ELB-VAL-21 */
        r53__breach_as(checker, NULL, RULE_ELB_VAL_21,
                       field == CONDITION_SOURCE_IP ? "A 'source-ip' value must be specified"
                                                    : "A condition value must be specified",
                       NULL, NULL);
    if (in->n_values && in->n_regex_values) /* ELB-ALB-RULE-09 */
        r53__breach_as(checker, NULL, RULE_ELB_ALB_RULE_09,
                       "The '{0}' condition has both Values and RegexValues; expected one of them",
                       in->field, NULL);
    if (n > CONDITION_VALUES) /* ELB-CONF-05: AWS's guide says so, its API does not refuse it */
        r53__remark(checker->report,
                    &(struct remark){.severity = R53_SEVERITY_WARNING,
                                     .rule = RULE_ELB_CONF_05,
                                     .path = checker->path,
                                     .format = "the '{0}' condition has more than 3 values",
                                     .args = {in->field}});
}

static void condition_check(struct checker *checker, const r53_condition *in, struct usage *usage)
{
    int32_t field = r53__words_number(&r53__condition_fields, in->field);
    uint32_t n = field == CONDITION_QUERY_STRING ? in->n_query_string : in->n_values;

    n += in->n_regex_values;
    usage->values += n;
    usage->seen[field]++;
    if (rows[field].once && usage->seen[field] == 2)
        r53__breach_as(checker, NULL, RULE_ELB_ALB_RULE_04,
                       "A rule can only have one '{0}' condition", in->field, NULL);
    count_check(checker, in, field, n);
    values_check(checker, in, field, usage);
}

static bool forms_agree(const r53_condition *in)
{
    for (uint32_t i = 0; i < in->n_field_values && i < in->n_values; i++) {
        if (!r53__text_equal(in->field_values[i], in->values[i]))
            return false;
    }
    return in->n_field_values == in->n_values;
}

/* ELB-VAL-07; AWS itself prints both forms, so an import may have been told both. */
static void form_check(struct checker *checker, const r53_condition *in)
{
    int32_t field = r53__words_number(&r53__condition_fields, in->field);
    bool imported = checker->severity != R53_SEVERITY_ERROR;

    if (in->n_field_values == 0)
        return;
    if (field != CONDITION_HOST_HEADER && field != CONDITION_PATH_PATTERN)
        r53__breach_as(checker, NULL, RULE_ELB_VAL_07,
                       "The '{0}' field takes no Values beside it; expected its configuration",
                       in->field, NULL);
    if (in->n_field_values > 1)
        r53__breach_as(checker, NULL, RULE_ELB_VAL_07,
                       "The '{0}' field contains too many values; the limit is '1'", in->field,
                       NULL); /* ELB-VAL-21 */
    if ((in->n_values || in->n_regex_values) && !(imported && forms_agree(in)))
        r53__breach_as(checker, NULL, RULE_ELB_VAL_07,
                       "The '{0}' condition has both Values and a configuration; expected one of "
                       "them",
                       in->field, NULL);
}

static void usage_check(struct checker *checker, const struct usage *usage, uint32_t wildcards)
{
    char limit[NUMBER_TEXT_MAX];

    if (usage->values > RULE_VALUES_MAX) /* ELB-ALB-RULE-06, ELB-LIM-14 */
        r53__breach_as(checker, NULL, RULE_ELB_ALB_RULE_06,
                       "A rule can only have '{0}' condition values", "5", NULL);
    if (usage->wildcards <= wildcards)
        return;
    r53__number_print(limit, wildcards);
    /* ELB-ALB-RULE-07 */
    r53__breach_as(checker, NULL, RULE_ELB_ALB_RULE_07, "A rule can only have '{0}' wildcards",
                   limit, NULL);
}

/* ELB-LSN-24: rules of a network load balancer ask for the family of the source address alone. */
static void network_check(struct checker *checker, const r53_condition *in)
{
    if (!r53__text_equal(in->field, "source-ip") || !in->ip_address_type || in->n_values)
        r53__breach_as(checker, NULL, RULE_ELB_LSN_24,
                       "The '{0}' condition is not one of a network load balancer; expected "
                       "'source-ip' with an IP address type",
                       in->field, NULL);
}

/* ELB-LSN-24: the other way round. */
static void application_check(struct checker *checker, const r53_condition *in)
{
    if (in->ip_address_type && *in->ip_address_type)
        r53__breach_as(checker, NULL, RULE_ELB_LSN_24,
                       "The IP address type '{0}' of a 'source-ip' condition is for rules of "
                       "network load balancers; expected Values",
                       in->ip_address_type, NULL);
}

void r53__conditions_check(struct checker *checker, const r53_listener_rule *rule,
                           const struct rule_place *place)
{
    struct usage usage = {0};

    if (rule->n_conditions == 0 && !r53__text_equal(rule->priority, "default")) /* ELB-VAL-08 */
        r53__breach_as(checker, NULL, RULE_ELB_ALB_RULE_03, "A condition must be specified", NULL,
                       NULL);
    for (uint32_t i = 0; i < rule->n_conditions; i++) {
        r53_condition in;

        if (!r53__sized_read(&in, sizeof(in), rule->conditions[i]))
            continue;
        form_check(checker, &in);
        r53__condition_unite(&in);
        condition_check(checker, &in, &usage);
        if (place->lb_type == R53_LB_NETWORK)
            network_check(checker, &in);
        if (place->lb_type == R53_LB_APPLICATION)
            application_check(checker, &in);
    }
    usage_check(checker, &usage, place->wildcards_per_rule);
}
