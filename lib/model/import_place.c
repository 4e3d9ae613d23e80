/* The import door of what was seen of clients: checked when it is said, staged at commit. */
#include "model/import.h"

/* What was checked when it was said is read again; that cannot fail. */
static int32_t stage_place(r53_import *import, const struct observation *said)
{
    const r53_place *place = said->place.size ? &said->place : NULL;
    struct place_said read;
    int32_t rc = r53__place_said_read(&read, said->id, place, NULL);

    return rc ? rc : r53__observed_stage_place(import->observed, &read);
}

int32_t r53_import_place(r53_import *import, const char *prefix, const r53_place *place)
{
    struct observation said = {.stage = stage_place, .id = prefix};
    struct place_said read;
    int32_t rc;

    if (!import)
        return R53_E_INVALID;
    rc = r53__place_said_read(&read, prefix, place, import->report);
    if (rc)
        return rc;
    if (read.known)
        said.place = (r53_place){.size = sizeof(said.place),
                                 .has_coordinates = read.place.located,
                                 .latitude = read.place.point.latitude,
                                 .longitude = read.place.point.longitude,
                                 .continent_code = read.place.continent,
                                 .country_code = read.place.country,
                                 .subdivision_code = read.place.subdivision};
    return r53__import_observe(import, &said);
}

static int32_t stage_latency(r53_import *import, const struct observation *said)
{
    struct latency_said read;
    int32_t rc = r53__latency_said_read(&read, said->id, said->region, said->value, NULL);

    return rc ? rc : r53__observed_stage_latency(import->observed, &read);
}

int32_t r53_import_latency(r53_import *import, const char *client, const char *region,
                           int32_t milliseconds)
{
    const struct observation said = {
        .stage = stage_latency, .id = client, .region = region, .value = milliseconds};
    struct latency_said read;
    int32_t rc;

    if (!import)
        return R53_E_INVALID;
    rc = r53__latency_said_read(&read, client, region, milliseconds, import->report);
    return rc ? rc : r53__import_observe(import, &said);
}
