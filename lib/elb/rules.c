/*
 * The rule that takes a request: by ascending priority the first whose conditions all hold, else
 * the default one (ELB-ALB-RULE-01). Health plays no part (ELB-ALB-RULE-11).
 */
#include "elb/conditions.h"
#include "elb/stages.h"

/*
 * Index of the first condition that does not hold; n_conditions: all do (ELB-ALB-RULE-03); an error
 * code of the regex engine.
 */
static int32_t first_failing(const struct rule *rule, const struct subject *subject)
{
    for (uint32_t i = 0; i < rule->n_conditions; i++) {
        int32_t rc = r53__condition_holds(&rule->conditions[i], subject);

        if (rc < 0)
            return rc;
        if (rc == 0)
            return (int32_t)i;
    }
    return (int32_t)rule->n_conditions;
}

static int32_t rule_find(const struct elb_input *input, struct elb_choice *choice,
                         const struct subject *subject)
{
    const struct fleet_listener *listener = r53__elb_listener_of(input, choice);

    for (uint32_t i = 0; i < listener->n_rules; i++) {
        const struct rule *rule = listener->rules[i].rule;
        int32_t failing = first_failing(rule, subject);

        if (failing < 0)
            return failing;
        if ((uint32_t)failing == rule->n_conditions) {
            choice->listener_rule = (int32_t)i;
            choice->matched_priority = rule->priority; /* ELB-ALB-RULE-10 */
            r53__trace(input->trace, RULE_ELB_ALB_RULE_01, EVENT_RULE_MATCHED, choice->fleet,
                       choice->listener, (int32_t)i, 0);
            return R53_OK;
        }
        r53__trace(input->trace, RULE_ELB_ALB_RULE_03, EVENT_RULE_PASSED_OVER, choice->fleet,
                   choice->listener, (int32_t)i, failing);
    }
    if (listener->n_rules > 0)
        r53__trace(input->trace, RULE_ELB_LSN_04, EVENT_RULE_DEFAULT, choice->fleet,
                   choice->listener, 0, 0);
    return R53_OK;
}

static void check(const struct elb_input *input, struct elb_choice *choice,
                  const struct subject *subject)
{
    int32_t type = r53__elb_fleet(input, choice)->lb->type;

    if (type != R53_LB_APPLICATION && type != R53_LB_CLASSIC)
        return; /* below HTTP nobody reads requests */
    r53__elb_check(input, choice, subject);
    if (choice->stage != ELB_DONE && type == R53_LB_APPLICATION)
        r53__elb_callback(input, choice);
}

int32_t r53__elb_rule(const struct elb_input *input, struct elb_choice *choice, struct draw *draw)
{
    struct subject subject;

    (void)draw;
    choice->stage = ELB_ACTION;
    r53__subject_make(&subject, input, choice->fleet);
    check(input, choice, &subject);
    if (choice->stage == ELB_DONE)
        return R53_OK;
    return rule_find(input, choice, &subject);
}
