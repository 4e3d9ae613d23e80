/* The change door of target groups: AWS's CreateTargetGroup and DeleteTargetGroup. */
#include <r53/elb_change.h>

#include "base/report.h"
#include "model/arn.h"
#include "model/elb_find.h"
#include "model/elb_name.h"
#include "model/elb_quota.h"
#include "model/forward_check.h"
#include "model/forward_walk.h"
#include "model/rule_check.h"

#include <string.h>

/* Create */

/* ELB-TG-03: protocols by the type of target; functions have none. */
static const uint32_t protocols_of[] = {
    [R53_TARGET_INSTANCE] = HTTP_BITS | PROTOCOL_BIT(R53_PROTOCOL_TCP) |
                            PROTOCOL_BIT(R53_PROTOCOL_TLS) | UDP_BITS | QUIC_BITS |
                            PROTOCOL_BIT(R53_PROTOCOL_GENEVE),
    [R53_TARGET_IP] = HTTP_BITS | PROTOCOL_BIT(R53_PROTOCOL_TCP) | PROTOCOL_BIT(R53_PROTOCOL_TLS) |
                      UDP_BITS | QUIC_BITS | PROTOCOL_BIT(R53_PROTOCOL_GENEVE),
    [R53_TARGET_ALB] = PROTOCOL_BIT(R53_PROTOCOL_TCP),
};

/* What the sealing does not ask for, as an import may not have been told it. */
static void protocol_check(struct checker *checker, const struct target_group *group)
{
    if (group->target_type == R53_TARGET_LAMBDA)
        return;
    if (group->protocol == 0)
        r53__breach_as(checker, NULL, RULE_ELB_TG_03,
                       "A protocol must be specified for target group '{0}'", group->name, NULL);
    else if (!(protocols_of[group->target_type] & PROTOCOL_BIT(group->protocol)))
        r53__breach_as(checker, "InvalidConfigurationRequest", RULE_ELB_TG_03,
                       "The protocol '{1}' is not supported for the targets of target group '{0}'",
                       group->name, r53_protocol_name(group->protocol));
    if (group->port == 0)
        r53__breach_as(checker, NULL, RULE_ELB_TG_04,
                       "A port must be specified for target group '{0}'", group->name, NULL);
    if (group->ip_address_type == R53_IP_IPV6 && group->target_type == R53_TARGET_ALB)
        r53__breach_as(checker, "InvalidConfigurationRequest", RULE_ELB_IP_05,
                       "The IP address type 'ipv6' is not supported for target group '{0}', whose "
                       "target is a load balancer",
                       group->name, NULL);
}

static bool codes_alike(const struct target_group *a, const struct target_group *b)
{
    for (uint32_t i = 0; i < a->n_codes && i < b->n_codes; i++) {
        if (a->codes[i].first != b->codes[i].first || a->codes[i].last != b->codes[i].last)
            return false;
    }
    return a->n_codes == b->n_codes;
}

static bool checked_alike(const struct target_group *a, const struct target_group *b)
{
    return a->health_checked == b->health_checked &&
           a->health_check_protocol == b->health_check_protocol &&
           a->health_check_interval_seconds == b->health_check_interval_seconds &&
           a->health_check_timeout_seconds == b->health_check_timeout_seconds &&
           a->healthy_threshold_count == b->healthy_threshold_count &&
           a->unhealthy_threshold_count == b->unhealthy_threshold_count &&
           strcmp(a->health_check_port, b->health_check_port) == 0 &&
           strcmp(a->health_check_path, b->health_check_path) == 0 && codes_alike(a, b);
}

/* ELB-VAL-12: what AWS's request says, which are no attributes. */
static bool asked_alike(const struct target_group *a, const struct target_group *b)
{
    bool vpcs_known = a->vpc_id[0] && b->vpc_id[0];

    return a->protocol == b->protocol && a->port == b->port && a->target_type == b->target_type &&
           a->ip_address_type == b->ip_address_type && a->protocol_version == b->protocol_version &&
           checked_alike(a, b) && !(vpcs_known && strcmp(a->vpc_id, b->vpc_id) != 0);
}

/* ELB-TG-02: the other group of this name in its account and Region, NULL: none. */
static const struct target_group *namesake_find(const r53_cloud *cloud,
                                                const struct target_group *group)
{
    for (size_t i = 0; i < cloud->tables[CLOUD_TARGET_GROUPS].count; i++) {
        const struct target_group *other = r53__cloud_at(cloud, CLOUD_TARGET_GROUPS, i, false);

        if (other && other->name[0] && strcmp(other->name, group->name) == 0 &&
            r53__arn_together(other->arn, group->arn) &&
            !r53__cloud_find(cloud, CLOUD_LOAD_BALANCERS, other->arn, false)) /* not a Classic's */
            return other;
    }
    return NULL;
}

static int32_t namesake_judge(const struct target_group *group, const struct target_group *other,
                              r53_report *report)
{
    if (!asked_alike(other, group))
        return r53__refuse(
            report, R53_E_EXISTS, RULE_ELB_TG_02, "DuplicateTargetGroupName",
            "A target group with the name '{0}' exists already, with other settings: "
            "'{1}'",
            group->name, other->arn);
    r53__remark(report, &(struct remark){.severity = R53_SEVERITY_NOTE,
                                         .rule = RULE_ELB_VAL_12,
                                         .format = "the target group '{0}' is there already, as "
                                                   "'{1}'; nothing is changed",
                                         .args = {group->name, other->arn}});
    return R53_OK;
}

static int32_t creation_judge(const r53_cloud *cloud, const struct target_group *group,
                              const r53_target_group *in, r53_report *report)
{
    struct checker checker = {
        .report = report, .severity = R53_SEVERITY_ERROR, .aws_name = "ValidationError"};

    r53__elb_name_check(&checker, RULE_ELB_TG_02, "Target group", group->name);
    protocol_check(&checker, group);
    checker.aws_name = "InvalidConfigurationRequest";
    r53__attributes_check(&r53__target_group_attributes, in, r53__target_group_kinds(group),
                          &checker);
    if (checker.breaches)
        return R53_E_INVALID;
    if (r53__cloud_find(cloud, CLOUD_TARGET_GROUPS, group->arn, false) ||
        r53__cloud_find(cloud, CLOUD_LOAD_BALANCERS, group->arn, false))
        return r53__refuse(report, R53_E_EXISTS, RULE_ELB_VAL_22, "", "the ARN '{0}' is taken",
                           group->arn, NULL);
    return r53__quota_group(cloud, group, report);
}

/*
 * A list of no targets stays for the numbers it has given out, so that a group made anew under the
 * ARN gives none of them again, and nothing that was remembered of a target is taken for another's.
 */
static int32_t targets_remove(r53_cloud *cloud, struct span arn)
{
    struct table *table = &cloud->tables[CLOUD_TARGETS];
    const struct target_list *old = r53__table_find(table, arn);
    struct target_list *list;

    if (!old || old->next_ordinal == 0)
        return R53_OK;
    list = r53__object_new(&cloud->memory, sizeof(*list));
    if (!list)
        return R53_E_NOMEM;
    list->next_ordinal = old->next_ordinal;
    return r53__table_give(table, arn, list);
}

/* Takes the group. Targets that an import said of its ARN before it was there are not its own. */
static int32_t group_put(r53_cloud *cloud, struct target_group *group)
{
    struct span arn = r53__span(group->arn);
    int32_t rc = targets_remove(cloud, arn);

    if (rc) {
        r53__object_unref(group);
        return rc;
    }
    return r53__table_give(&cloud->tables[CLOUD_TARGET_GROUPS], arn, group);
}

int32_t r53_target_group_create(r53_cloud *cloud, const r53_target_group *group, r53_report *report)
{
    const struct target_group *namesake;
    struct target_group *sealed;
    r53_target_group in;
    int32_t rc;

    rc = r53__change_read(cloud, &in, sizeof(in), group, "target group", report);
    if (rc)
        return rc;
    rc = r53__target_group_new(&sealed, &cloud->memory, &in, DOOR_CHANGE, report);
    if (rc)
        return rc;
    namesake = namesake_find(cloud, sealed);
    rc = namesake ? namesake_judge(sealed, namesake, report)
                  : creation_judge(cloud, sealed, &in, report);
    if (rc || namesake) {
        r53__object_unref(sealed);
        return rc;
    }
    rc = group_put(cloud, sealed);
    return r53__cloud_end(cloud, rc ? r53__remark_nomem(report) : R53_OK);
}

/* Delete */

int32_t r53__target_group_remove(r53_cloud *cloud, const char *arn)
{
    int32_t rc = targets_remove(cloud, r53__span(arn));

    return rc ? rc : r53__table_stage(&cloud->tables[CLOUD_TARGET_GROUPS], r53__span(arn), NULL);
}

/* ELB-VAL-10 */
static int32_t deletion_judge(const r53_cloud *cloud, const char *arn, r53_report *report)
{
    struct forward_walk walk = {.cloud = cloud};
    struct forward_place place;

    while (r53__forward_next(&walk, &place)) {
        if (r53__place_forwards(&place, arn))
            return r53__refuse(report, R53_E_INVALID, RULE_ELB_VAL_10, "ResourceInUse",
                               "Target group '{0}' is currently in use by '{1}'", arn,
                               place.rule ? place.rule->arn : place.listener->arn);
    }
    return R53_OK;
}

int32_t r53_target_group_delete(r53_cloud *cloud, const char *target_group_arn, r53_report *report)
{
    int32_t rc;

    if (!cloud)
        return r53__remark(report, &(struct remark){.format = "no cloud given"});
    if (!r53__group_get(cloud, target_group_arn, report))
        return R53_E_NOT_FOUND;
    rc = deletion_judge(cloud, target_group_arn, report);
    if (rc)
        return rc;
    rc = r53__target_group_remove(cloud, target_group_arn);
    return r53__cloud_end(cloud, rc ? r53__remark_nomem(report) : R53_OK);
}
