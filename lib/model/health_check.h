/*
 * A sealed health check, and what AWS holds against one.
 *
 * The object keeps the public struct itself, with AWS's defaults filled in, so that listing,
 * comparing and judging all read the same members; one table of fields serves the last two.
 */
#ifndef R53_LIB_MODEL_HEALTH_CHECK_H
#define R53_LIB_MODEL_HEALTH_CHECK_H

#include <r53/health_check.h>

#include "base/table.h"
#include "model/check.h"
#include "model/spec.h"

struct r53_cloud;

struct health_check {
    struct object head;
    r53_health_check
        said; /* texts in the object's arena, NULL when not given; defaults filled in */
};

/* A caller reference that a deleted check has used up; its table's key says which (R53-HC-18). */
struct spent_reference {
    struct object head;
};

/*
 * Seals what is said; only what has no meaning is refused (no id, no known type), breaches of AWS's
 * rules are warnings. R53_OK, R53_E_INVALID, R53_E_NOMEM.
 */
int32_t r53__health_check_new(struct health_check **out, const struct memory *memory,
                              const r53_health_check *said, r53_report *report);

/*
 * Holds one check, by itself, against R53-HC-01, -02 and -16. `first_only`: one breach is enough.
 * O(members of its lists).
 */
void r53__health_check_judge(const r53_health_check *said, bool first_only,
                             struct checker *checker);

/* The check of this id; NULL: there is none. */
const struct health_check *r53__health_check_find(const struct r53_cloud *cloud, const char *id);

/* Refuses for want of the check. Returns R53_E_NOT_FOUND. */
int32_t r53__health_check_unknown(r53_report *report, const char *id);

/* Is the id among the children of a calculated check? */
bool r53__health_check_lists(const r53_health_check *parent, const char *id);

/* Key of a caller reference in an account; in the arena. An empty span: no memory. */
struct span r53__health_check_reference(struct arena *arena, const r53_health_check *said);

/* Equal in all settings: everything but id, account, caller reference and version. */
bool r53__health_check_same(const r53_health_check *a, const r53_health_check *b);

#endif
