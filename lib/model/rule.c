#include "model/rule.h"

#include "base/report.h"
#include "base/rules.h"

#include <string.h>

static const char *const transform_names[] = {"host-header-rewrite", "url-rewrite"};
const struct words r53__transform_types = {"a transform", transform_names, TRANSFORM_URL};

int32_t r53__rule_priority(const char *text)
{
    uint64_t number;

    if (r53__text_equal(text, "default"))
        return PRIORITY_DEFAULT;
    /* ELB-ALB-RULE-02 */
    if (!r53__parse_decimal(r53__span(text), PRIORITY_MAX, &number) || number == 0)
        return -1;
    return (int32_t)number;
}

/*
 * "..:listener-rule/app/name/lb/listener/rule" -> "..:listener/app/name/lb/listener" (ELB-LB-21);
 * length 0: the ARN is not of that form. Writes to a buffer of at least the ARN's size.
 */
static struct span listener_of(const char *arn, char *buffer)
{
    static const char from[] = ":listener-rule/", to[] = ":listener/";
    const char *at = strstr(arn, from), *end = strrchr(arn, '/');
    struct text text;

    r53__text_init(&text, buffer, strlen(arn) + 1);
    if (!at || end < at + sizeof(from) - 1)
        return (struct span){buffer, 0};
    r53__put_span(&text, (struct span){arn, (size_t)(at - arn)});
    r53__put(&text, to);
    at += sizeof(from) - 1;
    r53__put_span(&text, (struct span){at, (size_t)(end - at)});
    return (struct span){buffer, text.length};
}

/* What is said, else what the rule's ARN says (ELB-LB-21). */
static const char *listener_read(struct spec *spec, const r53_listener_rule *in, const char *arn)
{
    char *buffer;

    if (in->listener_arn && *in->listener_arn)
        return r53__spec_text(spec, in->listener_arn);
    buffer = r53__spec_alloc(spec, strlen(arn) + 1, 1);
    if (!spec->error && listener_of(arn, buffer).length == 0)
        r53__spec_fault(spec, "ListenerArn", arn,
                        "the value is missing, and '{0}' does not tell whose rule it is", NULL);
    return buffer ? buffer : "";
}

static void conditions_read(struct spec *spec, struct rule *rule, const r53_listener_rule *in,
                            bool full_match)
{
    const char *list = "Conditions";
    struct condition *conditions;

    if (!r53__spec_list(spec, list, in->conditions, in->n_conditions))
        return;
    conditions = r53__spec_alloc(spec, in->n_conditions, sizeof(*conditions));
    rule->conditions = conditions;
    for (uint32_t i = 0; i < in->n_conditions && !spec->error; i++) {
        r53__spec_enter(spec, list, i);
        rule->n_conditions = i + 1; /* before it is read: rule_close looks at all that were begun */
        r53__condition_read(spec, &conditions[i], in->conditions[i], &rule->engine, full_match);
    }
    r53__spec_enter(spec, NULL, 0);
}

static void transform_read(struct spec *spec, struct transform *transform,
                           const r53_transform *from, const r53_regex_engine *engine)
{
    struct regex_maker maker = {.engine = engine};
    r53_transform in;

    if (!r53__spec_read(spec, &in, sizeof(in), from))
        return;
    r53__spec_reserved(spec, in.reserved);
    transform->type = r53__words_number(&r53__transform_types, in.type);
    if (transform->type == 0)
        r53__spec_fault(spec, "Type", in.type ? in.type : "", "'{0}' is not a type of transform",
                        NULL);
    maker.ignore_case = transform->type == TRANSFORM_HOST; /* as of host conditions */
    transform->replace = r53__spec_text(spec, in.replace);
    r53__regex_make(&transform->regex, spec, &maker, "Rewrites[0].Regex", in.regex);
}

static void transforms_read(struct spec *spec, struct rule *rule, const r53_listener_rule *in)
{
    const char *list = "Transforms";
    struct transform *transforms;

    if (!r53__spec_list(spec, list, in->transforms, in->n_transforms))
        return;
    transforms = r53__spec_alloc(spec, in->n_transforms, sizeof(*transforms));
    rule->transforms = transforms;
    for (uint32_t i = 0; i < in->n_transforms && !spec->error; i++) {
        r53__spec_enter(spec, list, i);
        rule->n_transforms = i + 1;
        transform_read(spec, &transforms[i], in->transforms[i], &rule->engine);
    }
    r53__spec_enter(spec, NULL, 0);
}

static void rule_read(struct spec *spec, struct rule *rule, const r53_listener_rule *in,
                      bool full_match)
{
    rule->arn = r53__spec_id(spec, "RuleArn", in->rule_arn);
    rule->listener_arn = listener_read(spec, in, rule->arn);
    rule->priority = r53__rule_priority(in->priority);
    if (rule->priority < 0)
        r53__spec_fault(spec, "Priority", in->priority ? in->priority : "",
                        "'{0}' is not a priority; expected 1 to 50000, or 'default'", NULL);
    r53__spec_reserved(spec, in->reserved);
    if (in->reset_transforms) /* as ModifyRule alone has it, which seals what replaces something */
        r53__spec_fault(spec, "ResetTransforms", NULL, "only a change of a rule resets transforms",
                        NULL);
    conditions_read(spec, rule, in, full_match);
    rule->actions = r53__actions_read(spec, "Actions", in->actions, in->n_actions);
    rule->n_actions = in->n_actions;
    transforms_read(spec, rule, in);
}

/* Gives back what does not lie in the arena. */
static void rule_close(void *object)
{
    const struct rule *rule = object;

    for (uint32_t i = 0; i < rule->n_conditions; i++)
        r53__condition_release(&rule->conditions[i]);
    for (uint32_t i = 0; i < rule->n_transforms; i++)
        r53__regex_release(&rule->transforms[i].regex);
}

int32_t r53__rule_new(struct rule **out, const struct rule_maker *maker,
                      const r53_listener_rule *in)
{
    struct rule *rule = r53__object_new(maker->memory, sizeof(*rule));
    struct spec spec = r53__spec(rule ? &rule->head.arena : NULL, maker->report);
    r53_listener_rule given;

    spec.door = maker->door;
    if (rule) {
        rule->head.close = rule_close;
        rule->engine = *maker->engine;
    }
    if (r53__spec_read(&spec, &given, sizeof(given), in))
        rule_read(&spec, rule, &given, maker->regex_full_match);
    if (spec.error) {
        r53__object_unref(rule);
        return spec.error;
    }
    *out = rule;
    return R53_OK;
}

int32_t r53__rule_default(struct rule **out, const struct memory *memory, const char *arn,
                          const char *listener_arn, const struct action *actions, uint32_t n)
{
    struct rule *rule = r53__object_new(memory, sizeof(*rule));
    struct spec spec = r53__spec(rule ? &rule->head.arena : NULL, NULL);

    if (rule) {
        rule->arn = r53__spec_text(&spec, arn);
        rule->listener_arn = r53__spec_text(&spec, listener_arn);
        rule->priority = PRIORITY_DEFAULT;
        rule->actions = r53__actions_copy(&spec, actions, n);
        rule->n_actions = n;
    }
    if (spec.error) {
        r53__object_unref(rule);
        return spec.error;
    }
    *out = rule;
    return R53_OK;
}
