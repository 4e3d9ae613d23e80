#include "model/condition.h"

#include "base/report.h"

static const char *const field_names[] = {"host-header",         "path-pattern", "http-header",
                                          "http-request-method", "query-string", "source-ip"};
const struct words r53__condition_fields = {"a condition field", field_names, CONDITION_SOURCE_IP};

uint32_t r53__condition_pattern_flags(int32_t field)
{
    if (field == CONDITION_PATH_PATTERN)
        return 0; /* ELB-ALB-COND-20 */
    if (field == CONDITION_QUERY_STRING)
        return PATTERN_IGNORE_CASE | PATTERN_ESCAPES; /* ELB-ALB-COND-50 */
    return PATTERN_IGNORE_CASE;                       /* ELB-ALB-COND-10, -30 */
}

static void values_begin(struct spec *spec, struct condition *condition, const char *member,
                         const void *list, uint32_t n)
{
    if (r53__spec_list(spec, member, list, n))
        condition->n_values = n;
}

static void patterns_read(struct spec *spec, struct condition *condition, const r53_condition *in)
{
    uint32_t flags = r53__condition_pattern_flags(condition->field);
    struct pattern *values;

    values_begin(spec, condition, "Values", in->values, in->n_values);
    values = r53__spec_alloc(spec, condition->n_values, sizeof(*values));
    for (uint32_t i = 0; i < condition->n_values && !spec->error; i++) {
        if (!in->values[i])
            r53__spec_fault(spec, "Values", NULL, "a value is missing", NULL);
        else if (!r53__pattern_make(&values[i], spec->arena, in->values[i], flags))
            r53__spec_nomem(spec);
    }
    condition->values = values;
}

static void header_read(struct spec *spec, struct condition *condition, const r53_condition *in)
{
    condition->header_name = r53__spec_id(spec, "HttpHeaderName", in->http_header_name);
    patterns_read(spec, condition, in);
}

static void methods_read(struct spec *spec, struct condition *condition, const r53_condition *in)
{
    const char **methods;

    values_begin(spec, condition, "Values", in->values, in->n_values);
    methods = r53__spec_alloc(spec, condition->n_values, sizeof(*methods));
    for (uint32_t i = 0; i < condition->n_values && !spec->error; i++)
        methods[i] = r53__spec_id(spec, "Values", in->values[i]);
    condition->methods = methods;
}

static void query_read(struct spec *spec, struct condition *condition, const r53_condition *in)
{
    uint32_t flags = r53__condition_pattern_flags(condition->field);
    struct pattern *keys, *values;

    values_begin(spec, condition, "QueryStringConfig.Values", in->query_string, in->n_query_string);
    keys = r53__spec_alloc(spec, condition->n_values, sizeof(*keys));
    values = r53__spec_alloc(spec, condition->n_values, sizeof(*values));
    for (uint32_t i = 0; i < condition->n_values && !spec->error; i++) {
        const r53_query_string_key_value *pair = &in->query_string[i];

        if (!pair->value)
            r53__spec_fault(spec, "QueryStringConfig.Values", pair->key ? pair->key : "",
                            "the key '{0}' comes without a value", NULL);
        else if (!r53__pattern_make(&keys[i], spec->arena, pair->key, flags) ||
                 !r53__pattern_make(&values[i], spec->arena, pair->value, flags))
            r53__spec_nomem(spec);
    }
    condition->keys = keys;
    condition->values = values;
}

/* ELB-LSN-24 */
static int32_t family_of(struct spec *spec, const char *type)
{
    if (!type || !*type)
        return ADDRESS_NONE;
    if (r53__text_equal(type, "ipv4"))
        return ADDRESS_IPV4;
    if (!r53__text_equal(type, "ipv6"))
        r53__spec_fault(spec, "SourceIpConfig.IpAddressType", type,
                        "'{0}' is neither 'ipv4' nor 'ipv6'", NULL);
    return ADDRESS_IPV6;
}

static void prefixes_read(struct spec *spec, struct condition *condition, const r53_condition *in)
{
    struct prefix *prefixes;

    condition->family = family_of(spec, in->ip_address_type);
    /* a range that is no block is refused: it would match nobody, and nobody would be told */
    values_begin(spec, condition, "Values", in->values, in->n_values);
    prefixes = r53__spec_alloc(spec, condition->n_values, sizeof(*prefixes));
    for (uint32_t i = 0; i < condition->n_values && !spec->error; i++) {
        if (!r53__prefix_parse(r53__span(in->values[i]), &prefixes[i]))
            r53__spec_fault(spec, "Values", in->values[i] ? in->values[i] : "",
                            "'{0}' is not a CIDR block", NULL);
    }
    condition->prefixes = prefixes;
}

static void regexes_read(struct spec *spec, struct condition *condition, const r53_condition *in,
                         const r53_regex_engine *engine, bool full)
{
    const struct regex_maker maker = {engine, full, condition->field != CONDITION_PATH_PATTERN};
    struct regex *regexes;

    if (!r53__spec_list(spec, "RegexValues", in->regex_values, in->n_regex_values))
        return;
    regexes = r53__spec_alloc(spec, in->n_regex_values, sizeof(*regexes));
    condition->regexes = regexes;
    if (regexes) /* those not reached have no engine, so releasing them is harmless */
        condition->n_regexes = in->n_regex_values;
    for (uint32_t i = 0; i < in->n_regex_values && !spec->error; i++)
        r53__regex_make(&regexes[i], spec, &maker, "RegexValues", in->regex_values[i]);
}

typedef void values_reader(struct spec *spec, struct condition *condition, const r53_condition *in);

static values_reader *const readers[] = {
    [CONDITION_HOST_HEADER] = patterns_read, [CONDITION_PATH_PATTERN] = patterns_read,
    [CONDITION_HTTP_HEADER] = header_read,   [CONDITION_REQUEST_METHOD] = methods_read,
    [CONDITION_QUERY_STRING] = query_read,   [CONDITION_SOURCE_IP] = prefixes_read,
};

static bool regex_allowed(int32_t field)
{
    return field == CONDITION_HOST_HEADER || field == CONDITION_PATH_PATTERN ||
           field == CONDITION_HTTP_HEADER; /* ELB-ALB-RULE-09 */
}

void r53__condition_unite(r53_condition *in)
{
    if (in->n_values || in->n_regex_values || in->n_query_string)
        return;
    in->values = in->field_values;
    in->n_values = in->n_field_values;
}

void r53__condition_read(struct spec *spec, struct condition *condition, const r53_condition *from,
                         const r53_regex_engine *engine, bool full_match)
{
    r53_condition in;

    if (!r53__spec_read(spec, &in, sizeof(in), from))
        return;
    condition->field = r53__words_number(&r53__condition_fields, in.field);
    if (condition->field == CONDITION_NONE) { /* never "always true" */
        r53__spec_fault(spec, "Field", in.field ? in.field : "",
                        "'{0}' is not a field of a condition", NULL);
        return;
    }
    r53__spec_reserved(spec, in.reserved);
    r53__condition_unite(&in);
    readers[condition->field](spec, condition, &in);
    if (in.n_regex_values && !regex_allowed(condition->field))
        r53__spec_fault(spec, "RegexValues", in.field, "'{0}' takes no regular expressions", NULL);
    regexes_read(spec, condition, &in, engine, full_match);
}

void r53__condition_release(const struct condition *condition)
{
    for (uint32_t i = 0; i < condition->n_regexes; i++)
        r53__regex_release(&condition->regexes[i]);
}
