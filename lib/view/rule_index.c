#include "view/rule_index.h"

#include "base/sort.h"

#include <string.h>

static int rule_compare(const void *a, const void *b)
{
    const struct rule *x = a, *y = b;
    int order = strcmp(x->listener_arn, y->listener_arn);

    if (order)
        return order;
    if (x->priority != y->priority)
        return x->priority < y->priority ? -1 : 1;
    return strcmp(x->arn, y->arn);
}

/* Sorted once for all listeners: each finds its rules by halving, already by priority. */
bool r53__rule_index_prepare(struct rule_index *index, struct arena *arena, const r53_cloud *cloud)
{
    const struct table *table = &cloud->tables[CLOUD_RULES];
    const void **rules = r53__arena_alloc(arena, table->count, sizeof(*rules));
    const struct rule **sorted = r53__arena_alloc(arena, table->count, sizeof(*sorted));
    uint32_t n = 0;

    if (!rules || !sorted)
        return false;
    for (size_t i = 0; i < table->count; i++) {
        const void *rule = r53__table_at(table, (int32_t)i);

        if (rule)
            rules[n++] = rule;
    }
    r53__sort(rules, n, rule_compare);
    for (uint32_t i = 0; i < n; i++)
        sorted[i] = rules[i];
    *index = (struct rule_index){sorted, n};
    return true;
}

struct rule_list r53__rule_index_find(const struct rule_index *index, const char *listener_arn)
{
    struct rule_list list = {NULL, 0};
    uint32_t low = 0, high = index ? index->n : 0;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (strcmp(index->rules[middle]->listener_arn, listener_arn) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (!index || !listener_arn[0])
        return list;
    list.at = index->rules + low;
    while (low + list.n < index->n &&
           strcmp(index->rules[low + list.n]->listener_arn, listener_arn) == 0)
        list.n++;
    return list;
}
