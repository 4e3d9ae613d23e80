#include "model/probes.h"

#include "base/report.h"
#include "base/rules.h"
#include "model/cloud.h"
#include "model/spec.h"

#include <string.h>

enum { PROBE_KEY_MAX = 512 };

#define FAILED "Target.FailedHealthChecks"

/* Remembering */

/* The key of the target's record; false: the ARN is too long to be one. */
static bool key_write(char *buffer, const char *group_arn, int32_t registration, struct span *key)
{
    struct text text;

    r53__text_init(&text, buffer, PROBE_KEY_MAX);
    r53__put(&text, group_arn);
    r53__put_char(&text, '\n'); /* in no ARN */
    r53__put_i64(&text, registration);
    *key = (struct span){buffer, text.length};
    return r53__text_fits(&text);
}

const struct probed_target *r53__probed_find(const struct r53_observed *observed,
                                             const char *group_arn, const struct target *target)
{
    char buffer[PROBE_KEY_MAX];
    struct span key;

    if (!observed || !key_write(buffer, group_arn, target->registration, &key))
        return NULL;
    return r53__table_find(&observed->tables[OBSERVED_PROBES], key);
}

/* Judging */

/* now - since, at least 0; at most `most`. */
static int64_t age(int64_t now_ms, int64_t since_ms, int64_t most)
{
    uint64_t elapsed = (uint64_t)now_ms - (uint64_t)since_ms; /* of any two times */

    if (now_ms <= since_ms)
        return 0;
    return elapsed < (uint64_t)most ? (int64_t)elapsed : most;
}

/* ELB-NLB-12: unhealthy.draining where connections to unhealthy targets are not cut. */
static bool drains_first(const struct target_group *group)
{
    return !group->unhealthy_connection_termination && group->draining_interval_seconds > 0;
}

struct probed_health r53__probed_at(const struct probed_target *probed,
                                    const struct target_group *group, int64_t now_ms)
{
    int64_t interval = (int64_t)group->draining_interval_seconds * 1000;
    int64_t slow = (int64_t)group->slow_start_seconds * 1000; /* at most 900,000 if AWS took it */
    struct probed_health health = {.state = probed->state,
                                   .reason = probed->reason,
                                   .slow_age_ms = -1,
                                   .status_code = probed->status_code,
                                   .recovers =
                                       probed->run > 0 && probed->state == R53_TARGET_UNHEALTHY};

    if (probed->state == R53_TARGET_UNHEALTHY && drains_first(group) &&
        age(now_ms, probed->since_ms, interval) < interval)
        health.state = R53_TARGET_UNHEALTHY_DRAINING;
    if (probed->state == R53_TARGET_HEALTHY && probed->slow && slow <= INT32_MAX &&
        age(now_ms, probed->slow_since_ms, slow) < slow) /* ELB-SLOW-04 */
        health.slow_age_ms = (int32_t)age(now_ms, probed->slow_since_ms, slow);
    return health;
}

/* The machine */

struct probing {
    r53_observed *observed;
    const r53_cloud *cloud;
    const struct target_group *group;
    const struct target_list *targets;
    const struct target *target;
    r53_target_probe in;
    bool passed;
};

/* Is the target healthy with a full share, by all that is known? */
static bool full(const struct probing *p, const struct target *target, int64_t now_ms)
{
    int32_t port = target->port ? target->port : p->group->port;
    const struct target_health *said =
        r53__observed_target(p->observed, p->group->arn, target->id, port, target->zone);
    const struct probed_target *probed = r53__probed_find(p->observed, p->group->arn, target);
    struct probed_health health;

    if (target->draining)
        return false;
    if (said)
        return said->state == R53_TARGET_HEALTHY;
    if (!probed)
        return false;
    health = r53__probed_at(probed, p->group, now_ms);
    /* ELB-SLOW-03: those that turn healthy at one moment begin together, and none slowly */
    return health.state == R53_TARGET_HEALTHY && health.slow_age_ms < 0 &&
           probed->since_ms < now_ms;
}

/* ELB-SLOW-02, -03: only where some other target can carry the load meanwhile. */
static bool enters_slow_start(const struct probing *p, int64_t now_ms)
{
    if (p->group->slow_start_seconds <= 0)
        return false;
    for (uint32_t i = 0; i < p->targets->n_targets; i++) {
        if (&p->targets->targets[i] != p->target && full(p, &p->targets->targets[i], now_ms))
            return true;
    }
    return false;
}

/* Results in a row that turn a target: ELB-ST-03, ELB-ST-04. */
static int32_t needed(const struct probing *p, int32_t state)
{
    if (state == R53_TARGET_UNHEALTHY)
        return p->group->healthy_threshold_count;
    return p->passed ? 1 : p->group->unhealthy_threshold_count;
}

static void turn(const struct probing *p, struct probed_target *t)
{
    /* ELB-SLOW-03: the first targets of an empty group begin together, with a full share each */
    bool exempt = t->state == R53_TARGET_INITIAL && p->target->founding;

    t->state = p->passed ? R53_TARGET_HEALTHY : R53_TARGET_UNHEALTHY;
    t->since_ms = t->last_ms;
    t->run = 0;
    t->slow = p->passed && !exempt && enters_slow_start(p, t->last_ms);
    t->slow_since_ms = t->last_ms;
}

static void step(const struct probing *p, struct probed_target *t)
{
    bool for_state = t->state == (p->passed ? R53_TARGET_HEALTHY : R53_TARGET_UNHEALTHY);

    if (for_state)
        t->run = 0;
    else if (++t->run >= needed(p, t->state))
        turn(p, t);
}

/* ELB-ST-01, -02: the reason belongs to the state. */
static const char *reason_of(const struct probing *p, const struct probed_target *t,
                             const struct probed_target *old)
{
    bool network = r53__target_group_kinds(p->group) == GROUP_NETWORK;

    if (t->state == R53_TARGET_HEALTHY)
        return "";
    if (t->state == R53_TARGET_INITIAL)
        return "Elb.InitialHealthChecking";
    if (p->passed) /* not often enough yet */
        return old ? old->reason : FAILED;
    if (p->in.status_code)
        return network ? FAILED : "Target.ResponseCodeMismatch";
    return p->in.reason && !network ? p->in.reason : FAILED;
}

static int32_t record(const struct probing *p)
{
    const struct probed_target *old = r53__probed_find(p->observed, p->group->arn, p->target);
    struct probed_target *t = r53__object_new(&p->observed->memory, sizeof(*t));
    struct table *table = &p->observed->tables[OBSERVED_PROBES];
    struct spec spec = r53__spec(t ? &t->head.arena : NULL, NULL);
    char buffer[PROBE_KEY_MAX];
    struct span key;

    if (!t)
        return R53_E_NOMEM;
    t->last_ms = p->in.now_ms;
    t->state = R53_TARGET_INITIAL;
    if (old) {
        t->last_ms = old->last_ms > p->in.now_ms ? old->last_ms : p->in.now_ms;
        t->since_ms = old->since_ms;
        t->slow_since_ms = old->slow_since_ms;
        t->state = old->state;
        t->run = old->run;
        t->slow = old->slow;
        t->status_code = old->status_code;
    }
    if (!p->passed)
        t->status_code = p->in.status_code;
    step(p, t);
    t->reason = r53__spec_text(&spec, reason_of(p, t, old));
    key_write(buffer, p->group->arn, p->target->registration, &key);
    if (spec.error || r53__table_stage(table, key, t) != R53_OK) {
        r53__object_unref(t);
        return R53_E_NOMEM;
    }
    r53__table_commit(table);
    return R53_OK;
}

/* Reading */

/* ELB-VAL-06 */
static bool code_passes(const struct target_group *group, int32_t code)
{
    for (uint32_t i = 0; i < group->n_codes; i++) {
        if (code >= group->codes[i].first && code <= group->codes[i].last)
            return true;
    }
    return false;
}

static int32_t unknown(r53_report *report, const char *aws_name, const char *format,
                       const char *value)
{
    return r53__remark(report, &(struct remark){.code = R53_E_NOT_FOUND,
                                                .rule = RULE_ELB_VAL_20,
                                                .aws_name = aws_name,
                                                .format = format,
                                                .args = {value}});
}

static int32_t probed_target_find(struct probing *p, r53_report *report)
{
    const struct table *tables = p->cloud->tables;
    struct span arn = r53__span(p->in.target_group_arn);
    struct spec spec = {.report = report};
    char buffer[PROBE_KEY_MAX];
    struct span key;
    r53_target target;

    if (!r53__spec_read(&spec, &target, sizeof(target), p->in.target))
        return spec.error;
    p->group = r53__table_find(&tables[CLOUD_TARGET_GROUPS], arn);
    if (!p->group)
        return unknown(report, "TargetGroupNotFound", "the target group '{0}' is not known",
                       arn.at ? arn.at : "");
    p->targets = r53__table_find(&tables[CLOUD_TARGETS], arn);
    p->target = r53__target_find(p->targets, p->group, target.id ? target.id : "",
                                 target.port ? target.port : p->group->port,
                                 target.availability_zone ? target.availability_zone : "");
    if (!p->target || !key_write(buffer, p->group->arn, p->target->registration, &key))
        return unknown(report, "InvalidTarget", "the target '{0}' is not registered",
                       target.id ? target.id : "");
    return R53_OK;
}

int32_t r53_observe_probe(r53_observed *observed, const r53_cloud *cloud,
                          const r53_target_probe *probe, r53_report *report)
{
    struct probing p = {.observed = observed, .cloud = cloud};
    struct spec spec = {.report = report};
    int32_t rc;

    if (!observed || !cloud)
        return r53__remark(report, &(struct remark){.format = "no observed, or no cloud"});
    if (!r53__spec_read(&spec, &p.in, sizeof(p.in), probe))
        return spec.error;
    r53__spec_number(&spec, "passed", p.in.passed, 0, 1);
    r53__spec_number(&spec, "status_code", p.in.status_code, 0, INT32_MAX);
    r53__spec_reserved(&spec, p.in.reserved);
    if (spec.error)
        return spec.error;
    rc = probed_target_find(&p, report);
    if (rc)
        return rc;
    p.passed = p.in.status_code ? code_passes(p.group, p.in.status_code) : p.in.passed == 1;
    return record(&p) == R53_OK ? R53_OK : r53__remark_nomem(report);
}
