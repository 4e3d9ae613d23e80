/*
 * Listeners (ELB-JSON-03) and the actions that they and their rules have.
 */
#include "json/document.h"

#include <r53/elb_change.h>

#include <string.h>

#define LISTENER(member) offsetof(r53_listener, member)
#define ACTION(member)   offsetof(struct action_text, action.member)

/* In the order of the public enums, from 1. */
static const char *const action_words[] = {
    "forward",       "redirect", "fixed-response", "authenticate-oidc", "authenticate-cognito",
    "jwt-validation"};
static const char *const mutual_words[] = {"off", "passthrough", "verify"};

static const struct vocabulary action_types = {"a type of action", NULL, action_words, 6};
static const struct vocabulary mutual_modes = {"a mode of mutual authentication", NULL,
                                               mutual_words, 3};

/* Actions */

/* A weight that is not given is 1, and marked until the whole action is known. */
enum { WEIGHT_NOT_GIVEN = 1 };
static const r53_weighted_target_group weighted_initial = {.weight = 1,
                                                           .reserved = WEIGHT_NOT_GIVEN};

static void weight_read(struct reader *reader, const struct field *field, json_t *value, void *out)
{
    ((r53_weighted_target_group *)out)->reserved = 0;
    r53__json_uint32(reader, field, value, out);
}

static const struct field weighted_fields[] = {
    FIELD("TargetGroupArn", r53__json_text,
          .at = offsetof(r53_weighted_target_group, target_group_arn), .required = true),
    FIELD("Weight", weight_read, .at = offsetof(r53_weighted_target_group, weight)),
};
static const struct shape weighted_shape = SHAPE(
    weighted_fields, .bytes = sizeof(r53_weighted_target_group), .initial = &weighted_initial);

/* An action and the target group beside its ForwardConfig. */
struct action_text {
    r53_listener_action action;
    const char *target_group_arn;
};

/* ELB-ALB-ACT-04: does the configuration name just the group that stands beside it? */
static bool names_alone(const struct action_text *in)
{
    const char *named = in->action.target_groups[0].target_group_arn;

    return in->action.n_target_groups == 1 && named && strcmp(named, in->target_group_arn) == 0;
}

/* ELB-ALB-ACT-03: in a request each of several groups has its weight. */
static void weights_finish(struct reader *reader, r53_listener_action *action)
{
    r53_weighted_target_group *groups =
        r53__json_alloc(reader, action->n_target_groups, sizeof(*groups));
    bool given = true;

    for (uint32_t i = 0; groups && i < action->n_target_groups; i++) {
        groups[i] = action->target_groups[i];
        given = given && groups[i].reserved != WEIGHT_NOT_GIVEN;
        groups[i].reserved = 0;
    }
    action->target_groups = groups;
    if (reader->cloud && action->n_target_groups > 1 && !given)
        r53__json_fault(reader, "a forward to several target groups needs the Weight of each");
}

/* A forward to one group may say so in either way, or in both. */
static void action_finish(struct reader *reader, void *out)
{
    struct action_text *in = out;
    r53_weighted_target_group *group;

    if (in->action.n_target_groups)
        weights_finish(reader, &in->action);
    if (reader->error)
        return;
    if (in->target_group_arn && in->action.n_target_groups && !names_alone(in)) {
        r53__json_fault(reader, "the TargetGroupArn beside a ForwardConfig is not the one target "
                                "group of it");
        return;
    }
    if (!in->target_group_arn || in->action.n_target_groups)
        return;
    group = r53__json_alloc(reader, 1, sizeof(*group));
    if (!group)
        return;
    *group = (r53_weighted_target_group){.target_group_arn = in->target_group_arn, .weight = 1};
    in->action.target_groups = group;
    in->action.n_target_groups = 1;
}

/* ELB-ALB-ACT-08 */
static const struct field sticky_fields[] = {
    FIELD("Enabled", r53__json_option, .at = ACTION(stickiness_enabled)),
    FIELD("DurationSeconds", r53__json_int32, .at = ACTION(stickiness_duration_s)),
};
static const struct shape sticky_shape = MEMBERS(sticky_fields);

static const struct field forward_fields[] = {
    FIELD("TargetGroups", r53__json_structs, .at = ACTION(target_groups),
          .also = ACTION(n_target_groups), .with = &weighted_shape),
    FIELD("TargetGroupStickinessConfig", r53__json_members, .with = &sticky_shape),
};
static const struct shape forward_shape = MEMBERS(forward_fields);

static const struct field redirect_fields[] = {
    FIELD("StatusCode", r53__json_text, .at = ACTION(status_code)),
    FIELD("Protocol", r53__json_text, .at = ACTION(protocol)),
    FIELD("Host", r53__json_text, .at = ACTION(host)),
    FIELD("Port", r53__json_text, .at = ACTION(port)),
    FIELD("Path", r53__json_text, .at = ACTION(path)),
    FIELD("Query", r53__json_text, .at = ACTION(query)),
};
static const struct shape redirect_shape = MEMBERS(redirect_fields);

static const struct field fixed_fields[] = {
    FIELD("StatusCode", r53__json_text, .at = ACTION(status_code)),
    FIELD("ContentType", r53__json_text, .at = ACTION(content_type)),
    FIELD("MessageBody", r53__json_text, .at = ACTION(message_body)),
};
static const struct shape fixed_shape = MEMBERS(fixed_fields);

/*
 * What the identity provider is asked for decides nothing here; what follows does (ELB-ALB-ACT-40).
 */
#define AUTHENTICATE_FIELDS                                                                        \
    FIELD("OnUnauthenticatedRequest", r53__json_text, .at = ACTION(on_unauthenticated_request)),   \
        UNUSED("SessionCookieName"), UNUSED("Scope"),                                              \
        WHOLE("SessionTimeout", r53__json_session_timeout),                                        \
        WHOLE("AuthenticationRequestExtraParams", r53__json_extra_params)

static const struct field oidc_fields[] = {
    FIELD("Issuer", r53__json_text, .at = ACTION(issuer)),
    AUTHENTICATE_FIELDS,
    UNUSED("AuthorizationEndpoint"),
    UNUSED("TokenEndpoint"),
    UNUSED("UserInfoEndpoint"),
    UNUSED("ClientId"),
    UNUSED("ClientSecret"),
    UNUSED("UseExistingClientSecret"),
};
static const struct shape oidc_shape = MEMBERS(oidc_fields);

static const struct field cognito_fields[] = {
    AUTHENTICATE_FIELDS,
    UNUSED("UserPoolArn"),
    UNUSED("UserPoolClientId"),
    UNUSED("UserPoolDomain"),
};
static const struct shape cognito_shape = MEMBERS(cognito_fields);

static const struct field jwt_fields[] = {
    FIELD("Issuer", r53__json_text, .at = ACTION(issuer)),
    FIELD("JwksEndpoint", r53__json_text, .at = ACTION(jwks_endpoint)),
    WHOLE("AdditionalClaims", r53__json_claims),
};
static const struct shape jwt_shape = MEMBERS(jwt_fields);

static const struct field action_fields[] = {
    FIELD("Type", r53__json_word, .at = ACTION(type), .with = &action_types, .required = true),
    FIELD("Order", r53__json_int32, .at = ACTION(order)),
    FIELD("TargetGroupArn", r53__json_text, .at = offsetof(struct action_text, target_group_arn)),
    FIELD("ForwardConfig", r53__json_members, .with = &forward_shape),
    FIELD("RedirectConfig", r53__json_members, .with = &redirect_shape),
    FIELD("FixedResponseConfig", r53__json_members, .with = &fixed_shape),
    FIELD("AuthenticateOidcConfig", r53__json_members, .with = &oidc_shape),
    FIELD("AuthenticateCognitoConfig", r53__json_members, .with = &cognito_shape),
    FIELD("JwtValidationConfig", r53__json_members, .with = &jwt_shape),
};
static const struct action_text action_initial = {.action = {.size = sizeof(r53_listener_action)}};
const struct shape r53__json_action = SHAPE(action_fields, .bytes = sizeof(struct action_text),
                                            .initial = &action_initial, .finish = action_finish);

/* Listeners */

static const struct field mutual_fields[] = {
    FIELD("Mode", r53__json_word, .at = LISTENER(mutual_authentication), .with = &mutual_modes),
    UNUSED("TrustStoreArn"),
    UNUSED("IgnoreClientCertificateExpiry"),
    UNUSED("TrustStoreAssociationStatus"),
    UNUSED("AdvertiseTrustStoreCaNames"),
};
static const struct shape mutual_shape = MEMBERS(mutual_fields);

#define LISTENER_FIELDS(port_read)                                                                 \
    FIELD("Port", port_read, .at = LISTENER(port)),                                                \
        FIELD("Protocol", r53__json_word, .at = LISTENER(protocol), .with = &r53__json_protocols), \
        FIELD("DefaultActions", r53__json_pointers, .at = LISTENER(default_actions),               \
              .also = LISTENER(n_default_actions), .with = &r53__json_action),                     \
        FIELD("Certificates", r53__json_pointers, .at = LISTENER(certificates),                    \
              .also = LISTENER(n_certificates), .with = &r53__json_default_certificate),           \
        FIELD("AlpnPolicy", r53__json_texts, .at = LISTENER(alpn_policy),                          \
              .also = LISTENER(n_alpn_policy)),                                                    \
        FIELD("MutualAuthentication", r53__json_members, .with = &mutual_shape),                   \
        UNUSED("SslPolicy")

static const struct field listener_fields[] = {
    FIELD("ListenerArn", r53__json_text, .at = LISTENER(listener_arn), .required = true),
    FIELD("LoadBalancerArn", r53__json_text, .at = LISTENER(load_balancer_arn)),
    LISTENER_FIELDS(r53__json_int32),
};
static const r53_listener listener_initial = {.size = sizeof(listener_initial)};
static const struct shape listener_shape =
    SHAPE(listener_fields, .bytes = sizeof(r53_listener), .initial = &listener_initial);

static int32_t listener_deliver(struct reader *reader, void *out)
{
    r53_listener *listener = out;

    if (!listener->load_balancer_arn)
        listener->load_balancer_arn = reader->context.load_balancer;
    if (!listener->load_balancer_arn)
        return r53__json_needs(reader, "load_balancer",
                               "the listener does not say which load balancer it is of");
    r53__json_import_begin(reader);
    return r53__json_import_end(reader, r53_import_listener(reader->import, listener));
}

static const struct element listener_element = {&listener_shape, listener_deliver};
static const struct field listeners_fields[] = {
    FIELD("Listeners", r53__json_list, .with = &listener_element),
    ELB_PAGE_FIELDS,
};
static const struct shape listeners_shape = MEMBERS(listeners_fields);
const struct element r53__json_listeners = {&listeners_shape, NULL};

/* Requests: create-listener, modify-listener */

static const struct field create_fields[] = {
    FIELD("LoadBalancerArn", r53__json_text, .at = LISTENER(load_balancer_arn)),
    LISTENER_FIELDS(r53__json_port),
    UNUSED("Tags"),
};
static const struct shape create_shape =
    SHAPE(create_fields, .bytes = sizeof(r53_listener), .initial = &listener_initial);

static int32_t create_deliver(struct reader *reader, void *out)
{
    const char *given = reader->context.listener_arn;
    r53_listener *in = out;

    in->load_balancer_arn =
        r53__json_whose(reader, in->load_balancer_arn, reader->context.load_balancer,
                        "load_balancer", "the request does not say which load balancer it is of");
    if (in->load_balancer_arn)
        in->listener_arn = given ? given : r53__json_made_listener(reader, in);
    if (reader->error)
        return reader->error;
    r53__json_import_begin(reader);
    return r53__json_import_end(reader, r53_listener_create(reader->cloud, in, reader->report));
}

const struct element r53__json_create_listener = {&create_shape, create_deliver};

static int32_t modify_deliver(struct reader *reader, void *out)
{
    r53_listener *in = out;

    in->listener_arn =
        r53__json_whose(reader, in->listener_arn, reader->context.listener_arn, "listener_arn",
                        "the request does not say which listener it changes");
    if (!in->listener_arn)
        return R53_E_INVALID;
    r53__json_import_begin(reader);
    return r53__json_import_end(reader, r53_listener_modify(reader->cloud, in, reader->report));
}

static const struct field modify_fields[] = {
    FIELD("ListenerArn", r53__json_text, .at = LISTENER(listener_arn)),
    LISTENER_FIELDS(r53__json_port),
};
static const struct shape modify_shape =
    SHAPE(modify_fields, .bytes = sizeof(r53_listener), .initial = &listener_initial);
const struct element r53__json_modify_listener = {&modify_shape, modify_deliver};
