/*
 * where: a record and the place of the client that asks for it. The library knows no geography of
 * addresses; this host looks the place up in a MaxMind database and puts it into the query. A DNS
 * server does so between r53_message_query and r53_resolve.
 *
 *   where PLACES.mmdb ACCOUNT.json NAME ADDRESS
 */
#include "load.h"

#include <maxminddb.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Codes of a place as text, for a query to borrow. */
struct codes {
    char continent[8], country[8], subdivision[8], city[64];
};

/* Takes a text of the client's entry; the path ends with NULL. False: it is not there. */
static bool text_take(MMDB_entry_s *entry, const char *const *path, char *text, size_t capacity)
{
    MMDB_entry_data_s data;

    if (MMDB_aget_value(entry, &data, path) != MMDB_SUCCESS || !data.has_data ||
        data.type != MMDB_DATA_TYPE_UTF8_STRING || data.data_size >= capacity)
        return false;
    memcpy(text, data.utf8_string, data.data_size);
    text[data.data_size] = '\0';
    return true;
}

/* Takes degrees as the hundredths that a query counts in. */
static bool degrees_take(MMDB_entry_s *entry, const char *name, int32_t *hundredths)
{
    const char *const path[] = {"location", name, NULL};
    MMDB_entry_data_s data;

    if (MMDB_aget_value(entry, &data, path) != MMDB_SUCCESS || !data.has_data ||
        data.type != MMDB_DATA_TYPE_DOUBLE)
        return false;
    *hundredths = (int32_t)lround(data.double_value * 100);
    return true;
}

/* Puts what an entry says into the query, which borrows its codes. */
static void place_take(MMDB_entry_s *entry, r53_query *query, struct codes *codes)
{
    static const char *const continent[] = {"continent", "code", NULL},
                             *const country[] = {"country", "iso_code", NULL},
                             *const subdivision[] = {"subdivisions", "0", "iso_code", NULL},
                             *const city[] = {"city", "names", "en", NULL};

    if (text_take(entry, continent, codes->continent, sizeof(codes->continent)))
        query->continent_code = codes->continent;
    if (text_take(entry, country, codes->country, sizeof(codes->country)))
        query->country_code = codes->country;
    if (query->country_code &&
        text_take(entry, subdivision, codes->subdivision, sizeof(codes->subdivision)))
        query->subdivision_code = codes->subdivision;
    text_take(entry, city, codes->city, sizeof(codes->city));
    query->has_coordinates = degrees_take(entry, "latitude", &query->latitude) &&
                             degrees_take(entry, "longitude", &query->longitude);
}

/* Looks the address up; false: it is none. Of one that is nowhere nothing is known. */
static bool place_look_up(const MMDB_s *places, const char *address, r53_query *query,
                          struct codes *codes)
{
    int no_address, fault;
    MMDB_lookup_result_s found = MMDB_lookup_string(places, address, &no_address, &fault);

    if (no_address || fault != MMDB_SUCCESS)
        return false;
    if (found.found_entry)
        place_take(&found.entry, query, codes);
    return true;
}

static int refused(const char *what, const char *why)
{
    fprintf(stderr, "where: %s: %s\n", what, why);
    return 1;
}

/* Answers the query and tells why it was answered so. */
static int answer_print(const r53_view *view, const r53_query *query, r53_answer *answer,
                        r53_trace *trace)
{
    r53_answer_summary summary = {.size = sizeof(summary)};
    r53_record record = {.size = sizeof(record)};
    r53_trace_entry entry = {.size = sizeof(entry)};
    char line[2048];
    int32_t code = r53_resolve(view, query, answer, trace);

    if (code != R53_OK)
        return refused(query->name, r53_strerror(code));
    r53_answer_summarize(answer, &summary);
    printf("answer: %s\n", r53_rcode_name(summary.rcode));
    for (size_t i = 0; r53_answer_record(answer, R53_SECTION_ANSWER, i, &record) == R53_OK; i++)
        printf("   %s %u %s %s\n", record.name, (unsigned)record.ttl, r53_type_name(record.type),
               record.value);
    puts("because:");
    for (size_t i = 0; r53_trace_get(trace, i, &entry) == R53_OK; i++) {
        r53_trace_text(trace, i, line, sizeof(line), NULL);
        printf("   %s [%s]\n", line, r53_rule_id(entry.rule));
    }
    return 0;
}

static int client_answer(const r53_view *view, const MMDB_s *places, r53_query *query)
{
    struct codes codes = {"", "", "", ""};
    r53_answer *answer = NULL;
    r53_trace *trace = NULL;
    int result;

    if (!place_look_up(places, query->resolver_address, query, &codes))
        return refused(query->resolver_address, "this is no address");
    printf("client: %s in %s (%s %s %s)\n", query->resolver_address,
           *codes.city ? codes.city : "a place not known", *codes.continent ? codes.continent : "-",
           *codes.country ? codes.country : "-", *codes.subdivision ? codes.subdivision : "-");
    if (r53_answer_new(&answer, NULL) || r53_trace_new(&trace, NULL))
        result = refused("start", r53_strerror(R53_E_NOMEM));
    else
        result = answer_print(view, query, answer, trace);
    r53_trace_free(trace);
    r53_answer_free(answer);
    return result;
}

int main(int argc, char **argv)
{
    r53_query query = {.size = sizeof(query)};
    struct source account = {.context = {.size = sizeof(account.context)}};
    const r53_view *view;
    MMDB_s places;
    int fault, result = 1;

    if (argc != 5) {
        fputs("usage: where PLACES.mmdb ACCOUNT.json NAME ADDRESS\n", stderr);
        return 2;
    }
    fault = MMDB_open(argv[1], MMDB_MODE_MMAP, &places);
    if (fault != MMDB_SUCCESS)
        return refused(argv[1], MMDB_strerror(fault));
    query.name = argv[3];
    query.resolver_address = argv[4];
    account.name = argv[2];
    view = sources_load(&account, 1, false, 0, (struct telling){"where", false, NULL});
    if (view)
        result = client_answer(view, &places, &query);
    r53_view_release(view);
    MMDB_close(&places);
    return result;
}
