/*
 * Whether instances run. One that does not is `unused` in every target group that holds it
 * (ELB-ST-06), whatever checks said before.
 */
#ifndef R53_LIB_MODEL_INSTANCE_STATE_H
#define R53_LIB_MODEL_INSTANCE_STATE_H

#include "model/observed.h"

/* Is the instance known to be stopped or terminated? `observed` may be NULL. O(1). */
bool r53__instance_down(const struct r53_observed *observed, const char *instance_id);

/* Is it an enum r53_instance_state, or 0? */
bool r53__instance_state_valid(int32_t state);

/* Stages it over what is staged; 0 forgets. R53_OK, R53_E_NOMEM. */
int32_t r53__instance_state_stage(r53_observed *observed, const char *instance_id, int32_t state);

#endif
