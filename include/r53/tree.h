/**
 * The tree: where all queries for a name can go, as configuration and health stand. Groups of
 * record sets with their policies, aliases, load balancers with nodes and listeners, rules, target
 * groups, targets; each with a word on whether it takes part, and why not. A picture of the model,
 * not of one query: r53_flow_render draws that.
 */
#ifndef R53_TREE_H
#define R53_TREE_H

#include <r53/flow.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A tree, made once and drawn any number of times, by any threads. Holds no view. */
typedef struct r53_tree r53_tree;

/**
 * How much is drawn. What is left out is said where it would have been: how many, and by which
 * limit. 0: the default, which keeps a Mermaid diagram within what GitHub renders.
 */
typedef struct r53_tree_options {
    uint32_t size;         /**< sizeof(r53_tree_options) */
    uint32_t max_depth;    /**< levels below the question, 1 to 64; 0: 24 */
    uint32_t max_children; /**< of one kind below one node, 1 to 10000; 0: 16 */
    uint32_t max_nodes;    /**< in all, 1 to 10000; 0: 200. Levels near the question come first */
} r53_tree_options;

/**
 * Makes the tree of a name and type. What several ways lead to is drawn once, and the others refer
 * to it; an alias that leads back to where it came from is such a reference.
 * @param out      receives the tree; free with r53_tree_free
 * @param view     borrowed
 * @param query    name, type, hosted_zone_id and vpc_id, as for r53_resolve; who asks, and with
 *                 which seed, does not matter. Type ANY draws all types of the name
 * @param options  NULL: all defaults
 * @param report   gains why it failed; may be NULL
 * @return R53_OK, R53_E_NOMEM, R53_E_INVALID, R53_E_AMBIGUOUS, R53_E_NOT_FOUND (hosted_zone_id)
 *
 * O(record sets of the groups drawn + targets of the load balancers drawn + max_nodes squared).
 * Texts of more than 255 octets are cut, and end in "...".
 */
R53_API int32_t r53_tree_new(r53_tree **out, const r53_view *view, const r53_query *query,
                             const r53_tree_options *options, r53_report *report);

/** Frees the tree. NULL does nothing. */
R53_API void r53_tree_free(r53_tree *tree);

/** Form of rendering beside enum r53_render_form; passed as int32_t. */
enum r53_tree_form {
    R53_TREE_ASCII = 101 /**< R53_RENDER_TEXT with lines of ASCII instead of box characters */
};

/**
 * Writes the tree: R53_RENDER_TEXT (UTF-8, one node a line), R53_TREE_ASCII, R53_RENDER_MERMAID (a
 * flowchart), R53_RENDER_DOT (for Graphviz), R53_RENDER_JSON (a flat list of nodes that name their
 * parents). Needs no memory.
 * @param buffer  receives text and NUL; may be NULL when capacity is 0
 * @param length  receives the length of the whole text without NUL; may be NULL
 * @return R53_OK, R53_E_NO_SPACE (what fits was written), R53_E_INVALID (form)
 */
R53_API int32_t r53_tree_render(const r53_tree *tree, int32_t form, char *buffer, size_t capacity,
                                size_t *length);

#ifdef __cplusplus
}
#endif

#endif
