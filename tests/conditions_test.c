/*
 * Which condition holds for which request: a rule with priority 5 goes to "hit", all else to "def".
 */
#include "support/harness.h"
#include "support/regex_engine.h"
#include "support/rule_text.h"

#include <stdio.h>

/* The rules of the reference's worked cases. */
#define WORKED                                                                                     \
    "10 path=/img/* -> img\n"                                                                      \
    "20 host=*.example.com path=/api/* -> api\n"                                                   \
    "30 header=User-Agent:*Chrome*,*Safari* -> web\n"

static const struct condition_case {
    const char *what, *rules, *request, *result;
} cases[] = {
    {"ELB-CASE-30 the lowest priority number, across slashes", WORKED,
     "GET /img/a/b.png | Host: www.example.com", "img"},
    {"ELB-CASE-31 T23 the path's case counts", WORKED, "GET /IMG/a", "def"},
    {"ELB-CASE-32 ELB-ALB-COND-11 the apex is not matched", WORKED,
     "GET /api/x | Host: EXAMPLE.com | User-Agent: curl", "def"},
    {"ELB-CASE-32 ELB-ALB-RULE-03 ELB-ALB-COND-10 T27 both hold, in any case", WORKED,
     "GET /api/x | Host: A.EXAMPLE.COM", "api"},
    {"ELB-CASE-33 ELB-ALB-COND-30 a header in any case", WORKED,
     "GET /x?/img/ | User-Agent: Mozilla/5.0 SAFARI/1", "web"},
    {"ELB-CASE-34 after normalisation", WORKED, "GET /a/../img/x", "img"},
    {"ELB-CASE-35 ELB-ALB-COND-40 T13 a method's case counts", "5 method=GET -> hit", "get /",
     "def"},
    {"ELB-ALB-COND-40 a method", "5 method=GET,CUSTOM-METHOD -> hit", "CUSTOM-METHOD /", "hit"},
    {"ELB-ALB-COND-40 T20 not a longer one", "5 method=GET -> hit", "GETX /", "def"},
    {"ELB-ALB-COND-40 no wildcards", "5 method=G* -> hit", "GET /", "def"},
    {"ELB-ALB-ERR-02 a token of one's own passes", "5 path=/x -> hit", "PURGE /x", "hit"},
    {"ELB-CASE-36 ELB-ALB-COND-50 key and value in any case", "5 query=version:v1,*beta* -> hit",
     "GET /?Version=V1", "hit"},
    {"ELB-CASE-36 ELB-ALB-COND-51 a value of any key", "5 query=version:v1,*beta* -> hit",
     "GET /?x=isBETA2", "hit"},
    {"ELB-CASE-36 ELB-ALB-COND-52 a key is no value", "5 query=version:v1,*beta* -> hit",
     "GET /?beta", "def"},
    {"ELB-ALB-COND-50 T25 one entry is enough", "5 query=a:1,b:2 -> hit", "GET /?b=2", "hit"},
    {"ELB-ALB-COND-50 a literal asterisk", "5 query=a:\\* -> hit", "GET /?a=x", "def"},
    {"ELB-ALB-COND-50 a literal asterisk is itself", "5 query=a:\\* -> hit", "GET /?a=*", "hit"},
    {"ELB-ALB-COND-50 wildcards in keys", "5 query=a*:1 -> hit", "GET /?abc=1", "hit"},
    {"ELB-ALB-COND-52 split at the first equals sign", "5 query=a:b=c -> hit", "GET /?a=b=c",
     "hit"},
    {"ELB-ALB-COND-52 nothing is decoded", "5 query=a:b -> hit", "GET /?a=%62", "def"},
    {"ELB-ALB-COND-52 a plus is a plus", "5 query=a:b+c -> hit", "GET /?a=b+c", "hit"},
    {"ELB-ALB-COND-52 any of several", "5 query=a:2 -> hit", "GET /?a=1&a=2", "hit"},
    {"ELB-ALB-COND-52 an empty value", "5 query=a:* -> hit", "GET /?a", "hit"},
    {"ELB-ALB-COND-50 without a query nothing holds", "5 query=* -> hit", "GET /", "def"},
    {"ELB-CASE-37 ELB-ALB-COND-60 T24 the peer, not a header", "5 source=203.0.113.0/24 -> hit",
     "GET / | X-Forwarded-For: 203.0.113.7", "def"},
    {"ELB-ALB-COND-60 the peer", "5 source=203.0.113.0/24,10.0.0.8/31 -> hit", "GET /", "hit"},
    {"ELB-ALB-COND-61 host bits do not count", "5 source=10.1.2.3/8 -> hit", "GET /", "hit"},
    {"ELB-ALB-COND-61 a mapped block is no IPv4 one", "5 source=::ffff:10.0.0.0/104 -> hit",
     "GET /", "def"},
    {"ELB-ALB-COND-62 forwarded addresses by their header",
     "5 header=X-Forwarded-For:203.0.113.* -> hit", "GET / | X-Forwarded-For: 203.0.113.7", "hit"},
    {"ELB-CASE-38 ELB-ALB-RULE-05 both in one header",
     "5 header=X-Env:*prod* header=X-Env:*eu* -> hit", "GET / | X-Env: eu-prod", "hit"},
    {"ELB-CASE-38 ELB-ALB-COND-30 each in one of two",
     "5 header=X-Env:*prod* header=X-Env:*eu* -> hit", "GET / | X-Env: prod | X-Env: eu", "hit"},
    {"ELB-ALB-RULE-05 one of them is not enough", "5 header=X-Env:*prod* header=X-Env:*eu* -> hit",
     "GET / | X-Env: prod", "def"},
    {"ELB-ALB-COND-30 a header's name in any case", "5 header=X-Env:a -> hit", "GET / | x-eNV: A",
     "hit"},
    {"ELB-ALB-COND-31 whole, not a part", "5 header=X:b -> hit", "GET / | X: a, b", "def"},
    {"ELB-ALB-COND-31 trimmed", "5 header=X:b -> hit", "GET / | X:  b  ", "hit"},
    {"ELB-ALB-COND-31 a missing header matches nothing", "5 header=X:* -> hit", "GET /", "def"},
    {"ELB-ALB-COND-31 an empty one does", "5 header=X:* -> hit", "GET / | X:", "hit"},
    {"ELB-ALB-COND-32 a strange name counts", "5 header=X_A:b -> hit", "GET / | X_A: b", "hit"},
    {"ELB-ALB-COND-32 unless such are dropped", "lb drop\n5 header=X_A:b -> hit", "GET / | X_A: b",
     "def"},
    {"ELB-ALB-COND-10 the port is not compared", "5 host=h.test -> hit", "GET / | Host: h.test:80",
     "hit"},
    {"ELB-ALB-RULE-12 the first of several hosts", "5 host=a.test -> hit",
     "GET / | Host: b.test | Host: a.test", "def"},
    {"ELB-ALB-COND-12 ELB-LSN-13 without a host the load balancer's name",
     "5 host=web-1.*.amazonaws.com -> hit", "GET /", "hit"},
    {"ELB-ALB-COND-12 HTTP/2's authority", "lb drop\n5 host=a.test -> hit",
     "GET / | :authority: a.test", "hit"},
    {"ELB-ALB-COND-23 the target's host comes first", "5 host=a.test path=/p -> hit",
     "GET http://A.test/p | Host: b.test", "hit"},
    {"ELB-ALB-COND-23 no path", "5 path=/ -> hit", "GET http://a.test?x", "hit"},
    {"ELB-ALB-COND-23 an asterisk by a pattern alone", "5 path=* -> hit", "OPTIONS *", "hit"},
    {"ELB-ALB-COND-23 an asterisk is not the root", "5 path=/* -> hit", "OPTIONS *", "def"},
    {"ELB-ALB-COND-22 a gRPC service", "5 path=/pkg.service/* -> hit", "POST /pkg.service/Get",
     "hit"},
    {"ELB-ALB-COND-22 a package alone is one path", "5 path=/pkg -> hit", "POST /pkg.service/Get",
     "def"},
    {"ELB-CASE-39 ELB-ALB-COND-70 ELB-ALB-COND-73 a regex sees the path",
     "5 path~^/v[0-9]+/items$ -> hit", "GET /v12/items?x=1", "hit"},
    {"ELB-CASE-39 anchored by itself", "5 path~^/v[0-9]+/items$ -> hit", "GET /v12/items/3", "def"},
    {"ELB-CASE-39 ELB-ALB-COND-71 anywhere else", "5 path~items -> hit", "GET /v12/items/3", "hit"},
    {"ELB-ALB-COND-72 a path's case counts", "5 path~ITEMS -> hit", "GET /items", "def"},
    {"ELB-ALB-COND-72 a host's does not", "5 host~^a[.]TEST$ -> hit", "GET / | Host: A.test",
     "hit"},
    {"ELB-ALB-COND-72 nor a header's", "5 header=X:no header~X:^a+$ -> hit",
     "GET / | X: AAA | X: no", "hit"},
    {"ELB-ALB-COND-73 normalised", "5 path~^/img$ -> hit", "GET /a/../img", "hit"},
    {"ELB-ALB-COND-74 a regex sees the port", "5 host~:8080$ -> hit", "GET / | Host: a.test:8080",
     "hit"},
    {"ELB-ALB-RULE-08 a strange byte by an asterisk", "5 path=/a*b -> hit", "GET /a\344b", "hit"},
    {"ELB-ALB-RULE-08 not by a question mark", "5 path=/a?b -> hit", "GET /a\344b", "def"},
    {"ELB-ALB-COND-04 a path's asterisk by a question mark", "5 path=/a? -> hit", "GET /a*", "hit"},
};

static void check_one(const struct condition_case *c, r53_cloud_options *options)
{
    struct regex_counts counts = {0};
    r53_regex_engine engine = regex_engine(&counts);
    struct request_spec request;
    struct rule_world world;
    char result[64];

    options->size = sizeof(*options);
    options->regex = &engine;
    world = rule_world_make(c->rules, options);
    request_spec_read(&request, c->request);
    rule_result(world.view, &request.request, result, sizeof(result));
    assert_string_equal(result, c->result);
    rule_world_free(&world);
    assert_int_equal(counts.live, 0);
}

static void check_case(void **state)
{
    check_one(*state, &(r53_cloud_options){0});
}

static void check_options(void **unused)
{
    static const struct condition_case full = {NULL, "5 path~items -> hit", "GET /v12/items",
                                               "def"},
                                       whole = {NULL, "5 path~/v1|/v2 -> hit", "GET /v2", "hit"},
                                       port = {NULL, "5 host=h.test -> hit",
                                               "GET / | Host: h.test:80", "def"};

    (void)unused;
    check_one(&full, &(r53_cloud_options){.regex_full_match = R53_OPTION_ON});
    check_one(&whole, &(r53_cloud_options){.regex_full_match = R53_OPTION_ON});
    check_one(&port, &(r53_cloud_options){.host_values_port = R53_OPTION_ON});
}

/* An IPv6 client, and one whose address is not known. */
static void check_families(void **unused)
{
    struct rule_world world = rule_world_make("5 source=10.0.0.0/8 -> hit\n"
                                              "6 source=2001:db8::/32 -> six",
                                              NULL);
    struct request_spec request;
    char result[64];

    (void)unused;
    request_spec_read(&request, "GET /");
    request.request.source_address = "2001:db8::1";
    rule_result(world.view, &request.request, result, sizeof(result));
    assert_string_equal(result, "six");
    request.request.source_address = "::ffff:10.0.0.9";
    rule_result(world.view, &request.request, result, sizeof(result));
    assert_string_equal(result, "def");
    request.request.source_address = NULL;
    rule_result(world.view, &request.request, result, sizeof(result));
    assert_string_equal(result, "def");
    rule_world_free(&world);
}

/* What the engine says instead of yes and no is handed on. */
static void check_engine_fault(void **unused)
{
    struct regex_counts counts = {0};
    r53_regex_engine engine = regex_engine(&counts);
    r53_cloud_options options = {.size = sizeof(options), .regex = &engine};
    struct rule_world world = rule_world_make("5 path~a -> hit", &options);
    r53_selection s = {.size = sizeof(s), .outcome = 77};
    struct request_spec request;

    (void)unused;
    request_spec_read(&request, "GET /a");
    counts.match_rc = R53_E_NOMEM;
    assert_int_equal(r53_elb_select(world.view, &request.request, NULL, &s, NULL), R53_E_NOMEM);
    assert_int_equal(s.outcome, 77);
    rule_world_free(&world);
}

/* An engine without one of its functions is no engine. */
static void check_engine_invalid(void **unused)
{
    struct regex_counts counts = {0};
    r53_regex_engine engine = regex_engine(&counts);
    r53_cloud_options options = {.size = sizeof(options), .regex = &engine};
    r53_cloud *cloud = NULL;

    (void)unused;
    engine.match = NULL;
    assert_int_equal(r53_cloud_new(&cloud, &options), R53_E_INVALID);
    options.regex = NULL;
    options.wildcards_per_rule = -1;
    assert_int_equal(r53_cloud_new(&cloud, &options), R53_E_INVALID);
    assert_null(cloud);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(cases) + 4];
    size_t n = 0;

    ADD_CASES(tests, n, cases, check_case);
    ADD_TEST(tests, n, "ELB-ALB-COND-71 ELB-ALB-COND-74 the other readings as options",
             check_options);
    ADD_TEST(tests, n, "ELB-ALB-COND-61 a block is of one family", check_families);
    ADD_TEST(tests, n, "ELB-ALB-COND-70 an error of the engine is handed on", check_engine_fault);
    ADD_TEST(tests, n, "an engine needs all its functions", check_engine_invalid);
    return RUN_TESTS("conditions", tests, n);
}
