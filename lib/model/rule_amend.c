/*
 * Rules that share parts with other rules. A part is kept by the rule that was sealed with it and
 * never by one that borrows it itself: so however often a rule is moved and modified, it keeps
 * three others at most, with all that these were sealed with.
 */
#include "model/rule.h"

/* Whose each part is. */
struct owners {
    const struct rule *conditions, *actions, *transforms; /* transforms NULL: it has none */
};

struct borrowing_rule {
    struct rule rule;
    struct owners owners; /* one reference each */
};

static void borrowing_close(void *object)
{
    const struct owners *owners = &((const struct borrowing_rule *)object)->owners;

    r53__object_unref(owners->conditions);
    r53__object_unref(owners->actions);
    r53__object_unref(owners->transforms);
}

static struct owners owners_of(const struct rule *rule)
{
    if (rule->head.close == borrowing_close)
        return ((const struct borrowing_rule *)rule)->owners;
    return (struct owners){rule, rule, rule};
}

static void parts_borrow(struct rule *rule, const struct owners *owners)
{
    rule->arn = owners->conditions->arn; /* the same of all of them */
    rule->listener_arn = owners->conditions->listener_arn;
    rule->engine = owners->conditions->engine;
    rule->conditions = owners->conditions->conditions;
    rule->n_conditions = owners->conditions->n_conditions;
    rule->actions = owners->actions->actions;
    rule->n_actions = owners->actions->n_actions;
    if (!owners->transforms)
        return;
    rule->transforms = owners->transforms->transforms;
    rule->n_transforms = owners->transforms->n_transforms;
}

static int32_t borrow(struct rule **out, const struct memory *memory, const struct owners *owners,
                      int32_t priority)
{
    struct borrowing_rule *borrowing = r53__object_new(memory, sizeof(*borrowing));

    if (!borrowing)
        return R53_E_NOMEM;
    borrowing->owners =
        (struct owners){r53__object_ref(owners->conditions), r53__object_ref(owners->actions),
                        r53__object_ref(owners->transforms)};
    borrowing->rule.head.close = borrowing_close;
    borrowing->rule.priority = priority;
    parts_borrow(&borrowing->rule, owners);
    *out = &borrowing->rule;
    return R53_OK;
}

int32_t r53__rule_move(struct rule **out, const struct memory *memory, const struct rule *in,
                       int32_t priority)
{
    const struct owners owners = owners_of(in);

    return borrow(out, memory, &owners, priority);
}

int32_t r53__rule_amend(struct rule **out, const struct memory *memory, const struct rule *before,
                        const struct rule *given, bool bare)
{
    struct owners owners = owners_of(before);

    if (given->n_conditions)
        owners.conditions = given;
    if (given->n_actions)
        owners.actions = given;
    if (given->n_transforms || bare)
        owners.transforms = given->n_transforms ? given : NULL;
    return borrow(out, memory, &owners, before->priority);
}
