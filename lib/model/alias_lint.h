/*
 * Chains of aliases and CNAMEs inside a sealed zone, looked at once when it is imported: circles,
 * and chains deeper than the guide allows. The change door refuses circles (R53-ALIAS-14); a loaded
 * zone may have them.
 */
#ifndef R53_LIB_MODEL_ALIAS_LINT_H
#define R53_LIB_MODEL_ALIAS_LINT_H

#include "model/zone.h"

/* Warns of what it finds. R53_OK or R53_E_NOMEM. O(zone). */
int32_t r53__alias_lint(const struct zone *zone, const struct memory *memory, r53_report *report);

#endif
