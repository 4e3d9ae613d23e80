/**
 * The flow: from a DNS query to the target behind a load balancer, every step named.
 */
#ifndef R53_FLOW_H
#define R53_FLOW_H

#include <r53/elb.h>
#include <r53/resolve.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The result of one run; may be used for any number of runs, one at a time. */
typedef struct r53_flow r53_flow;

/** Makes a flow; free with r53_flow_free. R53_OK, R53_E_NOMEM, R53_E_INVALID. */
R53_API int32_t r53_flow_new(r53_flow **out, const r53_allocator *allocator);

/** Frees the flow and lets go of its view. */
R53_API void r53_flow_free(r53_flow *flow);

/**
 * Runs all stages: zone, dispatch, policy, alias, load balancer, node, listener, target group,
 * target. Told by name (query->telling 0) it gives the six steps of the walk-through; a record that
 * is no alias to a load balancer is returned as it is, without resolving any load balancer. Where
 * that record is a CNAME to a load balancer's own name, asked for A or AAAA, the client then looks
 * that name up by itself, and connects. A load balancer's own name can be asked for, too: it is
 * always told by addresses (see r53_resolve). CNAMEs that lead elsewhere are not followed.
 * @param request  how the client connects; NULL: all defaults. Its load_balancer is not read: the
 *                 flow finds it; its availability_zone, if given, names the node
 * @param state    read only; NULL: stateless
 * @param flow     overwritten; on failure empty
 * @return as r53_resolve and r53_elb_select; R53_E_INVALID: r53_query_check and r53_request_check
 *         tell why
 */
R53_API int32_t r53_flow_run(const r53_view *view, const r53_query *query,
                             const r53_request *request, const r53_elb_state *state,
                             r53_flow *flow);

/** A step of the walk-through. Text is lent until the flow is used again. */
typedef struct r53_flow_step {
    uint32_t size;        /**< sizeof(r53_flow_step) */
    int32_t number;       /**< 1, 2, ... */
    const char *action;   /**< "Route 53 checks record type" */
    const char *input;    /**< "example.com record" */
    const char *decision; /**< "Record is Alias to ELB" */
    const char *output;   /**< "Proceed to resolve ELB" */
    uint32_t first_entry; /**< first trace entry that decided it, see r53_flow_trace */
    uint32_t n_entries;   /**< how many */
} r53_flow_step;

/**
 * Steps of the run: six, fewer when it ends early, three when the record is returned as it is and
 * the client does not look it up.
 */
R53_API size_t r53_flow_step_count(const r53_flow *flow);

/** Reads step `index` (0-based). R53_OK, R53_E_NOT_FOUND, R53_E_INVALID. */
R53_API int32_t r53_flow_step_get(const r53_flow *flow, size_t index, r53_flow_step *step);

/** A tracked variable; passed as int32_t. */
enum r53_flow_variable {
    R53_VARIABLE_DNS_QUERY = 0,
    R53_VARIABLE_RECORD_TYPE = 1,
    R53_VARIABLE_ELB_DNS = 2,
    R53_VARIABLE_ELB_IPS = 3,
    R53_VARIABLE_USER_CONNECTION = 4
};

/** Name of a variable ("ELB DNS"), or "". Static. */
R53_API const char *r53_flow_variable_name(int32_t variable);

/**
 * Value of a variable after a step; after_step 0 is the start, a number past the last step gives
 * the final value. Lent until the flow is used again; "" for an unknown variable.
 */
R53_API const char *r53_flow_variable_get(const r53_flow *flow, int32_t variable, size_t after_step);

/** The answer of the run. Lent until the flow is used again. */
R53_API r53_answer *r53_flow_answer(r53_flow *flow);

/** The selection of the run; outcome 0 when the flow ended before a load balancer. Lent likewise. */
R53_API const r53_selection *r53_flow_selection(const r53_flow *flow);

/** Address that the client connected to, "" if none. Lent likewise. */
R53_API const char *r53_flow_address(const r53_flow *flow);

/** Why: every decision of the run. Lent likewise. */
R53_API const r53_trace *r53_flow_trace(const r53_flow *flow);

/** Forms of rendering; passed as int32_t. */
enum r53_render_form {
    R53_RENDER_TEXT = 1,    /**< the steps and the tracked variables as two tables */
    R53_RENDER_EXPLAIN = 2, /**< the decisions of each step with their rules, and the target */
    R53_RENDER_MERMAID = 3, /**< the process flow as a Mermaid flowchart */
    R53_RENDER_JSON = 4,    /**< everything, as JSON */
    R53_RENDER_DOT = 5      /**< the process flow for Graphviz */
};

/**
 * Writes the run in the given form.
 * @param buffer  receives text and NUL; may be NULL when capacity is 0
 * @param length  receives the length of the whole text without NUL; may be NULL
 * @return R53_OK, R53_E_NO_SPACE (what fits was written), R53_E_INVALID (form)
 */
R53_API int32_t r53_flow_render(const r53_flow *flow, int32_t form, char *buffer, size_t capacity,
                                size_t *length);

#ifdef __cplusplus
}
#endif

#endif
