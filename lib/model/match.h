/*
 * What a record set asks of the client, as one number, so that no answer reads text: worked out
 * when the zone is sealed, an entry each record detail, but only in zones that hold such groups.
 *
 *   geolocation    extent and letters of the location   equal codes match
 *   AZ affinity    hash of two texts                    equal codes match if the texts do
 *   latency        number of the Region                 to rank by
 *   geoproximity   coordinates and bias                 to rank by
 *
 * Those to rank by have a direction beside, which mostly tells the first in rank without a rank.
 *
 * IP-based groups have theirs in the view, for their codes are those of another object
 * (view/collections.h).
 *
 * Entries of the first two kinds are sorted by code within their group: a client has a short list
 * of codes, the most specific first, and each is found by halving. Those of the others stay in the
 * order of the record sets, which is by set identifier, so that ties need no look at it
 * (R53-GROUP-08).
 */
#ifndef R53_LIB_MODEL_MATCH_H
#define R53_LIB_MODEL_MATCH_H

#include "model/zone.h"
#include "net/region.h"

enum { MATCH_NOBODY = 0 }; /* code of what no client matches (R53-JSON-09) */

/* Do groups of this policy choose by what the client is? */
bool r53__policy_has_matches(uint8_t policy);

/* Are its entries found by code, and so sorted? */
bool r53__policy_sorts_matches(uint8_t policy);

/* The entry of a record set of such a policy. */
struct record_match r53__match(uint8_t policy, const struct record_detail *detail, uint32_t record);

/* The code in it. */
uint64_t r53__match_code(uint8_t policy, const struct record_detail *detail);

/* Codes of geolocation; texts of more letters than AWS's codes have give MATCH_NOBODY. */
uint64_t r53__match_subdivision(const char *country, const char *subdivision);
uint64_t r53__match_country(const char *country);
uint64_t r53__match_continent(const char *continent);
uint64_t r53__match_elsewhere(void); /* the default location */

/* Code of an AZ affinity location: type and id. */
uint64_t r53__match_texts(const char *a, const char *b);

/* The Region of a latency code, or NULL. */
const struct region *r53__match_region(uint64_t code);

/* Point and bias of a geoproximity code; false: its place is not known. */
bool r53__match_point(uint64_t code, struct point *point, int32_t *bias);

/* Sorts the entries of one group by code, then by record set. O(n log n), in place. */
void r53__matches_sort(struct record_match *matches, uint32_t n);

/* First entry whose code is not below `code`; n if there is none. O(log n). */
uint32_t r53__match_find(const struct record_match *matches, uint32_t n, uint64_t code);

/* Entries of a group whose policy has matches and whose record sets are all of it. */
const struct record_match *r53__group_matches(const struct zone *zone, const struct group *group);

#endif
