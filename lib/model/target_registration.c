/*
 * The change door of registrations: AWS's RegisterTargets and DeregisterTargets, of one target or
 * of several: each is staged on top of what those before it staged, and all are committed together.
 *
 * A list keeps what drains, since it is told of until the deregistration delay is over; what is
 * over by then goes out whenever the list is written anew, unless flows may be left on it.
 *
 * A target registered again while it drains is the same target: what is in progress there goes on
 * and is no longer cut when the delay would have been over, so it keeps its ordinal, by which that
 * is remembered. Its health begins anew (ELB-DRAIN-06): that is remembered by the number of the
 * registration, which is another one.
 */
#include "model/cloud.h"
#include "model/elb_quota.h"
#include "model/load_balancer.h"
#include "model/target_fault.h"

#include <string.h>

enum {
    TARGETS_MAX = 1000, /* ELB-LIM-09, ELB-LIM-17 */
    GONE_MOST = 1000 /* kept after their delay, the last registered; lists do not grow for ever */
};

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

    return fault ? refuse(c, R53_E_INVALID, fault->rule, fault->aws_name, fault->text) : R53_OK;
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

/* ELB-DRAIN-06: an address of an Application Load Balancer's group waits until the delay is over.
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

/* Lists */

/* What the request does to the old list; members may be NULL. */
struct edit {
    const struct target *drains;   /* begins to */
    const struct target *replaced; /* drains, and is registered again */
    bool joins;
};

/* Do flows go on after the delay, nobody knows how long? (ELB-DRAIN-04, ELB-GWLB-06) */
static bool outlived(const struct change *c)
{
    const struct target_group *group = c->group;

    if (group->protocol == R53_PROTOCOL_GENEVE)
        return group->failover_on_deregistration == R53_FAILOVER_NO_REBALANCE;
    return group->protocol && !c->classic && !is_application(group) &&
           !group->connection_termination;
}

/* What the request makes of a target of the old list. */
static struct target edited(const struct change *c, const struct edit *edit,
                            const struct target *from)
{
    struct target to = *from;

    if (from == edit->drains) {
        to.draining = true;
        to.draining_since_ms = c->now_ms;
    }
    return to;
}

/* Targets whose delay is over, but for one that is registered again. */
static uint32_t gone_count(const struct change *c, const struct edit *edit)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < c->old->n_targets; i++) {
        const struct target *from = &c->old->targets[i], to = edited(c, edit, from);

        n += from != edit->replaced && !r53__target_held(c->group, &to, c->now_ms);
    }
    return n;
}

/* What stays of the old list: of targets whose delay is over those that flows may be left on. */
static uint32_t list_copy(const struct change *c, const struct edit *edit, struct spec *spec,
                          struct target *out)
{
    uint32_t gone = gone_count(c, edit), most = outlived(c) ? GONE_MOST : 0;
    uint32_t to_drop = gone > most ? gone - most : 0, n = 0;

    for (uint32_t i = 0; i < c->old->n_targets; i++) {
        struct target to = edited(c, edit, &c->old->targets[i]);

        if (&c->old->targets[i] == edit->replaced)
            continue;
        if (to_drop > 0 && !r53__target_held(c->group, &to, c->now_ms)) {
            to_drop--;
            continue;
        }
        to.id = r53__spec_text(spec, to.id);
        to.zone = r53__spec_text(spec, to.zone);
        out[n++] = to;
    }
    return n;
}

/* ELB-SLOW-03: does the group hold none but those registered in the same call, at this time? */
static bool founds(const struct change *c)
{
    for (uint32_t i = 0; i < c->old->n_targets; i++) {
        const struct target *target = &c->old->targets[i];

        if (!target->draining && !(target->founding && target->registered_ms == c->now_ms))
            return false;
    }
    return true;
}

/* Puts the registered target at the place of its ordinal: the last, unless it is one of before. */
static void list_join(const struct change *c, const struct target *replaced, struct spec *spec,
                      struct target_list *list, struct target *targets)
{
    bool again = replaced && (r53__target_held(c->group, replaced, c->now_ms) || outlived(c));
    uint32_t at = list->n_targets++;
    struct target target = {.id = r53__spec_text(spec, c->target.id),
                            .zone = r53__spec_text(spec, c->target.zone),
                            .port = c->classic ? 0 : c->target.port,
                            .ordinal = again ? replaced->ordinal : list->next_ordinal,
                            .registration = list->next_ordinal,
                            .founding = founds(c),
                            .registered_ms = c->now_ms,
                            .quic_server_id = c->target.quic_server_id,
                            .has_quic_server_id = c->target.has_quic_server_id};

    list->next_ordinal++;
    for (; at > 0 && targets[at - 1].ordinal > target.ordinal; at--)
        targets[at] = targets[at - 1];
    targets[at] = target;
}

static int32_t list_replace(const struct change *c, const struct edit *edit)
{
    struct table *table = &c->cloud->tables[CLOUD_TARGETS];
    struct target_list *list = r53__object_new(&c->cloud->memory, sizeof(*list));
    struct spec spec = r53__spec(list ? &list->head.arena : NULL, NULL);
    struct target *targets =
        r53__spec_alloc(&spec, (size_t)c->old->n_targets + 1, sizeof(*targets));

    if (targets) {
        list->next_ordinal = c->old->next_ordinal;
        list->n_targets = list_copy(c, edit, &spec, targets);
        list->targets = targets;
    }
    if (targets && edit->joins)
        list_join(c, edit->replaced, &spec, list, targets);
    if (spec.error || r53__table_stage(table, r53__span(c->group->arn), list) != R53_OK) {
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
    return rc ? rc : list_replace(c, &(struct edit){.replaced = known, .joins = true});
}

/* Stages one deregistration. */
static int32_t leave(struct change *c)
{
    const struct target *known =
        r53__target_find(c->old, c->group, c->target.id, c->target.port, c->target.zone);

    if (!known || known->draining)
        return R53_OK; /* ELB-VAL-11 */
    return list_replace(c, &(struct edit){.drains = known});
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
