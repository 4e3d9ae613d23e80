/*
 * Does a condition of a rule hold for a request? A kind of condition is a row.
 */
#ifndef R53_LIB_ELB_CONDITIONS_H
#define R53_LIB_ELB_CONDITIONS_H

#include "elb/subject.h"
#include "model/condition.h"

/* 1: it holds; 0: it does not; an error code of the regex engine. O(values times text). */
int32_t r53__condition_holds(const struct condition *condition, const struct subject *subject);

#endif
