/*
 * Memory: the caller's allocator, checked sizes, and the arena that most sealed objects live in.
 *
 * An arena hands out pieces of a few growing chunks and gives all back at once; configuration
 * objects and views are built once and freed whole, so nothing finer is needed.
 */
#ifndef R53_LIB_BASE_ALLOC_H
#define R53_LIB_BASE_ALLOC_H

#include <r53/base.h>

#include <stdbool.h>

/* A resolved allocator: never NULL functions. Copied by value into what owns it. */
struct memory {
    void *ctx;
    void *(*allocate)(void *ctx, size_t size);
    void (*release)(void *ctx, void *block, size_t size);
};

/* Checks and copies the public struct; NULL gives malloc. R53_OK or R53_E_INVALID. */
int32_t r53__memory_init(struct memory *memory, const r53_allocator *allocator);

/* n * size bytes, zeroed; NULL without memory, on overflow, or for 0 bytes. */
void *r53__alloc(const struct memory *memory, size_t n, size_t size);
void r53__free(const struct memory *memory, void *block, size_t n, size_t size);

/*
 * Makes room for `need` elements in a growing array (doubling). false: no memory, array unchanged.
 * New elements are zeroed.
 */
bool r53__grow(const struct memory *memory, void **array, size_t *capacity, size_t need,
               size_t size);

/* a * b and a + b; false on overflow. */
bool r53__mul(size_t a, size_t b, size_t *out);
bool r53__add(size_t a, size_t b, size_t *out);

struct arena_chunk;

struct arena {
    struct memory memory;
    struct arena_chunk *chunks;
    bool failed; /* sticky: an allocation failed */
};

void r53__arena_init(struct arena *arena, const struct memory *memory);
void r53__arena_free(struct arena *arena);

/*
 * n * size zeroed bytes, aligned for pointers and words of 64 bits, the widest there are here. For
 * 0 bytes a valid pointer. NULL: no memory.
 */
void *r53__arena_alloc(struct arena *arena, size_t n, size_t size);

/*
 * Gives the piece that ends at `end` `more` zeroed bytes where it stands. false: there is another
 * one behind it, or no room.
 */
bool r53__arena_stretch(struct arena *arena, const void *end, size_t more);

/* Moves all pieces of `from` to `arena`; where they stand they stay. */
void r53__arena_take(struct arena *arena, struct arena *from);

/* Copies of text and bytes, NUL-terminated; NULL stays NULL. NULL for a non-NULL: no memory. */
char *r53__arena_text(struct arena *arena, const char *text);
char *r53__arena_bytes(struct arena *arena, const void *bytes, size_t length);

#endif
