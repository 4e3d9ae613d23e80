/* Request targets taken apart and normalised. */
#include "support/harness.h"

#include <stdio.h>

#include "elb/url.h"

static const struct url_case {
    const char *what, *text;
    const char *parts; /* "host_port path query", "-" for none; NULL: malformed */
} cases[] = {
    {"a path", "/a/b", "- /a/b -"},
    {"ELB-ALB-COND-20 the query is no part of the path", "/a?b=/c", "- /a b=/c"},
    {"ELB-ALB-COND-50 the query begins at the first question mark", "/a?b?c", "- /a b?c"},
    {"ELB-ALB-COND-50 the fragment is no part of it", "/a?b#c?d", "- /a b"},
    {"a fragment without a query", "/a#b?c", "- /a -"},
    {"an empty query", "/a?", "- /a "},
    {"ELB-ALB-COND-23 scheme and host", "http://h.test/p", "h.test /p -"},
    {"ELB-ALB-COND-23 no path is the root", "HTTPS://h.test:8443", "h.test:8443 / -"},
    {"ELB-ALB-COND-23 no path before a query", "http://h.test?a=1", "h.test / a=1"},
    {"ELB-ALB-COND-23 an asterisk", "*", "- * -"},
    {"an IPv6 host", "http://[2001:db8::1]:80/", "[2001:db8::1]:80 / -"},
    {"bytes above ASCII", "/\303\244", "- /\303\244 -"},
    {"ELB-ALB-ERR-400 nothing", "", NULL},
    {"ELB-ALB-ERR-400 a relative path", "a/b", NULL},
    {"ELB-ALB-ERR-400 a blank", "/a b", NULL},
    {"ELB-ALB-ERR-400 a control character", "/a\tb", NULL},
    {"ELB-ALB-ERR-400 DEL", "/\177", NULL},
    {"ELB-ALB-ERR-400 no host", "http:///a", NULL},
    {"ELB-ALB-ERR-400 a port alone", "http://:80/", NULL},
    {"ELB-ALB-ERR-400 a port that is none", "http://h:x/", NULL},
    {"ELB-ALB-ERR-400 a port above 65535", "http://h:65536/", NULL},
    {"ELB-ALB-ERR-400 a port of many digits", "http://h:0000080/", NULL},
    {"ELB-ALB-ERR-400 a bracket left open", "http://[::1/", NULL},
    {"ELB-ALB-ERR-400 something behind a bracket", "http://[::1]a/", NULL},
    {"ELB-ALB-ERR-400 another scheme", "ftp://h/", NULL},
    {"ELB-ALB-ERR-400 a question mark alone", "?a", NULL},
};

static void check_case(void **state)
{
    const struct url_case *c = *state;
    char parts[128];
    struct url url;

    assert_int_equal(r53__url_parse(r53__span(c->text), &url), c->parts != NULL);
    if (!c->parts)
        return;
    snprintf(parts, sizeof(parts), "%.*s %.*s %.*s",
             url.host_port.length ? (int)url.host_port.length : 1,
             url.host_port.length ? url.host_port.at : "-", (int)url.path.length, url.path.at,
             url.has_query ? (int)url.query.length : 1, url.has_query ? url.query.at : "-");
    assert_string_equal(parts, c->parts);
}

static const struct path_case {
    const char *what, *path, *normal;
} path_cases[] = {
    {"ELB-ALB-COND-21 a plain path stays", "/a/b.png", "/a/b.png"},
    {"ELB-ALB-COND-21 a dot segment goes", "/a/./b", "/a/b"},
    {"ELB-ALB-COND-21 two dots take their parent along", "/a/../img/x", "/img/x"},
    {"ELB-ALB-COND-21 but not the root", "/../../a", "/a"},
    {"ELB-ALB-COND-21 a dot at the end", "/a/.", "/a/"},
    {"ELB-ALB-COND-21 two dots at the end", "/a/b/..", "/a/"},
    {"ELB-ALB-COND-21 two dots alone", "/..", "/"},
    {"ELB-ALB-COND-21 three dots are a name", "/a/.../b", "/a/.../b"},
    {"ELB-ALB-COND-21 a hidden file is a name", "/.well-known/x", "/.well-known/x"},
    {"ELB-ALB-COND-21 needless escapes go", "/%41%7e%2D", "/A~-"},
    {"ELB-ALB-COND-21 others get capitals", "/a%2fb%20", "/a%2Fb%20"},
    {"ELB-ALB-COND-21 encoded dots are dots", "/a/%2e%2E/b", "/b"},
    {"ELB-ALB-COND-21 what is no escape stays", "/%4/%zz%", "/%4/%zz%"},
    {"ELB-ALB-COND-21 slashes stay as many as they are", "/a//b", "/a//b"},
    {"ELB-ALB-COND-21 also around two dots", "/a//../b", "/a/b"},
    {"ELB-ALB-COND-21 once, not again", "/%2541", "/%2541"},
    {"ELB-ALB-COND-23 an asterisk stays", "*", "*"},
};

static void check_path(void **state)
{
    const struct path_case *c = *state;
    char buffer[64], text[64];
    struct span normal = r53__path_normalize(r53__span(c->path), buffer);

    snprintf(text, sizeof(text), "%.*s", (int)normal.length, normal.at);
    assert_string_equal(text, c->normal);
}

static void check_host(void **unused)
{
    struct span host;

    (void)unused;
    assert_true(r53__host_split(SPAN("h.test:80"), &host));
    assert_true(r53__span_is(host, "h.test"));
    assert_true(r53__host_split(SPAN("[::1]:80"), &host));
    assert_true(r53__span_is(host, "[::1]"));
    assert_true(r53__host_split(SPAN("h.test:"), &host));
    assert_true(r53__span_is(host, "h.test"));
    assert_false(r53__host_split(SPAN("h.test:80x"), &host));
}

int main(void)
{
    struct CMUnitTest tests[COUNT(cases) + COUNT(path_cases) + 1];
    size_t n = 0;

    ADD_CASES(tests, n, cases, check_case);
    ADD_CASES(tests, n, path_cases, check_path);
    ADD_TEST(tests, n, "ELB-ALB-COND-10 a host is told from its port", check_host);
    return RUN_TESTS("url", tests, n);
}
