/*
 * Load balancers described. What a Classic one has besides, its instances and their health check,
 * lies in a target group of its own and comes back from there.
 */
#include "model/describe.h"

#include <string.h>

static const char *address_text(const struct address *address, struct arena *arena)
{
    char buffer[ADDRESS_TEXT_MAX];
    struct text text;

    r53__text_init(&text, buffer, sizeof(buffer));
    r53__address_put(&text, address);
    return r53__arena_text(arena, buffer);
}

const r53_availability_zone *r53__node_describe(const struct node *node, struct arena *arena)
{
    r53_availability_zone *zone = r53__arena_alloc(arena, 1, sizeof(*zone));
    const char **addresses = r53__arena_alloc(arena, node->n_addresses, sizeof(*addresses));

    if (!zone || !addresses)
        return NULL;
    for (uint32_t i = 0; i < node->n_addresses; i++)
        addresses[i] = address_text(&node->addresses[i], arena);
    *zone = (r53_availability_zone){.size = sizeof(*zone),
                                    .zone_name = node->zone_name,
                                    .zone_id = r53__text_or_null(node->zone_id),
                                    .subnet_id = r53__text_or_null(node->subnet_id),
                                    .addresses = addresses,
                                    .n_addresses = node->n_addresses};
    return zone;
}

static void zones_describe(const struct load_balancer *lb, r53_load_balancer *out,
                           struct arena *arena)
{
    const r53_availability_zone **zones = r53__arena_alloc(arena, lb->n_nodes, sizeof(*zones));

    for (uint32_t i = 0; zones && i < lb->n_nodes; i++)
        zones[i] = r53__node_describe(&lb->nodes[i], arena);
    out->availability_zones = zones;
    out->n_availability_zones = lb->n_nodes;
}

/* Without the last dot, as AWS prints it. */
static const char *dns_name_text(struct name name, struct arena *arena)
{
    char buffer[NAME_TEXT_MAX];
    size_t length;

    if (name.length == 0)
        return NULL;
    length = r53__name_print(buffer, name);
    return r53__arena_bytes(arena, buffer, length > 1 ? length - 1 : length);
}

/* ELB-CLB-05: those that are registered, in the order of their registration. */
static void instances_describe(const struct target_list *list, r53_load_balancer *out,
                               struct arena *arena)
{
    const char **instances = r53__arena_alloc(arena, list->n_targets, sizeof(*instances));

    for (uint32_t i = 0; instances && i < list->n_targets; i++) {
        if (!list->targets[i].draining)
            instances[out->n_instances++] = r53__arena_text(arena, list->targets[i].id);
    }
    out->instances = instances;
}

static void classic_describe(const struct classic_parts *classic, r53_load_balancer *out,
                             struct arena *arena)
{
    if (classic->group) {
        out->healthy_threshold = classic->group->healthy_threshold_count;
        out->unhealthy_threshold = classic->group->unhealthy_threshold_count;
        out->connection_draining_seconds = classic->group->deregistration_delay_seconds;
    }
    if (classic->instances)
        instances_describe(classic->instances, out, arena);
}

const r53_load_balancer *r53__load_balancer_describe(const struct load_balancer *lb,
                                                     const struct classic_parts *classic,
                                                     struct arena *arena)
{
    r53_load_balancer *out = r53__arena_alloc(arena, 1, sizeof(*out));

    if (!out)
        return NULL;
    *out = (r53_load_balancer){.size = sizeof(*out),
                               .type = lb->type,
                               .load_balancer_arn = lb->arn,
                               .load_balancer_name = r53__text_or_null(lb->name),
                               .dns_name = dns_name_text(lb->dns_name, arena),
                               .canonical_hosted_zone_id =
                                   r53__text_or_null(lb->canonical_hosted_zone_id),
                               .vpc_id = r53__text_or_null(lb->vpc_id),
                               .scheme = lb->scheme,
                               .state = lb->state,
                               .ip_address_type = lb->ip_address_type,
                               .cross_zone = lb->cross_zone ? R53_OPTION_ON : R53_OPTION_OFF,
                               .security_groups = lb->security_groups,
                               .n_security_groups = lb->n_security_groups};
    out->enforce_security_group_inbound_rules_on_private_link_traffic =
        lb->enforce_on_private_link ? R53_OPTION_ON : R53_OPTION_OFF;
    r53__attributes_describe(&r53__load_balancer_attributes, lb, out);
    zones_describe(lb, out, arena);
    classic_describe(classic, out, arena);
    return arena->failed ? NULL : out;
}
