/* A listing pins the health checks there are and lends their own structs; so next() cannot fail. */
#include "model/cloud.h"
#include "model/health_check.h"
#include "model/listing.h"

enum { CHECKS_A_PAGE = 100 }; /* R53-LIST-05 */

struct r53_health_check_listing {
    struct memory memory;
    const struct health_check **checks; /* pinned */
    size_t n, next, room;
    struct page page;
};

int32_t r53_health_checks_list(r53_health_check_listing **out, const r53_cloud *cloud)
{
    const struct table *table;
    r53_health_check_listing *listing;

    if (!out || !cloud)
        return R53_E_INVALID;
    table = &cloud->tables[CLOUD_HEALTH_CHECKS];
    listing = r53__alloc(&cloud->memory, 1, sizeof(*listing));
    if (!listing)
        return R53_E_NOMEM;
    listing->memory = cloud->memory;
    listing->room = table->count;
    listing->checks = r53__alloc(&cloud->memory, table->count, sizeof(*listing->checks));
    if (table->count && !listing->checks) {
        r53__free(&cloud->memory, listing, 1, sizeof(*listing));
        return R53_E_NOMEM;
    }
    for (size_t i = 0; i < table->count; i++) {
        const void *check = r53__table_at(table, (int32_t)i);

        if (check)
            listing->checks[listing->n++] = r53__object_ref(check);
    }
    *out = listing;
    return R53_OK;
}

int32_t r53_health_check_listing_page(r53_health_check_listing *listing, int32_t max_items)
{
    if (!listing)
        return R53_E_INVALID;
    return r53__page_begin(&listing->page, max_items, CHECKS_A_PAGE, listing->n - listing->next);
}

const r53_health_check *r53_health_check_listing_next(r53_health_check_listing *listing)
{
    if (!listing || listing->next == listing->n || !r53__page_take(&listing->page))
        return NULL;
    return &listing->checks[listing->next++]->said;
}

void r53_health_check_listing_free(r53_health_check_listing *listing)
{
    struct memory memory;

    if (!listing)
        return;
    memory = listing->memory;
    for (size_t i = 0; i < listing->n; i++)
        r53__object_unref(listing->checks[i]);
    r53__free(&memory, listing->checks, listing->room, sizeof(*listing->checks));
    r53__free(&memory, listing, 1, sizeof(*listing));
}
