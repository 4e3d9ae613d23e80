#include "model/target_group.h"

#include "base/rules.h"
#include "base/sort.h"
#include "model/spec.h"

#include <string.h>

static const char *const target_type_names[] = {"instance", "ip", "lambda", "alb"};
static const char *const version_names[] = {"HTTP1", "HTTP2", "GRPC"};
static const struct words versions = {"a protocol version", version_names,
                                      R53_PROTOCOL_VERSION_GRPC};
static const struct words target_types = {"a target type", target_type_names, R53_TARGET_ALB};

/* ELB-ST-07: only a lambda group can be without, and is by default. */
static bool health_checked(struct spec *spec, const r53_target_group *in, int32_t target_type)
{
    int32_t given =
        r53__spec_word(spec, "HealthCheckEnabled", &r53__on_off, in->health_check_enabled, 0);

    if (target_type == R53_TARGET_LAMBDA)
        return given == R53_OPTION_ON;
    if (given == R53_OPTION_OFF)
        r53__spec_warn(spec, RULE_ELB_ST_07, "HealthCheckEnabled",
                       "only health checks of lambda target groups can be switched off; 'off' is "
                       "not kept",
                       NULL);
    return true;
}

/* ELB-ATTR-07 .. -10: count 0 is 1, -1 is off; percentage 0 is off. */
static struct threshold threshold_read(struct spec *spec, const char *count_member, int32_t count,
                                       int32_t least, const char *percentage_member,
                                       int32_t percentage)
{
    struct threshold threshold = {1, THRESHOLD_OFF};

    count = r53__spec_number(spec, count_member, count, least, INT32_MAX);
    percentage = r53__spec_number(spec, percentage_member, percentage, 0, INT32_MAX);
    if (percentage > 100)
        r53__spec_warn(spec, RULE_ELB_JSON_11, percentage_member,
                       "the percentage is above 100, so it always counts as missed", NULL);
    if (count)
        threshold.count = count < 0 ? THRESHOLD_OFF : (uint32_t)count;
    threshold.percentage = (uint32_t)percentage;
    return threshold;
}

static void thresholds_read(struct spec *spec, struct target_group *group,
                            const r53_target_group *in)
{
    group->dns_failover =
        threshold_read(spec, "target_group_health.dns_failover.minimum_healthy_targets.count",
                       in->dns_failover_count, -1,
                       "target_group_health.dns_failover.minimum_healthy_targets.percentage",
                       in->dns_failover_percentage);
    group->unhealthy_routing = threshold_read(
        spec, "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count",
        in->unhealthy_routing_count, 0,
        "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage",
        in->unhealthy_routing_percentage);
}

static void target_group_read(struct spec *spec, struct target_group *group,
                              const r53_target_group *in)
{
    group->arn = r53__spec_id(spec, "TargetGroupArn", in->target_group_arn);
    group->name = r53__spec_text(spec, in->target_group_name);
    group->vpc_id = r53__spec_text(spec, in->vpc_id);
    group->protocol = r53__spec_word(spec, "Protocol", &r53__protocols, in->protocol, 0);
    group->protocol_version = r53__spec_word(spec, "ProtocolVersion", &versions,
                                             in->protocol_version, R53_PROTOCOL_VERSION_HTTP1);
    group->port = r53__spec_number(spec, "Port", in->port, 0, PORT_MAX);
    /* ELB-TG-01 */
    group->target_type =
        r53__spec_word(spec, "TargetType", &target_types, in->target_type, R53_TARGET_INSTANCE);
    group->ip_address_type = r53__spec_word(spec, "IpAddressType", &r53__address_types,
                                            in->ip_address_type, R53_IP_IPV4);
    if (group->ip_address_type != R53_IP_IPV4 && group->ip_address_type != R53_IP_IPV6)
        r53__spec_fault(
            spec, "IpAddressType", r53__words_name(&r53__address_types, group->ip_address_type),
            "'{0}' is an IP address type of load balancers; a target group is 'ipv4' or "
            "'ipv6'",
            NULL);
    /* ELB-ATTR-06 */
    group->cross_zone = r53__spec_word(spec, "load_balancing.cross_zone.enabled", &r53__on_off,
                                       in->cross_zone, R53_OPTION_DEFAULT);
    group->health_checked = health_checked(spec, in, group->target_type);
    thresholds_read(spec, group, in);
}

int32_t r53__target_group_new(struct target_group **out, const struct memory *memory,
                              const r53_target_group *in, r53_report *report)
{
    struct target_group *group = r53__object_new(memory, sizeof(*group));
    struct spec spec = r53__spec(group ? &group->head.arena : NULL, report);
    r53_target_group given;

    if (r53__spec_read(&spec, &given, sizeof(given), in))
        target_group_read(&spec, group, &given);
    if (spec.error) {
        r53__object_unref(group);
        return spec.error;
    }
    *out = group;
    return R53_OK;
}

int32_t r53__target_group_classic(struct target_group **out, const struct memory *memory,
                                  const r53_load_balancer *in, r53_report *report)
{
    const r53_target_group group = {.size = sizeof(group),
                                    .target_group_arn = in->load_balancer_arn,
                                    .target_group_name = in->load_balancer_name,
                                    .vpc_id = in->vpc_id};

    return r53__target_group_new(out, memory, &group, report);
}

/* A registration under comparison: what stands, and its place in the old list and what was said. */
struct item {
    const struct target *target;
    const char *zone;
    int32_t port;
    int32_t ordinal; /* -1: new */
    bool registered, dropped;
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
        items[i].registered = !merge->whole;
    }
    for (size_t i = 0; i < merge->n_said; i++) {
        items[n_old + i] = item_make(merge, &merge->said[i].target);
        items[n_old + i].ordinal = -1;
        items[n_old + i].registered = merge->said[i].registered;
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
            later->dropped = true;
        }
    }
}

static int32_t list_fill(struct target_list *list, const struct item *items, size_t n)
{
    struct spec spec = r53__spec(&list->head.arena, NULL);
    struct target *targets = r53__spec_alloc(&spec, n, sizeof(*targets));

    for (size_t i = 0; i < n && !spec.error; i++) {
        const struct item *item = &items[i];

        if (item->dropped || !item->registered)
            continue;
        targets[list->n_targets++] =
            (struct target){.id = r53__spec_text(&spec, item->target->id),
                            .zone = r53__spec_text(&spec, item->zone),
                            .port = item->port,
                            .ordinal = item->ordinal >= 0 ? item->ordinal : list->next_ordinal++};
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
        rc = list_fill(list, items, n);
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
