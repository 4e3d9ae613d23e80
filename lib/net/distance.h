/*
 * Great-circle distance in integers, so that it is the same on every platform (R53-GEOPROX-04).
 * Asked once a record set of a geoproximity group, so it may cost some hundred instructions.
 */
#ifndef R53_LIB_NET_DISTANCE_H
#define R53_LIB_NET_DISTANCE_H

#include <stdint.h>

/* A point in hundredths of a degree, south and west negative. */
struct point {
    int32_t latitude, longitude;
};

/*
 * Metres along the surface of a sphere of 6371 km; symmetric, 0 for equal points (also where two
 * longitudes name one point). Less than 250 m off, and less than 0.01 % beyond 100 km, which is
 * much finer than the places it is asked about. Out-of-range points are the caller's fault.
 */
uint32_t r53__distance(struct point a, struct point b);

#endif
