/*
 * The change door of listener rules: AWS's CreateRule, SetRulePriorities and DeleteRule. Each first
 * judges, then stages, then commits; what was refused has changed nothing.
 */
#include <r53/elb_change.h>

#include "base/report.h"
#include "model/elb_find.h"
#include "model/elb_quota.h"
#include "model/forward_judge.h"
#include "model/rule_check.h"

#include <string.h>

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

/* Create */

struct creation {
    r53_cloud *cloud;
    r53_report *report;
    const r53_listener_rule *in;
    struct rule *rule; /* sealed */
    const struct listener *listener;
    const struct load_balancer *lb; /* NULL: not known */
};

/* Is another rule of the listener's at this priority? */
static int32_t priority_free_check(const struct creation *c)
{
    for (size_t i = 0; i < c->cloud->tables[CLOUD_RULES].count; i++) {
        const struct rule *other = rule_at(c->cloud, i);

        if (other && other->priority == c->rule->priority &&
            strcmp(other->listener_arn, c->rule->listener_arn) == 0)
            return in_use(c->report, c->rule->arn);
    }
    return R53_OK;
}

static int32_t place_find(struct creation *c)
{
    c->listener = r53__listener_get(c->cloud, c->rule->listener_arn, c->report);
    if (!c->listener)
        return R53_E_NOT_FOUND;
    c->lb = r53__table_find(&c->cloud->tables[CLOUD_LOAD_BALANCERS],
                            r53__span(c->listener->load_balancer_arn));
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
        return r53__refuse(c->report, R53_E_EXISTS, RULE_ELB_VAL_22, "",
                           "the rule '{0}' exists already", c->rule->arn, NULL);
    return priority_free_check(c);
}

/* With the rule staged, for quotas count what will be (ELB-LIM-06 .. -12). */
static int32_t forwards_judge(const struct creation *c)
{
    const struct forward_site site = {c->rule->arn, c->lb, c->listener};
    int32_t rc =
        r53__forwards_judge(c->cloud, &site, c->rule->actions, c->rule->n_actions, c->report);

    return rc ? rc : r53__quota_use(c->cloud, c->listener->load_balancer_arn, c->report);
}

/* ELB-LSN-04: a default rule comes with its listener, so 'default' is no priority to ask for. */
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

    rc = r53__change_read(cloud, &in, sizeof(in), rule, "rule", report);
    if (rc)
        return rc;
    rc = priority_check(&in, report);
    if (rc)
        return rc;
    rc = r53__rule_new(&c.rule,
                       &(struct rule_maker){&cloud->memory, &cloud->regex,
                                            cloud->choices.regex_full_match, DOOR_CHANGE, report},
                       &in);
    if (rc)
        return rc;
    c.in = &in;
    rc = creation_judge(&c);
    if (rc) {
        r53__object_unref(c.rule);
        return rc;
    }
    if (r53__table_give(&cloud->tables[CLOUD_RULES], r53__span(c.rule->arn), c.rule) != R53_OK)
        return r53__remark_nomem(report);
    return r53__cloud_end(cloud, forwards_judge(&c));
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
    const struct rule *rule = r53__rule_get(p->cloud, to->rule_arn, p->report);
    const struct rule *first =
        rule ? r53__rule_get(p->cloud, p->list[0].rule_arn, p->report) : NULL;

    if (!first)
        return R53_E_NOT_FOUND;
    if (rule->priority == PRIORITY_DEFAULT) /* ELB-VAL-08 */
        return r53__refuse(p->report, R53_E_INVALID, RULE_ELB_VAL_08, "OperationNotPermitted",
                           "The priority of the default rule '{0}' cannot be changed", rule->arn,
                           NULL);
    if (to->priority < 1 || to->priority > PRIORITY_MAX || to->reserved)
        return r53__refuse(p->report, R53_E_INVALID, RULE_ELB_VAL_01, "ValidationError",
                           "The priority of '{0}' must be between '1-50000' inclusive", rule->arn,
                           NULL);
    if (strcmp(rule->listener_arn, first->listener_arn) != 0)
        return r53__refuse(p->report, R53_E_INVALID, RULE_ELB_VAL_09, "ValidationError",
                           "The rule '{0}' belongs to another listener than the first one",
                           rule->arn, NULL);
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
    return r53__cloud_end(cloud, rc);
}

/* Delete */

int32_t r53_listener_rule_delete(r53_cloud *cloud, const char *rule_arn, r53_report *report)
{
    const struct rule *rule;

    if (!cloud)
        return r53__remark(report, &(struct remark){.format = "no cloud given"});
    rule = r53__rule_get(cloud, rule_arn, report);
    if (!rule)
        return R53_E_NOT_FOUND;
    if (rule->priority == PRIORITY_DEFAULT) /* ELB-VAL-08 */
        return r53__refuse(report, R53_E_INVALID, RULE_ELB_VAL_08, "OperationNotPermitted",
                           "The default rule '{0}' cannot be deleted", rule_arn, NULL);
    return r53__table_put(&cloud->tables[CLOUD_RULES], r53__span(rule_arn), NULL)
               ? r53__remark_nomem(report)
               : R53_OK;
}
