/*
 * Rules of listeners, sealed: conditions and actions are read once, and the programs of regular
 * expressions live as long as the rule.
 */
#ifndef R53_LIB_MODEL_RULE_H
#define R53_LIB_MODEL_RULE_H

#include <r53/listener.h>

#include "base/table.h"
#include "model/action.h"
#include "model/condition.h"

/* In the order of AWS's words in rule.c. */
enum transform_type { TRANSFORM_HOST = 1, TRANSFORM_URL };

extern const struct words r53__transform_types;

struct transform {
    int32_t type; /* enum transform_type */
    struct regex regex;
    const char *replace;
};

enum { PRIORITY_DEFAULT = 0, PRIORITY_MAX = 50000 }; /* ELB-ALB-RULE-02 */

struct rule {
    struct object head;
    const char *arn, *listener_arn;
    int32_t priority; /* PRIORITY_DEFAULT: the default rule */
    const struct condition *conditions;
    const struct action *actions; /* by order */
    const struct transform *transforms;
    uint32_t n_conditions, n_actions, n_transforms;
    r53_regex_engine engine; /* of the cloud; size 0: none */
};

/* What a rule is sealed with. */
struct rule_maker {
    const struct memory *memory;
    const r53_regex_engine *engine;
    bool regex_full_match;
    enum door door;
    r53_report *report;
};

/* Seals the spec. R53_OK, R53_E_INVALID, R53_E_UNSUPPORTED (told), R53_E_NOMEM. */
int32_t r53__rule_new(struct rule **out, const struct rule_maker *maker,
                      const r53_listener_rule *in);

/*
 * rule_amend.c: rules that share parts with others. Programs of the host's engine belong to one
 * rule and cannot be copied with it, so the new rule keeps the rules whose parts it has.
 */

/* The rule with another priority. R53_OK or R53_E_NOMEM. */
int32_t r53__rule_move(struct rule **out, const struct memory *memory, const struct rule *in,
                       int32_t priority);

/*
 * `before` with the conditions, actions and transforms of `given` where that has any; `bare`:
 * without transforms where it has none. R53_OK or R53_E_NOMEM.
 */
int32_t r53__rule_amend(struct rule **out, const struct memory *memory, const struct rule *before,
                        const struct rule *given, bool bare);

/* A default rule with copies of these actions. R53_OK or R53_E_NOMEM. */
int32_t r53__rule_default(struct rule **out, const struct memory *memory, const char *arn,
                          const char *listener_arn, const struct action *actions, uint32_t n);

/* "10" or "default"; -1: neither a number nor the word. NULL as well. */
int32_t r53__rule_priority(const char *text);

#endif
