/*
 * Telling trace records as text: the event's template, with the integers told as the view's names.
 * A kind of value is a row, in the table of its area. Only what is shown is told, one record at a
 * time, so looking a kind up by its name costs nothing that anyone waits for.
 */
#ifndef R53_LIB_FLOW_TELL_H
#define R53_LIB_FLOW_TELL_H

#include "base/text.h"
#include "view/view.h"

/* Puts what the values from `at` on mean in the view; some look at values in front of them too. */
struct value_kind {
    const char *name; /* "{0:zone}" in a template */
    void (*put)(struct text *text, const r53_view *view, const int32_t *v, unsigned at);
};

struct value_kinds {
    const struct value_kind *kinds;
    size_t n;
};

extern const struct value_kinds r53__tell_route53; /* tell_route53.c */
extern const struct value_kinds r53__tell_elb;     /* tell_elb.c */

/* The kind "fleet": verdicts name load balancers too. */
void r53__tell_fleet(struct text *text, const r53_view *view, const int32_t *v, unsigned at);

#endif
