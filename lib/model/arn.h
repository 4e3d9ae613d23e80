/* Amazon Resource Names: whose an object is. */
#ifndef R53_LIB_MODEL_ARN_H
#define R53_LIB_MODEL_ARN_H

#include "base/text.h"

/* Do both lie in the same account and Region? */
bool r53__arn_together(const char *a, const char *b);

#endif
