/*
 * The targets of a group after one registration or deregistration.
 *
 * A list keeps what drains, since it is told of until the deregistration delay is over; what is
 * over by then goes out whenever the list is written anew, unless flows may be left on it.
 *
 * A target registered again while it drains is the same target: what is in progress there goes on
 * and is no longer cut when the delay would have been over, so it keeps its ordinal, by which that
 * is remembered. Its health begins anew (ELB-DRAIN-06): that is remembered by the number of the
 * registration, which is another one.
 */
#include "model/spec.h"
#include "model/target_group.h"

/* Targets kept after their delay, the last registered: lists do not grow for ever. */
enum { GONE_MOST = 1000 };

/* Do flows go on after the delay, nobody knows how long? (ELB-DRAIN-04, ELB-GWLB-06) */
static bool outlived(const struct target_edit *edit)
{
    const struct target_group *group = edit->group;

    if (group->protocol == R53_PROTOCOL_GENEVE)
        return group->failover_on_deregistration == R53_FAILOVER_NO_REBALANCE;
    return group->protocol && !edit->classic && group->protocol != R53_PROTOCOL_HTTP &&
           group->protocol != R53_PROTOCOL_HTTPS && !group->connection_termination;
}

/* What the request makes of a target of the old list. */
static struct target edited(const struct target_edit *edit, const struct target *from)
{
    struct target to = *from;

    if (from == edit->drains) {
        to.draining = true;
        to.draining_since_ms = edit->now_ms;
    }
    return to;
}

/* Targets whose delay is over, but for one that is registered again. */
static uint32_t gone_count(const struct target_edit *edit)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < edit->old->n_targets; i++) {
        const struct target *from = &edit->old->targets[i], to = edited(edit, from);

        n += from != edit->replaced && !r53__target_held(edit->group, &to, edit->now_ms);
    }
    return n;
}

/* What stays of the old list: of targets whose delay is over those that flows may be left on. */
static uint32_t list_copy(const struct target_edit *edit, struct spec *spec, struct target *out)
{
    uint32_t gone = gone_count(edit), most = outlived(edit) ? GONE_MOST : 0;
    uint32_t to_drop = gone > most ? gone - most : 0, n = 0;

    for (uint32_t i = 0; i < edit->old->n_targets; i++) {
        struct target to = edited(edit, &edit->old->targets[i]);

        if (&edit->old->targets[i] == edit->replaced)
            continue;
        if (to_drop > 0 && !r53__target_held(edit->group, &to, edit->now_ms)) {
            to_drop--;
            continue;
        }
        to.id = r53__spec_text(spec, to.id);
        to.zone = r53__spec_text(spec, to.zone);
        out[n++] = to;
    }
    return n;
}

/* ELB-SLOW-03: does the group hold none but those registered in the same call, at this time? */
static bool founds(const struct target_edit *edit)
{
    for (uint32_t i = 0; i < edit->old->n_targets; i++) {
        const struct target *target = &edit->old->targets[i];

        if (!target->draining && !(target->founding && target->registered_ms == edit->now_ms))
            return false;
    }
    return true;
}

/* Puts the registered target at the place of its ordinal: the last, unless it is one of before. */
static void list_join(const struct target_edit *edit, struct spec *spec, struct target_list *list,
                      struct target *targets)
{
    const struct target *replaced = edit->replaced;
    bool again =
        replaced && (r53__target_held(edit->group, replaced, edit->now_ms) || outlived(edit));
    struct target target = *edit->joins;
    uint32_t at = list->n_targets++;

    target.id = r53__spec_text(spec, target.id);
    target.zone = r53__spec_text(spec, target.zone);
    target.port = edit->classic ? 0 : target.port;
    target.registration = list->next_ordinal++;
    target.ordinal = again ? replaced->ordinal : target.registration;
    target.founding = founds(edit);
    target.registered_ms = edit->now_ms;
    for (; at > 0 && targets[at - 1].ordinal > target.ordinal; at--)
        targets[at] = targets[at - 1];
    targets[at] = target;
}

int32_t r53__target_list_edit(struct target_list **out, const struct memory *memory,
                              const struct target_edit *edit)
{
    struct target_list *list = r53__object_new(memory, sizeof(*list));
    struct spec spec = r53__spec(list ? &list->head.arena : NULL, NULL);
    struct target *targets =
        r53__spec_alloc(&spec, (size_t)edit->old->n_targets + 1, sizeof(*targets));

    if (targets) {
        list->next_ordinal = edit->old->next_ordinal;
        list->n_targets = list_copy(edit, &spec, targets);
        list->targets = targets;
    }
    if (targets && edit->joins)
        list_join(edit, &spec, list, targets);
    if (spec.error) {
        r53__object_unref(list);
        return spec.error;
    }
    *out = list;
    return R53_OK;
}
