/* Amazon Resource Names: whose an object is. */
#ifndef R53_LIB_MODEL_ARN_H
#define R53_LIB_MODEL_ARN_H

#include "base/text.h"

/*
 * "arn:aws:elasticloadbalancing:us-east-1:123456789012:", the part within which names are unique;
 * empty if the text has not so many fields.
 */
struct span r53__arn_home(const char *arn);

/* Do both lie in the same account and Region? */
bool r53__arn_together(const char *a, const char *b);

#endif
