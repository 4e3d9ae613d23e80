/*
 * Properties of load balancers over time, on random ones (support/park_live.h): slow start after
 * random histories of health checks, clients that come back with the cookies they were given, and
 * rules that rewrite paths. Each is judged by a naive model.
 */
#include "support/harness.h"
#include "support/park_ends.h"
#include "support/park_live.h"
#include "support/regex_engine.h"

#include <stdio.h>
#include <stdlib.h>

enum { PARKS = 300, WALKS = 150, STEPS = 60, REQUESTS = 40 };

static void live_park(struct park *park, uint64_t seed)
{
    park_make(park, seed, R53_LB_APPLICATION);
    park->balancers[0].state = R53_LB_ACTIVE;
}

/* Slow start */

static int slow_targets(const struct park *park)
{
    int n = 0;

    for (int g = 0; g < PARK_OWN; g++) {
        for (int i = 0; i < park->groups[g].n; i++)
            n += park->groups[g].slow_s && park->groups[g].targets[i].slow;
    }
    return n;
}

static void slow_start(void **state)
{
    const r53_query query = {.size = sizeof(query), .name = "lb0.example.com", .type = R53_TYPE_A};
    struct park park;
    struct park_world world;
    int slow = 0;

    (void)state;
    for (uint64_t seed = 1; seed <= PARKS; seed++) {
        struct park_request request;
        struct park_ends wanted;

        live_park(&park, seed);
        park_season(&park);
        slow += slow_targets(&park);
        park_open(&world, &park, 0);
        for (int i = 0; i < 4; i++) {
            park_request_make(&request, &park, 0, &park.random);
            request.request.load_balancer = request.request.availability_zone = NULL;
            park_ends_of(&park, 0, -1, &request, &wanted);
            park_expect_ends(world.view, &query, &request, &wanted, seed);
        }
        park_close(&world);
    }
    assert_true(slow > PARKS / 4);
}

/* What a selection says of slow start, and that it says it of those targets alone. */
static void slow_told(void **state)
{
    struct park park;
    struct park_world world;
    int told = 0;

    (void)state;
    for (uint64_t seed = 1; seed <= PARKS; seed++) {
        live_park(&park, seed);
        park_season(&park);
        park_open(&world, &park, 0);
        for (int i = 0; i < REQUESTS; i++) {
            r53_selection s = {.size = sizeof(s)};
            struct park_request request;
            int group;

            park_request_make(&request, &park, 0, &park.random);
            assert_int_equal(r53_elb_select(world.view, &request.request, NULL, &s, NULL), R53_OK);
            group = atoi(s.target_group_arn + (*s.target_group_arn != '\0'));
            if (s.outcome != R53_SELECTED_TARGET || !park.groups[group].slow_s)
                continue;
            assert_int_equal(s.slow_start, park.groups[group].targets[s.target_ordinal].slow);
            told += s.slow_start;
        }
        park_close(&world);
    }
    assert_true(told > PARKS / 2);
}

/* Cookies */

/* The jar as the request carries it: of two cookies of one content either, or both. */
struct sent {
    r53_cookie cookies[8];
    const r53_cookie *list[8];
    char arns[8][16];
    uint32_t n;
};

static void send_cookie(struct sent *sent, const struct park *park, const struct park_cookie *jar,
                        int32_t kind)
{
    r53_cookie *out = &sent->cookies[sent->n];

    snprintf(sent->arns[sent->n], sizeof(sent->arns[0]), "g%d", jar->group);
    *out = (r53_cookie){.size = sizeof(*out),
                        .kind = kind,
                        .target_group_arn = sent->arns[sent->n],
                        .issued_at_ms = jar->issued_ms};
    if (jar->index >= 0) {
        out->target_id = park->groups[jar->group].targets[jar->index].id;
        out->port = park->groups[jar->group].targets[jar->index].port;
    }
    sent->list[sent->n] = out;
    sent->n++;
}

/* Both names, or one; an outdated AWSALB beside a good CORS copy does not count (ELB-STICK-02). */
static void send_pair(struct sent *sent, struct park *park, const struct park_cookie *jar,
                      int32_t kind)
{
    struct park_cookie stale = *jar;

    if (jar->group < 0)
        return;
    switch (park_below(&park->random, 4)) {
    case 0:
        send_cookie(sent, park, jar, kind);
        return;
    case 1:
        stale.issued_ms = -10000000;
        send_cookie(sent, park, &stale, kind);
        break;
    case 2:
        send_cookie(sent, park, jar, kind);
        break;
    default:
        break;
    }
    send_cookie(sent, park, jar, kind + 1);
}

static void jar_send(struct sent *sent, struct park *park, const struct park_jar *jar)
{
    sent->n = 0;
    send_pair(sent, park, &jar->group, R53_COOKIE_AWSALBTG);
    send_pair(sent, park, &jar->target, R53_COOKIE_AWSALB);
    if (jar->session.group >= 0)
        send_cookie(sent, park, &jar->session, R53_COOKIE_AWSALBAPP);
}

/* Which cookies the response has to carry, as bits of enum r53_cookie_kind. */
static uint32_t cookies_wanted(const struct park *park, const struct park_action *action, int group,
                               bool hit, bool application_sets)
{
    int32_t kind = park_cookie_kind(park, action, group);
    uint32_t bits = 0;

    if (action->sticky_s)
        bits |= 1u << R53_COOKIE_AWSALBTG | 1u << R53_COOKIE_AWSALBTGCORS;
    if (kind == R53_COOKIE_AWSALB)
        bits |= 1u << R53_COOKIE_AWSALB | 1u << R53_COOKIE_AWSALBCORS;
    if (kind == R53_COOKIE_AWSALBAPP && (hit || application_sets)) /* ELB-STICK-09 */
        bits |= 1u << R53_COOKIE_AWSALBAPP;
    return bits;
}

/* The client keeps what it is given; each cookie names where the request went, and its time. */
static uint32_t jar_fill(struct park_jar *jar, const r53_selection *s, bool application_sets)
{
    const int group = atoi(s->target_group_arn + 1);
    uint32_t bits = 0;

    for (size_t i = 0;; i++) {
        r53_cookie cookie = {.size = sizeof(cookie)};
        struct park_cookie kept = {group, s->target_ordinal, s->now_ms};

        if (r53_selection_cookie(s, i, application_sets, &cookie) != R53_OK)
            return bits;
        bits |= 1u << cookie.kind;
        assert_string_equal(cookie.target_group_arn, s->target_group_arn);
        assert_int_equal(cookie.issued_at_ms, s->now_ms);
        if (cookie.kind == R53_COOKIE_AWSALBTG || cookie.kind == R53_COOKIE_AWSALBTGCORS) {
            kept.index = -1;
            jar->group = kept;
            continue;
        }
        assert_string_equal(cookie.target_id, s->target_id);
        assert_int_equal(cookie.port, s->target_port);
        *(cookie.kind == R53_COOKIE_AWSALBAPP ? &jar->session : &jar->target) = kept;
    }
}

static const struct park_action *action_of(const struct park *park,
                                           const struct park_request *request)
{
    const struct park_rule *rule = park_rule_of(park, 0, request);

    return rule ? &rule->action : &park->balancers[0].otherwise;
}

struct walk_counts {
    int targets, groups, sessions;
};

/* One request of the client, at its time, with its cookies. */
static void walk_step(struct park *park, const r53_view *view, struct park_jar *jar,
                      const struct park_request *request, const r53_request *sent,
                      struct walk_counts *counts)
{
    const struct park_action *action = action_of(park, request);
    int64_t now = sent->now_ms;
    int zone = request->zone[0] - 'a', group, bound_group, bound;
    bool sets = park_once_in(&park->random, 2);
    r53_selection s = {.size = sizeof(s)};

    assert_int_equal(r53_elb_select(view, sent, NULL, &s, NULL), R53_OK);
    if (!*s.target_group_arn)
        return;
    group = atoi(s.target_group_arn + 1);
    bound_group = park_bound_group(park, jar, action, now);
    if (bound_group >= 0)
        assert_int_equal(group, bound_group);
    counts->groups += bound_group >= 0;
    if (s.outcome != R53_SELECTED_TARGET) /* a 503 of the group has no cookies */
        return;
    assert_int_equal(s.tg_sticky_hit, bound_group >= 0);
    bound = park_bound_target(park, jar, action, group, zone, now);
    assert_int_equal(s.sticky_hit, bound >= 0);
    if (bound >= 0)
        assert_int_equal(s.target_ordinal, bound);
    else
        assert_true(park_is_eligible(park, group, s.target_ordinal, zone));
    counts->targets += bound >= 0;
    counts->sessions += bound >= 0 && park_cookie_kind(park, action, group) == R53_COOKIE_AWSALBAPP;
    assert_int_equal(jar_fill(jar, &s, sets),
                     cookies_wanted(park, action, group, bound >= 0, sets));
}

/* A client that comes back now and then; meanwhile targets fall ill and recover. */
static void walk(struct park *park, struct park_world *world, struct walk_counts *counts)
{
    static const struct park_cookie none = {-1, -1, 0};
    struct park_jar jar = {none, none, none, false};
    struct park_request request; /* points into itself: stays where it is */
    int64_t now = 1;

    for (int i = 0; i < STEPS; i++) {
        r53_header headers[4];
        struct sent sent;
        r53_request out;

        now += 1000 * (int64_t)park_below(&park->random, 40);
        if (i % 10 == 9) {
            struct park_group *group = &park->groups[park_below(&park->random, PARK_OWN)];

            for (int j = 0; j < group->n; j++)
                park_ail(park, &group->targets[j]);
            park_look(world, park, 0);
        }
        if (i == 0 || park_once_in(&park->random, 6)) /* mostly it asks for the same again */
            park_request_make(&request, park, 0, &park->random);
        request.request.seed = (uint64_t)i;
        jar.application = park_once_in(&park->random, 2);
        jar_send(&sent, park, &jar);
        out = request.request;
        memcpy(headers, request.headers, sizeof(request.headers));
        headers[out.n_headers++] =
            (r53_header){"Cookie", jar.application ? "x=1; SID=2" : "x=1; XSID=2; SIDX=3"};
        out.headers = headers;
        out.cookies = sent.list;
        out.n_cookies = sent.n;
        out.now_ms = now;
        walk_step(park, world->view, &jar, &request, &out, counts);
    }
}

static void cookies(void **state)
{
    struct walk_counts counts = {0, 0, 0};
    struct park park;
    struct park_world world;

    (void)state;
    for (uint64_t seed = 1; seed <= WALKS; seed++) {
        live_park(&park, seed);
        park_stick(&park);
        park_open(&world, &park, 0);
        walk(&park, &world, &counts);
        park_close(&world);
    }
    /* it is no test if nothing ever sticks */
    assert_true(counts.targets > 5 * WALKS);
    assert_true(counts.groups > 3 * WALKS);
    assert_true(counts.sessions > WALKS / 8);
}

/* Rewrites */

static bool rewrite_check(const struct park *park, const r53_view *view,
                          const struct park_request *request, uint64_t seed)
{
    const struct park_rule *rule = park_rule_of(park, 0, request);
    r53_selection s = {.size = sizeof(s)};
    char wanted[256], got[256];
    bool good = park_rewritten(rule, request->url, wanted, sizeof(wanted));

    assert_int_equal(r53_elb_select(view, &request->request, NULL, &s, NULL), R53_OK);
    assert_int_equal(s.matched_priority, rule ? rule->priority : 0); /* not run again, XFORM-02 */
    if (!good) {
        if (s.status != 500)
            fail_msg("park %lu: %s by %s to %s is %s, not 500 but %d", (unsigned long)seed,
                     request->url, rule->regex, rule->replace, wanted, (int)s.status);
        return true;
    }
    if (s.outcome != R53_SELECTED_TARGET)
        return false;
    assert_int_equal(
        r53_selection_text_write(view, &request->request, &s, R53_TEXT_URL, got, sizeof(got), NULL),
        R53_OK);
    if (strcmp(got, wanted) != 0)
        fail_msg("park %lu: %s by %s to %s is %s, not %s", (unsigned long)seed, request->url,
                 rule ? rule->regex : "", rule ? rule->replace : "", got, wanted);
    return strcmp(got, request->url) != 0;
}

static void rewrites(void **state)
{
    struct regex_counts regexes = {0};
    const r53_regex_engine engine = regex_engine(&regexes);
    struct park park;
    struct park_world world;
    int rewritten = 0;

    (void)state;
    for (uint64_t seed = 1; seed <= PARKS; seed++) {
        live_park(&park, seed);
        park.regex = &engine;
        park_rewrite(&park);
        park_open(&world, &park, 0);
        for (int i = 0; i < REQUESTS; i++) {
            struct park_request request;

            park_request_make(&request, &park, 0, &park.random);
            rewritten += rewrite_check(&park, world.view, &request, seed);
        }
        park_close(&world);
    }
    assert_int_equal(regexes.live, 0);
    assert_true(rewritten > PARKS * REQUESTS / 20);
}

int main(void)
{
    struct CMUnitTest tests[8];
    size_t n = 0;

    ADD_TEST(tests, n, "ELB-SLOW-02 ELB-SLOW-04 ELB-SLOW-05 ELB-MATH-08 shares after any history",
             slow_start);
    ADD_TEST(tests, n, "ELB-SLOW-01 a selection tells whether its target starts slowly", slow_told);
    ADD_TEST(tests, n,
             "ELB-STICK-01 ELB-STICK-04 ELB-STICK-07 ELB-STICK-08 ELB-STICK-10 ELB-ALB-ACT-08 a "
             "client comes back",
             cookies);
    ADD_TEST(tests, n,
             "ELB-ALB-XFORM-02 ELB-ALB-XFORM-03 ELB-ALB-XFORM-05 paths that are rewritten",
             rewrites);
    return RUN_TESTS("elb_live_properties", tests, n);
}
