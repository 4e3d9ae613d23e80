/*
 * What putting into a draft (zone_draft.c) and sealing it (zone_draft_seal.c) both know. Everything
 * lies in the draft's arena: a draft is filled once, sealed once or a few times, and dropped whole.
 */
#ifndef R53_LIB_MODEL_ZONE_DRAFT_PRIV_H
#define R53_LIB_MODEL_ZONE_DRAFT_PRIV_H

#include "model/check.h"
#include "model/zone_draft.h"
#include "model/zone_merge.h"

struct zone_draft {
    struct memory memory;
    struct arena arena;
    const char *id;
    bool has_header;
    struct zone_header header; /* name.length 0: not known */
    struct draft_records records;
};

/* A judge who never refuses: what the change API would refuse is worth a word (R53-JSON-09). */
static inline struct checker r53__draft_warnings(r53_report *report, const char *aws_name)
{
    return (struct checker){
        .report = report, .severity = R53_SEVERITY_WARNING, .aws_name = aws_name};
}

#endif
