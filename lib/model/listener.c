#include "model/listener.h"

#include "base/rules.h"
#include "model/spec.h"

#include <string.h>

static void actions_read(struct spec *spec, struct listener *listener, const r53_listener *in)
{
    const char *list = "DefaultActions";

    if (in->n_default_actions == 0) /* ELB-LSN-04 */
        r53__spec_warn(spec, RULE_ELB_LSN_04, list,
                       "the listener has no default action; a request that no rule matches goes "
                       "nowhere",
                       NULL);
    listener->actions = r53__actions_read(spec, list, in->default_actions, in->n_default_actions);
    listener->n_actions = in->n_default_actions;
}

static void certificates_read(struct spec *spec, struct listener *listener, const r53_listener *in)
{
    const char *list = "Certificates";
    struct certificate *certificates;

    if (!r53__spec_list(spec, list, in->certificates, in->n_certificates))
        return;
    certificates = r53__spec_alloc(spec, in->n_certificates, sizeof(*certificates));
    for (uint32_t i = 0; i < in->n_certificates && !spec->error; i++) {
        r53__spec_enter(spec, list, i);
        r53__certificate_read(spec, &certificates[i], in->certificates[i]);
    }
    r53__spec_enter(spec, NULL, 0);
    listener->certificates = certificates;
    listener->n_certificates = in->n_certificates;
}

/* In the order of enum alpn_policy, from 1. */
static const char *const alpn_names[] = {"None", "HTTP1Only", "HTTP2Only", "HTTP2Optional",
                                         "HTTP2Preferred"};
const struct words r53__alpn_policies = {"an ALPN policy", alpn_names, ALPN_HTTP2_PREFERRED};
static const char *const mutual_names[] = {"off", "passthrough", "verify"};
static const struct words mutual_modes = {"a mode of mutual authentication", mutual_names,
                                          R53_MTLS_VERIFY};

/* What is not given stays as the listener has it. */
static void tls_options_read(struct spec *spec, struct listener *listener, const r53_listener *in)
{
    listener->mutual = r53__spec_word(spec, "MutualAuthentication.Mode", &mutual_modes,
                                      in->mutual_authentication, listener->mutual);
    if (!r53__spec_list(spec, "AlpnPolicy", in->alpn_policy, in->n_alpn_policy))
        return;
    if (in->n_alpn_policy == 0)
        return;
    listener->alpn = r53__words_number(&r53__alpn_policies, in->alpn_policy[0]);
    if (listener->alpn == 0) /* ELB-TLS-07 */
        r53__spec_fault_as(spec, "ALPNPolicyNotFound", "AlpnPolicy", in->alpn_policy[0],
                           "'{0}' is not an ALPN policy"); /* ELB-VAL-20 */
}

static void tls_read(struct spec *spec, struct listener *listener, const r53_listener *in)
{
    certificates_read(spec, listener, in);
    listener->mutual = R53_MTLS_OFF;
    listener->alpn = ALPN_NONE;
    tls_options_read(spec, listener, in);
}

/* ELB-LSN-11: front port and protocol, back port and protocol; no actions of its own. */
static void classic_read(struct spec *spec, struct listener *listener, const r53_listener *in)
{
    struct action *action = r53__spec_alloc(spec, 1, sizeof(*action));
    struct forward_target *group = r53__spec_alloc(spec, 1, sizeof(*group));

    r53__spec_number(spec, "LoadBalancerPort", in->port, 1, PORT_MAX);
    if (in->protocol == 0)
        r53__spec_fault(spec, "Protocol", NULL, "a Classic listener has no protocol", NULL);
    listener->instance_port =
        r53__spec_number(spec, "InstancePort", in->instance_port, 1, PORT_MAX);
    listener->instance_protocol = r53__spec_word(spec, "InstanceProtocol", &r53__protocols,
                                                 in->instance_protocol, in->protocol);
    if (spec->error)
        return;
    /* ELB-CLB-05: its instances are a target group under its own ARN, so one selector serves all */
    *group = (struct forward_target){listener->load_balancer_arn, 1};
    *action =
        (struct action){.type = R53_ACTION_FORWARD, .order = 1, .groups = group, .n_groups = 1};
    listener->actions = action;
    listener->n_actions = 1;
}

/* ELB-CLB-07 .. -09: a policy of an HTTP or HTTPS listener. */
static void stickiness_read(struct spec *spec, struct listener *listener, const r53_listener *in)
{
    bool http = listener->protocol == R53_PROTOCOL_HTTP || listener->protocol == R53_PROTOCOL_HTTPS;
    int32_t type = in->stickiness_type;

    listener->app_cookie_name = r53__spec_text(spec, in->app_cookie_name);
    listener->cookie_expiration_period_s = r53__spec_number(
        spec, "CookieExpirationPeriod", in->cookie_expiration_period_s, 0, INT32_MAX);
    if (type == 0)
        return;
    if ((type != R53_STICKINESS_LB_COOKIE && type != R53_STICKINESS_APP_COOKIE) || !http ||
        listener->arn[0])
        r53__spec_fault(spec, "PolicyNames", NULL,
                        "only a Classic HTTP or HTTPS listener has a cookie stickiness policy",
                        NULL);
    else if (type == R53_STICKINESS_APP_COOKIE && !spec->error && !listener->app_cookie_name[0])
        r53__spec_fault(spec, "CookieName", NULL, "the policy names no cookie", NULL);
    listener->stickiness_type = type;
}

static void listener_read(struct spec *spec, struct listener *listener, const r53_listener *in)
{
    r53__spec_reserved(spec, in->reserved);
    listener->arn = r53__spec_text(spec, in->listener_arn);
    listener->load_balancer_arn = r53__spec_id(spec, "LoadBalancerArn", in->load_balancer_arn);
    listener->port = r53__spec_number(spec, "Port", in->port, 0, PORT_MAX);
    listener->protocol = r53__spec_word(spec, "Protocol", &r53__protocols, in->protocol, 0);
    if (listener->arn[0] == '\0') /* only listeners of Classic load balancers have none */
        classic_read(spec, listener, in);
    else
        actions_read(spec, listener, in);
    tls_read(spec, listener, in);
    r53__attributes_read(&r53__listener_attributes, listener, in, spec);
    stickiness_read(spec, listener, in);
}

int32_t r53__listener_new(struct listener **out, const struct memory *memory,
                          const r53_listener *in, enum door door, r53_report *report)
{
    struct listener *listener = r53__object_new(memory, sizeof(*listener));
    struct spec spec = r53__spec(listener ? &listener->head.arena : NULL, report);
    r53_listener given;

    spec.door = door;
    if (r53__spec_read(&spec, &given, sizeof(given), in))
        listener_read(&spec, listener, &given);
    if (spec.error) {
        r53__object_unref(listener);
        return spec.error;
    }
    *out = listener;
    return R53_OK;
}

/* Changes */

static bool is_secure(const struct listener *listener)
{
    return listener->protocol == R53_PROTOCOL_HTTPS || listener->protocol == R53_PROTOCOL_TLS;
}

/* Copies of the default certificates, or of those that are chosen by server name; how many. */
static uint32_t certificates_copy(struct spec *spec, struct certificate *to,
                                  const struct listener *from, bool is_default)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < from->n_certificates && !spec->error; i++) {
        if (from->certificates[i].is_default == is_default)
            r53__certificate_copy(spec, &to[n++], &from->certificates[i]);
    }
    return n;
}

/*
 * Certificates that are given replace those of their kind: AWS's request knows the default one
 * alone, and leaves the others to AddListenerCertificates and RemoveListenerCertificates.
 */
static void certificates_amend(struct spec *spec, struct listener *listener,
                               const struct listener *before, const r53_listener *in)
{
    static const bool kinds[] = {true, false};
    struct certificate *certificates;
    uint32_t n = 0;

    certificates_read(spec, listener, in);
    certificates = r53__spec_alloc(spec, (size_t)listener->n_certificates + before->n_certificates,
                                   sizeof(*certificates));
    for (size_t i = 0; certificates && i < sizeof(kinds) / sizeof(*kinds); i++) {
        uint32_t given = certificates_copy(spec, certificates + n, listener, kinds[i]);

        n += given ? given : certificates_copy(spec, certificates + n, before, kinds[i]);
    }
    listener->certificates = certificates;
    listener->n_certificates = n;
}

/* What belongs to TLS goes with it. */
static void tls_amend(struct spec *spec, struct listener *listener, const struct listener *before,
                      const r53_listener *in)
{
    if (is_secure(before) && !is_secure(listener)) {
        tls_read(spec, listener, in);
        return;
    }
    certificates_amend(spec, listener, before, in);
    tls_options_read(spec, listener, in);
}

static void listener_amend(struct spec *spec, struct listener *listener,
                           const struct listener *before, const r53_listener *in)
{
    r53__spec_reserved(spec, in->reserved);
    listener->arn = r53__spec_text(spec, before->arn);
    listener->load_balancer_arn = r53__spec_text(spec, before->load_balancer_arn);
    listener->app_cookie_name = "";
    if (in->port)
        listener->port = r53__spec_number(spec, "Port", in->port, 1, PORT_MAX);
    listener->protocol =
        r53__spec_word(spec, "Protocol", &r53__protocols, in->protocol, before->protocol);
    if (in->n_default_actions)
        actions_read(spec, listener, in);
    else
        listener->actions = r53__actions_copy(spec, before->actions, before->n_actions);
    tls_amend(spec, listener, before, in);
    stickiness_read(spec, listener, in);
}

int32_t r53__listener_amend(struct listener **out, const struct memory *memory,
                            const struct listener *before, const r53_listener *in,
                            r53_report *report)
{
    struct listener *listener = r53__object_copy(memory, before, sizeof(*listener));
    struct spec spec = r53__spec(listener ? &listener->head.arena : NULL, report);

    spec.door = DOOR_CHANGE;
    if (listener)
        listener_amend(&spec, listener, before, in);
    if (spec.error) {
        r53__object_unref(listener);
        return spec.error;
    }
    *out = listener;
    return R53_OK;
}

/* By their ARNs, which tell all that there is to know of them. */
static bool certificates_equal(const struct listener *a, const struct listener *b)
{
    for (uint32_t i = 0; i < a->n_certificates && i < b->n_certificates; i++) {
        if (a->certificates[i].is_default != b->certificates[i].is_default ||
            strcmp(a->certificates[i].arn, b->certificates[i].arn) != 0)
            return false;
    }
    return a->n_certificates == b->n_certificates;
}

bool r53__listener_equal(const struct listener *a, const struct listener *b)
{
    return strcmp(a->load_balancer_arn, b->load_balancer_arn) == 0 && a->port == b->port &&
           a->protocol == b->protocol && a->instance_port == b->instance_port &&
           a->instance_protocol == b->instance_protocol && a->alpn == b->alpn &&
           a->mutual == b->mutual && a->stickiness_type == b->stickiness_type &&
           a->cookie_expiration_period_s == b->cookie_expiration_period_s &&
           strcmp(a->app_cookie_name, b->app_cookie_name) == 0 && certificates_equal(a, b) &&
           a->n_actions == b->n_actions && r53__actions_equal(a->actions, b->actions, a->n_actions);
}

void r53__listener_put_id(struct text *text, const struct listener *listener)
{
    if (listener->arn[0]) {
        r53__put(text, listener->arn);
        return;
    }
    /* ELB-LSN-11: a port has one listener there */
    r53__put(text, listener->load_balancer_arn);
    r53__put_char(text, ':');
    r53__put_i64(text, listener->port);
}
