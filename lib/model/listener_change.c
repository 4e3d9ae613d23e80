/*
 * The change door of listeners: AWS's CreateListener, ModifyListener and DeleteListener, and their
 * Classic sisters. What can be judged alone is judged first; the rest, that looks at what stands
 * around it, when it is staged.
 */
#include <r53/elb_change.h>

#include "base/report.h"
#include "base/rules.h"
#include "base/sized.h"
#include "base/sized_refusal.h"
#include "model/elb_find.h"
#include "model/elb_stage.h"
#include "model/forward_check.h"
#include "model/forward_walk.h"
#include "model/listener_judge.h"
#include "model/spec.h"

#include <string.h>

static int32_t place_find(struct listener_case *c)
{
    c->lb = r53__balancer_get(c->cloud, c->listener->load_balancer_arn, c->report);
    return c->lb ? R53_OK : R53_E_NOT_FOUND;
}

/* Stages the listener (taken) if all that is around it allows it. */
static int32_t listener_give(r53_cloud *cloud, const struct listener_case *c,
                             struct listener *listener)
{
    if (r53__table_give(&cloud->tables[CLOUD_LISTENERS], r53__span(c->id), listener) != R53_OK)
        return r53__remark_nomem(c->report);
    return r53__listener_judge_staged(c);
}

/* Create */

/* Listeners of Classic load balancers have no ARN, all others do. */
static int32_t kind_judge(const struct listener_case *c)
{
    bool classic = c->lb->type == R53_LB_CLASSIC;

    if (classic == (c->listener->arn[0] == '\0'))
        return R53_OK;
    return r53__refuse(c->report, R53_E_INVALID, RULE_ELB_VAL_23, "ValidationError",
                       classic ? "A listener of the Classic load balancer '{0}' has no ARN"
                               : "A listener of the load balancer '{0}' needs an ARN",
                       c->lb->arn, NULL);
}

/* ELB-LSN-01, ELB-VAL-12; `*done`: there is such a listener already. */
static int32_t duplicate_judge(const struct listener_case *c, bool *done)
{
    const struct listener *same = r53__cloud_find(c->cloud, CLOUD_LISTENERS, c->id, true);
    const struct listener *other = same ? same : r53__port_holder(c);

    *done = other && r53__listener_equal(other, c->listener);
    if (*done)
        r53__remark(c->report, &(struct remark){.severity = R53_SEVERITY_NOTE,
                                                .rule = RULE_ELB_VAL_12,
                                                .format = "the listener is there already, as "
                                                          "'{0}'; nothing is changed",
                                                .args = {other->arn}});
    /* of a gateway the quota says that it has one listener */
    if (*done || !other || (!same && c->lb->type == R53_LB_GATEWAY))
        return R53_OK;
    if (same && same->arn[0] &&
        (same->port != c->listener->port || strcmp(same->load_balancer_arn, c->lb->arn) != 0))
        return r53__refuse(c->report, R53_E_EXISTS, RULE_ELB_VAL_22, "",
                           "the listener '{0}' exists already, on another port", c->id, NULL);
    return r53__refuse(c->report, R53_E_EXISTS, RULE_ELB_LSN_01, "DuplicateListener",
                       "A listener already exists on the port of '{0}', with other settings: '{1}'",
                       c->id, other->arn[0] ? other->arn : c->id);
}

static int32_t creation_judge(struct listener_case *c, const r53_listener *in, bool *done)
{
    int32_t rc = place_find(c);

    if (rc == R53_OK)
        rc = kind_judge(c);
    if (rc == R53_OK)
        rc = r53__listener_judge(c, in, true);
    return rc ? rc : duplicate_judge(c, done);
}

static int32_t create(r53_cloud *cloud, struct listener *listener, const r53_listener *in,
                      r53_report *report)
{
    struct listener_case c = {.cloud = cloud, .listener = listener, .report = report};
    bool done = false;
    struct text text;
    size_t length;
    char *id;
    int32_t rc;

    r53__text_init(&text, NULL, 0);
    r53__listener_put_id(&text, listener);
    length = text.length + 1;
    id = r53__arena_alloc(&listener->head.arena, length, 1);
    if (!id) {
        r53__object_unref(listener);
        return r53__remark_nomem(report);
    }
    r53__text_init(&text, id, length);
    r53__listener_put_id(&text, listener);
    c.id = id;
    rc = creation_judge(&c, in, &done);
    if (rc == R53_OK && !done)
        return listener_give(cloud, &c, listener);
    r53__object_unref(listener);
    return rc;
}

int32_t r53__listener_stage(r53_cloud *cloud, const r53_listener *listener, r53_report *report)
{
    struct listener *sealed;
    r53_listener in;
    int32_t rc;

    if (!r53__sized_read(&in, sizeof(in), listener))
        return r53__sized_refuse(report, "size", "listener", listener, sizeof(in));
    rc = r53__listener_new(&sealed, &cloud->memory, &in, DOOR_CHANGE, report);
    return rc ? rc : create(cloud, sealed, &in, report);
}

int32_t r53_listener_create(r53_cloud *cloud, const r53_listener *listener, r53_report *report)
{
    if (!cloud)
        return r53__remark(report, &(struct remark){.format = "no cloud given"});
    return r53__cloud_end(cloud, r53__listener_stage(cloud, listener, report));
}

/* Modify */

/* What this call does not change may be given as it is. */
static int32_t fixed_judge(const struct listener_case *c, const struct listener *before,
                           const r53_listener *in)
{
    if (in->load_balancer_arn && strcmp(in->load_balancer_arn, before->load_balancer_arn) != 0)
        return r53__refuse(
            c->report, R53_E_INVALID, RULE_ELB_VAL_23, "ValidationError",
            "Listener '{0}' belongs to '{1}' and cannot be given to another load balancer", c->id,
            before->load_balancer_arn);
    if (in->tcp_idle_timeout_seconds &&
        in->tcp_idle_timeout_seconds != before->tcp_idle_timeout_seconds)
        return r53__refuse(c->report, R53_E_INVALID, RULE_ELB_LB_46, "ValidationError",
                           "The attribute 'tcp.idle_timeout.seconds' of listener '{0}' is set with "
                           "ModifyListenerAttributes",
                           c->id, NULL);
    if ((QUIC_BITS & PROTOCOL_BIT(before->protocol)) && before->port != c->listener->port)
        return r53__refuse(c->report, R53_E_INVALID, RULE_ELB_LSN_07, "InvalidConfigurationRequest",
                           "The port of the QUIC listener '{0}' cannot be changed", c->id, NULL);
    return R53_OK;
}

static int32_t modification_judge(const struct listener_case *c, const struct listener *before,
                                  const r53_listener *in)
{
    const struct listener *holder = r53__port_holder(c);
    int32_t rc = fixed_judge(c, before, in);

    if (rc)
        return rc;
    if (holder && c->lb->type != R53_LB_GATEWAY)
        return r53__refuse(c->report, R53_E_EXISTS, RULE_ELB_LSN_01, "DuplicateListener",
                           "A listener already exists on the port of '{0}': '{1}'", c->id,
                           holder->arn);
    return r53__listener_judge(c, in, false);
}

/* What an import told of the default rule is what the listener says, so it changes with it. */
static int32_t default_rule_stage(r53_cloud *cloud, const struct listener *listener)
{
    struct table *table = &cloud->tables[CLOUD_RULES];
    int32_t rc = R53_OK;

    for (size_t i = 0; i < table->count && rc == R53_OK; i++) {
        const struct rule *rule = r53__table_at(table, (int32_t)i);
        struct rule *amended;

        if (!rule || rule->priority != PRIORITY_DEFAULT ||
            strcmp(rule->listener_arn, listener->arn) != 0)
            continue;
        rc = r53__rule_default(&amended, &cloud->memory, rule->arn, listener->arn,
                               listener->actions, listener->n_actions);
        if (rc == R53_OK)
            rc = r53__table_give(table, r53__table_key(table, (int32_t)i), amended);
    }
    return rc;
}

static int32_t modify(r53_cloud *cloud, const struct listener *before, const r53_listener *in,
                      r53_report *report)
{
    struct listener_case c = {.cloud = cloud, .report = report};
    struct listener *after;
    int32_t rc = r53__listener_amend(&after, &cloud->memory, before, in, report);

    if (rc)
        return rc;
    c.listener = after;
    c.id = after->arn;
    rc = place_find(&c);
    if (rc == R53_OK)
        rc = modification_judge(&c, before, in);
    if (rc == R53_OK && default_rule_stage(cloud, after) != R53_OK)
        rc = r53__cloud_end(cloud, r53__remark_nomem(report));
    if (rc == R53_OK)
        return r53__cloud_end(cloud, listener_give(cloud, &c, after));
    r53__object_unref(after);
    return rc;
}

int32_t r53_listener_modify(r53_cloud *cloud, const r53_listener *listener, r53_report *report)
{
    const struct listener *before;
    r53_listener in;
    int32_t rc;

    rc = r53__change_read(cloud, &in, sizeof(in), listener, "listener", report);
    if (rc)
        return rc;
    before = r53__listener_get(cloud, in.listener_arn, report);
    return before ? modify(cloud, before, &in, report) : R53_E_NOT_FOUND;
}

/* Delete */

static int32_t rules_stage(r53_cloud *cloud, const char *listener_arn)
{
    struct table *table = &cloud->tables[CLOUD_RULES];
    int32_t rc = R53_OK;

    for (size_t i = 0; i < table->count && rc == R53_OK; i++) {
        const struct rule *rule = r53__table_at(table, (int32_t)i);

        if (rule && strcmp(rule->listener_arn, listener_arn) == 0)
            rc = r53__table_stage(table, r53__table_key(table, (int32_t)i), NULL);
    }
    return rc;
}

int32_t r53_listener_delete(r53_cloud *cloud, const char *listener_arn, r53_report *report)
{
    int32_t rc;

    if (!cloud)
        return r53__remark(report, &(struct remark){.format = "no cloud given"});
    if (!listener_arn || !r53__cloud_find(cloud, CLOUD_LISTENERS, listener_arn, false))
        return r53__listener_unknown(report, listener_arn);
    rc = rules_stage(cloud, listener_arn);
    if (rc == R53_OK)
        rc = r53__table_stage(&cloud->tables[CLOUD_LISTENERS], r53__span(listener_arn), NULL);
    return r53__cloud_end(cloud, rc ? r53__remark_nomem(report) : R53_OK);
}
