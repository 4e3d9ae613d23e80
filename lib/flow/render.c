/*
 * Rendering a run: a row a form. Tables for reading, the decisions for understanding, diagrams for
 * looking at, JSON for programs.
 */
#include "flow/render.h"

#include "flow/flow.h"
#include "flow/grid.h"

#include <r53/rulebook.h>

static const char *or_dash(const char *text)
{
    return text && text[0] ? text : "-";
}

static void step_cell(struct text *text, const void *of, size_t row, size_t column)
{
    static const char *const head[] = {"step", "action", "input", "decision / result", "output"};
    const r53_flow *flow = of;
    const struct flow_step *step = &flow->steps[row ? row - 1 : 0];
    const char *cells[] = {NULL, step->action, step->input, step->decision, step->output};

    if (row == 0)
        r53__put(text, head[column]);
    else if (column == 0)
        r53__put_u64(text, row);
    else
        r53__put(text, cells[column]);
}

/* Columns: name, start, after 2, 3, 4 (as far as there are such steps before the last), final. */
static size_t variable_columns(const r53_flow *flow)
{
    size_t between = flow->n_steps > 2 ? flow->n_steps - 2 : 0;

    return 3 + (between < 3 ? between : 3);
}

static void variable_head(struct text *text, size_t column, size_t columns)
{
    if (column == 0) {
        r53__put(text, "variable");
    } else if (column == 1) {
        r53__put(text, "start");
    } else if (column == columns - 1) {
        r53__put(text, "final");
    } else {
        r53__put(text, "after ");
        r53__put_u64(text, column);
    }
}

static void variable_cell(struct text *text, const void *of, size_t row, size_t column)
{
    const r53_flow *flow = of;
    size_t columns = variable_columns(flow);
    int32_t variable = (int32_t)row - 1;
    size_t after = column == 1 ? 0 : column == columns - 1 ? flow->n_steps : column;

    if (row == 0)
        variable_head(text, column, columns);
    else if (column == 0)
        r53__put(text, r53_flow_variable_name(variable));
    else
        r53__put(text, r53_flow_variable_get(flow, variable, after));
}

static void put_text(struct text *text, const r53_flow *flow)
{
    struct grid steps = {flow->n_steps + 1, 5, flow, step_cell};
    struct grid variables = {FLOW_VARIABLES + 1, variable_columns(flow), flow, variable_cell};

    r53__grid_put(text, &steps);
    r53__put_char(text, '\n');
    r53__grid_put(text, &variables);
}

/* A trace entry's text, straight into the writer. */
static void put_entry(struct text *text, const r53_trace *trace, size_t index)
{
    size_t room = text->length < text->capacity ? text->capacity - text->length : 0, length = 0;

    r53_trace_text(trace, index, room ? text->at + text->length : NULL, room, &length);
    text->length += length;
}

static void put_rule_id(struct text *text, const r53_trace *trace, size_t index)
{
    r53__put(text, r53_rule_id(trace->records[index].rule));
}

static void put_labelled(struct text *text, const char *label, const char *value)
{
    r53__put(text, label);
    r53__put(text, or_dash(value));
    r53__put_char(text, '\n');
}

static void put_selection(struct text *text, const r53_flow *flow)
{
    const r53_selection *s = &flow->selection;

    put_labelled(text, "outcome:        ", r53_selection_outcome_name(s->outcome));
    put_labelled(text, "load balancer:  ", s->load_balancer_arn);
    put_labelled(text, "connected to:   ", flow->address);
    put_labelled(text, "node in zone:   ", s->availability_zone);
    put_labelled(text, "target group:   ", s->target_group_arn);
    r53__put(text, "target:         ");
    r53__put(text, or_dash(s->target_id));
    if (s->target_port) {
        r53__put_char(text, ':');
        r53__put_i64(text, s->target_port);
    }
    if (s->target_zone && s->target_zone[0]) {
        r53__put(text, " in ");
        r53__put(text, s->target_zone);
    }
    r53__put(text, s->fail_open ? " (fail open)\n" : "\n");
}

static void put_explain(struct text *text, const r53_flow *flow)
{
    for (size_t i = 0; i < flow->n_steps; i++) {
        const struct flow_step *step = &flow->steps[i];

        r53__put_u64(text, i + 1);
        r53__put(text, ". ");
        r53__put(text, step->action);
        r53__put_char(text, '\n');
        for (size_t e = step->first_entry; e < step->first_entry + step->n_entries; e++) {
            r53__put(text, "   - ");
            put_entry(text, flow->trace, e);
            r53__put(text, " [");
            put_rule_id(text, flow->trace, e);
            r53__put(text, "]\n");
        }
    }
    if (flow->selection.outcome) {
        r53__put_char(text, '\n');
        put_selection(text, flow);
    }
}

static void (*const forms[])(struct text *, const r53_flow *) = {
    [R53_RENDER_TEXT] = put_text,
    [R53_RENDER_EXPLAIN] = put_explain,
    [R53_RENDER_MERMAID] = r53__render_mermaid,
    [R53_RENDER_JSON] = r53__render_json,
    [R53_RENDER_DOT] = r53__render_dot,
};

int32_t r53_flow_render(const r53_flow *flow, int32_t form, char *buffer, size_t capacity,
                        size_t *length)
{
    struct text text;

    if (!flow || form <= 0 || form >= (int32_t)(sizeof(forms) / sizeof(*forms)))
        return R53_E_INVALID;
    r53__text_init(&text, buffer, capacity);
    forms[form](&text, flow);
    if (length)
        *length = text.length;
    return r53__text_fits(&text) ? R53_OK : R53_E_NO_SPACE;
}
