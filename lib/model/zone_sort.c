#include "model/zone_sort.h"

#include <string.h>

enum {
    KEY_OCTETS = 8,
    RUN_SHORT = 16, /* edits of one key that are cheaper compared than ranked further */
    RUN_LONG = 400  /* edits that are cheaper counted than compared */
};

typedef bool edit_order(const struct zone_edit *a, const struct zone_edit *b);

/* What one sort works with at all depths. */
struct sort {
    struct zone_edit *spare;
    const struct zone_edit *end; /* of all edits: what lies behind a run is walked next */
    unsigned labels;             /* which all owners share: those of the zone, as a rule */
    uint32_t counts[KEY_OCTETS][UINT8_MAX + 1];
};

static void ranks_sort(struct sort *sort, struct zone_edit *edits, size_t n, size_t from);
static void run_sort(struct sort *sort, struct zone_edit *run, size_t n, size_t from);

static struct name owners_share(const struct zone_edit *edits, size_t n)
{
    struct name shared = {NULL, 0};

    for (size_t i = 0; i < n; i++) {
        r53__edits_fetch(edits, n, i);
        if (i == 0)
            shared = edits[i].form->owner;
        while (!r53__name_is_under(edits[i].form->owner, shared))
            shared = r53__name_parent(shared);
    }
    return shared;
}

struct name r53__edits_sort(struct zone_edit *edits, struct zone_edit *spare, size_t n)
{
    struct name shared = owners_share(edits, n);
    struct sort sort;

    sort.spare = spare;
    sort.end = edits + n;
    sort.labels = n ? r53__name_labels(shared) : 0;
    if (n > 1)
        ranks_sort(&sort, edits, n, 0);
    return shared;
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

static bool keys_are_sorted(const struct zone_edit *edits, size_t n)
{
    size_t i = 1;

    while (i < n && edits[i - 1].key <= edits[i].key)
        i++;
    return i >= n;
}

/* Turns how many edits have each octet into where the first of them goes. False: all have one. */
static bool places_make(uint32_t *counts, size_t n)
{
    uint32_t at = 0;

    for (size_t octet = 0; octet <= UINT8_MAX; octet++) {
        uint32_t count = counts[octet];

        if (count == n)
            return false;
        counts[octet] = at;
        at += count;
    }
    return true;
}

/* Octet after octet, the last one first; no comparison that a processor could guess wrong. */
static void keys_sort(struct sort *sort, struct zone_edit *edits, size_t n)
{
    struct zone_edit *from = edits, *to = sort->spare;

    memset(sort->counts, 0, sizeof(sort->counts));
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < KEY_OCTETS; k++)
            sort->counts[k][edits[i].key >> 8 * k & UINT8_MAX]++;
    }
    for (size_t k = 0; k < KEY_OCTETS; k++) {
        struct zone_edit *swap = from;

        if (!places_make(sort->counts[k], n))
            continue;
        for (size_t i = 0; i < n; i++)
            to[sort->counts[k][from[i].key >> 8 * k & UINT8_MAX]++] = from[i];
        from = to;
        to = swap;
    }
    if (from != edits)
        memcpy(edits, from, n * sizeof(*edits));
}

/* Sorts owners that share the sort's labels, and `from` octets of their rank behind those. */
static void ranks_sort(struct sort *sort, struct zone_edit *edits, size_t n, size_t from)
{
    for (size_t i = 0; i < n; i++) {
        r53__edits_fetch(edits, (size_t)(sort->end - edits), i);
        edits[i].key = r53__name_rank(edits[i].form->owner, sort->labels, from);
    }
    if (n < RUN_LONG || n > UINT32_MAX)
        merge_sort(edits, sort->spare, n, key_is_before);
    else if (!keys_are_sorted(edits, n))
        keys_sort(sort, edits, n);
    for (size_t at = 0, end; at < n; at = end) {
        for (end = at; end < n && edits[end].key == edits[at].key; end++)
            r53__edits_fetch(edits, (size_t)(sort->end - edits), end);
        run_sort(sort, edits + at, end - at, from + KEY_OCTETS);
    }
}

/* Edits of one key: of one owner, of a few, or of many. Depth: a rank has less than 512 octets. */
static void run_sort(struct sort *sort, struct zone_edit *run, size_t n, size_t from)
{
    if (n <= RUN_SHORT || run->key == 0) /* of 0: nothing of the names is left */
        merge_sort(run, sort->spare, n, form_is_before);
    else
        ranks_sort(sort, run, n, from);
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
        r53__edits_fetch(edits, n, i);
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
