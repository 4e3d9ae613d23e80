/*
 * Recording decisions: small integers now, text later. What the integers mean is said by the
 * event's row in lib/base/events.def; they are slots and indices of the view that the trace pins.
 */
#ifndef R53_LIB_BASE_TRACE_H
#define R53_LIB_BASE_TRACE_H

#include <r53/trace.h>

#include "base/alloc.h"

enum { TRACE_VALUES = 4 };

struct trace_record {
    int32_t rule, event;
    int32_t values[TRACE_VALUES];
};

struct r53_trace {
    struct memory memory;
    struct trace_record *records;
    size_t count, capacity;
    bool failed;        /* an allocation failed: the call answers R53_E_NOMEM */
    const void *pinned; /* the view the integers speak of */
    void (*unpin)(const void *pinned);
};

/* Empties the trace and pins `view` (already referenced by the caller) until the next start. */
void r53__trace_start(r53_trace *trace, const void *view, void (*unpin)(const void *));

/* Adds a record. */
void r53__trace_put(r53_trace *trace, int32_t rule, int32_t event, int32_t a, int32_t b, int32_t c,
                    int32_t d);

/* Adds a record if there is a trace: in line, for most answers have none. */
static inline void r53__trace(r53_trace *trace, int32_t rule, int32_t event, int32_t a, int32_t b,
                              int32_t c, int32_t d)
{
    if (trace)
        r53__trace_put(trace, rule, event, a, b, c, d);
}

#endif
