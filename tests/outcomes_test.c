/*
 * Exact outcomes: shares told by hand, what holds of any cloud, and the sampling driver as witness.
 * A world is a load balancer (support/fleet_text.h) and record sets (support/zone_text.h); "lb" is
 * an alias to that load balancer.
 */
#include "support/harness.h"

#include <r53/import.h>
#include <r53/outcomes.h>

#include "analysis/enumerate.h"
#include "base/hash.h"
#include "support/fleet_text.h"
#include "support/torture.h"
#include "support/zone_text.h"

#include <stdio.h>
#include <stdlib.h>

#define ALIAS_LB "A alias=Z35SXDOTRQ7X7K/" FLEET_NAME ".\n"

/* Of prime_sets: worked out with Python's fractions. */
#define LONG_SHARES                                                                                \
    "a1=15219742044772277122104068/15343363347736655767223341 "                                    \
    "192.0.2.1=123621302964378645119273/15343363347736655767223341"

enum { TEXT_MAX = 4096, SAMPLES = 10000, RANDOM_CLOUDS = 150, SAMPLED_CLOUDS = 12 };

static void import_sets(r53_import *import, const char *sets)
{
    while (*sets) {
        size_t length = strcspn(sets, "\n");
        struct set_text *text = set_text_parse(sets, length);

        assert_int_equal(r53_import_record_set(import, "ZONE1", &text->set), R53_OK);
        set_text_free(text);
        sets += length + (sets[length] == '\n');
    }
}

/* More zones: ZONE3 and ZONE4 both bear the name example.org. */
static void import_zones(r53_import *import)
{
    static const char *const zones[][2] = {
        {"ZONE1", "example.com"}, {"ZONE3", "example.org"}, {"ZONE4", "example.org"}};

    for (size_t i = 0; i < COUNT(zones); i++) {
        r53_hosted_zone zone = {.size = sizeof(zone), .id = zones[i][0], .name = zones[i][1]};

        assert_int_equal(r53_import_hosted_zone(import, &zone), R53_OK);
    }
}

static void look_again(struct fleet_world *world)
{
    r53_view_release(world->view);
    assert_int_equal(r53_view_new(&world->view, world->cloud, world->observed, 0, NULL), R53_OK);
}

static struct fleet_world world_make(const char *fleet, const char *sets,
                                     const r53_cloud_options *options)
{
    static const char *const seen[] = {"203.0.113.1", "203.0.113.2", "2001:db8::1"};
    struct fleet_world world = fleet_world_make(fleet, options);
    r53_import *import;

    assert_int_equal(r53_import_new(&import, world.cloud, world.observed, NULL), R53_OK);
    import_zones(import);
    import_sets(import, "lb " ALIAS_LB);
    import_sets(import, sets);
    assert_int_equal(r53_import_addresses(import, "d1.cloudfront.net", seen, COUNT(seen)), R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
    look_again(&world);
    return world;
}

static r53_query query_of(const char *name, int32_t type)
{
    return (r53_query){.size = sizeof(r53_query), .name = name, .type = type};
}

/* Telling */

/* "a1", "503", "no-target". */
static const char *selection_name(const r53_selection *s)
{
    static char status[12];

    if (s->outcome == R53_SELECTED_TARGET)
        return s->target_id;
    snprintf(status, sizeof(status), "%d", (int)s->status);
    return s->status ? status : r53_selection_outcome_name(s->outcome);
}

static const char *outcome_name(const r53_outcome *outcome)
{
    if (outcome->kind == R53_OUTCOME_SELECTION)
        return selection_name(outcome->selection);
    return outcome->kind == R53_OUTCOME_ADDRESS ? outcome->value : r53_rcode_name(outcome->rcode);
}

static r53_outcome outcome_at(const r53_outcomes *outcomes, size_t i)
{
    r53_outcome outcome = {.size = sizeof(outcome)};

    assert_int_equal(r53_outcomes_get(outcomes, i, &outcome), R53_OK);
    return outcome;
}

/* "a1=1/4 503=1/2", in the order of the outcomes. */
static void tell(const r53_outcomes *outcomes, char *text)
{
    size_t length = 0;

    text[0] = '\0';
    for (size_t i = 0; i < r53_outcomes_count(outcomes); i++) {
        r53_outcome o = outcome_at(outcomes, i);
        int n = snprintf(text + length, TEXT_MAX - length, "%s%s=%s/%s", i ? " " : "",
                         outcome_name(&o), o.numerator, o.denominator);

        assert_true(n > 0 && (length += (size_t)n) < TEXT_MAX);
    }
}

/* The outcomes' text, or the error's name, which then has a finding. */
static void ask(const r53_view *view, const r53_query *query, const r53_request *request,
                char *text)
{
    r53_outcomes *outcomes = NULL;
    r53_report *report;
    int32_t rc;

    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    rc = r53_outcomes_new(&outcomes, view, query, request, report);
    if (rc == R53_OK) {
        tell(outcomes, text);
    } else {
        snprintf(text, TEXT_MAX, "%s", r53_error_name(rc));
        assert_null(outcomes);
    }
    assert_int_equal(r53_report_count(report), rc != R53_OK);
    r53_outcomes_free(outcomes);
    r53_report_free(report);
}

/* Load balancers */

static const struct fleet_case {
    const char *what, *fleet, *expected;
    r53_request request;
    int32_t type; /* of the query */
} fleet_cases[] = {
    {"ELB-MATH-05 the walk-through: two zones of two targets", "alb a b | t a1-2=ok b1-2=ok",
     "a1=1/4 a2=1/4 b1=1/4 b2=1/4", .type = R53_TYPE_A},
    {"ELB-MATH-04 ELB-MATH-06 ELB-MATH-10 within zones 2 and 8 targets differ",
     "nlb a b | t a1-2=ok b1-8=ok",
     "a1=1/4 a2=1/4 b1=1/16 b2=1/16 b3=1/16 b4=1/16 b5=1/16 b6=1/16 b7=1/16 b8=1/16",
     .type = R53_TYPE_A},
    {"ELB-MATH-05 ELB-MATH-10 across zones they do not", "nlb xz=on a b | t a1-2=ok b1-3=ok",
     "a1=1/5 a2=1/5 b1=1/5 b2=1/5 b3=1/5", .type = R53_TYPE_A},
    {"ELB-MATH-01 a node with three addresses is met three times", "nlb a:3 b:1 | t a1=ok b1=ok",
     "a1=3/4 b1=1/4", .type = R53_TYPE_A},
    {"ELB-MATH-03 ELB-MATH-09 a weighted forward of 3 to 1",
     "alb a b | t w=3 a1=ok b1=ok | u w=1 a2=ok b2=ok", "a1=3/8 b1=3/8 a2=1/8 b2=1/8",
     .type = R53_TYPE_A},
    {"ELB-MATH-07 an empty group answers 503 with its weight", "alb a b | t w=3 a1=ok | u w=1",
     "a1=3/4 503=1/4", .type = R53_TYPE_A},
    {"ELB-MATH-07 ELB-MATH-09 a target and a group without weight are no outcome",
     "alb a | t w=0 a1=ok | u w=5 a2=ok", "a2=1/1", .type = R53_TYPE_A},
    {"ELB-ALB-ACT-07 all weights 0: 503", "alb a | t w=0 a1=ok", "503=1/1", .type = R53_TYPE_A},
    {"ELB-MATH-11 failing open all targets share", "alb a b | t a1-2=bad b1=bad",
     "a1=1/3 a2=1/3 b1=1/3", .type = R53_TYPE_A},
    {"ELB-MATH-04 a target of all zones adds up what each node gives",
     "nlb a b | t *1=ok a1=ok b1-3=ok", "*1=3/8 a1=1/4 b1=1/8 b2=1/8 b3=1/8", .type = R53_TYPE_A},
    {"the node that is named decides", "nlb a b | t a1-2=ok b1-8=ok", "a1=1/2 a2=1/2",
     .request = {.availability_zone = "a"}},
    {"ELB-LSN-10 nothing listens", "alb a b | t a1=ok", "no-listener=1/1", .request = {.port = 81}},
    {"ELB-ALB-ACT-01 a redirect", "alb act=redirect a b | t a1=ok", "301=1/1", .type = R53_TYPE_A},
    {"R53-ELB-03 no address of the asked family", "alb a b | t a1=ok", "NOERROR=1/1",
     .type = R53_TYPE_AAAA},
    {"ELB-LB-04 a load balancer that is not up yet has no address", "alb state=2 a b | t a1=ok",
     "NOERROR=1/1", .type = R53_TYPE_A},
    {"an action that sends the client to log in", "alb act=auth a | t a1=ok", "302=1/1",
     .type = R53_TYPE_A},
    {"a request that is not valid", "alb a | t a1=ok", "R53_E_INVALID", .request = {.port = -1}},
};

static void check_fleet(void **state)
{
    const struct fleet_case *c = *state;
    struct fleet_world world =
        world_make(c->fleet, "lb AAAA alias=Z35SXDOTRQ7X7K/" FLEET_NAME ".\n", NULL);
    r53_query query = query_of("lb.example.com", c->type);
    r53_request request = c->request;
    char text[TEXT_MAX];

    request.size = sizeof(request);
    ask(world.view, &query, &request, text);
    assert_string_equal(text, c->expected);
    fleet_world_free(&world);
}

/* Records */

static const struct record_case {
    const char *what, *sets, *name, *expected;
    int32_t type;
    const char *hosted_zone_id;
} record_cases[] = {
    {"R53-SIMPLE-02 each of three values", "r A 192.0.2.1,192.0.2.2,192.0.2.3", "r.example.com",
     "192.0.2.1=1/3 192.0.2.2=1/3 192.0.2.3=1/3", .type = R53_TYPE_A},
    {"R53-ALIAS-08 through an alias", "r A 192.0.2.1,192.0.2.2\ns A alias=ZONE1/r", "s.example.com",
     "192.0.2.1=1/2 192.0.2.2=1/2", .type = R53_TYPE_A},
    {"R53-ALIAS-08 ELB-MATH-05 through two to a load balancer", "r A alias=ZONE1/lb",
     "r.example.com", "a1=1/1", .type = R53_TYPE_A},
    {"R53-DISP-04 a CNAME's name", "r CNAME x.example.net", "r.example.com", "x.example.net.=1/1",
     .type = R53_TYPE_A},
    {"R53-ALIAS-02 observed addresses of the asked family",
     "r A alias=Z2FDTNDATAQYW2/d1.cloudfront.net.", "r.example.com",
     "203.0.113.1=1/2 203.0.113.2=1/2", .type = R53_TYPE_A},
    {"R53-ALIAS-02 of the other family", "r AAAA alias=Z2FDTNDATAQYW2/d1.cloudfront.net.",
     "r.example.com", "2001:db8::1=1/1", .type = R53_TYPE_AAAA},
    {"R53-MULTI-02 R53-MULTI-03 the first of a multivalue answer",
     "r A 192.0.2.1 id=a multi=true\nr A 192.0.2.2,192.0.2.3 id=b multi=true", "r.example.com",
     "192.0.2.1=1/2 192.0.2.2=1/4 192.0.2.3=1/4", .type = R53_TYPE_A},
    {"R53-LATENCY-06 R53-WEIGHTED-08 by policy, then by weight",
     "r A alias=ZONE1/w id=a region=us-east-1\nr A 192.0.2.9 id=b region=eu-west-1\n"
     "w A 192.0.2.1 id=a weight=1\nw A 192.0.2.2 id=b weight=2",
     "r.example.com", "192.0.2.2=2/3 192.0.2.1=1/3", .type = R53_TYPE_A},
    {"R53-DISP-08 R53-WEIGHTED-08 a branch that has nothing for the client",
     "r A alias=ZONE1/g id=a weight=1\nr A 192.0.2.9 id=b weight=3\n"
     "g A 192.0.2.1 id=a country=DE",
     "r.example.com", "192.0.2.9=3/4 NOERROR=1/4", .type = R53_TYPE_A},
    {"R53-DISP-06 no such name", "", "none.example.com", "NXDOMAIN=1/1", .type = R53_TYPE_A},
    {"R53-DISP-05 no such type", "r A 192.0.2.1", "r.example.com", "NOERROR=1/1",
     .type = R53_TYPE_MX},
    {"R53-DNS-06 no such zone", "", "www.example.net", "REFUSED=1/1", .type = R53_TYPE_A},
    {"R53-DNS-19 an alias that leads nowhere",
     "r A alias=Z35SXDOTRQ7X7K/gone-1.us-east-1.elb.amazonaws.com.", "r.example.com",
     "SERVFAIL=1/1", .type = R53_TYPE_A},
    {"R53-DNS-19 an alias loop", "r A alias=ZONE1/s\ns A alias=ZONE1/r", "r.example.com",
     "SERVFAIL=1/1", .type = R53_TYPE_A},
    {"R53-DNS-14 type ANY is no walk", "r A 192.0.2.1", "r.example.com", "R53_E_UNSUPPORTED",
     .type = R53_TYPE_ANY},
    {"R53-ZONE-10 two zones of one name", "", "www.example.org", "R53_E_AMBIGUOUS",
     .type = R53_TYPE_A},
    {"R53-ZONE-10 one of them named", "", "www.example.org", "NXDOMAIN=1/1",
     .hosted_zone_id = "ZONE4"},
    {"R53-ZONE-10 a zone that is not there", "", "www.example.org", "R53_E_NOT_FOUND",
     .hosted_zone_id = "ZONE9"},
    {"a name that is none", "", "a..b", "R53_E_INVALID", .type = R53_TYPE_A},
};

static void check_record(void **state)
{
    const struct record_case *c = *state;
    struct fleet_world world = world_make("alb a | t a1=ok", c->sets, NULL);
    r53_query query = query_of(c->name, c->type);
    char text[TEXT_MAX];

    query.hosted_zone_id = c->hosted_zone_id;
    ask(world.view, &query, NULL, text);
    assert_string_equal(text, c->expected);
    fleet_world_free(&world);
}

/* How often a value is in the answer, first or not */

static const struct answered_case {
    const char *what, *sets, *name, *expected;
} answered_cases[] = {
    {"R53-SIMPLE-02 all values are always answered", "r A 192.0.2.1,192.0.2.2,192.0.2.3", "r",
     "192.0.2.1=1/1 192.0.2.2=1/1 192.0.2.3=1/1"},
    {"R53-WEIGHTED-02 the values of the chosen record set",
     "r A 192.0.2.1,192.0.2.2 id=a weight=1\nr A 192.0.2.3 id=b weight=3", "r",
     "192.0.2.3=3/4 192.0.2.1=1/4 192.0.2.2=1/4"},
    {"R53-MULTI-02 eight of ten record sets",
     "r A 192.0.2.1 id=01 multi=true\nr A 192.0.2.2 id=02 multi=true\nr A 192.0.2.3 id=03 multi=true\n"
     "r A 192.0.2.4 id=04 multi=true\nr A 192.0.2.5 id=05 multi=true\nr A 192.0.2.6 id=06 multi=true\n"
     "r A 192.0.2.7 id=07 multi=true\nr A 192.0.2.8 id=08 multi=true\nr A 192.0.2.9 id=09 multi=true\n"
     "r A 192.0.2.10 id=10 multi=true",
     "r",
     "192.0.2.1=4/5 192.0.2.10=4/5 192.0.2.2=4/5 192.0.2.3=4/5 192.0.2.4=4/5 192.0.2.5=4/5 "
     "192.0.2.6=4/5 192.0.2.7=4/5 192.0.2.8=4/5 192.0.2.9=4/5"},
    {"R53-MULTI-02 below an alias with a weight",
     "r A alias=ZONE1/m id=a weight=1\nr A 192.0.2.9 id=b weight=1\n"
     "m A 192.0.2.1 id=1 multi=true\nm A 192.0.2.2 id=2 multi=true",
     "r", "192.0.2.9=1/2 192.0.2.1=1/2 192.0.2.2=1/2"},
    {"R53-DISP-06 no value, no such share", "r A 192.0.2.1", "x", "NXDOMAIN=/"},
};

static void check_answered(void **state)
{
    const struct answered_case *c = *state;
    struct fleet_world world = world_make("alb a | t a1=ok", c->sets, NULL);
    char name[64], text[TEXT_MAX] = "";
    r53_outcomes *outcomes;
    r53_query query;
    size_t length = 0;

    snprintf(name, sizeof(name), "%s.example.com", c->name);
    query = query_of(name, R53_TYPE_A);
    assert_int_equal(r53_outcomes_new(&outcomes, world.view, &query, NULL, NULL), R53_OK);
    for (size_t i = 0; i < r53_outcomes_count(outcomes); i++) {
        r53_outcome o = outcome_at(outcomes, i);
        int n = snprintf(text + length, TEXT_MAX - length, "%s%s=%s%s%s", i ? " " : "",
                         outcome_name(&o), o.answered_numerator, "/", o.answered_denominator);

        assert_true(n > 0 && (length += (size_t)n) < TEXT_MAX);
    }
    assert_string_equal(text, c->expected);
    r53_outcomes_free(outcomes);
    fleet_world_free(&world);
}

/* What an outcome says */

static void a_target_is_told(void **state)
{
    struct fleet_world world = world_make("alb a b | t a1=ok | u w=3 xz=off b1=ok", "", NULL);
    r53_query query = query_of("lb.example.com", R53_TYPE_A);
    r53_outcomes *outcomes;
    r53_outcome o;

    (void)state;
    assert_int_equal(r53_outcomes_new(&outcomes, world.view, &query, NULL, NULL), R53_OK);
    fleet_world_free(&world); /* the outcomes hold the view */
    assert_int_equal(r53_outcomes_count(outcomes), 3);
    o = outcome_at(outcomes, 0);
    assert_int_equal(o.kind, R53_OUTCOME_SELECTION);
    assert_string_equal(o.selection->target_id, "b1");
    assert_string_equal(o.selection->target_group_arn, "u");
    assert_string_equal(o.selection->load_balancer_arn, FLEET_ARN);
    assert_string_equal(o.selection->availability_zone, "b"); /* the only node that leads there */
    assert_string_equal(o.value, "");
    o = outcome_at(outcomes, 1);
    assert_string_equal(o.selection->availability_zone, "a");
    assert_int_equal(o.selection->status, 503);
    o = outcome_at(outcomes, 2);
    assert_string_equal(o.selection->target_id, "a1");
    assert_string_equal(o.selection->availability_zone, ""); /* both nodes do */
    r53_outcomes_free(outcomes);
}

/*
 * 12 groups whose weights have prime sums, with a record each that leads to one load balancer: the
 * least common multiple of the sums is beyond 64 bits.
 */
static void prime_sets(char *sets, size_t size)
{
    static const int primes[] = {101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157};
    int length = 0;

    for (size_t i = 0; i < COUNT(primes); i++)
        length += snprintf(sets + length, size - (size_t)length,
                           "w A alias=ZONE1/g%zu id=%zu weight=2\n"
                           "g%zu A alias=ZONE1/lb id=lb weight=%d\n"
                           "g%zu A 192.0.2.1 id=other weight=1\n",
                           i, i, i, primes[i] - 1, i);
}

static void long_shares_are_exact(void **state)
{
    struct fleet_world world;
    r53_query query = query_of("w.example.com", R53_TYPE_A);
    char sets[TEXT_MAX], text[TEXT_MAX];

    (void)state;
    prime_sets(sets, sizeof(sets));
    world = world_make("alb a:3 b | t a1=ok", sets, NULL);
    ask(world.view, &query, NULL, text);
    assert_string_equal(text, LONG_SHARES);
    fleet_world_free(&world);
}

static void a_record_is_told_with_its_set_identifier(void **state)
{
    struct fleet_world world = world_make("alb a | t a1=ok",
                                          "w A 192.0.2.1 id=blue weight=3\n"
                                          "w A 192.0.2.1 id=green weight=1\n"
                                          "w A 192.0.2.9 id=none weight=0",
                                          NULL);
    r53_query query = query_of("w.example.com", R53_TYPE_A);
    r53_outcomes *outcomes;

    (void)state;
    assert_int_equal(r53_outcomes_new(&outcomes, world.view, &query, NULL, NULL), R53_OK);
    assert_int_equal(r53_outcomes_count(outcomes), 2);
    assert_string_equal(outcome_at(outcomes, 0).set_identifier, "blue");
    assert_string_equal(outcome_at(outcomes, 0).numerator, "3");
    assert_string_equal(outcome_at(outcomes, 0).denominator, "4");
    assert_string_equal(outcome_at(outcomes, 1).set_identifier, "green");
    r53_outcomes_free(outcomes);
    fleet_world_free(&world);
}

static void arguments_are_checked(void **state)
{
    struct fleet_world world = world_make("alb a | t a1=ok", "", NULL);
    r53_query query = query_of("lb.example.com", R53_TYPE_A);
    r53_outcome o = {.size = 1};
    r53_outcomes *outcomes = NULL;
    char text[TEXT_MAX];

    (void)state;
    ask(NULL, &query, NULL, text);
    assert_string_equal(text, "R53_E_INVALID");
    ask(world.view, NULL, NULL, text);
    assert_string_equal(text, "R53_E_INVALID");
    assert_int_equal(r53_outcomes_new(NULL, world.view, &query, NULL, NULL), R53_E_INVALID);
    assert_int_equal(r53_outcomes_new(&outcomes, world.view, &query, NULL, NULL), R53_OK);
    assert_int_equal(r53_outcomes_get(outcomes, 0, &o), R53_E_INVALID);
    assert_int_equal(r53_outcomes_get(outcomes, 0, NULL), R53_E_INVALID);
    o.size = sizeof(o);
    assert_int_equal(r53_outcomes_get(outcomes, 1, &o), R53_E_NOT_FOUND);
    r53_outcomes_free(outcomes);
    r53_outcomes_free(NULL);
    fleet_world_free(&world);
}

/* What holds of any cloud */

static uint32_t below(uint64_t *seed, uint32_t n)
{
    *seed = r53__mix2(*seed, n);
    return (uint32_t)((*seed >> 20) % n);
}

/* Targets of a group: "a1=ok a2=bad b1=drain". */
static int random_targets(uint64_t *seed, char *text, size_t size, uint32_t zones)
{
    static const char *const states[] = {"ok", "ok", "ok", "bad", "init", "drain", "unused", "new"};
    int length = 0;

    for (uint32_t zone = 0; zone < zones; zone++) {
        uint32_t n = below(seed, 5);

        for (uint32_t i = 1; i <= n; i++)
            length += snprintf(text + length, size - (size_t)length, " %c%u=%s", (int)('a' + zone),
                               i, states[below(seed, COUNT(states))]);
    }
    return length;
}

static void random_fleet(uint64_t seed, char *text, size_t size)
{
    static const char *const kinds[] = {"alb", "nlb", "nlb xz=on", "clb", "clb http:80"};
    const char *kind = kinds[below(&seed, COUNT(kinds))];
    uint32_t zones = 1 + below(&seed, 4), groups = kind[0] == 'c' ? 1 : 1 + below(&seed, 3);
    int length = snprintf(text, size, "%s", kind);

    for (uint32_t i = 0; i < zones; i++)
        length += snprintf(text + length, size - (size_t)length, " %c:%u%s", (int)('a' + i),
                           below(&seed, 4), below(&seed, 8) ? "" : "!");
    for (uint32_t i = 0; i < groups; i++) {
        length += snprintf(text + length, size - (size_t)length, " | g%u", i);
        if (kind[0] != 'c')
            length += snprintf(text + length, size - (size_t)length, " w=%u%s", below(&seed, 1000),
                               below(&seed, 2) ? "" : " xz=off");
        length += random_targets(&seed, text + length, size - (size_t)length, zones);
    }
}

static r53_outcomes *random_outcomes(uint64_t seed, struct fleet_world *world)
{
    r53_query query = query_of("lb.example.com", R53_TYPE_A);
    char text[1024];
    r53_outcomes *outcomes;

    random_fleet(seed, text, sizeof(text));
    *world = world_make(text, "", NULL);
    assert_int_equal(r53_outcomes_new(&outcomes, world->view, &query, NULL, NULL), R53_OK);
    return outcomes;
}

static struct share share_of(const r53_outcome *outcome)
{
    struct share share = {0};

    share.small[SHARE_NUMERATOR] = strtoull(outcome->numerator, NULL, 10);
    share.small[SHARE_DENOMINATOR] = strtoull(outcome->denominator, NULL, 10);
    assert_true(strlen(outcome->denominator) < 19);
    return share;
}

static void check_outcomes(const r53_outcomes *outcomes)
{
    struct share sum = {.small = {0, 1}}, last = SHARE_ONE, one = SHARE_ONE;
    struct memory memory;

    assert_int_equal(r53__memory_init(&memory, NULL), R53_OK);
    for (size_t i = 0; i < r53_outcomes_count(outcomes); i++) {
        r53_outcome o = outcome_at(outcomes, i);
        struct share share = share_of(&o);

        assert_true(share.small[SHARE_NUMERATOR] > 0);
        assert_true(r53__share_compare(&share, &last) <= 0);
        assert_true(r53__share_add(&memory, &sum, &share));
        last = share;
    }
    assert_int_equal(r53__share_compare(&sum, &one), 0);
    r53__share_free(&memory, &sum);
}

static void shares_sum_to_one(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < RANDOM_CLOUDS; seed++) {
        struct fleet_world world;
        r53_outcomes *outcomes = random_outcomes(seed, &world);

        check_outcomes(outcomes);
        r53_outcomes_free(outcomes);
        fleet_world_free(&world);
    }
}

/* The name of what one run of the sampling driver ends at. */
static const char *sample(const struct chain_input *input, uint64_t seed)
{
    static r53_selection selection;
    struct draw draw = {.seed = seed};
    struct chain chain;

    r53__chain_init(&chain);
    while (chain.part != CHAIN_DONE)
        assert_int_equal(r53__chain_step(input, &chain, &draw), R53_OK);
    assert_int_equal(chain.kind, R53_OUTCOME_SELECTION);
    selection = (r53_selection){.size = sizeof(selection)};
    assert_true(r53__elb_describe(input->elb.view, &chain.elb, &selection));
    return selection_name(&selection);
}

/* Shares of one name: several groups may hold the same target. */
struct tally {
    char name[32];
    double share;
    unsigned seen;
};

static struct tally *tally_find(struct tally *tallies, size_t *n, const char *name)
{
    for (size_t i = 0; i < *n; i++) {
        if (strcmp(tallies[i].name, name) == 0)
            return &tallies[i];
    }
    tallies[*n] = (struct tally){.share = 0};
    snprintf(tallies[*n].name, sizeof(tallies->name), "%s", name);
    return &tallies[(*n)++];
}

/* Five standard deviations: one false alarm in millions of outcomes, and the seeds are fixed. */
static void check_frequencies(const r53_view *view, const r53_outcomes *outcomes)
{
    r53_query query = query_of("lb.example.com", R53_TYPE_A);
    struct route_query route;
    struct elb_request request;
    struct chain_input input = {{view, &route, NULL}, {.view = view, .request = &request}};
    struct tally tallies[128];
    size_t n = 0;

    assert_int_equal(r53__route_query_parse(&route, &query), R53_OK);
    assert_int_equal(r53__elb_request_parse(&request, NULL), R53_OK);
    for (size_t i = 0; i < r53_outcomes_count(outcomes); i++) {
        r53_outcome o = outcome_at(outcomes, i);

        tally_find(tallies, &n, outcome_name(&o))->share +=
            strtod(o.numerator, NULL) / strtod(o.denominator, NULL);
    }
    for (uint64_t seed = 0; seed < SAMPLES; seed++)
        tally_find(tallies, &n, sample(&input, seed))->seen++;
    for (size_t i = 0; i < n; i++) {
        double p = tallies[i].share, off = tallies[i].seen - SAMPLES * p;

        if (off * off > 25 * SAMPLES * p * (1 - p) + 0.01)
            fail_msg("%s: seen %u times of %d, share %f", tallies[i].name, tallies[i].seen, SAMPLES,
                     p);
    }
}

static void samples_follow_the_shares(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < SAMPLED_CLOUDS; seed++) {
        struct fleet_world world;
        r53_outcomes *outcomes = random_outcomes(seed + 1000, &world);

        check_frequencies(world.view, outcomes);
        r53_outcomes_free(outcomes);
        fleet_world_free(&world);
    }
}

/* The order in which things were said. */
static void order_of_import_does_not_matter(void **state)
{
    static const char *const fleets[] = {
        "alb a b:2 | t w=3 a1-3=ok b1=bad b2-4=ok | u w=2 xz=off a4=ok b5-6=ok",
        "alb b:2 a | u w=2 xz=off b6=ok b5=ok a4=ok | t w=3 b2=ok b3=ok b1=bad b4=ok a3=ok a1-2=ok",
    };
    static const char *const sets[] = {
        "r A 192.0.2.3,192.0.2.1\ns A alias=ZONE1/r\n",
        "s A alias=ZONE1/r\nr A 192.0.2.1,192.0.2.3\n",
    };
    static const char *const names[] = {"lb.example.com", "s.example.com"};

    (void)state;
    for (size_t i = 0; i < COUNT(names); i++) {
        r53_query query = query_of(names[i], R53_TYPE_A);
        char texts[2][TEXT_MAX];

        for (size_t j = 0; j < 2; j++) {
            struct fleet_world world = world_make(fleets[j], sets[j], NULL);

            ask(world.view, &query, NULL, texts[j]);
            fleet_world_free(&world);
        }
        assert_string_equal(texts[0], texts[1]);
    }
}

/* Work */

enum { MANY_TARGETS = 1000, NODES = 3 };

static struct fleet_world big_world(const char *sets)
{
    struct fleet_world world = world_make("nlb xz=on a b c | t", sets, NULL);
    r53_import *import;

    assert_int_equal(r53_import_new(&import, world.cloud, world.observed, NULL), R53_OK);
    for (int i = 0; i < MANY_TARGETS; i++) {
        char id[16];
        r53_target target = {.size = sizeof(target), .id = id, .availability_zone = "b"};

        snprintf(id, sizeof(id), "10.0.%d.%d", i / 250, i % 250);
        assert_int_equal(r53_import_target(import, "t", &target, R53_TARGET_HEALTHY, NULL), R53_OK);
    }
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
    look_again(&world);
    return world;
}

static void work_is_a_sum_over_stages(void **state)
{
    struct fleet_world world = big_world("");
    r53_query query = query_of("lb.example.com", R53_TYPE_A);
    r53_outcomes *outcomes;
    uint64_t runs;

    (void)state;
    assert_int_equal(r53_outcomes_new(&outcomes, world.view, &query, NULL, NULL), R53_OK);
    runs = r53_outcomes_stage_runs(outcomes);
    assert_int_equal(r53_outcomes_count(outcomes), MANY_TARGETS);
    assert_string_equal(outcome_at(outcomes, 0).denominator, "1000");
    assert_true(runs >= NODES * MANY_TARGETS && runs < NODES * MANY_TARGETS + 25);
    check_outcomes(outcomes);
    r53_outcomes_free(outcomes);
    fleet_world_free(&world);
}

/* The example of <r53/outcomes.h>. */
static void ways_to_one_load_balancer_are_one_state(void **state)
{
    enum { LINE_MAX = 48, GROUPS = 100 };
    size_t size = (size_t)LINE_MAX * GROUPS * (GROUPS + 1), length = 0;
    r53_query query = query_of("w.example.com", R53_TYPE_A);
    char *sets = malloc(size);
    struct fleet_world world;
    r53_outcomes *outcomes;
    uint64_t runs;

    (void)state;
    assert_non_null(sets);
    for (int i = 0; i < GROUPS; i++) {
        length += (size_t)snprintf(sets + length, size - length,
                                   "w A alias=ZONE1/g%d id=%d weight=%d\n", i, i, i + 1);
        for (int j = 0; j < GROUPS; j++)
            length += (size_t)snprintf(sets + length, size - length,
                                       "g%d A alias=ZONE1/lb id=%d weight=%d\n", i, j, 1 + i % 7);
    }
    assert_true(length < size);
    world = big_world(sets);
    free(sets);
    assert_int_equal(r53_outcomes_new(&outcomes, world.view, &query, NULL, NULL), R53_OK);
    runs = r53_outcomes_stage_runs(outcomes);
    assert_int_equal(r53_outcomes_count(outcomes), MANY_TARGETS);
    assert_in_range(runs, 13000, 13200);
    check_outcomes(outcomes);
    r53_outcomes_free(outcomes);
    fleet_world_free(&world);
}

static void work_is_bounded(void **state)
{
    struct fleet_world world = big_world("");
    r53_query query = query_of("lb.example.com", R53_TYPE_A);
    struct route_query route;
    struct elb_request request;
    struct chain_input input = {{world.view, &route, NULL},
                                {.view = world.view, .request = &request}};
    struct enumeration run = {.input = &input, .max_runs = 500};

    (void)state;
    assert_int_equal(r53__memory_init(&run.memory, NULL), R53_OK);
    assert_int_equal(r53__route_query_parse(&route, &query), R53_OK);
    assert_int_equal(r53__elb_request_parse(&request, NULL), R53_OK);
    assert_int_equal(r53__enumerate(&run), R53_E_LIMIT);
    assert_int_equal(run.runs, 500);
    r53__enumeration_free(&run);
    fleet_world_free(&world);
}

/* Each allocation fails in turn. */
static void memory_may_run_out(void **state)
{
    struct torture torture = {0};
    r53_allocator allocator = torture_allocator(&torture);
    r53_cloud_options options = {.size = sizeof(options), .allocator = &allocator};
    const char *names[] = {"lb.example.com", "r.example.com", "w.example.com"};
    struct fleet_world world;
    char sets[TEXT_MAX] = "r A 192.0.2.1,192.0.2.2\n";
    long live;

    (void)state;
    prime_sets(sets + strlen(sets), sizeof(sets) - strlen(sets));
    world = world_make("alb a:3 b:2 | t w=3 a1-7=ok b1-9=ok | u w=8 a8-20=ok", sets, &options);
    live = torture.live;
    for (size_t i = 0; i < COUNT(names); i++) {
        r53_query query = query_of(names[i], R53_TYPE_A);
        int32_t rc = R53_E_NOMEM;

        for (long fail = 1; rc != R53_OK; fail++) {
            r53_outcomes *outcomes = NULL;

            torture.fail_at = torture.calls + fail;
            rc = r53_outcomes_new(&outcomes, world.view, &query, NULL, NULL);
            assert_true(rc == R53_OK ? outcomes != NULL : rc == R53_E_NOMEM && !outcomes);
            r53_outcomes_free(outcomes);
            assert_int_equal(torture.live, live);
        }
        torture.fail_at = 0;
    }
    fleet_world_free(&world);
    assert_int_equal(torture.live, 0);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(fleet_cases) + COUNT(record_cases) + COUNT(answered_cases) + 11];
    size_t n = 0;

    ADD_CASES(tests, n, fleet_cases, check_fleet);
    ADD_CASES(tests, n, record_cases, check_record);
    ADD_CASES(tests, n, answered_cases, check_answered);
    ADD_TEST(tests, n, "ELB-MATH-04 a target is told with the nodes that lead there",
             a_target_is_told);
    ADD_TEST(tests, n, "a record is told with its set identifier",
             a_record_is_told_with_its_set_identifier);
    ADD_TEST(tests, n, "shares beyond 64 bits are exact", long_shares_are_exact);
    ADD_TEST(tests, n, "what cannot be read is refused", arguments_are_checked);
    ADD_TEST(tests, n, "ELB-MATH-09 shares sum to one in any cloud", shares_sum_to_one);
    ADD_TEST(tests, n, "samples follow the shares", samples_follow_the_shares);
    ADD_TEST(tests, n, "the order of import does not matter", order_of_import_does_not_matter);
    ADD_TEST(tests, n, "work is a sum over stages", work_is_a_sum_over_stages);
    ADD_TEST(tests, n, "ways to one load balancer are one state",
             ways_to_one_load_balancer_are_one_state);
    ADD_TEST(tests, n, "work is bounded", work_is_bounded);
    ADD_TEST(tests, n, "memory may run out", memory_may_run_out);
    return RUN_TESTS("outcomes", tests, n);
}
