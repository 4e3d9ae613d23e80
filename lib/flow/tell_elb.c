/* Values that the selector's stages leave in a trace, told: load balancers and what is in them. */
#include "flow/tell.h"

#include "elb/stages.h"

void r53__tell_fleet(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    const struct load_balancer *lb = view->fleets[v[at]].lb;

    r53__put(text, r53_load_balancer_type_name(lb->type));
    r53__put(text, " load balancer ");
    if (lb->dns_name.length)
        r53__name_put(text, lb->dns_name);
    else
        r53__put(text, lb->name);
}

static void put_node(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    r53__put(text, "the node in ");
    r53__put(text, view->fleets[v[at]].nodes[v[at + 1]].zone_name);
}

static void put_listener(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    const struct listener *listener = view->fleets[v[at]].listeners[v[at + 1]].listener;

    r53__put(text, "listener ");
    r53__put(text, r53_protocol_name(listener->protocol));
    r53__put_char(text, ':');
    r53__put_i64(text, listener->port);
}

static void put_rule(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    const struct fleet_listener *listener = &view->fleets[v[at]].listeners[v[at + 1]];

    if (v[at + 2] < 0) {
        r53__put(text, "the default rule");
        return;
    }
    r53__put(text, "rule ");
    r53__put_i64(text, listener->rules[v[at + 2]].rule->priority);
}

/* The condition that value 3 counts, of the rule in front. */
static void put_condition(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    const struct rule *rule = view->fleets[v[at]].listeners[v[at + 1]].rules[v[at + 2]].rule;
    const struct condition *condition = &rule->conditions[v[at + 3]];

    r53__put(text, r53__words_name(&r53__condition_fields, condition->field));
    if (condition->header_name) {
        r53__put_char(text, ' ');
        r53__put(text, condition->header_name);
    }
}

static void put_certificate(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    const struct listener *listener = view->fleets[v[at]].listeners[v[at + 1]].listener;

    r53__put(text, "certificate ");
    r53__put(text, listener->certificates[v[at + 2]].arn);
}

static void put_alpn(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    (void)view;
    r53__put(text, r53__elb_alpn_name(v[at]));
}

static void put_guard(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    (void)view;
    r53__put(text, r53__words_name(&r53__action_types, v[at]));
}

static void put_pool(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    const struct target_group *group = view->fleets[v[at]].pools[v[at + 1]].group;

    if (view->fleets[v[at]].lb->type == R53_LB_CLASSIC)
        r53__put(text, "the registered instances");
    else
        r53__put(text, group->name[0] ? group->name : group->arn);
}

static void put_target(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    const struct pool_target *target = &view->fleets[v[at]].pools[v[at + 1]].targets[v[at + 2]];

    r53__put(text, target->target->id);
    if (target->port) {
        r53__put_char(text, ':');
        r53__put_i64(text, target->port);
    }
    if (target->zone[0]) {
        r53__put(text, " in ");
        r53__put(text, target->zone);
    }
}

/* AWS's code for the target's state, in brackets, if there is one. */
static void put_reason(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    const char *reason = view->fleets[v[at]].pools[v[at + 1]].targets[v[at + 2]].reason;

    if (!reason || !reason[0])
        return;
    r53__put(text, " (");
    r53__put(text, reason);
    r53__put_char(text, ')');
}

/* What the node of values 0 and 1 may use of the pool. */
static void put_scope(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    const int32_t pool[2] = {v[0], v[at]};
    const struct scope *scope = &view->fleets[v[0]].pools[v[at]].scopes[v[1]];

    put_pool(text, view, pool, 0);
    r53__put(text, ": ");
    r53__put_i64(text, scope->healthy);
    r53__put(text, " healthy of ");
    r53__put_i64(text, scope->registered);
    r53__put(text, " registered target(s)");
}

static void put_zones(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    const struct fleet *fleet = &view->fleets[v[at]];

    for (uint32_t i = 0; i < fleet->n_nodes; i++) {
        r53__put(text, i ? ", " : "");
        r53__put(text, fleet->nodes[i].zone_name);
    }
}

static void put_state(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    (void)view;
    r53__put(text, r53_target_state_name(v[at]));
}

static void put_exclusion(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    static const char *const words[] = {
        [TARGET_USABLE] = "usable",
        [TARGET_IS_DRAINING] = "it is draining",
        [TARGET_IS_UNUSED] = "it is unused",
        [TARGET_ZONE_DISABLED] = "its zone is not enabled for the load balancer",
        [TARGET_ZONE_UNKNOWN] = "its zone is not known and cross-zone load balancing is off",
        [TARGET_IS_SHIFTED] = "a zonal shift leads away from its zone",
        [TARGET_IS_GONE] = "it is registered no more",
    };

    (void)view;
    r53__put(text, words[v[at]]);
}

/* Why a target that a cookie names is not for the node; a healthy one lies beyond its zone. */
static void put_unfit(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    const struct fleet *fleet = &view->fleets[v[at]];
    const struct pool_target *target = &fleet->pools[v[at + 1]].targets[v[at + 2]];

    if (target->exclusion) {
        put_exclusion(text, view, &target->exclusion, 0);
    } else if (target->state == R53_TARGET_HEALTHY) {
        r53__put(text, "it is in another zone than the node");
    } else {
        r53__put(text, "it is ");
        put_state(text, view, &target->state, 0);
    }
}

/* What a target does with a request that it does not answer. */
static void put_failure(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    static const char *const words[] = {
        [R53_TARGET_ANSWERED] = "answers",
        [R53_TARGET_REFUSED] = "refuses the connection, or cannot be reached",
        [R53_TARGET_CLOSED] = "closes the connection before it has answered",
        [R53_TARGET_MALFORMED] = "answers something malformed",
        [R53_TARGET_HEADERS_TOO_LARGE] = "answers with headers that are too large",
        [R53_TARGET_TLS_FAILED] = "fails the TLS handshake",
        [R53_TARGET_CONNECT_TIMED_OUT] = "does not accept the connection in time",
        [R53_TARGET_TLS_TIMED_OUT] = "does not complete the TLS handshake in time",
        [R53_TARGET_TIMED_OUT] = "does not answer within the idle timeout",
        [R53_TARGET_BODY_TOO_SHORT] = "sends less body than it announced",
        [R53_TARGET_FUNCTION_FAILED] = "ends with an error",
        [R53_TARGET_FUNCTION_THROTTLED] = "is throttled",
        [R53_TARGET_FUNCTION_TIMED_OUT] = "runs out of its time",
        [R53_TARGET_FUNCTION_TOO_LARGE] = "answers more than is allowed",
        [R53_TARGET_FUNCTION_SLOW] = "is started too slowly",
        [R53_TARGET_AGENT_FAILED] = "has an agent that fails",
    };

    (void)view;
    r53__put(text, words[v[at]]);
}

/* Refusals */

static void put_desync(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    static const char *const words[] = {
        [R53_DESYNC_COMPLIANT] = "compliant",
        [R53_DESYNC_ACCEPTABLE] = "acceptable",
        [R53_DESYNC_AMBIGUOUS] = "ambiguous",
        [R53_DESYNC_SEVERE] = "severe",
    };

    (void)view;
    r53__put(text, words[v[at]]);
}

static void put_desync_mode(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    (void)view;
    r53__put(text, r53__words_name(&r53__desync_modes, v[at]));
}

static void put_provider(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    static const char *const words[] = {
        [R53_AUTH_IDP_ERROR] = "returns an error",
        [R53_AUTH_IDP_UNREACHABLE] = "cannot be reached",
        [R53_AUTH_REFUSED] = "refuses the user",
    };

    (void)view;
    r53__put(text, words[v[at]]);
}

static void put_jwks(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    (void)view;
    r53__put(text, v[at] == R53_JWT_JWKS_UNREACHABLE ? "cannot be reached"
                                                     : "answers something that is no set of keys");
}

static void put_keys(struct text *text, const r53_view *view, const int32_t *v, unsigned at)
{
    (void)view;
    r53__put(text, v[at] == R53_TLS_RSA_ONLY ? "RSA" : "ECDSA");
}

static void put_client_certificate(struct text *text, const r53_view *view, const int32_t *v,
                                   unsigned at)
{
    (void)view;
    r53__put(text, v[at] == R53_CLIENT_CERTIFICATE_UNTRUSTED ? "one that is not trusted" : "none");
}

static const struct value_kind kinds[] = {
    {"fleet", r53__tell_fleet},
    {"node", put_node},
    {"listener", put_listener},
    {"rule", put_rule},
    {"condition", put_condition},
    {"certificate", put_certificate},
    {"alpn", put_alpn},
    {"guard", put_guard},
    {"pool", put_pool},
    {"target", put_target},
    {"reason", put_reason},
    {"scope", put_scope},
    {"zones", put_zones},
    {"state", put_state},
    {"exclusion", put_exclusion},
    {"failure", put_failure},
    {"unfit", put_unfit},
    {"desync", put_desync},
    {"provider", put_provider},
    {"jwks", put_jwks},
    {"keys", put_keys},
    {"desync-mode", put_desync_mode},
    {"client-certificate", put_client_certificate},
};

const struct value_kinds r53__tell_elb = {kinds, sizeof(kinds) / sizeof(*kinds)};
