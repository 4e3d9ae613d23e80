#include "analysis/outcomes_words.h"

r53_outcome r53__outcome(const r53_outcomes *outcomes, size_t index)
{
    r53_outcome outcome = {.size = sizeof(outcome)};

    (void)r53_outcomes_get(outcomes, index, &outcome);
    return outcome;
}

void r53__put_percent(struct text *text, uint32_t hundredths)
{
    if (hundredths == 0) {
        r53__put(text, "<0.01 %");
        return;
    }
    r53__put_u64(text, hundredths / 100);
    r53__put_char(text, '.');
    r53__put_u64(text, hundredths / 10 % 10);
    r53__put_u64(text, hundredths % 10);
    r53__put(text, " %");
}

void r53__put_fraction(struct text *text, const char *numerator, const char *denominator)
{
    r53__put(text, numerator);
    if (strcmp(denominator, "1") == 0)
        return;
    r53__put_char(text, '/');
    r53__put(text, denominator);
}

void r53__put_arn_name(struct text *text, const char *arn)
{
    struct span parts[2] = {{"", 0}, r53__span(arn)}; /* the last two */
    size_t n = 1;

    for (const char *at = arn; *at; at++) {
        if (*at != '/' && *at != ':')
            continue;
        parts[0] = parts[1];
        parts[0].length = (size_t)(at - parts[0].at);
        parts[1] = r53__span(at + 1);
        n = *at == ':' ? 1 : n + 1;
    }
    r53__put_span(text, parts[n > 2 ? 0 : 1]); /* a Classic load balancer's ends with its name */
}

/* Ends */

static void put_selection(struct text *text, const r53_selection *s)
{
    if (*s->target_id)
        r53__put(text, s->target_id);
    else
        r53__put(text, r53_selection_outcome_name(s->outcome));
    if (*s->target_id && s->target_port) { /* functions have none */
        r53__put_char(text, ':');
        r53__put_i64(text, s->target_port);
    }
    if (s->status) {
        r53__put_char(text, ' ');
        r53__put_i64(text, s->status);
    }
}

void r53__outcome_put_end(struct text *text, const r53_outcome *outcome)
{
    if (outcome->kind == R53_OUTCOME_SELECTION)
        put_selection(text, outcome->selection);
    else
        r53__put(text, outcome->kind == R53_OUTCOME_ADDRESS  ? outcome->value
                       : outcome->rcode == R53_RCODE_NOERROR ? "no data"
                                                             : r53_rcode_name(outcome->rcode));
}

/* Notes */

static void put_next(struct text *text, size_t from, const char *label)
{
    r53__put(text, text->length > from ? ", " : "");
    r53__put(text, label);
}

static void put_selection_note(struct text *text, const r53_selection *s)
{
    size_t from = text->length;

    if (*s->target_zone) {
        put_next(text, from, "in ");
        r53__put(text, s->target_zone);
    }
    if (s->matched_priority > 0) {
        put_next(text, from, "rule ");
        r53__put_i64(text, s->matched_priority);
    }
    if (*s->target_id && s->outcome != R53_SELECTED_TARGET)
        put_next(text, from, r53_selection_outcome_name(s->outcome));
    if (s->fail_open)
        put_next(text, from, "fail open");
}

/* A value may be in an answer without being the first, which the client takes. */
static bool is_answered_more(const r53_outcome *outcome)
{
    return *outcome->answered_numerator &&
           (strcmp(outcome->answered_numerator, outcome->numerator) != 0 ||
            strcmp(outcome->answered_denominator, outcome->denominator) != 0);
}

static void put_answered(struct text *text, const r53_outcome *outcome)
{
    if (strcmp(outcome->answered_denominator, "1") == 0) {
        r53__put(text, "all answers");
        return;
    }
    r53__put_fraction(text, outcome->answered_numerator, outcome->answered_denominator);
    r53__put(text, " of the answers");
}

void r53__outcome_put_note(struct text *text, const r53_outcome *outcome)
{
    size_t from = text->length;

    if (outcome->kind == R53_OUTCOME_SELECTION)
        put_selection_note(text, outcome->selection);
    if (*outcome->set_identifier) {
        put_next(text, from, "record set ");
        r53__put(text, outcome->set_identifier);
    }
    if (is_answered_more(outcome)) {
        put_next(text, from, "in ");
        put_answered(text, outcome);
    }
}
