/*
 * All target groups of a view with their targets, found by ARN: also those that no load balancer
 * uses, which are in no fleet (ELB-TG-10).
 */
#ifndef R53_LIB_VIEW_GROUPS_H
#define R53_LIB_VIEW_GROUPS_H

#include "base/alloc.h"
#include "model/cloud.h"
#include "model/target_group.h"

/* Both are pinned by the view. */
struct view_group {
    const struct target_group *group;  /* Classic: the load balancer's own */
    const struct target_list *targets; /* NULL: none */
};

struct group_index {
    const struct view_group *groups;
    const uint32_t *slots; /* open addressing by ARN: group + 1 */
    uint32_t mask;
};

/* O(groups). false: no memory. */
bool r53__groups_prepare(struct group_index *index, struct arena *arena, const r53_cloud *cloud);

/* The group of this ARN, or NULL. O(1). */
const struct view_group *r53__view_group(const struct group_index *index, const char *arn);

#endif
