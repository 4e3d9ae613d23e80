#include "model/listener_judge.h"

#include "base/report.h"
#include "base/rules.h"
#include "model/elb_quota.h"
#include "model/forward_judge.h"
#include "model/forward_walk.h"
#include "model/rule_check.h"

#include <string.h>

static void breach(struct checker *checker, int32_t rule, const char *aws_name, const char *format,
                   const char *value, const char *expected)
{
    r53__breach_as(checker, aws_name, rule, format, value, expected);
}

/* By itself */

/* ELB-LSN-01, -02 */
static void port_check(struct checker *checker, const struct listener_case *c)
{
    bool gateway = c->lb->type == R53_LB_GATEWAY;

    if (gateway && c->listener->port) /* ELB-VAL-21 */
        breach(checker, RULE_ELB_LSN_02, NULL, "A port cannot be specified for gateway listeners",
               NULL, NULL);
    if (gateway && c->listener->protocol)
        breach(checker, RULE_ELB_LSN_02, NULL,
               "A protocol cannot be specified for gateway listeners", NULL, NULL);
    if (!gateway && c->listener->port == 0)
        breach(checker, RULE_ELB_LSN_01, NULL,
               "A port from 1 to 65535 must be specified for listener '{0}'", c->id, NULL);
    if (!gateway && c->listener->protocol == 0)
        breach(checker, RULE_ELB_LSN_02, NULL, "A protocol must be specified for listener '{0}'",
               c->id, NULL);
}

static bool wants_certificate(const struct listener *listener)
{
    return r53__listener_speaks(listener, SECURE_BITS | PROTOCOL_BIT(R53_PROTOCOL_SSL));
}

/* ELB-LSN-03, ELB-LSN-11; more than one default is told of with what is common to both doors */
static void certificates_check(struct checker *checker, const struct listener_case *c)
{
    const struct listener *listener = c->listener;
    const char *protocol = r53_protocol_name(listener->protocol);

    if (wants_certificate(listener) && listener->n_certificates == 0)
        breach(checker, RULE_ELB_LSN_03, NULL,
               "A certificate must be specified for {1} listeners: '{0}'", c->id, protocol);
    if (!wants_certificate(listener) && !r53__listener_speaks(listener, QUIC_BITS) &&
        listener->n_certificates)
        breach(checker, RULE_ELB_LSN_03, NULL,
               "A certificate cannot be specified for {1} listeners: '{0}'", c->id, protocol);
    if (c->lb->type == R53_LB_CLASSIC && listener->n_certificates > 1)
        breach(checker, RULE_ELB_LSN_11, "InvalidConfigurationRequest",
               "Listener '{0}' can only have one certificate", c->id, NULL);
}

static void tls_check(struct checker *checker, const struct listener_case *c)
{
    const char *protocol = r53_protocol_name(c->listener->protocol);

    if (c->listener->alpn != ALPN_NONE && c->listener->protocol != R53_PROTOCOL_TLS)
        breach(checker, RULE_ELB_TLS_07, NULL,
               "An ALPN policy cannot be specified for {1} listeners: '{0}'", c->id, protocol);
    if (c->listener->mutual != R53_MTLS_OFF && c->listener->protocol != R53_PROTOCOL_HTTPS)
        breach(checker, RULE_ELB_TLS_08, NULL,
               "Mutual authentication cannot be specified for {1} listeners: '{0}'", c->id,
               protocol);
}

/* ELB-LSN-11: TCP and SSL in front of each other, HTTP and HTTPS likewise. */
static void layers_check(struct checker *checker, const struct listener_case *c)
{
    const struct listener *listener = c->listener;
    bool http = r53__listener_speaks(listener, HTTP_BITS);

    if (c->lb->type != R53_LB_CLASSIC || listener->protocol == 0)
        return;
    if (http != ((HTTP_BITS & PROTOCOL_BIT(listener->instance_protocol)) != 0))
        breach(checker, RULE_ELB_LSN_11, "InvalidConfigurationRequest",
               "The protocols '{0}' and '{1}' of a listener must be of the same layer",
               r53_protocol_name(listener->protocol),
               r53_protocol_name(listener->instance_protocol));
}

static void actions_check(struct checker *checker, const struct listener_case *c,
                          const r53_listener *in)
{
    const r53_listener_rule rule = {.size = sizeof(rule),
                                    .priority = "default",
                                    .actions = in->default_actions,
                                    .n_actions = in->n_default_actions};
    const struct rule_place place = {.lb_type = c->lb->type, .protocol = c->listener->protocol};

    r53__actions_check(checker, &rule, &place);
    for (uint32_t i = 0; i < c->listener->n_actions && c->lb->type == R53_LB_GATEWAY; i++) {
        if (c->listener->actions[i].type != R53_ACTION_FORWARD)
            breach(checker, RULE_ELB_LSN_06, "InvalidLoadBalancerAction",
                   "A gateway listener can only forward", NULL, NULL);
    }
}

/* Beside others */

static bool is_neighbour(const struct listener_case *c, const struct listener *other, size_t slot)
{
    return other && strcmp(other->load_balancer_arn, c->lb->arn) == 0 &&
           !r53__text_equal(r53__table_id(&c->cloud->tables[CLOUD_LISTENERS], (int32_t)slot),
                            c->id);
}

const struct listener *r53__port_holder(const struct listener_case *c)
{
    for (size_t i = 0; i < c->cloud->tables[CLOUD_LISTENERS].count; i++) {
        const struct listener *other = r53__cloud_at(c->cloud, CLOUD_LISTENERS, i, true);

        if (is_neighbour(c, other, i) && other->port == c->listener->port)
            return other;
    }
    return NULL;
}

/* ELB-LSN-07 */
static void quic_check(struct checker *checker, const struct listener_case *c)
{
    bool quic = r53__listener_speaks(c->listener, QUIC_BITS);

    for (size_t i = 0; i < c->cloud->tables[CLOUD_LISTENERS].count; i++) {
        const struct listener *other = r53__cloud_at(c->cloud, CLOUD_LISTENERS, i, true);
        uint32_t excluded = quic ? UDP_BITS | QUIC_BITS : QUIC_BITS;

        if ((quic || r53__listener_speaks(c->listener, UDP_BITS)) && is_neighbour(c, other, i) &&
            r53__listener_speaks(other, excluded))
            breach(checker, RULE_ELB_LSN_07, "InvalidConfigurationRequest",
                   "Listener '{0}' cannot stand beside '{1}': a load balancer has one listener of "
                   "QUIC, and none of UDP with it",
                   c->id, other->arn);
    }
}

int32_t r53__listener_judge(const struct listener_case *c, const r53_listener *in, bool created)
{
    struct checker checker = {
        .report = c->report, .severity = R53_SEVERITY_ERROR, .aws_name = "ValidationError"};
    const struct forward_site site = {c->id, c->lb, c->listener};

    port_check(&checker, c);
    certificates_check(&checker, c);
    tls_check(&checker, c);
    layers_check(&checker, c);
    r53__listener_check(&checker, &site);
    quic_check(&checker, c);
    if (c->lb->type != R53_LB_CLASSIC && (created || in->n_default_actions))
        actions_check(&checker, c, in);
    return checker.breaches ? R53_E_INVALID : R53_OK;
}

/* With what it forwards to */

/* ELB-ALB-ACT-01: users are authenticated on HTTPS alone, also by a rule that was there before. */
static int32_t guards_judge(const struct listener_case *c, const struct rule *rule)
{
    for (uint32_t i = 0; i < rule->n_actions; i++) {
        if (rule->actions[i].type >= R53_ACTION_AUTHENTICATE_OIDC &&
            c->listener->protocol != R53_PROTOCOL_HTTPS)
            return r53__remark(c->report,
                               &(struct remark){.rule = RULE_ELB_ALB_ACT_01,
                                                .aws_name = "InvalidLoadBalancerAction",
                                                .format = "The authenticate or jwt-validation "
                                                          "action of '{0}' needs an HTTPS listener",
                                                .args = {rule->arn}});
    }
    return R53_OK;
}

static int32_t rules_judge(const struct listener_case *c)
{
    int32_t rc = R53_OK;

    for (size_t i = 0; i < c->cloud->tables[CLOUD_RULES].count && rc == R53_OK; i++) {
        const struct rule *rule = r53__cloud_at(c->cloud, CLOUD_RULES, i, true);

        if (!rule || strcmp(rule->listener_arn, c->id) != 0)
            continue;
        rc = guards_judge(c, rule);
        if (rc == R53_OK)
            rc =
                r53__forwards_judge(c->cloud, &(struct forward_site){rule->arn, c->lb, c->listener},
                                    rule->actions, rule->n_actions, c->report);
    }
    return rc;
}

int32_t r53__listener_judge_staged(const struct listener_case *c)
{
    const struct forward_site site = {c->id, c->lb, c->listener};
    int32_t rc = R53_OK;

    if (c->lb->type != R53_LB_CLASSIC) {
        rc = r53__forwards_judge(c->cloud, &site, c->listener->actions, c->listener->n_actions,
                                 c->report);
        if (rc == R53_OK)
            rc = rules_judge(c);
    }
    return rc ? rc : r53__quota_use(c->cloud, c->lb->arn, c->report);
}
