#include "view/groups.h"

#include "base/hash.h"

#include <string.h>

/* A power of two with at least half of the slots free; 0: more groups than slots can tell. */
static uint32_t slots_for(size_t n)
{
    uint32_t slots = 4;

    while (slots / 2 < n && slots <= UINT32_MAX / 2)
        slots *= 2;
    return slots / 2 < n ? 0 : slots;
}

static void group_put(struct group_index *index, uint32_t *slots, const char *arn, uint32_t number)
{
    uint32_t i = (uint32_t)r53__hash_text(arn, 0) & index->mask;

    while (slots[i])
        i = (i + 1) & index->mask;
    slots[i] = number;
}

bool r53__groups_prepare(struct group_index *index, struct arena *arena, const r53_cloud *cloud)
{
    const struct table *table = &cloud->tables[CLOUD_TARGET_GROUPS];
    uint32_t n_slots = slots_for(table->count), n = 0;
    struct view_group *groups = r53__arena_alloc(arena, table->count, sizeof(*groups));
    uint32_t *slots = n_slots ? r53__arena_alloc(arena, n_slots, sizeof(*slots)) : NULL;

    if (!groups || !slots)
        return false;
    *index = (struct group_index){groups, slots, n_slots - 1};
    for (size_t i = 0; i < table->count; i++) {
        const struct target_group *group = r53__table_at(table, (int32_t)i);

        if (!group)
            continue;
        groups[n++] = (struct view_group){
            group, r53__table_find(&cloud->tables[CLOUD_TARGETS], r53__span(group->arn))};
        group_put(index, slots, group->arn, n);
    }
    return true;
}

const struct view_group *r53__view_group(const struct group_index *index, const char *arn)
{
    uint32_t i = (uint32_t)r53__hash_text(arn, 0) & index->mask;

    for (; index->slots[i]; i = (i + 1) & index->mask) {
        const struct view_group *group = &index->groups[index->slots[i] - 1];

        if (strcmp(group->group->arn, arn) == 0)
            return group;
    }
    return NULL;
}
