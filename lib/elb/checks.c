/*
 * What a load balancer refuses before it looks at rules, in the order in which a request is read
 * (ELB-ALB-ERR-01). A reason is a row, and each has an event of its own, so that a trace tells
 * which it was; a Classic Load Balancer has a table of its own.
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
    int32_t told[TRACE_VALUES]; /* what decided, for the trace: as the row's event says */
};

/* A count for the trace: one that is too large for it is as large as can be. */
static int32_t saturated(uint64_t count)
{
    return count < INT32_MAX ? (int32_t)count : INT32_MAX;
}

/* Is it more than allowed? */
static bool exceeds(struct check *check, uint64_t count, int32_t most)
{
    check->told[0] = saturated(count);
    check->told[1] = most;
    return count > (uint64_t)most;
}

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
static bool client_silent(struct check *check)
{
    check->told[0] = check->lb->idle_timeout_seconds;
    return check->request->client_outcome == R53_CLIENT_SILENT;
}

static bool url_malformed(struct check *check)
{
    check->told[0] = saturated(check->request->target.length);
    return check->request->malformed;
}

static bool method_malformed(struct check *check)
{
    check->told[0] = saturated(check->request->method.length);
    return !is_token(check->request->method);
}

/* "GET /path HTTP/1.1"; a URL that is too large by itself is another error. */
static bool line_too_long(struct check *check)
{
    const struct elb_request *request = check->request;

    return request->target.length <= REQUEST_LINE_MAX &&
           exceeds(check, request->method.length + request->target.length + sizeof(" HTTP/1.1"),
                   REQUEST_LINE_MAX);
}

/* "Name: value", without the line's end. */
static size_t header_length(const r53_header *header)
{
    return r53__span(header->name).length + 2 + r53__span(header->value).length;
}

/* ELB-ALB-ERR-05 */
static bool header_too_long(struct check *check)
{
    for (uint32_t i = 0; i < check->request->n_headers; i++) {
        check->told[2] = saturated((uint64_t)i + 1);
        if (exceeds(check, header_length(&check->request->headers[i]), HEADER_LINE_MAX))
            return true;
    }
    return false;
}

static bool headers_too_large(struct check *check)
{
    uint64_t sum = 0;

    for (uint32_t i = 0; i < check->request->n_headers; i++) {
        sum += header_length(&check->request->headers[i]) + 2;
        check->told[2] = saturated((uint64_t)i + 1);
        if (exceeds(check, sum, HEADERS_MAX))
            return true;
    }
    return false;
}

/* ELB-LB-39: how bad a request may be in each mode; monitor refuses none. */
static bool desync(struct check *check)
{
    static const int32_t refused_from[] = {
        [R53_DESYNC_MONITOR] = R53_DESYNC_SEVERE + 1,
        [R53_DESYNC_DEFENSIVE] = R53_DESYNC_SEVERE,
        [R53_DESYNC_STRICTEST] = R53_DESYNC_ACCEPTABLE,
    };

    check->told[0] = check->request->desync_class;
    check->told[1] = check->lb->desync_mode;
    return check->request->desync_class >= refused_from[check->lb->desync_mode];
}

static bool body_incomplete(struct check *check)
{
    return check->request->incomplete_body;
}

static bool encoding_unknown(struct check *check)
{
    struct span value;
    uint32_t at = 0;

    while (r53__header_next(check->subject, SPAN("Transfer-Encoding"), &at, &value)) {
        check->told[0] = saturated(at); /* it stands behind the header */
        if (!r53__equal_nocase(value, SPAN("chunked")) &&
            !r53__equal_nocase(value, SPAN("identity")))
            return true;
    }
    return false;
}

static bool version_unknown(struct check *check)
{
    return check->request->http_version == R53_HTTP_OTHER;
}

/*
 * HTTP/2 is agreed on in the TLS handshake: a connection without one, or to a load balancer that
 * does not offer it, is one of HTTP/1. ELB-LSN-12, ELB-LB-36
 */
static bool version_unexpected(struct check *check)
{
    bool offered = check->listener->protocol == R53_PROTOCOL_HTTPS && check->lb->http2_enabled;

    return check->request->http_version == R53_HTTP_2 && !offered;
}

static bool url_too_large(struct check *check)
{
    return exceeds(check, check->request->target.length, REQUEST_LINE_MAX);
}

static bool is_trace(struct check *check)
{
    return r53__span_is(check->request->method, "TRACE"); /* ELB-ALB-ERR-02: case counts */
}

static bool forwarded_too_often(struct check *check)
{
    struct span value;
    uint32_t at = 0, n = 0;

    while (r53__header_next(check->subject, SPAN("X-Forwarded-For"), &at, &value)) {
        n += value.length > 0;
        for (size_t i = 0; i < value.length; i++)
            n += value.at[i] == ',';
    }
    return exceeds(check, n, FORWARDED_MAX);
}

/* ELB-CLB-11: of all methods the one that would make it a proxy. */
static bool is_connect(struct check *check)
{
    return r53__span_is(check->request->method, "CONNECT");
}

static bool method_too_long(struct check *check)
{
    return exceeds(check, check->request->method.length, CLASSIC_METHOD_MAX);
}

static bool surge_queue_full(struct check *check)
{
    check->told[0] = check->request->surge_queue_length;
    check->told[1] = SURGE_QUEUE_MAX;
    return check->request->surge_queue_length >= SURGE_QUEUE_MAX;
}

struct check_row {
    bool (*fails)(struct check *check);
    int32_t status, rule, event;
};

static const struct check_row application_rows[] = {
    {client_silent, 408, RULE_ELB_ALB_ERR_408, EVENT_CLIENT_SILENT},
    {url_malformed, 400, RULE_ELB_ALB_ERR_400, EVENT_URL_MALFORMED},
    {method_malformed, 400, RULE_ELB_ALB_ERR_400, EVENT_METHOD_MALFORMED},
    {line_too_long, 400, RULE_ELB_ALB_ERR_400, EVENT_LINE_TOO_LONG},
    {header_too_long, 400, RULE_ELB_ALB_ERR_400, EVENT_HEADER_TOO_LONG},
    {headers_too_large, 400, RULE_ELB_ALB_ERR_400, EVENT_HEADERS_TOO_LARGE},
    {desync, 400, RULE_ELB_ALB_ERR_400, EVENT_DESYNC},
    {body_incomplete, 400, RULE_ELB_ALB_ERR_400, EVENT_BODY_INCOMPLETE},
    {encoding_unknown, 501, RULE_ELB_ALB_ERR_501, EVENT_ENCODING_UNKNOWN},
    {version_unknown, 505, RULE_ELB_ALB_ERR_505, EVENT_VERSION_UNKNOWN},
    {version_unexpected, 505, RULE_ELB_LSN_12, EVENT_VERSION_NOT_OFFERED},
    {url_too_large, 414, RULE_ELB_ALB_ERR_414, EVENT_URL_TOO_LARGE},
    {is_trace, 405, RULE_ELB_ALB_ERR_405, EVENT_METHOD_TRACE},
    {forwarded_too_often, 463, RULE_ELB_ALB_ERR_463, EVENT_FORWARDED_TOO_OFTEN},
};

static const struct check_row classic_rows[] = {
    {client_silent, 408, RULE_ELB_CLB_11, EVENT_CLIENT_SILENT},
    {url_malformed, 400, RULE_ELB_CLB_11, EVENT_URL_MALFORMED},
    {method_malformed, 400, RULE_ELB_CLB_11, EVENT_METHOD_MALFORMED},
    {is_connect, 400, RULE_ELB_CLB_11, EVENT_METHOD_CONNECT},
    {method_too_long, 405, RULE_ELB_CLB_11, EVENT_METHOD_TOO_LONG},
    {desync, 400, RULE_ELB_LB_39, EVENT_DESYNC},
    {surge_queue_full, 503, RULE_ELB_CLB_11, EVENT_SURGE_QUEUE_FULL},
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
    struct check check = {.subject = subject,
                          .request = input->request,
                          .lb = r53__elb_fleet(input, choice)->lb,
                          .listener = r53__elb_listener_of(input, choice)->listener};
    const struct check_row *rows = tables[check.lb->type].rows;

    for (size_t i = 0; i < tables[check.lb->type].n; i++) {
        const struct check_row *row = &rows[i];

        if (row->fails(&check)) {
            r53__trace(input->trace, row->rule, row->event, check.told[0], check.told[1],
                       check.told[2], check.told[3]);
            r53__elb_generate(input, choice, row->status, row->rule);
            return;
        }
    }
}
