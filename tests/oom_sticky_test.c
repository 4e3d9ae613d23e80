/*
 * States without memory: requests begin, end and are remembered in every way that a state knows,
 * while each allocation fails in turn. A begin that fails has changed nothing; the second try
 * succeeds, and the end is as if nothing had failed. What allocates nothing is called besides.
 */
#include "support/fleet_shares.h"
#include "support/fleet_text.h"
#include "support/harness.h"
#include "support/state_torture.h"
#include "support/torture.h"

#include <r53/elb.h>

#include <stdio.h>

enum { REQUESTS = 60 };

static const struct oom_case {
    const char *what, *world;
} oom_cases[] = {
    {"a state without memory: cursors", "alb a b | t xz=off a1-3=ok b1-3=ok"},
    {"a state without memory: requests in progress",
     "alb a b | t xz=off algo=least_outstanding_requests a1-3=ok b1-3=ok"},
    {"a state without memory: flows", "nlb a b | t a1-3=ok b1-3=ok"},
    {"a state without memory: flows and sources",
     "nlb bind=60 a b | t a1=ok b1=ok | u a2=ok b2=ok"},
    {"a state without memory: Gateway flows", "gwlb a | t rebalance a1-3=ok"},
    {"a state without memory: Classic", "clb http:80 stick=lb a | i a1-3=ok"},
};

static r53_request request_of(int i)
{
    static char addresses[REQUESTS][32];

    snprintf(addresses[i], sizeof(addresses[i]), "10.0.%d.1", i % 7);
    return (r53_request){.size = sizeof(r53_request),
                         .load_balancer = FLEET_ARN,
                         .source_address = addresses[i],
                         .source_port = 1000 + i,
                         .destination_address = "198.51.100.1",
                         .seed = (uint64_t)i,
                         .now_ms = 1 + i};
}

/* What the state makes of the next request, as text. */
static void digest(char *out, const r53_view *view, const r53_elb_state *state)
{
    r53_request request = request_of(REQUESTS - 1);
    size_t length = 0;

    out[0] = '\0';
    for (int zone = 0; zone < 2; zone++) {
        struct shares shares;

        request.availability_zone = zone ? "a" : NULL;
        shares_of(view, &request, state, &shares);
        for (size_t i = 0; i < shares.n && length < DIGEST_MAX; i++)
            length += (size_t)snprintf(out + length, DIGEST_MAX - length, "%s=%u/%u ",
                                       shares.list[i].name, (unsigned)shares.list[i].ratio.n,
                                       (unsigned)shares.list[i].ratio.d);
    }
}

static void check_state(void **state)
{
    const struct oom_case *c = *state;
    struct fleet_world world = fleet_world_make(c->world, NULL);
    static const struct state_script script = {REQUESTS, request_of, digest};

    state_torture(world.view, &script);
    fleet_world_free(&world);
}

static void check_observe(void **unused)
{
    struct torture torture = {0};
    r53_allocator allocator = torture_allocator(&torture);
    const r53_target target = {.size = sizeof(target), .id = "i-1"};
    r53_observed *observed;

    (void)unused;
    assert_int_equal(r53_observed_new(&observed, &allocator), R53_OK);
    for (long k = 1;; k++) {
        torture.fail_at = torture.calls + k;
        if (r53_observe_mitigation(observed, "t", &target, 10) == R53_OK)
            break;
        assert_true(k < 10);
    }
    r53_observed_free(observed);
    assert_int_equal(torture.live, 0);
}

/* Cookies need no memory at all. */
static void check_cookies(void **unused)
{
    static const uint8_t key[R53_COOKIE_KEY_SIZE] = {1};
    const r53_selection s = {.size = sizeof(s),
                             .outcome = R53_SELECTED_TARGET,
                             .target_group_arn = "t",
                             .target_id = "i-1",
                             .target_zone = "",
                             .target_port = 80,
                             .cookies = 1u << R53_COOKIE_AWSALB};
    char text[R53_COOKIE_TEXT_MAX], buffer[R53_COOKIE_TEXT_MAX];
    r53_cookie cookie = {.size = sizeof(cookie)}, opened = {.size = sizeof(opened)};

    (void)unused;
    assert_int_equal(r53_selection_cookie(&s, 0, 0, &cookie), R53_OK);
    assert_int_equal(r53_cookie_kind_number(r53_cookie_name(cookie.kind)), cookie.kind);
    assert_int_equal(r53_cookie_seal(key, &cookie, text, sizeof(text), NULL), R53_OK);
    assert_int_equal(r53_cookie_open(key, cookie.kind, text, &opened, buffer, sizeof(buffer)),
                     R53_OK);
    assert_string_equal(opened.target_id, "i-1");
}

int main(void)
{
    struct CMUnitTest tests[COUNT(oom_cases) + 2];
    size_t n = 0;

    ADD_CASES(tests, n, oom_cases, check_state);
    ADD_TEST(tests, n, "an observed weight without memory", check_observe);
    ADD_TEST(tests, n, "cookies need no memory", check_cookies);
    return RUN_TESTS("oom_sticky", tests, n);
}
