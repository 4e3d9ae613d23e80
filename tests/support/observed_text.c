#include "support/observed_text.h"

#include "support/harness.h"

#include "model/observed.h"

#include <stdio.h>

static const char *known(const char *code)
{
    return *code ? code : "-";
}

static void place_put(struct text *out, const char *id, const struct observed_place *observed)
{
    const struct place *place = &observed->place;
    char line[200], at[40] = "-";

    if (place->located)
        snprintf(at, sizeof(at), "%d,%d", (int)place->point.latitude, (int)place->point.longitude);
    snprintf(line, sizeof(line), "%s %s %s %s %s\n", id, known(place->continent),
             known(place->country), known(place->subdivision), at);
    r53__put(out, line);
}

static void latencies_put(struct text *out, const char *id, const struct latency_list *list)
{
    assert_string_equal(list->client, id);
    r53__put(out, id);
    for (uint32_t i = 0; i < list->n_latencies; i++) {
        char words[80];

        snprintf(words, sizeof(words), "%s%s %d", i ? ", " : " ", list->latencies[i].region->name,
                 (int)list->latencies[i].milliseconds);
        r53__put(out, words);
    }
    r53__put(out, "\n");
}

const char *observed_text(char *buffer, const r53_observed *observed)
{
    const struct table *places = &observed->tables[OBSERVED_PLACES];
    const struct table *latencies = &observed->tables[OBSERVED_LATENCIES];
    struct text out;

    r53__text_init(&out, buffer, OBSERVED_TEXT_MAX);
    for (int32_t i = 0; (size_t)i < places->count; i++) {
        if (r53__table_at(places, i))
            place_put(&out, r53__table_id(places, i), r53__table_at(places, i));
    }
    for (int32_t i = 0; (size_t)i < latencies->count; i++) {
        if (r53__table_at(latencies, i))
            latencies_put(&out, r53__table_id(latencies, i), r53__table_at(latencies, i));
    }
    assert_true(r53__text_fits(&out));
    return buffer;
}
