/*
 * Outcomes as a diagram of flows: from the question over load balancers and target groups to the
 * ends. What several ends share is drawn once, with the sum of their shares.
 *
 *   question ──► load balancer ──► target group ──► end
 *
 * It is a flowchart and no Sankey diagram, as Mermaid's has labels of plain ASCII only, merges
 * nodes that are called alike, and is not drawn by older renderers; thickness tells the same.
 */
#include "analysis/outcomes_words.h"
#include "flow/quote.h"

enum { DRAWN_MOST = 20, LABEL_MAX = 256, FRACTION_MOST = 24, LINE_MOST = 10 };

enum level { LEVEL_QUESTION, LEVEL_BALANCER, LEVEL_GROUP, LEVEL_END, LEVEL_REST };

/* A node of the diagram: its level, and the first outcome behind it. */
struct place {
    enum level level;
    size_t outcome;
};

/* A line to a node that no line led to before. */
struct line {
    struct place from, to;
    uint32_t hundredths;
};

/* Going through all lines. */
struct walk {
    const r53_outcomes *outcomes;
    size_t drawn; /* outcomes that have an end of their own */
    size_t at;
    enum level level; /* of the line that comes next */
    struct place last;
};

static struct walk walk_begin(const r53_outcomes *outcomes)
{
    size_t n = r53_outcomes_count(outcomes);

    return (struct walk){.outcomes = outcomes,
                         .drawn = n > DRAWN_MOST ? DRAWN_MOST - 1 : n,
                         .level = LEVEL_BALANCER};
}

/* What outcomes have in common that are drawn behind one node of this level; "": no such node. */
static const char *key_of(const r53_outcome *outcome, enum level level)
{
    if (!outcome->selection)
        return "";
    return level == LEVEL_BALANCER ? outcome->selection->load_balancer_arn
                                   : outcome->selection->target_group_arn;
}

static bool is_alike(const r53_outcome *a, const r53_outcome *b, enum level level)
{
    for (enum level i = LEVEL_BALANCER; i <= level; i++) {
        if (strcmp(key_of(a, i), key_of(b, i)) != 0)
            return false;
    }
    return true;
}

/* Sum over the outcomes drawn behind the node; `first`: the first of them. */
static uint32_t sum_alike(const struct walk *walk, enum level level, size_t *first)
{
    r53_outcome outcome = r53__outcome(walk->outcomes, walk->at);
    uint32_t sum = 0;

    *first = walk->drawn;
    for (size_t i = 0; i < walk->drawn; i++) {
        r53_outcome other = r53__outcome(walk->outcomes, i);

        if (!is_alike(&outcome, &other, level))
            continue;
        *first = *first < i ? *first : i;
        sum += other.hundredths;
    }
    return sum;
}

/* The line from the last node to one of this level; false: it is not there, or was drawn. */
static bool shared_line(struct walk *walk, enum level level, struct line *line)
{
    r53_outcome outcome = r53__outcome(walk->outcomes, walk->at);
    size_t first;

    if (*key_of(&outcome, level) == '\0')
        return false;
    *line = (struct line){.from = walk->last};
    line->hundredths = sum_alike(walk, level, &first);
    line->to = walk->last = (struct place){level, first};
    return first == walk->at;
}

static void end_line(struct walk *walk, struct line *line)
{
    *line = (struct line){
        walk->last, {LEVEL_END, walk->at}, r53__outcome(walk->outcomes, walk->at).hundredths};
    walk->at++;
    walk->level = LEVEL_BALANCER;
    walk->last = (struct place){LEVEL_QUESTION, 0};
}

static bool rest_line(struct walk *walk, struct line *line)
{
    size_t n = r53_outcomes_count(walk->outcomes);

    if (walk->at >= n)
        return false;
    *line = (struct line){.to = {LEVEL_REST, walk->at}};
    for (; walk->at < n; walk->at++)
        line->hundredths += r53__outcome(walk->outcomes, walk->at).hundredths;
    return true;
}

static bool walk_next(struct walk *walk, struct line *line)
{
    if (walk->at >= walk->drawn)
        return rest_line(walk, line);
    while (walk->level < LEVEL_END) {
        if (shared_line(walk, walk->level++, line))
            return true;
    }
    end_line(walk, line);
    return true;
}

/* Labels */

static void put_rest(struct text *text, const r53_outcomes *outcomes, size_t first)
{
    r53_outcome largest = r53__outcome(outcomes, first);

    r53__put_u64(text, r53_outcomes_count(outcomes) - first);
    r53__put(text, " others, each at most ");
    r53__put_percent(text, largest.hundredths);
}

static void put_title(struct text *text, const r53_outcomes *outcomes, struct place place)
{
    r53_outcome outcome = r53__outcome(outcomes, place.outcome);

    if (place.level == LEVEL_QUESTION) {
        r53__put(text, r53__outcomes_question(outcomes));
    } else if (place.level == LEVEL_REST) {
        put_rest(text, outcomes, place.outcome);
    } else if (place.level == LEVEL_END) {
        r53__outcome_put_end(text, &outcome);
    } else {
        r53__put(text, place.level == LEVEL_BALANCER ? "load balancer " : "target group ");
        r53__put_arn_name(text, key_of(&outcome, place.level));
    }
}

static void put_note(struct text *text, const r53_outcomes *outcomes, struct place place)
{
    r53_outcome outcome = r53__outcome(outcomes, place.outcome);

    if (place.level == LEVEL_END)
        r53__outcome_put_note(text, &outcome);
}

/* "33.33 % (1/3)"; of what is summed up, and of long fractions, the percentage alone. */
static void put_share(struct text *text, const r53_outcomes *outcomes, const struct line *line)
{
    r53_outcome outcome = r53__outcome(outcomes, line->to.outcome);

    r53__put_percent(text, line->hundredths);
    if (line->to.level != LEVEL_END || strcmp(outcome.denominator, "1") == 0 ||
        strlen(outcome.numerator) + strlen(outcome.denominator) > FRACTION_MOST)
        return;
    r53__put(text, " (");
    r53__put_fraction(text, outcome.numerator, outcome.denominator);
    r53__put_char(text, ')');
}

static void put_quoted(struct text *text, quote_function *quote,
                       void (*put)(struct text *, const r53_outcomes *, struct place),
                       const r53_outcomes *outcomes, struct place place)
{
    char buffer[LABEL_MAX];
    struct text raw;

    r53__text_init(&raw, buffer, sizeof(buffer));
    put(&raw, outcomes, place);
    quote(text, buffer);
    r53__put(text, r53__text_fits(&raw) ? "" : "...");
}

static void put_label(struct text *text, quote_function *quote, const char *new_line,
                      const r53_outcomes *outcomes, struct place place)
{
    struct text note;

    put_quoted(text, quote, put_title, outcomes, place);
    r53__text_init(&note, NULL, 0);
    put_note(&note, outcomes, place);
    if (note.length == 0)
        return;
    r53__put(text, new_line);
    put_quoted(text, quote, put_note, outcomes, place);
}

static void put_id(struct text *text, struct place place)
{
    static const char *const ids[] = {[LEVEL_QUESTION] = "question",
                                      [LEVEL_BALANCER] = "balancer",
                                      [LEVEL_GROUP] = "group",
                                      [LEVEL_END] = "outcome",
                                      [LEVEL_REST] = "others"};

    r53__put(text, ids[place.level]);
    r53__put_u64(text, place.outcome);
}

/* 1 to LINE_MOST */
static uint64_t thickness(uint32_t hundredths)
{
    return 1 + (uint64_t)hundredths * (LINE_MOST - 1) / 10000;
}

/* Mermaid */

static void put_mermaid_node(struct text *text, const r53_outcomes *outcomes, struct place place)
{
    static const char *const shapes[][2] = {
        [LEVEL_QUESTION] = {"([\"", "\"])\n"}, [LEVEL_BALANCER] = {"[[\"", "\"]]\n"},
        [LEVEL_GROUP] = {"[[\"", "\"]]\n"},    [LEVEL_END] = {"([\"", "\"])\n"},
        [LEVEL_REST] = {"[\"", "\"]\n"},
    };

    r53__put(text, "    ");
    put_id(text, place);
    r53__put(text, shapes[place.level][0]);
    put_label(text, r53__quote_mermaid, "<br/>", outcomes, place);
    r53__put(text, shapes[place.level][1]);
}

static void put_mermaid_line(struct text *text, const r53_outcomes *outcomes,
                             const struct line *line)
{
    char buffer[LABEL_MAX];
    struct text raw;

    r53__text_init(&raw, buffer, sizeof(buffer));
    put_share(&raw, outcomes, line);
    r53__put(text, "    ");
    put_id(text, line->from);
    r53__put(text, " -->|\"");
    r53__quote_mermaid(text, buffer);
    r53__put(text, "\"| ");
    put_id(text, line->to);
    r53__put_char(text, '\n');
}

/* All lines of one thickness, by their numbers; nothing when there are none. */
static void put_mermaid_widths(struct text *text, const r53_outcomes *outcomes, uint64_t width)
{
    const char *before = "    linkStyle ";
    struct walk walk = walk_begin(outcomes);
    struct line line;

    for (uint64_t n = 0; walk_next(&walk, &line); n++) {
        if (thickness(line.hundredths) != width)
            continue;
        r53__put(text, before);
        r53__put_u64(text, n);
        before = ",";
    }
    if (*before != ',')
        return;
    r53__put(text, " stroke-width:");
    r53__put_u64(text, width);
    r53__put(text, "px\n");
}

void r53__outcomes_mermaid(struct text *text, const r53_outcomes *outcomes)
{
    struct walk walk;
    struct line line;

    r53__put(text, "flowchart LR\n");
    put_mermaid_node(text, outcomes, (struct place){LEVEL_QUESTION, 0});
    for (walk = walk_begin(outcomes); walk_next(&walk, &line);)
        put_mermaid_node(text, outcomes, line.to);
    for (walk = walk_begin(outcomes); walk_next(&walk, &line);)
        put_mermaid_line(text, outcomes, &line);
    for (uint64_t width = 1; width <= LINE_MOST; width++)
        put_mermaid_widths(text, outcomes, width);
}

/* Graphviz */

static void put_dot_node(struct text *text, const r53_outcomes *outcomes, struct place place)
{
    static const char *const shapes[] = {
        [LEVEL_QUESTION] = "oval", [LEVEL_BALANCER] = "component", [LEVEL_GROUP] = "component",
        [LEVEL_END] = "oval",      [LEVEL_REST] = "note",
    };

    r53__put(text, "    ");
    put_id(text, place);
    r53__put(text, " [shape=");
    r53__put(text, shapes[place.level]);
    r53__put(text, ", label=\"");
    put_label(text, r53__quote_dot, "\\n", outcomes, place);
    r53__put(text, "\"];\n");
}

static void put_dot_line(struct text *text, const r53_outcomes *outcomes, const struct line *line)
{
    char buffer[LABEL_MAX];
    struct text raw;

    r53__text_init(&raw, buffer, sizeof(buffer));
    put_share(&raw, outcomes, line);
    r53__put(text, "    ");
    put_id(text, line->from);
    r53__put(text, " -> ");
    put_id(text, line->to);
    r53__put(text, " [label=\"");
    r53__quote_dot(text, buffer);
    r53__put(text, "\", penwidth=");
    r53__put_u64(text, thickness(line->hundredths));
    r53__put(text, "];\n");
}

void r53__outcomes_dot(struct text *text, const r53_outcomes *outcomes)
{
    struct walk walk;
    struct line line;

    r53__put(text, "digraph outcomes {\n    rankdir=LR;\n");
    put_dot_node(text, outcomes, (struct place){LEVEL_QUESTION, 0});
    for (walk = walk_begin(outcomes); walk_next(&walk, &line);)
        put_dot_node(text, outcomes, line.to);
    for (walk = walk_begin(outcomes); walk_next(&walk, &line);)
        put_dot_line(text, outcomes, &line);
    r53__put(text, "}\n");
}
