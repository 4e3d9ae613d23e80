/*
 * Outcomes as a table for reading and as JSON for programs.
 */
#include "analysis/outcomes_words.h"
#include "flow/grid.h"
#include "flow/quote.h"
#include "flow/render.h"

/* The table */

enum { PERCENT_WIDTH = 8 }; /* "100.00 %" */

static void percent_cell(struct text *text, const r53_outcome *outcome)
{
    struct text measured;

    r53__text_init(&measured, NULL, 0);
    r53__put_percent(&measured, outcome->hundredths);
    for (size_t i = measured.length; i < PERCENT_WIDTH; i++)
        r53__put_char(text, ' ');
    r53__put_percent(text, outcome->hundredths);
}

static void share_cell(struct text *text, const r53_outcome *outcome)
{
    r53__put_fraction(text, outcome->numerator, outcome->denominator);
}

static void target_group_cell(struct text *text, const r53_outcome *outcome)
{
    if (outcome->selection)
        r53__put_arn_name(text, outcome->selection->target_group_arn);
}

static void load_balancer_cell(struct text *text, const r53_outcome *outcome)
{
    if (outcome->selection)
        r53__put_arn_name(text, outcome->selection->load_balancer_arn);
}

enum { COLUMNS = 6, COLUMNS_ALWAYS = 3, CELL_MAX = 1024 };

static const struct column {
    const char *head;
    void (*put)(struct text *text, const r53_outcome *outcome);
} columns[COLUMNS] = {
    {" percent", percent_cell},
    {"share", share_cell},
    {"end", r53__outcome_put_end},
    {"target group", target_group_cell},
    {"load balancer", load_balancer_cell},
    {"note", r53__outcome_put_note},
};

/* The columns of which some outcome has something. */
struct table {
    const r53_outcomes *outcomes;
    size_t shown[COLUMNS];
    size_t n_shown;
};

static bool is_filled(const r53_outcomes *outcomes, const struct column *column)
{
    struct text text;

    r53__text_init(&text, NULL, 0);
    for (size_t i = 0; i < r53_outcomes_count(outcomes) && text.length == 0; i++) {
        r53_outcome outcome = r53__outcome(outcomes, i);

        column->put(&text, &outcome);
    }
    return text.length > 0;
}

static void cell(struct text *text, const void *of, size_t row, size_t column)
{
    const struct table *table = of;
    const struct column *shown = &columns[table->shown[column]];
    char buffer[CELL_MAX];
    struct text raw;
    r53_outcome outcome;

    if (row == 0) {
        r53__put(text, shown->head);
        return;
    }
    outcome = r53__outcome(table->outcomes, row - 1);
    r53__text_init(&raw, buffer, sizeof(buffer));
    shown->put(&raw, &outcome);
    r53__quote_plain(text, buffer);
    r53__put(text, r53__text_fits(&raw) ? "" : "...");
}

static void put_text(struct text *text, const r53_outcomes *outcomes)
{
    struct table table = {.outcomes = outcomes};

    for (size_t i = 0; i < COLUMNS; i++) {
        if (i < COLUMNS_ALWAYS || is_filled(outcomes, &columns[i]))
            table.shown[table.n_shown++] = i;
    }
    r53__quote_plain(text, r53__outcomes_question(outcomes));
    r53__put(text, "\n\n");
    r53__grid_put(text,
                  &(struct grid){r53_outcomes_count(outcomes) + 1, table.n_shown, &table, cell});
}

/* JSON */

static void put_fraction_json(struct text *text, const char *name, const char *numerator,
                              const char *denominator)
{
    r53__put(text, ", \"");
    r53__put(text, name);
    r53__put_json_member(text, "\": {", "Numerator", numerator);
    r53__put_json_member(text, ", ", "Denominator", denominator);
    r53__put_char(text, '}');
}

static void put_outcome_json(struct text *text, const r53_outcome *outcome)
{
    static const char *const kinds[] = {[R53_OUTCOME_SELECTION] = "selection",
                                        [R53_OUTCOME_ADDRESS] = "address",
                                        [R53_OUTCOME_RCODE] = "rcode"};

    r53__put_json_member(text, "    {", "Kind", kinds[outcome->kind]);
    put_fraction_json(text, "Share", outcome->numerator, outcome->denominator);
    r53__put(text, ", \"PercentHundredths\": ");
    r53__put_u64(text, outcome->hundredths);
    r53__put_json_member(text, ", ", "ResponseCode", r53_rcode_name(outcome->rcode));
    if (outcome->kind == R53_OUTCOME_SELECTION) {
        r53__put_json_member(text, ", ", "Selection",
                             r53_selection_outcome_name(outcome->selection->outcome));
        r53__render_selection_json(text, outcome->selection);
    } else if (outcome->kind == R53_OUTCOME_ADDRESS) {
        r53__put_json_member(text, ", ", "Value", outcome->value);
        r53__put_json_member(text, ", ", "SetIdentifier", outcome->set_identifier);
        put_fraction_json(text, "Answered", outcome->answered_numerator,
                          outcome->answered_denominator);
    }
    r53__put_char(text, '}');
}

static void put_json(struct text *text, const r53_outcomes *outcomes)
{
    r53__put_json_member(text, "{\n  ", "Question", r53__outcomes_question(outcomes));
    r53__put(text, ",\n  \"Outcomes\": [");
    for (size_t i = 0; i < r53_outcomes_count(outcomes); i++) {
        r53_outcome outcome = r53__outcome(outcomes, i);

        r53__put(text, i ? ",\n" : "\n");
        put_outcome_json(text, &outcome);
    }
    r53__put(text, "]\n}\n");
}

/* Forms */

static void (*const forms[])(struct text *, const r53_outcomes *) = {
    [R53_RENDER_TEXT] = put_text,
    [R53_RENDER_MERMAID] = r53__outcomes_mermaid,
    [R53_RENDER_JSON] = put_json,
    [R53_RENDER_DOT] = r53__outcomes_dot,
};

int32_t r53_outcomes_render(const r53_outcomes *outcomes, int32_t form, char *buffer,
                            size_t capacity, size_t *length)
{
    struct text text;

    if (!outcomes || form <= 0 || form >= (int32_t)(sizeof(forms) / sizeof(*forms)) || !forms[form])
        return R53_E_INVALID;
    r53__text_init(&text, buffer, capacity);
    forms[form](&text, outcomes);
    if (length)
        *length = text.length;
    return r53__text_fits(&text) ? R53_OK : R53_E_NO_SPACE;
}
