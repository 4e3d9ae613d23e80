/**
 * Listeners of load balancers: their certificates, actions and rules, as structs with AWS's JSON
 * names in snake case. Protocols and their names are in <r53/load_balancer.h>.
 */
#ifndef R53_LISTENER_H
#define R53_LISTENER_H

#include <r53/load_balancer.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Mutual TLS of a listener (ELB-TLS-08); 0: off. */
enum r53_mutual_authentication { R53_MTLS_OFF = 1, R53_MTLS_PASSTHROUGH = 2, R53_MTLS_VERIFY = 3 };

/** A target group of a forward action and its weight. Frozen: no member will be added. */
typedef struct r53_weighted_target_group {
    const char *target_group_arn; /**< where to */
    uint32_t weight;              /**< 0-999 */
    uint32_t reserved;            /**< 0 */
} r53_weighted_target_group;

/** Kind of action; passed as int32_t. */
enum r53_action_type {
    R53_ACTION_FORWARD = 1,
    R53_ACTION_REDIRECT = 2,
    R53_ACTION_FIXED_RESPONSE = 3,
    R53_ACTION_AUTHENTICATE_OIDC = 4,
    R53_ACTION_AUTHENTICATE_COGNITO = 5,
    R53_ACTION_JWT_VALIDATION = 6
};

/** An action of a listener or a rule. Only the members of its type count. */
typedef struct r53_listener_action {
    uint32_t size;                    /**< sizeof(r53_listener_action) */
    int32_t type;                     /**< enum r53_action_type */
    int32_t order;                    /**< 1-50000; 0: the position in the list */
    uint32_t n_target_groups;         /**< forward: length of target_groups */
    const r53_weighted_target_group *target_groups; /**< forward */
    const char *status_code;          /**< redirect "HTTP_301", fixed-response "404" */
    const char *protocol, *host, *port, *path, *query; /**< redirect; NULL: as in the request */
    const char *content_type;         /**< fixed-response */
    const char *message_body;         /**< fixed-response */
    int32_t stickiness_enabled;       /**< forward: enum r53_option; default off */
    int32_t stickiness_duration_s;    /**< forward: 1-604800; needed if stickiness is on */
    const char *on_unauthenticated_request; /**< authenticate-*: "authenticate" (also NULL), "deny",
                                                 "allow" */
    const char *issuer;               /**< authenticate-oidc, jwt-validation */
    const char *jwks_endpoint;        /**< jwt-validation: "https://..." */
} r53_listener_action;

/**
 * A certificate of a listener, with what of it decides which one a client gets; members as AWS
 * Certificate Manager describes it.
 */
typedef struct r53_certificate {
    uint32_t size;                    /**< sizeof(r53_certificate) */
    int32_t is_default;               /**< 1: the listener's default certificate; -1: as the
                                           listener has it, of r53_import_listener_certificate */
    const char *certificate_arn;      /**< identity */
    const char *const *domain_names;  /**< subject and alternative names, "*.example.com" */
    const char *key_algorithm;        /**< "RSA_2048", "EC_prime256v1"; NULL: RSA_2048 */
    const char *signature_algorithm;  /**< "SHA256WITHRSA"; NULL: SHA256WITHRSA */
    int64_t not_before_ms;            /**< start of its validity, in the clock of the views */
    int64_t not_after_ms;             /**< end of its validity; 0: not known, never expired */
    uint32_t n_domain_names;          /**< length of domain_names */
    uint32_t reserved;                /**< 0 */
} r53_certificate;

/** A listener. */
typedef struct r53_listener {
    uint32_t size;                    /**< sizeof(r53_listener) */
    int32_t protocol;                 /**< enum r53_protocol; 0 for a Gateway Load Balancer */
    const char *listener_arn;         /**< identity; Classic: NULL, (load balancer, port) is */
    const char *load_balancer_arn;    /**< whose it is */
    int32_t port;                     /**< 1-65535; 0 for a Gateway Load Balancer */
    int32_t instance_protocol;        /**< Classic: enum r53_protocol towards the instances */
    int32_t instance_port;            /**< Classic: port of the instances */
    uint32_t n_default_actions;       /**< length of default_actions */
    const r53_listener_action *const *default_actions; /**< NULL for Classic */
    const r53_certificate *const *certificates; /**< the default and those chosen by server name */
    const char *const *alpn_policy;   /**< TLS: one policy, "HTTP2Preferred" ...; none: "None" */
    uint32_t n_certificates;          /**< length of certificates */
    uint32_t n_alpn_policy;           /**< length of alpn_policy, 0 or 1 */
    int32_t mutual_authentication;    /**< enum r53_mutual_authentication */
    int32_t stickiness_type;          /**< Classic: R53_STICKINESS_LB_COOKIE or _APP_COOKIE by its
                                           policy (ELB-CLB-07, -08); 0: none */
    int32_t cookie_expiration_period_s; /**< Classic, LB_COOKIE: 0: the browser's session */
    const char *app_cookie_name;      /**< Classic, APP_COOKIE */
    int32_t tcp_idle_timeout_seconds; /**< TCP of a Network or Gateway Load Balancer: 60-6000; 0:
                                           350 (ELB-LB-46) */
    uint32_t reserved;                /**< 0 */
} r53_listener;

/** A key and value of a query-string condition. Frozen: no member will be added. */
typedef struct r53_query_string_key_value {
    const char *key;   /**< NULL: any parameter */
    const char *value; /**< with wildcards */
} r53_query_string_key_value;

/** A condition of a rule: it holds if one of its values does. */
typedef struct r53_condition {
    uint32_t size;                      /**< sizeof(r53_condition) */
    uint32_t n_values;                  /**< length of values */
    const char *field;                  /**< "host-header", "path-pattern", "http-header",
                                             "http-request-method", "query-string", "source-ip" */
    const char *http_header_name;       /**< http-header */
    const char *const *values;          /**< all but query-string */
    const char *const *regex_values;    /**< host-header, path-pattern, http-header; instead of
                                             values */
    const r53_query_string_key_value *query_string; /**< query-string */
    uint32_t n_regex_values;            /**< length of regex_values */
    uint32_t n_query_string;            /**< length of query_string */
    const char *ip_address_type;        /**< source-ip of a Network Load Balancer: "ipv4", "ipv6" */
    const char *const *field_values;    /**< host-header, path-pattern: AWS's older `Values` beside
                                             `Field`, one, instead of values (ELB-VAL-07) */
    uint32_t n_field_values;            /**< length of field_values */
    uint32_t reserved;                  /**< 0 */
} r53_condition;

/** A transform of a rule: the first match of `regex` is replaced. */
typedef struct r53_transform {
    uint32_t size;       /**< sizeof(r53_transform) */
    uint32_t reserved;   /**< 0 */
    const char *type;    /**< "host-header-rewrite", "url-rewrite" */
    const char *regex;   /**< what is replaced */
    const char *replace; /**< by what; $1 to $9 are the groups of the match */
} r53_transform;

/** A rule of a listener. */
typedef struct r53_listener_rule {
    uint32_t size;                  /**< sizeof(r53_listener_rule) */
    uint32_t n_conditions;          /**< length of conditions */
    const char *rule_arn;           /**< identity */
    const char *listener_arn;       /**< whose it is; NULL: from the rule's ARN */
    const char *priority;           /**< "1" to "50000", or "default" */
    const r53_condition *const *conditions;    /**< all must hold; none: always */
    const r53_listener_action *const *actions; /**< by their order; the last one ends the rule */
    const r53_transform *const *transforms;    /**< made before the last action */
    uint32_t n_actions;             /**< length of actions */
    uint32_t n_transforms;          /**< length of transforms */
    int32_t reset_transforms;       /**< of r53_listener_rule_modify: 1: take the transforms away;
                                         elsewhere 0 */
    uint32_t reserved;              /**< 0 */
} r53_listener_rule;

/** A rule and the priority it is to have. Frozen: no member will be added. */
typedef struct r53_rule_priority {
    const char *rule_arn; /**< which rule */
    int32_t priority;     /**< 1-50000 */
    uint32_t reserved;    /**< 0 */
} r53_rule_priority;

#ifdef __cplusplus
}
#endif

#endif
