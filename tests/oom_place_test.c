/*
 * What is observed of clients, with every allocation failing in turn: the call says so, nothing has
 * changed, and it works when called again.
 */
#include "support/observed_text.h"
#include "support/steps.h"

#include <r53/elb.h>
#include <r53/import.h>
#include <r53/respond.h>
#include <r53/view.h>

struct things {
    r53_cloud *cloud;
    r53_observed *observed;
    r53_report *report;
    r53_import *import;
    r53_view *view;
};

static const r53_place german = {.size = sizeof(german),
                                 .country_code = "DE",
                                 .has_coordinates = 1,
                                 .latitude = 5252,
                                 .longitude = 1341};
static const r53_place californian = {
    .size = sizeof(californian), .country_code = "US", .subdivision_code = "CA"};

/* Steps: each is one call. */

static int32_t observe_place(struct things *t)
{
    return r53_observe_place(t->observed, "203.0.113.0/24", &german, t->report);
}

static int32_t observe_other_place(struct things *t)
{
    return r53_observe_place(t->observed, "203.0.113.0/24", &californian, t->report);
}

static int32_t forget_place(struct things *t)
{
    return r53_observe_place(t->observed, "203.0.113.0/24", NULL, t->report);
}

static int32_t observe_latency(struct things *t)
{
    return r53_observe_latency(t->observed, "203.0.113.0/24", "us-east-1", 90, t->report);
}

static int32_t observe_second_latency(struct things *t)
{
    return r53_observe_latency(t->observed, "203.0.113.0/24", "eu-west-1", 20, t->report);
}

static int32_t forget_latency(struct things *t)
{
    return r53_observe_latency(t->observed, "203.0.113.0/24", "us-east-1", -1, t->report);
}

/* Telling what is wrong with a query needs memory for the words, and for nothing else. */
static int32_t check_query(struct things *t)
{
    r53_query query = {.size = sizeof(query), .name = "www.example.com"};

    return r53_query_check(&query, t->report);
}

static int32_t check_request(struct things *t)
{
    r53_request request = {.size = sizeof(request), .port = 80};

    return r53_request_check(&request, t->report);
}

static int32_t check_peer(struct things *t)
{
    r53_peer peer = {.size = sizeof(peer), .country_code = "DE"};

    return r53_peer_check(&peer, t->report);
}

static int32_t import_place(struct things *t)
{
    return r53_import_place(t->import, "2001:db8::/32", &californian);
}

static int32_t import_located_place(struct things *t)
{
    return r53_import_place(t->import, "198.51.100.0/24", &german);
}

static int32_t import_forgotten_place(struct things *t)
{
    return r53_import_place(t->import, "198.51.100.0/24", NULL);
}

static int32_t import_latency(struct things *t)
{
    return r53_import_latency(t->import, "US-CA", "us-west-1", 10);
}

static int32_t import_second_latency(struct things *t)
{
    return r53_import_latency(t->import, "US-CA", "us-west-2", 30);
}

static int32_t import_commit(struct things *t)
{
    return r53_import_commit(t->import);
}

static int32_t look(struct things *t)
{
    return r53_view_new(&t->view, t->cloud, t->observed, 0, t->report);
}

static const struct step steps[] = {
    STEP(observe_place, STEP_REPORTS),         STEP(observe_other_place, STEP_REPORTS),
    STEP(observe_latency, STEP_REPORTS),       STEP(observe_second_latency, STEP_REPORTS),
    STEP(forget_latency, STEP_REPORTS),        STEP(forget_place, STEP_REPORTS),
    STEP(observe_place, STEP_REPORTS),         STEP(import_place, STEP_REPORTS),
    STEP(import_located_place, STEP_REPORTS),  STEP(import_latency, STEP_REPORTS),
    STEP(import_second_latency, STEP_REPORTS), STEP(import_forgotten_place, STEP_REPORTS),
    STEP(import_commit, STEP_REPORTS),         STEP(look, STEP_REPORTS),
    STEP(check_query, STEP_REPORTS),           STEP(check_request, STEP_REPORTS),
    STEP(check_peer, STEP_REPORTS),
};

static void open_things(struct things *t, const r53_allocator *allocator)
{
    const r53_cloud_options options = {.size = sizeof(options), .allocator = allocator};

    assert_int_equal(r53_cloud_new(&t->cloud, &options), R53_OK);
    assert_int_equal(r53_observed_new(&t->observed, allocator), R53_OK);
    assert_int_equal(r53_report_new(&t->report, allocator), R53_OK);
    assert_int_equal(r53_import_new(&t->import, t->cloud, t->observed, t->report), R53_OK);
}

static void close_things(struct things *t)
{
    r53_view_release(t->view);
    r53_import_free(t->import);
    r53_report_free(t->report);
    r53_observed_free(t->observed);
    r53_cloud_free(t->cloud);
}

static void put_state(const struct things *t, struct digest *digest)
{
    char text[OBSERVED_TEXT_MAX];

    digest_add(digest, "%s", observed_text(text, t->observed));
}

static void expect_done(struct things *t)
{
    char text[OBSERVED_TEXT_MAX];

    assert_string_equal(observed_text(text, t->observed), "203.0.113.0/24 EU DE - 5252,1341\n"
                                                          "2001:db8::/32 NA US CA -\n"
                                                          "203.0.113.0/24 eu-west-1 20\n"
                                                          "US-CA us-west-1 10, us-west-2 30\n");
}

static struct things things;

static const struct scenario scenario = SCENARIO(20, .finish = expect_done);

int main(void)
{
    return scenario_suite("oom_place", &scenario, "observing clients: every allocation fails alone",
                          "observing clients: every allocation fails with all behind it");
}
