/*
 * Rules of listeners in a few words: "path-pattern /a, /b; host-header x.example".
 */
#include "flow/tree.h"

#include "model/action.h"
#include "model/describe.h"

static void put_list(struct text *text, const char *const *values, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        r53__put(text, i ? ", " : " ");
        r53__put(text, values[i]);
    }
}

static void put_pairs(struct text *text, const r53_condition *condition)
{
    for (uint32_t i = 0; i < condition->n_query_string; i++) {
        const r53_query_string_key_value *pair = &condition->query_string[i];

        r53__put(text, i ? ", " : " ");
        r53__put(text, pair->key);
        r53__put(text, pair->key ? "=" : "");
        r53__put(text, pair->value);
    }
}

static void put_condition(struct text *text, const r53_condition *condition)
{
    r53__tree_put_next(text, "; ");
    r53__put(text, condition->field);
    if (condition->http_header_name) {
        r53__put_char(text, ' ');
        r53__put(text, condition->http_header_name);
    }
    put_list(text, condition->values, condition->n_values);
    if (condition->n_regex_values)
        r53__put(text, " regex");
    put_list(text, condition->regex_values, condition->n_regex_values);
    put_pairs(text, condition);
}

void r53__tree_put_conditions(struct text *text, const struct rule *rule, struct arena *arena)
{
    const r53_listener_rule *described = r53__rule_describe(rule, arena);

    for (uint32_t i = 0; described && i < described->n_conditions; i++)
        put_condition(text, described->conditions[i]);
    if (described && described->n_transforms)
        r53__put(text, described->n_conditions ? "; rewrites" : "rewrites");
}

/* Actions */

static void put_said(struct text *text, const char *label, const char *said)
{
    if (!said)
        return;
    r53__tree_put_next(text, ", ");
    r53__put(text, label);
    r53__put(text, said);
}

void r53__tree_put_action(struct text *title, struct text *note, const struct action *action)
{
    r53__put(title, r53__words_name(&r53__action_types, action->type));
    put_said(note, "", action->status_code);
    put_said(note, "protocol ", action->protocol);
    put_said(note, "host ", action->host);
    put_said(note, "port ", action->port);
    put_said(note, "path ", action->path);
    put_said(note, "query ", action->query);
    put_said(note, "", action->content_type);
    put_said(note, "issuer ", action->issuer);
}
