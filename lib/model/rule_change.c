/*
 * The change door of listener rules: AWS's CreateRule, SetRulePriorities and DeleteRule. Each first
 * judges, then stages, then commits; what was refused has changed nothing.
 */
#include <r53/load_balancer.h>

#include "base/sized.h"
#include "model/cloud.h"
#include "model/load_balancer.h"
#include "model/rule.h"
#include "model/rule_check.h"
#include "model/target_group.h"

#include <string.h>

enum { RULES_MAX = 100 }; /* ELB-LIM-06 */

static int32_t refuse(r53_report *report, int32_t code, int32_t rule, const char *aws_name,
                      const char *format, const char *value)
{
    return r53__remark(report, &(struct remark){.code = code,
                                                .rule = rule,
                                                .aws_name = aws_name,
                                                .format = format,
                                                .args = {value ? value : ""}});
}

static int32_t in_use(r53_report *report, const char *arn) /* ELB-VAL-21 */
{
    return r53__remark(report, &(struct remark){.code = R53_E_EXISTS,
                                                .rule = RULE_ELB_ALB_RULE_02,
                                                .aws_name = "PriorityInUse",
                                                .path = arn,
                                                .format = "The specified priority is in use."});
}

static const struct rule *rule_at(const r53_cloud *cloud, size_t slot)
{
    return r53__table_at(&cloud->tables[CLOUD_RULES], (int32_t)slot);
}

static const struct rule *rule_find(const r53_cloud *cloud, const char *arn)
{
    return r53__table_find(&cloud->tables[CLOUD_RULES], r53__span(arn));
}

static int32_t rule_unknown(r53_report *report, const char *arn)
{
    return refuse(report, R53_E_NOT_FOUND, RULE_ELB_VAL_20, "RuleNotFound",
                  "One or more rules not found: '{0}'", arn);
}

/* Create */

struct creation {
    r53_cloud *cloud;
    r53_report *report;
    const r53_listener_rule *in;
    struct rule *rule; /* sealed */
    const struct listener *listener;
    const struct load_balancer *lb; /* NULL: not known */
};

/* ELB-ALB-ACT-02, ELB-LSN-06: does the group fit the listener and what else the rule does? */
static int32_t group_check(const struct creation *c, const struct target_group *group)
{
    bool newer = group->protocol_version == R53_PROTOCOL_VERSION_HTTP2 ||
                 group->protocol_version == R53_PROTOCOL_VERSION_GRPC;

    if (!newer)
        return R53_OK;
    if (c->rule->n_actions > 1)
        return refuse(c->report, R53_E_INVALID, RULE_ELB_ALB_ACT_02, "InvalidLoadBalancerAction",
                      "The protocol version of target group '{0}' allows forward actions only",
                      group->arn);
    if (c->listener->protocol != R53_PROTOCOL_HTTPS)
        return refuse(c->report, R53_E_INVALID, RULE_ELB_LSN_06, "InvalidConfigurationRequest",
                      "The protocol version of target group '{0}' needs an HTTPS listener",
                      group->arn);
    return R53_OK;
}

static int32_t groups_check(const struct creation *c)
{
    const struct table *groups = &c->cloud->tables[CLOUD_TARGET_GROUPS];
    int32_t rc = R53_OK;

    for (uint32_t i = 0; i < c->rule->n_actions; i++) {
        const struct action *action = &c->rule->actions[i];

        for (uint32_t j = 0; j < action->n_groups && rc == R53_OK; j++) {
            const char *arn = action->groups[j].target_group_arn;
            const struct target_group *group = r53__table_find(groups, r53__span(arn));

            rc = group ? group_check(c, group)
                       : refuse(c->report, R53_E_NOT_FOUND, RULE_ELB_VAL_20, "TargetGroupNotFound",
                                "One or more target groups not found: '{0}'", arn);
        }
    }
    return rc;
}

/* ELB-LIM-06: rules of the load balancer, default ones not counted. */
static bool counts(const struct creation *c, const struct rule *rule)
{
    const struct listener *listener;

    if (!rule || rule->priority == PRIORITY_DEFAULT)
        return false;
    listener = r53__table_find(&c->cloud->tables[CLOUD_LISTENERS], r53__span(rule->listener_arn));
    return listener && strcmp(listener->load_balancer_arn, c->listener->load_balancer_arn) == 0;
}

static int32_t others_check(const struct creation *c)
{
    size_t n = 0;

    for (size_t i = 0; i < c->cloud->tables[CLOUD_RULES].count; i++) {
        const struct rule *other = rule_at(c->cloud, i);

        n += counts(c, other);
        if (other && other->priority == c->rule->priority &&
            strcmp(other->listener_arn, c->rule->listener_arn) == 0)
            return in_use(c->report, c->rule->arn);
    }
    if (n < RULES_MAX)
        return R53_OK;
    return refuse(c->report, R53_E_LIMIT, RULE_ELB_LIM_06, "TooManyRules",
                  "The maximum number of rules on load balancer '{0}' has been reached",
                  c->listener->load_balancer_arn);
}

static int32_t place_find(struct creation *c)
{
    const struct table *tables = c->cloud->tables;

    c->listener = r53__table_find(&tables[CLOUD_LISTENERS], r53__span(c->rule->listener_arn));
    if (!c->listener)
        return refuse(c->report, R53_E_NOT_FOUND, RULE_ELB_VAL_20, "ListenerNotFound",
                      "One or more listeners not found: '{0}'", c->rule->listener_arn);
    c->lb =
        r53__table_find(&tables[CLOUD_LOAD_BALANCERS], r53__span(c->listener->load_balancer_arn));
    return R53_OK;
}

static int32_t creation_judge(struct creation *c)
{
    struct checker checker = {
        .report = c->report, .severity = R53_SEVERITY_ERROR, .aws_name = "ValidationError"};
    int32_t rc = place_find(c);

    if (rc)
        return rc;
    r53__rule_check(&checker, c->in,
                    &(struct rule_place){c->lb ? c->lb->type : 0, c->listener->protocol,
                                         c->cloud->choices.wildcards_per_rule});
    if (checker.breaches)
        return R53_E_INVALID;
    if (rule_find(c->cloud, c->rule->arn))
        return refuse(c->report, R53_E_EXISTS, RULE_ELB_VAL_22, "", "the rule '{0}' exists already",
                      c->rule->arn);
    rc = groups_check(c);
    return rc ? rc : others_check(c);
}

/* ELB-VAL-23: the sealing speaks of what has no meaning; AWS's name for that is this one. */
static int32_t priority_check(const r53_listener_rule *in, r53_report *report)
{
    if (r53__rule_priority(in->priority) > PRIORITY_DEFAULT)
        return R53_OK;
    return r53__remark(report,
                       &(struct remark){.rule = RULE_ELB_VAL_01,
                                        .aws_name = "ValidationError",
                                        .path = "Priority",
                                        .format = "The priority '{0}' is invalid; expected 1 to "
                                                  "50000",
                                        .args = {in->priority ? in->priority : ""}});
}

int32_t r53_listener_rule_create(r53_cloud *cloud, const r53_listener_rule *rule,
                                 r53_report *report)
{
    struct creation c = {.cloud = cloud, .report = report};
    r53_listener_rule in;
    int32_t rc;

    if (!cloud || !r53__sized_read(&in, sizeof(in), rule))
        return r53__remark(report, &(struct remark){.format = "no cloud, or no rule that can be "
                                                              "read"});
    rc = priority_check(&in, report);
    if (rc)
        return rc;
    rc = r53__rule_new(&c.rule,
                       &(struct rule_maker){&cloud->memory, &cloud->regex,
                                            cloud->choices.regex_full_match, report},
                       &in);
    if (rc)
        return rc;
    c.in = &in;
    rc = creation_judge(&c);
    if (rc == R53_OK &&
        r53__table_stage(&cloud->tables[CLOUD_RULES], r53__span(c.rule->arn), c.rule) != R53_OK)
        rc = r53__remark_nomem(report);
    if (rc) {
        r53__object_unref(c.rule);
        return rc;
    }
    r53__cloud_commit(cloud);
    return R53_OK;
}

/* Set priorities */

struct priorities {
    r53_cloud *cloud;
    r53_report *report;
    const r53_rule_priority *list;
    size_t n;
};

/* ELB-VAL-09: what the rule will have afterwards. */
static int32_t priority_after(const struct priorities *p, const struct rule *rule)
{
    const struct rule *staged =
        r53__table_staged(&p->cloud->tables[CLOUD_RULES], r53__span(rule->arn));

    return staged ? staged->priority : -1;
}

static int32_t priority_judge(const struct priorities *p, const r53_rule_priority *to)
{
    const struct rule *rule = to->rule_arn ? rule_find(p->cloud, to->rule_arn) : NULL;
    const struct rule *first =
        p->list[0].rule_arn ? rule_find(p->cloud, p->list[0].rule_arn) : NULL;

    if (!rule || !first)
        return rule_unknown(p->report, rule ? p->list[0].rule_arn : to->rule_arn);
    if (rule->priority == PRIORITY_DEFAULT) /* ELB-VAL-08 */
        return refuse(p->report, R53_E_INVALID, RULE_ELB_VAL_08, "OperationNotPermitted",
                      "The priority of the default rule '{0}' cannot be changed", rule->arn);
    if (to->priority < 1 || to->priority > PRIORITY_MAX || to->reserved)
        return refuse(p->report, R53_E_INVALID, RULE_ELB_VAL_01, "ValidationError",
                      "The priority of '{0}' must be between '1-50000' inclusive", rule->arn);
    if (strcmp(rule->listener_arn, first->listener_arn) != 0)
        return refuse(p->report, R53_E_INVALID, RULE_ELB_VAL_09, "ValidationError",
                      "The rule '{0}' belongs to another listener than the first one", rule->arn);
    return R53_OK;
}

static int32_t priority_stage(const struct priorities *p, const r53_rule_priority *to)
{
    struct table *table = &p->cloud->tables[CLOUD_RULES];
    struct rule *moved;
    int32_t rc = priority_judge(p, to);

    if (rc)
        return rc;
    rc = r53__rule_move(&moved, &p->cloud->memory, rule_find(p->cloud, to->rule_arn), to->priority);
    if (rc == R53_OK)
        rc = r53__table_give(table, r53__span(to->rule_arn), moved);
    return rc ? r53__remark_nomem(p->report) : R53_OK;
}

/* Does any other rule of the listener end up with this one's priority? */
static bool collides(const struct priorities *p, const char *arn)
{
    const struct rule *rule = rule_find(p->cloud, arn);

    for (size_t i = 0; i < p->cloud->tables[CLOUD_RULES].count; i++) {
        const struct rule *other = rule_at(p->cloud, i);

        if (other && other != rule && strcmp(other->listener_arn, rule->listener_arn) == 0 &&
            priority_after(p, other) == priority_after(p, rule))
            return true;
    }
    return false;
}

int32_t r53_listener_rule_set_priorities(r53_cloud *cloud, const r53_rule_priority *priorities,
                                         size_t n, r53_report *report)
{
    const struct priorities p = {cloud, report, priorities, n};
    int32_t rc = R53_OK;

    if (!cloud || !priorities || n == 0)
        return r53__remark(report, &(struct remark){.format = "no cloud, or no priorities"});
    for (size_t i = 0; i < n && rc == R53_OK; i++)
        rc = priority_stage(&p, &priorities[i]);
    for (size_t i = 0; i < n && rc == R53_OK; i++) {
        if (collides(&p, priorities[i].rule_arn))
            rc = in_use(report, priorities[i].rule_arn);
    }
    if (rc)
        r53__cloud_rollback(cloud);
    else
        r53__cloud_commit(cloud);
    return rc;
}

/* Delete */

int32_t r53_listener_rule_delete(r53_cloud *cloud, const char *rule_arn, r53_report *report)
{
    const struct rule *rule = cloud && rule_arn ? rule_find(cloud, rule_arn) : NULL;

    if (!cloud)
        return r53__remark(report, &(struct remark){.format = "no cloud"});
    if (!rule)
        return rule_unknown(report, rule_arn);
    if (rule->priority == PRIORITY_DEFAULT) /* ELB-VAL-08 */
        return refuse(report, R53_E_INVALID, RULE_ELB_VAL_08, "OperationNotPermitted",
                      "The default rule '{0}' cannot be deleted", rule_arn);
    return r53__table_put(&cloud->tables[CLOUD_RULES], r53__span(rule_arn), NULL)
               ? r53__remark_nomem(report)
               : R53_OK;
}
