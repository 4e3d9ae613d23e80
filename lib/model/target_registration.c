/*
 * The change door of registrations: AWS's RegisterTargets and DeregisterTargets, of one target or
 * of several: each is staged on top of what those before it staged, and all are committed together.
 */
#include "model/cloud.h"
#include "model/elb_quota.h"
#include "model/load_balancer.h"
#include "model/target_fault.h"

#include <string.h>

enum { TARGETS_MAX = 1000 }; /* ELB-LIM-09, ELB-LIM-17 */

struct change {
    r53_cloud *cloud;
    r53_report *report;
    const struct target_group *group;
    const struct target_list *old; /* never NULL */
    bool classic;
    struct target target; /* port and zone resolved */
    int64_t now_ms;
    const char *path; /* of the target in the request */
};

static int32_t refuse(const struct change *c, int32_t code, int32_t rule, const char *aws_name,
                      const char *format)
{
    return r53__remark(c->report, &(struct remark){.code = code,
                                                   .rule = rule,
                                                   .aws_name = aws_name,
                                                   .path = c->path,
                                                   .format = format,
                                                   .args = {c->target.id, c->target.zone}});
}

static bool same(const struct target *a, const struct target_group *group, const char *id,
                 int32_t port, const char *zone)
{
    int32_t own = a->port ? a->port : group->port;

    return own == port && strcmp(a->id, id) == 0 && (!zone[0] || strcmp(a->zone, zone) == 0);
}

const struct target *r53__target_find(const struct target_list *list,
                                      const struct target_group *group, const char *id,
                                      int32_t port, const char *zone)
{
    const struct target *draining = NULL;

    for (uint32_t i = 0; list && i < list->n_targets; i++) {
        const struct target *target = &list->targets[i];

        if (!same(target, group, id, port, zone))
            continue;
        if (!target->draining)
            return target;
        draining = target;
    }
    return draining;
}

/* Checks */

static bool is_application(const struct target_group *group)
{
    return group->protocol == R53_PROTOCOL_HTTP || group->protocol == R53_PROTOCOL_HTTPS;
}

/* ELB-TG-07: `all` for functions, none for instances and load balancers. */
static int32_t zone_check(const struct change *c)
{
    bool every = strcmp(c->target.zone, "all") == 0;
    int32_t type = c->group->target_type;

    if ((type == R53_TARGET_INSTANCE || type == R53_TARGET_ALB) && c->target.zone[0])
        return refuse(c, R53_E_INVALID, RULE_ELB_TG_07, "ValidationError",
                      "You cannot specify an Availability Zone for the target '{0}'");
    if (type == R53_TARGET_LAMBDA && c->target.zone[0] && !every)
        return refuse(c, R53_E_INVALID, RULE_ELB_TG_07, "ValidationError",
                      "The Availability Zone of a lambda function must be 'all'");
    if (every && is_application(c->group) && c->group->cross_zone == R53_OPTION_OFF)
        return refuse(c, R53_E_INVALID, RULE_ELB_TG_08, "InvalidConfigurationRequest",
                      "The target '{0}' needs an Availability Zone, since cross-zone load "
                      "balancing is disabled");
    return R53_OK;
}

static int32_t id_check(const struct change *c)
{
    const struct target_fault *fault = r53__target_fault(c->group, c->target.id, c->target.zone);

    if (!fault)
        return R53_OK;
    return refuse(c, R53_E_INVALID, fault->rule, c->classic ? "InvalidInstance" : fault->aws_name,
                  fault->text);
}

/* How many the group, or the Classic Load Balancer, may hold; ELB-LIM-09, -13, -17. */
static int32_t room_check(const struct change *c)
{
    bool single =
        c->group->target_type == R53_TARGET_LAMBDA || c->group->target_type == R53_TARGET_ALB;
    int32_t many = c->classic ? RULE_ELB_LIM_17 : RULE_ELB_LIM_09;
    uint32_t n = 0;

    for (uint32_t i = 0; i < c->old->n_targets; i++)
        n += !c->old->targets[i].draining;
    if (n < (single ? 1 : TARGETS_MAX) && c->old->next_ordinal < INT32_MAX)
        return R53_OK;
    return refuse(c, R53_E_LIMIT, single ? RULE_ELB_LIM_13 : many, "TooManyTargets",
                  c->classic ? "The instance '{0}' is one more than the load balancer may have"
                             : "The target '{0}' is one more than the target group may have");
}

/*
 * ELB-DRAIN-06: an address of an Application Load Balancer's group waits until the delay is over.
 */
static int32_t draining_check(const struct change *c)
{
    const struct target *known =
        r53__target_find(c->old, c->group, c->target.id, c->target.port, c->target.zone);

    if (!known || !known->draining || !r53__target_held(c->group, known, c->now_ms) ||
        c->group->target_type != R53_TARGET_IP || !is_application(c->group))
        return R53_OK;
    return refuse(c, R53_E_INVALID, RULE_ELB_DRAIN_06, "InvalidTarget",
                  "The IP address '{0}' cannot be registered before its deregistration delay is "
                  "over");
}

/*
 * Stages the list as the request changes it; members of `edit` that are the same for all are set.
 */
static int32_t list_replace(const struct change *c, struct target_edit *edit)
{
    struct table *table = &c->cloud->tables[CLOUD_TARGETS];
    struct target_list *list;

    edit->group = c->group;
    edit->old = c->old;
    edit->now_ms = c->now_ms;
    edit->classic = c->classic;
    if (r53__target_list_edit(&list, &c->cloud->memory, edit) != R53_OK)
        return r53__remark_nomem(c->report);
    if (r53__table_stage(table, r53__span(c->group->arn), list) != R53_OK) {
        r53__object_unref(list);
        return r53__remark_nomem(c->report);
    }
    /* ELB-LIM-09 .. -12, -15: what all groups of the load balancer hold then */
    return edit->joins ? r53__quota_users(c->cloud, c->group->arn, c->target.id, c->report)
                       : R53_OK;
}

/* Doors */

/* The target that the request names, but for what the group says of it. */
static int32_t target_read(struct change *c, r53_target *out, const r53_target *target)
{
    struct spec spec = {.report = c->report};
    r53_target in;

    if (!r53__spec_read(&spec, &in, sizeof(in), target))
        return spec.error;
    *out = in;
    c->target.id = in.id ? in.id : "";
    c->target.zone = in.availability_zone ? in.availability_zone : "";
    if (!*c->target.id || in.port < 0 || in.port > PORT_MAX) /* ELB-VAL-01 */
        return refuse(c, R53_E_INVALID, RULE_ELB_VAL_23, "ValidationError",
                      "A target needs an id, and a port between 1 and 65535");
    if (in.quic_server_id && !r53__target_quic_read(&c->target, in.quic_server_id))
        return refuse(
            c, R53_E_INVALID, RULE_ELB_NLB_04, "ValidationError",
            "The QuicServerId of the target '{0}' is not 0x and 16 lower-case hexadecimal "
            "digits");
    return R53_OK;
}

static int32_t begin(struct change *c, r53_cloud *cloud, const char *arn, const r53_target *target,
                     r53_report *report)
{
    static const struct target_list none;
    const struct load_balancer *lb;
    const struct target_list *old;
    r53_target in = {.port = 0};
    int32_t rc;

    c->cloud = cloud;
    c->report = report;
    rc = target_read(c, &in, target);
    if (rc)
        return rc;
    c->group = r53__table_find(&cloud->tables[CLOUD_TARGET_GROUPS], r53__span(arn));
    if (!c->group)
        return r53__remark(report, &(struct remark){.code = R53_E_NOT_FOUND,
                                                    .rule = RULE_ELB_VAL_20,
                                                    .aws_name = "TargetGroupNotFound",
                                                    .format = "One or more target groups not found",
                                                    .path = arn});
    lb = r53__table_find(&cloud->tables[CLOUD_LOAD_BALANCERS], r53__span(arn));
    c->classic = lb && lb->type == R53_LB_CLASSIC;
    c->target.port = in.port && !c->classic ? in.port : c->group->port;
    old = r53__table_staged(&cloud->tables[CLOUD_TARGETS], r53__span(arn));
    c->old = old ? old : &none;
    return R53_OK;
}

/* Time that goes backwards stands still: no earlier than what drains since. */
static void clock_set(struct change *c, int64_t now_ms)
{
    c->now_ms = now_ms;
    for (uint32_t i = 0; i < c->old->n_targets; i++) {
        const struct target *target = &c->old->targets[i];

        if (target->draining && target->draining_since_ms > c->now_ms)
            c->now_ms = target->draining_since_ms;
    }
}

/* Stages one registration. */
static int32_t join(struct change *c)
{
    static int32_t (*const checks[])(const struct change *) = {zone_check, id_check, draining_check,
                                                               room_check};
    const struct target *known =
        r53__target_find(c->old, c->group, c->target.id, c->target.port, c->target.zone);
    int32_t rc = R53_OK;

    if (known && !known->draining)
        return R53_OK; /* ELB-VAL-11 */
    for (size_t i = 0; i < sizeof(checks) / sizeof(*checks) && rc == R53_OK; i++)
        rc = checks[i](c);
    return rc ? rc : list_replace(c, &(struct target_edit){.replaced = known, .joins = &c->target});
}

/* Stages one deregistration. */
static int32_t leave(struct change *c)
{
    const struct target *known =
        r53__target_find(c->old, c->group, c->target.id, c->target.port, c->target.zone);

    if (!known || known->draining)
        return R53_OK; /* ELB-VAL-11 */
    return list_replace(c, &(struct target_edit){.drains = known});
}

/* What all calls of both doors are given. */
struct request {
    r53_cloud *cloud;
    const char *arn;
    int64_t now_ms;
    r53_report *report;
};

static int32_t change_stage(const struct request *request, const r53_target *target,
                            const char *path, int32_t (*stage)(struct change *c))
{
    struct change c = {.path = path};
    int32_t rc = begin(&c, request->cloud, request->arn, target, request->report);

    if (rc)
        return rc;
    clock_set(&c, request->now_ms);
    return stage(&c);
}

static int32_t no_request(r53_report *report)
{
    return r53__remark(report, &(struct remark){.format = "no cloud, or no targets"});
}

static int32_t change_one(const struct request *request, const r53_target *target,
                          int32_t (*stage)(struct change *c))
{
    if (!request->cloud)
        return no_request(request->report);
    return r53__cloud_end(request->cloud, change_stage(request, target, "Targets", stage));
}

static int32_t change_all(const struct request *request, const r53_target *const *targets, size_t n,
                          int32_t (*stage)(struct change *c))
{
    int32_t rc = R53_OK;

    if (!request->cloud || (n && !targets))
        return no_request(request->report);
    for (size_t i = 0; i < n && rc == R53_OK; i++) {
        char path[sizeof("Targets[]") + NUMBER_TEXT_MAX];
        struct text text;

        r53__text_init(&text, path, sizeof(path));
        r53__put(&text, "Targets[");
        r53__put_i64(&text, (int64_t)i);
        r53__put_char(&text, ']');
        rc = change_stage(request, targets[i], path, stage);
    }
    return r53__cloud_end(request->cloud, rc);
}

int32_t r53_target_register(r53_cloud *cloud, const char *target_group_arn,
                            const r53_target *target, int64_t now_ms, r53_report *report)
{
    return change_one(&(struct request){cloud, target_group_arn, now_ms, report}, target, join);
}

int32_t r53_target_deregister(r53_cloud *cloud, const char *target_group_arn,
                              const r53_target *target, int64_t now_ms, r53_report *report)
{
    return change_one(&(struct request){cloud, target_group_arn, now_ms, report}, target, leave);
}

int32_t r53_targets_register(r53_cloud *cloud, const char *target_group_arn,
                             const r53_target *const *targets, size_t n, int64_t now_ms,
                             r53_report *report)
{
    return change_all(&(struct request){cloud, target_group_arn, now_ms, report}, targets, n, join);
}

int32_t r53_targets_deregister(r53_cloud *cloud, const char *target_group_arn,
                               const r53_target *const *targets, size_t n, int64_t now_ms,
                               r53_report *report)
{
    return change_all(&(struct request){cloud, target_group_arn, now_ms, report}, targets, n,
                      leave);
}
