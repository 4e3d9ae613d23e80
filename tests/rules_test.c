/* Rules as a whole: which is taken, what stands in the way of a request, and what AWS refuses. */
#include "support/harness.h"
#include "support/regex_engine.h"
#include "support/rule_text.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/events.h"
#include "base/rules.h"

/* Requests: what the line cannot say is in `with`. */
static const struct request_case {
    const char *what, *rules, *request, *result;
    r53_request with;
} cases[] = {
    {"ELB-ALB-RULE-01 by number, not as given",
     "20 path=/* -> b\n3 path=/a* -> a\n100 path=* -> c",
     "GET /a",
     "a",
     {0}},
    {"ELB-ALB-RULE-01 the next one that matches",
     "20 path=/* -> b\n3 path=/a* -> a",
     "GET /b",
     "b",
     {0}},
    {"ELB-ALB-RULE-01 the default one comes last", "3 path=/a* -> a", "GET /b", "def", {0}},
    {"ELB-ALB-RULE-11 ELB-CASE-88 an empty group is no reason to go on",
     "group img empty\n10 path=/img/* -> img",
     "GET /img/x",
     "503",
     {0}},
    {"ELB-ALB-ACT-05 T12 weight 0 gets nothing", "5 path=* -> a:0,b:5", "GET /", "b", {0}},
    {"ELB-ALB-ACT-07 all weights 0", "5 path=* -> a:0,b:0", "GET /", "503", {0}},
    {"ELB-ALB-ACT-03 T27 a weighted rule", "5 path=* -> a:1,b:0", "GET /", "a", {0}},

    {"ELB-CASE-48 ELB-ALB-ERR-405 T20 TRACE", "5 path=* -> x", "TRACE /", "405", {0}},
    {"ELB-ALB-ERR-02 trace is another method", "5 path=* -> x", "trace /", "x", {0}},
    {"ELB-CASE-48 ELB-ALB-ERR-501 another encoding",
     "",
     "GET / | Transfer-Encoding: gzip",
     "501",
     {0}},
    {"ELB-ALB-ERR-501 chunked and identity", "", "GET / | Transfer-Encoding: Chunked", "def", {0}},
    {"ELB-ALB-ERR-505 an unknown version", "", "GET /", "505", {.http_version = R53_HTTP_OTHER}},
    {"ELB-ALB-ERR-400 a target that is none", "", "GET a/b", "400", {0}},
    {"ELB-ALB-ERR-400 T20 a method that is none", "", "GET/x /", "400", {0}},
    {"ELB-ALB-ERR-400 a body that did not come", "", "POST /", "400", {.incomplete_body = 1}},
    {"ELB-ALB-ERR-400 severe", "", "GET /", "400", {.desync_class = R53_DESYNC_SEVERE}},
    {"ELB-ALB-ERR-400 ambiguous passes",
     "",
     "GET /",
     "def",
     {.desync_class = R53_DESYNC_AMBIGUOUS}},
    {"ELB-ALB-ERR-400 but not the strictest",
     "lb desync=3",
     "GET /",
     "400",
     {.desync_class = R53_DESYNC_ACCEPTABLE}},
    {"ELB-ALB-ERR-400 monitoring refuses nothing",
     "lb desync=1",
     "GET /",
     "def",
     {.desync_class = R53_DESYNC_SEVERE}},
    {"ELB-ALB-ERR-01 form before method", "", "TRACE a", "400", {0}},
    {"ELB-ALB-ERR-01 encoding before version",
     "",
     "GET / | Transfer-Encoding: gzip",
     "501",
     {.http_version = R53_HTTP_OTHER}},
    {"ELB-ALB-ERR-01 version before method",
     "",
     "TRACE /",
     "505",
     {.http_version = R53_HTTP_OTHER}},

    {"ELB-ALB-ERR-464T ELB-CASE-47 ELB-ALB-ERR-464 HTTP/1.1 to GRPC",
     "group g version=3\n5 path=* -> g",
     "GET /",
     "464",
     {0}},
    {"ELB-ALB-ERR-464T ELB-CASE-47 HTTP/2 GET to GRPC",
     "listen https:443\ngroup g version=3\n5 path=* -> g",
     "GET /",
     "464",
     {.http_version = R53_HTTP_2}},
    {"ELB-ALB-ERR-464T ELB-CASE-47 HTTP/2 POST to GRPC",
     "listen https:443\ngroup g version=3\n5 path=* -> g",
     "POST /",
     "g",
     {.http_version = R53_HTTP_2}},
    {"ELB-ALB-ERR-464T gRPC to GRPC",
     "listen https:443\ngroup g version=3\n5 path=* -> g",
     "POST / | Content-Type: application/grpc+proto",
     "g",
     {.http_version = R53_HTTP_2}},
    {"ELB-ALB-ERR-464T gRPC to HTTP1",
     "listen https:443\n5 path=* -> g",
     "POST / | content-type: application/grpc",
     "464",
     {.http_version = R53_HTTP_2}},
    {"ELB-ALB-ERR-464T HTTP/1.0 to HTTP2",
     "group g version=2\n5 path=* -> g",
     "GET /",
     "464",
     {.http_version = R53_HTTP_1_0}},
    {"ELB-ALB-ERR-464T HTTP/2 to HTTP2",
     "listen https:443\ngroup g version=2\n5 path=* -> g",
     "GET /",
     "g",
     {.http_version = R53_HTTP_2}},
    {"ELB-ALB-ERR-464T HTTP/2 to HTTP1",
     "listen https:443\n5 path=* -> g",
     "GET /",
     "g",
     {.http_version = R53_HTTP_2}},
    {"ELB-ALB-ERR-411 a request that says no length goes on",
     "5 path=* -> g",
     "POST /",
     "g",
     {0}},
    {"ELB-ALB-ERR-411 also to a function",
     "group f lambda\n5 path=* -> f",
     "POST / | Transfer-Encoding: chunked",
     "f",
     {0}},
    {"ELB-ALB-ERR-413 a large body for a function",
     "group f lambda\n5 path=* -> f",
     "POST /",
     "413",
     {.content_length = 1048577}},
    {"ELB-ALB-ERR-413 not too large",
     "group f lambda\n5 path=* -> f",
     "POST /",
     "f",
     {.content_length = 1048576}},
    {"ELB-ALB-ERR-413 an instance takes any",
     "5 path=* -> f",
     "POST /",
     "f",
     {.content_length = 1048577}},
    {"ELB-ALB-ERR-400 an upgrade for a function",
     "group f lambda\n5 path=* -> f",
     "GET / | Upgrade: WebSocket",
     "400",
     {0}},

    {"ELB-CASE-46 ELB-ALB-ACT-40 ELB-ALB-ERR-401 no session, denied",
     "listen https:443\n5 path=* -> auth=deny then x",
     "GET /",
     "401",
     {0}},
    {"ELB-CASE-46 ELB-ALB-ACT-41 an expired one is renewed",
     "listen https:443\n5 path=* -> auth=deny then x",
     "GET /",
     "302",
     {.auth_state = R53_AUTH_EXPIRED}},
    {"ELB-CASE-46 ELB-ALB-ACT-40 allowed without",
     "listen https:443\n5 path=* -> auth=allow then x",
     "GET /",
     "x",
     {0}},
    {"ELB-ALB-ACT-40 sent to the provider",
     "listen https:443\n5 path=* -> auth=authenticate then x",
     "GET /",
     "302",
     {.auth_state = R53_AUTH_NONE}},
    {"ELB-ALB-ACT-43 a session",
     "listen https:443\n5 path=* -> auth=authenticate then x",
     "GET /",
     "x",
     {.auth_state = R53_AUTH_AUTHENTICATED}},
    {"ELB-ALB-ACT-42 ELB-ALB-ERR-561 the provider's error",
     "listen https:443\n5 path=* -> auth=allow then x",
     "GET /",
     "561",
     {.auth_state = R53_AUTH_IDP_ERROR}},
    {"ELB-ALB-ACT-42 ELB-ALB-ERR-500 the provider out of reach",
     "listen https:443\n5 path=* -> auth=allow then x",
     "GET /",
     "500",
     {.auth_state = R53_AUTH_IDP_UNREACHABLE}},
    {"ELB-ALB-ACT-42 the provider refuses",
     "listen https:443\n5 path=* -> auth=allow then x",
     "GET /",
     "401",
     {.auth_state = R53_AUTH_REFUSED}},
    {"ELB-ALB-ERR-401 no host to come back to",
     "listen https:443\n5 path=* -> auth=authenticate then x",
     "GET /",
     "401",
     {.http_version = R53_HTTP_1_0}},
    {"ELB-ALB-ACT-43 back from the provider, before rules",
     "listen https:443\n5 path=* -> x\n6 path=/no -> auth=deny then x",
     "GET /oauth2/idpresponse?code=1",
     "302",
     {0}},
    {"ELB-ALB-ACT-43 with an error",
     "listen https:443\n5 path=* -> auth=deny then x",
     "GET /oauth2/idpresponse",
     "561",
     {.auth_state = R53_AUTH_IDP_ERROR}},
    {"ELB-ALB-ACT-43 a path like others where nobody logs in",
     "5 path=* -> x",
     "GET /oauth2/idpresponse",
     "x",
     {0}},
    {"ELB-CASE-45 ELB-ALB-ACT-51 no token",
     "listen https:443\n5 path=* -> jwt then x",
     "GET /",
     "401",
     {.jwt_state = R53_JWT_VALID}},
    {"ELB-CASE-45 ELB-ALB-ERR-500 keys out of reach",
     "listen https:443\n5 path=* -> jwt then x",
     "GET / | Authorization: Bearer e.e.e",
     "500",
     {.jwt_state = R53_JWT_JWKS_UNREACHABLE}},
    {"ELB-ALB-ACT-51 ELB-ALB-ERR-562 no key set",
     "listen https:443\n5 path=* -> jwt then x",
     "GET / | Authorization: Bearer e.e.e",
     "562",
     {.jwt_state = R53_JWT_JWKS_BAD}},
    {"ELB-ALB-ACT-51 not valid",
     "listen https:443\n5 path=* -> jwt then x",
     "GET / | Authorization: Bearer e.e.e",
     "401",
     {0}},
    {"ELB-ALB-ACT-51 valid",
     "listen https:443\n5 path=* -> jwt then x",
     "GET / | Authorization: bearer e.e.e",
     "x",
     {.jwt_state = R53_JWT_VALID}},
    {"ELB-ALB-ACT-51 another scheme",
     "listen https:443\n5 path=* -> jwt then x",
     "GET / | Authorization: Basic abc",
     "401",
     {.jwt_state = R53_JWT_VALID}},

    {"ELB-ALB-SEL-07 ELB-ALB-ERR-403 blocked", "", "GET /", "403", {.waf_state = R53_WAF_BLOCK}},
    {"ELB-ALB-SEL-07 ELB-ALB-ERR-500 an error of the web ACL",
     "",
     "GET /",
     "500",
     {.waf_state = R53_WAF_ERROR}},
    {"ELB-ALB-SEL-07 that opens", "lb waf-open", "GET /", "def", {.waf_state = R53_WAF_ERROR}},
    {"ELB-ALB-SEL-07 after the session",
     "listen https:443\n5 path=* -> auth=deny then x",
     "GET /",
     "401",
     {.waf_state = R53_WAF_BLOCK}},
    {"ELB-ALB-SEL-01 ELB-ALB-SEL-07 before the action",
     "5 path=* -> fixed 404",
     "GET /",
     "403",
     {.waf_state = R53_WAF_BLOCK}},
    {"ELB-ALB-SEL-01 transforms before the action",
     "5 path=* url~^.*$=>none -> fixed 404",
     "GET /",
     "500",
     {0}},
    {"ELB-ALB-SEL-01 checks before rules", "5 path=* -> fixed 404", "TRACE /", "405", {0}},
    {"ELB-ALB-SEL-01 the handshake before all",
     "listen https:443 mtls=3\n5 path=* -> fixed 404",
     "TRACE /",
     "tls-failed",
     {0}},

    {"ELB-CASE-43 ELB-ALB-ACT-30 a fixed response",
     "5 path=* -> fixed 404 type=text/plain body=no",
     "GET /",
     "404 text/plain no",
     {0}},
    {"ELB-ALB-ACT-31 plain and empty", "5 path=* -> fixed 200", "GET /", "200 text/plain ", {0}},
    {"ELB-ALB-ACT-30 a default one",
     "default -> fixed 503 type=text/html body=x",
     "GET /",
     "503 text/html x",
     {0}},

    {"ELB-LSN-24 a network load balancer's rule",
     "lb nlb\nlisten tcp:80\n5 family=ipv4 -> v4\n6 family=ipv6 -> v6",
     "GET /",
     "v4",
     {0}},
    {"ELB-LSN-24 by the other family",
     "lb nlb\nlisten tcp:80\n5 family=ipv4 -> v4\n6 family=ipv6 -> v6",
     "GET /",
     "v6",
     {.source_address = "2001:db8::1"}},
    {"ELB-LSN-24 else the default action",
     "lb nlb\nlisten tcp:80\n6 family=ipv6 -> v6",
     "GET /",
     "def",
     {0}},
    {"ELB-LSN-24 below HTTP nothing is checked",
     "lb nlb\nlisten tcp:80\n6 family=ipv6 -> v6",
     "TRACE nonsense",
     "def",
     {0}},
    {"ELB-LSN-12 HTTP/2 where nothing was agreed on",
     "5 path=* -> x",
     "GET /",
     "505",
     {.http_version = R53_HTTP_2}},
    {"ELB-LSN-12 HTTP/2 on HTTPS",
     "listen https:443\n5 path=* -> x",
     "GET /",
     "x",
     {.http_version = R53_HTTP_2}},
    {"ELB-LSN-12 HTTP/1.0 anywhere", "5 path=* -> x", "GET /", "x", {.http_version = R53_HTTP_1_0}},
    {"ELB-LSN-12 ELB-LB-36 HTTP/2 that is not offered",
     "lb http1\nlisten https:443\n5 path=* -> x",
     "GET /",
     "505",
     {.http_version = R53_HTTP_2}},
};

/* The line's request, with what `with` says besides. */
static void request_with(struct request_spec *spec, const char *line, const r53_request *with)
{
    request_spec_read(spec, line);
    if (with->source_address)
        spec->request.source_address = with->source_address;
    spec->request.http_version = with->http_version;
    spec->request.auth_state = with->auth_state;
    spec->request.jwt_state = with->jwt_state;
    spec->request.waf_state = with->waf_state;
    spec->request.desync_class = with->desync_class;
    spec->request.incomplete_body = with->incomplete_body;
    spec->request.content_length = with->content_length;
}

static void check_case(void **state)
{
    const struct request_case *c = *state;
    struct regex_counts counts = {0};
    r53_regex_engine engine = regex_engine(&counts);
    r53_cloud_options options = {.size = sizeof(options), .regex = &engine};
    struct rule_world world = rule_world_make(c->rules, &options);
    struct request_spec request;
    char result[64];

    request_with(&request, c->request, &c->with);
    rule_result(world.view, &request.request, result, sizeof(result));
    assert_string_equal(result, c->result);
    rule_world_free(&world);
}

/* Sizes */

static void expect_sized(const r53_view *view, size_t url, size_t name, size_t value,
                         uint32_t headers, const char *expected)
{
    char *u = calloc(1, url + 1), *n = calloc(1, name + 1), *v = calloc(1, value + 1);
    r53_header list[8];
    r53_request request = {.size = sizeof(request),
                           .load_balancer = RULE_LB,
                           .url = u,
                           .headers = list,
                           .n_headers = headers};
    char result[64];

    memset(u, 'a', url);
    u[0] = '/';
    memset(n, 'n', name);
    memset(v, 'v', value);
    for (uint32_t i = 0; i < headers; i++)
        list[i] = (r53_header){n, v};
    rule_result(view, &request, result, sizeof(result));
    assert_string_equal(result, expected);
    free(u);
    free(n);
    free(v);
}

static void check_sizes(void **unused)
{
    struct rule_world world = rule_world_make("", NULL);

    (void)unused;
    expect_sized(world.view, 1, 1, 16380, 1, "def");     /* a line of 16383 bytes */
    expect_sized(world.view, 1, 1, 16381, 1, "400");     /* ELB-ALB-ERR-05 */
    expect_sized(world.view, 1, 1, 17 * 1024, 1, "400"); /* ELB-CASE-48 */
    expect_sized(world.view, 1, 1, 10000, 6, "def");
    expect_sized(world.view, 1, 1, 10000, 7, "400"); /* above 65536 in all */
    expect_sized(world.view, 16371, 1, 1, 0, "def");
    expect_sized(world.view, 16384, 1, 1, 0, "400"); /* the line, not the URL */
    expect_sized(world.view, 16385, 1, 1, 0, "414"); /* ELB-ALB-ERR-414 */
    rule_world_free(&world);
}

static void check_forwarded(void **unused)
{
    struct rule_world world = rule_world_make("5 path=* -> x", NULL);
    char value[31 * 12], *at = value, result[64];
    r53_header headers[2] = {{"X-Forwarded-For", value}, {"x-forwarded-for", "10.0.0.1"}};
    r53_request request = {
        .size = sizeof(request), .load_balancer = RULE_LB, .headers = headers, .n_headers = 1};

    (void)unused;
    for (int i = 0; i < 30; i++)
        at += sprintf(at, "%s10.0.0.%d", i ? ", " : "", i);
    rule_result(world.view, &request, result, sizeof(result));
    assert_string_equal(result, "x");
    request.n_headers = 2;
    rule_result(world.view, &request, result, sizeof(result));
    assert_string_equal(result, "463"); /* the 31st in a header of its own */
    rule_world_free(&world);
}

/* What a selection says */

static r53_selection selected(const r53_view *view, const char *line)
{
    r53_selection s = {.size = sizeof(s)};
    struct request_spec request;

    request_spec_read(&request, line);
    assert_int_equal(r53_elb_select(view, &request.request, NULL, &s, NULL), R53_OK);
    return s;
}

static void check_selection(void **unused)
{
    struct rule_world world =
        rule_world_make("7 path=/a -> x\ndefault -> def", NULL); /* imported as a rule as well */
    r53_selection s = selected(world.view, "GET /a");

    (void)unused;
    assert_int_equal(s.matched_priority, 7);
    assert_string_equal(s.rule_arn, RULE_ARN "7");
    assert_string_equal(s.target_id, "x-1");
    s = selected(world.view, "GET /b");
    assert_int_equal(s.matched_priority, 0);
    assert_string_equal(s.rule_arn, RULE_ARN "default");
    s = selected(world.view, "TRACE /");
    assert_int_equal(s.matched_priority, -1);
    assert_string_equal(s.rule_arn, "");
    assert_string_equal(s.content_type, "");
    rule_world_free(&world);
}

static void check_trace(void **unused)
{
    static const struct {
        int32_t event, rule;
        const char *text;
    } wanted[] = {
        {EVENT_RULE_PASSED_OVER, RULE_ELB_ALB_RULE_03,
         "rule 3 does not match: http-header X-A does not hold"},
        {EVENT_RULE_PASSED_OVER, RULE_ELB_ALB_RULE_03,
         "rule 5 does not match: path-pattern does not hold"},
        {EVENT_RULE_MATCHED, RULE_ELB_ALB_RULE_01, "rule 7 matches"},
        {EVENT_RULE_FORWARD, RULE_ELB_ALB_ACT_03, "rule 7 forwards to 2 target group(s)"},
    };
    struct rule_world world =
        rule_world_make("3 path=/a header=X-A:b -> x\n5 path=/b -> y\n7 path=/a -> x:1,y:1", NULL);
    struct request_spec request;
    r53_selection s = {.size = sizeof(s)};
    size_t at = 0;
    r53_trace *trace;

    (void)unused;
    assert_int_equal(r53_trace_new(&trace, NULL), R53_OK);
    request_spec_read(&request, "GET /a");
    assert_int_equal(r53_elb_select(world.view, &request.request, NULL, &s, trace), R53_OK);
    for (size_t i = 0; i < r53_trace_count(trace) && at < COUNT(wanted); i++) {
        r53_trace_entry entry = {.size = sizeof(entry)};
        char text[128];

        assert_int_equal(r53_trace_get(trace, i, &entry), R53_OK);
        if (entry.event != wanted[at].event)
            continue;
        assert_int_equal(entry.rule, wanted[at].rule);
        assert_int_equal(r53_trace_text(trace, i, text, sizeof(text), NULL), R53_OK);
        assert_string_equal(text, wanted[at++].text);
    }
    assert_int_equal(at, COUNT(wanted));
    r53_trace_free(trace);
    rule_world_free(&world);
}

/* TLS */

#define CERTS                                                                                      \
    "listen https:443\n"                                                                           \
    "cert base names=base.test,shared.test default\n"                                              \
    "cert rsa names=a.test,*.wild.test\n"                                                          \
    "cert ec names=a.test key=EC_prime256v1\n"                                                     \
    "cert old names=old.test key=RSA_4096 after=400\n"                                             \
    "cert new names=old.test after=900\n"                                                          \
    "cert md5 names=hash.test sig=MD5WITHRSA key=RSA_4096\n"                                       \
    "cert sha names=hash.test,shared.test sig=SHA1WITHRSA\n"

static const struct tls_case {
    const char *what, *name, *certificate;
    int32_t keys;
} tls_cases[] = {
    {"ELB-TLS-01 no name", NULL, "base", 0},
    {"ELB-TLS-01 a name that no certificate is for", "x.test", "base", 0},
    {"ELB-TLS-02 ECDSA before RSA", "A.test", "ec", 0},
    {"ELB-TLS-02 as far as the client can", "a.test", "rsa", R53_TLS_RSA_ONLY},
    {"ELB-TLS-02 none that it can use", "x.test", "", R53_TLS_ECDSA_ONLY},
    {"ELB-TLS-02 not expired before longer keys", "old.test", "new", 0},
    {"ELB-TLS-02 SHA before MD5", "hash.test", "sha", 0},
    {"ELB-TLS-03 the default one takes part", "shared.test", "base", 0},
    {"ELB-TLS-04 one label", "b.wild.test", "rsa", 0},
    {"ELB-TLS-04 not two", "c.b.wild.test", "base", 0},
    {"ELB-TLS-04 not none", "wild.test", "base", 0},
};

static void check_tls(void **state)
{
    const struct tls_case *c = *state;
    struct rule_world world = rule_world_make(CERTS, NULL);
    r53_selection s = {.size = sizeof(s)};
    struct request_spec request;

    request_spec_read(&request, "GET /");
    request.request.server_name = c->name;
    request.request.tls_keys = c->keys;
    assert_int_equal(r53_elb_select(world.view, &request.request, NULL, &s, NULL), R53_OK);
    assert_string_equal(s.certificate_arn, c->certificate);
    assert_int_equal(s.outcome, *c->certificate ? R53_SELECTED_TARGET : R53_SELECTED_TLS_FAILED);
    rule_world_free(&world);
}

static void check_validity(void **unused)
{
    struct rule_world world = rule_world_make("listen https:443\n"
                                              "cert first names=a.test after=900\n"
                                              "cert longer names=a.test,b.test after=1000\n"
                                              "cert same names=b.test after=1000\n",
                                              NULL);
    struct request_spec request;
    r53_selection s = {.size = sizeof(s)};

    (void)unused;
    request_spec_read(&request, "GET /");
    request.request.server_name = "a.test";
    assert_int_equal(r53_elb_select(world.view, &request.request, NULL, &s, NULL), R53_OK);
    assert_string_equal(s.certificate_arn, "longer");
    request.request.server_name = "b.test";
    assert_int_equal(r53_elb_select(world.view, &request.request, NULL, &s, NULL), R53_OK);
    assert_string_equal(s.certificate_arn, "longer"); /* added first */
    rule_world_free(&world);
}

/* ELB-TLS-06 */
static void check_server_name(void **unused)
{
    struct rule_world world = rule_world_make(CERTS "5 host=b.test -> b", NULL);
    struct request_spec request;
    char result[64];

    (void)unused;
    request_spec_read(&request, "GET / | Host: b.test");
    request.request.server_name = "a.test";
    rule_result(world.view, &request.request, result, sizeof(result));
    assert_string_equal(result, "b");
    rule_world_free(&world);
}

static const struct alpn_case {
    const char *what, *policy, *offers[2], *agreed;
} alpn_cases[] = {
    {"ELB-TLS-07 HTTP/2 preferred", "HTTP2Preferred", {"http/1.1", "h2"}, "h2"},
    {"ELB-TLS-07 HTTP/2 optional", "HTTP2Optional", {"h2", "http/1.1"}, "http/1.1"},
    {"ELB-TLS-07 HTTP/2 if nothing else", "HTTP2Optional", {"h2", "spdy"}, "h2"},
    {"ELB-TLS-07 HTTP/1 only", "HTTP1Only", {"h2", "http/1.0"}, "http/1.0"},
    {"ELB-TLS-07 HTTP/2 only", "HTTP2Only", {"http/1.1", "http/1.0"}, ""},
    {"ELB-TLS-07 none", "None", {"h2", "http/1.1"}, ""},
};

static void check_alpn(void **state)
{
    const struct alpn_case *c = *state;
    struct rule_world world;
    r53_selection s = {.size = sizeof(s)};
    struct request_spec request;
    char lines[80];

    snprintf(lines, sizeof(lines), "lb nlb\nlisten tls:443 alpn=%s", c->policy);
    world = rule_world_make(lines, NULL);
    request_spec_read(&request, "GET /");
    request.request.alpn_protocols = c->offers;
    request.request.n_alpn_protocols = 2;
    assert_int_equal(r53_elb_select(world.view, &request.request, NULL, &s, NULL), R53_OK);
    assert_string_equal(s.alpn_protocol, c->agreed);
    assert_int_equal(s.outcome, R53_SELECTED_TARGET);
    rule_world_free(&world);
}

static void check_mutual(void **unused)
{
    static const struct {
        const char *lines;
        int32_t shown, outcome;
    } rows[] = {
        {"listen https:443 mtls=3", 0, R53_SELECTED_TLS_FAILED},
        {"listen https:443 mtls=3", R53_CLIENT_CERTIFICATE_UNTRUSTED, R53_SELECTED_TLS_FAILED},
        {"listen https:443 mtls=3", R53_CLIENT_CERTIFICATE_TRUSTED, R53_SELECTED_TARGET},
        {"listen https:443 mtls=2", 0, R53_SELECTED_TARGET},
        {"listen https:443", R53_CLIENT_CERTIFICATE_UNTRUSTED, R53_SELECTED_TARGET},
    };

    (void)unused;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct rule_world world = rule_world_make(rows[i].lines, NULL);
        r53_selection s = {.size = sizeof(s)};
        struct request_spec request;

        request_spec_read(&request, "GET /");
        request.request.client_certificate = rows[i].shown;
        assert_int_equal(r53_elb_select(world.view, &request.request, NULL, &s, NULL), R53_OK);
        assert_int_equal(s.outcome, rows[i].outcome);
        rule_world_free(&world);
    }
}

/* The change door */

static const struct refusal_case {
    const char *what, *world, *rule;
    int32_t rc;
    const char *aws_name, *text; /* the text's beginning */
} refusals[] = {
    {"ELB-CASE-49 ELB-ALB-RULE-02 ELB-VAL-01 priority 0", "", "0 path=/ -> def", R53_E_INVALID,
     "ValidationError", "The priority '0' is invalid"},
    {"ELB-CASE-49 ELB-VAL-01 priority 50001", "", "50001 path=/ -> def", R53_E_INVALID,
     "ValidationError", "The priority '50001' is invalid"},
    {"ELB-CASE-49 ELB-VAL-20 ELB-VAL-21 a priority in use", "5 path=/ -> def", "05 path=/ -> def",
     R53_E_EXISTS, "PriorityInUse", "The specified priority is in use."},
    {"ELB-ALB-RULE-02 no word but default", "", "x path=/ -> def", R53_E_INVALID, "ValidationError",
     "The priority 'x' is invalid"},
    {"ELB-VAL-08 no default rule is created", "", "default -> def", R53_E_INVALID,
     "ValidationError", "The priority 'default' is invalid"},
    {"ELB-CASE-50 ELB-ALB-RULE-06 ELB-LIM-14 ELB-VAL-21 six values", "",
     "5 host=a.b,a.c path=/a,/b header=X:a,b -> def", R53_E_INVALID, "ValidationError",
     "A rule can only have '5' condition values"},
    {"ELB-ALB-RULE-07 ELB-CONF-06 ELB-LIM-14 seven wildcards", "", "5 path=*a*a*a*,?a?a? -> def",
     R53_E_INVALID, "ValidationError", "A rule can only have '6' wildcards"},
    {"ELB-ALB-RULE-03 ELB-VAL-08 no condition", "", "5 -> def", R53_E_INVALID, "ValidationError",
     "A condition must be specified"},
    {"ELB-ALB-RULE-04 two conditions on the path", "", "5 path=/a path=/b -> def", R53_E_INVALID,
     "ValidationError", "A rule can only have one 'path-pattern' condition"},
    {"ELB-VAL-21 ELB-VAL-23 no value", "", "5 path= -> def", R53_E_INVALID, "ValidationError",
     "A condition value must be specified"},
    {"ELB-VAL-21 no address", "", "5 source= -> def", R53_E_INVALID, "ValidationError",
     "A 'source-ip' value must be specified"},
    {"ELB-ALB-COND-10 a host without dot", "", "5 host=localhost -> def", R53_E_INVALID,
     "ValidationError", "The 'host-header' value 'localhost' is invalid"},
    {"ELB-ALB-COND-10 an address is no host", "", "5 host=10.0.0.1 -> def", R53_E_INVALID,
     "ValidationError", "The 'host-header' value '10.0.0.1' is invalid"},
    {"ELB-ALB-COND-20 a path's alphabet", "", "5 path=/a%20 -> def", R53_E_INVALID,
     "ValidationError", "The 'path-pattern' value '/a%20' is invalid"},
    {"ELB-ALB-COND-30 not the host", "", "5 header=hOST:a -> def", R53_E_INVALID, "ValidationError",
     "The 'HttpHeaderName' value 'hOST' is invalid"},
    {"ELB-ALB-COND-30 no wildcard in a header's name", "", "5 header=X(:a -> def", R53_E_INVALID,
     "ValidationError", "The 'HttpHeaderName' value 'X(' is invalid"},
    {"ELB-VAL-04 ELB-VAL-21 ELB-ALB-COND-30 a long header name", "",
     "5 header=Xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa:a -> def", R53_E_INVALID,
     "ValidationError", "The 'HttpHeaderName' value is too long; the limit is '40'"},
    {"ELB-VAL-04 ELB-VAL-21 ELB-ALB-COND-10 a long host", "",
     "5 "
     "host=a."
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa -> def",
     R53_E_INVALID, "ValidationError", "The 'host-header' value is too long; the limit is '128'"},
    {"ELB-ALB-COND-40 ELB-VAL-21 T20 a method's alphabet", "", "5 method=GET/x -> def",
     R53_E_INVALID, "ValidationError", "The 'http-request-method' value is invalid; the allowed"},
    {"ELB-VAL-23 ELB-ALB-COND-50 a key without a value", "", "5 query=a: -> def", R53_E_INVALID,
     "ValidationError", "the key 'a' comes without a value"},
    {"ELB-ALB-COND-60 the broadcast address", "", "5 source=255.255.255.255/32 -> def",
     R53_E_INVALID, "ValidationError", "The 'source-ip' value '255.255.255.255/32'"},
    {"ELB-ALB-COND-60 no block", "", "5 source=10.0.0.1 -> def", R53_E_INVALID, "ValidationError",
     "The 'source-ip' value '10.0.0.1'"},
    {"ELB-VAL-23 ELB-ALB-COND-60 no address", "", "5 source=10.* -> def", R53_E_INVALID,
     "ValidationError", "'10.*' is not a CIDR block"},
    {"ELB-ALB-COND-70 without an engine", "", "5 path~a -> def", R53_E_UNSUPPORTED, "",
     "'a' is a regular expression, but the cloud has no engine"},
    {"ELB-ALB-XFORM-01 without an engine", "", "5 path=/ url~a=>b -> def", R53_E_UNSUPPORTED, "",
     "'a' is a regular expression, but the cloud has no engine"},
    {"ELB-ALB-ACT-01 no ending", "", "5 path=/ -> auth=deny", R53_E_INVALID, "ValidationError",
     "A rule must have exactly one forward"},
    {"ELB-ALB-ACT-01 two endings", "", "5 path=/ -> def then fixed 404", R53_E_INVALID,
     "ValidationError", "A rule must have exactly one forward"},
    {"ELB-ALB-ACT-01 the ending last", "listen https:443", "5 path=/ -> def then auth=deny",
     R53_E_INVALID, "ValidationError", "The forward, redirect or fixed-response action must be"},
    {"ELB-ALB-ACT-01 two of the same order", "listen https:443",
     "5 path=/ -> auth=deny order=3 then def order=3", R53_E_INVALID, "ValidationError",
     "The forward, redirect or fixed-response action must be the last one"},
    {"ELB-ALB-ACT-01 logging in on HTTP", "", "5 path=/ -> auth=deny then def", R53_E_INVALID,
     "InvalidLoadBalancerAction", "Authenticate and jwt-validation actions need an HTTPS"},
    {"ELB-ALB-ACT-01 ELB-VAL-20 two guards", "listen https:443",
     "5 path=/ -> auth=deny then jwt then def", R53_E_INVALID, "TooManyActions",
     "A rule can only have one authenticate"},
    {"ELB-VAL-01 an order", "", "5 path=/ -> fixed 404 order=50001", R53_E_INVALID,
     "ValidationError", "The order of an action must be between"},
    {"ELB-VAL-08 no action", "", "5 path=/ ->", R53_E_INVALID, "ValidationError",
     "An action must be specified"},
    {"ELB-LIM-08 ELB-ALB-ACT-03 six groups", "", "5 path=/ -> a,b,c,d,e,f", R53_E_INVALID,
     "ValidationError", "A forward action must have from 1 to 5 target groups"},
    {"ELB-VAL-01 a weight", "", "5 path=/ -> def:1000", R53_E_INVALID, "ValidationError",
     "The weight of 'def' must be between"},
    {"ELB-VAL-01 a duration", "", "5 path=/ -> def sticky=604801", R53_E_INVALID, "ValidationError",
     "Target group stickiness duration must be between"},
    {"ELB-VAL-20 an unknown group", "", "5 path=/ -> nowhere", R53_E_NOT_FOUND,
     "TargetGroupNotFound", "One or more target groups not found: 'nowhere'"},
    {"ELB-CASE-42 ELB-ALB-ACT-21 a loop", "", "5 path=/ -> redirect HTTP_301", R53_E_INVALID,
     "InvalidLoadBalancerAction", "The redirect configuration is not valid because it creates"},
    {"ELB-ALB-ACT-21 a query alone is a loop", "", "5 path=/ -> redirect HTTP_301 query=a",
     R53_E_INVALID, "InvalidLoadBalancerAction", "The redirect configuration is not valid"},
    {"ELB-CASE-42 ELB-ALB-ACT-21 down to HTTP", "listen https:443",
     "5 path=/ -> redirect HTTP_301 protocol=HTTP", R53_E_INVALID, "InvalidLoadBalancerAction",
     "A redirect from HTTPS to HTTP is not allowed"},
    {"ELB-ALB-ACT-20 another status", "", "5 path=/ -> redirect HTTP_303 port=81", R53_E_INVALID,
     "ValidationError", "The redirect status code 'HTTP_303' is invalid"},
    {"ELB-VAL-03 another protocol", "", "5 path=/ -> redirect HTTP_301 protocol=FTP", R53_E_INVALID,
     "ValidationError", "The redirect protocol 'FTP' is invalid"},
    {"ELB-ALB-ACT-20 port 0", "", "5 path=/ -> redirect HTTP_301 port=0", R53_E_INVALID,
     "ValidationError", "The redirect port '0' is invalid"},
    {"ELB-ALB-ACT-20 a relative path", "", "5 path=/ -> redirect HTTP_301 path=a", R53_E_INVALID,
     "ValidationError", "The redirect path 'a' must start with '/'"},
    {"ELB-ALB-ACT-20 a question mark", "", "5 path=/ -> redirect HTTP_301 port=81 query=?a",
     R53_E_INVALID, "ValidationError", "The redirect query '?a' must not start with"},
    {"ELB-VAL-03 an empty host", "", "5 path=/ -> redirect HTTP_301 host=", R53_E_INVALID,
     "ValidationError", "The redirect host '' must have 1 to 128"},
    {"ELB-ALB-ACT-22 a keyword out of place", "", "5 path=/ -> redirect HTTP_301 host=#{path}.test",
     R53_E_INVALID, "ValidationError", "The keyword at '#{path}.test' cannot be used there"},
    {"ELB-ALB-ACT-22 no keyword", "", "5 path=/ -> redirect HTTP_301 path=/#{no}", R53_E_INVALID,
     "ValidationError", "The keyword at '#{no}' cannot be used there"},
    {"ELB-CASE-43 ELB-VAL-02 ELB-ALB-ACT-30 status 301", "", "5 path=/ -> fixed 301", R53_E_INVALID,
     "ValidationError", "The fixed response status code '301' is invalid"},
    {"ELB-ALB-ACT-30 another content type", "", "5 path=/ -> fixed 404 type=image/png",
     R53_E_INVALID, "ValidationError", "The fixed response content type 'image/png' is invalid"},
    {"ELB-ALB-ACT-50 an endpoint without TLS", "listen https:443",
     "5 path=/ -> jwt jwks=http://a.test/k then def", R53_E_INVALID, "ValidationError",
     "The JWKS endpoint 'http://a.test/k' must be an https URL"},
    {"ELB-ALB-ACT-02 a group of HTTP2 behind a guard",
     "listen https:443\ngroup g version=2\n9 "
     "path=/g -> g",
     "5 path=/ -> jwt then g", R53_E_INVALID, "InvalidLoadBalancerAction",
     "The protocol version of target group 'g' allows forward"},
    {"ELB-LSN-06 a group of GRPC on HTTP", "group g version=3\n", "5 path=/ -> g", R53_E_INVALID,
     "InvalidConfigurationRequest", "The protocol version of target group 'g' needs an HTTPS"},
    {"ELB-LSN-24 a path below HTTP", "lb nlb\nlisten tcp:80", "5 path=/ -> def", R53_E_INVALID,
     "ValidationError", "The 'path-pattern' condition is not one of a network"},
    {"ELB-LSN-24 a redirect below HTTP", "lb nlb\nlisten tcp:80",
     "5 family=ipv4 -> redirect HTTP_301 port=81", R53_E_INVALID, "ValidationError",
     "A rule of a network load balancer can only forward"},
    {"ELB-LSN-25 no positive weight", "lb nlb\nlisten tcp:80", "5 family=ipv4 -> def:0",
     R53_E_INVALID, "ValidationError", "At least one target group must have a weight above 0"},
};

static void expect_finding(const r53_report *report, int32_t severity, const char *aws_name,
                           const char *text)
{
    r53_finding finding = {.size = sizeof(finding)};

    for (size_t i = 0; i < r53_report_count(report); i++) {
        assert_int_equal(r53_report_get(report, i, &finding), R53_OK);
        if (finding.severity == severity && strcmp(finding.aws_name, aws_name) == 0 &&
            strncmp(finding.text, text, strlen(text)) == 0)
            return;
    }
    fail_msg("not said: %s %s; last: %s %s", aws_name, text, finding.aws_name, finding.text);
}

static void check_refusal(void **state)
{
    const struct refusal_case *c = *state;
    struct rule_world world = rule_world_make(c->world, NULL);
    struct rule_spec *spec = calloc(1, sizeof(*spec));
    r53_report *report;

    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    rule_spec_read(spec, c->rule);
    assert_int_equal(r53_listener_rule_create(world.cloud, &spec->rule, report), c->rc);
    expect_finding(report, R53_SEVERITY_ERROR, c->aws_name, c->text);
    r53_report_free(report);
    free(spec);
    rule_world_free(&world);
}

/* What is refused to be created is only warned of where it exists (ELB-JSON-11). */
static void check_import_warns(void **unused)
{
    static const char *const rows[][3] = {
        {"5 path=*a*a*a*,?a?a? -> def", "ValidationError", "A rule can only have '6' wildcards"},
        {"5 path=/ -> redirect HTTP_301", "InvalidLoadBalancerAction",
         "The redirect configuration"},
        {"5 host=a.b,a.c,a.d,a.e -> def", "", "the 'host-header' condition has more than 3 values"},
    };

    (void)unused;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct rule_spec *spec = calloc(1, sizeof(*spec));
        r53_import *import;
        r53_report *report;
        r53_cloud *cloud;

        assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
        assert_int_equal(r53_report_new(&report, NULL), R53_OK);
        assert_int_equal(r53_import_new(&import, cloud, NULL, report), R53_OK);
        rule_spec_read(spec, rows[i][0]);
        assert_int_equal(r53_import_rule(import, &spec->rule), R53_OK);
        assert_int_equal(r53_import_commit(import), R53_OK);
        expect_finding(report, R53_SEVERITY_WARNING, rows[i][1], rows[i][2]);
        expect_finding(report, R53_SEVERITY_WARNING, "", "rule '" RULE_ARN "5' belongs to");
        r53_import_free(import);
        r53_report_free(report);
        r53_cloud_free(cloud);
        free(spec);
    }
}

/* What has no meaning is refused at both doors. */
static void check_import_refuses(void **unused)
{
    struct rule_spec *spec = calloc(1, sizeof(*spec));
    struct regex_counts counts = {0};
    r53_regex_engine engine = regex_engine(&counts);
    r53_cloud_options options = {.size = sizeof(options), .regex = &engine};
    r53_cloud *cloud, *without;
    r53_import *import, *poor;

    (void)unused;
    assert_int_equal(r53_cloud_new(&cloud, &options), R53_OK);
    assert_int_equal(r53_cloud_new(&without, NULL), R53_OK);
    assert_int_equal(r53_import_new(&import, cloud, NULL, NULL), R53_OK);
    assert_int_equal(r53_import_new(&poor, without, NULL, NULL), R53_OK);
    rule_spec_read(spec, "5 path~a( -> def");
    assert_int_equal(r53_import_rule(import, &spec->rule), R53_E_INVALID);
    assert_int_equal(r53_import_rule(poor, &spec->rule), R53_E_UNSUPPORTED);
    rule_spec_read(spec, "5 path=/ -> def");
    spec->conditions[0].field = "http-method"; /* T24: no field that is always true */
    assert_int_equal(r53_import_rule(import, &spec->rule), R53_E_INVALID);
    rule_spec_read(spec, "5 method~G -> def"); /* ELB-ALB-RULE-09 */
    assert_int_equal(r53_import_rule(import, &spec->rule), R53_E_INVALID);
    rule_spec_read(spec, "5 path=/ -> def");
    spec->rule.rule_arn = "somewhere";
    assert_int_equal(r53_import_rule(import, &spec->rule), R53_E_INVALID);
    assert_int_equal(r53_import_rule(import, NULL), R53_E_INVALID);
    assert_int_equal(r53_import_rule(NULL, &spec->rule), R53_E_INVALID);
    r53_import_free(import);
    r53_import_free(poor);
    r53_cloud_free(cloud);
    r53_cloud_free(without);
    assert_int_equal(counts.live, 0);
    free(spec);
}

/* AWS's documents say a value in both forms; what they say in them has to be the same. */
static void check_forms(void **unused)
{
    static const struct {
        const char *older, *newer;
        bool warned;
    } rows[] = {{"/a", "/a", false}, {"/a", "/b", true}};

    (void)unused;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct rule_world world = rule_world_make("", NULL);
        struct rule_spec *spec = calloc(1, sizeof(*spec));
        r53_finding f = {.size = sizeof(f)};
        r53_import *import;
        r53_report *report;

        assert_int_equal(r53_report_new(&report, NULL), R53_OK);
        assert_int_equal(r53_import_new(&import, world.cloud, NULL, report), R53_OK);
        rule_spec_read(spec, "5 path=/ -> def");
        spec->conditions[0].field_values = &rows[i].older;
        spec->conditions[0].n_field_values = 1;
        spec->conditions[0].values = &rows[i].newer;
        assert_int_equal(r53_import_rule(import, &spec->rule), R53_OK);
        assert_int_equal(r53_import_commit(import), R53_OK);
        if (rows[i].warned)
            expect_finding(report, R53_SEVERITY_WARNING, "ValidationError",
                           "The 'path-pattern' condition has both Values and a configuration");
        else
            assert_int_equal(r53_report_get(report, 0, &f), R53_E_NOT_FOUND);
        r53_import_free(import);
        r53_report_free(report);
        free(spec);
        rule_world_free(&world);
    }
}

static void check_both_lists(void **unused)
{
    struct regex_counts counts = {0};
    r53_regex_engine engine = regex_engine(&counts);
    r53_cloud_options options = {.size = sizeof(options), .regex = &engine};
    struct rule_world world = rule_world_make("", &options);
    struct rule_spec *spec = calloc(1, sizeof(*spec));
    static const char *const more[] = {"/b"};
    r53_report *report;

    (void)unused;
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    rule_spec_read(spec, "5 path~a -> def");
    spec->conditions[0].values = more;
    spec->conditions[0].n_values = 1;
    assert_int_equal(r53_listener_rule_create(world.cloud, &spec->rule, report), R53_E_INVALID);
    expect_finding(report, R53_SEVERITY_ERROR, "ValidationError",
                   "The 'path-pattern' condition has both Values and RegexValues");
    r53_report_free(report);
    free(spec);
    rule_world_free(&world);
    assert_int_equal(counts.live, 0);
}

/* ELB-VAL-22, -24: all that is wrong is told, each with name, sentence, value. */
static void check_all_faults(void **unused)
{
    struct rule_world world = rule_world_make("", NULL);
    struct rule_spec *spec = calloc(1, sizeof(*spec));
    r53_report *report;

    (void)unused;
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    rule_spec_read(spec, "5 host=localhost path=/% -> fixed 301");
    assert_int_equal(r53_listener_rule_create(world.cloud, &spec->rule, report), R53_E_INVALID);
    assert_int_equal(r53_report_count_of(report, R53_SEVERITY_ERROR), 3);
    expect_finding(report, R53_SEVERITY_ERROR, "ValidationError", "The 'path-pattern' value '/%'");
    r53_report_free(report);
    free(spec);
    rule_world_free(&world);
}

static void check_too_many(void **unused)
{
    struct rule_world world = rule_world_make("default -> def", NULL);
    struct rule_spec *spec = calloc(1, sizeof(*spec));
    r53_report *report;
    char line[40];

    (void)unused;
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    for (int i = 1; i <= 100; i++) {
        snprintf(line, sizeof(line), "%d path=/%d -> def", i, i);
        rule_spec_read(spec, line);
        assert_int_equal(r53_listener_rule_create(world.cloud, &spec->rule, report), R53_OK);
    }
    rule_spec_read(spec, "101 path=/ -> def");
    assert_int_equal(r53_listener_rule_create(world.cloud, &spec->rule, report), R53_E_LIMIT);
    expect_finding(report, R53_SEVERITY_ERROR, "TooManyRules", "The maximum number of rules");
    r53_report_free(report);
    free(spec);
    rule_world_free(&world);
}

/* Rules created are rules imported; a rule of a listener that is not there is refused. */
static void check_create(void **unused)
{
    struct rule_world world = rule_world_create("5 path=/a* -> def\n3 path=/ab -> def", NULL);
    struct rule_spec *spec = calloc(1, sizeof(*spec));
    r53_cloud *empty;

    (void)unused;
    assert_int_equal(selected(world.view, "GET /ab").matched_priority, 3);
    assert_int_equal(selected(world.view, "GET /abc").matched_priority, 5);
    rule_spec_read(spec, "5 path=/ -> def");
    spec->rule.priority = "6";
    assert_int_equal(r53_listener_rule_create(world.cloud, &spec->rule, NULL), R53_E_EXISTS);
    assert_int_equal(r53_listener_rule_create(NULL, &spec->rule, NULL), R53_E_INVALID);
    assert_int_equal(r53_listener_rule_create(world.cloud, NULL, NULL), R53_E_INVALID);
    assert_int_equal(r53_cloud_new(&empty, NULL), R53_OK);
    assert_int_equal(r53_listener_rule_create(empty, &spec->rule, NULL), R53_E_NOT_FOUND);
    r53_cloud_free(empty);
    free(spec);
    rule_world_free(&world);
}

/* ELB-VAL-09, ELB-LSN-16 */
static void check_priorities(void **unused)
{
    static const r53_rule_priority swap[] = {{RULE_ARN "1", 2, 0}, {RULE_ARN "2", 1, 0}};
    static const r53_rule_priority clash[] = {{RULE_ARN "1", 3, 0}};
    static const r53_rule_priority unknown[] = {{RULE_ARN "1", 7, 0}, {RULE_ARN "9", 8, 0}};
    static const r53_rule_priority range[] = {{RULE_ARN "1", 50001, 0}};
    static const r53_rule_priority fixed[] = {{RULE_ARN "default", 9, 0}};
    struct regex_counts counts = {0};
    r53_regex_engine engine = regex_engine(&counts);
    r53_cloud_options options = {.size = sizeof(options), .regex = &engine};
    struct rule_world world = rule_world_make(
        "1 path~^/a -> a\n2 path~^/ab -> b\n3 path=/c -> c\ndefault -> def", &options);
    r53_report *report;

    (void)unused;
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_string_equal(selected(world.view, "GET /abc").target_group_arn, "a");
    for (int i = 0; i < 3; i++) /* what is so already may be said again */
        assert_int_equal(r53_listener_rule_set_priorities(world.cloud, swap, 2, report), R53_OK);
    rule_world_look(&world);
    assert_string_equal(selected(world.view, "GET /abc").target_group_arn, "b");
    assert_int_equal(selected(world.view, "GET /a").matched_priority, 2);
    assert_int_equal(r53_listener_rule_set_priorities(world.cloud, clash, 1, report), R53_E_EXISTS);
    expect_finding(report, R53_SEVERITY_ERROR, "PriorityInUse", "The specified priority");
    assert_int_equal(r53_listener_rule_set_priorities(world.cloud, unknown, 2, report),
                     R53_E_NOT_FOUND);
    expect_finding(report, R53_SEVERITY_ERROR, "RuleNotFound", "One or more rules not found");
    assert_int_equal(r53_listener_rule_set_priorities(world.cloud, range, 1, report),
                     R53_E_INVALID);
    assert_int_equal(r53_listener_rule_set_priorities(world.cloud, fixed, 1, report),
                     R53_E_INVALID);
    expect_finding(report, R53_SEVERITY_ERROR, "OperationNotPermitted", "The priority of the");
    assert_int_equal(r53_listener_rule_set_priorities(world.cloud, NULL, 0, report), R53_E_INVALID);
    rule_world_look(&world);
    assert_string_equal(selected(world.view, "GET /abc").target_group_arn, "b");
    r53_report_free(report);
    rule_world_free(&world);
    assert_int_equal(counts.live, 0);
}

static void check_delete(void **unused)
{
    struct rule_world world = rule_world_make("1 path=/a -> a\ndefault -> def", NULL);
    r53_report *report;

    (void)unused;
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(r53_listener_rule_delete(world.cloud, RULE_ARN "default", report),
                     R53_E_INVALID);
    expect_finding(report, R53_SEVERITY_ERROR, "OperationNotPermitted", "The default rule");
    assert_int_equal(r53_listener_rule_delete(world.cloud, RULE_ARN "1", report), R53_OK);
    assert_int_equal(r53_listener_rule_delete(world.cloud, RULE_ARN "1", report), R53_E_NOT_FOUND);
    assert_int_equal(r53_listener_rule_delete(NULL, RULE_ARN "1", report), R53_E_INVALID);
    expect_finding(report, R53_SEVERITY_ERROR, "RuleNotFound", "One or more rules not found");
    assert_string_equal(selected(world.view, "GET /a").target_group_arn, "a"); /* the old view */
    rule_world_look(&world);
    assert_string_equal(selected(world.view, "GET /a").target_group_arn, "def");
    r53_report_free(report);
    rule_world_free(&world);
}

/* The option takes the place of AWS's two numbers. */
static void check_wildcard_option(void **unused)
{
    r53_cloud_options options = {.size = sizeof(options), .wildcards_per_rule = 5};
    struct rule_world world = rule_world_make("", &options);
    struct rule_spec *spec = calloc(1, sizeof(*spec));

    (void)unused;
    rule_spec_read(spec, "5 path=*a*a*a*a*a* -> def");
    assert_int_equal(r53_listener_rule_create(world.cloud, &spec->rule, NULL), R53_E_INVALID);
    rule_spec_read(spec, "5 path=*a*a*a*a* -> def");
    assert_int_equal(r53_listener_rule_create(world.cloud, &spec->rule, NULL), R53_OK);
    free(spec);
    rule_world_free(&world);
}

/* A client that looked a name up asks for that host, in a flow and in its outcomes. */
static void check_looked_up(void **unused)
{
    static const r53_record_set alias = {.size = sizeof(alias),
                                         .name = "www.example.test",
                                         .type = R53_TYPE_A,
                                         .alias_hosted_zone_id = "Z35SXDOTRQ7X7K",
                                         .alias_dns_name = RULE_LB_NAME};
    static const r53_hosted_zone zone = {.size = sizeof(zone), .id = "Z1", .name = "example.test"};
    static const r53_query query = {.size = sizeof(query), .name = "www.example.test"};
    struct rule_world world = rule_world_make("5 host=www.example.test -> www", NULL);
    r53_outcomes *outcomes;
    r53_outcome outcome = {.size = sizeof(outcome)};
    r53_import *import;
    r53_flow *flow;

    (void)unused;
    assert_int_equal(r53_import_new(&import, world.cloud, world.observed, NULL), R53_OK);
    assert_int_equal(r53_import_hosted_zone(import, &zone), R53_OK);
    assert_int_equal(r53_import_record_set(import, "Z1", &alias), R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
    rule_world_look(&world);
    assert_int_equal(r53_flow_new(&flow, NULL), R53_OK);
    assert_int_equal(r53_flow_run(world.view, &query, NULL, NULL, flow), R53_OK);
    assert_string_equal(r53_flow_selection(flow)->target_group_arn, "www");
    assert_int_equal(r53_flow_selection(flow)->matched_priority, 5);
    r53_flow_free(flow);
    assert_int_equal(r53_outcomes_new(&outcomes, world.view, &query, NULL, NULL), R53_OK);
    assert_int_equal(r53_outcomes_count(outcomes), 1);
    assert_int_equal(r53_outcomes_get(outcomes, 0, &outcome), R53_OK);
    assert_string_equal(outcome.selection->target_group_arn, "www");
    r53_outcomes_free(outcomes);
    rule_world_free(&world);
}

/* Requests that are no requests. */
static void check_invalid(void **unused)
{
    static const r53_header nameless[] = {{NULL, "a"}};
    static const r53_request rows[] = {
        {.http_version = 6},
        {.auth_state = -1},
        {.jwt_state = 5},
        {.waf_state = 4},
        {.desync_class = 5},
        {.tls_keys = 3},
        {.client_certificate = 4},
        {.incomplete_body = 2},
        {.n_headers = 1},
        {.n_alpn_protocols = 1},
        {.headers = nameless, .n_headers = 1},
    };
    struct rule_world world = rule_world_make("", NULL);

    (void)unused;
    for (size_t i = 0; i < COUNT(rows); i++) {
        r53_request request = rows[i];
        r53_selection s = {.size = sizeof(s)};

        request.size = sizeof(request);
        request.load_balancer = RULE_LB;
        assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, NULL), R53_E_INVALID);
    }
    rule_world_free(&world);
}

int main(void)
{
    static struct CMUnitTest
        tests[COUNT(cases) + COUNT(tls_cases) + COUNT(alpn_cases) + COUNT(refusals) + 20];
    size_t n = 0;

    ADD_CASES(tests, n, cases, check_case);
    ADD_CASES(tests, n, tls_cases, check_tls);
    ADD_CASES(tests, n, alpn_cases, check_alpn);
    ADD_CASES(tests, n, refusals, check_refusal);
    ADD_TEST(tests, n,
             "ELB-ALB-ERR-414 ELB-ALB-ERR-400 ELB-ALB-ERR-05 ELB-CONF-08 ELB-CASE-48 "
             "what is too large",
             check_sizes);
    ADD_TEST(tests, n, "ELB-ALB-ERR-463 ELB-CASE-48 more than 30 addresses", check_forwarded);
    ADD_TEST(tests, n, "ELB-ALB-RULE-10 ELB-CASE-48 what a selection says of its rule",
             check_selection);
    ADD_TEST(tests, n, "ELB-ALB-RULE-03 each rule that was tried, and why not", check_trace);
    ADD_TEST(tests, n, "ELB-TLS-05 the longer validity, then the first", check_validity);
    ADD_TEST(tests, n, "ELB-TLS-06 a rule looks at the host, not the name asked for",
             check_server_name);
    ADD_TEST(tests, n, "ELB-TLS-08 clients are verified", check_mutual);
    ADD_TEST(tests, n, "ELB-CONF-05 an import warns", check_import_warns);
    ADD_TEST(tests, n, "ELB-ALB-RULE-09 ELB-ALB-COND-70 T24 an import refuses what has no meaning",
             check_import_refuses);
    ADD_TEST(tests, n, "ELB-VAL-07 ELB-JSON-11 an import that says a condition in both forms",
             check_forms);
    ADD_TEST(tests, n, "ELB-ALB-RULE-09 values or regular expressions", check_both_lists);
    ADD_TEST(tests, n, "ELB-VAL-22 ELB-VAL-24 all faults are told", check_all_faults);
    ADD_TEST(tests, n, "ELB-LIM-06 at most 100 rules", check_too_many);
    ADD_TEST(tests, n, "ELB-ALB-RULE-02 rules are created", check_create);
    ADD_TEST(tests, n, "ELB-VAL-09 ELB-LSN-16 priorities change at once", check_priorities);
    ADD_TEST(tests, n, "ELB-VAL-08 ELB-LSN-16 rules are deleted", check_delete);
    ADD_TEST(tests, n, "ELB-CONF-06 ELB-ALB-RULE-07 as many wildcards as the option says",
             check_wildcard_option);
    ADD_TEST(tests, n, "ELB-ALB-COND-12 a name that was looked up is the host", check_looked_up);
    ADD_TEST(tests, n, "a request that is none", check_invalid);
    return RUN_TESTS("rules", tests, n);
}
