/*
 * An import keeps what it was told in the shape that commit needs: sealed objects in tables with
 * the cloud's ids, a draft a hosted zone, a list of statements a target group. Commit stages new
 * objects in the tables of cloud and observed and swaps them all in, or takes all of them back;
 * what was gathered stays until a commit succeeds.
 *
 * Order plays no part, but for two things: of several statements on one object the last holds, and
 * new targets are registered in the order in which they were named.
 */
#ifndef R53_LIB_MODEL_IMPORT_H
#define R53_LIB_MODEL_IMPORT_H

#include <r53/import.h>

#include "model/cloud.h"
#include "model/observed.h"
#include "model/target_group.h"

struct zone_draft;
struct cidr_statement;

/* One statement on a target; it and its texts lie in the import's arena. */
struct statement {
    struct statement *next;
    struct target_said target;
    struct target_health health; /* state 0: not observed */
};

struct statements {
    struct statement *first, *last;
    size_t n;
};

/*
 * An observation to be made at commit: staged over what earlier ones staged. Lies with its texts in
 * the import's arena; which members count is said by `stage`.
 */
struct observation {
    struct observation *next;
    int32_t (*stage)(r53_import *import, const struct observation *said); /* R53_OK, R53_E_NOMEM */
    const char *id, *name, *region;
    int32_t value, port;
    r53_place place;
};

struct r53_import {
    struct memory memory;
    r53_cloud *cloud;
    r53_observed *observed;
    r53_report *report;
    struct table objects[CLOUD_KINDS]; /* CLOUD_TARGETS: instances of Classic load balancers */
    struct table addresses;            /* address lists by wire name */
    struct table zones;                /* ids of hosted zones; slot -> drafts, NULL: none */
    struct zone_draft **drafts;
    size_t drafts_capacity;
    struct table group_attributes, balancer_attributes, listener_attributes; /* by ARN,
                                                                                import_attributes.c */
    struct table listener_certificates; /* by ARN, import_certificate.c */
    struct table groups; /* group ARNs; slot -> lists */
    struct statements *lists;
    size_t lists_capacity;
    struct observation *first_observation, **last_observation;
    struct cidr_statement *first_cidr, **last_cidr; /* blocks of the CIDR collections in objects */
    size_t n_cidrs;
    struct arena arena;
};

/* Puts `object` (taken, also on failure) among what the import says. R53_OK, R53_E_NOMEM (told). */
int32_t r53__import_keep(r53_import *import, struct table *table, struct span id, void *object);

/* Tells that a member makes no sense. Returns R53_E_INVALID. */
int32_t r53__import_fault(r53_import *import, const char *member, const char *format);

/*
 * Slot of the id, made if need be, with room for it in the array beside the table; -1: no memory.
 * What stands there is zeroed until it is filled.
 */
int32_t r53__import_slot(r53_import *import, struct table *table, struct span id, void **array,
                         size_t *capacity, size_t size);

/*
 * Remembers an observation; texts are copied. Without an observed it is R53_E_INVALID, which is
 * told. R53_OK, R53_E_NOMEM (told).
 */
int32_t r53__import_observe(r53_import *import, const struct observation *said);

/*
 * Stages the CIDR collections: what was said of them and their blocks over what the cloud holds.
 * R53_OK, R53_E_NOMEM.
 */
int32_t r53__import_stage_cidr(r53_import *import);

/* Stages copies of target groups, load balancers and listeners with their attributes. R53_OK, R53_E_NOMEM. */
int32_t r53__import_stage_attributes(r53_import *import);

/* Stages copies of listeners with the certificates said of them. R53_OK, R53_E_NOMEM. */
int32_t r53__import_stage_certificates(r53_import *import);

/* Stages DNS settings of VPCs, and which rules their resolvers have. R53_OK, R53_E_NOMEM. */
int32_t r53__import_stage_vpcs(r53_import *import);

/* Warns of children of health checks that are unknown or calculated; all is staged by then. */
void r53__import_warn_children(const r53_import *import);

/* Drops all that was gathered; the import may be filled again. */
void r53__import_clear(r53_import *import);

#endif
