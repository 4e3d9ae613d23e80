/*
 * A tree as text for reading, a node a line, and as JSON for programs.
 */
#include "flow/quote.h"
#include "flow/tree.h"

enum { DEPTH_MOST = 66 }; /* the question, 64 levels, and what is left out below them */

/* What a line begins with: by whether the node, or the one above, is the last of its parent. */
struct lines {
    const char *child, *last_child, *passing, *blank;
};

static bool is_last(const struct r53_tree *tree, size_t node)
{
    const struct tree_node *parent = &tree->nodes[tree->nodes[node].parent];

    return node + 1 == (size_t)parent->first_child + parent->n_children;
}

/* The node behind this one as a reader goes, parents before children; n_nodes: none. */
static size_t next_in_reading(const struct r53_tree *tree, size_t node)
{
    if (tree->nodes[node].n_children > 0)
        return tree->nodes[node].first_child;
    while (node > 0 && is_last(tree, node))
        node = (size_t)tree->nodes[node].parent;
    return node > 0 ? node + 1 : tree->n_nodes;
}

static void put_lines(struct text *text, const struct r53_tree *tree, size_t node,
                      const struct lines *lines)
{
    const char *parts[DEPTH_MOST];
    size_t n = 0;

    if (node == 0)
        return;
    parts[n++] = is_last(tree, node) ? lines->last_child : lines->child;
    for (size_t at = (size_t)tree->nodes[node].parent; at > 0; at = (size_t)tree->nodes[at].parent)
        parts[n++] = is_last(tree, at) ? lines->blank : lines->passing;
    while (n > 0)
        r53__put(text, parts[--n]);
}

static void put_mark(struct text *text, const char *before, uint32_t mark)
{
    r53__put(text, before);
    r53__put_u64(text, mark);
}

static void put_node(struct text *text, const struct r53_tree *tree, const struct tree_node *node)
{
    r53__put(text, node->edge);
    r53__put(text, *node->edge ? ": " : "");
    r53__put(text, node->title);
    if (node->kind == TREE_REFERENCE) {
        put_mark(text, node->is_loop ? ", back to #" : ", see #", tree->nodes[node->refers].mark);
        r53__put(text, node->is_loop ? ": a circle" : "");
        return;
    }
    if (node->mark)
        put_mark(text, " #", node->mark);
    r53__put(text, *node->note ? " - " : "");
    r53__put(text, node->note);
}

static void put_tree(struct text *text, const struct r53_tree *tree, const struct lines *lines)
{
    for (size_t at = 0; at < tree->n_nodes; at = next_in_reading(tree, at)) {
        put_lines(text, tree, at, lines);
        put_node(text, tree, &tree->nodes[at]);
        r53__put_char(text, '\n');
    }
}

void r53__tree_text(struct text *text, const struct r53_tree *tree)
{
    static const struct lines lines = {"\u251c\u2500 ", "\u2514\u2500 ", "\u2502  ", "   "};

    put_tree(text, tree, &lines);
}

void r53__tree_ascii(struct text *text, const struct r53_tree *tree)
{
    static const struct lines lines = {"|- ", "`- ", "|  ", "   "};

    put_tree(text, tree, &lines);
}

/* JSON */

static const char *const kind_names[TREE_KINDS] = {
    [TREE_QUESTION] = "question",
    [TREE_END] = "end",
    [TREE_GROUP] = "record-sets",
    [TREE_RECORD] = "record-set",
    [TREE_ADDRESSES] = "addresses",
    [TREE_BALANCER] = "load-balancer",
    [TREE_NODE] = "node",
    [TREE_LISTENER] = "listener",
    [TREE_RULE] = "rule",
    [TREE_ACTION] = "action",
    [TREE_TARGET_GROUP] = "target-group",
    [TREE_TARGET] = "target",
    [TREE_REFERENCE] = "reference",
    [TREE_REST] = "left-out",
};

static void put_number(struct text *text, const char *before, int32_t number)
{
    r53__put(text, before);
    if (number < 0)
        r53__put(text, "null");
    else
        r53__put_i64(text, number);
}

static void put_json_node(struct text *text, const struct r53_tree *tree, size_t at)
{
    static const char *const states[] = {
        [TREE_NEUTRAL] = "null", [TREE_IN] = "true", [TREE_OUT] = "false"};
    const struct tree_node *node = &tree->nodes[at];

    put_number(text, "\n    {\"Id\": ", (int32_t)at);
    put_number(text, ", \"Parent\": ", node->parent);
    r53__put_json_member(text, ", ", "Kind", kind_names[node->kind]);
    r53__put_json_member(text, ", ", "Edge", node->edge);
    r53__put_json_member(text, ", ", "Title", node->title);
    r53__put_json_member(text, ", ", "Note", node->note);
    r53__put(text, ", \"TakesPart\": ");
    r53__put(text, states[node->state]);
    put_number(text, ", \"RefersTo\": ", node->refers);
    r53__put(text, node->is_loop ? ", \"IsCircle\": true}" : ", \"IsCircle\": false}");
}

void r53__tree_json(struct text *text, const struct r53_tree *tree)
{
    r53__put(text, "{\n  \"Nodes\": [");
    for (size_t at = 0; at < tree->n_nodes; at++) {
        r53__put(text, at ? "," : "");
        put_json_node(text, tree, at);
    }
    r53__put(text, "]\n}\n");
}

/* Forms */

static const struct form {
    int32_t form;
    void (*put)(struct text *text, const struct r53_tree *tree);
} forms[] = {
    {R53_RENDER_TEXT, r53__tree_text},       {R53_TREE_ASCII, r53__tree_ascii},
    {R53_RENDER_MERMAID, r53__tree_mermaid}, {R53_RENDER_DOT, r53__tree_dot},
    {R53_RENDER_JSON, r53__tree_json},
};

int32_t r53_tree_render(const r53_tree *tree, int32_t form, char *buffer, size_t capacity,
                        size_t *length)
{
    struct text text;

    for (size_t i = 0; tree && i < sizeof(forms) / sizeof(*forms); i++) {
        if (forms[i].form != form)
            continue;
        r53__text_init(&text, buffer, capacity);
        forms[i].put(&text, tree);
        if (length)
            *length = text.length;
        return r53__text_fits(&text) ? R53_OK : R53_E_NO_SPACE;
    }
    return R53_E_INVALID;
}
