#include "model/rule_check.h"

#include "base/sized.h"
#include "base/text.h"

#include <string.h>

enum { TRANSFORM_TEXT_MAX = 1024 }; /* ELB-ALB-XFORM-01 */

void r53__breach_as(struct checker *checker, const char *aws_name, int32_t rule, const char *format,
                    const char *value, const char *expected)
{
    struct checker as = *checker;

    if (aws_name)
        as.aws_name = aws_name;
    r53__breach(&as, rule, format, ARGS(value, expected, NULL, NULL, NULL, NULL, NULL, NULL));
    checker->breaches = as.breaches;
}

void r53__length_check(struct checker *checker, int32_t rule, const char *field, const char *text,
                       uint32_t most)
{
    char limit[NUMBER_TEXT_MAX];

    if (r53__span(text).length <= most)
        return;
    r53__number_print(limit, most);
    r53__breach_as(checker, NULL, rule, "The '{0}' value is too long; the limit is '{1}'", field,
                   limit);
}

void r53__transforms_check(struct checker *checker, const r53_listener_rule *rule)
{
    uint32_t hosts = 0, urls = 0;

    for (uint32_t i = 0; i < rule->n_transforms; i++) {
        r53_transform in;

        if (!r53__sized_read(&in, sizeof(in), rule->transforms[i]))
            continue;
        hosts += r53__text_equal(in.type, "host-header-rewrite");
        urls += r53__text_equal(in.type, "url-rewrite");
        r53__length_check(checker, RULE_ELB_ALB_XFORM_01, "Regex", in.regex, TRANSFORM_TEXT_MAX);
        r53__length_check(checker, RULE_ELB_ALB_XFORM_01, "Replace", in.replace,
                          TRANSFORM_TEXT_MAX);
    }
    /* ELB-ALB-XFORM-01 */
    if (hosts > 1 || urls > 1)
        r53__breach_as(checker, NULL, RULE_ELB_ALB_XFORM_01,
                       "A rule can only have one transform of each type", NULL, NULL);
    if (rule->n_transforms && r53__text_equal(rule->priority, "default"))
        r53__breach_as(checker, NULL, RULE_ELB_ALB_XFORM_01,
                       "A default rule cannot have transforms", NULL, NULL);
}

void r53__rule_check(struct checker *checker, const r53_listener_rule *rule,
                     const struct rule_place *place)
{
    r53__conditions_check(checker, rule, place);
    r53__actions_check(checker, rule, place);
    r53__transforms_check(checker, rule);
}
