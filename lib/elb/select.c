#include "elb/select.h"

#include "base/sized.h"
#include "elb/flows.h"
#include "elb/stages.h"
#include "elb/sticky.h"

#include <string.h>

enum { PORT_LAST = 65535, IP_PROTOCOL_LAST = 255, GRPC_UNAVAILABLE = 14 };

/* Request */

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

/* Stages */

static elb_stage_run *const stages[] = {
    [ELB_NODE] = r53__elb_node,     [ELB_LISTENER] = r53__elb_listener,
    [ELB_RULE] = r53__elb_rule,     [ELB_ACTION] = r53__elb_action,
    [ELB_GROUP] = r53__elb_group,   [ELB_TARGET] = r53__elb_target,
    [ELB_ONWARD] = r53__elb_onward,
};

void r53__elb_choice_init(struct elb_choice *choice, int32_t fleet, int32_t node)
{
    *choice = (struct elb_choice){.stage = ELB_NODE,
                                  .fleet = fleet,
                                  .node = node,
                                  .listener = -1,
                                  .action = -1,
                                  .pool = -1,
                                  .target = -1,
                                  .matched_priority = -1,
                                  .listener_rule = -1,
                                  .certificate = -1,
                                  .via_fleet = -1,
                                  .via_node = -1,
                                  .via_listener = -1,
                                  .via_pool = -1};
}

/* Each stage is short, so that an enumeration can branch between any two. */
int32_t r53__elb_step(const struct elb_input *input, struct elb_choice *choice, struct draw *draw)
{
    int32_t rc = stages[choice->stage](input, choice, draw);

    if (rc == R53_OK && r53__elb_goes_on(input, choice))
        choice->stage = ELB_ONWARD;
    else if (rc == R53_OK && choice->outcome == R53_SELECTED_TARGET)
        r53__elb_exchange(input, choice);
    return rc;
}

int32_t r53__elb_run(const struct elb_input *input, struct elb_choice *choice, struct draw *draw)
{
    int32_t rc = R53_OK;

    while (rc == R53_OK && choice->stage != ELB_DONE)
        rc = r53__elb_step(input, choice, draw);
    return rc;
}

/* Selection */

const r53_selection r53__selection_none = {.size = sizeof(r53_selection),
                                           .load_balancer_arn = "",
                                           .availability_zone = "",
                                           .listener_arn = "",
                                           .target_group_arn = "",
                                           .target_id = "",
                                           .target_zone = "",
                                           .via_load_balancer_arn = "",
                                           .via_availability_zone = "",
                                           .via_listener_arn = "",
                                           .via_target_group_arn = "",
                                           .rule_arn = "",
                                           .certificate_arn = "",
                                           .alpn_protocol = "",
                                           .content_type = "",
                                           .message_body = "",
                                           .application_cookie = ""};

static void describe_via(const struct fleet *fleet, const struct elb_choice *choice,
                         r53_selection *out)
{
    out->via_load_balancer_arn = fleet->lb->arn;
    out->via_availability_zone = fleet->nodes[choice->via_node].zone_name;
    out->via_listener_arn = fleet->listeners[choice->via_listener].listener->arn;
    out->via_target_group_arn = fleet->pools[choice->via_pool].group->arn;
}

static void describe_target(const struct fleet *fleet, const struct elb_choice *choice,
                            r53_selection *out)
{
    const struct pool *pool = &fleet->pools[choice->pool];
    const struct pool_target *target;

    out->target_group_arn = pool->group->arn;
    if (choice->target < 0)
        return;
    target = &pool->targets[choice->target];
    out->slow_start = target->slow_age_ms >= 0;
    out->flow_known = (choice->marks & CHOICE_FLOW_KNOWN) != 0;
    out->hairpin = (choice->marks & CHOICE_HAIRPIN) != 0;
    if (pool->group->target_type != R53_TARGET_LAMBDA)
        out->source_seen =
            choice->marks & CHOICE_SEES_CLIENT ? R53_SOURCE_CLIENT : R53_SOURCE_NODE;
    out->proxy_protocol = fleet->lb->type == R53_LB_NETWORK && pool->group->proxy_protocol;
    if (r53__elb_counts_requests(fleet, choice))
        out->scope = &pool->scopes[choice->node];
    r53__sticky_describe(fleet, choice, out);
    out->target_id = target->target->id;
    out->target_zone = target->zone;
    out->target_ordinal = target->target->ordinal;
    out->target_port = fleet->lb->type == R53_LB_CLASSIC /* ELB-CLB-05 */
                           ? fleet->listeners[choice->listener].listener->instance_port
                           : target->port;
}

/* The rule, known once it was matched; texts of a fixed response with it. */
static void describe_rule(const struct fleet_listener *listener, const struct elb_choice *choice,
                          r53_selection *out)
{
    const struct fleet_rule *rule = r53__listener_rule(listener, choice->listener_rule);
    const struct action *action;

    if (rule->rule)
        out->rule_arn = rule->rule->arn;
    if (choice->outcome != R53_SELECTED_FIXED_RESPONSE)
        return;
    action = &rule->taken[choice->action];
    /* ELB-ALB-ACT-31 */
    out->content_type =
        action->content_type && *action->content_type ? action->content_type : "text/plain";
    out->message_body = action->message_body ? action->message_body : "";
}

static void describe_listener(const struct fleet_listener *listener,
                              const struct elb_choice *choice, r53_selection *out)
{
    out->listener_arn = listener->listener->arn;
    out->listener_port = listener->listener->port;
    out->alpn_protocol = r53__elb_alpn_name(choice->alpn);
    if (choice->certificate >= 0)
        out->certificate_arn = listener->listener->certificates[choice->certificate].arn;
    if (choice->matched_priority >= 0)
        describe_rule(listener, choice, out);
}

bool r53__elb_describe(const r53_view *view, const struct elb_choice *choice, r53_selection *out)
{
    const struct fleet *fleet = &view->fleets[choice->fleet];
    r53_selection selection = r53__selection_none;

    selection.outcome = choice->outcome;
    selection.status = choice->status;
    selection.matched_priority = choice->matched_priority;
    selection.fail_open = choice->fail_open;
    selection.rule = choice->rule;
    if (choice->marks & CHOICE_GRPC_ERROR)
        selection.grpc_status = GRPC_UNAVAILABLE;
    selection.load_balancer_arn = fleet->lb->arn;
    if (choice->via_fleet >= 0)
        describe_via(&view->fleets[choice->via_fleet], choice, &selection);
    if (choice->node >= 0)
        selection.availability_zone = fleet->nodes[choice->node].zone_name;
    if (choice->listener >= 0)
        describe_listener(&fleet->listeners[choice->listener], choice, &selection);
    if (choice->pool >= 0)
        describe_target(fleet, choice, &selection);
    return r53__sized_write(out, &selection, sizeof(selection));
}

int32_t r53_elb_select(const r53_view *view, const r53_request *request, const r53_elb_state *state,
                       r53_selection *selection, r53_trace *trace)
{
    struct elb_request parsed;
    struct elb_choice choice;
    struct elb_input input = {view, &parsed, state, trace};
    struct draw draw = {0};
    r53_selection made = {.size = sizeof(made)};
    int32_t fleet, rc;

    if (!view || !selection || !request || r53__elb_request_parse(&parsed, request) != R53_OK ||
        !parsed.load_balancer[0])
        return R53_E_INVALID;
    fleet = r53__view_fleet(view, parsed.load_balancer);
    if (fleet < 0)
        return R53_E_NOT_FOUND;
    r53__view_trace(view, trace);
    draw.seed = parsed.seed;
    r53__elb_choice_init(&choice, fleet, -1);
    rc = r53__elb_run(&input, &choice, &draw);
    if (rc)
        return rc;
    if (trace && trace->failed)
        return R53_E_NOMEM;
    r53__elb_describe(view, &choice, &made);
    r53__flow_describe(&input, &choice, &made);
    return r53__sized_write(selection, &made, sizeof(made)) ? R53_OK : R53_E_INVALID;
}

const char *r53_selection_outcome_name(int32_t outcome)
{
    static const char *const names[] = {
        "",          "target",   "generated", "redirect",   "fixed-response", "no-listener",
        "no-target", "inactive", "dangling",  "tls-failed", "authenticate",   "reset",
        "dropped"};

    return outcome > 0 && (size_t)outcome < sizeof(names) / sizeof(*names) ? names[outcome] : "";
}
