/*
 * Which form comes next: the old block and the edits are both in list order, so one walk over the
 * two finds it. What becomes of the forms is the sealer's affair.
 */
#include "model/zone_merge.h"

#include "model/zone_seal.h"

/* The walk over old record sets and edits in list order. */
struct merge {
    const struct zone *old;
    const struct zone_edit *edits;
    size_t n, next_edit;
    uint32_t next_old, end_old;
    uint32_t next_kept; /* of the old block's kept owners */
};
static void edits_locate(struct zone_edit *edits, size_t n, const struct zone *old);
static void merge_run(struct sealer *sealer, const struct zone_header *header,
                      const struct zone *old, const struct zone_edit *edits, size_t n);

int32_t r53__zone_merge(struct zone **out, const struct memory *memory,
                        const struct zone_header *header, const struct zone *old,
                        struct zone_edit *edits, size_t n)
{
    struct sealer sealer = {0};
    int32_t rc;

    edits_locate(edits, n, old);
    merge_run(&sealer, header, old, edits, n);
    rc = r53__sealer_place(&sealer, memory, header);
    if (rc != R53_OK)
        return rc;
    merge_run(&sealer, header, old, edits, n);
    *out = sealer.zone;
    return R53_OK;
}

void r53__zone_header(struct zone_header *out, const struct zone *zone)
{
    *out = (struct zone_header){
        .id = zone->id,
        .account = zone->account,
        .caller_reference = zone->caller_reference,
        .comment = zone->comment,
        .is_private = zone->is_private,
        .vpcs = zone->vpcs,
        .n_vpcs = zone->n_vpcs,
        .name_servers = zone->name_servers,
        .n_name_servers = zone->n_name_servers,
        .name = zone->name,
    };
}

static void edits_locate(struct zone_edit *edits, size_t n, const struct zone *old)
{
    uint32_t owner = 0;

    for (size_t i = 0; i < n; i++) {
        edits[i].at = 0;
        edits[i].replaces = false;
    }
    for (size_t i = 0; old && i < n; i++) {
        const struct record_form *form = edits[i].form;
        struct zone_key key = {form->owner, form->type->name, r53__form_identifier(form)};

        edits[i].at = r53__zone_lower_bound(old, &key, &owner, &edits[i].replaces);
    }
}

static bool edit_is_next(const struct merge *m)
{
    return m->next_edit < m->n && m->edits[m->next_edit].at <= m->next_old;
}

/* Is an owner that the old block keeps the next in list order? It comes before its record sets. */
static bool kept_is_next(const struct merge *m, struct name *out)
{
    uint32_t owner;

    if (!m->old || m->next_kept == m->old->n_kept)
        return false;
    owner = m->old->kept[m->next_kept];
    if (r53__owner_first_record(m->old, owner) > m->next_old)
        return false;
    *out = r53__owner_name(m->old, (int32_t)owner);
    return !edit_is_next(m) || r53__name_compare(m->edits[m->next_edit].form->owner, *out) >= 0;
}

/* The next form in list order; false at the end. */
static bool merge_next(struct merge *m, struct record_form *form)
{
    for (;;) {
        const struct zone_edit *edit;
        struct name kept;

        if (kept_is_next(m, &kept)) {
            m->next_kept++;
            *form = (struct record_form){.owner = kept, .type = &r53__type_none};
            return true;
        }
        if (!edit_is_next(m))
            break;
        edit = &m->edits[m->next_edit];
        r53__edits_fetch(m->edits, m->n, m->next_edit++);
        m->next_old += edit->replaces;
        if (!edit->removes) {
            *form = *edit->form;
            return true;
        }
    }
    if (m->next_old == m->end_old)
        return false;
    r53__form_of(form, m->old, m->next_old++);
    return true;
}

static void merge_run(struct sealer *sealer, const struct zone_header *header,
                      const struct zone *old, const struct zone_edit *edits, size_t n)
{
    struct merge merge = {.old = old, .edits = edits, .n = n};
    struct record_form form;

    merge.end_old = old ? old->n_record_sets : 0;
    r53__sealer_begin(sealer, header);
    while (merge_next(&merge, &form))
        r53__sealer_put(sealer, &form);
    r53__sealer_end(sealer);
}
