#include "model/elb_quota.h"

#include "base/report.h"
#include "base/rules.h"
#include "model/arn.h"
#include "model/elb_quota_use.h"
#include "model/forward_walk.h"

#include <string.h>

#define APPLICATION (1u << R53_LB_APPLICATION)
#define NETWORK     (1u << R53_LB_NETWORK)
#define GATEWAY     (1u << R53_LB_GATEWAY)
#define CLASSIC     (1u << R53_LB_CLASSIC)

struct quota {
    size_t most;
    int32_t rule;
    const char *aws_name;
    const char *what; /* behind the number */
};

/* {0}: whose quota it is. */
static int32_t quota_check(const struct quota *quota, size_t had, size_t has, const char *whose,
                           r53_report *report)
{
    char most[NUMBER_TEXT_MAX];

    if (has <= quota->most || has <= had || had > quota->most)
        return R53_OK;
    r53__number_print(most, (int64_t)quota->most);
    return r53__remark(report,
                       &(struct remark){.code = R53_E_LIMIT,
                                        .rule = quota->rule,
                                        .aws_name = quota->aws_name,
                                        .format = "The maximum number of {2} is {1}; '{0}' would "
                                                  "go beyond it",
                                        .args = {whose, most, quota->what}});
}

/* Of an account in a Region */

static const struct quota balancer_quotas[] = {
    [R53_LB_APPLICATION] = {50, RULE_ELB_LIM_01, "TooManyLoadBalancers",
                            "Application Load Balancers per Region"},
    [R53_LB_NETWORK] = {50, RULE_ELB_LIM_01, "TooManyLoadBalancers",
                        "Network Load Balancers per Region"},
    [R53_LB_GATEWAY] = {100, RULE_ELB_LIM_02, "TooManyLoadBalancers",
                        "Gateway Load Balancers per Region"},
    [R53_LB_CLASSIC] = {20, RULE_ELB_LIM_03, "TooManyLoadBalancers",
                        "Classic Load Balancers per Region"},
};
static const struct quota vpc_quota = {100, RULE_ELB_LIM_02, "TooManyLoadBalancers",
                                       "Gateway Load Balancers per VPC"};

int32_t r53__quota_balancer(const r53_cloud *cloud, const struct load_balancer *lb,
                            r53_report *report)
{
    size_t n = 0, in_vpc = 0;
    int32_t rc;

    for (size_t i = 0; i < cloud->tables[CLOUD_LOAD_BALANCERS].count; i++) {
        const struct load_balancer *other = r53__cloud_at(cloud, CLOUD_LOAD_BALANCERS, i, false);

        if (!other || other->type != lb->type || !r53__arn_together(other->arn, lb->arn))
            continue;
        n++;
        in_vpc += lb->vpc_id[0] && strcmp(other->vpc_id, lb->vpc_id) == 0;
    }
    rc = quota_check(&balancer_quotas[lb->type], n, n + 1, lb->arn, report);
    if (rc || lb->type != R53_LB_GATEWAY)
        return rc;
    return quota_check(&vpc_quota, in_vpc, in_vpc + 1, lb->arn, report);
}

int32_t r53__quota_group(const r53_cloud *cloud, const struct target_group *group,
                         r53_report *report)
{
    static const struct quota quotas[] = {
        {3000, RULE_ELB_LIM_04, "TooManyTargetGroups", "target groups per Region"},
        {100, RULE_ELB_LIM_04, "TooManyTargetGroups", "target groups of GENEVE per Region"}};
    bool geneve = group->protocol == R53_PROTOCOL_GENEVE;
    size_t n = 0;

    for (size_t i = 0; i < cloud->tables[CLOUD_TARGET_GROUPS].count; i++) {
        const struct target_group *other = r53__cloud_at(cloud, CLOUD_TARGET_GROUPS, i, false);

        /* one under a load balancer's ARN is a Classic one's own, and none of AWS's */
        n += other && (other->protocol == R53_PROTOCOL_GENEVE) == geneve &&
             r53__arn_together(other->arn, group->arn) &&
             !r53__cloud_find(cloud, CLOUD_LOAD_BALANCERS, other->arn, false);
    }
    return quota_check(&quotas[geneve], n, n + 1, group->arn, report);
}

/* Of one load balancer */

#define USE(member) offsetof(struct quota_use, member)

/* When only load balancers with or without cross-zone balancing have the quota. */
enum crossing { ALWAYS, ACROSS, WITHIN };

static const struct use_quota {
    uint32_t kinds;
    enum crossing crossing;
    size_t member;
    struct quota quota;
} use_quotas[] = {
    {APPLICATION | NETWORK,
     ALWAYS,
     USE(listeners),
     {50, RULE_ELB_LIM_05, "TooManyListeners", "listeners"}},
    {GATEWAY, ALWAYS, USE(listeners), {1, RULE_ELB_LIM_05, "TooManyListeners", "listeners"}},
    {CLASSIC, ALWAYS, USE(listeners), {100, RULE_ELB_LIM_05, "TooManyListeners", "listeners"}},
    {APPLICATION | NETWORK,
     ALWAYS,
     USE(rules),
     {100, RULE_ELB_LIM_06, "TooManyRules", "rules, default ones not counted"}},
    {APPLICATION | NETWORK,
     ALWAYS,
     USE(certificates),
     {25, RULE_ELB_LIM_07, "TooManyCertificates", "certificates, default ones not counted"}},
    {APPLICATION,
     ALWAYS,
     USE(groups),
     {100, RULE_ELB_LIM_08, "TooManyUniqueTargetGroupsPerLoadBalancer", "target groups"}},
    {APPLICATION, ALWAYS, USE(targets), {1000, RULE_ELB_LIM_09, "TooManyTargets", "targets"}},
    {NETWORK, ALWAYS, USE(targets), {3000, RULE_ELB_LIM_10, "TooManyTargets", "targets"}},
    {NETWORK,
     ACROSS,
     USE(targets),
     {500, RULE_ELB_LIM_10, "TooManyTargets", "targets with cross-zone load balancing"}},
    {NETWORK,
     WITHIN,
     USE(zone_targets),
     {500, RULE_ELB_LIM_10, "TooManyTargets", "targets in one zone"}},
    {GATEWAY,
     ALWAYS,
     USE(group_targets),
     {300, RULE_ELB_LIM_12, "TooManyTargets", "targets of a target group in one zone"}},
    {APPLICATION,
     ALWAYS,
     USE(registrations),
     {1000, RULE_ELB_LIM_15, "TooManyRegistrationsForTargetId", "registrations of one target"}},
    {APPLICATION,
     ALWAYS,
     USE(verifying),
     {2, RULE_ELB_LIM_20, "InvalidConfigurationRequest", "listeners that verify clients"}},
};

static bool has_quota(const struct use_quota *row, const struct load_balancer *lb)
{
    return row->kinds & 1u << lb->type &&
           (row->crossing == ALWAYS || (row->crossing == ACROSS) == lb->cross_zone);
}

static size_t used(const struct quota_use *use, const struct use_quota *row)
{
    size_t n;

    memcpy(&n, (const char *)use + row->member, sizeof(n));
    return n;
}

static int32_t uses_compare(const struct load_balancer *lb, const struct quota_use *had,
                            const struct quota_use *has, r53_report *report)
{
    int32_t rc = R53_OK;

    for (size_t i = 0; i < sizeof(use_quotas) / sizeof(*use_quotas) && rc == R53_OK; i++) {
        const struct use_quota *row = &use_quotas[i];

        if (has_quota(row, lb))
            rc = quota_check(&row->quota, used(had, row), used(has, row), lb->arn, report);
    }
    return rc;
}

int32_t r53__quota_use(const r53_cloud *cloud, const char *load_balancer_arn, r53_report *report)
{
    const struct load_balancer *lb =
        r53__cloud_find(cloud, CLOUD_LOAD_BALANCERS, load_balancer_arn, true);
    struct quota_user before = {.cloud = cloud, .lb = lb};
    struct quota_user after = {.cloud = cloud, .lb = lb, .staged = true};
    struct quota_use had, has;

    if (!lb)
        return R53_OK;
    if (r53__quota_use_count(&before, &had) != R53_OK ||
        r53__quota_use_count(&after, &has) != R53_OK)
        return r53__remark_nomem(report);
    return uses_compare(lb, &had, &has, report);
}

/* Of registrations */

static int32_t behind_fill(struct quota_user *user, struct attachment_list behind)
{
    int32_t rc = R53_OK;

    for (uint32_t i = 0; i < behind.n && rc == R53_OK; i++) {
        const struct attachment *attachment = behind.at[i];

        rc = r53__table_stage(&user->groups, r53__span(attachment->target_group_arn), NULL);
    }
    return rc;
}

/* Nothing but what is behind the load balancer changes. */
static int32_t behind_judge(struct quota_user *user, struct attachment_list behind,
                            r53_report *report)
{
    struct quota_use had = {0}, has = {0};
    int32_t rc;

    r53__table_init(&user->groups, &user->cloud->memory);
    rc = behind_fill(user, behind);
    if (rc == R53_OK) {
        r53__quota_groups_count(user, &had);
        user->staged = true;
        r53__quota_groups_count(user, &has);
    }
    r53__table_free(&user->groups);
    return rc ? r53__remark_nomem(report) : uses_compare(user->lb, &had, &has, report);
}

int32_t r53__quota_users(r53_cloud *cloud, const char *target_group_arn, const char *target_id,
                         r53_report *report)
{
    const struct attachments *attachments = r53__cloud_attachments(cloud);
    struct attachment_list users;
    int32_t rc = R53_OK;

    if (!attachments)
        return r53__remark_nomem(report);
    users = r53__attachments_of(attachments, target_group_arn);
    for (uint32_t i = 0; i < users.n && rc == R53_OK; i++) {
        const char *arn = ((const struct attachment *)users.at[i])->load_balancer_arn;
        struct quota_user user = {.cloud = cloud,
                                  .lb = r53__cloud_find(cloud, CLOUD_LOAD_BALANCERS, arn, false),
                                  .target_id = target_id};

        rc = behind_judge(&user, r53__attachments_behind(attachments, arn), report);
    }
    return rc;
}
