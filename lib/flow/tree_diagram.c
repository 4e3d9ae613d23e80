/*
 * A tree as a diagram: Mermaid and Graphviz. A reference is an edge to the node that it means, so
 * here the tree is a graph, circles included.
 */
#include "flow/quote.h"
#include "flow/tree.h"

struct shape {
    const char *open, *close; /* Mermaid */
    const char *dot;
};

static const struct shape shapes[TREE_KINDS] = {
    [TREE_QUESTION] = {"([\"", "\"])", "oval"},
    [TREE_END] = {"([\"", "\"])", "oval"},
    [TREE_GROUP] = {"{{\"", "\"}}", "hexagon"},
    [TREE_RECORD] = {"[\"", "\"]", "box"},
    [TREE_ADDRESSES] = {"([\"", "\"])", "oval"},
    [TREE_BALANCER] = {"[[\"", "\"]]", "component"},
    [TREE_NODE] = {"(\"", "\")", "ellipse"},
    [TREE_LISTENER] = {"[/\"", "\"/]", "parallelogram"},
    [TREE_RULE] = {"{{\"", "\"}}", "hexagon"},
    [TREE_ACTION] = {"[\"", "\"]", "box"},
    [TREE_TARGET_GROUP] = {"[[\"", "\"]]", "component"},
    [TREE_TARGET] = {"([\"", "\"])", "oval"},
    [TREE_REFERENCE] = {"", "", ""},
    [TREE_REST] = {"[\"", "\"]", "note"},
};

static void put_id(struct text *text, size_t node)
{
    r53__put_char(text, 'n');
    r53__put_u64(text, node);
}

/* The node that an edge to this one ends at. */
static size_t end_of(const struct r53_tree *tree, size_t node)
{
    int32_t refers = tree->nodes[node].refers;

    return refers < 0 ? node : (size_t)refers;
}

static const char *edge_word(const struct tree_node *node)
{
    return *node->edge ? node->edge : node->is_loop ? "a circle" : "";
}

static const char *mermaid_class(const struct tree_node *node)
{
    static const char *const classes[] = {
        [TREE_NEUTRAL] = "", [TREE_IN] = ":::yes", [TREE_OUT] = ":::no"};

    return node->kind == TREE_REST ? ":::rest" : classes[node->state];
}

static void put_mermaid_node(struct text *text, const struct r53_tree *tree, size_t at)
{
    const struct tree_node *node = &tree->nodes[at];

    r53__put(text, "    ");
    put_id(text, at);
    r53__put(text, shapes[node->kind].open);
    r53__quote_mermaid(text, node->title);
    r53__put(text, *node->note ? "<br/>" : "");
    r53__quote_mermaid(text, node->note);
    r53__put(text, shapes[node->kind].close);
    r53__put(text, mermaid_class(node));
    r53__put_char(text, '\n');
}

static void put_mermaid_edge(struct text *text, const struct r53_tree *tree, size_t at)
{
    const struct tree_node *node = &tree->nodes[at];

    r53__put(text, "    ");
    put_id(text, (size_t)node->parent);
    r53__put(text, node->state == TREE_OUT ? " -.->" : " -->");
    if (*edge_word(node)) {
        r53__put(text, "|\"");
        r53__quote_mermaid(text, edge_word(node));
        r53__put(text, "\"|");
    }
    r53__put_char(text, ' ');
    put_id(text, end_of(tree, at));
    r53__put_char(text, '\n');
}

void r53__tree_mermaid(struct text *text, const struct r53_tree *tree)
{
    r53__put(text, "flowchart LR\n");
    for (size_t at = 0; at < tree->n_nodes; at++) {
        if (tree->nodes[at].kind != TREE_REFERENCE)
            put_mermaid_node(text, tree, at);
    }
    for (size_t at = 1; at < tree->n_nodes; at++)
        put_mermaid_edge(text, tree, at);
    r53__put(text, "    classDef yes stroke:#2e7d32,stroke-width:2px\n"
                   "    classDef no stroke:#c62828,stroke-dasharray:5 3\n"
                   "    classDef rest stroke-dasharray:2 2\n");
}

/* Graphviz */

static const char *dot_style(const struct tree_node *node)
{
    static const char *const styles[] = {
        [TREE_NEUTRAL] = "",
        [TREE_IN] = ", color=\"#2e7d32\"",
        [TREE_OUT] = ", color=\"#c62828\", style=dashed",
    };

    return node->kind == TREE_REST ? ", style=dotted" : styles[node->state];
}

static void put_dot_node(struct text *text, const struct r53_tree *tree, size_t at)
{
    const struct tree_node *node = &tree->nodes[at];

    r53__put(text, "    ");
    put_id(text, at);
    r53__put(text, " [shape=");
    r53__put(text, shapes[node->kind].dot);
    r53__put(text, ", label=\"");
    r53__quote_dot(text, node->title);
    r53__put(text, *node->note ? "\\n" : "");
    r53__quote_dot(text, node->note);
    r53__put_char(text, '"');
    r53__put(text, dot_style(node));
    r53__put(text, "];\n");
}

static void put_dot_edge(struct text *text, const struct r53_tree *tree, size_t at)
{
    const struct tree_node *node = &tree->nodes[at];

    r53__put(text, "    ");
    put_id(text, (size_t)node->parent);
    r53__put(text, " -> ");
    put_id(text, end_of(tree, at));
    r53__put(text, " [label=\"");
    r53__quote_dot(text, edge_word(node));
    r53__put(text, node->state == TREE_OUT ? "\", style=dashed];\n" : "\"];\n");
}

void r53__tree_dot(struct text *text, const struct r53_tree *tree)
{
    r53__put(text, "digraph tree {\n    rankdir=LR;\n");
    for (size_t at = 0; at < tree->n_nodes; at++) {
        if (tree->nodes[at].kind != TREE_REFERENCE)
            put_dot_node(text, tree, at);
    }
    for (size_t at = 1; at < tree->n_nodes; at++)
        put_dot_edge(text, tree, at);
    r53__put(text, "}\n");
}
