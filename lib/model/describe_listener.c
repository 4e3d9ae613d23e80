/* Listeners described: actions and certificates, which rules and other listings show as well. */
#include "model/describe.h"

/* Actions */

static const r53_weighted_target_group *groups_describe(const struct action *action,
                                                        struct arena *arena)
{
    r53_weighted_target_group *groups = r53__arena_alloc(arena, action->n_groups, sizeof(*groups));

    for (uint32_t i = 0; groups && i < action->n_groups; i++)
        groups[i] =
            (r53_weighted_target_group){.target_group_arn = action->groups[i].target_group_arn,
                                        .weight = action->groups[i].weight};
    return groups;
}

static void action_describe(const struct action *action, r53_listener_action *out,
                            struct arena *arena)
{
    *out = (r53_listener_action){.size = sizeof(*out),
                                 .type = action->type,
                                 .order = action->order,
                                 .status_code = action->status_code,
                                 .protocol = action->protocol,
                                 .host = action->host,
                                 .port = action->port,
                                 .path = action->path,
                                 .query = action->query,
                                 .content_type = action->content_type,
                                 .message_body = action->message_body,
                                 .issuer = action->issuer,
                                 .jwks_endpoint = action->jwks_endpoint};
    out->on_unauthenticated_request =
        r53__text_or_null(r53__words_name(&r53__unauthenticated, action->on_unauthenticated));
    if (action->type != R53_ACTION_FORWARD)
        return;
    out->target_groups = groups_describe(action, arena);
    out->n_target_groups = action->n_groups;
    out->stickiness_enabled = action->sticky ? R53_OPTION_ON : R53_OPTION_OFF;
    out->stickiness_duration_s = action->sticky_duration_s;
}

const r53_listener_action *const *r53__actions_describe(const struct action *actions, uint32_t n,
                                                        struct arena *arena)
{
    const r53_listener_action **list;
    r53_listener_action *out;

    if (n == 0)
        return NULL;
    list = r53__arena_alloc(arena, n, sizeof(*list));
    out = r53__arena_alloc(arena, n, sizeof(*out));
    if (!list || !out)
        return NULL;
    for (uint32_t i = 0; i < n; i++) {
        action_describe(&actions[i], &out[i], arena);
        list[i] = &out[i];
    }
    return list;
}

/* Certificates */

r53_certificate r53__certificate_describe(const struct certificate *certificate)
{
    return (r53_certificate){.size = sizeof(r53_certificate),
                             .is_default = certificate->is_default,
                             .certificate_arn = certificate->arn,
                             .domain_names = certificate->names,
                             .n_domain_names = certificate->n_names,
                             .key_algorithm = certificate->key_algorithm,
                             .signature_algorithm = certificate->signature_algorithm,
                             .not_before_ms = certificate->not_before_ms,
                             .not_after_ms = certificate->not_after_ms};
}

static const r53_certificate *const *certificates_describe(const struct listener *listener,
                                                           struct arena *arena)
{
    uint32_t n = listener->n_certificates;
    const r53_certificate **list = r53__arena_alloc(arena, n, sizeof(*list));
    r53_certificate *out = r53__arena_alloc(arena, n, sizeof(*out));

    for (uint32_t i = 0; list && out && i < n; i++) {
        out[i] = r53__certificate_describe(&listener->certificates[i]);
        list[i] = &out[i];
    }
    return list;
}

/* ELB-TLS-07: "None" is what a listener has that says nothing. */
static void alpn_describe(const struct listener *listener, r53_listener *out, struct arena *arena)
{
    const char **policies;

    if (listener->alpn == ALPN_NONE)
        return;
    policies = r53__arena_alloc(arena, 1, sizeof(*policies));
    if (!policies)
        return;
    policies[0] = r53__words_name(&r53__alpn_policies, listener->alpn);
    out->alpn_policy = policies;
    out->n_alpn_policy = 1;
}

r53_listener *r53__listener_describe(const struct listener *listener, struct arena *arena)
{
    r53_listener *out = r53__arena_alloc(arena, 1, sizeof(*out));

    if (!out)
        return NULL;
    *out = (r53_listener){.size = sizeof(*out),
                          .protocol = listener->protocol,
                          .listener_arn = r53__text_or_null(listener->arn),
                          .load_balancer_arn = listener->load_balancer_arn,
                          .port = listener->port,
                          .instance_protocol = listener->instance_protocol,
                          .instance_port = listener->instance_port,
                          .n_certificates = listener->n_certificates,
                          .mutual_authentication = listener->mutual,
                          .stickiness_type = listener->stickiness_type,
                          .cookie_expiration_period_s = listener->cookie_expiration_period_s,
                          .app_cookie_name = r53__text_or_null(listener->app_cookie_name)};
    r53__attributes_describe(&r53__listener_attributes, listener, out);
    out->certificates = certificates_describe(listener, arena);
    alpn_describe(listener, out, arena);
    if (out->listener_arn) { /* ELB-CLB-05: the action of a Classic one is none that was said */
        out->default_actions = r53__actions_describe(listener->actions, listener->n_actions, arena);
        out->n_default_actions = listener->n_actions;
    }
    return arena->failed ? NULL : out;
}
