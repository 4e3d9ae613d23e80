#include "base/table.h"

#include "base/hash.h"

#include <string.h>

/* uthash, told to use our allocator and hash and never to end the process. Its malloc hook has no
 * context, so it names a local of the functions below. */
#define uthash_malloc(size)               r53__alloc(memory, 1, size)
#define uthash_free(block, size)          r53__free(memory, block, 1, size)
#define HASH_NONFATAL_OOM                 1
#define uthash_nonfatal_oom(entry)        (void)(entry)
#define HASH_FUNCTION(key, length, value) (value) = (unsigned)r53__hash(key, length, 0)
#include <uthash.h>

struct table_entry {
    UT_hash_handle hh;
    struct table_entry *next_touched;
    void *object, *staged;
    int32_t slot;
    bool is_staged;
    size_t length;
    char id[];
};

void *r53__object_new(const struct memory *memory, size_t size)
{
    struct arena arena;
    struct object *object;

    r53__arena_init(&arena, memory);
    object = r53__arena_alloc(&arena, 1, size);
    if (!object)
        return NULL;
    atomic_init(&object->references, 1);
    object->arena = arena;
    return object;
}

void *r53__object_copy(const struct memory *memory, const void *from, size_t size)
{
    const size_t head = sizeof(struct object);
    char *copy = r53__object_new(memory, size);

    if (copy)
        memcpy(copy + head, (const char *)from + head, size - head);
    return copy;
}

void *r53__object_ref(const void *object)
{
    struct object *o = (struct object *)(uintptr_t)object; /* the count alone changes */

    if (o)
        atomic_fetch_add_explicit(&o->references, 1, memory_order_relaxed);
    return o;
}

void r53__object_unref(const void *object)
{
    struct object *o = (struct object *)(uintptr_t)object;
    struct arena arena;

    if (!o || atomic_fetch_sub_explicit(&o->references, 1, memory_order_acq_rel) != 1)
        return;
    if (o->close)
        o->close(o);
    arena = o->arena;
    r53__arena_free(&arena);
}

void r53__table_init(struct table *table, const struct memory *memory)
{
    *table = (struct table){.memory = *memory};
}

static size_t entry_bytes(const struct table_entry *entry)
{
    return sizeof(*entry) + entry->length + 1;
}

void r53__table_free(struct table *table)
{
    const struct memory *memory = &table->memory;

    r53__table_rollback(table);
    HASH_CLEAR(hh, table->entries);
    for (size_t i = 0; i < table->count; i++) {
        r53__object_unref(table->slots[i]->object);
        r53__free(memory, table->slots[i], 1, entry_bytes(table->slots[i]));
    }
    r53__free(memory, table->slots, table->capacity, sizeof(struct table_entry *));
    *table = (struct table){.memory = *memory};
}

static struct table_entry *entry_find(const struct table *table, struct span id)
{
    struct table_entry *entry;

    HASH_FIND(hh, table->entries, id.at, id.length, entry);
    return entry;
}

int32_t r53__table_slot(const struct table *table, struct span id)
{
    struct table_entry *entry = entry_find(table, id);

    return entry ? entry->slot : -1;
}

const void *r53__table_find(const struct table *table, struct span id)
{
    struct table_entry *entry = entry_find(table, id);

    return entry ? entry->object : NULL;
}

const void *r53__table_at(const struct table *table, int32_t slot)
{
    return slot >= 0 && (size_t)slot < table->count ? table->slots[slot]->object : NULL;
}

const char *r53__table_id(const struct table *table, int32_t slot)
{
    return r53__table_key(table, slot).at;
}

struct span r53__table_key(const struct table *table, int32_t slot)
{
    if (slot < 0 || (size_t)slot >= table->count)
        return (struct span){"", 0};
    return (struct span){table->slots[slot]->id, table->slots[slot]->length};
}

const void *r53__table_staged(const struct table *table, struct span id)
{
    struct table_entry *entry = entry_find(table, id);

    if (!entry)
        return NULL;
    return entry->is_staged ? entry->staged : entry->object;
}

const void *r53__table_staged_at(const struct table *table, int32_t slot)
{
    const struct table_entry *entry;

    if (slot < 0 || (size_t)slot >= table->count)
        return NULL;
    entry = table->slots[slot];
    return entry->is_staged ? entry->staged : entry->object;
}

/* An empty entry in the next slot; it stays, unseen, when what it was made for is rolled back. */
static struct table_entry *entry_add(struct table *table, struct span id)
{
    const struct memory *memory = &table->memory;
    struct table_entry *entry;
    void *slots = table->slots;

    if (!r53__grow(memory, &slots, &table->capacity, table->count + 1, sizeof(*table->slots)))
        return NULL;
    table->slots = slots;
    entry = r53__alloc(memory, 1, sizeof(*entry) + id.length + 1);
    if (!entry)
        return NULL;
    entry->length = id.length;
    for (size_t i = 0; i < id.length; i++)
        entry->id[i] = id.at[i];
    HASH_ADD_KEYPTR(hh, table->entries, entry->id, id.length, entry);
    if (!entry->hh.tbl) {
        r53__free(memory, entry, 1, entry_bytes(entry));
        return NULL;
    }
    entry->slot = (int32_t)table->count;
    table->slots[table->count++] = entry;
    return entry;
}

int32_t r53__table_stage(struct table *table, struct span id, void *object)
{
    struct table_entry *entry = entry_find(table, id);

    if (!entry)
        entry = entry_add(table, id);
    if (!entry)
        return R53_E_NOMEM;
    if (entry->is_staged) {
        r53__object_unref(entry->staged);
    } else {
        entry->next_touched = table->touched;
        table->touched = entry;
        entry->is_staged = true;
    }
    entry->staged = object;
    return R53_OK;
}

int32_t r53__table_give(struct table *table, struct span id, void *object)
{
    int32_t rc = r53__table_stage(table, id, object);

    if (rc)
        r53__object_unref(object);
    return rc;
}

int32_t r53__table_put(struct table *table, struct span id, void *object)
{
    int32_t rc = r53__table_give(table, id, object);

    if (rc == R53_OK)
        r53__table_commit(table);
    return rc;
}

bool r53__table_pending(const struct table *table)
{
    return table->touched != NULL;
}

static struct table_entry *touched_pop(struct table *table)
{
    struct table_entry *entry = table->touched;

    if (entry) {
        table->touched = entry->next_touched;
        entry->is_staged = false;
    }
    return entry;
}

void r53__table_commit(struct table *table)
{
    table->changes += table->touched != NULL;
    for (struct table_entry *entry; (entry = touched_pop(table));) {
        r53__object_unref(entry->object);
        entry->object = entry->staged;
        entry->staged = NULL;
    }
}

void r53__table_rollback(struct table *table)
{
    for (struct table_entry *entry; (entry = touched_pop(table));) {
        r53__object_unref(entry->staged);
        entry->staged = NULL;
    }
}
