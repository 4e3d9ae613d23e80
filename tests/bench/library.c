/* The library: one at a time, and many in a call. */
#include "bench.h"

#include <r53/r53.h>
#include <r53/respond.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const r53_peer peer = {.size = sizeof(peer), .minimal = 1};

static int32_t put(r53_import *import, const char *name, int32_t type, const char *const *values,
                   uint32_t n)
{
    const r53_record_set set = {.size = sizeof(set),
                                .name = name,
                                .type = type,
                                .values = values,
                                .n_values = n,
                                .has_ttl = 1,
                                .ttl = ZONE_TTL};

    return r53_import_record_set(import, "Z1", &set);
}

static int32_t put_addresses(r53_import *import, const char *name, const struct bench_name *from,
                             bool is_aaaa)
{
    unsigned n = is_aaaa ? from->n_aaaa : from->n_a;
    char texts[ADDRESSES_MAX][48];
    const char *values[ADDRESSES_MAX];
    uint8_t octets[16];

    for (unsigned i = 0; i < n; i++) {
        char *text = texts[i];

        workload_address(from, is_aaaa, i, octets);
        values[i] = text;
        if (!is_aaaa)
            snprintf(text, 48, "%u.%u.%u.%u", octets[0], octets[1], octets[2], octets[3]);
        for (unsigned k = 0; is_aaaa && k < 16; k += 2)
            text += sprintf(text, "%s%02x%02x", k ? ":" : "", octets[k], octets[k + 1]);
    }
    return n ? put(import, name, is_aaaa ? 28 : 1, values, n) : R53_OK;
}

static int32_t import_fill(r53_import *import, const struct workload *work)
{
    static const char *const soa[] = {"ns1." ZONE_NAME ". hostmaster." ZONE_NAME
                                      ". 1 7200 900 1209600 300"};
    const r53_hosted_zone zone = {.size = sizeof(zone), .id = "Z1", .name = ZONE_NAME};
    int32_t rc = r53_import_hosted_zone(import, &zone);
    char name[256];

    if (rc == R53_OK)
        rc = put(import, ZONE_NAME, 6, soa, 1);
    for (size_t i = 0; i < work->n_names && rc == R53_OK; i++) {
        name_text(work->wires + work->names[i].wire, name);
        rc = put_addresses(import, name, &work->names[i], false);
        if (rc == R53_OK)
            rc = put_addresses(import, name, &work->names[i], true);
    }
    return rc == R53_OK ? r53_import_commit(import) : rc;
}

static void *library_load(const struct workload *work)
{
    r53_cloud *cloud = NULL;
    r53_import *import = NULL;
    r53_view *view = NULL;
    int32_t rc = r53_cloud_new(&cloud, NULL);

    if (rc == R53_OK)
        rc = r53_import_new(&import, cloud, NULL, NULL);
    if (rc == R53_OK)
        rc = import_fill(import, work);
    if (rc == R53_OK)
        rc = r53_view_new(&view, cloud, NULL, 0, NULL);
    r53_import_free(import);
    r53_cloud_free(cloud);
    return rc == R53_OK ? view : NULL;
}

static void library_unload(void *state)
{
    r53_view_release(state);
}

static void library_answer(void *state, const uint8_t *const *queries, const uint16_t *lengths,
                           size_t n, uint8_t (*responses)[RESPONSE_MAX], uint16_t *response_lengths)
{
    for (size_t i = 0; i < n; i++) {
        size_t length = 0;

        r53_respond(state, &peer, queries[i], lengths[i], responses[i], RESPONSE_MAX, &length);
        response_lengths[i] = (uint16_t)length;
    }
}

static void library_answer_many(void *state, const uint8_t *const *queries, const uint16_t *lengths,
                                size_t n, uint8_t (*responses)[RESPONSE_MAX],
                                uint16_t *response_lengths)
{
    r53_exchange exchanges[BATCH] = {0}, *pointers[BATCH] = {0};

    for (size_t i = 0; i < n; i++) {
        exchanges[i] = (r53_exchange){.size = sizeof(r53_exchange),
                                      .peer = &peer,
                                      .query = queries[i],
                                      .n_query = lengths[i],
                                      .response = responses[i],
                                      .capacity = RESPONSE_MAX};
        pointers[i] = &exchanges[i];
    }
    r53_respond_many(state, pointers, n);
    for (size_t i = 0; i < n; i++)
        response_lengths[i] = (uint16_t)exchanges[i].length;
}

const struct engine engine_library = {"r53_respond", library_load, library_unload, library_answer,
                                      1};
const struct engine engine_library_many = {"r53_respond_many", library_load, library_unload,
                                           library_answer_many, BATCH};
