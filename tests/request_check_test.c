/*
 * What a wrong request is told: the member, its value, what was expected; and only what is wrong.
 */
#include "support/harness.h"
#include "support/refused.h"

#include "elb/select.h"

static const r53_header nameless[] = {{"Host", "a"}, {NULL, "b"}};
static const r53_header valueless[] = {{"Host", NULL}};
static const r53_cookie cookie = {.size = sizeof(cookie)}, sizeless = {.size = 0};
static const r53_cookie *const cookies[] = {&cookie, &cookie, &sizeless};
static const r53_cookie *const no_cookie[] = {NULL};
static const char *const groups[] = {"sg-1", NULL};

static const struct check_case {
    const char *what;
    r53_request request;
    const char *path, *value; /* of the only finding; NULL: there is none */
} cases[] = {
    {"a request of nothing is valid", {.port = 0}, NULL, NULL},
    {"a protocol that there is not", {.protocol = 11}, "Protocol", "11"},
    {"a negative port", {.port = -1}, "Port", "-1"},
    {"a source port of more than 16 bits", {.source_port = 65536}, "SourcePort", "65536"},
    {"a version of HTTP that there is not", {.http_version = 6}, "HttpVersion", "6"},
    {"ELB-ALB-ACT-43 a session that there is not", {.auth_state = 7}, "AuthState", "7"},
    {"ELB-ALB-ACT-51 a token that there is not", {.jwt_state = -2}, "JwtState", "-2"},
    {"a web ACL's word that there is not", {.waf_state = 4}, "WafState", "4"},
    {"a class that there is not", {.desync_class = 5}, "DesyncClass", "5"},
    {"keys that there are not", {.tls_keys = 3}, "TlsKeys", "3"},
    {"a certificate that there is not", {.client_certificate = 4}, "ClientCertificate", "4"},
    {"a flag that is neither", {.incomplete_body = 2}, "IncompleteBody", "2"},
    {"a packet's protocol of nine bits", {.ip_protocol = 256}, "IpProtocol", "256"},
    {"a connection that is neither", {.established = 2}, "Established", "2"},
    {"an outcome that there is not", {.target_outcome = 17}, "TargetOutcome", "17"},
    {"a client's that there is not", {.client_outcome = 4}, "ClientOutcome", "4"},
    {"a connection that takes less than no time",
     {.target_connect_ms = -5000000000},
     "TargetConnectMs",
     "-5000000000"},
    {"an answer before it was asked for", {.target_response_ms = -1}, "TargetResponseMs", "-1"},
    {"a queue shorter than empty", {.surge_queue_length = -1}, "SurgeQueueLength", "-1"},
    {"an endpoint that is neither", {.private_link = 2}, "PrivateLink", "2"},
    {"a member that is none", {.reserved2 = 9}, "Reserved2", "9"},
    {"a client that is no address", {.source_address = "host"}, "SourceAddress", "host"},
    {"a destination that is no address",
     {.destination_address = "10.0.0.256"},
     "DestinationAddress",
     "10.0.0.256"},
    {"headers that are not there", {.n_headers = 2}, "Headers", "NULL"},
    {"a header without a name", {.headers = nameless, .n_headers = 2}, "Headers[1].Name", "NULL"},
    {"a header without a value",
     {.headers = valueless, .n_headers = 1},
     "Headers[0].Value",
     "NULL"},
    {"protocols that are not there", {.n_alpn_protocols = 1}, "AlpnProtocols", "NULL"},
    {"cookies that are not there", {.n_cookies = 1}, "Cookies", "NULL"},
    {"a cookie that is not there", {.cookies = no_cookie, .n_cookies = 1}, "Cookies[0]", "NULL"},
    {"a cookie without its size", {.cookies = cookies, .n_cookies = 3}, "Cookies[2]", "NULL"},
    {"an id that is not there", {.n_quic_connection_id = 8}, "QuicConnectionId", "NULL"},
    {"a security group that is not there",
     {.source_security_groups = groups, .n_source_security_groups = 2},
     "SourceSecurityGroups[1]",
     "NULL"},
};

static void check(void **state)
{
    const struct check_case *c = *state;
    r53_request request = c->request;
    r53_report *report;

    request.size = sizeof(request);
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(r53_request_check(&request, report), c->path ? R53_E_INVALID : R53_OK);
    assert_int_equal(r53_request_check(&request, NULL), c->path ? R53_E_INVALID : R53_OK);
    expect_refused(report, c->path, c->value);
    r53_report_free(report);
}

static void check_size(void **state)
{
    r53_request request = {.size = 2};
    r53_report *report;

    (void)state;
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(r53_request_check(NULL, report), R53_OK);
    assert_int_equal(r53_report_count(report), 0);
    assert_int_equal(r53_request_check(&request, report), R53_E_INVALID);
    assert_int_equal(r53_report_count(report), 1);
    r53_report_free(report);
}

static uint32_t next(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* One member in four is said, and one of those in eight is wrong. */
static int32_t some(uint32_t *chance)
{
    static const int32_t numbers[] = {1, 1, 1, 1, 1, 1, 3, -1};

    return next(chance) % 4 ? 0 : numbers[next(chance) % COUNT(numbers)];
}

static r53_request any_request(uint32_t *chance)
{
    static const char *const addresses[] = {NULL, NULL, NULL, "192.0.2.1", "2001:db8::1", "x"};
    r53_request request = {.size = sizeof(request), .headers = nameless, .cookies = cookies};

    request.protocol = some(chance);
    request.port = some(chance);
    request.source_port = some(chance);
    request.http_version = some(chance);
    request.waf_state = some(chance);
    request.tls_keys = some(chance);
    request.established = some(chance);
    request.client_outcome = some(chance);
    request.target_connect_ms = some(chance);
    request.private_link = some(chance);
    request.n_headers = next(chance) % 3;
    request.n_cookies = next(chance) % 4;
    request.source_security_groups = next(chance) % 4 ? groups : NULL;
    request.n_source_security_groups = next(chance) % 3;
    request.source_address = addresses[next(chance) % COUNT(addresses)];
    request.destination_address = addresses[next(chance) % COUNT(addresses)];
    return request;
}

/* Whatever is put together: refused is what reading refuses, and never without a word. */
static void check_agrees(void **state)
{
    uint32_t chance = 1, refused = 0;

    (void)state;
    for (uint32_t n = 0; n < 20000; n++) {
        r53_request request = any_request(&chance);
        struct elb_request parsed;
        r53_report *report;
        int32_t rc;

        assert_int_equal(r53_report_new(&report, NULL), R53_OK);
        rc = r53_request_check(&request, report);
        assert_int_equal(rc, r53__elb_request_parse(&parsed, &request));
        assert_int_equal(rc != R53_OK, r53_report_count(report) > 0);
        refused += rc != R53_OK;
        r53_report_free(report);
    }
    assert_in_range(refused, 1000, 19000);
}

int main(void)
{
    static struct CMUnitTest tests[COUNT(cases) + 2];
    size_t n = 0;

    ADD_CASES(tests, n, cases, check);
    ADD_TEST(tests, n, "no request, a small one", check_size);
    ADD_TEST(tests, n, "what is refused is what reading refuses", check_agrees);
    return RUN_TESTS("request_check", tests, n);
}
