#include "model/cidr_collection.h"

#include "base/sort.h"
#include "model/spec.h"

#include <string.h>

enum { UUID_LENGTH = 36, IPV4_BLOCK_MAX = 24, IPV6_BLOCK_MAX = 48 };

bool r53__cidr_is_id(struct span text)
{
    if (text.length != UUID_LENGTH)
        return false;
    for (size_t i = 0; i < text.length; i++) {
        char c = r53__lower(text.at[i]);
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;

        if (dash ? c != '-' : !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
            return false;
    }
    return true;
}

bool r53__cidr_is_name(struct span text, size_t max)
{
    for (size_t i = 0; i < text.length; i++) {
        char c = r53__lower(text.at[i]);

        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '_' || c == '-'))
            return false;
    }
    return text.length >= 1 && text.length <= max;
}

bool r53__cidr_is_block(const struct prefix *prefix)
{
    unsigned max = prefix->address.family == ADDRESS_IPV4 ? IPV4_BLOCK_MAX : IPV6_BLOCK_MAX;

    return prefix->length >= 1 && prefix->length <= max;
}

int32_t r53__cidr_location(const struct cidr_collection *collection, const char *name)
{
    uint32_t low = 0, high = collection->n_locations;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = strcmp(collection->locations[middle], name);

        if (order == 0)
            return (int32_t)middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return -1;
}

void r53__cidr_describe(const struct cidr_collection *collection, r53_cidr_collection *out)
{
    *out = (r53_cidr_collection){.size = sizeof(*out),
                                 .version = collection->version,
                                 .id = collection->id,
                                 .arn = r53__text_or_null(collection->arn),
                                 .name = r53__text_or_null(collection->name),
                                 .account = r53__text_or_null(collection->account),
                                 .caller_reference = r53__text_or_null(collection->caller_reference)};
}

/* By block; what is said later behind. All edits are elements of one array. */
static int edit_compare(const void *a, const void *b)
{
    const struct cidr_edit *x = a, *y = b;
    int order = r53__prefix_compare(&x->prefix, &y->prefix);

    return order ? order : (x > y) - (x < y);
}

static int edit_compare_location(const void *a, const void *b)
{
    const struct cidr_edit *x = a, *y = b;

    return strcmp(x->location, y->location);
}

/* What is worked with; each array has room for n. */
struct workshop {
    const struct cidr_merge *merge;
    struct cidr_edit *edits;      /* the old blocks, then the edits */
    const void **sorted;          /* pointers to them */
    struct prefix_entry *entries; /* of the blocks that are left */
    size_t n;
};

static void edits_fill(const struct workshop *w)
{
    const struct cidr_collection *old = w->merge->old;
    size_t n_old = old ? old->blocks.n : 0;

    for (size_t i = 0; i < n_old; i++) {
        const struct prefix_entry *entry = &old->blocks.entries[i];

        w->edits[i] =
            (struct cidr_edit){.prefix = entry->prefix, .location = old->locations[entry->value]};
    }
    for (size_t i = 0; i < w->merge->n_edits; i++)
        w->edits[n_old + i] = w->merge->edits[i];
    for (size_t i = 0; i < w->n; i++)
        w->sorted[i] = &w->edits[i];
}

/* The edit by which the block lies somewhere at last, or NULL, of edits on one block in order. */
static const struct cidr_edit *block_settle(const struct cidr_merge *merge,
                                            const void *const *edits, size_t n)
{
    const struct cidr_edit *now = NULL;

    for (size_t i = 0; i < n; i++) {
        const struct cidr_edit *edit = edits[i];
        bool same = now && strcmp(now->location, edit->location) == 0;

        if (edit->removes) {
            now = same ? NULL : now;
            continue;
        }
        if (now && !same && merge->moves)
            merge->moves(merge->ctx, edit, now->location);
        now = edit;
    }
    return now;
}

/* Leaves in `sorted` the edits that hold, in the order of their blocks; returns how many. */
static size_t edits_settle(const struct workshop *w)
{
    size_t kept = 0;

    for (size_t i = 0; i < w->n;) {
        const struct cidr_edit *first = w->sorted[i], *holds;
        size_t end = i + 1;

        while (end < w->n &&
               r53__prefix_compare(&((const struct cidr_edit *)w->sorted[end])->prefix,
                                   &first->prefix) == 0)
            end++;
        holds = block_settle(w->merge, w->sorted + i, end - i);
        if (holds)
            w->sorted[kept++] = holds;
        i = end;
    }
    return kept;
}

static bool locations_fill(struct cidr_collection *made, const struct workshop *w, size_t n)
{
    struct arena *arena = &made->head.arena;
    const char **locations = r53__arena_alloc(arena, n, sizeof(*locations));
    uint32_t count = 0;

    if (!locations)
        return false;
    r53__sort(w->sorted, n, edit_compare_location);
    for (size_t i = 0; i < n; i++) {
        const char *name = ((const struct cidr_edit *)w->sorted[i])->location;

        if (count && strcmp(locations[count - 1], name) == 0)
            continue;
        locations[count] = r53__arena_text(arena, name);
        if (!locations[count++])
            return false;
    }
    made->locations = locations;
    made->n_locations = count;
    return true;
}

static bool blocks_fill(struct cidr_collection *made, const struct workshop *w)
{
    size_t n;

    r53__sort(w->sorted, w->n, edit_compare);
    n = edits_settle(w);
    for (size_t i = 0; i < n; i++) {
        const struct cidr_edit *edit = w->sorted[i];

        w->entries[i] =
            (struct prefix_entry){.prefix = edit->prefix, .value = (uint32_t)(edit - w->edits)};
    }
    /* numbers of locations are known only now; until then a block remembers its edit */
    if (!locations_fill(made, w, n))
        return false;
    for (size_t i = 0; i < n; i++)
        w->entries[i].value =
            (uint32_t)r53__cidr_location(made, w->edits[w->entries[i].value].location);
    return r53__prefix_map_make(&made->blocks, &made->head.arena, w->entries, n);
}

static bool blocks_merge(struct cidr_collection *made, const struct memory *memory,
                         const struct cidr_merge *merge)
{
    struct workshop w = {.merge = merge,
                         .n = merge->n_edits + (merge->old ? merge->old->blocks.n : 0)};
    bool ok = false;

    if (w.n == 0)
        return true;
    w.edits = r53__alloc(memory, w.n, sizeof(*w.edits));
    w.sorted = r53__alloc(memory, w.n, sizeof(*w.sorted));
    w.entries = r53__alloc(memory, w.n, sizeof(*w.entries));
    if (w.edits && w.sorted && w.entries && w.n <= INT32_MAX) {
        edits_fill(&w);
        ok = blocks_fill(made, &w);
    }
    r53__free(memory, w.edits, w.n, sizeof(*w.edits));
    r53__free(memory, w.sorted, w.n, sizeof(*w.sorted));
    r53__free(memory, w.entries, w.n, sizeof(*w.entries));
    return ok;
}

int32_t r53__cidr_collection_new(struct cidr_collection **out, const struct memory *memory,
                                 const struct cidr_merge *merge)
{
    struct cidr_collection *made = r53__object_new(memory, sizeof(*made));
    const r53_cidr_collection *header = merge->header;
    struct spec spec = r53__spec(made ? &made->head.arena : NULL, NULL);

    if (!made)
        return R53_E_NOMEM;
    made->id = r53__spec_text(&spec, header->id);
    made->arn = r53__spec_text(&spec, header->arn);
    made->name = r53__spec_text(&spec, header->name);
    made->account = r53__spec_text(&spec, header->account);
    made->caller_reference = r53__spec_text(&spec, header->caller_reference);
    made->version = header->version;
    if (spec.error || !blocks_merge(made, memory, merge)) {
        r53__object_unref(made);
        return R53_E_NOMEM;
    }
    *out = made;
    return R53_OK;
}
