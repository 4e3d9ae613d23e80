/* Places: what is read of a stated one, the tables of regions, countries and Local Zone groups. */
#include "support/harness.h"

#include "net/place.h"
#include "net/region.h"

/* A stated place and what is read of it, or the member that is refused. */
static const struct place_case {
    const char *what;
    r53_place said;
    const char *continent, *country, *subdivision; /* read; continent NULL: refused */
    const char *member, *value;                    /* refused */
} cases[] = {
    {"R53-GEO-06 the continent comes from the country",
     {.country_code = "DE"},
     "EU",
     "DE",
     "",
     0,
     0},
    {"R53-GEO-06 Turkey lies in Europe", {.country_code = "TR"}, "EU", "TR", "", 0, 0},
    {"R53-GEO-06 Georgia lies in Asia", {.country_code = "GE"}, "AS", "GE", "", 0, 0},
    {"R53-GEO-06 a continent may be stated beside its country",
     {.continent_code = "EU", .country_code = "RU"},
     "EU",
     "RU",
     "",
     0,
     0},
    {"R53-GEO-06 a continent alone", {.continent_code = "AN"}, "AN", "", "", 0, 0},
    {"R53-GEO-06 a country lies in one continent only",
     {.continent_code = "NA", .country_code = "DE"},
     0,
     0,
     0,
     "ContinentCode",
     "NA"},
    {"R53-DATA-06 a country that no record set can name is in the continent that is stated",
     {.continent_code = "AN", .country_code = "BV"},
     "AN",
     "BV",
     "",
     0,
     0},
    {"R53-DATA-06 and else in none", {.country_code = "EH"}, "", "EH", "", 0, 0},
    {"R53-DATA-06 there are seven continents",
     {.continent_code = "XX"},
     0,
     0,
     0,
     "ContinentCode",
     "XX"},
    {"R53-DATA-06 codes are in upper case", {.country_code = "de"}, 0, 0, 0, "CountryCode", "de"},
    {"R53-DATA-06 a country has two letters",
     {.country_code = "DEU"},
     0,
     0,
     0,
     "CountryCode",
     "DEU"},
    {"R53-DATA-06 the default is no place", {.country_code = "*"}, 0, 0, 0, "CountryCode", "*"},
    {"R53-DATA-07 a state",
     {.country_code = "US", .subdivision_code = "CA"},
     "NA",
     "US",
     "CA",
     0,
     0},
    {"R53-GEO-02 a region of any country",
     {.country_code = "UA", .subdivision_code = "11"},
     "EU",
     "UA",
     "11",
     0,
     0},
    {"R53-GEO-02 a territory of the US is a country", {.country_code = "PR"}, "NA", "PR", "", 0, 0},
    {"R53-DATA-07 a state lies in a country",
     {.subdivision_code = "CA"},
     0,
     0,
     0,
     "SubdivisionCode",
     "CA"},
    {"R53-DATA-07 a state has three characters at most",
     {.country_code = "US", .subdivision_code = "CALI"},
     0,
     0,
     0,
     "SubdivisionCode",
     "CALI"},
    {"R53-PLACE-06 nothing stated is nothing known", {.country_code = ""}, "", "", "", 0, 0},
    {"R53-GEOPROX-02 coordinates at the edge",
     {.has_coordinates = 1, .latitude = -9000, .longitude = 18000},
     "",
     "",
     "",
     0,
     0},
    {"R53-GEOPROX-02 no latitude beyond the pole",
     {.has_coordinates = 1, .latitude = 9001},
     0,
     0,
     0,
     "Latitude",
     "9001"},
    {"R53-GEOPROX-02 no longitude beyond 180 degrees",
     {.has_coordinates = 1, .longitude = -18001},
     0,
     0,
     0,
     "Longitude",
     "-18001"},
    {"R53-GEOPROX-02 numbers of any size are refused",
     {.has_coordinates = 1, .latitude = INT32_MIN},
     0,
     0,
     0,
     "Latitude",
     "-2147483648"},
    {"R53-PLACE-06 there are coordinates or there are none",
     {.has_coordinates = 2},
     0,
     0,
     0,
     "HasCoordinates",
     "2"},
};

static void check_place(void **state)
{
    const struct place_case *c = *state;
    struct place place = {.country = "before"};
    struct place_fault fault;
    bool fits = r53__place_read(&place, &c->said, &fault);

    assert_int_equal(fits, c->continent != NULL);
    if (!fits) {
        assert_string_equal(place.country, "before");
        assert_string_equal(fault.member, c->member);
        assert_string_equal(fault.value, c->value);
        assert_true(strlen(fault.expected) > 0);
        return;
    }
    assert_string_equal(place.continent, c->continent);
    assert_string_equal(place.country, c->country);
    assert_string_equal(place.subdivision, c->subdivision);
    assert_int_equal(place.located, c->said.has_coordinates);
    assert_int_equal(place.point.latitude, c->said.latitude);
    assert_int_equal(place.point.longitude, c->said.longitude);
}

/* Coordinates that are there but not meant are none (trap: not a place at 0, 0 or anywhere). */
static void unlocated(void **state)
{
    r53_place said = {.latitude = 5151, .longitude = 9999999, .country_code = "GB"};
    struct place_fault fault;
    struct place place;

    (void)state;
    assert_true(r53__place_read(&place, &said, &fault));
    assert_false(place.located);
}

static size_t count_words(const char *text)
{
    size_t n = 1;

    for (; *text; text++)
        n += *text == ' ';
    return n;
}

static void continents(void **state)
{
    static const char *const counts[][2] = {
        {"AF",
         "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG ER ET GA GH GM GN GQ GW KE KM LR LS LY MA "
         "MG ML MR MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TG TN TZ UG YT ZA ZM "
         "ZW"},
        {"AN", "AQ GS TF"},
        {"SA", "AR BO BR CL CO EC FK GF GY PE PY SR UY VE"}};
    size_t known = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(counts); i++) {
        const char *at = counts[i][1];

        for (size_t k = count_words(at); k-- > 0; at += 3)
            assert_string_equal(r53__country_continent((struct span){at, 2}), counts[i][0]);
    }
    for (int i = 0; i < 26 * 26; i++) {
        char code[2] = {(char)('A' + i / 26), (char)('A' + i % 26)};

        known += r53__country_continent((struct span){code, 2}) != NULL;
    }
    assert_int_equal(known, 246);
    assert_null(r53__country_continent(SPAN("HM")));
    assert_null(r53__country_continent(SPAN("CX")));
}

static void states(void **state)
{
    size_t known = 0;

    (void)state;
    for (int i = 0; i < 26 * 26; i++) {
        char code[2] = {(char)('A' + i / 26), (char)('A' + i % 26)};

        known += r53__subdivision_known(SPAN("US"), (struct span){code, 2});
    }
    assert_int_equal(known, 51);
    assert_true(r53__subdivision_known(SPAN("US"), SPAN("DC")));
    assert_false(r53__subdivision_known(SPAN("US"), SPAN("PR")));
}

static void regions(void **state)
{
    size_t n;
    const struct region *all = r53__regions(&n);

    (void)state;
    assert_int_equal(n, 39);
    for (size_t i = 0; i < n; i++) {
        struct place place = r53__region_place(&all[i]);

        assert_true(place.located);
        assert_in_range(place.point.latitude + 9000, 1, 18000);
        assert_in_range(place.point.longitude + 18000, 1, 36000);
        assert_string_equal(r53__country_continent(r53__span(place.country)), place.continent);
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(all[i].name, all[k].name);
    }
}

static void region_place(void **state)
{
    struct place place = r53__region_place(r53__region_find(SPAN("us-west-2")));

    (void)state;
    assert_string_equal(place.continent, "NA");
    assert_string_equal(place.country, "US");
    assert_string_equal(place.subdivision, "OR");
    place = r53__region_place(r53__region_find(SPAN("eu-west-1")));
    assert_string_equal(place.country, "IE");
    assert_string_equal(place.subdivision, "");
    assert_int_equal(place.point.longitude, -626);
}

static const struct zone_case {
    const char *what, *id, *region;
} zones[] = {
    {"R53-AZ-06 a zone id tells its region", "use1-az1", "us-east-1"},
    {"R53-AZ-06 whatever the zone", "apne1-az4", "ap-northeast-1"},
    {"R53-AZ-06 a zone name is no zone id", "us-east-1a", NULL},
    {"R53-AZ-06 ids have a number", "use1", NULL},
    {"R53-AZ-06 a region that is not known", "xxx9-az1", NULL},
    {"R53-AZ-06 nothing is no zone", "", NULL},
};

static void check_zone(void **state)
{
    const struct zone_case *c = *state;
    const struct region *region = r53__region_of_az(r53__span(c->id));

    if (c->region)
        assert_string_equal(region->name, c->region);
    else
        assert_null(region);
}

static void local_zones(void **state)
{
    struct point point = {1, 2};

    (void)state;
    assert_true(r53__local_zone_group_find(SPAN("us-east-1-bue-1"), &point));
    assert_in_range(r53__distance(point, (struct point){-3460, -5838}), 0, 50000);
    assert_true(r53__local_zone_group_find(SPAN("us-west-2-lax-1"), &point));
    assert_in_range(r53__distance(point, (struct point){3405, -11824}), 0, 50000);
    point = (struct point){1, 2};
    assert_false(r53__local_zone_group_find(SPAN("us-east-1-xyz-1"), &point));
    assert_false(r53__local_zone_group_find(SPAN("us-east-1"), &point));
    assert_false(r53__local_zone_group_find(SPAN(""), &point));
    assert_int_equal(point.latitude, 1);
}

int main(void)
{
    static struct CMUnitTest tests[COUNT(cases) + COUNT(zones) + 6];
    size_t n = 0;

    ADD_CASES(tests, n, cases, check_place);
    ADD_TEST(tests, n, "R53-PLACE-06 coordinates that are not said to be there are none",
             unlocated);
    ADD_TEST(tests, n, "R53-DATA-06 countries and their continents", continents);
    ADD_TEST(tests, n, "R53-DATA-07 50 states and DC", states);
    ADD_TEST(tests, n, "R53-DATA-05 39 regions, each with a place of its own", regions);
    ADD_TEST(tests, n, "R53-GEO-07 place of a region", region_place);
    ADD_CASES(tests, n, zones, check_zone);
    ADD_TEST(tests, n, "R53-GEOPROX-01 Local Zone groups lie in their cities", local_zones);
    return RUN_TESTS("place", tests, n);
}
