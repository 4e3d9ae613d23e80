/*
 * What comes of a request that a target was chosen for. What the target does with it is the host's
 * to say, whole or by times; here it only becomes a status or the end of a connection. It stays
 * that target's request: no other one is tried (ELB-ALB-SEL-06).
 *
 * A way to fail is a row, a kind of load balancer a column. Below HTTP nobody looks at answers, so
 * only what happens to the connection shows there (ELB-NLB-19).
 */
#include "elb/stages.h"
#include "elb/subject.h"

enum { CONNECT_MOST_MS = 10000, MS_IN_SECOND = 1000 };

/* Statuses; `below` is the outcome on a connection that is only passed on, 0: nobody notices. */
static const struct failure {
    int32_t application, classic, below, rule;
    bool waited; /* it takes a time that the client may cut short */
} failures[] = {
    [R53_TARGET_REFUSED] = {502, 504, R53_SELECTED_RESET, RULE_ELB_ALB_ERR_502, false},
    [R53_TARGET_CLOSED] = {502, 504, R53_SELECTED_RESET, RULE_ELB_ALB_ERR_502, false},
    [R53_TARGET_MALFORMED] = {502, 502, 0, RULE_ELB_ALB_ERR_502, false},
    [R53_TARGET_HEADERS_TOO_LARGE] = {502, 502, 0, RULE_ELB_ALB_ERR_502, false},
    [R53_TARGET_TLS_FAILED] = {502, 502, R53_SELECTED_RESET, RULE_ELB_ALB_ERR_502, false},
    [R53_TARGET_CONNECT_TIMED_OUT] = {504, 504, R53_SELECTED_DROPPED, RULE_ELB_ALB_ERR_504, true},
    [R53_TARGET_TLS_TIMED_OUT] = {504, 504, R53_SELECTED_RESET, RULE_ELB_CONF_13, true},
    [R53_TARGET_TIMED_OUT] = {504, 504, 0, RULE_ELB_ALB_ERR_504, true},
    [R53_TARGET_BODY_TOO_SHORT] = {504, 502, 0, RULE_ELB_ALB_ERR_504, false},
    [R53_TARGET_FUNCTION_FAILED] = {502, 502, 0, RULE_ELB_ALB_ERR_502, false},
    [R53_TARGET_FUNCTION_THROTTLED] = {502, 502, 0, RULE_ELB_ALB_ERR_502, false},
    [R53_TARGET_FUNCTION_TIMED_OUT] = {502, 502, 0, RULE_ELB_ALB_ERR_502, false},
    [R53_TARGET_FUNCTION_TOO_LARGE] = {502, 502, 0, RULE_ELB_ALB_ERR_502, false},
    [R53_TARGET_FUNCTION_SLOW] = {504, 504, 0, RULE_ELB_ALB_ERR_504, true},
    [R53_TARGET_AGENT_FAILED] = {500, 502, 0, RULE_ELB_ALB_ERR_500, false},
};

/*
 * What is said whole counts; else the times speak. Only an Application Load Balancer has a time of
 * its own for connecting; those that pass connections on have none at all.
 */
static int32_t outcome_of(const struct elb_input *input, const struct elb_choice *choice)
{
    const struct elb_request *request = input->request;
    const struct load_balancer *lb = r53__elb_fleet(input, choice)->lb;
    int64_t idle_ms = (int64_t)lb->idle_timeout_seconds * MS_IN_SECOND;

    if (request->target_outcome || lb->type == R53_LB_NETWORK)
        return request->target_outcome;
    if (request->target_connect_ms > (lb->type == R53_LB_CLASSIC ? idle_ms : CONNECT_MOST_MS))
        return R53_TARGET_CONNECT_TIMED_OUT;
    return request->target_response_ms > idle_ms ? R53_TARGET_TIMED_OUT : R53_TARGET_ANSWERED;
}

static bool above_http(const struct elb_input *input, const struct elb_choice *choice)
{
    int32_t protocol = r53__elb_listener_of(input, choice)->listener->protocol;

    return r53__elb_fleet(input, choice)->lb->type == R53_LB_APPLICATION ||
           protocol == R53_PROTOCOL_HTTP || protocol == R53_PROTOCOL_HTTPS;
}

void r53__elb_exchange_fail(const struct elb_input *input, struct elb_choice *choice,
                            int32_t status, int32_t rule)
{
    struct subject subject;

    r53__subject_make(&subject, input, choice->fleet);
    if (status == 502 && r53__subject_is_grpc(&subject)) /* ELB-ALB-ERR-04 */
        choice->marks |= CHOICE_GRPC_ERROR;
    r53__elb_generate(input, choice, status, rule);
}

/* ELB-ALB-ERR-460: a status for the log alone. */
static void client_left(const struct elb_input *input, struct elb_choice *choice)
{
    r53__trace(input->trace, RULE_ELB_ALB_ERR_460, EVENT_CLIENT_LEFT, choice->fleet, choice->pool,
               choice->target, 0);
    r53__elb_generate(input, choice, 460, RULE_ELB_ALB_ERR_460);
}

static void answer_failed(const struct elb_input *input, struct elb_choice *choice,
                          const struct failure *failure)
{
    bool classic = r53__elb_fleet(input, choice)->lb->type == R53_LB_CLASSIC;

    if (classic) {
        r53__elb_exchange_fail(input, choice, failure->classic, RULE_ELB_CLB_11);
        return;
    }
    r53__trace(input->trace, RULE_ELB_ALB_SEL_06, EVENT_NOT_RETRIED, choice->fleet, choice->pool, 0,
               0);
    r53__elb_exchange_fail(input, choice, failure->application, failure->rule);
}

static void connection_failed(struct elb_choice *choice, const struct failure *failure)
{
    if (failure->below)
        r53__elb_end(choice, failure->below, 0, RULE_ELB_NLB_19);
}

/* The rule by which a target's failure tells on the client. */
static int32_t failure_rule(const struct elb_input *input, const struct elb_choice *choice,
                            const struct failure *failure)
{
    if (!above_http(input, choice))
        return RULE_ELB_NLB_19;
    return r53__elb_fleet(input, choice)->lb->type == R53_LB_CLASSIC ? RULE_ELB_CLB_11
                                                                     : failure->rule;
}

void r53__elb_exchange(const struct elb_input *input, struct elb_choice *choice)
{
    int32_t type = r53__elb_fleet(input, choice)->lb->type;
    int32_t outcome = outcome_of(input, choice);
    const struct failure *failure = &failures[outcome];
    bool http = above_http(input, choice);
    bool left = input->request->client_outcome == R53_CLIENT_LEFT;

    if (type == R53_LB_GATEWAY)
        return; /* it passes packets on to appliances, which have nothing to answer */
    if (left && type == R53_LB_APPLICATION && (failure->waited || !failure->application)) {
        client_left(input, choice);
    } else if (failure->application && (http || failure->below)) {
        r53__trace(input->trace, failure_rule(input, choice, failure), EVENT_TARGET_FAILED,
                   choice->fleet, choice->pool, choice->target, outcome);
        if (http)
            answer_failed(input, choice, failure);
        else
            connection_failed(choice, failure);
    }
}
