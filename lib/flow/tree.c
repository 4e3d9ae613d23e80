#include "flow/tree.h"

#include "base/report.h"
#include "base/sized.h"
#include "base/sized_refusal.h"
#include "flow/quote.h"

enum { DEPTH_DEFAULT = 24, CHILDREN_DEFAULT = 16, NODES_DEFAULT = 200 };
enum { DEPTH_LIMIT = 64, NODES_LIMIT = 10000 };

static int32_t options_read(r53_tree_options *limits, const r53_tree_options *options,
                            r53_report *report);
static int32_t question_parse(struct route_query *query, const r53_query *said, r53_report *report);
static int32_t question_place(struct tree_draft *d, const struct route_query *query,
                              r53_report *report);
static int32_t tree_grow(struct tree_draft *d, r53_tree **out, r53_report *report);

int32_t r53_tree_new(r53_tree **out, const r53_view *view, const r53_query *query,
                     const r53_tree_options *options, r53_report *report)
{
    struct tree_draft draft = {.view = view};
    struct route_query parsed;
    int32_t rc;

    if (!out || !view)
        return r53__remark(report, &(struct remark){.format = "there is no view to draw"});
    rc = options_read(&draft.limits, options, report);
    if (rc == R53_OK)
        rc = question_parse(&parsed, query, report);
    if (rc != R53_OK)
        return rc;
    draft.input = (struct route_input){view, &parsed, NULL};
    rc = question_place(&draft, &parsed, report);
    return rc == R53_OK ? tree_grow(&draft, out, report) : rc;
}

/* The question */

static int32_t limit_read(uint32_t *limit, const char *path, uint32_t usual, uint32_t most,
                          r53_report *report)
{
    char said[NUMBER_TEXT_MAX], allowed[NUMBER_TEXT_MAX];

    if (*limit == 0)
        *limit = usual;
    if (*limit <= most)
        return R53_OK;
    r53__number_print(said, *limit);
    r53__number_print(allowed, most);
    return r53__remark(report, &(struct remark){.path = path,
                                                .format = "{0} is too much, {1} is the most",
                                                .args = {said, allowed}});
}

static int32_t options_read(r53_tree_options *limits, const r53_tree_options *options,
                            r53_report *report)
{
    int32_t rc;

    *limits = (r53_tree_options){.size = sizeof(*limits)};
    if (options && !r53__sized_read(limits, sizeof(*limits), options))
        return r53__sized_refuse(report, "size", "options", options, sizeof(*limits));
    rc = limit_read(&limits->max_depth, "max_depth", DEPTH_DEFAULT, DEPTH_LIMIT, report);
    if (rc == R53_OK)
        rc = limit_read(&limits->max_children, "max_children", CHILDREN_DEFAULT, NODES_LIMIT,
                        report);
    if (rc == R53_OK)
        rc = limit_read(&limits->max_nodes, "max_nodes", NODES_DEFAULT, NODES_LIMIT, report);
    return rc;
}

/* r53_query_check names what is wrong. */
static int32_t question_parse(struct route_query *query, const r53_query *said, r53_report *report)
{
    if (r53__route_query_parse(query, said) == R53_OK)
        return R53_OK;
    return report && r53_query_check(said, report) == R53_E_NOMEM ? R53_E_NOMEM : R53_E_INVALID;
}

/* Where the name lies; more than that a route is not needed for. */
static int32_t question_place(struct tree_draft *d, const struct route_query *query,
                              r53_report *report)
{
    struct route route;
    int32_t rc = R53_OK;

    r53__route_init(&route);
    while (rc == R53_OK && route.stage < ROUTE_RECORD)
        rc = r53__route_step(&d->input, &route, NULL);
    if (rc == R53_OK)
        d->place = route;
    else if (rc == R53_E_AMBIGUOUS)
        r53__remark(report,
                    &(struct remark){.code = rc,
                                     .format = "several hosted zones answer to this name; name one "
                                               "by its id"});
    else
        r53__remark(report, &(struct remark){.code = rc,
                                             .format = "no hosted zone has the id '{0}'",
                                             .args = {query->hosted_zone_id}});
    return rc;
}

/* Growing */

static void (*const expanders[TREE_KINDS])(struct tree_draft *, int32_t) = {
    [TREE_QUESTION] = r53__tree_expand_question,
    [TREE_GROUP] = r53__tree_expand_group,
    [TREE_RECORD] = r53__tree_expand_record,
    [TREE_BALANCER] = r53__tree_expand_balancer,
    [TREE_LISTENER] = r53__tree_expand_listener,
    [TREE_RULE] = r53__tree_expand_rule,
    [TREE_TARGET_GROUP] = r53__tree_expand_target_group,
};

static void text_clear(struct tree_text *text)
{
    r53__text_init(&text->text, text->buffer, sizeof(text->buffer));
}

static void texts_clear(struct tree_draft *d)
{
    text_clear(&d->edge);
    text_clear(&d->title);
    text_clear(&d->note);
}

static struct r53_tree *tree_make(const struct memory *memory)
{
    struct arena arena;
    struct r53_tree *tree;

    r53__arena_init(&arena, memory);
    tree = r53__arena_alloc(&arena, 1, sizeof(*tree));
    if (tree)
        tree->arena = arena;
    return tree;
}

static int32_t tree_grow(struct tree_draft *d, r53_tree **out, r53_report *report)
{
    d->tree = tree_make(&d->view->arena.memory);
    if (!d->tree)
        return r53__remark_nomem(report);
    texts_clear(d);
    r53__tree_add_question(d);
    for (size_t at = 0; at < d->tree->n_nodes && !d->tree->arena.failed; at++) {
        int32_t kind = d->tree->nodes[at].kind;

        if (expanders[kind])
            expanders[kind](d, (int32_t)at);
    }
    if (d->tree->arena.failed) {
        r53_tree_free(d->tree);
        return r53__remark_nomem(report);
    }
    *out = d->tree;
    return R53_OK;
}

void r53_tree_free(r53_tree *tree)
{
    struct arena arena;

    if (!tree)
        return;
    arena = tree->arena; /* in which the tree lies */
    r53__free(&arena.memory, tree->nodes, tree->capacity, sizeof(*tree->nodes));
    r53__arena_free(&arena);
}

/* Adding */

/* Ends a text that did not fit in "...", at a border between characters. */
static void text_cut(struct tree_text *text)
{
    size_t end = 0, size;

    if (r53__text_fits(&text->text))
        return;
    while (end + 3 < sizeof(text->buffer) - 4) {
        size = r53__utf8_size(text->buffer + end);
        end += size ? size : 1;
    }
    memcpy(text->buffer + end, "...", 4);
}

static const char *text_keep(struct arena *arena, struct tree_text *kept)
{
    struct text text;
    char *copy;

    text_cut(kept);
    r53__text_init(&text, NULL, 0);
    r53__quote_plain(&text, kept->buffer);
    copy = r53__arena_alloc(arena, text.length + 1, 1);
    if (!copy)
        return NULL;
    r53__text_init(&text, copy, text.length + 1);
    r53__quote_plain(&text, kept->buffer);
    return copy;
}

int32_t r53__tree_add(struct tree_draft *d, int32_t parent, enum tree_kind kind,
                      enum tree_state state)
{
    struct r53_tree *tree = d->tree;
    void *nodes = tree->nodes;
    struct tree_node *node;

    if (tree->arena.failed || !r53__grow(&tree->arena.memory, &nodes, &tree->capacity,
                                         tree->n_nodes + 1, sizeof(*tree->nodes))) {
        tree->arena.failed = true;
        return -1;
    }
    tree->nodes = nodes;
    node = &tree->nodes[tree->n_nodes];
    *node = (struct tree_node){.parent = parent, .refers = -1};
    node->kind = (int32_t)kind;
    node->state = (int32_t)state;
    node->depth = parent < 0 ? 0 : tree->nodes[parent].depth + 1;
    node->edge = text_keep(&tree->arena, &d->edge);
    node->title = text_keep(&tree->arena, &d->title);
    node->note = text_keep(&tree->arena, &d->note);
    texts_clear(d);
    if (tree->arena.failed)
        return -1;
    if (parent >= 0 && tree->nodes[parent].n_children++ == 0)
        tree->nodes[parent].first_child = (uint32_t)tree->n_nodes;
    d->counted += kind != TREE_REST;
    return (int32_t)tree->n_nodes++;
}

static int32_t tree_find(const struct r53_tree *tree, const void *at)
{
    for (size_t i = 0; i < tree->n_nodes; i++) {
        if (tree->nodes[i].subject.at == at)
            return (int32_t)i;
    }
    return -1;
}

static bool is_above(const struct r53_tree *tree, int32_t node, int32_t below)
{
    while (below >= 0 && below != node)
        below = tree->nodes[below].parent;
    return below == node;
}

int32_t r53__tree_add_once(struct tree_draft *d, int32_t parent, enum tree_kind kind,
                           enum tree_state state, struct tree_subject subject)
{
    int32_t known = tree_find(d->tree, subject.at);
    int32_t added = r53__tree_add(d, parent, known < 0 ? kind : TREE_REFERENCE, state);
    struct tree_node *node;

    if (added < 0)
        return added;
    node = &d->tree->nodes[added];
    if (known < 0) {
        node->subject = subject;
        return added;
    }
    node->refers = known;
    node->is_loop = is_above(d->tree, known, parent); /* R53-ALIAS-14 */
    if (d->tree->nodes[known].mark == 0)
        d->tree->nodes[known].mark = ++d->marks;
    return added;
}

/* Which limit is reached, and how it is told; NULL: none. */
static const char *limit_reached(const struct tree_draft *d, int32_t parent, size_t i,
                                 uint32_t *limit)
{
    const r53_tree_options *limits = &d->limits;

    *limit = limits->max_depth;
    if (d->tree->nodes[parent].depth >= limits->max_depth)
        return "left out: {0} levels are drawn";
    *limit = limits->max_children;
    if (i >= limits->max_children)
        return "left out: {0} of one parent are drawn";
    *limit = limits->max_nodes;
    return d->counted >= limits->max_nodes ? "left out: {0} nodes are drawn" : NULL;
}

bool r53__tree_fits(struct tree_draft *d, int32_t parent, size_t i, size_t n, const char *noun)
{
    char number[NUMBER_TEXT_MAX];
    const char *args[] = {number}, *reason;
    uint32_t limit;

    if (i >= n || d->tree->arena.failed)
        return false;
    reason = limit_reached(d, parent, i, &limit);
    if (!reason)
        return true;
    texts_clear(d); /* what was begun for the child that does not fit */
    r53__put_u64(&d->title.text, n - i);
    r53__put(&d->title.text, i ? " more " : " ");
    r53__put(&d->title.text, noun);
    r53__put(&d->title.text, n - i > 1 ? "s" : "");
    r53__number_print(number, limit);
    r53__put_template(&d->note.text, reason, args, 1);
    r53__tree_add(d, parent, TREE_REST, TREE_NEUTRAL);
    return false;
}

void r53__tree_put_name(struct text *text, struct name name)
{
    char buffer[NAME_TEXT_MAX];
    struct text whole;

    r53__text_init(&whole, buffer, sizeof(buffer));
    r53__name_put(&whole, name);
    if (whole.length > 1)
        buffer[whole.length - 1] = '\0';
    r53__put(text, buffer);
}

void r53__tree_put_next(struct text *text, const char *separator)
{
    if (text->length > 0)
        r53__put(text, separator);
}
