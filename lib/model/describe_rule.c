/* Listener rules described: a row for each field of conditions, as each keeps its own values. */
#include "model/describe.h"

/* Conditions */

static const char *const *patterns_describe(const struct pattern *patterns, uint32_t n,
                                            struct arena *arena)
{
    const char **texts = r53__arena_alloc(arena, n, sizeof(*texts));

    for (uint32_t i = 0; texts && i < n; i++)
        texts[i] = patterns[i].text;
    return texts;
}

static void values_describe(const struct condition *condition, r53_condition *out,
                            struct arena *arena)
{
    out->values = patterns_describe(condition->values, condition->n_values, arena);
    out->n_values = condition->n_values;
}

static void methods_describe(const struct condition *condition, r53_condition *out,
                             struct arena *arena)
{
    (void)arena;
    out->values = condition->methods;
    out->n_values = condition->n_values;
}

static void query_describe(const struct condition *condition, r53_condition *out,
                           struct arena *arena)
{
    r53_query_string_key_value *pairs =
        r53__arena_alloc(arena, condition->n_values, sizeof(*pairs));

    for (uint32_t i = 0; pairs && i < condition->n_values; i++)
        pairs[i] = (r53_query_string_key_value){condition->keys[i].text, condition->values[i].text};
    out->query_string = pairs;
    out->n_query_string = condition->n_values;
}

static void prefixes_describe(const struct condition *condition, r53_condition *out,
                              struct arena *arena)
{
    const char **texts = r53__arena_alloc(arena, condition->n_values, sizeof(*texts));
    char buffer[PREFIX_TEXT_MAX];
    struct text text;

    for (uint32_t i = 0; texts && i < condition->n_values; i++) {
        r53__text_init(&text, buffer, sizeof(buffer));
        r53__prefix_put(&text, &condition->prefixes[i]);
        texts[i] = r53__arena_text(arena, buffer);
    }
    out->values = texts;
    out->n_values = condition->n_values;
    if (condition->family) /* ELB-LSN-24 */
        out->ip_address_type = condition->family == ADDRESS_IPV6 ? "ipv6" : "ipv4";
}

static void (*const describers[])(const struct condition *, r53_condition *, struct arena *) = {
    [CONDITION_HOST_HEADER] = values_describe, [CONDITION_PATH_PATTERN] = values_describe,
    [CONDITION_HTTP_HEADER] = values_describe, [CONDITION_REQUEST_METHOD] = methods_describe,
    [CONDITION_QUERY_STRING] = query_describe, [CONDITION_SOURCE_IP] = prefixes_describe,
};

static void regexes_describe(const struct condition *condition, r53_condition *out,
                             struct arena *arena)
{
    const char **texts = r53__arena_alloc(arena, condition->n_regexes, sizeof(*texts));

    for (uint32_t i = 0; texts && i < condition->n_regexes; i++)
        texts[i] = condition->regexes[i].text;
    out->regex_values = texts;
    out->n_regex_values = condition->n_regexes;
}

static void condition_describe(const struct condition *condition, r53_condition *out,
                               struct arena *arena)
{
    *out = (r53_condition){
        .size = sizeof(*out),
        .field = r53__words_name(&r53__condition_fields, condition->field),
        .http_header_name = r53__text_or_null(condition->header_name),
    };
    describers[condition->field](condition, out, arena);
    regexes_describe(condition, out, arena);
}

static void conditions_describe(const struct rule *rule, r53_listener_rule *out,
                                struct arena *arena)
{
    const r53_condition **list = r53__arena_alloc(arena, rule->n_conditions, sizeof(*list));
    r53_condition *conditions = r53__arena_alloc(arena, rule->n_conditions, sizeof(*conditions));

    for (uint32_t i = 0; list && conditions && i < rule->n_conditions; i++) {
        condition_describe(&rule->conditions[i], &conditions[i], arena);
        list[i] = &conditions[i];
    }
    out->conditions = list;
    out->n_conditions = rule->n_conditions;
}

/* Rules */

static void transforms_describe(const struct rule *rule, r53_listener_rule *out,
                                struct arena *arena)
{
    const r53_transform **list = r53__arena_alloc(arena, rule->n_transforms, sizeof(*list));
    r53_transform *transforms = r53__arena_alloc(arena, rule->n_transforms, sizeof(*transforms));

    for (uint32_t i = 0; list && transforms && i < rule->n_transforms; i++) {
        const struct transform *from = &rule->transforms[i];

        transforms[i] = (r53_transform){.size = sizeof(*transforms),
                                        .type = r53__words_name(&r53__transform_types, from->type),
                                        .regex = from->regex.text,
                                        .replace = from->replace};
        list[i] = &transforms[i];
    }
    out->transforms = list;
    out->n_transforms = rule->n_transforms;
}

/* ELB-ALB-RULE-02 */
static const char *priority_text(int32_t priority, struct arena *arena)
{
    char number[NUMBER_TEXT_MAX];

    if (priority == PRIORITY_DEFAULT)
        return "default";
    r53__number_print(number, priority);
    return r53__arena_text(arena, number);
}

const r53_listener_rule *r53__rule_describe(const struct rule *rule, struct arena *arena)
{
    r53_listener_rule *out = r53__arena_alloc(arena, 1, sizeof(*out));

    if (!out)
        return NULL;
    *out = (r53_listener_rule){.size = sizeof(*out),
                               .rule_arn = rule->arn,
                               .listener_arn = r53__text_or_null(rule->listener_arn),
                               .priority = priority_text(rule->priority, arena),
                               .n_actions = rule->n_actions};
    conditions_describe(rule, out, arena);
    out->actions = r53__actions_describe(rule->actions, rule->n_actions, arena);
    transforms_describe(rule, out, arena);
    return arena->failed ? NULL : out;
}
