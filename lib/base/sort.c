#include "base/sort.h"

/* Lets items[at] sink below its greater children. */
static void sink(const void **items, size_t at, size_t n, sort_compare *compare)
{
    const void *item = items[at];

    for (size_t child; (child = 2 * at + 1) < n; at = child) {
        if (child + 1 < n && compare(items[child], items[child + 1]) < 0)
            child++;
        if (compare(item, items[child]) >= 0)
            break;
        items[at] = items[child];
    }
    items[at] = item;
}

void r53__sort(const void **items, size_t n, sort_compare *compare)
{
    for (size_t i = n / 2; i-- > 0;)
        sink(items, i, n, compare);
    while (n-- > 1) {
        const void *greatest = items[0];

        items[0] = items[n];
        items[n] = greatest;
        sink(items, 0, n, compare);
    }
}
