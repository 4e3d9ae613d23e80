/*
 * The process flow as a picture: Mermaid and Graphviz.
 */
#include "flow/flow.h"
#include "flow/quote.h"
#include "flow/render.h"

static const char *last_output(const r53_flow *flow)
{
    return flow->n_steps ? flow->steps[flow->n_steps - 1].output : "";
}

/* "s2", or the end behind the last step. */
static void put_next(struct text *text, const r53_flow *flow, size_t i)
{
    if (i + 1 < flow->n_steps) {
        r53__put_char(text, 's');
        r53__put_u64(text, i + 2);
    } else {
        r53__put(text, "end_");
    }
}

/* Was it an alias that led to the load balancer? */
static bool is_alias_way(const r53_flow *flow)
{
    const struct route *route = &flow->chain.route;

    return flow->n_steps > 3 && route->origin == R53_ORIGIN_LOAD_BALANCER && route->zone >= 0;
}

void r53__render_mermaid(struct text *text, const r53_flow *flow)
{
    r53__put(text, "flowchart TD\n");
    for (size_t i = 0; i < flow->n_steps; i++) {
        bool is_check = i == 1; /* the record's type decides the way */

        r53__put(text, "    s");
        r53__put_u64(text, i + 1);
        r53__put(text, is_check ? "{\"" : "[\"");
        r53__put_u64(text, i + 1);
        r53__put(text, ". ");
        r53__quote_mermaid(text, flow->steps[i].action);
        r53__put(text, "<br/>");
        r53__quote_mermaid(text, flow->steps[i].input);
        r53__put(text, is_check ? "\"}\n" : "\"]\n");
    }
    r53__put(text, "    end_([\"");
    r53__quote_mermaid(text, last_output(flow));
    r53__put(text, "\"])\n");
    for (size_t i = 0; i < flow->n_steps; i++) {
        r53__put(text, "    s");
        r53__put_u64(text, i + 1);
        r53__put(text, " -->|\"");
        r53__quote_mermaid(text, flow->steps[i].decision);
        r53__put(text, "\"| ");
        put_next(text, flow, i);
        r53__put_char(text, '\n');
    }
    if (is_alias_way(flow)) /* the way not taken */
        r53__put(text,
                 "    s2 -.->|\"Record is no Alias to ELB\"| other[\"Return record as it is\"]\n");
}

void r53__render_dot(struct text *text, const r53_flow *flow)
{
    r53__put(text, "digraph flow {\n    rankdir=TB;\n    node [shape=box];\n");
    for (size_t i = 0; i < flow->n_steps; i++) {
        r53__put(text, "    s");
        r53__put_u64(text, i + 1);
        r53__put(text, " [label=\"");
        r53__put_u64(text, i + 1);
        r53__put(text, ". ");
        r53__quote_dot(text, flow->steps[i].action);
        r53__put(text, "\\n");
        r53__quote_dot(text, flow->steps[i].input);
        r53__put(text, i == 1 ? "\", shape=diamond];\n" : "\"];\n");
    }
    r53__put(text, "    end_ [shape=oval, label=\"");
    r53__quote_dot(text, last_output(flow));
    r53__put(text, "\"];\n");
    for (size_t i = 0; i < flow->n_steps; i++) {
        r53__put(text, "    s");
        r53__put_u64(text, i + 1);
        r53__put(text, " -> ");
        put_next(text, flow, i);
        r53__put(text, " [label=\"");
        r53__quote_dot(text, flow->steps[i].decision);
        r53__put(text, "\"];\n");
    }
    r53__put(text, "}\n");
}
