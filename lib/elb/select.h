/*
 * The ELB target selector as a chain of stages over one small comparable state. Both drivers use
 * it: sampling runs the chain once, enumerating runs each stage for each distinct state.
 *
 *   NODE ──► LISTENER ──► RULE ──► ACTION ──► GROUP ──► TARGET ──► DONE
 *     ▲                                                    │
 *     └───────────────────── ONWARD ◄──────────────────────┘  target is an ALB (ELB-NLB-17), once
 *   (any stage may end the chain with an outcome; listeners without rules and HTTP skip RULE; what a
 *   target does with the request is the host's to say and no stage, for nothing is chosen there)
 */
#ifndef R53_LIB_ELB_SELECT_H
#define R53_LIB_ELB_SELECT_H

#include <r53/elb.h>

#include "base/draw.h"
#include "base/trace.h"
#include "elb/url.h"
#include "net/address.h"
#include "view/view.h"

enum elb_stage {
    ELB_NODE,
    ELB_LISTENER,
    ELB_RULE,
    ELB_ACTION,
    ELB_GROUP,
    ELB_TARGET,
    ELB_ONWARD, /* the target is a load balancer, in which the selection goes on */
    ELB_DONE
};

/* Zero-initialise before filling: compared with memcmp. Indices -1: none. */
struct elb_choice {
    int32_t stage; /* enum elb_stage: what runs next */
    int32_t fleet, node, listener, action, pool, target;
    int32_t outcome; /* enum r53_selection_outcome, 0 while running */
    int32_t status, matched_priority, rule;
    int32_t fail_open;
    int32_t listener_rule; /* index of the matched rule; -1: the default one, or not reached */
    int32_t certificate;   /* index into the listener's */
    int32_t alpn;          /* protocol agreed on: enum alpn_protocol */
    int32_t marks;         /* enum choice_mark */
    /* The Network Load Balancer that led to this one; via_fleet -1: none. A chain has no third. */
    int32_t via_fleet, via_node, via_listener, via_pool, via_target, via_fail_open;
    int32_t port;        /* of the listener wanted; 0: the request's */
    int32_t onward_node; /* of the target, to which a known flow goes; -1: it is chosen */
};

/* What else is known of a choice. */
enum choice_mark {
    CHOICE_STICKY_TARGET = 1, /* a cookie chose the target */
    CHOICE_STICKY_GROUP = 2,  /* a cookie or the source chose the target group */
    CHOICE_FLOW_KNOWN = 4,    /* the flow stays where it is, or stayed in front */
    CHOICE_MANY_GROUPS = 8,   /* the action had several groups, and the one chosen cares */
    CHOICE_HAIRPIN = 16,      /* the target is the client, and sees its own address */
    CHOICE_GRPC_ERROR = 32,   /* a gRPC client is told of the error in its own words */
    CHOICE_SEES_CLIENT = 64,  /* the target sees the client's address */
    CHOICE_VIA_BINDS = 128    /* the load balancer in front binds its source to its target group */
};

enum alpn_protocol { ALPN_UNSET, ALPN_H2, ALPN_HTTP_1_1, ALPN_HTTP_1_0 };

enum {
    REQUEST_LINE_MAX = 16384, /* ELB-ALB-ERR-400 */
    HEADER_LINE_MAX = 16383,  /* ELB-ALB-ERR-05 */
    HEADERS_MAX = 65536       /* ELB-ALB-ERR-400 */
};

/*
 * A request, parsed and checked; texts are borrowed from the caller's. Some lie in its own buffers,
 * so it stays where it was parsed.
 */
struct elb_request {
    struct address source, destination; /* family 0: not known */
    int32_t protocol, port, source_port;
    uint32_t tcp_sequence;
    uint64_t seed, content_length;
    const char *load_balancer;     /* "" : not said */
    const char *availability_zone; /* "" : to be drawn */
    const char *source_instance;   /* "" : not said */
    struct span method, target;    /* as received */
    struct span server_name;       /* length 0: none */
    struct url url;                /* parts of the target */
    struct span path;              /* normalised, ELB-ALB-COND-21 */
    struct span fallback_host;     /* of a request that says none: what the client looked up */
    const r53_header *headers;
    const char *const *alpn_protocols;
    const r53_cookie *const *cookies;
    const uint8_t *quic_connection_id; /* NULL: not said */
    int64_t now_ms;                    /* 0: the view's */
    const char *const *source_security_groups;
    uint32_t n_headers, n_alpn_protocols, n_cookies, n_quic_connection_id, n_source_security_groups;
    int32_t ip_protocol; /* 0: not said */
    int32_t http_version; /* enum r53_http_version, resolved */
    int32_t auth_state, jwt_state, waf_state, desync_class, tls_keys, client_certificate;
    int32_t target_outcome, client_outcome, surge_queue_length;
    int64_t target_connect_ms, target_response_ms;
    bool malformed, incomplete_body, established, private_link;
    char path_buffer[REQUEST_LINE_MAX]; /* from here on: not zeroed for each request */
    char host_buffer[NAME_TEXT_MAX];
};

struct elb_input {
    const r53_view *view;
    const struct elb_request *request;
    const r53_elb_state *state; /* NULL: stateless */
    r53_trace *trace;           /* NULL: off */
};

/* Checks the public struct; NULL gives all defaults. R53_OK or R53_E_INVALID. */
int32_t r53__elb_request_parse(struct elb_request *out, const r53_request *in);

/* A request that says no host itself is for this name, which its client looked up. */
void r53__elb_request_looked_up(struct elb_request *request, struct name name);

/* The choice at the start: fleet set, all else open. `node` -1: the NODE stage draws it. */
void r53__elb_choice_init(struct elb_choice *choice, int32_t fleet, int32_t node);

/* Runs the next stage. R53_OK, R53_E_UNSUPPORTED. At most one draw. */
int32_t r53__elb_step(const struct elb_input *input, struct elb_choice *choice, struct draw *draw);

/* What is told where no load balancer was asked: texts are "", never NULL. */
extern const r53_selection r53__selection_none;

/* Fills the public struct (texts lent from the view). false: its size is wrong. */
bool r53__elb_describe(const r53_view *view, const struct elb_choice *choice, r53_selection *out);

#endif
