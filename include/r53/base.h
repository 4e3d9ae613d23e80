/**
 * Error codes, version and allocator: what every other header builds on.
 *
 * Conventions, everywhere in libr53:
 * - a call returns R53_OK (0) or a negative code; unless it says otherwise, on failure nothing has
 *   changed and no output was written. Outcomes of the modelled services (NXDOMAIN, HTTP 503 ...)
 *   are results, not errors;
 * - R53_E_INVALID of a call with a report is told there, by the value and what was expected. Of one
 *   without, which values are refused stands at the call, beside what holds for all: a pointer
 *   without which there is nothing to do is NULL, a struct's `size` is not set, an index or a
 *   number is not of the enum. What is wrong with a query, a request or a peer, r53_query_check,
 *   r53_request_check and r53_peer_check tell;
 * - a struct with a first member `size` is initialised by setting `size` to its sizeof and the rest
 *   to 0; 0 and NULL mean "the call's default". In a struct that is read, octets behind the
 *   members that the library knows must be 0 (else R53_E_INVALID), and so must a member that is
 *   reserved; in one that is filled they stay; a smaller size leaves out the last members, which
 *   count as 0, but must not cut one in two; one that is no multiple of 4 is R53_E_INVALID;
 * - no argument makes a call crash, NULL and 0 included, but a pointer that leads nowhere, and a
 *   length greater than what its pointer leads to: with NULL any length but 0 is R53_E_INVALID;
 * - ownership words: *borrowed* (valid during the call), *copied*, *taken* (on success only),
 * *lent* (a pointer into an object; the text says until when);
 * - text goes in NUL-terminated, comes out NUL-terminated;
 * - `_free(NULL)` does nothing.
 */
#ifndef R53_BASE_H
#define R53_BASE_H

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32) || defined(__CYGWIN__)
#define R53_API
#elif defined(__GNUC__)
#define R53_API __attribute__((visibility("default")))
#else
#define R53_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** Every error code: name, value, text. Values never change. */
#define R53_ERROR_LIST(X)                                                                          \
    X(R53_OK, 0, "success")                                                                        \
    X(R53_E_NOMEM, -1, "an allocation failed")                                                     \
    X(R53_E_INVALID, -2, "the input is not valid; the report names the value")                     \
    X(R53_E_NOT_FOUND, -3, "no such object")                                                       \
    X(R53_E_EXISTS, -4, "the object exists already")                                               \
    X(R53_E_AMBIGUOUS, -5, "several hosted zones answer to this name; name one by its id")         \
    X(R53_E_NO_SPACE, -6, "the buffer is too small")                                               \
    X(R53_E_UNSUPPORTED, -7, "this behaviour is not modelled")                                     \
    X(R53_E_SYNTAX, -8, "the document is malformed; the report gives line and column")             \
    X(R53_E_LIMIT, -9, "a documented limit was exceeded")

#define R53_ERROR_ENUMERATOR(name, value, text) name = value,
/** Error codes; passed as int32_t. */
enum r53_error { R53_ERROR_LIST(R53_ERROR_ENUMERATOR) };
#undef R53_ERROR_ENUMERATOR

/** Static English text for any code, known or not. Never NULL. */
R53_API const char *r53_strerror(int32_t code);

/** Name of the code's enumerator ("R53_E_NOMEM"), or "R53_E_?" for an unknown one. */
R53_API const char *r53_error_name(int32_t code);

/** Version of the library that runs, "0.1.0". Static. */
R53_API const char *r53_version(void);

/**
 * Where memory comes from. Belongs to one object and what is made from it; NULL means malloc.
 * `ctx` must stay valid until the last of these is freed: views and listings outlive their cloud.
 * The functions may be called from any thread that uses the object.
 */
typedef struct r53_allocator {
    uint32_t size;     /**< sizeof(r53_allocator) */
    uint32_t reserved; /**< 0 */
    void *ctx;         /**< handed to the functions */
    /** `size` bytes aligned for any type, or NULL. Never called with 0. */
    void *(*allocate)(void *ctx, size_t size);
    /** Gives back a block of `size` bytes. Never called with NULL. */
    void (*release)(void *ctx, void *block, size_t size);
} r53_allocator;

#ifdef __cplusplus
}
#endif

#endif
