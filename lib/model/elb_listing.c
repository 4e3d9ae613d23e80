/*
 * Listings of the ELB side are made whole when they are opened: the objects are pinned and
 * described, so that next() needs no memory and cannot fail. What is said apart from these objects
 * is listed in elb_listing_apart.c.
 */
#include "model/elb_listing.h"

#include "base/report.h"
#include "base/rules.h"
#include "base/sort.h"
#include "model/describe.h"

#include <string.h>

int32_t r53__draft_begin(struct draft *d, enum cloud_kind kind)
{
    struct arena arena;

    if (!d->cloud)
        return r53__remark(d->report,
                           &(struct remark){.format = "no cloud or no place for the listing"});
    r53__arena_init(&arena, &d->cloud->memory);
    d->listing = r53__arena_alloc(&arena, 1, sizeof(*d->listing));
    if (!d->listing)
        return r53__remark_nomem(d->report);
    d->listing->arena = arena;
    d->listing->kind = kind;
    return R53_OK;
}

void r53_elb_listing_free(r53_elb_listing *listing)
{
    struct arena arena;

    if (!listing)
        return;
    for (size_t i = 0; i < listing->n_pinned; i++)
        r53__object_unref(listing->pinned[i]);
    arena = listing->arena; /* the listing lies in it */
    r53__arena_free(&arena);
}

int32_t r53__draft_end(struct draft *d, r53_elb_listing **out)
{
    if (d->listing->arena.failed) {
        r53_elb_listing_free(d->listing);
        return r53__remark_nomem(d->report);
    }
    *out = d->listing;
    return R53_OK;
}

/* Pins the objects of the listing's kind that `wanted` takes, in the order of the table. */
static void objects_pin(struct draft *d,
                        bool (*wanted)(const struct draft *, const void *object, const char *owner),
                        const char *owner)
{
    const struct table *table = &d->cloud->tables[d->listing->kind];
    r53_elb_listing *listing = d->listing;

    listing->pinned = r53__arena_alloc(&listing->arena, table->count, sizeof(*listing->pinned));
    listing->items = r53__arena_alloc(&listing->arena, table->count, sizeof(*listing->items));
    for (size_t i = 0; !listing->arena.failed && i < table->count; i++) {
        const void *object = r53__table_at(table, (int32_t)i);

        if (object && wanted(d, object, owner))
            listing->pinned[listing->n_pinned++] = r53__object_ref(object);
    }
}

/* Describes what was pinned. */
static void objects_describe(struct draft *d,
                             const void *(*describe)(const struct draft *, const void *object))
{
    r53_elb_listing *listing = d->listing;

    for (size_t i = 0; !listing->arena.failed && i < listing->n_pinned; i++)
        listing->items[listing->n++] = describe(d, listing->pinned[i]);
}

/* What is listed is of an object that there has to be; NULL owns everything. */
static int32_t owner_check(const struct draft *d, enum cloud_kind kind, const char *arn,
                           const char *aws_name, const char *format)
{
    if (!d->cloud || !arn || r53__table_find(&d->cloud->tables[kind], r53__span(arn)))
        return R53_OK;
    return r53__remark(d->report, &(struct remark){.code = R53_E_NOT_FOUND,
                                                   .rule = RULE_ELB_VAL_20,
                                                   .aws_name = aws_name,
                                                   .format = format,
                                                   .args = {arn}});
}

static int32_t balancer_check(const struct draft *d, const char *arn)
{
    return owner_check(d, CLOUD_LOAD_BALANCERS, arn, "LoadBalancerNotFound",
                       "the load balancer '{0}' is not known");
}

const void *r53__draft_next(r53_elb_listing *listing, enum cloud_kind kind)
{
    if (!listing || listing->kind != kind || listing->next == listing->n)
        return NULL;
    return listing->items[listing->next++];
}

/* Load balancers */

static bool any(const struct draft *d, const void *object, const char *owner)
{
    (void)d;
    (void)object;
    (void)owner;
    return true;
}

static const void *balancer_describe(const struct draft *d, const void *object)
{
    const struct load_balancer *lb = object;
    struct span arn = r53__span(lb->arn);
    struct classic_parts classic = {NULL, NULL};

    if (lb->type == R53_LB_CLASSIC) {
        classic.group = r53__table_find(&d->cloud->tables[CLOUD_TARGET_GROUPS], arn);
        classic.instances = r53__table_find(&d->cloud->tables[CLOUD_TARGETS], arn);
    }
    return r53__load_balancer_describe(lb, &classic, &d->listing->arena);
}

int32_t r53_load_balancers_list(r53_elb_listing **out, const r53_cloud *cloud)
{
    struct draft d = {.cloud = out ? cloud : NULL};
    int32_t rc = r53__draft_begin(&d, CLOUD_LOAD_BALANCERS);

    if (rc)
        return rc;
    objects_pin(&d, any, NULL);
    objects_describe(&d, balancer_describe);
    return r53__draft_end(&d, out);
}

const r53_load_balancer *r53_elb_listing_next_load_balancer(r53_elb_listing *listing)
{
    return r53__draft_next(listing, CLOUD_LOAD_BALANCERS);
}

/* Listeners */

static bool listener_is_of(const struct draft *d, const void *object, const char *owner)
{
    (void)d;
    return !owner || strcmp(((const struct listener *)object)->load_balancer_arn, owner) == 0;
}

static const void *listener_describe(const struct draft *d, const void *object)
{
    return r53__listener_describe(object, &d->listing->arena);
}

int32_t r53_listeners_list(r53_elb_listing **out, const r53_cloud *cloud,
                           const char *load_balancer_arn, r53_report *report)
{
    struct draft d = {.cloud = out ? cloud : NULL, .report = report};
    int32_t rc = balancer_check(&d, load_balancer_arn);

    if (rc == R53_OK)
        rc = r53__draft_begin(&d, CLOUD_LISTENERS);
    if (rc)
        return rc;
    objects_pin(&d, listener_is_of, load_balancer_arn);
    objects_describe(&d, listener_describe);
    return r53__draft_end(&d, out);
}

const r53_listener *r53_elb_listing_next_listener(r53_elb_listing *listing)
{
    return r53__draft_next(listing, CLOUD_LISTENERS);
}

/* Rules */

static bool rule_is_of(const struct draft *d, const void *object, const char *owner)
{
    (void)d;
    return !owner || strcmp(((const struct rule *)object)->listener_arn, owner) == 0;
}

/* ELB-ALB-RULE-01: within a listener by priority; the default one, whose number is 0, is last. */
static int rule_compare(const void *a, const void *b)
{
    const struct rule *x = a, *y = b;
    int order = strcmp(x->listener_arn, y->listener_arn);
    bool x_last = x->priority == PRIORITY_DEFAULT, y_last = y->priority == PRIORITY_DEFAULT;

    if (order)
        return order;
    if (x_last != y_last)
        return x_last ? 1 : -1;
    if (x->priority != y->priority)
        return x->priority < y->priority ? -1 : 1;
    return strcmp(x->arn, y->arn);
}

static const void *rule_describe(const struct draft *d, const void *object)
{
    return r53__rule_describe(object, &d->listing->arena);
}

int32_t r53_listener_rules_list(r53_elb_listing **out, const r53_cloud *cloud,
                                const char *listener_arn, r53_report *report)
{
    struct draft d = {.cloud = out ? cloud : NULL, .report = report};
    int32_t rc = owner_check(&d, CLOUD_LISTENERS, listener_arn, "ListenerNotFound",
                             "the listener '{0}' is not known");

    if (rc == R53_OK)
        rc = r53__draft_begin(&d, CLOUD_RULES);
    if (rc)
        return rc;
    objects_pin(&d, rule_is_of, listener_arn);
    r53__sort(d.listing->pinned, d.listing->n_pinned, rule_compare);
    objects_describe(&d, rule_describe);
    return r53__draft_end(&d, out);
}

const r53_listener_rule *r53_elb_listing_next_listener_rule(r53_elb_listing *listing)
{
    return r53__draft_next(listing, CLOUD_RULES);
}

/* Target groups */

static bool uses(const struct attachment_list *users, const char *load_balancer_arn)
{
    for (uint32_t i = 0; i < users->n; i++) {
        const struct attachment *attachment = users->at[i];

        if (strcmp(attachment->load_balancer_arn, load_balancer_arn) == 0)
            return true;
    }
    return false;
}

/* ELB-CLB-05: the instances of a Classic load balancer are in a group that nobody made. */
static bool group_is_of(const struct draft *d, const void *object, const char *owner)
{
    const char *arn = ((const struct target_group *)object)->arn;
    struct attachment_list users = r53__attachments_of(&d->attachments, arn);

    if (r53__table_find(&d->cloud->tables[CLOUD_LOAD_BALANCERS], r53__span(arn)))
        return false;
    return !owner || uses(&users, owner);
}

static const void *group_describe(const struct draft *d, const void *object)
{
    struct arena *arena = &d->listing->arena;
    r53_target_group *out = r53__target_group_describe(object, arena);
    struct attachment_list users;
    const char **arns;

    if (!out)
        return NULL;
    users = r53__attachments_of(&d->attachments, out->target_group_arn);
    arns = r53__arena_alloc(arena, users.n, sizeof(*arns));
    for (uint32_t i = 0; arns && i < users.n; i++)
        arns[i] =
            r53__arena_text(arena, ((const struct attachment *)users.at[i])->load_balancer_arn);
    out->load_balancer_arns = arns;
    out->n_load_balancer_arns = users.n;
    return out;
}

int32_t r53_target_groups_list(r53_elb_listing **out, const r53_cloud *cloud,
                               const char *load_balancer_arn, r53_report *report)
{
    struct draft d = {.cloud = out ? cloud : NULL, .report = report};
    int32_t rc = balancer_check(&d, load_balancer_arn);

    if (rc == R53_OK)
        rc = r53__draft_begin(&d, CLOUD_TARGET_GROUPS);
    if (rc)
        return rc;
    if (!r53__attachments_prepare(&d.attachments, &d.listing->arena, cloud))
        d.listing->arena.failed = true;
    objects_pin(&d, group_is_of, load_balancer_arn);
    objects_describe(&d, group_describe);
    return r53__draft_end(&d, out);
}

const r53_target_group *r53_elb_listing_next_target_group(r53_elb_listing *listing)
{
    return r53__draft_next(listing, CLOUD_TARGET_GROUPS);
}

/* Targets: one object, their list, holds them all. */

static void targets_describe(struct draft *d, const struct target_list *list)
{
    r53_elb_listing *listing = d->listing;

    listing->pinned = r53__arena_alloc(&listing->arena, 1, sizeof(*listing->pinned));
    listing->items = r53__arena_alloc(&listing->arena, list->n_targets, sizeof(*listing->items));
    if (listing->arena.failed)
        return;
    listing->pinned[listing->n_pinned++] = r53__object_ref(list);
    for (uint32_t i = 0; !listing->arena.failed && i < list->n_targets; i++) {
        if (!list->targets[i].draining) /* ELB-DRAIN-01: deregistered, though still told of */
            listing->items[listing->n++] = r53__target_describe(&list->targets[i], &listing->arena);
    }
}

int32_t r53_targets_list(r53_elb_listing **out, const r53_cloud *cloud,
                         const char *target_group_arn, r53_report *report)
{
    struct draft d = {.cloud = out ? cloud : NULL, .report = report};
    struct span arn = r53__span(target_group_arn);
    const struct target_list *list;
    int32_t rc = owner_check(&d, CLOUD_TARGET_GROUPS, target_group_arn ? target_group_arn : "",
                             "TargetGroupNotFound", "the target group '{0}' is not known");

    if (rc == R53_OK)
        rc = r53__draft_begin(&d, CLOUD_TARGETS);
    if (rc)
        return rc;
    list = r53__table_find(&cloud->tables[CLOUD_TARGETS], arn);
    if (list)
        targets_describe(&d, list);
    return r53__draft_end(&d, out);
}

const r53_target *r53_elb_listing_next_target(r53_elb_listing *listing)
{
    return r53__draft_next(listing, CLOUD_TARGETS);
}
