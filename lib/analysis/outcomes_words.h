/*
 * Outcomes in words, for all forms that they are rendered in.
 */
#ifndef R53_LIB_ANALYSIS_OUTCOMES_WORDS_H
#define R53_LIB_ANALYSIS_OUTCOMES_WORDS_H

#include <r53/outcomes.h>

#include "base/text.h"

/* What was asked, "www.example.com A"; lent until the outcomes are freed. */
const char *r53__outcomes_question(const r53_outcomes *outcomes);

/* Outcome `index`, which there is. */
r53_outcome r53__outcome(const r53_outcomes *outcomes, size_t index);

/* "33.34 %"; what is there, but rounds to nothing, is "<0.01 %". */
void r53__put_percent(struct text *text, uint32_t hundredths);

/* "1/3" */
void r53__put_fraction(struct text *text, const char *numerator, const char *denominator);

/* Where it ends: "i-1:80", "fixed-response 404", "192.0.2.1", "SERVFAIL". */
void r53__outcome_put_end(struct text *text, const r53_outcome *outcome);

/* What to know of that: "us-east-1a, rule 10, fail open", "record set blue". */
void r53__outcome_put_note(struct text *text, const r53_outcome *outcome);

/* The name in an ARN: "web" of "...:targetgroup/web/73e2d6bc24d8a067". */
void r53__put_arn_name(struct text *text, const char *arn);

/* The diagrams. */
void r53__outcomes_mermaid(struct text *text, const r53_outcomes *outcomes);
void r53__outcomes_dot(struct text *text, const r53_outcomes *outcomes);

#endif
