/*
 * What the suites that read documents share: an import with its cloud and observed, and documents
 * read into it. How they are written is in json_text.h.
 */
#ifndef R53_TESTS_SUPPORT_JSON_WORLD_H
#define R53_TESTS_SUPPORT_JSON_WORLD_H

#include "support/json_text.h"
#include "support/torture.h"

#include <r53/json.h>

#include <jansson.h>

struct world {
    r53_cloud *cloud;
    r53_observed *observed;
    r53_report *report;
    r53_import *import;
};

static inline void world_open_with(struct world *w, const r53_cloud_options *options)
{
    assert_int_equal(r53_cloud_new(&w->cloud, options), R53_OK);
    assert_int_equal(r53_observed_new(&w->observed, NULL), R53_OK);
    assert_int_equal(r53_report_new(&w->report, NULL), R53_OK);
    assert_int_equal(r53_import_new(&w->import, w->cloud, w->observed, w->report), R53_OK);
}

static inline void world_open(struct world *w)
{
    world_open_with(w, NULL);
}

static inline void world_close(struct world *w)
{
    r53_import_free(w->import);
    r53_report_free(w->report);
    r53_observed_free(w->observed);
    r53_cloud_free(w->cloud);
}

/* Reads from a block of exactly the text's size, so that a sanitizer sees a byte too much. */
static inline int32_t read_exactly(struct world *w, const char *json, size_t n,
                                   const r53_json_context *context)
{
    char *copy = malloc(n ? n : 1);
    int32_t rc;

    assert_non_null(copy);
    memcpy(copy, json, n);
    rc = r53_json_read(w->import, copy, n, context, w->report);
    free(copy);
    return rc;
}

static inline int32_t read_quoted(struct world *w, const char *quoted,
                                  const r53_json_context *context)
{
    char *json = unquote(quoted);
    int32_t rc = read_exactly(w, json, strlen(json), context);

    free(json);
    return rc;
}

/* ARNs without their first fields, absent texts as "-". */
static inline const char *brief(const char *text)
{
    if (!text || !*text)
        return "-";
    return strncmp(text, ARN, sizeof(ARN) - 1) == 0 ? text + sizeof(ARN) - 1 : text;
}

/* Findings, one line each: "error PATH: TEXT" with ":LINE:COLUMN" where there is one */

static inline void put_findings(struct page *page, const r53_report *report)
{
    static const char *const words[] = {"", "note", "warning", "error"};
    r53_finding f = {.size = sizeof(f)};

    page->length = 0;
    page->text[0] = '\0';
    for (size_t i = 0; r53_report_get(report, i, &f) == R53_OK; i++) {
        put(page, "%s", words[f.severity]);
        if (f.line)
            put(page, ":%d:%d", f.line, f.column);
        put(page, " %s: %s\n", f.path, f.text);
    }
}

/* Everything is told, so that no kind of document is refused for lack of it. */
static inline void read_mutated(const char *quoted, uint64_t seed, const r53_cloud_options *options)
{
    const r53_json_context context = {.size = sizeof(context),
                                      .hosted_zone_id = "Z1",
                                      .hosted_zone_name = "example.com",
                                      .account = "123456789012",
                                      .region = "us-east-1",
                                      .load_balancer = seed & 2 ? "old" : NULL,
                                      .target_group_arn = seed & 2 && seed & 4 ? NULL : "tg",
                                      .health_check_id = "abcdef11-2222-3333-4444-555555555551",
                                      .cidr_collection_id = "c8c02a84-aaaa-bbbb-e0d2-d833a2f80101",
                                      .skip_invalid = (int32_t)(seed & 1)};
    char *json = unquote(quoted);
    size_t n = strlen(json), room = n + 64;
    struct world w;

    json = realloc(json, room);
    assert_non_null(json);
    n = mutate(json, n, room, seed);
    world_open_with(&w, options);
    if (read_exactly(&w, json, n, &context) == R53_OK)
        r53_import_commit(w.import);
    else
        assert_int_not_equal(r53_report_count(w.report), 0);
    world_close(&w);
    free(json);
}

/* Allocation k fails, and all behind it, in the libraries and in jansson alike. */

static struct torture torture;

static inline void *failing_malloc(size_t size)
{
    torture.calls++;
    return torture.fail_at && torture.calls >= torture.fail_at ? NULL : malloc(size);
}

static inline int32_t read_starved(const char *quoted, const r53_json_context *context,
                                   const r53_regex_engine *engine, long fail_at)
{
    const r53_allocator allocator = torture_allocator(&torture);
    const r53_cloud_options options = {
        .size = sizeof(options), .allocator = &allocator, .regex = engine};
    char *json = unquote(quoted);
    struct world w;
    int32_t rc;

    assert_int_equal(r53_cloud_new(&w.cloud, &options), R53_OK);
    assert_int_equal(r53_observed_new(&w.observed, &allocator), R53_OK);
    assert_int_equal(r53_report_new(&w.report, &allocator), R53_OK);
    assert_int_equal(r53_import_new(&w.import, w.cloud, w.observed, w.report), R53_OK);
    torture.fail_at = torture.calls + fail_at;
    rc = read_exactly(&w, json, strlen(json), context);
    torture.fail_at = 0;
    assert_true(rc == R53_OK || r53_report_count(w.report) > 0);
    world_close(&w);
    assert_int_equal(torture.live, 0);
    free(json);
    return rc;
}

/* Reads with every k, until there is enough. */
static inline void read_starving(const char *what, const char *quoted,
                                 const r53_json_context *context, const r53_regex_engine *engine)
{
    int32_t rc = R53_E_NOMEM;

    json_set_alloc_funcs(failing_malloc, free);
    for (long k = 1; rc != R53_OK; k++) {
        torture = (struct torture){.fail_at = 0};
        rc = read_starved(quoted, context, engine, k);
        if (rc != R53_OK && rc != R53_E_NOMEM && rc != R53_E_SYNTAX) /* see r53_json_read */
            fail_msg("allocation %ld of \"%s\": %s", k, what, r53_error_name(rc));
    }
    json_set_alloc_funcs(malloc, free);
}

/* The context of a row. */
#define IN(...)                                                                                    \
    {                                                                                              \
        .size = sizeof(r53_json_context), __VA_ARGS__                                              \
    }

#endif
