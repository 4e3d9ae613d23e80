#include "view/named.h"

#include <string.h>

static uint32_t count(const struct address_list *list, uint8_t family)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < list->n_addresses; i++)
        n += list->addresses[i].family == family;
    return n;
}

/* Copies the octets of one family; returns where the next ones go. */
static uint8_t *octets_put(uint8_t *to, const struct address_list *list, uint8_t family)
{
    for (uint32_t i = 0; i < list->n_addresses; i++) {
        const struct address *address = &list->addresses[i];

        if (address->family != family)
            continue;
        memcpy(to, address->octets, r53__address_size(address));
        to += r53__address_size(address);
    }
    return to;
}

static bool one_take(r53_view *view, struct span id, const struct address_list *list)
{
    const char *octets = r53__arena_bytes(&view->arena, id.at, id.length);
    struct name name = {(const uint8_t *)octets, id.length};
    uint32_t n_ipv4 = count(list, ADDRESS_IPV4), n_ipv6 = count(list, ADDRESS_IPV6);
    uint8_t *addresses =
        r53__arena_alloc(&view->arena, (size_t)n_ipv4 + (size_t)n_ipv6 * 4, IPV4_OCTETS);

    if (!octets || !addresses)
        return false;
    octets_put(octets_put(addresses, list, ADDRESS_IPV4), list, ADDRESS_IPV6);
    view->named[view->n_named++] =
        (struct named_addresses){name, list, addresses, n_ipv4, n_ipv6, r53__name_hash(name, 0)};
    return true;
}

bool r53__named_prepare(r53_view *view, const r53_observed *observed)
{
    const struct table *table = observed ? &observed->tables[OBSERVED_ADDRESSES] : NULL;

    if (!table)
        return true;
    view->named = r53__arena_alloc(&view->arena, table->count, sizeof(*view->named));
    if (!view->named)
        return false;
    for (size_t i = 0; i < table->count; i++) {
        const struct address_list *list = r53__table_at(table, (int32_t)i);

        if (list && !one_take(view, r53__table_key(table, (int32_t)i), list))
            return false;
    }
    return true;
}
