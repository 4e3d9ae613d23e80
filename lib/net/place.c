/* The lists of codes are data as published; a look-up walks them. */
#include "net/place.h"

#include "net/region.h"

/* Countries by continent, two letters and a blank each (R53-DATA-06). */
static const struct {
    const char *code, *countries;
} continents[] = {
    {"AF", "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG ER ET GA GH GM GN GQ GW KE KM LR "
           "LS LY MA MG ML MR MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TG "
           "TN TZ UG YT ZA ZM ZW"},
    {"AN", "AQ GS TF"},
    {"AS", "AE AF AM AZ BD BH BN BT CC CN GE HK ID IL IN IO IQ IR JO JP KG KH KP KR KW "
           "KZ LA LB LK MM MN MO MV MY NP OM PH PK PS QA SA SG SY TH TJ TM TW UZ VN YE"},
    {"EU", "AD AL AT AX BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE "
           "IM IS IT JE LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM "
           "TR UA VA XK"},
    {"NA", "AG AI AW BB BL BM BQ BS BZ CA CR CU CW DM DO GD GL GP GT HN HT JM KN KY LC "
           "MF MQ MS MX NI PA PM PR SV SX TC TT US VC VG VI"},
    {"OC", "AS AU CK FJ FM GU KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TL TO TV UM VU "
           "WF WS"},
    {"SA", "AR BO BR CL CO EC FK GF GY PE PY SR UY VE"},
};

enum { CONTINENTS = sizeof(continents) / sizeof(*continents) };

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
    for (size_t i = 0; i < CONTINENTS; i++) {
        if (code_listed(continents[i].countries, country))
            return continents[i].code;
    }
    return NULL;
}

bool r53__continent_known(struct span continent)
{
    for (size_t i = 0; i < CONTINENTS; i++) {
        if (r53__span_is(continent, continents[i].code))
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
                          {region->latitude, region->longitude}};
}
