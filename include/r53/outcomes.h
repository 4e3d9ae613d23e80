/**
 * Exact outcomes: every target or answer that a query can end at, with its exact share. The stages
 * that answer are run for each branch, so the shares are those of the answering code itself.
 */
#ifndef R53_OUTCOMES_H
#define R53_OUTCOMES_H

#include <r53/flow.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The outcomes of one question, most likely first. Pins its view. */
typedef struct r53_outcomes r53_outcomes;

/** Where the traffic ends; passed as int32_t. */
enum r53_outcome_kind {
    R53_OUTCOME_SELECTION = 1, /**< at a load balancer, reached by an alias, by its own name, or by a
                                    CNAME to that which the client looks up: see `selection` */
    R53_OUTCOME_ADDRESS = 2,   /**< at a record's value or an observed address: see `value` */
    R53_OUTCOME_RCODE = 3      /**< without an address: see `rcode` (NODATA is NOERROR) */
};

/** One outcome. Text is lent until the outcomes are freed. */
typedef struct r53_outcome {
    uint32_t size;           /**< sizeof(r53_outcome) */
    int32_t kind;            /**< enum r53_outcome_kind */
    int32_t rcode;           /**< enum r53_rcode */
    int32_t reserved;        /**< 0 */
    const char *numerator;   /**< exact share: decimal digits, lowest terms */
    const char *denominator; /**< decimal digits */
    const char *value;       /**< address: the value; "" else */
    const char *set_identifier; /**< address: of the record set it came from, "" for simple; "" else:
                                     outcomes of several record sets are one there */
    r53_selection *selection;   /**< selection: what was selected; its availability_zone is "" when
                                     nodes of several zones lead there; NULL else */
    const char *answered_numerator;   /**< address: exact share of the answers that hold this value,
                                           first or not, of the same record set (R53-MULTI-02,
                                           R53-SIMPLE-02); these do not sum to 1; "" else */
    const char *answered_denominator; /**< decimal digits, "" else */
    uint32_t hundredths; /**< the share in hundredths of a percent, rounded so that those of all
                              outcomes sum to 10000; the fraction is exact */
    uint32_t reserved_2; /**< 0 */
} r53_outcome;

/**
 * Works out all outcomes.
 * @param query    its seed does not matter
 * @param request  as for r53_flow_run; its seed does not matter
 * @param report   gains why it failed, of a query or request that is not valid each member; may be
 *                 NULL
 * @return R53_OK, as r53_flow_run, R53_E_NOMEM, R53_E_UNSUPPORTED (also for type ANY), R53_E_LIMIT
 *         (more than 4,000,000 stage runs)
 *
 * Time is a sum over stages, not a product: 100 x 100 weighted records, 3 nodes and 1,000 targets
 * cost about 13,000 stage runs.
 */
R53_API int32_t r53_outcomes_new(r53_outcomes **out, const r53_view *view, const r53_query *query,
                                 const r53_request *request, r53_report *report);

/** Frees the outcomes. */
R53_API void r53_outcomes_free(r53_outcomes *outcomes);

/** Number of outcomes; their shares sum to 1. */
R53_API size_t r53_outcomes_count(const r53_outcomes *outcomes);

/** Reads outcome `index` (0-based). R53_OK, R53_E_NOT_FOUND, R53_E_INVALID. */
R53_API int32_t r53_outcomes_get(const r53_outcomes *outcomes, size_t index, r53_outcome *outcome);

/**
 * Writes the outcomes: R53_RENDER_TEXT (a table), R53_RENDER_JSON, R53_RENDER_MERMAID (a flowchart
 * whose lines are as thick as what goes along them) or R53_RENDER_DOT (the same for Graphviz). The
 * most likely come first. Table and JSON hold all of them; a diagram draws the first 20, or 19 and
 * one that says how many others there are, with what share together. Needs no memory.
 * @param buffer  receives text and NUL; may be NULL when capacity is 0
 * @param length  receives the length of the whole text without NUL; may be NULL
 * @return R53_OK, R53_E_NO_SPACE (what fits was written), R53_E_INVALID (form)
 */
R53_API int32_t r53_outcomes_render(const r53_outcomes *outcomes, int32_t form, char *buffer,
                                    size_t capacity, size_t *length);

/** Stage runs it took: a measure of the work. */
R53_API uint64_t r53_outcomes_stage_runs(const r53_outcomes *outcomes);

#ifdef __cplusplus
}
#endif

#endif
