/*
 * What stands between a matched rule and its last action: users' sessions, tokens, the web ACL.
 * Each outcome is what the host says of the request (ELB-ALB-ACT-43); here it only becomes a
 * status.
 */
#include "elb/stages.h"
#include "elb/subject.h"

static void send_away(const struct elb_input *input, struct elb_choice *choice)
{
    r53__trace(input->trace, RULE_ELB_ALB_ACT_40, EVENT_AUTHENTICATE, 0, 0, 0, 0);
    r53__elb_end(choice, R53_SELECTED_AUTHENTICATE, 302, RULE_ELB_ALB_ACT_40);
}

/* ELB-ALB-ACT-42: statuses of what went wrong with the identity provider; 0: nothing. */
static const struct {
    int32_t status, rule;
} provider_errors[] = {
    [R53_AUTH_IDP_ERROR] = {561, RULE_ELB_ALB_ERR_561},
    [R53_AUTH_IDP_UNREACHABLE] = {500, RULE_ELB_ALB_ERR_500},
    [R53_AUTH_REFUSED] = {401, RULE_ELB_ALB_ERR_401},
};

static bool provider_failed(const struct elb_input *input, struct elb_choice *choice)
{
    int32_t state = input->request->auth_state;

    if (provider_errors[state].status)
        r53__elb_refuse(input, choice, provider_errors[state].status, provider_errors[state].rule,
                        EVENT_PROVIDER_FAILED, state);
    return provider_errors[state].status != 0;
}

/* The URL to come back to needs a host, which HTTP/1.0 need not say (ELB-ALB-ERR-401). */
static bool says_no_host(const struct elb_input *input, const struct elb_choice *choice)
{
    struct subject subject;

    r53__subject_make(&subject, input, choice->fleet);
    return input->request->http_version == R53_HTTP_1_0 &&
           subject.host_header.at == subject.generated;
}

/*
 *   session     deny   allow   authenticate
 *   valid       on     on      on
 *   expired     302    on      302            ELB-ALB-ACT-41
 *   none        401    on      302            ELB-ALB-ACT-40
 */
void r53__elb_authenticate(const struct elb_input *input, struct elb_choice *choice,
                           const struct action *action)
{
    int32_t state = input->request->auth_state;
    bool expired = state == R53_AUTH_EXPIRED;

    if (provider_failed(input, choice))
        return;
    if (state == R53_AUTH_AUTHENTICATED || action->on_unauthenticated == UNAUTHENTICATED_ALLOW)
        r53__trace(input->trace, RULE_ELB_ALB_ACT_40, EVENT_GUARD_PASSED, action->type, 0, 0, 0);
    else if (action->on_unauthenticated == UNAUTHENTICATED_DENY && !expired)
        r53__elb_refuse(input, choice, 401, RULE_ELB_ALB_ERR_401, EVENT_SESSION_MISSING,
                        action->type);
    else if (says_no_host(input, choice))
        r53__elb_refuse(input, choice, 401, RULE_ELB_ALB_ERR_401, EVENT_HOST_MISSING, 0);
    else
        send_away(input, choice);
}

/*
 * ELB-ALB-ACT-43: back from the identity provider, before any rule. Now the load balancer itself
 * has to ask there, which it cannot without IPv4 (ELB-IP-06).
 */
void r53__elb_callback(const struct elb_input *input, struct elb_choice *choice)
{
    if (!r53__elb_listener_of(input, choice)->authenticates ||
        !r53__span_is(input->request->path, "/oauth2/idpresponse"))
        return;
    if (r53__elb_fleet(input, choice)->lb->ip_address_type == R53_IP_DUALSTACK_WITHOUT_PUBLIC_IPV4)
        r53__elb_refuse(input, choice, 500, RULE_ELB_IP_06, EVENT_PROVIDER_UNREACHABLE,
                        choice->fleet);
    else if (!provider_failed(input, choice))
        send_away(input, choice);
}

static bool has_token(const struct elb_input *input, const struct elb_choice *choice)
{
    static const struct span scheme = {"Bearer ", 7};
    struct subject subject;
    struct span value;
    uint32_t at = 0;

    r53__subject_make(&subject, input, choice->fleet);
    return r53__header_next(&subject, SPAN("Authorization"), &at, &value) &&
           value.length > scheme.length &&
           r53__equal_nocase((struct span){value.at, scheme.length}, scheme);
}

/* ELB-ALB-ACT-51 */
void r53__elb_validate_token(const struct elb_input *input, struct elb_choice *choice)
{
    int32_t state = input->request->jwt_state;

    if (!has_token(input, choice))
        r53__elb_refuse(input, choice, 401, RULE_ELB_ALB_ACT_51, EVENT_TOKEN_MISSING, 0);
    else if (state == R53_JWT_JWKS_UNREACHABLE)
        r53__elb_refuse(input, choice, 500, RULE_ELB_ALB_ERR_500, EVENT_KEYS_FAILED, state);
    else if (state == R53_JWT_JWKS_BAD)
        r53__elb_refuse(input, choice, 562, RULE_ELB_ALB_ERR_562, EVENT_KEYS_FAILED, state);
    else if (state != R53_JWT_VALID)
        r53__elb_refuse(input, choice, 401, RULE_ELB_ALB_ACT_51, EVENT_TOKEN_INVALID, 0);
    else
        r53__trace(input->trace, RULE_ELB_ALB_ACT_51, EVENT_GUARD_PASSED, R53_ACTION_JWT_VALIDATION,
                   0, 0, 0);
}

/* ELB-ALB-SEL-07 */
void r53__elb_web_acl(const struct elb_input *input, struct elb_choice *choice)
{
    int32_t state = input->request->waf_state;

    if (state == R53_WAF_BLOCK)
        r53__elb_refuse(input, choice, 403, RULE_ELB_ALB_ERR_403, EVENT_WEB_ACL_BLOCKED, 0);
    else if (state == R53_WAF_ERROR && !r53__elb_fleet(input, choice)->lb->waf_fail_open)
        r53__elb_refuse(input, choice, 500, RULE_ELB_ALB_ERR_500, EVENT_WEB_ACL_FAILED,
                        choice->fleet);
    else if (state == R53_WAF_ERROR)
        r53__trace(input->trace, RULE_ELB_LB_42, EVENT_WEB_ACL_FAIL_OPEN, choice->fleet, 0, 0, 0);
}
