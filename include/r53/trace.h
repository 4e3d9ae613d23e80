/**
 * The trace: why an answer or a selection came out as it did, one small record a decision, each with
 * the rule it obeyed. Becomes text only when asked to (r53_trace_text, r53_flow_render).
 */
#ifndef R53_TRACE_H
#define R53_TRACE_H

#include <r53/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Decisions of the last call it was given to. One thread at a time. */
typedef struct r53_trace r53_trace;

/** One decision. */
typedef struct r53_trace_entry {
    uint32_t size;     /**< sizeof(r53_trace_entry) */
    int32_t rule;      /**< rule number, see r53_rulebook_find; 0: none */
    int32_t event;     /**< what was decided; stable number */
    int32_t reserved;  /**< 0 */
    const char *name;  /**< the event's name: "record-chosen"; static */
} r53_trace_entry;

/** Makes an empty trace; free with r53_trace_free. R53_OK, R53_E_NOMEM, R53_E_INVALID. */
R53_API int32_t r53_trace_new(r53_trace **out, const r53_allocator *allocator);

/** Frees the trace and lets go of the view it pinned. */
R53_API void r53_trace_free(r53_trace *trace);

/** Entries held. A call that takes the trace starts it anew. */
R53_API size_t r53_trace_count(const r53_trace *trace);

/** Reads entry `index` (0-based). R53_OK, R53_E_NOT_FOUND, R53_E_INVALID. */
R53_API int32_t r53_trace_get(const r53_trace *trace, size_t index, r53_trace_entry *entry);

/**
 * Writes entry `index` as one line of text without a line end: "example.com. A is an alias ...".
 * @param buffer    receives text and NUL; may be NULL when capacity is 0
 * @param length    receives the length of the whole text without NUL; may be NULL
 * @return R53_OK, R53_E_NO_SPACE (what fits was written, NUL-terminated), R53_E_NOT_FOUND
 */
R53_API int32_t r53_trace_text(const r53_trace *trace, size_t index, char *buffer, size_t capacity,
                               size_t *length);

#ifdef __cplusplus
}
#endif

#endif
