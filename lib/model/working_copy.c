#include "model/working_copy.h"

#include <string.h>

enum { SLOTS_FIRST = 64 };

void r53__work_init(struct working_copy *copy, const struct memory *memory, const struct zone *old)
{
    *copy = (struct working_copy){.old = old, .n_records = old->n_record_sets};
    r53__arena_init(&copy->arena, memory);
    copy->last = &copy->first;
}

void r53__work_free(struct working_copy *copy)
{
    r53__free(&copy->arena.memory, copy->slots, copy->n_slots, sizeof(*copy->slots));
    r53__arena_free(&copy->arena);
}

/* Where the name is or would go; there is a free slot. */
static struct work_owner **slot_of(struct work_owner **slots, size_t n, struct name name,
                                   uint64_t hash)
{
    size_t i = (size_t)hash & (n - 1);

    while (slots[i] && !(slots[i]->hash == hash && r53__name_equal(slots[i]->name, name)))
        i = (i + 1) & (n - 1);
    return &slots[i];
}

/* Room for one more owner at half load. */
static bool slots_grow(struct working_copy *copy)
{
    size_t n = copy->n_slots ? copy->n_slots * 2 : SLOTS_FIRST;
    struct work_owner **slots;

    if (copy->n_owners < copy->n_slots / 2)
        return true;
    slots = r53__alloc(&copy->arena.memory, n, sizeof(*slots));
    if (!slots) {
        copy->arena.failed = true;
        return false;
    }
    for (struct work_owner *o = copy->first; o; o = o->next)
        *slot_of(slots, n, o->name, o->hash) = o;
    r53__free(&copy->arena.memory, copy->slots, copy->n_slots, sizeof(*copy->slots));
    copy->slots = slots;
    copy->n_slots = n;
    return true;
}

/* All its record sets, not only those the batch names: conflicts are between neighbours. */
static bool owner_load(struct working_copy *copy, struct work_owner *owner)
{
    int32_t at = r53__zone_owner(copy->old, owner->name);
    struct work_record **last = &owner->records;
    uint32_t from, to;

    if (at < 0)
        return true;
    from = copy->old->groups[copy->old->owners[at].first_group].first;
    to = copy->old->groups[copy->old->owners[at + 1].first_group].first;
    for (; from < to; from++) {
        struct work_record *record = r53__arena_alloc(&copy->arena, 1, sizeof(*record));

        if (!record)
            return false;
        r53__form_of(&record->form, copy->old, from);
        record->present = true;
        *last = record;
        last = &record->next;
    }
    return true;
}

struct work_owner *r53__work_owner(struct working_copy *copy, struct name name)
{
    uint64_t hash = r53__name_hash(name, 0);
    struct work_owner **slot, *owner;

    if (!slots_grow(copy))
        return NULL;
    slot = slot_of(copy->slots, copy->n_slots, name, hash);
    if (*slot)
        return *slot;
    owner = r53__arena_alloc(&copy->arena, 1, sizeof(*owner));
    if (!owner)
        return NULL;
    owner->name = name;
    owner->hash = hash;
    if (!owner_load(copy, owner))
        return NULL;
    *slot = owner;
    *copy->last = owner;
    copy->last = &owner->next;
    copy->n_owners++;
    return owner;
}

struct work_record *r53__work_record(struct working_copy *copy, struct work_owner *owner,
                                     const struct record_form *form)
{
    const char *identifier = r53__form_identifier(form);
    struct work_record **at = &owner->records, *record;

    for (; *at; at = &(*at)->next) {
        if ((*at)->form.type == form->type &&
            strcmp(r53__form_identifier(&(*at)->form), identifier) == 0)
            return *at;
    }
    /* not present yet: a DELETE of what is not there leaves it so */
    record = r53__arena_alloc(&copy->arena, 1, sizeof(*record));
    if (!record)
        return NULL;
    record->form = *form;
    *at = record;
    return record;
}

struct work_record *r53__work_group(const struct work_owner *owner, const struct rr_type *type)
{
    for (struct work_record *r = owner->records; r; r = r->next) {
        if (r->present && r->form.type == type)
            return r;
    }
    return NULL;
}

static void record_touch(struct working_copy *copy, struct work_record *record, size_t change)
{
    copy->n_changed += !record->changed;
    record->changed = true;
    record->change = change;
}

void r53__work_put(struct working_copy *copy, struct work_record *record,
                   const struct record_form *form, size_t change)
{
    record_touch(copy, record, change);
    copy->n_records += !record->present;
    record->present = true;
    record->form = *form;
}

void r53__work_remove(struct working_copy *copy, struct work_record *record, size_t change)
{
    record_touch(copy, record, change);
    copy->n_records -= record->present;
    record->present = false;
}

void r53__work_edits(const struct working_copy *copy, struct zone_edit *edits,
                     struct zone_edit *spare)
{
    size_t n = 0;

    for (const struct work_owner *o = copy->first; o; o = o->next) {
        for (const struct work_record *r = o->records; r; r = r->next) {
            if (r->changed)
                edits[n++] = (struct zone_edit){.form = &r->form, .removes = !r->present};
        }
    }
    r53__edits_sort(edits, spare, n);
}
