#include "view/check_status.h"

#include "base/hash.h"
#include "model/health_check.h"

#include <string.h>

/* A check that waits for the one in whose list this is. */
struct waiting {
    struct waiting *next;
    int32_t parent; /* slot */
};

struct status_draft {
    const struct check_statuses *statuses;
    const struct table *checks;
    struct check_cause *causes;
    uint8_t *healthy;         /* by slot, as all that follow */
    uint32_t *unknown;        /* children that are not worked out yet */
    uint32_t *up;             /* healthy children among the others */
    struct waiting **waiting; /* who waits for it */
    int32_t *queue;           /* slots that were worked out */
    size_t queued;
};

static const void *observed_of(const struct check_statuses *statuses, enum observed_kind kind,
                               const char *id)
{
    if (!statuses->observed)
        return NULL;
    return r53__table_find(&statuses->observed->tables[kind], r53__span(id));
}

/* What a check watches, by its type; no data counts as healthy (R53-HC-06) */

static bool endpoint_is_up(const struct check_statuses *statuses, const r53_health_check *check,
                           struct check_cause *cause)
{
    const struct opinion_list *list = cause->opinions;

    (void)statuses;
    (void)check;
    if (!list)
        return true;
    cause->basis = CHECK_BY_CHECKERS;
    cause->a = (int32_t)list->n_up;
    cause->b = (int32_t)list->n_opinions;
    return UINT64_C(100) * list->n_up > (uint64_t)HEALTHY_PERCENT * list->n_opinions;
}

/* Its number of children decides: the threshold is 0 or out of reach (R53-HC-09). */
static bool threshold_is_met(const struct check_statuses *statuses, const r53_health_check *check,
                             struct check_cause *cause)
{
    (void)statuses;
    cause->basis = CHECK_BY_CHILDREN;
    cause->a = check->health_threshold > 0 ? -1 : 0; /* nobody counted */
    return check->health_threshold <= 0;
}

static bool alarm_counts(const r53_health_check *check, const struct health_status *seen)
{
    bool insufficient = seen->alarm == R53_ALARM_INSUFFICIENT_DATA;

    if (insufficient && check->insufficient_data_health_status == R53_INSUFFICIENT_HEALTHY)
        return true;
    if (insufficient && check->insufficient_data_health_status == R53_INSUFFICIENT_UNHEALTHY)
        return false;
    return seen->last_known != R53_HEALTH_UNHEALTHY; /* else that of OK or ALARM */
}

/* R53-HC-11; without a choice as with LastKnownStatus. */
static bool alarm_is_off(const struct check_statuses *statuses, const r53_health_check *check,
                         struct check_cause *cause)
{
    const struct health_status *seen = observed_of(statuses, OBSERVED_HEALTH_CHECKS, check->id);
    bool healthy = !seen || alarm_counts(check, seen);

    if (seen && seen->alarm) {
        cause->basis = CHECK_BY_ALARM;
        cause->a = seen->alarm;
        cause->b = healthy ? R53_HEALTH_HEALTHY : R53_HEALTH_UNHEALTHY;
    }
    return healthy;
}

/* R53-HC-13: a routing control is observed whole or not at all. */
static bool routing_is_on(const struct check_statuses *statuses, const r53_health_check *check,
                          struct check_cause *cause)
{
    (void)statuses;
    (void)check;
    (void)cause;
    return true;
}

static bool (*const watched[])(const struct check_statuses *, const r53_health_check *,
                               struct check_cause *) = {
    [R53_CHECK_HTTP] = endpoint_is_up,
    [R53_CHECK_HTTPS] = endpoint_is_up,
    [R53_CHECK_HTTP_STR_MATCH] = endpoint_is_up,
    [R53_CHECK_HTTPS_STR_MATCH] = endpoint_is_up,
    [R53_CHECK_TCP] = endpoint_is_up,
    [R53_CHECK_CALCULATED] = threshold_is_met,
    [R53_CHECK_CLOUDWATCH_METRIC] = alarm_is_off,
    [R53_CHECK_RECOVERY_CONTROL] = routing_is_on,
};

/* enum r53_health of what was given whole for the id. */
static int32_t given_whole(const struct check_statuses *statuses, const char *id)
{
    const struct health_status *seen = observed_of(statuses, OBSERVED_HEALTH_CHECKS, id);

    return seen ? seen->status : R53_HEALTH_UNKNOWN;
}

/* The status before Inverted, of a check that does not ask its children. */
static bool is_up(const struct check_statuses *statuses, const r53_health_check *check,
                  struct check_cause *cause)
{
    int32_t whole = given_whole(statuses, check->id);

    if (check->disabled) { /* R53-HC-08 */
        cause->basis = CHECK_BY_DISABLED;
        return true;
    }
    if (whole == R53_HEALTH_UNKNOWN)
        return watched[check->type](statuses, check, cause);
    cause->basis = CHECK_BY_GIVEN;
    cause->a = whole;
    return whole == R53_HEALTH_HEALTHY;
}

/* Does its status hang on its children? R53-HC-09 */
static bool asks_children(const struct check_statuses *statuses, const r53_health_check *check)
{
    return check->type == R53_CHECK_CALCULATED && !check->disabled && check->health_threshold > 0 &&
           (uint32_t)check->health_threshold <= check->n_child_health_checks &&
           given_whole(statuses, check->id) == R53_HEALTH_UNKNOWN;
}

static const r53_health_check *check_at(const struct status_draft *d, int32_t slot)
{
    const struct health_check *check = r53__table_at(d->checks, slot);

    return check ? &check->said : NULL;
}

/* Children */

static void decide(struct status_draft *d, int32_t slot, bool up)
{
    d->healthy[slot] = up != (check_at(d, slot)->inverted != 0); /* R53-HC-07 */
    d->queue[d->queued++] = slot;
}

static void child_count(struct status_draft *d, int32_t parent, bool healthy)
{
    d->up[parent] += healthy;
    if (d->unknown[parent])
        return;
    d->causes[parent].basis = CHECK_BY_CHILDREN;
    d->causes[parent].a = (int32_t)d->up[parent];
    decide(d, parent, d->up[parent] >= (uint32_t)check_at(d, parent)->health_threshold);
}

static bool wait_for(struct status_draft *d, struct arena *scratch, int32_t parent, int32_t child)
{
    struct waiting *waiting = r53__arena_alloc(scratch, 1, sizeof(*waiting));

    if (!waiting)
        return false;
    *waiting = (struct waiting){d->waiting[child], parent};
    d->waiting[child] = waiting;
    d->unknown[parent]++;
    return true;
}

/* Children that the cloud does not hold are known at once, whatever becomes of the others. */
static bool children_ask(struct status_draft *d, struct arena *scratch, int32_t parent)
{
    const r53_health_check *check = check_at(d, parent);

    for (uint32_t i = 0; i < check->n_child_health_checks; i++) {
        const char *id = check->child_health_checks[i];
        int32_t slot = r53__table_slot(d->checks, r53__span(id));

        if (!check_at(d, slot)) /* R53-HC-15 */
            d->up[parent] += given_whole(d->statuses, id) != R53_HEALTH_UNHEALTHY;
        else if (!wait_for(d, scratch, parent, slot))
            return false;
    }
    if (d->unknown[parent] == 0)
        child_count(d, parent, false);
    return true;
}

static bool checks_judge(struct status_draft *d, struct arena *scratch)
{
    for (size_t i = 0; i < d->checks->count; i++) {
        const r53_health_check *check = check_at(d, (int32_t)i);

        if (!check)
            continue;
        d->causes[i].check = check;
        if (check->type <= R53_CHECK_TCP) /* R53-HC-17 */
            d->causes[i].opinions = observed_of(d->statuses, OBSERVED_CHECKERS, check->id);
        if (!asks_children(d->statuses, check))
            decide(d, (int32_t)i, is_up(d->statuses, check, &d->causes[i]));
        else if (!children_ask(d, scratch, (int32_t)i))
            return false;
    }
    return true;
}

/* From below: each that was worked out tells those that wait for it. */
static void statuses_spread(struct status_draft *d)
{
    for (size_t at = 0; at < d->queued; at++) {
        int32_t child = d->queue[at];

        for (const struct waiting *w = d->waiting[child]; w; w = w->next) {
            d->unknown[w->parent]--;
            child_count(d, w->parent, d->healthy[child]);
        }
    }
    for (size_t i = 0; i < d->checks->count; i++) {
        if (d->unknown[i]) /* R53-HC-06: waits for a circle */
            d->healthy[i] = !check_at(d, (int32_t)i)->inverted;
    }
}

static bool draft_make(struct status_draft *d, struct arena *scratch, struct arena *arena)
{
    size_t n = d->checks->count;

    d->causes = r53__arena_alloc(arena, n, sizeof(*d->causes));
    d->healthy = r53__arena_alloc(arena, n, 1);
    d->unknown = r53__arena_alloc(scratch, n, sizeof(*d->unknown));
    d->up = r53__arena_alloc(scratch, n, sizeof(*d->up));
    d->waiting = r53__arena_alloc(scratch, n, sizeof(*d->waiting));
    d->queue = r53__arena_alloc(scratch, n, sizeof(*d->queue));
    return !arena->failed && !scratch->failed;
}

/* A power of two with at least half of the slots free. */
static bool causes_index(struct check_causes *causes, size_t n, struct arena *arena)
{
    uint32_t slots = 4, *index;

    while (slots < 2 * n)
        slots *= 2;
    index = r53__arena_alloc(arena, slots, sizeof(*index));
    if (!index)
        return false;
    causes->index = index;
    causes->mask = slots - 1;
    for (size_t slot = 0; slot < n; slot++) {
        uint32_t i;

        if (!causes->at[slot].check)
            continue;
        i = (uint32_t)r53__hash_text(causes->at[slot].check->id, 0) & causes->mask;
        while (index[i])
            i = (i + 1) & causes->mask;
        index[i] = (uint32_t)slot + 1;
    }
    return true;
}

int32_t r53__check_cause(const struct check_causes *causes, const char *health_check_id)
{
    uint32_t i = (uint32_t)r53__hash_text(health_check_id, 0) & causes->mask;

    for (; causes->index[i]; i = (i + 1) & causes->mask) {
        int32_t slot = (int32_t)causes->index[i] - 1;

        if (strcmp(causes->at[slot].check->id, health_check_id) == 0)
            return slot;
    }
    return -1;
}

bool r53__check_statuses_prepare(struct check_statuses *statuses, struct arena *arena,
                                 const r53_cloud *cloud, const r53_observed *observed)
{
    struct status_draft draft = {.statuses = statuses,
                                 .checks = &cloud->tables[CLOUD_HEALTH_CHECKS]};
    struct arena scratch;
    bool ok;

    *statuses = (struct check_statuses){.cloud = cloud, .observed = observed};
    r53__arena_init(&scratch, &arena->memory);
    ok = draft_make(&draft, &scratch, arena) && checks_judge(&draft, &scratch);
    if (ok)
        statuses_spread(&draft);
    statuses->healthy = draft.healthy;
    statuses->causes.at = draft.causes;
    statuses->causes.healthy = draft.healthy;
    ok = ok && causes_index(&statuses->causes, draft.checks->count, arena);
    r53__arena_free(&scratch);
    return ok;
}

bool r53__check_is_healthy(const struct check_statuses *statuses, const char *health_check_id)
{
    const struct table *checks = &statuses->cloud->tables[CLOUD_HEALTH_CHECKS];
    int32_t slot;

    if (!health_check_id[0])
        return true;
    slot = r53__table_slot(checks, r53__span(health_check_id));
    if (r53__table_at(checks, slot))
        return statuses->healthy[slot];
    return given_whole(statuses, health_check_id) != R53_HEALTH_UNHEALTHY; /* R53-HC-15 */
}
