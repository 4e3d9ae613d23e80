/* Great circles in integers, against Python's math. */
#include "support/harness.h"

#include "net/distance.h"

enum { HALF_CIRCLE = 20015087, OFF_MAX = 250 };

/* Metres by atan2 of the two vectors' cross and dot products, sphere of 6371 km. */
static const struct distance_case {
    const char *what;
    struct point a, b;
    uint32_t metres;
} cases[] = {
    {"R53-GEOPROX-04 London - Paris", {5151, -13}, {4886, 235}, 343474},
    {"R53-GEOPROX-04 Frankfurt - Zurich", {5011, 868}, {4738, 854}, 303736},
    {"R53-GEOPROX-04 N. Virginia - London", {3904, -7749}, {5151, -13}, 5917468},
    {"R53-GEOPROX-04 N. Virginia - Sydney", {3904, -7749}, {-3387, 15121}, 15673627},
    {"R53-GEOPROX-04 Tokyo - N. California", {3568, 13969}, {3735, -12196}, 8331298},
    {"R53-GEOPROX-04 Sao Paulo - Cape Town", {-2355, -4663}, {-3392, 1842}, 6344120},
    {"R53-GEOPROX-04 New Zealand - Stockholm", {-3685, 17476}, {5933, 1807}, 17008473},
    {"R53-GEOPROX-04 Tokyo - Osaka", {3568, 13969}, {3469, 13550}, 396338},
    {"R53-GEOPROX-04 Buenos Aires - Seoul", {-3460, -5838}, {3757, 12698}, 19431250},
    {"R53-GEOPROX-04 a hundredth of a degree on the equator", {0, 0}, {0, 1}, 1112},
    {"R53-GEOPROX-04 a hundredth of a degree of latitude", {4500, 1000}, {4501, 1000}, 1112},
    {"R53-GEOPROX-04 a hundredth at 60 degrees north", {6000, 0}, {6000, 1}, 556},
    {"R53-GEOPROX-04 a degree", {0, 0}, {100, 0}, 111195},
    {"R53-GEOPROX-04 a quarter of the equator", {0, 0}, {0, 9000}, 10007543},
    {"R53-GEOPROX-04 just beyond a quarter", {0, 0}, {0, 9001}, 10008655},
    {"R53-GEOPROX-04 pole to equator", {9000, 0}, {0, 12345}, 10007543},
    {"R53-GEOPROX-04 pole to pole", {-9000, 0}, {9000, 0}, 20015087},
    {"R53-GEOPROX-04 half the equator", {0, -9000}, {0, 9000}, 20015087},
    {"R53-GEOPROX-04 nearly the antipode", {4000, -10000}, {-3999, 8000}, 20013975},
    {"R53-GEOPROX-04 antipode", {4000, -10000}, {-4000, 8000}, 20015087},
    {"R53-GEOPROX-04 over the date line", {1000, 17990}, {1000, -17990}, 21901},
    {"R53-GEOPROX-04 the two longitudes of the date line", {1000, -18000}, {1000, 18000}, 0},
    {"R53-GEOPROX-04 the pole has no longitude", {9000, -12000}, {9000, 7000}, 0},
    {"R53-GEOPROX-04 a point and itself", {-3387, 15121}, {-3387, 15121}, 0},
    {"R53-GEOPROX-04 round the pole", {8900, 0}, {8900, 18000}, 222390},
};

static uint32_t difference(uint32_t a, uint32_t b)
{
    return a > b ? a - b : b - a;
}

/* At most 250 m off, and 0.01 % besides; below 100 km at most 10 m. */
static void check_distance(void **state)
{
    const struct distance_case *c = *state;
    uint32_t off = difference(r53__distance(c->a, c->b), c->metres);

    assert_int_equal(r53__distance(c->b, c->a), r53__distance(c->a, c->b));
    assert_in_range(off, 0, OFF_MAX);
    assert_in_range(off, 0, c->metres / 10000 + 10);
    if (c->metres == 0 || c->metres == HALF_CIRCLE)
        assert_int_equal(off, 0);
}

struct points {
    uint32_t random;
};

static int32_t some(struct points *points, int32_t limit)
{
    points->random = points->random * 1664525 + 1013904223;
    return (int32_t)((points->random >> 8) % (uint32_t)(2 * limit + 1)) - limit;
}

static struct point point(struct points *points)
{
    int32_t latitude = some(points, 9000);

    return (struct point){latitude, some(points, 18000)};
}

static void symmetric(void **state)
{
    struct points points = {1};

    (void)state;
    for (int i = 0; i < 20000; i++) {
        struct point a = point(&points), b = point(&points);
        struct point around = {a.latitude, a.longitude > 0 ? -18000 : 18000};
        struct point there = {a.latitude, -around.longitude};

        assert_int_equal(r53__distance(a, b), r53__distance(b, a));
        assert_int_equal(r53__distance(a, a), 0);
        assert_in_range(r53__distance(a, b), 0, HALF_CIRCLE);
        assert_int_equal(r53__distance(b, around), r53__distance(b, there));
    }
}

static void triangle(void **state)
{
    struct points points = {2};

    (void)state;
    for (int i = 0; i < 20000; i++) {
        struct point a = point(&points), b = point(&points), c = point(&points);

        assert_true(r53__distance(a, c) <= r53__distance(a, b) + r53__distance(b, c) + 3 * OFF_MAX);
    }
}

/* Going on along a meridian or the equator never brings one back. */
static void monotone(void **state)
{
    uint32_t along = 0, across = 0;

    (void)state;
    for (int32_t i = 1; i <= 18000; i++) {
        uint32_t north = r53__distance((struct point){-9000, 0}, (struct point){i - 9000, 77});
        uint32_t east = r53__distance((struct point){0, 0}, (struct point){0, i});

        assert_true(north > along);
        assert_true(east > across);
        along = north;
        across = east;
    }
    assert_int_equal(along, HALF_CIRCLE);
    assert_int_equal(across, HALF_CIRCLE);
}

static int64_t nearness(struct point a, struct point b)
{
    return r53__nearness(r53__direction(a), r53__direction(b));
}

/* Two places of which one is clearly nearer to the client. */
static bool is_clear(struct point client, struct point near, struct point far)
{
    return nearness(client, near) - nearness(client, far) > NEARNESS_CLEAR;
}

/* Anywhere, or up to 2^n hundredths away. */
static struct point somewhere_near(struct points *points, struct point to, unsigned n)
{
    struct point from = point(points);

    if (n > 13)
        return from;
    return (struct point){(to.latitude + from.latitude % (1 << n)) % 9001,
                          (to.longitude + from.longitude % (1 << n)) % 18001};
}

static void nearness_tells(void **state)
{
    struct points points = {3};
    unsigned told = 0;

    (void)state;
    for (unsigned i = 0; i < 200000; i++) {
        struct point client = point(&points);
        struct point a = somewhere_near(&points, client, i % 16);
        struct point b = somewhere_near(&points, i % 2 ? a : client, i % 15);

        if (!is_clear(client, a, b))
            continue;
        assert_true(r53__distance(client, a) + 500 < r53__distance(client, b));
        told++;
    }
    assert_true(told > 50000);
}

static void directions(void **state)
{
    static const struct point ends[] = {{9000, 0},   {-9000, 0},     {0, 0},       {0, 9000},
                                        {0, -9000},  {0, 18000},     {0, -18000},  {9000, 18000},
                                        {4500, 100}, {-4500, -9001}, {100, 17999}, {-1, -1}};
    const int64_t one = INT64_C(1) << 60, off = one >> 13;

    (void)state;
    for (size_t i = 0; i < COUNT(ends); i++) {
        struct point across = {-ends[i].latitude,
                               ends[i].longitude + (ends[i].longitude > 0 ? -18000 : 18000)};

        assert_true(r53__direction_known(r53__direction(ends[i])));
        assert_in_range(nearness(ends[i], ends[i]), one - off, one);
        assert_in_range(-nearness(ends[i], across), one - off, one);
    }
    assert_int_equal(nearness(ends[0], ends[3]), 0);
    assert_int_equal(nearness(ends[2], ends[3]), 0);
    assert_false(r53__direction_known((struct direction){0}));
}

int main(void)
{
    static struct CMUnitTest tests[COUNT(cases) + 5];
    size_t n = 0;

    ADD_CASES(tests, n, cases, check_distance);
    ADD_TEST(tests, n, "R53-GEOPROX-04 there as back, within half a circle", symmetric);
    ADD_TEST(tests, n, "R53-GEOPROX-04 no way round is shorter", triangle);
    ADD_TEST(tests, n, "R53-GEOPROX-04 farther is farther", monotone);
    ADD_TEST(tests, n, "R53-GEOPROX-04 what is clearly nearer has the smaller distance",
             nearness_tells);
    ADD_TEST(tests, n, "R53-GEOPROX-04 directions are of length 1, and opposite at antipodes",
             directions);
    return RUN_TESTS("distance", tests, n);
}
