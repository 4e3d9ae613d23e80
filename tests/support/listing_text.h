/*
 * The record sets of a zone as the lines that make them (support/zone_text.h), with every member:
 * so what a listing prints can be loaded again, and two listings be compared.
 */
#ifndef R53_TESTS_SUPPORT_LISTING_TEXT_H
#define R53_TESTS_SUPPORT_LISTING_TEXT_H

#include <r53/zone.h>

#include <stdbool.h>
#include <stddef.h>

enum { LISTING_MAX = 65536 };

struct listing_text {
    char at[LISTING_MAX];
    size_t n, lines;
};

/* All record sets, with or without SOA and NS. Returns out->at. */
const char *listing_text(struct listing_text *out, const r53_cloud *cloud, const char *zone,
                         bool all);

#endif
