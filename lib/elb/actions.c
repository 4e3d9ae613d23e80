/*
 * What the matched rule does: first what may stop the request (a session, a token, the web ACL),
 * then the transforms, then the one action that ends the rule (ELB-ALB-ACT-01, ELB-ALB-ERR-01). A
 * kind of action is a row.
 */
#include "elb/redirect.h"
#include "elb/stages.h"

/* Guards: actions before the last one */

static void validate_run(const struct elb_input *input, struct elb_choice *choice,
                         const struct action *action)
{
    (void)action;
    r53__elb_validate_token(input, choice);
}

/* Endings */

/* Records what the rule does; the default action has its own words. */
static void trace_action(const struct elb_input *input, const struct elb_choice *choice,
                         int32_t rule, int32_t event, int32_t event_of_default, int32_t value)
{
    if (choice->listener_rule < 0)
        r53__trace(input->trace, rule, event_of_default, value, 0, 0, 0);
    else
        r53__trace(input->trace, rule, event, choice->fleet, choice->listener,
                   choice->listener_rule, value);
}

static int32_t forward_run(const struct elb_input *input, struct elb_choice *choice,
                           const struct action *action, const struct outgoing *out)
{
    (void)out;
    trace_action(input, choice, choice->listener_rule < 0 ? RULE_ELB_LSN_04 : RULE_ELB_ALB_ACT_03,
                 EVENT_RULE_FORWARD, EVENT_ACTION_FORWARD, (int32_t)action->n_groups);
    choice->stage = ELB_GROUP;
    return R53_OK;
}

/* The first number of "HTTP_301" or "404"; 0: none. */
static int32_t status_of(const char *code)
{
    int32_t status = 0;

    while (code && *code && (*code < '0' || *code > '9'))
        code++;
    for (; code && *code >= '0' && *code <= '9' && status < 1000; code++)
        status = status * 10 + (*code - '0');
    return status;
}

static int32_t redirect_run(const struct elb_input *input, struct elb_choice *choice,
                            const struct action *action, const struct outgoing *out)
{
    int32_t status = status_of(action->status_code);
    struct text location;

    trace_action(input, choice, RULE_ELB_ALB_ACT_01, EVENT_RULE_REDIRECT, EVENT_ACTION_REDIRECT,
                 status);
    r53__text_init(&location, NULL, 0);
    r53__location_put(&location, out, action);
    if (location.length <= LOCATION_MAX)
        return r53__elb_end(choice, R53_SELECTED_REDIRECT, status, RULE_ELB_ALB_ACT_01);
    r53__trace(input->trace, RULE_ELB_ALB_ERR_507, EVENT_LOCATION_TOO_LONG,
               location.length < INT32_MAX ? (int32_t)location.length : INT32_MAX, LOCATION_MAX, 0,
               0);
    r53__elb_generate(input, choice, 507, RULE_ELB_ALB_ERR_507); /* ELB-ALB-ACT-25 */
    return R53_OK;
}

static int32_t fixed_response_run(const struct elb_input *input, struct elb_choice *choice,
                                  const struct action *action, const struct outgoing *out)
{
    int32_t status = status_of(action->status_code);

    (void)out;
    trace_action(input, choice, RULE_ELB_ALB_ACT_01, EVENT_RULE_FIXED, EVENT_ACTION_FIXED, status);
    return r53__elb_end(choice, R53_SELECTED_FIXED_RESPONSE, status, RULE_ELB_ALB_ACT_01);
}

static const struct action_row {
    /* may end the choice; else the next action follows */
    void (*guard)(const struct elb_input *, struct elb_choice *, const struct action *);
    int32_t (*end)(const struct elb_input *, struct elb_choice *, const struct action *,
                   const struct outgoing *);
} action_rows[] = {
    [R53_ACTION_FORWARD] = {NULL, forward_run},
    [R53_ACTION_REDIRECT] = {NULL, redirect_run},
    [R53_ACTION_FIXED_RESPONSE] = {NULL, fixed_response_run},
    [R53_ACTION_AUTHENTICATE_OIDC] = {r53__elb_authenticate, NULL},
    [R53_ACTION_AUTHENTICATE_COGNITO] = {r53__elb_authenticate, NULL},
    [R53_ACTION_JWT_VALIDATION] = {validate_run, NULL},
};

static void trace_transforms(const struct elb_input *input, const struct elb_choice *choice,
                             const struct rule *rule, uint32_t changed)
{
    for (uint32_t i = 0; i < rule->n_transforms; i++) {
        bool hit = changed & (UINT32_C(1) << rule->transforms[i].type);

        r53__trace(input->trace, RULE_ELB_ALB_XFORM_03,
                   hit ? EVENT_TRANSFORMED : EVENT_TRANSFORM_IDLE, choice->fleet, choice->listener,
                   choice->listener_rule, 0);
    }
}

/* The last action, with what the transforms made of the request. */
static int32_t ending_run(const struct elb_input *input, struct elb_choice *choice,
                          const struct action *action)
{
    const struct rule *rule =
        choice->listener_rule < 0 ? NULL : r53__elb_rule_of(input, choice)->rule;
    struct outgoing out = {0};
    struct subject subject;
    uint32_t changed;
    int32_t rc;

    if (action->type == R53_ACTION_REDIRECT || (rule && rule->n_transforms > 0)) {
        r53__subject_make(&subject, input, choice->fleet);
        rc = r53__outgoing_make(&out, r53__elb_fleet(input, choice),
                                r53__elb_listener_of(input, choice)->listener, rule, &subject,
                                &changed);
        if (rc == R53_E_NOT_FOUND) {
            r53__trace(input->trace, RULE_ELB_ALB_XFORM_03, EVENT_TRANSFORM_FAILED, choice->fleet,
                       choice->listener, choice->listener_rule, 0);
            r53__elb_generate(input, choice, 500, RULE_ELB_ALB_XFORM_03);
            return R53_OK;
        }
        if (rc)
            return rc;
        if (rule)
            trace_transforms(input, choice, rule, changed);
    }
    return action_rows[action->type].end(input, choice, action, &out);
}

/* A rule without an ending, which an import only warns of: the request goes nowhere. */
static int32_t nothing_run(const struct elb_input *input, struct elb_choice *choice)
{
    r53__trace(input->trace, RULE_ELB_LSN_04, EVENT_ENDING_NONE, choice->fleet, choice->listener,
               choice->listener_rule, 0);
    return r53__elb_end(choice, R53_SELECTED_DANGLING, 0, RULE_ELB_LSN_04);
}

int32_t r53__elb_action(const struct elb_input *input, struct elb_choice *choice, struct draw *draw)
{
    const struct fleet_rule *rule = r53__elb_rule_of(input, choice);

    (void)draw;
    if (rule->n_actions > 0 && choice->listener_rule < 0 &&
        r53__elb_listener_of(input, choice)->listener->arn[0])
        choice->matched_priority = 0; /* ELB-ALB-RULE-10: the default action */
    for (uint32_t i = 0; i < rule->n_actions; i++) {
        const struct action *action = &rule->taken[i];

        choice->action = (int32_t)i;
        if (action_rows[action->type].guard) {
            action_rows[action->type].guard(input, choice, action);
        } else {
            r53__elb_web_acl(input, choice);
            if (choice->stage != ELB_DONE)
                return ending_run(input, choice, action);
        }
        if (choice->stage == ELB_DONE)
            return R53_OK;
    }
    return nothing_run(input, choice);
}
