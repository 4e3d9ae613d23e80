/*
 * Inside of a tree: nodes in the order in which they were found, level by level, so that a limit
 * cuts what is far from the question. The array of nodes is the queue as well: a node is expanded
 * by the function of its kind, which appends its children.
 *
 *   question ── group ── record ┬─ group ...
 *                               ├─ addresses
 *                               └─ balancer ┬─ node
 *                                           └─ listener ── rule ┬─ action
 *                                                               └─ target group ── target
 *
 * What may be reached again (groups, load balancers, target groups) is known by its address in the
 * view; the second way to it is a reference.
 */
#ifndef R53_LIB_FLOW_TREE_H
#define R53_LIB_FLOW_TREE_H

#include <r53/tree.h>

#include "base/alloc.h"
#include "base/text.h"
#include "route53/route.h"

enum tree_kind {
    TREE_QUESTION,
    TREE_END, /* where nothing answers, or nothing more is known */
    TREE_GROUP,
    TREE_RECORD,
    TREE_ADDRESSES,
    TREE_BALANCER,
    TREE_NODE,
    TREE_LISTENER,
    TREE_RULE,
    TREE_ACTION,
    TREE_TARGET_GROUP,
    TREE_TARGET,
    TREE_REFERENCE,
    TREE_REST, /* what a limit left out */
    TREE_KINDS
};

/* Does it take part? */
enum tree_state { TREE_NEUTRAL, TREE_IN, TREE_OUT };

enum { TREE_TEXT_MAX = 256 };

/* What a node stands for, borrowed from the view while the tree is made. */
struct tree_subject {
    const void *at;     /* struct group, record_set, fleet, fleet_listener, fleet_rule, pool */
    const void *within; /* struct view_zone of the first two, struct fleet of the others */
};

struct tree_node {
    int32_t kind;   /* enum tree_kind */
    int32_t state;  /* enum tree_state */
    int32_t parent; /* -1: the question */
    int32_t refers; /* reference: to which node; -1 else */
    uint32_t depth;
    uint32_t first_child, n_children; /* they lie together */
    uint32_t mark;                    /* number that references in text name it by; 0: none does */
    bool is_loop;                     /* reference: to where it came from */
    const char *edge, *title, *note;  /* clean text: UTF-8 without control characters; "" */
    struct tree_subject subject;
};

struct r53_tree {
    struct arena arena; /* texts; the tree itself lies in it */
    struct tree_node *nodes;
    size_t n_nodes, capacity;
};

/* A text of the node that is added next. */
struct tree_text {
    struct text text;
    char buffer[TREE_TEXT_MAX];
};

struct tree_draft {
    struct r53_tree *tree;
    const r53_view *view;
    struct route_input input; /* the question */
    struct route place;       /* where it lies: zone, disposition, group */
    r53_tree_options limits;  /* all said */
    size_t counted;           /* nodes but for TREE_REST */
    uint32_t marks;
    struct tree_text edge, title, note; /* emptied by adding */
};

/* Adds a child with the draft's texts. -1: no memory, which the arena remembers. */
int32_t r53__tree_add(struct tree_draft *d, int32_t parent, enum tree_kind kind,
                      enum tree_state state);

/* The same for what may be reached again. If it was before, a reference is added instead. */
int32_t r53__tree_add_once(struct tree_draft *d, int32_t parent, enum tree_kind kind,
                           enum tree_state state, struct tree_subject subject);

/*
 * May child `i` of `n` be added below the parent? If a limit keeps it and those behind it out, they
 * are counted there: "3 targets".
 */
bool r53__tree_fits(struct tree_draft *d, int32_t parent, size_t i, size_t n, const char *noun);

/* A name without its last dot, as people write it. */
void r53__tree_put_name(struct text *text, struct name name);

/* What ", " or "; " stands before when something follows: nothing at the start of a text. */
void r53__tree_put_next(struct text *text, const char *separator);

/* The first node; tree_question.c. */
void r53__tree_add_question(struct tree_draft *d);

/* Expanding, by kind. */
void r53__tree_expand_question(struct tree_draft *d, int32_t node);
void r53__tree_expand_group(struct tree_draft *d, int32_t node);
void r53__tree_expand_record(struct tree_draft *d, int32_t node);
void r53__tree_expand_balancer(struct tree_draft *d, int32_t node);
void r53__tree_expand_listener(struct tree_draft *d, int32_t node);
void r53__tree_expand_rule(struct tree_draft *d, int32_t node);
void r53__tree_expand_target_group(struct tree_draft *d, int32_t node);

/* Adds a group of record sets, a load balancer, or one of its target groups below the parent. */
void r53__tree_add_group(struct tree_draft *d, int32_t parent, const struct view_zone *zone,
                         int32_t group);
void r53__tree_add_balancer(struct tree_draft *d, int32_t parent, int32_t fleet, int32_t node);
void r53__tree_add_pool(struct tree_draft *d, int32_t parent, const struct fleet *fleet,
                        const struct pool *pool);

/* What a record set's policy says of it, and whether it may be answered; tree_policy.c. */
void r53__tree_put_choice(struct text *text, const struct view_zone *zone,
                          const struct record_set *set);
enum tree_state r53__tree_put_standing(struct text *text, const struct tree_draft *d,
                                       const struct view_zone *zone, const struct record_set *set);

/* What a rule asks for, and what an action that forwards nowhere does; tree_words.c. */
void r53__tree_put_conditions(struct text *text, const struct rule *rule, struct arena *arena);
void r53__tree_put_action(struct text *title, struct text *note, const struct action *action);

/* The forms. */
void r53__tree_text(struct text *text, const struct r53_tree *tree);
void r53__tree_ascii(struct text *text, const struct r53_tree *tree);
void r53__tree_mermaid(struct text *text, const struct r53_tree *tree);
void r53__tree_dot(struct text *text, const struct r53_tree *tree);
void r53__tree_json(struct text *text, const struct r53_tree *tree);

#endif
