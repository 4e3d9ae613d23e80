/*
 * The change door of listener rules: AWS's ModifyRule. What the request gives is sealed by itself
 * and judged by itself, for what an import brought stays as it is (ELB-JSON-11); the amended rule
 * has each part either from there or from the rule as it was.
 */
#include <r53/elb_change.h>

#include "base/report.h"
#include "model/elb_find.h"
#include "model/elb_quota.h"
#include "model/forward_judge.h"
#include "model/rule_check.h"

#include <string.h>

struct modification {
    r53_cloud *cloud;
    r53_report *report;
    const r53_listener_rule *in;
    const struct rule *before;
    const struct listener *listener;
    const struct load_balancer *lb; /* NULL: not known */
};

static int32_t refuse(const struct modification *m, const char *format, const char *other)
{
    return r53__refuse(m->report, R53_E_INVALID, RULE_ELB_VAL_23, "ValidationError", format,
                       m->before->arn, other);
}

/* The default rule */

/* ELB-VAL-08: its actions are its listener's, and it has nothing else that could be changed. */
static int32_t default_modify(const struct modification *m)
{
    const r53_listener_rule *in = m->in;
    const r53_listener listener = {.size = sizeof(listener),
                                   .listener_arn = m->before->listener_arn,
                                   .default_actions = in->actions,
                                   .n_default_actions = in->n_actions};

    if (in->n_conditions || in->n_transforms || in->reset_transforms)
        return r53__refuse(m->report, R53_E_INVALID, RULE_ELB_VAL_08, "OperationNotPermitted",
                           "Of the default rule '{0}' only the actions can be changed",
                           m->before->arn, NULL);
    return r53_listener_modify(m->cloud, &listener, m->report);
}

/* Before anything is sealed */

static int32_t fixed_judge(const struct modification *m)
{
    const r53_listener_rule *in = m->in;

    if (in->listener_arn && strcmp(in->listener_arn, m->before->listener_arn) != 0)
        return refuse(m, "Rule '{0}' belongs to '{1}' and cannot be given to another listener",
                      m->before->listener_arn);
    if (in->priority && r53__rule_priority(in->priority) != m->before->priority)
        return refuse(m,
                      "The priority of rule '{0}' is set with SetRulePriorities; '{1}' is not "
                      "the one that it has",
                      in->priority);
    return R53_OK;
}

static int32_t request_judge(const struct modification *m)
{
    const r53_listener_rule *in = m->in;

    if (in->reset_transforms < 0 || in->reset_transforms > 1)
        return refuse(m, "The request to change rule '{0}' resets its transforms, 1, or not, 0",
                      NULL);
    if (in->reserved)
        return refuse(m, "The reserved member of the request to change rule '{0}' is not 0", NULL);
    if (!in->n_conditions && !in->n_actions && !in->n_transforms && !in->reset_transforms)
        return r53__remark(m->report, &(struct remark){.rule = RULE_ELB_VAL_08, /* ELB-VAL-21 */
                                                       .aws_name = "ValidationError",
                                                       .path = m->before->arn,
                                                       .format = "Either conditions or actions "
                                                                 "must be specified"});
    if (in->n_transforms && in->reset_transforms)
        return refuse(m, "The transforms of rule '{0}' are given or reset, not both", NULL);
    return fixed_judge(m);
}

/* What is given, sealed */

/* Under the rule's own names: the parts that are kept of it bear them. */
static int32_t given_seal(const struct modification *m, struct rule **given)
{
    r53_listener_rule parts = *m->in;

    parts.rule_arn = m->before->arn;
    parts.listener_arn = m->before->listener_arn;
    parts.priority = "1"; /* any: the amended rule has the one that it had */
    parts.reset_transforms = 0;
    return r53__rule_new(given,
                         &(struct rule_maker){&m->cloud->memory, &m->cloud->regex,
                                              m->cloud->choices.regex_full_match, DOOR_CHANGE,
                                              m->report},
                         &parts);
}

static int32_t given_check(const struct modification *m)
{
    struct checker checker = {
        .report = m->report, .severity = R53_SEVERITY_ERROR, .aws_name = "ValidationError"};
    const struct rule_place place = {m->lb ? m->lb->type : 0, m->listener->protocol,
                                     m->cloud->choices.wildcards_per_rule};

    if (m->in->n_conditions)
        r53__conditions_check(&checker, m->in, &place);
    if (m->in->n_actions)
        r53__actions_check(&checker, m->in, &place);
    r53__transforms_check(&checker, m->in);
    return checker.breaches ? R53_E_INVALID : R53_OK;
}

/* What comes of it */

/* With the rule staged, for quotas count what will be (ELB-LIM-08 .. -12). */
static int32_t forwards_judge(const struct modification *m, const struct rule *given)
{
    const struct forward_site site = {m->before->arn, m->lb, m->listener};
    int32_t rc;

    if (given->n_actions == 0)
        return R53_OK;
    rc = r53__forwards_judge(m->cloud, &site, given->actions, given->n_actions, m->report);
    return rc ? rc : r53__quota_use(m->cloud, m->listener->load_balancer_arn, m->report);
}

static int32_t amended_put(const struct modification *m, const struct rule *given)
{
    struct table *table = &m->cloud->tables[CLOUD_RULES];
    struct rule *amended;
    int32_t rc;

    rc = r53__rule_amend(&amended, &m->cloud->memory, m->before, given, m->in->reset_transforms);
    if (rc == R53_OK)
        rc = r53__table_give(table, r53__span(m->before->arn), amended);
    return r53__cloud_end(m->cloud, rc ? r53__remark_nomem(m->report) : forwards_judge(m, given));
}

static int32_t modify(const struct modification *m)
{
    struct rule *given;
    int32_t rc = given_seal(m, &given);

    if (rc)
        return rc;
    rc = given_check(m);
    if (rc == R53_OK)
        rc = amended_put(m, given);
    r53__object_unref(given);
    return rc;
}

int32_t r53_listener_rule_modify(r53_cloud *cloud, const r53_listener_rule *rule,
                                 r53_report *report)
{
    struct modification m = {.cloud = cloud, .report = report};
    r53_listener_rule in;
    int32_t rc;

    rc = r53__change_read(cloud, &in, sizeof(in), rule, "rule", report);
    if (rc)
        return rc;
    m.in = &in;
    m.before = r53__rule_get(cloud, in.rule_arn, report);
    if (!m.before)
        return R53_E_NOT_FOUND;
    rc = request_judge(&m);
    if (rc)
        return rc;
    if (m.before->priority == PRIORITY_DEFAULT)
        return default_modify(&m);
    m.listener = r53__listener_get(cloud, m.before->listener_arn, report);
    if (!m.listener)
        return R53_E_NOT_FOUND;
    m.lb = r53__table_find(&cloud->tables[CLOUD_LOAD_BALANCERS],
                           r53__span(m.listener->load_balancer_arn));
    return modify(&m);
}
