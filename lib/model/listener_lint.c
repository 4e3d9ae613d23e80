#include "model/listener_lint.h"

#include "base/report.h"
#include "base/rules.h"
#include "model/forward_check.h"
#include "model/load_balancer.h"
#include "model/rule.h"
#include "model/rule_check.h"
#include "model/target_group.h"

struct lint {
    const struct r53_cloud *cloud;
    struct checker checker;
    struct table users;   /* target groups -> the load balancer that forwards to each first */
    struct table on_udp;  /* ids: load balancers with a UDP or TCP_UDP listener */
    struct table on_quic; /* ids: load balancers with a QUIC or TCP_QUIC listener so far */
};

static bool has(const struct table *table, const char *id)
{
    return r53__table_slot(table, r53__span(id)) >= 0;
}

/* ELB-LSN-07: what QUIC may stand beside. */
static int32_t quic_check(struct lint *in, const struct forward_site *at)
{
    if (!r53__listener_speaks(at->listener, QUIC_BITS))
        return R53_OK;
    if (has(&in->on_udp, at->lb->arn))
        r53__breach_as(&in->checker, NULL, RULE_ELB_LSN_07,
                       "listener '{0}' speaks QUIC, but '{1}' has a UDP listener too", at->id,
                       at->lb->arn);
    if (has(&in->on_quic, at->lb->arn))
        r53__breach_as(&in->checker, NULL, RULE_ELB_LSN_07,
                       "listener '{0}' speaks QUIC, but '{1}' has such a listener already", at->id,
                       at->lb->arn);
    return r53__table_stage(&in->on_quic, r53__span(at->lb->arn), NULL);
}

/* Actions */

/* ELB-TG-05, ELB-LIM-16 */
static int32_t user_check(struct lint *in, const struct forward_site *at,
                          const struct target_group *group)
{
    const struct load_balancer *first = r53__table_staged(&in->users, r53__span(group->arn));

    if (!first)
        return r53__table_give(&in->users, r53__span(group->arn), r53__object_ref(at->lb));
    if (first != at->lb)
        r53__breach_as(
            &in->checker, "TargetGroupAssociationLimit", RULE_ELB_TG_05,
            "'{0}' forwards to the target group '{1}', which another load balancer uses already",
            at->id, group->arn);
    return R53_OK;
}

static int32_t users_check(struct lint *in, const struct forward_site *at,
                           const struct action *action)
{
    const struct table *groups = &in->cloud->tables[CLOUD_TARGET_GROUPS];
    int32_t rc = R53_OK;

    for (uint32_t i = 0; !rc && i < action->n_groups; i++) {
        const struct target_group *group =
            r53__table_staged(groups, r53__span(action->groups[i].target_group_arn));

        rc = group ? user_check(in, at, group) : R53_OK;
    }
    return rc;
}

static int32_t actions_check(struct lint *in, const struct forward_site *at,
                             const struct action *actions, uint32_t n)
{
    int32_t rc = R53_OK;

    for (uint32_t i = 0; !rc && i < n; i++) {
        r53__forward_check(&in->checker, in->cloud, at, &actions[i]);
        rc = users_check(in, at, &actions[i]);
    }
    return rc;
}

/* Walks */

static bool place_find(const struct lint *in, const struct listener *listener, const char *id,
                       struct forward_site *at)
{
    *at = (struct forward_site){.id = id, .listener = listener};
    if (listener)
        at->lb = r53__table_staged(&in->cloud->tables[CLOUD_LOAD_BALANCERS],
                                   r53__span(listener->load_balancer_arn));
    return at->lb != NULL;
}

static int32_t udp_gather(struct lint *in, const struct listener *listener)
{
    if (!r53__listener_speaks(listener, UDP_BITS))
        return R53_OK;
    return r53__table_stage(&in->on_udp, r53__span(listener->load_balancer_arn), NULL);
}

static int32_t listener_check(struct lint *in, const struct listener *listener, const char *id)
{
    struct forward_site at;
    int32_t rc;

    if (!place_find(in, listener, id, &at))
        return R53_OK;
    r53__listener_check(&in->checker, &at);
    rc = quic_check(in, &at);
    if (rc || listener->arn[0] == '\0') /* Classic: its group is its own */
        return rc;
    return actions_check(in, &at, listener->actions, listener->n_actions);
}

static int32_t rule_check(struct lint *in, const struct rule *rule)
{
    const struct listener *listener =
        r53__table_staged(&in->cloud->tables[CLOUD_LISTENERS], r53__span(rule->listener_arn));
    struct forward_site at;

    if (!place_find(in, listener, rule->arn, &at))
        return R53_OK;
    return actions_check(in, &at, rule->actions, rule->n_actions);
}

static int32_t all_check(struct lint *in, const struct table *listeners, const struct table *rules)
{
    int32_t rc = R53_OK;

    for (size_t i = 0; !rc && i < listeners->count; i++) {
        const struct listener *listener = r53__table_at(listeners, (int32_t)i);

        rc = listener ? udp_gather(in, listener) : R53_OK;
    }
    for (size_t i = 0; !rc && i < listeners->count; i++) {
        const struct listener *listener = r53__table_at(listeners, (int32_t)i);

        rc = listener ? listener_check(in, listener, r53__table_id(listeners, (int32_t)i)) : R53_OK;
    }
    for (size_t i = 0; !rc && i < rules->count; i++) {
        const struct rule *rule = r53__table_at(rules, (int32_t)i);

        rc = rule ? rule_check(in, rule) : R53_OK;
    }
    return rc;
}

int32_t r53__listener_lint(const struct r53_cloud *cloud, const struct table *listeners,
                           const struct table *rules, r53_report *report)
{
    struct lint in = {.cloud = cloud,
                      .checker = {.report = report,
                                  .severity = R53_SEVERITY_WARNING,
                                  .aws_name = "InvalidConfigurationRequest"}};
    struct table *const tables[] = {&in.users, &in.on_udp, &in.on_quic};
    int32_t rc;

    for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++)
        r53__table_init(tables[i], &cloud->memory);
    rc = all_check(&in, listeners, rules);
    for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++)
        r53__table_free(tables[i]);
    return rc;
}
