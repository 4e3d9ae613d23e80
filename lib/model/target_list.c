/*
 * The targets of a group, as one sealed list by order of registration. A list is made from the one
 * before and what was said, sorted once, since a group may hold thousands of targets and an import
 * says them in any order.
 */
#include "model/target_group.h"

#include "base/sort.h"
#include "model/spec.h"

#include <string.h>

enum { QUIC_DIGITS = 16 };

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool r53__target_quic_read(struct target *target, const char *text)
{
    struct span digits = r53__span(text);
    uint64_t id = 0;

    if (digits.length != QUIC_DIGITS + 2 || digits.at[0] != '0' || digits.at[1] != 'x')
        return false;
    for (size_t i = 2; i < digits.length; i++) {
        int value = hex_value(digits.at[i]);

        if (value < 0)
            return false;
        id = id << 4 | (uint64_t)value;
    }
    target->quic_server_id = id;
    target->has_quic_server_id = true;
    return true;
}

/* A registration under comparison: what stands, and its place in the old list and what was said. */
struct item {
    const struct target *target;
    const char *zone;
    int32_t port;
    int32_t ordinal, registration; /* -1: new */
    bool registered, dropped;
    bool draining, drains;
    int64_t draining_since_ms;
};

static int item_compare_key(const struct item *a, const struct item *b)
{
    int order = strcmp(a->target->id, b->target->id);

    if (order == 0)
        order = a->port < b->port ? -1 : a->port > b->port;
    return order ? order : strcmp(a->zone, b->zone);
}

/* Equal keys by place, so that the first of a run is the oldest and the last was said last. */
static int item_compare(const void *a, const void *b)
{
    const struct item *x = a, *y = b;
    int order = item_compare_key(x, y);

    return order ? order : x < y ? -1 : x > y;
}

static struct item item_make(const struct target_merge *merge, const struct target *target)
{
    struct item item = {.target = target, .zone = target->zone, .port = target->port};

    if (merge->classic) { /* ELB-CLB-05 */
        item.zone = "";
        item.port = 0;
    } else if (item.port == 0) { /* ELB-TG-04 */
        item.port = merge->default_port;
    }
    return item;
}

static void items_fill(const struct target_merge *merge, struct item *items)
{
    size_t n_old = merge->old ? merge->old->n_targets : 0;

    for (size_t i = 0; i < n_old; i++) {
        items[i] = item_make(merge, &merge->old->targets[i]);
        items[i].ordinal = merge->old->targets[i].ordinal;
        items[i].registration = merge->old->targets[i].registration;
        items[i].registered = !merge->whole;
        items[i].draining = merge->old->targets[i].draining;
        items[i].draining_since_ms = merge->old->targets[i].draining_since_ms;
    }
    for (size_t i = 0; i < merge->n_said; i++) {
        items[n_old + i] = item_make(merge, &merge->said[i].target);
        items[n_old + i].ordinal = -1;
        items[n_old + i].registered = merge->said[i].registered;
        items[n_old + i].drains = merge->said[i].drains;
    }
}

/* Of each run of equal targets the first place stays, with the last word on it. */
static void items_unite(const void **sorted, struct item *items, size_t n)
{
    for (size_t i = 0; i < n;) {
        struct item *first = &items[(const struct item *)sorted[i] - items];

        for (i++; i < n && item_compare_key(first, sorted[i]) == 0; i++) {
            struct item *later = &items[(const struct item *)sorted[i] - items];

            first->registered = later->registered;
            first->draining = first->draining && later->drains;
            later->dropped = true;
        }
    }
}

static int32_t list_fill(struct target_list *list, const struct item *items, size_t n, bool first)
{
    struct spec spec = r53__spec(&list->head.arena, NULL);
    struct target *targets = r53__spec_alloc(&spec, n, sizeof(*targets));

    for (size_t i = 0; i < n && !spec.error; i++) {
        const struct item *item = &items[i];
        bool known = item->ordinal >= 0;

        if (item->dropped || !item->registered)
            continue;
        targets[list->n_targets++] =
            (struct target){.id = r53__spec_text(&spec, item->target->id),
                            .zone = r53__spec_text(&spec, item->zone),
                            .port = item->port,
                            .ordinal = known ? item->ordinal : list->next_ordinal,
                            .registration = known ? item->registration : list->next_ordinal,
                            .draining = item->draining,
                            .founding = known ? item->target->founding : first,
                            .draining_since_ms = item->draining_since_ms,
                            .registered_ms = item->target->registered_ms,
                            .quic_server_id = item->target->quic_server_id,
                            .has_quic_server_id = item->target->has_quic_server_id};
        list->next_ordinal += !known;
    }
    list->targets = targets;
    return spec.error;
}

static int32_t list_make(struct target_list **out, const struct memory *memory,
                         const struct target_merge *merge, const struct item *items, size_t n)
{
    struct target_list *list = r53__object_new(memory, sizeof(*list));
    int32_t rc;

    if (!list)
        return R53_E_NOMEM;
    list->next_ordinal = merge->old ? merge->old->next_ordinal : 0;
    if (merge->n_said > (size_t)(INT32_MAX - list->next_ordinal))
        rc = R53_E_LIMIT;
    else
        rc = list_fill(list, items, n, !merge->old || merge->old->n_targets == 0);
    if (rc)
        r53__object_unref(list);
    else
        *out = list;
    return rc;
}

int32_t r53__target_list_merge(struct target_list **out, const struct memory *memory,
                               const struct target_merge *merge)
{
    size_t n = merge->n_said + (merge->old ? merge->old->n_targets : 0);
    struct item *items = r53__alloc(memory, n, sizeof(*items));
    const void **sorted = r53__alloc(memory, n, sizeof(*sorted));
    int32_t rc = R53_E_NOMEM;

    if (n == 0) {
        rc = list_make(out, memory, merge, NULL, 0);
    } else if (items && sorted) {
        items_fill(merge, items);
        for (size_t i = 0; i < n; i++)
            sorted[i] = &items[i];
        r53__sort(sorted, n, item_compare);
        items_unite(sorted, items, n);
        rc = list_make(out, memory, merge, items, n);
    }
    r53__free(memory, items, n, sizeof(*items));
    r53__free(memory, sorted, n, sizeof(*sorted));
    return rc;
}
