/*
 * Target groups in a tree, with their targets: what their health is, and whether any node sends
 * them requests.
 */
#include "flow/tree.h"

#include "view/balance.h"
#include "view/pool.h"
#include "view/target_words.h"

static const char *type_word(int32_t target_type)
{
    static const char *const words[] = {
        [R53_TARGET_INSTANCE] = "instances",
        [R53_TARGET_IP] = "addresses",
        [R53_TARGET_LAMBDA] = "functions",
        [R53_TARGET_ALB] = "load balancers",
    };

    return target_type > 0 && target_type < (int32_t)(sizeof(words) / sizeof(*words))
               ? words[target_type]
               : "";
}

static void put_group(struct text *text, const struct fleet *fleet,
                      const struct target_group *group)
{
    if (fleet->lb->type == R53_LB_CLASSIC) {
        r53__put(text, "instances");
        return;
    }
    r53__put(text, "target group ");
    r53__put(text, *group->name ? group->name : group->arn);
}

/* "HTTP 8080, instances", as far as it was said. */
static void put_kind(struct text *text, const struct target_group *group)
{
    const char *protocol = r53_protocol_name(group->protocol);

    if (group->target_type != R53_TARGET_LAMBDA) {
        r53__put(text, protocol);
        if (group->port) {
            r53__put(text, *protocol ? " " : "port ");
            r53__put_i64(text, group->port);
        }
    }
    r53__tree_put_next(text, ", ");
    r53__put(text, type_word(group->target_type));
}

/* Zones whose node takes targets that are not healthy (ELB-FO-02). */
static void put_fail_open(struct text *text, const struct fleet *fleet, const struct pool *pool)
{
    const char *before = ", fails open in ";

    for (uint32_t i = 0; i < fleet->n_nodes; i++) {
        if (!pool->scopes[i].fail_open || pool->scopes[i].n == 0)
            continue;
        r53__put(text, before);
        r53__put(text, fleet->nodes[i].zone_name);
        before = " and ";
    }
}

static void put_tally(struct text *text, const struct fleet *fleet, const struct pool *pool)
{
    struct tally tally = r53__pool_whole(pool);

    r53__tree_put_next(text, "; ");
    r53__put_u64(text, tally.healthy);
    r53__put(text, " of ");
    r53__put_u64(text, tally.registered);
    r53__put(text, " healthy");
    put_fail_open(text, fleet, pool);
}

void r53__tree_add_pool(struct tree_draft *d, int32_t parent, const struct fleet *fleet,
                        const struct pool *pool)
{
    const struct target_group *group = pool->group;
    struct text *note = &d->note.text;

    put_group(&d->title.text, fleet, group);
    if (fleet->lb->type != R53_LB_CLASSIC)
        put_kind(note, group);
    put_tally(note, fleet, pool);
    r53__tree_add_once(d, parent, TREE_TARGET_GROUP, TREE_NEUTRAL,
                       (struct tree_subject){pool, fleet});
}

/* Targets */

/* Does some node send new requests there? */
static bool takes_traffic(const struct fleet *fleet, const struct pool *pool, uint32_t target)
{
    for (uint32_t i = 0; fleet->serves && i < fleet->n_nodes; i++) {
        const struct scope *scope = &pool->scopes[i];

        if (scope->n > 0 && r53__scope_place(scope, (int32_t)target) >= 0)
            return true;
    }
    return false;
}

static void put_target_health(struct text *text, const struct fleet *fleet, const struct pool *pool,
                              const struct pool_target *target)
{
    struct target_words words = fleet->lb->type == R53_LB_CLASSIC
                                    ? r53__instance_words(target)
                                    : r53__target_words(pool->group, target);

    if (*target->zone) {
        r53__put(text, target->zone);
        r53__put(text, ", ");
    }
    r53__put(text, words.state_name);
    if (words.state != R53_TARGET_HEALTHY && words.reason) {
        r53__put(text, ", ");
        r53__put(text, words.reason);
    }
    r53__put(text, target->exclusion == TARGET_IS_SHIFTED ? ", its zone is shifted away" : "");
}

static void target_add(struct tree_draft *d, int32_t parent, uint32_t index)
{
    const struct pool *pool = d->tree->nodes[parent].subject.at;
    const struct fleet *fleet = d->tree->nodes[parent].subject.within;
    const struct pool_target *target = &pool->targets[index];
    bool is_in = takes_traffic(fleet, pool, index);

    r53__put(&d->title.text, target->target->id);
    if (target->port) {
        r53__put_char(&d->title.text, ':');
        r53__put_i64(&d->title.text, target->port);
    }
    put_target_health(&d->note.text, fleet, pool, target);
    r53__put(&d->note.text, !is_in ? "; no requests"
                            : r53__pool_target_healthy(pool, target)
                                ? ""
                                : "; gets requests by fail open");
    r53__tree_add(d, parent, TREE_TARGET, is_in ? TREE_IN : TREE_OUT);
}

void r53__tree_expand_target_group(struct tree_draft *d, int32_t node)
{
    const struct pool *pool = d->tree->nodes[node].subject.at;

    for (uint32_t i = 0; r53__tree_fits(d, node, i, pool->n_targets, "target"); i++)
        target_add(d, node, i);
}
