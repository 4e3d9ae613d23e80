/* The tables are data as published; what answers ask for is found without a walk. */
#include "net/place.h"

#include "net/region.h"

static const char continents[][3] = {"AF", "AN", "AS", "EU", "NA", "OC", "SA"};

enum { CONTINENTS = sizeof(continents) / sizeof(*continents), LETTERS = 26 };

/*
 * The continent of each country (R53-DATA-06), by its two letters: which of the above, from 1 on.
 * Asked with each query that tells a country.
 */
/* clang-format off */
static const char continent_of[LETTERS][LETTERS + 1] = {
    /*ABCDEFGHIJKLMNOPQRSTUVWXYZ */
    "...4335.5..43.1.27646.54.3", /* A_ */
    "45.3414311.5537.5753..1.45", /* B_ */
    "5.31.1141.67137..5..515.44", /* C_ */
    "....4....14.5.5..........1", /* D_ */
    "..7.4.1..........141......", /* E_ */
    "........467.6.4..4........", /* F_ */
    "14.537414..511.514256.1.7.", /* G_ */
    "..........3..5...4.54.....", /* H_ */
    "...34......3433.3344......", /* I_ */
    "....4.......5.33..........", /* J_ */
    "....1.336...15.3.3....3.53", /* K_ */
    "335.....4.3......11444..1.", /* L_ */
    "1.444516..4133365154131531", /* M_ */
    "1.6.161.5..4..43.6..6....6", /* N_ */
    "............3.............", /* O_ */
    "5...7663..3456...534..6.7.", /* P_ */
    "3.........................", /* Q_ */
    "....1.........4...4.4.1...", /* R_ */
    "36114.314441411..711.5.531", /* S_ */
    "..51.213.366316..4.5.63..1", /* T_ */
    "4.....1.....6.....5.....73", /* U_ */
    "4.5.7.5.5....3......6.....", /* V_ */
    ".....6............6.......", /* W_ */
    "..........4...............", /* X_ */
    "....3..............1......", /* Y_ */
    "1...........1.........1...", /* Z_ */
};
/* clang-format on */

/* R53-DATA-07 */
static const char us_states[] =
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT "
    "NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY";

/* Is the code among two-letter codes with a blank between? */
static bool code_listed(const char *codes, struct span code)
{
    if (code.length != 2)
        return false;
    for (const char *at = codes;; at += 3) {
        if (at[0] == code.at[0] && at[1] == code.at[1])
            return true;
        if (!at[2])
            return false;
    }
}

const char *r53__country_continent(struct span country)
{
    unsigned row, column;

    if (country.length != 2)
        return NULL;
    row = (unsigned)(country.at[0] - 'A');
    column = (unsigned)(country.at[1] - 'A');
    if (row >= LETTERS || column >= LETTERS || continent_of[row][column] == '.')
        return NULL;
    return continents[continent_of[row][column] - '1'];
}

bool r53__continent_known(struct span continent)
{
    for (size_t i = 0; i < CONTINENTS; i++) {
        if (r53__span_is(continent, continents[i]))
            return true;
    }
    return false;
}

bool r53__subdivision_known(struct span country, struct span subdivision)
{
    if (r53__span_is(country, "US"))
        return code_listed(us_states, subdivision);
    return r53__span_is(country, "UA") && subdivision.length >= 1 && subdivision.length <= 3;
}

/* Leading digits of `text`, at most `most`; -1 if there are more. Advances `text`. */
static int digits_take(struct span *text, unsigned most, int32_t *value)
{
    int n = 0;

    for (; text->length && text->at[0] >= '0' && text->at[0] <= '9'; n++) {
        if ((unsigned)n == most)
            return -1;
        *value = *value * 10 + (text->at[0] - '0');
        *text = (struct span){text->at + 1, text->length - 1};
    }
    return n;
}

bool r53__coordinate_parse(struct span text, unsigned digits, int32_t limit, int32_t *out)
{
    int32_t value = 0;
    bool minus = text.length && text.at[0] == '-';
    int n = 0;

    if (text.length && (text.at[0] == '-' || text.at[0] == '+'))
        text = (struct span){text.at + 1, text.length - 1};
    if (digits_take(&text, digits, &value) < 1)
        return false;
    if (text.length && text.at[0] == '.') {
        text = (struct span){text.at + 1, text.length - 1};
        n = digits_take(&text, 2, &value);
    }
    if (text.length || n < 0)
        return false;
    for (; n < 2; n++)
        value *= 10;
    if (value > limit * 100)
        return false;
    *out = minus ? -value : value;
    return true;
}

/* Upper-case letters, and digits if `digits`. */
static bool is_code(struct span text, size_t least, size_t most, bool digits)
{
    for (size_t i = 0; i < text.length; i++) {
        char c = text.at[i];

        if (!((c >= 'A' && c <= 'Z') || (digits && c >= '0' && c <= '9')))
            return false;
    }
    return text.length >= least && text.length <= most;
}

bool r53__country_code_fits(struct span code)
{
    return is_code(code, 2, 2, false);
}

bool r53__subdivision_code_fits(struct span code)
{
    return is_code(code, 1, 3, true);
}

static bool faulty(struct place_fault *fault, const char *member, const char *value,
                   const char *expected)
{
    *fault = (struct place_fault){.member = member, .value = value, .expected = expected};
    return false;
}

static bool coordinate_check(struct place_fault *fault, const char *member, int32_t value,
                             int32_t limit, const char *expected)
{

    if (value >= -limit && value <= limit)
        return true;
    faulty(fault, member, NULL, expected);
    r53__number_print(fault->number, value);
    fault->value = fault->number;
    return false;
}

static bool point_read(struct place *place, const r53_place *in, struct place_fault *fault)
{
    if (in->has_coordinates == 0)
        return true;
    if (in->has_coordinates != 1)
        return coordinate_check(fault, "HasCoordinates", in->has_coordinates, 0, "0 or 1");
    if (!coordinate_check(fault, "Latitude", in->latitude, 9000,
                          "hundredths of a degree, -9000 to 9000") ||
        !coordinate_check(fault, "Longitude", in->longitude, 18000,
                          "hundredths of a degree, -18000 to 18000"))
        return false;
    place->located = true;
    place->point = (struct point){in->latitude, in->longitude};
    return true;
}

/*
 * Countries and states that no record set can name (R53-DATA-06) are codes all the same: such a
 * client is in no country's record set, but in its continent's.
 */
static bool codes_check(const struct place *place, struct place_fault *fault)
{
    struct span subdivision = r53__span(place->subdivision);

    if (*place->country && !r53__country_code_fits(r53__span(place->country)))
        return faulty(fault, "CountryCode", place->country, "two upper-case letters");
    if (*place->continent && !r53__continent_known(r53__span(place->continent)))
        return faulty(fault, "ContinentCode", place->continent, "AF, AN, AS, EU, NA, OC or SA");
    if (subdivision.length && !r53__subdivision_code_fits(subdivision))
        return faulty(fault, "SubdivisionCode", place->subdivision,
                      "one to three upper-case letters and digits");
    if (subdivision.length && !*place->country)
        return faulty(fault, "SubdivisionCode", place->subdivision, "the country beside it");
    return true;
}

bool r53__place_read(struct place *out, const r53_place *in, struct place_fault *fault)
{
    struct place place = {.continent = in->continent_code ? in->continent_code : "",
                          .country = in->country_code ? in->country_code : "",
                          .subdivision = in->subdivision_code ? in->subdivision_code : ""};
    const char *continent = r53__country_continent(r53__span(place.country)); /* R53-GEO-06 */

    if (!point_read(&place, in, fault) || !codes_check(&place, fault))
        return false;
    if (continent && *place.continent && !r53__text_equal(continent, place.continent))
        return faulty(fault, "ContinentCode", place.continent, "the continent of the country");
    if (continent)
        place.continent = continent;
    *out = place;
    return true;
}

struct place r53__region_place(const struct region *region)
{
    return (struct place){region->continent, region->country, region->subdivision, true,
                          r53__region_point(region)};
}
