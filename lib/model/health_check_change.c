/*
 * Creating and updating health checks, with AWS's refusals. A door is a list of steps;
 * the last of them puts the sealed check in place, all before it change nothing.
 */
#include "model/health_check.h"

#include "base/sized.h"
#include "base/sized_refusal.h"
#include "model/cloud.h"
#include "model/zone.h"

#include <string.h>

enum {
    ID_MAX = 64,
    HEALTH_CHECKS_MAX = 200 /* R53-HC-18 */
};

/* What is asked for, read and checked step by step. */
struct request {
    r53_cloud *cloud;
    r53_report *report;
    r53_health_check said;
    const struct health_check *old; /* update: the one to be replaced */
    struct health_check *made;      /* sealed; owned until it is put */
    bool is_there;                  /* create: the same was created before */
};

struct refusal {
    int32_t code, rule;
    const char *aws_name, *path;
};

static int32_t refuse(const struct request *r, struct refusal refusal, const char *format,
                      const char *a, const char *b)
{
    return r53__remark(r->report, &(struct remark){.code = refusal.code,
                                                   .rule = refusal.rule,
                                                   .aws_name = refusal.aws_name,
                                                   .path = refusal.path,
                                                   .format = format,
                                                   .args = {a, b}});
}

static int32_t request_read(struct request *r, const r53_health_check *check)
{
    if (!r->cloud)
        return r53__remark(r->report, &(struct remark){.format = "no cloud given"});
    if (!r53__sized_read(&r->said, sizeof(r->said), check))
        return r53__sized_refuse(r->report, "size", "health check", check, sizeof(r->said));
    r->said.size = sizeof(r->said);
    return R53_OK;
}

static int32_t check_id(struct request *r)
{
    static const struct refusal refusal = {R53_E_INVALID, RULE_R53_HC_02, "InvalidInput", "Id"};
    size_t length = r53__span(r->said.id).length;

    if (length < 1 || length > ID_MAX)
        return refuse(r, refusal, "'{0}' is not a health check id; expected 1 to 64 characters",
                      r->said.id ? r->said.id : "null", NULL);
    return R53_OK;
}

static int32_t check_reference(struct request *r)
{
    static const struct refusal refusal = {R53_E_INVALID, RULE_R53_HC_18, "InvalidInput",
                                           "CallerReference"};

    if (r53__span(r->said.caller_reference).length == 0) /* too long: a row of the schema */
        return refuse(r, refusal, "CallerReference is missing; expected 1 to 64 characters", NULL,
                      NULL);
    return R53_OK;
}

static int32_t check_schema(struct request *r)
{
    struct checker checker = {.report = r->report,
                              .severity = R53_SEVERITY_ERROR,
                              .aws_name = "InvalidInput",
                              .path = "HealthCheckConfig"};

    r53__health_check_judge(&r->said, true, &checker);
    return checker.breaches ? R53_E_INVALID : R53_OK;
}

/* R53-HC-10, seen from the parent; a child that is not known is told of and counts as healthy. */
static int32_t check_children(struct request *r)
{
    static const struct refusal refusal = {R53_E_INVALID, RULE_R53_HC_10, "InvalidInput",
                                           "HealthCheckConfig.ChildHealthChecks"};

    for (uint32_t i = 0; i < r->said.n_child_health_checks; i++) {
        const char *id = r->said.child_health_checks[i];
        const struct health_check *child = r53__health_check_find(r->cloud, id);

        if (strcmp(id, r->said.id) == 0 || (child && child->said.type == R53_CHECK_CALCULATED))
            return refuse(r, refusal,
                          "Invalid parameter : ChildHealthChecks '{0}' is a calculated health "
                          "check; a calculated health check cannot watch another.",
                          id, NULL);
        if (!child) /* R53-HC-15 */
            r53__remark(r->report,
                        &(struct remark){.severity = R53_SEVERITY_WARNING,
                                         .code = R53_E_NOT_FOUND,
                                         .rule = RULE_R53_HC_15,
                                         .path = refusal.path,
                                         .format = "the child health check '{0}' is not known; it "
                                                   "counts as healthy",
                                         .args = {id}});
    }
    return R53_OK;
}

static int32_t seal(struct request *r)
{
    return r53__health_check_new(&r->made, &r->cloud->memory, &r->said, r->report);
}

/* Puts what was made in place; the first change of all. */
static int32_t put(struct request *r)
{
    struct table *table = &r->cloud->tables[CLOUD_HEALTH_CHECKS];

    if (r53__table_stage(table, r53__span(r->said.id), r->made) != R53_OK)
        return r53__remark_nomem(r->report);
    r->made = NULL;
    r53__table_commit(table);
    return R53_OK;
}

static int32_t steps_run(struct request *r, int32_t (*const *steps)(struct request *), size_t n)
{
    int32_t rc = R53_OK;

    for (size_t i = 0; i < n && rc == R53_OK && !r->is_there; i++)
        rc = steps[i](r);
    r53__object_unref(r->made);
    return rc;
}

/* Create */

static int32_t create_begin(struct request *r)
{
    r->said.health_check_version = 1; /* R53-HC-14 */
    return R53_OK;
}

static bool same_account(const r53_health_check *a, const r53_health_check *b)
{
    return r53__span_equal(r53__span(a->account), r53__span(b->account));
}

static int32_t refuse_reference(const struct request *r, const char *format)
{
    static const struct refusal refusal = {R53_E_EXISTS, RULE_R53_HC_18, "HealthCheckAlreadyExists",
                                           "CallerReference"};

    return refuse(r, refusal, format, r->said.caller_reference, NULL);
}

/* The request against one check that is there. */
static int32_t check_against(struct request *r, const r53_health_check *other)
{
    static const struct refusal nested = {R53_E_INVALID, RULE_R53_HC_10, "InvalidInput", "Id"};

    if (same_account(other, &r->said) &&
        r53__span_equal(r53__span(other->caller_reference), r53__span(r->said.caller_reference))) {
        r->is_there = r53__health_check_same(other, &r->made->said); /* R53-HC-18 */
        return r->is_there ? R53_OK
                           : refuse_reference(r, "A health check with other settings has already "
                                                 "been created with the caller reference '{0}'");
    }
    if (r->said.type == R53_CHECK_CALCULATED && r53__health_check_lists(other, r->said.id))
        return refuse(r, nested,
                      "Invalid parameter : '{0}' is a child of the calculated health check '{1}'; "
                      "it cannot be calculated itself.",
                      r->said.id, other->id);
    return R53_OK;
}

static int32_t check_others(struct request *r)
{
    static const struct refusal limit = {R53_E_LIMIT, RULE_R53_HC_18, "TooManyHealthChecks", NULL};
    static const struct refusal exists = {R53_E_EXISTS, RULE_R53_HC_18, "HealthCheckAlreadyExists",
                                          "Id"};
    const struct table *checks = &r->cloud->tables[CLOUD_HEALTH_CHECKS];
    size_t mine = 0;

    for (size_t i = 0; i < checks->count; i++) {
        const struct health_check *other = r53__table_at(checks, (int32_t)i);
        int32_t rc = other ? check_against(r, &other->said) : R53_OK;

        if (rc != R53_OK || r->is_there)
            return rc;
        mine += other && same_account(&other->said, &r->said);
    }
    if (r53__health_check_find(r->cloud, r->said.id))
        return refuse(r, exists, "health check {0} exists already", r->said.id, NULL);
    if (mine >= HEALTH_CHECKS_MAX)
        return refuse(r, limit,
                      "This operation can't be completed because the account has 200 health checks "
                      "already",
                      NULL, NULL);
    return R53_OK;
}

static int32_t check_spent(struct request *r)
{
    struct span key = r53__health_check_reference(&r->made->head.arena, &r->said);

    if (key.length == 0)
        return r53__remark_nomem(r->report);
    if (r53__table_find(&r->cloud->tables[CLOUD_SPENT_REFERENCES], key))
        return refuse_reference(r, "A health check that was deleted has been created with the "
                                   "caller reference '{0}'");
    return R53_OK;
}

int32_t r53_health_check_create(r53_cloud *cloud, const r53_health_check *check, r53_report *report)
{
    static int32_t (*const steps[])(struct request *) = {
        create_begin, check_id,       check_schema, check_reference, seal, check_others,
        check_spent,  check_children, put};
    struct request r = {.cloud = cloud, .report = report};
    int32_t rc = request_read(&r, check);

    return rc ? rc : steps_run(&r, steps, sizeof(steps) / sizeof(*steps));
}

/* Update */

static int32_t update_begin(struct request *r)
{
    r->old = r53__health_check_find(r->cloud, r->said.id);
    return r->old ? R53_OK : r53__health_check_unknown(r->report, r->said.id);
}

static int32_t check_version(struct request *r)
{
    static const struct refusal refusal = {R53_E_INVALID, RULE_R53_HC_14,
                                           "HealthCheckVersionMismatch", "HealthCheckVersion"};
    int32_t version = r->old->said.health_check_version;
    char said[NUMBER_TEXT_MAX], there[NUMBER_TEXT_MAX];

    r53__number_print(said, r->said.health_check_version);
    r53__number_print(there, version);
    if (r->said.health_check_version && r->said.health_check_version != version)
        return refuse(r, refusal,
                      "The value of HealthCheckVersion '{0}' in the request doesn't match the "
                      "value '{1}' of the health check.",
                      said, there);
    r->said.health_check_version = version < INT32_MAX ? version + 1 : version;
    return R53_OK;
}

static int32_t refuse_change(const struct request *r, const char *member)
{
    return refuse(
        r, (struct refusal){R53_E_INVALID, RULE_R53_HC_01, "InvalidInput", "HealthCheckConfig"},
        "Invalid parameter : {0} of a health check cannot be changed.", member, NULL);
}

/* R53-HC-01, R53-HC-02: UpdateHealthCheck has no such members; given, they must be as they were. */
static int32_t check_numbers_kept(struct request *r)
{
    const r53_health_check *old = &r->old->said;
    const struct {
        const char *name;
        int32_t *said, old;
    } kept[] = {
        {"Type", &r->said.type, old->type},
        {"RequestInterval", &r->said.request_interval, old->request_interval},
        {"MeasureLatency", &r->said.measure_latency, old->measure_latency},
    };

    for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++) {
        if (*kept[i].said && *kept[i].said != kept[i].old)
            return refuse_change(r, kept[i].name);
        *kept[i].said = kept[i].old;
    }
    return R53_OK;
}

static int32_t check_texts_kept(struct request *r)
{
    const r53_health_check *old = &r->old->said;
    const struct {
        const char *name, **said, *old;
    } kept[] = {
        {"CallerReference", &r->said.caller_reference, old->caller_reference},
        {"RoutingControlArn", &r->said.routing_control_arn, old->routing_control_arn},
    };

    for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++) {
        if (*kept[i].said && !r53__span_equal(r53__span(*kept[i].said), r53__span(kept[i].old)))
            return refuse_change(r, kept[i].name);
        *kept[i].said = kept[i].old;
    }
    r->said.account = old->account;
    return R53_OK;
}

int32_t r53_health_check_update(r53_cloud *cloud, const r53_health_check *check, r53_report *report)
{
    static int32_t (*const steps[])(struct request *) = {update_begin,
                                                         check_version,
                                                         check_numbers_kept,
                                                         check_texts_kept,
                                                         check_schema,
                                                         check_children,
                                                         seal,
                                                         put};
    struct request r = {.cloud = cloud, .report = report};
    int32_t rc = request_read(&r, check);

    return rc ? rc : steps_run(&r, steps, sizeof(steps) / sizeof(*steps));
}
