/*
 * Pages of listings: how many entries are left of the one that was begun. A listing of which no
 * page was begun goes on to its end.
 */
#ifndef R53_LIB_MODEL_LISTING_H
#define R53_LIB_MODEL_LISTING_H

#include <r53/zone.h>

#include <stdbool.h>

struct page {
    bool begun;
    size_t left;
};

/*
 * Begins a page of at most `max_items` entries, of `most` if that is 0 or more. 1: it does not end
 * the listing, of which `in_all` entries are left; 0: it does; R53_E_INVALID: a negative number.
 */
static inline int32_t r53__page_begin(struct page *page, int32_t max_items, size_t most,
                                      size_t in_all)
{
    if (max_items < 0)
        return R53_E_INVALID;
    page->begun = true;
    page->left = max_items == 0 || (size_t)max_items > most ? most : (size_t)max_items;
    return in_all > page->left;
}

/* May an entry of the page be given? Then it counts as given. */
static inline bool r53__page_take(struct page *page)
{
    if (!page->begun)
        return true;
    if (page->left == 0)
        return false;
    page->left--;
    return true;
}

#endif
