/*
 * A zone on its way to being sealed: its header and the record sets put into it, parsed and copied,
 * in any order. Import fills drafts with what *is*; creating a zone is a draft with a header alone.
 *
 * Putting does not judge: what breaks the rules of the change API becomes a warning (R53-JSON-09).
 * Refused is only what has no meaning.
 */
#ifndef R53_LIB_MODEL_ZONE_DRAFT_H
#define R53_LIB_MODEL_ZONE_DRAFT_H

#include <r53/report.h>
#include <r53/zone.h>

#include "base/alloc.h"
#include "model/record_set.h"

struct zone_draft;

/* `zone_id` with or without "/hostedzone/", copied. R53_OK, R53_E_NOMEM, R53_E_INVALID (no id). */
int32_t r53__draft_new(struct zone_draft **out, const struct memory *memory, const char *zone_id);
void r53__draft_free(struct zone_draft *draft);

/* The zone's id without prefix; lives as long as the draft. */
const char *r53__draft_id(const struct zone_draft *draft);

/*
 * Name, kind, VPCs and so on; said again, it replaces what was said. Copied. A NULL name leaves the
 * name open. R53_OK, R53_E_INVALID (a name that does not parse, size), R53_E_NOMEM.
 */
int32_t r53__draft_header(struct zone_draft *draft, const r53_hosted_zone *zone,
                          r53_report *report);

/*
 * Adds or replaces the record set of this name, type and set identifier; parsed and copied now.
 * R53_OK, R53_E_INVALID (no name, no type, a value that does not parse), R53_E_NOMEM.
 */
int32_t r53__draft_put(struct zone_draft *draft, const r53_record_set *set, r53_report *report);

/* A record set of a draft; what else its maker knows of it may stand behind it. */
struct draft_record {
    struct record_form form;
    struct draft_record *next; /* in the order of putting */
};

/* Record sets that one after the other were gathered outside of a draft. */
struct draft_records {
    struct draft_record *first, **last;
    size_t n;
};

void r53__draft_records_init(struct draft_records *records);
void r53__draft_records_add(struct draft_records *records, struct draft_record *record);

/*
 * Puts record sets that were parsed and judged before, and takes over the arena in which they lie
 * with all that they point to; both are empty then.
 */
void r53__draft_take(struct zone_draft *draft, struct draft_records *records, struct arena *arena);

/*
 * Seals `old` (NULL: nothing) with the draft's header and record sets over it into a new block of
 * one reference, for r53__table_stage. A zone without a name takes that of its SOA; apex NS and SOA
 * that are missing are filled in (R53-JSON-09). The draft stays as it was.
 * R53_OK, R53_E_INVALID (no name, a record set outside the zone), R53_E_NOMEM, R53_E_LIMIT (4 GB).
 */
int32_t r53__draft_seal(const struct zone_draft *draft, const struct zone *old, struct zone **out,
                        r53_report *report);

#endif
