#include "model/zone_sort.h"

#include <string.h>

enum {
    KEY_OCTETS = 8,
    RUN_SHORT = 16 /* edits of one key that are cheaper compared than ranked further */
};

typedef bool edit_order(const struct zone_edit *a, const struct zone_edit *b);

static void ranks_sort(struct zone_edit *edits, struct zone_edit *spare, size_t n, unsigned labels,
                       size_t from);
static void run_sort(struct zone_edit *run, struct zone_edit *spare, size_t n, unsigned labels,
                     size_t from);

/* How many labels all owners have in common: those of the zone, as a rule. */
static unsigned labels_shared(const struct zone_edit *edits, size_t n)
{
    struct name first = edits[0].form->owner, shared = first;

    for (size_t i = 1; i < n; i++) {
        while (!r53__name_is_under(edits[i].form->owner, shared))
            shared = r53__name_parent(shared);
    }
    return r53__name_labels(shared);
}

void r53__edits_sort(struct zone_edit *edits, struct zone_edit *spare, size_t n)
{
    if (n > 1)
        ranks_sort(edits, spare, n, labels_shared(edits, n), 0);
}

/* Merges two runs; `from` holds them, `to` receives. */
static void runs_merge(struct zone_edit *to, const struct zone_edit *from, size_t left, size_t n,
                       edit_order *is_before)
{
    size_t i = 0, k = left;

    for (size_t out = 0; out < n; out++) {
        bool take_left = i < left && (k == n || !is_before(&from[k], &from[i]));

        to[out] = take_left ? from[i++] : from[k++];
    }
}

/* Bottom-up; runs that are in order already, as in a listing, cost one comparison. */
static inline void merge_sort(struct zone_edit *edits, struct zone_edit *spare, size_t n,
                              edit_order *is_before)
{
    for (size_t width = 1; width < n; width *= 2) {
        for (size_t at = 0; n - at > width; at += 2 * width) {
            size_t both = n - at < 2 * width ? n - at : 2 * width;

            if (is_before(&edits[at + width], &edits[at + width - 1])) {
                memcpy(spare, edits + at, both * sizeof(*edits));
                runs_merge(edits + at, spare, width, both, is_before);
            }
            if (both < 2 * width)
                break;
        }
    }
}

static bool key_is_before(const struct zone_edit *a, const struct zone_edit *b)
{
    return a->key < b->key;
}

static bool form_is_before(const struct zone_edit *a, const struct zone_edit *b)
{
    return r53__form_compare(a->form, b->form) < 0;
}

/* Sorts owners that share `labels` labels, and `from` octets of their rank behind those. */
static void ranks_sort(struct zone_edit *edits, struct zone_edit *spare, size_t n, unsigned labels,
                       size_t from)
{
    for (size_t i = 0; i < n; i++)
        edits[i].key = r53__name_rank(edits[i].form->owner, labels, from);
    merge_sort(edits, spare, n, key_is_before);
    for (size_t at = 0, end; at < n; at = end) {
        for (end = at + 1; end < n && edits[end].key == edits[at].key;)
            end++;
        run_sort(edits + at, spare, end - at, labels, from + KEY_OCTETS);
    }
}

/* Edits of one key: of one owner, of a few, or of many. Depth: a rank has less than 512 octets. */
static void run_sort(struct zone_edit *run, struct zone_edit *spare, size_t n, unsigned labels,
                     size_t from)
{
    if (n <= RUN_SHORT || run->key == 0) /* of 0: nothing of the names is left */
        merge_sort(run, spare, n, form_is_before);
    else
        ranks_sort(run, spare, n, labels, from);
}

static bool has_key_of(const struct record_form *a, const struct record_form *b)
{
    return a->type == b->type && r53__name_equal(a->owner, b->owner) &&
           strcmp(r53__form_identifier(a), r53__form_identifier(b)) == 0;
}

size_t r53__edits_unique(struct zone_edit *edits, size_t n)
{
    size_t kept = 0;

    for (size_t i = 0; i < n; i++) {
        if (kept && has_key_of(edits[kept - 1].form, edits[i].form))
            kept--;
        edits[kept++] = edits[i];
    }
    return kept;
}

void r53__edits_insert(struct zone_edit *edits, size_t n, const struct record_form *form)
{
    size_t at = 0;

    while (at < n && r53__form_compare(edits[at].form, form) < 0)
        at++;
    memmove(edits + at + 1, edits + at, (n - at) * sizeof(*edits));
    edits[at] = (struct zone_edit){.form = form};
}
