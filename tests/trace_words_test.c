/*
 * What sentences of a trace name: certificates, protocols, actions, name servers, and what has no
 * name of its own.
 */
#include "support/harness.h"

#include <r53/r53.h>

#include "support/cloud_text.h"
#include "support/fleet_text.h"
#include "support/rule_text.h"
#include "support/trace_text.h"

/* Load balancers with rules (support/rule_text.h), and who asks them. */
static const struct ruled {
    const char *what, *lines, *request;
    int32_t jwt, auth;
    const char *server_name, *alpn[1];
    const char *told, *rule;
} ruled[] = {
    {"ELB-TLS-02 the certificate that is shown is told by its ARN",
     "listen https:443\ncert first names=a.test default\ncert second names=b.test\n",
     "GET /",
     0,
     0,
     "b.test",
     {NULL},
     "certificate second is shown",
     "ELB-TLS-02"},
    {"ELB-TLS-07 the protocol that is agreed on",
     "lb nlb\nlisten tls:443 alpn=HTTP2Preferred",
     "GET /",
     0,
     0,
     NULL,
     {"h2"},
     "h2 is agreed on for the connection",
     "ELB-TLS-07"},
    {"ELB-ALB-ACT-51 a token that is valid passes the action that looks at it",
     "listen https:443\n5 path=/in -> jwt then x",
     "GET /in | Authorization: Bearer e.e.e",
     R53_JWT_VALID,
     0,
     NULL,
     {NULL},
     "the request passes the jwt-validation action",
     "ELB-ALB-ACT-51"},
    {"ELB-ALB-ACT-40 a user with a session passes the action that asks for one",
     "listen https:443\n5 path=/in -> auth=deny then x",
     "GET /in",
     0,
     R53_AUTH_AUTHENTICATED,
     NULL,
     {NULL},
     "the request passes the authenticate-oidc action",
     "ELB-ALB-ACT-40"},
    {"ELB-ALB-COND-20 a condition on a header is told with the header's name",
     "5 header=X-Env:prod -> x",
     "GET /",
     0,
     0,
     NULL,
     {NULL},
     "rule 5 does not match: http-header X-Env does not hold",
     NULL},
};

static void tell_all(const r53_trace *trace)
{
    char line[500];

    for (size_t i = 0; i < r53_trace_count(trace); i++) {
        assert_int_equal(r53_trace_text(trace, i, line, sizeof(line), NULL), R53_OK);
        print_message("%s\n", line);
    }
}

static void expect_told(const r53_trace *trace, const char *text, const char *rule)
{
    if (trace_tells(trace, text, rule))
        return;
    tell_all(trace);
    fail_msg("not told: %s", text);
}

static void check_ruled(void **state)
{
    const struct ruled *c = *state;
    struct rule_world world = rule_world_make(c->lines, NULL);
    r53_selection selection = {.size = sizeof(selection)};
    struct request_spec request;
    r53_trace *trace;

    assert_int_equal(r53_trace_new(&trace, NULL), R53_OK);
    request_spec_read(&request, c->request);
    request.request.jwt_state = c->jwt;
    request.request.auth_state = c->auth;
    request.request.server_name = c->server_name;
    request.request.alpn_protocols = c->alpn;
    request.request.n_alpn_protocols = c->alpn[0] ? 1 : 0;
    assert_int_equal(r53_elb_select(world.view, &request.request, NULL, &selection, trace), R53_OK);
    expect_told(trace, c->told, c->rule);
    r53_trace_free(trace);
    rule_world_free(&world);
}

/* Clouds (support/cloud_text.h) and queries. */
static const struct asked {
    const char *what, *cloud, *query, *told, *rule;
} asked[] = {
    {"R53-DELEG-01 a referral names all servers of the cut",
     "sub NS ns1.example.net.,ns2.example.net.\n", "x.sub A",
     "the client is sent to the name servers of sub.example.com.: ns1.example.net., "
     "ns2.example.net.",
     "R53-DELEG-01"},
};

static void check_asked(void **state)
{
    const struct asked *c = *state;
    struct query_text query;
    struct world world;
    r53_answer *answer;
    r53_trace *trace;

    world_open(&world, c->cloud);
    assert_int_equal(r53_trace_new(&trace, NULL), R53_OK);
    assert_int_equal(r53_answer_new(&answer, NULL), R53_OK);
    query_parse(&query, c->query, strlen(c->query));
    assert_int_equal(r53_resolve(world.view, &query.query, answer, trace), R53_OK);
    expect_told(trace, c->told, c->rule);
    r53_answer_free(answer);
    r53_trace_free(trace);
    world_close(&world);
}

/* A record set that need not be in the zone has neither owner nor identifier to be told by. */
static void check_alias_alone(void **state)
{
    const r53_record_set alias = {.size = sizeof(alias),
                                  .type = R53_TYPE_A,
                                  .name = "other.example.com",
                                  .alias_hosted_zone_id = "ZONE1",
                                  .alias_dns_name = "www.example.com"};
    const r53_query query = {.size = sizeof(query), .name = "other.example.com"};
    struct world world;
    r53_answer *answer;
    r53_trace *trace;

    (void)state;
    world_open(&world, "www A 192.0.2.1\n");
    assert_int_equal(r53_trace_new(&trace, NULL), R53_OK);
    assert_int_equal(r53_answer_new(&answer, NULL), R53_OK);
    assert_int_equal(r53_alias_resolve(world.view, &query, &alias, answer, trace), R53_OK);
    expect_told(trace, "the record set is an alias to www.example.com.", NULL);
    r53_answer_free(answer);
    r53_trace_free(trace);
    world_close(&world);
}

/* A Classic load balancer has instances in place of target groups. */
static void check_instances(void **state)
{
    struct fleet_world world = fleet_world_make("clb a | tg1 a1=ok a2=bad", NULL);
    const r53_request request = {.size = sizeof(request), .load_balancer = FLEET_NAME};
    r53_selection selection = {.size = sizeof(selection)};
    r53_trace *trace;

    (void)state;
    assert_int_equal(r53_trace_new(&trace, NULL), R53_OK);
    assert_int_equal(r53_elb_select(world.view, &request, NULL, &selection, trace), R53_OK);
    expect_told(trace,
                "the registered instances: 1 healthy of 2 registered target(s) in the node's scope",
                NULL);
    r53_trace_free(trace);
    fleet_world_free(&world);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(ruled) + COUNT(asked) + 2];
    size_t n = 0;

    ADD_CASES(tests, n, ruled, check_ruled);
    ADD_CASES(tests, n, asked, check_asked);
    ADD_TEST(tests, n, "R53-ALIAS-02 an alias that is in no zone is told as the record set",
             check_alias_alone);
    ADD_TEST(tests, n, "ELB-CLB-05 instances of a Classic load balancer are told as such",
             check_instances);
    return RUN_TESTS("words of a trace", tests, n);
}
