/*
 * Reading and writing zone files with an allocator that fails at the k-th call, for every k: alone,
 * or with all that follow. The call says R53_E_NOMEM, tells it, changes nothing, and works when
 * called again.
 */
#include "support/harness.h"
#include "support/torture.h"

#include <r53/zone_file.h>

#include <stdlib.h>

static const char whole[] = "$TTL 300\n@ SOA ns h 1 2 3 4 5\na A 192.0.2.1\n A 192.0.2.2\n"
                            "b TXT x\nc CNAME b\nd A x\ng LOC x\na LOC x\n";
enum { SOUND = sizeof(whole) - sizeof("d A x\ng LOC x\na LOC x\n") }; /* octets read strictly */

static const char more[] = "e 300 TXT x\n 300 A 192.0.2.1\nf 300 MX 1 e\n";

struct world {
    struct torture torture;
    r53_allocator allocator;
    r53_cloud *cloud;
    r53_import *import;
    r53_report *report;
};

static void world_make(struct world *w)
{
    r53_cloud_options options = {.size = sizeof(options), .allocator = &w->allocator};

    w->torture = (struct torture){0};
    w->allocator = torture_allocator(&w->torture);
    assert_int_equal(r53_cloud_new(&w->cloud, &options), R53_OK);
    assert_int_equal(r53_report_new(&w->report, &w->allocator), R53_OK);
    assert_int_equal(r53_import_new(&w->import, w->cloud, NULL, w->report), R53_OK);
}

static void world_free(struct world *w)
{
    r53_import_free(w->import);
    r53_report_free(w->report);
    r53_cloud_free(w->cloud);
    assert_int_equal(w->torture.live, 0);
}

/* The zone as text, "" for none. To be freed. */
static char *text_of(const struct world *w)
{
    size_t length = 0;
    char *text;

    r53_zone_file_write(w->cloud, "ZF", NULL, 0, &length, NULL);
    text = calloc(1, length + 1);
    assert_non_null(text);
    if (length)
        assert_int_equal(r53_zone_file_write(w->cloud, "ZF", text, length + 1, NULL, NULL), R53_OK);
    return text;
}

static int32_t read_whole(struct world *w)
{
    const r53_hosted_zone zone = {.size = sizeof(zone), .id = "ZF", .name = "example.com"};
    const r53_zone_file_options options = {
        .size = sizeof(options), .hosted_zone = &zone, .lenient = 1};

    return r53_import_zone_file(w->import, &options, whole, sizeof(whole) - 1);
}

static int32_t read_strictly(struct world *w)
{
    const r53_hosted_zone zone = {.size = sizeof(zone), .id = "ZF", .name = "example.com"};
    const r53_zone_file_options options = {.size = sizeof(options), .hosted_zone = &zone};

    return r53_import_zone_file(w->import, &options, whole, SOUND);
}

static int32_t commit(struct world *w)
{
    return r53_import_commit(w->import);
}

static int32_t read_more(struct world *w)
{
    return r53_zone_import_file(w->cloud, "ZF", more, sizeof(more) - 1, w->report);
}

/* Does the call with the k-th allocation failing; false when there are fewer. */
static bool play(struct world *w, int32_t (*call)(struct world *), long k, bool once)
{
    char *before = text_of(w), *after;
    bool failed;
    int32_t rc;

    r53_report_clear(w->report);
    w->torture = (struct torture){.fail_at = k, .once = once, .live = w->torture.live};
    rc = call(w);
    failed = w->torture.calls >= k;
    w->torture.fail_at = 0;
    after = text_of(w);
    if (rc != R53_OK) {
        r53_finding finding = {.size = sizeof(finding)};
        size_t n = r53_report_count(w->report);

        assert_int_equal(rc, R53_E_NOMEM);
        assert_int_equal(r53_report_get(w->report, n - 1, &finding), R53_OK);
        assert_int_equal(finding.code, R53_E_NOMEM);
        assert_string_equal(after, before);
        assert_int_equal(call(w), R53_OK);
    }
    free(before);
    free(after);
    return failed;
}

static bool play_all(long k, bool once)
{
    static int32_t (*const calls[])(struct world *) = {read_whole, read_strictly, commit,
                                                       read_more};
    struct world w;
    bool failed = false;
    char *text;

    world_make(&w);
    for (size_t i = 0; i < COUNT(calls); i++)
        failed |= play(&w, calls[i], k, once);
    text = text_of(&w);
    assert_non_null(strstr(text, "a.example.com. 300 IN A 192.0.2.2\n"));
    assert_non_null(strstr(text, "f.example.com. 300 IN MX 1 e.example.com.\n"));
    free(text);
    world_free(&w);
    return failed;
}

static void check_once(void **state)
{
    long k = 1;

    (void)state;
    while (play_all(k, true))
        k++;
    assert_true(k > 10);
}

static void check_for_good(void **state)
{
    long k = 1;

    (void)state;
    while (play_all(k, false))
        k++;
    assert_true(k > 10);
}

int main(void)
{
    struct CMUnitTest tests[2];
    size_t n = 0;

    ADD_TEST(tests, n, "each allocation around a zone file fails, alone", check_once);
    ADD_TEST(tests, n, "each allocation around a zone file fails, and all behind it",
             check_for_good);
    return RUN_TESTS("oom_zone_file", tests, n);
}
