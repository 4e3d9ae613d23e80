/*
 * AWS's words for what a target is: state, reason code, sentence. Two APIs speak of it, and each
 * has words of its own (ELB-ST-01, -02; ELB-CLB-06, -15).
 */
#ifndef R53_LIB_VIEW_TARGET_WORDS_H
#define R53_LIB_VIEW_TARGET_WORDS_H

#include "view/fleet.h"

/* Texts are static, or the target's; NULL: none. */
struct target_words {
    int32_t state; /* enum r53_target_state */
    const char *state_name;
    const char *reason;
    const char *description;
    int32_t status_code; /* 0, or the code that belongs in the brackets at its end */
};

/* A target as its load balancer sees it, or one of a group that it does not use. */
struct target_words r53__target_words(const struct target_group *group,
                                      const struct pool_target *target);

/* The same of an instance of a Classic load balancer. */
struct target_words r53__instance_words(const struct pool_target *target);

#endif
