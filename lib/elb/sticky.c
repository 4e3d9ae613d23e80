#include "elb/sticky.h"

#include "base/sized.h"
#include "elb/flows.h"
#include "elb/state.h"
#include "elb/subject.h"
#include "view/balance.h"

#include <string.h>

/* What browsers are told of every cookie of an Application Load Balancer (ELB-STICK-03). */
enum { EXPIRES_SECONDS = 7 * 24 * 3600 };

#define COOKIE_BIT(kind) (UINT32_C(1) << (kind))

/* Cookies */

/* The cookie of this kind or, before it, its CORS copy; `kind` has one behind it, or not. */
static bool cookie_find(const struct elb_request *request, int32_t kind, r53_cookie *out)
{
    int32_t copy = kind == R53_COOKIE_AWSALBAPP ? 0 : kind + 1;
    bool found = false;

    for (uint32_t i = 0; i < request->n_cookies; i++) {
        r53_cookie cookie = {0};

        r53__sized_read(&cookie, sizeof(cookie), request->cookies[i]);
        if (cookie.kind != kind && cookie.kind != copy)
            continue;
        if (!found || (cookie.kind == copy && out->kind != copy))
            *out = cookie;
        found = true;
    }
    return found;
}

static bool expired(const struct elb_input *input, const r53_cookie *cookie, int32_t duration_s)
{
    int64_t now = r53__elb_now(input);

    /* a clock that went back stood still */
    return now > cookie->issued_at_ms &&
           (uint64_t)now - (uint64_t)cookie->issued_at_ms >= (uint64_t)duration_s * 1000;
}

static bool names_group(const r53_cookie *cookie, const char *arn)
{
    return r53__text_equal(cookie->target_group_arn, arn);
}

/* Target groups */

static int32_t group_index(const struct action *action, const char *arn)
{
    for (uint32_t i = 0; arn && i < action->n_groups; i++) {
        if (strcmp(action->groups[i].target_group_arn, arn) == 0)
            return (int32_t)i;
    }
    return -1;
}

/* ELB-ALB-ACT-08, -09 */
static int32_t group_of_cookie(const struct elb_input *input, const struct elb_choice *choice,
                               const struct fleet_action *action)
{
    r53_cookie cookie;
    int32_t i;

    if (!cookie_find(input->request, R53_COOKIE_AWSALBTG, &cookie))
        return -1;
    i = group_index(action->action, cookie.target_group_arn);
    if (i < 0 || action->pools[i] < 0) {
        r53__trace(input->trace, RULE_ELB_ALB_ACT_09, EVENT_GROUP_COOKIE_FOREIGN, choice->fleet,
                   choice->listener, 0, 0);
        return -1;
    }
    if (expired(input, &cookie, action->action->sticky_duration_s)) {
        r53__trace(input->trace, RULE_ELB_ALB_ACT_09, EVENT_GROUP_COOKIE_EXPIRED, choice->fleet,
                   action->pools[i], 0, 0);
        return -1;
    }
    if (action->action->groups[i].weight == 0 && !input->view->choices.sticky_zero_weight)
        return -1;
    r53__trace(input->trace, RULE_ELB_ALB_ACT_08, EVENT_STICKY_GROUP, choice->fleet,
               action->pools[i], 0, 0);
    return i;
}

/* ELB-NLB-22: without a table, the place of the source's hash on the line of weights. */
static int32_t group_of_hash(const struct elb_input *input, const struct fleet_rule *rule,
                             const struct fleet_action *action)
{
    const struct address *source = &input->request->source;
    uint32_t n = action->action->n_groups, total = action->cumulative[n - 1];
    uint64_t hash =
        r53__hash(source->octets, sizeof(source->octets), r53__mix2(rule->key, source->family));
    uint32_t at, i = 0;

    if (total == 0)
        return -1;
    at = (uint32_t)(hash % total);
    while (action->cumulative[i] <= at)
        i++;
    return (int32_t)i;
}

/* ELB-LSN-22: stickiness of target groups is for several of them, and not for TLS. */
static bool binds_sources(const struct elb_input *input, const struct elb_choice *choice,
                          const struct action *action)
{
    return action->sticky && action->n_groups > 1 &&
           r53__elb_fleet(input, choice)->lb->type == R53_LB_NETWORK &&
           r53__elb_listener_of(input, choice)->listener->protocol != R53_PROTOCOL_TLS;
}

static int32_t group_of_source(const struct elb_input *input, const struct elb_choice *choice,
                               const struct fleet_action *action)
{
    const struct fleet *fleet = r53__elb_fleet(input, choice);
    const struct listener *listener = r53__elb_listener_of(input, choice)->listener;
    int64_t duration_ms = (int64_t)action->action->sticky_duration_s * 1000;
    struct flow_id flow;
    const char *arn;
    int32_t i;

    if (input->request->source.family == ADDRESS_NONE)
        return -1;
    if (!input->state)
        return group_of_hash(input, r53__elb_rule_of(input, choice), action);
    if (!r53__flow_id_make(input, choice, NULL, &flow))
        return -1;
    arn = r53__elb_state_binding(input->state, fleet->lb->arn, listener->port, &flow,
                                 r53__elb_now(input), duration_ms);
    i = group_index(action->action, arn);
    if (i < 0 || action->pools[i] < 0 || action->action->groups[i].weight == 0)
        return -1; /* ELB-LSN-21: weight 0 gets no new connection */
    r53__trace(input->trace, RULE_ELB_LSN_22, EVENT_SOURCE_BOUND, choice->fleet, action->pools[i],
               0, 0);
    return i;
}

int32_t r53__sticky_group(const struct elb_input *input, struct elb_choice *choice,
                          const struct fleet_action *action)
{
    int32_t chosen = -1;

    if (!action->action->sticky)
        return -1;
    if (r53__elb_fleet(input, choice)->lb->type == R53_LB_APPLICATION)
        chosen = group_of_cookie(input, choice, action);
    else if (binds_sources(input, choice, action->action))
        chosen = group_of_source(input, choice, action);
    if (chosen >= 0)
        choice->marks |= CHOICE_STICKY_GROUP;
    return chosen;
}

/* The forward action of the matched rule, which is its last one. */
static const struct action *forward_of(const struct fleet_rule *rule)
{
    const struct action *last = rule->n_actions ? &rule->taken[rule->n_actions - 1] : NULL;

    return last && last->type == R53_ACTION_FORWARD ? last : NULL;
}

bool r53__sticky_binds_source(const struct elb_input *input, const struct elb_choice *choice)
{
    const struct action *action = forward_of(r53__elb_rule_of(input, choice));

    return action && binds_sources(input, choice, action);
}

/* Targets */

/* The kind of cookie that binds to a target here, without its CORS copy; 0: none does. */
static int32_t kind_of(const struct fleet *fleet, const struct elb_choice *choice)
{
    const struct pool *pool = &fleet->pools[choice->pool];
    const struct target_group *group = pool->group;

    if (fleet->lb->type == R53_LB_CLASSIC)
        return fleet->listeners[choice->listener].listener->stickiness_type ? R53_COOKIE_AWSELB : 0;
    if (fleet->lb->type != R53_LB_APPLICATION || !group->stickiness_enabled || !pool->cross_zone ||
        group->algorithm_type == R53_ALGORITHM_WEIGHTED_RANDOM || group->target_control_port)
        return 0; /* ELB-STICK-16, ELB-XZ-05 */
    if (group->stickiness_type == R53_STICKINESS_LB_COOKIE)
        return R53_COOKIE_AWSALB;
    if (group->stickiness_type == R53_STICKINESS_APP_COOKIE && group->app_cookie_name[0] &&
        !(choice->marks & CHOICE_MANY_GROUPS))
        return R53_COOKIE_AWSALBAPP; /* ELB-STICK-12: not with several groups */
    return 0;
}

/* Is "name=" one of the pairs of a Cookie header (RFC 6265 4.2.1)? */
static bool pair_named(struct span header, struct span name)
{
    size_t i = 0;

    while (i < header.length) {
        const char *end;
        size_t length;

        while (i < header.length && r53__is_blank(header.at[i]))
            i++;
        end = memchr(header.at + i, ';', header.length - i);
        length = end ? (size_t)(end - header.at) - i : header.length - i;
        if (length > name.length && header.at[i + name.length] == '=' &&
            memcmp(header.at + i, name.at, name.length) == 0)
            return true;
        i += length + 1;
    }
    return false;
}

static bool application_cookie_sent(const struct elb_input *input, const struct elb_choice *choice,
                                    const char *name)
{
    struct subject subject;
    struct span value;
    uint32_t at = 0;

    r53__subject_make(&subject, input, choice->fleet);
    while (r53__header_next(&subject, SPAN("Cookie"), &at, &value)) {
        if (pair_named(value, r53__span(name)))
            return true;
    }
    return false;
}

static int32_t no_target(const struct elb_input *input, const struct elb_choice *choice,
                         int32_t rule, int32_t event)
{
    r53__trace(input->trace, rule, event, choice->fleet, choice->pool, 0, 0);
    return -1;
}

/* Is the cookie this group's, in time, and not alone? Else -1, traced. */
static int32_t cookie_check(const struct elb_input *input, const struct elb_choice *choice,
                            const r53_cookie *cookie, int32_t kind)
{
    const struct target_group *group = r53__elb_fleet(input, choice)->pools[choice->pool].group;
    const struct listener *listener = r53__elb_listener_of(input, choice)->listener;
    bool by_load_balancer = kind == R53_COOKIE_AWSALB;

    if (!names_group(cookie, group->arn))
        return no_target(input, choice, RULE_ELB_STICK_08, EVENT_COOKIE_FOREIGN);
    if (kind == R53_COOKIE_AWSELB)
        return cookie->port == listener->instance_port
                   ? 0
                   : no_target(input, choice, RULE_ELB_CLB_07, EVENT_COOKIE_FOREIGN);
    if (expired(input, cookie,
                by_load_balancer ? group->lb_cookie_duration_seconds
                                 : group->app_cookie_duration_seconds))
        return no_target(input, choice, RULE_ELB_STICK_04, EVENT_COOKIE_EXPIRED);
    if (!by_load_balancer && !application_cookie_sent(input, choice, group->app_cookie_name))
        return no_target(input, choice, RULE_ELB_STICK_10, EVENT_APPLICATION_COOKIE_MISSING);
    return 0;
}

int32_t r53__sticky_target(const struct elb_input *input, const struct elb_choice *choice)
{
    const struct fleet *fleet = r53__elb_fleet(input, choice);
    const struct pool *pool = &fleet->pools[choice->pool];
    int32_t kind = kind_of(fleet, choice), target;
    r53_cookie cookie;

    if (!kind || !cookie_find(input->request, kind, &cookie) ||
        cookie_check(input, choice, &cookie, kind) < 0)
        return -1;
    target = r53__pool_find(pool, cookie.target_id, kind == R53_COOKIE_AWSELB ? 0 : cookie.port,
                            cookie.target_zone);
    if (target < 0)
        return no_target(input, choice, RULE_ELB_STICK_04, EVENT_COOKIE_TARGET_GONE);
    if (!r53__pool_target_healthy(pool, &pool->targets[target]) ||
        r53__scope_place(&pool->scopes[choice->node], target) < 0) { /* ELB-STICK-05, -06 */
        r53__trace(input->trace, RULE_ELB_STICK_04, EVENT_COOKIE_TARGET_UNFIT, choice->fleet,
                   choice->pool, target, pool->targets[target].state);
        return -1;
    }
    r53__trace(input->trace, kind == R53_COOKIE_AWSELB ? RULE_ELB_CLB_07 : RULE_ELB_STICK_01,
               EVENT_STICKY_TARGET, choice->fleet, choice->pool, target, 0);
    return target;
}

/* Responses */

/*
 * ELB-CLB-07, -08: set once, with the instance; a session of the application's decides by itself.
 */
static void classic_describe(const struct listener *listener, const struct elb_choice *choice,
                             r53_selection *out)
{
    if (choice->marks & CHOICE_STICKY_TARGET)
        return;
    out->cookies = COOKIE_BIT(R53_COOKIE_AWSELB) | COOKIE_BIT(R53_COOKIE_AWSELBCORS);
    out->cookie_seconds = listener->cookie_expiration_period_s;
    if (listener->stickiness_type == R53_STICKINESS_APP_COOKIE)
        out->application_cookie = listener->app_cookie_name;
}

static bool group_bound(const struct fleet *fleet, const struct elb_choice *choice)
{
    const struct fleet_listener *listener = &fleet->listeners[choice->listener];
    const struct action *action = forward_of(r53__listener_rule(listener, choice->listener_rule));

    return fleet->lb->type == R53_LB_APPLICATION && action && action->sticky;
}

void r53__sticky_describe(const struct fleet *fleet, const struct elb_choice *choice,
                          r53_selection *out)
{
    bool hit = (choice->marks & CHOICE_STICKY_TARGET) != 0;
    int32_t kind = kind_of(fleet, choice);

    out->sticky_hit = hit;
    if (choice->outcome != R53_SELECTED_TARGET)
        return; /* cookies come with a response of the target's */
    if (kind == R53_COOKIE_AWSELB) {
        classic_describe(fleet->listeners[choice->listener].listener, choice, out);
        return;
    }
    out->cookie_seconds = EXPIRES_SECONDS;
    if (kind == R53_COOKIE_AWSALB) /* ELB-STICK-02, -07 */
        out->cookies |= COOKIE_BIT(R53_COOKIE_AWSALB) | COOKIE_BIT(R53_COOKIE_AWSALBCORS);
    if (kind == R53_COOKIE_AWSALBAPP) {
        out->cookies |= COOKIE_BIT(R53_COOKIE_AWSALBAPP);
        if (!hit)
            out->application_cookie = fleet->pools[choice->pool].group->app_cookie_name;
    }
    if (group_bound(fleet, choice)) /* ELB-ALB-ACT-08, -10 */
        out->cookies |= COOKIE_BIT(R53_COOKIE_AWSALBTG) | COOKIE_BIT(R53_COOKIE_AWSALBTGCORS);
    if (!out->cookies)
        out->cookie_seconds = 0;
}

/* Cookies that wait for the application's own, if the selection names one. */
static uint32_t waiting(const r53_selection *selection)
{
    if (!selection->application_cookie || !selection->application_cookie[0])
        return 0;
    return COOKIE_BIT(R53_COOKIE_AWSALBAPP) | COOKIE_BIT(R53_COOKIE_AWSELB) |
           COOKIE_BIT(R53_COOKIE_AWSELBCORS);
}

/* Behind the end of time a cookie lasts until that, and no sum may wrap into the past. */
static int64_t expiry(int64_t now_ms, int32_t seconds)
{
    int64_t life = (int64_t)seconds * 1000;

    return now_ms > INT64_MAX - life ? INT64_MAX : now_ms + life;
}

static r53_cookie cookie_of(const r53_selection *selection, int32_t kind)
{
    bool group = kind == R53_COOKIE_AWSALBTG || kind == R53_COOKIE_AWSALBTGCORS;
    r53_cookie cookie = {.kind = kind,
                         .target_group_arn = selection->target_group_arn,
                         .target_id = group ? "" : selection->target_id,
                         .target_zone = group ? "" : selection->target_zone,
                         .port = group ? 0 : selection->target_port,
                         .issued_at_ms = selection->now_ms};

    if (selection->cookie_seconds > 0)
        cookie.expires_at_ms = expiry(selection->now_ms, selection->cookie_seconds);
    return cookie;
}

int32_t r53_selection_cookie(const r53_selection *selection, size_t index,
                             int32_t application_cookie_set, r53_cookie *cookie)
{
    r53_selection given;
    uint32_t left;

    if (!r53__sized_read(&given, sizeof(given), selection) || given.reserved)
        return R53_E_INVALID;
    left = given.cookies;
    if (!application_cookie_set)
        left &= ~waiting(&given);
    for (int32_t kind = R53_COOKIE_AWSALB; kind <= R53_COOKIE_AWSELBCORS; kind++) {
        r53_cookie out;

        if (!(left & COOKIE_BIT(kind)) || index-- > 0)
            continue;
        out = cookie_of(&given, kind);
        return r53__sized_write(cookie, &out, sizeof(out)) ? R53_OK : R53_E_INVALID;
    }
    return R53_E_NOT_FOUND;
}
