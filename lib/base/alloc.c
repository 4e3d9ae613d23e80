#include "base/alloc.h"

#include "base/sized.h"

#include <stdlib.h>
#include <string.h>

enum {
    CHUNK_BYTES = 256, /* a sealed object of the usual size fits the first one */
    CHUNK_MAX = 65536  /* doubling ends here: what is left over at the end stays small */
};

/* The widest members of any struct: there are no floating-point numbers. */
union word {
    void *pointer;
    uint64_t number;
};

struct arena_chunk {
    struct arena_chunk *next;
    size_t size; /* payload bytes */
    size_t used; /* whole words */
    union word payload[];
};

static void *heap_allocate(void *ctx, size_t size)
{
    (void)ctx;
    return malloc(size);
}

static void heap_release(void *ctx, void *block, size_t size)
{
    (void)ctx;
    (void)size;
    free(block);
}

int32_t r53__memory_init(struct memory *memory, const r53_allocator *allocator)
{
    r53_allocator a = {0};

    if (allocator && !r53__sized_read(&a, sizeof(a), allocator))
        return R53_E_INVALID;
    if (!a.allocate != !a.release || a.reserved)
        return R53_E_INVALID;
    *memory = (struct memory){a.ctx, a.allocate ? a.allocate : heap_allocate,
                              a.release ? a.release : heap_release};
    return R53_OK;
}

bool r53__mul(size_t a, size_t b, size_t *out)
{
    if (b && a > SIZE_MAX / b)
        return false;
    *out = a * b;
    return true;
}

bool r53__add(size_t a, size_t b, size_t *out)
{
    if (a > SIZE_MAX - b)
        return false;
    *out = a + b;
    return true;
}

void *r53__alloc(const struct memory *memory, size_t n, size_t size)
{
    size_t total;
    void *block;

    if (!r53__mul(n, size, &total) || total == 0) /* hosts' allocators differ about 0 bytes */
        return NULL;
    block = memory->allocate(memory->ctx, total);
    if (block)
        memset(block, 0, total); /* a new struct says nothing yet; its padding compares equal */
    return block;
}

void r53__free(const struct memory *memory, void *block, size_t n, size_t size)
{
    if (block)
        memory->release(memory->ctx, block, n * size);
}

bool r53__grow(const struct memory *memory, void **array, size_t *capacity, size_t need,
               size_t size)
{
    size_t more = *capacity ? *capacity : 8;
    void *block;

    if (need <= *capacity)
        return true;
    while (more < need) {
        if (!r53__mul(more, 2, &more))
            return false;
    }
    block = r53__alloc(memory, more, size);
    if (!block)
        return false;
    if (*array)
        memcpy(block, *array, *capacity * size);
    r53__free(memory, *array, *capacity, size);
    *array = block;
    *capacity = more;
    return true;
}

void r53__arena_init(struct arena *arena, const struct memory *memory)
{
    *arena = (struct arena){.memory = *memory};
}

void r53__arena_free(struct arena *arena)
{
    while (arena->chunks) {
        struct arena_chunk *chunk = arena->chunks;

        arena->chunks = chunk->next;
        r53__free(&arena->memory, chunk, 1, sizeof(*chunk) + chunk->size);
    }
}

/* A chunk with room for `need` bytes in front of the list; each is twice the one before. */
static bool arena_extend(struct arena *arena, size_t need)
{
    size_t size = arena->chunks ? arena->chunks->size * 2 : CHUNK_BYTES, total;
    struct arena_chunk *chunk;

    if (size > CHUNK_MAX)
        size = CHUNK_MAX;
    if (size < need)
        size = need;
    if (!r53__add(size, sizeof(*chunk), &total))
        return false;
    chunk = r53__alloc(&arena->memory, 1, total);
    if (!chunk)
        return false;
    chunk->size = size;
    chunk->next = arena->chunks;
    arena->chunks = chunk;
    return true;
}

void *r53__arena_alloc(struct arena *arena, size_t n, size_t size)
{
    size_t need;
    char *at; /* of 0 bytes too: an empty list is not lack of memory */

    if (!r53__mul(n, size, &need) || !r53__add(need, sizeof(union word) - 1, &need))
        goto fail;
    need -= need % sizeof(union word);
    if (!arena->chunks || arena->chunks->size - arena->chunks->used < need) {
        if (!arena_extend(arena, need))
            goto fail;
    }
    at = (char *)arena->chunks->payload + arena->chunks->used;
    arena->chunks->used += need;
    return at;
fail:
    arena->failed = true;
    return NULL;
}

bool r53__arena_stretch(struct arena *arena, const void *end, size_t more)
{
    struct arena_chunk *chunk = arena->chunks;
    size_t at, used;

    if (!chunk)
        return false;
    at = (size_t)((uintptr_t)end - (uintptr_t)chunk->payload); /* past all if not of this chunk */
    if (at > chunk->used || chunk->used - at >= sizeof(union word) || more > chunk->size - at)
        return false;
    used = at + more + sizeof(union word) - 1;
    used -= used % sizeof(union word);
    if (used > chunk->size)
        return false;
    chunk->used = used;
    return true;
}

void r53__arena_take(struct arena *arena, struct arena *from)
{
    struct arena_chunk **last = &arena->chunks;

    while (*last)
        last = &(*last)->next;
    *last = from->chunks;
    from->chunks = NULL;
}

char *r53__arena_bytes(struct arena *arena, const void *bytes, size_t length)
{
    char *copy;

    if (!bytes)
        return NULL;
    copy = r53__arena_alloc(arena, length + 1, 1);
    if (copy && length)
        memcpy(copy, bytes, length);
    return copy;
}

char *r53__arena_text(struct arena *arena, const char *text)
{
    return text ? r53__arena_bytes(arena, text, strlen(text)) : NULL;
}
