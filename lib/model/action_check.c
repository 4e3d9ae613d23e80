/* Actions of a rule: which may stand together, and what each may say. A kind of action is a row. */
#include "model/rule_check.h"

#include "base/sized.h"
#include "base/text.h"

#include <string.h>

enum {
    GROUPS_MAX = 5,    /* ELB-ALB-ACT-03, ELB-LIM-08 */
    WEIGHT_MAX = 999,  /* ELB-VAL-01 */
    ORDER_MAX = 50000, /* ELB-VAL-01 */
    DURATION_MAX = 604800,
    COMPONENT_MAX = 128, /* ELB-VAL-03 */
    BODY_MAX = 1024,     /* ELB-VAL-02 */
    JWT_TEXT_MAX = 256   /* ELB-ALB-ACT-50 */
};

struct action_check {
    struct checker *checker;
    const struct rule_place *place;
};

static void breach(const struct action_check *check, int32_t rule, const char *format,
                   const char *value)
{
    r53__breach_as(check->checker, NULL, rule, format, value, NULL);
}

/* Forward */

static void weights_check(const struct action_check *check, const r53_listener_action *in)
{
    bool positive = false;

    for (uint32_t i = 0; i < in->n_target_groups; i++) {
        const r53_weighted_target_group *group = &in->target_groups[i];

        positive = positive || group->weight > 0;
        if (group->weight > WEIGHT_MAX)
            breach(check, RULE_ELB_VAL_01, "The weight of '{0}' must be between '0-999' inclusive",
                   group->target_group_arn);
    }
    if (check->place->lb_type == R53_LB_NETWORK && !positive)
        breach(check, RULE_ELB_LSN_25, "At least one target group must have a weight above 0",
               NULL);
}

static void forward_check(const struct action_check *check, const r53_listener_action *in)
{
    bool in_range = in->stickiness_duration_s >= 1 && in->stickiness_duration_s <= DURATION_MAX;

    if (in->n_target_groups < 1 || in->n_target_groups > GROUPS_MAX)
        breach(check, RULE_ELB_LIM_08, "A forward action must have from 1 to 5 target groups",
               NULL);
    weights_check(check, in);
    /* ELB-VAL-01 */
    if ((in->stickiness_enabled == R53_OPTION_ON || in->stickiness_duration_s) && !in_range)
        breach(check, RULE_ELB_VAL_01,
               "Target group stickiness duration must be between '1-604800' inclusive", NULL);
}

/* Redirect */

enum component { IN_PROTOCOL, IN_HOST, IN_PORT, IN_PATH, IN_QUERY };

#define IN(component) (1u << IN_##component)

/* ELB-ALB-ACT-22: where a keyword may stand. */
static const struct keyword {
    const char *word;
    unsigned places;
} keywords[] = {
    {"#{protocol}", IN(PROTOCOL) | IN(QUERY)},
    {"#{host}", IN(HOST) | IN(PATH) | IN(QUERY)},
    {"#{port}", IN(PORT) | IN(PATH) | IN(QUERY)},
    {"#{path}", IN(PATH) | IN(QUERY)},
    {"#{query}", IN(QUERY)},
};

static bool keyword_fits(const char *at, enum component component)
{
    for (size_t i = 0; i < sizeof(keywords) / sizeof(*keywords); i++) {
        if (strncmp(at, keywords[i].word, strlen(keywords[i].word)) == 0)
            return keywords[i].places & (1u << component);
    }
    return false;
}

static void keywords_check(const struct action_check *check, const char *text,
                           enum component component)
{
    for (const char *at = text; at && (at = strstr(at, "#{")) != NULL; at += 2) {
        if (!keyword_fits(at, component))
            breach(check, RULE_ELB_ALB_ACT_22, "The keyword at '{0}' cannot be used there", at);
    }
}

/* ELB-VAL-03 */
static void component_check(const struct action_check *check, const char *text, size_t least,
                            const char *format)
{
    size_t length = r53__span(text).length;

    if (text && (length < least || length > COMPONENT_MAX))
        breach(check, RULE_ELB_VAL_03, format, text);
}

static bool port_valid(const char *text)
{
    uint64_t port;

    return r53__text_equal(text, "#{port}") ||
           (r53__parse_decimal(r53__span(text), 65535, &port) && port > 0);
}

static bool same(const char *text, const char *keyword)
{
    return !text || strcmp(text, keyword) == 0;
}

/* ELB-ALB-ACT-21 */
static void loop_check(const struct action_check *check, const r53_listener_action *in)
{
    if (same(in->protocol, "#{protocol}") && same(in->host, "#{host}") &&
        same(in->port, "#{port}") && same(in->path, "/#{path}"))
        r53__breach_as(check->checker, "InvalidLoadBalancerAction", RULE_ELB_ALB_ACT_21,
                       "The redirect configuration is not valid because it creates a loop.", NULL,
                       NULL);
    if (check->place->protocol == R53_PROTOCOL_HTTPS && r53__text_equal(in->protocol, "HTTP"))
        r53__breach_as(check->checker, "InvalidLoadBalancerAction", RULE_ELB_ALB_ACT_21,
                       "A redirect from HTTPS to HTTP is not allowed", NULL, NULL);
}

static void redirect_check(const struct action_check *check, const r53_listener_action *in)
{
    if (!r53__text_equal(in->status_code, "HTTP_301") &&
        !r53__text_equal(in->status_code, "HTTP_302"))
        breach(check, RULE_ELB_ALB_ACT_20,
               "The redirect status code '{0}' is invalid; expected HTTP_301 or HTTP_302",
               in->status_code ? in->status_code : "");
    if (in->protocol && !r53__text_equal(in->protocol, "HTTP") &&
        !r53__text_equal(in->protocol, "HTTPS") && !same(in->protocol, "#{protocol}"))
        breach(check, RULE_ELB_VAL_03, "The redirect protocol '{0}' is invalid", in->protocol);
    if (in->port && !port_valid(in->port))
        breach(check, RULE_ELB_ALB_ACT_20, "The redirect port '{0}' is invalid", in->port);
    if (in->path && in->path[0] != '/')
        breach(check, RULE_ELB_ALB_ACT_20, "The redirect path '{0}' must start with '/'", in->path);
    if (in->query && in->query[0] == '?')
        breach(check, RULE_ELB_ALB_ACT_20, "The redirect query '{0}' must not start with '?'",
               in->query);
    component_check(check, in->host, 1, "The redirect host '{0}' must have 1 to 128 characters");
    component_check(check, in->path, 1, "The redirect path '{0}' must have 1 to 128 characters");
    component_check(check, in->query, 0, "The redirect query '{0}' must have 0 to 128 characters");
    keywords_check(check, in->protocol, IN_PROTOCOL);
    keywords_check(check, in->host, IN_HOST);
    keywords_check(check, in->path, IN_PATH);
    keywords_check(check, in->query, IN_QUERY);
    loop_check(check, in);
}

/* Fixed response */

static bool fixed_status(const char *code)
{
    bool three = code && strlen(code) == 3 && strchr("245", code[0]);

    return three && code[1] >= '0' && code[1] <= '9' && code[2] >= '0' && code[2] <= '9';
}

static bool content_type_known(const char *type)
{
    static const char *const types[] = {"text/plain", "text/css", "text/html",
                                        "application/javascript", "application/json"};

    for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
        if (strcmp(types[i], type) == 0)
            return true;
    }
    return false;
}

static void fixed_response_check(const struct action_check *check, const r53_listener_action *in)
{
    if (!fixed_status(in->status_code)) /* ELB-VAL-02 */
        breach(check, RULE_ELB_VAL_02,
               "The fixed response status code '{0}' is invalid; expected 2XX, 4XX or 5XX",
               in->status_code ? in->status_code : "");
    if (in->content_type && *in->content_type && !content_type_known(in->content_type))
        breach(check, RULE_ELB_ALB_ACT_30, "The fixed response content type '{0}' is invalid",
               in->content_type);
    r53__length_check(check->checker, RULE_ELB_VAL_02, "MessageBody", in->message_body, BODY_MAX);
}

/* JSON web tokens */

static void jwt_check(const struct action_check *check, const r53_listener_action *in)
{
    const char *endpoint = in->jwks_endpoint ? in->jwks_endpoint : "";

    if (strncmp(endpoint, "https://", 8) != 0) /* ELB-ALB-ACT-50 */
        breach(check, RULE_ELB_ALB_ACT_50, "The JWKS endpoint '{0}' must be an https URL",
               endpoint);
    r53__length_check(check->checker, RULE_ELB_ALB_ACT_50, "JwksEndpoint", endpoint, JWT_TEXT_MAX);
    r53__length_check(check->checker, RULE_ELB_ALB_ACT_50, "Issuer", in->issuer, JWT_TEXT_MAX);
    if (!in->issuer || !*in->issuer)
        breach(check, RULE_ELB_ALB_ACT_50, "The issuer of a jwt-validation action is missing",
               NULL);
}

static const struct action_row {
    bool last; /* ends the rule; the others come before it, on HTTPS alone */
    void (*check)(const struct action_check *check, const r53_listener_action *in);
} rows[] = {
    [R53_ACTION_FORWARD] = {true, forward_check},
    [R53_ACTION_REDIRECT] = {true, redirect_check},
    [R53_ACTION_FIXED_RESPONSE] = {true, fixed_response_check},
    [R53_ACTION_AUTHENTICATE_OIDC] = {false, NULL},
    [R53_ACTION_AUTHENTICATE_COGNITO] = {false, NULL},
    [R53_ACTION_JWT_VALIDATION] = {false, jwt_check},
};

/* What the list as a whole is judged by. */
struct usage {
    uint32_t endings, guards; /* actions that end the rule, and that come before */
    int32_t ending_order;     /* of the last that ends */
    int32_t guard_order;      /* the highest of those that come before */
    bool forwards, unordered;
};

static void action_check(const struct action_check *check, const r53_listener_action *in,
                         size_t position, struct usage *usage)
{
    int32_t order = in->order ? in->order : (int32_t)(position + 1);

    if (in->order < 0 || in->order > ORDER_MAX)
        breach(check, RULE_ELB_VAL_01, "The order of an action must be between '1-50000' inclusive",
               NULL);
    usage->unordered = usage->unordered || in->order == 0;
    if (rows[in->type].last) {
        usage->endings++;
        usage->ending_order = order;
    } else {
        usage->guards++;
        usage->guard_order = order > usage->guard_order ? order : usage->guard_order;
    }
    usage->forwards = usage->forwards || in->type == R53_ACTION_FORWARD;
    if (rows[in->type].check)
        rows[in->type].check(check, in);
}

/* ELB-ALB-ACT-01 */
static void usage_check(const struct action_check *check, const struct usage *usage)
{
    int32_t protocol = check->place->protocol;

    if (usage->endings != 1)
        breach(check, RULE_ELB_ALB_ACT_01,
               "A rule must have exactly one forward, redirect or fixed-response action", NULL);
    else if (usage->ending_order <= usage->guard_order) /* of the same order none is the last */
        breach(check, RULE_ELB_ALB_ACT_01,
               "The forward, redirect or fixed-response action must be the last one", NULL);
    if (usage->endings + usage->guards > 1 && usage->unordered)
        breach(check, RULE_ELB_ALB_ACT_01, "An order must be specified for each of several actions",
               NULL);
    if (usage->guards > 1)
        r53__breach_as(check->checker, "TooManyActions", RULE_ELB_ALB_ACT_01,
                       "A rule can only have one authenticate or jwt-validation action", NULL,
                       NULL);
    if (usage->guards && protocol && protocol != R53_PROTOCOL_HTTPS)
        r53__breach_as(check->checker, "InvalidLoadBalancerAction", RULE_ELB_ALB_ACT_01,
                       "Authenticate and jwt-validation actions need an HTTPS listener", NULL,
                       NULL);
    if (check->place->lb_type == R53_LB_NETWORK && (!usage->forwards || usage->guards))
        breach(check, RULE_ELB_LSN_24, "A rule of a network load balancer can only forward", NULL);
}

void r53__actions_check(struct checker *checker, const r53_listener_rule *rule,
                        const struct rule_place *place)
{
    const struct action_check check = {checker, place};
    struct usage usage = {0};

    for (uint32_t i = 0; i < rule->n_actions; i++) {
        r53_listener_action in;

        if (r53__sized_read(&in, sizeof(in), rule->actions[i]))
            action_check(&check, &in, i, &usage);
    }
    if (rule->n_actions == 0) /* ELB-VAL-08 */
        breach(&check, RULE_ELB_VAL_08, "An action must be specified", NULL);
    else
        usage_check(&check, &usage);
}
