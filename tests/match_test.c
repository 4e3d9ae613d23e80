/*
 * What record sets ask of the client: codes, their order in the sealed zone, and that zones without
 * such groups have none.
 */
#include "support/harness.h"
#include "support/zone_text.h"

#include "base/hash.h"
#include "model/cloud.h"
#include "model/match.h"

#include <stdlib.h>

static const struct zone *zone_of(const r53_cloud *cloud)
{
    return r53__table_find(&cloud->tables[CLOUD_ZONES], r53__span("ZONE1"));
}

static void codes_differ(void **state)
{
    const uint64_t codes[] = {
        r53__match_subdivision("US", "CA"),
        r53__match_subdivision("CA", "US"),
        r53__match_subdivision("UA", "11"),
        r53__match_subdivision("UA", "1"),
        r53__match_country("CA"),
        r53__match_country("AS"),
        r53__match_continent("AS"),
        r53__match_continent("SA"),
        r53__match_elsewhere(),
        r53__match_texts("a", "b"),
        r53__match_texts("b", "a"),
        r53__match_texts("ab", ""),
    };

    (void)state;
    for (size_t i = 0; i < COUNT(codes); i++) {
        assert_true(codes[i] != MATCH_NOBODY);
        for (size_t k = 0; k < i; k++)
            assert_true(codes[i] != codes[k]);
    }
}

static void nobody(void **state)
{
    (void)state;
    assert_true(r53__match_country("") == MATCH_NOBODY);
    assert_true(r53__match_country("DEU") == MATCH_NOBODY);
    assert_true(r53__match_continent("") == MATCH_NOBODY);
    assert_true(r53__match_subdivision("US", "") == MATCH_NOBODY);
    assert_true(r53__match_subdivision("", "CA") == MATCH_NOBODY);
    assert_true(r53__match_subdivision("US", "LONG") == MATCH_NOBODY);
    assert_null(r53__match_region(MATCH_NOBODY));
}

static const struct point_case {
    const char *what, *line;
    bool known;
    struct point point;
    int32_t bias;
} points[] = {
    {"R53-GEOPROX-01 coordinates",
     "CREATE p A 192.0.2.1 id=a lat=-33.87 lon=151.2",
     true,
     {-3387, 15120},
     0},
    {"R53-GEOPROX-01 the ends",
     "CREATE p A 192.0.2.1 id=a lat=-90 lon=-180 bias=-99",
     true,
     {-9000, -18000},
     -99},
    {"R53-GEOPROX-01 a Region",
     "CREATE p A 192.0.2.1 id=a gpregion=cn-north-1 bias=99",
     true,
     {3990, 11641},
     99},
};

static void check_point(void **state)
{
    const struct point_case *c = *state;
    r53_cloud *cloud = cloud_with_zone(NULL);
    const struct record_match *match;
    const struct zone *zone;
    struct point point;
    int32_t bias;

    assert_int_equal(batch_apply(cloud, c->line, NULL), R53_OK);
    zone = zone_of(cloud);
    match = r53__group_matches(zone, &zone->groups[zone->n_groups - 1]);
    assert_int_equal(r53__match_point(match->code, &point, &bias), c->known);
    assert_int_equal(point.latitude, c->point.latitude);
    assert_int_equal(point.longitude, c->point.longitude);
    assert_int_equal(bias, c->bias);
    assert_int_equal(r53__direction_known(match->direction), c->bias == 0);
    r53_cloud_free(cloud);
}

/* What is not by place needs no codes, and so no memory for them. */
static void only_by_place(void **state)
{
    r53_cloud *cloud = cloud_with_zone(NULL);

    (void)state;
    assert_null(zone_of(cloud)->matches);
    assert_int_equal(batch_apply(cloud,
                                 "CREATE s A 192.0.2.1\nCREATE w A 192.0.2.1 id=a weight=1\n"
                                 "CREATE f A 192.0.2.1 id=a failover=PRIMARY\n"
                                 "CREATE m A 192.0.2.1 id=a multi=true\nCREATE a A alias=ZONE1/s\n",
                                 NULL),
                     R53_OK);
    assert_null(zone_of(cloud)->matches);
    assert_int_equal(batch_apply(cloud, "CREATE g A 192.0.2.1 id=a country=DE", NULL), R53_OK);
    assert_non_null(zone_of(cloud)->matches);
    assert_int_equal(batch_apply(cloud, "DELETE g A 192.0.2.1 id=a country=DE", NULL), R53_OK);
    assert_null(zone_of(cloud)->matches);
    r53_cloud_free(cloud);
}

enum { ENTRIES = 300 };

static int match_compare(const void *a, const void *b)
{
    const struct record_match *x = a, *y = b;

    if (x->code != y->code)
        return x->code < y->code ? -1 : 1;
    return x->record < y->record ? -1 : x->record > y->record;
}

static void assert_found(const struct record_match *matches, uint32_t n, uint64_t code)
{
    uint32_t at = 0;

    while (at < n && matches[at].code < code)
        at++;
    assert_int_equal(r53__match_find(matches, n, code), at);
}

/* Against qsort and a walk. */
static void sorted_and_found(void **state)
{
    static struct record_match entries[ENTRIES], model[ENTRIES];

    (void)state;
    for (uint32_t n = 0; n <= ENTRIES; n += n < 20 ? 1 : 40) {
        for (uint32_t i = 0; i < n; i++)
            entries[i] = model[i] =
                (struct record_match){.code = r53__mix2(n, i) % 64, .record = n - i};
        r53__matches_sort(entries, n);
        qsort(model, n, sizeof(*model), match_compare);
        for (uint32_t i = 0; i < n; i++) {
            assert_true(entries[i].code == model[i].code);
            assert_int_equal(entries[i].record, model[i].record);
        }
        for (uint64_t code = 0; code < 66; code++)
            assert_found(entries, n, code);
    }
}

int main(void)
{
    static struct CMUnitTest tests[COUNT(points) + 4];
    size_t n = 0;

    ADD_CASES(tests, n, points, check_point);
    ADD_TEST(tests, n, "R53-GEO-03 codes of different places differ", codes_differ);
    ADD_TEST(tests, n, "R53-JSON-09 texts without meaning match nobody", nobody);
    ADD_TEST(tests, n, "zones of other policies hold no codes", only_by_place);
    ADD_TEST(tests, n, "entries are sorted by code and found by halving", sorted_and_found);
    return RUN_TESTS("match", tests, n);
}
