#include "model/zone_lines.h"

#include "base/fetch.h"
#include "base/hash.h"

#include <string.h>

enum {
    FIRST_ROOM = 64,
    OCTETS_A_SLOT = 64, /* of text: an owner takes about twice as many, with two records or so */
    VALUES_WALKED = 8   /* a record set of no more values is looked through */
};

/* A value of a large record set, as the index has it. */
struct line_value {
    const struct line_set *set;
    size_t at; /* octets in front of it */
};

/* What is looked for there. */
struct value_key {
    const struct line_set *set;
    struct rdata value;
};

static bool set_of(struct zone_lines *lines, const struct line *line, struct line_set **out,
                   bool *is_new);
static bool value_add(struct zone_lines *lines, struct line_set *set, const struct line *line,
                      struct line_found *found);
static bool text_keep(struct zone_lines *lines, struct line_set *set, struct span text);

void r53__lines_init(struct zone_lines *lines, const struct memory *memory, size_t octets,
                     bool keeps_texts)
{
    *lines = (struct zone_lines){.keeps_texts = keeps_texts, .owners.room = FIRST_ROOM};
    r53__arena_init(&lines->arena, memory);
    r53__draft_records_init(&lines->sets);
    while (lines->owners.room < octets / OCTETS_A_SLOT)
        lines->owners.room *= 2;
}

static void index_free(const struct memory *memory, struct line_index *index)
{
    r53__free(memory, index->slots, index->room, sizeof(*index->slots));
}

void r53__lines_free(struct zone_lines *lines)
{
    index_free(&lines->arena.memory, &lines->owners);
    index_free(&lines->arena.memory, &lines->values);
    r53__arena_free(&lines->arena);
}

struct line_set *r53__lines_first(const struct zone_lines *lines)
{
    return (struct line_set *)(void *)lines->sets.first;
}

struct line_set *r53__line_set_next(const struct line_set *set)
{
    return (struct line_set *)(void *)set->record.next;
}

uint64_t r53__lines_expect(const struct zone_lines *lines, struct name owner)
{
    const struct line_index *index = &lines->owners;
    uint64_t hash = r53__name_hash(owner, 0);

    if (index->slots)
        FETCH(&index->slots[(size_t)hash & (index->room - 1)]);
    return hash;
}

int32_t r53__lines_keep(struct zone_lines *lines, struct name owner, uint64_t hash)
{
    const struct line line = {.owner = owner, .hash = hash, .type = &r53__type_none};
    struct line_set *set;
    bool is_new;

    return set_of(lines, &line, &set, &is_new) ? R53_OK : R53_E_NOMEM;
}

int32_t r53__lines_add(struct zone_lines *lines, const struct line *line, struct line_found *found)
{
    struct line_set *set;
    bool is_new;

    *found = (struct line_found){0};
    if (!set_of(lines, line, &set, &is_new))
        return R53_E_NOMEM;
    if (!is_new && !value_add(lines, set, line, found))
        return R53_E_NOMEM;
    if (found->surplus)
        return R53_OK;
    if (!found->repeated && lines->keeps_texts && !text_keep(lines, set, line->text))
        return R53_E_NOMEM;
    lines->n_values += !found->repeated;
    found->had_other = line->ttl != set->record.form.ttl;
    if (line->ttl < set->record.form.ttl)
        set->record.form.ttl = line->ttl;
    return R53_OK;
}

/* Where the hash may stand: the slot of an item with this hash, or a free one. */
static size_t slot_step(const struct line_index *index, uint64_t hash, size_t at)
{
    while (index->slots[at].item && index->slots[at].hash != hash)
        at = (at + 1) & (index->room - 1);
    return at;
}

/* The item with this hash that `is` the key, or NULL. */
static void *index_find(const struct line_index *index, uint64_t hash,
                        bool (*is)(const void *item, const void *key), const void *key)
{
    size_t mask = index->room - 1, at;

    if (!index->slots)
        return NULL;
    for (at = slot_step(index, hash, (size_t)hash & mask); index->slots[at].item;
         at = slot_step(index, hash, (at + 1) & mask)) {
        if (is(index->slots[at].item, key))
            return index->slots[at].item;
    }
    return NULL;
}

static void index_put(struct line_index *index, uint64_t hash, void *item)
{
    size_t at = (size_t)hash & (index->room - 1);

    while (index->slots[at].item)
        at = (at + 1) & (index->room - 1);
    index->slots[at] = (struct line_slot){hash, item};
    index->used++;
}

/* Room for one more: the first slots are as many as `room` says. */
static bool index_grow(const struct memory *memory, struct line_index *index)
{
    struct line_index grown = {NULL, index->room ? index->room : FIRST_ROOM, 0};

    if (index->slots && 2 * (index->used + 1) <= index->room)
        return true;
    if (index->slots)
        grown.room *= 2;
    grown.slots = r53__alloc(memory, grown.room, sizeof(*grown.slots));
    if (!grown.slots)
        return false;
    for (size_t i = 0; index->slots && i < index->room; i++) {
        if (index->slots[i].item)
            index_put(&grown, index->slots[i].hash, index->slots[i].item);
    }
    index_free(memory, index);
    *index = grown;
    return true;
}

static bool owner_is(const void *item, const void *key)
{
    const struct line_set *set = item;
    const struct name *name = key;

    return r53__name_equal(set->record.form.owner, *name);
}

static uint8_t *value_put(uint8_t *at, const struct line *line)
{
    uint16_t length = (uint16_t)line->length; /* RDATA_OCTETS_MAX at most */

    memcpy(at, &length, sizeof(length));
    memcpy(at + sizeof(length), line->wire, length);
    return at + sizeof(length) + length;
}

/* The record set of the line's record, its name with it if it is the first of its owner. */
static struct line_set *set_make(struct zone_lines *lines, const struct line *line,
                                 const struct line_set *beside)
{
    size_t name = beside ? 0 : line->owner.length,
           size = line->wire ? sizeof(uint16_t) + line->length : 0;
    struct line_set *set = r53__arena_alloc(&lines->arena, 1, sizeof(*set) + name + size);
    uint8_t *at;

    if (!set)
        return NULL;
    at = (uint8_t *)(set + 1);
    memcpy(at, line->owner.octets, name);
    set->place = line->place;
    set->end = size ? value_put(at + name, line) : at + name;
    set->record.form =
        (struct record_form){.owner = beside ? beside->record.form.owner : (struct name){at, name},
                             .type = line->type,
                             .ttl = line->ttl,
                             .n_values = size > 0,
                             .flags = RECORD_HAS_TTL,
                             .values = at + name,
                             .values_size = size};
    return set;
}

/* Another record set of an owner that is there. An owner has at most one for each type. */
static bool set_beside(struct zone_lines *lines, const struct line *line, struct line_set *first,
                       struct line_set **out, bool *is_new)
{
    struct line_set *set = first;

    while (set->record.form.type != line->type && set->beside != first)
        set = set->beside;
    *is_new = set->record.form.type != line->type;
    *out = set;
    if (!*is_new)
        return true;
    *out = set_make(lines, line, first);
    if (!*out)
        return false;
    (*out)->beside = first->beside;
    first->beside = *out;
    return true;
}

static bool owner_add(struct zone_lines *lines, const struct line *line, struct line_set **out)
{
    if (!index_grow(&lines->arena.memory, &lines->owners))
        return false;
    *out = set_make(lines, line, NULL);
    if (!*out)
        return false;
    (*out)->beside = *out;
    index_put(&lines->owners, line->hash, *out);
    return true;
}

/* Any record set of the line's owner, or NULL. */
static struct line_set *owner_find(const struct zone_lines *lines, const struct line *line)
{
    if (lines->recent && r53__name_equal(lines->recent->record.form.owner, line->owner))
        return lines->recent;
    return index_find(&lines->owners, line->hash, owner_is, &line->owner);
}

/* The record set that the record belongs to; a new one has it already. */
static bool set_of(struct zone_lines *lines, const struct line *line, struct line_set **out,
                   bool *is_new)
{
    struct line_set *first = owner_find(lines, line);

    *is_new = !first;
    if (first ? !set_beside(lines, line, first, out, is_new) : !owner_add(lines, line, out))
        return false;
    if (*is_new)
        r53__draft_records_add(&lines->sets, &(*out)->record);
    lines->recent = *out;
    return true;
}

static bool rdata_equal(struct rdata a, struct rdata b)
{
    return a.length == b.length && memcmp(a.octets, b.octets, a.length) == 0;
}

static bool value_is(const void *item, const void *key)
{
    const struct line_value *value = item;
    const struct value_key *k = key;
    const uint8_t *at = value->set->record.form.values + value->at;

    return value->set == k->set && rdata_equal(r53__form_next(&at), k->value);
}

static uint64_t value_hash(const struct value_key *key)
{
    const struct record_form *form = &key->set->record.form;

    return r53__hash(key->value.octets, key->value.length,
                     r53__name_hash(form->owner, form->type->number));
}

static bool value_is_known(const struct zone_lines *lines, const struct value_key *key)
{
    const struct record_form *form = &key->set->record.form;
    const uint8_t *at = form->values;

    if (form->n_values > VALUES_WALKED)
        return index_find(&lines->values, value_hash(key), value_is, key) != NULL;
    for (uint16_t i = 0; i < form->n_values; i++) {
        if (rdata_equal(r53__form_next(&at), key->value))
            return true;
    }
    return false;
}

/* Into the index go the values of a record set that has become large, and all that follow: those
 * from `at` on. */
static bool values_index(struct zone_lines *lines, const struct line_set *set, size_t at)
{
    const struct record_form *form = &set->record.form;

    while (at < form->values_size) {
        struct line_value *value = r53__arena_alloc(&lines->arena, 1, sizeof(*value));
        const uint8_t *octets = form->values + at;
        struct value_key key = {set, r53__form_next(&octets)};

        if (!value || !index_grow(&lines->arena.memory, &lines->values))
            return false;
        *value = (struct line_value){set, at};
        index_put(&lines->values, value_hash(&key), value);
        at = (size_t)(octets - form->values);
    }
    return true;
}

/* Where `more` octets of values go: behind the others, which move if something stands there. */
static uint8_t *values_grow(struct zone_lines *lines, struct line_set *set, size_t more)
{
    struct record_form *form = &set->record.form;
    size_t size = form->values_size, room = (size_t)(set->end - form->values);
    uint8_t *values;

    if (size + more <= room)
        return set->end - room + size;
    if (r53__arena_stretch(&lines->arena, set->end, size + more - room)) {
        set->end += size + more - room;
        return set->end - more;
    }
    values = r53__arena_alloc(&lines->arena, size + more, 2);
    if (!values)
        return NULL;
    memcpy(values, form->values, size);
    form->values = values;
    set->end = values + 2 * (size + more);
    return values + size;
}

/* A record stands in a zone once (RFC 2181 5); the second is not an error, as with two SOAs of a
 * zone transfer. */
static bool value_add(struct zone_lines *lines, struct line_set *set, const struct line *line,
                      struct line_found *found)
{
    struct record_form *form = &set->record.form;
    const struct value_key key = {set, {line->wire, (uint16_t)line->length}};
    size_t at = form->values_size, more = sizeof(uint16_t) + line->length;
    uint8_t *to;

    found->repeated = value_is_known(lines, &key);
    found->surplus = line->is_alone && !found->repeated;
    if (form->n_values == UINT16_MAX && !found->repeated)
        set->end = NULL;
    if (found->repeated || found->surplus || !set->end)
        return true;
    to = values_grow(lines, set, more);
    if (!to)
        return false;
    value_put(to, line);
    form->values_size = at + more;
    if (++form->n_values <= VALUES_WALKED)
        return true;
    return values_index(lines, set, form->n_values == VALUES_WALKED + 1 ? 0 : at);
}

static bool text_keep(struct zone_lines *lines, struct line_set *set, struct span text)
{
    struct line_text *last = set->texts, *kept;

    kept = r53__arena_alloc(&lines->arena, 1, sizeof(*kept) + text.length + 1);
    if (!kept)
        return false;
    memcpy(kept->text, text.at, text.length);
    kept->next = last ? last->next : kept;
    if (last)
        last->next = kept;
    set->texts = kept;
    return true;
}
