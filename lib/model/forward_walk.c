#include "model/forward_walk.h"

#include <string.h>

const void *r53__cloud_find(const r53_cloud *cloud, enum cloud_kind kind, const char *id,
                            bool staged)
{
    const struct table *table = &cloud->tables[kind];

    return staged ? r53__table_staged(table, r53__span(id)) : r53__table_find(table, r53__span(id));
}

const void *r53__cloud_at(const r53_cloud *cloud, enum cloud_kind kind, size_t slot, bool staged)
{
    const struct table *table = &cloud->tables[kind];

    return staged ? r53__table_staged_at(table, (int32_t)slot)
                  : r53__table_at(table, (int32_t)slot);
}

static bool place_take(const struct forward_walk *walk, size_t at, struct forward_place *place)
{
    size_t n_listeners = walk->cloud->tables[CLOUD_LISTENERS].count;

    *place = (struct forward_place){0};
    if (at < n_listeners) {
        place->listener = r53__cloud_at(walk->cloud, CLOUD_LISTENERS, at, walk->staged);
        if (!place->listener)
            return false;
        place->actions = place->listener->actions;
        place->n_actions = place->listener->n_actions;
        return true;
    }
    place->rule = r53__cloud_at(walk->cloud, CLOUD_RULES, at - n_listeners, walk->staged);
    if (!place->rule)
        return false;
    place->listener =
        r53__cloud_find(walk->cloud, CLOUD_LISTENERS, place->rule->listener_arn, walk->staged);
    place->actions = place->rule->actions;
    place->n_actions = place->rule->n_actions;
    /* a default rule only repeats what the listener says itself */
    return place->rule->priority != PRIORITY_DEFAULT || !place->listener ||
           place->listener->n_actions == 0;
}

bool r53__forward_next(struct forward_walk *walk, struct forward_place *place)
{
    const struct table *tables = walk->cloud->tables;

    while (walk->at < tables[CLOUD_LISTENERS].count + tables[CLOUD_RULES].count) {
        if (place_take(walk, walk->at++, place))
            return true;
    }
    return false;
}

bool r53__place_forwards(const struct forward_place *place, const char *target_group_arn)
{
    for (uint32_t i = 0; i < place->n_actions; i++) {
        for (uint32_t j = 0; j < place->actions[i].n_groups; j++) {
            if (strcmp(place->actions[i].groups[j].target_group_arn, target_group_arn) == 0)
                return true;
        }
    }
    return false;
}
