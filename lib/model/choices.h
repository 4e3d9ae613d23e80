/*
 * Choices of a group on their way into the block of its owner (model/zone_block.h): gathered from
 * the group's forms one by one, until one of them does not fit.
 *
 * What fits: weighted record sets, a few, with weights of which one at least is not 0; of a
 * failover group the primary; and each of them has one address. All others are chosen among by the
 * tables.
 */
#ifndef R53_LIB_MODEL_CHOICES_H
#define R53_LIB_MODEL_CHOICES_H

#include "model/record_set.h"
#include "model/zone_block.h"

struct choices_draft {
    struct block_choices choices; /* so far */
    uint8_t policy;               /* of the group */
    bool fits;                    /* all forms so far */
};

/* Begins a group, by its first form, which is to be added too. */
void r53__choices_begin(struct choices_draft *draft, const struct record_form *form);

/* The next form of the group. */
void r53__choices_add(struct choices_draft *draft, const struct record_form *form);

/* Are the choices whole, and can one of them be drawn? Asked when all forms have been added. */
bool r53__choices_are_whole(const struct choices_draft *draft);

#endif
