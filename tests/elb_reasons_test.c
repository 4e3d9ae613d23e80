/*
 * Every way in which a load balancer ends a request: a trace tells why, with the value that decided
 * and the rule. That a status was given is no reason, so it does not count as one.
 */
#include "support/fleet_text.h"
#include "support/harness.h"
#include "support/regex_engine.h"
#include "support/rule_text.h"
#include "support/trace_text.h"

#include <r53/r53.h>

#include <stdio.h>

#define HTTPS "listen https:443\n"

enum { LONG_MOST = 20000, HEADERS_MOST = 8 };

/* Members of a request that are so long that a row cannot spell them. */
struct lengths {
    size_t method, url, value;
    uint32_t headers; /* of such a value */
};

static const char *const h2_only[] = {"h2"};

static const struct reason {
    const char *what;
    const char *rules; /* support/rule_text.h; NULL: `fleet` */
    const char *fleet; /* support/fleet_text.h */
    const char *line;  /* the request */
    r53_request with;
    struct lengths lengths;
    int32_t outcome, status;
    const char *told, *rule;
} reasons[] = {
    /* what is read of a request */
    {"ELB-ALB-ERR-408 a client that says nothing", .rules = "",
     .with = {.client_outcome = R53_CLIENT_SILENT}, .outcome = R53_SELECTED_GENERATED,
     .status = 408, .told = "the client sends no request within the idle timeout of 60 seconds",
     .rule = "ELB-ALB-ERR-408"},
    {"ELB-ALB-ERR-400 a URL", .rules = "", .line = "GET a/b", .outcome = R53_SELECTED_GENERATED,
     .status = 400, .told = "the URL of 3 octets is malformed", .rule = "ELB-ALB-ERR-400"},
    {"ELB-ALB-ERR-400 a method", .rules = "", .line = "G(T /", .outcome = R53_SELECTED_GENERATED,
     .status = 400, .told = "the method of 3 octets is malformed", .rule = "ELB-ALB-ERR-400"},
    {"ELB-ALB-ERR-400 a request line", .rules = "", .lengths = {.url = 16384},
     .outcome = R53_SELECTED_GENERATED, .status = 400,
     .told = "the request line has 16397 octets, more than 16384", .rule = "ELB-ALB-ERR-400"},
    {"ELB-ALB-ERR-400 ELB-ALB-ERR-05 a header", .rules = "",
     .lengths = {.value = 16381, .headers = 1}, .outcome = R53_SELECTED_GENERATED, .status = 400,
     .told = "header 1 has 16384 octets, more than 16383", .rule = "ELB-ALB-ERR-400"},
    {"ELB-ALB-ERR-400 all headers", .rules = "", .lengths = {.value = 10000, .headers = 7},
     .outcome = R53_SELECTED_GENERATED, .status = 400,
     .told = "the headers up to header 7 have 70035 octets, more than 65536",
     .rule = "ELB-ALB-ERR-400"},
    {"ELB-ALB-ERR-400 ELB-LB-39 a severe request", .rules = "",
     .with = {.desync_class = R53_DESYNC_SEVERE}, .outcome = R53_SELECTED_GENERATED, .status = 400,
     .told = "the request is severe, which desync mitigation in mode defensive refuses",
     .rule = "ELB-ALB-ERR-400"},
    {"ELB-ALB-ERR-400 ELB-LB-39 an acceptable one in the strictest mode", .rules = "lb desync=3",
     .with = {.desync_class = R53_DESYNC_ACCEPTABLE}, .outcome = R53_SELECTED_GENERATED,
     .status = 400,
     .told = "the request is acceptable, which desync mitigation in mode strictest refuses",
     .rule = "ELB-ALB-ERR-400"},
    {"ELB-ALB-ERR-400 a body that did not come", .rules = "", .with = {.incomplete_body = 1},
     .outcome = R53_SELECTED_GENERATED, .status = 400,
     .told = "the client closes its connection before it has sent the whole body",
     .rule = "ELB-ALB-ERR-400"},
    {"ELB-ALB-ERR-501 an encoding", .rules = "",
     .line = "GET / | Host: a.test | Transfer-Encoding: gzip", .outcome = R53_SELECTED_GENERATED,
     .status = 501, .told = "header 2, Transfer-Encoding, is neither chunked nor identity",
     .rule = "ELB-ALB-ERR-501"},
    {"ELB-ALB-ERR-505 a version", .rules = "", .with = {.http_version = R53_HTTP_OTHER},
     .outcome = R53_SELECTED_GENERATED, .status = 505,
     .told = "the version of HTTP is none that is known", .rule = "ELB-ALB-ERR-505"},
    {"ELB-LSN-12 ELB-LB-36 a version that is not offered", .rules = HTTPS "lb http1",
     .with = {.http_version = R53_HTTP_2}, .outcome = R53_SELECTED_GENERATED, .status = 505,
     .told = "the request is one of HTTP/2, which is offered on HTTPS alone and only where it is "
             "enabled",
     .rule = "ELB-LSN-12"},
    {"ELB-ALB-ERR-414 a URL that is too large", .rules = "", .lengths = {.url = 16385},
     .outcome = R53_SELECTED_GENERATED, .status = 414,
     .told = "the URL has 16385 octets, more than 16384", .rule = "ELB-ALB-ERR-414"},
    {"ELB-ALB-ERR-405 a method that is refused", .rules = "", .line = "TRACE /",
     .outcome = R53_SELECTED_GENERATED, .status = 405, .told = "the method is TRACE",
     .rule = "ELB-ALB-ERR-405"},
    {"ELB-ALB-ERR-463 addresses", .rules = "",
     .line = "GET / | X-Forwarded-For: 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,"
             "24,25,26,27,28,29,30,31",
     .outcome = R53_SELECTED_GENERATED, .status = 463,
     .told = "X-Forwarded-For has 31 addresses, more than 30", .rule = "ELB-ALB-ERR-463"},
    {"ELB-CLB-11 CONNECT to a Classic one", .fleet = "clb http:80 a | i a1=ok", .line = "CONNECT /",
     .outcome = R53_SELECTED_GENERATED, .status = 400, .told = "the method is CONNECT",
     .rule = "ELB-CLB-11"},
    {"ELB-CLB-11 a URL to a Classic one", .fleet = "clb http:80 a | i a1=ok", .line = "GET a/b",
     .outcome = R53_SELECTED_GENERATED, .status = 400, .told = "the URL of 3 octets is malformed",
     .rule = "ELB-CLB-11"},
    {"ELB-CLB-11 ELB-LB-39 a severe request to a Classic one", .fleet = "clb http:80 a | i a1=ok",
     .with = {.desync_class = R53_DESYNC_SEVERE}, .outcome = R53_SELECTED_GENERATED, .status = 400,
     .told = "the request is severe, which desync mitigation in mode defensive refuses",
     .rule = "ELB-LB-39"},
    {"ELB-CLB-11 a long method to a Classic one", .fleet = "clb http:80 a | i a1=ok",
     .lengths = {.method = 128}, .outcome = R53_SELECTED_GENERATED, .status = 405,
     .told = "the method has 128 octets, more than 127", .rule = "ELB-CLB-11"},
    {"ELB-CLB-11 a full surge queue", .fleet = "clb http:80 a | i a1=ok",
     .with = {.surge_queue_length = 1030}, .outcome = R53_SELECTED_GENERATED, .status = 503,
     .told = "1030 requests wait for an instance already, and no more than 1024 may",
     .rule = "ELB-CLB-11"},
    /* sessions, tokens, the web ACL */
    {"ELB-ALB-ERR-401 ELB-ALB-ACT-40 no session", .rules = HTTPS "5 path=* -> auth=deny then x",
     .outcome = R53_SELECTED_GENERATED, .status = 401,
     .told = "the client has no session, and authenticate-oidc denies such requests",
     .rule = "ELB-ALB-ERR-401"},
    {"ELB-ALB-ERR-401 no host to come back to",
     .rules = HTTPS "5 path=* -> auth=authenticate then x", .with = {.http_version = R53_HTTP_1_0},
     .outcome = R53_SELECTED_GENERATED, .status = 401,
     .told = "the request of HTTP/1.0 says no host that the client could be led back to",
     .rule = "ELB-ALB-ERR-401"},
    {"ELB-ALB-ERR-401 ELB-ALB-ACT-42 a user refused", .rules = HTTPS "5 path=* -> auth=deny then x",
     .with = {.auth_state = R53_AUTH_REFUSED}, .outcome = R53_SELECTED_GENERATED, .status = 401,
     .told = "the identity provider refuses the user", .rule = "ELB-ALB-ERR-401"},
    {"ELB-ALB-ERR-500 ELB-ALB-ACT-42 a provider out of reach",
     .rules = HTTPS "5 path=* -> auth=deny then x",
     .with = {.auth_state = R53_AUTH_IDP_UNREACHABLE}, .outcome = R53_SELECTED_GENERATED,
     .status = 500, .told = "the identity provider cannot be reached", .rule = "ELB-ALB-ERR-500"},
    {"ELB-ALB-ERR-561 ELB-ALB-ACT-42 a provider's error",
     .rules = HTTPS "5 path=* -> auth=deny then x", .with = {.auth_state = R53_AUTH_IDP_ERROR},
     .outcome = R53_SELECTED_GENERATED, .status = 561,
     .told = "the identity provider returns an error", .rule = "ELB-ALB-ERR-561"},
    {"ELB-ALB-ACT-40 a client sent away", .rules = HTTPS "5 path=* -> auth=authenticate then x",
     .outcome = R53_SELECTED_AUTHENTICATE, .status = 302,
     .told = "the client is sent to the identity provider, or back from it",
     .rule = "ELB-ALB-ACT-40"},
    {"ELB-ALB-ACT-51 no token", .rules = HTTPS "5 path=* -> jwt then x",
     .outcome = R53_SELECTED_GENERATED, .status = 401, .told = "the request has no bearer token",
     .rule = "ELB-ALB-ACT-51"},
    {"ELB-ALB-ACT-51 a token that is not valid", .rules = HTTPS "5 path=* -> jwt then x",
     .line = "GET / | Authorization: Bearer e.e.e", .outcome = R53_SELECTED_GENERATED,
     .status = 401, .told = "the bearer token is not valid", .rule = "ELB-ALB-ACT-51"},
    {"ELB-ALB-ERR-500 keys out of reach", .rules = HTTPS "5 path=* -> jwt then x",
     .line = "GET / | Authorization: Bearer e.e.e", .with = {.jwt_state = R53_JWT_JWKS_UNREACHABLE},
     .outcome = R53_SELECTED_GENERATED, .status = 500,
     .told = "the endpoint of the token's keys cannot be reached", .rule = "ELB-ALB-ERR-500"},
    {"ELB-ALB-ERR-562 no set of keys", .rules = HTTPS "5 path=* -> jwt then x",
     .line = "GET / | Authorization: Bearer e.e.e", .with = {.jwt_state = R53_JWT_JWKS_BAD},
     .outcome = R53_SELECTED_GENERATED, .status = 562,
     .told = "the endpoint of the token's keys answers something that is no set of keys",
     .rule = "ELB-ALB-ERR-562"},
    {"ELB-ALB-ERR-403 ELB-ALB-SEL-07 blocked", .rules = "", .with = {.waf_state = R53_WAF_BLOCK},
     .outcome = R53_SELECTED_GENERATED, .status = 403, .told = "the web ACL blocks the request",
     .rule = "ELB-ALB-ERR-403"},
    {"ELB-ALB-ERR-500 ELB-ALB-SEL-07 no verdict", .rules = "", .with = {.waf_state = R53_WAF_ERROR},
     .outcome = R53_SELECTED_GENERATED, .status = 500,
     .told = "the web ACL gives no verdict, and application load balancer " RULE_LB_NAME
             ". does not fail open",
     .rule = "ELB-ALB-ERR-500"},
    {"ELB-LB-42 ELB-ALB-SEL-07 failing open", .rules = "lb waf-open",
     .with = {.waf_state = R53_WAF_ERROR}, .outcome = R53_SELECTED_TARGET,
     .told = "the web ACL gives no verdict, but application load balancer " RULE_LB_NAME
             ". fails open, so the request passes",
     .rule = "ELB-LB-42"},
    {"ELB-IP-06 a provider that only IPv4 reaches", .fleet = "alb ip=3 act=auth a | t a1=ok",
     .line = "GET /oauth2/idpresponse", .outcome = R53_SELECTED_GENERATED, .status = 500,
     .told = "application load balancer " FLEET_NAME
             ". has no public IPv4 address to reach the identity provider by",
     .rule = "ELB-IP-06"},
    /* actions */
    {"ELB-ALB-XFORM-03 a transform that fails", .rules = "5 path=* url~^.*$=>none -> x",
     .outcome = R53_SELECTED_GENERATED, .status = 500,
     .told = "what the transforms of rule 5 make of the request cannot be sent",
     .rule = "ELB-ALB-XFORM-03"},
    {"ELB-ALB-ERR-507 ELB-ALB-ACT-25 a location", .lengths = {.url = 9000},
     .rules = "5 path=* -> redirect HTTP_301 host=a.test", .outcome = R53_SELECTED_GENERATED,
     .status = 507, .told = "the location to redirect to has 9016 octets, more than 8192",
     .rule = "ELB-ALB-ERR-507"},
    {"ELB-ALB-ACT-01 a redirect", .rules = "5 path=* -> redirect HTTP_302 host=a.test",
     .outcome = R53_SELECTED_REDIRECT, .status = 302, .told = "rule 5 redirects with status 302",
     .rule = "ELB-ALB-ACT-01"},
    {"ELB-ALB-ACT-01 a fixed response", .rules = "5 path=* -> fixed 404",
     .outcome = R53_SELECTED_FIXED_RESPONSE, .status = 404,
     .told = "rule 5 answers with status 404", .rule = "ELB-ALB-ACT-01"},
    {"ELB-ALB-ACT-07 weights of a rule", .rules = "5 path=* -> x:0,y:0",
     .outcome = R53_SELECTED_GENERATED, .status = 503,
     .told = "listener HTTP:80: all weights of rule 5 are 0", .rule = "ELB-ALB-ACT-07"},
    {"ELB-ALB-ACT-07 weights of the default rule", .rules = "default -> x:0,y:0",
     .outcome = R53_SELECTED_GENERATED, .status = 503,
     .told = "listener HTTP:80: all weights of the default rule are 0", .rule = "ELB-ALB-ACT-07"},
    {"ELB-LSN-21 weights of a Network Load Balancer", .fleet = "nlb a | t w=0 a1=ok | u w=0 a2=ok",
     .outcome = R53_SELECTED_NO_TARGET,
     .told = "listener TCP:80: all weights of the default rule are 0", .rule = "ELB-LSN-21"},
    {"ELB-JSON-11 a group that is not known", .fleet = "alb a | t unknown",
     .outcome = R53_SELECTED_DANGLING,
     .told = "listener HTTP:80: the target group of the default rule is not known",
     .rule = "ELB-JSON-11"},
    {"ELB-LSN-04 a rule without an end", .fleet = "alb a act=none | t a1=ok",
     .outcome = R53_SELECTED_DANGLING,
     .told = "listener HTTP:80: the default rule has no action that ends it", .rule = "ELB-LSN-04"},
    /* target groups */
    {"ELB-ALB-ERR-464 ELB-ALB-ERR-464T a version", .rules = HTTPS "group def version=3",
     .outcome = R53_SELECTED_GENERATED, .status = 464,
     .told = "the request does not fit the protocol version of def", .rule = "ELB-ALB-ERR-464T"},
    {"ELB-ALB-ERR-413 a body", .rules = "group def lambda", .with = {.content_length = 1048577},
     .outcome = R53_SELECTED_GENERATED, .status = 413,
     .told = "the body has 1048577 octets or more, but the function of def takes 1048576",
     .rule = "ELB-ALB-ERR-413"},
    {"ELB-ALB-ERR-413 a body beyond counting", .rules = "group def lambda",
     .with = {.content_length = UINT64_MAX}, .outcome = R53_SELECTED_GENERATED, .status = 413,
     .told = "the body has 2147483647 octets or more, but the function of def takes 1048576",
     .rule = "ELB-ALB-ERR-413"},
    {"ELB-ALB-ERR-400 a WebSocket of a function", .rules = "group def lambda",
     .line = "GET / | Upgrade: websocket", .outcome = R53_SELECTED_GENERATED, .status = 400,
     .told = "the request asks for a WebSocket, which the function of def cannot have",
     .rule = "ELB-ALB-ERR-400"},
    {"ELB-ALB-ERR-501 a WebSocket of a group with slots", .fleet = "alb a | t ctl=3000 a1=ok",
     .line = "GET / | Upgrade: websocket", .outcome = R53_SELECTED_GENERATED, .status = 501,
     .told = "the request asks for a WebSocket, which t with its target control port cannot have",
     .rule = "ELB-ALB-ERR-501"},
    {"ELB-ALB-ERR-503 no target", .rules = "group def empty", .outcome = R53_SELECTED_GENERATED,
     .status = 503, .told = "def has no target in the node's scope that may be used",
     .rule = "ELB-ALB-ERR-503"},
    {"ELB-NLB-11 no target of a Network Load Balancer", .fleet = "nlb a | t",
     .outcome = R53_SELECTED_NO_TARGET,
     .told = "t has no target in the node's scope that may be used", .rule = "ELB-NLB-11"},
    {"ELB-CLB-12 no instance", .fleet = "clb http:80 a | i", .outcome = R53_SELECTED_GENERATED,
     .status = 503,
     .told = "the registered instances has no target in the node's scope that may be used",
     .rule = "ELB-CLB-12"},
    {"ELB-NLB-04 a connection id", .fleet = "nlb a quic:443 | t a1=ok",
     .with = {.quic_connection_id = (const uint8_t[]){1, 2}, .n_quic_connection_id = 2},
     .outcome = R53_SELECTED_DROPPED, .told = "the connection id has 2 octets instead of 17",
     .rule = "ELB-NLB-04"},
    /* targets */
    {"ELB-ALB-ERR-502 a target that refuses", .rules = "",
     .with = {.target_outcome = R53_TARGET_REFUSED}, .outcome = R53_SELECTED_GENERATED,
     .status = 502, .told = "def-1:80 in a refuses the connection, or cannot be reached",
     .rule = "ELB-ALB-ERR-502"},
    {"ELB-ALB-ERR-504 a target that is silent", .rules = "", .with = {.target_response_ms = 60001},
     .outcome = R53_SELECTED_GENERATED, .status = 504,
     .told = "def-1:80 in a does not answer within the idle timeout", .rule = "ELB-ALB-ERR-504"},
    {"ELB-ALB-ERR-500 an agent that fails", .rules = "",
     .with = {.target_outcome = R53_TARGET_AGENT_FAILED}, .outcome = R53_SELECTED_GENERATED,
     .status = 500, .told = "def-1:80 in a has an agent that fails", .rule = "ELB-ALB-ERR-500"},
    {"ELB-ALB-ERR-460 a client that leaves", .rules = "",
     .with = {.client_outcome = R53_CLIENT_LEFT}, .outcome = R53_SELECTED_GENERATED, .status = 460,
     .told = "the client closes its connection while def-1:80 in a works on the request",
     .rule = "ELB-ALB-ERR-460"},
    {"ELB-CLB-11 a Classic one's instance that refuses", .fleet = "clb http:80 a | i a1=ok",
     .with = {.target_outcome = R53_TARGET_REFUSED}, .outcome = R53_SELECTED_GENERATED,
     .status = 504, .told = "a1 in a refuses the connection, or cannot be reached",
     .rule = "ELB-CLB-11"},
    {"ELB-NLB-19 a target's reset", .fleet = "nlb a | t a1=ok",
     .with = {.target_outcome = R53_TARGET_CLOSED}, .outcome = R53_SELECTED_RESET,
     .told = "a1:80 in a closes the connection before it has answered", .rule = "ELB-NLB-19"},
    {"ELB-NLB-19 a target out of reach", .fleet = "nlb a | t a1=ok",
     .with = {.target_outcome = R53_TARGET_CONNECT_TIMED_OUT}, .outcome = R53_SELECTED_DROPPED,
     .told = "a1:80 in a does not accept the connection in time", .rule = "ELB-NLB-19"},
    {"ELB-ALG-01 a target", .rules = "", .outcome = R53_SELECTED_TARGET,
     .told = "def-1:80 in a gets the traffic", .rule = "ELB-ALG-01"},
    /* the way in */
    {"ELB-LSN-10 nothing listens", .rules = "", .with = {.port = 81},
     .outcome = R53_SELECTED_NO_LISTENER,
     .told = "application load balancer " RULE_LB_NAME ". does not listen on port 81",
     .rule = "ELB-LSN-10"},
    {"ELB-LSN-09 nothing listens there of a Network Load Balancer", .fleet = "nlb a | t a1=ok",
     .with = {.port = 81}, .outcome = R53_SELECTED_NO_LISTENER,
     .told = "network load balancer " FLEET_NAME ". does not listen on port 81",
     .rule = "ELB-LSN-09"},
    {"ELB-LB-04 an inactive one", .fleet = "alb a state=4 | t a1=ok",
     .outcome = R53_SELECTED_INACTIVE,
     .told = "application load balancer " FLEET_NAME ". does not serve", .rule = "ELB-LB-04"},
    {"ELB-LB-10 no node", .fleet = "alb | t a1=ok", .outcome = R53_SELECTED_INACTIVE,
     .told = "application load balancer " FLEET_NAME
             ". has no node at all, as no Availability Zone is enabled",
     .rule = "ELB-LB-10"},
    /* the TLS handshake */
    {"ELB-TLS-02 no certificate for the client's keys",
     .rules = HTTPS "cert c names=a.test key=EC_prime256v1 default",
     .with = {.server_name = "a.test", .tls_keys = R53_TLS_RSA_ONLY},
     .outcome = R53_SELECTED_TLS_FAILED,
     .told = "listener HTTPS:443 has no certificate for a client that can use RSA only",
     .rule = "ELB-TLS-02"},
    {"ELB-TLS-02 nor for the other kind", .rules = HTTPS "cert c names=a.test key=RSA_2048 default",
     .with = {.tls_keys = R53_TLS_ECDSA_ONLY}, .outcome = R53_SELECTED_TLS_FAILED,
     .told = "listener HTTPS:443 has no certificate for a client that can use ECDSA only",
     .rule = "ELB-TLS-02"},
    {"ELB-TLS-08 a client without certificate", .rules = "listen https:443 mtls=3",
     .outcome = R53_SELECTED_TLS_FAILED,
     .told = "listener HTTPS:443 verifies certificates of clients, and this one shows none",
     .rule = "ELB-TLS-08"},
    {"ELB-TLS-08 a certificate that is not trusted", .rules = "listen https:443 mtls=3",
     .with = {.client_certificate = R53_CLIENT_CERTIFICATE_UNTRUSTED},
     .outcome = R53_SELECTED_TLS_FAILED,
     .told = "listener HTTPS:443 verifies certificates of clients, and this one shows one that is "
             "not trusted",
     .rule = "ELB-TLS-08"},
    {"ELB-TLS-07 no application protocol in common",
     .rules = "lb nlb\nlisten tls:443 alpn=HTTP1Only",
     .with = {.alpn_protocols = h2_only, .n_alpn_protocols = 1}, .outcome = R53_SELECTED_TARGET,
     .told = "none of the 1 application protocol(s) offered is among those of listener TLS:443, so "
             "the connection goes on without",
     .rule = "ELB-TLS-07"},
};

/* A row's world and request, and what came of it. */
struct run {
    struct regex_counts counts;
    r53_regex_engine engine;
    struct rule_world rules;
    struct fleet_world fleet;
    struct request_spec spec;
    char text[LONG_MOST];
    char value[LONG_MOST];
    char method[LONG_MOST];
    r53_header headers[HEADERS_MOST];
    r53_selection selection;
    r53_trace *trace;
};

/* The line's request, with what the row says besides. */
static void request_fill(struct run *run, const struct reason *c)
{
    r53_request *request = &run->spec.request;
    r53_request line;

    request_spec_read(&run->spec, c->line ? c->line : "GET /");
    line = *request;
    *request = c->with;
    request->size = sizeof(*request);
    request->load_balancer = c->rules ? RULE_LB : FLEET_ARN;
    request->method = line.method;
    request->url = line.url;
    request->headers = line.headers;
    request->n_headers = line.n_headers;
}

static void request_lengthen(struct run *run, const struct lengths *lengths)
{
    r53_request *request = &run->spec.request;

    memset(run->text, 'a', lengths->url);
    run->text[0] = '/';
    memset(run->value, 'v', lengths->value);
    memset(run->method, 'M', lengths->method);
    for (uint32_t i = 0; i < lengths->headers; i++)
        run->headers[i] = (r53_header){"n", run->value};
    if (lengths->url)
        request->url = run->text;
    if (lengths->method)
        request->method = run->method;
    if (lengths->headers) {
        request->headers = run->headers;
        request->n_headers = lengths->headers;
    }
}

static void run_open(struct run *run, const struct reason *c)
{
    const r53_view *view;

    memset(run, 0, sizeof(*run));
    run->engine = regex_engine(&run->counts);
    if (c->rules) {
        const r53_cloud_options options = {.size = sizeof(options), .regex = &run->engine};

        run->rules = rule_world_make(c->rules, &options);
    } else {
        run->fleet = fleet_world_make(c->fleet, NULL);
    }
    view = c->rules ? run->rules.view : run->fleet.view;
    request_fill(run, c);
    request_lengthen(run, &c->lengths);
    run->selection.size = sizeof(run->selection);
    assert_int_equal(r53_trace_new(&run->trace, NULL), R53_OK);
    assert_int_equal(r53_elb_select(view, &run->spec.request, NULL, &run->selection, run->trace),
                     R53_OK);
}

static void run_close(struct run *run, const struct reason *c)
{
    r53_trace_free(run->trace);
    if (c->rules)
        rule_world_free(&run->rules);
    else
        fleet_world_free(&run->fleet);
}

static void expect_told(const r53_trace *trace, const char *told, const char *rule)
{
    char line[500];

    if (trace_tells(trace, told, rule))
        return;
    for (size_t i = 0; i < r53_trace_count(trace); i++) {
        r53_trace_entry entry = {.size = sizeof(entry)};

        r53_trace_get(trace, i, &entry);
        assert_int_equal(r53_trace_text(trace, i, line, sizeof(line), NULL), R53_OK);
        print_message("%s: %s\n", r53_rule_id(entry.rule), line);
    }
    fail_msg("not told: %s: %s", rule, told);
}

static void check_reason(void **state)
{
    const struct reason *c = *state;
    struct run run;

    run_open(&run, c);
    assert_int_equal(run.selection.outcome, c->outcome);
    assert_int_equal(run.selection.status, c->status);
    expect_told(run.trace, c->told, c->rule);
    run_close(&run, c);
}

/* Nothing that a load balancer may give is missing above: all outcomes, and all its own statuses.
 */
static void check_complete(void **state)
{
    static const int32_t statuses[] = {400, 401, 403, 405, 408, 413, 414, 460, 463, 464,
                                       500, 501, 502, 503, 504, 505, 507, 561, 562};
    uint32_t outcomes = 0, seen = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(reasons); i++) {
        outcomes |= UINT32_C(1) << reasons[i].outcome;
        for (size_t k = 0; k < COUNT(statuses); k++) {
            if (reasons[i].outcome == R53_SELECTED_GENERATED && reasons[i].status == statuses[k])
                seen |= UINT32_C(1) << k;
        }
    }
    for (int32_t outcome = 1; *r53_selection_outcome_name(outcome); outcome++) {
        if (!(outcomes & UINT32_C(1) << outcome))
            fail_msg("no row ends with %s", r53_selection_outcome_name(outcome));
    }
    for (size_t k = 0; k < COUNT(statuses); k++) {
        if (!(seen & UINT32_C(1) << k))
            fail_msg("no row ends with %d", (int)statuses[k]);
    }
}

/* Flows, and requests in progress */

/* What comes to a flow: but for a strange one its target has gone meanwhile. */
enum way { COMES_BACK, IS_STRANGE, IS_RESUMED };

static const struct flow_case {
    const char *what, *fleet;
    enum way way;
    int32_t outcome;
    const char *told, *rule;
} flow_cases[] = {
    {"ELB-NLB-12 a target of a Network Load Balancer that is gone",
     "nlb a | t delay=0 cut=true a1=ok", COMES_BACK, R53_SELECTED_RESET,
     "the target that the flow was on is registered with network load balancer " FLEET_NAME
     ". no more",
     "ELB-NLB-12"},
    {"ELB-GWLB-07 an appliance that is gone, with rebalancing",
     "gwlb a | t delay=0 rebalance a1-2=ok", COMES_BACK, R53_SELECTED_TARGET,
     "the target that the flow was on is registered with gateway load balancer " FLEET_NAME
     ". no more",
     "ELB-GWLB-07"},
    {"ELB-GWLB-06 an appliance that is gone", "gwlb a | t delay=0 a1=ok", COMES_BACK,
     R53_SELECTED_DROPPED,
     "the target that the flow was on is registered with gateway load balancer " FLEET_NAME
     ". no more",
     "ELB-GWLB-06"},
    {"ELB-GWLB-08 an appliance that is gone, with resets", "gwlb a | t delay=0 rst_gone=true a1=ok",
     COMES_BACK, R53_SELECTED_RESET,
     "the target that the flow was on is registered with gateway load balancer " FLEET_NAME
     ". no more",
     "ELB-GWLB-08"},
    {"ELB-GWLB-08 an appliance whose delay is over, with resets",
     "gwlb a | t delay=1 rst_gone=true a1=ok", COMES_BACK, R53_SELECTED_RESET,
     "the connection to a1:80 in a is cut: unused", "ELB-GWLB-08"},
    {"ELB-NLB-23 a flow that is not known", "nlb a | t a1=ok", IS_STRANGE, R53_SELECTED_RESET,
     "the packet belongs to a connection that network load balancer " FLEET_NAME ". does not know",
     "ELB-NLB-23"},
    {"ELB-GWLB-10 a flow that is not known", "gwlb a | t a1=ok", IS_STRANGE, R53_SELECTED_DROPPED,
     "the packet belongs to a connection that gateway load balancer " FLEET_NAME ". does not know",
     "ELB-GWLB-10"},
    {"ELB-DRAIN-02 a request whose target is gone", "alb a | t delay=1 a1=ok", IS_RESUMED,
     R53_SELECTED_GENERATED,
     "the target of t that has the request is no longer registered: its deregistration delay is "
     "over",
     "ELB-DRAIN-02"},
    {"ELB-CLB-10 one of a Classic load balancer", "clb http:80 a | t a1=ok", IS_RESUMED,
     R53_SELECTED_RESET,
     "the target of the registered instances that has the request is no longer registered: its "
     "deregistration delay is over",
     "ELB-CLB-10"},
};

static void check_flow(void **state)
{
    const struct flow_case *c = *state;
    struct fleet_world world = fleet_world_make(c->fleet, NULL);
    const r53_view *then = r53_view_retain(world.view);
    r53_request request = {.size = sizeof(request),
                           .load_balancer = FLEET_ARN,
                           .source_address = "203.0.113.7",
                           .destination_address = "198.51.100.1",
                           .source_port = 1000,
                           .port = strncmp(c->fleet, "gwlb", 4) == 0 ? 443 : 80,
                           .ip_protocol = 6};
    r53_selection s = {.size = sizeof(s)}, now = {.size = sizeof(now)};
    r53_target target = {.size = sizeof(target)};
    r53_elb_state *traffic;
    r53_trace *trace;

    assert_int_equal(r53_trace_new(&trace, NULL), R53_OK);
    assert_int_equal(r53_elb_state_new(&traffic, NULL), R53_OK);
    assert_int_equal(r53_elb_select(world.view, &request, traffic, &s, NULL), R53_OK);
    if (c->way != IS_STRANGE) {
        assert_int_equal(r53_elb_begin(traffic, &s), R53_OK);
        target.id = s.target_id;
        target.port = s.target_port;
        assert_int_equal(r53_target_deregister(world.cloud, s.target_group_arn, &target, 0, NULL),
                         R53_OK);
        fleet_world_look(&world, 1000);
    }
    request.established = 1;
    if (c->way == IS_RESUMED)
        assert_int_equal(r53_elb_resume(world.view, NULL, &s, &now, trace), R53_OK);
    else
        assert_int_equal(r53_elb_select(world.view, &request, traffic, &now, trace), R53_OK);
    expect_told(trace, c->told, c->rule);
    assert_int_equal(now.outcome, c->outcome);
    r53_trace_free(trace);
    r53_elb_state_free(traffic);
    r53_view_release(then);
    fleet_world_free(&world);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(reasons) + COUNT(flow_cases) + 1];
    size_t n = 0;

    ADD_CASES(tests, n, reasons, check_reason);
    ADD_CASES(tests, n, flow_cases, check_flow);
    ADD_TEST(tests, n, "ELB-ALB-ERR-01 each outcome and each status has its reason",
             check_complete);
    return RUN_TESTS("reasons of load balancers", tests, n);
}
