/*
 * The SOA that goes with the negative answers of a zone, written out once when the view is made.
 */
#ifndef R53_LIB_VIEW_NEGATIVE_H
#define R53_LIB_VIEW_NEGATIVE_H

#include "view/view.h"

/* The zone's own SOA record set if it has a value, else NULL. */
const struct record_set *r53__negative_soa(const struct zone *zone);

/* R53-ZONE-05, R53-DNS-03: the smaller of the SOA's own TTL and its minimum. */
uint32_t r53__negative_ttl(const struct zone *zone, const struct record_set *soa);

/* Prepares those of all zones. false: no memory. */
bool r53__negatives_prepare(r53_view *view);

#endif
