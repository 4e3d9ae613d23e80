#include "view/fleet_nodes.h"

#include <string.h>

static const struct node_list *node_list_find(const r53_cloud *cloud, struct span id)
{
    return r53__table_find(&cloud->tables[CLOUD_NODES], id);
}

/* Addresses said for the load balancer's DNS name as text, with or without its last dot. */
static const struct node_list *nodes_by_name(const struct fleet_input *input)
{
    char name[NAME_TEXT_MAX];
    const struct node_list *list;
    size_t length;

    if (input->lb->dns_name.length == 0)
        return NULL;
    length = r53__name_print(name, input->lb->dns_name);
    list = node_list_find(input->cloud, (struct span){name, length});
    return list ? list : node_list_find(input->cloud, (struct span){name, length - 1});
}

static const struct node *node_find(const struct node_list *list, const char *zone)
{
    for (uint32_t i = 0; list && i < list->n_nodes; i++) {
        if (strcmp(list->nodes[i].zone_name, zone) == 0)
            return &list->nodes[i];
    }
    return NULL;
}

static void node_observe(struct fleet_node *node, const struct zone_status_list *status)
{
    for (uint32_t i = 0; status && i < status->n_zones; i++) {
        if (strcmp(status->zones[i].zone_name, node->zone_name) == 0) {
            node->shifted = status->zones[i].shifted;
            node->impaired = status->zones[i].impaired;
        }
    }
}

/* The zones that are enabled (ELB-LB-10), with what is said of the nodes in them. */
struct zone_list {
    const struct node *at;
    uint32_t n;
};

/*
 * Which zones are enabled is said by the description; only where it names none, those that
 * addresses are given for are taken (ELB-JSON-02).
 */
static struct zone_list zones_of(const struct load_balancer *lb, const struct node_list *said)
{
    if (lb->n_nodes > 0 || !said)
        return (struct zone_list){lb->nodes, lb->n_nodes};
    return (struct zone_list){said->nodes, said->n_nodes};
}

/* What is said by ARN counts before what is said by name, and both before the description. */
static struct fleet_node node_make(const struct node *zone, const struct node_list *by_arn,
                                   const struct node_list *by_name)
{
    const struct node *node = node_find(by_arn, zone->zone_name);

    if (!node)
        node = node_find(by_name, zone->zone_name);
    if (!node)
        node = zone;
    return (struct fleet_node){.zone_name = zone->zone_name,
                               .zone_id = zone->zone_id,
                               .addresses = node->addresses,
                               .n_addresses = node->n_addresses};
}

struct fleet_node *r53__fleet_nodes_make(struct fleet *fleet, struct arena *arena,
                                         const struct fleet_input *input)
{
    const struct load_balancer *lb = input->lb;
    const struct node_list *by_arn = node_list_find(input->cloud, r53__span(lb->arn));
    const struct node_list *by_name = nodes_by_name(input);
    const struct zone_status_list *status = NULL;
    struct zone_list zones = zones_of(lb, by_arn ? by_arn : by_name);
    struct fleet_node *nodes = r53__arena_alloc(arena, zones.n, sizeof(*nodes));

    if (!nodes)
        return NULL;
    if (input->observed)
        status = r53__table_find(&input->observed->tables[OBSERVED_ZONES], r53__span(lb->arn));
    for (uint32_t i = 0; i < zones.n; i++) {
        nodes[i] = node_make(&zones.at[i], by_arn, by_name);
        node_observe(&nodes[i], status);
    }
    fleet->nodes = nodes;
    fleet->n_nodes = zones.n;
    return nodes;
}

/* Addresses */

/* Does DNS publish addresses of this family? */
static bool family_published(const struct load_balancer *lb, uint8_t family)
{
    if (family == ADDRESS_IPV6)
        return lb->ip_address_type != R53_IP_IPV4;                      /* ELB-IP-02 */
    return lb->ip_address_type != R53_IP_DUALSTACK_WITHOUT_PUBLIC_IPV4; /* ELB-IP-03, -04 */
}

/* Appends the addresses of one family; with `out` NULL they are only counted. */
static uint32_t addresses_put(const struct fleet *fleet, uint8_t family, struct node_address *out)
{
    uint32_t n = 0;

    if (!family_published(fleet->lb, family))
        return 0;
    for (uint32_t i = 0; i < fleet->n_nodes; i++) {
        const struct fleet_node *node = &fleet->nodes[i];

        for (uint32_t j = 0; node->in_dns && j < node->n_addresses; j++) {
            if (node->addresses[j].family != family)
                continue;
            if (out)
                out[n] = (struct node_address){&node->addresses[j], i};
            n++;
        }
    }
    return n;
}

/* The octets of the addresses, one behind the other; NULL: no memory. */
static const uint8_t *octets_list(struct arena *arena, const struct node_address *list, size_t n)
{
    size_t size = 0;
    uint8_t *octets, *to;

    for (size_t i = 0; i < n; i++)
        size += r53__address_size(list[i].address);
    to = octets = r53__arena_alloc(arena, size, 1);
    for (size_t i = 0; octets && i < n; i++) {
        size_t length = r53__address_size(list[i].address);

        memcpy(to, list[i].address->octets, length);
        to += length;
    }
    return octets;
}

/* Both families, each twice over, so that all but those of one node stand in a row, too. */
static void in_dns_list(struct fleet *fleet, struct arena *arena)
{
    uint32_t n_ipv4 = addresses_put(fleet, ADDRESS_IPV4, NULL);
    uint32_t n_ipv6 = addresses_put(fleet, ADDRESS_IPV6, NULL);
    size_t n = 2 * ((size_t)n_ipv4 + n_ipv6);
    struct node_address *list = r53__arena_alloc(arena, n, sizeof(*list)), *to = list;

    if (!list)
        return;
    for (unsigned twice = 0; twice < 2; twice++)
        to += addresses_put(fleet, ADDRESS_IPV4, to);
    for (unsigned twice = 0; twice < 2; twice++)
        to += addresses_put(fleet, ADDRESS_IPV6, to);
    fleet->addresses = list;
    fleet->octets = octets_list(arena, list, n);
    fleet->n_ipv4 = n_ipv4;
    fleet->n_ipv6 = n_ipv6;
}

/* Appends the addresses of one node and family that DNS may publish. */
static uint32_t published_put(const struct fleet *fleet, uint32_t node, uint8_t family,
                              struct node_address *out)
{
    const struct fleet_node *from = &fleet->nodes[node];
    uint32_t n = 0;

    for (uint32_t i = 0; family_published(fleet->lb, family) && i < from->n_addresses; i++) {
        if (from->addresses[i].family == family)
            out[n++] = (struct node_address){&from->addresses[i], node};
    }
    return n;
}

/* For zonal names and clients with a zone of their own (ELB-DNS-35, -44). */
static void published_list(struct fleet *fleet, struct fleet_node *nodes, struct arena *arena)
{
    struct node_address *list;
    size_t n = 0;

    for (uint32_t i = 0; i < fleet->n_nodes; i++)
        n += fleet->nodes[i].n_addresses;
    list = n <= UINT32_MAX ? r53__arena_alloc(arena, n, sizeof(*list)) : NULL;
    if (!list) {
        arena->failed = true;
        return;
    }
    fleet->published = list;
    n = 0;
    for (uint32_t i = 0; i < fleet->n_nodes; i++) {
        struct fleet_node *node = &nodes[i];

        node->first_ipv4 = (uint32_t)n;
        node->n_ipv4 = published_put(fleet, i, ADDRESS_IPV4, list + n);
        node->first_ipv6 = node->first_ipv4 + node->n_ipv4;
        node->n_ipv6 = published_put(fleet, i, ADDRESS_IPV6, list + node->first_ipv6);
        node->octets =
            octets_list(arena, list + node->first_ipv4, (size_t)node->n_ipv4 + node->n_ipv6);
        n = (size_t)node->first_ipv6 + node->n_ipv6;
    }
}

bool r53__fleet_addresses_list(struct fleet *fleet, struct fleet_node *nodes, struct arena *arena)
{
    in_dns_list(fleet, arena);
    published_list(fleet, nodes, arena);
    return !arena->failed;
}

int32_t r53__fleet_node_named(const struct fleet *fleet, struct span zone_name)
{
    for (uint32_t i = 0; zone_name.length && i < fleet->n_nodes; i++) {
        if (r53__equal_nocase(r53__span(fleet->nodes[i].zone_name), zone_name))
            return (int32_t)i;
    }
    return -1;
}

int32_t r53__fleet_node_of_zone_id(const struct fleet *fleet, const char *zone_id)
{
    for (uint32_t i = 0; zone_id[0] && i < fleet->n_nodes; i++) {
        if (strcmp(fleet->nodes[i].zone_id, zone_id) == 0)
            return (int32_t)i;
    }
    return -1;
}
