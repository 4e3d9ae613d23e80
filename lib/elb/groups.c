/* The target group of a forward action. */
#include "elb/flows.h"
#include "elb/stages.h"
#include "elb/sticky.h"
#include "elb/subject.h"

enum { LAMBDA_BODY_MAX = 1024 * 1024 }; /* ELB-ALB-ERR-413 */

/* A row a kind of client, in the order of ELB-ALB-ERR-464T. */
enum client_kind { CLIENT_HTTP_1, CLIENT_HTTP_2, CLIENT_GRPC, CLIENT_KINDS };

enum fit { FITS, MISFIT, FITS_POST };

/* ELB-ALB-ERR-464T */
static const uint8_t fits[CLIENT_KINDS][R53_PROTOCOL_VERSION_GRPC + 1] = {
    [CLIENT_HTTP_1] = {FITS, FITS, MISFIT, MISFIT},
    [CLIENT_HTTP_2] = {FITS, FITS, FITS, FITS_POST},
    [CLIENT_GRPC] = {FITS, MISFIT, FITS, FITS},
};

static int32_t group_none(const struct elb_input *input, struct elb_choice *choice)
{
    bool network = r53__elb_fleet(input, choice)->lb->type == R53_LB_NETWORK;
    int32_t rule = network ? RULE_ELB_LSN_21 : RULE_ELB_ALB_ACT_07;

    r53__trace(input->trace, rule, EVENT_GROUP_WEIGHTLESS, choice->fleet, choice->listener,
               choice->listener_rule, 0);
    return network ? r53__elb_end(choice, R53_SELECTED_NO_TARGET, 0, rule)
                   : r53__elb_end(choice, R53_SELECTED_GENERATED, 503, rule);
}

/* ELB-ALB-ACT-03, -05, ELB-LSN-21: by weight; what is behind the groups does not count (-06). */
static uint32_t group_draw(const struct fleet_rule *rule, const struct fleet_action *action,
                           struct draw *draw)
{
    uint32_t n = action->action->n_groups;

    if (n == 1)
        return 0;
    return r53__draw_weighted(draw, r53__elb_draw_key(rule->key, ELB_DRAW_GROUP),
                              action->cumulative, n);
}

static bool version_fits(const struct subject *subject, const struct target_group *group)
{
    const struct elb_request *request = subject->request;
    enum client_kind kind = CLIENT_HTTP_1;
    uint8_t fit;

    if (request->http_version == R53_HTTP_2)
        kind = r53__subject_is_grpc(subject) ? CLIENT_GRPC : CLIENT_HTTP_2;
    fit = fits[kind][group->protocol_version];
    return fit == FITS || (fit == FITS_POST && r53__span_is(request->method, "POST"));
}

static void body_refuse(const struct elb_input *input, struct elb_choice *choice)
{
    uint64_t length = input->request->content_length;

    r53__trace(input->trace, RULE_ELB_ALB_ERR_413, EVENT_BODY_TOO_LARGE, choice->fleet,
               choice->pool, length < INT32_MAX ? (int32_t)length : INT32_MAX, LAMBDA_BODY_MAX);
    r53__elb_generate(input, choice, 413, RULE_ELB_ALB_ERR_413);
}

/* A WebSocket, of a function or of a group with target optimizer. */
static void upgrade_refuse(const struct elb_input *input, struct elb_choice *choice, bool lambda)
{
    int32_t rule = lambda ? RULE_ELB_ALB_ERR_400 : RULE_ELB_ALB_ERR_501;

    r53__trace(input->trace, rule, lambda ? EVENT_UPGRADE_TO_FUNCTION : EVENT_UPGRADE_TO_SLOTS,
               choice->fleet, choice->pool, 0, 0);
    r53__elb_generate(input, choice, lambda ? 400 : 501, rule);
}

/* What the group's kind refuses of a request (ELB-ALB-ERR-464T, -413, -400, -501). */
static void group_fit(const struct elb_input *input, struct elb_choice *choice)
{
    const struct target_group *group = r53__elb_fleet(input, choice)->pools[choice->pool].group;
    bool lambda = group->target_type == R53_TARGET_LAMBDA, optimizer = group->target_control_port;
    struct subject subject;

    if (group->protocol_version == R53_PROTOCOL_VERSION_HTTP1 && !lambda && !optimizer &&
        input->request->http_version != R53_HTTP_2)
        return; /* the common case costs nothing */
    r53__subject_make(&subject, input, choice->fleet);
    if (!lambda && !version_fits(&subject, group)) {
        r53__trace(input->trace, RULE_ELB_ALB_ERR_464T, EVENT_VERSION_MISFIT, choice->fleet,
                   choice->pool, 0, 0);
        r53__elb_generate(input, choice, 464, RULE_ELB_ALB_ERR_464);
    } else if (lambda && input->request->content_length > LAMBDA_BODY_MAX) {
        body_refuse(input, choice);
    } else if ((lambda || optimizer) &&
               r53__header_begins(&subject, SPAN("Upgrade"), SPAN("websocket"))) {
        upgrade_refuse(input, choice, lambda);
    }
}

/* Only a group that is sticky by the application's cookie needs to know (ELB-STICK-12). */
static void note_company(const struct elb_input *input, struct elb_choice *choice,
                         const struct fleet_action *action)
{
    const struct target_group *group = r53__elb_fleet(input, choice)->pools[choice->pool].group;

    if (action->action->n_groups > 1 && group->stickiness_type == R53_STICKINESS_APP_COOKIE)
        choice->marks |= CHOICE_MANY_GROUPS;
}

/* ELB-ALB-ACT-03: the groups that another was drawn before. */
static void trace_not_drawn(const struct elb_input *input, const struct elb_choice *choice,
                            const struct fleet_action *action, int32_t chosen)
{
    uint32_t n = action->action->n_groups, total = action->cumulative[n - 1];

    for (uint32_t i = 0; input->trace && i < n; i++) {
        int32_t pool = action->pools[i];

        if ((int32_t)i != chosen)
            r53__trace(input->trace, RULE_ELB_ALB_ACT_03,
                       pool < 0 ? EVENT_GROUP_UNKNOWN_NOT_DRAWN : EVENT_GROUP_NOT_DRAWN,
                       choice->fleet, pool < 0 ? choice->listener : pool,
                       (int32_t)action->action->groups[i].weight, (int32_t)total);
    }
}

int32_t r53__elb_group(const struct elb_input *input, struct elb_choice *choice, struct draw *draw)
{
    const struct fleet_rule *rule = r53__elb_rule_of(input, choice);
    const struct fleet_action *action = &rule->actions[choice->action];
    uint32_t total = action->cumulative[action->action->n_groups - 1];
    int32_t chosen;

    if (r53__flow_resume(input, choice))
        return R53_OK;
    chosen = r53__sticky_group(input, choice, action);
    if (chosen < 0 && total == 0)
        return group_none(input, choice);
    if (chosen < 0)
        chosen = (int32_t)group_draw(rule, action, draw);
    trace_not_drawn(input, choice, action, chosen);
    choice->pool = action->pools[chosen];
    choice->action = -1; /* what led to the pool does not matter any more */
    if (choice->pool < 0) {
        r53__trace(input->trace, RULE_ELB_JSON_11, EVENT_GROUP_UNKNOWN, choice->fleet,
                   choice->listener, choice->listener_rule, 0);
        return r53__elb_end(choice, R53_SELECTED_DANGLING, 0, RULE_ELB_JSON_11);
    }
    r53__trace(input->trace, RULE_ELB_ALB_ACT_03, EVENT_GROUP_CHOSEN, choice->fleet, choice->pool,
               (int32_t)action->action->groups[chosen].weight, (int32_t)total);
    choice->stage = ELB_TARGET;
    note_company(input, choice, action);
    if (r53__elb_fleet(input, choice)->lb->type == R53_LB_APPLICATION)
        group_fit(input, choice);
    return R53_OK;
}
