/*
 * The stages of the selector, one function each; which runs next is said by the choice. A stage
 * reads the view, draws at most once, and either moves the choice on or ends it.
 */
#ifndef R53_LIB_ELB_STAGES_H
#define R53_LIB_ELB_STAGES_H

#include "base/hash.h"
#include "elb/select.h"

typedef int32_t elb_stage_run(const struct elb_input *input, struct elb_choice *choice,
                              struct draw *draw);

elb_stage_run r53__elb_node;     /* nodes.c */
elb_stage_run r53__elb_listener; /* actions.c */
elb_stage_run r53__elb_action;   /* actions.c */
elb_stage_run r53__elb_group;    /* actions.c */
elb_stage_run r53__elb_target;   /* algorithm.c */

/* Last parts of draw keys. They never change, or seeds would yield something else. */
enum elb_draw { ELB_DRAW_NODE = 0xe1b01, ELB_DRAW_GROUP = 0xe1b02, ELB_DRAW_TARGET = 0xe1b03 };

static inline uint64_t r53__elb_draw_key(uint64_t key, enum elb_draw draw)
{
    return r53__mix2(key, (uint64_t)draw);
}

static inline const struct fleet *r53__elb_fleet(const struct elb_input *input,
                                                 const struct elb_choice *choice)
{
    return &input->view->fleets[choice->fleet];
}

/* Ends the choice; R53_OK. */
static inline int32_t r53__elb_end(struct elb_choice *choice, int32_t outcome, int32_t status,
                                   int32_t rule)
{
    choice->stage = ELB_DONE;
    choice->outcome = outcome;
    choice->status = status;
    choice->rule = rule;
    return R53_OK;
}

/* A bit a protocol, for sets of them in tables. */
#define PROTOCOL_BIT(protocol) (UINT32_C(1) << (protocol))

#endif
