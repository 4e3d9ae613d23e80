/*
 * The forms that a run is rendered in, each a function into a text writer.
 */
#ifndef R53_LIB_FLOW_RENDER_H
#define R53_LIB_FLOW_RENDER_H

#include <r53/flow.h>

#include "base/text.h"

void r53__render_mermaid(struct text *text, const r53_flow *flow);
void r53__render_dot(struct text *text, const r53_flow *flow);
void r53__render_json(struct text *text, const r53_flow *flow);

/* The members of a JSON object that tell what was selected, each after a comma; all but its outcome. */
void r53__render_selection_json(struct text *text, const r53_selection *selection);

#endif
