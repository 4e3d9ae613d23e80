#include "model/action.h"

#include "base/rules.h"
#include "base/sort.h"

#include <string.h>

enum { WEIGHT_MAX = 999 }; /* ELB-LSN-21 */

static const char *const action_names[] = {
    "forward",       "redirect", "fixed-response", "authenticate-oidc", "authenticate-cognito",
    "jwt-validation"};
const struct words r53__action_types = {"an action type", action_names, R53_ACTION_JWT_VALIDATION};

static const char *const unauthenticated_names[] = {"deny", "allow", "authenticate"};
const struct words r53__unauthenticated = {"what to do", unauthenticated_names,
                                           UNAUTHENTICATED_AUTHENTICATE};

static void groups_read(struct spec *spec, struct action *action, const r53_listener_action *in)
{
    struct forward_target *groups;
    uint64_t sum = 0;

    if (in->n_target_groups == 0)
        r53__spec_fault(spec, "TargetGroupArn", NULL, "a forward action names no target group",
                        NULL);
    if (!r53__spec_list(spec, "TargetGroups", in->target_groups, in->n_target_groups))
        return;
    groups = r53__spec_alloc(spec, in->n_target_groups, sizeof(*groups));
    for (size_t i = 0; i < in->n_target_groups && !spec->error; i++) {
        groups[i].target_group_arn =
            r53__spec_id(spec, "TargetGroupArn", in->target_groups[i].target_group_arn);
        groups[i].weight = in->target_groups[i].weight;
        r53__spec_reserved(spec, in->target_groups[i].reserved);
        sum += groups[i].weight;
        if (groups[i].weight > WEIGHT_MAX)
            r53__spec_warn(spec, RULE_ELB_JSON_11, "Weight",
                           "The weight of '{0}' must be between '0-999' inclusive",
                           groups[i].target_group_arn);
    }
    if (sum > UINT32_MAX) /* shares are drawn with 32-bit sums */
        r53__spec_fault(spec, "Weight", NULL, "the weights add up to more than 4294967295", NULL);
    action->groups = groups;
    action->n_groups = in->n_target_groups;
}

/* ELB-ALB-ACT-40 */
static void authenticate_read(struct spec *spec, struct action *action,
                              const r53_listener_action *in)
{
    const char *word = in->on_unauthenticated_request;

    if (action->type != R53_ACTION_AUTHENTICATE_OIDC &&
        action->type != R53_ACTION_AUTHENTICATE_COGNITO)
        return;
    action->on_unauthenticated = word && *word ? r53__words_number(&r53__unauthenticated, word)
                                               : UNAUTHENTICATED_AUTHENTICATE;
    if (action->on_unauthenticated == 0)
        r53__spec_fault(spec, "OnUnauthenticatedRequest", word,
                        "'{0}' is not 'deny', 'allow' or 'authenticate'", NULL);
}

/* ELB-ALB-ACT-08 */
static void sticky_read(struct spec *spec, struct action *action, const r53_listener_action *in)
{
    action->sticky = r53__spec_word(spec, "TargetGroupStickinessConfig.Enabled", &r53__on_off,
                                    in->stickiness_enabled, R53_OPTION_OFF) == R53_OPTION_ON;
    action->sticky_duration_s =
        r53__spec_number(spec, "TargetGroupStickinessConfig.DurationSeconds",
                         in->stickiness_duration_s, 0, INT32_MAX);
}

static void action_read(struct spec *spec, struct action *action, const r53_listener_action *from,
                        size_t position)
{
    r53_listener_action in;

    if (!r53__spec_read(spec, &in, sizeof(in), from))
        return;
    if (in.type == 0)
        r53__spec_fault(spec, "Type", NULL, "the action has no type", NULL);
    action->type = r53__spec_word(spec, "Type", &r53__action_types, in.type, 0);
    action->order = r53__spec_number(spec, "Order", in.order, 0, INT32_MAX);
    if (action->order == 0)
        action->order = (int32_t)(position + 1);
    if (action->type == R53_ACTION_FORWARD)
        groups_read(spec, action, &in);
    action->status_code = r53__spec_maybe(spec, in.status_code);
    action->protocol = r53__spec_maybe(spec, in.protocol);
    action->host = r53__spec_maybe(spec, in.host);
    action->port = r53__spec_maybe(spec, in.port);
    action->path = r53__spec_maybe(spec, in.path);
    action->query = r53__spec_maybe(spec, in.query);
    action->content_type = r53__spec_maybe(spec, in.content_type);
    action->message_body = r53__spec_maybe(spec, in.message_body);
    action->issuer = r53__spec_maybe(spec, in.issuer);
    action->jwks_endpoint = r53__spec_maybe(spec, in.jwks_endpoint);
    authenticate_read(spec, action, &in);
    sticky_read(spec, action, &in);
}

/* By order, equals as given. */
static int action_compare(const void *a, const void *b)
{
    const struct action *x = a, *y = b;

    if (x->order != y->order)
        return x->order < y->order ? -1 : 1;
    return x < y ? -1 : x > y;
}

static const struct action *actions_sort(struct spec *spec, const struct action *actions, size_t n)
{
    const void **order = r53__spec_alloc(spec, n, sizeof(*order));
    struct action *sorted = r53__spec_alloc(spec, n, sizeof(*sorted));

    if (spec->error)
        return NULL;
    for (size_t i = 0; i < n; i++)
        order[i] = &actions[i];
    r53__sort(order, n, action_compare);
    for (size_t i = 0; i < n; i++)
        sorted[i] = *(const struct action *)order[i];
    return sorted;
}

const struct action *r53__actions_read(struct spec *spec, const char *list,
                                       const r53_listener_action *const *in, uint32_t n)
{
    struct action *actions;

    if (!r53__spec_list(spec, list, in, n))
        return NULL;
    actions = r53__spec_alloc(spec, n, sizeof(*actions));
    for (uint32_t i = 0; i < n && !spec->error; i++) {
        r53__spec_enter(spec, list, i);
        action_read(spec, &actions[i], in[i], i);
    }
    r53__spec_enter(spec, NULL, 0);
    return actions_sort(spec, actions, n);
}

/* The texts of an action, for what is done with each of them. */
static const size_t texts[] = {
    offsetof(struct action, status_code),  offsetof(struct action, protocol),
    offsetof(struct action, host),         offsetof(struct action, port),
    offsetof(struct action, path),         offsetof(struct action, query),
    offsetof(struct action, content_type), offsetof(struct action, message_body),
    offsetof(struct action, issuer),       offsetof(struct action, jwks_endpoint)};

static const char *text_at(const struct action *action, size_t i)
{
    const char *text;

    memcpy(&text, (const char *)action + texts[i], sizeof(text));
    return text;
}

static const struct forward_target *groups_copy(struct spec *spec, const struct action *from)
{
    struct forward_target *groups = r53__spec_alloc(spec, from->n_groups, sizeof(*groups));

    for (uint32_t i = 0; i < from->n_groups && !spec->error; i++) {
        groups[i].target_group_arn = r53__spec_text(spec, from->groups[i].target_group_arn);
        groups[i].weight = from->groups[i].weight;
    }
    return groups;
}

const struct action *r53__actions_copy(struct spec *spec, const struct action *from, uint32_t n)
{
    struct action *actions = r53__spec_alloc(spec, n, sizeof(*actions));

    for (uint32_t i = 0; i < n && !spec->error; i++) {
        actions[i] = from[i];
        actions[i].groups = groups_copy(spec, &from[i]);
        for (size_t j = 0; j < sizeof(texts) / sizeof(*texts); j++) {
            const char *text = r53__spec_maybe(spec, text_at(&from[i], j));

            memcpy((char *)&actions[i] + texts[j], &text, sizeof(text));
        }
    }
    return spec->error ? NULL : actions;
}

static bool groups_equal(const struct action *a, const struct action *b)
{
    for (uint32_t i = 0; i < a->n_groups && i < b->n_groups; i++) {
        if (a->groups[i].weight != b->groups[i].weight ||
            strcmp(a->groups[i].target_group_arn, b->groups[i].target_group_arn) != 0)
            return false;
    }
    return a->n_groups == b->n_groups;
}

static bool action_equal(const struct action *a, const struct action *b)
{
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        if (!r53__text_equal(text_at(a, i), text_at(b, i)))
            return false;
    }
    return a->type == b->type && a->on_unauthenticated == b->on_unauthenticated &&
           a->sticky == b->sticky && a->sticky_duration_s == b->sticky_duration_s &&
           groups_equal(a, b);
}

bool r53__actions_equal(const struct action *a, const struct action *b, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        if (!action_equal(&a[i], &b[i]))
            return false;
    }
    return true;
}
