/*
 * Matching a text with a pattern (model/pattern.h): the whole text has to match, "*" crosses "/"
 * and
 * "." (ELB-ALB-COND-01, -02).
 *
 * Only the last "*" seen is ever gone back to, so the time is at most pattern times text whatever
 * somebody wrote into either; no recursion, no memory.
 */
#ifndef R53_LIB_ELB_WILDCARD_H
#define R53_LIB_ELB_WILDCARD_H

#include "model/pattern.h"

bool r53__wildcard_match(const struct pattern *pattern, struct span text);

#endif
