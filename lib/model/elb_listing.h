/*
 * A listing of the ELB side in the making, for the files that fill it.
 */
#ifndef R53_LIB_MODEL_ELB_LISTING_H
#define R53_LIB_MODEL_ELB_LISTING_H

#include <r53/elb_describe.h>

#include "model/attachments.h"
#include "model/cloud.h"

struct r53_elb_listing {
    struct arena arena;   /* the listing itself lies in it */
    enum cloud_kind kind; /* of what is listed */
    const void **pinned;  /* sealed objects, one reference each */
    const void **items;   /* the public structs */
    size_t n_pinned, n, next;
};

/* A listing in the making. */
struct draft {
    const r53_cloud *cloud;
    r53_report *report;
    r53_elb_listing *listing;
    struct attachments attachments; /* of target groups */
};

/* An empty listing. R53_OK, R53_E_INVALID (no cloud), R53_E_NOMEM, both told. */
int32_t r53__draft_begin(struct draft *d, enum cloud_kind kind);

/* Hands the listing out, or frees it where memory was short. R53_OK, R53_E_NOMEM (told). */
int32_t r53__draft_end(struct draft *d, r53_elb_listing **out);

/* The next public struct of a listing of this kind; NULL at the end, and of another kind. */
const void *r53__draft_next(r53_elb_listing *listing, enum cloud_kind kind);

#endif
