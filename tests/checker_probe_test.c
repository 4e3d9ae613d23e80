/*
 * Probes of endpoints by checkers: what one comes to by the kind of its health check, when results
 * in a row change a checker's opinion, what is told of it, and what is refused.
 */
#include "support/harness.h"

#include <r53/import.h>
#include <r53/resolve.h>
#include <r53/rulebook.h>
#include <r53/status.h>
#include <r53/trace.h>
#include <r53/view.h>

#include <stdio.h>
#include <stdlib.h>

/* One health check "h", and what its checkers met with. */
struct checked {
    r53_cloud *cloud;
    r53_observed *observed;
    r53_report *report;
};

static void checked_open(struct checked *c, const r53_health_check *check)
{
    r53_health_check said = *check;

    said.size = sizeof(said);
    said.id = "h";
    said.caller_reference = "one";
    assert_int_equal(r53_cloud_new(&c->cloud, NULL), R53_OK);
    assert_int_equal(r53_observed_new(&c->observed, NULL), R53_OK);
    assert_int_equal(r53_report_new(&c->report, NULL), R53_OK);
    assert_int_equal(r53_health_check_create(c->cloud, &said, c->report), R53_OK);
}

static void checked_close(struct checked *c)
{
    r53_report_free(c->report);
    r53_observed_free(c->observed);
    r53_cloud_free(c->cloud);
}

static int32_t probe(struct checked *c, const char *checker, r53_checker_probe in)
{
    in.size = sizeof(in);
    in.health_check_id = in.health_check_id ? in.health_check_id : "h";
    in.checker = checker;
    r53_report_clear(c->report);
    return r53_observe_checker_probe(c->observed, c->cloud, &in, c->report);
}

static r53_checker_status checker_of(struct checked *c, uint32_t index)
{
    r53_checker_status status = {.size = sizeof(status)};
    r53_view *view;

    assert_int_equal(r53_view_new(&view, c->cloud, c->observed, 0, NULL), R53_OK);
    assert_int_equal(r53_health_check_checker_get(view, "h", index, &status), R53_OK);
    r53_view_release(view);
    status.checker = NULL; /* it was lent by the view */
    return status;
}

static int32_t status_of(struct checked *c)
{
    r53_health_check_status status = {.size = sizeof(status)};
    r53_view *view;

    assert_int_equal(r53_view_new(&view, c->cloud, c->observed, 0, NULL), R53_OK);
    assert_int_equal(r53_health_check_status_get(view, "h", &status), R53_OK);
    r53_view_release(view);
    return status.status;
}

/* What one probe comes to */

#define KIND(TYPE, ...)                                                                            \
    {                                                                                              \
        .type = R53_CHECK_##TYPE, .ip_address = "198.51.100.1", __VA_ARGS__                        \
    }
#define PLAIN(TYPE) KIND(TYPE, .port = 0)
#define NAMED(TYPE, ...)                                                                           \
    {                                                                                              \
        .type = R53_CHECK_##TYPE, .fully_qualified_domain_name = "a.example", __VA_ARGS__          \
    }
#define MATCH(TYPE)  KIND(TYPE##_STR_MATCH, .search_string = "all is well")
#define BODY(TEXT)   .body = TEXT, .n_body = sizeof(TEXT) - 1
#define MET(...)     {.connected = 1, __VA_ARGS__}

enum { SEARCHED = 5120, LONG = SEARCHED + 100 };

static char late_by_one[LONG], just_in_time[LONG];

static const struct result_case {
    const char *what;
    r53_health_check check;
    r53_checker_probe met;
    int32_t result;
} results[] = {
    {"R53-HC-03 TCP connects within 10 seconds", KIND(TCP, .port = 25), MET(.connect_ms = 10000),
     R53_PROBE_PASSED},
    {"R53-HC-03 TCP connects too late", KIND(TCP, .port = 25), MET(.connect_ms = 10001),
     R53_PROBE_NOT_CONNECTED},
    {"R53-HC-03 TCP asks for no status", KIND(TCP, .port = 25),
     MET(.status_code = 500, .status_ms = 9000), R53_PROBE_PASSED},
    {"R53-HC-03 no connection", KIND(TCP, .port = 25), {.connected = 0}, R53_PROBE_NOT_CONNECTED},
    {"R53-HC-03 HTTP connects within 4 seconds, and answers 2 seconds after that", PLAIN(HTTP),
     MET(.connect_ms = 4000, .status_code = 200, .status_ms = 2000), R53_PROBE_PASSED},
    {"R53-HC-03 HTTP connects too late", PLAIN(HTTP), MET(.connect_ms = 4001, .status_code = 200),
     R53_PROBE_NOT_CONNECTED},
    {"R53-HC-03 HTTP answers too late", PLAIN(HTTP), MET(.status_code = 200, .status_ms = 2001),
     R53_PROBE_NO_STATUS},
    {"R53-HC-03 HTTP answers nothing, or something malformed", PLAIN(HTTP), MET(.status_code = 0),
     R53_PROBE_NO_STATUS},
    {"R53-HC-03 399 passes", PLAIN(HTTPS), MET(.status_code = 399), R53_PROBE_PASSED},
    {"R53-HC-03 400 fails", PLAIN(HTTPS), MET(.status_code = 400), R53_PROBE_WRONG_STATUS},
    {"R53-HC-03 199 fails", PLAIN(HTTPS), MET(.status_code = 199), R53_PROBE_WRONG_STATUS},
    {"R53-HC-03 without a match the body does not count", PLAIN(HTTP),
     MET(.status_code = 200, .body_ms = 9000), R53_PROBE_PASSED},
    {"R53-HC-03 the text is found", MATCH(HTTP),
     MET(.status_code = 200, .body_ms = 2000, BODY("so all is well.")), R53_PROBE_PASSED},
    {"R53-HC-03 the body comes too late", MATCH(HTTP),
     MET(.status_code = 200, .body_ms = 2001, BODY("all is well")), R53_PROBE_NO_BODY},
    {"R53-HC-03 no body comes", MATCH(HTTPS), MET(.status_code = 200), R53_PROBE_NO_BODY},
    {"R53-HC-03 an empty body holds no text", MATCH(HTTPS), MET(.status_code = 200, BODY("")),
     R53_PROBE_NO_MATCH},
    {"R53-HC-03 the text with other letter case is another", MATCH(HTTP),
     MET(.status_code = 200, BODY("All Is Well")), R53_PROBE_NO_MATCH},
    {"R53-HC-03 a text that fits with a failing status does not help", MATCH(HTTP),
     MET(.status_code = 503, BODY("all is well")), R53_PROBE_WRONG_STATUS},
    {"R53-HC-03 the text ends with octet 5,120", MATCH(HTTP),
     MET(.status_code = 200, .body = just_in_time, .n_body = LONG), R53_PROBE_PASSED},
    {"R53-HC-03 the text ends with octet 5,121", MATCH(HTTP),
     MET(.status_code = 200, .body = late_by_one, .n_body = LONG), R53_PROBE_NO_MATCH},
    {"R53-HC-12 the endpoint's name has no A record", NAMED(HTTP, .port = 0), {.unresolved = 1},
     R53_PROBE_NOT_RESOLVED},
    {"R53-HC-12 the endpoint's name has one", NAMED(HTTP, .port = 0), MET(.status_code = 204),
     R53_PROBE_PASSED},
};

static void bodies_fill(void)
{
    static const char text[] = "all is well";
    size_t n = sizeof(text) - 1;

    memset(just_in_time, '.', LONG);
    memset(late_by_one, '.', LONG);
    memcpy(just_in_time + SEARCHED - n, text, n);
    memcpy(late_by_one + SEARCHED + 1 - n, text, n);
}

static void result_case(void **state)
{
    const struct result_case *c = *state;
    r53_checker_status told;
    struct checked checked;

    bodies_fill();
    checked_open(&checked, &c->check);
    assert_int_equal(probe(&checked, "x", c->met), R53_OK);
    told = checker_of(&checked, 0);
    assert_int_equal(told.result, c->result);
    assert_int_equal(told.status, R53_HEALTH_HEALTHY); /* one result changes nothing yet */
    assert_int_equal(told.n_against, c->result != R53_PROBE_PASSED);
    checked_close(&checked);
}

/*
 * Results in a row: '+' passes, '-' fails, 'U' and 'D' give the opinion up and down, '?' takes it
 * back; behind each what the checker holds then: 'u' up, 'd' down, '.' nothing.
 */
static const struct row_case {
    const char *what;
    int32_t failure_threshold;
    const char *results, *opinions;
} rows[] = {
    {"R53-HC-04 three failures in a row", 3, "---", "uud"},
    {"R53-HC-04 a success in between begins anew", 3, "--+--", "uuuuu"},
    {"R53-HC-04 and so many successes lead back", 3, "---++-+++", "uuddddddu"},
    {"R53-HC-04 a threshold of 1", 1, "-+-", "dud"},
    {"R53-HC-04 three if none is given", 0, "---", "uud"},
    {"R53-HC-04 R53-HC-06 a checker begins with up", 2, "+", "u"},
    {"R53-HC-04 a given opinion stands in place of results", 2, "-U--", "uuud"},
    {"R53-HC-04 results go on from a given opinion", 2, "D+-++", "ddddu"},
    {"R53-HC-04 a checker whose opinion is taken back begins anew", 2, "--?-", "ud.u"},
};

static void row_step(struct checked *c, char result)
{
    static const struct {
        char letter;
        int32_t status;
    } given[] = {{'U', R53_HEALTH_HEALTHY}, {'D', R53_HEALTH_UNHEALTHY}, {'?', R53_HEALTH_UNKNOWN}};
    const r53_checker_probe met = {.connected = result == '+'};

    for (size_t i = 0; i < COUNT(given); i++) {
        if (result == given[i].letter) {
            assert_int_equal(r53_observe_checker(c->observed, "h", "x", given[i].status), R53_OK);
            return;
        }
    }
    assert_int_equal(probe(c, "x", met), R53_OK);
}

static void row_case(void **state)
{
    const struct row_case *c = *state;
    const r53_health_check check =
        KIND(TCP, .port = 25, .failure_threshold = c->failure_threshold);
    struct checked checked;

    checked_open(&checked, &check);
    for (size_t i = 0; c->results[i]; i++) {
        char letter = '.';

        row_step(&checked, c->results[i]);
        if (c->opinions[i] != '.')
            letter = checker_of(&checked, 0).status == R53_HEALTH_HEALTHY ? 'u' : 'd';
        if (letter != c->opinions[i])
            fail_msg("after %zu of %s: '%c' instead of '%c'", i + 1, c->results, letter,
                     c->opinions[i]);
        assert_int_equal(status_of(&checked), c->opinions[i] == 'd' ? R53_HEALTH_UNHEALTHY
                                                                    : R53_HEALTH_HEALTHY);
    }
    checked_close(&checked);
}

/* Each checker counts for itself, and a view goes by the share of those that see it up. */
static void checkers_apart(void **state)
{
    const r53_health_check check = KIND(TCP, .port = 25, .failure_threshold = 2);
    const r53_checker_probe fails = {.connected = 0}, passes = MET(.connect_ms = 1);
    struct checked checked;
    char name[16];

    (void)state;
    checked_open(&checked, &check);
    for (int i = 0; i < 6; i++) { /* 1 of 6 is 16.7 %, 2 of 7 28.6 % */
        snprintf(name, sizeof(name), "c%d", i);
        assert_int_equal(probe(&checked, name, i < 5 ? fails : passes), R53_OK);
        assert_int_equal(status_of(&checked), R53_HEALTH_HEALTHY);
    }
    for (int i = 0; i < 5; i++) {
        snprintf(name, sizeof(name), "c%d", i);
        assert_int_equal(probe(&checked, name, fails), R53_OK);
    }
    assert_int_equal(status_of(&checked), R53_HEALTH_UNHEALTHY);
    assert_int_equal(probe(&checked, "c6", passes), R53_OK);
    assert_int_equal(status_of(&checked), R53_HEALTH_HEALTHY);
    checked_close(&checked);
}

/* The time of a checker's last probe is told, and does not go back. */
static void clock_stands(void **state)
{
    static const int64_t now[] = {5000, 2000, INT64_MIN, 6000};
    static const int64_t told[] = {5000, 5000, 5000, 6000};
    const r53_health_check check = KIND(TCP, .port = 25);
    struct checked checked;

    (void)state;
    checked_open(&checked, &check);
    for (size_t i = 0; i < COUNT(now); i++) {
        const r53_checker_probe met = MET(.now_ms = now[i]);

        assert_int_equal(probe(&checked, "x", met), R53_OK);
        assert_true(checker_of(&checked, 0).checked_ms == told[i]);
    }
    checked_close(&checked);
}

/* Refusals */

static const struct refusal_case {
    const char *what;
    r53_health_check check;
    const char *checker;
    r53_checker_probe met;
    int32_t code;
    const char *said; /* "rule path: text" */
} refusals[] = {
    {"R53-HC-03 a check that is not there", PLAIN(HTTP), "x", MET(.health_check_id = "gone"),
     R53_E_NOT_FOUND, "R53-ERR-35 : A health check with id gone does not exist."},
    {"R53-HC-17 a check without endpoint",
     {.type = R53_CHECK_CALCULATED, .has_health_threshold = 1}, "x", MET(.status_code = 200),
     R53_E_INVALID, "R53-HC-17 : the health check 'h' is of type CALCULATED, which has no "
     "checkers"},
    {"R53-HC-08 a disabled check is not probed", KIND(HTTP, .disabled = 1), "x",
     MET(.status_code = 200), R53_E_INVALID,
     "R53-HC-08 : the health check 'h' is disabled, so nobody probes its endpoint"},
    {"R53-HC-12 an address is not looked up", PLAIN(HTTP), "x", {.unresolved = 1}, R53_E_INVALID,
     "R53-HC-12 : the health check 'h' has an address, so its checkers look nothing up"},
    {"R53-HC-03 nobody probes", PLAIN(HTTP), "", {.connected = 1}, R53_E_INVALID,
     " checker: the value is missing; it tells who probed"},
    {"R53-HC-03 no id", PLAIN(HTTP), "x", {.health_check_id = ""}, R53_E_INVALID,
     " health_check_id: the value is missing; it tells which health check is meant"},
    {"R53-HC-03 a body that is not there", PLAIN(HTTP), "x", MET(.n_body = 1), R53_E_INVALID,
     " body: it is NULL, though it has a length"},
    {"R53-HC-03 a switch is 0 or 1", PLAIN(HTTP), "x", {.connected = 2}, R53_E_INVALID,
     " connected: 2 is out of range; expected 0 to 1"},
    {"R53-HC-03 no time is below 0", PLAIN(HTTP), "x", MET(.body_ms = -1), R53_E_INVALID,
     " body_ms: -1 is out of range; expected 0 to 2147483647"},
    {"R53-HC-03 a status has three digits", PLAIN(HTTP), "x", MET(.status_code = 1000),
     R53_E_INVALID, " status_code: 1000 is out of range; expected 0 to 999"},
};

static void refusal_case(void **state)
{
    const struct refusal_case *c = *state;
    r53_finding finding = {.size = sizeof(finding)};
    r53_health_check_status status = {.size = sizeof(status)};
    struct checked checked;
    r53_view *view;
    char said[300];

    checked_open(&checked, &c->check);
    assert_int_equal(probe(&checked, c->checker, c->met), c->code);
    assert_int_equal(r53_report_count(checked.report), 1);
    assert_int_equal(r53_report_get(checked.report, 0, &finding), R53_OK);
    snprintf(said, sizeof(said), "%s %s: %s", finding.rule ? finding.rule : "",
             finding.path ? finding.path : "", finding.text);
    assert_string_equal(said, c->said);
    assert_int_equal(r53_view_new(&view, checked.cloud, checked.observed, 0, NULL), R53_OK);
    assert_int_equal(r53_health_check_status_get(view, "h", &status), R53_OK);
    assert_int_equal(status.n_checkers, 0);
    r53_view_release(view);
    checked_close(&checked);
}

static void misuse(void **state)
{
    const r53_health_check check = PLAIN(HTTP);
    r53_checker_probe met = {.size = sizeof(met), .health_check_id = "h", .checker = "x"};
    r53_checker_status out = {.size = sizeof(out)};
    struct checked c;
    r53_view *view;

    (void)state;
    checked_open(&c, &check);
    assert_int_equal(r53_observe_checker_probe(NULL, c.cloud, &met, NULL), R53_E_INVALID);
    assert_int_equal(r53_observe_checker_probe(c.observed, NULL, &met, NULL), R53_E_INVALID);
    assert_int_equal(r53_observe_checker_probe(c.observed, c.cloud, NULL, NULL), R53_E_INVALID);
    met.size = 0;
    assert_int_equal(r53_observe_checker_probe(c.observed, c.cloud, &met, NULL), R53_E_INVALID);
    assert_int_equal(r53_view_new(&view, c.cloud, c.observed, 0, NULL), R53_OK);
    assert_int_equal(r53_health_check_checker_get(NULL, "h", 0, &out), R53_E_INVALID);
    assert_int_equal(r53_health_check_checker_get(view, NULL, 0, &out), R53_E_INVALID);
    assert_int_equal(r53_health_check_checker_get(view, "h", 0, &out), R53_E_NOT_FOUND);
    assert_int_equal(r53_health_check_checker_get(view, "gone", 0, &out), R53_E_NOT_FOUND);
    r53_view_release(view);
    checked_close(&c);
}

/* Host header */

static const struct host_case {
    const char *what;
    r53_health_check check;
    const char *host; /* NULL: refused */
} hosts[] = {
    {"R53-HC-12 the name alone with HTTP's own port", NAMED(HTTP, .port = 80), "a.example"},
    {"R53-HC-12 the name alone without a port", NAMED(HTTPS, .port = 0), "a.example"},
    {"R53-HC-12 the name alone with HTTPS's own port",
     NAMED(HTTPS_STR_MATCH, .port = 443), "a.example"},
    {"R53-HC-12 HTTP on HTTPS's port", NAMED(HTTP_STR_MATCH, .port = 443), "a.example:443"},
    {"R53-HC-12 another port", NAMED(HTTPS, .port = 8443), "a.example:8443"},
    {"R53-HC-12 the name before the address",
     NAMED(HTTP, .ip_address = "198.51.100.1"), "a.example"},
    {"R53-HC-12 the address without a name", KIND(HTTP, .port = 8080), "198.51.100.1"},
    {"R53-HC-12 TCP has no header", KIND(TCP, .port = 25), NULL},
};

static void host_case(void **state)
{
    const struct host_case *c = *state;
    r53_health_check check = c->check;
    char host[64], tight[4];
    size_t length;

    assert_int_equal(r53_health_check_host(&check, host, sizeof(host), NULL), R53_E_INVALID);
    check.size = sizeof(check);
    if (!c->host) {
        assert_int_equal(r53_health_check_host(&check, host, sizeof(host), NULL), R53_E_INVALID);
        return;
    }
    assert_int_equal(r53_health_check_host(&check, host, sizeof(host), &length), R53_OK);
    assert_string_equal(host, c->host);
    assert_int_equal(length, strlen(c->host));
    assert_int_equal(r53_health_check_host(&check, tight, sizeof(tight), &length), R53_E_NO_SPACE);
    assert_int_equal(length, strlen(c->host));
    assert_int_equal(r53_health_check_host(&check, NULL, 0, NULL), R53_E_NO_SPACE);
    assert_int_equal(r53_health_check_host(&check, NULL, 1, NULL), R53_E_INVALID);
}

/* Why a record set is passed over: down to the probes */

static void resolve_traced(struct checked *c, r53_trace *trace)
{
    r53_query query = {.size = sizeof(query), .name = "f.example.com"};
    r53_answer *answer;
    r53_view *view;

    assert_int_equal(r53_view_new(&view, c->cloud, c->observed, 0, NULL), R53_OK);
    assert_int_equal(r53_answer_new(&answer, NULL), R53_OK);
    assert_int_equal(r53_resolve(view, &query, answer, trace), R53_OK);
    r53_answer_free(answer);
    r53_view_release(view);
}

static void records_import(struct checked *c)
{
    static const char *const values[] = {"192.0.2.1"}, *const others[] = {"192.0.2.2"};
    const r53_hosted_zone zone = {.size = sizeof(zone), .id = "Z1", .name = "example.com"};
    r53_record_set set = {.size = sizeof(set),
                          .name = "f.example.com",
                          .type = R53_TYPE_A,
                          .ttl = 60,
                          .values = values,
                          .n_values = 1,
                          .set_identifier = "p",
                          .failover = R53_FAILOVER_PRIMARY,
                          .health_check_id = "h"};
    r53_import *import;

    assert_int_equal(r53_import_new(&import, c->cloud, NULL, NULL), R53_OK);
    assert_int_equal(r53_import_hosted_zone(import, &zone), R53_OK);
    assert_int_equal(r53_import_record_set(import, "Z1", &set), R53_OK);
    set.set_identifier = "s";
    set.values = others;
    set.failover = R53_FAILOVER_SECONDARY;
    set.health_check_id = NULL;
    assert_int_equal(r53_import_record_set(import, "Z1", &set), R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
}

static void trace_tells(void **state)
{
    static const char *const expected[] = {
        "the last probe of checker x got a status other than 2xx and 3xx; results in a row against "
        "what it holds: 0",
        "the last probe of checker y passed; results in a row against what it holds: 1"};
    const r53_health_check check = KIND(HTTP, .failure_threshold = 2);
    const r53_checker_probe fails = MET(.status_code = 500), passes = MET(.status_code = 200);
    struct checked c;
    r53_trace *trace;
    size_t told = 0;

    (void)state;
    checked_open(&c, &check);
    records_import(&c);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(probe(&c, "x", fails), R53_OK);
        assert_int_equal(probe(&c, "y", fails), R53_OK);
    }
    assert_int_equal(probe(&c, "y", passes), R53_OK);
    assert_int_equal(r53_trace_new(&trace, NULL), R53_OK);
    resolve_traced(&c, trace);
    for (size_t i = 0; i < r53_trace_count(trace); i++) {
        r53_trace_entry entry = {.size = sizeof(entry)};
        char text[200];

        assert_int_equal(r53_trace_get(trace, i, &entry), R53_OK);
        assert_int_equal(r53_trace_text(trace, i, text, sizeof(text), NULL), R53_OK);
        if (strcmp(entry.name, "checker-probed") != 0)
            continue;
        assert_true(told < COUNT(expected));
        assert_string_equal(text, expected[told++]);
        assert_string_equal(r53_rule_id(entry.rule), "R53-HC-04");
    }
    assert_int_equal(told, COUNT(expected));
    r53_trace_free(trace);
    checked_close(&c);
}

#define ROWS(LIST, RUN)                                                                            \
    for (size_t i = 0; i < COUNT(LIST); i++)                                                       \
    tests[n++] = (struct CMUnitTest){LIST[i].what, RUN, NULL, NULL, (void *)(uintptr_t)&LIST[i]}

int main(void)
{
    static const struct CMUnitTest singles[] = {
        {"R53-HC-04 R53-HC-05 each checker counts for itself", checkers_apart, NULL, NULL, NULL},
        {"R53-HC-04 the time of a checker's last probe", clock_stands, NULL, NULL, NULL},
        {"R53-HC-03 misuse is refused", misuse, NULL, NULL, NULL},
        {"R53-HC-04 the trace tells of probes", trace_tells, NULL, NULL, NULL},
    };
    struct CMUnitTest tests[COUNT(results) + COUNT(rows) + COUNT(refusals) + COUNT(hosts) +
                            COUNT(singles)];
    size_t n = 0;

    ROWS(results, result_case);
    ROWS(rows, row_case);
    ROWS(refusals, refusal_case);
    ROWS(hosts, host_case);
    for (size_t i = 0; i < COUNT(singles); i++)
        tests[n++] = singles[i];
    return cmocka_run_group_tests_name("checker_probe", tests, NULL, NULL);
}
