#include "model/attachments.h"

#include "base/sort.h"
#include "model/cloud.h"
#include "model/listener.h"
#include "model/rule.h"

#include <string.h>

/* With `at` NULL they are only counted. */
struct gathering {
    const r53_cloud *cloud;
    struct attachment *at;
    size_t n;
};

static void actions_gather(struct gathering *g, const char *load_balancer_arn,
                           const struct action *actions, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t j = 0; j < actions[i].n_groups; j++) {
            if (g->at)
                g->at[g->n] =
                    (struct attachment){actions[i].groups[j].target_group_arn, load_balancer_arn};
            g->n++;
        }
    }
}

/* The load balancer of a listener, or NULL: there is none of that name. */
static const char *owner_of(const struct gathering *g, const struct listener *listener)
{
    struct span arn = r53__span(listener ? listener->load_balancer_arn : NULL);

    return r53__table_find(&g->cloud->tables[CLOUD_LOAD_BALANCERS], arn) ? arn.at : NULL;
}

/* A default rule only says again what its listener does, unless that says nothing (ELB-LSN-04). */
static bool repeats(const struct rule *rule, const struct listener *listener)
{
    return rule->priority == PRIORITY_DEFAULT && listener->n_actions > 0;
}

static void all_gather(struct gathering *g)
{
    const struct table *listeners = &g->cloud->tables[CLOUD_LISTENERS];
    const struct table *rules = &g->cloud->tables[CLOUD_RULES];

    for (size_t i = 0; i < listeners->count; i++) {
        const struct listener *listener = r53__table_at(listeners, (int32_t)i);
        const char *owner = owner_of(g, listener);

        if (owner)
            actions_gather(g, owner, listener->actions, listener->n_actions);
    }
    for (size_t i = 0; i < rules->count; i++) {
        const struct rule *rule = r53__table_at(rules, (int32_t)i);
        const struct listener *listener =
            rule ? r53__table_find(listeners, r53__span(rule->listener_arn)) : NULL;
        const char *owner = owner_of(g, listener);

        if (owner && !repeats(rule, listener))
            actions_gather(g, owner, rule->actions, rule->n_actions);
    }
}

static int attachment_compare(const void *a, const void *b)
{
    const struct attachment *x = a, *y = b;
    int order = strcmp(x->target_group_arn, y->target_group_arn);

    return order ? order : strcmp(x->load_balancer_arn, y->load_balancer_arn);
}

static int behind_compare(const void *a, const void *b)
{
    const struct attachment *x = a, *y = b;
    int order = strcmp(x->load_balancer_arn, y->load_balancer_arn);

    return order ? order : strcmp(x->target_group_arn, y->target_group_arn);
}

static size_t once_each(const void **sorted, size_t n)
{
    size_t kept = 0;

    for (size_t i = 0; i < n; i++) {
        if (kept == 0 || attachment_compare(sorted[kept - 1], sorted[i]) != 0)
            sorted[kept++] = sorted[i];
    }
    return kept;
}

bool r53__attachments_prepare(struct attachments *attachments, struct arena *arena,
                              const r53_cloud *cloud)
{
    struct gathering g = {.cloud = cloud};
    const void **sorted, **behind;
    size_t n;

    all_gather(&g);
    n = g.n;
    g.at = r53__arena_alloc(arena, n, sizeof(*g.at));
    sorted = r53__arena_alloc(arena, n, sizeof(*sorted));
    behind = r53__arena_alloc(arena, n, sizeof(*behind));
    if (!g.at || !sorted || !behind || n > UINT32_MAX)
        return false;
    g.n = 0;
    all_gather(&g);
    for (size_t i = 0; i < n; i++)
        sorted[i] = &g.at[i];
    r53__sort(sorted, n, attachment_compare);
    n = once_each(sorted, n);
    for (size_t i = 0; i < n; i++)
        behind[i] = sorted[i];
    r53__sort(behind, n, behind_compare);
    *attachments = (struct attachments){sorted, behind, n};
    return true;
}

/* What an attachment is looked up by. */
static const char *group_of(const struct attachment *attachment)
{
    return attachment->target_group_arn;
}

static const char *balancer_of(const struct attachment *attachment)
{
    return attachment->load_balancer_arn;
}

/* The stretch whose key is this, of a list sorted by it. */
static struct attachment_list stretch(const void *const *sorted, size_t n,
                                      const char *(*key_of)(const struct attachment *),
                                      const char *key)
{
    size_t low = 0, high = n, end;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (strcmp(key_of(sorted[middle]), key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    end = low;
    while (end < n && strcmp(key_of(sorted[end]), key) == 0)
        end++;
    return (struct attachment_list){sorted + low, (uint32_t)(end - low)};
}

struct attachment_list r53__attachments_of(const struct attachments *attachments,
                                           const char *target_group_arn)
{
    return stretch(attachments->sorted, attachments->n, group_of, target_group_arn);
}

struct attachment_list r53__attachments_behind(const struct attachments *attachments,
                                               const char *load_balancer_arn)
{
    return stretch(attachments->behind, attachments->n, balancer_of, load_balancer_arn);
}
