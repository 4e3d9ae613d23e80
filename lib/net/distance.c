#include "net/distance.h"

/*
 * The haversine, with h = sin^2 of half the angle between the points:
 *
 *   h = sin^2(dlat / 2) + cos(lat a) cos(lat b) sin^2(dlong / 2)
 *
 * Sines come from a table of half degrees, linear between, and the angle goes back by the same
 * table. Half an angle in hundredths of a degree is the angle in half hundredths, so nothing is
 * divided. Where h is near 1 its root says little: beyond a quarter of the circle the way to the
 * antipode is measured and taken off half the circle.
 */

enum {
    FRACTION = 31,          /* bits behind the point of a sine */
    STEP = 100,             /* half hundredths of a degree from one sine of the table to the next */
    QUADRANT = 18000,       /* half hundredths in 90 degrees */
    DIRECTION_ONE = 1 << 30 /* length of a direction */
};

/* Centimetres on the ground for one step, which is half of the angle between the points. */
static const uint64_t step_cm = 11119493;

/* clang-format off */
static const uint32_t sines[QUADRANT / STEP + 1] = {
    0, 18740092, 37478757, 56214568, 74946098, 93671921, 112390610, 131100740, 149800887, 168489625,
    187165532, 205827186, 224473166, 243102050, 261712422, 280302863, 298871959, 317418293,
    335940456, 354437035, 372906622, 391347811, 409759197, 428139379, 446486956, 464800532,
    483078711, 501320102, 519523315, 537686964, 555809667, 573890043, 591926714, 609918309,
    627863455, 645760787, 663608942, 681406561, 699152288, 716844772, 734482665, 752064625,
    769589312, 787055391, 804461534, 821806413, 839088709, 856307105, 873460290, 890546958,
    907565806, 924515541, 941394869, 958202507, 974937175, 991597596, 1008182504, 1024690635,
    1041120732, 1057471543, 1073741824, 1089930335, 1106035844, 1122057124, 1137992955, 1153842123,
    1169603422, 1185275651, 1200857616, 1216348132, 1231746018, 1247050102, 1262259218, 1277372208,
    1292387921, 1307305214, 1322122951, 1336840003, 1351455249, 1365967577, 1380375881, 1394679064,
    1408876037, 1422965718, 1436947036, 1450818924, 1464580326, 1478230195, 1491767492, 1505191184,
    1518500250, 1531693676, 1544770459, 1557729600, 1570570115, 1583291025, 1595891361, 1608370163,
    1620726483, 1632959377, 1645067915, 1657051175, 1668908244, 1680638220, 1692240208, 1703713325,
    1715056699, 1726269464, 1737350766, 1748299763, 1759115620, 1769797514, 1780344631, 1790756167,
    1801031331, 1811169339, 1821169419, 1831030811, 1840752762, 1850334533, 1859775393, 1869074625,
    1878231519, 1887245379, 1896115518, 1904841260, 1913421941, 1921856908, 1930145517, 1938287139,
    1946281153, 1954126950, 1961823932, 1969371514, 1976769121, 1984016189, 1991112166, 1998056513,
    2004848700, 2011488210, 2017974537, 2024307188, 2030485680, 2036509543, 2042378317, 2048091557,
    2053648826, 2059049702, 2064293773, 2069380641, 2074309917, 2079081227, 2083694206, 2088148504,
    2092443781, 2096579711, 2100555978, 2104372279, 2108028325, 2111523836, 2114858546, 2118032202,
    2121044561, 2123895394, 2126584485, 2129111628, 2131476631, 2133679313, 2135719508, 2137597059,
    2139311824, 2140863673, 2142252486, 2143478158, 2144540596, 2145439719, 2146175459, 2146747759,
    2147156576, 2147401878, 2147483648,
};
/* clang-format on */

/* Sine of an angle in half hundredths of a degree, 0 to 90 degrees. */
static uint64_t sine(uint32_t angle)
{
    uint32_t at = angle / STEP, rest = angle % STEP;

    if (rest == 0)
        return sines[at];
    return sines[at] + (uint64_t)(sines[at + 1] - sines[at]) * rest / STEP;
}

/*
 * Greatest number whose square is at most n, which is at most 2^62: Newton's steps from above,
 * which go down until they are there. From the next sine of the table they are two or three.
 */
static uint64_t root(uint64_t n, uint64_t above)
{
    uint64_t next;

    if (n == 0)
        return 0;
    while ((next = (above + n / above) / 2) < above)
        above = next;
    return above;
}

/* Centimetres of the way whose half has a sine of this square. */
static uint64_t way_cm(uint64_t square)
{
    uint32_t low = 0, high = QUADRANT / STEP;
    uint64_t half;

    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;

        if ((uint64_t)sines[middle] * sines[middle] <= square)
            low = middle;
        else
            high = middle;
    }
    half = root(square, sines[high]);
    return low * step_cm + (half - sines[low]) * step_cm / (sines[high] - sines[low]);
}

/* h of two points that are so far apart in hundredths of a degree; `cosines` is their product. */
static uint64_t haversine(uint32_t latitudes, uint32_t longitudes, uint64_t cosines)
{
    uint64_t a = sine(latitudes), b = sine(longitudes);

    return a * a + (cosines * b >> FRACTION) * b;
}

static uint32_t magnitude(int32_t n)
{
    return (uint32_t)(n < 0 ? -n : n);
}

static uint64_t cosine_of_latitude(int32_t hundredths)
{
    return sine(QUADRANT - 2 * magnitude(hundredths));
}

uint32_t r53__distance(struct point a, struct point b)
{
    uint64_t cosines = cosine_of_latitude(a.latitude) * cosine_of_latitude(b.latitude) >> FRACTION;
    uint32_t longitudes = magnitude(a.longitude - b.longitude);
    uint64_t h;

    if (longitudes > 18000) /* the shorter way round; -180 is 180 */
        longitudes = 36000 - longitudes;
    h = haversine(magnitude(a.latitude - b.latitude), longitudes, cosines);
    if (h <= UINT64_C(1) << (2 * FRACTION - 1))
        return (uint32_t)(way_cm(h) / 100);
    h = haversine(magnitude(a.latitude + b.latitude), 18000 - longitudes, cosines);
    return (uint32_t)((QUADRANT / STEP * step_cm - way_cm(h)) / 100);
}

/* Of up to 180 degrees either way, in hundredths of a degree and units of a direction. */
static int32_t cosine(int32_t angle)
{
    uint32_t half_hundredths = 2 * magnitude(angle);

    if (half_hundredths > QUADRANT)
        return -(int32_t)(sine(half_hundredths - QUADRANT) >> 1);
    return (int32_t)(sine(QUADRANT - half_hundredths) >> 1);
}

static int32_t signed_sine(int32_t angle)
{
    int32_t upright = cosine(QUADRANT / 2 - (int32_t)magnitude(angle));

    return angle < 0 ? -upright : upright;
}

static int32_t product(int32_t a, int32_t b)
{
    return (int32_t)((int64_t)a * b / DIRECTION_ONE);
}

struct direction r53__direction(struct point point)
{
    int32_t ring = cosine(point.latitude); /* radius of the circle of latitude */

    return (struct direction){product(ring, cosine(point.longitude)),
                              product(ring, signed_sine(point.longitude)),
                              signed_sine(point.latitude)};
}
