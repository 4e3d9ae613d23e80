/*
 * Great-circle distance in integers, so that it is the same on every platform (R53-GEOPROX-04).
 *
 * Metres cost some hundred instructions. Which of several points is the nearest is mostly told
 * without them: by the angle to their directions from the centre of the globe, whose cosine is
 * three multiplications once the directions are known.
 */
#ifndef R53_LIB_NET_DISTANCE_H
#define R53_LIB_NET_DISTANCE_H

#include <stdbool.h>
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

/* Where a point lies as seen from the centre of the globe: of length 1, which is 2^30. */
struct direction {
    int32_t x, y, z;
};

/* Costs half of what a distance does. */
struct direction r53__direction(struct point point);

/* false: all of it is 0, which stands for none. */
static inline bool r53__direction_known(struct direction direction)
{
    return (direction.x | direction.y | direction.z) != 0;
}

/* Cosine of the angle between two directions, in units of 2^-60: the nearer, the greater. */
static inline int64_t r53__nearness(struct direction a, struct direction b)
{
    return (int64_t)a.x * b.x + (int64_t)a.y * b.y + (int64_t)a.z * b.z;
}

/*
 * Where two nearnesses differ by more than this, 2^-12, the distances differ the same way, by half
 * a kilometre at least. Sines are linear between those of the table, so each nearness may be off by
 * 2^-14.6; of what is left a cosine changes by no more than the angle, so that is 1070 m; and each
 * distance may be off by 250 m.
 */
#define NEARNESS_CLEAR (INT64_C(1) << 48)

#endif
