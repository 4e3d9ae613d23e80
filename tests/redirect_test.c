/* Texts that depend on the request: where a redirect leads, and what a target sees. */
#include "support/harness.h"
#include "support/regex_engine.h"
#include "support/rule_text.h"

#include <stdio.h>
#include <stdlib.h>

static const struct location_case {
    const char *what, *rules, *request, *result;
} cases[] = {
    {"ELB-CASE-40 ELB-ALB-ACT-20 ELB-ALB-ACT-23 ELB-ALB-ACT-24 to HTTPS",
     "5 path=* -> redirect HTTP_301 protocol=HTTPS port=443", "GET http://Example.com/p/q?b=1",
     "301 https://example.com:443/p/q?b=1"},
    {"ELB-CASE-41 ELB-ALB-ACT-22 keywords",
     "listen http:8080\n"
     "5 path=* -> redirect HTTP_302 host=new.#{host} path=/v2/#{path} query=#{query}&from=#{port}",
     "GET /p?a=1 | Host: h.test", "302 http://new.h.test:8080/v2/p?a=1&from=8080"},
    {"ELB-ALB-ACT-24 no query, no question mark", "5 path=* -> redirect HTTP_301 port=81",
     "GET /a | Host: h.test", "301 http://h.test:81/a"},
    {"ELB-ALB-ACT-24 an empty query too", "5 path=* -> redirect HTTP_301 port=81",
     "GET /a? | Host: h.test", "301 http://h.test:81/a"},
    {"ELB-ALB-ACT-24 a query that is taken away", "5 path=* -> redirect HTTP_301 port=81 query=",
     "GET /a?b | Host: h.test", "301 http://h.test:81/a"},
    {"ELB-ALB-ACT-24 the host without its port", "5 path=* -> redirect HTTP_301 path=/x",
     "GET /a | Host: H.test:8080", "301 http://h.test:80/x"},
    {"ELB-ALB-ACT-24 once", "5 path=* -> redirect HTTP_301 port=81 query=#{query}",
     "GET /?#{host} | Host: h.test", "301 http://h.test:81/"},
    {"ELB-ALB-ACT-24 what is put in is not read again",
     "5 path=* -> redirect HTTP_301 port=81 path=/#{path}", "GET /%23%7Bhost%7D | Host: h.test",
     "301 http://h.test:81/%23%7Bhost%7D"},
    {"ELB-ALB-ACT-24 what is no keyword stays", "5 path=* -> redirect HTTP_301 path=/#{no}/#{",
     "GET / | Host: h.test", "301 http://h.test:80/#{no}/#{"},
    {"ELB-ALB-ACT-20 the protocol's keyword",
     "listen https:443\n5 path=* -> redirect HTTP_301 protocol=#{protocol} path=/x?#{protocol}",
     "GET / | Host: h.test", "301 https://h.test:443/x?https"},
    {"ELB-ALB-ACT-20 the root", "5 path=* -> redirect HTTP_301 port=81", "GET http://h.test",
     "301 http://h.test:81/"},
    {"ELB-ALB-COND-23 no path before a query", "5 path=* -> redirect HTTP_301 port=81",
     "GET http://h.test?a=1", "301 http://h.test:81/?a=1"},
    {"ELB-ALB-COND-21 as received, not normalised", "5 path=/img* -> redirect HTTP_301 port=81",
     "GET /a/../img | Host: h.test", "301 http://h.test:81/a/../img"},
    {"ELB-LSN-13 no host", "5 path=* -> redirect HTTP_301 port=81", "GET /",
     "301 http://" RULE_LB_NAME ":81/"},
    {"an IPv6 host", "5 path=* -> redirect HTTP_301 port=81", "GET / | Host: [2001:DB8::1]:80",
     "301 http://[2001:db8::1]:81/"},
    {"ELB-LSN-04 the default action redirects", "default -> redirect HTTP_301 port=8443",
     "GET /a?b | Host: h.test", "301 http://h.test:8443/a?b"},
    {"ELB-ALB-XFORM-06 after the transforms",
     "5 path=* url~^/a/(.*)$=>/b/$1?c=1 site~^old=>new -> redirect HTTP_302 port=81",
     "GET /a/x | Host: old.test", "302 http://new.test:81/b/x?c=1"},
    {"ELB-ALB-XFORM-03 a path without slash is an error", "5 path=* url~^/a=>b -> x", "GET /a",
     "500"},
    {"ELB-ALB-XFORM-05 no path at all is one", "5 path=* url~^/a$=> -> x", "GET /a", "500"},
    {"ELB-ALB-XFORM-03 no host at all is one", "5 path=* site~.*=> -> x", "GET / | Host: a.test",
     "500"},
};

static void check_case(void **state)
{
    const struct location_case *c = *state;
    struct regex_counts counts = {0};
    r53_regex_engine engine = regex_engine(&counts);
    r53_cloud_options options = {.size = sizeof(options), .regex = &engine};
    struct rule_world world = rule_world_make(c->rules, &options);
    struct request_spec request;
    char result[256];

    request_spec_read(&request, c->request);
    rule_result(world.view, &request.request, result, sizeof(result));
    assert_string_equal(result, c->result);
    rule_world_free(&world);
    assert_int_equal(counts.live, 0);
}

static const struct seen_case {
    const char *what, *rules, *request, *url, *host;
} seen_cases[] = {
    {"ELB-CASE-44 ELB-ALB-XFORM-02 ELB-ALB-XFORM-04 a URL for the target",
     "5 path=/dp/* url~^/dp/([A-Za-z0-9]+)/?$=>/product.php?id=$1 -> x\n6 path=/product* -> y",
     "GET /dp/B09/ | Host: h.test", "/product.php?id=B09", "h.test"},
    {"ELB-CASE-44 ELB-ALB-XFORM-03 that does not match",
     "5 path=/dp/* url~^/dp/([A-Za-z0-9]+)/?$=>/product.php?id=$1 -> x",
     "GET /dp/a-b | Host: h.test", "/dp/a-b", "h.test"},
    {"ELB-ALB-XFORM-05 the first match alone, the rest stays", "5 path=* url~a=>b -> x",
     "GET /aa?a=a | Host: h.test", "/ba?a=a", "h.test"},
    {"ELB-ALB-XFORM-05 a dollar sign is one", "5 path=* url~(q)?b=>$1$x$ -> x",
     "GET /ab | Host: h.test", "/a$x$", "h.test"},
    {"ELB-ALB-XFORM-04 the query may be matched", "5 path=* url~[?].*$=> -> x",
     "GET http://h.test:81/a?b=c", "/a", "h.test"},
    {"ELB-ALB-XFORM-01 host and URL", "5 path=* site~^OLD([.].*)$=>new$1 url~^/=>/v1/ -> x",
     "GET /a | Host: old.test", "/v1/a", "new.test"},
    {"ELB-ALB-XFORM-01 the default rule has none", "5 path=/no url~a=>b -> x", "GET /a", "/a",
     RULE_LB_NAME},
    {"ELB-LSN-14 a host in lower case, its default port removed", "5 path=* -> x",
     "GET / | Host: H.Test:80", "/", "h.test"},
    {"ELB-LSN-14 another port appended", "listen http:8080\n5 path=* -> x", "GET / | Host: h.test",
     "/", "h.test:8080"},
    {"ELB-LSN-14 or preserved", "lb preserve\nlisten http:8080\n5 path=* -> x",
     "GET / | Host: H.Test", "/", "H.Test"},
    {"ELB-LSN-14 the target's host before the header", "5 path=* -> x",
     "GET http://a.test/ | Host: b.test", "/", "a.test"},
    {"ELB-ALB-XFORM-04 a target without path", "5 path=* url~^/$=>/index -> x", "GET http://a.test",
     "/index", "a.test"},
};

static void check_seen(void **state)
{
    const struct seen_case *c = *state;
    struct regex_counts counts = {0};
    r53_regex_engine engine = regex_engine(&counts);
    r53_cloud_options options = {.size = sizeof(options), .regex = &engine};
    struct rule_world world = rule_world_make(c->rules, &options);
    r53_selection s = {.size = sizeof(s)};
    struct request_spec spec;
    char text[128];
    size_t length;

    request_spec_read(&spec, c->request);
    assert_int_equal(r53_elb_select(world.view, &spec.request, NULL, &s, NULL), R53_OK);
    assert_int_equal(r53_selection_text_write(world.view, &spec.request, &s, R53_TEXT_URL, text,
                                              sizeof(text), &length),
                     R53_OK);
    assert_string_equal(text, c->url);
    assert_int_equal(length, strlen(c->url));
    assert_int_equal(r53_selection_text_write(world.view, &spec.request, &s, R53_TEXT_HOST, text,
                                              sizeof(text), NULL),
                     R53_OK);
    assert_string_equal(text, c->host);
    if (strncmp(c->what, "ELB-CASE-44", 11) == 0)
        assert_string_equal(s.target_group_arn, "x"); /* rules are not run again */
    rule_world_free(&world);
}

/* What cannot be asked, and what does not fit. */
static void check_misuse(void **unused)
{
    struct rule_world world =
        rule_world_make("5 path=/a -> redirect HTTP_301 port=81\n6 path=/b -> x", NULL);
    r53_selection s = {.size = sizeof(s)}, other;
    struct request_spec spec;
    size_t length = 0;
    char text[8];

    (void)unused;
    request_spec_read(&spec, "GET /a | Host: h.test");
    assert_int_equal(r53_elb_select(world.view, &spec.request, NULL, &s, NULL), R53_OK);
    assert_int_equal(r53_selection_text_write(world.view, &spec.request, &s, R53_TEXT_LOCATION,
                                              NULL, 0, &length),
                     R53_E_NO_SPACE);
    assert_int_equal(length, strlen("http://h.test:81/a"));
    assert_int_equal(r53_selection_text_write(world.view, &spec.request, &s, R53_TEXT_LOCATION,
                                              text, sizeof(text), NULL),
                     R53_E_NO_SPACE);
    assert_string_equal(text, "http://");
    assert_int_equal(r53_selection_text_write(world.view, &spec.request, &s, 0, NULL, 0, NULL),
                     R53_E_INVALID);
    assert_int_equal(r53_selection_text_write(NULL, &spec.request, &s, 1, NULL, 0, NULL),
                     R53_E_INVALID);
    other = s;
    other.load_balancer_arn = "nowhere";
    assert_int_equal(r53_selection_text_write(world.view, &spec.request, &other, 1, NULL, 0, NULL),
                     R53_E_NOT_FOUND);
    other = s;
    other.matched_priority = -1;
    assert_int_equal(r53_selection_text_write(world.view, &spec.request, &other, 1, NULL, 0, NULL),
                     R53_E_NOT_FOUND);
    request_spec_read(&spec, "GET /b");
    assert_int_equal(r53_elb_select(world.view, &spec.request, NULL, &s, NULL), R53_OK);
    assert_int_equal(
        r53_selection_text_write(world.view, &spec.request, &s, R53_TEXT_LOCATION, NULL, 0, NULL),
        R53_E_NOT_FOUND);
    rule_world_free(&world);
}

/* ELB-ALB-ACT-25: 8192 bytes pass, one more does not. */
static void check_long(void **unused)
{
    struct rule_world world = rule_world_make("5 path=* -> redirect HTTP_301 port=81", NULL);
    size_t fits = 8192 - strlen("http://h.test:81");
    char *url = calloc(1, 9000), result[9000];
    const r53_header host = {"Host", "h.test"};
    r53_request request = {.size = sizeof(request),
                           .load_balancer = RULE_LB,
                           .url = url,
                           .headers = &host,
                           .n_headers = 1};
    r53_selection s = {.size = sizeof(s)};

    (void)unused;
    memset(url, 'a', fits);
    url[0] = '/';
    assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, NULL), R53_OK);
    assert_int_equal(s.status, 301);
    assert_int_equal(r53_selection_text_write(world.view, &request, &s, R53_TEXT_LOCATION, result,
                                              sizeof(result), NULL),
                     R53_OK);
    assert_int_equal(strlen(result), 8192);
    url[fits] = 'a';
    assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, NULL), R53_OK);
    assert_int_equal(s.status, 507);
    free(url);
    rule_world_free(&world);
}

/* An engine that fails, or tells of bytes that there are not. */
static void check_engine(void **unused)
{
    struct regex_counts counts = {0};
    r53_regex_engine engine = regex_engine(&counts);
    r53_cloud_options options = {.size = sizeof(options), .regex = &engine};
    struct rule_world world = rule_world_make("5 path=* url~a=>b -> x", &options);
    r53_selection s = {.size = sizeof(s)};
    struct request_spec spec;

    (void)unused;
    request_spec_read(&spec, "GET /a");
    counts.match_rc = R53_E_NOMEM;
    assert_int_equal(r53_elb_select(world.view, &spec.request, NULL, &s, NULL), R53_E_NOMEM);
    counts.match_rc = 0;
    counts.bad_spans = true;
    assert_int_equal(r53_elb_select(world.view, &spec.request, NULL, &s, NULL), R53_E_INVALID);
    rule_world_free(&world);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(cases) + COUNT(seen_cases) + 3];
    size_t n = 0;

    ADD_CASES(tests, n, cases, check_case);
    ADD_CASES(tests, n, seen_cases, check_seen);
    ADD_TEST(tests, n, "what cannot be asked for is said", check_misuse);
    ADD_TEST(tests, n, "ELB-ALB-ACT-25 ELB-ALB-ERR-507 a location that is too long", check_long);
    ADD_TEST(tests, n, "ELB-ALB-XFORM-03 an engine that does not keep its word", check_engine);
    return RUN_TESTS("redirect", tests, n);
}
