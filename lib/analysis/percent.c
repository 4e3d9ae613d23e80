#include "analysis/percent.h"

#include "base/sort.h"

/* Floor and remainder of each; returns what the floors leave of the whole, -1: no memory. */
static int64_t floors_take(const struct memory *memory, struct percent *percents, size_t n)
{
    int64_t left = PERCENT_WHOLE;
    uint64_t floor;

    for (size_t i = 0; i < n; i++) {
        struct percent *percent = &percents[i];

        if (!r53__share_copy(memory, &percent->rest, percent->share) ||
            !r53__share_multiply(memory, &percent->rest, PERCENT_WHOLE, 1) ||
            !r53__share_split(memory, &percent->rest, &floor))
            return -1;
        percent->hundredths = (uint32_t)floor;
        left -= (int64_t)floor;
    }
    return left;
}

static int largest_first(const void *a, const void *b)
{
    const struct percent *x = a, *y = b;
    int order = r53__share_compare(&y->rest, &x->rest);

    return order ? order : (x > y) - (x < y);
}

static bool rest_share_out(const struct memory *memory, struct percent *percents, size_t n,
                           size_t left)
{
    const struct percent **order = r53__alloc(memory, n, sizeof(*order));

    if (!order)
        return false;
    for (size_t i = 0; i < n; i++)
        order[i] = &percents[i];
    r53__sort((const void **)order, n, largest_first);
    for (size_t i = 0; i < n && i < left; i++)
        percents[order[i] - percents].hundredths++;
    r53__free(memory, (void *)order, n, sizeof(*order));
    return true;
}

bool r53__percents_round(const struct memory *memory, struct percent *percents, size_t n)
{
    int64_t left;
    bool done;

    for (size_t i = 0; i < n; i++)
        percents[i].rest = (struct share){0};
    left = floors_take(memory, percents, n);
    done = left == 0 || (left > 0 && rest_share_out(memory, percents, n, (size_t)left));
    for (size_t i = 0; i < n; i++)
        r53__share_free(memory, &percents[i].rest);
    return done;
}
