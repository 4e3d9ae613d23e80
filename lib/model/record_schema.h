/*
 * What the change API says about a record set before it looks at any zone: InvalidInput. One row a
 * check; the change door stops at the first breach (R53-BATCH-11), import goes through all.
 */
#ifndef R53_LIB_MODEL_RECORD_SCHEMA_H
#define R53_LIB_MODEL_RECORD_SCHEMA_H

#include "model/record_set.h"

/*
 * `action` is AWS's word for the messages. `first_only`: one breach is enough. Values' syntax is
 * not looked at here.
 */
void r53__schema_check(const r53_record_set *set, const char *action, bool is_private,
                       bool first_only, struct checker *checker);

#endif
