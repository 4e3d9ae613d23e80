/*
 * The rules of a cloud sorted by listener and priority, so that making a view costs
 * O(rules * log rules) however many listeners there are.
 */
#ifndef R53_LIB_VIEW_RULE_INDEX_H
#define R53_LIB_VIEW_RULE_INDEX_H

#include "base/alloc.h"
#include "model/cloud.h"
#include "model/rule.h"

struct rule_index {
    const struct rule *const *rules; /* by listener ARN, priority, ARN; the default rule first */
    uint32_t n;
};

/* Rules of one listener, a stretch of the index. */
struct rule_list {
    const struct rule *const *at;
    uint32_t n;
};

/* false: no memory. */
bool r53__rule_index_prepare(struct rule_index *index, struct arena *arena, const r53_cloud *cloud);

/* O(log n + those found); "" has none. */
struct rule_list r53__rule_index_find(const struct rule_index *index, const char *listener_arn);

#endif
