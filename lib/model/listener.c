#include "model/listener.h"

#include "base/rules.h"
#include "base/sort.h"
#include "model/spec.h"

enum { WEIGHT_MAX = 999 }; /* ELB-LSN-21 */

static const char *const action_names[] = {
    "forward",       "redirect", "fixed-response", "authenticate-oidc", "authenticate-cognito",
    "jwt-validation"};
static const struct words action_types = {"an action type", action_names,
                                          R53_ACTION_JWT_VALIDATION};

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
        sum += groups[i].weight;
        if (groups[i].weight > WEIGHT_MAX)
            r53__spec_warn(spec, RULE_ELB_JSON_11, "Weight",
                           "the weight of '{0}' is above 999; it is kept",
                           groups[i].target_group_arn);
    }
    if (sum > UINT32_MAX) /* shares are drawn with 32-bit sums */
        r53__spec_fault(spec, "Weight", NULL, "the weights add up to more than 4294967295", NULL);
    action->groups = groups;
    action->n_groups = in->n_target_groups;
}

static void action_read(struct spec *spec, struct action *action, const r53_listener_action *from,
                        size_t position)
{
    r53_listener_action in;

    if (!r53__spec_read(spec, &in, sizeof(in), from))
        return;
    if (in.type == 0)
        r53__spec_fault(spec, "Type", NULL, "the action has no type", NULL);
    action->type = r53__spec_word(spec, "Type", &action_types, in.type, 0);
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
}

/* By order, equals as given. */
static int action_compare(const void *a, const void *b)
{
    const struct action *x = a, *y = b;

    if (x->order != y->order)
        return x->order < y->order ? -1 : 1;
    return x < y ? -1 : x > y;
}

/* The actions in the order in which they are taken. */
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

static void actions_read(struct spec *spec, struct listener *listener, const r53_listener *in)
{
    const char *list = "DefaultActions";
    struct action *actions;

    if (!r53__spec_list(spec, list, in->default_actions, in->n_default_actions))
        return;
    if (in->n_default_actions == 0) /* ELB-LSN-04 */
        r53__spec_warn(spec, RULE_ELB_LSN_04, list,
                       "the listener has no default action; a request that no rule matches goes "
                       "nowhere",
                       NULL);
    actions = r53__spec_alloc(spec, in->n_default_actions, sizeof(*actions));
    for (size_t i = 0; i < in->n_default_actions && !spec->error; i++) {
        r53__spec_enter(spec, list, i);
        action_read(spec, &actions[i], in->default_actions[i], i);
    }
    r53__spec_enter(spec, NULL, 0);
    listener->actions = actions_sort(spec, actions, in->n_default_actions);
    listener->n_actions = in->n_default_actions;
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
    *group = (struct forward_target){listener->load_balancer_arn, 1};
    *action =
        (struct action){.type = R53_ACTION_FORWARD, .order = 1, .groups = group, .n_groups = 1};
    listener->actions = action;
    listener->n_actions = 1;
}

static void listener_read(struct spec *spec, struct listener *listener, const r53_listener *in)
{
    listener->arn = r53__spec_text(spec, in->listener_arn);
    listener->load_balancer_arn = r53__spec_id(spec, "LoadBalancerArn", in->load_balancer_arn);
    listener->port = r53__spec_number(spec, "Port", in->port, 0, PORT_MAX);
    listener->protocol = r53__spec_word(spec, "Protocol", &r53__protocols, in->protocol, 0);
    if (listener->arn[0] == '\0')
        classic_read(spec, listener, in);
    else
        actions_read(spec, listener, in);
}

int32_t r53__listener_new(struct listener **out, const struct memory *memory,
                          const r53_listener *in, r53_report *report)
{
    struct listener *listener = r53__object_new(memory, sizeof(*listener));
    struct spec spec = r53__spec(listener ? &listener->head.arena : NULL, report);
    r53_listener given;

    if (r53__spec_read(&spec, &given, sizeof(given), in))
        listener_read(&spec, listener, &given);
    if (spec.error) {
        r53__object_unref(listener);
        return spec.error;
    }
    *out = listener;
    return R53_OK;
}

void r53__listener_put_id(struct text *text, const struct listener *listener)
{
    if (listener->arn[0]) {
        r53__put(text, listener->arn);
        return;
    }
    r53__put(text, listener->load_balancer_arn);
    r53__put_char(text, ':');
    r53__put_i64(text, listener->port);
}
