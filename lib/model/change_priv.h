/*
 * A change batch under way: change.c applies the changes one by one, change_end.c judges what they
 * leave behind, which no single change can see.
 */
#ifndef R53_LIB_MODEL_CHANGE_PRIV_H
#define R53_LIB_MODEL_CHANGE_PRIV_H

#include <r53/zone.h>

#include "model/cloud.h"
#include "model/record_rules.h"
#include "model/working_copy.h"

enum {
    BATCH_RECORDS_MAX = 1000, /* R53-BATCH-08 */
    BATCH_PATH_MAX = 40
};

struct batch {
    const r53_cloud *cloud;
    const struct zone *zone;
    const r53_change *const *changes;
    size_t n;
    struct working_copy copy;
    struct checker checker;
    struct zone_scope scope;
    char path[BATCH_PATH_MAX];
    uint64_t n_records, n_characters; /* what BATCH-08 counts */
    uint32_t walk;                    /* number of the last walk for loops */
};

/* Says to the checker that the next breaches are of change `i`. */
void r53__batch_path(struct batch *b, size_t i);

/* Groups, apex and loops, in the order in which owners were touched. */
void r53__batch_finish(struct batch *b);

/* How much a batch may hold, and a zone afterwards (R53-BATCH-08, -13). */
void r53__batch_limits(struct batch *b);

#endif
