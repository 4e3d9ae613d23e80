/**
 * The ELB target selector: a request that reached a node of a load balancer, to the target that
 * gets it. Selecting only reads the state; begin and end change it.
 */
#ifndef R53_ELB_H
#define R53_ELB_H

#include <r53/load_balancer.h>
#include <r53/trace.h>
#include <r53/view.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What a client sends to a load balancer. */
typedef struct r53_request {
    uint32_t size;                 /**< sizeof(r53_request) */
    int32_t protocol;              /**< enum r53_protocol; 0: the listener's */
    const char *load_balancer;     /**< ARN or DNS name; not read in a flow, which finds it */
    const char *availability_zone; /**< zone of the node connected to; NULL: drawn (in a flow: that
                                        of the address connected to) */
    const char *source_address;    /**< client; NULL: not known, a flow hash becomes a draw */
    int32_t port;                  /**< listener port; 0: 80, or the lowest there is */
    int32_t source_port;           /**< client port, 1-65535; 0: not known */
    uint32_t tcp_sequence;         /**< initial sequence number of the connection */
    uint32_t reserved;             /**< 0 */
    uint64_t seed;                 /**< chance: the same seed gives the same selection; a flow takes
                                        its query's instead */
    const char *method;            /**< HTTP method; NULL: GET */
    const char *url;               /**< "http://host/path?query" or "/path"; NULL: "/" */
} r53_request;

/** How a request ended (ELB-IN-05); passed as int32_t. */
enum r53_selection_outcome {
    R53_SELECTED_TARGET = 1,         /**< forwarded to a target */
    R53_SELECTED_GENERATED = 2,      /**< HTTP status made by the load balancer itself */
    R53_SELECTED_REDIRECT = 3,       /**< redirect action */
    R53_SELECTED_FIXED_RESPONSE = 4, /**< fixed-response action */
    R53_SELECTED_NO_LISTENER = 5,    /**< nothing listens on the port */
    R53_SELECTED_NO_TARGET = 6,      /**< layer 4: no target in scope */
    R53_SELECTED_INACTIVE = 7,       /**< the load balancer is not active or has no node there */
    R53_SELECTED_DANGLING = 8        /**< forward to a target group that is not known */
};

/** A selection. Text is lent until the view is released; "" where it does not apply. */
typedef struct r53_selection {
    uint32_t size;                 /**< sizeof(r53_selection) */
    int32_t outcome;               /**< enum r53_selection_outcome */
    int32_t status;                /**< HTTP status when generated, redirect, fixed; else 0 */
    int32_t matched_priority;      /**< rule priority; 0: default action (ELB-ALB-RULE-10); -1: none */
    int32_t fail_open;             /**< 1: unhealthy targets take part (ELB-FO-01) */
    int32_t target_port;           /**< port of the target */
    int32_t rule;                  /**< number of the rule that ended it */
    int32_t listener_port;         /**< port of the listener that took the request, 0: none */
    const char *load_balancer_arn;
    const char *availability_zone; /**< zone of the node */
    const char *listener_arn;      /**< "" for Classic */
    const char *target_group_arn;  /**< Classic: the load balancer's ARN */
    const char *target_id;         /**< "i-0a1b", "10.0.1.5" */
    const char *target_zone;       /**< the target's zone, "all", "" if not known */
    int32_t target_ordinal;        /**< place of the target in the order of registration, never
                                        given to another target of the group */
    int32_t reserved;              /**< 0 */
} r53_selection;

/**
 * What moves with traffic: round-robin cursors, requests in progress. Belongs to one thread, or is
 * locked by the host.
 */
typedef struct r53_elb_state r53_elb_state;

/** Makes a state; free with r53_elb_state_free. R53_OK, R53_E_NOMEM, R53_E_INVALID. */
R53_API int32_t r53_elb_state_new(r53_elb_state **out, const r53_allocator *allocator);

/** Frees the state. */
R53_API void r53_elb_state_free(r53_elb_state *state);

/**
 * Selects the target of a request.
 * @param state  read only; NULL: stateless, positions are drawn from the seed
 * @param trace  records each decision; NULL: off
 * @return R53_OK (all outcomes), R53_E_INVALID (request), R53_E_NOT_FOUND (load balancer),
 *         R53_E_UNSUPPORTED (an action or algorithm that is not modelled), R53_E_NOMEM (trace)
 *
 * O(log n) in the number of targets, O(n) where requests in progress are compared or traced; no
 * allocation once the trace is warm.
 */
R53_API int32_t r53_elb_select(const r53_view *view, const r53_request *request,
                               const r53_elb_state *state, r53_selection *selection,
                               r53_trace *trace);

/**
 * The selected request begins: round-robin cursors move on (ELB-ALG-02).
 * @return R53_OK, R53_E_INVALID, R53_E_NOMEM (state unchanged)
 */
R53_API int32_t r53_elb_begin(r53_elb_state *state, const r53_selection *selection);

/**
 * The request ends.
 * @return R53_OK (also of a selection without target: nothing to end), R53_E_INVALID (it never began:
 *         state unchanged)
 */
R53_API int32_t r53_elb_end(r53_elb_state *state, const r53_selection *selection);

/** Name of an outcome ("target", "no-listener"), or "". Static. */
R53_API const char *r53_selection_outcome_name(int32_t outcome);

#ifdef __cplusplus
}
#endif

#endif
