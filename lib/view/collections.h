/*
 * IP-based record sets bound to their CIDR collections, and to the numbers of their locations, once
 * a view: a choice compares numbers and reads no text.
 *
 * A zone's `locations` are what its `matches` are to groups of other policies (model/match.h): an
 * entry each record detail, sorted by code within a group. Codes are those of the collection that
 * the group's first record set names, by which all of it go (R53-CIDR-01).
 */
#ifndef R53_LIB_VIEW_COLLECTIONS_H
#define R53_LIB_VIEW_COLLECTIONS_H

#include "view/view.h"

enum {
    LOCATION_DEFAULT = 1, /* code of "*" */
    LOCATION_FIRST        /* of the collection's first location; the others follow */
};

/* Code of an IP-based record set; MATCH_NOBODY of a location that its collection does not have. */
uint64_t r53__location_code(const struct view_zone *zone, const struct record_set *set);

/*
 * Fills zone->collections and zone->locations of the zones that have IP-based record sets; one
 * whose collection the cloud does not hold has NULL there. Collections are borrowed: the view pins
 * what the cloud holds. false: no memory.
 */
bool r53__collections_prepare(r53_view *view, const r53_cloud *cloud);

#endif
