/* Texts that belong to a selection but depend on its request. */
#include "base/sized.h"
#include "elb/redirect.h"
#include "elb/stages.h"

#include <string.h>

/* The place in the view that the selection speaks of. */
struct setting {
    const struct fleet *fleet;
    const struct fleet_listener *listener;
    const struct fleet_rule *rule;
    int32_t fleet_index;
};

static bool rule_find(struct setting *setting, int32_t priority)
{
    if (priority == 0)
        setting->rule = &setting->listener->otherwise;
    for (uint32_t i = 0; !setting->rule && i < setting->listener->n_rules; i++) {
        if (setting->listener->rules[i].rule->priority == priority)
            setting->rule = &setting->listener->rules[i];
    }
    return setting->rule != NULL;
}

/*
 * Load balancer and listener, by names, not indices: the view may be a later one than that of the
 * selection.
 */
static bool setting_find(struct setting *setting, const r53_view *view,
                         const r53_selection *selection)
{
    const char *lb = selection->load_balancer_arn, *arn = selection->listener_arn;

    *setting = (struct setting){.fleet_index = lb ? r53__view_fleet(view, lb) : -1};
    if (setting->fleet_index < 0 || !arn)
        return false;
    setting->fleet = &view->fleets[setting->fleet_index];
    for (uint32_t i = 0; i < setting->fleet->n_listeners; i++) {
        const struct fleet_listener *listener = &setting->fleet->listeners[i];

        if (listener->listener->port == selection->listener_port &&
            strcmp(listener->listener->arn, arn) == 0)
            setting->listener = listener;
    }
    return setting->listener != NULL;
}

/* The default rule has no transforms (ELB-ALB-XFORM-01). */
static const struct rule *transforming_rule(const struct setting *setting)
{
    return setting->rule == &setting->listener->otherwise ? NULL : setting->rule->rule;
}

static const struct action *redirect_of(const struct fleet_rule *rule)
{
    for (uint32_t i = 0; i < rule->n_actions; i++) {
        if (rule->taken[i].type == R53_ACTION_REDIRECT)
            return &rule->taken[i];
    }
    return NULL;
}

/* false: there is no such text. */
static bool text_put(struct text *text, const struct setting *setting, const struct outgoing *out,
                     const r53_selection *selection, int32_t which)
{
    const struct action *redirect = redirect_of(setting->rule);

    if (which == R53_TEXT_LOCATION) {
        if (selection->outcome != R53_SELECTED_REDIRECT || !redirect)
            return false;
        r53__location_put(text, out, redirect);
    } else if (which == R53_TEXT_URL) {
        r53__rewrite_put(text, &out->url, REWRITE_ALL);
    } else {
        r53__host_put(text, out);
    }
    return true;
}

static int32_t write(struct text *text, struct setting *setting, const struct subject *subject,
                     const r53_selection *selection, int32_t which)
{
    struct outgoing out;
    uint32_t changed;
    int32_t rc;

    if (which == R53_TEXT_X_FORWARDED_FOR)
        return r53__forwarded_for_put(text, setting->fleet->lb, subject);
    if (!rule_find(setting, selection->matched_priority))
        return R53_E_NOT_FOUND;
    rc = r53__outgoing_make(&out, setting->fleet, setting->listener->listener,
                            transforming_rule(setting), subject, &changed);
    if (rc == R53_OK && !text_put(text, setting, &out, selection, which))
        rc = R53_E_NOT_FOUND;
    return rc;
}

int32_t r53_selection_text_write(const r53_view *view, const r53_request *request,
                                 const r53_selection *selection, int32_t which, char *buffer,
                                 size_t capacity, size_t *length)
{
    struct elb_request parsed;
    struct elb_input input = {.view = view, .request = &parsed};
    struct subject subject;
    r53_selection given;
    struct setting setting;
    struct text text;
    int32_t rc;

    if (!view || which < R53_TEXT_LOCATION || which > R53_TEXT_X_FORWARDED_FOR ||
        (capacity && !buffer) || !r53__sized_read(&given, sizeof(given), selection) ||
        given.reserved || r53__elb_request_parse(&parsed, request) != R53_OK)
        return R53_E_INVALID;
    if (!setting_find(&setting, view, &given))
        return R53_E_NOT_FOUND;
    r53__subject_make(&subject, &input, setting.fleet_index);
    r53__text_init(&text, buffer, capacity);
    rc = write(&text, &setting, &subject, &given, which);
    if (rc)
        return rc;
    if (length)
        *length = text.length;
    return capacity > text.length ? R53_OK : R53_E_NO_SPACE;
}
