#include "model/elb_quota_use.h"

#include "model/forward_walk.h"
#include "model/target_group.h"

#include <string.h>

/* ELB-LIM-11: what a load balancer counts as a target, also with cross-zone balancing. */
enum { ALB_TARGET_WEIGHT = 50, ALB_TARGET_CROSS_WEIGHT = 100 };

static int32_t place_count(struct quota_user *user, const struct forward_place *place,
                           struct quota_use *use)
{
    const struct listener *listener = place->listener;

    if (place->rule) {
        use->rules += place->rule->priority != PRIORITY_DEFAULT;
    } else {
        use->listeners++;
        use->verifying += listener->mutual == R53_MTLS_VERIFY;
        for (uint32_t i = 0; i < listener->n_certificates; i++)
            use->certificates += !listener->certificates[i].is_default;
    }
    for (uint32_t i = 0; i < place->n_actions; i++) {
        for (uint32_t j = 0; j < place->actions[i].n_groups; j++) {
            struct span arn = r53__span(place->actions[i].groups[j].target_group_arn);

            if (r53__table_stage(&user->groups, arn, NULL) != R53_OK)
                return R53_E_NOMEM;
        }
    }
    return R53_OK;
}

/* ELB-TG-07: what was said of the target, else where its instance is; "": not known. */
static const char *zone_of(const struct quota_user *user, const struct target *target)
{
    const struct instance *instance;

    if (target->zone[0])
        return target->zone;
    instance = r53__cloud_find(user->cloud, CLOUD_INSTANCES, target->id, user->staged);
    return instance ? instance->zone_name : "";
}

static size_t weight_of(const struct quota_user *user, const struct target_group *group)
{
    if (group->target_type != R53_TARGET_ALB)
        return 1;
    return user->lb->cross_zone ? ALB_TARGET_CROSS_WEIGHT : ALB_TARGET_WEIGHT; /* ELB-LIM-11 */
}

static bool stands_in(const struct quota_user *user, const struct target_group *group,
                      const struct target *target, const char *zone)
{
    return group->target_type == R53_TARGET_ALB || strcmp(zone_of(user, target), zone) == 0;
}

/* Targets of the group that are not on their way out; in one zone, or, NULL, all. */
static size_t targets_count(const struct quota_user *user, const char *arn, const char *zone)
{
    const struct target_group *group =
        r53__cloud_find(user->cloud, CLOUD_TARGET_GROUPS, arn, user->staged);
    const struct target_list *list = r53__cloud_find(user->cloud, CLOUD_TARGETS, arn, user->staged);
    size_t n = 0;

    for (uint32_t i = 0; group && list && i < list->n_targets; i++)
        n += !list->targets[i].draining &&
             (!zone || stands_in(user, group, &list->targets[i], zone));
    return n * (group ? weight_of(user, group) : 0);
}

static size_t registrations_count(const struct quota_user *user, const char *arn)
{
    const struct target_list *list = r53__cloud_find(user->cloud, CLOUD_TARGETS, arn, user->staged);
    size_t n = 0;

    for (uint32_t i = 0; list && i < list->n_targets; i++)
        n += !list->targets[i].draining && strcmp(list->targets[i].id, user->target_id) == 0;
    return n;
}

static void zone_count(const struct quota_user *user, const char *zone, struct quota_use *use)
{
    size_t sum = 0;

    for (size_t i = 0; i < user->groups.count; i++) {
        size_t n = targets_count(user, r53__table_id(&user->groups, (int32_t)i), zone);

        sum += n;
        use->group_targets = n > use->group_targets ? n : use->group_targets;
    }
    use->zone_targets = sum > use->zone_targets ? sum : use->zone_targets;
}

void r53__quota_groups_count(const struct quota_user *user, struct quota_use *use)
{
    use->groups = user->groups.count;
    for (size_t i = 0; i < user->groups.count; i++) {
        const char *arn = r53__table_id(&user->groups, (int32_t)i);

        use->targets += targets_count(user, arn, NULL);
        if (user->target_id)
            use->registrations += registrations_count(user, arn);
    }
    for (uint32_t i = 0; i < user->lb->n_nodes && user->lb->type != R53_LB_APPLICATION; i++)
        zone_count(user, user->lb->nodes[i].zone_name, use);
}

int32_t r53__quota_use_count(struct quota_user *user, struct quota_use *use)
{
    struct forward_walk walk = {.cloud = user->cloud, .staged = user->staged};
    struct forward_place place;
    int32_t rc = R53_OK;

    *use = (struct quota_use){0};
    r53__table_init(&user->groups, &user->cloud->memory);
    while (rc == R53_OK && r53__forward_next(&walk, &place)) {
        if (place.listener && strcmp(place.listener->load_balancer_arn, user->lb->arn) == 0)
            rc = place_count(user, &place, use);
    }
    if (rc == R53_OK)
        r53__quota_groups_count(user, use);
    r53__table_free(&user->groups);
    return rc;
}
