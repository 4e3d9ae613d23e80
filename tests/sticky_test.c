/*
 * Stickiness: cookies of target groups, targets and Classic instances, sent and returned as a
 * browser would. Each row is a conversation; its steps are words:
 *
 *   @200          seconds on the clock
 *   -> a1=1/2 ... the exact shares of the next request
 *   go a2         the request is made, and chance has it go to a2; its cookies are kept
 *   go            the same, wherever it goes: there is only one possibility
 *   +SID          the client sends the application's cookie from now on; -SID: no more
 *   set           targets set the application's cookie from now on; unset: no more
 *   drop          the client forgets all cookies
 *   sent AWSALB,AWSALBCORS    the cookies of the last response, "none"
 *   world <n>     the n-th world from now on
 */
#include "support/fleet_shares.h"
#include "support/fleet_text.h"
#include "support/harness.h"

#include <r53/elb.h>
#include <r53/import.h>

#include "base/events.h"
#include "base/text.h"
#include "base/trace.h"

#include <stdio.h>
#include <stdlib.h>

enum { WORLDS = 3, COOKIES = 8, TEXTS = 256 };

static const struct sticky_case {
    const char *what;
    const char *steps;
    const char *worlds[WORLDS];
} sticky_cases[] = {
    /* lb_cookie */
    {"ELB-STICK-01 a cookie leads back to its target",
     "-> a1-3=1/3 go a2 sent AWSALB,AWSALBCORS -> a2=1 go -> a2=1 drop -> a1-3=1/3",
     {"alb a | t sticky=lb_cookie a1-3=ok"}},
    {"ELB-STICK-01 without stickiness there are no cookies",
     "go a2 sent none -> a1-3=1/3",
     {"alb a | t a1-3=ok"}},
    {"ELB-STICK-03 ELB-STICK-04 ELB-STICK-07 ELB-CASE-75 each response renews it, then it expires",
     "@0 go a2 @200 go @450 -> a2=1 go @749 -> a2=1 @750 -> a1-3=1/3 @800 -> a1-3=1/3",
     {"alb a | t sticky=lb_cookie lb_s=300 a1-3=ok"}},
    {"ELB-STICK-07 a clock that goes back stands still",
     "@500 go a2 @100 -> a2=1",
     {"alb a | t sticky=lb_cookie lb_s=300 a1-3=ok"}},
    {"ELB-STICK-04 ELB-STICK-11 ELB-CASE-76 an unhealthy target is left for good",
     "go a2 world 1 -> a1=1/2 a3=1/2 go a1 world 0 -> a1=1",
     {"alb a | t sticky=lb_cookie a1-3=ok", "alb a | t sticky=lb_cookie a1=ok a2=bad a3=ok"}},
    {"ELB-STICK-05 ELB-DRAIN-05 ELB-CASE-89 a draining one too",
     "go a2 world 1 -> a1=1/2 a3=1/2",
     {"alb a | t sticky=lb_cookie a1-3=ok", "alb a | t sticky=lb_cookie a1=ok a2=drain a3=ok"}},
    {"ELB-STICK-04 and one that is registered no more",
     "go a2 world 1 -> a1=1/2 a3=1/2",
     {"alb a | t sticky=lb_cookie a1-3=ok", "alb a | t sticky=lb_cookie a1=ok a3=ok"}},
    {"ELB-STICK-04 ELB-TG-04 another port is another target",
     "go a2 world 1 -> a1=1/2 a2@81=1/2",
     {"alb a | t sticky=lb_cookie a1-2=ok", "alb a | t sticky=lb_cookie a1=ok a2@81=ok"}},
    {"ELB-STICK-06 failing open does not keep it either",
     "go a2 world 1 -> a1-3=1/3",
     {"alb a | t sticky=lb_cookie a1-3=ok", "alb a | t sticky=lb_cookie a1-3=bad"}},
    {"ELB-STICK-06 ELB-FO-02 failing open by a threshold, a healthy one is kept",
     "go a2 world 1 -> a2=1 world 2 -> a1-3=1/3",
     {"alb a | t sticky=lb_cookie a1-3=ok",
      "alb a | t sticky=lb_cookie route=3 a1=bad a2=ok a3=bad",
      "alb a | t sticky=lb_cookie route=3 a1=ok a2=bad a3=ok"}},
    {"ELB-STICK-04 ELB-SHIFT-03 one in a zone that is shifted away is left",
     "go a2 world 1 -> b1-2=1/2 go b1 world 0 -> b1=1",
     {"alb a b | t sticky=lb_cookie a1-2=ok b1-2=ok",
      "alb a! b | t sticky=lb_cookie a1-2=ok b1-2=ok"}},
    {"ELB-STICK-06 ELB-SHIFT-06 not by a shift that moves nothing, as all fail open",
     "go a2 world 1 -> a1-2=1/4 b1-2=1/4",
     {"alb a b | t sticky=lb_cookie a1-2=ok b1-2=ok",
      "alb a! b | t sticky=lb_cookie a1-2=bad b1-2=bad"}},
    {"ELB-STICK-04 ELB-LB-13 one in a zone that is enabled no more",
     "go b1 world 1 -> a1-2=1/2",
     {"alb a b | t sticky=lb_cookie a1-2=ok b1=ok", "alb a | t sticky=lb_cookie a1-2=ok b1=ok"}},
    {"ELB-STICK-08 another group's cookie says nothing, and is overwritten",
     "go a2 world 1 -> a1-3=1/3 go a1 world 0 -> a1-3=1/3",
     {"alb a | t sticky=lb_cookie a1-3=ok", "alb a | u sticky=lb_cookie a1-3=ok"}},
    {"ELB-STICK-16 ELB-XZ-05 not with cross-zone off",
     "go a2 sent none -> a1-3=1/3",
     {"alb a | t sticky=lb_cookie xz=off a1-3=ok"}},
    {"ELB-STICK-16 not in weighted random groups",
     "go a2 sent none -> a1-3=1/3",
     {"alb a | t sticky=lb_cookie algo=weighted_random a1-3=ok"}},
    {"ELB-STICK-01 with least outstanding requests too",
     "go a2 -> a2=1",
     {"alb a | t sticky=lb_cookie algo=least_outstanding_requests a1-3=ok"}},
    {"ELB-STICK-01 no target, no cookie", "go sent none", {"alb a | t sticky=lb_cookie"}},
    /* app_cookie */
    {"ELB-STICK-09 ELB-CASE-78 without the application's cookie nothing begins",
     "go a2 sent none -> a1-3=1/3",
     {"alb a | t sticky=app_cookie app=SID a1-3=ok"}},
    {"ELB-STICK-09 ELB-STICK-10 with it, both are needed",
     "set go a2 sent AWSALBAPP-0 -> a1-3=1/3 +SID -> a2=1 unset go sent AWSALBAPP-0 -> a2=1 -SID "
     "-> a1-3=1/3",
     {"alb a | t sticky=app_cookie app=SID a1-3=ok"}},
    {"ELB-STICK-10 its duration is checked",
     "set +SID @0 go a2 @99 -> a2=1 @100 -> a1-3=1/3",
     {"alb a | t sticky=app_cookie app=SID app_s=100 a1-3=ok"}},
    {"ELB-STICK-11 the session moves, and stays",
     "set +SID go a2 world 1 -> a1=1/2 a3=1/2 go a1 world 0 -> a1=1",
     {"alb a | t sticky=app_cookie app=SID a1-3=ok",
      "alb a | t sticky=app_cookie app=SID a1=ok a2=bad a3=ok"}},
    {"ELB-STICK-12 not among several groups",
     "set +SID go a2 sent none -> a2=1/2 a1=1/2",
     {"alb a | t sticky=app_cookie app=SID a1-2=ok | u w=0 a3=ok"}},
    /* target groups */
    {"ELB-ALB-ACT-08 ELB-ALB-ACT-09 ELB-CASE-79 a cookie leads back to its group, of weight 0 too",
     "go b1 sent AWSALBTG,AWSALBTGCORS world 1 -> b1-2=1/2 drop -> a1-2=1/2",
     {"alb a b bind=300 | t w=1 a1-2=ok | u w=1 b1-2=ok",
      "alb a b bind=300 | t w=100 a1-2=ok | u w=0 b1-2=ok"}},
    {"ELB-ALB-ACT-09 also if all weights are 0",
     "go b1 world 1 -> b1=1 drop -> 503=1",
     {"alb a b bind=300 | t w=1 a1=ok | u w=1 b1=ok",
      "alb a b bind=300 | t w=0 a1=ok | u w=0 b1=ok"}},
    {"ELB-ALB-ACT-09 and whatever its health",
     "go b1 world 1 -> b1-2=1/2 world 2 -> 503=1",
     {"alb a b bind=300 | t a1=ok | u b1-2=ok", "alb a b bind=300 | t a1=ok | u b1-2=bad",
      "alb a b bind=300 | t a1=ok | u"}},
    {"ELB-ALB-ACT-09 ELB-STICK-04 it holds when its target does not",
     "go b1 world 1 -> b2=1 go b2 world 0 -> b2=1",
     {"alb a b bind=300 | t sticky=lb_cookie a1=ok | u sticky=lb_cookie b1-2=ok",
      "alb a b bind=300 | t sticky=lb_cookie a1=ok | u w=0 sticky=lb_cookie b1=drain b2=ok"}},
    {"ELB-ALB-ACT-09 not a group that is in the action no more",
     "go b1 world 1 -> a1=1/2 c1=1/2",
     {"alb a b bind=300 | t a1=ok | u b1=ok", "alb a b c bind=300 | t a1=ok | v c1=ok"}},
    {"ELB-ALB-ACT-09 ELB-ALB-ACT-10 renewed by each response, then expired",
     "@0 go b1 @200 go @499 -> b1=1 @500 -> a1=1/2 b1=1/2",
     {"alb a b bind=300 | t a1=ok | u b1=ok"}},
    {"ELB-ALB-ACT-08 only if the action is sticky",
     "go b1 sent none -> a1=1/2 b1=1/2",
     {"alb a b | t a1=ok | u b1=ok"}},
    {"ELB-ALB-ACT-08 ELB-STICK-01 group and target together",
     "go b1 sent AWSALB,AWSALBCORS,AWSALBTG,AWSALBTGCORS -> b1=1",
     {"alb a b bind=300 | t sticky=lb_cookie a1-2=ok | u sticky=lb_cookie b1-2=ok"}},
    {"ELB-ALB-ACT-08 a cookie for nothing that was answered",
     "go sent none",
     {"alb a bind=300 | t"}},
    /* Classic */
    {"ELB-CLB-07 ELB-CLB-13 ELB-CASE-105 AWSELB is set once, and never expires",
     "@0 go a2 sent AWSELB,AWSELBCORS @172800 -> a2=1 go sent none -> a2=1 world 1 -> a1=1/2 "
     "a3=1/2 "
     "go a1 sent AWSELB,AWSELBCORS world 0 -> a1=1",
     {"clb http:80 stick=lb a | i a1-3=ok", "clb http:80 stick=lb a | i a1=ok a2=bad a3=ok"}},
    {"ELB-CLB-08 by the application's cookie",
     "go a2 sent none set go a2 sent AWSELB,AWSELBCORS "
     "-> a2=1 world 1 -> a1=1/2 a3=1/2 go a1 world 0 -> a1=1",
     {"clb http:80 stick=app a | i a1-3=ok", "clb http:80 stick=app a | i a1=ok a2=bad a3=ok"}},
    {"ELB-CLB-07 ELB-CLB-12 nobody in service, with a cookie too",
     "go a2 world 1 -> 503=1 world 0 -> a2=1",
     {"clb http:80 stick=lb a | i a1-2=ok", "clb http:80 stick=lb a | i a1-2=bad"}},
    {"ELB-CLB-07 ELB-CLB-10 an instance that drains is left",
     "go a2 world 1 -> a1=1",
     {"clb http:80 stick=lb a | i a1-2=ok", "clb http:80 stick=lb a | i a1=ok a2=drain"}},
    {"ELB-CLB-09 without a policy there are none",
     "go a2 sent none",
     {"clb http:80 a | i a1-3=ok"}},
};

/* A client, its browser, and what is between */

struct talk {
    const struct sticky_case *c;
    struct fleet_world worlds[WORLDS];
    int world;
    r53_request request;
    r53_header header; /* the application's cookie */
    r53_cookie cookies[COOKIES];
    char texts[COOKIES][3][TEXTS]; /* of the cookies, which outlive views */
    const r53_cookie *list[COOKIES];
    bool application_sets;
    char sent[128];
};

static void keep_cookie(struct talk *t, const r53_cookie *cookie)
{
    const char *const from[] = {cookie->target_group_arn, cookie->target_id, cookie->target_zone};
    uint32_t i = 0;

    while (i < t->request.n_cookies && t->cookies[i].kind != cookie->kind)
        i++;
    assert_true(i < COOKIES);
    t->cookies[i] = *cookie;
    for (size_t j = 0; j < COUNT(from); j++)
        snprintf(t->texts[i][j], TEXTS, "%s", from[j]);
    t->cookies[i].target_group_arn = t->texts[i][0];
    t->cookies[i].target_id = t->texts[i][1];
    t->cookies[i].target_zone = t->texts[i][2];
    t->list[i] = &t->cookies[i];
    if (i == t->request.n_cookies)
        t->request.n_cookies++;
}

static void respond(struct talk *t, const r53_selection *s)
{
    r53_cookie cookie = {.size = sizeof(cookie)};

    t->sent[0] = '\0';
    for (size_t i = 0; r53_selection_cookie(s, i, t->application_sets, &cookie) == R53_OK; i++) {
        snprintf(t->sent + strlen(t->sent), sizeof(t->sent) - strlen(t->sent), "%s%s", i ? "," : "",
                 r53_cookie_name(cookie.kind));
        keep_cookie(t, &cookie);
    }
    if (!t->sent[0])
        snprintf(t->sent, sizeof(t->sent), "none");
}

/* `id` NULL: wherever it goes. */
static void go(struct talk *t, const char *id)
{
    r53_selection s = {.size = sizeof(s)};
    char name[32];

    for (t->request.seed = 0; t->request.seed < 1000; t->request.seed++) {
        assert_int_equal(r53_elb_select(t->worlds[t->world].view, &t->request, NULL, &s, NULL),
                         R53_OK);
        selection_name(&s, name, sizeof(name));
        if (!id || strcmp(name, id) == 0)
            break;
    }
    if (id)
        assert_string_equal(name, id);
    respond(t, &s);
}

static void expect_next(const struct talk *t, const char *expected)
{
    struct shares shares;

    shares_of(t->worlds[t->world].view, &t->request, NULL, &shares);
    expect_shares(&shares, expected);
}

static void client_sends(struct talk *t, bool sends)
{
    t->header = (r53_header){"cookie", "theme=dark; SID=7f; x=SIDE"};
    t->request.headers = &t->header;
    t->request.n_headers = sends;
}

/* Words of a step that stand alone. */
static bool plain_step(struct talk *t, const char *word)
{
    if (word[0] == '@')
        t->request.now_ms = 1000 + (int64_t)atoi(word + 1) * 1000;
    else if (strcmp(word, "+SID") == 0 || strcmp(word, "-SID") == 0)
        client_sends(t, word[0] == '+');
    else if (strcmp(word, "set") == 0 || strcmp(word, "unset") == 0)
        t->application_sets = word[0] == 's';
    else if (strcmp(word, "drop") == 0)
        t->request.n_cookies = 0;
    else
        return false;
    return true;
}

static bool is_share(const char *word)
{
    return strchr(word, '=') != NULL;
}

/* Takes the words that belong to "->". */
static void shares_step(struct talk *t, struct span *rest)
{
    char expected[128] = "", word[64];
    struct span ahead = *rest, field;

    while (r53__next_field(&ahead, &field)) {
        snprintf(word, sizeof(word), "%.*s", (int)field.length, field.at);
        if (!is_share(word))
            break;
        snprintf(expected + strlen(expected), sizeof(expected) - strlen(expected), "%s ", word);
        *rest = ahead;
    }
    expect_next(t, expected);
}

/* The next word if it looks like a target. */
static bool target_ahead(struct span *rest, char *word, size_t size)
{
    struct span ahead = *rest, field;

    if (!r53__next_field(&ahead, &field) || field.length < 2 || field.at[1] < '0' ||
        field.at[1] > '9' || field.at[0] < 'a')
        return false;
    snprintf(word, size, "%.*s", (int)field.length, field.at);
    *rest = ahead;
    return true;
}

static void take_step(struct talk *t, const char *word, struct span *rest)
{
    char next[64];
    struct span field;

    if (plain_step(t, word))
        return;
    if (strcmp(word, "->") == 0) {
        shares_step(t, rest);
    } else if (strcmp(word, "go") == 0) {
        go(t, target_ahead(rest, next, sizeof(next)) ? next : NULL);
    } else {
        assert_true(r53__next_field(rest, &field));
        snprintf(next, sizeof(next), "%.*s", (int)field.length, field.at);
        if (strcmp(word, "world") == 0)
            t->world = atoi(next);
        else if (strcmp(word, "sent") == 0)
            assert_string_equal(t->sent, next);
        else
            fail_msg("what is '%s'?", word);
    }
}

static void check_talk(void **state)
{
    struct talk *t = calloc(1, sizeof(*t));
    struct span rest, field;
    char word[64];

    assert_non_null(t);
    t->c = *state;
    t->request = (r53_request){
        .size = sizeof(t->request), .load_balancer = FLEET_ARN, .cookies = t->list, .now_ms = 1000};
    for (int i = 0; i < WORLDS && t->c->worlds[i]; i++)
        t->worlds[i] = fleet_world_make(t->c->worlds[i], NULL);
    rest = r53__span(t->c->steps);
    while (r53__next_field(&rest, &field)) {
        snprintf(word, sizeof(word), "%.*s", (int)field.length, field.at);
        take_step(t, word, &rest);
    }
    for (int i = 0; i < WORLDS && t->c->worlds[i]; i++)
        fleet_world_free(&t->worlds[i]);
    free(t);
}

/* Of one request */

static r53_cookie cookie_for(int32_t kind, const char *group, const char *id, int32_t port)
{
    return (r53_cookie){.size = sizeof(r53_cookie),
                        .kind = kind,
                        .target_group_arn = group,
                        .target_id = id,
                        .port = port};
}

static const struct cookie_case {
    const char *what, *world, *shares;
    r53_cookie first, second; /* kind 0: none */
    int32_t port;
    int32_t sticky_zero_weight;
} cookie_cases[] = {
    {"ELB-STICK-02 ELB-CASE-77 the CORS copy wins",
     "alb a | t sticky=lb_cookie a1-3=ok",
     "a2=1",
     {.kind = R53_COOKIE_AWSALB, .target_group_arn = "t", .target_id = "a1", .port = 80},
     {.kind = R53_COOKIE_AWSALBCORS, .target_group_arn = "t", .target_id = "a2", .port = 80},
     0,
     0},
    {"ELB-STICK-02 ELB-CASE-77 in whatever order",
     "alb a | t sticky=lb_cookie a1-3=ok",
     "a2=1",
     {.kind = R53_COOKIE_AWSALBCORS, .target_group_arn = "t", .target_id = "a2", .port = 80},
     {.kind = R53_COOKIE_AWSALB, .target_group_arn = "t", .target_id = "a1", .port = 80},
     0,
     0},
    {"ELB-STICK-04 a cookie without anything in it",
     "alb a | t sticky=lb_cookie a1-3=ok",
     "a1-3=1/3",
     {.kind = R53_COOKIE_AWSALB},
     {0},
     0,
     0},
    {"ELB-STICK-17 a zone that is said must be the target's",
     "alb a | t sticky=lb_cookie a1-3=ok",
     "a1-3=1/3",
     {.kind = R53_COOKIE_AWSALB,
      .target_group_arn = "t",
      .target_id = "a1",
      .port = 80,
      .target_zone = "b"},
     {0},
     0,
     0},
    {"ELB-STICK-01 a cookie of another kind says nothing",
     "alb a | t sticky=lb_cookie a1-3=ok",
     "a1-3=1/3",
     {.kind = R53_COOKIE_AWSELB, .target_group_arn = "t", .target_id = "a1", .port = 80},
     {.kind = 99, .target_group_arn = "t", .target_id = "a1", .port = 80},
     0,
     0},
    {"ELB-ALB-ACT-09 a weight of 0 does not count with the other reading",
     "alb a b bind=9 | t w=0 a1=ok | u w=1 b1=ok",
     "b1=1",
     {.kind = R53_COOKIE_AWSALBTG, .target_group_arn = "t"},
     {0},
     0,
     R53_OPTION_OFF},
    {"ELB-ALB-ACT-09 but does by default",
     "alb a b bind=9 | t w=0 a1=ok | u w=1 b1=ok",
     "a1=1",
     {.kind = R53_COOKIE_AWSALBTG, .target_group_arn = "t"},
     {0},
     0,
     0},
    {"ELB-ALB-ACT-08 of the groups' cookies too the CORS copy wins",
     "alb a b bind=9 | t a1=ok | u b1=ok",
     "b1=1",
     {.kind = R53_COOKIE_AWSALBTG, .target_group_arn = "t"},
     {.kind = R53_COOKIE_AWSALBTGCORS, .target_group_arn = "u"},
     0,
     0},
    {"ELB-ALB-ACT-09 a group that is not known",
     "alb a b bind=9 | t unknown | u b1=ok",
     "dangling=1/2 b1=1/2",
     {.kind = R53_COOKIE_AWSALBTG, .target_group_arn = "t"},
     {0},
     0,
     0},
    {"ELB-CLB-07 a listener with another port of the instances",
     "clb http:80 stick=lb a | i a1-2=ok",
     "a1-2=1/2",
     {.kind = R53_COOKIE_AWSELB, .target_group_arn = FLEET_ARN, .target_id = "a1", .port = 8081},
     {0},
     0,
     0},
    {"ELB-CLB-09 a TCP listener is not sticky",
     "clb tcp:80 a | i a1-2=ok",
     "a1-2=1/2",
     {.kind = R53_COOKIE_AWSELB, .target_group_arn = FLEET_ARN, .target_id = "a1", .port = 8080},
     {0},
     0,
     0},
    {"ELB-MATH-14 who has a cookie stays, the others come as the algorithm says",
     "alb a | t sticky=lb_cookie a1-3=ok",
     "a3=1",
     {.kind = R53_COOKIE_AWSALB, .target_group_arn = "t", .target_id = "a3", .port = 80},
     {0},
     0,
     0},
};

static void check_cookie(void **state)
{
    const struct cookie_case *c = *state;
    const r53_cloud_options options = {.size = sizeof(options),
                                       .sticky_zero_weight = c->sticky_zero_weight};
    r53_cookie cookies[] = {c->first, c->second};
    const r53_cookie *list[] = {&cookies[0], &cookies[1]};
    const r53_request request = {.size = sizeof(request),
                                 .load_balancer = FLEET_ARN,
                                 .cookies = list,
                                 .n_cookies = c->second.kind ? 2 : 1};
    struct fleet_world world = fleet_world_make(c->world, &options);
    struct shares shares;

    cookies[0].size = cookies[1].size = sizeof(r53_cookie);
    shares_of(world.view, &request, NULL, &shares);
    expect_shares(&shares, c->shares);
    fleet_world_free(&world);
}

/* The expiry at the ends of time: clocks are the host's, and may be anything. */
static void check_expiry(void **unused)
{
    static const int64_t week = INT64_C(7) * 24 * 3600 * 1000;
    const int64_t clocks[] = {INT64_MAX, INT64_MAX - 1000, INT64_MAX - week - 1, INT64_MIN};
    const int64_t expiries[] = {INT64_MAX, INT64_MAX, INT64_MAX - 1, INT64_MIN + week};
    struct fleet_world world = fleet_world_make("alb a | t sticky=lb_cookie a1=ok", NULL);

    (void)unused;
    for (size_t k = 0; k < COUNT(clocks); k++) {
        const r53_request request = {
            .size = sizeof(request), .load_balancer = FLEET_ARN, .now_ms = clocks[k]};
        r53_selection s = {.size = sizeof(s)};
        r53_cookie cookie = {.size = sizeof(cookie)};

        assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, NULL), R53_OK);
        assert_int_equal(r53_selection_cookie(&s, 0, 0, &cookie), R53_OK);
        assert_true(cookie.issued_at_ms == clocks[k] && cookie.expires_at_ms == expiries[k]);
    }
    fleet_world_free(&world);
}

/* What a selection says, what a trace tells */

static void check_selection(void **unused)
{
    struct fleet_world world =
        fleet_world_make("alb a bind=9 | t sticky=lb_cookie a1=ok | u w=0 a2=ok", NULL);
    const r53_cookie target = cookie_for(R53_COOKIE_AWSALB, "t", "a1", 80);
    const r53_cookie group = cookie_for(R53_COOKIE_AWSALBTG, "t", NULL, 0);
    const r53_cookie *list[] = {&target, &group};
    r53_request request = {
        .size = sizeof(request), .load_balancer = FLEET_ARN, .cookies = list, .now_ms = 5};
    r53_selection s = {.size = sizeof(s)};
    r53_cookie cookie = {.size = sizeof(cookie)};

    (void)unused;
    assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, NULL), R53_OK);
    assert_true(!s.sticky_hit && !s.tg_sticky_hit);
    request.n_cookies = 2;
    assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, NULL), R53_OK);
    assert_true(s.sticky_hit && s.tg_sticky_hit);
    assert_int_equal(r53_selection_cookie(&s, 0, 0, &cookie), R53_OK);
    assert_string_equal(cookie.target_group_arn, "t");
    assert_string_equal(cookie.target_id, "a1");
    assert_string_equal(cookie.target_zone, "a");
    assert_int_equal(cookie.port, 80);
    assert_true(cookie.issued_at_ms == 5 && cookie.expires_at_ms == 5 + 7 * 24 * 3600 * 1000);
    assert_int_equal(r53_selection_cookie(&s, 2, 0, &cookie), R53_OK);
    assert_int_equal(cookie.kind, R53_COOKIE_AWSALBTG);
    assert_string_equal(cookie.target_id, "");
    assert_int_equal(r53_selection_cookie(&s, 4, 0, &cookie), R53_E_NOT_FOUND);
    assert_int_equal(r53_selection_cookie(&s, 0, 0, NULL), R53_E_INVALID);
    assert_int_equal(r53_selection_cookie(NULL, 0, 0, &cookie), R53_E_INVALID);
    list[1] = NULL;
    assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, NULL), R53_E_INVALID);
    request.cookies = NULL;
    assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, NULL), R53_E_INVALID);
    fleet_world_free(&world);
}

/* A cookie that leads back does not move the cursor (ELB-ALG-02). */
static void check_cursor(void **unused)
{
    struct fleet_world world = fleet_world_make("alb a | t sticky=lb_cookie a1-3=ok", NULL);
    const r53_cookie bound = cookie_for(R53_COOKIE_AWSALB, "t", "a3", 80);
    const r53_cookie *list[] = {&bound};
    r53_request request = {.size = sizeof(request), .load_balancer = FLEET_ARN, .cookies = list};
    r53_selection s = {.size = sizeof(s)}, first = {.size = sizeof(first)};
    r53_elb_state *state;
    struct shares shares;
    char expected[8];

    (void)unused;
    assert_int_equal(r53_elb_state_new(&state, NULL), R53_OK);
    assert_int_equal(r53_elb_select(world.view, &request, state, &first, NULL), R53_OK);
    assert_int_equal(r53_elb_begin(state, &first), R53_OK);
    request.n_cookies = 1;
    assert_int_equal(r53_elb_select(world.view, &request, state, &s, NULL), R53_OK);
    assert_string_equal(s.target_id, "a3");
    assert_int_equal(r53_elb_begin(state, &s), R53_OK);
    request.n_cookies = 0;
    snprintf(expected, sizeof(expected), "a%d=1", atoi(first.target_id + 1) % 3 + 1);
    shares_of(world.view, &request, state, &shares);
    expect_shares(&shares, expected);
    r53_elb_state_free(state);
    fleet_world_free(&world);
}

static const struct trace_case {
    const char *what, *world;
    r53_cookie cookie;
    int32_t event, rule;
} trace_cases[] = {
    {"ELB-STICK-01 told: bound",
     "alb a | t sticky=lb_cookie a1-2=ok",
     {.kind = R53_COOKIE_AWSALB, .target_group_arn = "t", .target_id = "a1", .port = 80},
     EVENT_STICKY_TARGET,
     12001},
    {"ELB-STICK-08 told: foreign",
     "alb a | t sticky=lb_cookie a1-2=ok",
     {.kind = R53_COOKIE_AWSALB, .target_group_arn = "u", .target_id = "a1", .port = 80},
     EVENT_COOKIE_FOREIGN,
     12008},
    {"ELB-STICK-04 told: expired",
     "alb a | t sticky=lb_cookie lb_s=1 a1-2=ok",
     {.kind = R53_COOKIE_AWSALB, .target_group_arn = "t", .target_id = "a1", .port = 80},
     EVENT_COOKIE_EXPIRED,
     12004},
    {"ELB-STICK-04 told: gone",
     "alb a | t sticky=lb_cookie a1-2=ok",
     {.kind = R53_COOKIE_AWSALB, .target_group_arn = "t", .target_id = "a9", .port = 80},
     EVENT_COOKIE_TARGET_GONE,
     12004},
    {"ELB-STICK-04 told: unhealthy",
     "alb a | t sticky=lb_cookie a1=bad a2=ok",
     {.kind = R53_COOKIE_AWSALB, .target_group_arn = "t", .target_id = "a1", .port = 80},
     EVENT_COOKIE_TARGET_UNFIT,
     12004},
    {"ELB-STICK-10 told: alone",
     "alb a | t sticky=app_cookie app=SID a1-2=ok",
     {.kind = R53_COOKIE_AWSALBAPP, .target_group_arn = "t", .target_id = "a1", .port = 80},
     EVENT_APPLICATION_COOKIE_MISSING,
     12010},
    {"ELB-ALB-ACT-08 told: bound to a group",
     "alb a bind=99999 | t a1-2=ok | u a3=ok",
     {.kind = R53_COOKIE_AWSALBTG, .target_group_arn = "t"},
     EVENT_STICKY_GROUP,
     10908},
    {"ELB-ALB-ACT-09 told: another group",
     "alb a bind=99999 | t a1-2=ok | u a3=ok",
     {.kind = R53_COOKIE_AWSALBTG, .target_group_arn = "v"},
     EVENT_GROUP_COOKIE_FOREIGN,
     10909},
    {"ELB-ALB-ACT-09 told: too old",
     "alb a bind=1 | t a1-2=ok | u a3=ok",
     {.kind = R53_COOKIE_AWSALBTG, .target_group_arn = "t"},
     EVENT_GROUP_COOKIE_EXPIRED,
     10909},
};

static void check_trace(void **state)
{
    const struct trace_case *c = *state;
    struct fleet_world world = fleet_world_make(c->world, NULL);
    r53_cookie cookie = c->cookie;
    const r53_cookie *list[] = {&cookie};
    const r53_request request = {.size = sizeof(request),
                                 .load_balancer = FLEET_ARN,
                                 .cookies = list,
                                 .n_cookies = 1,
                                 .now_ms = 50000};
    r53_selection s = {.size = sizeof(s)};
    r53_trace *trace;
    char line[256];
    bool told = false;

    cookie.size = sizeof(cookie);
    assert_int_equal(r53_trace_new(&trace, NULL), R53_OK);
    assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, trace), R53_OK);
    for (size_t i = 0; i < r53_trace_count(trace); i++) {
        assert_int_equal(r53_trace_text(trace, i, line, sizeof(line), NULL), R53_OK);
        told |= trace->records[i].event == c->event && trace->records[i].rule == c->rule;
    }
    assert_true(told);
    r53_trace_free(trace);
    fleet_world_free(&world);
}

/* Why the target that a cookie names may not be used, in words. */
static const struct unfit_case {
    const char *what, *world, *words;
} unfit_cases[] = {
    {"ELB-STICK-04 told why: unhealthy", "alb a b | t sticky=lb_cookie a1=bad b1=ok",
     "may not be used: it is unhealthy"},
    {"ELB-STICK-05 told why: draining", "alb a b | t sticky=lb_cookie a1=drain b1=ok",
     "may not be used: it is draining"},
    {"ELB-STICK-04 ELB-SHIFT-03 told why: shifted", "alb a! b | t sticky=lb_cookie a1=ok b1=ok",
     "may not be used: a zonal shift leads away from its zone"},
};

static void check_unfit(void **state)
{
    const struct unfit_case *c = *state;
    struct fleet_world world = fleet_world_make(c->world, NULL);
    const r53_cookie cookie = {.size = sizeof(cookie),
                               .kind = R53_COOKIE_AWSALB,
                               .target_group_arn = "t",
                               .target_id = "a1",
                               .port = 80};
    const r53_cookie *list[] = {&cookie};
    const r53_request request = {
        .size = sizeof(request), .load_balancer = FLEET_ARN, .cookies = list, .n_cookies = 1};
    r53_selection s = {.size = sizeof(s)};
    r53_trace *trace;
    char line[256];
    bool told = false;

    assert_int_equal(r53_trace_new(&trace, NULL), R53_OK);
    assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, trace), R53_OK);
    assert_string_equal(s.target_id, "b1");
    for (size_t i = 0; i < r53_trace_count(trace); i++) {
        assert_int_equal(r53_trace_text(trace, i, line, sizeof(line), NULL), R53_OK);
        told = told || strstr(line, c->words);
    }
    assert_true(told);
    r53_trace_free(trace);
    fleet_world_free(&world);
}

/* The cookie chose the group, whatever became of it there. */
static void check_bound_to_empty(void **state)
{
    struct fleet_world world = fleet_world_make("alb a bind=99999 | t | u a1=ok", NULL);
    const r53_cookie cookie = {
        .size = sizeof(cookie), .kind = R53_COOKIE_AWSALBTG, .target_group_arn = "t"};
    const r53_cookie *list[] = {&cookie};
    const r53_request request = {
        .size = sizeof(request), .load_balancer = FLEET_ARN, .cookies = list, .n_cookies = 1};
    r53_selection s = {.size = sizeof(s)};

    (void)state;
    assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, NULL), R53_OK);
    assert_int_equal(s.status, 503);
    assert_int_equal(s.tg_sticky_hit, 1);
    fleet_world_free(&world);
}

/* Listeners with a policy: what an import takes. */
static const struct policy_case {
    const char *what;
    int32_t protocol, type;
    const char *name, *arn;
    int32_t rc;
} policy_cases[] = {
    {"ELB-CLB-09 a policy of an HTTP listener", R53_PROTOCOL_HTTP, R53_STICKINESS_LB_COOKIE, NULL,
     NULL, R53_OK},
    {"ELB-CLB-09 none of a TCP one", R53_PROTOCOL_TCP, R53_STICKINESS_LB_COOKIE, NULL, NULL,
     R53_E_INVALID},
    {"ELB-CLB-09 none of another kind", R53_PROTOCOL_HTTP, R53_STICKINESS_SOURCE_IP, NULL, NULL,
     R53_E_INVALID},
    {"ELB-CLB-09 none of a listener that is not Classic", R53_PROTOCOL_HTTP,
     R53_STICKINESS_LB_COOKIE, NULL, "arn:l", R53_E_INVALID},
    {"ELB-CLB-08 a policy names the application's cookie", R53_PROTOCOL_HTTPS,
     R53_STICKINESS_APP_COOKIE, "SID", NULL, R53_OK},
    {"ELB-CLB-08 or is refused", R53_PROTOCOL_HTTPS, R53_STICKINESS_APP_COOKIE, NULL, NULL,
     R53_E_INVALID},
};

static void check_policy(void **state)
{
    const struct policy_case *c = *state;
    const r53_listener listener = {.size = sizeof(listener),
                                   .protocol = c->protocol,
                                   .listener_arn = c->arn,
                                   .load_balancer_arn = FLEET_ARN,
                                   .port = 80,
                                   .instance_port = 80,
                                   .stickiness_type = c->type,
                                   .app_cookie_name = c->name};
    r53_cloud *cloud;
    r53_import *import;

    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    assert_int_equal(r53_import_new(&import, cloud, NULL, NULL), R53_OK);
    assert_int_equal(r53_import_listener(import, &listener), c->rc);
    r53_import_free(import);
    r53_cloud_free(cloud);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(sticky_cases) + COUNT(cookie_cases) + COUNT(trace_cases) +
                            COUNT(unfit_cases) + COUNT(policy_cases) + 4];
    size_t n = 0;

    ADD_CASES(tests, n, sticky_cases, check_talk);
    ADD_CASES(tests, n, cookie_cases, check_cookie);
    ADD_CASES(tests, n, trace_cases, check_trace);
    ADD_CASES(tests, n, unfit_cases, check_unfit);
    ADD_CASES(tests, n, policy_cases, check_policy);
    ADD_TEST(tests, n, "ELB-ALB-ACT-09 ELB-ALB-ERR-503 a cookie may lead to an empty group",
             check_bound_to_empty);
    ADD_TEST(tests, n, "ELB-STICK-03 ELB-STICK-17 ELB-IN-05 what a selection and its cookies say",
             check_selection);
    ADD_TEST(tests, n, "ELB-STICK-03 no cookie expires before it was issued, at the end of time",
             check_expiry);
    ADD_TEST(tests, n, "ELB-ALG-02 ELB-STICK-01 a sticky hit does not move the cursor",
             check_cursor);
    return RUN_TESTS("sticky", tests, n);
}
