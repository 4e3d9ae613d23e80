/*
 * Reading a request: what a host says is checked here once, so that the stages may use it as it
 * stands.
 */
#include "base/sized.h"
#include "elb/select.h"

#include <string.h>

enum { PORT_LAST = 65535, IP_PROTOCOL_LAST = 255 };

static bool port_fits(int32_t port)
{
    return port >= 0 && port <= PORT_LAST;
}

/* A number of a public enum, or 0. Tables are indexed by it, so whatever a host says is checked. */
static bool in_range(int32_t value, int32_t last)
{
    return value >= 0 && value <= last;
}

static bool states_valid(const r53_request *in)
{
    return in_range(in->http_version, R53_HTTP_OTHER) &&
           in_range(in->auth_state, R53_AUTH_REFUSED) &&
           in_range(in->jwt_state, R53_JWT_JWKS_BAD) && in_range(in->waf_state, R53_WAF_ERROR) &&
           in_range(in->desync_class, R53_DESYNC_SEVERE) &&
           in_range(in->tls_keys, R53_TLS_ECDSA_ONLY) &&
           in_range(in->client_certificate, R53_CLIENT_CERTIFICATE_UNTRUSTED) &&
           in_range(in->incomplete_body, 1) && in_range(in->established, 1) &&
           in_range(in->ip_protocol, IP_PROTOCOL_LAST);
}

/* What the target and the client do with the request. */
static bool course_valid(const r53_request *in)
{
    return in_range(in->target_outcome, R53_TARGET_AGENT_FAILED) &&
           in_range(in->client_outcome, R53_CLIENT_LEFT) && in->target_connect_ms >= 0 &&
           in->target_response_ms >= 0 && in->surge_queue_length >= 0 &&
           in_range(in->private_link, 1) && !in->reserved2;
}

/* The cookies are read where they are needed, so here it is seen that they can be. */
static bool cookies_valid(const r53_request *in)
{
    for (uint32_t i = 0; i < in->n_cookies; i++) {
        r53_cookie cookie;

        if (!in->cookies || !r53__sized_read(&cookie, sizeof(cookie), in->cookies[i]))
            return false;
    }
    return true;
}

static bool groups_valid(const r53_request *in)
{
    for (uint32_t i = 0; i < in->n_source_security_groups; i++) {
        if (!in->source_security_groups || !in->source_security_groups[i])
            return false;
    }
    return true;
}

static bool lists_valid(const r53_request *in)
{
    if ((in->n_quic_connection_id && !in->quic_connection_id) || !cookies_valid(in) ||
        !groups_valid(in))
        return false;
    if ((in->n_headers && !in->headers) || (in->n_alpn_protocols && !in->alpn_protocols))
        return false;
    for (uint32_t i = 0; i < in->n_headers; i++) {
        if (!in->headers[i].name || !in->headers[i].value)
            return false;
    }
    return true;
}

/* Fills in what is not said; texts are borrowed from the request. */
static void request_texts(struct elb_request *out, const r53_request *in)
{
    out->load_balancer = in->load_balancer ? in->load_balancer : "";
    out->availability_zone = in->availability_zone ? in->availability_zone : "";
    out->source_instance = in->source_instance ? in->source_instance : "";
    out->method = r53__span(in->method ? in->method : "GET");
    out->target = r53__span(in->url ? in->url : "/");
    out->server_name = r53__span(in->server_name);
    out->headers = in->headers;
    out->alpn_protocols = in->alpn_protocols;
    out->n_headers = in->n_headers;
    out->n_alpn_protocols = in->n_alpn_protocols;
    out->cookies = in->cookies;
    out->n_cookies = in->n_cookies;
    out->quic_connection_id = in->quic_connection_id;
    out->n_quic_connection_id = in->n_quic_connection_id;
}

static void request_states(struct elb_request *out, const r53_request *in)
{
    out->http_version = in->http_version ? in->http_version : R53_HTTP_1_1;
    out->auth_state = in->auth_state;
    out->jwt_state = in->jwt_state;
    out->waf_state = in->waf_state;
    out->desync_class = in->desync_class;
    out->tls_keys = in->tls_keys;
    out->client_certificate = in->client_certificate;
    out->incomplete_body = in->incomplete_body;
    out->content_length = in->content_length;
    out->now_ms = in->now_ms;
    out->ip_protocol = in->ip_protocol;
    out->established = in->established;
}

static void request_course(struct elb_request *out, const r53_request *in)
{
    out->target_outcome = in->target_outcome;
    out->client_outcome = in->client_outcome;
    out->target_connect_ms = in->target_connect_ms;
    out->target_response_ms = in->target_response_ms;
    out->surge_queue_length = in->surge_queue_length;
    out->private_link = in->private_link;
    out->source_security_groups = in->source_security_groups;
    out->n_source_security_groups = in->n_source_security_groups;
}

/* "http://host?query" has an empty path, which counts as "/" (ELB-ALB-COND-23). */
static void path_complete(struct elb_request *out)
{
    struct span from = out->url.path_query;

    if (from.length > 0 && from.at[0] != '?')
        return;
    out->path_buffer[0] = '/';
    memcpy(out->path_buffer + 1, from.at, from.length);
    out->url.path_query = (struct span){out->path_buffer, from.length + 1};
}

/* A target that is too large is never looked into: it is refused (ELB-ALB-ERR-414). */
static void request_target(struct elb_request *out)
{
    if (out->target.length > REQUEST_LINE_MAX) {
        out->url.path = out->url.path_query = out->path = SPAN("/");
        return;
    }
    out->malformed = !r53__url_parse(out->target, &out->url);
    if (out->malformed)
        return;
    out->path = r53__path_normalize(out->url.path, out->path_buffer);
    path_complete(out);
}

int32_t r53__elb_request_parse(struct elb_request *out, const r53_request *in)
{
    r53_request given = {0};

    if (in && !r53__sized_read(&given, sizeof(given), in))
        return R53_E_INVALID;
    if (given.protocol < 0 || given.protocol > R53_PROTOCOL_TCP_QUIC || given.reserved ||
        !port_fits(given.port) || !port_fits(given.source_port) || !states_valid(&given) ||
        !course_valid(&given) || !lists_valid(&given))
        return R53_E_INVALID;
    memset(out, 0, offsetof(struct elb_request, path_buffer));
    out->protocol = given.protocol;
    out->port = given.port;
    out->source_port = given.source_port;
    out->tcp_sequence = given.tcp_sequence;
    out->seed = given.seed;
    request_texts(out, &given);
    request_states(out, &given);
    request_course(out, &given);
    request_target(out);
    if ((given.source_address &&
         !r53__address_parse(r53__span(given.source_address), &out->source)) ||
        (given.destination_address &&
         !r53__address_parse(r53__span(given.destination_address), &out->destination)))
        return R53_E_INVALID;
    return R53_OK;
}

void r53__elb_request_looked_up(struct elb_request *request, struct name name)
{
    struct text text;

    r53__text_init(&text, request->host_buffer, sizeof(request->host_buffer));
    r53__name_put(&text, name);
    /* without the last dot */
    request->fallback_host = (struct span){request->host_buffer, text.length - 1};
}
