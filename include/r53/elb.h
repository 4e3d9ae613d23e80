/**
 * The ELB target selector: a request that reached a node of a load balancer, to the target that
 * gets it. Selecting only reads the state; begin and end change it.
 */
#ifndef R53_ELB_H
#define R53_ELB_H

#include <r53/cookie.h>
#include <r53/load_balancer.h>
#include <r53/target_group.h>
#include <r53/trace.h>
#include <r53/view.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A header of a request. Frozen: no member will be added. */
typedef struct r53_header {
    const char *name;  /**< "User-Agent", any case */
    const char *value; /**< without the blanks around it, or with them */
} r53_header;

/** Version of HTTP that a client speaks; 0: HTTP/1.1. */
enum r53_http_version {
    R53_HTTP_1_1 = 1,
    R53_HTTP_1_0 = 2,
    R53_HTTP_0_9 = 3,
    R53_HTTP_2 = 4,
    R53_HTTP_OTHER = 5 /**< none that a load balancer knows (ELB-ALB-ERR-505) */
};

/** What the host says of a user's session (ELB-ALB-ACT-43); 0: no session. */
enum r53_auth_state {
    R53_AUTH_NONE = 1,
    R53_AUTH_AUTHENTICATED = 2,
    R53_AUTH_EXPIRED = 3,
    R53_AUTH_IDP_ERROR = 4,       /**< the identity provider returned an error */
    R53_AUTH_IDP_UNREACHABLE = 5,
    R53_AUTH_REFUSED = 6          /**< the identity provider refused the user */
};

/** What the host says of the bearer token (ELB-ALB-ACT-51); 0: not valid. */
enum r53_jwt_state {
    R53_JWT_INVALID = 1,
    R53_JWT_VALID = 2,
    R53_JWT_JWKS_UNREACHABLE = 3,
    R53_JWT_JWKS_BAD = 4 /**< the key endpoint's answer is no key set */
};

/** What the host says of the web ACL (ELB-ALB-SEL-07); 0: lets it through. */
enum r53_waf_state { R53_WAF_ALLOW = 1, R53_WAF_BLOCK = 2, R53_WAF_ERROR = 3 };

/** How far a request departs from the RFCs (ELB-ALB-ERR-400); 0: not at all. */
enum r53_desync_class {
    R53_DESYNC_COMPLIANT = 1,
    R53_DESYNC_ACCEPTABLE = 2,
    R53_DESYNC_AMBIGUOUS = 3,
    R53_DESYNC_SEVERE = 4
};

/** Keys that a client can use in a TLS handshake; 0: any. */
enum r53_tls_keys { R53_TLS_ANY_KEY = 0, R53_TLS_RSA_ONLY = 1, R53_TLS_ECDSA_ONLY = 2 };

/** What a client shows when it is asked for a certificate; 0: nothing. */
enum r53_client_certificate {
    R53_CLIENT_CERTIFICATE_NONE = 1,
    R53_CLIENT_CERTIFICATE_TRUSTED = 2,
    R53_CLIENT_CERTIFICATE_UNTRUSTED = 3
};

/**
 * What the chosen target does with the request (ELB-ALB-ERR-502, -504); 0: answers it. What comes
 * of it depends on who forwards:
 *
 *                         Application   Classic, HTTP   Network, Classic below HTTP
 *   REFUSED, CLOSED       502           504             reset
 *   TLS_FAILED            502           502             reset
 *   MALFORMED, too large  502           502             the client's to look at
 *   BODY_TOO_SHORT        504           502             the client's to look at
 *   CONNECT_TIMED_OUT     504           504             dropped
 *   TLS_TIMED_OUT         504           504             reset
 *   TIMED_OUT             504           504             the client's to wait for
 *   FUNCTION_...          502; SLOW 504
 *   AGENT_FAILED          500
 *
 * Appliances of a Gateway Load Balancer have nothing to answer, so there it changes nothing.
 */
enum r53_target_outcome {
    R53_TARGET_ANSWERED = 1,
    R53_TARGET_REFUSED = 2,               /**< refuses the connection, or cannot be reached */
    R53_TARGET_CLOSED = 3,                /**< closes or resets it before it has answered */
    R53_TARGET_MALFORMED = 4,             /**< its answer is no HTTP */
    R53_TARGET_HEADERS_TOO_LARGE = 5,     /**< headers of its answer above 32 KiB */
    R53_TARGET_TLS_FAILED = 6,            /**< the TLS handshake with it fails */
    R53_TARGET_CONNECT_TIMED_OUT = 7,     /**< no connection within 10 seconds */
    R53_TARGET_TLS_TIMED_OUT = 8,         /**< no TLS handshake in time (ELB-CONF-13) */
    R53_TARGET_TIMED_OUT = 9,             /**< no answer within the idle timeout */
    R53_TARGET_BODY_TOO_SHORT = 10,       /**< less body than its Content-Length */
    R53_TARGET_FUNCTION_FAILED = 11,      /**< the function ends with an error */
    R53_TARGET_FUNCTION_THROTTLED = 12,   /**< too many run already */
    R53_TARGET_FUNCTION_TIMED_OUT = 13,   /**< the function ran out of its own time */
    R53_TARGET_FUNCTION_TOO_LARGE = 14,   /**< its answer is above 1 MiB */
    R53_TARGET_FUNCTION_SLOW = 15,        /**< the service that runs it is slow */
    R53_TARGET_AGENT_FAILED = 16          /**< target optimizer's agent (ELB-ALB-ERR-500) */
};

/** What the client does meanwhile; 0: sends its request and waits. */
enum r53_client_outcome {
    R53_CLIENT_WAITED = 1,
    R53_CLIENT_SILENT = 2, /**< sends nothing within the idle timeout (ELB-ALB-ERR-408) */
    R53_CLIENT_LEFT = 3    /**< closes while it waits for the target (ELB-ALB-ERR-460) */
};

/** What a client sends to a load balancer. */
typedef struct r53_request {
    uint32_t size;                 /**< sizeof(r53_request) */
    int32_t protocol;              /**< enum r53_protocol; 0: the listener's */
    const char *load_balancer;     /**< ARN or DNS name; not read in a flow, which finds it */
    const char *availability_zone; /**< zone of the node connected to; NULL: that of a zonal DNS name
                                        (ELB-DNS-35), else drawn (in a flow: that of the address
                                        connected to) */
    const char *source_address;    /**< client; NULL: not known, a flow hash becomes a draw */
    int32_t port;                  /**< listener port; 0: 80, or the lowest there is */
    int32_t source_port;           /**< client port, 1-65535; 0: not known */
    uint32_t tcp_sequence;         /**< initial sequence number of the connection */
    uint32_t reserved;             /**< 0 */
    uint64_t seed;                 /**< chance: the same seed gives the same selection; a flow takes
                                        its query's instead */
    const char *method;            /**< HTTP method; NULL: GET */
    const char *url;               /**< "http://host/path?query" or "/path"; NULL: "/" */
    const r53_header *headers;     /**< in the order sent; Host may be left to `url` */
    const char *server_name;       /**< name asked for in the TLS handshake (SNI); NULL: none */
    const char *const *alpn_protocols; /**< offered in the handshake, "h2", "http/1.1" */
    uint32_t n_headers;            /**< length of headers */
    uint32_t n_alpn_protocols;     /**< length of alpn_protocols */
    int32_t http_version;          /**< enum r53_http_version */
    int32_t auth_state;            /**< enum r53_auth_state */
    int32_t jwt_state;             /**< enum r53_jwt_state */
    int32_t waf_state;             /**< enum r53_waf_state */
    int32_t desync_class;          /**< enum r53_desync_class */
    int32_t tls_keys;              /**< enum r53_tls_keys */
    int32_t client_certificate;    /**< enum r53_client_certificate */
    int32_t incomplete_body;       /**< 1: the client closed before its body was sent */
    uint64_t content_length;       /**< length of the body */
    int64_t now_ms;                /**< time of the request; 0: the view's */
    const r53_cookie *const *cookies; /**< as the host opened them (<r53/cookie.h>) */
    const char *destination_address; /**< Gateway: where the packet goes; `port` is its port there */
    const uint8_t *quic_connection_id; /**< destination connection id of a QUIC packet with a short
                                        header; NULL: a first packet (ELB-NLB-04) */
    uint32_t n_cookies;            /**< length of cookies */
    uint32_t n_quic_connection_id; /**< length of quic_connection_id */
    int32_t ip_protocol;           /**< Gateway: the packet's protocol as IANA numbers it; 0: TCP, or
                                        UDP as `protocol` says */
    int32_t established;           /**< 1: a packet of an open TCP connection, no SYN */
    const char *source_instance;   /**< id of the instance that the client is, "i-0a1b"; NULL: none,
                                        or not known (ELB-NLB-15) */
    int32_t target_outcome;        /**< enum r53_target_outcome */
    int32_t client_outcome;        /**< enum r53_client_outcome */
    int64_t target_connect_ms;     /**< how long the connection to the target takes: more than 10
                                        seconds, of a Classic Load Balancer more than its idle
                                        timeout, is R53_TARGET_CONNECT_TIMED_OUT. Both times count
                                        where target_outcome is 0, and not for Network ones */
    int64_t target_response_ms;    /**< how long the target then is silent: more than the idle
                                        timeout (ELB-LB-34) is R53_TARGET_TIMED_OUT */
    int32_t surge_queue_length;    /**< Classic: requests that wait for an instance; 1024 and the
                                        queue is full (ELB-CLB-11) */
    int32_t private_link;          /**< 1: through an interface of an endpoint (ELB-NLB-25) */
    const char *const *source_security_groups; /**< ids of the client's security groups, for rules
                                        that name groups */
    uint32_t n_source_security_groups; /**< length of source_security_groups */
    uint32_t reserved2;            /**< 0 */
} r53_request;

/**
 * Checks a request and tells each member that has no meaning, its value and what was expected, in a
 * list by index ("Headers[3].Name"). The calls that take a request (r53_elb_select, r53_elb_resume,
 * r53_selection_text_write, r53_flow_run, r53_outcomes_new) refuse the same ones with R53_E_INVALID,
 * without saying why. What a server has an answer to, such as a URL that cannot be read, is valid.
 * @param request  NULL: all defaults, which are valid, though not every call takes NULL
 * @param report   gains the findings; NULL: only the code is wanted
 * @return R53_OK, R53_E_INVALID
 *
 * O(headers + cookies + security groups).
 */
R53_API int32_t r53_request_check(const r53_request *request, r53_report *report);

/** How a request ended (ELB-IN-05); passed as int32_t. */
enum r53_selection_outcome {
    R53_SELECTED_TARGET = 1,         /**< forwarded to a target */
    R53_SELECTED_GENERATED = 2,      /**< HTTP status made by the load balancer itself; with a
                                          target: what that did with the request was no answer */
    R53_SELECTED_REDIRECT = 3,       /**< redirect action */
    R53_SELECTED_FIXED_RESPONSE = 4, /**< fixed-response action */
    R53_SELECTED_NO_LISTENER = 5,    /**< nothing listens on the port: not accepted (ELB-LSN-10),
                                          by a Network Load Balancer dropped (ELB-LSN-09) */
    R53_SELECTED_NO_TARGET = 6,      /**< layer 4: no target in scope */
    R53_SELECTED_INACTIVE = 7,       /**< the load balancer is not active (ELB-LB-04), or has no
                                          node in that zone (ELB-LB-10): `rule` tells which */
    R53_SELECTED_DANGLING = 8,       /**< forward to a target group that is not known */
    R53_SELECTED_TLS_FAILED = 9,     /**< the TLS handshake failed */
    R53_SELECTED_AUTHENTICATE = 10,  /**< sent to the identity provider, or back from it */
    R53_SELECTED_RESET = 11,         /**< layer 4: the connection is reset */
    R53_SELECTED_DROPPED = 12        /**< the packet is dropped: on layer 4, or by the load
                                          balancer's security groups (ELB-LB-47) */
};

/** Whose address the target sees as the source (ELB-NLB-14); 0: no target, or a function. */
enum r53_source_seen { R53_SOURCE_CLIENT = 1, R53_SOURCE_NODE = 2 };

/** Octets by which a state knows a flow. */
#define R53_FLOW_ID_SIZE 40

/** A selection. Text is lent until the view is released; "" where it does not apply. */
typedef struct r53_selection {
    uint32_t size;                 /**< sizeof(r53_selection) */
    int32_t outcome;               /**< enum r53_selection_outcome */
    int32_t status;                /**< HTTP status of an answer of the load balancer's own; else 0 */
    int32_t matched_priority;      /**< rule priority; 0: default action (ELB-ALB-RULE-10); -1: the
                                        rules were not reached */
    int32_t fail_open;             /**< 1: unhealthy targets take part (ELB-FO-01) */
    int32_t target_port;           /**< port of the target */
    int32_t rule;                  /**< number of the rule that ended it */
    int32_t listener_port;         /**< port of the listener that took the request, 0: none */
    const char *load_balancer_arn; /**< the one whose node was reached */
    const char *availability_zone; /**< zone of the node */
    const char *listener_arn;      /**< "" for Classic */
    const char *target_group_arn;  /**< Classic: the load balancer's ARN */
    const char *target_id;         /**< "i-0a1b", "10.0.1.5" */
    const char *target_zone;       /**< the target's zone, "all", "" if not known */
    int32_t target_ordinal;        /**< place of the target in the order of registration, never
                                        given to another target of the group */
    int32_t hairpin;               /**< 1: the target is the client itself and sees its own address,
                                        so the connection times out (ELB-NLB-15) */
    const char *rule_arn;          /**< matched rule, also a default one; "" if it is not known */
    const char *certificate_arn;   /**< certificate shown in the TLS handshake */
    const char *alpn_protocol;     /**< protocol agreed on in the TLS handshake */
    const char *content_type;      /**< of a fixed response */
    const char *message_body;      /**< of a fixed response */
    const char *via_load_balancer_arn; /**< Network Load Balancer whose target is the load balancer
                                            above (ELB-NLB-17); "": reached directly */
    const char *via_availability_zone; /**< zone of its node */
    const char *via_listener_arn;      /**< its listener that took the request */
    const char *via_target_group_arn;  /**< its target group of type alb */
    const char *application_cookie; /**< app_cookie: name of the cookie that the target must set for
                                        the client to be bound to it (ELB-STICK-09); else "" */
    int32_t sticky_hit;            /**< 1: a cookie chose the target (ELB-STICK-01) */
    int32_t tg_sticky_hit;         /**< 1: a cookie, or the source address, chose the target group */
    int32_t slow_start;            /**< 1: the target is in slow start (ELB-SLOW-01) */
    int32_t flow_known;            /**< 1: the flow was begun before and stays (ELB-NLB-06); with
                                        via_load_balancer_arn it is the one there, and the request is
                                        on its connection (ELB-NLB-17) */
    int64_t now_ms;                /**< time of the request */
    uint32_t cookies;              /**< cookies of the response, a bit 1 << enum r53_cookie_kind; read
                                        them with r53_selection_cookie */
    int32_t cookie_seconds;        /**< how long browsers keep them; 0: for the session */
    const void *scope;             /**< the library's own, lent likewise; NULL: r53_elb_begin does
                                        without, at the price of slower choices */
    uint8_t flow_id[R53_FLOW_ID_SIZE]; /**< the library's own: the flow; zeros: none */
    int32_t grpc_status;           /**< that a gRPC client gets beside a status 502: 14; else 0 */
    int32_t source_seen;           /**< enum r53_source_seen */
    int32_t proxy_protocol;        /**< 1: a proxy protocol header tells the target of the client,
                                        whatever source it sees (ELB-ATTR-20) */
    int32_t flow_idle_seconds;     /**< the flow ends without a packet for so long (ELB-LB-46); 0:
                                        no flow */
    int32_t via_target_ordinal;    /**< place of the load balancer above among the targets of
                                        via_target_group_arn */
    int32_t reserved;              /**< 0 */
} r53_selection;

/** A text that a selection comes with but cannot hold, since it depends on the request. */
enum r53_selection_text {
    R53_TEXT_LOCATION = 1, /**< redirect: "https://example.com:443/a?b=1" (ELB-ALB-ACT-23) */
    R53_TEXT_URL = 2,      /**< path and query as the target sees them, after a transform */
    R53_TEXT_HOST = 3,     /**< Host header as the target sees it (ELB-LSN-14) */
    R53_TEXT_X_FORWARDED_FOR = 4 /**< X-Forwarded-For as the target sees it (ELB-LB-40, -41); an
                                    IPv6 address with its port stands in brackets */
};

/**
 * What moves with traffic: round-robin cursors, requests in progress, flows, source addresses bound
 * to target groups. It speaks of names, so it outlives views. Belongs to one thread, or is locked by
 * the host.
 */
typedef struct r53_elb_state r53_elb_state;

/** Makes a state; free with r53_elb_state_free. R53_OK, R53_E_NOMEM, R53_E_INVALID. */
R53_API int32_t r53_elb_state_new(r53_elb_state **out, const r53_allocator *allocator);

/** Frees the state. */
R53_API void r53_elb_state_free(r53_elb_state *state);

/**
 * Selects the target of a request.
 * @param state  read only; NULL: stateless, positions are drawn from the seed
 * @param trace  records each decision; NULL: off
 * @return R53_OK (all outcomes), R53_E_INVALID (the request: r53_request_check tells why; NULL),
 *         R53_E_NOT_FOUND (load balancer),
 *         R53_E_UNSUPPORTED (an algorithm that is not modelled), R53_E_NOMEM (trace), or what the
 *         host's regex engine failed with
 *
 * O(log n) in the number of targets for every algorithm; O(n) with a trace, and for the first request
 * that a state sees of a changed least_outstanding_requests group. No allocation once the trace is
 * warm. ELB-ALB-SEL-01; AWS: how Elastic Load Balancing works.
 */
R53_API int32_t r53_elb_select(const r53_view *view, const r53_request *request,
                               const r53_elb_state *state, r53_selection *selection,
                               r53_trace *trace);

/**
 * What has become of a request that was begun: a long one, or a WebSocket connection. It stays on
 * its target, whatever rules, web ACL, weights or health are by now; only a target whose
 * deregistration delay is over ends it, an Application Load Balancer's with status 502, a Classic
 * one's with a reset. One that came through a Network Load Balancer with source address and port is
 * reset too where its connection is cut there: its target turned unhealthy (ELB-NLB-12), a weight
 * became 0 (ELB-LSN-21; told by the listener's only action).
 * @param view       the view of now
 * @param request    what steers the end: target_outcome, client_outcome, times, now_ms; the rest is
 *                   not read but for whether it is gRPC. NULL: all defaults
 * @param begun      a selection of outcome R53_SELECTED_TARGET, of a view that is still held
 * @param selection  as r53_elb_select tells it, with matched_priority -1, for rules play no part
 *                   any more; without target if that is no longer registered. What it came through
 *                   (via_...) is told as long as the view has it, its flow with it, so that
 *                   r53_elb_end may be told of this selection as well
 * @param trace      records why; NULL: off
 * @return R53_OK, R53_E_INVALID (the request: r53_request_check tells why; `begun` of another
 *         outcome; a Network or Gateway Load Balancer, whose flows a state knows),
 *         R53_E_NOT_FOUND (load balancer, node, listener or target group is not in the view),
 *         R53_E_NOMEM (trace)
 *
 * O(target groups of the load balancer + log targets). ELB-DRAIN-02, ELB-STICK-13, ELB-ALB-RULE-13.
 */
R53_API int32_t r53_elb_resume(const r53_view *view, const r53_request *request,
                               const r53_selection *begun, r53_selection *selection,
                               r53_trace *trace);

/**
 * Writes a text of a selection.
 * @param view       the view that selected
 * @param request    the request that was selected for
 * @param selection  what came of it
 * @param text       enum r53_selection_text; LOCATION belongs to redirects only
 * @param buffer     receives text and NUL; may be NULL when capacity is 0
 * @param length     receives the length of the whole text without NUL; may be NULL
 * @return R53_OK, R53_E_NO_SPACE (what fits was written, NUL-terminated), R53_E_INVALID (the
 *         request: r53_request_check tells why; no such text; a capacity without buffer),
 *         R53_E_NOT_FOUND (there is no such text, or no source_address that it needs), R53_E_NOMEM
 *         (by the regex engine)
 *
 * O(length); allocates nothing.
 */
R53_API int32_t r53_selection_text_write(const r53_view *view, const r53_request *request,
                                         const r53_selection *selection, int32_t text,
                                         char *buffer, size_t capacity, size_t *length);

/**
 * The selected request begins: it is in progress, round-robin cursors move on (ELB-ALG-02; not for a
 * sticky hit), a flow is remembered, its source is bound to its target group. Of a flow that was
 * begun before only the time is renewed. A request that its target fails was one of its own all the
 * same. One that came through a Network Load Balancer is both (ELB-NLB-17): a request of the load
 * balancer behind, and one on the flow in front, which keeps target and node whatever the load
 * balancer behind answers.
 * @param selection  of a view that is still held, since it lends the texts; what counts is copied
 * @return R53_OK, R53_E_INVALID (no outcome; one that reached a target, without load balancer,
 *         target group or target_ordinal), R53_E_NOMEM (state unchanged)
 *
 * O(log n) in the number of targets; O(n) for the first of a changed least_outstanding_requests
 * group.
 */
R53_API int32_t r53_elb_begin(r53_elb_state *state, const r53_selection *selection);

/**
 * The request ends, or the flow. A connection through a Network Load Balancer to another load balancer
 * is left open when its last request ends, until it is idle for too long (ELB-LB-46): requests that
 * say that they are on it (`established`) go on in it, any other under its addresses begins a new
 * one.
 * @param selection  the one that began; its view is still held
 * @return R53_OK (also of a selection without target: nothing to end; of a flow that was idle for too
 *         long), R53_E_INVALID (it never began: state unchanged)
 *
 * O(log n) in the number of targets.
 */
R53_API int32_t r53_elb_end(r53_elb_state *state, const r53_selection *selection);

/**
 * A cookie that goes with the response to the selected request.
 * @param index                   0, 1 ... until R53_E_NOT_FOUND; at most four
 * @param application_cookie_set  1: the target's response sets the cookie that the selection names as
 *                                application_cookie (ELB-STICK-09, ELB-CLB-08)
 * @param cookie                  its texts are lent like the selection's
 * @return R53_OK, R53_E_NOT_FOUND, R53_E_INVALID (a selection or a cookie without its size)
 *
 * O(1). ELB-STICK-02, -03, -07, -09; ELB-ALB-ACT-08, -10; ELB-CLB-07.
 */
R53_API int32_t r53_selection_cookie(const r53_selection *selection, size_t index,
                                     int32_t application_cookie_set, r53_cookie *cookie);

/** Name of an outcome ("target", "no-listener"), or "". Static. */
R53_API const char *r53_selection_outcome_name(int32_t outcome);

#ifdef __cplusplus
}
#endif

#endif
