/*
 * What a load balancer refuses before it looks at rules, in the order in which a request is read
 * (ELB-ALB-ERR-01). A reason is a row; a Classic Load Balancer has a table of its own.
 */
#include "elb/subject.h"
#include "elb/stages.h"

enum {
    FORWARDED_MAX = 30,       /* ELB-ALB-ERR-463 */
    CLASSIC_METHOD_MAX = 127, /* ELB-CLB-11 */
    SURGE_QUEUE_MAX = 1024    /* ELB-CLB-11 */
};

struct check {
    const struct subject *subject;
    const struct elb_request *request;
    const struct load_balancer *lb;
    const struct listener *listener;
};

/* RFC 7230 token */
static bool is_token(struct span text)
{
    static const char others[] = "!#$%&'*+-.^_`|~";

    for (size_t i = 0; i < text.length; i++) {
        char c = r53__lower(text.at[i]);
        bool known = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');

        for (const char *other = others; *other && !known; other++)
            known = c == *other;
        if (!known)
            return false;
    }
    return text.length > 0;
}

/* Its idle timeout is over before it has said anything. */
static bool client_silent(const struct check *check)
{
    return check->request->client_outcome == R53_CLIENT_SILENT;
}

static bool malformed(const struct check *check)
{
    return check->request->malformed || !is_token(check->request->method);
}

/* "GET /path HTTP/1.1"; a URL that is too large by itself is another error. */
static bool line_too_long(const struct check *check)
{
    const struct elb_request *request = check->request;

    return request->target.length <= REQUEST_LINE_MAX &&
           request->method.length + request->target.length + sizeof(" HTTP/1.1") > REQUEST_LINE_MAX;
}

/* ELB-ALB-ERR-05: "Name: value", without the line's end. */
static bool headers_too_large(const struct check *check)
{
    size_t sum = 0;

    for (uint32_t i = 0; i < check->request->n_headers; i++) {
        const r53_header *header = &check->request->headers[i];
        size_t line = r53__span(header->name).length + 2 + r53__span(header->value).length;

        sum += line + 2;
        if (line > HEADER_LINE_MAX || sum > HEADERS_MAX)
            return true;
    }
    return false;
}

/* ELB-LB-39: how bad a request may be in each mode; monitor refuses none. */
static bool desync(const struct check *check)
{
    static const int32_t refused_from[] = {
        [R53_DESYNC_MONITOR] = R53_DESYNC_SEVERE + 1,
        [R53_DESYNC_DEFENSIVE] = R53_DESYNC_SEVERE,
        [R53_DESYNC_STRICTEST] = R53_DESYNC_ACCEPTABLE,
    };

    return check->request->desync_class >= refused_from[check->lb->desync_mode];
}

static bool body_incomplete(const struct check *check)
{
    return check->request->incomplete_body;
}

static bool encoding_unknown(const struct check *check)
{
    struct span value;
    uint32_t at = 0;

    while (r53__header_next(check->subject, SPAN("Transfer-Encoding"), &at, &value)) {
        if (!r53__equal_nocase(value, SPAN("chunked")) &&
            !r53__equal_nocase(value, SPAN("identity")))
            return true;
    }
    return false;
}

static bool version_unknown(const struct check *check)
{
    return check->request->http_version == R53_HTTP_OTHER;
}

/*
 * HTTP/2 is agreed on in the TLS handshake: a connection without one, or to a load balancer that
 * does not offer it, is one of HTTP/1. ELB-LSN-12, ELB-LB-36
 */
static bool version_unexpected(const struct check *check)
{
    bool offered = check->listener->protocol == R53_PROTOCOL_HTTPS && check->lb->http2_enabled;

    return check->request->http_version == R53_HTTP_2 && !offered;
}

static bool url_too_large(const struct check *check)
{
    return check->request->target.length > REQUEST_LINE_MAX;
}

static bool is_trace(const struct check *check)
{
    return r53__span_is(check->request->method, "TRACE"); /* ELB-ALB-ERR-02: case counts */
}

static bool forwarded_too_often(const struct check *check)
{
    struct span value;
    uint32_t at = 0, n = 0;

    while (r53__header_next(check->subject, SPAN("X-Forwarded-For"), &at, &value)) {
        n += value.length > 0;
        for (size_t i = 0; i < value.length; i++)
            n += value.at[i] == ',';
    }
    return n > FORWARDED_MAX;
}

/* ELB-CLB-11: of all methods the one that would make it a proxy. */
static bool is_connect(const struct check *check)
{
    return r53__span_is(check->request->method, "CONNECT");
}

static bool method_too_long(const struct check *check)
{
    return check->request->method.length > CLASSIC_METHOD_MAX;
}

static bool surge_queue_full(const struct check *check)
{
    return check->request->surge_queue_length >= SURGE_QUEUE_MAX;
}

struct check_row {
    bool (*fails)(const struct check *check);
    int32_t status, rule;
};

static const struct check_row application_rows[] = {
    {client_silent, 408, RULE_ELB_ALB_ERR_408},
    {malformed, 400, RULE_ELB_ALB_ERR_400},
    {line_too_long, 400, RULE_ELB_ALB_ERR_400},
    {headers_too_large, 400, RULE_ELB_ALB_ERR_400},
    {desync, 400, RULE_ELB_ALB_ERR_400},
    {body_incomplete, 400, RULE_ELB_ALB_ERR_400},
    {encoding_unknown, 501, RULE_ELB_ALB_ERR_501},
    {version_unknown, 505, RULE_ELB_ALB_ERR_505},
    {version_unexpected, 505, RULE_ELB_LSN_12},
    {url_too_large, 414, RULE_ELB_ALB_ERR_414},
    {is_trace, 405, RULE_ELB_ALB_ERR_405},
    {forwarded_too_often, 463, RULE_ELB_ALB_ERR_463},
};

static const struct check_row classic_rows[] = {
    {client_silent, 408, RULE_ELB_CLB_11}, {malformed, 400, RULE_ELB_CLB_11},
    {is_connect, 400, RULE_ELB_CLB_11},    {method_too_long, 405, RULE_ELB_CLB_11},
    {desync, 400, RULE_ELB_LB_39},         {surge_queue_full, 503, RULE_ELB_CLB_11},
};

static const struct {
    const struct check_row *rows;
    size_t n;
} tables[] = {
    [R53_LB_APPLICATION] = {application_rows, sizeof(application_rows) / sizeof(struct check_row)},
    [R53_LB_CLASSIC] = {classic_rows, sizeof(classic_rows) / sizeof(struct check_row)},
};

void r53__elb_check(const struct elb_input *input, struct elb_choice *choice,
                    const struct subject *subject)
{
    const struct check check = {subject, input->request, r53__elb_fleet(input, choice)->lb,
                                r53__elb_listener_of(input, choice)->listener};
    const struct check_row *rows = tables[check.lb->type].rows;

    for (size_t i = 0; i < tables[check.lb->type].n; i++) {
        if (rows[i].fails(&check)) {
            r53__elb_generate(input, choice, rows[i].status, rows[i].rule);
            return;
        }
    }
}
