/*
 * What a supplement says of clients: where they are, and how far from which Region. Coordinates are
 * texts, as in AWS's documents, so that they stay exact.
 */
#include "json/document.h"

struct place_text {
    const char *prefix;
    r53_place place;
    int32_t has_latitude, has_longitude;
};
#define PLACE(member) offsetof(struct place_text, member)

/* What a coordinate may be: whole degrees and how many digits they have. */
struct degrees {
    int32_t most;
    int digits;
    const char *expected;
};
static const struct degrees latitudes = {90, 2,
                                         "a latitude; expected a text like \"49.22\", -90 "
                                         "to 90"};
static const struct degrees longitudes = {180, 3,
                                          "a longitude; expected a text like \"-74.01\", "
                                          "-180 to 180"};

/* Takes up to `most` digits into the value; how many there were. */
static int digits_take(const char **text, int most, int32_t *value)
{
    int n = 0;

    for (; n < most && **text >= '0' && **text <= '9'; n++, (*text)++)
        *value = 10 * *value + (**text - '0');
    return n;
}

/* "-33.9" as hundredths, in AWS's form (R53-GEOPROX-02). */
static bool coordinate_parse(const char *text, const struct degrees *degrees, int32_t *out)
{
    bool minus = *text == '-';
    int32_t value = 0;
    int n = 0;

    text += *text == '-' || *text == '+';
    if (digits_take(&text, degrees->digits, &value) == 0)
        return false;
    if (*text == '.') {
        text++;
        n = digits_take(&text, 2, &value);
    }
    for (; n < 2; n++)
        value *= 10;
    *out = minus ? -value : value;
    return *text == '\0' && value <= 100 * degrees->most;
}

static void coordinate_read(struct reader *reader, const struct field *field, json_t *value,
                            void *out)
{
    const struct degrees *degrees = field->with;
    int32_t *coordinate = (void *)((char *)out + field->at);

    *(int32_t *)(void *)((char *)out + field->also) = 1;
    if (!json_is_string(value) || !coordinate_parse(json_string_value(value), degrees, coordinate))
        r53__json_mismatch(reader, value, degrees->expected);
}

static void place_finish(struct reader *reader, void *out)
{
    struct place_text *in = out;

    if (in->has_latitude != in->has_longitude)
        r53__json_fault(reader, "Latitude and Longitude go together; one of them is missing");
    in->place.has_coordinates = in->has_latitude;
}

static const struct field place_fields[] = {
    FIELD("Prefix", r53__json_text, .at = PLACE(prefix), .required = true),
    FIELD("ContinentCode", r53__json_text, .at = PLACE(place.continent_code)),
    FIELD("CountryCode", r53__json_text, .at = PLACE(place.country_code)),
    FIELD("SubdivisionCode", r53__json_text, .at = PLACE(place.subdivision_code)),
    FIELD("Latitude", coordinate_read, .at = PLACE(place.latitude), .also = PLACE(has_latitude),
          .with = &latitudes),
    FIELD("Longitude", coordinate_read, .at = PLACE(place.longitude), .also = PLACE(has_longitude),
          .with = &longitudes),
    UNUSED("Comment"),
};
static const struct place_text place_initial = {.place = {.size = sizeof(r53_place)}};
static const struct shape place_shape = SHAPE(place_fields, .bytes = sizeof(struct place_text),
                                              .initial = &place_initial, .finish = place_finish);

static int32_t place_deliver(struct reader *reader, void *out)
{
    const struct place_text *in = out;

    r53__json_import_begin(reader);
    return r53__json_import_end(reader, r53_import_place(reader->import, in->prefix, &in->place));
}

const struct element r53__json_place = {&place_shape, place_deliver};

struct latency {
    const char *client, *region;
    int32_t milliseconds;
};
#define LATENCY(member) offsetof(struct latency, member)

static const struct field latency_fields[] = {
    FIELD("Client", r53__json_text, .at = LATENCY(client), .required = true),
    FIELD("Region", r53__json_text, .at = LATENCY(region), .required = true),
    FIELD("Milliseconds", r53__json_int32, .at = LATENCY(milliseconds), .required = true),
    UNUSED("Comment"),
};
static const struct shape latency_shape = SHAPE(latency_fields, .bytes = sizeof(struct latency));

static int32_t latency_deliver(struct reader *reader, void *out)
{
    const struct latency *in = out;

    r53__json_import_begin(reader);
    return r53__json_import_end(
        reader, r53_import_latency(reader->import, in->client, in->region, in->milliseconds));
}

const struct element r53__json_latency = {&latency_shape, latency_deliver};
