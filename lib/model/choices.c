/* Load: each form of a zone that is sealed, twice. */
#include "model/choices.h"

void r53__choices_begin(struct choices_draft *draft, const struct record_form *form)
{
    uint16_t type = form->type->number;

    draft->choices.type = type;
    draft->choices.n = 0;
    draft->policy = form->policy;
    draft->fits = (type == R53_TYPE_A || type == R53_TYPE_AAAA) &&
                  (form->policy == POLICY_WEIGHTED || form->policy == POLICY_FAILOVER);
}

/* Sums of so many weights do not wrap; those of the view are cut off above (view/verdict.c). */
static bool weight_fits(const struct record_detail *detail)
{
    return !detail->has_weight ||
           (detail->weight >= 0 && (uint32_t)detail->weight <= UINT32_MAX / BLOCK_CHOICES);
}

/* One address, and room for it. */
static bool form_fits(const struct choices_draft *draft, const struct record_form *form)
{
    return !(form->flags & RECORD_ALIAS) && form->n_values == 1 &&
           form->values_size == BLOCK_LENGTH + r53__choice_length(draft->choices.type) &&
           draft->choices.n < BLOCK_CHOICES && weight_fits(form->detail);
}

/* Of a failover group the first primary answers as long as it is healthy (R53-FAILOVER-02). */
static bool form_counts(const struct choices_draft *draft, const struct record_form *form)
{
    return draft->policy == POLICY_WEIGHTED ||
           (form->detail->failover == R53_FAILOVER_PRIMARY && draft->choices.n == 0);
}

/* A choice behind the others, with its share of the draw. */
static void choice_put(struct block_choices *to, const struct record_form *form)
{
    uint32_t before = to->n > 0 ? to->sums[to->n - 1] : 0;
    uint32_t weight = form->detail->has_weight ? (uint32_t)form->detail->weight : 0;

    to->sums[to->n] = before + weight;
    to->ttls[to->n] = form->ttl;
    memcpy(to->addresses[to->n], form->values + BLOCK_LENGTH, r53__choice_length(to->type));
    to->n++;
}

void r53__choices_add(struct choices_draft *draft, const struct record_form *form)
{
    draft->fits = draft->fits && form->policy == draft->policy && form->detail;
    if (!draft->fits || !form_counts(draft, form))
        return;
    draft->fits = form_fits(draft, form);
    if (draft->fits)
        choice_put(&draft->choices, form);
}

/* A single choice is not drawn, so that it needs no weight. */
bool r53__choices_are_whole(const struct choices_draft *draft)
{
    const struct block_choices *choices = &draft->choices;

    return draft->fits && choices->n > 0 && (choices->n == 1 || choices->sums[choices->n - 1] > 0);
}
