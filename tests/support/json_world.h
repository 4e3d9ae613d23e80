/*
 * What the suites of the JSON library share: an import with its cloud and observed, documents in
 * which ' stands for " and ~ for the first fields of an ARN, and pages that results are written
 * down on. A header alone, as the other support files know nothing of the JSON library.
 */
#ifndef R53_TESTS_SUPPORT_JSON_WORLD_H
#define R53_TESTS_SUPPORT_JSON_WORLD_H

#include "support/harness.h"

#include <r53/json.h>

#include <stdio.h>
#include <stdlib.h>

#define ARN "arn:aws:elasticloadbalancing:us-east-1:123456789012:"

enum { TEXT_MAX = 1 << 15 };

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

/* A row's document as JSON; to be freed. */
static inline char *unquote(const char *text)
{
    size_t room = strlen(text) * sizeof(ARN) + 1, n = 0;
    char *json = malloc(room);

    assert_non_null(json);
    for (; *text; text++) {
        if (*text == '~')
            n += (size_t)snprintf(json + n, room - n, "%s", ARN);
        else
            json[n++] = (char)(*text == '\'' ? '"' : *text);
    }
    json[n] = '\0';
    return json;
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

static inline int32_t read_quoted(struct world *w, const char *quoted, const r53_json_context *context)
{
    char *json = unquote(quoted);
    int32_t rc = read_exactly(w, json, strlen(json), context);

    free(json);
    return rc;
}

/* Pages */

struct page {
    size_t length;
    char text[TEXT_MAX];
};

__attribute__((format(printf, 2, 3))) static inline void put(struct page *page, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    page->length +=
        (size_t)vsnprintf(page->text + page->length, TEXT_MAX - page->length, format, arguments);
    va_end(arguments);
    assert_true(page->length < TEXT_MAX);
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

/* The context of a row. */
#define IN(...)                                                                                    \
    {                                                                                              \
        .size = sizeof(r53_json_context), __VA_ARGS__                                              \
    }

#endif
