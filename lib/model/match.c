#include "model/match.h"

#include "net/place.h"

#include <string.h>

/* First octet of a geolocation code; the letters are the rest. */
enum { LEVEL_ELSEWHERE = 1, LEVEL_CONTINENT, LEVEL_COUNTRY, LEVEL_SUBDIVISION };

enum {
    LEVEL_SHIFT = 56,
    CODE_LETTERS = 2,        /* of a country or a continent */
    SUBDIVISION_LETTERS = 3, /* at most, R53-GEO-02 */
    SUBDIVISION_BITS = 8 * SUBDIVISION_LETTERS,
    BIAS_MOST = 99, /* R53-GEOPROX-01; more, in what was loaded, counts as this */
    LATITUDE_DIGITS = 2,
    LATITUDE_MOST = 90,
    LONGITUDE_DIGITS = 3,
    LONGITUDE_MOST = 180
};

/* Letters as a number, the first one the highest octet of `most`; false: too many, or none. */
static bool letters_pack(const char *text, unsigned most, uint64_t *out)
{
    uint64_t packed = 0;
    unsigned n = 0;

    for (; *text; text++) {
        if (++n > most)
            return false;
        packed = packed << 8 | (uint8_t)*text;
    }
    *out = packed << 8 * (most - n);
    return n > 0;
}

static uint64_t letters_code(uint64_t level, const char *text)
{
    uint64_t letters;

    return letters_pack(text, CODE_LETTERS, &letters) ? level << LEVEL_SHIFT | letters
                                                      : MATCH_NOBODY;
}

uint64_t r53__match_subdivision(const char *country, const char *subdivision)
{
    uint64_t of_country, letters;

    if (!letters_pack(country, CODE_LETTERS, &of_country) ||
        !letters_pack(subdivision, SUBDIVISION_LETTERS, &letters))
        return MATCH_NOBODY;
    return (uint64_t)LEVEL_SUBDIVISION << LEVEL_SHIFT | of_country << SUBDIVISION_BITS | letters;
}

uint64_t r53__match_country(const char *country)
{
    return letters_code(LEVEL_COUNTRY, country);
}

uint64_t r53__match_continent(const char *continent)
{
    return letters_code(LEVEL_CONTINENT, continent);
}

uint64_t r53__match_elsewhere(void)
{
    return (uint64_t)LEVEL_ELSEWHERE << LEVEL_SHIFT;
}

/* R53-GEO-01; a code outside AWS's tables is kept and matches nobody (R53-JSON-09). */
static uint64_t geolocation_code(const struct record_detail *d)
{
    struct span country = r53__span(d->country_code);

    if (r53__span_is(country, "*"))
        return r53__match_elsewhere();
    if (*d->subdivision_code)
        return r53__subdivision_known(country, r53__span(d->subdivision_code))
                   ? r53__match_subdivision(d->country_code, d->subdivision_code)
                   : MATCH_NOBODY;
    if (country.length)
        return r53__country_continent(country) ? r53__match_country(d->country_code) : MATCH_NOBODY;
    return r53__continent_known(r53__span(d->continent_code))
               ? r53__match_continent(d->continent_code)
               : MATCH_NOBODY;
}

/* Cheap and never stored: equal codes are compared as texts. */
uint64_t r53__match_texts(const char *a, const char *b)
{
    struct name type = {(const uint8_t *)a, strlen(a)}, id = {(const uint8_t *)b, strlen(b)};
    uint64_t code = r53__name_hash(id, r53__name_hash(type, 0));

    return code == MATCH_NOBODY ? 1 : code;
}

/* R53-AZ-04: whatever the id of Global is. */
static uint64_t az_affinity_code(const struct record_detail *d)
{
    bool global = strcmp(d->az_location_type, "Global") == 0;

    return r53__match_texts(d->az_location_type, global ? "" : d->az_location_id);
}

static uint64_t latency_code(const struct record_detail *d)
{
    const struct region *region = r53__region_find(r53__span(d->region));
    size_t n;

    return region ? (uint64_t)(region - r53__regions(&n)) + 1 : MATCH_NOBODY;
}

const struct region *r53__match_region(uint64_t code)
{
    size_t n;
    const struct region *regions = r53__regions(&n);

    return code == MATCH_NOBODY ? NULL : &regions[code - 1];
}

/* R53-GEOPROX-01: a Region, a Local Zone group, or coordinates. */
static bool geoproximity_point(const struct record_detail *d, struct point *out)
{
    const struct region *region = r53__region_find(r53__span(d->geoproximity_region));

    if (region) {
        *out = r53__region_point(region);
        return true;
    }
    if (*d->local_zone_group)
        return r53__local_zone_group_find(r53__span(d->local_zone_group), out);
    return r53__coordinate_parse(r53__span(d->latitude), LATITUDE_DIGITS, LATITUDE_MOST,
                                 &out->latitude) &&
           r53__coordinate_parse(r53__span(d->longitude), LONGITUDE_DIGITS, LONGITUDE_MOST,
                                 &out->longitude);
}

static int32_t bias_of(const struct record_detail *d)
{
    if (!d->has_bias)
        return 0;
    return d->bias > BIAS_MOST ? BIAS_MOST : d->bias < -BIAS_MOST ? -BIAS_MOST : d->bias;
}

/* Three numbers of 16 bits behind a bit that says they are known. */
static uint64_t geoproximity_code(const struct record_detail *d)
{
    struct point point;

    if (!geoproximity_point(d, &point))
        return MATCH_NOBODY;
    return UINT64_C(1) << 48 | (uint64_t)(uint16_t)bias_of(d) << 32 |
           (uint64_t)(uint16_t)point.latitude << 16 | (uint16_t)point.longitude;
}

/* The 16 bits of a number between -32768 and 32767. */
static int32_t read_i16(uint64_t bits)
{
    int32_t value = (int32_t)(bits & UINT16_MAX);

    return value > INT16_MAX ? value - UINT16_MAX - 1 : value;
}

bool r53__match_point(uint64_t code, struct point *point, int32_t *bias)
{
    if (code == MATCH_NOBODY)
        return false;
    *bias = read_i16(code >> 32);
    *point = (struct point){read_i16(code >> 16), read_i16(code)};
    return true;
}

/* The nearest Region's latency is the smallest, where it is estimated. */
static struct direction latency_direction(uint64_t code)
{
    const struct region *region = r53__match_region(code);

    return region ? r53__direction(r53__region_point(region)) : (struct direction){0};
}

/* A bias makes another order than that of distances. */
static struct direction geoproximity_direction(uint64_t code)
{
    struct point point;
    int32_t bias;

    if (!r53__match_point(code, &point, &bias) || bias != 0)
        return (struct direction){0};
    return r53__direction(point);
}

static const struct matching {
    uint64_t (*code)(const struct record_detail *detail); /* NULL: the client does not matter */
    struct direction (*direction)(uint64_t code);         /* NULL: none, entries are sorted */
} matchings[POLICIES] = {
    [POLICY_LATENCY] = {latency_code, latency_direction},
    [POLICY_GEOLOCATION] = {geolocation_code, NULL},
    [POLICY_GEOPROXIMITY] = {geoproximity_code, geoproximity_direction},
    [POLICY_AZ_AFFINITY] = {az_affinity_code, NULL},
};

bool r53__policy_has_matches(uint8_t policy)
{
    return matchings[policy].code != NULL;
}

uint64_t r53__match_code(uint8_t policy, const struct record_detail *detail)
{
    return matchings[policy].code(detail);
}

struct record_match r53__match(uint8_t policy, const struct record_detail *detail, uint32_t record)
{
    const struct matching *matching = &matchings[policy];
    struct record_match match = {.code = matching->code(detail), .record = record};

    if (matching->direction)
        match.direction = matching->direction(match.code);
    return match;
}

bool r53__policy_sorts_matches(uint8_t policy)
{
    return matchings[policy].code && !matchings[policy].direction;
}

static bool match_less(const struct record_match *a, const struct record_match *b)
{
    return a->code != b->code ? a->code < b->code : a->record < b->record;
}

/* Lets the entry at `at` sink in the heap of n. */
static void sink(struct record_match *heap, uint32_t at, uint32_t n)
{
    struct record_match moved = heap[at];

    for (uint32_t child; (child = 2 * at + 1) < n; at = child) {
        if (child + 1 < n && match_less(&heap[child], &heap[child + 1]))
            child++;
        if (!match_less(&moved, &heap[child]))
            break;
        heap[at] = heap[child];
    }
    heap[at] = moved;
}

void r53__matches_sort(struct record_match *matches, uint32_t n)
{
    for (uint32_t i = n / 2; i-- > 0;)
        sink(matches, i, n);
    while (n-- > 1) {
        struct record_match greatest = matches[0];

        matches[0] = matches[n];
        matches[n] = greatest;
        sink(matches, 0, n);
    }
}

uint32_t r53__match_find(const struct record_match *matches, uint32_t n, uint64_t code)
{
    uint32_t low = 0;

    while (n > 0) {
        uint32_t half = n / 2;

        if (matches[low + half].code < code) {
            low += half + 1;
            n -= half + 1;
        } else {
            n = half;
        }
    }
    return low;
}

const struct record_match *r53__group_matches(const struct zone *zone, const struct group *group)
{
    return &zone->matches[zone->record_sets[group->first].detail];
}
