#include "base/trace.h"

#include "base/sized.h"

int32_t r53_trace_new(r53_trace **out, const r53_allocator *allocator)
{
    struct memory memory;
    r53_trace *trace;

    if (!out || r53__memory_init(&memory, allocator) != R53_OK)
        return R53_E_INVALID;
    trace = r53__alloc(&memory, 1, sizeof(*trace));
    if (!trace)
        return R53_E_NOMEM;
    trace->memory = memory;
    *out = trace;
    return R53_OK;
}

void r53__trace_start(r53_trace *trace, const void *view, void (*unpin)(const void *))
{
    if (!trace)
        return;
    if (trace->pinned)
        trace->unpin(trace->pinned);
    trace->pinned = view;
    trace->unpin = unpin;
    trace->count = 0;
    trace->failed = false;
}

void r53_trace_free(r53_trace *trace)
{
    if (!trace)
        return;
    r53__trace_start(trace, NULL, NULL);
    r53__free(&trace->memory, trace->records, trace->capacity, sizeof(*trace->records));
    r53__free(&trace->memory, trace, 1, sizeof(*trace));
}

void r53__trace_put(r53_trace *trace, int32_t rule, int32_t event, int32_t a, int32_t b, int32_t c,
                    int32_t d)
{
    void *records;

    if (trace->failed)
        return;
    records = trace->records;
    if (!r53__grow(&trace->memory, &records, &trace->capacity, trace->count + 1,
                   sizeof(*trace->records))) {
        trace->failed = true;
        return;
    }
    trace->records = records;
    trace->records[trace->count++] = (struct trace_record){rule, event, {a, b, c, d}};
}

size_t r53_trace_count(const r53_trace *trace)
{
    return trace ? trace->count : 0;
}
