/*
 * A run as JSON, for programs. Members are named as AWS would.
 */
#include "flow/render.h"

#include "flow/flow.h"
#include "flow/quote.h"

#include <r53/rulebook.h>

static void put_entry_json(struct text *text, const r53_flow *flow, size_t e)
{
    r53_trace_entry entry = {.size = sizeof(entry)};
    char line[2 * NAME_TEXT_MAX + 512]; /* a text has at most two names */

    r53_trace_get(flow->trace, e, &entry);
    r53_trace_text(flow->trace, e, line, sizeof(line), NULL);
    r53__put_json_member(text, "{", "Event", entry.name);
    r53__put_json_member(text, ", ", "Rule", r53_rule_id(entry.rule));
    r53__put_json_member(text, ", ", "Text", line);
    r53__put_char(text, '}');
}

static void put_step_json(struct text *text, const r53_flow *flow, size_t i)
{
    const struct flow_step *step = &flow->steps[i];

    r53__put_json_member(text, "    {", "Action", step->action);
    r53__put_json_member(text, ", ", "Input", step->input);
    r53__put_json_member(text, ", ", "Decision", step->decision);
    r53__put_json_member(text, ", ", "Output", step->output);
    r53__put(text, ", \"Trace\": [");
    for (size_t e = 0; e < step->n_entries; e++) {
        r53__put(text, e ? ",\n      " : "\n      ");
        put_entry_json(text, flow, step->first_entry + e);
    }
    r53__put(text, "]}");
}

static void put_variables_json(struct text *text, const r53_flow *flow)
{
    for (int32_t v = 0; v < FLOW_VARIABLES; v++) {
        r53__put(text, v ? ",\n    " : "\n    ");
        r53__put_json(text, r53_flow_variable_name(v));
        r53__put(text, ": [");
        for (size_t after = 0; after <= flow->n_steps; after++) {
            r53__put(text, after ? ", " : "");
            r53__put_json(text, r53_flow_variable_get(flow, v, after));
        }
        r53__put_char(text, ']');
    }
}

static void put_record_json(struct text *text, const r53_record *record)
{
    r53__put_json_member(text, "{", "Name", record->name);
    r53__put_json_member(text, ", ", "Type", r53_type_name(record->type));
    r53__put(text, ", \"TTL\": ");
    r53__put_u64(text, record->ttl);
    r53__put_json_member(text, ", ", "Value", record->value);
    r53__put_char(text, '}');
}

/* The Answer section; the flow has read it once, so that reading needs no memory. */
static void put_answer_json(struct text *text, const r53_flow *flow)
{
    r53_answer_summary summary = {.size = sizeof(summary)};
    r53_record record = {.size = sizeof(record)};

    r53_answer_summarize(flow->answer, &summary);
    r53__put_json_member(text, "{", "ResponseCode", r53_rcode_name(summary.rcode));
    r53__put_json_member(text, ", ", "HostedZoneId", summary.hosted_zone_id);
    r53__put_json_member(text, ", ", "SetIdentifier", summary.set_identifier);
    r53__put(text, ", \"Records\": [");
    for (size_t i = 0;
         r53_answer_record(flow->answer, R53_SECTION_ANSWER, i, &record) == R53_OK; i++) {
        r53__put(text, i ? ",\n    " : "\n    ");
        put_record_json(text, &record);
    }
    r53__put(text, "]}");
}

void r53__render_selection_json(struct text *text, const r53_selection *s)
{
    r53__put_json_member(text, ", ", "LoadBalancerArn", s->load_balancer_arn);
    r53__put_json_member(text, ", ", "AvailabilityZone", s->availability_zone);
    r53__put_json_member(text, ", ", "ListenerArn", s->listener_arn);
    r53__put_json_member(text, ", ", "TargetGroupArn", s->target_group_arn);
    r53__put_json_member(text, ", ", "TargetId", s->target_id);
    r53__put_json_member(text, ", ", "TargetZone", s->target_zone);
    r53__put(text, ", \"TargetPort\": ");
    r53__put_i64(text, s->target_port);
    r53__put(text, ", \"Status\": ");
    r53__put_i64(text, s->status);
    r53__put(text, s->fail_open ? ", \"FailOpen\": true" : ", \"FailOpen\": false");
}

static void put_connection_json(struct text *text, const r53_flow *flow)
{
    const r53_selection *s = &flow->selection;

    r53__put_json_member(text, "{", "Outcome", r53_selection_outcome_name(s->outcome));
    r53__put_json_member(text, ", ", "Address", flow->address);
    r53__render_selection_json(text, s);
    r53__put(text, "}");
}

void r53__render_json(struct text *text, const r53_flow *flow)
{
    r53__put(text, "{\n  \"Steps\": [");
    for (size_t i = 0; i < flow->n_steps; i++) {
        r53__put(text, i ? ",\n" : "\n");
        put_step_json(text, flow, i);
    }
    r53__put(text, "],\n  \"Variables\": {");
    put_variables_json(text, flow);
    r53__put(text, "},\n  \"Answer\": ");
    put_answer_json(text, flow);
    r53__put(text, ",\n  \"Selection\": ");
    if (flow->selection.outcome)
        put_connection_json(text, flow);
    else
        r53__put(text, "null");
    r53__put(text, "\n}\n");
}
