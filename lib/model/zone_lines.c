#include "model/zone_lines.h"

#include "base/hash.h"

#include <string.h>

enum {
    FIRST_ROOM = 64,
    VALUES_WALKED = 8 /* a record set of no more values is looked through */
};

static int32_t owner_of(struct zone_lines *lines, struct name name, struct line_owner **out);
static int32_t set_of(struct zone_lines *lines, const struct line *line, struct line_set **out);
static int32_t value_add(struct zone_lines *lines, struct line_set *set, const struct line *line,
                         struct line_found *found);

void r53__lines_init(struct zone_lines *lines, const struct memory *memory, bool keeps_texts)
{
    *lines = (struct zone_lines){.keeps_texts = keeps_texts};
    r53__arena_init(&lines->arena, memory);
    lines->last = &lines->first;
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

int32_t r53__lines_add(struct zone_lines *lines, const struct line *line, struct line_found *found)
{
    struct line_set *set;
    int32_t rc = set_of(lines, line, &set);

    *found = (struct line_found){0};
    if (rc == R53_OK)
        rc = value_add(lines, set, line, found);
    if (rc != R53_OK)
        return rc;
    found->ttl = set->ttl;
    found->had_other = line->ttl != set->ttl;
    if (line->ttl < set->ttl)
        set->ttl = line->ttl;
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

    if (index->room == 0)
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

/* Room for one more. */
static bool index_grow(const struct memory *memory, struct line_index *index)
{
    struct line_index grown = {NULL, index->room ? 2 * index->room : FIRST_ROOM, 0};

    if (2 * (index->used + 1) <= index->room)
        return true;
    grown.slots = r53__alloc(memory, grown.room, sizeof(*grown.slots));
    if (!grown.slots)
        return false;
    for (size_t i = 0; i < index->room; i++) {
        if (index->slots[i].item)
            index_put(&grown, index->slots[i].hash, index->slots[i].item);
    }
    index_free(memory, index);
    *index = grown;
    return true;
}

static bool owner_is(const void *item, const void *key)
{
    const struct line_owner *owner = item;
    const struct name *name = key;

    return r53__name_equal(owner->name, *name);
}

static int32_t owner_of(struct zone_lines *lines, struct name name, struct line_owner **out)
{
    struct line_owner *owner = lines->recent;
    uint64_t hash;

    if (owner && r53__name_equal(owner->name, name)) {
        *out = owner;
        return R53_OK;
    }
    hash = r53__hash(name.octets, name.length, 0);
    owner = index_find(&lines->owners, hash, owner_is, &name);
    if (!owner) {
        const void *octets = r53__arena_bytes(&lines->arena, name.octets, name.length);

        owner = r53__arena_alloc(&lines->arena, 1, sizeof(*owner));
        if (!octets || !owner || !index_grow(&lines->arena.memory, &lines->owners))
            return R53_E_NOMEM;
        owner->name = (struct name){octets, name.length};
        index_put(&lines->owners, hash, owner);
    }
    lines->recent = owner;
    *out = owner;
    return R53_OK;
}

/* An owner has at most as many record sets as there are types. */
static int32_t set_of(struct zone_lines *lines, const struct line *line, struct line_set **out)
{
    struct line_owner *owner;
    struct line_set *set;
    int32_t rc = owner_of(lines, line->owner, &owner);

    if (rc != R53_OK)
        return rc;
    for (set = owner->sets; set && set->type != line->type;)
        set = set->beside;
    if (!set) {
        set = r53__arena_alloc(&lines->arena, 1, sizeof(*set));
        if (!set)
            return R53_E_NOMEM;
        set->beside = owner->sets;
        set->owner = owner;
        set->type = line->type;
        set->place = line->place;
        set->ttl = line->ttl;
        owner->sets = set;
        *lines->last = set;
        lines->last = &set->next;
    }
    *out = set;
    return R53_OK;
}

static bool value_is(const void *item, const void *key)
{
    const struct line_value *a = item, *b = key;

    return a->set == b->set && a->length == b->length && memcmp(a->wire, b->wire, a->length) == 0;
}

static uint64_t value_hash(const struct line_value *value)
{
    struct name name = value->set->owner->name;
    uint64_t hash = r53__hash(name.octets, name.length, value->set->type->number);

    return r53__hash(value->wire, value->length, hash);
}

static bool value_is_known(const struct zone_lines *lines, const struct line_set *set,
                           const struct line_value *key)
{
    const struct line_value *value = set->first;

    if (set->n > VALUES_WALKED)
        return index_find(&lines->values, value_hash(key), value_is, key) != NULL;
    while (value && !value_is(value, key))
        value = value->next;
    return value != NULL;
}

/* Into the index go the values of a record set that has become large, and all that follow. */
static bool values_index(struct zone_lines *lines, struct line_set *set)
{
    struct line_value *value = set->n == VALUES_WALKED + 1 ? set->first : set->last;

    for (; set->n > VALUES_WALKED && value; value = value->next) {
        if (!index_grow(&lines->arena.memory, &lines->values))
            return false;
        index_put(&lines->values, value_hash(value), value);
    }
    return true;
}

/* The value with its octets, and its text behind them, in one piece; NULL: no memory. */
static struct line_value *value_copy(struct zone_lines *lines, const struct line *line)
{
    size_t text = lines->keeps_texts ? line->text.length + 1 : 0;
    struct line_value *value =
        r53__arena_alloc(&lines->arena, 1, sizeof(*value) + line->length + text);
    uint8_t *at = (uint8_t *)(value + 1);

    if (!value)
        return NULL;
    *value = (struct line_value){.wire = at, .length = line->length};
    memcpy(at, line->wire, line->length);
    if (text) {
        at += line->length;
        memcpy(at, line->text.at, text - 1);
        at[text - 1] = '\0';
        value->text = (const char *)at;
    }
    return value;
}

/* A record stands in a zone once (RFC 2181 5); the second is not an error, as with two SOAs of a
 * zone transfer. */
static int32_t value_add(struct zone_lines *lines, struct line_set *set, const struct line *line,
                         struct line_found *found)
{
    struct line_value key = {.set = set, .wire = line->wire, .length = line->length}, *value;

    found->repeated = value_is_known(lines, set, &key);
    if (found->repeated)
        return R53_OK;
    value = value_copy(lines, line);
    if (!value)
        return R53_E_NOMEM;
    value->set = set;
    if (set->last)
        set->last->next = value;
    else
        set->first = value;
    set->last = value;
    set->n++;
    lines->n_values++;
    return values_index(lines, set) ? R53_OK : R53_E_NOMEM;
}
