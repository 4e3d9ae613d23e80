#include "flow/tell.h"

#include "base/events.h"
#include "base/sized.h"
#include "base/trace.h"

static const struct event_row {
    int32_t number;
    const char *name, *text;
} events[] = {
#define EVENT(symbol, number, name, text) {number, name, text},
#include "base/events.def"
#undef EVENT
};

static const struct event_row *event_find(int32_t number)
{
    for (size_t i = 0; i < sizeof(events) / sizeof(*events); i++) {
        if (events[i].number == number)
            return &events[i];
    }
    return NULL;
}

int32_t r53_trace_get(const r53_trace *trace, size_t index, r53_trace_entry *entry)
{
    const struct event_row *event;
    r53_trace_entry out = {0};

    if (!trace || index >= trace->count)
        return R53_E_NOT_FOUND;
    event = event_find(trace->records[index].event);
    out.rule = trace->records[index].rule;
    out.event = trace->records[index].event;
    out.name = event ? event->name : "";
    return r53__sized_write(entry, &out, sizeof(out)) ? R53_OK : R53_E_INVALID;
}

static const struct value_kinds *const areas[] = {&r53__tell_route53, &r53__tell_elb};

/* "{n:kind}" at `at`: puts the value; returns what follows it. */
static const char *put_value(struct text *text, const struct r53_trace *trace,
                             const struct trace_record *record, const char *at)
{
    unsigned n = (unsigned)(at[1] - '0');
    struct span kind = {at + 3, 0};

    while (kind.at[kind.length] != '}')
        kind.length++;
    for (size_t i = 0; i < sizeof(areas) / sizeof(*areas); i++) {
        for (size_t k = 0; k < areas[i]->n; k++) {
            if (r53__span_is(kind, areas[i]->kinds[k].name))
                areas[i]->kinds[k].put(text, trace->pinned, record->values, n);
        }
    }
    return kind.at + kind.length + 1;
}

int32_t r53_trace_text(const r53_trace *trace, size_t index, char *buffer, size_t capacity,
                       size_t *length)
{
    const struct event_row *event;
    struct text text;

    if (!trace || index >= trace->count)
        return R53_E_NOT_FOUND;
    r53__text_init(&text, buffer, capacity);
    event = event_find(trace->records[index].event);
    for (const char *at = event ? event->text : ""; *at;) {
        if (*at == '{')
            at = put_value(&text, trace, &trace->records[index], at);
        else
            r53__put_char(&text, *at++);
    }
    if (length)
        *length = text.length;
    return r53__text_fits(&text) ? R53_OK : R53_E_NO_SPACE;
}
