/*
 * The health of a group's targets, worked out when the listing is opened: most of it stands in the
 * pool of the load balancer that looks; without one the targets are unused.
 */
#include <r53/status.h>

#include "base/report.h"
#include "base/rules.h"
#include "base/sized.h"
#include "base/sized_refusal.h"
#include "view/balance.h"
#include "view/target_words.h"
#include "view/view.h"

#include <string.h>

struct r53_target_health_listing {
    struct arena arena; /* the listing itself lies in it */
    const r53_view *view;
    const r53_target_health **items;
    size_t n, next;
};

/* A listing in the making. */
struct health_draft {
    r53_target_health_listing *listing;
    const struct view_group *group;
    const struct fleet *fleet; /* NULL: nobody uses the group */
    const struct pool *pool;   /* NULL as above, or the load balancer that looks does not */
    r53_report *report;
};

/* Who looks */

/* The first fleet that uses the group; NULL: none. */
static const struct fleet *user_of(const r53_view *view, const char *group_arn)
{
    for (uint32_t i = 0; i < view->n_fleets; i++) {
        if (r53__fleet_pool_find(&view->fleets[i], group_arn) >= 0)
            return &view->fleets[i];
    }
    return NULL;
}

static int32_t unknown(r53_report *report, const char *aws_name, const char *format,
                       const char *arn)
{
    return r53__remark(report, &(struct remark){.code = R53_E_NOT_FOUND,
                                                .rule = RULE_ELB_VAL_20,
                                                .aws_name = aws_name,
                                                .format = format,
                                                .args = {arn}});
}

static int32_t whose(struct health_draft *d, const r53_view *view,
                     const r53_target_health_query *query)
{
    const char *arn = query->target_group_arn ? query->target_group_arn : "";
    int32_t fleet, pool;

    d->group = r53__view_group(&view->groups, arn);
    if (!d->group)
        return unknown(d->report, "TargetGroupNotFound", "the target group '{0}' is not known",
                       arn);
    if (query->load_balancer_arn) {
        fleet = r53__view_fleet_by_arn(view, query->load_balancer_arn);
        if (fleet < 0)
            return unknown(d->report, "LoadBalancerNotFound",
                           "the load balancer '{0}' is not known", query->load_balancer_arn);
        d->fleet = &view->fleets[fleet];
    } else {
        d->fleet = user_of(view, arn);
    }
    pool = d->fleet ? r53__fleet_pool_find(d->fleet, arn) : -1;
    d->pool = pool >= 0 ? &d->fleet->pools[pool] : NULL;
    return R53_OK;
}

/* One target */

/* Does some node send new requests there? */
static void traffic_tell(const struct health_draft *d, const struct pool_target *target,
                         r53_target_health *out)
{
    int32_t index = (int32_t)(target - d->pool->targets);

    for (uint32_t i = 0; d->fleet->serves && i < d->fleet->n_nodes; i++) {
        const struct scope *scope = &d->pool->scopes[i];

        if (scope->n == 0 || r53__scope_place(scope, index) < 0)
            continue;
        out->takes_traffic = 1;
        out->fail_open = scope->fail_open && !r53__pool_target_healthy(d->pool, target);
    }
}

static void pool_tell(const struct health_draft *d, const struct pool_target *target,
                      r53_target_health *out)
{
    traffic_tell(d, target, out);
    out->slow_start_age_ms = target->slow_age_ms;
    out->zonal_shift = target->exclusion == TARGET_IS_SHIFTED;
    out->anomalous = target->mitigation < MITIGATION_WHOLE;
    out->mitigation_in_effect = out->anomalous && r53__pool_mitigates(d->pool);
}

/* "traffic-port" is the target's own; ELB-ST-07 */
static const char *check_port(const struct health_draft *d, int32_t port)
{
    const struct target_group *group = d->group->group;
    char number[NUMBER_TEXT_MAX];

    if (!group->health_checked)
        return NULL;
    if (strcmp(group->health_check_port, "traffic-port") != 0)
        return r53__text_or_null(group->health_check_port);
    if (port == 0)
        return NULL;
    r53__number_print(number, port);
    return r53__arena_text(&d->listing->arena, number);
}

/* "Health checks failed with these codes: [404]" */
static const char *description_of(struct arena *arena, const struct target_words *words)
{
    char buffer[80];
    struct text text;

    if (words->status_code == 0)
        return words->description;
    r53__text_init(&text, buffer, sizeof(buffer));
    r53__put(&text, words->description);
    r53__put_char(&text, '[');
    r53__put_i64(&text, words->status_code);
    r53__put_char(&text, ']');
    return r53__arena_text(arena, buffer);
}

/* `target` is one of the pool's, or made up of what a group without pool tells. */
static void target_tell(struct health_draft *d, const struct pool_target *target, bool in_pool)
{
    r53_target_health_listing *listing = d->listing;
    r53_target_health *out = r53__arena_alloc(&listing->arena, 1, sizeof(*out));
    bool classic = d->fleet && d->fleet->lb->type == R53_LB_CLASSIC;
    struct target_words words =
        classic ? r53__instance_words(target) : r53__target_words(d->group->group, target);

    if (!out)
        return;
    *out = (r53_target_health){.size = sizeof(*out),
                               .state = words.state,
                               .target_group_arn = d->group->group->arn,
                               .load_balancer_arn = d->fleet ? d->fleet->lb->arn : NULL,
                               .id = target->target->id,
                               .availability_zone = r53__text_or_null(target->zone),
                               .health_check_port = check_port(d, target->port),
                               .state_name = words.state_name,
                               .reason = words.reason,
                               .description = description_of(&listing->arena, &words),
                               .port = target->port,
                               .slow_start_age_ms = -1};
    if (in_pool)
        pool_tell(d, target, out);
    listing->items[listing->n++] = out;
}

/* ELB-TG-10: nobody sends anything there, nobody checks it. */
static struct pool_target idle_target(const struct target_group *group, const struct target *target)
{
    return (struct pool_target){.target = target,
                                .zone = target->zone,
                                .reason = "Target.NotInUse",
                                .port = target->port ? target->port : group->port,
                                .state = R53_TARGET_UNUSED,
                                .exclusion = TARGET_IS_UNUSED,
                                .mitigation = MITIGATION_WHOLE};
}

/* All targets */

static void pool_list(struct health_draft *d)
{
    const struct pool *pool = d->pool;

    d->listing->items =
        r53__arena_alloc(&d->listing->arena, pool->n_targets, sizeof(*d->listing->items));
    for (uint32_t i = 0; !d->listing->arena.failed && i < pool->n_targets; i++) {
        if (pool->targets[i].exclusion != TARGET_IS_GONE)
            target_tell(d, &pool->targets[i], true);
    }
}

static void idle_list(struct health_draft *d)
{
    const struct target_list *targets = d->group->targets;
    uint32_t n = targets ? targets->n_targets : 0;

    d->listing->items = r53__arena_alloc(&d->listing->arena, n, sizeof(*d->listing->items));
    for (uint32_t i = 0; !d->listing->arena.failed && i < n; i++) {
        struct pool_target idle = idle_target(d->group->group, &targets->targets[i]);

        if (!targets->targets[i].draining) /* nothing is in progress there that could drain */
            target_tell(d, &idle, false);
    }
}

/* Those asked for */

/* ELB-ST-10 */
static void stranger_tell(struct health_draft *d, const r53_target *asked, int32_t port)
{
    struct arena *arena = &d->listing->arena;
    struct target *target = r53__arena_alloc(arena, 1, sizeof(*target));
    struct pool_target stranger = {.target = target,
                                   .zone = "",
                                   .reason = "Target.NotRegistered",
                                   .port = port,
                                   .state = R53_TARGET_UNUSED,
                                   .exclusion = TARGET_IS_GONE};

    if (!target)
        return;
    target->id = r53__arena_text(arena, asked->id);
    if (asked->availability_zone)
        stranger.zone = r53__arena_text(arena, asked->availability_zone);
    if (!arena->failed)
        target_tell(d, &stranger, false);
}

static void known_tell(struct health_draft *d, const struct target *target)
{
    struct pool_target idle = idle_target(d->group->group, target);
    int32_t at = d->pool ? r53__pool_ordinal(d->pool, target->ordinal) : -1;

    if (at >= 0)
        target_tell(d, &d->pool->targets[at], true);
    else
        target_tell(d, &idle, false);
}

static bool held(const struct health_draft *d, const struct target *target)
{
    const struct target_group *group = d->group->group;

    return target && (!target->draining ||
                      (d->pool && r53__target_held(group, target, d->listing->view->now_ms)));
}

static int32_t asked_tell(struct health_draft *d, const r53_target *in)
{
    const struct target *target;
    r53_target asked;
    int32_t port;

    if (!r53__sized_read(&asked, sizeof(asked), in))
        return r53__sized_refuse(d->report, "Targets", "target", in, sizeof(asked));
    if (!asked.id || !*asked.id)
        return r53__remark(d->report,
                           &(struct remark){.path = "Targets", .format = "a target has no id"});
    port = asked.port ? asked.port : d->group->group->port;
    target = r53__target_find(d->group->targets, d->group->group, asked.id, port,
                              asked.availability_zone ? asked.availability_zone : "");
    if (held(d, target))
        known_tell(d, target);
    else
        stranger_tell(d, &asked, port);
    return R53_OK;
}

static int32_t asked_list(struct health_draft *d, const r53_target_health_query *query)
{
    int32_t rc = R53_OK;

    if (!query->targets)
        return r53__remark(
            d->report,
            &(struct remark){.path = "Targets", .format = "the list is NULL, its length is not 0"});
    d->listing->items =
        r53__arena_alloc(&d->listing->arena, query->n_targets, sizeof(*d->listing->items));
    for (uint32_t i = 0; rc == R53_OK && !d->listing->arena.failed && i < query->n_targets; i++)
        rc = asked_tell(d, query->targets[i]);
    return rc;
}

/* The listing */

static int32_t listing_begin(struct health_draft *d, const r53_view *view)
{
    struct arena arena;

    r53__arena_init(&arena, &view->arena.memory);
    d->listing = r53__arena_alloc(&arena, 1, sizeof(*d->listing));
    if (!d->listing)
        return r53__remark_nomem(d->report);
    d->listing->arena = arena;
    d->listing->view = r53_view_retain(view);
    return R53_OK;
}

static int32_t listing_fill(struct health_draft *d, const r53_target_health_query *query)
{
    if (query->n_targets)
        return asked_list(d, query);
    if (d->pool)
        pool_list(d);
    else
        idle_list(d);
    return R53_OK;
}

int32_t r53_target_healths_list(r53_target_health_listing **out, const r53_view *view,
                                const r53_target_health_query *query, r53_report *report)
{
    struct health_draft d = {.report = report};
    r53_target_health_query in;
    int32_t rc;

    if (!out || !view)
        return r53__remark(report,
                           &(struct remark){.format = "no view or no place for the listing"});
    if (!r53__sized_read(&in, sizeof(in), query))
        return r53__sized_refuse(report, "size", "query", query, sizeof(in));
    rc = whose(&d, view, &in);
    if (rc == R53_OK)
        rc = listing_begin(&d, view);
    if (rc)
        return rc;
    rc = listing_fill(&d, &in);
    if (d.listing->arena.failed)
        rc = r53__remark_nomem(report);
    if (rc)
        r53_target_health_listing_free(d.listing);
    else
        *out = d.listing;
    return rc;
}

const r53_target_health *r53_target_health_listing_next(r53_target_health_listing *listing)
{
    if (!listing || listing->next == listing->n)
        return NULL;
    return listing->items[listing->next++];
}

void r53_target_health_listing_free(r53_target_health_listing *listing)
{
    struct arena arena;

    if (!listing)
        return;
    r53_view_release(listing->view);
    arena = listing->arena; /* the listing lies in it */
    r53__arena_free(&arena);
}
