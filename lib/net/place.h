/*
 * Where somebody is: a place as a host states it, with the codes that geolocation knows
 * (R53-DATA-06, -07), checked once and then lent as texts.
 *
 * Coordinates are in hundredths of a degree, south and west negative.
 */
#ifndef R53_LIB_NET_PLACE_H
#define R53_LIB_NET_PLACE_H

#include "base/text.h"
#include "net/distance.h"

#include <r53/observed.h>

struct region;

/* Continent code of a country that geolocation supports ("DE" -> "EU"), or NULL. */
const char *r53__country_continent(struct span country);
bool r53__continent_known(struct span continent);
/* States that geolocation knows: of US the 50 and DC, of UA any 1 to 3 characters (R53-GEO-02). */
bool r53__subdivision_known(struct span country, struct span subdivision);

/*
 * Where a client is, as far as it is known. What is not known stays so: a place without coordinates
 * has none, not those of 0, 0 (R53-PLACE-06).
 */
struct place {
    const char *continent, *country, *subdivision; /* "": not known */
    bool located;
    struct point point; /* 0, 0 unless located */
};

/* Which member of a stated place has no meaning, and what it should have been. */
struct place_fault {
    const char *member, *value, *expected;
    char number[NUMBER_TEXT_MAX]; /* `value`, where it is a coordinate */
};

/*
 * Reads a stated place; texts are lent by it. A continent that is not stated comes from the country
 * (R53-GEO-06). false: a member has no meaning, which is told in `fault`; `out` is as it was.
 */
bool r53__place_read(struct place *out, const r53_place *in, struct place_fault *fault);

/* Are these a country's two letters, a state's one to three? Known or not. */
bool r53__country_code_fits(struct span code);
bool r53__subdivision_code_fits(struct span code);

/* Where a region's machines are, as Route 53 places the clients of its VPCs (R53-GEO-07). */
struct place r53__region_place(const struct region *region);

/*
 * A coordinate "-33.9" as hundredths, at most `limit` degrees either way, with at most `digits`
 * digits before the point and two behind it (R53-GEOPROX-02).
 */
bool r53__coordinate_parse(struct span text, unsigned digits, int32_t limit, int32_t *out);

#endif
