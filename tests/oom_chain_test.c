/*
 * Requests through a Network Load Balancer to an Application one, begun while each allocation of
 * the state fails in turn: a begin that fails has changed neither the flow in front nor what is
 * known behind, the second try succeeds, and the end is as if nothing had failed.
 */
#include "support/elb_calls.h"
#include "support/harness.h"
#include "support/state_torture.h"

#include <r53/elb.h>

#include <stdio.h>

#define ZONES "zones=us-east-1a,us-east-1b"

static const char world[] =
    "create lb a1 " ZONES "\ncreate tg t1 HTTP:80\ncreate listener a1:80 HTTP -> t1\n"
    "register t1 i-1\nregister t1 i-2\nregister t1 i-3\n"
    "set tg t1 load_balancing.algorithm.type=least_outstanding_requests\n"
    "create tg u1 TCP:80 type=alb\nregister u1 a1\ncreate lb n1 " ZONES " xz\n"
    "create listener n1:443 TCP -> u1";

enum { REQUESTS = 40 };

/* Many connections, with more than one request on some. */
static r53_request request_of(int i)
{
    static char arn[ELB_ARN];

    return (r53_request){.size = sizeof(r53_request),
                         .load_balancer = elb_balancer_arn(arn, "n1"),
                         .availability_zone = i % 2 ? "us-east-1a" : "us-east-1b",
                         .source_address = "192.0.2.1",
                         .source_port = 1000 + i / 4,
                         .port = 443,
                         .seed = (uint64_t)i,
                         .now_ms = 1 + i};
}

/* What the state makes of a packet of each connection, and of a new one, as text. */
static void digest(char *out, const r53_view *view, const r53_elb_state *state)
{
    size_t at = 0;

    for (int i = 0; i < 2 * REQUESTS; i++) {
        r53_request request = request_of(i / 2);
        r53_selection s = {.size = sizeof(s)};

        request.established = i % 2;
        request.seed = 99;
        assert_int_equal(r53_elb_select(view, &request, state, &s, NULL), R53_OK);
        at += (size_t)snprintf(out + at, DIGEST_MAX - at, "%s/%s/%d/%d ", s.availability_zone,
                               s.target_id, (int)s.flow_known, (int)s.outcome);
        assert_true(at < DIGEST_MAX);
    }
}

static void check_chain(void **unused)
{
    static const struct state_script script = {REQUESTS, request_of, digest};
    r53_cloud *cloud;
    r53_view *view;

    (void)unused;
    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    assert_int_equal(elb_calls(cloud, world, NULL), R53_OK);
    assert_int_equal(r53_view_new(&view, cloud, NULL, 0, NULL), R53_OK);
    state_torture(view, &script);
    r53_view_release(view);
    r53_cloud_free(cloud);
}

int main(void)
{
    struct CMUnitTest tests[1];
    size_t n = 0;

    ADD_TEST(tests, n, "a state without memory: connections to a load balancer", check_chain);
    return RUN_TESTS("oom_chain", tests, n);
}
