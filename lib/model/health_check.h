/* A sealed health check. */
#ifndef R53_LIB_MODEL_HEALTH_CHECK_H
#define R53_LIB_MODEL_HEALTH_CHECK_H

#include <r53/health_check.h>

#include "base/table.h"

struct health_check {
    struct object head;
    r53_health_check said; /* texts in the object's arena, "" or NULL as said; version filled in */
};

/*
 * Seals what is said; only what has no meaning is refused (no id, no known type), breaches of AWS's
 * rules are warnings. R53_OK, R53_E_INVALID, R53_E_NOMEM.
 */
int32_t r53__health_check_new(struct health_check **out, const struct memory *memory,
                              const r53_health_check *said, r53_report *report);

#endif
