#include "model/observed.h"

#include "base/report.h"
#include "base/sort.h"
#include "model/spec.h"

#include <string.h>

int32_t r53_observed_new(r53_observed **out, const r53_allocator *allocator)
{
    struct memory memory;
    r53_observed *observed;

    if (!out || r53__memory_init(&memory, allocator) != R53_OK)
        return R53_E_INVALID;
    observed = r53__alloc(&memory, 1, sizeof(*observed));
    if (!observed)
        return R53_E_NOMEM;
    observed->memory = memory;
    for (int kind = 0; kind < OBSERVED_KINDS; kind++)
        r53__table_init(&observed->tables[kind], &memory);
    *out = observed;
    return R53_OK;
}

void r53_observed_free(r53_observed *observed)
{
    struct memory memory;

    if (!observed)
        return;
    memory = observed->memory;
    for (int kind = 0; kind < OBSERVED_KINDS; kind++)
        r53__table_free(&observed->tables[kind]);
    r53__free(&memory, observed, 1, sizeof(*observed));
}

void r53__observed_commit(r53_observed *observed)
{
    for (int kind = 0; kind < OBSERVED_KINDS; kind++)
        r53__table_commit(&observed->tables[kind]);
}

void r53__observed_rollback(r53_observed *observed)
{
    for (int kind = 0; kind < OBSERVED_KINDS; kind++)
        r53__table_rollback(&observed->tables[kind]);
}

/* Targets */

static int health_compare_key(const struct target_health *a, const char *id, int32_t port,
                              const char *zone)
{
    int order = strcmp(a->id, id);

    if (order == 0)
        order = a->port < port ? -1 : a->port > port;
    return order ? order : strcmp(a->zone, zone);
}

/* Equal keys by place: the last was said last. */
static int health_compare(const void *a, const void *b)
{
    const struct target_health *x = a, *y = b;
    int order = health_compare_key(x, y->id, y->port, y->zone);

    return order ? order : x < y ? -1 : x > y;
}

static const struct target_health *health_find(const struct target_health_list *list,
                                               const char *id, int32_t port, const char *zone)
{
    uint32_t low = 0, high = list->n_healths;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = health_compare_key(&list->healths[middle], id, port, zone);

        if (order == 0)
            return &list->healths[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const struct target_health *r53__observed_target(const struct r53_observed *observed,
                                                 const char *group_arn, const char *id,
                                                 int32_t port, const char *zone)
{
    const struct target_health_list *list =
        r53__table_find(&observed->tables[OBSERVED_TARGETS], r53__span(group_arn));
    const struct target_health *found;

    if (!list)
        return NULL;
    /* ELB-TG-04, the most exact statement first */
    found = health_find(list, id, port, zone);
    if (!found)
        found = health_find(list, id, port, "");
    if (!found)
        found = health_find(list, id, 0, zone);
    return found ? found : health_find(list, id, 0, "");
}

static void health_copy(struct spec *spec, struct target_health *to,
                        const struct target_health *from)
{
    to->id = r53__spec_text(spec, from->id);
    to->zone = r53__spec_text(spec, from->zone);
    to->reason = r53__spec_text(spec, from->reason);
    to->port = from->port;
    to->state = from->state;
}

static bool health_same(const struct target_health *a, const struct target_health *b)
{
    return health_compare_key(a, b->id, b->port, b->zone) == 0;
}

/* Merges two sorted runs; of equals the one said last stays. */
static uint32_t healths_merge(struct spec *spec, struct target_health *out,
                              const struct target_health_list *old, const void **said, size_t n)
{
    uint32_t count = 0, i = 0;

    for (size_t j = 0; !spec->error && (i < old->n_healths || j < n);) {
        const struct target_health *a = i < old->n_healths ? &old->healths[i] : NULL;
        const struct target_health *b = j < n ? said[j] : NULL;
        int order = !a ? 1 : !b ? -1 : health_compare_key(a, b->id, b->port, b->zone);
        const struct target_health *next = j + 1 < n ? said[j + 1] : NULL;

        i += order <= 0; /* of equals the old one goes */
        j += order > 0;
        if (order < 0)
            health_copy(spec, &out[count++], a);
        else if (order > 0 && b->state != 0 && !(next && health_same(b, next)))
            health_copy(spec, &out[count++], b);
    }
    return count;
}

static int32_t healths_make(struct target_health_list **out, const struct memory *memory,
                            const struct target_health_list *old, const void **said, size_t n)
{
    static const struct target_health_list none;
    struct target_health_list *list = r53__object_new(memory, sizeof(*list));
    struct spec spec = r53__spec(list ? &list->head.arena : NULL, NULL);
    struct target_health *healths;

    old = old ? old : &none;
    healths = r53__spec_alloc(&spec, old->n_healths + n, sizeof(*healths));
    if (healths) {
        list->healths = healths;
        list->n_healths = healths_merge(&spec, healths, old, said, n);
    }
    if (spec.error) {
        r53__object_unref(list);
        return spec.error;
    }
    *out = list;
    return R53_OK;
}

int32_t r53__observed_stage_targets(r53_observed *observed, const char *group_arn,
                                    const struct target_health *said, size_t n)
{
    struct table *table = &observed->tables[OBSERVED_TARGETS];
    struct span id = r53__span(group_arn);
    const void **sorted = r53__alloc(&observed->memory, n, sizeof(*sorted));
    struct target_health_list *list = NULL;
    int32_t rc = n ? R53_E_NOMEM : R53_OK;

    if (sorted) {
        for (size_t i = 0; i < n; i++)
            sorted[i] = &said[i];
        r53__sort(sorted, n, health_compare);
        rc = healths_make(&list, &observed->memory, r53__table_staged(table, id), sorted, n);
    }
    if (list)
        rc = r53__table_stage(table, id, list);
    if (rc)
        r53__object_unref(list);
    r53__free(&observed->memory, sorted, n, sizeof(*sorted));
    return rc;
}

/* `state` 0 takes back. */
static int32_t target_say(r53_observed *observed, const char *target_group_arn,
                          const r53_target *target, int32_t state, const char *reason)
{
    struct spec spec = {.error = R53_OK};
    struct target_health health;
    r53_target in;
    int32_t rc;

    if (!observed || !target_group_arn || !*target_group_arn)
        return R53_E_INVALID;
    if (!r53__spec_read(&spec, &in, sizeof(in), target) || !in.id || !*in.id)
        return R53_E_INVALID;
    if (in.port < 0 || in.port > PORT_MAX)
        return R53_E_INVALID;
    health = (struct target_health){.id = in.id,
                                    .zone = in.availability_zone ? in.availability_zone : "",
                                    .reason = reason,
                                    .port = in.port,
                                    .state = state};
    rc = r53__observed_stage_targets(observed, target_group_arn, &health, 1);
    if (rc == R53_OK)
        r53__observed_commit(observed);
    return rc;
}

int32_t r53_observe_target(r53_observed *observed, const char *target_group_arn,
                           const r53_target *target, int32_t state, const char *reason)
{
    if (!*r53_target_state_name(state)) /* ELB-ST-01 */
        return R53_E_INVALID;
    return target_say(observed, target_group_arn, target, state, reason);
}

int32_t r53_forget_target(r53_observed *observed, const char *target_group_arn,
                          const r53_target *target)
{
    return target_say(observed, target_group_arn, target, 0, NULL);
}

/* Zones */

static void zone_mark(struct zone_status *zone, enum zone_mark mark, bool on)
{
    if (mark == ZONE_SHIFTED)
        zone->shifted = on;
    else
        zone->impaired = on;
}

/* The old list with the mark set or taken; zones without a mark are left out. */
static void zones_copy(struct spec *spec, struct zone_status_list *list,
                       const struct zone_status_list *old, const char *zone_name,
                       enum zone_mark mark, bool on)
{
    struct zone_status *zones = r53__spec_alloc(spec, (size_t)old->n_zones + 1, sizeof(*zones));
    bool placed = false;

    for (uint32_t i = 0; !spec->error && (i < old->n_zones || !placed);) {
        int order = i == old->n_zones ? 1 : strcmp(old->zones[i].zone_name, zone_name);
        struct zone_status zone = {.zone_name = zone_name};

        if (order <= 0 || placed)
            zone = old->zones[i++];
        if (order >= 0 && !placed) {
            zone_mark(&zone, mark, on);
            placed = true;
        } else if (mark == ZONE_SHIFTED && on) {
            zone.shifted = false; /* ELB-SHIFT-01: one shift at a time */
        }
        if (!zone.shifted && !zone.impaired)
            continue;
        zone.zone_name = r53__spec_text(spec, zone.zone_name);
        zones[list->n_zones++] = zone;
    }
    list->zones = zones;
}

int32_t r53__observed_stage_zone(r53_observed *observed, const char *load_balancer_arn,
                                 const char *zone_name, enum zone_mark mark, bool on)
{
    static const struct zone_status_list none;
    struct table *table = &observed->tables[OBSERVED_ZONES];
    struct zone_status_list *list = r53__object_new(&observed->memory, sizeof(*list));
    struct spec spec = r53__spec(list ? &list->head.arena : NULL, NULL);
    const struct zone_status_list *old = r53__table_staged(table, r53__span(load_balancer_arn));

    if (list)
        zones_copy(&spec, list, old ? old : &none, zone_name, mark, on);
    if (spec.error) {
        r53__object_unref(list);
        return spec.error;
    }
    return r53__table_give(table, r53__span(load_balancer_arn), list);
}

static int32_t observe_zone(r53_observed *observed, const char *load_balancer_arn,
                            const char *zone_name, enum zone_mark mark, int32_t on)
{
    int32_t rc;

    if (!observed || !load_balancer_arn || !*load_balancer_arn || !zone_name || !*zone_name)
        return R53_E_INVALID;
    if (on != 0 && on != 1)
        return R53_E_INVALID;
    rc = r53__observed_stage_zone(observed, load_balancer_arn, zone_name, mark, on == 1);
    if (rc == R53_OK)
        r53__observed_commit(observed);
    return rc;
}

int32_t r53_observe_zonal_shift(r53_observed *observed, const char *load_balancer_arn,
                                const char *zone_name, int32_t shifted)
{
    return observe_zone(observed, load_balancer_arn, zone_name, ZONE_SHIFTED, shifted);
}

int32_t r53_observe_zone_impaired(r53_observed *observed, const char *load_balancer_arn,
                                  const char *zone_name, int32_t impaired)
{
    return observe_zone(observed, load_balancer_arn, zone_name, ZONE_IMPAIRED, impaired);
}

/* Addresses */

int32_t r53__address_list_new(struct address_list **out, struct name_buffer *name,
                              const struct memory *memory, const char *dns_name,
                              const char *const *addresses, size_t n, r53_report *report)
{
    struct address_list *list = r53__object_new(memory, sizeof(*list));
    struct spec spec = r53__spec(list ? &list->head.arena : NULL, report);
    struct name wire;

    if (n > UINT32_MAX)
        r53__spec_fault(&spec, "Addresses", NULL, "the list is too long", NULL);
    if (!dns_name || !*dns_name)
        r53__spec_fault(&spec, "DNSName", NULL, "the value is missing", NULL);
    wire = r53__spec_name(&spec, "DNSName", dns_name);
    if (!spec.error) {
        list->addresses = r53__spec_addresses(&spec, "Addresses", addresses, n);
        list->n_addresses = (uint32_t)n;
    }
    if (spec.error) {
        r53__object_unref(list);
        return spec.error;
    }
    memcpy(name->octets, wire.octets, wire.length);
    name->length = (uint8_t)wire.length;
    *out = list;
    return R53_OK;
}

int32_t r53_observe_addresses(r53_observed *observed, const char *dns_name,
                              const char *const *addresses, size_t n, r53_report *report)
{
    struct address_list *list;
    struct name_buffer name;
    int32_t rc;

    if (!observed)
        return r53__remark(report, &(struct remark){.format = "no observed"});
    rc = r53__address_list_new(&list, &name, &observed->memory, dns_name, addresses, n, report);
    if (rc)
        return rc;
    if (n == 0) { /* forgets */
        r53__object_unref(list);
        list = NULL;
    }
    rc = r53__table_put(&observed->tables[OBSERVED_ADDRESSES],
                        (struct span){(const char *)name.octets, name.length}, list);
    return rc ? r53__remark_nomem(report) : R53_OK;
}
