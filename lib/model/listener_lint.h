/*
 * What AWS would have refused of a listener and what it forwards to, said as warnings at the end of
 * an import: it is taken as it is described, for the model serves it all the same.
 *
 * Only what the import said is looked at, so listeners that stand beside each other, or share a
 * target group, are compared when one import says both.
 */
#ifndef R53_LIB_MODEL_LISTENER_LINT_H
#define R53_LIB_MODEL_LISTENER_LINT_H

#include "model/cloud.h"

#include <r53/report.h>

/*
 * `listeners` and `rules`: sealed ones by slot, of the import; `cloud`: with everything staged.
 * R53_OK or R53_E_NOMEM. O(what the import said). ELB-LSN-02, -03, -07, -08, -23; ELB-IP-06;
 * ELB-TG-05.
 */
int32_t r53__listener_lint(const struct r53_cloud *cloud, const struct table *listeners,
                           const struct table *rules, r53_report *report);

#endif
