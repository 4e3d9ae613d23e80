/*
 * Edits of a zone, and their list order (R53-LIST-01, -02).
 *
 * Names are compared by their last labels first, which is slow, and a million of them are compared
 * twenty million times. So eight octets of each name as listings order it are taken at once, as one
 * number, and sorted by, many of them octet by octet; only where these are equal the next eight are
 * looked at.
 *
 * Forms lie in memory as they were put. Who walks them in list order fetches ahead.
 */
#ifndef R53_LIB_MODEL_ZONE_SORT_H
#define R53_LIB_MODEL_ZONE_SORT_H

#include "base/fetch.h"
#include "model/record_set.h"

/* Puts the form, or removes the record set of its key. */
struct zone_edit {
    const struct record_form *form;
    uint64_t key; /* of the sort: eight octets of the owner's rank */
    uint32_t at;  /* filled in by the merge: place in the old block */
    bool removes;
    bool replaces; /* filled in by the merge: the old block has this key */
};

/* Fetches the form that a walk along the edits will come to, its owner and values behind it. */
static inline void r53__edits_fetch(const struct zone_edit *edits, size_t n, size_t i)
{
    enum { AHEAD = 12, LINE = 64 };
    uintptr_t form;

    if (n - i <= AHEAD)
        return;
    form = (uintptr_t)edits[i + AHEAD].form;
    FETCH((const void *)form);
    FETCH((const void *)(form + LINE));
    FETCH((const void *)(form + 2 * LINE));
}

/*
 * Sorts edits by key; equal keys keep their order. `spare` has room for n too. Returns the longest
 * name that all owners are at or below; length 0: there are no edits. O(n log n), O(n) for what is
 * in order already.
 */
struct name r53__edits_sort(struct zone_edit *edits, struct zone_edit *spare, size_t n);

/* Keeps the last edit of each key; returns how many are left. Sorted before and after. */
size_t r53__edits_unique(struct zone_edit *edits, size_t n);

/* Puts one more edit, whose key is not there, into its place; there is room for it. O(n) */
void r53__edits_insert(struct zone_edit *edits, size_t n, const struct record_form *form);

#endif
